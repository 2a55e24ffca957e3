package genealogy

import (
	"math/bits"

	"lodestone/supply"
)

// Lineage is every lot that a lot was made from, or with down every lot that holds material of it by a making, in order
// of the ids; containers drawn from are opened, and are not themselves listed unless something made them. It is Trace
// without its arrows: a bare walk, for counting, comparing and re-judging.
func (g *Graph) Lineage(id supply.LotID, down bool) []supply.LotID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	found := g.walk(l, down)
	if len(found) < len(g.lots.rows)/16 && !g.ordered() { // putting all lots in order for a few takes longer
		g.byID(found)
		list := make([]supply.LotID, len(found))
		for i, x := range found {
			list[i] = supply.LotID(g.lots.id(x))
		}
		return list
	}
	order, pos := g.order()
	// A bit for each place in the order sorts them.
	places := make([]uint64, (len(order)+63)/64)
	for _, x := range found {
		places[pos[x]>>6] |= 1 << (pos[x] & 63)
	}
	list := make([]supply.LotID, 0, len(found))
	for i, w := range places {
		for ; w != 0; w &= w - 1 {
			list = append(list, supply.LotID(g.lots.id(order[i<<6+bits.TrailingZeros64(w)])))
		}
	}
	return list
}

// walk is the lots above or below one, without it unless it lies on a cycle.
func (g *Graph) walk(from int32, down bool) []int32 {
	seen := make([]uint64, (len(g.lots.rows)+63)/64)
	txns := make([]uint64, (len(g.txns)+63)/64)
	var list []int32
	put := func(items []item) {
		for _, it := range items {
			if w, b := it.lot>>6, uint64(1)<<(it.lot&63); seen[w]&b == 0 {
				seen[w] |= b
				list = append(list, it.lot)
			}
		}
	}
	take := func(n int32) {
		if down {
			put(g.outOf(&g.events[n]))
		} else {
			put(g.inputs(n))
		}
	}
	next := func(l int32) {
		row := &g.lots.rows[l]
		head := row.makers
		if down {
			head = row.draws
		}
		for head != 0 {
			r := g.refs[head-1]
			head = r.next
			ev := &g.events[r.event]
			if !ev.live || r.role == asContent && !holds(g.viaOf(ev), l) {
				continue
			}
			t := ev.txnNo
			if t < 0 {
				take(r.event)
				continue
			}
			if w, b := t>>6, uint64(1)<<(t&63); txns[w]&b == 0 {
				txns[w] |= b
				for n := g.txns[t].first; n >= 0; n = g.events[n].txnNext {
					if g.events[n].live {
						take(n)
					}
				}
			}
		}
	}
	next(from)
	for done := 0; done < len(list); {
		level := list[done:]
		done = len(list)
		inPlace(level) // lots that came together lie together: far fewer cache misses
		for _, l := range level {
			next(l)
		}
	}
	if down {
		return list
	}
	// Containers that were only opened are no ancestors.
	kept := list[:0]
	for _, l := range list {
		if g.lots.rows[l].marks&holder == 0 || !g.isWrapper(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// inPlace puts lots in order of their numbers, when they lie close enough for that to be quick.
func inPlace(level []int32) {
	if len(level) < 64 {
		return
	}
	low, high := level[0], level[0]
	for _, l := range level {
		low, high = min(low, l), max(high, l)
	}
	words := int(high-low)>>6 + 1
	if words > 4*len(level) {
		return
	}
	set := make([]uint64, words)
	for _, l := range level {
		set[(l-low)>>6] |= 1 << ((l - low) & 63)
	}
	i := 0
	for w, b := range set {
		for ; b != 0; b &= b - 1 {
			level[i] = low + int32(w<<6+bits.TrailingZeros64(b))
			i++
		}
	}
}
