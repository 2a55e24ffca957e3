package landed

import "testing"

// BenchmarkCost works out the magnet from Brook oxide with every range.
func BenchmarkCost(b *testing.B) {
	s, sch := example(b, "brook"), schedule(b)
	for b.Loop() {
		if _, err := s.Cost(sch, 0); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBreakeven finds where the two magnets meet, at base and at both corners.
func BenchmarkBreakeven(b *testing.B) {
	x, y, sch := Route{Sheet: example(b, "brook")}, Route{Sheet: example(b, "china")}, schedule(b)
	for b.Loop() {
		if _, err := Breakeven(x, y, sch, VaryPrice, "Brook NdPr oxide"); err != nil {
			b.Fatal(err)
		}
	}
}
