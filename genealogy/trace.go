package genealogy

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"lodestone/record"
	"lodestone/supply"
)

// TraceOptions says which way to trace and how far.
type TraceOptions struct {
	Down  bool      // to the end items (recall); else up, to the mines
	Depth int       // arrows from the root; 0 for all
	At    time.Time // what the root holds, or what a container drawn from is asked of; zero is after everything
}

// Trace is a lot with its ancestors or descendants. A lot stands once, however many ways lead to it, so a cycle ends.
type Trace struct {
	Root      supply.LotID
	Down      bool
	Nodes     []TraceNode  // the root first, then by depth and id
	Arrows    []TraceArrow // material flows From to To; by To, From, time up, by From, To, time down
	Truncated bool         // the depth asked for cut it short
}

// TraceNode is one lot of a trace.
type TraceNode struct {
	LotSummary
	Depth    int    // least number of arrows from the root
	Origin   bool   // mined or recycled here: a way up ends
	Unknown  bool   // a hole opens here: no recorded making, or more came out than went in
	Cycle    bool   // on a cycle of lots
	Findings []Flag // at the lot itself
}

// TraceArrow is material going from one lot into another, or a lot being inside another.
type TraceArrow struct {
	From, To  supply.LotID
	Phase     supply.Phase // of the making; its earliest when it has several
	Facility  supply.FacilityID
	Country   supply.Country
	Campaign  string       // transformationID
	Via       supply.LotID // the container it was drawn through
	Contained bool         // From is inside To, not made into it
	Amount    Amount       // drawn from From, or put in
	Time      time.Time    // of the making, or from when on it is inside
	Until     time.Time    // of a stay that has ended
	Entries   []record.ID  // the entries of the making
}

// Trace follows the makings of a lot up to the mines or down to the end items. Containers drawn from are opened: the
// arrow goes from what was in them, with the container named. Upwards the root is opened too, and what it holds, at the
// moment asked of; downwards every container that ever held a lot of the trace is there, with those that held it in turn
// while the lot was inside.
func (g *Graph) Trace(id supply.LotID, o TraceOptions) (*Trace, error) {
	g.read()
	defer g.mu.RUnlock()
	t, err := g.follow(id, o)
	if err != nil {
		return nil, err
	}
	return t.written(), nil
}

// follow walks a trace. The caller holds the read lock.
func (g *Graph) follow(id supply.LotID, o TraceOptions) (*tracer, error) {
	l, ok := g.find(id)
	if !ok {
		return nil, fmt.Errorf("trace %s: no entry names that lot: look for it in the list of lots", id)
	}
	t := &tracer{g: g, o: o, root: l, at: moment(o.At), depth: map[int32]int{l: 0}, boxed: map[int32][]window{}, opened: map[int32]bool{}, made: map[int32]bool{}, stays: map[link]bool{}}
	t.level = []visit{{lot: l, open: !o.Down, makes: true}}
	for d := 0; len(t.level) > 0; d++ {
		level := t.level
		t.level = nil
		cut := o.Depth > 0 && d >= o.Depth
		for _, v := range level {
			t.step(v, d, cut)
		}
	}
	return t, nil
}

// link is an arrow before it is written out.
type link struct {
	from, to, via int32 // via -1: drawn itself
	making        int32 // the first event of the making; -1: from is inside to
	shared        bool  // the making has several products
	amount        Amount
	since, until  int64 // of a stay
}

// visit is a lot to go on from: through its makings, through what it holds, or as a container over a stretch of time.
type visit struct {
	lot   int32
	makes bool // follow its makings or draws
	open  bool // follow what it holds
	box   *window
}

// window is a stretch of time.
type window struct{ from, until int64 }

type tracer struct {
	g      *Graph
	o      TraceOptions
	root   int32
	at     int64
	depth  map[int32]int
	made   map[int32]bool
	opened map[int32]bool
	boxed  map[int32][]window
	level  []visit
	links  []link
	stays  map[link]bool // those among the links

	truncated bool
}

// reach notes that an arrow leads to a lot, and where to go on from it.
func (t *tracer) reach(v visit, depth int) {
	if _, known := t.depth[v.lot]; !known {
		t.depth[v.lot] = depth
	}
	t.level = append(t.level, v)
}

