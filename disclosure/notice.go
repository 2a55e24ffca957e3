package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/rules"
)

// Notice tells the buyer that an item may not be delivered: the verdict with its grounds, what breaks it, what else holds
// the same material, and the thirteen facts that PGI 225.7003-3(d)(ii) asks of a request for a national security waiver,
// each as far as the record knows it.
type Notice struct {
	Paper    string       `json:"paper"` // "notice of non-compliance"
	Item     string       `json:"item"`
	By       string       `json:"by"`
	Contract string       `json:"contract"`
	Delivery string       `json:"delivery"`
	Verdict  string       `json:"verdict"`
	Offences []Offence    `json:"offences"`
	Holders  []string     `json:"holders"` // items that hold material of the same lots
	Facts    []NoticeFact `json:"facts"`
	Why      Explanation  `json:"explanation"`
	Standing Standing     `json:"standing"`
}

// NoticeFact is one of the thirteen facts: the words of the PGI, what the record says, and what a person gave.
type NoticeFact struct {
	Letter string `json:"letter"`
	Asks   string `json:"asks"`
	Known  string `json:"known"` // from the record, "" nothing
	Given  string `json:"given"` // from a person, "" nothing
}

// noticeFacts are the facts that PGI 225.7003-3(d)(ii) lists, in its words.
var noticeFacts = [...]struct{ letter, asks string }{
	{"A", "The quantity of end items to which the waiver would apply;"},
	{"B", "The time period that the waiver will cover;"},
	{"C", "How and when the noncompliance was discovered—"},
	{"D", "A complete description of all of the items or systems containing noncompliant specialty metals;"},
	{"E", "The contract number(s), date(s), duration, and subcontractor(s) associated with the noncompliance;"},
	{"F", "The manufacturer and country of origin of the noncompliant material, if known;"},
	{"G", "Whether the contractor flowed down the DFARS clause to the subcontractors and in what format (e.g., exact quote or substantially the same?);"},
	{"H", "A technical description of the affected parts, their role in the larger assembly, and their function in the end item;"},
	{"I", "Estimated cost and schedule to replace noncompliant parts if a national security waiver is not granted;"},
	{"J", "Operational and safety implications;"},
	{"K", "Other national security considerations (such as how the requested waiver will contribute to national security policy or operational security);"},
	{"L", "A description of the contractor’s efforts to develop and implement a corrective plan to ensure future compliance; and"},
	{"M", "Information helpful to a determination as to whether any noncompliance was knowing and willful."},
}

// discovered are the three lines of fact C, in the words of the PGI.
const discovered = "(1) By the subcontractor(s); (2) By the contractor; and (3) By the department or agency;"

// Notify drafts a notice. It refuses unless some authority bars the delivery: NONCOMPLIANT or CONFLICT.
func Notify(lib rules.Library, a *rules.Answer, f *rules.Facts, x *Explanation, in *Record, by string, given *Given) (*Notice, error) {
	if len(a.AsIf) > 0 {
		return nil, fmt.Errorf("no notice of non-compliance for %s: %s is taken as enacted: notice is given of what is, not of a scenario; leave --law out", x.Subject, strings.Join(a.AsIf, ", "))
	}
	if a.Verdict != rules.Noncompliant && a.Verdict != rules.Conflicting {
		return nil, fmt.Errorf("no notice of non-compliance for %s: the verdict is %s: %s", x.Subject, a.Verdict, x.Sentence)
	}
	n := &Notice{Paper: "notice of non-compliance", Item: x.Subject, By: by, Contract: f.Contract.Number, Delivery: a.Delivery, Verdict: string(a.Verdict), Holders: []string{}, Why: *x, Standing: x.Standing}
	if n.Contract == "" {
		n.Contract = given.Contract
	}
	var err error
	if n.Offences, err = offences(lib, f, in, x.Standing); err != nil {
		return nil, err
	}
	lots := []string{}
	for _, o := range n.Offences {
		lots = append(lots, o.Lot)
	}
	ends, err := holders(in.Graph, lots)
	if err != nil {
		return nil, err
	}
	for _, e := range ends {
		n.Holders = append(n.Holders, string(e.ID))
	}
	known := n.known(f, in, ends)
	for _, w := range noticeFacts {
		asks := w.asks
		if w.letter == "C" {
			asks += " " + discovered
		}
		n.Facts = append(n.Facts, NoticeFact{Letter: w.letter, Asks: asks, Known: known[w.letter], Given: given.Facts[w.letter]})
	}
	return n, nil
}

