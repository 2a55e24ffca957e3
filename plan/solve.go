package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"lodestone/plan/lp"
)

// Goal is what a plan is best at.
type Goal string

const (
	LeastCost     Goal = "least cost"
	MostCompliant Goal = "most compliant"
)

// Plan is a solved model.
type Plan struct {
	Model    *Model
	Goal     Goal
	Status   lp.Status
	Solution *lp.Solution // nil where there is none
	// Prices is the linear program with the choices of Solution fixed: what duals and reduced costs are read from. Of a plan
	// without choices it is Solution.
	Prices    *lp.Solution
	Ranging   *lp.Ranging // of Prices
	Residuals lp.Residuals
	Fixed     bool      // Prices are given these choices
	Conflict  *Conflict // where there is no plan
}

// Solve finds the least-cost plan. A plan that cannot be is no error: its Status says so, and Conflict why. The best plan
// found so far comes back when ctx ends or time runs out. The error is Endless where nothing limits what can be earned.
func (m *Model) Solve(ctx context.Context, solver lp.Solver, limits lp.Limits) (*Plan, error) {
	return m.solve(ctx, solver, limits, m.Program, LeastCost)
}

// SolveCompliant finds the plan that leaves the fewest tonnes undelivered of the demands under a book or a rule, at whatever
// cost; of such plans the cheapest.
func (m *Model) SolveCompliant(ctx context.Context, solver lp.Solver, limits lp.Limits) (*Plan, error) {
	p := m.Program.Clone()
	m.onlyShortage(p)
	first, err := m.solve(ctx, solver, limits, p, MostCompliant)
	if err != nil || first.Solution == nil || first.Status != lp.Optimal {
		return first, err
	}
	q := m.Program.Clone()
	held := q.AddRow("most_compliant", math.Inf(-1), first.Solution.Objective*(1+1e-9)+1e-9)
	for c, it := range m.Columns {
		if m.isBoundShortage(it) {
			q.Set(held, lp.Column(c), 1)
		}
	}
	return m.solve(ctx, solver, limits, q, MostCompliant)
}

// onlyShortage leaves of the costs a 1 on each tonne of a demand under a book that is not delivered.
func (m *Model) onlyShortage(p *lp.Program) {
	p.Offset = 0
	for c, it := range m.Columns {
		cost := 0.0
		if m.isBoundShortage(it) {
			cost = 1
		}
		p.SetCost(lp.Column(c), cost)
	}
}

// isBoundShortage tells whether a column is the shortage of a demand under a book or a rule.
func (m *Model) isBoundShortage(it Item) bool {
	return it.Family == Short && m.bookOf(it.ID) != ""
}

func (m *Model) bookOf(demand string) string {
	for _, d := range m.Network.Demands {
		if d.ID == demand && d.Book != "" {
			return d.Book
		}
	}
	return ""
}

func (m *Model) solve(ctx context.Context, solver lp.Solver, limits lp.Limits, p *lp.Program, goal Goal) (*Plan, error) {
	out := &Plan{Model: m, Goal: goal}
	loaded, err := solver.Load(ctx, p)
	if err != nil {
		return nil, err
	}
	s, err := loaded.Solve(ctx, limits)
	if err != nil {
		return nil, errors.Join(err, loaded.Close())
	}
	if s.Status == lp.Unbounded || s.Status == lp.UnboundedOrInfeasible {
		endless, err := m.endless(ctx, solver, p)
		if err == nil && len(endless) > 0 {
			err = endless
		}
		if err != nil {
			return nil, errors.Join(err, loaded.Close())
		}
		s.Status = lp.Infeasible
	}
	out.Status = s.Status
	if s.Status == lp.Infeasible {
		out.Conflict, err = m.conflict(ctx, solver, loaded, p)
		return out, errors.Join(err, loaded.Close())
	}
	if !s.Feasible {
		return out, loaded.Close()
	}
	out.Solution, out.Prices = s, s
	if p.Integers() > 0 {
		if err := loaded.Close(); err != nil {
			return nil, err
		}
		p, out.Fixed = p.Fixed(s), true
		if loaded, err = solver.Load(ctx, p); err != nil {
			return nil, err
		}
		if out.Prices, err = loaded.Solve(context.WithoutCancel(ctx), lp.Limits{}); err != nil {
			return nil, errors.Join(err, loaded.Close())
		}
	}
	if out.Prices.Status == lp.Optimal {
		out.Residuals = lp.Check(p, out.Prices)
		if out.Ranging, err = loaded.Ranging(); err != nil {
			return nil, errors.Join(err, loaded.Close())
		}
	}
	return out, loaded.Close()
}

