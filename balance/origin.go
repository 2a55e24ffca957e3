package balance

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Origin is where material comes into the record: a place of mining or recycling, or nowhere that was recorded.
type Origin struct {
	Known    bool // false: the record begins without saying where it is from
	Phase    supply.Phase
	Facility supply.FacilityID
	Place    string
	Country  supply.Country // "" not known
}

// String is the origin in words.
func (o Origin) String() string {
	if !o.Known {
		return "not recorded"
	}
	place := cmp.Or(o.Place, string(o.Facility), "a place not stated")
	return fmt.Sprintf("%s at %s (%s)", o.Phase, place, cmp.Or(string(o.Country), "country not known"))
}

// Share is how much of a lot, or of one element in it, is of one origin.
type Share struct {
	Origin     Origin
	Low, High  float64 // of one: whatever way the lots were mixed, parted and drawn, it is not below Low and not above High
	Point      float64 // of one, if every lot and every batch was mixed perfectly
	PointKnown bool    // false: an amount that it takes is not known
}

// Origins is the origins of one lot.
type Origins struct {
	Lot     supply.LotID
	Element element.Element // None: of all mass
	Shares  []Share         // the greatest first
	Loop    bool            // there is a recycle loop above it
	Sources int             // lots in which the record begins
	Model   Custody
}

// OriginsOf works the shares of the origins in a lot out, of one element or, for None, of all mass.
//
// A draw of D kg out of a lot of M kg that holds between a and b kg of an origin holds at least D − (M − a) of it, when all
// else was drawn first, and at most b or D. Of a making the same holds of each output against all inputs together; what
// came out beyond what went in, by more than chance, is of no recorded origin. Where a mass or an assay is missing, the
// share lies between the least and the greatest of the inputs. The bounds are never too narrow; they are wider than they
// need be where parts of one lot meet again, because each is bounded on its own.
func (b *Books) OriginsOf(id supply.LotID, e element.Element) Origins {
	w := &walk{b: b, e: e, index: map[supply.LotID]int{}, low: map[supply.LotID]int{}, comp: map[supply.LotID]int{}, held: map[supply.LotID]bounds{}}
	w.visit(id)
	out := Origins{Lot: id, Element: e, Loop: w.loop, Sources: w.sources}
	for o, x := range w.held[id] {
		if x.hi > 0 {
			out.Shares = append(out.Shares, Share{Origin: o, Low: x.lo, High: x.hi, Point: x.mid, PointKnown: x.known})
		}
	}
	slices.SortFunc(out.Shares, func(x, y Share) int {
		return cmp.Or(-cmp.Compare(x.Point, y.Point), -cmp.Compare(x.High, y.High), cmp.Compare(x.Origin.String(), y.Origin.String()))
	})
	out.Model = custodyOf(&out)
	return out
}

// span is the share of one origin.
type span struct {
	lo, mid, hi float64
	known       bool // mid
}

// bounds is the shares of the origins; one that is not there is none.
type bounds map[Origin]span

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
}

