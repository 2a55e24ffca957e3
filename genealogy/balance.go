package genealogy

import (
	"math/big"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// entriesOfEvents is the entries that state live events, in order.
func (g *Graph) entriesOfEvents(events []int32) []record.ID {
	var ids []record.ID
	for _, n := range events {
		ids = append(ids, g.liveEntries(n)...)
	}
	return sortIDs(ids)
}

// balance compares what went into a making with what came out: in all where nothing may be added unaccounted for, and
// element by element where assays allow. What came out, or was declared lost, beyond it has no recorded origin: a hole.
func (x *local) balance(m making) {
	g := x.g
	bits := g.phases(m)
	in, out := g.feed(m)
	if len(in) == 0 || bits&(1<<supply.Mined) != 0 {
		return
	}
	before := earliest(bits)
	total := true
	for _, n := range m.events {
		total = total && !adding(g.events[n].phase)
	}
	went := g.tally(m.events, true, func(n int32, w *weighed) { g.allIn(n, w) })
	came := g.tally(m.events, false, func(n int32, w *weighed) {
		for _, it := range g.outOf(&g.events[n]) {
			if total {
				w.add(g.mass(it))
			} else if a := g.least(it, bits&(1<<supply.Bonded|1<<supply.Coated) != 0); a.Kind == ByMass {
				w.add(a) // of what adds mass lawfully, the elements alone; what is not known to hold any adds none
			}
		}
	})
	what := "out %s, in %s"
	if !total {
		what = "out at least %s of metal and rare earth, in %s of everything"
	}
	more := came.exceeds(&went, sigmas)
	if !more {
		lost := g.tally(m.events, false, func(n int32, w *weighed) {
			for _, l := range g.lossesIn(&g.events[n]) {
				if total || l.element != element.None {
					w.add(Amount{Value: l.mass, Kind: ByMass})
				}
			}
		})
		if len(lost.terms) > 0 && (len(came.terms) == 0 || came.sum.Kind == ByMass) {
			addAll(&came, &lost)
			what = "out and declared lost" + strings.TrimPrefix(what, "out")
			more = came.exceeds(&went, closedSigmas)
		}
	}
	if more {
		x.flag(MassExcess, g.entriesOfEvents(m.events), what, came.sum, went.sum)
		x.hole(before, x.elems)
	}
	if excess := x.elementExcess(m, in, out); !excess.Empty() {
		x.flag(ElementExcess, g.entriesOfEvents(m.events), "more %s came out, or was declared lost, than went in, by assay", excess)
		if !x.elems.Empty() {
			excess = excess.Intersect(x.elems)
		}
		if !excess.Empty() {
			x.hole(before, excess)
		}
	}
}

// least is the least mass of its elements that an item can hold by the kind of its material: all of a metal, alloy,
// powder or magnet but a hundredth for hydrogen and the like, a fifth where resin or a coating is added; of an oxide what the least rich usual oxide of its
// elements holds; a fifth of a carbonate, oxalate or chloride, however wet. Of other kinds nothing is known.
func (g *Graph) least(it item, resin bool) Amount {
	a := g.mass(it)
	words := g.words(it.lot)
	if a.Kind != ByMass || len(words) != 1 {
		return Amount{}
	}
	_, kind := g.materialName(words[0].material)
	permille := int64(0)
	switch kind {
	case "metal", "alloy", "powder", "NdFeB magnet", "SmCo magnet", "tantalum metal", "tantalum alloy", "tungsten metal powder", "tungsten heavy alloy", "molybdenum":
		permille = 990
	case "oxide":
		permille = 1000
		for e := range g.lots.rows[it.lot].elems.All() {
			if num, den, ok := e.OxideFactor(); ok {
				permille = min(permille, num*1000/den)
			}
		}
		if g.lots.rows[it.lot].elems.Empty() {
			permille = 300
		}
	case "fluoride":
		permille = 500
	case "carbonate", "mixed rare earth carbonate", "oxalate", "chloride":
		permille = 200
	}
	if resin {
		permille = min(permille, 800)
	}
	if permille == 0 {
		return Amount{}
	}
	a.Value = a.Value / 1000 * permille
	return a
}

// mass is an item's amount as a mass, Unstated when it is none.
func (g *Graph) mass(it item) Amount {
	a := g.as(it.lot, it.amount, ByMass)
	if a.Kind != ByMass {
		return Amount{}
	}
	return a
}

// allIn adds all that one event draws. A container that is opened weighs nothing itself.
func (g *Graph) allIn(n int32, w *weighed) {
	ev := &g.events[n]
	for _, it := range g.inputs(n) {
		if g.isWrapper(it.lot) && len(g.contents(it.lot, ev.time)) > 0 {
			continue
		}
		w.add(g.mass(it))
	}
}

// elementExcess is the elements of which assays show more coming out of a making than went in. It looks at an element
// only when its amount is known for every input: by an assay, or because the input is not made of it. Contents of one
// eventID and accounts of several authors are not weighed against each other here: where there are any, it finds nothing.
func (x *local) elementExcess(m making, in, out []int32) element.Set {
	g := x.g
	if g.alternatives(m.events) {
		return 0
	}
	var seen element.Set
	assays := map[int32][]quantity.Assayed{}
	for _, l := range out {
		if a, ok := g.latestAssay(l); ok {
			assays[l] = a
			for _, line := range a {
				seen = seen.With(line.Element)
			}
		}
	}
	lost := map[element.Element]*grams{}
	for _, n := range m.events {
		for _, l := range g.lossesIn(&g.events[n]) {
			if l.element == element.None {
				continue
			}
			if lost[l.element] == nil {
				lost[l.element] = &grams{}
			}
			lost[l.element].add(l.mass, quantity.Assayed{Element: l.element, Measured: quantity.Measured{Value: quantity.DecimalOf(1)}})
			seen = seen.With(l.element)
		}
	}
	if seen.Empty() {
		return 0
	}
	amounts := func(lots []int32, add func(n, l int32, w *weighed)) map[int32]weighed {
		sums := map[int32]weighed{}
		for _, l := range lots {
			var w weighed
			for _, n := range m.events {
				add(n, l, &w)
			}
			if len(w.terms) > 0 && w.sum.Kind != ByMass {
				w.partial = true
			}
			sums[l] = w
		}
		return sums
	}
	went := amounts(in, func(n, l int32, w *weighed) { g.drawnBy(n, l, ByMass, w) })
	came := amounts(out, func(n, l int32, w *weighed) { g.madeBy(n, l, ByMass, w) })
	var excess element.Set
	for e := range seen.All() {
		var o, i grams
		for _, l := range out {
			if w := came[l]; len(w.terms) > 0 && w.sum.Kind == ByMass {
				if line, ok := lineOf(assays[l], e); ok {
					o.add(w.sum.Value, line)
				}
			}
		}
		known, assayed := true, false
		for _, l := range in {
			if g.isWrapper(l) {
				continue
			}
			a, _ := g.latestAssay(l)
			line, ok := lineOf(a, e)
			w := went[l]
			switch {
			case ok && !w.partial && len(w.terms) > 0:
				i.add(w.sum.Value, line)
				assayed = true
			case !ok && !g.lots.rows[l].elems.Empty() && !g.lots.rows[l].elems.Has(e):
			default:
				known = false
			}
		}
		more := o.exceeds(&i, sigmas)
		if !more && assayed && lost[e] != nil { // of what nobody looked for in the inputs, as oxygen in a metal, some is lost all the same
			o.plus(lost[e])
			more = o.exceeds(&i, closedSigmas)
		}
		if known && more {
			excess = excess.With(e)
		}
	}
	return excess
}

// latestAssay is the last assay of a lot, by the canonical order of the events that state them.
func (g *Graph) latestAssay(l int32) ([]quantity.Assayed, bool) {
	list := g.assaysAbout(l)
	if len(list) == 0 {
		return nil, false
	}
	return list[len(list)-1].lines, true
}

func lineOf(lines []quantity.Assayed, e element.Element) (quantity.Assayed, bool) {
	for _, l := range lines {
		if l.Element == e {
			return l, true
		}
	}
	return quantity.Assayed{}, false
}

// AssayWord is the relative standard uncertainty taken for an assay that states none, as one part in so many: 1 %, that
// of routine plasma spectrometry. Leaving it out must not keep a figure from being checked.
const AssayWord = 100

// places is the precision in which fractions are compared: one part in a thousand million.
const places = 9

// fraction is a line's figure and its standard uncertainty in thousand-millionths.
func fraction(l quantity.Assayed) (value, sd int64) {
	scale := quantity.DecimalOf(1_000_000_000)
	whole := func(d quantity.Decimal) int64 {
		p, err := d.Round(places).Mul(scale)
		if err != nil {
			return 0
		}
		n, _ := p.Int64()
		return n
	}
	value = whole(l.Value)
	if l.Known {
		return value, whole(l.SD)
	}
	return value, value / AssayWord
}

// grams is a sum of masses of one element, in thousand-millionths of a milligram, with its variance times Weighing²; all
// in whole numbers, so that the answer does not depend on the order of the terms.
type grams struct{ sum, variance big.Int }

func (s *grams) add(mg int64, l quantity.Assayed) {
	value, sd := fraction(l)
	m := big.NewInt(mg)
	v := new(big.Int).Mul(m, big.NewInt(value))
	s.sum.Add(&s.sum, v)
	u := new(big.Int).Mul(m, big.NewInt(sd))
	u.Mul(u, big.NewInt(Weighing))
	s.variance.Add(&s.variance, v.Mul(v, v))
	s.variance.Add(&s.variance, u.Mul(u, u))
}

func (s *grams) plus(t *grams) {
	s.sum.Add(&s.sum, &t.sum)
	s.variance.Add(&s.variance, &t.variance)
}

// exceeds tells whether s is more than t by more than so many combined standard uncertainties.
func (s *grams) exceeds(t *grams, limit int64) bool {
	d := new(big.Int).Sub(&s.sum, &t.sum)
	if d.Sign() <= 0 {
		return false
	}
	d.Mul(d, d)
	d.Mul(d, big.NewInt(Weighing*Weighing))
	v := new(big.Int).Add(&s.variance, &t.variance)
	return d.Cmp(v.Mul(v, big.NewInt(limit*limit))) > 0
}

// assaysDiffer is the elements in which the assays that go with two accounts of one making contradict each other: those
// the two events state of the lot.
func (x *local) assaysDiffer(a, b int32) []string {
	of := func(n int32) []quantity.Assayed {
		for _, as := range x.g.assaysIn(&x.g.events[n]) {
			if as.lot == x.lot {
				return x.g.linesOf(&as)
			}
		}
		return nil
	}
	var why []string
	for _, l := range of(a) {
		if r, ok := lineOf(of(b), l.Element); ok && linesApart(l, r) {
			why = append(why, "its "+l.Element.Symbol()+" is "+l.Value.String()+" by one account, "+r.Value.String()+
				" by another: more than three combined standard uncertainties apart")
		}
	}
	return why
}

func linesApart(a, b quantity.Assayed) bool {
	va, sa := fraction(a)
	vb, sb := fraction(b)
	d := big.NewInt(va - vb)
	d.Mul(d, d)
	s := new(big.Int).Mul(big.NewInt(sa), big.NewInt(sa))
	t := new(big.Int).Mul(big.NewInt(sb), big.NewInt(sb))
	s.Add(s, t)
	return d.Cmp(s.Mul(s, big.NewInt(sigmas*sigmas))) > 0
}

// adding tells whether a phase lawfully adds mass that no input accounts for: acid, water, carbonate, oxalate, hydrogen,
// resin, plating, or the parts that a magnet is built into.
func adding(p supply.Phase) bool {
	switch p {
	case supply.Cracked, supply.Leached, supply.Precipitated, supply.Separated, supply.Refined, supply.Decrepitated,
		supply.Bonded, supply.Coated, supply.Assembled, supply.Recycled:
		return true
	}
	return false
}
