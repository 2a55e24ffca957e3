package lp

import (
	"math"
	"slices"
)

// Reduction is a smaller program with the same optimum, for solving again and again with some numbers changed. What is gone
// from it follows from what is left.
type Reduction struct {
	Program *Program
	from    *Program
	column  []Column // by column of from; gone where it is not in Program
	row     []Row
	shift   []float64 // by row of from: what its bounds are moved by
	dearer  []float64 // by column of from: what its cost is moved by
}

const gone = -1

// Column is a column's number in the reduction.
func (r *Reduction) Column(c Column) (Column, bool) { return r.column[c], r.column[c] != gone }

// Row is a row's number in the reduction.
func (r *Reduction) Row(i Row) (Row, bool) { return r.row[i], r.row[i] != gone }

// Cost is what a cost of a column comes to in the reduction.
func (r *Reduction) Cost(c Column, cost float64) float64 { return cost + r.dearer[c] }

// RowBounds is what bounds of a row come to in the reduction.
func (r *Reduction) RowBounds(i Row, lower, upper float64) (float64, float64) {
	return lower + r.shift[i], upper + r.shift[i]
}

// Reduce takes out of a linear program, exactly,
//
//	columns that stand still, or are in no row and cost nothing less at their lower bound;
//	with each equality Σ a[j]·x[j] = b in which one column y alone has its sign, b is of that sign or nought, and no column
//	may be less than nought: y = (b − Σ a[j]·x[j]) / a[y], which is never less than nought, and so needs no bound;
//	columns that are in one equality only, may be anything from nought on, and so make an inequality of it.
//
// What open names stays: bounds, costs, and the coefficients where an open row meets an open column may be changed
// afterwards, and mean what they meant, as long as no lower bound falls below nought that was not below it.
func (p *Program) Reduce(openRows, openColumns []bool) *Reduction {
	w := newReducing(p, openRows, openColumns)
	for again := true; again; {
		again = w.settle()
		for i := range w.rows {
			if y, ok := w.pivot(int32(i)); ok {
				w.substitute(int32(i), y)
				again = true
			}
		}
	}
	w.absorb()
	return w.result()
}

// reducing is a program on its way: the matrix by column and by row, both in order.
type reducing struct {
	p                     *Program
	openRows, openColumns []bool
	columns               [][]entry
	rows                  [][]int32
	lower, upper, cost    []float64
	rowLower, rowUpper    []float64
	columnGone, rowGone   []bool
	offset                float64
	shift                 []float64
}

func newReducing(p *Program, openRows, openColumns []bool) *reducing {
	w := &reducing{p: p, openRows: openRows, openColumns: openColumns, offset: p.Offset,
		columns: make([][]entry, p.Columns()), rows: make([][]int32, p.Rows()), shift: make([]float64, p.Rows()),
		lower: slices.Clone(p.columns.lower), upper: slices.Clone(p.columns.upper), cost: slices.Clone(p.cost),
		rowLower: slices.Clone(p.rows.lower), rowUpper: slices.Clone(p.rows.upper),
		columnGone: make([]bool, p.Columns()), rowGone: make([]bool, p.Rows())}
	m := p.Matrix()
	for c := range w.columns {
		rows, values := m.Column(Column(c))
		for k, r := range rows {
			w.columns[c] = append(w.columns[c], entry{r, Column(c), values[k]})
			w.rows[r] = append(w.rows[r], int32(c))
		}
	}
	return w
}

// settle takes out columns that stand still or are in no row, and rows that hold nothing.
func (w *reducing) settle() bool {
	changed := false
	for c := range w.columns {
		if w.columnGone[c] || w.openColumns[c] || w.p.integer[c] {
			continue
		}
		sense := 1.0
		if w.p.Maximize {
			sense = -1
		}
		still := w.lower[c] == w.upper[c] || len(w.columns[c]) == 0 && sense*w.cost[c] >= 0 && !math.IsInf(w.lower[c], -1)
		if still {
			w.fix(int32(c), w.lower[c])
			changed = true
		}
	}
	for r := range w.rows {
		if !w.rowGone[r] && !w.openRows[r] && len(w.rows[r]) == 0 && w.rowLower[r] <= 0 && w.rowUpper[r] >= 0 {
			w.rowGone[r] = true
			changed = true
		}
	}
	return changed
}

func (w *reducing) fix(c int32, at float64) {
	w.offset += w.cost[c] * at
	for _, e := range w.columns[c] {
		w.move(e.row, -e.value*at)
		w.rows[e.row] = drop(w.rows[e.row], c)
	}
	w.columns[c], w.columnGone[c] = nil, true
}

func (w *reducing) move(r Row, by float64) {
	w.shift[r] += by
	w.rowLower[r] += by
	w.rowUpper[r] += by
}

// fill is how many coefficients more a substitution may leave.
const fill = 20

