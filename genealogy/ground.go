package genealogy

import (
	"slices"
	"time"

	"lodestone/element"
	"lodestone/record"
	"lodestone/supply"
)

// life is whether a step is sought in the present life of the material, an earlier one, or either.
type life uint8

const (
	present life = iota
	earlier
	either
	anyhow // whatever the elements, too
)

// seeker looks for the shortest way up from a lot to one that answers.
type seeker struct {
	g *Graph
	// leads tells whether a lot is on a way: whether its profile has what is sought.
	leads func(l int32, w life) bool
	// answers gives the last entry of the way, and false when the lot does not answer.
	answers func(l int32, w life) (record.ID, bool)
}

type pathTo struct {
	lot  int32
	life life
	path []record.ID
}

// seek goes up level by level. Of the shortest ways it takes the one whose entries are least in the order of their ids.
// Stays of a container's contents bring no entry of their own.
func (s *seeker) seek(from []pathTo) ([]record.ID, int32, bool) {
	type state struct {
		lot  int32
		life life
	}
	seen := map[state]bool{}
	level := from
	for len(level) > 0 {
		slices.SortStableFunc(level, func(a, b pathTo) int { return slices.CompareFunc(a.path, b.path, compareIDs) })
		var best []record.ID
		var at int32
		found := false
		for _, p := range level {
			if id, ok := s.answers(p.lot, p.life); ok {
				way := append(slices.Clone(p.path), id)
				if !found || slices.CompareFunc(way, best, compareIDs) < 0 {
					best, at, found = way, p.lot, true
				}
			}
		}
		if found {
			return best, at, true
		}
		var next []pathTo
		for _, p := range level {
			if seen[state{p.lot, p.life}] {
				continue
			}
			seen[state{p.lot, p.life}] = true
			next = append(next, s.above(p)...)
		}
		level = next
	}
	return nil, 0, false
}

// above is the ways one making further up.
func (s *seeker) above(p pathTo) []pathTo {
	g := s.g
	var list []pathTo
	for _, m := range g.makingsOf(p.lot) {
		w := p.life
		if g.phases(m)&(1<<supply.Recycled) != 0 && w < either {
			if w == present {
				continue
			}
			w = either
		}
		made := g.leastEntry(m, func(n int32) bool { return holds(g.outOf(&g.events[n]), p.lot) })
		in, _ := g.feed(m)
		for _, l := range in {
			if !s.leads(l, w) {
				continue
			}
			path := append(slices.Clone(p.path), made)
			drew := g.leastEntry(m, func(n int32) bool { return holds(g.inputs(n), l) })
			both := slices.ContainsFunc(m.events, func(n int32) bool {
				return holds(g.outOf(&g.events[n]), p.lot) && holds(g.inputs(n), l)
			})
			if !both {
				path = append(path, drew) // two events of one campaign
			}
			list = append(list, pathTo{l, w, path})
		}
	}
	return list
}

// leastEntry is the least live entry of those events of a making that are asked for.
func (g *Graph) leastEntry(m making, want func(n int32) bool) record.ID {
	var least record.ID
	found := false
	for _, n := range m.events {
		if want(n) {
			for _, id := range g.liveEntries(n) {
				if !found || compareIDs(id, least) < 0 {
					least, found = id, true
				}
			}
		}
	}
	return least
}

// begin is where a way up from a lot can start: at the lot, or at anything it holds.
func (g *Graph) begin(l int32, at time.Time, w life) []pathTo {
	list := []pathTo{{lot: l, life: w}}
	for _, it := range g.opened(nil, l, moment(at)) {
		list = append(list, pathTo{lot: it.lot, life: w})
	}
	return list
}

// Ground is the entries a step of a lot's profile rests on: those of the makings on the shortest way up from the lot to
// where the step happened, then that of the event of the step; of equal ways the least in the order of the entries'
// ids. After them come the statements that place it, or say that the place was planned, and the documents that raise its
// grade, in the order of their ids.
// It is nothing when the lot's profile at the moment has no such step.
func (g *Graph) Ground(id supply.LotID, step Step, at time.Time) []record.ID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	w := lifeOf(step)
	s := g.seekerOf(step)
	s.answers = func(l int32, w life) (record.ID, bool) {
		n, ok := g.eventOf(l, step, w)
		if !ok {
			return record.ID{}, false
		}
		return g.liveEntries(n)[0], true
	}
	var way []record.ID
	var there int32
	// On a cycle all members share their steps, whichever life and elements a way leads through: then look for any.
	for _, w := range []life{w, either, anyhow} {
		from := slices.DeleteFunc(g.begin(l, at, w), func(p pathTo) bool { return !s.leads(p.lot, w) })
		if way, there, ok = s.seek(from); ok {
			break
		}
	}
	if !ok {
		return nil
	}
	var more []record.ID
	last := way[len(way)-1]
	if no, ok := g.entryOf(last); ok && g.entries[no].event >= 0 {
		ev := g.entries[no].event
		p := g.placeOf(&g.events[ev])
		more = append(more, g.claimEntries(p.claims)...)
		more = append(more, g.claimEntries(g.planned(p.facility, g.events[ev].day))...)
		more = append(more, g.claimEntries(g.documentsFor(ev, there))...)
	}
	return append(way, sortIDs(more)...)
}

