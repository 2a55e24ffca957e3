package genealogy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lodestone/element"
	"lodestone/record"
	"lodestone/supply"
)

// local is what a lot itself brings to its profile, being worked out.
type local struct {
	g       *Graph
	lot     int32
	elems   element.Set
	atoms   []int32
	flags   []Flag
	dispute map[int32]string // event to the dispute its step is in
}

// renew works out a lot's own facts: its elements, its own steps, holes and flags. They depend on the events and
// statements about the lot and on its inputs' own facts, never on a profile.
func (g *Graph) renew(l int32) {
	x := local{g: g, lot: l, elems: g.lots.rows[l].elems}
	makings := g.makingsOf(l)
	x.contradictions()
	x.steps(makings)
	x.origins(makings)
	x.booked(makings)
	for _, m := range makings {
		x.balance(m)
	}
	x.overIssue()
	x.tank()
	x.time()
	row := &g.lots.rows[l]
	for _, f := range x.flags {
		x.atoms = append(x.atoms, g.sets.atom(atom{kind: atomFlag, flag: f.Kind, lot: l}))
	}
	row.adds = g.sets.intern(x.atoms)
	if len(x.flags) == 0 {
		delete(g.flags, l)
		return
	}
	sortFlags(x.flags)
	g.flags[l] = x.flags
}

func sortFlags(flags []Flag) {
	slices.SortFunc(flags, func(a, b Flag) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.Cause, b.Cause),
			slices.CompareFunc(a.Entries, b.Entries, func(x, y record.ID) int { return slices.Compare(x[:], y[:]) }))
	})
}

// renewElements works out the elements of a lot; before any lot's own facts, for these look at the inputs' elements.
func (g *Graph) renewElements(l int32) {
	g.lots.rows[l].elems = g.elementsOfLot(l, g.words(l))
}

func (x *local) id() supply.LotID { return supply.LotID(x.g.lots.id(x.lot)) }

func (x *local) flag(kind FlagKind, entries []record.ID, cause string, args ...any) {
	x.flags = append(x.flags, Flag{Kind: kind, Lot: x.id(), Cause: fmt.Sprintf(cause, args...), Entries: sortIDs(slices.Clone(entries))})
}

// hole opens a hole at the lot before a phase: in each of the elements, or in every element when none are known.
func (x *local) hole(before supply.Phase, elems element.Set) {
	h := atom{kind: atomHole, phase: before, lot: x.lot}
	if elems.Empty() {
		x.atoms = append(x.atoms, x.g.sets.atom(h))
	}
	for e := range elems.All() {
		h.elem = e
		x.atoms = append(x.atoms, x.g.sets.atom(h))
	}
}

// steps adds the steps of the lot's makings and treatments.
func (x *local) steps(makings []making) {
	for _, m := range makings {
		for _, n := range m.events {
			x.step(n)
		}
	}
	for _, n := range x.g.treated(x.lot) {
		x.step(n)
	}
}

// booked opens a hole where a claim of mass balance, or of book and claim, stands for the lot: it was handed on in books,
// and says nothing of where the material is from (ISO 22095:2020).
func (x *local) booked(makings []making) {
	found := false
	see := func(n int32) { found = found || x.g.events[n].booked && x.g.events[n].live }
	for _, m := range makings {
		for _, n := range m.events {
			see(n)
		}
	}
	x.g.each(x.g.lots.rows[x.lot].others, func(n int32, r role) {
		if r == asObject {
			see(n)
		}
	})
	if found {
		x.hole(supply.NoPhase, x.elems)
	}
}

