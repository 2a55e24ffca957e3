package lp

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Column is the number of a column, from 0 in the order of adding.
type Column int32

// Row is the number of a row, from 0 in the order of adding.
type Row int32

// Program is a linear program, or a mixed-integer one where some column is integer. The zero value is not ready: New.
// It is built by one goroutine; built, it may be read by any number.
type Program struct {
	Name     string
	Maximize bool
	Offset   float64 // of the objective

	columns vectors
	rows    vectors
	integer []bool
	cost    []float64

	entries []entry
}

// vectors are the names, bounds and measures of columns or of rows.
type vectors struct {
	names        []string
	lower, upper []float64
	unit         []float64 // nil: 1 throughout
	byName       map[string]int32
}

type entry struct {
	row    Row
	column Column
	value  float64
}

// New is a program without rows and columns, whose objective is to be made least.
func New(name string) *Program {
	return &Program{Name: name, columns: vectors{byName: map[string]int32{}}, rows: vectors{byName: map[string]int32{}}}
}

// add panics on a name that is empty, has white space or is taken, and on bounds that are not numbers: names and bounds
// are made by the program that builds the model, which checks its user's input first.
func (v *vectors) add(what, name string, lower, upper float64) int32 {
	if name == "" || strings.ContainsAny(name, " \t\r\n") {
		panic(fmt.Sprintf("lp: %s name %q is empty or has white space", what, name))
	}
	if _, taken := v.byName[name]; taken {
		panic(fmt.Sprintf("lp: %s name %q is taken", what, name))
	}
	if math.IsNaN(lower) || math.IsNaN(upper) {
		panic(fmt.Sprintf("lp: %s %q has a bound that is no number", what, name))
	}
	n := int32(len(v.names))
	v.names = append(v.names, name)
	v.lower, v.upper = append(v.lower, lower), append(v.upper, upper)
	v.byName[name] = n
	if v.unit != nil {
		v.unit = append(v.unit, 1)
	}
	return n
}

// AddColumn adds a column. It panics on a name that is empty, has white space or is taken, and on a bound or cost that
// is not a number.
func (p *Program) AddColumn(name string, lower, upper, cost float64) Column {
	if math.IsNaN(cost) || math.IsInf(cost, 0) {
		panic(fmt.Sprintf("lp: column %q has the cost %v", name, cost))
	}
	c := Column(p.columns.add("column", name, lower, upper))
	p.cost, p.integer = append(p.cost, cost), append(p.integer, false)
	return c
}

// AddInteger adds a column that takes whole numbers. It panics as AddColumn does.
func (p *Program) AddInteger(name string, lower, upper, cost float64) Column {
	c := p.AddColumn(name, lower, upper, cost)
	p.integer[c] = true
	return c
}

// AddRow adds a row. It panics on a name that is empty, has white space or is taken, and on a bound that is not a number.
func (p *Program) AddRow(name string, lower, upper float64) Row {
	return Row(p.rows.add("row", name, lower, upper))
}

// Set adds value to the coefficient of a column in a row. It panics on a value that is not a finite number.
func (p *Program) Set(r Row, c Column, value float64) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		panic(fmt.Sprintf("lp: the coefficient of %q in %q is %v", p.columns.names[c], p.rows.names[r], value))
	}
	if value != 0 {
		p.entries = append(p.entries, entry{r, c, value})
	}
}

// Clone is a copy whose changes do not reach p. The two share nothing that changes.
func (p *Program) Clone() *Program {
	q := *p
	q.columns, q.rows = p.columns.clone(), p.rows.clone()
	q.integer, q.cost, q.entries = slices.Clone(p.integer), slices.Clone(p.cost), slices.Clone(p.entries)
	return &q
}

func (v vectors) clone() vectors {
	return vectors{names: slices.Clone(v.names), lower: slices.Clone(v.lower), upper: slices.Clone(v.upper), unit: slices.Clone(v.unit), byName: maps.Clone(v.byName)}
}

// Fixed is a linear copy of p in which each integer column stands at its value in s: its duals are those of p given that
// choice.
func (p *Program) Fixed(s *Solution) *Program {
	q := p.Clone()
	for j, whole := range p.integer {
		if whole {
			at := math.Round(s.Column[j])
			q.columns.lower[j], q.columns.upper[j], q.integer[j] = at, at, false
		}
	}
	return q
}

// Columns is the number of columns.
func (p *Program) Columns() int { return len(p.columns.names) }

// Rows is the number of rows.
func (p *Program) Rows() int { return len(p.rows.names) }

// Integers is the number of integer columns.
func (p *Program) Integers() int {
	n := 0
	for _, whole := range p.integer {
		if whole {
			n++
		}
	}
	return n
}

