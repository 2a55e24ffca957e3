package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// future is the program of a plan whose choices stand, made ready to be met by strikes: what they cannot touch is reduced
// (lp.Reduce), and a basis found from which every future is solved.
type future struct {
	plan    *Plan
	program *lp.Program // before reduction
	matrix  lp.Matrix
	reduced *lp.Reduction
	small   lp.Matrix // of reduced
	base    *lp.Basis
}

// futures prepares for strikes of some kinds, as wide as they may come. Each future is solved from the basis of the one in
// which middle strikes, or, where typify says so, from that of a typical one.
func (p *Plan) futures(ctx context.Context, solver lp.Solver, may, middle []Strike) (*future, error) {
	rows, columns, err := p.open(may)
	if err != nil {
		return nil, err
	}
	return p.prepare(ctx, solver, rows, columns, middle)
}

// open is the rows and columns that strikes may touch, that are asked for, or that join periods (see hold).
func (p *Plan) open(may []Strike) (rows, columns []bool, err error) {
	m := p.Model
	rows, columns = make([]bool, m.Program.Rows()), make([]bool, m.Program.Columns())
	for c, it := range m.Columns {
		switch it.Family {
		case Short, Hold:
			columns[c] = true
		case Ship:
			arrives, _ := m.sails(m.Network.lane(it.ID), it.Period)
			columns[c] = arrives != it.Period
		}
	}
	for _, s := range may {
		changed, err := m.effects([]Strike{s}, p.Solution)
		if err != nil {
			return nil, nil, err
		}
		for c := range changed.columns {
			columns[c] = true
		}
		for c := range changed.costs {
			columns[c] = true
		}
		for r := range changed.rows {
			rows[r] = true
		}
		for e := range changed.coefficients {
			rows[e[0]], columns[e[1]] = true, true
		}
	}
	return rows, columns, nil
}

func (p *Plan) prepare(ctx context.Context, solver lp.Solver, rows, columns []bool, middle []Strike) (*future, error) {
	f := &future{plan: p, program: p.Model.Program.Fixed(p.Solution)}
	for c, it := range p.Model.Columns {
		if it.Family == Size {
			f.program.SetColumnBounds(lp.Column(c), p.Solution.Column[c], p.Solution.Column[c])
		}
	}
	f.reduced, f.matrix = f.program.Reduce(rows, columns), f.program.Matrix()
	f.small = f.reduced.Program.Matrix()
	w, err := f.load(ctx, solver)
	if err != nil {
		return nil, err
	}
	s, err := w.solve(ctx, middle)
	if err = errors.Join(err, w.model.Close()); err != nil {
		return nil, err
	}
	f.base = s.Basis // none where there is no plan in the middle: then each future is solved from nothing
	return f, nil
}

// follower is a program in a solver, to meet one future after another.
type follower struct {
	*future
	model   lp.Model
	touched *changeSet // what the last future changed, to be set back
	base    *lp.Basis
}

// load gives a worker the reduced program, solved once as it stands: the solver scales a program by what it is when first
// solved, and keeps to that. So every worker's futures are scaled alike, and each has the same bytes after whichever others.
func (f *future) load(ctx context.Context, solver lp.Solver) (*follower, error) {
	model, err := solver.Load(ctx, f.reduced.Program)
	if err != nil {
		return nil, err
	}
	w := &follower{f, model, newChanges(), f.base}
	if err := model.SetBasis(f.base); err != nil {
		return nil, errors.Join(err, model.Close())
	}
	if _, err := model.Solve(ctx, lp.Limits{}); err != nil {
		return nil, errors.Join(err, model.Close())
	}
	return w, nil
}

// each meets futures, by their numbers, with so many workers side by side, until one fails or ctx ends.
func (f *future) each(ctx context.Context, solver lp.Solver, workers int, numbers []int, meet func(ctx context.Context, w *follower, n int) error) error {
	todo := make(chan int)
	side, inner := errgroup.WithContext(ctx)
	side.Go(func() error {
		defer close(todo)
		for _, n := range numbers {
			select {
			case todo <- n:
			case <-inner.Done():
				return inner.Err()
			}
		}
		return nil
	})
	for range max(1, workers) {
		side.Go(func() error {
			w, err := f.load(inner, solver)
			if err != nil {
				return err
			}
			for n := range todo {
				err := meet(inner, w, n)
				if inner.Err() != nil {
					err = inner.Err() // what broke off is no outcome
				}
				if err != nil {
					return errors.Join(fmt.Errorf("draw %d: %w", n, err), w.model.Close())
				}
			}
			return w.model.Close()
		})
	}
	return side.Wait()
}

