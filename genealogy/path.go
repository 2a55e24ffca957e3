package genealogy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"lodestone/supply"
)

// Goal is what a way is looked for to: a lot, or a lot of which something happened in a country, at a facility or inside
// it, or by the word or under the operation of a party. Exactly one is given.
type Goal struct {
	Lot      supply.LotID
	Country  supply.Country
	Facility supply.FacilityID
	Party    supply.PartyID
}

// String is what is given.
func (o Goal) String() string {
	return cmp.Or(string(o.Lot), string(o.Country), string(o.Facility), string(o.Party))
}

// Path is a shortest way, or that there is none.
type Path struct {
	From   supply.LotID
	Goal   Goal
	Found  bool
	Lots   []LotSummary // the way, From first
	Arrows []TraceArrow // one between each two: of several the least as Trace orders them
	There  []Happening  // what happened to the last lot there; none when a lot was looked for
	Looked int          // lots looked at
	Holes  []Hole       // of From: where its record is not whole, so that a way may be hidden
	More   bool         // there are more of some kind
}

// Path looks for a shortest way up from a lot, over the same arrows as Trace. Of several of one length it is the one whose
// lots are least in the order of their ids, the first where they differ counting first.
func (g *Graph) Path(id supply.LotID, goal Goal) (*Path, error) {
	g.read()
	defer g.mu.RUnlock()
	from, ok := g.find(id)
	if !ok {
		return nil, fmt.Errorf("path from %s: no entry names that lot: look for it in the list of lots", id)
	}
	there, err := g.goal(goal)
	if err != nil {
		return nil, fmt.Errorf("path from %s: %w", id, err)
	}
	p := g.profile(from, forever-1)
	out := &Path{From: supply.LotID(g.lots.id(from)), Goal: goal, Holes: p.Holes, More: p.More}
	type place struct {
		lot  int32
		open bool // reached as, or in, what is held: what it holds is looked into too
	}
	start := place{from, true}
	before := map[place]place{} // the place from which each was first reached
	for level := []place{start}; len(level) > 0; {
		var next []place
		for _, at := range level {
			out.Looked++
			if happened, ok := there(at.lot); ok {
				way := []int32{at.lot}
				for at != start {
					at = before[at]
					way = append(way, at.lot)
				}
				slices.Reverse(way)
				g.retrace(out, way, happened)
				return out, nil
			}
			up := map[place]bool{}
			for _, x := range g.stepUp(at.lot, at.open) {
				up[place{x.from, x.making < 0}] = true
			}
			for _, u := range slices.SortedFunc(maps.Keys(up), func(a, b place) int {
				return cmp.Or(cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)), b2i(a.open)-b2i(b.open))
			}) {
				if _, known := before[u]; !known && u != start {
					before[u] = at
					next = append(next, u)
				}
			}
		}
		level = next
	}
	return out, nil
}

// stepUp is the arrows of a trace that lead up from a lot: through its makings, and with open to what it holds.
func (g *Graph) stepUp(l int32, open bool) []link {
	t := &tracer{g: g, at: forever - 1, depth: map[int32]int{}, opened: map[int32]bool{}, made: map[int32]bool{}, stays: map[link]bool{}}
	t.step(visit{lot: l, makes: true, open: open}, 0, false)
	return t.links
}

// retrace writes the way to a lot.
func (g *Graph) retrace(out *Path, way, happened []int32) {
	out.Found = true
	for _, l := range way {
		out.Lots = append(out.Lots, g.summary(l))
	}
	for i := range way[1:] {
		one := &tracer{g: g, root: way[i]}
		for _, x := range g.stepUp(way[i], true) {
			if x.from == way[i+1] {
				one.links = append(one.links, x)
			}
		}
		out.Arrows = append(out.Arrows, one.written().Arrows[0])
	}
	last := way[len(way)-1]
	for _, n := range happened {
		out.There = append(out.There, g.happening(n, last))
	}
}

