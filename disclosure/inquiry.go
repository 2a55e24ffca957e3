package disclosure

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"lodestone/genealogy"
	"lodestone/supply"
)

// Inquiry is one question that was put to a party about lots of an item, as the record has it: the questionnaire that was
// sent, and the answer that came back.
type Inquiry struct {
	ID       string   `json:"id"`
	To       string   `json:"to"`
	By       string   `json:"by"`    // who asked
	Sent     string   `json:"sent"`  // YYYY-MM-DD
	About    []string `json:"about"` // lots
	Document string   `json:"document"`
	Answered string   `json:"answered"` // when the answer came, "" when none did
	Answer   string   `json:"answer"`   // document of the answer, "" when none came
	Unknown  []string `json:"unknown"`  // what was asked and answered with "not known" or "did not happen", and with no place since

	behind map[string]bool // the lots asked about, and what they were made from
}

// The URIs by which documents of an inquiry are known in the record: the questionnaire that was sent, by its id and the
// party asked, and the answer, by the same id.
const (
	askedPrefix    = "urn:lodestone:inquiry:"
	answeredPrefix = "urn:lodestone:inquiry-answer:"
)

// AskedURI is the URI of the questionnaire of an inquiry to a party.
func AskedURI(id string, to supply.PartyID) string {
	return askedPrefix + id + ":" + url.PathEscape(string(to))
}

// AnsweredURI is the URI of the answer to an inquiry.
func AnsweredURI(id string) string { return answeredPrefix + id }

// answer is a copy of a questionnaire that came back, and the day on it, else the day of its receipt.
type answer struct{ document, on string }

// inquiries is what was asked about a lot, what it holds and what it was made from, by day and party.
// Of several copies that came back the last one is named.
func inquiries(g *genealogy.Graph, entries Entries, lots []supply.LotID) []Inquiry {
	found := map[string]*Inquiry{}
	answers := map[string]answer{}
	for _, lot := range lots {
		for _, d := range g.Register().DocumentsAbout(string(lot)) {
			if rest, ok := strings.CutPrefix(d.Value.URI, askedPrefix); ok {
				id, to, _ := strings.Cut(rest, ":")
				party, err := url.PathUnescape(to)
				if err != nil {
					party = to
				}
				found[id] = &Inquiry{ID: id, To: party, By: string(d.Author), Sent: d.Value.Dated, About: slices.Clone(d.Value.About),
					Document: string(d.Value.ID), Unknown: []string{}}
			}
			if id, ok := strings.CutPrefix(d.Value.URI, answeredPrefix); ok {
				a := answer{string(d.Value.ID), d.Value.Dated}
				if e, ok := entries(d.Entry); ok && a.on == "" {
					a.on = e.Received.Format("2006-01-02")
				}
				if before := answers[id]; cmp.Or(cmp.Compare(before.on, a.on), cmp.Compare(before.document, a.document)) < 0 {
					answers[id] = a
				}
			}
		}
	}
	out := []Inquiry{}
	for id, q := range found {
		if a, ok := answers[id]; ok {
			q.Answer, q.Answered = a.document, a.on
		}
		q.behind = map[string]bool{}
		for _, lot := range q.About {
			q.behind[lot] = true
			for _, up := range g.Lineage(supply.LotID(lot), false) {
				q.behind[string(up)] = true
			}
		}
		q.Unknown = append(q.Unknown, unanswered(g, entries, q)...)
		out = append(out, *q)
	}
	slices.SortFunc(out, func(a, b Inquiry) int {
		return cmp.Or(cmp.Compare(a.Sent, b.Sent), cmp.Compare(a.To, b.To), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// NoPlace ends the id of an event by which a question was answered without a place; what it begins with is the id of the
// event that gives one.
const NoPlace = ".no-place"

// unanswered is what was answered in an inquiry without a place, and has not been given one since.
func unanswered(g *genealogy.Graph, entries Entries, q *Inquiry) []string {
	placed := map[string]bool{}
	for lot := range q.behind {
		l, _ := g.Lot(supply.LotID(lot))
		for _, h := range l.History {
			for _, id := range h.EventIDs {
				placed[id] = placed[id] || !h.Void
			}
		}
	}
	var out []string
	for _, lot := range q.About {
		l, _ := g.Lot(supply.LotID(lot))
		for _, h := range l.History {
			if h.BizStep != supply.AnsweredStep || h.Void {
				continue
			}
			for _, id := range h.Entries {
				e, ok := entries(id)
				if !ok || e.Event == nil || supply.InquiryOf(e.Event) != q.ID {
					continue
				}
				if event, without := strings.CutSuffix(e.Event.ID, NoPlace); without && !placed[event] {
					out = join(out, []string{supply.AskedOf(e.Event) + " of " + lot + ": " + supply.AnswerOf(e.Event)})
				}
			}
		}
	}
	return out
}

// lotsBehind is a lot, what it holds and every lot any of these was made from.
func lotsBehind(g *genealogy.Graph, lot supply.LotID) []supply.LotID {
	lots := append([]supply.LotID{lot}, g.Lineage(lot, false)...)
	for _, c := range g.Covered(lot, wholeTime) {
		lots = append(lots, c.Path...)
		lots = append(lots, g.Lineage(c.Lot, false)...)
	}
	slices.Sort(lots)
	return slices.Compact(lots)
}

// asked says in words what was asked about the lots at which a record stops, and what came of it.
func asked(all []Inquiry, stops []string) string {
	var says []string
	for _, q := range all {
		if !slices.ContainsFunc(stops, func(s string) bool { return q.behind[s] }) {
			continue
		}
		text := fmt.Sprintf("asked of %s on %s", q.To, q.Sent)
		switch {
		case q.Answer == "":
			text += ": no answer yet"
		case len(q.Unknown) > 0:
			text += fmt.Sprintf(": answered on %s (%s)", q.Answered, strings.Join(q.Unknown, "; "))
		default:
			text += fmt.Sprintf(": answered on %s", q.Answered)
		}
		says = append(says, text)
	}
	if len(says) == 0 {
		return "no inquiry is on record"
	}
	return strings.Join(says, "; ")
}

// wholeTime is the moment that stands for after everything.
var wholeTime time.Time
