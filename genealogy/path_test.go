package genealogy_test

import (
	"slices"
	"testing"

	"lodestone/genealogy"
	"lodestone/sim"
	"lodestone/supply"
)

const ways = `by miner
facility CNP CN
facility USP US
facility PIT US within=USP
add at=2025-01-01 phase=mined place=CNP : o1 9kg
add at=2025-01-01 phase=mined place=PIT : o2 9kg
by plant
x at=2025-01-02 phase=separated place=USP : o1 9kg -> b 9kg
x at=2025-01-02 phase=separated place=USP : o1 9kg + o2 2kg -> a 9kg
x at=2025-01-03 phase=melted place=USP : a 3kg + b 3kg + u 1kg -> m 7kg
x at=2025-01-03 phase=melted place=USP : o2 3kg -> n 3kg
pack in=BOX at=2025-01-05 : m 1kg`

// TestPath: the shortest way, of two the one whose lots come first, with masses; and when there is none, where one may hide.
func TestPath(t *testing.T) {
	g := build(t, parseHistory(t, ways).entries, false)
	for _, c := range []struct {
		from supply.LotID
		goal genealogy.Goal
		want []supply.LotID
	}{
		{"urn:t:m", genealogy.Goal{Country: "CN"}, []supply.LotID{"urn:t:m", "urn:t:a", "urn:t:o1"}},
		{"urn:t:BOX", genealogy.Goal{Country: "CN"}, []supply.LotID{"urn:t:BOX", "urn:t:m", "urn:t:a", "urn:t:o1"}},
		{"urn:t:m", genealogy.Goal{Lot: "urn:t:b"}, []supply.LotID{"urn:t:m", "urn:t:b"}},
		{"urn:t:m", genealogy.Goal{Lot: "urn:t:m"}, []supply.LotID{"urn:t:m"}},
		{"urn:t:m", genealogy.Goal{Facility: "urn:t:PIT"}, []supply.LotID{"urn:t:m", "urn:t:a", "urn:t:o2"}},
		{"urn:t:n", genealogy.Goal{Facility: "urn:t:USP"}, []supply.LotID{"urn:t:n"}},
		{"urn:t:o2", genealogy.Goal{Facility: "urn:t:USP"}, []supply.LotID{"urn:t:o2"}}, // the pit stands on the site
		{"urn:t:m", genealogy.Goal{Party: "urn:t:miner"}, []supply.LotID{"urn:t:m", "urn:t:a", "urn:t:o1"}},
		{"urn:t:n", genealogy.Goal{Country: "CN"}, nil},
		{"urn:t:m", genealogy.Goal{Country: "RU"}, nil},
	} {
		p, err := g.Path(c.from, c.goal)
		if err != nil {
			t.Fatal(err)
		}
		var got []supply.LotID
		for _, l := range p.Lots {
			got = append(got, l.ID)
		}
		if !slices.Equal(got, c.want) || p.Found != (c.want != nil) || p.Found && len(p.Arrows) != len(got)-1 {
			t.Errorf("from %s to %s: %v, want %v", c.from, c.goal, got, c.want)
		}
		for i, a := range p.Arrows {
			if a.To != got[i] || a.From != got[i+1] || a.Amount.Kind == genealogy.Unstated {
				t.Errorf("from %s to %s: arrow %d is %+v", c.from, c.goal, i, a)
			}
		}
	}
	p, _ := g.Path("urn:t:m", genealogy.Goal{Country: "RU"})
	if len(p.Holes) != 1 || p.Holes[0].Lot != "urn:t:u" || p.Looked != 6 {
		t.Errorf("no way to Russia: %+v", p)
	}
	for _, goal := range []genealogy.Goal{{}, {Lot: "urn:t:none"}, {Facility: "urn:t:none"}, {Party: "urn:t:none"}} {
		if _, err := g.Path("urn:t:m", goal); err == nil {
			t.Errorf("a way to %+v was looked for", goal)
		}
	}
}

// TestPathIsShortest: in a world, the way to every country is as long as the nearest lot of a trace that was there.
func TestPathIsShortest(t *testing.T) {
	g := build(t, worldEntries(t, sim.Config{Lots: 1500, Wrong: 0.1, Late: 0.1}, 4), false)
	lots := g.Lots("")
	for i := 0; i < len(lots); i += 1 + len(lots)/40 {
		tr, err := g.Trace(lots[i].ID, genealogy.TraceOptions{})
		if err != nil {
			t.Fatal(err)
		}
		nearest := map[supply.Country]int{}
		for _, n := range tr.Nodes {
			l, _ := g.Lot(n.ID)
			for _, h := range l.History {
				if h.Void || h.Phase == supply.NoPhase || h.Role != "made" && h.Role != "commissioned" && h.Role != "treated" && h.Role != "held" && !(h.Role == "packed" && h.Phase != supply.Assembled) {
					continue
				}
				for _, c := range h.Countries {
					if d, ok := nearest[c]; !ok || n.Depth < d {
						nearest[c] = n.Depth
					}
				}
			}
		}
		for _, c := range []supply.Country{"US", "CN", "AU", "JP", "RU"} {
			p, err := g.Path(lots[i].ID, genealogy.Goal{Country: c})
			if err != nil {
				t.Fatal(err)
			}
			want, ok := nearest[c]
			if p.Found != ok || ok && len(p.Arrows) != want {
				t.Errorf("%s to %s: found %v of %d arrows, the nearest lies %d away (%v)", lots[i].ID, c, p.Found, len(p.Arrows), want, ok)
			}
		}
	}
}

func TestCommon(t *testing.T) {
	g := build(t, parseHistory(t, ways).entries, false)
	list, err := g.Common([]supply.LotID{"urn:t:m", "urn:t:n", "urn:t:b"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range list {
		got = append(got, string(a.ID))
	}
	// o1 and o2 are of two each: o1 two and one away, o2 two and one; b is m's and itself.
	if want := []string{"urn:t:b", "urn:t:o1", "urn:t:o2"}; !slices.Equal(got, want) || list[0].Farthest != 1 || list[1].Farthest != 2 || list[1].Sum != 3 {
		t.Errorf("common ancestors %v, want %v: %+v", got, want, list)
	}
	if _, err := g.Common([]supply.LotID{"urn:t:m", "urn:t:none"}, 2); err == nil {
		t.Error("an unknown lot has ancestors")
	}
}
