package balance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/supply"
)

// Item is one measurement of a reconciliation: a weighing (Element None) or an assay.
type Item struct {
	Name       string
	Lot        supply.LotID
	Element    element.Element
	Assay      bool
	Value, SD  float64 // as measured: kg, or fraction of one
	Adjusted   float64
	AdjustedSD float64
	Redundancy float64 // 0: nothing else tells of it, no error of it can be seen
	Z          float64 // above zero: the figure is too high; 0 when it cannot be seen
	Limit      float64 // |Z| beyond which it is reported; infinite when it cannot be seen
	Least      float64 // the least error that is found 95 times in 100; 0 when none is
}

// Reconciliation is the figures of a scope reconciled.
type Reconciliation struct {
	Networks int // parts that share no measurement
	Balances int
	DoF      int
	Test     Test // of all parts together
	Passed   bool // the global test passed and nothing is suspected
	Suspects []Suspect
	Cut      bool // in one part as many were found as were looked for
	After    Test // of what is left without the suspects
	Items    []Item
	Open     int // balances at which so much is missing that a loss is taken as given: more than 20 standard uncertainties
	Blind    int // measurements of redundancy 0, those in no balance counted too
	LeftOut  []LeftOut
	Largest  int // degrees of freedom of the largest network
	Alone    int // networks of one degree of freedom: that something is wrong shows there, and never which figure it is
}

// LeftOut is what could not be reconciled for one reason.
type LeftOut struct {
	Why  string
	What []string // steps and balances, with the lot that it is about
}

// model builds the network of a scope.
type model struct {
	b         *Books
	all       bool // of all mass too
	net       Network
	items     []Item // by variable; Name "" for what is not measured
	weighings map[int]int
	perPiece  map[supply.LotID]int
	fractions map[fractionKey]int
	leftOut   []LeftOut
	open      int
}

type fractionKey struct {
	lot supply.LotID
	e   element.Element
}

// Reconcile makes one network of the makings in scope and reconciles it: a balance for each making and element, one of all
// mass where the phase keeps it, one for each lot that is ended or was counted, one for each further assay of a lot, one for
// each shipment weighed at both ends, and one for what there was of a lot before it was shipped whole.
// Parts that share no measurement are reconciled apart, and tested as one family.
//
// Where no loss is declared none is assumed, unless a step by itself misses more than farOff standard uncertainties of its
// gap: that is a loss and no error of measurement, and the balance is left open for it.
func (b *Books) Reconcile(s *Scope, alpha float64) (*Reconciliation, error) {
	if !(alpha > 0 && alpha < 1) {
		return nil, fmt.Errorf("reconcile: the level of the tests is %g: want one between 0 and 1, such as 0.01", alpha)
	}
	return newModel(b, s).reconcile(alpha)
}

// newModel is the network of a scope, without the balances that only say what an unmeasured figure is.
func newModel(b *Books, s *Scope) *model {
	m := &model{b: b, all: s.Elements.Empty(), weighings: map[int]int{}, perPiece: map[supply.LotID]int{}, fractions: map[fractionKey]int{}}
	makings := b.Within(s)
	set := b.elements(s, makings)
	inScope := map[int]bool{}
	for _, i := range makings {
		inScope[i] = true
	}
	var lots []supply.LotID
	for _, i := range makings {
		m.making(&b.Makings[i], set)
		for _, f := range b.Makings[i].In {
			lots = append(lots, f.Lot)
		}
		for _, f := range b.Makings[i].Out {
			lots = append(lots, f.Lot)
		}
	}
	slices.Sort(lots)
	for _, id := range slices.Compact(lots) {
		if l := b.Lots[id]; l != nil {
			m.lot(l, inScope)
		}
	}
	for _, t := range b.Transits(s) {
		m.move(t.Move)
	}
	m.prune()
	return m
}

