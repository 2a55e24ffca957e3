package balance

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"lodestone/balance/sparse"
)

// sketches finds parallel directions among very many. Each direction, a unit vector of as many numbers as there are degrees
// of freedom, is drawn as its inner products with a few random vectors: the distance of two drawings is about that of the
// vectors (Johnson and Lindenstrauss, Contemporary Mathematics 26, 1984). Where the drawings are too near to say, the
// vectors themselves are multiplied.
type sketches struct {
	gram    *sparse.Gram
	random  [sketched][]float64
	list    []drawing
	columns [][]sparse.Entry // of the balances, by direction
}

const (
	sketched = 8
	apart    = 2e-9 // square of the distance of two unit vectors that no longer count as one
	doubt    = 20   // so many times the squared distance may differ from that of the drawings, either way
)

type drawing [sketched]float64

func newSketches(g *sparse.Gram, n int) *sketches {
	s := &sketches{gram: g}
	rng := rand.New(rand.NewPCG(1, 2)) // any: the same figures shall give the same answer
	for k := range s.random {
		r := make([]float64, n)
		for i := range r {
			r[i] = rng.NormFloat64()
		}
		s.random[k] = g.Root(r)
	}
	return s
}

// add draws the next direction, whose length is norm.
func (s *sketches) add(column []sparse.Entry, norm float64) {
	var d drawing
	if norm > 0 {
		for k := range d {
			d[k] = product(column, s.random[k]) / norm
		}
	}
	s.list, s.columns = append(s.list, d), append(s.columns, column)
}

// parallel tells whether two directions cannot be told apart.
func (s *sketches) parallel(i, j int, di, dj *direction) bool {
	plus, minus := 0.0, 0.0
	for k := range s.list[i] {
		plus += square(s.list[i][k] - s.list[j][k])
		minus += square(s.list[i][k] + s.list[j][k])
	}
	switch d := min(plus, minus) / sketched; {
	case d > doubt*apart:
		return false
	case d < apart/doubt:
		return true
	}
	cos := product(s.columns[i], s.gram.Apply(s.columns[j])) / (di.norm * dj.norm)
	return 2*(1-math.Abs(cos)) <= apart
}

// kinds groups the directions that can be seen by what can be told apart, in the order of the first of each.
func (s *sketches) kinds(directions []direction) (groups [][]int) {
	var seen []int
	for i := range directions {
		if directions[i].norm > 0 {
			seen = append(seen, i)
		}
	}
	size := func(i int) float64 { return math.Abs(s.list[i][0]) }
	slices.SortStableFunc(seen, func(a, b int) int { return cmp.Compare(size(a), size(b)) })
	reach := math.Sqrt(sketched * doubt * apart)
	near := 0 // the first group whose first drawing may be within reach
	for _, i := range seen {
		for near < len(groups) && size(groups[near][0]) < size(i)-reach {
			near++
		}
		k := near
		for k < len(groups) && !s.parallel(groups[k][0], i, &directions[groups[k][0]], &directions[i]) {
			k++
		}
		if k == len(groups) {
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], i)
	}
	for _, g := range groups {
		slices.Sort(g)
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return groups
}
