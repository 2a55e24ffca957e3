// Package sparse solves the linear algebra of least squares where nearly all entries are zero. Balances of lots and steps
// are nearly a tree: eliminated from its leaves they leave a factor of about ten entries a row. Eliminate takes the unmeasured
// variables out of the rows, NewGram factors G·Gᵀ of what is left and works out those entries of its inverse that the
// variances need, all others never:
//
//	Eliminate  Gaussian elimination with threshold pivoting     Order   approximate minimum degree
//	NewGram    L·D·Lᵀ, dependent rows left out, then            Square  cᵀ·(G·Gᵀ)⁻¹·c of a column, for its redundancy
//	           the inverse in the pattern of L (Takahashi)      Root    a vector for each column, to compare them by
package sparse

import (
	"cmp"
	"math"
	"slices"
)

// Entry is one entry of a row or column: where it stands in it, and what.
type Entry struct {
	At    int32
	Value float64
}

// Gram is G·Gᵀ of a matrix G given by its columns, factored as L·D·Lᵀ, with those entries of its inverse that lie in the
// pattern of L. Rows of G that depend on those before them are left out, as if they were not there.
type Gram struct {
	Rank int

	order, place []int32 // row by step of elimination, and back
	start        []int   // of each column of L, by step
	row          []int32 // the rows of L below the diagonal, as steps, ascending in a column
	l            []float64
	scale        []float64 // 1 ÷ D; 0 for a row that is left out
	z, zd        []float64 // the inverse, by the places of l, and its diagonal
}

// dependent is the part of its square, of one, that a row of G must have of its own beside the rows before it.
const dependent = 1e-11

// NewGram factors G·Gᵀ. G has n rows and these columns; the entries of a column stand at different rows. Of the columns
// from weightless on only the places count: they add nothing, and Square can be asked of them.
func NewGram(n int, columns [][]Entry, weightless int) *Gram {
	cliques := make([][]int32, len(columns))
	for j, c := range columns {
		for _, x := range c {
			cliques[j] = append(cliques[j], x.At)
		}
	}
	g := &Gram{order: Order(n, cliques), place: make([]int32, n), start: make([]int, n+1), scale: make([]float64, n)}
	for k, r := range g.order {
		g.place[r] = int32(k)
	}
	upper := make([][]Entry, n) // by step the entries at earlier steps, several for one place to be summed
	diagonal := make([]float64, n)
	for j, c := range columns {
		for a, x := range c {
			at := g.place[x.At]
			if j < weightless {
				diagonal[at] += x.Value * x.Value
			}
			for _, y := range c[:a] {
				to, from, v := at, g.place[y.At], x.Value*y.Value
				if to < from {
					to, from = from, to
				}
				if j >= weightless {
					v = 0
				}
				upper[to] = append(upper[to], Entry{from, v})
			}
		}
	}
	g.factor(upper, diagonal)
	g.invert()
	return g
}

// summed is the entries with one for each row, ascending.
func summed(list []Entry) []Entry {
	slices.SortStableFunc(list, func(a, b Entry) int { return cmp.Compare(a.At, b.At) })
	out := list[:0]
	for _, x := range list {
		if n := len(out); n > 0 && out[n-1].At == x.At {
			out[n-1].Value += x.Value
			continue
		}
		out = append(out, x)
	}
	return out
}

// factor works out L and D row by row: the pattern of a row is what the elimination tree is met by on the way up from its
// entries (Davis, Direct Methods for Sparse Linear Systems, SIAM 2006, chapter 4).
func (g *Gram) factor(upper [][]Entry, diagonal []float64) {
	n := len(upper)
	parent, met, count := make([]int32, n), make([]int32, n), make([]int, n)
	for k := range n {
		upper[k] = summed(upper[k])
		parent[k], met[k] = -1, int32(k)
		for _, x := range upper[k] {
			for i := x.At; met[i] != int32(k); i = parent[i] {
				if parent[i] < 0 {
					parent[i] = int32(k)
				}
				count[i]++
				met[i] = int32(k)
			}
		}
	}
	for k, c := range count {
		g.start[k+1] = g.start[k] + c
	}
	g.row, g.l = make([]int32, g.start[n]), make([]float64, g.start[n])
	end := slices.Clone(g.start[:n])
	y := make([]float64, n)
	path, reach := make([]int32, n), make([]int32, n)
	for k := range n {
		met[k] = int32(k)
		top := n
		for _, x := range upper[k] {
			y[x.At] += x.Value
			length := 0
			for i := x.At; met[i] != int32(k); i = parent[i] {
				path[length], met[i] = i, int32(k)
				length++
			}
			for length > 0 {
				length--
				top--
				reach[top] = path[length]
			}
		}
		d := diagonal[k]
		for _, i := range reach[top:] {
			v := y[i]
			y[i] = 0
			for p := g.start[i]; p < end[i]; p++ {
				y[g.row[p]] -= g.l[p] * v
			}
			l := v * g.scale[i]
			d -= l * v
			g.row[end[i]], g.l[end[i]] = int32(k), l
			end[i]++
		}
		if d > dependent*diagonal[k] {
			g.scale[k] = 1 / d
			g.Rank++
		}
	}
}

