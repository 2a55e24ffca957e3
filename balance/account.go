package balance

import (
	"cmp"
	"slices"
	"time"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Step is the accounts of one making: all mass where its phase keeps it, and each element that was assayed.
type Step struct {
	Making   *Making
	Accounts []Account
}

// Stock is the account of one lot: what was made of it, what was drawn, what is left.
type Stock struct {
	Lot       *Lot
	Element   element.Element // None: all mass
	Made      Figure
	Drawn     Figure
	Left      Figure
	OverIssue bool // more was drawn than made, by more than Sigmas standard uncertainties
	Sigma     float64
}

// Site is the accounts of one site over a period: what its makings took from lots made elsewhere and from the ground,
// what others drew from its lots, and what of its lots is not drawn yet, wherever that lies: work in progress and stock.
type Site struct {
	ID       supply.FacilityID // "" for the makings whose facility is not stated
	Name     string
	Makings  int
	Accounts []Account
	Waiting  []supply.LotID // lots made here of which something is left at the end of the period
}

// Scope is which makings are looked at.
type Scope struct {
	Lots     []supply.LotID    // with these among the outputs or inputs; nil: any
	Site     supply.FacilityID // at this site or a place on it; "": any
	AnySite  bool              // Site is not asked for
	Period   quantity.Period   // days of the makings
	Elements element.Set       // empty: every rare earth that an assay names
}

// covers tells whether a making is in scope. A making without a day is in every period.
func (b *Books) covers(s *Scope, m *Making) bool {
	if m.Date != 0 && !s.Period.Covers(m.Date) {
		return false
	}
	if !s.AnySite && !b.In(m.Facility, s.Site) {
		return false
	}
	if s.Lots == nil {
		return true
	}
	has := func(f Flow) bool { _, ok := slices.BinarySearch(s.Lots, f.Lot); return ok }
	return slices.ContainsFunc(m.In, has) && (slices.ContainsFunc(m.Out, has) || len(m.Out) == 0) || slices.ContainsFunc(m.Out, has)
}

// Within is the indexes of the makings in scope. The scope's lots are put in order.
func (b *Books) Within(s *Scope) []int {
	slices.Sort(s.Lots)
	var list []int
	for i := range b.Makings {
		if b.covers(s, &b.Makings[i]) {
			list = append(list, i)
		}
	}
	return list
}

// elements is the elements asked for, else the rare earths that any assay of the lots of these makings names.
func (b *Books) elements(s *Scope, makings []int) element.Set {
	if !s.Elements.Empty() {
		return s.Elements
	}
	var set element.Set
	see := func(f Flow) {
		if l := b.Lots[f.Lot]; l != nil {
			for e := range l.Elements().All() {
				if e.RareEarth() {
					set = set.With(e)
				}
			}
		}
	}
	for _, i := range makings {
		for _, f := range b.Makings[i].In {
			see(f)
		}
		for _, f := range b.Makings[i].Out {
			see(f)
		}
	}
	return set
}

// keepsMass tells whether a phase neither adds nor gives off mass beyond what is weighed: no reagent, gas, water or
// coating. Grinding keeps it too: swarf is a product and is weighed, or declared as a loss.
func keepsMass(p supply.Phase) bool {
	switch p {
	case supply.Melted, supply.Atomized, supply.Milled, supply.Consolidated, supply.Pressed, supply.Sintered, supply.Machined, supply.Magnetized:
		return true
	}
	return false
}

func (m *Making) keepsMass() bool {
	return len(m.In) > 0 && len(m.Out) > 0 && !slices.ContainsFunc(m.Phases, func(p supply.Phase) bool { return !keepsMass(p) })
}

// assayedIn tells whether any lot of a making has a figure for the element, or says something of it.
func (b *Books) assayedIn(m *Making, e element.Element) bool {
	has := func(f Flow) bool {
		l := b.Lots[f.Lot]
		if l == nil {
			return false
		}
		_, _, c := l.Of(e)
		return c == Assayed || c == Typical
	}
	return slices.ContainsFunc(m.In, has) || slices.ContainsFunc(m.Out, has) ||
		slices.ContainsFunc(m.Losses, func(l supply.Loss) bool { return l.Element == e })
}

// Steps is the accounts of the makings in scope. A making without inputs or without outputs is no balance and left out.
func (b *Books) Steps(s *Scope) []Step {
	makings := b.Within(s)
	set := b.elements(s, makings)
	var steps []Step
	for _, i := range makings {
		m := &b.Makings[i]
		if len(m.In) == 0 || len(m.Out) == 0 || slices.Contains(m.Phases, supply.Mined) {
			continue
		}
		t := b.tally(m)
		step := Step{Making: m}
		if m.keepsMass() && s.Elements.Empty() {
			step.Accounts = append(step.Accounts, t.account(element.None, m.Losses, m.Unread))
		}
		for e := range set.All() {
			if b.assayedIn(m, e) {
				step.Accounts = append(step.Accounts, t.account(e, m.Losses, m.Unread))
			}
		}
		steps = append(steps, step)
	}
	return steps
}

// tally is the weighings of a making.
func (b *Books) tally(m *Making) *tally {
	t := newTally(b)
	for k := range m.In {
		t.add(in, &m.In[k], 1)
	}
	for k := range m.Out {
		t.add(out, &m.Out[k], 1)
	}
	return t
}

// account is one account of a making.
func (b *Books) account(m *Making, e element.Element) Account {
	return b.tally(m).account(e, m.Losses, m.Unread)
}

// Stocks is the accounts of lots up to the end of the scope's period: those named, else those that the makings in scope
// make or draw from. Over-issue comes first, then the lots by id.
func (b *Books) Stocks(s *Scope) []Stock {
	lots := slices.Clone(s.Lots)
	if lots == nil {
		for _, i := range b.Within(s) {
			for _, f := range b.Makings[i].In {
				lots = append(lots, f.Lot)
			}
			for _, f := range b.Makings[i].Out {
				lots = append(lots, f.Lot)
			}
		}
		for id, l := range b.Lots {
			if slices.ContainsFunc(l.Begun, func(x Begin) bool { return s.Period.Covers(x.Date) && (s.AnySite || b.In(x.Facility, s.Site)) }) {
				lots = append(lots, id)
			}
		}
	}
	slices.Sort(lots)
	var list []Stock
	for _, id := range slices.Compact(lots) {
		if l := b.Lots[id]; l != nil {
			list = append(list, b.stocks(s, l)...)
		}
	}
	slices.SortStableFunc(list, func(x, y Stock) int {
		return cmp.Or(-cmp.Compare(b2i(x.OverIssue), b2i(y.OverIssue)), cmp.Compare(x.Lot.ID, y.Lot.ID), cmp.Compare(x.Element, y.Element))
	})
	return list
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// stocks is a lot's account of all mass, and of each element asked for.
func (b *Books) stocks(s *Scope, l *Lot) []Stock {
	t := newTally(b)
	none, born := true, false
	b.history(l, func(f *Flow, made bool, at when) {
		if s.Period.Until != 0 && at.day > s.Period.Until {
			return
		}
		none = false
		if made {
			born = true
			t.add(in, f, 1)
			t.add(left, f, 1)
			return
		}
		t.add(out, f, 1)
		t.add(left, f, -1)
	})
	if none {
		return nil
	}
	var list []Stock
	for _, e := range append([]element.Element{element.None}, slices.Collect(s.Elements.All())...) {
		if _, _, c := l.Of(e); e != element.None && c == Without {
			continue
		}
		a := t.account(e, nil, false)
		if !born { // drawn from, and nothing says how much there was
			a.In = Figure{Missing: []supply.LotID{l.ID}}
			a.Left = a.In
		}
		x := Stock{Lot: l, Element: e, Made: a.In, Drawn: a.Out, Left: a.Left}
		if e == element.None && a.In.Known && len(b.draws[l.ID])+len(l.Gone) > 0 {
			// An unknown part of what was drawn can only add to it.
			if kg := -a.Left.Mass.Float(); kg > 0 && a.Left.SD > 0 {
				x.Sigma = kg / a.Left.SD
			}
			x.OverIssue = x.Sigma > Sigmas
		}
		list = append(list, x)
	}
	return list
}

// when is when a flow was, and in which making: −1 where there is none.
type when struct {
	day    quantity.Date
	time   time.Time
	making int
}

// history calls f for every flow into and out of a lot: its beginnings and makings, its draws, and what is gone.
func (b *Books) history(l *Lot, f func(flow *Flow, made bool, at when)) {
	for i := range l.Begun {
		f(&l.Begun[i].Flow, true, when{l.Begun[i].Date, l.Begun[i].Time, -1})
	}
	for _, i := range b.makes[l.ID] {
		m := &b.Makings[i]
		for k := range m.Out {
			if m.Out[k].Lot == l.ID {
				f(&m.Out[k], true, when{m.Date, m.Time, i})
			}
		}
	}
	for i := range l.Gone {
		f(&l.Gone[i].Flow, false, when{l.Gone[i].Date, l.Gone[i].Time, -1})
	}
	for _, i := range b.draws[l.ID] {
		m := &b.Makings[i]
		for k := range m.In {
			if m.In[k].Lot == l.ID {
				f(&m.In[k], false, when{m.Date, m.Time, i})
			}
		}
	}
}
