package disclosure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/rules"
	"lodestone/supply"
)

// Questionnaires are what an answer lacks, as one questionnaire for each party to be asked, by party; and the missing
// facts that no questionnaire settles, with who could give them. by is who asks.
//
// For each lot at which the record stops it asks, of every element whose way there is not known, for the places of the
// steps that the verdict hangs on, so that the answers close the gap and not only a part of it.
func Questionnaires(a *rules.Answer, f *rules.Facts, in *Record, by supply.PartyID, s Standing) ([]Questionnaire, []Elsewhere) {
	k := asker{f: f, g: in.Graph, lots: map[supply.LotID]*stop{}}
	for _, b := range a.Books {
		for _, m := range b.Missing {
			k.fact(m)
		}
	}
	sheets := map[supply.PartyID]*Questionnaire{}
	sheet := func(to supply.PartyID) *Questionnaire {
		if sheets[to] == nil {
			sheets[to] = &Questionnaire{Paper: "supplier questionnaire", To: string(to), ToName: k.party(to), By: string(by), Item: string(in.Lot), Standing: s}
		}
		return sheets[to]
	}
	for _, lot := range k.order {
		q := sheet(k.holder(lot))
		q.Asks = append(q.Asks, k.asks(lot, k.lots[lot])...)
	}
	for _, p := range k.places {
		q := sheet(k.operator(p.facility, p.lot))
		q.Asks = append(q.Asks, p.ask)
	}
	var out []Questionnaire
	for _, q := range sheets {
		q.seal()
		out = append(out, *q)
	}
	slices.SortFunc(out, func(a, b Questionnaire) int { return cmp.Compare(a.To, b.To) })
	return out, k.elsewhere
}

// asker sorts missing facts by the lot and the party that could tell.
type asker struct {
	f         *rules.Facts
	g         *genealogy.Graph
	lots      map[supply.LotID]*stop
	order     []supply.LotID
	places    []placeAsk
	elsewhere []Elsewhere
}

// stop is a lot at which the record stops, with the steps that are asked of it and the facts behind each.
type stop struct {
	elements element.Set // whose way to it is not known
	before   supply.Phase
	campaign string
	open     bool
	steps    map[step][]string
}

type step struct {
	phase supply.Phase
	each  bool // of each element
}

type placeAsk struct {
	facility supply.FacilityID
	lot      supply.LotID
	ask      Ask
}

// alternatives are, for the step by which a missing fact is named, the steps of which one will do.
var alternatives = map[supply.Phase][]supply.Phase{
	supply.Separated: {supply.Separated, supply.Refined}, supply.Refined: {supply.Separated, supply.Refined},
	supply.Milled:   {supply.Atomized, supply.Decrepitated, supply.Milled},
	supply.Sintered: {supply.Sintered, supply.Bonded}, supply.Consolidated: {supply.Melted, supply.Consolidated, supply.Sintered},
}

func willDo(p supply.Phase, e element.Element) []supply.Phase {
	all := alternatives[p]
	if all == nil {
		all = []supply.Phase{p}
	}
	if smelted(e) && p == supply.Separated {
		return smelting
	}
	return all
}

// fact takes one missing fact in.
func (k *asker) fact(m rules.Missing) {
	other := func(why string) {
		x := Elsewhere{Fact: m.Fact, Ask: m.Ask, Why: why}
		if !slices.Contains(k.elsewhere, x) {
			k.elsewhere = append(k.elsewhere, x)
		}
	}
	mat := k.material(m.Fact)
	p, e, ok := stepAsked(m.Fact)
	switch {
	case mat == nil:
		other("it is a matter of the contract or the end item: say it in the contract file (--contract)")
		return
	case strings.Contains(m.Fact, ".findings["):
		other("records contradict one another: the party that is wrong corrects its own")
		return
	case !ok:
		other("it is a matter of what the lot is: say it in the material's statement (import csv, materials.csv)")
		return
	}
	if s := k.placeless(mat, m.Fact); s != nil {
		k.place(mat, s, m, other)
		return
	}
	k.gaps(mat, p, e, m, other)
}

// material is the material that a fact names: materials[NAME].
func (k *asker) material(fact string) *rules.Material {
	for i := range k.f.Materials {
		if m := &k.f.Materials[i]; strings.HasPrefix(fact, "materials["+m.Name+"].") {
			return m
		}
	}
	return nil
}

// placeless is the step on record, without a country, that a fact is about; nil where the fact asks for a step that is not
// on record.
func (k *asker) placeless(m *rules.Material, fact string) *rules.Step {
	_, rest, _ := strings.Cut(fact, ".steps[")
	what, _, _ := strings.Cut(rest, "]")
	word, symbols, _ := strings.Cut(what, " ")
	symbols, _, _ = strings.Cut(symbols, " #")
	var named element.Set
	for _, s := range strings.Split(symbols, ", ") {
		if e, err := element.Parse(s); err == nil {
			named = named.With(e)
		}
	}
	for i := range m.Steps {
		if s := &m.Steps[i]; s.Country == "" && s.Phase.String() == word && s.Elements == named {
			return s
		}
	}
	return nil
}

