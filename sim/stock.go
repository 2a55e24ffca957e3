package sim

import (
	"slices"

	"lodestone/epcis"
	"lodestone/quantity"
)

// lot is an open lot: what is left of it, where it lies.
type lot struct {
	id      string
	of      stuff
	at      place
	left    load
	made    quantity.Mass // at its birth
	heel    quantity.Mass // what clings to drums and floors, and is never drawn
	pieces  int64         // left, of a lot that is counted
	past    steps
	ghost   bool // other material under the id of a lot that was used up
	named   bool // the ghost was told of
	robbed  bool // some was stolen
	suspect bool // the record of its making is wrong or missing
}

// usable is what can still be drawn.
func (l *lot) usable() quantity.Mass { return max(l.left.mass()-l.heel, 0) }

// batch is what a making has in hand.
type batch struct {
	left load
	past steps
}

// input is what one lot gave to a making.
type input struct {
	lot   *lot
	given epcis.Quantity // as the clerk states it
}

// pool is the open lots of one material in one program, the oldest first.
type pool struct{ lots []*lot }

func (p *pool) usable() (sum, most quantity.Mass) {
	for _, l := range p.lots {
		u := l.usable()
		sum, most = sum+u, max(most, u)
	}
	return sum, most
}

// most is how many open lots of a material a program keeps; above it the oldest are sold out of the world.
const most = 20

// put adds a new lot to the stock, and sells what there is too much of.
func (w *World) put(p program, l *lot) {
	s := &w.stock[p][l.of]
	s.lots = append(s.lots, l)
	for len(s.lots) > most {
		w.sell(s.lots[0])
		s.lots = slices.Delete(s.lots, 0, 1)
	}
}

// need makes until the stock has at least k lots and the amount, the half of it in one lot.
func (w *World) need(p program, s stuff, k int, amount quantity.Mass) {
	for {
		sum, largest := w.stock[p][s].usable()
		if len(w.stock[p][s].lots) >= k && sum >= amount && largest >= amount/2 {
			return
		}
		w.make(p, s)
	}
}

// where is where a plant of a list works on a material: mostly at one that has some of it already.
func (w *World) where(p program, s stuff, list []place) place {
	if stock := w.stock[p][s].lots; len(stock) > 0 && w.rng.IntN(4) > 0 {
		if at := pick(w.rng, stock).at; slices.Contains(list, at) {
			return at
		}
	}
	return pick(w.rng, list)
}

// draw takes about an amount from one to four lots and brings them to the place. It may be somewhat less.
func (w *World) draw(p program, s stuff, amount quantity.Mass, at place) (ins []input, b batch) {
	k := 1 + w.rng.IntN(4)
	w.need(p, s, k, amount)
	stock := &w.stock[p][s]
	got := quantity.Mass(0)
	w.rng.Shuffle(len(stock.lots), func(i, j int) { stock.lots[i], stock.lots[j] = stock.lots[j], stock.lots[i] })
	largest := 0
	for i, l := range stock.lots {
		if l.usable() > stock.lots[largest].usable() {
			largest = i
		}
	}
	stock.lots[0], stock.lots[largest] = stock.lots[largest], stock.lots[0]
	nearest(stock.lots[1:], at)
	for i := k - 1; i >= 0; i-- { // the largest comes last and makes up the amount
		l := stock.lots[i]
		take := (amount - got) / quantity.Mass(i+1)
		if take <= 0 {
			break
		}
		w.move(p, l, at)
		if i > 0 {
			take = quantity.Mass(scale(int64(take), 700+w.rng.Int64N(600), 1000))
		}
		if l.ghost {
			take = max(take, l.made/20)
		}
		free := l.usable()
		if take = min(take, free); free-take < l.made/50 {
			take = free
		}
		if take <= 0 {
			continue
		}
		part := l.left.part(int64(take), int64(l.left.mass()))
		got += part.mass()
		b.past.add(&l.past, &part)
		b.left.add(&part)
		ins = append(ins, input{l, w.stated(l, part.mass())})
	}
	w.tidy(p, s)
	return ins, b
}

// nearest puts the lots that lie at a place first, otherwise as they were.
func nearest(lots []*lot, at place) {
	slices.SortStableFunc(lots, func(a, b *lot) int {
		switch {
		case a.at == at && b.at != at:
			return -1
		case a.at != at && b.at == at:
			return 1
		}
		return 0
	})
}

// drawPieces takes up to so many pieces from one to four lots.
func (w *World) drawPieces(p program, s stuff, n int64, at place) (ins []input, b batch, got int64) {
	k := 1 + w.rng.IntN(4)
	for len(w.stock[p][s].lots) < k {
		w.make(p, s)
	}
	stock := &w.stock[p][s]
	w.rng.Shuffle(len(stock.lots), func(i, j int) { stock.lots[i], stock.lots[j] = stock.lots[j], stock.lots[i] })
	nearest(stock.lots, at)
	for i := 0; i < k && got < n; i++ {
		l := stock.lots[i]
		w.move(p, l, at)
		take := min(l.pieces, max((n-got)/int64(k-i), 1))
		part := l.left.part(take, l.pieces)
		l.pieces -= take
		got += take
		b.past.add(&l.past, &part)
		b.left.add(&part)
		ins = append(ins, input{l, epcis.Quantity{Class: l.id, Value: epcis.Number(decimal(take, 0))}})
	}
	w.tidy(p, s)
	return ins, b, got
}

// tidy takes used-up lots out of the stock. What is left in them is lost; a ghost may take the id of one.
func (w *World) tidy(p program, s stuff) {
	stock := &w.stock[p][s]
	keep := stock.lots[:0]
	for _, l := range stock.lots {
		if l.pieces > 0 || !w.sorts[s].pieces && l.usable() > l.made/500 { // less than that nobody bothers to sweep up
			keep = append(keep, l)
			continue
		}
		w.books.lost.add(&l.left)
		if g := w.ghostOf(l); g != nil {
			keep = append(keep, g)
		}
	}
	clear(stock.lots[len(keep):])
	stock.lots = keep
}

// stated is how a clerk at the lot's place states a mass of it: read from a scale, in the scale's unit.
func (w *World) stated(l *lot, m quantity.Mass) epcis.Quantity {
	unit := w.sites[l.at].unit
	return epcis.Quantity{Class: l.id, Value: epcis.Number(inUnit(quantity.Mass(read(w.noise, int64(m), weighing)), unit)), Unit: unit}
}

// whole is how a clerk states all of a lot.
func (w *World) whole(l *lot) epcis.Quantity {
	if w.sorts[l.of].pieces {
		return epcis.Quantity{Class: l.id, Value: epcis.Number(decimal(l.pieces, 0))}
	}
	return w.stated(l, l.left.mass())
}
