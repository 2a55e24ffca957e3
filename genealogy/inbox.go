package genealogy

import (
	"fmt"
	"sync"
	"sync/atomic"

	"lodestone/epcis"
	"lodestone/record"
)

// inbox is the entries that were applied and not yet taken into the graph. Apply puts them here and never waits for a
// reader, however long that reads: it takes them in itself when nobody is reading, else the next reader does, before it
// reads. So the graph moves only between answers, and the inbox holds no more than what comes during the longest of them.
type inbox struct {
	mu      sync.Mutex // over list; held for an append
	list    []arrival
	waiting atomic.Int64  // entries in list, or being taken
	asking  atomic.Int32  // readers about to begin
	held    atomic.Int32  // Holds not yet released
	free    chan struct{} // closed, and made anew, at each release; guarded by mu
}

// mostWaiting is how many entries may wait before a Hold no longer joins others, but lets them end and the entries in.
const mostWaiting = 4096

// arrival is an entry with, for an error declaration, the identity of what it voids.
type arrival struct {
	record.Entry
	target epcis.Hash
}

// Apply takes one entry. An entry that was applied before changes nothing but the position. It refuses only an entry
// that is no entry: one of neither kind, or without its content. It waits for no reader.
func (g *Graph) Apply(e record.Entry) error {
	switch {
	case e.Kind == record.Event && e.Event != nil, e.Kind == record.Statement && e.Claim != nil:
	default:
		return fmt.Errorf("genealogy: entry %s of kind %d has no content of that kind: decode it before it is applied", e.ID, e.Kind)
	}
	a := arrival{Entry: e}
	if e.Kind == record.Event && e.Event.Error != nil {
		bare := *e.Event
		bare.Error = nil
		var err error
		if a.target, err = bare.Identity(); err != nil {
			return fmt.Errorf("genealogy: error declaration %s: %w", e.ID, err)
		}
	}
	a.Body = nil // the event or claim is what is taken
	g.inbox.mu.Lock()
	g.inbox.list = append(g.inbox.list, a)
	g.inbox.waiting.Add(1)
	g.inbox.mu.Unlock()
	if g.inbox.asking.Load() == 0 && g.mu.TryLock() {
		g.drain()
		g.mu.Unlock()
	}
	return nil
}

// drain takes what waits into the graph, unless a Hold keeps it where it is. The caller holds the lock.
func (g *Graph) drain() {
	if g.inbox.held.Load() > 0 {
		return
	}
	g.inbox.mu.Lock()
	list := g.inbox.list
	g.inbox.list = nil
	g.inbox.mu.Unlock()
	for i := range list {
		g.take(list[i])
	}
	g.inbox.waiting.Add(-int64(len(list)))
	if cap(list) <= 1024 { // the room is used again
		clear(list)
		g.inbox.mu.Lock()
		if g.inbox.list == nil {
			g.inbox.list = list[:0]
		}
		g.inbox.mu.Unlock()
	}
}

// read takes the read lock on a settled graph that has taken in all that was applied before; the caller unlocks it.
func (g *Graph) read() {
	g.inbox.asking.Add(1)
	defer g.inbox.asking.Add(-1)
	for drained := false; ; drained = true {
		g.mu.RLock()
		if g.settled && (drained || g.inbox.waiting.Load() == 0 || g.inbox.held.Load() > 0) {
			return
		}
		g.mu.RUnlock()
		g.mu.Lock()
		g.drain()
		g.settle()
		g.mu.Unlock()
	}
}

// Settle works out everything that follows from the entries applied so far, as the next read would.
func (g *Graph) Settle() {
	g.read()
	g.mu.RUnlock()
}

// Position is the highest position in the log that an answer given now rests on.
func (g *Graph) Position() int64 {
	g.read()
	defer g.mu.RUnlock()
	return g.position
}

// Hold keeps the graph where it is until release is called, and tells that position: every answer given meanwhile, to
// anybody, is as of it. Entries that are applied wait. It is for an answer put together from several questions, and is not
// called by one who holds the graph already: where very much waits, a Hold waits for the others to end.
func (g *Graph) Hold() (position int64, release func()) {
	x := &g.inbox
	for {
		x.mu.Lock()
		if x.free == nil {
			x.free = make(chan struct{})
		}
		free := x.free
		x.mu.Unlock()
		if x.held.Load() == 0 || x.waiting.Load() <= mostWaiting {
			break
		}
		<-free
	}
	g.read()
	x.held.Add(1) // under the read lock: nobody is taking entries in
	position = g.position
	g.mu.RUnlock()
	return position, sync.OnceFunc(func() {
		x.mu.Lock()
		x.held.Add(-1)
		close(x.free)
		x.free = make(chan struct{})
		x.mu.Unlock()
	})
}
