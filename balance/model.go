package balance

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
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
	Least      float64 // the least error that is found 95 times in 100; 0 when none is
}

// Reconciliation is the figures of a scope reconciled.
type Reconciliation struct {
	Networks int // parts that share no measurement
	Balances int
	DoF      int
	Test     Test // Limit is that of the strictest part
	Passed   bool // the global test passed and nothing is suspected
	Suspects []Suspect
	Cut      bool // in one part as many were found as were looked for
	After    Test // of what is left without the suspects
	Items    []Item
	Open     int      // balances at which so much is missing that a loss is taken as given: more than 20 standard uncertainties
	Blind    int      // measurements of redundancy 0, those in no balance counted too
	LeftOut  []string // what could not be reconciled, and why
}

// model builds the network of a scope.
type model struct {
	b         *Books
	all       bool // of all mass too
	net       Network
	items     []Item // by variable; Name "" for what is not measured
	weighings map[int]int
	fractions map[fractionKey]int
	leftOut   []string
	open      int
}

type fractionKey struct {
	lot supply.LotID
	e   element.Element
}

// Reconcile makes one network of the makings in scope and reconciles it: a balance for each making and element, one of all
// mass where the phase keeps it, one for each lot that is ended or was counted, and one for each further assay of a lot.
// Parts that share no measurement are reconciled apart, their tests at a level that together comes to alpha.
//
// Where no loss is declared none is assumed, unless a step by itself misses more than farOff standard uncertainties of its
// gap: that is a loss and no error of measurement, and the balance is left open for it.
func (b *Books) Reconcile(s *Scope, alpha float64, most int) (*Reconciliation, error) {
	if !(alpha > 0 && alpha < 1) {
		return nil, fmt.Errorf("reconcile: the level of the tests is %g: want one between 0 and 1, such as 0.01", alpha)
	}
	m := &model{b: b, all: s.Elements.Empty(), weighings: map[int]int{}, fractions: map[fractionKey]int{}}
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
			m.lot(l, inScope, set)
		}
	}
	return m.reconcile(alpha, most)
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
			m.leftOut = append(m.leftOut, fmt.Sprintf("%s: the figures of %s are in dispute (%s)", name, f.Lot, why))
			return
		}
	}
	if x.Unread {
		m.leftOut = append(m.leftOut, name+": it declares a loss that cannot be read")
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

// balance adds one balance of a making, unless a figure that nothing else tells of stands in it.
func (m *model) balance(x *Making, name string, e element.Element) {
	what := balanceName(name, e)
	for _, l := range x.Losses {
		if e != element.None && l.Element == element.None {
			m.leftOut = append(m.leftOut, what+": a loss is declared whose composition is not stated")
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
				m.leftOut = append(m.leftOut, fmt.Sprintf("%s: no mass of %s is stated", what, f.Lot))
				return false
			}
			if f.Mass == 0 || f.SD == 0 {
				continue
			}
			w := m.weighing(f, word, name)
			if e == element.None {
				terms = append(terms, Mass(sign, w))
				continue
			}
			if fr, some := m.fraction(l, e); some {
				terms = append(terms, Part(sign, w, fr))
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
		m.leftOut = append(m.leftOut, what+": it came out and none went in")
	case into == len(terms):
		m.leftOut = append(m.leftOut, what+": it went in and came out in no recorded product")
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

func (m *model) weighing(f *Flow, word, making string) int {
	if v, ok := m.weighings[f.Weighing]; ok {
		return v
	}
	v := m.add(Item{Name: strings.TrimSpace(fmt.Sprintf("weighing of %s %s %s", short(f.Lot), word, making)), Lot: f.Lot, Value: f.Mass.Float(), SD: f.SD})
	m.weighings[f.Weighing] = v
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
	case sd > 0:
		word := "assay of "
		if c == Typical {
			word = "typical "
		}
		v = m.add(Item{Name: word + e.Symbol() + " in " + short(l.ID), Lot: l.ID, Element: e, Assay: true, Value: x, SD: sd})
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

// lot adds the balance of a lot that is ended or was counted, when all its flows are in scope.
func (m *model) lot(l *Lot, inScope map[int]bool, set element.Set) {
	if l.Contested != "" || !l.Ended && l.counted == nil {
		return
	}
	whole := true
	var terms []Term
	net := map[int]float64{}
	var order []int
	m.b.history(l, func(f *Flow, made bool, _ quantity.Date, making int) {
		if !f.Known || making >= 0 && !inScope[making] {
			whole = false
			return
		}
		if f.SD == 0 {
			return
		}
		sign, word := 1.0, "when it began"
		if !made {
			sign, word = -1, "gone"
		}
		w := m.weighing(f, word, "") // that of a making has its name already
		if _, seen := net[w]; !seen {
			order = append(order, w)
		}
		net[w] += sign
	})
	if !whole {
		return
	}
	for _, w := range order {
		if net[w] != 0 {
			terms = append(terms, Mass(net[w], w))
		}
	}
	if l.counted != nil && l.counted.Mass > 0 && l.counted.SD > 0 {
		terms = append(terms, Mass(-1, m.add(Item{Name: "stock-taking of " + short(l.ID), Lot: l.ID, Value: l.counted.Mass.Float(), SD: l.counted.SD})))
	}
	if len(terms) > 1 {
		m.net.Balance("what is left of "+short(l.ID), true, terms...)
	}
}

// prune drops the balances that only say what an unmeasured figure is, again and again until none is left.
func (m *model) prune() {
	for {
		uses := make([]int, len(m.net.Vars))
		for _, c := range m.net.Constraints {
			for v := range c.vars() {
				uses[v]++
			}
		}
		before := len(m.net.Constraints)
		m.net.Constraints = slices.DeleteFunc(m.net.Constraints, func(c Constraint) bool {
			for v := range c.vars() {
				if !m.net.Vars[v].Measured && uses[v] == 1 {
					return true
				}
			}
			return false
		})
		if len(m.net.Constraints) == before {
			return
		}
	}
}

// vars is the variables of a constraint, each once.
func (c *Constraint) vars() func(func(int) bool) {
	return func(yield func(int) bool) {
		seen := map[int]bool{}
		for _, t := range c.Terms {
			for _, v := range [2]int{t.A, t.B} {
				if v >= 0 && !seen[v] {
					seen[v] = true
					if !yield(v) {
						return
					}
				}
			}
		}
	}
}

// pieces parts the network into those that share no variable, by their first variables.
func (m *model) pieces() [][]int {
	root := make([]int, len(m.net.Vars))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, c := range m.net.Constraints {
		first := -1
		for v := range c.vars() {
			if first < 0 {
				first = find(v)
				continue
			}
			a, b := find(first), find(v)
			root[max(a, b)] = min(a, b)
		}
	}
	index := map[int]int{}
	var groups [][]int
	for i := range m.net.Constraints {
		r := -1
		for v := range m.net.Constraints[i].vars() {
			r = find(v)
			break
		}
		k, ok := index[r]
		if !ok {
			k = len(groups)
			index[r] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], i)
	}
	return groups
}

// part is the network of some of the balances, with the index of each of its variables in the whole.
func (m *model) part(constraints []int) (*Network, []int) {
	n := &Network{}
	to := map[int]int{}
	var from []int
	move := func(v int) int {
		if v < 0 {
			return v
		}
		k, ok := to[v]
		if !ok {
			k = len(n.Vars)
			to[v] = k
			n.Vars = append(n.Vars, m.net.Vars[v])
			from = append(from, v)
		}
		return k
	}
	for _, i := range constraints {
		c := m.net.Constraints[i]
		x := Constraint{Name: c.Name, Leak: c.Leak}
		for _, t := range c.Terms {
			x.Terms = append(x.Terms, Term{t.Coef, move(t.A), move(t.B)})
		}
		n.Constraints = append(n.Constraints, x)
	}
	return n, from
}

func (m *model) reconcile(alpha float64, most int) (*Reconciliation, error) {
	m.prune()
	for i := range m.items {
		it := &m.items[i]
		it.Adjusted, it.AdjustedSD = it.Value, it.SD
	}
	pieces := m.pieces()
	out := &Reconciliation{Networks: len(pieces), Balances: len(m.net.Constraints), LeftOut: m.leftOut, Open: m.open}
	each := -math.Expm1(math.Log1p(-alpha) / float64(max(len(pieces), 1)))
	after, dofAfter := 0.0, 0
	large, greatest := 0, 0
	for _, piece := range pieces {
		n, from := m.part(piece)
		if len(n.Vars) > MaxSize || len(n.Constraints) > MaxSize {
			large, greatest = large+1, max(greatest, len(n.Vars), len(n.Constraints))
			continue
		}
		all, test, suspects, rest, err := n.GrossErrors(each, most)
		if err != nil {
			out.LeftOut = append(out.LeftOut, err.Error())
			continue
		}
		out.DoF += all.DoF
		out.Test.Global += all.Global
		out.Test.Kinds += test.Kinds
		out.Test.Limit = max(out.Test.Limit, test.Limit)
		after, dofAfter = after+rest.Global, dofAfter+rest.DoF
		for i := range suspects {
			suspects[i].Unit = "kg"
			if s := &suspects[i]; !s.Leak && m.items[from[s.Index]].Assay {
				s.Unit = "of one"
			}
		}
		out.Suspects = append(out.Suspects, suspects...)
		out.Cut = out.Cut || len(suspects) >= most
		for k, v := range from {
			if !n.Vars[k].Measured {
				continue
			}
			it := &m.items[v]
			it.Adjusted, it.AdjustedSD, it.Redundancy = all.Values[k], all.SD[k], all.Redundancy[k]
			it.Z, _ = all.Z(k)
			it.Least, _ = all.Detectable(k, test, 0.95)
		}
	}
	if large > 0 {
		out.LeftOut = append(out.LeftOut, fmt.Sprintf("connected steps too large to be reconciled at once, %d times (up to %d figures, at most %d): ask for one lot, one site, one element or a shorter time", large, greatest, MaxSize))
	}
	out.Test = global(out.Test, alpha, out.Test.Global, out.DoF)
	out.After = global(Test{Kinds: out.Test.Kinds, Limit: out.Test.Limit}, alpha, after, dofAfter)
	out.Passed = out.Test.Passed && len(out.Suspects) == 0
	for _, it := range m.items {
		if it.Name == "" {
			continue
		}
		if it.Redundancy < blind {
			it.Redundancy = 0
			out.Blind++
		}
		out.Items = append(out.Items, it)
	}
	slices.SortStableFunc(out.Suspects, func(x, y Suspect) int {
		if math.Abs(x.Z) > math.Abs(y.Z) {
			return -1
		}
		return b2i(math.Abs(x.Z) < math.Abs(y.Z))
	})
	return out, nil
}

// blind is the redundancy below which a measurement counts as one that cannot be checked.
const blind = 1e-6
