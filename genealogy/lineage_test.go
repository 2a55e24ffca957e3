package genealogy_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/genealogy"
	"lodestone/sim"
	"lodestone/supply"
)

func sameLineages(t testing.TB, g *genealogy.Graph, told string) {
	t.Helper()
	for _, id := range g.IDs() {
		for _, down := range []bool{false, true} {
			if got, want := g.Lineage(id, down), g.ChainedLineage(id, down); !slices.Equal(got, want) {
				t.Fatalf("lineage of %s, down %v: %v, along the chains %v in\n%s", id, down, got, want, told)
			}
		}
	}
}

// TestLineageIsAlongTheChains: after every entry, whatever came late, in cycles, in containers, in campaigns or was voided.
func TestLineageIsAlongTheChains(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		story := drawHistory(rt)
		h := parseHistory(t, story)
		list := rapid.Permutation(h.entries).Draw(rt, "order")
		g := genealogy.New()
		for i, e := range list {
			e.Seq = int64(i + 1)
			if err := g.Apply(e); err != nil {
				rt.Fatal(err)
			}
			if rapid.IntRange(0, 2).Draw(rt, "ask") == 0 {
				sameLineages(t, g, story)
			}
			if rapid.IntRange(0, 9).Draw(rt, "reload") == 0 {
				g = reloaded(t, g)
			}
		}
		sameLineages(t, g, story)
	})
}

// TestLineageOfWorlds: in worlds with trouble, in their order and in none, saved and loaded between.
func TestLineageOfWorlds(t *testing.T) {
	for seed := range uint64(4) {
		all := worldEntries(t, sim.Config{Lots: 400, Theft: 0.1, Wrong: 0.2, Late: 0.3, Double: 0.1, Missing: 0.05}, seed)
		rng := rand.New(rand.NewPCG(seed, 2))
		if seed%2 == 1 {
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		g := genealogy.New()
		for i, e := range all {
			e.Seq = int64(i + 1)
			if err := g.Apply(e); err != nil {
				t.Fatal(err)
			}
			if rng.IntN(8) == 0 {
				g.Settle()
			}
			if rng.IntN(len(all)/3) == 0 {
				g = reloaded(t, g)
				sameLineages(t, g, "a world")
			}
		}
		sameLineages(t, g, "a world")
	}
}

// TestLineageOfWideMakings: makings of many lots from many, alone and as a campaign, one of them voided.
func TestLineageOfWideMakings(t *testing.T) {
	side := func(name string, n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("%s%d 1kg", name, i)
		}
		return strings.Join(list, " + ")
	}
	h := parseHistory(t, "by a\nx at=2025-01-01 phase=melted : "+side("a", 30)+" -> "+side("b", 20)+
		"\nx at=2025-01-02 phase=melted txn=T : "+side("b", 12)+" -> "+side("c", 9)+
		"\n@v x at=2025-01-02 phase=melted txn=T : "+side("d", 10)+" -> "+side("e", 11)+
		"\nx at=2025-01-03 phase=sintered : "+side("c", 9)+" + "+side("e", 11)+" -> f 20kg\nvoid @v")
	g := genealogy.New()
	for i, e := range h.entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
		sameLineages(t, g, "wide makings")
	}
	if n := len(g.Lineage("urn:t:f", false)); n != 9+11+12+30 {
		t.Errorf("%d ancestors, want %d", n, 9+11+12+30)
	}
}

// TestLineageTurns: round a cycle whose lots are numbered far apart, whichever way the numbers run.
func TestLineageTurns(t *testing.T) {
	const n = 300
	for _, step := range []int{1, 7, n / 2, n - 1} { // n/2: two lots alone
		var b strings.Builder
		b.WriteString("by a\n")
		for i := range n {
			fmt.Fprintf(&b, "add at=2025-01-01 : l%d 1kg\n", i)
		}
		for i := range n {
			if step == n/2 && i > 1 {
				break
			}
			fmt.Fprintf(&b, "x at=2025-01-02 phase=melted : l%d 1kg -> l%d 1kg\n", i*step%n, (i+1)*step%n)
		}
		g := build(t, parseHistory(t, b.String()).entries, false)
		for _, down := range []bool{false, true} {
			want := n
			if step == n/2 {
				want = 2
			}
			if got := len(g.Lineage("urn:t:l0", down)); got != want {
				t.Errorf("step %d, down %v: %d lots, want %d", step, down, got, want)
			}
		}
	}
}

// TestLineageOfManyLots: a chain so long that its lots fill several words of words, up and down.
func TestLineageOfManyLots(t *testing.T) {
	const n = 3 << 12
	var b strings.Builder
	b.WriteString("by a\nadd at=2025-01-01 : l0 1kg\n")
	for i := range n {
		fmt.Fprintf(&b, "x at=2025-01-02 phase=melted : l%d 1kg -> l%d 1kg\n", i, i+1)
	}
	g := build(t, parseHistory(t, b.String()).entries, false)
	for _, last := range []int{1, 63, 64, 4095, 4096, 8191, n} {
		id := supply.LotID(fmt.Sprintf("urn:t:l%d", last))
		if up, down := len(g.Lineage(id, false)), len(g.Lineage(id, true)); up != last || down != n-last {
			t.Errorf("lot %d: %d above and %d below, want %d and %d", last, up, down, last, n-last)
		}
	}
}

// TestLineageOfWhatWasTakenOut: a lot that a late event takes out of the box before the box is drawn from.
func TestLineageOfWhatWasTakenOut(t *testing.T) {
	h := parseHistory(t, "by a\nadd at=2025-01-01 phase=mined : o 1kg\npack at=2025-01-02 in=box : o\n"+
		"x at=2025-01-04 phase=melted : box -> m 1kg\n@u unpack at=2025-01-03 in=box : o")
	g := genealogy.New()
	for i, e := range h.entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
		sameLineages(t, g, "a box")
	}
	if got := g.Lineage("urn:t:o", true); len(got) != 0 {
		t.Errorf("taken out, it is still in %v", got)
	}
}
