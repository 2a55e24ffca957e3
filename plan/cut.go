package plan

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"lodestone/plan/lp"
)

// Binding is a capacity, a limit, an agreement or a budget that stands in the way where the least is left unmet: more of it,
// in all periods of its span, would let more be delivered under a book, whatever that costs.
type Binding struct {
	Family Family
	ID     string
	Site   string
	From   string  // period
	Until  string  // period
	Gain   float64 // t delivered for one unit more in all of that time: a t/yr of a capacity, else a t of each row; of a budget: without it
	Starts string  // a capacity that does not stand at the beginning of the span: its first day, or "never"
	Makes  []string

	With []string // more of it lets nothing more be delivered by itself; one unit more of it and of each of these does
}

// cut finds, from the plan that leaves the least unmet, what binds: the generalised minimum cut. A dual names the
// candidates; where the optimum is degenerate it names some of which more is worth nothing, so that each is tried: its rows
// are widened a little in all of its periods, and the program is solved again. What lets nothing more be delivered by itself
// may yet do so together: of the other limits that are reached, the smallest set is sought that does. A budget is tried by
// lifting it, since a little more money builds nothing.
func (m *Model) cut(ctx context.Context, solver lp.Solver, limits lp.Limits, p *lp.Program, least *lp.Solution, out *Readiness) error {
	t := &trial{m: m, ctx: ctx, program: p.Fixed(least), items: slices.Clone(m.Rows)}
	t.limitPurchases()
	t.limitOutlets()
	var err error
	if t.loaded, err = solver.Load(ctx, t.program); err != nil {
		return err
	}
	if err := errors.Join(t.cut(out), t.loaded.Close()); err != nil {
		return err
	}
	if err := m.lifted(ctx, solver, limits, p, least, out); err != nil {
		return err
	}
	slices.SortStableFunc(out.Cut, func(a, b Binding) int {
		return cmp.Or(first(a.With == nil, b.With == nil), cmp.Compare(b.Gain, a.Gain))
	})
	return nil
}

// limitPurchases makes what can be bought at most, a bound of a column, a row like all limits.
func (t *trial) limitPurchases() {
	for c, it := range t.m.Columns {
		lower, upper := t.program.ColumnBounds(lp.Column(c))
		if it.Family != Buy || math.IsInf(upper, 1) {
			continue
		}
		it.Family = OfferLimit
		r := t.program.AddRow("offer["+t.program.ColumnName(lp.Column(c))+"]", math.Inf(-1), upper)
		t.program.Set(r, lp.Column(c), 1)
		t.program.SetColumnBounds(lp.Column(c), lower, math.Inf(1))
		t.items = append(t.items, it)
	}
}

// limitOutlets gives each material that cannot be thrown away an outlet, and a limit on it of nought: a co-product that
// nobody takes can stand in the way of all that is made with it.
func (t *trial) limitOutlets() {
	limits := map[placeTime]lp.Row{}
	for r, it := range t.m.Rows {
		if it.Family != Balance || !math.IsNaN(t.m.Network.material(it.Material).Dispose) {
			continue
		}
		at := placeTime{it.Material, it.Period}
		limit, known := limits[at]
		if !known {
			limit = t.program.AddRow("outlet["+it.Material+","+t.m.Periods[it.Period].ID+"]", math.Inf(-1), 0)
			limits[at] = limit
			t.items = append(t.items, Item{Family: Dump, ID: it.Material, Period: it.Period})
		}
		c := t.program.AddColumn("outlet["+t.program.RowName(lp.Row(r))+"]", 0, math.Inf(1), 0)
		t.program.Set(lp.Row(r), c, -1)
		t.program.Set(limit, c, 1)
	}
}

// first orders what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// lifted tries each budget by lifting it.
func (m *Model) lifted(ctx context.Context, solver lp.Solver, limits lp.Limits, p *lp.Program, least *lp.Solution, out *Readiness) error {
	for r, it := range m.Rows {
		if it.Family != Spending {
			continue
		}
		q := p.Clone()
		q.SetRowBounds(lp.Row(r), math.Inf(-1), math.Inf(1))
		loaded, err := solver.Load(ctx, q)
		if err != nil {
			return err
		}
		s, err := loaded.Solve(ctx, limits)
		if err = errors.Join(err, loaded.Close()); err != nil {
			return err
		}
		if gain := least.Objective - s.Objective; s.Feasible && gain > gained*(1+least.Objective) {
			out.Cut = append(out.Cut, Binding{Family: Spending, ID: it.ID, Gain: gain})
		}
	}
	return nil
}

// gained is what more of something must let be delivered, in t a unit, to count.
const gained = 1e-4

// trial widens limits of a program a little and solves it again.
type trial struct {
	m       *Model
	ctx     context.Context
	program *lp.Program
	items   []Item // by row of program: those of the model, and what can be bought
	loaded  lp.Model
	least   *lp.Solution
	err     error // the first; after it nothing is tried any more
}

