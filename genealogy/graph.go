package genealogy

import (
	"encoding/hex"
	"fmt"
	"sync"

	"lodestone/epcis"
	"lodestone/record"
)

// Graph is the lots, what was made of what, and the profile of each. One goroutine applies entries; any number read.
// A reader sees the graph as after some whole entry: the first read after an entry works out what followed from it,
// under the lock, so that a long run of entries is worked out once.
type Graph struct {
	mu       sync.RWMutex // over everything below
	position int64
	settled  bool

	names   names
	lots    lotTable
	refs    []ref
	events  []event
	eventNo map[[32]byte]int32
	txns    [][]int32       // events of each transformationID
	txnNo   map[int32]int32 // name to index
	ofIdent map[int32][]int32
	ofHash  map[epcis.Hash][]int32
	atPlace map[int32][]int32 // name of a readPoint or bizLocation to events
	ofCert  map[int32][]int32 // name of a certification to events
	certs   map[int32][]int32 // entry to the certifications it names

	entries  []entry
	entryNo  map[record.ID]int32
	voids    []declaration
	voidsOf  map[int32][]int32      // eventID to declarations
	voidHash map[epcis.Hash][]int32 // target identity to declarations

	register register

	sets  sets
	flags map[int32][]Flag // a lot's own, in order
	comps []comp

	pending []int32 // events whose standing may have changed
	stales  []int32 // lots whose own facts are to be worked out again
	moved   []int32 // lots that came into or out of a cycle
	fresh   int     // lots from here on are new
	boxes   []int32 // containers whose contents may have changed
	makings []int32 // events whose arrows may be new
	broken  bool    // an arrow inside a cycle may be gone
	minRank int32
	maxRank int32
	sorted  sorted
	scratch []byte
	setBuf  []setID
}

// New is an empty graph.
func New() *Graph {
	g := &Graph{
		names: newNames(), lots: lotTable{no: map[string]int32{}}, eventNo: map[[32]byte]int32{},
		txnNo: map[int32]int32{}, ofIdent: map[int32][]int32{}, ofHash: map[epcis.Hash][]int32{},
		atPlace: map[int32][]int32{}, ofCert: map[int32][]int32{}, certs: map[int32][]int32{}, entryNo: map[record.ID]int32{},
		voidsOf: map[int32][]int32{}, voidHash: map[epcis.Hash][]int32{}, register: newRegister(),
		sets: newSets(), flags: map[int32][]Flag{}, settled: true,
	}
	g.sets.lotID = g.lots.id
	return g
}

