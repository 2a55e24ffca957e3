package genealogy

import (
	"cmp"
	"math"
	"slices"
	"time"

	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// claim is one statement as the register keeps it.
type claim struct {
	entry    int32
	subject  int32 // name of its subject; 0 for a determination and a retraction
	issued   int64 // Unix milliseconds; never when the author gave none
	valid    quantity.Period
	st       *supply.Statement // nil for a statement on what a lot is of
	lot      int32             // such a statement's lot, else -1
	material int32             // and its material, a name
	next     int32             // and the next of the lot's chain
}

const never = math.MinInt64

// register is the statements by subject. Nothing in it is worked out in advance but a material's facts.
type register struct {
	claims     []claim
	facilities map[int32][]int32 // name to claims
	materials  map[int32][]int32
	parties    map[int32][]int32
	agreements map[int32][]int32
	documents  map[int32][]int32
	determined []int32
	retracts   map[record.ID][]int32 // target entry to retractions
	about      map[int32][]int32     // name of a lot or event to documents
	named      map[int32][]int32     // a document's id or URI, a name, to documents
	within     map[int32][]int32     // facility to those that were said to stand in it
	lotsOf     map[int32][]int32     // material to lots that a statement said to be of it
	known      map[int32]*material   // worked out
}

func newRegister() register {
	return register{
		facilities: map[int32][]int32{}, materials: map[int32][]int32{}, parties: map[int32][]int32{},
		agreements: map[int32][]int32{}, documents: map[int32][]int32{}, retracts: map[record.ID][]int32{},
		about: map[int32][]int32{}, named: map[int32][]int32{}, within: map[int32][]int32{},
		lotsOf: map[int32][]int32{}, known: map[int32]*material{},
	}
}

// state takes an entry that is a statement.
func (g *Graph) state(no int32, st *supply.Statement) {
	c := claim{entry: no, issued: never, valid: st.Valid, st: st, lot: -1}
	if t, err := time.Parse(time.RFC3339Nano, st.Issued); err == nil {
		c.issued = millis(t)
	}
	if st.Lot != nil {
		c.st = nil
		c.lot = g.lots.add(canon(string(st.Lot.ID)))
		c.material = g.names.add(canon(string(st.Lot.Material)))
		c.next = g.lots.rows[c.lot].claims
		g.lots.rows[c.lot].claims = int32(len(g.register.claims)) + 1
	}
	n := g.file(c)
	g.entries[no].claim = n
	g.touch(n, 0)
}

// file puts a claim into the register.
func (g *Graph) file(c claim) int32 {
	r := &g.register
	n := int32(len(r.claims))
	name := func(id string) int32 {
		c.subject = g.names.add(canon(id))
		return c.subject
	}
	put := func(m map[int32][]int32, k int32) { m[k] = append(m[k], n) }
	switch st := c.st; {
	case st == nil:
		r.lotsOf[c.material] = append(r.lotsOf[c.material], c.lot)
	case st.Facility != nil:
		put(r.facilities, name(string(st.Facility.ID)))
		if w := g.names.add(canon(string(st.Facility.Within))); w != 0 {
			r.within[w] = append(r.within[w], c.subject)
		}
	case st.Material != nil:
		put(r.materials, name(string(st.Material.ID)))
	case st.Party != nil:
		put(r.parties, name(string(st.Party.ID)))
	case st.Agreement != nil:
		put(r.agreements, name(string(st.Agreement.ID)))
	case st.Document != nil:
		d := st.Document
		put(r.documents, name(string(d.ID)))
		put(r.named, c.subject)
		if u := g.names.add(canon(d.URI)); u != 0 && u != c.subject {
			put(r.named, u)
		}
		for _, a := range d.About {
			put(r.about, g.names.add(canon(a)))
		}
	case st.Retract != "":
		if id, ok := parseID(st.Retract); ok {
			r.retracts[id] = append(r.retracts[id], n)
		}
	case st.Determination != nil:
		r.determined = append(r.determined, n)
	}
	r.claims = append(r.claims, c)
	return n
}

// touch marks what depends on a claim.
func (g *Graph) touch(n int32, depth int) {
	r := &g.register
	c := &r.claims[n]
	switch {
	case c.lot >= 0:
		g.markWide(c.lot)
	case c.st.Facility != nil:
		g.touchPlace(c.subject, nil)
	case c.st.Material != nil:
		delete(r.known, c.subject)
		for _, l := range r.lotsOf[c.subject] {
			g.markWide(l)
		}
		for k := g.ofMaterial[c.subject]; k != 0; k = g.kinds[k-1].next {
			g.markWide(g.kinds[k-1].lot)
		}
	case c.st.Document != nil:
		// A later statement on a document takes days from an earlier one, which may be about other lots.
		for _, m := range r.documents[c.subject] {
			g.touchDocument(r.claims[m].st.Document)
		}
	case c.st.Retract != "" && depth < 64:
		if id, ok := parseID(c.st.Retract); ok {
			if e, ok := g.entryOf(id); ok {
				if t := g.entries[e].claim; t >= 0 {
					g.touch(t, depth+1)
				}
			}
		}
	}
}

// touchDocument marks the lots of all that a document speaks for.
func (g *Graph) touchDocument(d *supply.Document) {
	for _, a := range d.About {
		if l, ok := g.lots.find(canon(a)); ok {
			g.markStale(l)
		}
		if i, ok := g.names.find(a); ok {
			for s := g.goes(i); s >= 0; s = g.entries[s].alike {
				g.markEvent(g.entries[s].event)
			}
		}
		if h, ok := parseID(a); ok {
			for ev := g.withIdentity(epcis.Hash(h)); ev >= 0; ev = g.events[ev].same {
				g.markEvent(ev)
			}
		}
	}
	for _, id := range []string{string(d.ID), d.URI} {
		if i, ok := g.names.find(canon(id)); ok {
			for _, ev := range g.ofCert[i] {
				g.markEvent(ev)
			}
		}
	}
}

// touchPlace marks the lots of every event at a facility or at one that stands in it.
func (g *Graph) touchPlace(f int32, seen []int32) {
	if slices.Contains(seen, f) {
		return
	}
	seen = append(seen, f)
	g.each(g.atPlace[f], func(ev int32, _ role) { g.markEvent(ev) })
	for _, in := range g.register.within[f] {
		g.touchPlace(in, seen)
	}
}

// retracted tells whether the claim's author withdrew it, by a retraction that is not itself withdrawn. An entry's id
// is a hash that covers what it names, so retractions cannot go round.
func (g *Graph) retracted(n int32) bool {
	if len(g.register.retracts) == 0 {
		return false
	}
	e := &g.entries[g.register.claims[n].entry]
	for _, r := range g.register.retracts[e.id] {
		if r != n && g.entries[g.register.claims[r].entry].author == e.author && !g.retracted(r) {
			return true
		}
	}
	return false
}

// holds is the days on which a claim stands among the claims on its subject: its validity, less that of later claims of
// the same author. It is nothing when the claim is retracted.
func (g *Graph) holds(n int32, among []int32) []quantity.Period {
	if g.retracted(n) {
		return nil
	}
	c := &g.register.claims[n]
	left := []quantity.Period{c.valid}
	if c.issued == never {
		return left
	}
	for _, m := range among {
		later := &g.register.claims[m]
		if later.issued > c.issued && g.entries[later.entry].author == g.entries[c.entry].author && !g.retracted(m) {
			left = without(left, later.valid)
		}
	}
	return left
}

// on tells whether a claim stands on a day.
func (g *Graph) on(n int32, among []int32, d quantity.Date) bool {
	if len(among) == 1 && len(g.register.retracts) == 0 {
		return g.register.claims[n].valid.Covers(d)
	}
	for _, p := range g.holds(n, among) {
		if p.Covers(d) {
			return true
		}
	}
	return false
}

// without takes a period out of periods.
func without(from []quantity.Period, p quantity.Period) []quantity.Period {
	var out []quantity.Period
	for _, q := range from {
		if !q.Overlaps(p) {
			out = append(out, q)
			continue
		}
		if p.From != 0 && (q.From == 0 || q.From < p.From) {
			out = append(out, quantity.Period{From: q.From, Until: p.From - 1})
		}
		if p.Until != 0 && (q.Until == 0 || q.Until > p.Until) {
			out = append(out, quantity.Period{From: p.Until + 1, Until: q.Until})
		}
	}
	return out
}

// standing is those of the claims that stand on a day, or on any day when d is 0, in order of their entries.
func (g *Graph) standing(among []int32, d quantity.Date) []int32 {
	var list []int32
	for _, n := range among {
		if d != 0 && g.on(n, among, d) || d == 0 && len(g.holds(n, among)) > 0 {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b int32) int {
		x, y := g.claimID(a), g.claimID(b)
		return cmp.Compare(string(x[:]), string(y[:]))
	})
	return list
}

func (g *Graph) claimID(n int32) record.ID { return g.entries[g.register.claims[n].entry].id }
