package main

import (
	"testing"

	"lodestone/plan/highs"
	"lodestone/plan/lp"
)

// BenchmarkNorthAmerica takes the time of building the program of the North American network, of solving it from nothing, and
// of solving it again once one capacity is gone.
func BenchmarkNorthAmerica(b *testing.B) {
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			modelOfNetwork(b, "north-america")
		}
	})
	m := modelOfNetwork(b, "north-america")
	solver, err := highs.New(b.Context(), solverCache())
	if err != nil {
		b.Skip(err)
	}
	defer solver.Close(b.Context())
	solve := func(b *testing.B, loaded lp.Model) {
		s, err := loaded.Solve(b.Context(), lp.Limits{})
		if err != nil || s.Status != lp.Optimal {
			b.Fatal(s, err)
		}
	}
	loaded, err := solver.Load(b.Context(), m.Program)
	if err != nil {
		b.Fatal(err)
	}
	defer loaded.Close()
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			if err := loaded.SetBasis(nil); err != nil {
				b.Fatal(err)
			}
			solve(b, loaded)
		}
	})
	b.Run("warm", func(b *testing.B) {
		row, ok := m.Program.Row("capacity[Euclid-Dy-metal,2028Q1]")
		if !ok {
			b.Fatal("there is no such row")
		}
		lower, upper := m.Program.RowBounds(row)
		gone := true
		for b.Loop() {
			to := upper
			if gone {
				to = 0
			}
			if err := loaded.SetRowBounds([]lp.Row{row}, []float64{lower}, []float64{to}); err != nil {
				b.Fatal(err)
			}
			solve(b, loaded)
			gone = !gone
		}
	})
}