// invert works out the entries of the inverse in the pattern of L, from the last column to the first (Takahashi, Fagan and
// Chen 1973; Erisman and Tinney, Communications of the ACM 18, 1975): Z = D⁻¹·L⁻¹ + (1 − Lᵀ)·Z.
func (g *Gram) invert() {
	n := len(g.scale)
	g.z, g.zd = make([]float64, len(g.l)), make([]float64, n)
	in, sum := make([]float64, n), make([]float64, n)
	member := make([]bool, n)
	for j := n - 1; j >= 0; j-- {
		from, to := g.start[j], g.start[j+1]
		rows := g.row[from:to]
		for p, k := range rows {
			in[k], member[k] = g.l[from+p], true
		}
		for _, k := range rows {
			sum[k] -= g.zd[k] * in[k]
			own := 0.0
			for p := g.start[k]; p < g.start[k+1]; p++ {
				if i := g.row[p]; member[i] {
					sum[i] -= g.z[p] * in[k]
					own -= g.z[p] * in[i]
				}
			}
			sum[k] += own
		}
		g.zd[j] = g.scale[j]
		for p, k := range rows {
			g.z[from+p] = sum[k]
			g.zd[j] -= in[k] * sum[k]
			sum[k], member[k] = 0, false
		}
	}
}

// at is an entry of the inverse in the pattern of L, by steps.
func (g *Gram) at(i, k int32) float64 {
	if i == k {
		return g.zd[i]
	}
	i, k = min(i, k), max(i, k)
	column := g.row[g.start[i]:g.start[i+1]]
	p, ok := slices.BinarySearch(column, k)
	if !ok {
		return math.NaN() // the caller asks of rows that no column holds together
	}
	return g.z[g.start[i]+p]
}

// Square is cᵀ·(G·Gᵀ)⁻¹·c of a column of G, or of some of its entries.
func (g *Gram) Square(column []Entry) float64 {
	sum := 0.0
	for a, x := range column {
		i := g.place[x.At]
		sum += x.Value * x.Value * g.zd[i]
		for _, y := range column[:a] {
			sum += 2 * x.Value * y.Value * g.at(i, g.place[y.At])
		}
	}
	return sum
}

// Solve is (G·Gᵀ)⁻¹·b, with 0 for the rows left out.
func (g *Gram) Solve(b []float64) []float64 {
	x := make([]float64, len(b))
	for k, r := range g.order {
		x[k] = b[r]
	}
	for k, v := range x {
		for p := g.start[k]; p < g.start[k+1]; p++ {
			x[g.row[p]] -= g.l[p] * v
		}
	}
	for k := range x {
		x[k] *= g.scale[k]
	}
	return g.back(x)
}

// Apply is (G·Gᵀ)⁻¹·c of a column.
func (g *Gram) Apply(column []Entry) []float64 {
	b := make([]float64, len(g.order))
	for _, x := range column {
		b[x.At] = x.Value
	}
	return g.Solve(b)
}

// Root is R·b, where R·Rᵀ is (G·Gᵀ)⁻¹: cᵀ·R·b is then the inner product of b with a vector that stands for the column c, of
// length √Square.
func (g *Gram) Root(b []float64) []float64 {
	x := make([]float64, len(b))
	for k := range x {
		x[k] = math.Sqrt(g.scale[k]) * b[k]
	}
	return g.back(x)
}

// back solves Lᵀ·y = x, and gives y by rows.
func (g *Gram) back(x []float64) []float64 {
	for k := len(x) - 1; k >= 0; k-- {
		for p := g.start[k]; p < g.start[k+1]; p++ {
			x[k] -= g.l[p] * x[g.row[p]]
		}
	}
	out := make([]float64, len(x))
	for k, r := range g.order {
		out[r] = x[k]
	}
	return out
}
