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
	"lodestone/quantity"
)

// Binding is a capacity, a limit or an agreement that stands in the way where the least is left unmet: more of it, in all
// periods of its span, would let more be delivered under a book, whatever that costs.
type Binding struct {
	Family Family
	ID     string
	Site   string
	From   string  // period
	Until  string  // period
	Gain   float64 // t delivered for one unit more in all of that time: a t/yr of a capacity, else a t (or t/yr) of each row
	Starts string  // a capacity that does not stand at the beginning of the span: its first day, or "never"
	Makes  []string
}

// cut finds, from the plan that leaves the least unmet, what binds: the generalised minimum cut. A dual names the
// candidates; where the optimum is degenerate it names some of which more is worth nothing, so that each is tried: its rows
// are widened a little in all of its periods, and the program is solved again. What lets nothing more be delivered by itself
// is left out, unless all are so; then they bind together.
func (m *Model) cut(ctx context.Context, solver lp.Solver, p *lp.Program, least *lp.Solution, out *Readiness) error {
	program := p.Fixed(least)
	loaded, err := solver.Load(ctx, program)
	if err != nil {
		return err
	}
	err = m.cutBy(ctx, loaded, program, out)
	return errors.Join(err, loaded.Close())
}

func (m *Model) cutBy(ctx context.Context, loaded lp.Model, program *lp.Program, out *Readiness) error {
	s, err := loaded.Solve(ctx, lp.Limits{})
	if err != nil || s.Dual == nil {
		return err
	}
	var together []Binding
	for _, c := range m.candidates(s) {
		gain, ok, err := m.tried(ctx, loaded, program, s, c)
		if err != nil {
			return err
		}
		b := Binding{Family: c.item.Family, ID: c.item.ID, Site: c.item.Site, Gain: gain}
		if first, last := c.span(m); first >= 0 {
			b.From, b.Until = m.Periods[first].ID, m.Periods[last].ID
		}
		if b.Family == Limit {
			b.Starts, b.Makes = m.starts(b.ID, m.Rows[c.rows[0]].Period), m.makes(b.ID)
		}
		together = append(together, b)
		if ok && gain > 1e-4 {
			out.Cut = append(out.Cut, b)
		}
	}
	if len(out.Cut) == 0 {
		out.Cut, out.Together = together, true
	}
	slices.SortStableFunc(out.Cut, func(a, b Binding) int { return cmp.Compare(b.Gain, a.Gain) })
	return nil
}

// candidate is the rows of one capacity, limit or agreement, from the first to the last in which its dual is not nought.
type candidate struct {
	item Item
	rows []lp.Row
}

func (c *candidate) span(m *Model) (first, last int) {
	return m.Rows[c.rows[0]].Period, m.Rows[c.rows[len(c.rows)-1]].Period
}

// candidates groups the rows that a dual names, in the order of the program. What a capacity makes serves no earlier order, so
// that it binds in no period after the last in which something is short, whatever a degenerate dual says.
func (m *Model) candidates(s *lp.Solution) []*candidate {
	last := -1
	for c, it := range m.Columns {
		if m.isBoundShortage(it) && s.Column[c] > small {
			last = max(last, it.Period)
		}
	}
	type key struct {
		family Family
		id     string
	}
	at := map[key]*candidate{}
	var out []*candidate
	pending := map[key][]lp.Row{} // rows without a dual since the last one with: within the span if another follows
	for r, it := range m.Rows {
		switch it.Family {
		case Limit, Reserve, LaneLimit, OfferLimit, Offtake, Exclusive, Closing, SaleLimit, LeastUse:
		default:
			continue
		}
		k := key{it.Family, it.ID}
		if it.ID == "" {
			k.id = it.Material + " at " + it.Site
		}
		c, known := at[k]
		if math.Abs(s.Dual[r]) < 1e-7 || it.Family == Limit && it.Period > last {
			if known {
				pending[k] = append(pending[k], lp.Row(r))
			}
			continue
		}
		if !known {
			c = &candidate{item: it}
			c.item.ID = k.id
			at[k] = c
			out = append(out, c)
		}
		c.rows = append(append(c.rows, pending[k]...), lp.Row(r))
		delete(pending, k)
	}
	return out
}

// tried widens the rows of a candidate by a little and says how much more is delivered a unit.
func (m *Model) tried(ctx context.Context, loaded lp.Model, program *lp.Program, s *lp.Solution, c *candidate) (float64, bool, error) {
	const step = 0.01
	lower, upper := make([]float64, len(c.rows)), make([]float64, len(c.rows))
	wide, high := make([]float64, len(c.rows)), make([]float64, len(c.rows))
	for i, r := range c.rows {
		lower[i], upper[i] = program.RowBounds(r)
		by := step
		if t := m.Rows[r].Period; c.item.Family == Limit && t >= 0 {
			by *= m.Periods[t].Years
		}
		wide[i], high[i] = lower[i], upper[i]
		if s.Dual[r] > 0 {
			wide[i] = lower[i] - by // a row that holds from below
		} else {
			high[i] = upper[i] + by
		}
	}
	if err := loaded.SetRowBounds(c.rows, wide, high); err != nil {
		return 0, false, err
	}
	if err := loaded.SetBasis(s.Basis); err != nil {
		return 0, false, err
	}
	w, err := loaded.Solve(ctx, lp.Limits{})
	if err != nil {
		return 0, false, err
	}
	if err := loaded.SetRowBounds(c.rows, lower, upper); err != nil {
		return 0, false, err
	}
	return (s.Objective - w.Objective) / step, w.Status == lp.Optimal, nil
}

