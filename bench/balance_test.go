package bench

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"lodestone/balance"
	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/sim"
)

// simulated is the record of an honest simulated world of so many lots, as a balance takes it.
func simulated(tb testing.TB, lots int) (*genealogy.Graph, *balance.Facts) {
	tb.Helper()
	w, err := sim.New(sim.Config{Lots: lots, Losses: 1}, rand.New(rand.NewPCG(3, 0)))
	if err != nil {
		tb.Fatal(err)
	}
	g, facts := genealogy.New(), balance.NewFacts()
	day := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			tb.Fatal(err)
		}
		facts.Take(e)
	}
	for _, s := range sim.Statements() {
		apply(record.NewStatement(sim.Sender, day, &s))
	}
	for o := range w.Run() {
		if o.Event != nil {
			apply(record.NewEvent(o.By, day, o.Event))
		}
	}
	g.Settle()
	return g, facts
}

// wholeBalance is everything that the command works out for a record.
func wholeBalance(tb testing.TB, g *genealogy.Graph, facts *balance.Facts) {
	b := balance.Read(g, facts)
	scope := func() *balance.Scope { return &balance.Scope{AnySite: true} }
	b.Sites(scope())
	b.Steps(scope())
	b.Stocks(scope())
	b.Transits(scope())
	if _, err := b.Reconcile(scope(), 0.01); err != nil {
		tb.Fatal(err)
	}
}

// balanced measures the balance of a whole record of n lots.
func (s *scale) balanced(t *testing.T, n int) {
	g, facts := simulated(t, n)
	s.balance.add(t, float64(n), median(func() { wholeBalance(t, g, facts) }))
}

// BenchmarkBalance is the balance of a whole record: accounts of steps, sites, lots and shipments, and reconciliation.
func BenchmarkBalance(b *testing.B) {
	for _, lots := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("%d lots", lots), func(b *testing.B) {
			g, facts := simulated(b, lots)
			for b.Loop() {
				wholeBalance(b, g, facts)
			}
		})
	}
}
