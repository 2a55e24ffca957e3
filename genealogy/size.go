package genealogy

import "unsafe"

// Size is how big a graph is. Profiles, findings and statements come on top of its bytes.
type Size struct {
	Lots, Events, Entries, Statements int
	Profiles                          int   // distinct
	Atoms                             int   // distinct steps, holes and flags
	LotBytes                          int64 // of the lots' own rows, their ids, and the table that finds them by id
	EventBytes                        int64 // of events, their arrows, the entries that state them, and all names but the lots'
}

// Size tells how big the graph is.
func (g *Graph) Size() Size {
	g.read()
	defer g.mu.RUnlock()
	s := Size{
		Lots: len(g.lots.rows), Events: len(g.events), Entries: len(g.entries), Statements: len(g.register.claims),
		Profiles: g.sets.count(), Atoms: len(g.sets.atoms),
	}
	s.LotBytes = bytesOf(g.lots.rows) + bytesOf(g.up.at) + bytesOf(g.down.at) + g.lots.bytes()
	s.EventBytes = bytesOf(g.events) + bytesOf(g.refs) + bytesOf(g.up.ends) + bytesOf(g.down.ends) + bytesOf(g.items) + bytesOf(g.moves) + bytesOf(g.kinds) + bytesOf(g.assays) + bytesOf(g.losses) + bytesOf(g.lines) +
		bytesOf(g.wide) + bytesOf(g.txns) + bytesOf(g.byTxn.slots) + bytesOf(g.byIdentity.slots) + bytesOf(g.entries) + bytesOf(g.byEntry.slots) +
		bytesOf(g.idents) + g.names.bytes()
	return s
}

func bytesOf[T any](list []T) int64 {
	var one T
	return int64(cap(list)) * int64(unsafe.Sizeof(one))
}

func (t *texts) bytes() int64 {
	sum := bytesOf(t.at) + bytesOf(t.index.slots)
	for _, b := range t.blocks {
		sum += int64(cap(b))
	}
	return sum
}
