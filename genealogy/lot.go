package genealogy

import (
	"slices"
	"strings"
	"time"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// LotSummary is one line of a list of lots.
type LotSummary struct {
	ID           supply.LotID
	Material     supply.MaterialID // "" not said; the first when the statements disagree
	MaterialName string
	Kind         string
	Phase        supply.Phase // of the last making; NoPhase when there is none
	Facility     supply.FacilityID
	FacilityName string
	Planned      bool           // the facility was said to be planned on the day: nothing can have been made there but on paper
	Country      supply.Country // "" unknown or in dispute
	Date         quantity.Date  // of the last making; 0 when there is none
	Made         Amount
	Left         Amount
	Container    bool
	Flags        int // findings at the lot itself
}

// Happening is one event about a lot.
type Happening struct {
	Entries      []record.ID // that state it, in order
	EventIDs     []string
	Authors      []supply.PartyID // "" is unattributed
	Time         time.Time
	Date         quantity.Date // where it happened
	Role         string        // made, drawn, commissioned, treated, observed, ended, packed, unpacked, seen inside, held
	Phase        supply.Phase
	BizStep      string // in full
	Facility     supply.FacilityID
	FacilityName string
	Countries    []supply.Country // none: unknown; several: the statements disagree
	Planned      bool             // the facility was said to be planned on the day
	Campaign     string           // transformationID
	Inputs       []LotAmount      // of a making
	Outputs      []LotAmount
	Parent       supply.LotID // of a packing
	Amount       Amount       // of this lot
	From, To     []string     // sources and destinations
	Corrections  []string     // eventIDs of the events that replace it, when it is void
	Void         bool         // everybody who stated it voided it
}

// LotAmount is a lot with an amount.
type LotAmount struct {
	Lot    supply.LotID
	Amount Amount
}

// Stay is a lot's time in a container.
type Stay struct {
	Parent, Child supply.LotID
	From, Until   time.Time // Until is zero while it lasts
	Amount        Amount
}

// Lot is all there is to say of one lot.
type Lot struct {
	LotSummary
	Materials []supply.MaterialID // more than one: the statements disagree
	Elements  element.Set         // empty: not known
	Drawn     Amount
	Assays    []quantity.Assay    // in order of time
	History   []Happening         // in order of time, void events too
	Inside    []Stay              // where it was
	Contents  []Stay              // what was in it
	Documents []supply.DocumentID // that speak for the lot or an event about it
	Findings  []Flag              // at the lot itself
	Steps     []Step              // of the lot's own makings and treatments
	Holes     []Hole              // that open at the lot
}

// Lots is the lots that a live event or a standing statement names, by id. find, when given, must be part of the lot's
// id, its material's name or kind, or the name of a facility where it was made or treated; case does not matter.
func (g *Graph) Lots(find string) []LotSummary {
	g.read()
	defer g.mu.RUnlock()
	find = strings.ToLower(find)
	var list []LotSummary
	lots := g.order().list
	for _, l := range lots {
		if !g.mentioned(l) {
			continue
		}
		s := g.summary(l)
		if find != "" && !g.matches(l, &s, find) {
			continue
		}
		list = append(list, s)
	}
	return list
}

// Canonical is the lot's id as the graph writes it, and false when the graph has never heard of it.
func (g *Graph) Canonical(id supply.LotID) (supply.LotID, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return "", false
	}
	return supply.LotID(g.lots.id(l)), true
}

// Named is the ids, in order, of the lots that something that stands names and whose id contains text, whatever the case
// of its ASCII letters.
func (g *Graph) Named(text string) []supply.LotID {
	g.read()
	defer g.mu.RUnlock()
	var ids []supply.LotID
	for l := range int32(len(g.lots.rows)) {
		if id := g.lots.id(l); containsFold(id, text) && g.mentioned(l) {
			ids = append(ids, supply.LotID(id))
		}
	}
	slices.Sort(ids)
	return ids
}

// containsFold tells whether s contains part, whatever the case of its ASCII letters.
func containsFold(s, part string) bool {
	lower := func(c byte) byte {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		return c
	}
	for i := range len(s) - len(part) + 1 {
		n := 0
		for n < len(part) && lower(s[i+n]) == lower(part[n]) {
			n++
		}
		if n == len(part) {
			return true
		}
	}
	return false
}

// mentioned tells whether anything that stands names the lot.
func (g *Graph) mentioned(l int32) bool {
	row := &g.lots.rows[l]
	found := false
	see := func(n int32, _ role) { found = found || g.events[n].live }
	g.each(row.makers, see)
	g.each(row.others, see)
	g.each(row.draws, func(n int32, r role) {
		found = found || g.events[n].live && (r != asContent || holds(g.viaOf(&g.events[n]), l))
	})
	for n := row.claims; n != 0 && !found; n = g.register.claims[n-1].next {
		found = !g.retracted(n - 1)
	}
	return found
}

func (g *Graph) matches(l int32, s *LotSummary, find string) bool {
	for _, text := range []string{string(s.ID), s.MaterialName, s.Kind, s.FacilityName} {
		if strings.Contains(strings.ToLower(text), find) {
			return true
		}
	}
	for _, n := range g.claimed(l) {
		if f := g.placeOf(&g.events[n]).facility; f != 0 && strings.Contains(strings.ToLower(g.facilityName(f, 0)), find) {
			return true
		}
	}
	return false
}

