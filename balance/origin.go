package balance

import (
	"cmp"
	"fmt"
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
	Element element.Element  // None: of all mass
	Shares  []Share          // the greatest first
	Loop    bool             // there is a recycle loop above it
	Sources int              // lots in which the record begins
	Model   supply.Custody   // the strictest that the record bears out
	Claims  []supply.Custody // the models that events about the lot are claimed under
	Booked  []supply.LotID   // lots at or above it claimed under mass balance, or book and claim: nothing is known of their material
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
	if l := b.Lots[id]; l != nil {
		out.Claims = l.Claims
	}
	out.Booked = slices.Compact(slices.Sorted(slices.Values(w.booked)))
	return out
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

// single is the shares in a lot on no loop.
func (w *walk) single(id supply.LotID) bounds {
	if held, ends := w.stop(id); ends {
		return held
	}
	l := w.b.Lots[id]
	if l == nil || l.booked() {
		w.sources++
		if l != nil {
			w.booked = append(w.booked, id)
		}
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
	w.b.history(l, func(x *Flow, made bool, _ when) {
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
		case w.source != "" && w.e == element.None && !m.keepsMass():
			weight.held = widest(src.held)
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
