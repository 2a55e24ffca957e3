package genealogy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
)

// FoldBy is the length of the periods into which a trace is folded.
type FoldBy uint8

const (
	ByMonth FoldBy = iota
	ByQuarter
	ByYear
	ByDay
	Altogether // no periods
)

var foldWords = [...]string{"month", "quarter", "year", "day", "all"}

// String is the period's word.
func (b FoldBy) String() string { return foldWords[b] }

// ParseFoldBy reads a period's word.
func ParseFoldBy(s string) (FoldBy, error) {
	if i := slices.Index(foldWords[:], s); i >= 0 {
		return FoldBy(i), nil
	}
	return 0, fmt.Errorf("period %q: want %s", s, strings.Join(foldWords[:], ", "))
}

// period is the period a day lies in: 2026, 2026-Q2, 2026-05, 2026-05-04; "" for no day.
func (b FoldBy) period(d quantity.Date) string {
	if d == 0 || b == Altogether {
		return ""
	}
	day := d.String() // YYYY-MM-DD
	switch b {
	case ByMonth:
		return day[:7]
	case ByQuarter:
		return day[:4] + "-Q" + string('1'+((day[5]-'0')*10+day[6]-'0'-1)/3)
	case ByYear:
		return day[:4]
	}
	return day
}

// GroupKey is what the lots of one group have in common: where their last making was, or of an assembly that nothing made
// where it was put together, of which phase, and when.
type GroupKey struct {
	Facility supply.FacilityID // "" not known, or no making is recorded
	Country  supply.Country    // "" not known, or in dispute
	Phase    supply.Phase
	Period   string
	Lot      supply.LotID // of a lot that stands for itself: the root, and the lots of a group that is unfolded
}

// String is the key as --unfold takes it: FACILITY/PHASE/PERIOD, with - for what is not known. Facilities are URIs, so only
// the last two slashes part.
func (k GroupKey) String() string {
	dash := func(s string) string { return cmp.Or(s, "-") }
	return dash(string(k.Facility)) + "/" + dash(k.Phase.String()) + "/" + dash(k.Period)
}

// Group is the lots of a trace with one key, or one lot.
type Group struct {
	GroupKey
	FacilityName string
	Materials    []string // the names of what they are of, in order, the first few
	MoreOf       bool     // and of others
	Depth        int      // of the nearest of them
	Lots         int
	Made         quantity.Mass // all that was made of those whose mass is stated
	Unstated     int           // lots of which no mass is stated
	Pieces       int64         // of those that are counted and have no piece mass
	Origins      int           // lots that were mined or recycled there: ways up end
	Unknown      int           // lots at which a hole opens
	Findings     int           // lots with a finding
	Cycles       int           // lots on a cycle
	First        supply.LotID  // the least of their ids
}

// GroupArrow is all that flowed from the lots of one group into those of another by makings of one phase, or that was
// inside them. A making counts each of its draws once on an arrow, however many of its products are in the group it leads
// to; where its products are in several groups, the draws stand on the arrow to each.
type GroupArrow struct {
	From, To  int // indexes of groups
	Phase     supply.Phase
	Contained bool
	Draws     int           // or stays
	Mass      quantity.Mass // of those with a mass
	Unstated  int           // draws of which no mass is stated
}

// Folded is a trace folded: its groups and what flowed between them.
type Folded struct {
	Root      supply.LotID
	Down      bool
	By        FoldBy
	Groups    []Group      // the root first, then by depth, facility, phase, period and lot
	Arrows    []GroupArrow // by the group nearer to the root, the other, and phase
	Lots      int          // in all groups
	Links     int          // arrows of the whole trace
	Truncated bool
	In        map[supply.LotID]int // the group of each lot; only where FoldOptions.Members asks for it
}

// FoldOptions are how to fold a trace.
type FoldOptions struct {
	TraceOptions
	By      FoldBy
	Members bool     // tell the group of each lot too
	Unfold  []string // keys of groups whose lots are to stand each for itself, as GroupKey.String; "*" is all
}

// Fold is Trace folded by facility, phase and period, without ever writing the whole trace out: it visits the same lots and
// arrows. Of several accounts of one making the arrows show each, as Trace does.
func (g *Graph) Fold(id supply.LotID, o FoldOptions) (*Folded, error) {
	g.read()
	defer g.mu.RUnlock()
	t, err := g.follow(id, o.TraceOptions)
	if err != nil {
		return nil, err
	}
	f := folder{g: g, o: o, root: t.root, groups: map[GroupKey]int{}, of: map[int32]int{}, places: map[placeKey]place{}, names: map[int32]string{},
		kinds: map[int][]int32{}, arrows: map[arrowKey]int{}, out: &Folded{Root: supply.LotID(g.lots.id(t.root)), Down: o.Down, By: o.By, Lots: len(t.depth), Links: len(t.links), Truncated: t.truncated}}
	for l, d := range t.depth {
		f.lot(l, d)
	}
	for i := range t.links {
		f.link(&t.links[i])
	}
	f.finish()
	return f.out, nil
}

type placeKey struct {
	read, biz int32
	day       quantity.Date
}

type arrowKey struct {
	from, to  int
	phase     supply.Phase
	contained bool
}

type drawKey struct {
	making, from, via int32
	amount            Amount
	arrow             int
}

type folder struct {
	g      *Graph
	o      FoldOptions
	root   int32
	groups map[GroupKey]int
	of     map[int32]int // lot to group
	places map[placeKey]place
	names  map[int32]string // of facilities and materials
	kinds  map[int][]int32  // materials of each group
	arrows map[arrowKey]int
	seen   map[drawKey]struct{}
	out    *Folded
}

