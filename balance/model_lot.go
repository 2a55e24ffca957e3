package balance

import (
	"cmp"

	"lodestone/supply"
)

// lot adds the balance of a lot that is ended or was counted, when all its flows are in scope. Of a lot that went whole
// from place to place it begins with what came to the last.
func (m *model) lot(l *Lot, inScope map[int]bool) {
	if l.Contested != "" || !l.Ended && l.counted == nil {
		return
	}
	var last *End
	if n := len(l.Moves); n > 0 && l.Moves[n-1].Whole && l.Moves[n-1].To.Known {
		last = &l.Moves[n-1].To
	}
	sum := newSum(m)
	if last != nil {
		sum.add(&last.Flow, 1, "as it came")
	}
	whole := true
	m.b.history(l, func(f *Flow, made bool, at when) {
		switch {
		case last != nil && (made || at.time.Before(last.Time)):
		case !f.Known || at.making >= 0 && !inScope[at.making]:
			whole = false
		case made:
			sum.add(f, 1, "when it began")
		default:
			sum.add(f, -1, "gone")
		}
	})
	if !whole {
		return
	}
	switch {
	case l.counted == nil || l.counted.Mass == 0 || l.counted.SD == 0:
	case l.counted.Pieces > 0:
		sum.add(l.counted, -1, "")
	default:
		sum.terms = append(sum.terms, Mass(-1, m.add(Item{Name: "stock-taking of " + short(l.ID), Lot: l.ID, Value: l.counted.Mass.Float(), SD: l.counted.SD})))
	}
	sum.balance("what is left of " + short(l.ID))
}

// move adds the balances of a shipment: what left and what came, and what there was and what left.
func (m *model) move(v *Move) {
	l := m.b.Lots[v.Lot]
	if l.Contested != "" {
		return
	}
	from := "as it left " + cmp.Or(v.From.Place, short(supply.LotID(v.From.Facility)))
	to := "as it came to " + cmp.Or(v.To.Place, short(supply.LotID(v.To.Facility)))
	if v.From.Known && v.To.Known {
		sum := newSum(m)
		sum.add(&v.From.Flow, 1, from)
		sum.add(&v.To.Flow, -1, to)
		sum.balance(v.Name())
	}
	if !v.Whole {
		return
	}
	for i := range l.Moves {
		if &l.Moves[i] != v {
			continue
		}
		sum := newSum(m)
		list, _ := m.b.before(l, i)
		for _, x := range list {
			sum.add(x.flow, x.sign, "as it was")
		}
		sum.add(&v.From.Flow, -1, from)
		sum.balance("what was left of " + short(v.Lot) + " before it was shipped on " + v.From.Date.String())
	}
}

// sum is the terms of one balance of a lot's mass; flows that are one weighing stand together.
type sum struct {
	m     *model
	net   map[int]float64
	order []int
	terms []Term
}

func newSum(m *model) *sum { return &sum{m: m, net: map[int]float64{}} }

// add enters a flow; one of no uncertainty is left out. word names its weighing, unless that has a name already.
func (s *sum) add(f *Flow, sign float64, word string) {
	if f.SD == 0 {
		return
	}
	w, times := s.m.weighing(f, word, "")
	if _, seen := s.net[w]; !seen {
		s.order = append(s.order, w)
	}
	s.net[w] += sign * times
}

// balance adds the balance, unless nothing or one weighing alone is left in it.
func (s *sum) balance(name string) {
	for _, w := range s.order {
		if s.net[w] != 0 {
			s.terms = append(s.terms, Mass(s.net[w], w))
		}
	}
	if len(s.terms) > 1 {
		s.m.net.Balance(name, true, s.terms...)
	}
}