// making adds the balances of a making.
func (m *model) making(x *Making, set element.Set) {
	if len(x.In) == 0 || len(x.Out) == 0 || slices.Contains(x.Phases, supply.Mined) {
		return
	}
	name := x.Name()
	for _, f := range append(slices.Clone(x.In), x.Out...) {
		if l := m.b.Lots[f.Lot]; l == nil || l.Contested != "" {
			why := "not known"
			if l != nil {
				why = l.Contested
			}
			m.leftOut = leave(m.leftOut, fmt.Sprintf("figures of a lot in dispute (%s)", why), name+", of "+short(f.Lot))
			return
		}
	}
	if x.Unread {
		m.leftOut = leave(m.leftOut, "a declared loss that cannot be read", name)
		return
	}
	if m.all && x.keepsMass() {
		m.balance(x, name, element.None)
	}
	for e := range set.All() {
		if m.b.assayedIn(x, e) {
			m.balance(x, name, e)
		}
	}
}

// leave notes that something is left out.
func leave(list []LeftOut, why, what string) []LeftOut {
	i := slices.IndexFunc(list, func(x LeftOut) bool { return x.Why == why })
	if i < 0 {
		i = len(list)
		list = append(list, LeftOut{Why: why})
	}
	list[i].What = append(list[i].What, what)
	return list
}

// balance adds one balance of a making, unless a figure that nothing else tells of stands in it.
func (m *model) balance(x *Making, name string, e element.Element) {
	what := balanceName(name, e)
	for _, l := range x.Losses {
		if e != element.None && l.Element == element.None {
			m.leftOut = leave(m.leftOut, "a declared loss of unstated composition", what)
			return
		}
	}
	var terms []Term
	side := func(flows []Flow, sign float64, word string) bool {
		for i := range flows {
			f := &flows[i]
			l := m.b.Lots[f.Lot]
			if e != element.None {
				if _, _, c := l.Of(e); c == Without {
					continue
				}
			}
			if !f.Known {
				m.leftOut = leave(m.leftOut, "a lot whose mass is not stated", what+", of "+short(f.Lot))
				return false
			}
			if f.Mass == 0 || f.SD == 0 {
				continue
			}
			w, times := m.weighing(f, word, name)
			if e == element.None {
				terms = append(terms, Mass(sign*times, w))
				continue
			}
			if fr, some := m.fraction(l, e); some {
				terms = append(terms, Part(sign*times, w, fr))
			}
		}
		return true
	}
	if !side(x.In, 1, "into") {
		return
	}
	into := len(terms)
	if !side(x.Out, -1, "out of") {
		return
	}
	for _, l := range x.Losses {
		if (l.Element == e || e == element.None) && l.Mass > 0 {
			kg := l.Mass.Float()
			terms = append(terms, Mass(-1, m.add(Item{Name: "declared loss at " + what, Element: l.Element, Value: kg, SD: kg * lossSD(l)})))
		}
	}
	switch {
	case len(terms) == 0:
	case into == 0:
		m.leftOut = leave(m.leftOut, "came out, and none went in", what)
	case into == len(terms):
		m.leftOut = leave(m.leftOut, "went in, and came out in no recorded product", what)
	default:
		if a := m.b.account(x, e); a.Finding == Unaccounted && a.Sigma() > farOff {
			m.open++
			terms = append(terms, Mass(-1, m.unknown("loss: "+what, a.Gap.Mass.Float())))
		}
		m.net.Balance(what, true, terms...)
	}
}

// balanceName is the name of one balance of a making.
func balanceName(making string, e element.Element) string {
	if e == element.None {
		return making
	}
	return e.Symbol() + ": " + making
}

// LeakName is the name of a Suspect that is a leak at a making of that name.
func LeakName(making string, e element.Element) string { return leakPrefix + balanceName(making, e) }

// Name is a making in words: what it first made, its phase, place and day.
func (m *Making) Name() string {
	name := "nothing"
	if len(m.Out) > 0 {
		name = short(m.Out[0].Lot)
	}
	if m.Phase == supply.NoPhase {
		name += " made"
	} else {
		name += " " + m.Phase.String()
	}
	if place := cmp.Or(m.Place, string(m.Facility)); place != "" {
		name += " at " + place
	}
	if m.Date != 0 {
		name += " on " + m.Date.String()
	}
	return name
}

