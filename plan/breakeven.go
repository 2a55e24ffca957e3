package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"lodestone/plan/lp"
)

// Crossing is the price or the rate of duty at which a purchase or a lane leaves the plan.
type Crossing struct {
	What   string    `json:"what"`
	Never  bool      `json:"never"`           // no plan does without it, whatever it costs
	Leaves float64   `json:"leaves"`          // what more a tonne costs when it is used no longer
	Value  float64   `json:"value,omitempty"` // customs value of a tonne, where it is one throughout: Leaves as a rate of duty is a share of it
	Steps  []Segment `json:"steps"`           // on the way: the cost as a function of it is a chain of straight lines, falling away
}

// Segment is one straight stretch of the least cost as a function of what is added to a price.
type Segment struct {
	From float64 `json:"from"`
	Used float64 `json:"used_t"` // discounted tonnes used: its slope
	Cost float64 `json:"cost"`
}

// BreakEven finds exactly what has to be added to the cost of a tonne bought or shipped under an id (a price, or a duty on a
// value) until the plan does without it. The least cost is a concave chain of straight lines in that amount; each solve
// gives one of them, and where it meets the level of doing without is where to look next (Newton's method on a chain of
// lines, which ends). Choices stand as in the plan.
func (p *Plan) BreakEven(ctx context.Context, solver lp.Solver, id string) (*Crossing, error) {
	m := p.Model
	var columns []lp.Column
	m.eachColumn(id, []Family{Buy, Ship}, func(c lp.Column) { columns = append(columns, c) })
	if len(columns) == 0 {
		if slices.Contains(m.Dead, "purchase "+id) {
			return nil, fmt.Errorf("purchase %s is not used at any price: what it gives can reach nobody who may take it", id)
		}
		var ids []string
		for _, x := range m.Network.Purchases {
			ids = append(ids, x.ID)
		}
		for _, x := range m.Network.Lanes {
			ids = append(ids, x.ID)
		}
		if slices.Contains(ids, id) {
			return nil, fmt.Errorf("%s is not used at any price: it has no period in which it brings anything to anybody", id)
		}
		return nil, fmt.Errorf("there is no purchase or lane %s: %s", quoted(id), didYouMean(id, ids, "its name as it stands in the tables purchases or lanes"))
	}
	if p.Solution == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("find the break-even: there is no plan")
	}
	program := p.Model.Program.Fixed(p.Solution)
	model, err := solver.Load(ctx, program)
	if err != nil {
		return nil, err
	}
	out := &Crossing{What: id, Value: m.Network.valueOf(id)}
	without, err := p.without(ctx, model, program, columns)
	if err != nil {
		return nil, errors.Join(err, model.Close())
	}
	if math.IsInf(without, 1) {
		out.Never = true
		return out, model.Close()
	}
	added := 0.0
	for range 1000 {
		costs := make([]float64, len(columns))
		for i, c := range columns {
			costs[i] = program.Cost(c) + added*m.Periods[m.Columns[c].Period].Discount
		}
		if err := model.SetCosts(columns, costs); err != nil {
			return nil, errors.Join(err, model.Close())
		}
		s, err := model.Solve(ctx, lp.Limits{})
		if err != nil {
			return nil, errors.Join(err, model.Close())
		}
		if s.Status != lp.Optimal {
			return nil, errors.Join(cmp.Or(ctx.Err(), fmt.Errorf("find the break-even: %s", s.Status)), model.Close())
		}
		used := 0.0
		for _, c := range columns {
			used += s.Column[c] * m.Periods[m.Columns[c].Period].Discount
		}
		out.Steps = append(out.Steps, Segment{added, used, s.Objective})
		room := without - s.Objective
		if used <= small || room <= 1e-9*max(1, math.Abs(without)) {
			out.Leaves = added
			return out, model.Close()
		}
		added += room / used
	}
	return nil, errors.Join(errors.New("find the break-even: no end after a thousand lines"), model.Close())
}

// without is the least cost of a plan that does without some columns; infinite where there is none.
func (p *Plan) without(ctx context.Context, model lp.Model, program *lp.Program, columns []lp.Column) (float64, error) {
	lower, upper := make([]float64, len(columns)), make([]float64, len(columns))
	if err := model.SetColumnBounds(columns, lower, upper); err != nil {
		return 0, err
	}
	s, err := model.Solve(ctx, lp.Limits{})
	if err != nil {
		return 0, err
	}
	for i, c := range columns {
		lower[i], upper[i] = program.ColumnBounds(c)
	}
	if err := model.SetColumnBounds(columns, lower, upper); err != nil {
		return 0, err
	}
	switch s.Status {
	case lp.Optimal:
		return s.Objective, nil
	case lp.Infeasible:
		return math.Inf(1), nil
	}
	return 0, cmp.Or(ctx.Err(), fmt.Errorf("find the break-even: %s", s.Status))
}

// valueOf is the customs value of a tonne of what is bought or moved under an id and bears duty; 0 where it bears none, or where
// its rows differ.
func (n *Network) valueOf(id string) float64 {
	var values []float64
	for _, p := range n.Purchases {
		if p.ID == id && p.HTS != "" {
			value := p.Value
			if math.IsNaN(value) {
				value = p.Price
			}
			values = append(values, value)
		}
	}
	if l := n.lane(id); l.HTS != "" {
		values = append(values, l.Value)
	}
	if values = slices.Compact(values); len(values) == 1 {
		return values[0]
	}
	return 0
}
