package balance_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"os"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

var rewrite = flag.Bool("rewrite", false, "write the answers found into the texts")

// TestTexts runs every text of testdata: a history, a line "ask", questions; then the answers. A history is read in its
// order, backwards, and shuffled with every entry twice, and the answers must be the same. A line of a history is one of
//
//	by PARTY                                   who states what follows
//	facility F US [within G]                   a statement
//	material M Nd Pr | lot L of M              constituents; what a lot is of; piece M 0.05 is the
//	                                           mass of one in kg, and an amount of 3 pc is three
//	PHASE A 4 kg + B 6 kg -> C 10 kg @F DAY    a making; loss 1 kg [Nd] declares one; under ID joins a campaign;
//	                                           sd C 0.5 kg states the uncertainty of a weighing
//	add L 10 kg PHASE @F DAY                   a lot begins (PHASE - for none)
//	assay L Nd 0.3 0.003                       the fraction and its standard uncertainty, - for none
//	count L 3 kg DAY | end L [2 kg] DAY        a stock-taking; nothing is left, or 2 kg are gone
//	pack BOX L 5 kg DAY                        into a container
//	claim L mass-balance                       an event about L claims under a model of custody
//	ship L 10 kg [to G] @F DAY                 L leaves F; receive L 10 kg @G DAY: it comes to G;
//	                                           depart and arrive likewise
//
// and a question one of steps, lots, sites, road, fit, origin L [Nd]; [F], [DAY..DAY] and [Nd] narrow the first four.
func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			in, want := ar.Files[i], &ar.Files[i+1]
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+in.Name, func(t *testing.T) {
				story, questions, ok := strings.Cut(string(in.Data), "\nask\n")
				if !ok {
					t.Fatal("no questions")
				}
				entries := history(t, story)
				got := answers(t, entries, questions)
				back := make([]record.Entry, 0, len(entries))
				for k := range entries {
					back = append(back, entries[len(entries)-1-k])
				}
				twice := append(append([]record.Entry(nil), entries...), entries...)
				rand.New(rand.NewPCG(1, 2)).Shuffle(len(twice), func(a, b int) { twice[a], twice[b] = twice[b], twice[a] })
				for name, other := range map[string][]record.Entry{"backwards": back, "shuffled, each twice": twice} {
					if x := answers(t, other, questions); x != got {
						t.Errorf("%s the answers are\n%s\nnot\n%s", name, x, got)
					}
				}
				if *rewrite {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("got\n%s\nwant\n%s", got, want.Data)
				}
			})
		}
		if *rewrite {
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func lotID(name string) string { return "urn:x:lot:" + name }
func facID(name string) string { return "urn:x:fac:" + name }

type teller struct {
	t       *testing.T
	author  supply.PartyID
	entries []record.Entry
	n       int
}

func history(t *testing.T, story string) []record.Entry {
	h := &teller{t: t}
	for line := range strings.SplitSeq(story, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			h.n++
			h.line(line, strings.Fields(line))
		}
	}
	return h.entries
}

var received = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func (h *teller) state(s *supply.Statement) {
	h.t.Helper()
	e, err := record.NewStatement(h.author, received, s)
	if err != nil {
		h.t.Fatal(err)
	}
	h.entries = append(h.entries, e)
}

func (h *teller) event(m map[string]any) {
	h.t.Helper()
	m["@context"] = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
	m["eventTimeZoneOffset"] = "+00:00"
	m["eventID"] = fmt.Sprintf("urn:x:event:%d", h.n)
	if _, ok := m["eventTime"]; !ok {
		m["eventTime"] = fmt.Sprintf("2026-01-01T10:%02d:%02dZ", h.n/60, h.n%60)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		h.t.Fatal(err)
	}
	ev, faults := epcis.DecodeEvent(raw, nil)
	if len(faults) > 0 {
		h.t.Fatalf("%s: %v", raw, faults)
	}
	if faults := supply.CheckExtensions(ev); len(faults) > 0 {
		h.t.Fatal(faults)
	}
	e, err := record.NewEvent(h.author, received, ev)
	if err != nil {
		h.t.Fatal(err)
	}
	h.entries = append(h.entries, e)
}

var units = map[string]string{"kg": "KGM", "g": "GRM", "t": "TNE"}

func quantities(words []string) (list []any) {
	for k := 0; k+2 < len(words); k += 4 {
		q := map[string]any{"epcClass": lotID(words[k]), "quantity": json.Number(words[k+1])}
		if words[k+2] != "pc" { // pieces have no unit
			q["uom"] = units[words[k+2]]
		}
		list = append(list, q)
	}
	return list
}

func at(m map[string]any, words []string) []string {
	for len(words) > 0 {
		switch w := words[0]; {
		case w[0] == '@':
			m["readPoint"] = map[string]any{"id": facID(w[1:])}
		case w[0] == '2':
			m["eventTime"] = w + "T12:00:00Z"
		default:
			return words
		}
		words = words[1:]
	}
	return nil
}