// step adds the step of one event: one for each country its place is said to be in.
func (x *local) step(n int32) {
	g := x.g
	ev := &g.events[n]
	if ev.phase == supply.NoPhase && !ev.unknown {
		return
	}
	p := g.placeOf(ev)
	s := Step{
		Phase: ev.phase, Facility: supply.FacilityID(g.names.text(p.facility)), Elements: x.elems,
		Evidence: g.evidence(n, x.lot), Dispute: x.dispute[n],
		Planned: len(g.planned(p.facility, ev.day)) > 0,
	}
	if !ev.elements.Empty() {
		// The elements an event names narrow its step, never to nothing.
		if s.Elements = ev.elements; !x.elems.Empty() {
			if s.Elements = ev.elements.Intersect(x.elems); s.Elements.Empty() {
				s.Elements = x.elems
			}
		}
	}
	switch len(p.countries) {
	case 0:
	case 1:
		s.Country = p.countries[0]
	default:
		said := make([]string, len(p.countries))
		for i, c := range p.countries {
			said[i] = string(c)
		}
		all := strings.Join(said, " or ")
		if s.Dispute == "" {
			s.Dispute = fmt.Sprintf("place %s: %s in %s: %s", s.Facility, s.Phase, all, s.Elements)
		}
		x.flag(Clash, append(g.claimEntries(p.claims), g.liveEntries(n)...),
			"facility %s was in %s on %s, by statements that disagree", s.Facility, all, ev.day)
		for _, c := range p.countries[1:] {
			s.Country = c
			x.atoms = append(x.atoms, g.sets.atom(atom{kind: atomStep, step: s}))
		}
		s.Country = p.countries[0]
	}
	x.atoms = append(x.atoms, g.sets.atom(atom{kind: atomStep, step: s}))
}

// origins opens the holes of a lot that has no recorded origin, or whose making has no inputs or lacks an element.
func (x *local) origins(makings []making) {
	g := x.g
	for _, m := range makings {
		bits := g.phases(m)
		in, _ := g.feed(m)
		if len(in) == 0 {
			if bits&origins == 0 {
				x.hole(earliest(bits), x.elems)
			}
			continue
		}
		x.emptyBoxes(m, bits)
		if bits&(1<<supply.Mined) != 0 || x.elems.Empty() {
			continue // the ground is an input too; or what it is made of is not known
		}
		// What the lot itself brings it brought before: it is no source of an element. On a cycle, renewCycle looks.
		if from, known := g.supplied(in, func(l int32) bool { return l == x.lot }); known {
			if missing := x.elems.Minus(from); !missing.Empty() && !g.onlySelf(in, x.lot) {
				x.hole(earliest(bits), missing)
			}
		}
	}
	begins := g.begins(x.lot)
	if len(makings) > 0 {
		x.elsewhere(makings, begins)
		return
	}
	var bits uint32
	for _, n := range begins {
		bits |= 1 << g.events[n].phase
	}
	switch {
	case bits&origins != 0, g.isWrapper(x.lot):
	default:
		x.hole(earliest(bits), x.elems)
	}
}

// elsewhere opens the holes of a lot that was made, and commissioned in a country where no making of it was: part of it
// came from elsewhere.
func (x *local) elsewhere(makings []making, begins []int32) {
	g := x.g
	var made []supply.Country
	for _, m := range makings {
		for _, n := range m.events {
			made = append(made, g.placeOf(&g.events[n]).countries...)
		}
	}
	for _, n := range begins {
		ev := &g.events[n]
		at := g.placeOf(ev).countries
		step := g.names.text(ev.step)
		commissions := step == "" || strings.HasSuffix(step, "BizStep-commissioning") || strings.HasSuffix(step, "BizStep-creating_class_instance")
		if len(made) == 0 || len(at) == 0 || origins&(1<<ev.phase) != 0 || !commissions {
			continue
		}
		if !slices.ContainsFunc(at, func(c supply.Country) bool { return slices.Contains(made, c) }) {
			x.hole(ev.phase, x.elems)
		}
	}
}

// onlySelf tells whether a lot is the only input.
func (g *Graph) onlySelf(in []int32, l int32) bool { return len(in) == 1 && in[0] == l }

// emptyBoxes opens a hole for each container drawn from that held nothing then, as far as is known.
func (x *local) emptyBoxes(m making, bits uint32) {
	g := x.g
	for _, n := range m.events {
		ev := &g.events[n]
		for _, it := range g.inOf(ev) {
			if it.lot != x.lot && g.isWrapper(it.lot) && len(g.contents(it.lot, ev.time)) == 0 {
				x.hole(earliest(bits), x.elems)
				return
			}
		}
	}
}

