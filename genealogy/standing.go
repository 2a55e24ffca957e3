package genealogy

import (
	"cmp"
	"slices"

	"lodestone/record"
)

// relive works out which events stand after new entries: an event is live while somebody who stated it has not voided
// it. It marks the lots of every event whose standing changed.
func (g *Graph) relive() {
	slices.Sort(g.pending)
	todo := slices.Compact(g.pending)
	g.pending = nil
	var idents []int32
	for _, n := range todo {
		ev := &g.events[n]
		was := ev.live
		ev.live, ev.signed = false, false
		for s := ev.stated; s >= 0; s = g.entries[s].next {
			e := &g.entries[s]
			e.void = g.voided(s)
			if !e.void {
				ev.live = true
				ev.signed = ev.signed || e.author != 0
			}
			if e.ident != 0 {
				idents = append(idents, e.ident)
			}
		}
		if ev.live && !was {
			g.makings = append(g.makings, n)
		}
		if was && !ev.live && ev.kind == makes {
			g.broken = g.broken || g.inCycle(ev)
		}
		g.markEvent(n)
		if ev.live != was && ev.parent >= 0 && ev.kind != observes {
			g.openBox(ev.parent)
		}
	}
	// Then the twins: live events that go by one eventID.
	for _, n := range g.namesakes(idents) {
		was := g.events[n].twin
		g.events[n].twin = g.twinOf(n)
		if was != 0 || g.events[n].twin != 0 { // its flag names the entries of all its twins
			g.markEvent(n)
		}
	}
}

// namesakes is every event that goes by one of the eventIDs, or by another that one of these goes by, and so on.
func (g *Graph) namesakes(idents []int32) []int32 {
	seen := map[int32]bool{}
	found := map[int32]bool{}
	var list []int32
	for i := 0; i < len(idents); i++ {
		if seen[idents[i]] {
			continue
		}
		seen[idents[i]] = true
		for s := g.goes(idents[i]); s >= 0; s = g.entries[s].alike {
			n := g.entries[s].event
			if found[n] {
				continue
			}
			found[n] = true
			list = append(list, n)
			for t := g.events[n].stated; t >= 0; t = g.entries[t].next {
				if id := g.entries[t].ident; id != 0 && !seen[id] {
					idents = append(idents, id)
				}
			}
		}
	}
	return list
}

// voided tells whether the author of a stating voided its event.
func (g *Graph) voided(s int32) bool {
	e := &g.entries[s]
	ev := &g.events[e.event]
	for _, d := range g.voidHash[ev.identity] {
		// By content: the declaration names no eventID, or one that its author gave to no event.
		if v := &g.voids[d]; g.entries[v.entry].author == e.author {
			if id := g.entries[v.entry].ident; id == 0 || e.ident == 0 && !g.statedAs(id, e.author) {
				return true
			}
		}
	}
	for other := ev.stated; other >= 0; other = g.entries[other].next {
		o := &g.entries[other]
		if o.author != e.author || o.ident == 0 {
			continue
		}
		for _, d := range g.voidsOf[o.ident] {
			v := &g.voids[d]
			if g.entries[v.entry].author != e.author {
				continue
			}
			if v.target == ev.identity || !g.statedContent(o.ident, e.author, v) {
				return true
			}
		}
	}
	return false
}

// statedAs tells whether an author stated any event by an eventID.
func (g *Graph) statedAs(id, author int32) bool {
	for s := g.goes(id); s >= 0; s = g.entries[s].alike {
		if g.entries[s].author == author {
			return true
		}
	}
	return false
}

// statedContent tells whether an author stated by an eventID the very content that a declaration repeats: then it voids
// that one alone, and another content under the eventID stands.
func (g *Graph) statedContent(id, author int32, v *declaration) bool {
	for s := g.goes(id); s >= 0; s = g.entries[s].alike {
		e := &g.entries[s]
		if e.author == author && g.events[e.event].identity == v.target {
			return true
		}
	}
	return false
}

