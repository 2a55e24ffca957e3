package balance

import (
	"math"
	"slices"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Holding bounds how much of one lot is material of another: the source.
type Holding struct {
	Lot       supply.LotID
	Made      quantity.Mass // of the lot, or of the element in it
	Known     bool          // Made is; without it only the shares are bounded
	Low, High float64       // share of what was made of it, of one
}

// Mass is the bounds as masses, rounded outwards to a milligram: the lot holds no less of the source than low and no more
// than high. What lies within a thousandth of a milligram of a whole one is that one: the reckoning is not finer.
func (h *Holding) Mass() (low, high quantity.Mass) {
	whole := func(share float64, round func(float64) float64) quantity.Mass {
		mg := share * float64(h.Made)
		if near := math.Round(mg); math.Abs(mg-near) < 1e-3 {
			return quantity.Mass(near)
		}
		return quantity.Mass(round(mg))
	}
	return max(whole(h.Low, math.Floor), 0), min(whole(h.High, math.Ceil), h.Made)
}

// Left is the bounds in what is left of the lot, of which a part was drawn.
func (h *Holding) Left(left quantity.Mass) (low, high quantity.Mass) {
	low, high = h.Mass()
	return max(0, left-(h.Made-low)), max(0, min(left, high))
}

// Holdings bounds how much of each of the lots is material of the source, of one element or, for None, of all mass: by the
// same reckoning as OriginsOf, with the source as the one origin that counts, so all that holds of those bounds holds of
// these. Below a making that adds or gives off mass unweighed (reagents, water, gas) nothing is known of all mass but that
// a lot made of nothing else is all of it; an element is followed through such a making as through any. A lot below the
// source that is claimed under mass balance, or book and claim, may hold anything of it or nothing.
//
// lots is those that the record leads to from the source (a trace down); the books must hold them, and what they were made
// with. Of other lots the share is nought: as recorded. Material of which nobody recorded where it is from may be the
// source's, and is not counted.
func (b *Books) Holdings(source supply.LotID, lots []supply.LotID, e element.Element) []Holding {
	w := &walk{b: b, e: e, index: map[supply.LotID]int{}, low: map[supply.LotID]int{}, comp: map[supply.LotID]int{}, held: map[supply.LotID]bounds{},
		source: source, below: map[supply.LotID]bool{}}
	for _, id := range lots {
		w.below[id] = true
	}
	list := make([]Holding, 0, len(lots))
	for _, id := range lots {
		if w.index[id] == 0 {
			w.visit(id)
		}
		x := w.held[id][fromSource]
		h := Holding{Lot: id, Low: x.lo, High: x.hi}
		h.Made, h.Known = w.madeOf(id)
		list = append(list, h)
	}
	return list
}

// fromSource stands for the source among the origins: no place of origin has no phase.
var fromSource = Origin{Known: true}

// stop tells whether a walk goes no further up than a lot, and what that holds.
func (w *walk) stop(id supply.LotID) (bounds, bool) {
	if w.source == "" {
		return nil, false
	}
	l := w.b.Lots[id]
	switch {
	case id == w.source:
		return whole(fromSource), true
	case !w.below[id] || l == nil:
		return whole(Origin{}), true
	case l.booked():
		return bounds{fromSource: {hi: 1}, Origin{}: {hi: 1}}, true
	}
	return nil, false
}

// madeOf is how much was made of a lot, of the element or in all.
func (w *walk) madeOf(id supply.LotID) (quantity.Mass, bool) {
	l := w.b.Lots[id]
	if l == nil {
		return 0, false
	}
	var sum quantity.Mass
	made, _ := w.b.flowsOf(id)
	for _, f := range made {
		if !f.Known {
			return 0, false
		}
		sum += f.Mass
	}
	if len(made) == 0 || w.e == element.None {
		return sum, len(made) > 0
	}
	x, _, c := l.Of(w.e)
	if c == Unknown {
		return 0, false
	}
	m, err := sum.Times(x.Value)
	return m, err == nil
}

// Assayed is the elements of which the source has a figure: those a recall can follow.
func (b *Books) Assayed(id supply.LotID) []element.Element {
	l := b.Lots[id]
	if l == nil {
		return nil
	}
	var list []element.Element
	for e := range l.Elements().All() {
		if x, _, c := l.Of(e); c != Unknown && x.Value.Sign() > 0 {
			list = append(list, e)
		}
	}
	slices.Sort(list)
	return list
}
