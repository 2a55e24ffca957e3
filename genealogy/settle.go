package genealogy

import (
	"cmp"
	"container/heap"
	"slices"

	"lodestone/supply"
)

// markStale notes that a lot's own facts are to be worked out again.
func (g *Graph) markStale(l int32) {
	if row := &g.lots.rows[l]; row.marks&noted == 0 {
		row.marks |= noted
		g.stales = append(g.stales, l)
	}
}

// markWide notes a lot whose elements, piece mass, assays or manner of being may have changed: every lot made beside it
// or from it looks at these.
func (g *Graph) markWide(l int32) {
	g.markStale(l)
	row := &g.lots.rows[l]
	around := func(n int32, _ role) { g.markOutputs(n) }
	g.each(row.makers, around)
	g.each(row.draws, around)
}

func (g *Graph) markOutputs(n int32) {
	ev := &g.events[n]
	for _, it := range g.outOf(ev) {
		g.markStale(it.lot)
	}
	if ev.txnNo >= 0 {
		for m := g.txns[ev.txnNo].first; m >= 0; m = g.events[m].txnNext {
			for _, it := range g.outOf(&g.events[m]) {
				g.markStale(it.lot)
			}
		}
	}
}

// markEvent notes every lot whose own facts an event has a part in.
func (g *Graph) markEvent(n int32) {
	ev := &g.events[n]
	g.markOutputs(n)
	for _, it := range g.inOf(ev) {
		g.markStale(it.lot)
	}
	for _, it := range g.viaOf(ev) {
		g.markStale(it.lot)
	}
	for _, it := range g.thingsOf(ev) {
		if g.lots.rows[it.lot].marks&holder != 0 {
			g.markWide(it.lot)
		}
		g.markStale(it.lot)
	}
	for _, it := range g.outOf(ev) {
		if g.lots.rows[it.lot].marks&holder != 0 {
			g.markWide(it.lot)
		}
	}
	if ev.parent >= 0 {
		g.markWide(ev.parent)
	}
	for _, a := range g.assaysIn(ev) {
		g.markWide(a.lot)
	}
	for _, k := range g.kindsOf(ev) {
		g.markWide(k.lot)
	}
}

// settle works out what followed from the entries since it was last called:
//
//  1. which events stand (relive), and what was drawn through containers (reopen);
//  2. the order of the lots and their cycles, where arrows came or went (arrange);
//  3. the own facts of the lots that an entry touched (renew);
//  4. the profiles, in order from the mines down, from those lots on and no further than a profile changes (propagate).
func (g *Graph) settle() {
	if g.settled {
		return
	}
	g.relive()
	g.reopen()
	g.arrange()
	for i := g.fresh; i < len(g.lots.rows); i++ {
		g.markStale(int32(i))
	}
	g.fresh = len(g.lots.rows)
	list := g.stales
	g.stales = nil
	for _, l := range list {
		g.renewElements(l)
	}
	g.up.grow(len(g.lots.rows))
	g.down.grow(len(g.lots.rows))
	for _, l := range list {
		g.aim(l)
		g.renew(l)
		g.lots.rows[l].marks &^= noted
	}
	g.up.tidy()
	g.down.tidy()
	g.propagate(list)
	g.settled = true
}

// queue is lots by rank: all that a lot is made from come before it.
type queue struct {
	g    *Graph
	list []int32
}

func (q *queue) Len() int { return len(q.list) }
func (q *queue) Less(i, j int) bool {
	return q.g.lots.rows[q.list[i]].rank < q.g.lots.rows[q.list[j]].rank
}
func (q *queue) Swap(i, j int) { q.list[i], q.list[j] = q.list[j], q.list[i] }
func (q *queue) Push(x any)    { q.list = append(q.list, x.(int32)) }
func (q *queue) Pop() any {
	last := len(q.list) - 1
	x := q.list[last]
	q.list = q.list[:last]
	return x
}