// lifeOf is the life of the material that a step is of.
func lifeOf(step Step) life {
	if step.Recycled {
		return earlier
	}
	return present
}

// seekerOf goes up where a step came from.
func (g *Graph) seekerOf(step Step) seeker {
	return seeker{g: g, leads: func(l int32, w life) bool {
		return w == anyhow && g.lots.rows[l].comp >= 0 || g.hasStep(g.lots.rows[l].profile, step, w)
	}}
}

// Way is the entries of the makings on the shortest way up from a lot to one of its ancestors, such as the lot where a
// hole opens or a flag shows; nothing when there is none.
func (g *Graph) Way(id, to supply.LotID, at time.Time) []record.ID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	goal, known := g.find(to)
	if !ok || !known {
		return nil
	}
	// The entry that answers is dropped again: the way ends at the lot, whatever is known of it.
	s := seeker{g: g, leads: func(int32, life) bool { return true }, answers: func(l int32, _ life) (record.ID, bool) { return record.ID{}, l == goal }}
	way, _, ok := s.seek(g.begin(l, at, either))
	if !ok {
		return nil
	}
	return way[:len(way)-1]
}

// hasStep tells whether a set holds the step, or one that restriction on the way down turns into it.
func (g *Graph) hasStep(set setID, step Step, w life) bool {
	for _, n := range g.sets.of(set) {
		if a := &g.sets.atoms[n]; a.kind == atomStep && becomes(a.step, step, w) {
			return true
		}
	}
	return false
}

func becomes(s, step Step, w life) bool {
	if w == present && s.Recycled || w == earlier && !s.Recycled {
		return false
	}
	if w != anyhow && !s.Elements.Empty() && (step.Elements.Empty() || !s.Elements.Contains(step.Elements)) {
		return false
	}
	s.Elements, step.Elements = element.Set(0), 0
	s.Recycled, step.Recycled = false, false
	return s == step
}

// eventOf is the event of a lot's own that brings a step, of several the one with the least entry.
func (g *Graph) eventOf(l int32, step Step, w life) (int32, bool) {
	events := g.eventsOf(l, step, w)
	if len(events) == 0 {
		return 0, false
	}
	return slices.MinFunc(events, func(a, b int32) int { return compareIDs(g.liveEntries(a)[0], g.liveEntries(b)[0]) }), true
}

// eventsOf is the events of a lot's own that bring a step.
func (g *Graph) eventsOf(l int32, step Step, w life) []int32 {
	if w == earlier || !g.hasStep(g.lots.rows[l].adds, step, w) {
		return nil
	}
	events := g.claimed(l)
	for _, m := range g.makingsOf(l) {
		events = append(events, m.events...)
	}
	return slices.DeleteFunc(g.inOrder(events), func(n int32) bool {
		ev := &g.events[n]
		if ev.phase != step.Phase || g.evidence(n, l) != step.Evidence {
			return true
		}
		p := g.placeOf(ev)
		return supply.FacilityID(g.names.text(p.facility)) != step.Facility || len(g.planned(p.facility, ev.day)) > 0 != step.Planned ||
			!(step.Country == "" && len(p.countries) == 0 || slices.Contains(p.countries, step.Country))
	})
}

// EntriesOf is every entry that names a lot, in order of the ids: events, void ones and the declarations against them
// too, statements on what it is of, documents about it.
func (g *Graph) EntriesOf(id supply.LotID) []record.ID {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	var ids []record.ID
	for _, n := range g.allEvents(l) {
		ev := &g.events[n]
		for s := ev.stated; s >= 0; s = g.entries[s].next {
			ids = append(ids, g.entries[s].id)
			for _, d := range g.voidsOf[g.entries[s].ident] {
				ids = append(ids, g.entries[g.voids[d].entry].id)
			}
		}
		for _, d := range g.voidHash[ev.identity] {
			ids = append(ids, g.entries[g.voids[d].entry].id)
		}
	}
	for n := g.lots.rows[l].claims; n != 0; n = g.register.claims[n-1].next {
		ids = append(ids, g.claimID(n-1))
	}
	if i, ok := g.names.find(g.lots.id(l)); ok {
		ids = append(ids, g.claimEntries(g.register.about[i])...)
	}
	return sortIDs(ids)
}