func (t *tracer) step(v visit, d int, cut bool) {
	g := t.g
	if v.makes && !t.made[v.lot] {
		t.made[v.lot] = true
		if t.o.Down {
			t.descend(v.lot, d, cut)
			t.enclose(v.lot, window{-forever, forever}, d, cut)
		} else {
			t.ascend(v.lot, d, cut)
		}
	}
	if v.open && !t.opened[v.lot] {
		t.opened[v.lot] = true
		for _, s := range g.contents(v.lot, t.at) {
			if cut {
				t.truncated = true
				return
			}
			t.stay(v.lot, s)
			t.reach(visit{lot: s.child, makes: true, open: true}, d+1)
		}
	}
	if v.box != nil {
		for _, w := range t.boxed[v.lot] {
			if w.from <= v.box.from && v.box.until <= w.until {
				return
			}
		}
		t.boxed[v.lot] = append(t.boxed[v.lot], *v.box)
		t.enclose(v.lot, *v.box, d, cut)
	}
}

func (t *tracer) stay(parent int32, s stay) {
	x := link{from: s.child, to: parent, via: -1, making: -1, amount: s.amount, since: s.from, until: s.until}
	if !t.stays[x] {
		t.stays[x] = true
		t.links = append(t.links, x)
	}
}

func (t *tracer) draw(m making, f fed, to int32, products int) {
	t.links = append(t.links, link{from: f.lot, to: to, via: f.via, making: m.events[0], shared: products > 1, amount: f.amount})
}

// enclose goes to the containers that held a lot within a stretch of time.
func (t *tracer) enclose(l int32, within window, d int, cut bool) {
	g := t.g
	for _, p := range g.parentsOf(l) {
		for _, s := range g.stays(p) {
			w := window{max(s.from, within.from), min(s.until, within.until)}
			if s.child != l || w.from >= w.until {
				continue
			}
			if cut {
				t.truncated = true
				return
			}
			t.stay(p, s)
			t.reach(visit{lot: p, box: &w}, d+1)
		}
	}
}

// ascend goes to the inputs of a lot's makings.
func (t *tracer) ascend(l int32, d int, cut bool) {
	for _, m := range t.g.makingsOf(l) {
		products := 0
		for _, n := range m.events {
			products += int(t.g.events[n].outputs)
		}
		for _, f := range t.g.drawnInto(m) {
			if cut {
				t.truncated = true
				return
			}
			t.draw(m, f, l, products)
			t.reach(visit{lot: f.lot, makes: true}, d+1)
		}
	}
}

// descend goes to the outputs of the makings that draw from a lot.
func (t *tracer) descend(l int32, d int, cut bool) {
	g := t.g
	done := map[int32]bool{}
	for _, n := range g.drawsOf(l) {
		m := g.makingOf(n)
		if done[m.events[0]] {
			continue
		}
		done[m.events[0]] = true
		_, out := g.feed(m)
		for _, f := range g.drawnInto(m) {
			if f.lot != l {
				continue
			}
			for _, o := range out {
				if cut {
					t.truncated = true
					return
				}
				t.draw(m, f, o, len(out))
				t.reach(visit{lot: o, makes: true}, d+1)
			}
		}
	}
}

// fed is one input of a making.
type fed struct {
	lot, via int32 // via -1: drawn itself
	amount   Amount
}

// drawnInto is the inputs of a making with their amounts, by id and container; a container that was opened stands for
// nothing itself.
func (g *Graph) drawnInto(m making) []fed {
	var list []fed
	put := func(l, via int32, a Amount) {
		for i := range list {
			if f := &list[i]; f.lot == l && f.via == via {
				if f.amount.same(a) {
					f.amount = f.amount.plus(a)
				} else {
					f.amount = Amount{}
				}
				return
			}
		}
		list = append(list, fed{l, via, a})
	}
	for _, n := range m.events {
		ev := &g.events[n]
		for _, it := range g.inOf(ev) {
			inner := g.opened(nil, it.lot, ev.time)
			if len(inner) == 0 || !g.isWrapper(it.lot) {
				put(it.lot, -1, it.amount)
			}
			for _, c := range inner {
				if !holds(g.inOf(ev), c.lot) && (!g.isWrapper(c.lot) || len(g.contents(c.lot, ev.time)) == 0) {
					put(c.lot, it.lot, c.amount)
				}
			}
		}
	}
	name := func(l int32) string {
		if l < 0 {
			return ""
		}
		return g.lots.id(l)
	}
	slices.SortFunc(list, func(a, b fed) int {
		return cmp.Or(cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)), cmp.Compare(name(a.via), name(b.via)))
	})
	return list
}

