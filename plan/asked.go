package plan

import (
	"slices"
	"strings"

	"lodestone/supply"
)

// place is a material at a site in a period.
type place struct {
	site, material string
	period         int
}

// asked is what may still be asked of a material from a place on: what nobody asks is no longer followed, so that states
// which only differ in it are one.
type asked struct {
	colour Colour                            // the bans under which it may yet be delivered to somebody
	class  map[supply.Country]supply.Country // by customs origin: the origins that pay the same duty on every way from here
	origin supply.Country                    // one that the material can have here
	apart  bool                              // there are several classes
}

// classSeparator joins the names of the origins of a class: AU+CA.
const classSeparator = "+"

// ask finds what is asked at each place: the least colours, and the coarsest classes of origins, such that
//
//	colour(place) ⊇ bans of demands here, colour of where a lane leads, of what lies on to the next period, and of
//	                the outputs of a process without what the process breaks itself;
//	two origins are of one class where every lane from here takes the same duty of both, and they are of one class
//	wherever the material, or what keeps its origin, may go.
//
// Both hold exactly: a plan with all colours and origins can be read as one with these, at the same cost, and back.
func (m *Model) ask() {
	s := m.states
	s.asked = map[place]*asked{}
	origins := map[[2]string][]supply.Country{}
	for _, st := range s.list {
		at := [2]string{st.site, st.material}
		if !slices.Contains(origins[at], st.origin) && (st.origin != anyOrigin || !s.tracked[st.material]) {
			origins[at] = append(origins[at], st.origin)
		}
	}
	for at, of := range origins {
		slices.Sort(of)
		for t := range m.Periods {
			a := &asked{class: map[supply.Country]supply.Country{}}
			for _, o := range of {
				a.class[o] = of[0]
			}
			s.asked[place{at[0], at[1], t}] = a
		}
	}
	for t := len(m.Periods) - 1; t >= 0; t-- {
		onward := map[[2]string][]way{}
		for at := range origins {
			onward[at] = m.onward(place{at[0], at[1], t})
		}
		for changed := true; changed; {
			changed = false
			for at, next := range onward {
				p := place{at[0], at[1], t}
				if k := m.askedColour(p, next); k != s.asked[p].colour {
					s.asked[p].colour, changed = k, true
				}
				if m.divide(p, origins[at], next) {
					changed = true
				}
			}
		}
	}
	for at, of := range origins {
		for t := range m.Periods {
			s.asked[place{at[0], at[1], t}].name(of)
		}
	}
}

// way is a way on from a place.
type way struct {
	to   place
	lane *Lane  // nil: by process, or by waiting
	own  Colour // what the way itself breaks
	made bool   // by a process that gives an origin of its own
}

// onward lists the ways on from a place.
func (m *Model) onward(p place) []way {
	n, s := m.Network, m.states
	var out []way
	for i := range n.Lanes {
		l := &n.Lanes[i]
		if l.Origin != p.site || l.Material != p.material {
			continue
		}
		if arrives, share := m.sails(l, p.period); share > 0 {
			out = append(out, way{to: place{l.To, l.Material, arrives}, lane: l})
		}
	}
	for i := range n.Stocks {
		if x := &n.Stocks[i]; x.Site == p.site && x.Material == p.material && p.period+1 < len(m.Periods) {
			out = append(out, way{to: place{p.site, p.material, p.period + 1}})
		}
	}
	for i := range n.Processes {
		q := &n.Processes[i]
		if q.Site != p.site || !slices.ContainsFunc(s.inputs[q.ID], func(r Recipe) bool { return r.Material == p.material }) {
			continue
		}
		keeps := q.Origin == "input" && s.inputs[q.ID][0].Material == p.material
		for _, r := range s.outputs[q.ID] {
			out = append(out, way{to: place{q.Site, r.Material, p.period}, own: s.own[q.ID], made: !keeps})
		}
	}
	return slices.DeleteFunc(out, func(x way) bool { return s.asked[x.to] == nil })
}

func (m *Model) askedColour(p place, next []way) Colour {
	var out Colour
	for i := range m.Network.Demands {
		d := &m.Network.Demands[i]
		if d.Book != "" && d.Site == p.site && d.Material == p.material && m.share(p.period, d.From, d.Until) > 0 {
			out |= m.colours.barring(d.Book, m.Network.material(d.Material).Kind, m.Periods[p.period])
		}
	}
	for _, x := range next {
		out |= m.states.asked[x.to].colour &^ x.own
	}
	return out
}