func (h *teller) line(line string, w []string) {
	m := map[string]any{"type": "ObjectEvent", "action": "OBSERVE"}
	switch w[0] {
	case "by":
		h.author = supply.PartyID("urn:x:party:" + w[1])
	case "facility":
		f := &supply.Facility{ID: supply.FacilityID(facID(w[1])), Name: w[1], Country: supply.Country(w[2])}
		if len(w) > 4 {
			f.Within = supply.FacilityID(facID(w[4]))
		}
		h.state(&supply.Statement{Facility: f})
	case "material":
		h.state(&supply.Statement{Material: &supply.Material{ID: supply.MaterialID("urn:x:mat:" + w[1]), Name: w[1], Kind: "other", Constituents: w[2:]}})
	case "piece":
		h.state(&supply.Statement{Material: &supply.Material{ID: supply.MaterialID("urn:x:mat:" + w[1]), Name: w[1], Kind: "other", PieceMass: w[2]}})
	case "lot":
		h.state(&supply.Statement{Lot: &supply.Lot{ID: supply.LotID(lotID(w[1])), Material: supply.MaterialID("urn:x:mat:" + w[3])}})
	case "add":
		m["action"] = "ADD"
		m["quantityList"] = quantities(w[1:4])
		if w[4] != "-" {
			m["bizStep"] = supply.PhasePrefix + w[4]
		}
		at(m, w[5:])
		h.event(m)
	case "count":
		m["quantityList"] = quantities(w[1:4])
		m["bizStep"] = "cycle_counting"
		at(m, w[4:])
		h.event(m)
	case "claim":
		m["quantityList"] = []any{map[string]any{"epcClass": lotID(w[1])}}
		m[supply.Term(supply.TermCustody)] = w[2]
		h.event(m)
	case "ship", "depart", "arrive", "receive":
		m["bizStep"] = map[string]string{"ship": "shipping", "depart": "departing", "arrive": "arriving", "receive": "receiving"}[w[0]]
		m["quantityList"] = quantities(w[1:4])
		if rest := at(m, w[4:]); len(rest) > 1 {
			m["destinationList"] = []any{map[string]any{"type": "location", "destination": facID(rest[1])}}
			at(m, rest[2:])
		}
		h.event(m)
	case "end":
		m["action"] = "DELETE"
		m["quantityList"] = []any{map[string]any{"epcClass": lotID(w[1])}}
		if len(w) > 3 {
			m["quantityList"] = quantities(w[1:4])
			w = w[2:]
		}
		at(m, w[2:])
		h.event(m)
	case "pack":
		m["type"], m["action"], m["parentID"] = "AggregationEvent", "ADD", lotID(w[1])
		m["childQuantityList"] = quantities(w[2:5])
		at(m, w[5:])
		h.event(m)
	case "assay":
		report := map[string]any{"type": "Dimensionless", "chemicalSubstance": supply.ElementPrefix + w[2], "value": json.Number(w[3]), "uom": "C62"}
		if len(w) > 4 {
			report["sDev"] = json.Number(w[4])
		}
		m["quantityList"] = []any{map[string]any{"epcClass": lotID(w[1])}}
		m["sensorElementList"] = []any{map[string]any{supply.Term(supply.TermLot): lotID(w[1]), "sensorReport": []any{report}}}
		h.event(m)
	default:
		if _, err := supply.ParsePhase(w[0]); err != nil {
			h.t.Fatalf("%s: %v", line, err)
		}
		arrow := 0
		for k := range w {
			if w[k] == "->" {
				arrow = k
			}
		}
		end := arrow + 4
		for end < len(w) && w[end] == "+" {
			end += 4
		}
		m = map[string]any{"type": "TransformationEvent", "bizStep": supply.PhasePrefix + w[0],
			"inputQuantityList": quantities(w[1:arrow]), "outputQuantityList": quantities(w[arrow+1 : end])}
		for rest := at(m, w[end:]); len(rest) > 0; rest = at(m, rest) {
			if rest[0] == "under" {
				m["transformationID"] = "urn:x:run:" + rest[1]
				rest = rest[2:]
				continue
			}
			if rest[0] == "sd" {
				m["sensorElementList"] = []any{map[string]any{supply.Term(supply.TermLot): lotID(rest[1]), "sensorReport": []any{
					map[string]any{"type": "Mass", "value": 1, "sDev": json.Number(rest[2]), "uom": units[rest[3]]}}}}
				rest = rest[4:]
				continue
			}
			loss := map[string]any{"value": json.Number(rest[1]), "uom": units[rest[2]]}
			if rest = rest[3:]; len(rest) > 0 && len(rest[0]) <= 2 {
				loss["element"] = rest[0]
				rest = rest[1:]
			}
			m[supply.Term(supply.TermLoss)] = loss
		}
		h.event(m)
	}
}

func answers(t *testing.T, entries []record.Entry, questions string) string {
	t.Helper()
	g, facts := genealogy.New(), balance.NewFacts()
	for i, e := range entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
		facts.Take(e)
	}
	b := balance.Read(g, facts)
	var out strings.Builder
	for q := range strings.SplitSeq(strings.TrimSpace(questions), "\n") {
		fmt.Fprintf(&out, "> %s\n", q)
		answer(t, &out, b, strings.Fields(q))
	}
	return out.String()
}

