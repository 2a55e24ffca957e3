package plan

import (
	"cmp"
	"slices"

	"lodestone/supply"
)

// anyOrigin is the customs origin of a material where nothing asks for it.
const anyOrigin supply.Country = "*"

// state is a material at a site with a colour and a customs origin: what one balance row is about.
type state struct {
	site, material string
	colour         Colour
	origin         supply.Country
}

// states finds which states can be: forward from what is dug, bought or lies there, through processes and lanes, until
// nothing new comes up. Only these get rows and columns.
type states struct {
	net     *Network
	colours *colours
	own     map[string]Colour // by process
	tracked map[string]bool   // materials whose origin is asked for
	known   map[state]bool
	list    []state
	inputs  map[string][]Recipe // by process
	outputs map[string][]Recipe
	runs    []run
	asked   map[place]*asked
	timed   []timed // by period: what list and runs come to in it
}

// run is a process with one colour of its inputs and one customs origin of what it gives.
type run struct {
	process *Process
	colour  Colour // of the inputs; that of the outputs has the process's own besides
	origin  supply.Country
	inputs  []state // as in the recipe
	outputs []state
}

func findStates(n *Network, c *colours, periods []Period) (*states, error) {
	s := &states{net: n, colours: c, own: map[string]Colour{}, tracked: map[string]bool{}, known: map[state]bool{}, inputs: map[string][]Recipe{}, outputs: map[string][]Recipe{}}
	for _, r := range n.Recipes {
		if r.Amount < 0 {
			s.inputs[r.Process] = append(s.inputs[r.Process], r)
		} else if r.Amount > 0 {
			s.outputs[r.Process] = append(s.outputs[r.Process], r)
		}
	}
	for i := range n.Processes {
		k, err := c.ofProcess(&n.Processes[i])
		if err != nil {
			return nil, err
		}
		s.own[n.Processes[i].ID] = k
	}
	s.track()
	if err := s.begin(); err != nil {
		return nil, err
	}
	for grown := true; grown; {
		before := len(s.list)
		for i := range n.Processes {
			s.through(&n.Processes[i])
		}
		for i := range n.Lanes {
			l := &n.Lanes[i]
			for _, st := range slices.Clone(s.list) {
				if st.site == l.Origin && st.material == l.Material {
					st.site = l.To
					s.add(st)
				}
			}
		}
		grown = len(s.list) > before
	}
	s.mix()
	s.prune(periods)
	return s, nil
}

// inOrder orders states by site, material, colour and origin.
func inOrder(a, b state) int {
	return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.material, b.material), cmp.Compare(a.colour, b.colour), cmp.Compare(a.origin, b.origin))
}

func (s *states) add(st state) {
	if !s.tracked[st.material] {
		st.origin = anyOrigin
	}
	if !s.known[st] {
		s.known[st] = true
		s.list = append(s.list, st)
	}
}

// track finds the materials whose origin matters: those on a lane with a code that crosses a border, and what they are made
// of by processes that keep the origin.
func (s *states) track() {
	for _, l := range s.net.Lanes {
		if l.HTS != "" && s.net.site(l.Origin).Country != s.net.site(l.To).Country {
			s.tracked[l.Material] = true
		}
	}
	for grown := true; grown; {
		grown = false
		for _, p := range s.net.Processes {
			in := s.inputs[p.ID]
			if p.Origin != "input" || len(in) == 0 || s.tracked[in[0].Material] {
				continue
			}
			for _, out := range s.outputs[p.ID] {
				if s.tracked[out.Material] {
					s.tracked[in[0].Material], grown = true, true
				}
			}
		}
	}
}

// begin adds what comes from the ground, from outside, or lies there.
func (s *states) begin() error {
	n := s.net
	for _, d := range n.Deposits {
		country := n.site(d.Site).Country
		k, err := s.colours.ofDeeds("deposit "+d.ID, []Deed{{supply.Mined, n.elementsOf(d.Material), country}}, true)
		if err != nil {
			return err
		}
		s.add(state{d.Site, d.Material, k, country})
	}
	for i := range n.Purchases {
		k, err := s.ofPurchase(&n.Purchases[i])
		if err != nil {
			return err
		}
		s.add(k)
	}
	for i := range n.Stocks {
		if n.Stocks[i].Opening > 0 {
			k, err := s.ofStock(&n.Stocks[i])
			if err != nil {
				return err
			}
			s.add(k)
		}
	}
	return nil
}

func (s *states) ofPurchase(p *Purchase) (state, error) {
	k, err := s.colours.ofHistory("purchase "+p.ID, p.Material, p.History)
	return s.of(p.Site, p.Material, k, p.Origin), err
}

