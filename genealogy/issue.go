package genealogy

import "slices"

// overIssue flags a lot from which more was drawn than was made of it.
func (x *local) overIssue() {
	g := x.g
	draws := g.drawsOf(x.lot)
	if len(draws) == 0 {
		return
	}
	makers := g.inOrder(append(g.makersOf(x.lot), g.countedBegins(x.lot)...))
	want := g.wanted(x.lot, makers, draws)
	made, drawn := g.made(x.lot, want), g.drawn(x.lot, want)
	if len(made.terms) == 0 || !drawn.exceeds(&made, sigmas) {
		return
	}
	ids := g.entriesOfEvents(append(slices.Clone(makers), draws...))
	x.flag(OverIssue, ids, "drawn %s, made %s", drawn.sum, made.sum)
}

// tank flags a lot id that is used as a standing tank: filled again after drawing, at least twice over.
func (x *local) tank() {
	g := x.g
	makers := g.inOrder(append(g.makersOf(x.lot), g.countedBegins(x.lot)...))
	draws := g.drawsOf(x.lot)
	if len(makers) < 3 || len(draws) < 2 {
		return
	}
	refills, d := 0, 0
	for i, m := range makers {
		drawn := false
		for d < len(draws) && g.events[draws[d]].time < g.events[m].time {
			drawn = drawn || i > 0 && g.events[draws[d]].time >= g.events[makers[0]].time
			d++
		}
		if drawn {
			refills++
		}
	}
	if refills >= 2 {
		x.flag(StandingTank, g.entriesOfEvents(append(slices.Clone(makers), draws...)), "filled again after drawing %d times", refills)
	}
}