// ColumnName is a column's name.
func (p *Program) ColumnName(c Column) string { return p.columns.names[c] }

// RowName is a row's name.
func (p *Program) RowName(r Row) string { return p.rows.names[r] }

// Column finds a column by its name.
func (p *Program) Column(name string) (Column, bool) {
	n, ok := p.columns.byName[name]
	return Column(n), ok
}

// Row finds a row by its name.
func (p *Program) Row(name string) (Row, bool) {
	n, ok := p.rows.byName[name]
	return Row(n), ok
}

// ColumnBounds are a column's bounds.
func (p *Program) ColumnBounds(c Column) (lower, upper float64) {
	return p.columns.lower[c], p.columns.upper[c]
}

// RowBounds are a row's bounds.
func (p *Program) RowBounds(r Row) (lower, upper float64) { return p.rows.lower[r], p.rows.upper[r] }

// Cost is a column's cost.
func (p *Program) Cost(c Column) float64 { return p.cost[c] }

// Integer tells whether a column takes whole numbers only.
func (p *Program) Integer(c Column) bool { return p.integer[c] }

// SetCost changes a column's cost.
func (p *Program) SetCost(c Column, cost float64) { p.cost[c] = cost }

// SetColumnBounds changes a column's bounds.
func (p *Program) SetColumnBounds(c Column, lower, upper float64) {
	p.columns.lower[c], p.columns.upper[c] = lower, upper
}

// SetRowBounds changes a row's bounds.
func (p *Program) SetRowBounds(r Row, lower, upper float64) {
	p.rows.lower[r], p.rows.upper[r] = lower, upper
}

// SetInteger says whether a column takes whole numbers only.
func (p *Program) SetInteger(c Column, whole bool) { p.integer[c] = whole }

// MeasureColumn has the solver count a column in multiples of unit: 0.001 for kilograms in a program in tonnes.
func (p *Program) MeasureColumn(c Column, unit float64) { p.columns.measure(int32(c), unit) }

// MeasureRow has the solver count a row in multiples of unit.
func (p *Program) MeasureRow(r Row, unit float64) { p.rows.measure(int32(r), unit) }

func (v *vectors) measure(n int32, unit float64) {
	if !(unit > 0) || math.IsInf(unit, 0) {
		panic(fmt.Sprintf("lp: %q cannot be measured in units of %v", v.names[n], unit))
	}
	if v.unit == nil {
		v.unit = make([]float64, len(v.names))
		for i := range v.unit {
			v.unit[i] = 1
		}
	}
	v.unit[n] = unit
}

func (v *vectors) unitOf(n int32) float64 {
	if v.unit == nil {
		return 1
	}
	return v.unit[n]
}

// ColumnUnit is the multiple in which the solver counts a column.
func (p *Program) ColumnUnit(c Column) float64 { return p.columns.unitOf(int32(c)) }

// RowUnit is the multiple in which the solver counts a row.
func (p *Program) RowUnit(r Row) float64 { return p.rows.unitOf(int32(r)) }

// Matrix is the coefficients by column: those of column j stand at starts[j] to starts[j+1], by row, each row once.
// Coefficients that add up to nothing are left out.
func (p *Program) Matrix() Matrix {
	sorted := slices.Clone(p.entries)
	slices.SortStableFunc(sorted, func(a, b entry) int {
		if a.column != b.column {
			return int(a.column) - int(b.column)
		}
		return int(a.row) - int(b.row)
	})
	m := Matrix{Starts: make([]int32, p.Columns()+1), Rows: make([]Row, 0, len(sorted)), Values: make([]float64, 0, len(sorted))}
	at := 0
	for c := range p.Columns() {
		m.Starts[c] = int32(len(m.Rows))
		for at < len(sorted) && int(sorted[at].column) == c {
			e := sorted[at]
			for at++; at < len(sorted) && sorted[at].column == e.column && sorted[at].row == e.row; at++ {
				e.value += sorted[at].value
			}
			if e.value != 0 {
				m.Rows, m.Values = append(m.Rows, e.row), append(m.Values, e.value)
			}
		}
	}
	m.Starts[p.Columns()] = int32(len(m.Rows))
	return m
}

// Matrix is a sparse matrix by column.
type Matrix struct {
	Starts []int32 // one more than there are columns
	Rows   []Row
	Values []float64
}

// Column gives the rows of a column and its coefficients in them.
func (m Matrix) Column(c Column) ([]Row, []float64) {
	from, to := m.Starts[c], m.Starts[c+1]
	return m.Rows[from:to], m.Values[from:to]
}
