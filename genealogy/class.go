package genealogy

import (
	"slices"
	"time"

	"lodestone/element"
	"lodestone/supply"
)

// Class is what a verdict on a bare lot depends on beside the question: its interned profile, its elements and its
// material; and where something before it is not known or it is recycled, the events that made it and what was done to
// it, because what a gap leaves open hangs on the way from the gap to the lot and not on the profile alone. Two lots of
// one Class at one Position of one graph get the same answer to the same question.
type Class struct {
	elements element.Set
	profile  setID
	material int32
	adds     setID
	born     [2]int32 // the events that name it as made, and one up; of more than two {-1, the lot}
}

// Class is the lot's class, and false when the lot is no distinguishable lot of covered material of one stated material:
// then it is not judged by its own profile alone. It costs a few map look-ups; the profile was worked out when the
// entries came.
func (g *Graph) Class(id supply.LotID) (Class, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok || g.lots.rows[l].marks&holder != 0 {
		return Class{}, false
	}
	words := g.words(l)
	if len(words) != 1 {
		return Class{}, false
	}
	c, parts := g.cover(l, moment(time.Time{}))
	if c == nil || len(parts) > 0 {
		return Class{}, false
	}
	row := &g.lots.rows[l]
	class := Class{elements: row.elems, profile: row.profile, material: words[0].material}
	if g.sets.wayMatters(row.profile) {
		class.adds, class.born = row.adds, g.born(l)
	}
	return class, true
}

// wayMatters tells whether a set holds a gap, or a step of recycling.
func (s *sets) wayMatters(id setID) bool {
	return slices.ContainsFunc(s.of(id), func(n int32) bool {
		a := &s.atoms[n]
		return a.kind == atomHole || a.kind == atomStep && (a.step.Recycled || a.step.Phase == supply.Recycled)
	})
}

// born is the events that make a lot, as Class keeps them.
func (g *Graph) born(l int32) (events [2]int32) {
	at := 0
	g.each(g.lots.rows[l].makers, func(n int32, _ role) {
		switch {
		case at < 0 || at > 0 && events[at-1] == n+1:
		case at == len(events):
			events, at = [2]int32{-1, l}, -1
		default:
			events[at] = n + 1
			at++
		}
	})
	return events
}