// endless finds what can be done more and more of and earns each time: the columns of a ray of p along which its cost falls,
// by name, without their period; none where the cost has an end.
func (m *Model) endless(ctx context.Context, solver lp.Solver, p *lp.Program) (Endless, error) {
	ray := p.Clone()
	towards := func(bound float64) float64 { // 0 where it is finite
		if math.IsInf(bound, 0) {
			return bound
		}
		return 0
	}
	for r := range m.Rows {
		lower, upper := ray.RowBounds(lp.Row(r))
		ray.SetRowBounds(lp.Row(r), towards(lower), towards(upper))
	}
	for c := range m.Columns {
		_, upper := ray.ColumnBounds(lp.Column(c))
		ray.SetInteger(lp.Column(c), false)
		ray.SetColumnBounds(lp.Column(c), 0, min(towards(upper), 1))
	}
	loaded, err := solver.Load(ctx, ray)
	if err != nil {
		return nil, err
	}
	s, err := loaded.Solve(ctx, lp.Limits{})
	if err = errors.Join(err, loaded.Close()); err != nil || !s.Feasible {
		return nil, err
	}
	var names Endless
	for c, it := range m.Columns {
		name := fmt.Sprintf("%s %s", it.Family, cmp.Or(it.ID, it.Site+" "+it.Material))
		if s.Column[c] > small && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// Endless is the error of a program that has no best solution: what can be done more and more of, and earns each time.
type Endless []string

func (e Endless) Error() string {
	return fmt.Sprintf("nothing limits what this plan can earn: %s can grow together for ever, and every round pays: give one of them a limit, or look for a price too high or a cost below nought",
		strings.Join(e[:min(len(e), 8)], ", "))
}

// Conflict is why there is no plan: rows and bounds that cannot all hold, and what would mend it with the least change.
type Conflict struct {
	Rows  []string // in words, an irreducible set: without any one of them the rest could hold
	Mends []Mend
	Cost  float64 `json:",omitempty"` // of the plan that is mended so, discounted; nought where none was found
}

// Mend is a change of one row that, with the others, makes a plan possible.
type Mend struct {
	Row    string
	Amount float64 // more on what it is held to (positive) or less
	Words  string
}

// conflict finds the clash and the cheapest mending: every row but the balances may give, at a price of 1 a unit.
func (m *Model) conflict(ctx context.Context, solver lp.Solver, loaded lp.Model, p *lp.Program) (*Conflict, error) {
	found, err := loaded.Conflict(ctx)
	if err != nil {
		return nil, err
	}
	out := &Conflict{}
	for _, r := range found.Rows {
		out.Rows = append(out.Rows, m.rowWords(p, r))
	}
	for _, c := range found.Columns {
		lower, upper := p.ColumnBounds(c.Number)
		if c.Lower && lower != 0 {
			out.Rows = append(out.Rows, fmt.Sprintf("%s is at least %s", p.ColumnName(c.Number), amount(lower)))
		}
		if c.Upper {
			out.Rows = append(out.Rows, fmt.Sprintf("%s is at most %s", p.ColumnName(c.Number), amount(upper)))
		}
	}
	q, mended := p.Clone(), p.Clone()
	q.Offset = 0
	for c := range p.Columns() {
		q.SetCost(lp.Column(c), 0)
	}
	type give struct {
		row      lp.Row
		up, down lp.Column
	}
	var gives []give
	for r, it := range m.Rows {
		if it.Family == Balance || it.Family == Links || it.Family == Standing || it.Family == Once || it.Family == Single {
			continue
		}
		g := give{row: lp.Row(r)}
		g.up = q.AddColumn("mend_up["+p.RowName(g.row)+"]", 0, math.Inf(1), 1)
		g.down = q.AddColumn("mend_down["+p.RowName(g.row)+"]", 0, math.Inf(1), 1)
		q.Set(g.row, g.up, -1)
		q.Set(g.row, g.down, 1)
		gives = append(gives, g)
	}
	elastic, err := solver.Load(ctx, q)
	if err != nil {
		return nil, err
	}
	s, err := elastic.Solve(ctx, lp.Limits{})
	if err = errors.Join(err, elastic.Close()); err != nil {
		return nil, err
	}
	if !s.Feasible {
		return out, nil // the clash is in bounds of columns: the rows named say which
	}
	for _, g := range gives {
		if by := s.Column[g.up] - s.Column[g.down]; math.Abs(by) > 1e-9 {
			out.Mends = append(out.Mends, Mend{p.RowName(g.row), by, mendWords(p, g.row, by)})
			lower, upper := p.RowBounds(g.row)
			if lower == upper {
				mended.SetRowBounds(g.row, lower+by, upper+by)
			} else {
				mended.SetRowBounds(g.row, lower+min(by, 0)*(1+1e-9), upper+max(by, 0)*(1+1e-9))
			}
		}
	}
	out.Cost, err = m.costOf(ctx, solver, mended)
	return out, err
}

// costOf is what the best solution of a program costs; nought where there is none.
func (m *Model) costOf(ctx context.Context, solver lp.Solver, p *lp.Program) (float64, error) {
	loaded, err := solver.Load(ctx, p)
	if err != nil {
		return 0, err
	}
	s, err := loaded.Solve(ctx, lp.Limits{})
	if err = errors.Join(err, loaded.Close()); err != nil || !s.Feasible {
		return 0, err
	}
	return s.Objective, nil
}

// mendWords says by how much a row gives: "closing[A,x,2027]: 3 less, at least 2 instead of 5".
func mendWords(p *lp.Program, r lp.Row, by float64) string {
	lower, upper := p.RowBounds(r)
	word, bound, was := "more", "at most", upper
	if by < 0 {
		word, bound, was = "less", "at least", lower
	}
	return fmt.Sprintf("%s: %s %s, %s %s instead of %s", p.RowName(r), amount(math.Abs(by)), word, bound, amount(was+by), amount(was))
}

// rowWords says a row of a conflict with the bound that takes part.
func (m *Model) rowWords(p *lp.Program, r lp.Clash[lp.Row]) string {
	lower, upper := p.RowBounds(r.Number)
	name := p.RowName(r.Number)
	switch {
	case lower == upper:
		if r.Number < lp.Row(len(m.Rows)) && m.Rows[r.Number].Family == Balance {
			it := m.Rows[r.Number]
			return fmt.Sprintf("%s is %s: what there is of %s at %s is used, sent, kept or thrown away", name, amount(lower), it.Material, it.Site)
		}
		return fmt.Sprintf("%s is %s", name, amount(lower))
	case r.Lower && !r.Upper:
		return fmt.Sprintf("%s is at least %s", name, amount(lower))
	case r.Upper && !r.Lower:
		return fmt.Sprintf("%s is at most %s", name, amount(upper))
	}
	return fmt.Sprintf("%s lies between %s and %s", name, amount(lower), amount(upper))
}

// amount is a number for a person: four figures.
func amount(v float64) string { return fmt.Sprintf("%.4g", v) }