// short is the last part of an identifier.
func short(id supply.LotID) string { return lastPart(string(id)) }

func lastPart(s string) string {
	for i := len(s) - 1; i > 0; i-- {
		if s[i-1] == ':' || s[i-1] == '/' {
			return s[i:]
		}
	}
	return s
}

func (m *model) add(it Item) int {
	m.items = append(m.items, it)
	return m.net.Measure(it.Name, it.Value, it.SD)
}

func (m *model) unknown(name string, guess float64) int {
	m.items = append(m.items, Item{})
	return m.net.Unknown(name, guess)
}

// weighing is the variable of a flow, and how many times it goes into it: once, or by the number of pieces.
func (m *model) weighing(f *Flow, word, making string) (variable int, times float64) {
	if f.Pieces > 0 {
		return m.piece(f), float64(f.Pieces)
	}
	if v, ok := m.weighings[f.Weighing]; ok {
		return v, 1
	}
	v := m.add(Item{Name: strings.TrimSpace(fmt.Sprintf("weighing of %s %s %s", short(f.Lot), word, making)), Lot: f.Lot, Value: f.Mass.Float(), SD: f.SD})
	m.weighings[f.Weighing] = v
	return v, 1
}

// piece is the variable of what one piece of a lot weighs. A count is exact; the piece mass is that of the material, from
// which the pieces of a batch differ somewhat in the mean. Where pieces were made of counted pieces it would be the same
// figure again, and is no second measurement.
func (m *model) piece(f *Flow) int {
	if v, ok := m.perPiece[f.Lot]; ok {
		return v
	}
	n := float64(f.Pieces)
	kg, sd := f.Mass.Float()/n, f.SD/n
	counted := func(i int) bool {
		return slices.ContainsFunc(m.b.Makings[i].In, func(x Flow) bool { return x.Pieces > 0 })
	}
	name := "mass of one piece of " + short(f.Lot)
	v := -1
	if slices.ContainsFunc(m.b.makes[f.Lot], counted) {
		v = m.unknown(name, kg)
	} else {
		v = m.add(Item{Name: name, Lot: f.Lot, Value: kg, SD: sd})
	}
	m.perPiece[f.Lot] = v
	return v
}

// fraction is the variable of an element's fraction in a lot, and false when the lot holds none to speak of.
func (m *model) fraction(l *Lot, e element.Element) (int, bool) {
	key := fractionKey{l.ID, e}
	if v, ok := m.fractions[key]; ok {
		return v, v >= 0
	}
	f, sd, c := l.Of(e)
	x := f.Value.Float64()
	v := -1
	switch {
	case c == Unknown:
		v = m.unknown(e.Symbol()+" in "+short(l.ID), 0.01)
	case c == Typical && x > 0: // said of the material, not found in the lot: of two lots it errs alike, so it is no measurement
		v = m.unknown(e.Symbol()+" in "+short(l.ID), x)
	case c == Assayed && sd > 0:
		v = m.add(Item{Name: "assay of " + e.Symbol() + " in " + short(l.ID), Lot: l.ID, Element: e, Assay: true, Value: x, SD: sd})
		m.again(l, e, v)
	}
	m.fractions[key] = v
	return v, v >= 0
}

// again adds the earlier assays of the lot, each a measurement of the same fraction.
func (m *model) again(l *Lot, e element.Element, latest int) {
	n := 0
	first := true
	for i := len(l.assays) - 1; i >= 0; i-- {
		f, ok := l.assays[i].Of(e)
		sd := fractionSD(f)
		if !ok || sd == 0 {
			continue
		}
		if first {
			first = false
			continue
		}
		n++
		name := fmt.Sprintf("assay %d before the last of %s in %s", n, e.Symbol(), short(l.ID))
		v := m.add(Item{Name: name, Lot: l.ID, Element: e, Assay: true, Value: f.Value.Float64(), SD: sd})
		m.net.Balance(e.Symbol()+" in "+short(l.ID)+" by several assays", false, Mass(1, latest), Mass(-1, v))
	}
}
