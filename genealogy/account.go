package genealogy

import (
	"math/bits"
	"slices"
)

// in turns an amount of a lot into the kind wanted: pieces into mass by the piece mass.
func (g *Graph) as(l int32, a Amount, want AmountKind) Amount {
	if a.Kind != ByCount || want != ByMass {
		return a
	}
	piece := g.pieceMass(l)
	hi, lo := bits.Mul64(uint64(max(piece, 0)), uint64(max(a.Value, 0)))
	if piece <= 0 || hi != 0 || lo > 1<<63-1 {
		return Amount{}
	}
	return Amount{Value: int64(lo), Kind: ByMass}
}

// madeBy adds what one event makes of a lot.
func (g *Graph) madeBy(n, l int32, want AmountKind, w *weighed) {
	ev := &g.events[n]
	list := g.outOf(ev)
	if ev.kind != makes {
		list = g.thingsOf(ev)
	}
	for _, it := range list {
		if it.lot == l {
			w.add(g.as(l, it.amount, want))
		}
	}
}

// drawnBy adds what one event draws from a lot.
func (g *Graph) drawnBy(n, l int32, want AmountKind, w *weighed) {
	for _, it := range g.inputs(n) {
		if it.lot == l {
			w.add(g.as(l, it.amount, want))
		}
	}
}

// countedBegins is the commissionings that bring amounts of a lot into being. Beside a transformation only those that
// are mined or recycled do, and beside such a one no other: the rest tell of the same birth again.
func (g *Graph) countedBegins(l int32) []int32 {
	begins := g.begins(l)
	born := slices.DeleteFunc(slices.Clone(begins), func(n int32) bool { return 1<<g.events[n].phase&origins == 0 })
	if len(born) > 0 || len(g.makersOf(l)) > 0 {
		return born
	}
	return begins
}

// wanted is the kind in which the amounts of a lot are compared: mass when any is a mass, else what they are.
func (g *Graph) wanted(l int32, made, drawn []int32) AmountKind {
	kind := Unstated
	see := func(list []item) {
		for _, it := range list {
			if it.lot == l && it.amount.Kind != Unstated && (kind == Unstated || it.amount.Kind == ByMass) {
				kind = it.amount.Kind
			}
		}
	}
	for _, n := range made {
		see(g.outOf(&g.events[n]))
		see(g.thingsOf(&g.events[n]))
	}
	for _, n := range drawn {
		see(g.inputs(n))
	}
	return kind
}

// made is how much of a lot was made: over all its makings, each counted once. Of several accounts of one making the
// least counts.
func (g *Graph) made(l int32, want AmountKind) weighed {
	events := g.inOrder(append(g.makersOf(l), g.countedBegins(l)...))
	return g.tally(events, false, func(n int32, w *weighed) { g.madeBy(n, l, want, w) })
}

// drawn is how much of a lot was drawn. Of several accounts of one making the greatest counts.
func (g *Graph) drawn(l int32, want AmountKind) weighed {
	return g.tally(g.drawsOf(l), true, func(n int32, w *weighed) { g.drawnBy(n, l, want, w) })
}

// tally sums events, each making once: accounts of one making by different authors, and contents of one eventID, are
// alternatives of which the greatest or the least counts.
func (g *Graph) tally(events []int32, most bool, amount func(n int32, w *weighed)) weighed {
	var total weighed
	if !g.alternatives(events) {
		for _, n := range events {
			amount(n, &total)
		}
		return total
	}
	better := func(a, b *weighed) bool {
		if len(a.terms) == 0 || len(b.terms) == 0 {
			return len(b.terms) == 0 && len(a.terms) > 0
		}
		if most {
			return a.sum.Value > b.sum.Value
		}
		return a.sum.Value < b.sum.Value
	}
	for _, group := range g.accountGroups(events) {
		var best weighed
		for i, author := range g.authorsOf(group) {
			var version weighed
			var twins []int32
			for _, n := range group {
				if !g.statedBy(n, author) {
					continue
				}
				id := g.events[n].twin
				if id == 0 {
					amount(n, &version)
				} else if !slices.Contains(twins, id) {
					twins = append(twins, id)
					var pick weighed
					for j, t := range g.twinsAmong(id, group) {
						var w weighed
						amount(t, &w)
						if j == 0 || better(&w, &pick) {
							pick = w
						}
					}
					addAll(&version, &pick)
				}
			}
			if i == 0 || better(&version, &best) {
				best = version
			}
		}
		addAll(&total, &best)
	}
	return total
}