func (s *states) ofStock(x *Stock) (state, error) {
	k, err := s.colours.ofHistory("stock of "+x.Material+" at "+x.Site, x.Material, x.History)
	return s.of(x.Site, x.Material, k, x.Origin), err
}

func (s *states) of(site, material string, k Colour, origin supply.Country) state {
	if !s.tracked[material] {
		origin = anyOrigin
	}
	return state{site, material, k, origin}
}

// through adds what a process can give: for each colour that its inputs can have together, that and its own.
func (s *states) through(p *Process) {
	country := s.net.site(p.Site).Country
	for _, k := range s.mixtures(p) {
		origins := []supply.Country{country}
		if p.Origin == "input" {
			origins = s.origins(p, k)
		}
		for _, out := range s.outputs[p.ID] {
			for _, o := range origins {
				s.add(state{p.Site, out.Material, k | s.own[p.ID], o})
			}
		}
	}
}

// origins are those that the first input of a process can have in a colour or a cleaner one.
func (s *states) origins(p *Process, k Colour) []supply.Country {
	in := s.inputs[p.ID]
	if len(in) == 0 {
		return []supply.Country{s.net.site(p.Site).Country}
	}
	var out []supply.Country
	for _, st := range s.list {
		if st.site == p.Site && st.material == in[0].Material && st.colour&^k == 0 && !slices.Contains(out, st.origin) {
			out = append(out, st.origin)
		}
	}
	slices.Sort(out)
	return out
}

// mixtures are the colours that the inputs of a process can have together: for each choice of one state an input, the
// union. A process without inputs has the clean one.
func (s *states) mixtures(p *Process) []Colour {
	out := []Colour{0}
	for _, in := range s.inputs[p.ID] {
		var has []Colour
		for _, st := range s.list {
			if st.site == p.Site && st.material == in.Material && !slices.Contains(has, st.colour) {
				has = append(has, st.colour)
			}
		}
		var next []Colour
		for _, a := range out {
			for _, b := range has {
				if !slices.Contains(next, a|b) {
					next = append(next, a|b)
				}
			}
		}
		out = next
	}
	slices.Sort(out)
	return out
}

// mix lists the runs, and adds the states that their inputs are taken down into: a run draws each input from exactly its
// colour, and cleaner material may always stand in for it. The same holds of origins: an input whose origin no longer
// matters is drawn from anyOrigin.
func (s *states) mix() {
	for i := range s.net.Processes {
		p := &s.net.Processes[i]
		for _, k := range s.mixtures(p) {
			origins := []supply.Country{s.net.site(p.Site).Country}
			if p.Origin == "input" {
				origins = s.origins(p, k)
			}
			for _, o := range origins {
				s.runs = append(s.runs, s.runOf(p, k, o))
			}
		}
	}
	for _, r := range s.runs {
		for _, in := range r.inputs {
			if !s.known[in] {
				s.known[in] = true
				s.list = append(s.list, in)
			}
		}
	}
}

func (s *states) runOf(p *Process, k Colour, origin supply.Country) run {
	r := run{process: p, colour: k, origin: origin}
	for at, in := range s.inputs[p.ID] {
		from := state{p.Site, in.Material, k, anyOrigin}
		if p.Origin == "input" && at == 0 && s.tracked[in.Material] {
			from.origin = origin
		}
		r.inputs = append(r.inputs, from)
	}
	for _, out := range s.outputs[p.ID] {
		r.outputs = append(r.outputs, s.of(p.Site, out.Material, k|s.own[p.ID], origin))
	}
	return r
}

// takenFor tells whether a state may be taken for another of its place: one of more colours, or whose origin no longer
// matters.
func (st state) takenFor(to state) bool {
	return st.site == to.site && st.material == to.material && st.colour&^to.colour == 0 && (to.origin == st.origin || to.origin == anyOrigin)
}

// downgrades gives, for a state, the states of its period it may be taken for. Only the nearest, since these lead on to the
// others; never the other way.
func (s *states) downgrades(from state, t int) []state {
	here := s.timed[t].at[[2]string{from.site, from.material}]
	var out []state
	for _, to := range here {
		between := func(m state) bool { return m != from && m != to && from.takenFor(m) && m.takenFor(to) }
		if to != from && from.takenFor(to) && !slices.ContainsFunc(here, between) {
			out = append(out, to)
		}
	}
	return out
}

// label is a state for the names of rows and columns: SRC,Nd2O3 or SRC,Nd2O3!252.225-7052@2027-01-01~CN.
func (s *states) label(st state) string {
	out := st.site + "," + st.material
	if name := s.colours.name(st.colour); name != "" {
		out += "!" + name
	}
	if st.origin != anyOrigin && st.origin != "" {
		out += "~" + string(st.origin)
	}
	return out
}