// inputs is the lots that the makings of a lot draw from and that may hold the element.
func (w *walk) inputs(id supply.LotID) []supply.LotID {
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

// portion is some material with what it holds.
type portion struct {
	kg    float64
	known bool // kg
	held  bounds
}

// begun is what a lot's commissionings bring.
func (w *walk) begun(l *Lot) []portion {
	var list []portion
	for _, x := range l.Begun {
		w.sources++
		o := Origin{}
		if x.Origin() {
			o = Origin{Known: true, Phase: x.Phase, Facility: x.Facility, Place: x.Place, Country: x.Country}
		}
		list = append(list, portion{x.Mass.Float(), x.Known, whole(o)})
	}
	return list
}

func whole(o Origin) bounds { return bounds{o: {1, 1, 1, true}} }

// single is the shares in a lot on no loop.
func (w *walk) single(id supply.LotID) bounds {
	l := w.b.Lots[id]
	if l == nil {
		w.sources++
		return whole(Origin{})
	}
	list := w.begun(l)
	for _, i := range w.b.makes[id] {
		list = append(list, w.made(i, id)...)
	}
	if len(list) == 0 {
		w.sources++
		return whole(Origin{})
	}
	return blended(list).held
}

// drawn is the inputs of a making as portions: what of a lot's origins a draw from it may hold.
func (w *walk) drawn(i int, but func(supply.LotID) bool) []portion {
	var list []portion
	m := &w.b.Makings[i]
	for k := range m.In {
		f := &m.In[k]
		if !w.holds(f.Lot) || but(f.Lot) {
			continue
		}
		kg, known := w.content(f)
		list = append(list, portion{kg, known, w.draw(f)})
	}
	return list
}

// content is the mass of the element in a weighing.
func (w *walk) content(f *Flow) (float64, bool) {
	if !f.Known || w.e == element.None {
		return f.Mass.Float(), f.Known
	}
	l := w.b.Lots[f.Lot]
	if l == nil {
		return 0, false
	}
	x, _, c := l.Of(w.e)
	if c == Unknown {
		return 0, false
	}
	return f.Mass.Float() * x.Value.Float64(), true
}

// draw is what a weighing drawn from a lot may hold.
func (w *walk) draw(f *Flow) bounds {
	held := w.held[f.Lot]
	l := w.b.Lots[f.Lot]
	if l == nil || !f.Known || f.Mass <= 0 {
		return widest(held)
	}
	var all quantity.Mass
	known := true
	w.b.history(l, func(x *Flow, made bool, _ quantity.Date, _ int) {
		if made {
			known = known && x.Known
			all += x.Mass
		}
	})
	if !known {
		return widest(held)
	}
	return taken(held, max(all, f.Mass).Float(), f.Mass.Float(), surplus(f.Mass.Float(), all.Float()))
}

// surplus is how much more was taken than there was, when that is beyond chance.
func surplus(taken, was float64) float64 {
	if d := taken - was; d > Sigmas*WeighingSD*(taken+was) {
		return d
	}
	return 0
}

// taken is the bounds of d kg taken from m kg of which extra kg are of no recorded origin and held tells of the rest.
func taken(held bounds, m, d, extra float64) bounds {
	out := bounds{}
	rest := (m - extra) / m
	put := func(o Origin, x span) {
		lo, hi := x.lo*rest*m, x.hi*rest*m
		if !o.Known {
			lo, hi = lo+extra, hi+extra
			x.mid = x.mid*rest + extra/m
		} else {
			x.mid *= rest
		}
		out[o] = span{lo: clamp((d - (m - lo)) / d), mid: x.mid, hi: clamp(hi / d), known: x.known}
	}
	for o, x := range held {
		put(o, x)
	}
	if _, ok := held[Origin{}]; !ok && extra > 0 {
		put(Origin{}, span{known: true})
	}
	return out
}

// nearly takes up what rounding leaves of sums that are one or nought.
const nearly = 1e-9

func clamp(x float64) float64 {
	switch {
	case x < nearly:
		return 0
	case x > 1-nearly:
		return 1
	}
	return x
}

// widest is the bounds of an unknown part of what is held: anything there is, unless it is all of one origin.
func widest(held bounds) bounds {
	out := bounds{}
	for o, x := range held {
		if x.lo >= 1-nearly {
			return bounds{o: {1, 1, 1, true}}
		}
		out[o] = span{lo: 0, mid: x.mid, hi: 1, known: false}
	}
	return out
}

// blended is portions put together. Without all their masses the share lies between the least and the greatest.
func blended(list []portion) portion {
	sum := portion{known: true, held: bounds{}}
	for _, p := range list {
		sum.known = sum.known && p.known
		sum.kg += p.kg
	}
	if sum.kg <= 0 {
		sum.known = false
	}
	for _, p := range list {
		for o := range p.held {
			if _, done := sum.held[o]; !done {
				sum.held[o] = sum.share(list, o)
			}
		}
	}
	return sum
}

func (sum *portion) share(list []portion, o Origin) span {
	out := span{lo: 1, known: true}
	if sum.known {
		out.lo = 0
		for _, p := range list {
			x, ok := p.held[o]
			part := p.kg / sum.kg
			out.lo += part * x.lo
			out.mid += part * x.mid
			out.hi += part * x.hi
			out.known = out.known && (x.known || !ok || p.kg == 0)
		}
		out.lo, out.hi = clamp(out.lo), clamp(out.hi)
		return out
	}
	for i, p := range list {
		x, ok := p.held[o]
		out.lo, out.hi = min(out.lo, x.lo), max(out.hi, x.hi)
		if i == 0 {
			out.mid = x.mid
		}
		out.known = out.known && (x.known || !ok) && x.mid == out.mid
	}
	return out
}

// made is the portions of a lot that a making brings.
func (w *walk) made(i int, id supply.LotID) []portion {
	m := &w.b.Makings[i]
	src := blended(w.drawn(i, func(supply.LotID) bool { return false }))
	if len(src.held) == 0 { // no input that may hold it: from nowhere that was recorded, or from the ground
		w.sources++
		o := Origin{}
		if m.Phase.Begins() {
			o = Origin{Known: true, Phase: m.Phase, Facility: m.Facility, Place: m.Place, Country: w.b.Lots[id].Country}
		}
		src.held, src.known = whole(o), false
	}
	total, known := 0.0, src.known
	for k := range m.Out {
		if w.holds(m.Out[k].Lot) {
			kg, ok := w.content(&m.Out[k])
			known = known && ok
			total += kg
		}
	}
	var list []portion
	for k := range m.Out {
		f := &m.Out[k]
		if f.Lot != id {
			continue
		}
		weight := portion{kg: f.Mass.Float(), known: f.Known}
		switch kg, _ := w.content(f); {
		case known && kg > 0:
			extra := 0.0
			if w.excess(i) {
				extra = total - src.kg
			}
			weight.held = taken(src.held, max(total, src.kg), kg, max(extra, 0))
		default:
			weight.held = widest(src.held)
		}
		list = append(list, weight)
	}
	return list
}

// excess tells whether more of the element came out of a making than went in, beyond chance.
func (w *walk) excess(i int) bool {
	m := &w.b.Makings[i]
	if w.e == element.None && !m.keepsMass() {
		return false // reagents and water come in unweighed
	}
	a := w.b.tally(m).account(w.e, nil, false)
	return a.Finding == Excess
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