func (g *Graph) summary(l int32) LotSummary {
	s := LotSummary{ID: supply.LotID(g.lots.id(l)), Container: g.isHolder(l), Flags: len(g.flagsOf(l))}
	if words := g.words(l); len(words) > 0 {
		s.Material = supply.MaterialID(g.names.text(words[0].material))
		s.MaterialName, s.Kind = g.materialName(words[0].material)
	}
	if n, ok := g.lastMaking(l); ok {
		ev := &g.events[n]
		p := g.placeOf(ev)
		s.Phase, s.Date, s.Facility = ev.phase, ev.day, supply.FacilityID(g.names.text(p.facility))
		s.FacilityName, s.Planned = g.facilityName(p.facility, ev.day), len(g.planned(p.facility, ev.day)) > 0
		if len(p.countries) == 1 {
			s.Country = p.countries[0]
		}
	}
	s.Made, _, s.Left = g.amounts(l)
	return s
}

// lastMaking is the last event that made a lot: a transformation or commissioning with a phase if there is one.
func (g *Graph) lastMaking(l int32) (int32, bool) {
	last, found := int32(0), false
	for _, n := range g.inOrder(append(g.makersOf(l), g.begins(l)...)) {
		if !found || g.events[n].phase != supply.NoPhase || g.events[last].phase == supply.NoPhase {
			last, found = n, true
		}
	}
	return last, found
}

// lastAssembly is the last event that put a lot together of parts.
func (g *Graph) lastAssembly(l int32) (int32, bool) {
	list := slices.DeleteFunc(g.treated(l), func(n int32) bool { return g.events[n].phase != supply.Assembled })
	if len(list) == 0 {
		return 0, false
	}
	return g.inOrder(list)[len(list)-1], true
}

// madeOf is how much of a lot was made; Unstated where any part of it is.
func (g *Graph) madeOf(l int32) Amount {
	makers := g.inOrder(append(g.makersOf(l), g.countedBegins(l)...))
	if m := g.made(l, g.wanted(l, makers, nil)); !m.partial {
		return m.sum
	}
	return Amount{}
}

// amounts is how much of a lot was made, was drawn, and is left; Unstated where any part of it is.
func (g *Graph) amounts(l int32) (made, drawn, left Amount) {
	makers := g.inOrder(append(g.makersOf(l), g.countedBegins(l)...))
	draws := g.drawsOf(l)
	want := g.wanted(l, makers, draws)
	m, d := g.made(l, want), g.drawn(l, want)
	if !m.partial {
		made = m.sum
	}
	if !d.partial {
		drawn = d.sum
	}
	if left = made; !d.partial && len(d.terms) > 0 {
		if left.same(d.sum) {
			left.Value -= d.sum.Value
		} else {
			left = Amount{}
		}
	} else if d.partial {
		left = Amount{}
	}
	return made, drawn, left
}

// Lot is all there is to say of a lot, and false when the graph has never heard of it.
func (g *Graph) Lot(id supply.LotID) (Lot, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return Lot{}, false
	}
	x := Lot{LotSummary: g.summary(l), Elements: g.lots.rows[l].elems}
	_, x.Drawn, _ = g.amounts(l)
	for _, w := range g.words(l) {
		x.Materials = append(x.Materials, supply.MaterialID(g.names.text(w.material)))
	}
	for _, a := range g.assaysAbout(l) {
		x.Assays = append(x.Assays, quantity.Assay{Basis: quantity.BasisElement, Lines: slices.Clone(a.lines)})
	}
	events := g.allEvents(l)
	var docs []int32
	for _, n := range events {
		x.History = append(x.History, g.happening(n, l))
		docs = append(docs, g.documentsFor(n, l)...)
	}
	if i, ok := g.names.find(g.lots.id(l)); ok {
		docs = append(docs, g.register.about[i]...)
	}
	x.Documents = g.documentIDs(docs)
	x.Contents = g.writeStays(l, g.stays(l), -1)
	for _, p := range g.parentsOf(l) {
		x.Inside = append(x.Inside, g.writeStays(p, g.stays(p), l)...)
	}
	for _, f := range g.flagsOf(l) {
		f.Entries = slices.Clone(f.Entries)
		x.Findings = append(x.Findings, f)
	}
	own := g.materialise(slices.Clone(g.sets.of(g.lots.rows[l].adds)))
	x.Steps, x.Holes = own.Steps, own.Holes
	return x, true
}

// allEvents is every event that names a lot, void or not, in canonical order.
func (g *Graph) allEvents(l int32) []int32 {
	var list []int32
	see := func(n int32, _ role) { list = append(list, n) }
	row := &g.lots.rows[l]
	g.each(row.makers, see)
	g.each(row.others, see)
	g.each(row.draws, func(n int32, r role) {
		if r != asContent || g.events[n].live && holds(g.viaOf(&g.events[n]), l) {
			list = append(list, n)
		}
	})
	return g.inOrder(list)
}

// parentsOf is the lots that a live event named as parent of a lot, by id.
func (g *Graph) parentsOf(l int32) []int32 {
	var list []int32
	g.each(g.lots.rows[l].others, func(n int32, r role) {
		if ev := &g.events[n]; r == asObject && ev.live && ev.parent >= 0 && ev.kind != observes {
			list = append(list, ev.parent)
		}
	})
	return g.byID(list)
}

func (g *Graph) writeStays(parent int32, stays []stay, child int32) []Stay {
	var list []Stay
	for _, s := range stays {
		if child >= 0 && s.child != child {
			continue
		}
		x := Stay{Parent: supply.LotID(g.lots.id(parent)), Child: supply.LotID(g.lots.id(s.child)), From: time.UnixMilli(s.from).UTC(), Amount: s.amount}
		if s.until != forever {
			x.Until = time.UnixMilli(s.until).UTC()
		}
		list = append(list, x)
	}
	return list
}

func (g *Graph) documentIDs(docs []int32) []supply.DocumentID {
	var ids []supply.DocumentID
	for _, d := range docs {
		if !g.retracted(d) {
			ids = append(ids, g.register.claims[d].st.Document.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
