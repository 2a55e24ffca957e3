package genealogy

import "slices"

// arrows is, for each lot, the lots at the far ends of its arrows one way, side by side, so that a walk finds them with
// one look. They are derived from what stands, and worked out again with a lot's other own facts.
type arrows struct {
	at   []uint32 // by lot: where its stretch begins in ends; 0 is the empty stretch
	ends []int32  // stretches: how many, and then the ends in order: a lot, or ^n for all those of the making that event n is part of
	gone int      // how much of ends is in stretches that no lot has any more
}

func newArrows() arrows { return arrows{ends: []int32{0}} }

// of is the ends of a lot's arrows.
func (a *arrows) of(l int32) []int32 {
	at := a.at[l]
	return a.ends[at+1 : at+1+uint32(a.ends[at])]
}

// set gives a lot other arrows. Those it had are left behind.
func (a *arrows) set(l int32, ends []int32) {
	old := a.of(l)
	if slices.Equal(old, ends) {
		return
	}
	if len(old) > 0 {
		a.gone += 1 + len(old)
	}
	a.at[l] = 0
	if len(ends) > 0 {
		a.at[l] = uint32(len(a.ends))
		a.ends = append(append(a.ends, int32(len(ends))), ends...)
	}
}

// tidy lays the stretches side by side again, in order of the lots, once more is left behind than that takes.
func (a *arrows) tidy() {
	if a.gone <= (len(a.at)+len(a.ends))/2 {
		return
	}
	ends := append(make([]int32, 0, len(a.ends)-a.gone), 0)
	for l, at := range a.at {
		if at != 0 {
			a.at[l] = uint32(len(ends))
			ends = append(ends, a.ends[at:at+1+uint32(a.ends[at])]...)
		}
	}
	a.ends, a.gone = ends, 0
}

// apart is how many lots on its other side an event may have and still be an arrow to each: a making of many lots from
// many stands as one end for them all, so that it costs their sum and not their product.
const apart = 8

// aim works out the arrows of a lot again.
func (g *Graph) aim(l int32) {
	row := &g.lots.rows[l]
	ends := g.endBuf[:0]
	g.each(row.makers, func(n int32, _ role) {
		ev := &g.events[n]
		switch in := g.inputs(n); {
		case !ev.live:
		case ev.txnNo >= 0 || ev.outputs > 1 && len(in) > apart:
			ends = append(ends, ^n)
		default:
			for _, it := range in {
				if ev.via == 0 || !g.isWrapper(it.lot) {
					ends = append(ends, it.lot)
				}
			}
		}
	})
	slices.Sort(ends)
	ends = slices.Compact(ends)
	g.up.set(l, ends)
	ends = ends[:0]
	g.each(row.draws, func(n int32, r role) {
		ev := &g.events[n]
		switch out := g.outOf(ev); {
		case !ev.live || r == asContent && !holds(g.viaOf(ev), l):
		case ev.txnNo >= 0 || len(g.inputs(n)) > 1 && len(out) > apart:
			ends = append(ends, ^n)
		default:
			for _, it := range out {
				ends = append(ends, it.lot)
			}
		}
	})
	slices.Sort(ends)
	ends = slices.Compact(ends)
	g.down.set(l, ends)
	g.endBuf = ends
}

// grow makes room for the arrows of so many lots; the new ones have none.
func (a *arrows) grow(lots int) { a.at = append(a.at, make([]uint32, lots-len(a.at))...) }
