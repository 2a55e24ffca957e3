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
	list := make([]supply.LotID, 0, n)
	if n < len(g.lots.rows)/16 && !g.ordered() { // putting all lots in order for a few takes longer
		for x := range found.all {
			list = append(list, supply.LotID(g.lots.id(x)))
		}
		slices.Sort(list)
		return list
	}
	order, pos := g.order()
	places := numbersTo(len(order))
	for i, w := range found {
		row := pos[i<<6:]
		for ; w != 0; w &= w - 1 {
			at := uint32(row[bits.TrailingZeros64(w)])
			places[at>>6] |= 1 << (at & 63)
		}
	}
	for i, w := range places {
		row := order[i<<6:]
		for ; w != 0; w &= w - 1 {
			list = append(list, supply.LotID(g.lots.id(row[bits.TrailingZeros64(w)])))
		}
	}
	return list
}
