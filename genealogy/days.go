package genealogy

import (
	"slices"
	"time"

	"lodestone/quantity"
	"lodestone/supply"
)

// Days is the days on which a step of a lot's profile happened, in order: those of all the events that bring it. It is
// nothing when the lot's profile at the moment has no such step, and on a cycle of lots where it cannot be told which
// events bring it. It costs a walk over all that the lot was made of.
func (g *Graph) Days(id supply.LotID, step Step, at time.Time) []quantity.Date {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	w := lifeOf(step)
	days, cyclic := g.days(l, step, at, w)
	if !cyclic {
		return days
	}
	if all, _ := g.days(l, step, at, anyhow); !slices.Equal(days, all) {
		return nil
	}
	return days
}

// days is the days of the events that bring a step on the ways up that begin in a life, and whether any way meets a cycle.
func (g *Graph) days(l int32, step Step, at time.Time, w life) (days []quantity.Date, cyclic bool) {
	type state struct {
		lot  int32
		life life
	}
	seen := map[state]bool{}
	s := g.seekerOf(step)
	for todo := g.begin(l, at, w); len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[state{p.lot, p.life}] || !s.leads(p.lot, p.life) {
			continue
		}
		seen[state{p.lot, p.life}] = true
		cyclic = cyclic || g.lots.rows[p.lot].comp >= 0
		for _, n := range g.eventsOf(p.lot, step, p.life) {
			days = append(days, g.events[n].day)
		}
		p.path = nil // the way itself is not asked for
		todo = append(todo, s.above(p)...)
	}
	slices.Sort(days)
	return slices.Compact(days), cyclic
}