// addAll adds the terms of one sum to another.
func addAll(w, v *weighed) {
	for _, t := range v.terms {
		a := v.sum
		a.Value = t
		w.add(a)
	}
	w.partial = w.partial || v.partial
}

// alternatives tells whether any two of the events may be alternatives: contents of one eventID, or by different authors.
func (g *Graph) alternatives(events []int32) bool {
	for i, n := range events {
		if g.events[n].twin != 0 || i > 0 && !g.sameAuthors(events[0], n) {
			return true
		}
	}
	return false
}

// accountGroups parts events into those that are accounts of one making, or contents of one eventID. Accounts of one
// making make a lot in common.
func (g *Graph) accountGroups(events []int32) [][]int32 {
	group := make([]int32, len(events))
	for i := range group {
		group[i] = int32(i)
	}
	root := func(i int32) int32 {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	byLot, byTwin := map[int32][]int32{}, map[int32]int32{}
	for i, n := range events {
		ev := &g.events[n]
		if ev.twin != 0 {
			if first, ok := byTwin[ev.twin]; ok {
				a, b := root(first), root(int32(i))
				group[max(a, b)] = min(a, b)
			} else {
				byTwin[ev.twin] = int32(i)
			}
		}
		list := g.outOf(ev)
		if ev.kind == observes {
			list = g.thingsOf(ev)
		}
		for k, it := range list {
			if k > 0 && list[k-1].lot == it.lot {
				continue
			}
			for _, j := range byLot[it.lot] {
				if a, b := root(j), root(int32(i)); a != b && g.sameMaking(events[j], n) {
					group[max(a, b)] = min(a, b)
				}
			}
			byLot[it.lot] = append(byLot[it.lot], int32(i))
		}
	}
	members := make([][]int32, len(events))
	for i, n := range events {
		r := root(int32(i))
		members[r] = append(members[r], n)
	}
	return slices.DeleteFunc(members, func(m []int32) bool { return m == nil })
}

func (g *Graph) twinsAmong(id int32, group []int32) []int32 {
	var list []int32
	for _, n := range group {
		if g.events[n].twin == id {
			list = append(list, n)
		}
	}
	return list
}

// authorsOf is the authors of events, in order of their names.
func (g *Graph) authorsOf(events []int32) []int32 {
	var list []int32
	for _, n := range events {
		for s := g.events[n].stated; s >= 0; s = g.entries[s].next {
			if e := &g.entries[s]; !e.void && !slices.Contains(list, e.author) {
				list = append(list, e.author)
			}
		}
	}
	slices.SortFunc(list, g.byName)
	return list
}

// sameAuthors tells whether two events are stated by the same authors. Most have one entry each.
func (g *Graph) sameAuthors(a, b int32) bool {
	if x, y := g.events[a].stated, g.events[b].stated; x >= 0 && y >= 0 {
		if p, q := &g.entries[x], &g.entries[y]; p.next < 0 && q.next < 0 && !p.void && !q.void {
			return p.author == q.author
		}
	}
	return slices.Equal(g.authorsOf([]int32{a}), g.authorsOf([]int32{b}))
}

func (g *Graph) statedBy(n, author int32) bool {
	for s := g.events[n].stated; s >= 0; s = g.entries[s].next {
		if e := &g.entries[s]; !e.void && e.author == author {
			return true
		}
	}
	return false
}
