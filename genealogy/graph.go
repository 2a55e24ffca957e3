package genealogy

import (
	"encoding/hex"
	"slices"
	"sync"

	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
)

// Graph is the lots, what was made of what, and the profile of each. One goroutine applies entries; any number read.
// A reader sees the graph as after some whole entry: the first read after an entry works out what followed from it,
// so that a long run of entries is worked out once. See inbox.go for who waits for whom.
type Graph struct {
	inbox inbox
	mu    sync.RWMutex // over everything below

	position int64
	settled  bool

	names  names
	lots   lotTable
	refs   []ref
	up     arrows // of each lot to those it was made from
	down   arrows // and to those made from it
	events []event
	items  []item
	moves  []move
	kinds  []kindOf
	assays []assayRow
	losses []loss
	lines  []line
	wide   []quantity.Assayed // lines that are too long for a line
	vias   [][]item           // from 1 on

	byIdentity index // the first event of each identity
	txns       []txn
	byTxn      index
	atPlace    map[int32]int32   // name of a readPoint or bizLocation to the head of its events
	ofCert     map[int32][]int32 // name of a certification to events
	certs      map[int32][]int32 // entry to the certifications it names
	ofMaterial map[int32]int32   // name of a material to the head of its chain in kinds

	entries  []entry
	byEntry  index
	idents   []int32 // by name: the head of the entries that give their event this eventID, and one up
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
	endBuf  []int32
}

// txn is the events of one transformationID.
type txn struct{ name, first int32 }

// New is an empty graph.
func New() *Graph {
	g := &Graph{
		names: newNames(), vias: make([][]item, 1), atPlace: map[int32]int32{}, ofCert: map[int32][]int32{}, certs: map[int32][]int32{}, ofMaterial: map[int32]int32{},
		voidsOf: map[int32][]int32{}, voidHash: map[epcis.Hash][]int32{}, register: newRegister(),
		sets: newSets(), up: newArrows(), down: newArrows(), flags: map[int32][]Flag{}, settled: true,
	}
	g.sets.lotID = g.lots.id
	return g
}

// take takes one entry that Apply found to be one.
func (g *Graph) take(a arrival) {
	g.position = max(g.position, a.Seq)
	if _, known := g.entryOf(a.ID); known {
		return
	}
	no := int32(len(g.entries))
	g.entries = append(g.entries, entry{id: a.ID, seq: a.Seq, event: -1, claim: -1, next: -1, alike: -1, author: g.names.add(canon(string(a.Author)))})
	g.byEntry.put(no, func(n int32) uint64 { return hashID((*[32]byte)(&g.entries[n].id)) })
	g.settled = false
	switch {
	case a.Kind == record.Statement:
		g.state(no, a.Claim)
	case a.Event.Error != nil:
		g.declare(no, a.target, a.Entry)
	default:
		g.happen(no, a.Entry)
	}
}

// entryOf is the number of an entry.
func (g *Graph) entryOf(id record.ID) (int32, bool) {
	return g.byEntry.find(hashID((*[32]byte)(&id)), func(n int32) bool { return g.entries[n].id == id })
}

// PositionsOf is the places in the log of the events and statements with these ids, rising; those it has never heard of
// are left out.
func (g *Graph) PositionsOf(ids []record.ID) []int64 {
	g.read()
	defer g.mu.RUnlock()
	var list []int64
	for _, id := range ids {
		if n, ok := g.entryOf(id); ok {
			list = append(list, g.entries[n].seq)
		}
	}
	slices.Sort(list)
	return list
}

// withIdentity is the first event of an identity, -1 for none; the others follow by event.same.
func (g *Graph) withIdentity(h epcis.Hash) int32 {
	n, ok := g.byIdentity.find(hashID((*[32]byte)(&h)), func(n int32) bool { return g.events[n].identity == h })
	if !ok {
		return -1
	}
	return n
}

// goes is the first entry that gives its event an eventID, -1 for none; the others follow by entry.alike.
func (g *Graph) goes(ident int32) int32 {
	if int(ident) >= len(g.idents) {
		return -1
	}
	return g.idents[ident] - 1
}