// lot puts a lot of the trace into its group.
func (f *folder) lot(l int32, depth int) {
	g := f.g
	key := GroupKey{}
	var at int32
	n, made := g.lastMaking(l)
	if !made {
		n, made = g.lastAssembly(l)
	}
	if made {
		ev := &g.events[n]
		p := f.place(ev)
		at = p.facility
		key.Facility, key.Phase, key.Period = supply.FacilityID(g.names.text(p.facility)), ev.phase, f.o.By.period(ev.day)
		if len(p.countries) == 1 {
			key.Country = p.countries[0]
		}
	}
	if l == f.root || slices.Contains(f.o.Unfold, "*") || slices.Contains(f.o.Unfold, key.String()) {
		key.Lot = supply.LotID(g.lots.id(l))
	}
	i, known := f.groups[key]
	if !known {
		i = len(f.out.Groups)
		f.groups[key] = i
		name := ""
		if made {
			name = g.facilityName(at, g.events[n].day)
		}
		f.out.Groups = append(f.out.Groups, Group{GroupKey: key, FacilityName: name, Depth: depth})
	}
	f.of[l] = i
	x := &f.out.Groups[i]
	x.Depth = min(x.Depth, depth)
	x.Lots++
	if id := supply.LotID(g.lots.id(l)); x.First == "" || id < x.First {
		x.First = id
	}
	for _, w := range g.words(l) {
		if !slices.Contains(f.kinds[i], w.material) {
			f.kinds[i] = append(f.kinds[i], w.material)
		}
	}
	f.weigh(x, l)
	if g.unknownAt(l) {
		x.Unknown++
	}
	if g.originAt(l) {
		x.Origins++
	}
	if len(g.flagsOf(l)) > 0 {
		x.Findings++
	}
	if g.lots.rows[l].comp >= 0 {
		x.Cycles++
	}
}

// weigh adds what was made of a lot.
func (f *folder) weigh(x *Group, l int32) {
	a := f.g.madeOf(l)
	if a.Kind == ByCount {
		if m := f.g.as(l, a, ByMass); m.Kind == ByMass {
			a = m
		} else {
			x.Pieces += a.Value
		}
	}
	if m, ok := a.Mass(); ok {
		x.Made = quantity.Mass(Amount{Value: int64(x.Made)}.plus(Amount{Value: int64(m)}).Value)
	} else {
		x.Unstated++
	}
}

// place is where an event happened, remembered.
func (f *folder) place(ev *event) place {
	k := placeKey{ev.readAt, ev.bizAt, ev.day}
	p, ok := f.places[k]
	if !ok {
		p = f.g.placeOf(ev)
		f.places[k] = p
	}
	return p
}

// link puts an arrow of the trace on the arrow of its groups.
func (f *folder) link(x *link) {
	key := arrowKey{from: f.of[x.from], to: f.of[x.to], contained: x.making < 0}
	if x.making >= 0 {
		key.phase = f.g.txnPhase(x.making)
	}
	i, known := f.arrows[key]
	if !known {
		i = len(f.out.Arrows)
		f.arrows[key] = i
		f.out.Arrows = append(f.out.Arrows, GroupArrow{From: key.from, To: key.to, Phase: key.phase, Contained: key.contained})
	}
	if x.shared { // a making of several products: its draw counts once
		if f.seen == nil {
			f.seen = map[drawKey]struct{}{}
		}
		k := drawKey{x.making, x.from, x.via, x.amount, i}
		if _, done := f.seen[k]; done {
			return
		}
		f.seen[k] = struct{}{}
	}
	a := &f.out.Arrows[i]
	a.Draws++
	if m, ok := f.g.as(x.from, x.amount, ByMass).Mass(); ok {
		a.Mass = quantity.Mass(Amount{Value: int64(a.Mass)}.plus(Amount{Value: int64(m)}).Value)
	} else {
		a.Unstated++
	}
}

// mostKinds is how many materials a group names.
const mostKinds = 3

// finish names materials and puts everything in order.
func (f *folder) finish() {
	g := f.g
	for i := range f.out.Groups {
		var names []string
		for _, m := range f.kinds[i] {
			name, ok := f.names[m]
			if !ok {
				name, _ = g.materialName(m)
				f.names[m] = name
			}
			names = append(names, name)
		}
		slices.Sort(names)
		names = slices.Compact(names)
		x := &f.out.Groups[i]
		x.Materials, x.MoreOf = names[:min(mostKinds, len(names))], len(names) > mostKinds
	}
	order := make([]int, len(f.out.Groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &f.out.Groups[i], &f.out.Groups[j]
		return cmp.Or(b2i(b.Lot == f.out.Root)-b2i(a.Lot == f.out.Root), cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.Facility, b.Facility), cmp.Compare(a.Country, b.Country),
			cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Lot, b.Lot))
	})
	place := make([]int, len(order))
	groups := make([]Group, len(order))
	for at, i := range order {
		place[i] = at
		groups[at] = f.out.Groups[i]
	}
	f.out.Groups = groups
	if f.o.Members {
		f.out.In = make(map[supply.LotID]int, len(f.of))
		for l, i := range f.of {
			f.out.In[supply.LotID(g.lots.id(l))] = place[i]
		}
	}
	for i := range f.out.Arrows {
		a := &f.out.Arrows[i]
		a.From, a.To = place[a.From], place[a.To]
	}
	near := func(a *GroupArrow) (int, int) {
		if f.o.Down {
			return a.From, a.To
		}
		return a.To, a.From
	}
	slices.SortFunc(f.out.Arrows, func(a, b GroupArrow) int {
		a1, a2 := near(&a)
		b1, b2 := near(&b)
		return cmp.Or(a1-b1, a2-b2, cmp.Compare(a.Phase, b.Phase), b2i(a.Contained)-b2i(b.Contained))
	})
}
