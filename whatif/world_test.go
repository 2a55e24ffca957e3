package whatif_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/sim"
	"lodestone/whatif"
)

// TestWaysApplied takes each way that is found for the lots of a world full of trouble, writes it down as assumptions, and
// judges the question with them: it must be clean. Without any one of them it must not be.
func TestWaysApplied(t *testing.T) {
	w, err := sim.New(sim.Config{Lots: 120, Name: "w", Theft: 0.05, Wrong: 0.05, Double: 0.05, Missing: 0.1}, rand.New(rand.NewPCG(5, 5)))
	if err != nil {
		t.Fatal(err)
	}
	g := genealogy.New()
	received := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, st := range sim.Statements() {
		apply(record.NewStatement(sim.Sender, received, &st))
	}
	for o := range w.Run() {
		if o.Event != nil {
			apply(record.NewEvent(o.By, received, o.Event))
		}
	}
	lib := books(t)
	ids := g.IDs()
	slices.Sort(ids)
	ways, steps := 0, 0
	for i, id := range ids {
		f, err := rules.FromRecord(g, id, nil, []quantity.Date{quantity.MustDate("2026-12-31"), quantity.MustDate("2027-01-01")}[i%2])
		if err != nil {
			t.Fatal(err)
		}
		f.Books = []string{[]string{"us/dfars-252.225-7052", "us/10-usc-4872", "us/dfars-252.225-7009"}[i%3]}
		if f.Books[0] == "us/dfars-252.225-7052" {
			f.MaterialsComplete = true
		}
		found, err := whatif.Find(lib, f, 300)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range found.Ways[:min(3, len(found.Ways))] {
			var as []whatif.Assumption
			for _, n := range way.Facts {
				if n.Assume == "" {
					break
				}
				a, err := whatif.Parse(lib, n.Assume)
				if err != nil {
					t.Fatalf("%s: %v", id, err)
				}
				as = append(as, a)
			}
			if len(as) < len(way.Facts) {
				continue
			}
			judge := func(as []whatif.Assumption) rules.Verdict {
				q, done := whatif.Apply(f, as)
				for _, d := range done {
					if len(d.Sets) == 0 {
						t.Errorf("%s: %q is about nothing", id, d.Assumption)
					}
				}
				a, err := lib.Judge(q)
				if err != nil {
					t.Fatal(err)
				}
				return a.Verdict
			}
			if v := judge(as); v != way.Verdict {
				t.Errorf("%s: with %v %s, the search says %s", id, as, v, way.Verdict)
			}
			ways++
			steps += len(as)
			for i := range as {
				if v := judge(slices.Delete(slices.Clone(as), i, i+1)); v.Clean() {
					t.Errorf("%s: %q is not needed", id, as[i].Text)
				}
			}
		}
	}
	if ways < 50 || steps < 200 {
		t.Errorf("%d ways of %d facts: nothing is tried", ways, steps)
	}
}
