package genealogy

import (
	"cmp"
	"slices"
	"time"

	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// Register is the master data of a graph, resolved: what the statements that stand come to.
type Register struct{ g *Graph }

// Register is the graph's master data. It reads the graph as it is at each call.
func (g *Graph) Register() Register { return Register{g} }

// Sourced is a statement's content with who states it, over which days.
type Sourced[T any] struct {
	Value  T
	Author supply.PartyID // "" unattributed
	Valid  quantity.Period
	Entry  record.ID
}

// Facility is what stands of a facility on a day, 0 for any day. Fields come from the standing statements in order of
// their entries, the first that says anything; the country, and the site it stands in for it, from all of them: clash is
// true when they give more than one, and the country is then "". A region that they give differently is "" as well.
func (r Register) Facility(id supply.FacilityID, on quantity.Date) (f supply.Facility, clash, ok bool) {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	n, known := g.names.find(canon(string(id)))
	if !known {
		return f, false, false
	}
	among := g.register.facilities[n]
	standing := g.standing(among, on)
	if len(standing) == 0 {
		return f, false, false
	}
	regions := map[string]bool{}
	for _, c := range standing {
		s := g.register.claims[c].st.Facility
		f.ID = id
		f.Name = cmp.Or(f.Name, s.Name)
		if s.Region != "" {
			f.Region, regions[s.Region] = s.Region, true
		}
		f.Operator = cmp.Or(f.Operator, s.Operator)
		if f.Lat == "" {
			f.Lat, f.Lon = s.Lat, s.Lon
		}
		f.Within = cmp.Or(f.Within, s.Within)
		f.Planned = f.Planned || s.Planned
		f.Note = cmp.Or(f.Note, s.Note)
	}
	if len(regions) > 1 {
		f.Region = ""
	}
	var p place
	if on != 0 {
		g.countries(n, on, &p, nil)
	} else {
		for _, c := range standing {
			if country := g.register.claims[c].st.Facility.Country; country != "" {
				p.countries = append(p.countries, country)
			}
		}
	}
	slices.Sort(p.countries)
	p.countries = slices.Compact(p.countries)
	if len(p.countries) == 1 {
		f.Country = p.countries[0]
	}
	return f, len(p.countries) > 1, true
}

// planned is the statements that say of a day that a facility was planned. One that names no last day and was issued
// before the day says nothing of it: what is planned may open. Of one that does not say when it was issued, that is not
// known, and it counts. What stands of the site that the facility is in, or of its operator, does not.
func (g *Graph) planned(f int32, on quantity.Date) []int32 {
	if f == 0 {
		return nil
	}
	var list []int32
	among := g.register.facilities[f]
	for _, n := range among {
		c := &g.register.claims[n]
		older := c.valid.Until == 0 && c.issued != never && quantity.Day(time.UnixMilli(c.issued).UTC()) < on
		if c.st.Facility.Planned && !older && g.on(n, among, on) {
			list = append(list, n)
		}
	}
	return list
}

// facilityName is a facility's name on a day, its id when it has none.
func (g *Graph) facilityName(f int32, on quantity.Date) string {
	if f == 0 {
		return ""
	}
	among := g.register.facilities[f]
	for _, d := range []quantity.Date{on, 0} {
		for _, c := range g.standing(among, d) {
			if name := g.register.claims[c].st.Facility.Name; name != "" {
				return name
			}
		}
	}
	return g.names.text(f)
}

// Material is what stands of a material. Clash names what its statements disagree on, "" for nothing that counts.
func (r Register) Material(id supply.MaterialID) (m supply.Material, clash string, ok bool) {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	n, known := g.names.find(canon(string(id)))
	if !known {
		return m, "", false
	}
	standing := g.standing(g.register.materials[n], 0)
	if len(standing) == 0 {
		return m, "", false
	}
	for _, c := range standing {
		s := g.register.claims[c].st.Material
		m.ID = id
		m.Name = cmp.Or(m.Name, s.Name)
		m.Kind = cmp.Or(m.Kind, s.Kind)
		m.Form = cmp.Or(m.Form, s.Form)
		m.PieceMass = cmp.Or(m.PieceMass, s.PieceMass)
		m.Grade = cmp.Or(m.Grade, s.Grade)
		if m.COTS == nil && s.COTS != nil {
			cots := *s.COTS
			m.COTS = &cots
		}
		if m.Fractions == nil {
			m.Fractions = slices.Clone(s.Fractions)
		}
	}
	k := g.materialFacts(n)
	for e := range k.elems.All() {
		m.Constituents = append(m.Constituents, e.Symbol())
	}
	return m, k.dispute, true
}

func (g *Graph) materialName(n int32) (name, kind string) {
	for _, c := range g.standing(g.register.materials[n], 0) {
		s := g.register.claims[c].st.Material
		name, kind = cmp.Or(name, s.Name), cmp.Or(kind, s.Kind)
	}
	return cmp.Or(name, g.names.text(n)), kind
}

// MaterialsOf is what a lot is said to be of, in order of the ids; more than one is a contradiction.
func (r Register) MaterialsOf(id supply.LotID) []supply.MaterialID {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok {
		return nil
	}
	var ids []supply.MaterialID
	for _, w := range g.words(l) {
		ids = append(ids, supply.MaterialID(g.names.text(w.material)))
	}
	return ids
}

// sourced writes out standing statements.
func sourced[T any](g *Graph, among []int32, value func(*supply.Statement) T) []Sourced[T] {
	var list []Sourced[T]
	for _, n := range g.standing(among, 0) {
		c := &g.register.claims[n]
		e := &g.entries[c.entry]
		list = append(list, Sourced[T]{value(c.st), supply.PartyID(g.names.text(e.author)), c.valid, e.id})
	}
	return list
}

// Party is the standing statements about a party.
func (r Register) Party(id supply.PartyID) []Sourced[supply.Party] {
	r.g.read()
	defer r.g.mu.RUnlock()
	n, _ := r.g.names.find(canon(string(id)))
	return sourced(r.g, r.g.register.parties[n], func(s *supply.Statement) supply.Party { return *s.Party })
}

// Agreements is the standing agreements, by id.
func (r Register) Agreements() []Sourced[supply.Agreement] {
	r.g.read()
	defer r.g.mu.RUnlock()
	return bySubject(r.g, r.g.register.agreements, func(s *supply.Statement) supply.Agreement { return *s.Agreement })
}

// Documents is the standing documents, by id.
func (r Register) Documents() []Sourced[supply.Document] {
	r.g.read()
	defer r.g.mu.RUnlock()
	return bySubject(r.g, r.g.register.documents, func(s *supply.Statement) supply.Document { return *s.Document })
}

// Determinations is the official acts stated and not withdrawn, in order of their entries.
func (r Register) Determinations() []Sourced[supply.Determination] {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	var list []Sourced[supply.Determination]
	for _, n := range g.register.determined { // each is a subject of its own
		list = append(list, sourced(g, []int32{n}, func(s *supply.Statement) supply.Determination { return *s.Determination })...)
	}
	slices.SortFunc(list, func(a, b Sourced[supply.Determination]) int { return compareIDs(a.Entry, b.Entry) })
	return list
}

func bySubject[T any](g *Graph, m map[int32][]int32, value func(*supply.Statement) T) []Sourced[T] {
	subjects := make([]int32, 0, len(m))
	for s := range m {
		subjects = append(subjects, s)
	}
	slices.SortFunc(subjects, g.byName)
	var list []Sourced[T]
	for _, s := range subjects {
		list = append(list, sourced(g, m[s], value)...)
	}
	return list
}

// DocumentsAbout is the standing documents that speak for a lot or an event, named by the lot's id or an eventID.
func (r Register) DocumentsAbout(id string) []Sourced[supply.Document] {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	n, ok := g.names.find(canon(id))
	if !ok {
		return nil
	}
	var list []Sourced[supply.Document]
	for _, d := range g.register.about[n] {
		if !g.retracted(d) && len(g.holds(d, g.register.documents[g.register.claims[d].subject])) > 0 {
			list = append(list, sourced(g, []int32{d}, func(s *supply.Statement) supply.Document { return *s.Document })...)
		}
	}
	slices.SortFunc(list, func(a, b Sourced[supply.Document]) int {
		return cmp.Or(cmp.Compare(a.Value.ID, b.Value.ID), compareIDs(a.Entry, b.Entry))
	})
	return list
}

// Discord is a contradiction among statements.
type Discord struct {
	Subject string
	What    string
	Entries []record.ID
}

// Clashes is every contradiction among the statements on facilities, materials and lots, by subject.
func (r Register) Clashes() []Discord {
	g := r.g
	g.read()
	defer g.mu.RUnlock()
	var list []Discord
	for f, among := range g.register.facilities {
		standing := g.standing(among, 0)
		for i, a := range standing {
			for _, b := range standing[i+1:] {
				x, y := g.register.claims[a].st.Facility, g.register.claims[b].st.Facility
				if x.Country != y.Country && x.Country != "" && y.Country != "" && g.overlap(a, b, among) {
					list = append(list, Discord{g.names.text(f), "country " + string(min(x.Country, y.Country)) + " or " + string(max(x.Country, y.Country)), g.claimEntries([]int32{a, b})})
				}
			}
		}
	}
	for m := range g.register.materials {
		if k := g.materialFacts(m); k.dispute != "" {
			list = append(list, Discord{g.names.text(m), k.dispute, slices.Clone(k.entries)})
		}
	}
	for l := range g.lots.rows {
		if words := g.words(int32(l)); len(words) > 1 {
			var ids []record.ID
			for _, w := range words {
				ids = append(ids, w.entries...)
			}
			list = append(list, Discord{g.lots.id(int32(l)), "what it is of", sortIDs(ids)})
		}
	}
	slices.SortFunc(list, func(a, b Discord) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.What, b.What), slices.CompareFunc(a.Entries, b.Entries, compareIDs))
	})
	return list
}
