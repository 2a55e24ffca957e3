package genealogy_test

import (
	"fmt"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/supply"
)

// TestDays: the days of a step are those of every event that brings it: of a blend both, of another lot's none, of the first
// life of scrap its own, and of a cycle none where it cannot be told.
func TestDays(t *testing.T) {
	h := parseHistory(t, `by acme
facility f US
material ore kind=ore of=Nd
add at=2025-01-01 phase=mined place=f : o1 1kg
add at=2025-01-02 phase=mined place=f : o2 1kg
add at=2025-01-03 phase=mined place=f : o3 1kg
melt at=2025-02-01 phase=melted place=f : o1 1kg -> a 1kg
melt at=2025-02-02 phase=melted place=f : o2 1kg -> b 1kg
melt at=2025-02-03 phase=melted place=f : o3 1kg -> c 1kg
mill at=2025-03-01 phase=milled place=f : a 1kg + b 1kg -> p 2kg
win at=2025-04-01 phase=recycled place=f : p 2kg -> r 2kg
melt at=2025-05-01 phase=melted place=f : r 2kg -> s 2kg
loop at=2025-06-01 phase=melted place=f : s 2kg + back 1kg -> x 3kg
loop at=2025-06-02 phase=milled place=f : x 3kg -> back 1kg + y 2kg`)
	g := build(t, h.entries, false)
	for _, c := range []struct {
		lot      string
		phase    supply.Phase
		recycled bool
		want     string
	}{
		{"a", supply.Melted, false, "[2025-02-01]"},
		{"p", supply.Melted, false, "[2025-02-01 2025-02-02]"},
		{"p", supply.Mined, false, "[2025-01-01 2025-01-02]"},
		{"s", supply.Melted, false, "[2025-05-01]"},
		{"s", supply.Melted, true, "[2025-02-01 2025-02-02]"},
		{"y", supply.Melted, true, "[]"},
	} {
		p, _ := g.Profile(supply.LotID(uri(c.lot)), time.Time{})
		found := false
		for _, s := range p.Steps {
			if s.Phase == c.phase && s.Recycled == c.recycled {
				found = true
				if got := fmt.Sprint(g.Days(supply.LotID(uri(c.lot)), s, time.Time{})); got != c.want {
					t.Errorf("%s, %s, earlier life %v: %s, want %s", c.lot, c.phase, c.recycled, got, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%s was never %s, earlier life %v", c.lot, c.phase, c.recycled)
		}
	}
	if got := g.Days(supply.LotID(uri("c")), genealogy.Step{Phase: supply.Melted, Facility: "elsewhere"}, time.Time{}); got != nil {
		t.Errorf("a step that is none of its profile has days %v", got)
	}
}
