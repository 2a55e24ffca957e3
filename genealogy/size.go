package genealogy

import "unsafe"

// Size is how big a graph is. The bytes of the lots are the live heap less EventBytes.
type Size struct {
	Lots, Events, Entries, Statements int
	Profiles                          int   // distinct
	Atoms                             int   // distinct steps, holes and flags
	EventBytes                        int64 // of events, their arrows and the entries that state them
}

// Size tells how big the graph is.
func (g *Graph) Size() Size {
	g.read()
	defer g.mu.RUnlock()
	s := Size{
		Lots: len(g.lots.rows), Events: len(g.events), Entries: len(g.entries), Statements: len(g.register.claims),
		Profiles: len(g.sets.members), Atoms: len(g.sets.atoms),
	}
	s.EventBytes = int64(cap(g.events))*int64(unsafe.Sizeof(event{})) + int64(cap(g.refs))*int64(unsafe.Sizeof(ref{})) + int64(cap(g.entries))*int64(unsafe.Sizeof(entry{}))
	for i := range g.events {
		ev := &g.events[i]
		s.EventBytes += int64(cap(ev.in)+cap(ev.out)+cap(ev.objects)+cap(ev.via)) * int64(unsafe.Sizeof(item{}))
		s.EventBytes += int64(cap(ev.statings)) * 4
	}
	// Three maps with keys of 32 bytes and values of 4 or 24, at the load a map grows to on average.
	s.EventBytes += int64(len(g.entryNo)+len(g.eventNo))*56 + int64(len(g.ofHash))*90
	return s
}
