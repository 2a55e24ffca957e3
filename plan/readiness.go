package plan

import (
	"context"
	"errors"
	"fmt"
	"math"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// Readiness says from when on all demand that a book binds can be met, whatever it costs, and what stands in the way before.
type Readiness struct {
	Ready  bool          // within the plan
	Period string        // the first period from which on all of it can be met; "" where there is none
	From   quantity.Date // its first day
	Bound  float64       // t of demand under a book or a rule over the plan
	Short  float64       // t of it that no plan can meet
	Needs  []Need        // what would have to come from elsewhere for all of it to be met from the start
	Cut    []Binding     // what binds in the plan that leaves the least unmet
}

// Readiness finds the readiness by search over the periods: whether all bound demand from a period on can be met is true of
// every later one when it is of that. Costs play no part; expansions may all be begun.
func (m *Model) Readiness(ctx context.Context, solver lp.Solver, limits lp.Limits) (*Readiness, error) {
	out := &Readiness{}
	var shorts []lp.Column
	for c, it := range m.Columns {
		if m.isBoundShortage(it) {
			shorts = append(shorts, lp.Column(c))
		}
	}
	for r, it := range m.Rows {
		if it.Family == Want && m.bookOf(it.ID) != "" {
			lower, _ := m.Program.RowBounds(lp.Row(r))
			out.Bound += lower
		}
	}
	if len(shorts) == 0 {
		return out, nil
	}
	p := m.Program.Clone()
	m.onlyShortage(p)
	loaded, err := solver.Load(ctx, p)
	if err != nil {
		return nil, err
	}
	least, err := m.search(ctx, loaded, limits, shorts, out)
	if err := errors.Join(err, loaded.Close()); err != nil {
		return nil, err
	}
	out.Short = least.Objective
	if out.Short > 1e-6*max(1, out.Bound) {
		if err := m.cut(ctx, solver, limits, p, least, out); err != nil {
			return nil, err
		}
	}
	if !out.Ready || out.Period != m.Periods[0].ID {
		if out.Needs, err = m.needs(ctx, solver, limits, shorts); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("find the readiness: %w", err)
	}
	return out, nil
}

// search gives the plan that leaves the least unmet, and finds the first period of readiness.
func (m *Model) search(ctx context.Context, loaded lp.Model, limits lp.Limits, shorts []lp.Column, out *Readiness) (*lp.Solution, error) {
	least, err := loaded.Solve(ctx, limits)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("find the readiness: %w", err)
	}
	if !least.Feasible && (least.Status == lp.TimeLimit || least.Status == lp.NodeLimit) {
		return nil, fmt.Errorf("find the readiness: %s before there was any answer: give it longer, or leave it out", least.Status)
	}
	if !least.Feasible {
		return nil, fmt.Errorf("find the readiness: %s even with all demand given up: the least-cost plan says why", least.Status)
	}
	lower, upper := make([]float64, len(shorts)), make([]float64, len(shorts))
	meets := func(from int) (bool, error) {
		for i, c := range shorts {
			upper[i] = math.Inf(1)
			if m.Columns[c].Period >= from {
				upper[i] = 0
			}
		}
		if err := loaded.SetColumnBounds(shorts, lower, upper); err != nil {
			return false, err
		}
		s, err := loaded.Solve(ctx, limits)
		if err != nil {
			return false, err
		}
		if !s.Feasible && s.Status != lp.Infeasible {
			return false, fmt.Errorf("find the readiness: %s", s.Status)
		}
		return s.Feasible, nil
	}
	low, high := 0, len(m.Periods) // high is known to do, or beyond the plan
	for low < high {
		middle := (low + high) / 2
		ok, err := meets(middle)
		if err != nil {
			return nil, err
		}
		if ok {
			high = middle
		} else {
			low = middle + 1
		}
	}
	if high < len(m.Periods) {
		out.Ready, out.Period, out.From = true, m.Periods[high].ID, m.Periods[high].From
	}
	return least, nil
}