// Apply takes one entry. An entry that was applied before changes nothing but the position. It refuses only an entry
// that is no entry: one of neither kind, or without its content.
func (g *Graph) Apply(e record.Entry) error {
	switch {
	case e.Kind == record.Event && e.Event != nil, e.Kind == record.Statement && e.Claim != nil:
	default:
		return fmt.Errorf("genealogy: entry %s of kind %d has no content of that kind: decode it before it is applied", e.ID, e.Kind)
	}
	var target epcis.Hash // of a declaration
	if e.Kind == record.Event && e.Event.Error != nil {
		bare := *e.Event
		bare.Error = nil
		var err error
		if target, err = bare.Identity(); err != nil {
			return fmt.Errorf("genealogy: error declaration %s: %w", e.ID, err)
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.position = max(g.position, e.Seq)
	if _, known := g.entryNo[e.ID]; known {
		return nil
	}
	no := int32(len(g.entries))
	g.entryNo[e.ID] = no
	g.entries = append(g.entries, entry{id: e.ID, event: -1, claim: -1, author: g.names.add(canon(string(e.Author)))})
	g.settled = false
	switch {
	case e.Kind == record.Statement:
		g.state(no, e.Claim)
	case e.Event.Error != nil:
		g.declare(no, target, e)
	default:
		g.happen(no, e)
	}
	return nil
}

// happen takes an entry that states an event.
func (g *Graph) happen(no int32, e record.Entry) {
	ev := g.extract(e.Event)
	ev.identity = e.EventID
	ev.key = g.contentKey(e.EventID, &ev)
	n, known := g.eventNo[ev.key]
	if !known {
		n = int32(len(g.events))
		g.eventNo[ev.key] = n
		g.events = append(g.events, ev)
		g.ofHash[ev.identity] = append(g.ofHash[ev.identity], n)
		g.connect(n)
	}
	g.entries[no].event = n
	g.entries[no].ident = g.names.add(e.Event.ID)
	g.events[n].statings = append(g.events[n].statings, no)
	for _, c := range e.Event.Certification { // not part of an event's identity, so each stating has its own
		c := g.names.add(canon(c))
		g.certs[no] = append(g.certs[no], c)
		g.ofCert[c] = append(g.ofCert[c], n)
	}
	if id := g.entries[no].ident; id != 0 {
		g.ofIdent[id] = append(g.ofIdent[id], no)
		g.pendIdent(id)
		for _, d := range g.voidsOf[id] {
			g.pending = append(g.pending, g.ofHash[g.voids[d].target]...)
		}
	}
	g.pending = append(g.pending, g.ofHash[ev.identity]...)
}

// connect hangs a new event on the lots and names it tells of.
func (g *Graph) connect(n int32) {
	ev := &g.events[n]
	for _, it := range ev.in {
		g.link(it.lot, n, asInput)
	}
	for _, it := range ev.out {
		g.link(it.lot, n, asOutput)
	}
	for _, it := range ev.objects {
		g.link(it.lot, n, asObject)
	}
	if ev.parent >= 0 {
		g.link(ev.parent, n, asParent)
	}
	for _, a := range ev.assays {
		g.link(a.lot, n, asSubject)
	}
	for _, k := range ev.kinds {
		g.link(k.lot, n, asSubject)
		g.register.lotsOf[k.material] = append(g.register.lotsOf[k.material], k.lot)
	}
	if ev.readAt != 0 {
		g.atPlace[ev.readAt] = append(g.atPlace[ev.readAt], n)
	}
	if ev.bizAt != 0 && ev.bizAt != ev.readAt {
		g.atPlace[ev.bizAt] = append(g.atPlace[ev.bizAt], n)
	}
	if ev.txn != 0 && ev.kind == makes {
		t, ok := g.txnNo[ev.txn]
		if !ok {
			t = int32(len(g.txns))
			g.txns = append(g.txns, nil)
			g.txnNo[ev.txn] = t
		}
		g.txns[t] = append(g.txns[t], n)
		ev.txnNo = t
	}
}

// declare takes an entry that voids an event.
func (g *Graph) declare(no int32, target epcis.Hash, e record.Entry) {
	d := declaration{entry: no, target: target, at: millis(e.Event.Error.Time.Time), reason: g.names.add(e.Event.Error.Reason)}
	for _, c := range e.Event.Error.Corrective {
		d.corrective = append(d.corrective, g.names.add(c))
	}
	n := int32(len(g.voids))
	g.voids = append(g.voids, d)
	g.voidHash[target] = append(g.voidHash[target], n)
	if id := g.names.add(e.Event.ID); id != 0 {
		g.entries[no].ident = id
		g.voidsOf[id] = append(g.voidsOf[id], n)
		g.pendIdent(id)
	}
	g.pending = append(g.pending, g.ofHash[target]...)
}

// pendIdent marks every event that goes by an eventID.
func (g *Graph) pendIdent(id int32) {
	for _, s := range g.ofIdent[id] {
		g.pending = append(g.pending, g.entries[s].event)
	}
}

// Position is the highest position in the log that was applied.
func (g *Graph) Position() int64 {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.position
}

// read takes the read lock on a settled graph; the caller unlocks it.
func (g *Graph) read() {
	for {
		g.mu.RLock()
		if g.settled {
			return
		}
		g.mu.RUnlock()
		g.mu.Lock()
		g.settle()
		g.mu.Unlock()
	}
}

// Settle works out everything that follows from the entries applied so far, as the next read would.
func (g *Graph) Settle() {
	g.read()
	g.mu.RUnlock()
}

// parseID reads an entry id in hex.
func parseID(s string) (record.ID, bool) {
	var id record.ID
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) {
		return id, false
	}
	copy(id[:], b)
	return id, true
}