func answer(t *testing.T, out *strings.Builder, b *balance.Books, w []string) {
	s := balance.Scope{AnySite: true}
	words := w[1:]
	if w[0] == "origin" {
		words = w[2:] // the first is a lot
	}
	for _, x := range words {
		if from, until, ok := strings.Cut(x, ".."); ok {
			s.Period = quantity.Period{From: quantity.MustDate(from), Until: quantity.MustDate(until)}
		} else if e, err := element.Parse(x); err == nil {
			s.Elements = s.Elements.With(e)
		} else {
			s.Site, s.AnySite = supply.FacilityID(facID(x)), false
		}
	}
	switch w[0] {
	case "steps":
		for _, step := range b.Steps(&s) {
			fmt.Fprintln(out, step.Making.Name())
			for _, x := range step.Making.Told {
				fmt.Fprintf(out, "  told again by %s, %v: %q\n", x.ID, x.Authors, x.Differs)
			}
			printAccounts(out, step.Accounts, false)
		}
	case "sites":
		for _, site := range b.Sites(&s) {
			fmt.Fprintf(out, "%s: %d makings, waiting %v\n", site.Name, site.Makings, site.Waiting)
			printAccounts(out, site.Accounts, true)
		}
	case "lots":
		for _, x := range b.Stocks(&s) {
			mark := ""
			if x.OverIssue {
				mark = fmt.Sprintf("  over-issue, %.1f", x.Sigma)
			}
			fmt.Fprintf(out, "%s %s made %s drawn %s left %s%s\n", strings.TrimPrefix(string(x.Lot.ID), "urn:x:lot:"), x.Element, fig(x.Made), fig(x.Drawn), fig(x.Left), mark)
			if x.OverIssue {
				for _, p := range b.Alike(x.Lot.ID) {
					fmt.Fprintf(out, "  %s and %s may be one\n", p[0].ID, p[1].ID)
				}
			}
		}
	case "road":
		for _, x := range b.Transits(&s) {
			a := &x.Account
			fmt.Fprintf(out, "%s: left %s, came %s, gap %s: %s, whole %v\n", x.Move.Name(), fig(a.In), fig(a.Out), fig(a.Gap), a.Finding, x.Move.Whole)
		}
	case "fit":
		r, err := b.Reconcile(&s, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(out, "%d networks, %d balances, %d degrees, global %.3f of %.3f, passed %v, not checkable %d of %d\n",
			r.Networks, r.Balances, r.DoF, r.Test.Global, r.Test.GlobalLimit, r.Passed, r.Blind, len(r.Items))
		for _, x := range r.Suspects {
			fmt.Fprintf(out, "  suspect %s: z %.2f, %.4g; same %q\n", x.Name, x.Z, x.Estimate, x.Same)
		}
		for _, x := range r.LeftOut {
			fmt.Fprintf(out, "  left out, %s: %s\n", x.Why, strings.Join(x.What, "; "))
		}
		for _, it := range r.Items {
			fmt.Fprintf(out, "  %s: %.6g ± %.3g -> %.6g ± %.3g, redundancy %.3f\n", it.Name, it.Value, it.SD, it.Adjusted, it.AdjustedSD, it.Redundancy)
		}
	case "origin":
		e := element.None
		if !s.Elements.Empty() {
			for e = range s.Elements.All() {
			}
		}
		o := b.OriginsOf(supply.LotID(lotID(w[1])), e)
		for _, x := range o.Shares {
			mid := "?"
			if x.PointKnown {
				mid = fmt.Sprintf("%.4f", x.Point)
			}
			fmt.Fprintf(out, "  %.4f %s %.4f  %s\n", x.Low, mid, x.High, x.Origin)
		}
		fmt.Fprintf(out, "  custody: %s, loop %v\n", o.Model, o.Loop)
		if len(o.Claims)+len(o.Booked) > 0 {
			fmt.Fprintf(out, "  claimed: %v, beyond the record %v, without material %v\n", o.Claims, o.Exceeds(), o.Booked)
		}
	default:
		t.Fatalf("unknown question %v", w)
	}
}

func fig(f balance.Figure) string {
	if !f.Known {
		return "?"
	}
	return fmt.Sprintf("%s ± %.3g kg", f.Mass, f.SD)
}

func printAccounts(out *strings.Builder, list []balance.Account, site bool) {
	for _, a := range list {
		what := a.Element.Symbol()
		if a.Element == element.None {
			what = "all"
		}
		if site {
			fmt.Fprintf(out, "  %s: opening %s, in %s, out %s, left %s, loss %s", what, fig(a.Opening), fig(a.In), fig(a.Out), fig(a.Left), fig(a.Loss))
		} else {
			fmt.Fprintf(out, "  %s: in %s, out %s, loss %s", what, fig(a.In), fig(a.Out), fig(a.Loss))
		}
		fmt.Fprintf(out, ", gap %s: %s", fig(a.Gap), a.Finding)
		if a.Unassayed.Known {
			fmt.Fprintf(out, "; %v should hold %s", a.Unassayed.Missing, fig(a.Unassayed))
		}
		fmt.Fprintln(out)
	}
}
