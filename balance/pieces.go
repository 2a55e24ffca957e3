package balance

import (
	"math"
	"slices"
)

// prune drops the balances that only say what an unmeasured figure is, again and again until none is left.
func (m *model) prune() {
	for {
		uses := make([]int, len(m.net.Vars))
		for _, c := range m.net.Constraints {
			for v := range c.vars() {
				uses[v]++
			}
		}
		before := len(m.net.Constraints)
		m.net.Constraints = slices.DeleteFunc(m.net.Constraints, func(c Constraint) bool {
			for v := range c.vars() {
				if !m.net.Vars[v].Measured && uses[v] == 1 {
					return true
				}
			}
			return false
		})
		if len(m.net.Constraints) == before {
			return
		}
	}
}

// vars is the variables of a constraint, each once.
func (c *Constraint) vars() func(func(int) bool) {
	return func(yield func(int) bool) {
		seen := map[int]bool{}
		for _, t := range c.Terms {
			for _, v := range [2]int{t.A, t.B} {
				if v >= 0 && !seen[v] {
					seen[v] = true
					if !yield(v) {
						return
					}
				}
			}
		}
	}
}

// pieces parts the network into those that share no variable, by their first variables.
func (m *model) pieces() [][]int {
	joined := newGroups(len(m.net.Vars))
	for _, c := range m.net.Constraints {
		first := -1
		for v := range c.vars() {
			if first < 0 {
				first = v
				continue
			}
			joined.join(first, v)
		}
	}
	index := map[int]int{}
	var groups [][]int
	for i := range m.net.Constraints {
		r := -1
		for v := range m.net.Constraints[i].vars() {
			r = joined.of(v)
			break
		}
		k, ok := index[r]
		if !ok {
			k = len(groups)
			index[r] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], i)
	}
	return groups
}

// part is the network of some of the balances, with the index of each of its variables in the whole.
func (m *model) part(constraints []int) (*Network, []int) {
	n := &Network{}
	to := map[int]int{}
	var from []int
	move := func(v int) int {
		if v < 0 {
			return v
		}
		k, ok := to[v]
		if !ok {
			k = len(n.Vars)
			to[v] = k
			n.Vars = append(n.Vars, m.net.Vars[v])
			from = append(from, v)
		}
		return k
	}
	for _, i := range constraints {
		c := m.net.Constraints[i]
		x := Constraint{Name: c.Name, Leak: c.Leak}
		for _, t := range c.Terms {
			x.Terms = append(x.Terms, Term{t.Coef, move(t.A), move(t.B)})
		}
		n.Constraints = append(n.Constraints, x)
	}
	return n, from
}

// settled is a part of a network that shares no variable with the rest, reconciled; from is the variables in the whole.
type settled struct {
	n    *Network
	from []int
	all  *Reconciled
}

// settle reconciles each part, and says of those that cannot be why.
func (m *model) settle() (parts []settled, leftOut []LeftOut) {
	for _, piece := range m.pieces() {
		n, from := m.part(piece)
		all, err := n.Reconcile()
		if err != nil {
			leftOut = leave(leftOut, "no figures for which they hold", err.Error())
			continue
		}
		parts = append(parts, settled{n, from, all})
	}
	return parts, leftOut
}

// measured is how many measurements there are.
func (m *model) measured() (n int) {
	for _, it := range m.items {
		if it.Name != "" {
			n++
		}
	}
	return n
}

func (m *model) reconcile(alpha float64) (*Reconciliation, error) {
	for i := range m.items {
		it := &m.items[i]
		it.Adjusted, it.AdjustedSD, it.Limit = it.Value, it.SD, math.Inf(1)
	}
	parts, leftOut := m.settle()
	out := &Reconciliation{Networks: len(m.pieces()), Balances: len(m.net.Constraints), LeftOut: append(m.leftOut, leftOut...), Open: m.open}
	var norms []float64
	for _, p := range parts {
		norms = append(norms, p.all.norms()...)
		out.DoF += p.all.DoF
		out.Largest = max(out.Largest, p.all.DoF)
		out.Alone += b2i(p.all.DoF == 1)
		out.Test.Global += p.all.Global
	}
	out.Test.Kinds, out.Test.Limits = len(norms), newLimits(norms, alpha)
	test := out.Test
	after, dofAfter := 0.0, 0
	for _, p := range parts {
		n, from, all := p.n, p.from, p.all
		most := MostSuspects(all.DoF)
		suspects, rest := n.GrossErrors(all, test, most)
		after, dofAfter = after+rest.Global, dofAfter+rest.DoF
		for i := range suspects {
			suspects[i].Unit = "kg"
			if s := &suspects[i]; !s.Leak && m.items[from[s.Index]].Assay {
				s.Unit = "of one"
			}
		}
		out.Suspects = append(out.Suspects, suspects...)
		out.Cut = out.Cut || len(suspects) >= most
		for k, v := range from {
			if !n.Vars[k].Measured {
				continue
			}
			it := &m.items[v]
			it.Adjusted, it.AdjustedSD, it.Redundancy = all.Values[k], all.SD[k], all.Redundancy[k]
			it.Z, _ = all.Z(k)
			it.Limit = test.Limits.Of(math.Sqrt(it.Redundancy))
			it.Least, _ = all.Detectable(k, test, 0.95)
		}
	}
	out.Test = global(out.Test, alpha, out.Test.Global, out.DoF)
	out.After = global(Test{Kinds: out.Test.Kinds, Limits: out.Test.Limits}, alpha, after, dofAfter)
	out.Passed = out.Test.Passed && len(out.Suspects) == 0
	for _, it := range m.items {
		if it.Name == "" {
			continue
		}
		if it.Redundancy < blind {
			it.Redundancy = 0
			out.Blind++
		}
		out.Items = append(out.Items, it)
	}
	slices.SortStableFunc(out.Suspects, func(x, y Suspect) int {
		if math.Abs(x.Z) > math.Abs(y.Z) {
			return -1
		}
		return b2i(math.Abs(x.Z) < math.Abs(y.Z))
	})
	return out, nil
}

// blind is the redundancy below which a measurement counts as one that cannot be checked.
const blind = 1e-6
