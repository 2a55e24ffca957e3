package sparse

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// What is worked out in the pattern of the factor is what the full inverse holds.
func TestSquareIsThatOfTheInverse(t *testing.T) {
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 1))
		n := 1 + rng.IntN(40)
		columns := make([][]Entry, 2*n)
		full := mat.NewDense(n, 2*n, nil)
		for j := range columns {
			for _, r := range rng.Perm(n)[:min(n, 1+rng.IntN(3))] {
				v := rng.NormFloat64()
				columns[j] = append(columns[j], Entry{int32(r), v})
				full.Set(r, j, v)
			}
		}
		for r := range n { // each row has something of its own
			columns = append(columns, []Entry{{int32(r), 1}})
		}
		s := mat.NewDense(n, n, nil)
		s.Mul(full, full.T())
		for r := range n {
			s.Set(r, r, s.At(r, r)+1)
		}
		var inverse mat.Dense
		if err := inverse.Inverse(s); err != nil {
			t.Fatal(err)
		}
		g := NewGram(n, columns, len(columns))
		if g.Rank != n {
			t.Fatalf("rank %d of %d", g.Rank, n)
		}
		for j := range 2 * n {
			c := full.ColView(j)
			if got, want := g.Square(columns[j]), mat.Inner(c, &inverse, c); math.Abs(got-want) > 1e-10 {
				t.Errorf("seed %d, column %d: %g, want %g", seed, j, got, want)
			}
		}
	}
}