// propagate works out profiles from the lots given on. They are put in order once; the queue is for those that come to
// be asked for on the way.
func (g *Graph) propagate(from []int32) {
	q := &queue{g: g}
	put := func(l int32) {
		if row := &g.lots.rows[l]; row.marks&queued == 0 {
			row.marks |= queued
			heap.Push(q, l)
		}
	}
	var first []int32
	for _, l := range append(from, g.moved...) {
		if row := &g.lots.rows[l]; row.marks&queued == 0 {
			row.marks |= queued
			first = append(first, l)
		}
	}
	g.moved = nil
	rank := func(l int32) int32 { return g.lots.rows[l].rank }
	slices.SortFunc(first, func(a, b int32) int { return cmp.Compare(rank(a), rank(b)) })
	for len(first)+q.Len() > 0 {
		var l int32
		if len(first) > 0 && (q.Len() == 0 || rank(first[0]) <= rank(q.list[0])) {
			l, first = first[0], first[1:]
		} else {
			l = heap.Pop(q).(int32)
		}
		row := &g.lots.rows[l]
		if row.marks&queued == 0 {
			continue // done with its cycle
		}
		if row.comp >= 0 {
			for _, m := range g.renewCycle(row.comp) {
				g.each(g.lots.rows[m].draws, func(n int32, _ role) { g.eachOutput(n, put) })
			}
			for _, m := range g.comps[row.comp].members {
				g.lots.rows[m].marks &^= queued
			}
			continue
		}
		row.marks &^= queued
		if p := g.profileOf(l); p != row.profile {
			row.profile = p
			g.each(row.draws, func(n int32, _ role) { g.eachOutput(n, put) })
		}
	}
}

// eachOutput calls f for each output of the making an event is part of, if it stands.
func (g *Graph) eachOutput(n int32, f func(l int32)) {
	ev := &g.events[n]
	if !ev.live {
		return
	}
	if ev.txnNo < 0 {
		for _, it := range g.outOf(ev) {
			f(it.lot)
		}
		return
	}
	for m := g.txns[ev.txnNo].first; m >= 0; m = g.events[m].txnNext {
		if g.events[m].live {
			for _, it := range g.outOf(&g.events[m]) {
				f(it.lot)
			}
		}
	}
}

// profileOf is a lot's profile from those of its inputs: what each making brings, restricted to the lot's elements, and
// what the lot itself brings.
func (g *Graph) profileOf(l int32) setID {
	return g.sets.union(g.inherited(l, func(int32) bool { return true }), g.lots.rows[l].adds)
}

// inherited is what the makings of a lot bring from those inputs that are asked for.
func (g *Graph) inherited(l int32, from func(l int32) bool) setID {
	row := &g.lots.rows[l]
	var all []setID
	var txns []int32
	g.each(row.makers, func(n int32, _ role) {
		ev := &g.events[n]
		if !ev.live {
			return
		}
		again := ev.phase == supply.Recycled
		keeps := keepsElements(ev.phase)
		ids := g.setBuf[:0]
		take := func(n int32) {
			for _, it := range g.inputs(n) {
				if from(it.lot) {
					ids = append(ids, g.lots.rows[it.lot].profile)
				}
			}
		}
		if ev.txnNo < 0 {
			take(n)
		} else {
			if slices.Contains(txns, ev.txnNo) {
				return
			}
			txns = append(txns, ev.txnNo)
			for m := g.txns[ev.txnNo].first; m >= 0; m = g.events[m].txnNext {
				if g.events[m].live {
					again = again || g.events[m].phase == supply.Recycled
					keeps = keeps && keepsElements(g.events[m].phase)
					take(m)
				}
			}
		}
		g.setBuf = ids
		elems := row.elems
		if keeps {
			elems = 0
		}
		all = append(all, g.sets.limit(g.sets.unionAll(ids), elems, again))
	})
	return g.sets.unionAll(all)
}

// keepsElements tells whether what goes into a phase comes out of it, so that leaving an element out of the product's
// declared constituents does not part it from its history: from the melting of the alloy on nothing separates elements.
func keepsElements(p supply.Phase) bool { return p >= supply.Melted && p <= supply.Assembled }
