package highs

import (
	"context"
	"errors"
	"fmt"
	"math"

	"lodestone/plan/lp"
)

// Arrays is a program as the solver sees it: in the solver's units, without names.
type Arrays struct {
	Maximize           bool
	Offset             float64
	Cost, Lower, Upper []float64
	RowLower, RowUpper []float64
	Starts, Index      []int32
	Values             []float64
	Kinds              []int32 // nil where no column is integer
}

// backend is a solver that speaks in its own units: an instance in this process, or one in a child.
type backend interface {
	load(ctx context.Context, r *Arrays) error
	run(ctx context.Context, limits lp.Limits) (*lp.Solution, error)
	setCosts(ctx context.Context, at []int32, costs []float64) error
	setBounds(ctx context.Context, rows bool, at []int32, lower, upper []float64) error
	setCoefficients(ctx context.Context, rows, columns []int32, values []float64) error
	setBasis(ctx context.Context, b *lp.Basis) error
	ranging(ctx context.Context) (*lp.Ranging, error)
	conflict(ctx context.Context) (*lp.Conflict, error)
	close() error
}

// model turns the program's units into the solver's, and back.
type model struct {
	backend
	columnUnit, rowUnit []float64
	nothing             *lp.Solution // the answer to a program without columns, which the solver gets wrong
}

var _ lp.Model = (*model)(nil)

// load passes p to a backend, and closes the backend when that fails.
func load(ctx context.Context, b backend, p *lp.Program) (lp.Model, error) {
	m := &model{backend: b, columnUnit: make([]float64, p.Columns()), rowUnit: make([]float64, p.Rows())}
	if p.Columns() == 0 {
		m.nothing = &lp.Solution{Status: lp.Optimal, Feasible: true, Objective: p.Offset, Row: make([]float64, p.Rows())}
	}
	r := &Arrays{Maximize: p.Maximize, Offset: p.Offset}
	for i := range m.rowUnit {
		lower, upper := p.RowBounds(lp.Row(i))
		m.rowUnit[i] = p.RowUnit(lp.Row(i))
		r.RowLower, r.RowUpper = append(r.RowLower, lower/m.rowUnit[i]), append(r.RowUpper, upper/m.rowUnit[i])
		if p.Columns() == 0 && (lower > 0 || upper < 0) {
			m.nothing = &lp.Solution{Status: lp.Infeasible}
		}
	}
	matrix := p.Matrix()
	r.Starts, r.Index, r.Values = matrix.Starts[:p.Columns()], make([]int32, len(matrix.Rows)), matrix.Values
	for i, row := range matrix.Rows {
		r.Index[i] = int32(row)
		r.Values[i] /= m.rowUnit[row]
	}
	if p.Integers() > 0 {
		r.Kinds = make([]int32, p.Columns())
	}
	for j := range m.columnUnit {
		c := lp.Column(j)
		unit := p.ColumnUnit(c)
		m.columnUnit[j] = unit
		if p.Integer(c) {
			if unit != 1 {
				return nil, errors.Join(fmt.Errorf("load %q: integer column %q is measured in units of %v: whole numbers are counted in ones", p.Name, p.ColumnName(c), unit), b.close())
			}
			r.Kinds[j] = integral
		}
		lower, upper := p.ColumnBounds(c)
		r.Cost = append(r.Cost, p.Cost(c)*unit)
		r.Lower, r.Upper = append(r.Lower, lower/unit), append(r.Upper, upper/unit)
		for k := matrix.Starts[j]; k < matrix.Starts[j+1]; k++ {
			r.Values[k] *= unit
		}
	}
	if err := b.load(ctx, r); err != nil {
		return nil, errors.Join(fmt.Errorf("load %q: %w", p.Name, err), b.close())
	}
	return m, nil
}

func (m *model) Solve(ctx context.Context, limits lp.Limits) (*lp.Solution, error) {
	if m.nothing != nil {
		s := *m.nothing
		return &s, nil
	}
	s, err := m.run(ctx, limits)
	if err != nil {
		return nil, fmt.Errorf("solve: %w", err)
	}
	multiply(s.Column, m.columnUnit)
	multiply(s.Row, m.rowUnit)
	divide(s.Reduced, m.columnUnit)
	divide(s.Dual, m.rowUnit)
	return s, nil
}

func multiply(values, by []float64) {
	for i := range values {
		values[i] *= by[i]
	}
}

func divide(values, by []float64) {
	for i := range values {
		values[i] /= by[i]
	}
}

func (m *model) SetCosts(columns []lp.Column, costs []float64) error {
	at, in := make([]int32, len(columns)), make([]float64, len(columns))
	for i, c := range columns {
		at[i], in[i] = int32(c), costs[i]*m.columnUnit[c]
	}
	return m.setCosts(context.Background(), at, in)
}

func (m *model) SetColumnBounds(columns []lp.Column, lower, upper []float64) error {
	return setBounds(m, false, columns, lower, upper, m.columnUnit)
}

func (m *model) SetRowBounds(rows []lp.Row, lower, upper []float64) error {
	return setBounds(m, true, rows, lower, upper, m.rowUnit)
}

func setBounds[N lp.Row | lp.Column](m *model, rows bool, which []N, lower, upper, units []float64) error {
	at, low, high := make([]int32, len(which)), make([]float64, len(which)), make([]float64, len(which))
	for i, n := range which {
		at[i], low[i], high[i] = int32(n), lower[i]/units[n], upper[i]/units[n]
		if math.IsNaN(low[i]) || math.IsNaN(high[i]) {
			return fmt.Errorf("set bounds: a bound of number %d is no number", n)
		}
	}
	return m.setBounds(context.Background(), rows, at, low, high)
}

func (m *model) SetCoefficients(rows []lp.Row, columns []lp.Column, values []float64) error {
	r, c, v := make([]int32, len(rows)), make([]int32, len(rows)), make([]float64, len(rows))
	for i := range rows {
		r[i], c[i], v[i] = int32(rows[i]), int32(columns[i]), values[i]/m.rowUnit[rows[i]]*m.columnUnit[columns[i]] // in this order when loaded, too: to the bit the same
	}
	return m.setCoefficients(context.Background(), r, c, v)
}

func (m *model) SetBasis(b *lp.Basis) error { return m.setBasis(context.Background(), b) }

func (m *model) Ranging() (*lp.Ranging, error) {
	r, err := m.ranging(context.Background())
	if err != nil {
		return nil, fmt.Errorf("range: %w", err)
	}
	for j, unit := range m.columnUnit {
		r.CostDown[j].Value /= unit
		r.CostUp[j].Value /= unit
	}
	for i, unit := range m.rowUnit {
		r.RowDown[i].Value *= unit
		r.RowUp[i].Value *= unit
	}
	return r, nil
}

func (m *model) Conflict(ctx context.Context) (*lp.Conflict, error) {
	c, err := m.conflict(ctx)
	if err != nil {
		return nil, fmt.Errorf("find the conflict: %w", err)
	}
	return c, nil
}

func (m *model) Close() error { return m.close() }
