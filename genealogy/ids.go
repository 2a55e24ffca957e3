package genealogy

import "lodestone/supply"

// IDs is the id of every lot, in no order that means anything.
func (g *Graph) IDs() []supply.LotID {
	g.read()
	defer g.mu.RUnlock()
	ids := make([]supply.LotID, len(g.lots.rows))
	for i := range ids {
		ids[i] = supply.LotID(g.lots.id(int32(i)))
	}
	return ids
}

// ID is the id under which a lot stands, from any of its spellings; false when there is no such lot.
func (g *Graph) ID(id supply.LotID) (supply.LotID, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return "", false
	}
	return supply.LotID(g.lots.id(l)), true
}