// goal is a test of a lot: whether a way may end there, and for what happened to it.
func (g *Graph) goal(o Goal) (func(l int32) ([]int32, bool), error) {
	var is func(n int32) bool
	switch {
	case o.Lot != "":
		goal, ok := g.find(o.Lot)
		if !ok {
			return nil, fmt.Errorf("no entry names the lot %s", o.Lot)
		}
		return func(l int32) ([]int32, bool) { return nil, l == goal }, nil
	case o.Country != "":
		is = func(n int32) bool { return slices.Contains(g.placeOf(&g.events[n]).countries, o.Country) }
	case o.Facility != "":
		goal, ok := g.names.find(canon(string(o.Facility)))
		if !ok {
			return nil, fmt.Errorf("no entry names the facility %s", o.Facility)
		}
		is = func(n int32) bool {
			f := g.placeOf(&g.events[n]).facility
			return f != 0 && slices.Contains(g.sites(f), goal)
		}
	case o.Party != "":
		goal, ok := g.names.find(canon(string(o.Party)))
		if !ok {
			return nil, fmt.Errorf("no entry names the party %s", o.Party)
		}
		is = func(n int32) bool { return g.hasPart(n, goal) }
	default:
		return nil, fmt.Errorf("nothing is named to look for")
	}
	return func(l int32) ([]int32, bool) {
		var list []int32
		for _, n := range g.claimed(l) {
			if is(n) {
				list = append(list, n)
			}
		}
		return list, len(list) > 0
	}, nil
}

// hasPart tells whether a party states an event, operates the place where it was, or is one of its sources or destinations.
func (g *Graph) hasPart(n, party int32) bool {
	ev := &g.events[n]
	if g.statedBy(n, party) || slices.ContainsFunc(g.movesOf(ev), func(m move) bool { return m.id == party }) {
		return true
	}
	among := g.register.facilities[g.placeOf(ev).facility]
	return slices.ContainsFunc(g.standing(among, ev.day), func(c int32) bool {
		return canon(string(g.register.claims[c].st.Facility.Operator)) == g.names.text(party)
	})
}

// Ancestor is a lot from which several others were made.
type Ancestor struct {
	LotSummary
	Of       []supply.LotID // which of those asked about, in the order asked
	Farthest int            // arrows to the farthest of them, by the shortest way
	Sum      int            // arrows to all of them
}

// Common is the lots that at least least of those given were made from, or are themselves: first those of the most of them,
// then the nearest to the farthest of these, then the nearest to all, then by id. Containers that hold them do not count.
func (g *Graph) Common(ids []supply.LotID, least int) ([]Ancestor, error) {
	g.read()
	defer g.mu.RUnlock()
	type tally struct {
		of            []supply.LotID
		farthest, sum int
	}
	found := map[int32]*tally{}
	for _, id := range ids {
		t, err := g.follow(id, TraceOptions{})
		if err != nil {
			return nil, err
		}
		for l, d := range t.depth {
			x := found[l]
			if x == nil {
				x = &tally{}
				found[l] = x
			}
			x.of = append(x.of, supply.LotID(g.lots.id(t.root)))
			x.farthest, x.sum = max(x.farthest, d), x.sum+d
		}
	}
	var list []Ancestor
	for l, x := range found {
		if len(x.of) >= least {
			list = append(list, Ancestor{LotSummary: LotSummary{ID: supply.LotID(g.lots.id(l))}, Of: x.of, Farthest: x.farthest, Sum: x.sum})
		}
	}
	slices.SortFunc(list, func(a, b Ancestor) int {
		return cmp.Or(len(b.Of)-len(a.Of), a.Farthest-b.Farthest, a.Sum-b.Sum, cmp.Compare(a.ID, b.ID))
	})
	for i := range list {
		l, _ := g.find(list[i].ID)
		list[i].LotSummary = g.summary(l)
	}
	return list, nil
}