// happen takes an entry that states an event.
func (g *Graph) happen(no int32, e record.Entry) {
	d := g.extract(e.Event)
	d.identity = e.EventID
	d.key = g.contentKey(e.EventID, &d)
	first := g.withIdentity(d.identity)
	n := first
	for n >= 0 && g.events[n].key != d.key {
		n = g.events[n].same
	}
	if n < 0 {
		n = int32(len(g.events))
		g.events = append(g.events, g.put(&d))
		if first < 0 {
			g.byIdentity.put(n, func(n int32) uint64 { return hashID((*[32]byte)(&g.events[n].identity)) })
		} else {
			g.events[n].same = g.events[first].same
			g.events[first].same = n
		}
		g.connect(n)
	}
	x := &g.entries[no]
	x.event, x.ident = n, g.names.add(e.Event.ID)
	x.next = g.events[n].stated
	g.events[n].stated = no
	for _, c := range e.Event.Certification { // not part of an event's identity, so each stating has its own
		c := g.names.add(canon(c))
		g.certs[no] = append(g.certs[no], c)
		g.ofCert[c] = append(g.ofCert[c], n)
	}
	if id := x.ident; id != 0 {
		if int(id) >= len(g.idents) {
			g.idents = append(g.idents, make([]int32, len(g.names.at)-len(g.idents))...)
		}
		x.alike = g.idents[id] - 1
		g.idents[id] = no + 1
		g.pendIdent(id)
		for _, d := range g.voidsOf[id] {
			g.pend(g.voids[d].target)
		}
	}
	g.pend(d.identity)
}

// pend marks every event of an identity.
func (g *Graph) pend(h epcis.Hash) {
	for n := g.withIdentity(h); n >= 0; n = g.events[n].same {
		g.pending = append(g.pending, n)
	}
}

// connect hangs a new event on the lots and names it tells of.
func (g *Graph) connect(n int32) {
	ev := &g.events[n]
	for _, it := range g.inOf(ev) {
		g.link(it.lot, n, asInput)
	}
	for _, it := range g.outOf(ev) {
		g.link(it.lot, n, asOutput)
	}
	for _, it := range g.thingsOf(ev) {
		g.link(it.lot, n, asObject)
	}
	if ev.parent >= 0 {
		g.link(ev.parent, n, asParent)
	}
	for _, a := range g.assaysIn(ev) {
		g.link(a.lot, n, asSubject)
	}
	for i := range ev.kinds.n {
		no := ev.kinds.at + i
		k := &g.kinds[no]
		g.link(k.lot, n, asSubject)
		k.next = g.ofMaterial[k.material]
		g.ofMaterial[k.material] = int32(no) + 1
	}
	g.hang(ev.readAt, n)
	if ev.bizAt != ev.readAt {
		g.hang(ev.bizAt, n)
	}
	if ev.txn != 0 && ev.kind == makes {
		t, ok := g.byTxn.find(hashNumber(ev.txn), func(t int32) bool { return g.txns[t].name == ev.txn })
		if !ok {
			t = int32(len(g.txns))
			g.txns = append(g.txns, txn{ev.txn, -1})
			g.byTxn.put(t, func(t int32) uint64 { return hashNumber(g.txns[t].name) })
		}
		ev.txnNo, ev.txnNext = t, g.txns[t].first
		g.txns[t].first = n
	}
}

// hang hangs an event on the name of its place.
func (g *Graph) hang(f, n int32) {
	if f == 0 {
		return
	}
	g.refs = append(g.refs, ref{event: n, next: g.atPlace[f], role: asPlace})
	g.atPlace[f] = int32(len(g.refs))
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
	g.pend(target)
}

// pendIdent marks every event that goes by an eventID.
func (g *Graph) pendIdent(id int32) {
	for s := g.goes(id); s >= 0; s = g.entries[s].alike {
		g.pending = append(g.pending, g.entries[s].event)
	}
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
