package plan

import (
	"math"
	"slices"
)

// prune drops the states and runs from which nothing can be delivered, sold, kept as it must be or thrown away, on any way:
// they would be columns that are always nought. What a run gives beside something useful stays, for it must be accounted
// for: where it has no outlet, the run cannot be.
func (s *states) prune(periods []Period) {
	useful := map[state]bool{}
	for _, st := range s.list {
		if s.ends(st, periods) {
			useful[st] = true
		}
	}
	serves := func(r run) bool {
		return slices.ContainsFunc(r.outputs, func(o state) bool { return useful[o] })
	}
	for grown := true; grown; {
		before := len(useful)
		for _, st := range s.list {
			if !useful[st] && s.leads(st, useful) {
				useful[st] = true
			}
		}
		for _, r := range s.runs {
			if serves(r) {
				for _, in := range r.inputs {
					useful[in] = true
				}
			}
		}
		grown = len(useful) > before
	}
	s.runs = slices.DeleteFunc(s.runs, func(r run) bool { return !serves(r) })
	for _, r := range s.runs {
		for _, o := range r.outputs {
			useful[o] = true
		}
	}
	s.list = slices.DeleteFunc(s.list, func(st state) bool { return !useful[st] })
	s.known = useful
}

// leads tells whether a state may be taken for a useful one, or be brought to where it is.
func (s *states) leads(st state, useful map[state]bool) bool {
	for _, to := range s.list {
		if useful[to] && st.takenFor(to) {
			return true
		}
	}
	for i := range s.net.Lanes {
		l := &s.net.Lanes[i]
		if l.Origin == st.site && l.Material == st.material && useful[state{l.To, st.material, st.colour, st.origin}] {
			return true
		}
	}
	return false
}

// ends tells whether a state is itself an end: wanted, sold, thrown away or to be kept, or bought because it must be: that is
// to be accounted for, whoever may take it.
func (s *states) ends(st state, periods []Period) bool {
	n := s.net
	if !math.IsNaN(n.material(st.material).Dispose) {
		return true
	}
	for i := range n.Sales {
		if n.Sales[i].Site == st.site && n.Sales[i].Material == st.material {
			return true
		}
	}
	for i := range n.Purchases {
		if b := &n.Purchases[i]; b.Least > 0 && b.Site == st.site && b.Material == st.material {
			if bought, err := s.ofPurchase(b); err == nil && bought == st {
				return true
			}
		}
	}
	for i := range n.Stocks {
		if x := &n.Stocks[i]; x.Site == st.site && x.Material == st.material && (x.Least > 0 || x.Closing > 0) {
			return true
		}
	}
	for i := range n.Demands {
		d := &n.Demands[i]
		if d.Site != st.site || d.Material != st.material {
			continue
		}
		for _, p := range periods {
			if p.overlap(d.From, d.Until) > 0 && (d.Book == "" || s.colours.barring(d.Book, n.material(d.Material).Kind, p)&st.colour == 0) {
				return true
			}
		}
	}
	return false
}
