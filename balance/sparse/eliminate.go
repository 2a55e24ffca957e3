package sparse

import (
	"cmp"
	"math"
	"slices"
)

// Eliminated is the rows of a matrix from which some columns were taken out, each by a row that was subtracted from the
// others.
type Eliminated struct {
	Rows [][]Entry // as they are then; ascending
	Free []int32   // rows in which none of the columns is left

	from   int32
	pivots []pivot
	moves  []move
}

// pivot is a row that says what an eliminated variable is.
type pivot struct {
	row, column int32
	value       float64
}

// move is a multiple of one row added to another.
type move struct {
	to, row int32
	by      float64
}

const (
	firm      = 0.1   // the least part of the greatest entry of a column that may be divided by
	cancelled = 1e-12 // of its parts: a sum below is nought
)

// Eliminate takes out the columns at and above from, those with the fewest rows first, by Gaussian elimination with
// threshold pivoting: of the rows whose entry is no less than a tenth of the greatest, the shortest (Duff, Erisman and
// Reid, Direct Methods for Sparse Matrices, Oxford 2017, chapter 7). A column that depends on others is gone with them. The
// rows are taken over.
func Eliminate(rows [][]Entry, from int32) *Eliminated {
	e := &Eliminated{Rows: rows, from: from}
	holds := map[int32][]int32{} // rows of a column; a row whose entry was cancelled stands there still
	var columns []int32
	for i, row := range rows {
		slices.SortFunc(row, func(a, b Entry) int { return cmp.Compare(a.At, b.At) })
		for _, x := range row[e.tail(row):] {
			if holds[x.At] == nil {
				columns = append(columns, x.At)
			}
			holds[x.At] = append(holds[x.At], int32(i))
		}
	}
	slices.SortFunc(columns, func(a, b int32) int {
		return cmp.Or(cmp.Compare(len(holds[a]), len(holds[b])), cmp.Compare(a, b))
	})
	spent := make([]bool, len(rows))
	for _, c := range columns {
		p, value := e.choose(c, holds[c], spent)
		if p < 0 {
			continue
		}
		spent[p] = true
		e.pivots = append(e.pivots, pivot{p, c, value})
		for _, i := range holds[c] {
			v, ok := entry(rows[i], c)
			if !ok || spent[i] {
				continue
			}
			m := move{i, p, -v / value}
			e.moves = append(e.moves, m)
			old := rows[i]
			rows[i] = combine(old, rows[p], m.by, c)
			for _, x := range rows[i][e.tail(rows[i]):] {
				if _, had := entry(old, x.At); !had {
					holds[x.At] = append(holds[x.At], i)
				}
			}
		}
	}
	for i := range rows {
		if !spent[i] && e.tail(rows[i]) == len(rows[i]) {
			e.Free = append(e.Free, int32(i))
		}
	}
	return e
}

// tail is where the entries of a row begin that are eliminated.
func (e *Eliminated) tail(row []Entry) int {
	at, _ := slices.BinarySearchFunc(row, e.from, func(x Entry, at int32) int { return cmp.Compare(x.At, at) })
	return at
}

// choose is the row by which a column is taken out, below zero when it is gone already.
func (e *Eliminated) choose(c int32, rows []int32, spent []bool) (p int32, value float64) {
	most := 0.0
	for _, i := range rows {
		if v, _ := entry(e.Rows[i], c); !spent[i] {
			most = max(most, math.Abs(v))
		}
	}
	p = -1
	for _, i := range rows {
		v, ok := entry(e.Rows[i], c)
		if ok && !spent[i] && math.Abs(v) >= firm*most && (p < 0 || len(e.Rows[i]) < len(e.Rows[p])) {
			p, value = i, v
		}
	}
	return p, value
}

// entry is the entry of a row at a column.
func entry(row []Entry, c int32) (float64, bool) {
	at, ok := slices.BinarySearchFunc(row, c, func(x Entry, at int32) int { return cmp.Compare(x.At, at) })
	if !ok {
		return 0, false
	}
	return row[at].Value, true
}

// combine is a + by × b, without the column that it takes out and what cancels.
func combine(a, b []Entry, by float64, out int32) []Entry {
	sum := make([]Entry, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].At < b[0].At:
			sum = append(sum, a[0])
			a = a[1:]
		case len(a) == 0 || b[0].At < a[0].At:
			sum = append(sum, Entry{b[0].At, by * b[0].Value})
			b = b[1:]
		default:
			x, y := a[0].Value, by*b[0].Value
			if a[0].At != out && math.Abs(x+y) > cancelled*max(math.Abs(x), math.Abs(y)) {
				sum = append(sum, Entry{a[0].At, x + y})
			}
			a, b = a[1:], b[1:]
		}
	}
	return sum
}

// Carry does to a right-hand side, in place, what was done to the rows.
func (e *Eliminated) Carry(b []float64) {
	for _, m := range e.moves {
		b[m.to] += m.by * b[m.row]
	}
}

// Back sets in x the eliminated variables, for which the rows by which they were taken out give b, carried. What no row
// tells of stays as it is in x.
func (e *Eliminated) Back(b, x []float64) {
	for _, p := range slices.Backward(e.pivots) {
		sum := b[p.row]
		for _, y := range e.Rows[p.row] {
			if y.At != p.column {
				sum -= y.Value * x[y.At]
			}
		}
		x[p.column] = sum / p.value
	}
}