// divide splits the classes of a place where a way on tells their origins apart.
func (m *Model) divide(p place, origins []supply.Country, next []way) bool {
	a := m.states.asked[p]
	same := func(x, y supply.Country) bool {
		if a.class[x] != a.class[y] {
			return false
		}
		for _, w := range next {
			if w.made {
				continue
			}
			if w.lane != nil && m.laneDuty(w.lane, x, p.period) != m.laneDuty(w.lane, y, p.period) {
				return false
			}
			if to := m.states.asked[w.to]; to.class[x] != to.class[y] {
				return false
			}
		}
		return true
	}
	class := map[supply.Country]supply.Country{}
	for i, o := range origins {
		class[o] = o
		for _, before := range origins[:i] {
			if class[before] == before && same(before, o) {
				class[o] = before
				break
			}
		}
	}
	changed := false
	for o, c := range class {
		changed = changed || a.class[o] != c
	}
	a.class = class
	return changed
}

// name gives each class its name: anyOrigin where it is the only one.
func (a *asked) name(origins []supply.Country) {
	members := map[supply.Country][]string{}
	for _, o := range origins {
		members[a.class[o]] = append(members[a.class[o]], string(o))
	}
	for _, o := range origins {
		a.class[o] = supply.Country(strings.Join(members[a.class[o]], classSeparator))
		if len(members) == 1 {
			a.class[o] = anyOrigin
		}
	}
	a.origin, a.apart = origins[0], len(members) > 1
}

// as is how a state is followed in a period.
func (s *states) as(st state, t int) state {
	if a := s.asked[place{st.site, st.material, t}]; a != nil {
		st.colour &= a.colour
		if c, ok := a.class[st.origin]; ok {
			st.origin = c
		}
	}
	return st
}

// moved is what a state of a period is at a site in another.
func (s *states) moved(st state, t int, to string, later int) state {
	st.origin = s.originOf(st, t)
	st.site = to
	return s.as(st, later)
}

// originOf is a customs origin that a state of a period may have: any of its class will do. Of what has come down to
// anyOrigin where origins matter it is that.
func (s *states) originOf(st state, t int) supply.Country {
	if a := s.asked[place{st.site, st.material, t}]; st.origin == anyOrigin && a != nil && !a.apart {
		return a.origin
	}
	one, _, _ := strings.Cut(string(st.origin), classSeparator)
	return supply.Country(one)
}

// Unasked tells whether nobody whom a material may reach from an item on asks by which rules it came: whether it breaks
// any is then not followed, and it is no more called clean than barred.
func (m *Model) Unasked(it Item) bool {
	if it.Material == "" || it.Period < 0 {
		return false
	}
	a := m.states.asked[place{it.Site, it.Material, it.Period}]
	return a != nil && a.colour == 0 && slices.ContainsFunc(m.colours.bans, func(b Ban) bool {
		return b.Until == 0 || b.Until >= m.Periods[it.Period].From
	})
}

// breaks names the rules that a delivery of an item would break, of those that somebody may ask about.
func (m *Model) breaks(it Item) string {
	if m.Unasked(it) {
		return "nobody asks"
	}
	return m.colours.name(it.Colour)
}

// timed is the states and runs of a period.
type timed struct {
	list  []state
	known map[state]bool
	at    map[[2]string][]state // by site and material
	runs  map[*Process][]run
}

// settle lays out the states and runs of each period. Of runs that give the same, only those stay that take what breaks the
// most: cleaner material may always stand in.
func (s *states) settle(periods int) {
	for t := range periods {
		now := timed{known: map[state]bool{}, at: map[[2]string][]state{}, runs: map[*Process][]run{}}
		for _, st := range s.list {
			if c := s.as(st, t); !now.known[c] {
				now.known[c] = true
				now.list = append(now.list, c)
			}
		}
		slices.SortFunc(now.list, inOrder)
		for _, st := range now.list {
			at := [2]string{st.site, st.material}
			now.at[at] = append(now.at[at], st)
		}
		for _, r := range s.runs {
			now.runs[r.process] = append(now.runs[r.process], s.runAs(r, t))
		}
		for p, runs := range now.runs {
			now.runs[p] = widest(runs)
		}
		s.timed = append(s.timed, now)
	}
}

// runAs is a run as it is followed in a period.
func (s *states) runAs(r run, t int) run {
	out := run{process: r.process, origin: r.origin}
	for _, in := range r.inputs {
		in = s.as(in, t)
		out.colour |= in.colour
		out.inputs = append(out.inputs, in)
	}
	for _, st := range r.outputs {
		out.outputs = append(out.outputs, s.as(st, t))
	}
	return out
}

// widest leaves out each run that gives the same as another which takes more.
func widest(runs []run) []run {
	var out []run
	for i, r := range runs {
		if !slices.ContainsFunc(runs, func(x run) bool { return covers(x, r) && !covers(r, x) }) &&
			!slices.ContainsFunc(runs[:i], func(x run) bool { return covers(x, r) }) {
			out = append(out, r)
		}
	}
	return out
}

// covers tells whether x gives the same as r, of inputs that those of r may be taken for.
func covers(x, r run) bool {
	return slices.Equal(x.outputs, r.outputs) && slices.EqualFunc(x.inputs, r.inputs, func(a, b state) bool { return b.takenFor(a) })
}