// goingBy is the events that go by an eventID, in canonical order; with live, only those a party that has not voided
// them so names.
func (g *Graph) goingBy(id int32, live bool) []int32 {
	var list []int32
	for s := g.goes(id); s >= 0; s = g.entries[s].alike {
		if e := &g.entries[s]; !live || !e.void {
			list = append(list, e.event)
		}
	}
	slices.SortFunc(list, g.before)
	return slices.Compact(list)
}

// twins is the other contents that go by an eventID of a live event, and theirs in turn, with the eventIDs.
func (g *Graph) twins(n int32) (events, idents []int32) {
	if !g.events[n].live {
		return nil, nil
	}
	events = []int32{n}
	for i := 0; i < len(events); i++ {
		for s := g.events[events[i]].stated; s >= 0; s = g.entries[s].next {
			e := &g.entries[s]
			if e.void || e.ident == 0 || slices.Contains(idents, e.ident) {
				continue
			}
			others := g.goingBy(e.ident, true)
			if len(others) < 2 {
				continue
			}
			idents = append(idents, e.ident)
			for _, o := range others {
				if !slices.Contains(events, o) {
					events = append(events, o)
				}
			}
		}
	}
	if len(events) == 1 {
		return nil, nil
	}
	slices.SortFunc(events, g.before)
	slices.SortFunc(idents, g.byName)
	return events, idents
}

// twinOf is the least eventID that binds an event to another content, 0 for none.
func (g *Graph) twinOf(n int32) int32 {
	_, idents := g.twins(n)
	if len(idents) == 0 {
		return 0
	}
	return idents[0]
}

// strangers is the declarations against a live event by parties that never stated it.
func (g *Graph) strangers(n int32) []int32 {
	ev := &g.events[n]
	if !ev.live || len(g.voids) == 0 {
		return nil
	}
	var list []int32
	against := func(d int32) {
		v := &g.voids[d]
		author := g.entries[v.entry].author
		for s := ev.stated; s >= 0; s = g.entries[s].next {
			if g.entries[s].author == author {
				return
			}
		}
		if id := g.entries[v.entry].ident; id != 0 && g.statedAs(id, author) {
			return // it voids an event of its own by that name
		}
		list = append(list, d)
	}
	for _, d := range g.voidHash[ev.identity] {
		if id := g.entries[g.voids[d].entry].ident; id == 0 || g.named(ev, id) || g.goes(id) < 0 {
			against(d)
		}
	}
	for s := ev.stated; s >= 0; s = g.entries[s].next {
		if e := &g.entries[s]; !e.void && e.ident != 0 {
			for _, d := range g.voidsOf[e.ident] {
				if v := &g.voids[d]; v.target == ev.identity || !g.anyContent(e.ident, v) {
					against(d)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b int32) int {
		x, y := g.entries[g.voids[a].entry].id, g.entries[g.voids[b].entry].id
		return cmp.Compare(string(x[:]), string(y[:]))
	})
	return slices.Compact(list)
}

// named tells whether a live stating gives the event an eventID.
func (g *Graph) named(ev *event, id int32) bool {
	for s := ev.stated; s >= 0; s = g.entries[s].next {
		if e := &g.entries[s]; !e.void && e.ident == id {
			return true
		}
	}
	return false
}

// anyContent tells whether anybody stated by an eventID the content that a declaration repeats.
func (g *Graph) anyContent(id int32, v *declaration) bool {
	for s := g.goes(id); s >= 0; s = g.entries[s].alike {
		if g.events[g.entries[s].event].identity == v.target {
			return true
		}
	}
	return false
}

// liveEntries is the entries that state an event and are not voided, in order.
func (g *Graph) liveEntries(n int32) []record.ID {
	var ids []record.ID
	for s := g.events[n].stated; s >= 0; s = g.entries[s].next {
		if !g.entries[s].void {
			ids = append(ids, g.entries[s].id)
		}
	}
	return sortIDs(ids)
}

// disjoint tells whether two live events have no author in common.
func (g *Graph) disjoint(a, b int32) bool {
	for s := g.events[a].stated; s >= 0; s = g.entries[s].next {
		x := &g.entries[s]
		if x.void {
			continue
		}
		for t := g.events[b].stated; t >= 0; t = g.entries[t].next {
			if y := &g.entries[t]; !y.void && y.author == x.author {
				return false
			}
		}
	}
	return true
}
