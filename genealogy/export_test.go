package genealogy

import (
	"slices"

	"lodestone/supply"
)

// ChainedLineage is Lineage along the chains of events.
func (g *Graph) ChainedLineage(id supply.LotID, down bool) []supply.LotID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	var ids []supply.LotID
	for _, x := range g.chained(l, down) {
		ids = append(ids, supply.LotID(g.lots.id(x)))
	}
	slices.Sort(ids)
	return ids
}

// chained is what walk gives, found without the arrows that lie side by side: along the chains of events of each lot.
func (g *Graph) chained(from int32, down bool) []int32 {
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