// LongestRun is how long before its making is recorded a lot may be drawn from: a run is recorded at its end, and gives
// product while it lasts.
const LongestRun = 31 * 24 * time.Hour

// time flags a lot that was drawn from longer before its first making than any run lasts, and one that came out of a
// campaign as much before anything went in. Otherwise makings and draws of a campaign are not held against one another:
// their order is not told.
func (x *local) time() {
	g := x.g
	for _, m := range g.makingsOf(x.lot) {
		out := m.events[slices.IndexFunc(m.events, func(n int32) bool {
			return slices.ContainsFunc(g.outOf(&g.events[n]), func(it item) bool { return it.lot == x.lot })
		})]
		in := slices.IndexFunc(m.events, func(n int32) bool { return len(g.inOf(&g.events[n])) > 0 })
		if in >= 0 && g.events[m.events[in]].time-g.events[out].time > LongestRun.Milliseconds() {
			x.flag(ImpossibleTime, append(g.liveEntries(out), g.liveEntries(m.events[in])...), "made on %s, of what first went in on %s", g.events[out].day, g.events[m.events[in]].day)
		}
	}
	made := g.makersOf(x.lot)
	if len(made) == 0 {
		made = g.begins(x.lot) // a commissioning beside a making makes nothing
	}
	if len(made) == 0 {
		return
	}
	m, d, drawn := made[0], int32(0), false
	for _, n := range g.drawsOf(x.lot) {
		if t := g.events[n].txn; t == 0 || t != g.events[m].txn {
			d, drawn = n, true
			break
		}
	}
	if drawn && g.events[m].time-g.events[d].time > LongestRun.Milliseconds() {
		x.flag(ImpossibleTime, append(g.liveEntries(m), g.liveEntries(d)...), "drawn from on %s, made on %s", g.events[d].day, g.events[m].day)
	}
}

// evidence is the grade of an event's step on a lot, by day: that of a party's word, raised by documents.
func (g *Graph) evidence(n, l int32) Grades {
	ev := &g.events[n]
	base := supply.NoEvidence
	if ev.signed {
		base = supply.Stated
	}
	docs := g.documentsFor(n, l)
	var papers []graded
	for _, d := range docs {
		c := &g.register.claims[d]
		grade, err := supply.ParseEvidence(c.st.Document.Grade)
		if err != nil || grade <= base {
			continue
		}
		among := g.register.documents[c.subject]
		of, dated := [2]int32{c.subject, g.entries[c.entry].author}, c.issued != never
		mixed := slices.ContainsFunc(among, func(m int32) bool {
			o := &g.register.claims[m]
			return g.entries[o.entry].author == of[1] && (o.issued != never) != dated && !g.retracted(m)
		})
		for _, p := range g.holds(d, among) {
			papers = append(papers, graded{p, grade, of, mixed, dated})
		}
	}
	return gradesOf(base, papers)
}

// documentsFor is the documents that speak for an event's step on a lot: about the lot, about the event by an eventID or
// its identity, or named by the event as its certification. A document that neither a party states nor anybody signed
// lends nothing.
func (g *Graph) documentsFor(n, l int32) []int32 {
	r := &g.register
	if len(r.documents) == 0 {
		return nil
	}
	ev := &g.events[n]
	var docs []int32
	about := func(id string) {
		if i, ok := g.names.find(id); ok {
			docs = append(docs, r.about[i]...)
		}
	}
	if l >= 0 {
		about(g.lots.id(l))
	}
	for s := ev.stated; s >= 0; s = g.entries[s].next {
		e := &g.entries[s]
		if e.void {
			continue
		}
		if e.ident != 0 {
			about(canon(g.names.text(e.ident)))
		}
		for _, c := range g.certs[s] {
			docs = append(docs, r.named[c]...)
		}
	}
	about(ev.identity.String())
	slices.Sort(docs)
	docs = slices.Compact(docs)
	return slices.DeleteFunc(docs, func(d int32) bool {
		c := &r.claims[d]
		return g.entries[c.entry].author == 0 && c.st.Document.Signer == "" || g.retracted(d)
	})
}