// known is what the record says of the facts, by letter.
func (n *Notice) known(f *rules.Facts, in *Record, ends []genealogy.LotSummary) map[string]string {
	k := map[string]string{}
	const most = 20
	list := func(ids []string) string {
		if len(ids) > most {
			return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
		}
		return strings.Join(ids, ", ")
	}
	k["A"] = fmt.Sprintf("%d on record that hold material of the lots named, as far as the record goes: how many of these are end items of the contract is to be given", len(n.Holders))
	var described, made, subs, technical []string
	for _, o := range n.Offences {
		described = append(described, fmt.Sprintf("%s of %s (%s), %s, quantity %s, in %s", o.Lot, o.Kind, orUnsaid(o.Material), orUnsaid(o.Form), orUnsaid(o.Quantity), o.In))
		for _, p := range slices.Concat(o.Steps, o.Made) {
			made = join(made, []string{fmt.Sprintf("%s of %s at %s in %s", strings.Join(p.Steps, ", "), o.Lot, orUnsaid(p.Facility), countryWords(p.Country))})
			subs = join(subs, p.StatedBy)
		}
		technical = append(technical, fmt.Sprintf("%s %s in %s, elements %s", o.Kind, o.Lot, o.In, strings.Join(o.Elements, ", ")))
	}
	k["D"] = strings.Join(described, "; ") + "; held by " + list(n.Holders)
	k["E"] = "contract " + orUnsaid(n.Contract)
	if f.Contract.Awarded != 0 {
		k["E"] += ", awarded " + f.Contract.Awarded.String()
	}
	if len(subs) > 0 {
		k["E"] += "; parties that state the steps concerned: " + list(subs)
	}
	k["F"] = list(made)
	k["H"] = strings.Join(technical, "; ")
	if first, ok := n.shown(in); ok {
		k["C"] = fmt.Sprintf("the entry that shows it was received by this record on %s, at position %d, from %s; when each party discovered it is to be given",
			first.Received.Format("2006-01-02"), first.Seq, orUnsaid(string(first.Author)))
	}
	return k
}

// shown is the first in the log of the events of steps in a covered country.
func (n *Notice) shown(in *Record) (record.Entry, bool) {
	var first record.Entry
	found := false
	for _, o := range n.Offences {
		for _, p := range o.Steps {
			if !p.Covered {
				continue
			}
			for _, text := range p.Events {
				id, err := record.ParseID(text)
				if err != nil {
					continue
				}
				if e, ok := in.Entries(id); ok && (!found || e.Seq < first.Seq) {
					first, found = e, true
				}
			}
		}
	}
	return first, found
}

// Page is the notice as a paper.
func (n *Notice) Page() Page {
	p := Page{Title: "Notice of non-compliance", Says: n.Why.Sentence, Standing: n.Standing, Head: []Field{{"Item", n.Item}, {"Delivery", n.Delivery}, {"Contract", orUnsaid(n.Contract)}, {"From", orUnsaid(n.By)}, {"Verdict", n.Verdict}}}
	p.section("What keeps it from being delivered", Block{Table: offenceTable(n.Offences)})
	facts := &Table{Heads: []string{"", "Fact that PGI 225.7003-3(d)(ii) lists", "From the record", "Given"}, Widths: []int{1, 6, 8, 6}}
	for _, x := range n.Facts {
		known, given := x.Known, x.Given
		if known == "" {
			known = "nothing on record"
		}
		if given == "" {
			given = "to be given"
		}
		facts.Rows = append(facts.Rows, []string{"(" + x.Letter + ")", x.Asks, known, given})
	}
	p.section("The facts", paragraph("The PGI lists these facts for a request for a national security waiver of 10 U.S.C. 4863 (specialty metals). No such list stands beside 252.225-7052; "+
		"the same facts are given for it, as what a buyer will ask."), Block{Table: facts})
	held := &Table{Heads: []string{"Items on record that hold material of the same lots"}}
	for _, h := range n.Holders {
		held.Rows = append(held.Rows, []string{h})
	}
	p.section("What else holds the material", Block{Table: held})
	for _, b := range n.Why.Books {
		p.section("Grounds: "+b.Book+" "+b.Version+": "+b.Verdict, paragraph(b.Sentence), Block{Tree: nodes(b.Tree)})
		p.section("Open questions of the text of "+b.Book, Block{Tree: nodes(b.Doubts)})
		p.section("Authorities that disagree", Block{Tree: nodes(b.Conflicts)})
	}
	p.section("Signature", paragraph("This is a draft made from the record. It is a notice when a person who answers for it has read and signed it."), Block{Blanks: []string{"Name and title", "Signature", "Date"}})
	return p
}

func offenceTable(os []Offence) *Table {
	t := &Table{Heads: []string{"Material", "Lot", "In", "Verdict", "Because", "Where it was produced"}, Widths: []int{2, 4, 2, 2, 5, 4}, Wide: true}
	for _, o := range os {
		var made []string
		for _, p := range o.Made {
			made = join(made, []string{strings.Join(p.Steps, ", ") + " at " + orUnsaid(p.Facility) + ", " + countryWords(p.Country)})
		}
		t.Rows = append(t.Rows, []string{strings.TrimSpace(o.Kind + " " + o.Material), o.Lot, o.In, o.Verdict, o.Because, strings.Join(made, "; ")})
	}
	return t
}
