package genealogy

import (
	"cmp"
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// Forebear is one lot of an ascent, with what a reckoning over all of them asks of each.
type Forebear struct {
	Lot      supply.LotID
	Depth    int          // as in Trace
	Own      uint32       // the phases of its own steps: bit 1<<p for phase p
	Last     supply.Phase // of its last making, as in LotSummary
	Elements element.Set  // empty: not known
	Fed      bool         // material flows into it by a making
	Into     []int32      // the lots it was made into, by their places in the ascent, once for each arrow; being inside is none
	Within   []int32      // the lots it is inside
}

// Ascent is the lots of a whole trace up from a lot without its amounts and names, those made later first, so that on the
// way from the first to the last each lot comes after all that it was made into, cycles and containers apart. It is
// nothing when the graph has never heard of the lot. It costs some 3 µs a lot.
func (g *Graph) Ascent(id supply.LotID) []Forebear {
	g.read()
	defer g.mu.RUnlock()
	t, err := g.follow(id, TraceOptions{})
	if err != nil {
		return nil
	}
	lots := make([]int32, 0, len(t.depth))
	for l := range t.depth {
		lots = append(lots, l)
	}
	rank := func(l int32) int32 { return g.lots.rows[l].rank }
	slices.SortFunc(lots, func(a, b int32) int { return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a, b)) })
	list := make([]Forebear, len(lots))
	at := make(map[int32]int32, len(lots))
	for i, l := range lots {
		at[l] = int32(i)
		f := Forebear{Lot: supply.LotID(g.lots.id(l)), Depth: t.depth[l], Elements: g.lots.rows[l].elems}
		for _, n := range g.sets.of(g.lots.rows[l].adds) {
			if a := &g.sets.atoms[n]; a.kind == atomStep {
				f.Own |= 1 << a.step.Phase
			}
		}
		if n, ok := g.lastMaking(l); ok {
			f.Last = g.events[n].phase
		}
		list[i] = f
	}
	for i := range t.links {
		x := &t.links[i]
		from, to := at[x.from], at[x.to]
		if x.making < 0 {
			list[from].Within = append(list[from].Within, to)
			continue
		}
		list[from].Into = append(list[from].Into, to)
		list[to].Fed = true
	}
	return list
}

// KindsAbove is the kinds of the lots of a lineage up, each once and in order, "" not among them.
func (g *Graph) KindsAbove(id supply.LotID) []string {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	seen := map[int32]bool{}
	var kinds []string
	for up := range g.walk(l, false).all {
		words := g.words(up)
		if len(words) == 0 || seen[words[0].material] {
			continue
		}
		seen[words[0].material] = true
		if _, kind := g.materialName(words[0].material); kind != "" {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
