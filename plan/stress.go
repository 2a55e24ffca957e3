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
	NoPlan    bool    `json:"no_plan,omitempty"` // what was on its way to it has nowhere to lie: the figures say nothing then
	CostsMore float64 `json:"costs_more"`        // discounted, while it recovers
	Short     float64 `json:"short_t"`           // more than planned
	Bound     float64 `json:"bound_t"`           // of it under a book or a rule
}

// assumedRecovery is the months for which a site is lost where the network does not say.
const assumedRecovery = 12

// OneDown takes each site that works in the plan away, one at a time, from a day on; for its time to recover (events of
// kind outage say it, else a year is assumed), and for as long as it takes until something more is short. Of sites that are
// named, only these. When ctx ends, the losses so far come back with its error.
func (p *Plan) OneDown(ctx context.Context, solver lp.Solver, from quantity.Date, named []string, progress func(done, of int)) ([]Loss, error) {
	m := p.Model
	if p.Solution == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("lose one site at a time: there is no plan")
	}
	if err := unknown("site", named, m.Network.Sites, func(s Site) string { return s.ID }); err != nil {
		return nil, err
	}
	last := m.Periods[len(m.Periods)-1].Until
	var may []Strike
	var sites []string
	for _, site := range m.Network.Sites {
		may = append(may, lost(site.ID, m.Periods[0].From, last))
		if p.works(site.ID, from) && (named == nil || slices.Contains(named, site.ID)) {
			sites = append(sites, site.ID)
		}
	}
	w, err := p.follow(ctx, solver, may)
	if err != nil {
		return nil, err
	}
	horizon := float64(last-from+1) * 12 / daysYear
	out := []Loss{}
	planned := p.asPlanned()
	for _, site := range sites {
		l := Loss{Site: site, Recovers: assumedRecovery, Assumed: true, From: m.periodOf(from)}
		for _, e := range m.Network.Events {
			if e.Kind == "outage" && e.Target == site && !math.IsNaN(e.Recovers) {
				l.Recovers, l.Assumed = e.Recovers, false
			}
		}
		gone := func(length float64) (Outcome, error) {
			o, err := w.meet(ctx, []Strike{lost(site, from, months(from, length)-1)})
			return o, cmp.Or(err, ctx.Err())
		}
		o, err := gone(l.Recovers)
		if l.NoPlan = err == nil && !o.Possible; err == nil && o.Possible {
			l.Survives, err = survival(gone, planned.Short, horizon)
			l.Beyond = l.Survives >= horizon
			l.Exposed = !l.Beyond && l.Survives < l.Recovers
			l.CostsMore, l.Short, l.Bound = o.Cost-planned.Cost, o.Short-planned.Short, o.Bound-planned.Bound
		}
		if err != nil {
			return byShort(out), errors.Join(err, w.model.Close())
		}
		out = append(out, l)
		if progress != nil {
			progress(len(out), len(sites))
		}
	}
	return byShort(out), w.model.Close()
}

// unknown is an error where a name is that of none.
func unknown[T any](what string, named []string, among []T, id func(T) string) error {
	var ids []string
	for _, x := range among {
		ids = append(ids, id(x))
	}
	for _, name := range named {
		if !slices.Contains(ids, name) {
			return fmt.Errorf("there is no %s %s: %s", what, quoted(name), didYouMean(name, ids, "the network's tables have its name"))
		}
	}
	return nil
}

// byShort sorts losses, the worst first.
func byShort(of []Loss) []Loss {
	slices.SortStableFunc(of, func(a, b Loss) int { return cmp.Or(first(a.NoPlan, b.NoPlan), cmp.Compare(b.Short, a.Short)) })
	return of
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

// works tells whether a site digs or makes something from a day on, or, where it makes nothing, buys something or sends it away.
func (p *Plan) works(site string, from quantity.Date) bool {
	m := p.Model
	busy := func(c lp.Column) bool {
		return m.Periods[m.Columns[c].Period].Until >= from && p.Solution.Column[c] > small
	}
	if !m.Network.makesAt(site) {
		return slices.ContainsFunc(m.traded(site), busy)
	}
	for c, it := range m.Columns {
		if it.Site == site && (it.Family == Make || it.Family == Dig) && busy(lp.Column(c)) {
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
	Event  string  `json:"event"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	AtLow  float64 `json:"cost_at_low"` // discounted, less that of the plan
	AtTop  float64 `json:"cost_at_high"`
	NoLow  bool    `json:"no_plan_at_low,omitempty"` // even with all demand given up
	NoHigh bool    `json:"no_plan_at_high,omitempty"`
	Short  float64 `json:"most_short_t"` // more than planned, at the worse of the two
}

// Tornado moves each event that is drawn once (a price, a yield, a demand, a delay) to its low and its high, the others at
// rest, and plans anew with the choices of the plan standing. Sorted by the greater swing. Of events that are named, only
// these. When ctx ends, the swings so far come back with its error.
func (p *Plan) Tornado(ctx context.Context, solver lp.Solver, named []string, progress func(done, of int)) ([]Swing, error) {
	if p.Solution == nil || p.Prices.Status != lp.Optimal {
		return nil, errors.New("swing one number at a time: there is no plan")
	}
	if err := unknown("event", named, p.Model.Network.Events, func(e Event) string { return e.ID }); err != nil {
		return nil, err
	}
	w, err := p.follow(ctx, solver, p.Model.widest())
	if err != nil {
		return nil, err
	}
	var events []*Event
	for i := range p.Model.Network.Events {
		if e := &p.Model.Network.Events[i]; math.IsNaN(e.Rate) && (named == nil || slices.Contains(named, e.ID)) {
			events = append(events, e)
		}
	}
	planned := p.asPlanned()
	begins, ends := p.Model.Periods[0].From, p.Model.Periods[len(p.Model.Periods)-1].Until
	out := []Swing{}
	for _, e := range events {
		swing := Swing{Event: e.ID, Low: e.Low, High: e.High}
		for _, end := range []struct {
			value float64
			into  *float64
			none  *bool
		}{{e.Low, &swing.AtLow, &swing.NoLow}, {e.High, &swing.AtTop, &swing.NoHigh}} {
			o, err := w.meet(ctx, []Strike{{Event: e, From: begins, Until: ends, Value: end.value}})
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return bySwing(out), errors.Join(err, w.model.Close())
			}
			if *end.none = !o.Possible; o.Possible {
				*end.into = o.Cost - planned.Cost
				swing.Short = max(swing.Short, o.Short-planned.Short)
			}
		}
		out = append(out, swing)
		if progress != nil {
			progress(len(out), len(events))
		}
	}
	return bySwing(out), w.model.Close()
}

// bySwing sorts swings, the greatest first.
func bySwing(of []Swing) []Swing {
	slices.SortStableFunc(of, func(a, b Swing) int {
		return cmp.Or(first(a.NoLow || a.NoHigh, b.NoLow || b.NoHigh), cmp.Compare(max(math.Abs(b.AtLow), math.Abs(b.AtTop)), max(math.Abs(a.AtLow), math.Abs(a.AtTop))))
	})
	return of
}
