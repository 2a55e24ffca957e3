package plan

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

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

	Together bool // more of one thing in Cut alone lets nothing more be delivered
}

// Need is material that breaks no rule and that is wanting: were it given, at these places and times, all demand under a
// book could be met. It is the least mass of which that is true.
type Need struct {
	Material string
	Site     string
	Elements []string // in it
	Phases   []string // by which it is made here
	From     string   // period
	Until    string
	Tonnes   float64
}

// String reads "Dy_oxide (Dy; separated, calcined) that breaks no rule, 2027-01 to 2028Q2: 14 t short at EUCLID".
func (n Need) String() string {
	about := strings.Join(n.Elements, " ")
	if len(n.Phases) > 0 {
		about += "; " + strings.Join(n.Phases, ", ")
	}
	if about != "" {
		about = " (" + strings.TrimPrefix(about, "; ") + ")"
	}
	span := n.From
	if n.Until != n.From {
		span += " to " + n.Until
	}
	return fmt.Sprintf("%s%s that breaks no rule, %s: %s t short at %s", n.Material, about, span, amount(n.Tonnes), n.Site)
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
		if err := m.cut(ctx, solver, p, least, out); err != nil {
			return nil, err
		}
	}
	if !out.Ready || out.Period != m.Periods[0].ID {
		if out.Needs, err = m.needs(ctx, solver, limits, shorts); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// search gives the plan that leaves the least unmet, and finds the first period of readiness.
func (m *Model) search(ctx context.Context, loaded lp.Model, limits lp.Limits, shorts []lp.Column, out *Readiness) (*lp.Solution, error) {
	least, err := loaded.Solve(ctx, limits)
	if err != nil {
		return nil, err
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

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// needs finds the least mass of clean material that, given, would let all bound demand be met from the start.
func (m *Model) needs(ctx context.Context, solver lp.Solver, limits lp.Limits, shorts []lp.Column) ([]Need, error) {
	p := m.Program.Clone()
	p.Offset = 0
	for c := range p.Columns() {
		p.SetCost(lp.Column(c), 0)
	}
	for _, c := range shorts {
		p.SetColumnBounds(c, 0, 0)
	}
	depth := m.depths()
	type gift struct {
		column lp.Column
		item   Item
	}
	var gifts []gift
	for r, it := range m.Rows {
		if it.Family != Balance || it.Colour != 0 {
			continue
		}
		// Later material counts for more, so that what is wanting is named where it begins to be: oxide, and not the
		// slightly lighter metal made of it.
		c := p.AddColumn("gift["+p.RowName(lp.Row(r))+"]", 0, math.Inf(1), math.Pow(1.5, float64(depth[it.Material])))
		p.Set(lp.Row(r), c, 1)
		gifts = append(gifts, gift{c, it})
	}
	loaded, err := solver.Load(ctx, p)
	if err != nil {
		return nil, err
	}
	s, err := loaded.Solve(ctx, limits)
	if err := errors.Join(err, loaded.Close()); err != nil {
		return nil, err
	}
	if !s.Feasible {
		return nil, nil // even with every material given: the demand's own site has no way to take it
	}
	sums := map[[2]string]*Need{}
	span := map[*Need][2]int{} // its first and last period: states of one material come one after the other
	var out []*Need
	for _, g := range gifts {
		t := s.Column[g.column]
		if t < 1e-6 {
			continue
		}
		key := [2]string{g.item.Site, g.item.Material}
		n, ok := sums[key]
		if !ok {
			n = &Need{Material: g.item.Material, Site: g.item.Site}
			for _, c := range m.Network.contentsOf(g.item.Material) {
				n.Elements = append(n.Elements, c.Element)
			}
			n.Phases = append(n.Phases, m.phasesTo(g.item.Material)...)
			sums[key] = n
			span[n] = [2]int{g.item.Period, g.item.Period}
			out = append(out, n)
		}
		n.Tonnes += t
		span[n] = [2]int{min(span[n][0], g.item.Period), max(span[n][1], g.item.Period)}
	}
	for _, n := range out {
		n.From, n.Until = m.Periods[span[n][0]].ID, m.Periods[span[n][1]].ID
	}
	slices.SortStableFunc(out, func(a, b *Need) int { return compare(b.Tonnes, a.Tonnes) })
	needs := make([]Need, len(out))
	for i, n := range out {
		needs[i] = *n
	}
	return needs, nil
}

// phasesTo is the phases of the processes that make a material.
func (m *Model) phasesTo(material string) []string {
	var out []string
	for _, p := range m.Network.Processes {
		for _, r := range m.states.outputs[p.ID] {
			if r.Material != material {
				continue
			}
			for _, phase := range p.Phases {
				if !slices.Contains(out, phase.String()) {
					out = append(out, phase.String())
				}
			}
		}
	}
	return out
}

// depths counts, for each material, the processes on the shortest way to it.
func (m *Model) depths() map[string]int {
	depth := map[string]int{}
	for _, x := range m.Network.Materials {
		depth[x.ID] = 0
	}
	made := map[string]bool{}
	for _, out := range m.states.outputs {
		for _, r := range out {
			made[r.Material] = true
		}
	}
	known := map[string]bool{}
	for id := range depth {
		known[id] = !made[id]
	}
	for grown := true; grown; {
		grown = false
		for _, p := range m.Network.Processes {
			deepest, ready := 0, true
			for _, r := range m.states.inputs[p.ID] {
				ready = ready && known[r.Material]
				deepest = max(deepest, depth[r.Material])
			}
			for _, r := range m.states.outputs[p.ID] {
				if ready && !known[r.Material] {
					known[r.Material], depth[r.Material], grown = true, deepest+1, true
				}
			}
		}
	}
	return depth
}
