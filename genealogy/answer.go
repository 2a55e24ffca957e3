package genealogy

import (
	"cmp"
	"slices"
	"time"

	"lodestone/supply"
)

// Profile is the profile of a lot, and false when the graph has never heard of it. Of a container or assembly it is the
// union of what it holds at the moment asked of, and of its own making if it has one; the zero time is after everything.
func (g *Graph) Profile(id supply.LotID, at time.Time) (Profile, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return Profile{}, false
	}
	return g.profile(l, moment(at)), true
}

func (g *Graph) profile(l int32, at int64) Profile {
	list := slices.Clone(g.sets.of(g.lots.rows[l].profile))
	inner := g.opened(nil, l, at)
	for _, it := range inner {
		list = append(list, g.sets.of(g.lots.rows[it.lot].profile)...)
	}
	p := g.materialise(list) // of a container, each content's examples
	// A container in which nothing is known to be: nothing is known of it.
	for _, it := range append(inner, item{lot: l}) {
		if g.isWrapper(it.lot) && len(g.contents(it.lot, at)) == 0 {
			p.Holes = append(p.Holes, Hole{Lot: supply.LotID(g.lots.id(it.lot))})
		}
	}
	slices.SortFunc(p.Holes, compareHoles)
	p.Holes = slices.Compact(p.Holes)
	return p
}

// materialise writes atoms out, in a fixed order. It may be called by many readers at once.
func (g *Graph) materialise(list []int32) Profile {
	slices.Sort(list)
	list = slices.Compact(list)
	var p Profile
	for _, n := range list {
		a := &g.sets.atoms[n]
		switch a.kind {
		case atomStep:
			p.Steps = append(p.Steps, a.step)
		case atomMore:
			p.More = true
		case atomHole:
			p.Holes = append(p.Holes, Hole{Element: a.elem, Before: a.phase, Lot: supply.LotID(g.lots.id(a.lot)), Recycled: a.again})
		case atomFlag:
			for _, f := range g.flagsOf(a.lot) {
				if f.Kind == a.flag {
					f.Entries = slices.Clone(f.Entries)
					p.Flags = append(p.Flags, f)
				}
			}
		}
	}
	slices.SortFunc(p.Steps, compareSteps)
	slices.SortFunc(p.Holes, compareHoles)
	sortFlags(p.Flags)
	return p
}

func compareSteps(a, b Step) int {
	return cmp.Or(cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Facility, b.Facility), cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Elements, b.Elements), cmp.Compare(a.Evidence, b.Evidence), cmp.Compare(a.Dispute, b.Dispute), cmp.Compare(b2i(a.Recycled), b2i(b.Recycled)),
		cmp.Compare(b2i(a.Planned), b2i(b.Planned)))
}

func compareHoles(a, b Hole) int {
	return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.Element, b.Element), cmp.Compare(a.Lot, b.Lot), cmp.Compare(b2i(a.Recycled), b2i(b.Recycled)))
}

// Flags is every finding, in order of kind and lot.
func (g *Graph) Flags() []Flag {
	g.read()
	defer g.mu.RUnlock()
	var all []Flag
	for l := range g.flags {
		for _, f := range g.flags[l] {
			f.Entries = slices.Clone(f.Entries)
			all = append(all, f)
		}
	}
	for _, c := range g.comps {
		for _, f := range c.flags {
			f.Entries = slices.Clone(f.Entries)
			all = append(all, f)
		}
	}
	sortFlags(all)
	return all
}