// place asks for the country of the facility of a step on record.
func (k *asker) place(m *rules.Material, s *rules.Step, missing rules.Missing, other func(string)) {
	if s.Planned {
		other("no question to a supplier settles it: whoever calls the place planned states from which day it ran")
		return
	}
	if len(s.Claims) > 0 {
		other("rival claims of the place: the party that is wrong corrects its own")
		return
	}
	p, _ := k.g.Profile(m.Lot, wholeTime)
	for _, x := range p.Steps {
		if x.Phase != s.Phase || x.Elements != s.Elements || x.Country != "" || x.Facility == "" {
			continue
		}
		for i := range k.places {
			if k.places[i].facility == x.Facility {
				k.places[i].ask.Facts = join(k.places[i].ask.Facts, []string{missing.Fact})
				return
			}
		}
		name := string(x.Facility)
		if f, _, ok := k.g.Register().Facility(x.Facility, 0); ok && f.Name != "" {
			name = f.Name + " (" + name + ")"
		}
		k.places = append(k.places, placeAsk{x.Facility, m.Lot, Ask{Kind: AskPlace, Lot: string(m.Lot), Is: k.lotWords(m.Lot), Phase: s.Phase.String(),
			Also: []string{s.Phase.String()}, Elements: []string{}, Facility: string(x.Facility), By: k.since(m.Lot).Format(time.RFC3339),
			Question: "In which country does " + name + " stand, where it was " + s.Phase.String() + "?", Facts: []string{missing.Fact}}})
		return
	}
	other("an event names no place: the party that recorded it corrects the event")
}

// gaps asks, at each lot where the record stops, for a step that is not on record.
func (k *asker) gaps(m *rules.Material, p supply.Phase, e element.Element, missing rules.Missing, other func(string)) {
	stops := m.StopsAt(e, willDo(p, e)...)
	if len(stops) == 0 {
		stops = []string{string(m.Lot)} // the history is there, and the step is not in it
	}
	for _, at := range stops {
		lot := supply.LotID(at)
		st := k.lots[lot]
		if st == nil {
			var why string
			if st, why = k.stopAt(m, lot); why != "" {
				other(why)
				continue
			}
			k.lots[lot], k.order = st, append(k.order, lot)
		}
		if !st.open && e != element.None {
			st.elements = st.elements.With(e)
		}
		x := step{p, e != element.None}
		st.steps[x] = join(st.steps[x], []string{missing.Fact})
	}
}

// stopAt is what is not known at a lot, or why nobody's answer to a questionnaire could close it.
func (k *asker) stopAt(m *rules.Material, lot supply.LotID) (*stop, string) {
	st := &stop{steps: map[step][]string{}}
	p, _ := k.g.Profile(m.Lot, wholeTime)
	for _, h := range p.Holes {
		if h.Lot != lot {
			continue
		}
		if h.Element == element.None {
			return nil, "nobody says what " + string(lot) + " is made of: state its material and constituents first (import csv, materials.csv and lots.csv)"
		}
		st.open, st.before = true, h.Before
		st.elements = st.elements.With(h.Element)
	}
	if !st.open {
		return st, ""
	}
	l, _ := k.g.Lot(lot)
	for _, h := range l.History {
		if h.Void || h.Role != "made" {
			continue
		}
		if st.campaign = h.Campaign; st.campaign == "" {
			return nil, "the making of " + string(lot) + " lacks an input: the party that recorded it names the input in a corrected event"
		}
	}
	return st, ""
}

// asks are the questions about a lot: a step of each element, or of the whole lot.
func (k *asker) asks(lot supply.LotID, st *stop) []Ask {
	var out []Ask
	add := func(x step, e element.Element, facts []string) {
		a := Ask{Kind: AskStep, Lot: string(lot), Is: k.lotWords(lot), Phase: x.phase.String(), Also: []string{}, Elements: symbols(st.elements), Campaign: st.campaign,
			Open: st.open, By: k.since(lot).Format(time.RFC3339), Facts: facts}
		for _, p := range willDo(x.phase, e) {
			a.Also = append(a.Also, p.String())
		}
		what := "this lot"
		if e != element.None {
			a.Element, what = e.Symbol(), "the "+e.Name()+" in this lot"
		}
		a.Question = "Where was " + what + " " + strings.Join(a.Also, " or ") + "?"
		out = append(out, a)
	}
	for x, facts := range st.steps {
		if !x.each {
			add(x, element.None, facts)
			continue
		}
		for e := range st.elements.All() {
			add(x, e, facts)
		}
	}
	return out
}

// since is when a lot is first on record.
func (k *asker) since(lot supply.LotID) time.Time {
	l, _ := k.g.Lot(lot)
	for _, h := range l.History {
		if !h.Void {
			return h.Time.UTC()
		}
	}
	return wholeTime
}

// holder is whom to ask about a lot: who sent it first, else who recorded it first, else who works where it was seen first.
func (k *asker) holder(lot supply.LotID) supply.PartyID {
	l, _ := k.g.Lot(lot)
	for _, h := range l.History {
		for _, from := range h.From {
			if _, _, place := k.g.Register().Facility(supply.FacilityID(from), 0); !place && !h.Void {
				return supply.PartyID(from)
			}
		}
	}
	for _, h := range l.History {
		for _, a := range h.Authors {
			if !h.Void && a != supply.Unattributed {
				return a
			}
		}
	}
	for _, h := range l.History {
		if f, _, ok := k.g.Register().Facility(h.Facility, h.Date); ok && f.Operator != "" {
			return f.Operator
		}
	}
	return supply.Unattributed
}

// operator is who works a facility, else whom to ask about the lot.
func (k *asker) operator(id supply.FacilityID, lot supply.LotID) supply.PartyID {
	if f, _, ok := k.g.Register().Facility(id, 0); ok && f.Operator != "" {
		return f.Operator
	}
	return k.holder(lot)
}

func (k *asker) party(id supply.PartyID) string {
	for _, p := range k.g.Register().Party(id) {
		return p.Value.Name
	}
	return ""
}

// lotWords is what a lot is, in words.
func (k *asker) lotWords(lot supply.LotID) string {
	l, ok := k.g.Lot(lot)
	switch {
	case !ok:
		return "lot"
	case l.MaterialName != "":
		return l.MaterialName
	case l.Kind != "":
		return l.Kind
	}
	return "material not stated"
}
