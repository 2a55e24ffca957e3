package disclosure

import (
	"slices"
	"strings"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// Offence is a material of an item that keeps it from being delivered: what broke it, or that it is not known whether
// anything did.
type Offence struct {
	Lot      string   `json:"lot"`
	Kind     string   `json:"kind"`
	In       string   `json:"in"` // the component that holds it
	Material string   `json:"material"`
	Grade    string   `json:"grade,omitempty"`
	Form     string   `json:"form,omitempty"`
	Quantity string   `json:"quantity"`
	Verdict  string   `json:"verdict"`
	Because  string   `json:"because"`
	Made     []Place  `json:"made"`  // where the material itself was produced: the last phases of its making
	Steps    []Place  `json:"steps"` // in a covered country or at places the verdict hangs on
	Elements []string `json:"elements"`
}

// offences are the materials of an item that are not clean, each judged alone under the same books, contract and day.
func offences(lib rules.Library, f *rules.Facts, in *Record, s Standing) ([]Offence, error) {
	var out []Offence
	for i := range f.Materials {
		m := &f.Materials[i]
		alone := *f
		alone.Materials, alone.MaterialsComplete = f.Materials[i:i+1], true
		a, err := lib.Judge(&alone)
		if err != nil {
			return nil, err
		}
		if a.Verdict.Clean() {
			continue
		}
		o := Offence{Lot: string(m.Lot), Kind: m.Kind, In: strings.ReplaceAll(m.In, "end_item", f.EndItem.Name), Form: m.Form, Verdict: string(a.Verdict), Made: []Place{}, Steps: []Place{}}
		for _, b := range a.Books {
			if !b.Verdict.Clean() && b.Kind == rules.Prohibition {
				o.Because = strings.TrimPrefix(o.Because+"; "+b.Book+": "+b.Because, "; ")
			}
		}
		covered := coveredIn(lib, a, s.On)
		es, _ := m.Traced()
		o.Elements = symbols(es)
		if l, ok := in.Graph.Lot(m.Lot); ok {
			o.Material, o.Quantity = l.MaterialName, l.Made.String()
			if mat, _, ok := in.Graph.Register().Material(l.Material); ok {
				o.Grade = mat.Grade
			}
		}
		last := supply.NoPhase
		for j := range m.Steps {
			if p := m.Steps[j].Phase; p < supply.Assembled && m.Steps[j].EarlierLife != rules.Yes {
				last = max(last, p)
			}
		}
		var made, bad Phase
		for j := range m.Steps {
			st := &m.Steps[j]
			if st.Phase == last {
				made.add(place(in.Entries, st, s))
			}
			if covered[string(st.Country)] || st.Country == "" {
				p := place(in.Entries, st, s)
				p.Covered = covered[string(st.Country)]
				bad.add(p)
			}
		}
		o.Made, o.Steps = append(o.Made, made.Places...), append(o.Steps, bad.Places...)
		out = append(out, o)
	}
	return out, nil
}

// coveredIn are the covered countries of the books of an answer on its day, for choosing which steps to show beside a
// verdict: the verdict itself went by the book.
func coveredIn(lib rules.Library, a *rules.Answer, on quantity.Date) map[string]bool {
	out := map[string]bool{}
	for _, ba := range a.Books {
		b := lib.Book(ba.Book)
		if b == nil {
			continue
		}
		for i := range b.Values {
			if v := &b.Values[i]; v.Name == "covered" {
				if e := v.On(on); e != nil {
					for _, c := range e.List {
						out[c] = true
					}
				}
			}
		}
	}
	return out
}

// holders are the items downstream of a lot that nothing was made of or that hold nothing more: what a notice has to name.
func holders(g *genealogy.Graph, lots []string) (ends []genealogy.LotSummary, err error) {
	seen := map[supply.LotID]bool{}
	for _, lot := range lots {
		t, err := g.Trace(supply.LotID(lot), genealogy.TraceOptions{Down: true})
		if err != nil {
			return nil, err
		}
		goes := map[supply.LotID]bool{}
		for _, a := range t.Arrows {
			goes[a.From] = true
		}
		for i := range t.Nodes {
			if n := &t.Nodes[i]; !goes[n.ID] && !seen[n.ID] {
				seen[n.ID] = true
				ends = append(ends, n.LotSummary)
			}
		}
	}
	slices.SortFunc(ends, func(a, b genealogy.LotSummary) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return ends, nil
}
