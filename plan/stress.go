package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// Loss is what the loss of one site does: time to recover is how long it is gone, time to survive how long it may be gone
// before anything more is short (Simchi-Levi et al., Interfaces 45, 2015). Where it survives for less than it takes to
// recover, the plan is exposed.
type Loss struct {
	Site      string  `json:"site"`
	From      string  `json:"from"` // period in which it is lost
	Recovers  float64 `json:"recovers_months"`
	Assumed   bool    `json:"recovery_assumed,omitempty"` // the network says nothing of it
	Survives  float64 `json:"survives_months"`
	Beyond    bool    `json:"survives_the_plan,omitempty"`
	Exposed   bool    `json:"exposed"`
	CostsMore float64 `json:"costs_more"` // discounted, while it recovers
	Short     float64 `json:"short_t"`    // more than planned
	Bound     float64 `json:"bound_t"`    // of it under a book or a rule
}

// assumedRecovery is the months for which a site is lost where the network does not say.
const assumedRecovery = 12

// OneDown takes each site that works in the plan away, one at a time, from a day on; for its time to recover (events of
// kind outage say it, else a year is assumed), and for as long as it takes until something more is short.
func (p *Plan) OneDown(ctx context.Context, solver lp.Solver, from quantity.Date, progress func(Loss)) ([]Loss, error) {
	m := p.Model
	if p.Solution == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("lose one site at a time: there is no plan")
	}
	last := m.Periods[len(m.Periods)-1].Until
	var may []Strike
	for _, site := range m.Network.Sites {
		may = append(may, lost(site.ID, m.Periods[0].From, last))
	}
	w, err := p.follow(ctx, solver, may)
	if err != nil {
		return nil, err
	}
	horizon := float64(last-from+1) * 12 / daysYear
	out := []Loss{}
	planned := p.asPlanned()
	for _, site := range m.Network.Sites {
		if !p.works(site.ID, from) {
			continue
		}
		l := Loss{Site: site.ID, Recovers: assumedRecovery, Assumed: true, From: m.periodOf(from)}
		for _, e := range m.Network.Events {
			if e.Kind == "outage" && e.Target == site.ID && !math.IsNaN(e.Recovers) {
				l.Recovers, l.Assumed = e.Recovers, false
			}
		}
		gone := func(length float64) (Outcome, error) {
			return w.meet(ctx, []Strike{lost(site.ID, from, months(from, length)-1)})
		}
		o, err := gone(l.Recovers)
		if err != nil {
			return nil, errors.Join(err, w.model.Close())
		}
		l.CostsMore, l.Short, l.Bound = o.Cost-planned.Cost, o.Short-planned.Short, o.Bound-planned.Bound
		if l.Survives, err = survival(gone, planned.Short, horizon); err != nil {
			return nil, errors.Join(err, w.model.Close())
		}
		l.Beyond = l.Survives >= horizon
		l.Exposed = !l.Beyond && l.Survives < l.Recovers
		out = append(out, l)
		if progress != nil {
			progress(l)
		}
	}
	slices.SortStableFunc(out, func(a, b Loss) int { return cmp.Compare(b.Short, a.Short) })
	return out, w.model.Close()
}

// survival is the longest loss, to a tenth of a month, with no more short than planned. A longer loss is never better.
func survival(gone func(float64) (Outcome, error), planned, horizon float64) (float64, error) {
	fine := func(length float64) (bool, error) {
		o, err := gone(length)
		return o.Possible && o.Short <= planned+1e-6*(1+planned), err
	}
	if ok, err := fine(horizon); ok || err != nil {
		return horizon, err
	}
	low, high := 0.0, horizon
	for high-low > 0.1 {
		middle := (low + high) / 2
		ok, err := fine(middle)
		if err != nil {
			return 0, err
		}
		if ok {
			low = middle
		} else {
			high = middle
		}
	}
	return low, nil
}

// works tells whether a site digs or makes something from a day on.
func (p *Plan) works(site string, from quantity.Date) bool {
	for c, it := range p.Model.Columns {
		if it.Site == site && (it.Family == Make || it.Family == Dig) && p.Model.Periods[it.Period].Until >= from && p.Solution.Column[c] > small {
			return true
		}
	}
	return false
}

func (m *Model) periodOf(day quantity.Date) string {
	for _, p := range m.Periods {
		if day <= p.Until {
			return p.ID
		}
	}
	return ""
}

// Swing is what one number, moved to its low and its high, does to the cost: a bar of a tornado.
type Swing struct {
	Event string  `json:"event"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	AtLow float64 `json:"cost_at_low"` // discounted, less that of the plan
	AtTop float64 `json:"cost_at_high"`
	Short float64 `json:"most_short_t"` // more than planned, at the worse of the two
}

// Tornado moves each event that is drawn once (a price, a yield, a demand, a delay) to its low and its high, the others at
// rest, and plans anew with the choices of the plan standing. Sorted by the greater swing.
func (p *Plan) Tornado(ctx context.Context, solver lp.Solver) ([]Swing, error) {
	if p.Solution == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("swing one number at a time: there is no plan")
	}
	w, err := p.follow(ctx, solver, p.Model.widest())
	if err != nil {
		return nil, err
	}
	planned := p.asPlanned()
	first, last := p.Model.Periods[0].From, p.Model.Periods[len(p.Model.Periods)-1].Until
	out := []Swing{}
	for i := range p.Model.Network.Events {
		e := &p.Model.Network.Events[i]
		if !math.IsNaN(e.Rate) {
			continue
		}
		swing := Swing{Event: e.ID, Low: e.Low, High: e.High}
		for _, end := range []struct {
			value float64
			into  *float64
		}{{e.Low, &swing.AtLow}, {e.High, &swing.AtTop}} {
			o, err := w.meet(ctx, []Strike{{Event: e, From: first, Until: last, Value: end.value}})
			if err != nil {
				return nil, errors.Join(err, w.model.Close())
			}
			*end.into = o.Cost - planned.Cost
			swing.Short = max(swing.Short, o.Short-planned.Short)
		}
		out = append(out, swing)
	}
	slices.SortStableFunc(out, func(a, b Swing) int {
		return cmp.Compare(max(math.Abs(b.AtLow), math.Abs(b.AtTop)), max(math.Abs(a.AtLow), math.Abs(a.AtTop)))
	})
	return out, w.model.Close()
}

// Crossing is the price or the rate of duty at which a purchase or a lane leaves the plan.
type Crossing struct {
	What   string    `json:"what"`
	Never  bool      `json:"never"`  // no plan does without it, whatever it costs
	Leaves float64   `json:"leaves"` // what more a tonne costs when it is used no longer
	Steps  []Segment `json:"steps"`  // on the way: the cost as a function of it is a chain of straight lines, falling away
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
		return nil, fmt.Errorf("there is no purchase or lane %s", quoted(id))
	}
	if p.Prices == nil {
		return nil, errors.New("find the break-even: there is no plan")
	}
	program := p.Model.Program.Fixed(p.Solution)
	model, err := solver.Load(ctx, program)
	if err != nil {
		return nil, err
	}
	out := &Crossing{What: id}
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
	if !s.Feasible {
		return math.Inf(1), nil
	}
	return s.Objective, nil
}
