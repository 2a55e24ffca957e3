package genealogy

import "math/bits"

// walk is the lots above or below one, without it unless it lies on a cycle. Lots are mostly numbered after those they
// are made from; so of the lots still to visit the last is taken next, or with down the first, and it comes when all that
// leads to it has been visited, in one sweep along the rows. Where numbers run the other way the sweep goes back.
func (g *Graph) walk(from int32, down bool) numbers {
	arrows := &g.up
	if down {
		arrows = &g.down
	}
	todo, seen := agendaTo(len(g.lots.rows), down), numbersTo(len(g.lots.rows))
	var makings numbers // gone across
	visit := func(l int32) {
		ends := arrows.of(l)
		for len(ends) > 0 && ends[0] < 0 {
			if makings == nil {
				makings = numbersTo(len(g.events))
			}
			if n := g.firstOf(^ends[0]); makings.add(n) {
				todo.put(g.across(nil, n, down))
			}
			ends = ends[1:]
		}
		todo.put(ends)
	}
	visit(from)
	for w := todo.next(); w >= 0; w = todo.next() {
		been := seen[w]
		for x := todo.numbers[w] &^ been; x != 0; x = todo.numbers[w] &^ been {
			been |= x
			for ; x != 0; x &= x - 1 {
				visit(w<<6 | int32(bits.TrailingZeros64(x)))
			}
		}
		seen[w] = been
		todo.done(w)
	}
	return seen
}

// firstOf is the event by which the making that an event is part of is known.
func (g *Graph) firstOf(n int32) int32 {
	if t := g.events[n].txnNo; t >= 0 {
		return g.txns[t].first
	}
	return n
}

// across adds to a list the lots at the far side of a making known by its first event: what it gives, or what it draws,
// containers opened and left out.
func (g *Graph) across(list []int32, n int32, down bool) []int32 {
	for ; n >= 0; n = g.events[n].txnNext {
		ev := &g.events[n]
		switch {
		case !ev.live:
		case down:
			for _, it := range g.outOf(ev) {
				list = append(list, it.lot)
			}
		default:
			for _, it := range g.inputs(n) {
				if ev.via == 0 || !g.isWrapper(it.lot) {
					list = append(list, it.lot)
				}
			}
		}
	}
	return list
}
