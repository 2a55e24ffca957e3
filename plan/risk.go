package plan

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"sync"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// Recourse says how a future is met, since the answer hangs on it.
const Recourse = "what is built stands as planned; everything before the first event goes as planned; from its period on all else is planned anew, with how long it lasts known"

// Outcome is how a plan fares in one future.
type Outcome struct {
	Draw      int     `json:"draw"`
	Events    int     `json:"events"`
	Cost      float64 `json:"cost"`     // discounted
	Short     float64 `json:"short_t"`  // of all demand
	Bound     float64 `json:"bound_t"`  // of demand under a book or a rule
	Recovered float64 `json:"recovery"` // months from the first event until no more is short than planned; −1: not within the plan
	Possible  bool    `json:"possible"` // false where even giving up demand leaves no plan
	First     string  `json:"first,omitempty"`
}

// Spread is how outcomes are spread.
type Spread struct {
	Mean float64 `json:"mean"`
	P5   float64 `json:"p5"`
	P50  float64 `json:"p50"`
	P95  float64 `json:"p95"`
	CVaR float64 `json:"cvar95"` // the mean of the worst 5 % (Rockafellar and Uryasev 2000)
}

// Risk is a plan under many futures.
type Risk struct {
	Seed       uint64    `json:"seed"`
	Draws      int       `json:"draws"`
	Recourse   string    `json:"recourse"`
	Planned    Outcome   `json:"planned"`
	Cost       Spread    `json:"cost"`
	Short      Spread    `json:"short_t"`
	Bound      Spread    `json:"bound_t"`
	Chance     float64   `json:"chance_of_unmet_bound_demand"` // of more than planned
	Error      float64   `json:"chance_error"`                 // its standard error
	Impossible int       `json:"impossible"`
	Outcomes   []Outcome `json:"outcomes"`
}

// Disruption is how many futures to draw, and how.
type Disruption struct {
	Seed     uint64
	Draws    int
	Workers  int             // solvers side by side
	Done     map[int]Outcome // outcomes known from an earlier run, by draw: resumed from
	Progress func(Outcome)   // called for each new outcome, one at a time; may be nil
}

// Risk solves a plan again in each of many futures. The result is the same bytes whatever the number of workers: each draw
// has its own dice, and starts from one and the same basis. When ctx ends, the outcomes so far come back with its error.
func (p *Plan) Risk(ctx context.Context, solver lp.Solver, d Disruption) (*Risk, error) {
	m := p.Model
	if p.Solution == nil || p.Prices == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("draw futures: there is no plan to disturb")
	}
	if len(m.Network.Events) == 0 {
		return nil, errors.New("draw futures: the network has no events: they stand in the table events")
	}
	outcomes := maps.Clone(d.Done)
	if outcomes == nil {
		outcomes = map[int]Outcome{}
	}
	var todo []int
	for n := range d.Draws {
		if _, known := d.Done[n]; !known {
			todo = append(todo, n)
		}
	}
	if len(todo) == 0 {
		return p.risk(d, outcomes), ctx.Err()
	}
	common, err := p.futures(ctx, solver, m.widest(), m.middle())
	if err != nil {
		return nil, err
	}
	if err := common.typify(ctx, solver, d.Seed, d.Workers); err != nil {
		return p.risk(d, outcomes), err
	}
	var mu sync.Mutex // guards outcomes
	err = common.each(ctx, solver, d.Workers, todo, func(ctx context.Context, w *follower, n int) error {
		draw := m.draw(d.Seed, n)
		o, err := w.meet(ctx, draw.Strikes)
		if err != nil {
			return err
		}
		o.Draw, o.Events = n, len(draw.Strikes)
		if len(draw.Strikes) > 0 {
			o.First = draw.Strikes[0].Event.ID
		}
		mu.Lock()
		defer mu.Unlock()
		outcomes[n] = o
		if d.Progress != nil {
			d.Progress(o)
		}
		return nil
	})
	return p.risk(d, outcomes), err
}

// outcome sums a future up by its cost and by what each column of shortage has in it. known is the day of the first event,
// 0 without one.
func (p *Plan) outcome(cost float64, short func(lp.Column) float64, known quantity.Date) Outcome {
	m := p.Model
	o := Outcome{Cost: cost, Possible: true}
	worse := make([]bool, len(m.Periods))
	for c, it := range m.Columns {
		if it.Family != Short {
			continue
		}
		x := short(lp.Column(c))
		o.Short += x
		if m.isBoundShortage(it) {
			o.Bound += x
		}
		if x > p.Solution.Column[c]+1e-6*(1+p.Solution.Column[c]) {
			worse[it.Period] = true
		}
	}
	last := -1
	for t := range worse {
		if worse[t] {
			last = t
		}
	}
	switch {
	case last < 0:
	case last == len(m.Periods)-1:
		o.Recovered = -1
	default:
		o.Recovered = float64(m.Periods[last].Until-known+1) * 12 / daysYear
	}
	return o
}

// asPlanned is how the plan fares where nothing happens.
func (p *Plan) asPlanned() Outcome {
	return p.outcome(p.Solution.Objective, func(c lp.Column) float64 { return p.Solution.Column[c] }, 0)
}

// risk sums outcomes up, in the order of the draws.
func (p *Plan) risk(d Disruption, outcomes map[int]Outcome) *Risk {
	r := &Risk{Seed: d.Seed, Recourse: Recourse, Planned: p.asPlanned(), Outcomes: []Outcome{}}
	var cost, short, bound []float64
	for _, n := range slices.Sorted(maps.Keys(outcomes)) {
		o := outcomes[n]
		r.Outcomes = append(r.Outcomes, o)
		if !o.Possible {
			r.Impossible++
			continue
		}
		cost, short, bound = append(cost, o.Cost), append(short, o.Short), append(bound, o.Bound)
		if o.Bound > r.Planned.Bound+1e-6*(1+r.Planned.Bound) {
			r.Chance++
		}
	}
	r.Draws = len(r.Outcomes)
	if n := float64(len(cost)); n > 0 {
		r.Chance /= n
		r.Error = math.Sqrt(r.Chance * (1 - r.Chance) / n)
	}
	r.Cost, r.Short, r.Bound = spread(cost), spread(short), spread(bound)
	return r
}

// spread of values, the greater the worse. Percentiles are the least value that so many per cent do not exceed.
func spread(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	at := func(share float64) float64 { return sorted[max(0, int(math.Ceil(share*float64(n)))-1)] }
	out := Spread{P5: at(0.05), P50: at(0.5), P95: at(0.95)}
	for _, v := range sorted {
		out.Mean += v / float64(n)
	}
	// The mean of the worst 5 %, a part of a draw counted as such.
	tail, left := 0.05*float64(n), 0.05*float64(n)
	for i := n - 1; i >= 0 && left > 0; i-- {
		weight := min(1, left)
		out.CVaR += sorted[i] * weight / tail
		left -= weight
	}
	return out
}