// never is in place of the first day of a capacity that does not stand within the plan.
const never = "never"

// starts says when a capacity that does not stand in a period begins: "" where it stands in it, or may have been built.
func (m *Model) starts(capacity string, t int) string {
	for _, x := range m.Network.Expansions {
		if x.Capacity == capacity {
			return ""
		}
	}
	var first quantity.Date
	known := false
	for _, k := range m.Network.Capacities {
		if k.ID != capacity || k.PerYear <= 0 {
			continue
		}
		site := m.Network.site(k.Site)
		from, until := max(k.From, site.From), k.Until
		if until == 0 || site.Until != 0 && site.Until < until {
			until = site.Until
		}
		if until != 0 && until < m.Periods[t].From {
			continue // gone by then
		}
		if from <= m.Periods[t].Until {
			return ""
		}
		if !known || from < first {
			first, known = from, true
		}
	}
	if !known || first > m.Periods[len(m.Periods)-1].Until {
		return never
	}
	return first.String()
}

// makes lists the materials that the processes of a capacity give.
func (m *Model) makes(capacity string) []string {
	var out []string
	for _, p := range m.Network.Processes {
		if p.Capacity != capacity {
			continue
		}
		for _, r := range m.states.outputs[p.ID] {
			if !slices.Contains(out, r.Material) {
				out = append(out, r.Material)
			}
		}
	}
	return out
}

// BindingLine is a Binding in words, beside what the plan of least cost would pay for more of it.
type BindingLine struct {
	What     string   `json:"what"`
	ID       string   `json:"id"`
	Site     string   `json:"site,omitempty"`
	Makes    []string `json:"makes,omitempty"`
	From     string   `json:"from,omitempty"`
	Until    string   `json:"until,omitempty"`
	Starts   string   `json:"stands_from,omitempty"`
	Gain     float64  `json:"gain_t"` // t more delivered under a book for one unit (t/yr of a capacity) more throughout
	Worth    float64  `json:"worth,omitempty"`
	Cost     float64  `json:"cost,omitempty"`
	Sentence string   `json:"sentence"`
}

// bindings puts what binds into words; bottlenecks are those of the plan, to say what more is worth and costs.
func (r *Readiness) bindings(bottlenecks []Bottleneck, currency string) []BindingLine {
	out := []BindingLine{}
	for _, b := range r.Cut {
		line := BindingLine{What: string(b.Family), ID: b.ID, Site: b.Site, Makes: b.Makes, From: b.From, Until: b.Until, Starts: b.Starts, Gain: b.Gain}
		line.Sentence = b.words(r.Together)
		if i := slices.IndexFunc(bottlenecks, func(x Bottleneck) bool { return b.Family == Limit && x.Capacity == b.ID }); i >= 0 {
			x := bottlenecks[i]
			line.Worth, line.Cost = x.Worth, x.Cost
			line.Sentence += fmt.Sprintf("; in this plan one t/yr more from %s to %s saves %s %s, discounted, unmet demand at its penalty", x.From, x.Until, money(x.Worth), currency)
			if x.Cost > 0 {
				line.Sentence += ", and building one costs " + money(x.Cost)
			} else {
				line.Sentence += "; what building one costs is not in the tables"
			}
		}
		out = append(out, line)
	}
	return out
}

func (b Binding) words(together bool) string {
	text := string(b.Family) + " " + b.ID
	if len(b.Makes) > 0 {
		more := ""
		if len(b.Makes) > 4 {
			more = fmt.Sprintf(" and %d more", len(b.Makes)-4)
		}
		text += " (" + strings.Join(b.Makes[:min(4, len(b.Makes))], ", ") + more + ")"
	}
	if b.From != "" {
		text += ", " + Between(b.From, b.Until)
	}
	unit := "one unit more"
	throughout := "in that time"
	switch b.Family {
	case Limit:
		unit = "one t/yr more"
	case LaneLimit, OfferLimit, SaleLimit, Reserve:
		unit, throughout = "one t more", "in each of these periods"
	}
	switch b.Starts {
	case "":
	case never:
		text += ": does not stand within the plan"
		unit = strings.Replace(unit, " more", " of it", 1)
	default:
		text += ": does not stand before " + b.Starts
		unit = strings.Replace(unit, " more", " of it", 1)
	}
	sep := ": "
	if b.Starts != "" {
		sep = "; "
	}
	if together {
		return text + sep + "more of it alone lets nothing more be delivered: what is listed here binds together"
	}
	return fmt.Sprintf("%s%s%s %s lets %s t more be delivered under a book", text, sep, unit, throughout, amount(b.Gain))
}