// arrow writes a link out.
func (t *tracer) arrow(x *link) TraceArrow {
	g := t.g
	a := TraceArrow{From: supply.LotID(g.lots.id(x.from)), To: supply.LotID(g.lots.id(x.to)), Amount: x.amount}
	if x.making < 0 {
		a.Contained, a.Time = true, time.UnixMilli(x.since).UTC()
		if x.until != forever {
			a.Until = time.UnixMilli(x.until).UTC()
		}
		return a
	}
	m := g.makingOf(x.making)
	first := &g.events[m.events[0]]
	a.Phase, a.Campaign, a.Time, a.Entries = earliest(g.phases(m)), g.names.text(first.txn), time.UnixMilli(first.time).UTC(), g.entriesOfEvents(m.events)
	if x.via >= 0 {
		a.Via = supply.LotID(g.lots.id(x.via))
	}
	for _, n := range m.events {
		if ev := &g.events[n]; ev.phase == a.Phase {
			p := g.placeOf(ev)
			a.Facility = supply.FacilityID(g.names.text(p.facility))
			if len(p.countries) == 1 {
				a.Country = p.countries[0]
			}
			break
		}
	}
	return a
}

// txnPhase is the earliest phase of the making an event is part of.
func (g *Graph) txnPhase(n int32) supply.Phase {
	if g.events[n].txnNo < 0 {
		return g.events[n].phase
	}
	return earliest(g.phases(g.makingOf(n)))
}

// unknownAt tells whether a hole opens at a lot.
func (g *Graph) unknownAt(l int32) bool {
	return slices.ContainsFunc(g.sets.of(g.lots.rows[l].adds), func(a int32) bool { return g.sets.atoms[a].kind == atomHole })
}

// originAt tells whether a lot was mined or recycled.
func (g *Graph) originAt(l int32) bool {
	var bits uint32
	for _, e := range g.claimed(l) {
		bits |= 1 << g.events[e].phase
	}
	return bits&origins != 0
}

// written is the whole trace, everything in order.
func (t *tracer) written() *Trace {
	g := t.g
	out := &Trace{Root: supply.LotID(g.lots.id(t.root)), Down: t.o.Down, Truncated: t.truncated}
	for l, d := range t.depth {
		n := TraceNode{LotSummary: g.summary(l), Depth: d, Cycle: g.lots.rows[l].comp >= 0, Unknown: g.unknownAt(l), Origin: g.originAt(l)}
		for _, f := range g.flagsOf(l) {
			f.Entries = slices.Clone(f.Entries)
			n.Findings = append(n.Findings, f)
		}
		out.Nodes = append(out.Nodes, n)
	}
	for i := range t.links {
		out.Arrows = append(out.Arrows, t.arrow(&t.links[i]))
	}
	slices.SortFunc(out.Nodes, func(a, b TraceNode) int { return cmp.Or(cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.ID, b.ID)) })
	near := func(a TraceArrow) (supply.LotID, supply.LotID) {
		if t.o.Down {
			return a.From, a.To
		}
		return a.To, a.From
	}
	slices.SortFunc(out.Arrows, func(a, b TraceArrow) int {
		a1, a2 := near(a)
		b1, b2 := near(b)
		return cmp.Or(cmp.Compare(a1, b1), cmp.Compare(a2, b2), a.Time.Compare(b.Time), cmp.Compare(a.Via, b.Via), cmp.Compare(b2i(a.Contained), b2i(b.Contained)),
			cmp.Compare(a.Campaign, b.Campaign), a.Until.Compare(b.Until), cmp.Compare(a.Amount.Value, b.Amount.Value), slices.CompareFunc(a.Entries, b.Entries, compareIDs))
	})
	return out
}
