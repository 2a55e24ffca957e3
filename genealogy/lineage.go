package genealogy

import (
	"math/bits"
	"slices"

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
	n := found.count()
	if n < len(g.lots.rows)/16 && !g.ordered() { // putting all lots in order for a few takes longer
		list := make([]supply.LotID, 0, n)
		for x := range found.all {
			list = append(list, supply.LotID(g.lots.id(x)))
		}
		slices.Sort(list)
		return list
	}
	s := g.order()
	places := numbersTo(len(s.list))
	at, word := uint32(0), uint64(0) // lots named alike lie side by side: a word of places is written once for many
	for i, w := range found {
		row := s.pos[i<<6:]
		for ; w != 0; w &= w - 1 {
			p := uint32(row[bits.TrailingZeros64(w)])
			if p>>6 != at {
				places[at] |= word
				at, word = p>>6, 0
			}
			word |= 1 << (p & 63)
		}
	}
	places[at] |= word
	list := make([]supply.LotID, 0, n)
	for i, w := range places {
		row := s.ids[i<<6:]
		for ; w != 0; w &= w - 1 {
			list = append(list, supply.LotID(g.lots.textAt(row[bits.TrailingZeros64(w)])))
		}
	}
	return list
}
