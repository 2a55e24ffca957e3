package balance

import (
	"math"
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// walk goes up from a lot, the lots of one loop together (Tarjan's components).
type walk struct {
	b       *Books
	e       element.Element
	next    int
	index   map[supply.LotID]int
	low     map[supply.LotID]int
	stack   []supply.LotID
	comp    map[supply.LotID]int // 0: still on the stack
	held    map[supply.LotID]bounds
	loop    bool
	sources int
	booked  []supply.LotID
	source  supply.LotID          // of Holdings; "" of OriginsOf
	below   map[supply.LotID]bool // the lots that the record leads to from the source
}

// inputs is the lots that the makings of a lot draw from and that may hold the element.
func (w *walk) inputs(id supply.LotID) []supply.LotID {
	if _, ends := w.stop(id); ends {
		return nil
	}
	var list []supply.LotID
	for _, i := range w.b.makes[id] {
		for _, f := range w.b.Makings[i].In {
			if w.holds(f.Lot) && !slices.Contains(list, f.Lot) {
				list = append(list, f.Lot)
			}
		}
	}
	slices.Sort(list)
	return list
}

func (w *walk) holds(id supply.LotID) bool {
	l := w.b.Lots[id]
	if w.e == element.None || l == nil {
		return true
	}
	_, _, c := l.Of(w.e)
	return c != Without
}

func (w *walk) visit(id supply.LotID) {
	w.next++
	w.index[id], w.low[id] = w.next, w.next
	w.stack = append(w.stack, id)
	self := false
	for _, up := range w.inputs(id) {
		self = self || up == id
		if w.index[up] == 0 {
			w.visit(up)
			w.low[id] = min(w.low[id], w.low[up])
		} else if w.comp[up] == 0 {
			w.low[id] = min(w.low[id], w.index[up])
		}
	}
	if w.low[id] != w.index[id] {
		return
	}
	at := slices.Index(w.stack, id)
	members := slices.Clone(w.stack[at:])
	w.stack = w.stack[:at]
	for _, l := range members {
		w.comp[l] = w.index[id]
	}
	if len(members) == 1 && !self {
		w.held[id] = w.single(id)
		return
	}
	w.loop = true
	slices.Sort(members)
	w.looped(members)
}

// looped settles the lots of a loop. All that is in them came in from outside, so at first each is bounded by the least
// and the greatest of that; then each is worked out from the others again and again. Bounds that hold before a round hold
// after it, so they may be taken whenever the rounds stop; the points are known only if they come to rest.
func (w *walk) looped(members []supply.LotID) {
	inside := func(id supply.LotID) bool { _, ok := slices.BinarySearch(members, id); return ok }
	var list []portion
	var done []int
	for _, id := range members {
		if l := w.b.Lots[id]; l != nil {
			list = append(list, w.begun(l)...)
		}
		for _, i := range w.b.makes[id] {
			if !slices.Contains(done, i) {
				done = append(done, i)
				list = append(list, w.drawn(i, inside)...)
			}
		}
	}
	first := whole(Origin{})
	if len(list) > 0 {
		first = blended(list).held
		for o, x := range first {
			x.lo, x.hi = 1, 0
			for _, p := range list {
				x.lo, x.hi = min(x.lo, p.held[o].lo), max(x.hi, p.held[o].hi)
			}
			first[o] = x
		}
	}
	for _, id := range members {
		w.held[id] = first
	}
	sources := w.sources
	if len(list) == 0 {
		w.sources = sources + 1
		return
	}
	const work = 200_000
	moved := 1.0
	for spent := 0; moved > nearly/10 && spent < work; spent += len(members) {
		moved = 0
		for _, id := range members {
			now := w.single(id)
			for o, x := range now {
				moved = max(moved, math.Abs(x.mid-w.held[id][o].mid))
			}
			w.held[id] = now
		}
	}
	w.sources = sources // counted once
	if moved <= nearly/10 {
		return
	}
	for _, id := range members {
		for o, x := range w.held[id] {
			x.known = false
			w.held[id][o] = x
		}
	}
}
