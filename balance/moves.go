package balance

import (
	"cmp"
	"math"
	"slices"
	"time"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// Move is a lot, or a part of it, on the road: as it was weighed where it left and where it came to. An end that nobody
// recorded has no entries.
type Move struct {
	Lot      supply.LotID
	From, To End
	Whole    bool // what left was all there was of the lot by the record, but for less than farOff standard uncertainties
}

// End is one end of a Move.
type End struct {
	Flow
	Facility supply.FacilityID // "" not stated
	Place    string
	Date     quantity.Date
	Time     time.Time
	Entries  []record.ID
	steps    []string // by which it was reported
}

// Recorded tells whether anybody recorded this end.
func (e *End) Recorded() bool { return len(e.Entries) > 0 }

// Transit is the account of a Move: what left against what came.
type Transit struct {
	Move    *Move
	Account Account // In is what left, Out what came
}

// sighting is a report that a lot leaves or comes.
type sighting struct {
	End
	leaves bool
	to     []string
}

// sight takes down a report of shipping or receiving, by the business steps of the CBV.
func (r *reader) sight(p *Lot, h *genealogy.Happening, step string) {
	s := sighting{leaves: true, to: h.To}
	switch step {
	case "shipping", "departing":
	case "receiving", "arriving", "accepting":
		s.leaves = false
	default:
		return
	}
	s.End = End{Flow: r.flow(p.ID, h.Amount, h.Entries), Facility: h.Facility, Place: h.FacilityName, Date: h.Date, Time: h.Time, Entries: h.Entries, steps: []string{step}}
	r.sights[p.ID] = append(r.sights[p.ID], s)
	r.place(h.Facility)
}

// moves pairs the reports of a lot: an arrival belongs to the earliest shipment that is under way to that place, or to no
// stated place. Reports of one end by different steps (shipping and departing; arriving, receiving and accepting) are of one
// event when their figures are near; by the same step they are two. What comes to a place where a shipment came short, and
// makes up for it, is the rest of that. A container weighs nothing itself: what is in it does.
func (r *reader) moves(l *Lot) {
	if r.lots[l.ID].Container && !l.made {
		return
	}
	for _, s := range r.sights[l.ID] {
		switch m := r.of(l, &s); {
		case m == nil && s.leaves:
			r.heading[s.Weighing] = s.to
			l.Moves = append(l.Moves, Move{Lot: l.ID, From: s.End})
		case m == nil:
			l.Moves = append(l.Moves, Move{Lot: l.ID, To: s.End})
		case s.leaves:
			m.From.say(s.End)
		case !m.To.Recorded():
			m.To = s.End
		case m.To.again(&s):
			m.To.say(s.End)
		default: // the rest of a shipment in parts
			m.To.say(s.End)
			m.To.Mass, m.To.SD = m.To.Mass+s.Mass, math.Hypot(m.To.SD, s.SD)
		}
	}
	for i := range l.Moves {
		m := &l.Moves[i]
		if m.From.Known && m.To.Known && (m.From.Pieces > 0 && m.To.Pieces > 0 || m.From.Mass == m.To.Mass) {
			m.To.Weighing, m.To.SD = m.From.Weighing, m.From.SD // counted, or one figure handed on
		}
	}
}

// of is the move that a report belongs to; nil for one that nobody reported yet.
func (r *reader) of(l *Lot, s *sighting) *Move {
	first := func(want func(m *Move) bool) *Move {
		if i := slices.IndexFunc(l.Moves, func(m Move) bool { return want(&m) }); i >= 0 {
			return &l.Moves[i]
		}
		return nil
	}
	under := func(m *Move) bool { return m.From.Recorded() && !m.To.Recorded() }
	if s.leaves {
		return first(func(m *Move) bool { return under(m) && m.From.again(s) })
	}
	if m := first(func(m *Move) bool { return m.To.again(s) }); m != nil {
		return m
	}
	if m := first(func(m *Move) bool {
		to := r.heading[m.From.Weighing]
		return under(m) && (to == nil || slices.ContainsFunc(to, func(x string) bool { return r.b.In(s.Facility, supply.FacilityID(x)) }))
	}); m != nil {
		return m
	}
	return first(func(m *Move) bool {
		if !m.From.Known || !m.To.Known || !s.Known || m.To.Facility != s.Facility || s.Pieces != 0 {
			return false
		}
		short, sd := (m.From.Mass - m.To.Mass).Float(), math.Hypot(m.From.SD, m.To.SD)
		return short > Sigmas*sd && s.Mass.Float() <= short+Sigmas*math.Hypot(sd, s.SD)
	})
}

// again tells whether a report says by another step what this end says already.
func (e *End) again(s *sighting) bool {
	if !e.Recorded() || e.Facility != s.Facility || slices.Contains(e.steps, s.steps[0]) {
		return false
	}
	if !e.Known || !s.Known || e.Pieces > 0 || s.Pieces > 0 {
		return e.Known == s.Known && e.Mass == s.Mass
	}
	return math.Abs((e.Mass - s.Mass).Float()) <= farOff*math.Hypot(e.SD, s.SD)
}

// say adds a report to an end. The first figure stands.
func (e *End) say(x End) {
	e.Entries = append(slices.Clone(e.Entries), x.Entries...)
	e.steps = append(slices.Clone(e.steps), x.steps...)
}

// signed is a flow that adds to a sum or takes from it.
type signed struct {
	flow *Flow
	sign float64
}

// before is what there was of a lot when its move i left, as a sum of flows: what came with the move before, or was made,
// less what was drawn since. It is false when that is not known, or some of the lot stayed behind.
func (b *Books) before(l *Lot, i int) (list []signed, ok bool) {
	m := &l.Moves[i]
	since := time.Time{}
	if !m.From.Recorded() || !m.From.Known {
		return nil, false
	}
	if i > 0 {
		last := &l.Moves[i-1]
		if !last.Whole || !last.To.Known || last.To.Facility != m.From.Facility || m.From.Time.Before(last.To.Time) {
			return nil, false
		}
		since = last.To.Time
		list = append(list, signed{&last.To.Flow, 1})
	}
	ok = true
	b.history(l, func(f *Flow, made bool, at when) {
		switch {
		case made && i == 0:
			list = append(list, signed{f, 1})
			ok = ok && f.Known && !at.time.After(m.From.Time)
		case made:
			ok = ok && !at.time.After(m.From.Time)
		case at.time.Before(since):
		case !at.time.After(m.From.Time):
			list = append(list, signed{f, -1})
			ok = ok && f.Known
		case at.making >= 0 && b.In(b.Makings[at.making].Facility, m.From.Facility):
			ok = ok && slices.ContainsFunc(l.Moves[i:], func(x Move) bool { return x.To.Facility == m.From.Facility })
		}
	})
	return list, ok && len(list) > 0
}

// whole tells of each move of a lot whether it took all there was; a figure that is stated again to the milligram is
// handed on and no second weighing.
func (b *Books) whole(l *Lot) {
	for i := range l.Moves {
		m := &l.Moves[i]
		list, ok := b.before(l, i)
		if !ok {
			continue
		}
		kg, variance := -m.From.Mass.Float(), square(m.From.SD)
		for _, x := range list {
			kg += x.sign * x.flow.Mass.Float()
			variance += square(x.flow.SD)
		}
		m.Whole = math.Abs(kg) <= farOff*math.Sqrt(variance)
		if len(list) == 1 && list[0].flow.Mass == m.From.Mass {
			if m.To.Weighing == m.From.Weighing {
				m.To.Weighing, m.To.SD = list[0].flow.Weighing, list[0].flow.SD
			}
			m.From.Weighing, m.From.SD = list[0].flow.Weighing, list[0].flow.SD
		}
	}
}

// Transits is the moves in scope with their accounts, by day and lot. A move is in a site's scope when it begins or ends
// there, and in that of a period by the day on which it came or, when nobody recorded that, on which it left.
func (b *Books) Transits(s *Scope) []Transit {
	var list []Transit
	for id, l := range b.Lots {
		if _, has := slices.BinarySearch(s.Lots, id); s.Lots != nil && !has {
			continue
		}
		for i := range l.Moves {
			m := &l.Moves[i]
			day := cmp.Or(m.To.Date, m.From.Date)
			if day != 0 && !s.Period.Covers(day) || !s.AnySite && !b.In(m.From.Facility, s.Site) && !b.In(m.To.Facility, s.Site) {
				continue
			}
			list = append(list, Transit{m, b.transit(m)})
		}
	}
	slices.SortFunc(list, func(x, y Transit) int {
		return cmp.Or(cmp.Compare(x.Move.day(), y.Move.day()), cmp.Compare(x.Move.Lot, y.Move.Lot), x.Move.From.Time.Compare(y.Move.From.Time), x.Move.To.Time.Compare(y.Move.To.Time))
	})
	return list
}

func (m *Move) day() quantity.Date { return cmp.Or(m.From.Date, m.To.Date) }

func (b *Books) transit(m *Move) Account {
	t := newTally(b)
	t.add(in, &m.From.Flow, 1)
	t.add(out, &m.To.Flow, 1)
	a := t.account(element.None, nil, false)
	if !a.In.Known || !a.Out.Known {
		a.Gap, a.Finding, a.Unassayed = Figure{}, Unchecked, Figure{}
		if n := m.From.Pieces; n > 0 && m.To.Pieces > 0 { // counted at both ends, and nobody says what one weighs
			a.Finding = [...]Finding{Excess, Balanced, Unaccounted}[1+cmp.Compare(n, m.To.Pieces)]
		}
	}
	return a
}

// Name is a move in words.
func (m *Move) Name() string {
	name := short(m.Lot) + " on the road"
	if x := cmp.Or(m.From.Place, string(m.From.Facility)); x != "" {
		name += " from " + x
	}
	if x := cmp.Or(m.To.Place, string(m.To.Facility)); x != "" {
		name += " to " + x
	}
	if d := m.day(); d != 0 {
		name += " on " + d.String()
	}
	return name
}
