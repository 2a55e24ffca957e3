package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"

	"lodestone/plan/lp"
)

// Margins finds, for the first bottlenecks of a report, what a little more and a little less of each capacity is worth over
// all periods in which it binds, by planning anew on either side: where an optimum is degenerate the two differ, and one
// dual says neither. Choices stand as in the plan. It changes the report.
func (p *Plan) Margins(ctx context.Context, solver lp.Solver, r *Report, most int) error {
	if len(r.Bottlenecks) == 0 {
		return nil
	}
	program := p.Model.Program.Fixed(p.Solution)
	model, err := solver.Load(ctx, program)
	if err != nil {
		return err
	}
	for i := range r.Bottlenecks[:min(most, len(r.Bottlenecks))] {
		if err := p.margin(ctx, model, program, &r.Bottlenecks[i], r.Currency); err != nil {
			return errors.Join(err, model.Close())
		}
	}
	return model.Close()
}

func (p *Plan) margin(ctx context.Context, model lp.Model, program *lp.Program, b *Bottleneck, currency string) error {
	m := p.Model
	var rows []lp.Row
	least := math.Inf(1)
	for r, it := range m.Rows {
		if limits(it) == b.Capacity && it.Period >= m.index(b.From) && it.Period <= m.index(b.Until) {
			rows = append(rows, lp.Row(r))
			if rate := p.Prices.Row[r] / m.Periods[it.Period].Years; rate > small {
				least = min(least, rate)
			}
		}
	}
	step := max(1e-6, min(least, 1)/1000) // t/yr
	side := func(sign float64) (float64, bool, error) {
		lower, upper := make([]float64, len(rows)), make([]float64, len(rows))
		for i, r := range rows {
			lower[i], upper[i] = program.RowBounds(r)
			upper[i] += sign * step * m.Periods[m.Rows[r].Period].Years
		}
		if err := model.SetRowBounds(rows, lower, upper); err != nil {
			return 0, false, err
		}
		if err := model.SetBasis(p.Prices.Basis); err != nil {
			return 0, false, err
		}
		s, err := model.Solve(ctx, lp.Limits{})
		if err != nil || s.Status != lp.Optimal {
			return 0, false, err
		}
		return math.Abs(s.Objective-p.Prices.Objective) / step, true, nil
	}
	more, okMore, err := side(1)
	if err != nil {
		return err
	}
	less, okLess, err := side(-1)
	if err != nil {
		return err
	}
	lower, upper := make([]float64, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		lower[i], upper[i] = program.RowBounds(r)
	}
	if err := cmp.Or(model.SetRowBounds(rows, lower, upper), ctx.Err()); err != nil {
		return err
	}
	if okMore {
		b.More = more
	}
	if okLess { // there cannot be less of what does not stand
		b.Less = less
	}
	if okMore && okLess && math.Abs(more-less) > 1e-4*max(1, math.Abs(less)) {
		b.Sentence += fmt.Sprintf("; the plan is at a corner here: a little more saves %s %s a t/yr, a little less costs %s", money(more), currency, money(less))
	}
	return nil
}
