package genealogy

import (
	"cmp"
	"math"
	"slices"
	"time"

	"lodestone/supply"
)

// stay is one lot's time in a container or assembly: from a moment on, until another, in Unix milliseconds.
type stay struct {
	child       int32
	from, until int64
	amount      Amount // what went in, less what was taken out; Unstated when any part is
	in, out     weighed
}

// put adds to what is there.
func (s *stay) put(a Amount) {
	s.in.add(a)
	s.amount = Amount{}
	if !s.in.partial {
		s.amount = s.in.sum
		if s.out.sum.same(s.amount) {
			s.amount.Value -= s.out.sum.Value
		}
	}
}

// take takes out of what is there, and tells whether something is left: more than the scales may differ by.
func (s *stay) take(a Amount) bool {
	if !s.amount.same(a) {
		return false
	}
	s.out.add(a)
	if !s.in.exceeds(&s.out, sigmas) {
		return false
	}
	s.amount.Value -= a.Value
	return true
}

const forever = math.MaxInt64

// stays is the contents of a parent over all time, by child and time. ADD puts in, DELETE takes out, without children
// everything; OBSERVE tells that the child was there by then, so it counts as put in when it was not. At one instant
// what is taken out goes first: what is both taken out and put in is in. A part of a lot taken out leaves the rest, where that
// is more than three combined standard uncertainties of the weighings: two scales never agree, and a box emptied by the second
// is empty.
func (g *Graph) stays(parent int32) []stay {
	var evs []int32
	g.each(g.lots.rows[parent].others, func(n int32, r role) {
		ev := &g.events[n]
		if r == asParent && ev.live && ev.kind != observes && ev.action != noAction {
			evs = append(evs, n)
		}
	})
	slices.SortFunc(evs, func(a, b int32) int {
		x, y := &g.events[a], &g.events[b]
		return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(b2i(x.action != del), b2i(y.action != del)), g.before(a, b))
	})
	var done []stay
	open := map[int32]*stay{}
	shut := func(s *stay, at int64) {
		if at > s.from {
			s.until = at
			done = append(done, *s)
		}
		delete(open, s.child)
	}
	for _, n := range slices.Compact(evs) {
		ev := &g.events[n]
		if ev.action == del && len(g.thingsOf(ev)) == 0 {
			for _, s := range open {
				shut(s, ev.time)
			}
			continue
		}
		for _, it := range g.thingsOf(ev) {
			if it.lot == parent {
				continue
			}
			s := open[it.lot]
			switch {
			case ev.action == del && s == nil:
			case ev.action == del && it.amount.Kind != Unstated && s.amount.Kind == Unstated && !it.serial:
				// Some of an unknown amount: the rest may be there.
			case ev.action == del:
				if !s.take(it.amount) {
					shut(s, ev.time)
				}
			case s == nil:
				s = &stay{child: it.lot, from: ev.time, until: forever}
				s.put(it.amount)
				open[it.lot] = s
			case ev.action == add && !it.serial:
				s.put(it.amount)
			}
		}
	}
	for _, s := range open {
		done = append(done, *s)
	}
	slices.SortFunc(done, func(a, b stay) int {
		return cmp.Or(cmp.Compare(g.lots.id(a.child), g.lots.id(b.child)), cmp.Compare(a.from, b.from), cmp.Compare(a.until, b.until))
	})
	return done
}

// contents is what a parent holds at a moment, in order of the ids.
func (g *Graph) contents(parent int32, at int64) []stay {
	if g.lots.rows[parent].marks&holder == 0 {
		return nil
	}
	var list []stay
	for _, s := range g.stays(parent) {
		if s.from <= at && at < s.until {
			list = append(list, s)
		}
	}
	return list
}

// bothHold tells whether two parents hold a lot at one time without the one being in the other when that begins or ends.
func (g *Graph) bothHold(a, b, child int32) bool {
	inside := func(outer, inner int32, at int64) bool {
		return slices.ContainsFunc(g.opened(nil, outer, at), func(it item) bool { return it.lot == inner })
	}
	for _, s := range g.stays(a) {
		for _, o := range g.stays(b) {
			from, last := max(s.from, o.from), min(s.until, o.until)-1
			if s.child == child && o.child == child && from <= last &&
				!inside(a, b, from) && !inside(b, a, from) && !inside(a, b, last) && !inside(b, a, last) {
				return true
			}
		}
	}
	return false
}