// How a common basis is found: so many futures are met, the bases of so many of them are tried, each on so many others.
const (
	typical = 12
	likely  = 3
	trials  = 6
)

// typify takes for the common basis that of a typical future: of those whose basis differs from the others' in the fewest
// places (the medoid and its next), the one from which others take the fewest steps. From a basis that is of no future, as
// that of the middle is, a solve has a third more steps to go.
func (f *future) typify(ctx context.Context, solver lp.Solver, seed uint64, workers int) error {
	meet := func(w *follower, n int) (*lp.Solution, error) { // no draw of those that count
		return w.solve(ctx, f.plan.Model.draw(seed, -1-n).Strikes)
	}
	bases := make([]*lp.Basis, typical)
	err := f.each(ctx, solver, workers, upTo(typical), func(_ context.Context, w *follower, n int) error {
		s, err := meet(w, n)
		if err == nil {
			bases[n] = s.Basis
		}
		return err
	})
	near := medoids(bases)
	near = near[:min(likely, len(near))]
	if err != nil || len(near) == 0 {
		return err
	}
	steps := make([]atomic.Int64, len(near))
	err = f.each(ctx, solver, workers, upTo(len(near)*trials), func(_ context.Context, w *follower, n int) error {
		w.base = near[n/trials]
		s, err := meet(w, typical+n%trials)
		if err == nil {
			steps[n/trials].Add(s.Iterations)
		}
		return err
	})
	f.base = near[0]
	for i := range near {
		if steps[i].Load() < steps[slices.Index(near, f.base)].Load() {
			f.base = near[i]
		}
	}
	return err
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// medoids orders bases by how many places they differ in from the others, the fewest first; nil ones are left out.
func medoids(bases []*lp.Basis) []*lp.Basis {
	bases = slices.DeleteFunc(slices.Clone(bases), func(b *lp.Basis) bool { return b == nil })
	apart := map[*lp.Basis]int{}
	for _, a := range bases {
		for _, b := range bases {
			apart[a] += differing(a.Columns, b.Columns) + differing(a.Rows, b.Rows)
		}
	}
	slices.SortStableFunc(bases, func(a, b *lp.Basis) int { return cmp.Compare(apart[a], apart[b]) })
	return bases
}

func differing(a, b []lp.Standing) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// follow is futures for one worker, from the basis of the plan itself.
func (p *Plan) follow(ctx context.Context, solver lp.Solver, may []Strike) (*follower, error) {
	f, err := p.futures(ctx, solver, may, nil)
	if err != nil {
		return nil, err
	}
	return f.load(ctx, solver)
}

// meet solves one future.
func (w *follower) meet(ctx context.Context, strikes []Strike) (Outcome, error) {
	s, err := w.solve(ctx, strikes)
	if err != nil {
		return Outcome{}, err
	}
	if !s.Feasible {
		return Outcome{Recovered: -1}, nil
	}
	short := func(c lp.Column) float64 {
		at, _ := w.reduced.Column(c)
		return s.Column[at]
	}
	return w.plan.outcome(s.Objective, short, w.touched.known), nil
}

// solve has the program set back, changed, and solved from the common basis.
func (w *follower) solve(ctx context.Context, strikes []Strike) (*lp.Solution, error) {
	changed, err := w.plan.Model.effects(strikes, w.plan.Solution)
	if err != nil {
		return nil, err
	}
	w.hold(changed)
	if err := w.set(w.touched, true); err != nil {
		return nil, err
	}
	if err := w.set(changed, false); err != nil {
		return nil, err
	}
	w.touched = changed
	if err := w.model.SetBasis(w.base); err != nil {
		return nil, err
	}
	return w.model.Solve(ctx, lp.Limits{})
}

// hold keeps what happens before the future is known as planned. A column that is gone follows from those of its own period
// and earlier ones, since those that join periods stay.
func (w *follower) hold(changed *changeSet) {
	m := w.plan.Model
	for c, it := range m.Columns {
		if changed.known == 0 || it.Period < 0 || m.Periods[it.Period].Until >= changed.known {
			continue
		}
		if _, left := w.reduced.Column(lp.Column(c)); !left {
			continue
		}
		switch it.Family {
		case Make, Dig, Buy, Ship, Hold, Downgrade, Dump, Serve, Short, Sell:
			x := w.plan.Solution.Column[c]
			// Room for what the solver rounds.
			changed.columns[lp.Column(c)] = [2]float64{max(0, x-1e-9*(1+math.Abs(x))), x + 1e-9*(1+math.Abs(x))}
		}
	}
}

// set puts changes into the model, or, back, what the program has in their places.
func (w *follower) set(of *changeSet, back bool) error {
	var columns, priced, in []lp.Column
	var rows, at []lp.Row
	var lower, upper, below, above, costs, values []float64
	var missing error
	column := func(c lp.Column) lp.Column {
		to, ok := w.reduced.Column(c)
		if !ok {
			missing = fmt.Errorf("a future changes %s, which no event was said to reach", w.program.ColumnName(c))
		}
		return to
	}
	row := func(r lp.Row) lp.Row {
		to, ok := w.reduced.Row(r)
		if !ok {
			missing = fmt.Errorf("a future changes %s, which no event was said to reach", w.program.RowName(r))
		}
		return to
	}
	for _, c := range slices.Sorted(maps.Keys(of.columns)) {
		b, to := of.columns[c], column(c)
		if back && missing == nil {
			b[0], b[1] = w.reduced.Program.ColumnBounds(to)
		}
		columns, lower, upper = append(columns, to), append(lower, b[0]), append(upper, b[1])
	}
	for _, r := range slices.Sorted(maps.Keys(of.rows)) {
		b, to := of.rows[r], row(r)
		switch {
		case !back:
			b[0], b[1] = w.reduced.RowBounds(r, b[0], b[1])
		case missing == nil:
			b[0], b[1] = w.reduced.Program.RowBounds(to)
		}
		rows, below, above = append(rows, to), append(below, b[0]), append(above, b[1])
	}
	for _, c := range slices.Sorted(maps.Keys(of.costs)) {
		cost, to := w.reduced.Cost(c, of.costs[c]), column(c)
		if back && missing == nil {
			cost = w.reduced.Program.Cost(to)
		}
		priced, costs = append(priced, to), append(costs, cost)
	}
	for _, e := range slices.SortedFunc(maps.Keys(of.coefficients), func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) }) {
		r, c := row(lp.Row(e[0])), column(lp.Column(e[1]))
		if missing != nil {
			break
		}
		v := coefficient(w.small, r, c)
		if !back {
			v += of.coefficients[e] - coefficient(w.matrix, lp.Row(e[0]), lp.Column(e[1]))
		}
		at, in, values = append(at, r), append(in, c), append(values, v)
	}
	if missing != nil {
		return missing
	}
	return errors.Join(w.model.SetColumnBounds(columns, lower, upper), w.model.SetRowBounds(rows, below, above),
		w.model.SetCosts(priced, costs), w.model.SetCoefficients(at, in, values))
}

func coefficient(m lp.Matrix, r lp.Row, c lp.Column) float64 {
	rows, values := m.Column(c)
	if i, ok := slices.BinarySearch(rows, r); ok {
		return values[i]
	}
	return 0
}

// widest is every event as long and as hard as it may come: what it can change at all.
func (m *Model) widest() []Strike {
	first, last := m.Periods[0].From, m.Periods[len(m.Periods)-1].Until
	var out []Strike
	for i := range m.Network.Events {
		e := &m.Network.Events[i]
		out = append(out, Strike{Event: e, From: first, Until: last, Value: e.High})
	}
	return out
}

// middle is the future in which what is drawn once stands at its median, and nothing else happens.
func (m *Model) middle() []Strike {
	var out []Strike
	for _, s := range m.widest() {
		if math.IsNaN(s.Event.Rate) {
			s.Value = triangular(0.5, s.Event.Low, s.Event.Mode, s.Event.High)
			out = append(out, s)
		}
	}
	return out
}

// lost is the loss of a site from a day on.
func lost(site string, from, until quantity.Date) Strike {
	return Strike{Event: &Event{ID: "loss of " + site, Kind: "outage", Target: site}, From: from, Until: until}
}