func (t *trial) cut(out *Readiness) error {
	if t.least, t.err = t.loaded.Solve(t.ctx, lp.Limits{}); t.err != nil || t.least.Dual == nil {
		return t.err
	}
	alone := map[Item]bool{}
	for _, c := range t.candidates(false) {
		if gain := t.gain([]*candidate{c}); gain > gained {
			alone[c.item] = true
			out.Cut = append(out.Cut, t.binding(c, gain))
		}
	}
	rest := slices.DeleteFunc(t.candidates(true), func(c *candidate) bool { return alone[c.item] })
	slices.SortStableFunc(rest, func(a, b *candidate) int { return first(b.rests, a.rests) }) // what stands is named rather than what does not
	if t.gain(rest) > gained {
		set := smallest(nil, nil, rest, func(of []*candidate) bool { return t.gain(of) > gained })
		gain := t.gain(set)
		for _, c := range set {
			b := t.binding(c, gain)
			for _, other := range set {
				if other != c {
					b.With = append(b.With, t.binding(other, gain).name())
				}
			}
			out.Cut = append(out.Cut, b)
		}
	}
	return t.err
}

// smallest finds a part of what is left that, with what is given, does, and of which nothing can be spared; all of it does.
// What comes early is kept rather than what comes late. added is what was given last (Junker, QuickXplain, AAAI 2004).
func smallest[T any](given, added, left []T, does func([]T) bool) []T {
	if len(added) > 0 && does(given) {
		return nil
	}
	if len(left) == 1 {
		return left
	}
	early, late := left[:len(left)/2], left[len(left)/2:]
	late = smallest(slices.Concat(given, early), early, late, does)
	return slices.Concat(smallest(slices.Concat(given, late), late, early, does), late)
}

func (t *trial) binding(c *candidate, gain float64) Binding {
	m := t.m
	b := Binding{Family: c.item.Family, ID: c.item.ID, Site: c.item.Site, Gain: gain}
	from, until := t.items[c.rows[0]].Period, t.items[c.rows[len(c.rows)-1]].Period
	if from >= 0 {
		b.From, b.Until = m.Periods[from].ID, m.Periods[until].ID
	}
	if b.Family == Limit {
		b.Starts, b.Makes = m.starts(b.ID, from), m.makes(b.ID)
	}
	return b
}

// candidate is the rows of one capacity, limit or agreement, from the first to the last in which it holds.
type candidate struct {
	item  Item // with no more than its family, name and site
	rests bool // there is none of it in the first of these
	rows  []lp.Row
}

// candidates groups the rows that hold, in the order of the program: those that a dual names, or all whose limit is reached.
// What is made or bought serves no earlier order, so that it binds in no period after the last in which something is short,
// whatever a degenerate dual says.
func (t *trial) candidates(reached bool) []*candidate {
	last := -1
	for c, it := range t.m.Columns {
		if t.m.isBoundShortage(it) && t.least.Column[c] > small {
			last = max(last, it.Period)
		}
	}
	at := map[Item]*candidate{}
	var out []*candidate
	pending := map[Item][]lp.Row{} // rows that do not hold since the last one that does: within the span if another follows
	for r, it := range t.items {
		switch it.Family {
		case Limit, Reserve, LaneLimit, OfferLimit, Offtake, Exclusive, Closing, SaleLimit, LeastUse, Dump:
		default:
			continue
		}
		lower, upper := t.program.RowBounds(lp.Row(r))
		holds := math.Abs(t.least.Dual[r]) >= 1e-7 || reached && (near(t.least.Row[r], lower) || near(t.least.Row[r], upper))
		if it.Period > last && (it.Family == Limit || it.Family == OfferLimit) {
			holds = false
		}
		k := Item{Family: it.Family, ID: it.ID, Site: it.Site}
		if it.ID == "" {
			k.ID = it.Material + " at " + it.Site
		}
		c, known := at[k]
		if !holds {
			if known {
				pending[k] = append(pending[k], lp.Row(r))
			}
			continue
		}
		if !known {
			c = &candidate{item: k, rests: upper <= small}
			at[k] = c
			out = append(out, c)
		}
		c.rows = append(append(c.rows, pending[k]...), lp.Row(r))
		delete(pending, k)
	}
	return out
}

// near tells whether two amounts are the same, as far as a solver can tell.
func near(a, b float64) bool { return math.Abs(a-b) <= small*(1+math.Abs(b)) }

// gain widens the rows of candidates by a little, all at once, and says how much more is delivered a unit.
func (t *trial) gain(of []*candidate) float64 {
	const step = 0.01
	if t.err != nil || len(of) == 0 {
		return 0
	}
	var rows []lp.Row
	for _, c := range of {
		rows = append(rows, c.rows...)
	}
	n := len(rows)
	lower, upper, low, high := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, r := range rows {
		lower[i], upper[i] = t.program.RowBounds(r)
		by, it := step, t.items[r]
		if it.Family == Limit || it.Family == OfferLimit {
			by *= t.m.Periods[it.Period].Years
		}
		low[i], high[i] = lower[i], upper[i]
		if t.least.Dual[r] > 1e-7 || math.IsInf(upper[i], 1) || near(t.least.Row[r], lower[i]) && !near(t.least.Row[r], upper[i]) {
			low[i] -= by // it holds from below
		} else {
			high[i] += by
		}
	}
	var widened *lp.Solution
	try := func(do func() error) {
		if t.err == nil {
			t.err = do()
		}
	}
	try(func() error { return t.loaded.SetRowBounds(rows, low, high) })
	try(func() error { return t.loaded.SetBasis(t.least.Basis) })
	try(func() (err error) { widened, err = t.loaded.Solve(t.ctx, lp.Limits{}); return err })
	try(func() error { return t.loaded.SetRowBounds(rows, lower, upper) })
	try(t.ctx.Err)
	if t.err != nil || widened.Status != lp.Optimal {
		return 0
	}
	return (t.least.Objective - widened.Objective) / step
}