// pivot finds the column that an equality gives, the one whose substitution leaves the fewest coefficients.
func (w *reducing) pivot(r int32) (int32, bool) {
	if w.rowGone[r] || w.openRows[r] || len(w.rows[r]) == 0 || w.rowLower[r] != w.rowUpper[r] {
		return 0, false
	}
	var of [2]int32 // the last column of each sign
	var count [2]int
	most := 0.0
	for _, c := range w.rows[r] {
		v := w.at(r, c)
		most = max(most, math.Abs(v))
		if w.lower[c] < 0 {
			return 0, false
		}
		side := 0
		if v < 0 {
			side = 1
		}
		of[side], count[side] = c, count[side]+1
	}
	best, least := int32(gone), fill+1
	for side, y := range of {
		if count[side] != 1 || w.openColumns[y] || w.p.integer[y] || w.lower[y] != 0 || !math.IsInf(w.upper[y], 1) {
			continue
		}
		v := w.at(r, y)
		if w.rowLower[r]*v < 0 || math.Abs(v) < most/1000 {
			continue
		}
		others, entries := len(w.rows[r])-1, len(w.columns[y])-1
		if more := others*entries - others - entries - 1; more < least {
			best, least = y, more
		}
	}
	return best, best != gone
}

func (w *reducing) at(r, c int32) float64 {
	i, ok := slices.BinarySearchFunc(w.columns[c], Row(r), func(e entry, r Row) int { return int(e.row - r) })
	if !ok {
		return 0
	}
	return w.columns[c][i].value
}

// substitute puts y = (b − Σ a[j]·x[j]) / a[y] in its place everywhere.
func (w *reducing) substitute(r, y int32) {
	pivot, b := w.at(r, y), w.rowLower[r]
	of := w.columns[y]
	for _, c := range slices.Clone(w.rows[r]) {
		if c == y {
			continue
		}
		factor := -w.at(r, c) / pivot
		w.cost[c] += factor * w.cost[y]
		w.add(c, of, factor, Row(r))
	}
	w.offset += w.cost[y] * b / pivot
	for _, e := range of {
		if e.row != Row(r) {
			w.move(e.row, -e.value*b/pivot)
		}
		w.rows[e.row] = drop(w.rows[e.row], y)
	}
	w.columns[y], w.columnGone[y] = nil, true
	w.rows[r], w.rowGone[r] = nil, true
}

// add adds a multiple of a column's entries to a column, and drops its entry in row without.
func (w *reducing) add(c int32, of []entry, factor float64, without Row) {
	var out []entry
	to := w.columns[c]
	for len(to) > 0 || len(of) > 0 {
		switch {
		case len(of) == 0 || len(to) > 0 && to[0].row < of[0].row:
			out = append(out, to[0])
			to = to[1:]
		case len(to) == 0 || of[0].row < to[0].row:
			out = append(out, entry{of[0].row, Column(c), factor * of[0].value})
			w.rows[of[0].row] = insert(w.rows[of[0].row], c)
			of = of[1:]
		default:
			sum := to[0].value + factor*of[0].value
			if to[0].row != without && math.Abs(sum) > 1e-12*math.Abs(to[0].value) {
				out = append(out, entry{to[0].row, Column(c), sum})
			} else {
				w.rows[to[0].row] = drop(w.rows[to[0].row], c)
			}
			to, of = to[1:], of[1:]
		}
	}
	w.columns[c] = out
}

// absorb makes inequalities of equalities with a column of their own.
func (w *reducing) absorb() {
	for c := range w.columns {
		if w.columnGone[c] || w.openColumns[c] || w.p.integer[c] || len(w.columns[c]) != 1 || w.lower[c] != 0 || !math.IsInf(w.upper[c], 1) {
			continue
		}
		e := w.columns[c][0]
		r := e.row
		if w.openRows[r] || w.rowLower[r] != w.rowUpper[r] {
			continue
		}
		each := w.cost[c] / e.value
		w.offset += each * w.rowLower[r]
		for _, other := range w.rows[r] {
			w.cost[other] -= each * w.at(int32(r), other)
		}
		if e.value > 0 {
			w.rowLower[r] = math.Inf(-1)
		} else {
			w.rowUpper[r] = math.Inf(1)
		}
		w.rows[r] = drop(w.rows[r], int32(c))
		w.columns[c], w.columnGone[c] = nil, true
	}
}

func drop(of []int32, c int32) []int32 {
	if i, ok := slices.BinarySearch(of, c); ok {
		return slices.Delete(of, i, i+1)
	}
	return of
}

func insert(of []int32, c int32) []int32 {
	if i, ok := slices.BinarySearch(of, c); !ok {
		return slices.Insert(of, i, c)
	}
	return of
}

func (w *reducing) result() *Reduction {
	out := &Reduction{Program: New(w.p.Name), from: w.p, column: make([]Column, w.p.Columns()), row: make([]Row, w.p.Rows()), shift: w.shift, dearer: make([]float64, w.p.Columns())}
	q := out.Program
	q.Maximize, q.Offset = w.p.Maximize, w.offset
	for r := range w.rows {
		out.row[r] = gone
		if !w.rowGone[r] {
			out.row[r] = q.AddRow(w.p.rows.names[r], w.rowLower[r], w.rowUpper[r])
			if unit := w.p.RowUnit(Row(r)); unit != 1 {
				q.MeasureRow(out.row[r], unit)
			}
		}
	}
	for c := range w.columns {
		out.column[c] = gone
		if w.columnGone[c] {
			continue
		}
		n := q.AddColumn(w.p.columns.names[c], w.lower[c], w.upper[c], w.cost[c])
		q.SetInteger(n, w.p.integer[c])
		if unit := w.p.ColumnUnit(Column(c)); unit != 1 {
			q.MeasureColumn(n, unit)
		}
		out.column[c], out.dearer[c] = n, w.cost[c]-w.p.cost[c]
		for _, e := range w.columns[c] {
			q.Set(out.row[e.row], n, e.value)
		}
	}
	return out
}
