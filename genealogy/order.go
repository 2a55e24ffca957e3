package genealogy

import (
	"cmp"
	"slices"
)

// comp is a cycle of lots: a strongly connected component of more than one lot, or a lot that was drawn into itself.
type comp struct {
	members []int32 // by id
	flags   []Flag
}

// arrange keeps the rank of every lot above that of each lot it was made from, and finds the cycles. New lots at the
// ends of the graph take new ranks at once; an arrow that runs against the ranks moves only the lots between its ends
// (Pearce and Kelly's dynamic topological order, https://doi.org/10.1145/1187436.1210590); where that meets a cycle, or
// most of the graph is new, all is ranked anew (Tarjan's components).
func (g *Graph) arrange() {
	todo := g.makings
	g.makings = nil
	if g.broken || len(todo) > 64 && len(todo) > len(g.events)/8 {
		g.broken = false
		g.rankAll()
		return
	}
	for _, n := range todo {
		if ev := &g.events[n]; ev.live && ev.kind == makes && !g.place(n) {
			g.rankAll()
			return
		}
	}
}

// inCycle tells whether an event's arrows may be part of a cycle.
func (g *Graph) inCycle(ev *event) bool {
	for _, it := range g.outOf(ev) {
		if g.lots.rows[it.lot].comp >= 0 {
			return true
		}
	}
	if ev.txnNo >= 0 { // what it draws, itself or through a container, feeds the outputs of others
		for _, it := range slices.Concat(g.inOf(ev), g.viaOf(ev)) {
			if g.lots.rows[it.lot].comp >= 0 {
				return true
			}
		}
	}
	return false
}

// place ranks the lots of an event's making. It gives up at a cycle.
func (g *Graph) place(n int32) bool {
	in, out := g.feed(g.makingOf(n))
	if len(in) == 0 || len(out) == 0 {
		return true
	}
	rows := g.lots.rows
	for _, l := range in {
		if rows[l].rank == 0 {
			g.minRank--
			rows[l].rank = g.minRank
		}
	}
	for _, l := range out {
		if rows[l].rank == 0 {
			g.maxRank++
			rows[l].rank = g.maxRank
		}
	}
	high, low := rows[in[0]].rank, rows[out[0]].rank
	inCycle := false
	for _, l := range in {
		high = max(high, rows[l].rank)
		inCycle = inCycle || rows[l].comp >= 0
	}
	for _, l := range out {
		low = min(low, rows[l].rank)
		inCycle = inCycle || rows[l].comp >= 0
	}
	if high < low {
		return true
	}
	if inCycle {
		for _, i := range in {
			for _, o := range out {
				if rows[i].rank >= rows[o].rank && (rows[i].comp < 0 || rows[i].comp != rows[o].comp) {
					return false
				}
			}
		}
		return true
	}
	down, ok := g.reach(out, func(l int32) bool { return rows[l].rank <= high }, true)
	if !ok {
		return false
	}
	up, ok := g.reach(in, func(l int32) bool { return rows[l].rank >= low }, false)
	if !ok {
		return false
	}
	byRank := func(a, b int32) int { return cmp.Compare(rows[a].rank, rows[b].rank) }
	slices.SortFunc(down, byRank)
	slices.SortFunc(up, byRank)
	all := append(slices.Clone(up), down...)
	ranks := make([]int32, len(all))
	for i, l := range all {
		ranks[i] = rows[l].rank
	}
	slices.Sort(ranks)
	for i := 1; i < len(ranks); i++ {
		if ranks[i] == ranks[i-1] {
			return false // a lot both above and below: a cycle
		}
	}
	for i, l := range all {
		rows[l].rank = ranks[i]
	}
	return true
}

// reach is the lots that can be reached from some, down or up, within bounds. It gives up at a cycle.
func (g *Graph) reach(from []int32, within func(l int32) bool, down bool) ([]int32, bool) {
	seen := map[int32]bool{}
	done := map[int32]bool{} // transformationIDs gone through
	var list []int32
	put := func(l int32) {
		if !seen[l] && within(l) {
			seen[l] = true
			list = append(list, l)
		}
	}
	for _, l := range from {
		put(l)
	}
	for i := 0; i < len(list); i++ {
		row := &g.lots.rows[list[i]]
		if row.comp >= 0 {
			return nil, false
		}
		head := row.makers
		if down {
			head = row.draws
		}
		g.each(head, func(n int32, _ role) {
			if t := g.events[n].txnNo; t >= 0 {
				if done[t] {
					return
				}
				done[t] = true
			}
			if down {
				g.eachOutput(n, put)
			} else {
				g.eachInput(n, put)
			}
		})
	}
	return list, true
}

// eachInput calls f for each input of the making an event is part of, if it stands, containers opened.
func (g *Graph) eachInput(n int32, f func(l int32)) {
	ev := &g.events[n]
	if !ev.live {
		return
	}
	if ev.txnNo < 0 {
		for _, it := range g.inputs(n) {
			f(it.lot)
		}
		return
	}
	for m := g.txns[ev.txnNo].first; m >= 0; m = g.events[m].txnNext {
		if g.events[m].live {
			for _, it := range g.inputs(m) {
				f(it.lot)
			}
		}
	}
}

// rankAll ranks every lot anew and finds every cycle. Nodes are the lots and, so that a campaign of many inputs and
// outputs costs their sum and not their product, the makings.
func (g *Graph) rankAll() {
	for _, c := range g.comps {
		g.moved = append(g.moved, c.members...)
	}
	g.comps = nil
	rows := g.lots.rows
	for i := range rows {
		rows[i].comp = -1
	}
	t := newTarjan(g)
	for l := range rows {
		t.run(int32(l))
	}
	// Components come out from the ends of the chain up.
	g.minRank, g.maxRank = 0, int32(t.found)
	for l := range rows {
		rows[l].rank = int32(t.found) - t.comp[l]
	}
	for c := range g.comps {
		members := g.byID(g.comps[c].members)
		g.comps[c].members = members
		for _, m := range members {
			rows[m].comp = int32(c)
		}
		g.moved = append(g.moved, members...)
	}
}
