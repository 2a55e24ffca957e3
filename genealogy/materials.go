package genealogy

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// material is what the standing statements about one material come to.
type material struct {
	elems   element.Set // all that any of them declares; empty when one declares none
	piece   int64       // milligrams a piece; 0 not known, or in dispute
	kinds   []string    // distinct, in order
	dispute string      // the contradiction in what counts, in words; "" none
	entries []record.ID // that contradict each other
}

// materialOf works out a material once. Only settle may call it.
func (g *Graph) materialOf(m int32) *material {
	k, ok := g.register.known[m]
	if !ok {
		k = g.materialFacts(m)
		g.register.known[m] = k
	}
	return k
}

// materialFacts works out a material.
func (g *Graph) materialFacts(m int32) *material {
	if k, ok := g.register.known[m]; ok {
		return k
	}
	k := &material{}
	among := g.register.materials[m]
	standing := g.standing(among, 0)
	undeclared := false
	pieces := map[int64]bool{}
	for _, n := range standing {
		st := g.register.claims[n].st.Material
		set := setOf(st.Constituents)
		undeclared = undeclared || set.Empty()
		k.elems = k.elems.Union(set)
		if q, err := quantity.ParseQuantity(st.PieceMass, "KGM"); err == nil && st.PieceMass != "" {
			if mass, ok := q.Mass(); ok && mass > 0 {
				pieces[int64(mass)] = true
				k.piece = int64(mass)
			}
		}
		if st.Kind != "" && !slices.Contains(k.kinds, st.Kind) {
			k.kinds = append(k.kinds, st.Kind)
		}
	}
	slices.Sort(k.kinds)
	if undeclared {
		k.elems = 0
	}
	if len(pieces) > 1 {
		k.piece = 0
	}
	if what, entries := g.materialDispute(standing, among); what != "" {
		k.dispute = "material " + g.names.text(m) + ": statements disagree on its " + what
		k.entries = entries
	}
	return k
}

// materialDispute finds two standing statements whose validity overlaps and that differ in what a verdict can rest on.
func (g *Graph) materialDispute(standing, among []int32) (string, []record.ID) {
	var what []string
	var entries []record.ID
	for i, a := range standing {
		for _, b := range standing[i+1:] {
			if !g.overlap(a, b, among) {
				continue
			}
			x, y := g.register.claims[a].st.Material, g.register.claims[b].st.Material
			d := materialDiffers(x, y)
			if len(d) > 0 {
				what = append(what, d...)
				entries = append(entries, g.claimID(a), g.claimID(b))
			}
		}
	}
	slices.Sort(what)
	return strings.Join(slices.Compact(what), ", "), sortIDs(entries)
}

func materialDiffers(x, y *supply.Material) []string {
	var d []string
	if x.Kind != y.Kind && x.Kind != "" && y.Kind != "" {
		d = append(d, "kind")
	}
	if x.Form != y.Form && x.Form != "" && y.Form != "" {
		d = append(d, "form")
	}
	if s, t := setOf(x.Constituents), setOf(y.Constituents); s != t && !s.Empty() && !t.Empty() {
		d = append(d, "constituents")
	}
	if x.PieceMass != "" && y.PieceMass != "" {
		p, err1 := quantity.ParseDecimal(x.PieceMass)
		q, err2 := quantity.ParseDecimal(y.PieceMass)
		if err1 == nil && err2 == nil && p != q {
			d = append(d, "piece mass")
		}
	}
	if x.COTS != nil && y.COTS != nil && *x.COTS != *y.COTS {
		d = append(d, "commercial availability")
	}
	return d
}

// overlap tells whether two claims stand on a common day.
func (g *Graph) overlap(a, b int32, among []int32) bool {
	for _, p := range g.holds(a, among) {
		for _, q := range g.holds(b, among) {
			if p.Overlaps(q) {
				return true
			}
		}
	}
	return false
}

// setOf is the elements of a list of symbols. A symbol that is none leaves the whole undeclared: nothing is restricted.
func setOf(symbols []string) element.Set {
	var set element.Set
	for _, s := range symbols {
		e, err := element.Parse(s)
		if err != nil {
			return 0
		}
		set = set.With(e)
	}
	return set
}

// word is somebody's word on what a lot is of.
type word struct {
	material int32
	entries  []record.ID
}

// words is the materials a lot is said to be of, by standing statements and live events, in order of their names.
func (g *Graph) words(l int32) []word {
	var list []word
	say := func(m int32, ids ...record.ID) {
		if m == 0 {
			return
		}
		for i := range list {
			if list[i].material == m {
				list[i].entries = sortIDs(append(list[i].entries, ids...))
				return
			}
		}
		list = append(list, word{m, sortIDs(ids)})
	}
	var among []int32
	for n := g.lots.rows[l].claims; n != 0; n = g.register.claims[n-1].next {
		among = append(among, n-1)
	}
	for _, n := range among {
		if len(among) == 1 && !g.retracted(n) || len(among) > 1 && len(g.holds(n, among)) > 0 {
			say(g.register.claims[n].material, g.claimID(n))
		}
	}
	tell := func(n int32, _ role) {
		ev := &g.events[n]
		if !ev.live {
			return
		}
		for _, k := range g.kindsOf(ev) {
			if k.lot == l {
				say(k.material, g.liveEntries(n)...)
			}
		}
	}
	row := &g.lots.rows[l]
	g.each(row.makers, tell)
	g.each(row.others, tell)
	slices.SortFunc(list, func(a, b word) int { return g.byName(a.material, b.material) })
	return list
}

// traceLevel is the mass fraction from which an assayed element counts as one of the lot's: 0.1 %.
var traceLevel = quantity.MustDecimal("0.001")

// elementsOfLot is the declared constituents of what the lot is of and any element assayed above the trace level;
// nothing is no restriction. A lot that is said to be of two materials may hold what either is made of.
func (g *Graph) elementsOfLot(l int32, words []word) element.Set {
	var set element.Set
	for _, w := range words {
		m := g.materialOf(w.material)
		if m.elems.Empty() {
			set = 0
			break
		}
		set = set.Union(m.elems)
	}
	for _, a := range g.assaysAbout(l) {
		for _, line := range a.lines {
			if traceLevel.Less(line.Value) {
				set = set.With(line.Element)
			}
		}
	}
	return set
}

// pieceMass is the mass of one piece of a lot in milligrams, 0 when it is not known.
func (g *Graph) pieceMass(l int32) int64 {
	words := g.words(l)
	if len(words) != 1 {
		return 0
	}
	return g.materialFacts(words[0].material).piece
}

// said is an assay with the event that states it.
type said struct {
	event int32
	assay
}

// assaysAbout is the assays of a lot in live events, in order of the events.
func (g *Graph) assaysAbout(l int32) []said {
	var list []said
	g.each(g.lots.rows[l].others, func(n int32, r role) {
		if r != asSubject || !g.events[n].live {
			return
		}
		for _, a := range g.assaysIn(&g.events[n]) {
			if a.lot == l {
				list = append(list, said{n, assay{l, g.linesOf(&a)}})
			}
		}
	})
	if len(list) > 1 {
		slices.SortStableFunc(list, func(a, b said) int { return g.before(a.event, b.event) })
		// An event that also tells the material hangs on the lot twice.
		out := list[:0]
		for i, s := range list {
			if i == 0 || !slices.EqualFunc(s.lines, list[i-1].lines, func(a, b quantity.Assayed) bool { return a == b }) || s.event != list[i-1].event {
				out = append(out, s)
			}
		}
		list = out
	}
	return list
}
