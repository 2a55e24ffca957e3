package genealogy

import (
	"cmp"
	"fmt"
	"slices"

	"lodestone/element"
	"lodestone/record"
	"lodestone/supply"
)

// renewCycle works out the profiles of a cycle of lots, and gives those that changed. The base is the union, over the
// members, of what their makings bring from outside and what they bring themselves; each member's profile is the base
// restricted to its elements, and its own. When a making inside the cycle recycles, the base stands as an earlier life
// as well.
func (g *Graph) renewCycle(c int32) []int32 {
	x := &g.comps[c]
	inside := func(l int32) bool { return g.lots.rows[l].comp == c }
	loop := g.look(x.members, inside)
	x.flags = loop.flags
	base := g.sets.intern(loop.atoms)
	for _, l := range x.members {
		outer := g.inherited(l, func(i int32) bool { return !inside(i) })
		base = g.sets.unionAll([]setID{base, outer, g.lots.rows[l].adds})
	}
	if loop.recycles {
		base = g.sets.union(base, g.sets.limit(base, 0, true))
	}
	var changed []int32
	for _, l := range x.members {
		row := &g.lots.rows[l]
		if p := g.sets.union(g.sets.limit(base, row.elems, false), row.adds); p != row.profile {
			row.profile = p
			changed = append(changed, l)
		}
	}
	return changed
}

// loop is what there is to say of a cycle.
type loop struct {
	flags    []Flag
	atoms    []int32
	recycles bool
}

// look examines a cycle. Inside one site or one campaign, with an input from outside, it is a recycle loop: mother
// liquor, heel, swarf. So is one between sites whose times can be: no event draws from a member before that was made.
// Else it cannot be.
func (g *Graph) look(members []int32, inside func(l int32) bool) loop {
	var lp loop
	var events []int32 // of the makings that feed members from members
	var makers []int32 // of all makings of members
	outside := false   // something comes in
	open := false      // and it may hold anything
	var sources element.Set
	var done []making
	for _, l := range members {
		for _, m := range g.makingsOf(l) {
			if slices.ContainsFunc(done, func(d making) bool { return d.events[0] == m.events[0] }) {
				continue
			}
			done = append(done, m)
			in, _ := g.feed(m)
			fed := slices.ContainsFunc(in, inside)
			if fed {
				events = append(events, m.events...)
				lp.recycles = lp.recycles || g.phases(m)&(1<<supply.Recycled) != 0
			}
			makers = append(makers, m.events...)
			if len(in) == 0 || g.phases(m)&(1<<supply.Mined) != 0 {
				outside, open = true, true
			}
			if slices.ContainsFunc(in, func(i int32) bool { return !inside(i) }) {
				outside = true
				from, known := g.supplied(in, inside)
				sources = sources.Union(from)
				open = open || !known
			}
		}
		if begins := g.begins(l); len(begins) > 0 {
			outside = true
			makers = append(makers, begins...)
			sources = sources.Union(g.lots.rows[l].elems)
			open = open || g.lots.rows[l].elems.Empty()
		}
	}
	if outside && !open {
		for _, l := range members {
			for e := range g.lots.rows[l].elems.Minus(sources).All() {
				lp.atoms = append(lp.atoms, g.sets.atom(atom{kind: atomHole, elem: e, phase: g.firstPhase(l), lot: l}))
			}
		}
	}
	kind, why := RecycleLoop, "with an input from outside"
	switch {
	case !outside:
		kind, why = ImpossibleCycle, "without any input from outside"
	case !g.oneCampaign(events) && !g.oneSiteAll(events) && !g.possible(g.inOrder(makers), members, inside):
		kind, why = ImpossibleCycle, "between sites, drawn from before it was made"
	}
	first := members[0]
	what := fmt.Sprintf("a cycle of %d lots", len(members))
	if len(members) == 1 {
		what = "a lot drawn into itself"
	}
	lp.flags = []Flag{{Kind: kind, Lot: supply.LotID(g.lots.id(first)), Cause: what + " " + why, Entries: g.entriesOfEvents(events)}}
	lp.atoms = append(lp.atoms, g.sets.atom(atom{kind: atomFlag, flag: kind, lot: first}))
	return lp
}

// firstPhase is the earliest phase of a lot's makings.
func (g *Graph) firstPhase(l int32) supply.Phase {
	var bits uint32
	for _, m := range g.makingsOf(l) {
		bits |= g.phases(m)
	}
	return earliest(bits)
}

// oneCampaign tells whether the events are all of one transformationID.
func (g *Graph) oneCampaign(events []int32) bool {
	for _, n := range events {
		if t := g.events[n].txnNo; t < 0 || t != g.events[events[0]].txnNo {
			return false
		}
	}
	return true
}

// oneSiteAll tells whether the events all happened at one known site.
func (g *Graph) oneSiteAll(events []int32) bool {
	first := int32(0)
	for i, n := range events {
		f := g.placeOf(&g.events[n]).facility
		if i == 0 {
			first = f
		}
		if f == 0 || !g.oneSite(first, f) {
			return false
		}
	}
	return true
}

// possible tells whether the events, in the order of their times, never draw from a member before it was made. Events of
// one instant may stand in any order.
func (g *Graph) possible(events, members []int32, inside func(l int32) bool) bool {
	made := map[int32]bool{}
	for i := 0; i < len(events); {
		j := i
		for j < len(events) && g.events[events[j]].time == g.events[events[i]].time {
			j++
		}
		left := slices.Clone(events[i:j])
		for len(left) > 0 {
			n := len(left)
			left = slices.DeleteFunc(left, func(e int32) bool {
				for _, it := range g.inputs(e) {
					if inside(it.lot) && !made[it.lot] {
						return false
					}
				}
				for _, it := range g.outOf(&g.events[e]) {
					made[it.lot] = true
				}
				for _, it := range g.thingsOf(&g.events[e]) {
					made[it.lot] = true
				}
				return true
			})
			if len(left) == n {
				return false
			}
		}
		i = j
	}
	return true
}

// flagsOf is the findings at a lot itself: its own, and those of the cycle that is named after it.
func (g *Graph) flagsOf(l int32) []Flag {
	own := g.flags[l]
	if c := g.lots.rows[l].comp; c >= 0 && g.comps[c].members[0] == l {
		own = append(slices.Clone(own), g.comps[c].flags...)
		sortFlags(own)
	}
	return own
}

func compareIDs(a, b record.ID) int { return cmp.Compare(string(a[:]), string(b[:])) }
