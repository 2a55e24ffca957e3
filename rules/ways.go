package rules

import (
	"cmp"
	"slices"

	"lodestone/genealogy"
	"lodestone/supply"
)

// ways is the ways by which material came into a lot, walked once where anything asks.
type ways struct {
	g     *genealogy.Graph
	root  supply.LotID
	lots  []genealogy.Forebear // nil until walked
	at    map[supply.LotID]int
	after []phaseSet // what happened to a lot's material after it, on every way to root
}

// walk goes up from root, and works out what happened after each lot: the greatest solution of "after a lot comes what is
// common to all ways on; after root comes nothing".
func (w *ways) walk() {
	if w.at != nil {
		return
	}
	w.lots = w.g.Ascent(w.root)
	w.at = make(map[supply.LotID]int, len(w.lots))
	w.after = make([]phaseSet, len(w.lots))
	for i := range w.lots {
		f := &w.lots[i]
		w.at[f.Lot] = i
		if f.Lot != w.root && len(f.Into) > 0 {
			w.after[i] = ^phaseSet(0)
		}
	}
	for changed := true; changed; { // once down the list and once to see that it holds, cycles apart
		changed = false
		for i := range w.lots {
			s := w.after[i]
			for _, to := range w.lots[i].Into {
				s &= phaseSet(w.lots[to].Own) | w.after[to]
			}
			if s != w.after[i] {
				w.after[i], changed = s, true
			}
		}
	}
}

// later tells of a lot that root was made from which phases happened after it on every way to root.
func (w *ways) later(id supply.LotID) []supply.Phase {
	w.walk()
	i, ok := w.at[id]
	if !ok {
		return nil
	}
	var ps []supply.Phase
	w.after[i].each(func(p supply.Phase) { ps = append(ps, p) })
	return ps
}

// feedGaps are the gaps before the lots that begin with being recycled: of what they were in their first life nothing is
// recorded.
func (w *ways) feedGaps(steps []genealogy.Step) []Gap {
	if !slices.ContainsFunc(steps, func(s genealogy.Step) bool { return s.Phase == supply.Recycled && !s.Recycled }) {
		return nil
	}
	w.walk()
	var begin []*genealogy.Forebear
	for i := range w.lots {
		if f := &w.lots[i]; !f.Fed && f.Last == supply.Recycled {
			begin = append(begin, f)
		}
	}
	slices.SortFunc(begin, func(a, b *genealogy.Forebear) int { return cmp.Or(a.Depth-b.Depth, cmp.Compare(a.Lot, b.Lot)) })
	var out []Gap
	for _, f := range begin {
		out = append(out, Gap{Elements: f.Elements, Before: supply.Recycled, After: w.later(f.Lot), Where: string(f.Lot), Feed: true})
	}
	return out
}
