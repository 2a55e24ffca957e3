package main

import (
	"context"
	"slices"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/supply"
)

// ofView is how much of one lot is material of an ancestor.
type ofView struct {
	Lot   supply.LotID `json:"lot"`
	Holds []boundsView `json:"holds"`
}

// commonShares is, for each ancestor, a recall over the lots on its ways to those it is behind: how much of each is of it.
func commonShares(ctx context.Context, l *ledger.Ledger, g *genealogy.Graph, list []genealogy.Ancestor, elements []element.Element) ([]*recall, error) {
	ascents := map[supply.LotID]*ascent{}
	on := make([][]supply.LotID, len(list))
	var all []supply.LotID
	for i := range list {
		for _, of := range list[i].Of {
			if ascents[of] == nil {
				ascents[of] = newAscent(g, of)
			}
			on[i] = append(on[i], ascents[of].onTheWay(list[i].ID)...)
		}
		slices.Sort(on[i])
		on[i] = slices.Compact(on[i])
		all = append(all, on[i]...)
	}
	slices.Sort(all)
	near := neighbours(g, slices.Compact(all))
	facts, err := factsOf(ctx, l, g, near)
	if err != nil {
		return nil, err
	}
	books := balance.ReadLots(g, facts, near)
	shares := make([]*recall, len(list))
	for i := range list {
		shares[i] = recallOver(g, books, list[i].ID, on[i], elements)
	}
	return shares, nil
}

// ascent is what a lot was made from, with the place of each.
type ascent struct {
	lots []genealogy.Forebear
	at   map[supply.LotID]int32
}

func newAscent(g *genealogy.Graph, lot supply.LotID) *ascent {
	a := &ascent{lots: g.Ascent(lot), at: map[supply.LotID]int32{}}
	for i := range a.lots {
		a.at[a.lots[i].Lot] = int32(i)
	}
	return a
}

// onTheWay is the lots on the ways down from one of them, with it.
func (a *ascent) onTheWay(from supply.LotID) []supply.LotID {
	start := a.at[from]
	seen := map[int32]bool{start: true}
	list := []supply.LotID{from}
	for todo := []int32{start}; len(todo) > 0; {
		f := &a.lots[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		for _, next := range [][]int32{f.Into, f.Within} {
			for _, n := range next {
				if !seen[n] {
					seen[n] = true
					todo = append(todo, n)
					list = append(list, a.lots[n].Lot)
				}
			}
		}
	}
	return list
}

// of is the bounds in one lot of a recall, for each of its elements.
func (r *recall) of(lot supply.LotID) []bound {
	i := slices.IndexFunc(r.lots, func(h held) bool { return h.ID == lot })
	sums := make([]bound, len(r.elements))
	for k := range sums {
		sums[k] = r.lots[i].sum(k)
	}
	return sums
}

// ofViews is how much of each of some lots is of the recall's source.
func (r *recall) ofViews(lots []supply.LotID) []ofView {
	var list []ofView
	for _, lot := range lots {
		v := ofView{Lot: lot, Holds: []boundsView{}}
		for k, b := range r.of(lot) {
			v.Holds = append(v.Holds, b.view(r.elements[k]))
		}
		list = append(list, v)
	}
	return list
}

// shareWords is how much of each of some lots is of the source, for a person: the least and the greatest among them.
func (r *recall) shareWords(lots []supply.LotID) string {
	text := ""
	for k, e := range r.elements {
		all := bound{low: 1}
		for _, lot := range lots {
			b := r.of(lot)[k]
			all.low, all.high = min(all.low, b.low), max(all.high, b.high)
		}
		if e != element.None && all.high == 0 {
			continue // as of an element that a separation took out
		}
		words := all.words()
		if e != element.None {
			words = e.Symbol() + " " + words
		}
		text = joined("; ", text, words)
	}
	return text
}
