package genealogy_test

import (
	"fmt"
	"slices"
	"testing"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/sim"
	"lodestone/supply"
)

// TestFoldIsTheTrace: whatever the period and the way, the groups are the lots of the trace, and the arrows are its arrows,
// each draw of a making counted once.
func TestFoldIsTheTrace(t *testing.T) {
	for seed := range uint64(3) {
		g := build(t, worldEntries(t, sim.Config{Lots: 900, Theft: 0.05, Wrong: 0.1, Late: 0.2, Double: 0.05}, seed), false)
		lots := g.Lots("")
		for i := 0; i < len(lots); i += 1 + len(lots)/25 {
			for _, down := range []bool{false, true} {
				o := genealogy.TraceOptions{Down: down}
				tr, err := g.Trace(lots[i].ID, o)
				if err != nil {
					t.Fatal(err)
				}
				for _, by := range []genealogy.FoldBy{genealogy.ByMonth, genealogy.ByYear, genealogy.Altogether} {
					f, err := g.Fold(lots[i].ID, genealogy.FoldOptions{TraceOptions: o, By: by})
					if err != nil {
						t.Fatal(err)
					}
					compareFold(t, g, tr, f, by)
				}
				whole, _ := g.Fold(lots[i].ID, genealogy.FoldOptions{TraceOptions: o, Unfold: []string{"*"}})
				if len(whole.Groups) != len(tr.Nodes) || whole.Links != len(tr.Arrows) {
					t.Errorf("%s unfolded: %d lots and %d arrows, the trace has %d and %d", lots[i].ID, len(whole.Groups), whole.Links, len(tr.Nodes), len(tr.Arrows))
				}
			}
		}
	}
}

func compareFold(t *testing.T, g *genealogy.Graph, tr *genealogy.Trace, f *genealogy.Folded, by genealogy.FoldBy) {
	t.Helper()
	period := func(d quantity.Date) string {
		switch s := d.String(); {
		case s == "" || by == genealogy.Altogether:
			return ""
		case by == genealogy.ByYear:
			return s[:4]
		default:
			return s[:7]
		}
	}
	type sum struct {
		lots, findings, unknown, origins int
		mass                             quantity.Mass
		first                            supply.LotID
	}
	want := map[string]*sum{}
	groupOf := map[supply.LotID]string{}
	for i := range tr.Nodes {
		n := &tr.Nodes[i]
		k := fmt.Sprint(n.Facility, n.Country, n.Phase, period(n.Date))
		if n.Phase == supply.NoPhase && n.Date == 0 { // an assembly is where it was put together
			l, _ := g.Lot(n.ID)
			for _, h := range l.History {
				if h.Phase == supply.Assembled && h.Role == "held" && !h.Void {
					var country supply.Country
					if len(h.Countries) == 1 {
						country = h.Countries[0]
					}
					k = fmt.Sprint(h.Facility, country, h.Phase, period(h.Date))
				}
			}
		}
		if n.ID == tr.Root {
			k = "root"
		}
		groupOf[n.ID] = k
		s := want[k]
		if s == nil {
			s = &sum{first: n.ID}
			want[k] = s
		}
		s.lots++
		s.first = min(s.first, n.ID)
		if m, ok := n.Made.Mass(); ok {
			s.mass += m
		}
		if len(n.Findings) > 0 {
			s.findings++
		}
		if n.Unknown {
			s.unknown++
		}
		if n.Origin {
			s.origins++
		}
	}
	name := make([]string, len(f.Groups))
	for i, x := range f.Groups {
		name[i] = fmt.Sprint(x.Facility, x.Country, x.Phase, x.Period)
		if x.Lot == tr.Root {
			name[i] = "root"
		}
		s := want[name[i]]
		if s == nil || s.lots != x.Lots || s.findings != x.Findings || s.unknown != x.Unknown || s.origins != x.Origins || s.first != x.First || x.Pieces == 0 && x.Unstated == 0 && s.mass > x.Made {
			t.Fatalf("%s: group %s: %+v, want %+v", tr.Root, name[i], x, s)
		}
		delete(want, name[i])
	}
	if len(want) > 0 || f.Lots != len(tr.Nodes) || f.Links != len(tr.Arrows) || f.Truncated != tr.Truncated {
		t.Fatalf("%s: %d groups are missing, %d lots of %d, %d links of %d", tr.Root, len(want), f.Lots, len(tr.Nodes), f.Links, len(tr.Arrows))
	}
	got, arrows := map[string]quantity.Mass{}, map[string]quantity.Mass{}
	draws, n := map[string]int{}, map[string]int{}
	for _, a := range f.Arrows {
		k := fmt.Sprint(name[a.From], "→", name[a.To], a.Phase, a.Contained)
		got[k], draws[k] = a.Mass, a.Draws
	}
	var seen []string
	for _, a := range tr.Arrows {
		k := fmt.Sprint(groupOf[a.From], "→", groupOf[a.To], a.Phase, a.Contained)
		if !a.Contained {
			once := fmt.Sprint(k, a.From, a.Via, a.Amount, a.Entries)
			if slices.Contains(seen, once) {
				continue
			}
			seen = append(seen, once)
		}
		n[k]++
		if m, ok := a.Amount.Mass(); ok {
			arrows[k] += m
		}
	}
	for k := range n {
		if draws[k] != n[k] || got[k] < arrows[k] {
			t.Fatalf("%s: arrow %s: %d draws of %s, want %d of %s", tr.Root, k, draws[k], got[k], n[k], arrows[k])
		}
		delete(draws, k)
	}
	if len(draws) > 0 {
		t.Fatalf("%s: arrows from nowhere: %v", tr.Root, draws)
	}
}

func TestFoldBy(t *testing.T) {
	h := parseHistory(t, "by a\nadd at=2025-01-31 phase=mined : o 9kg\nadd at=2025-12-01 phase=mined : p 9kg\nx at=2026-02-03 phase=melted : o 4kg + p 5kg -> m 9kg")
	g := build(t, h.entries, false)
	for by, want := range map[genealogy.FoldBy]string{genealogy.ByDay: "2025-01-31 2025-12-01", genealogy.ByMonth: "2025-01 2025-12",
		genealogy.ByQuarter: "2025-Q1 2025-Q4", genealogy.ByYear: "2025", genealogy.Altogether: ""} {
		f, err := g.Fold("urn:t:m", genealogy.FoldOptions{By: by})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, x := range f.Groups[1:] {
			if got != "" {
				got += " "
			}
			got += x.Period
		}
		if got != want {
			t.Errorf("by %s: %q, want %q", by, got, want)
		}
		if back, err := genealogy.ParseFoldBy(by.String()); err != nil || back != by {
			t.Errorf("%s is read as %v, %v", by, back, err)
		}
	}
	if _, err := genealogy.ParseFoldBy("week"); err == nil {
		t.Error("a week was taken for a period")
	}
	f, _ := g.Fold("urn:t:m", genealogy.FoldOptions{By: genealogy.ByYear, Unfold: []string{"-/mined/2025"}})
	if len(f.Groups) != 3 || f.Groups[1].Lot != "urn:t:o" || f.Groups[1].String() != "-/mined/2025" {
		t.Errorf("unfolded: %+v", f.Groups)
	}
}