// moment is a question's time; the zero time is after everything.
func moment(at time.Time) int64 {
	if at.IsZero() {
		return forever - 1
	}
	return millis(at)
}

// opened adds to a list all that a lot holds at a moment, down to the innermost, each lot once, as items with the amount
// that is in it.
func (g *Graph) opened(list []item, l int32, at int64) []item {
	for _, s := range g.contents(l, at) {
		if !slices.ContainsFunc(list, func(x item) bool { return x.lot == s.child }) {
			list = g.opened(append(list, item{lot: s.child, amount: s.amount}), s.child, at)
		}
	}
	return list
}

// isHolder tells whether a live event put anything into the lot, or took anything out.
func (g *Graph) isHolder(l int32) bool {
	row := &g.lots.rows[l]
	found := false
	if row.marks&holder != 0 {
		g.each(row.others, func(n int32, r role) {
			ev := &g.events[n]
			found = found || r == asParent && ev.live && ev.kind != observes
		})
	}
	return found
}

// openBox notes that what a container holds may have changed.
func (g *Graph) openBox(parent int32) {
	if g.lots.rows[parent].marks&rebuild == 0 {
		g.lots.rows[parent].marks |= rebuild
		g.boxes = append(g.boxes, parent)
	}
	g.lots.rows[parent].marks |= holder
}

// reopen works out anew what was drawn through the containers noted and those that ever held them.
func (g *Graph) reopen() {
	for i := 0; i < len(g.boxes); i++ {
		b := g.boxes[i]
		g.each(g.lots.rows[b].others, func(n int32, r role) {
			ev := &g.events[n]
			if r == asObject && ev.parent >= 0 && ev.kind != observes {
				g.openBox(ev.parent)
			}
			if r == asParent && ev.phase == supply.Assembled { // see assemblies
				for _, it := range g.thingsOf(ev) {
					g.markStale(it.lot)
				}
			}
		})
		g.markWide(b)
		g.each(g.lots.rows[b].draws, func(n int32, _ role) { g.reopenDraw(n) })
	}
	for _, b := range g.boxes {
		g.lots.rows[b].marks &^= rebuild
	}
	g.boxes = nil
	// Events that came with containers already known.
	for _, n := range g.makings {
		g.reopenDraw(n)
	}
}

// reopenDraw works out anew what one event draws through containers.
func (g *Graph) reopenDraw(n int32) {
	ev := &g.events[n]
	if !slices.ContainsFunc(g.inOf(ev), func(it item) bool { return g.lots.rows[it.lot].marks&holder != 0 }) {
		return
	}
	via := slices.Clone(g.inOf(ev))
	for _, it := range g.inOf(ev) {
		via = g.opened(via, it.lot, ev.time)
	}
	for i := len(g.inOf(ev)); i < len(via); i++ {
		via[i].amount = Amount{} // how much of it was drawn with the container nobody states
	}
	if slices.Equal(via, g.viaOf(ev)) {
		return
	}
	for _, it := range g.viaOf(ev) {
		g.markStale(it.lot)
	}
	g.broken = g.broken || g.inCycle(ev)
	old := g.viaOf(ev)
	g.setVia(ev, via)
	for _, it := range via {
		g.markStale(it.lot)
		has := func(x item) bool { return x.lot == it.lot }
		if !slices.ContainsFunc(old, has) && !slices.ContainsFunc(g.inOf(ev), has) {
			g.link(it.lot, n, asContent)
			ev = &g.events[n]
		}
	}
	g.markEvent(n)
	g.makings = append(g.makings, n)
}

// inputs is what an event draws, containers opened.
func (g *Graph) inputs(n int32) []item {
	ev := &g.events[n]
	if ev.via != 0 {
		return g.vias[ev.via]
	}
	return g.inOf(ev)
}

// Contents is what a container or assembly holds at a moment, innermost included, in order of the ids; the zero time is
// after everything.
func (g *Graph) Contents(id supply.LotID, at time.Time) []supply.LotID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	var ids []supply.LotID
	for _, it := range g.opened(nil, l, moment(at)) {
		if it.lot != l {
			ids = append(ids, supply.LotID(g.lots.id(it.lot)))
		}
	}
	slices.Sort(ids)
	return ids
}

// find is the lot of an id in any of its spellings.
func (g *Graph) find(id supply.LotID) (int32, bool) {
	n, ok := g.lots.find(canon(string(id)))
	return n, ok
}
