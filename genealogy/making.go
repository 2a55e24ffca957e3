package genealogy

import (
	"cmp"
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// making is one making: a transformation, or all live transformations of one transformationID, whose inputs feed all
// their outputs.
type making struct {
	events []int32 // live, in canonical order
	txn    int32   // index of the group, -1 for a single event
}

// makingOf is the making an event is part of.
func (g *Graph) makingOf(n int32) making {
	t := g.events[n].txnNo
	if t < 0 {
		return making{[]int32{n}, -1}
	}
	return making{g.liveSorted(t), t}
}

// makingsOf is the live makings of a lot, in order of their first events.
func (g *Graph) makingsOf(l int32) []making {
	var list []making
	for _, n := range g.makersOf(l) {
		t := g.events[n].txnNo
		if t >= 0 && slices.ContainsFunc(list, func(m making) bool { return m.txn == t }) {
			continue
		}
		list = append(list, g.makingOf(n))
	}
	return list
}

// makersOf is the live transformations that name a lot as output, in canonical order.
func (g *Graph) makersOf(l int32) []int32 {
	var list []int32
	g.each(g.lots.rows[l].makers, func(n int32, _ role) {
		if g.events[n].live {
			list = append(list, n)
		}
	})
	return g.inOrder(list)
}

// drawsOf is the live transformations that draw from a lot, itself or through a container.
func (g *Graph) drawsOf(l int32) []int32 {
	var list []int32
	g.each(g.lots.rows[l].draws, func(n int32, r role) {
		if g.events[n].live && (r != asContent || slices.ContainsFunc(g.viaOf(&g.events[n]), func(it item) bool { return it.lot == l })) {
			list = append(list, n)
		}
	})
	return g.inOrder(list)
}

// objectOf is the live events that name a lot as object or child, or as the parent, in canonical order.
func (g *Graph) objectOf(l int32) []int32 {
	var list []int32
	g.each(g.lots.rows[l].others, func(n int32, r role) {
		if g.events[n].live && r != asSubject {
			list = append(list, n)
		}
	})
	return g.inOrder(list)
}

// liveSorted is the live events of one transformationID, in canonical order.
func (g *Graph) liveSorted(t int32) []int32 {
	var list []int32
	for n := g.txns[t].first; n >= 0; n = g.events[n].txnNext {
		if g.events[n].live {
			list = append(list, n)
		}
	}
	return g.inOrder(list)
}

func (g *Graph) inOrder(list []int32) []int32 {
	if len(list) > 1 {
		if g.before(list[len(list)-1], list[0]) < 0 {
			slices.Reverse(list) // a chain has the latest arrival first
		}
		slices.SortFunc(list, g.before)
		list = slices.Compact(list)
	}
	return list
}

// phases is the phases of a making's events as bits.
func (g *Graph) phases(m making) uint32 {
	var bits uint32
	for _, n := range m.events {
		bits |= 1 << g.events[n].phase
	}
	return bits
}

const origins = 1<<supply.Mined | 1<<supply.Recycled

// earliest is the first phase in chain order, NoPhase when there is none.
func earliest(bits uint32) supply.Phase {
	for p := supply.NoPhase + 1; p < supply.PhaseCount; p++ {
		if bits&(1<<p) != 0 {
			return p
		}
	}
	return supply.NoPhase
}

// feed is the inputs of a making, containers opened, and its outputs, each lot once, in order of the ids.
func (g *Graph) feed(m making) (in, out []int32) {
	for _, n := range m.events {
		for _, it := range g.inputs(n) {
			in = append(in, it.lot)
		}
		for _, it := range g.outOf(&g.events[n]) {
			out = append(out, it.lot)
		}
	}
	return g.byID(in), g.byID(out)
}

// byID sorts lots by their ids and drops repeats.
func (g *Graph) byID(list []int32) []int32 {
	if len(list) > 1 {
		slices.SortFunc(list, func(a, b int32) int { return cmp.Compare(g.lots.id(a), g.lots.id(b)) })
		list = slices.Compact(list)
	}
	return list
}

// supplied is the elements the inputs of a making can bring, and false when one of them may hold anything.
func (g *Graph) supplied(in []int32, but func(l int32) bool) (element.Set, bool) {
	var set element.Set
	for _, l := range in {
		if but(l) || g.isWrapper(l) {
			continue
		}
		e := g.lots.rows[l].elems
		if e.Empty() {
			return 0, false
		}
		set = set.Union(e)
	}
	return set, true
}

// isWrapper tells whether a lot is a container or assembly and nothing else: it holds lots, and no event makes it of
// material. Its own commissioning, or being assembled, tells nothing of what is in it.
func (g *Graph) isWrapper(l int32) bool {
	if !g.isHolder(l) || len(g.makersOf(l)) > 0 {
		return false
	}
	for _, n := range g.objectOf(l) {
		ev := &g.events[n]
		if ev.kind == observes && ev.action == add && ev.phase != supply.NoPhase && ev.phase != supply.Assembled {
			return false
		}
	}
	return true
}

// begins is the live object events that commission a lot, in canonical order.
func (g *Graph) begins(l int32) []int32 {
	var list []int32
	for _, n := range g.objectOf(l) {
		if ev := &g.events[n]; ev.kind == observes && ev.action == add && g.names1(ev, l) {
			list = append(list, n)
		}
	}
	return list
}

// names1 tells whether a lot is among an event's objects.
func (g *Graph) names1(ev *event, l int32) bool {
	return slices.ContainsFunc(g.thingsOf(ev), func(it item) bool { return it.lot == l })
}

// treated is the live events that say a phase happened to a lot, other than transformations: objects and children of
// ADD and OBSERVE. To be assembled happens to the parent.
func (g *Graph) treated(l int32) []int32 {
	var list []int32
	for _, n := range g.objectOf(l) {
		ev := &g.events[n]
		if ev.phase == supply.NoPhase && !ev.unknown || ev.action == del && ev.kind != observes {
			continue
		}
		if ev.phase == supply.Assembled && ev.kind != observes {
			if ev.parent == l {
				list = append(list, n)
			}
		} else if g.names1(ev, l) {
			list = append(list, n)
		}
	}
	return list
}
