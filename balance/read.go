package balance

import (
	"bytes"
	"cmp"
	"slices"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// Read makes the books of a graph: every standing making once, with the masses of what went in and came out. What is
// void is not there. What is told of one making twice counts once. The books depend on the
// set of entries, not on their order.
func Read(g *genealogy.Graph, facts *Facts) *Books {
	var lots []supply.LotID
	for _, s := range g.Lots("") {
		lots = append(lots, s.ID)
	}
	return ReadLots(g, facts, lots)
}

// ReadLots makes the books of some lots alone: what they were made with and drawn into is in them, and nothing further.
// Containers that any of it was drawn through must be among the lots, with all they held.
func ReadLots(g *genealogy.Graph, facts *Facts, lots []supply.LotID) *Books {
	r := &reader{g: g, facts: facts, b: &Books{Lots: map[supply.LotID]*Lot{}, within: map[supply.FacilityID]supply.FacilityID{}, names: map[supply.FacilityID]string{}},
		seen: map[record.ID]int{}, sights: map[supply.LotID][]sighting{}, heading: map[int][]string{}, pieces: map[supply.MaterialID]*material{}, lots: map[supply.LotID]*genealogy.Lot{}}
	r.b.weighings = 1
	for _, id := range lots {
		l, ok := g.Lot(id)
		if !ok {
			continue
		}
		// The history of a lot is long and is let go once it is read.
		r.lots[l.ID] = &genealogy.Lot{LotSummary: l.LotSummary, Materials: l.Materials, Inside: l.Inside}
		r.order = append(r.order, l.ID)
		r.lot(&l)
		r.events(&l)
	}
	for i := range r.raw {
		for _, flows := range [][]Flow{r.raw[i].In, r.raw[i].Out} {
			for k := range flows {
				r.weigh(&flows[k])
			}
		}
	}
	r.through()
	r.accounts()
	r.campaigns()
	r.finish()
	return r.b
}

type reader struct {
	g       *genealogy.Graph
	facts   *Facts
	b       *Books
	lots    map[supply.LotID]*genealogy.Lot
	order   []supply.LotID
	seen    map[record.ID]int // makings by their first entry
	raw     []rawMaking
	pieces  map[supply.MaterialID]*material
	sights  map[supply.LotID][]sighting
	heading map[int][]string // where a shipment goes, by the number of its weighing
}

// material is what the books need of a kind of stuff.
type material struct {
	declared element.Set
	piece    quantity.Mass
	typical  map[element.Element]quantity.Measured
}

func (r *reader) material(id supply.MaterialID) *material {
	if m, ok := r.pieces[id]; ok {
		return m
	}
	m := &material{}
	r.pieces[id] = m
	st, clash, ok := r.g.Register().Material(id)
	if !ok || clash != "" {
		return m
	}
	for _, symbol := range st.Constituents {
		if e, err := element.Parse(symbol); err == nil {
			m.declared = m.declared.With(e)
		}
	}
	if st.PieceMass != "" {
		if kg, err := quantity.ParseUnit("KGM"); err == nil {
			m.piece, _ = kg.Mass(st.PieceMass)
		}
	}
	for _, f := range st.Fractions {
		e, err := element.Parse(f.Element)
		if err != nil || f.SD == "" {
			continue // without an uncertainty a typical figure is no measurement
		}
		v, err := quantity.ParseDecimal(f.Value)
		if err != nil {
			continue
		}
		sd, err := quantity.ParseDecimal(f.SD)
		if err != nil || sd.Sign() <= 0 {
			continue
		}
		if m.typical == nil {
			m.typical = map[element.Element]quantity.Measured{}
		}
		m.typical[e] = quantity.Measured{Value: v, SD: sd, Known: true}
	}
	return m
}

// lot opens the page of a lot.
func (r *reader) lot(l *genealogy.Lot) {
	p := &Lot{ID: l.ID, Name: l.MaterialName, Kind: l.Kind}
	if len(l.Materials) == 1 {
		m := r.material(l.Materials[0])
		p.declared, p.typical = m.declared, m.typical
	}
	for _, a := range l.Assays {
		if !slices.ContainsFunc(p.assays, func(b quantity.Assay) bool { return slices.Equal(a.Lines, b.Lines) }) {
			p.assays = append(p.assays, a)
		}
	}
	for _, f := range l.Findings {
		switch f.Kind {
		case genealogy.Clash, genealogy.TwoContents, genealogy.DoubleSerial, genealogy.StandingTank:
			if p.Contested == "" {
				p.Contested = f.Kind.String()
			}
		}
	}
	r.b.Lots[l.ID] = p
}

// flow is an amount of a lot as a weighing.
func (r *reader) flow(id supply.LotID, a genealogy.Amount, entries []record.ID) Flow {
	f := Flow{Lot: id, Weighing: r.b.weighings}
	r.b.weighings++
	if m, ok := a.Mass(); ok {
		f.Mass, f.Known, f.SD = m, true, m.Float()*WeighingSD
		for _, e := range entries {
			if sd, ok := r.facts.weighings[e][id]; ok {
				f.SD = sd
				break
			}
		}
		return f
	}
	n, counted := a.Count()
	if a.Kind == genealogy.Unstated && r.facts.singles[id] {
		n, counted = 1, true // an EPC is one thing
	}
	if counted {
		f.Pieces = n
		r.weigh(&f)
	}
	return f
}

// weigh gives counted pieces the mass of so many pieces of the lot's material. Of a lot that is read later nothing is
// known yet: it is asked again when all are read.
func (r *reader) weigh(f *Flow) {
	l := r.lots[f.Lot]
	if f.Known || f.Pieces == 0 || l == nil || len(l.Materials) != 1 {
		return
	}
	if piece := r.material(l.Materials[0]).piece; piece > 0 {
		if m, err := piece.Times(quantity.DecimalOf(f.Pieces)); err == nil {
			f.Mass, f.Known, f.SD = m, true, m.Float()*WeighingSD
		}
	}
}

// campaigns joins the events of one transformationID.
func (r *reader) campaigns() {
	slices.SortFunc(r.raw, func(a, b rawMaking) int {
		return cmp.Or(a.Time.Compare(b.Time), bytes.Compare(a.Entries[0][:], b.Entries[0][:]))
	})
	index := map[string]int{}
	for i := range r.raw {
		m := &r.raw[i]
		m.Phases = []supply.Phase{m.Phase}
		k, known := index[m.campaign]
		if m.campaign == "" || !known {
			index[m.campaign] = len(r.b.Makings)
			if m.campaign != "" {
				m.ID = m.campaign
			}
			r.b.Makings = append(r.b.Makings, m.Making)
			continue
		}
		c := &r.b.Makings[k]
		c.Entries = append(slices.Clone(c.Entries), m.Entries...)
		c.In, c.Out = append(c.In, m.In...), append(c.Out, m.Out...)
		c.Losses = append(slices.Clone(c.Losses), m.Losses...)
		c.Unread, c.Told = c.Unread || m.Unread, append(slices.Clone(c.Told), m.Told...)
		if !slices.Contains(c.Phases, m.Phase) {
			c.Phases = append(c.Phases, m.Phase)
		}
		if c.Phase == supply.NoPhase || m.Phase != supply.NoPhase && m.Phase < c.Phase {
			c.Phase = m.Phase
		}
		if c.Facility != m.Facility {
			c.Facility, c.Place = "", ""
		}
	}
}

// finish puts the indexes up, settles which beginnings count, and finds the lots that were handed on whole.
func (r *reader) finish() {
	b := r.b
	b.makes, b.draws = map[supply.LotID][]int{}, map[supply.LotID][]int{}
	put := func(index map[supply.LotID][]int, l supply.LotID, i int) {
		if list := index[l]; len(list) == 0 || list[len(list)-1] != i {
			index[l] = append(list, i)
		}
	}
	for i := range b.Makings {
		m := &b.Makings[i]
		for _, f := range m.In {
			put(b.draws, f.Lot, i)
		}
		for _, f := range m.Out {
			put(b.makes, f.Lot, i)
		}
		r.place(m.Facility)
	}
	for _, id := range r.order {
		l := b.Lots[id]
		if l == nil {
			continue
		}
		l.Begun = countedBegins(l.Begun, len(b.makes[id]) > 0)
		if len(l.Begun) > 0 {
			l.Facility, l.Place, l.Country = l.Begun[0].Facility, l.Begun[0].Place, l.Begun[0].Country
			r.place(l.Facility)
		}
		if made := b.makes[id]; len(made) > 0 {
			m := &b.Makings[made[0]]
			l.Facility, l.Place = m.Facility, m.Place
			f, _, ok := r.g.Register().Facility(m.Facility, m.Date)
			if l.Country = ""; ok {
				l.Country = f.Country
			}
		}
		if l.counted != nil && l.countedAt.Before(l.lastFlowAt) {
			l.counted = nil
		}
		r.moves(l)
		b.whole(l)
		b.handedOn(id)
	}
}

func (r *reader) place(f supply.FacilityID) {
	for range 16 {
		if _, known := r.b.within[f]; f == "" || known {
			return
		}
		st, _, _ := r.g.Register().Facility(f, 0)
		r.b.within[f], r.b.names[f] = st.Within, st.Name
		f = st.Within
	}
}

// countedBegins is the commissionings that bring amounts into being: beside a making, or an origin, any other tells of
// the same birth again; of accounts by different authors the least counts.
func countedBegins(begun []Begin, made bool) []Begin {
	origins := slices.ContainsFunc(begun, Begin.Origin)
	if made || origins {
		begun = slices.DeleteFunc(begun, func(b Begin) bool { return !b.Origin() })
	}
	var out []Begin
	for _, b := range begun {
		i := slices.IndexFunc(out, func(a Begin) bool {
			return a.Phase == b.Phase && !slices.ContainsFunc(a.authors, func(p supply.PartyID) bool { return slices.Contains(b.authors, p) })
		})
		switch {
		case i < 0:
			out = append(out, b)
		case b.Known && (!out[i].Known || b.Mass < out[i].Mass):
			out[i] = b
		}
	}
	return out
}

// handedOn joins the weighings of a lot that was made once and drawn once with the same figure to the milligram: that is
// one weighing carried on, not two that agree.
func (b *Books) handedOn(id supply.LotID) {
	made, drawn := b.flowsOf(id)
	if len(made) != 1 || len(drawn) != 1 || !drawn[0].Known {
		return
	}
	from := made[0]
	if moves := b.Lots[id].Moves; len(moves) > 0 { // the figure it came with goes before the one it was made with
		if to := &moves[len(moves)-1].To.Flow; to.Known && to.Mass == drawn[0].Mass {
			from = to
		}
	}
	if from.Known && from.Mass == drawn[0].Mass {
		drawn[0].Weighing, drawn[0].SD = from.Weighing, from.SD
	}
}

// flowsOf is the flows into and out of a lot: makings and beginnings, and draws.
func (b *Books) flowsOf(id supply.LotID) (made, drawn []*Flow) {
	l := b.Lots[id]
	for i := range l.Begun {
		made = append(made, &l.Begun[i].Flow)
	}
	for _, i := range b.makes[id] {
		for k := range b.Makings[i].Out {
			if f := &b.Makings[i].Out[k]; f.Lot == id {
				made = append(made, f)
			}
		}
	}
	for _, i := range b.draws[id] {
		for k := range b.Makings[i].In {
			if f := &b.Makings[i].In[k]; f.Lot == id {
				drawn = append(drawn, f)
			}
		}
	}
	return made, drawn
}
