package balance

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// farOff is how many of its own standard uncertainties a measurement may be said to be wrong by while a loss would do.
const farOff = 20

const (
	swayed  = 0.1 // of its statistic: what stronger errors may account for in an error that is taken out beside them
	inBatch = 400 // errors that are looked at together
)

// MostSuspects is how many errors are looked for in a network of so many degrees of freedom: each takes one away, and where
// a twentieth of what the figures know of one another is gross error the record needs a person.
func MostSuspects(dof int) int { return 12 + dof/20 }

// first is the strongest error beyond the limit, and false when there is none. Where it would be a measurement wrong by
// more than farOff of its own standard uncertainties, and there is an unrecorded loss beyond the limit too, the strongest
// loss is taken: every plant loses material, and scales seldom err by so much.
func (r *Reconciled) first(n *Network, t Test) (Suspect, bool) {
	list := r.beyond(t)
	if len(list) == 0 {
		return Suspect{}, false
	}
	return r.suspect(n, list[0]), true
}

// beyond is the kinds of error beyond their limits, the strongest first; losses before all else where the strongest is a
// measurement said to be farther off than farOff. Of errors that look the same a loss is named first, if it may be.
func (r *Reconciled) beyond(t Test) [][]int {
	var list, losses [][]int
	if r.DoF == 0 {
		return nil
	}
	for _, g := range r.kinds {
		if math.Abs(r.directions[g[0]].z) <= t.Limits.Of(r.norm(g)) {
			continue
		}
		lost := func(i int) bool { return r.directions[i].leak && r.directions[i].z > 0 }
		if i := slices.IndexFunc(g, lost); i >= 0 {
			losses = append(losses, slices.Concat(g[i:i+1], g[:i], g[i+1:]))
		}
		list = append(list, g)
	}
	stronger := func(a, b []int) int {
		return cmp.Compare(math.Abs(r.directions[b[0]].z), math.Abs(r.directions[a[0]].z))
	}
	slices.SortStableFunc(list, stronger)
	slices.SortStableFunc(losses, stronger)
	if len(losses) == 0 {
		return list
	}
	d := &r.directions[list[0][0]]
	if !d.leak && math.Abs(d.z)/d.norm > farOff {
		return losses
	}
	for k, g := range list {
		if i := slices.IndexFunc(losses, func(l []int) bool { return slices.Contains(g, l[0]) }); i >= 0 {
			list[k] = losses[i]
		}
	}
	return list
}

func (r *Reconciled) suspect(n *Network, kind []int) Suspect {
	d := &r.directions[kind[0]]
	s := Suspect{Name: d.name(n), Leak: d.leak, Index: d.index, Z: d.z, Estimate: d.z * d.scale / d.norm, SD: d.scale / d.norm}
	for _, i := range kind[1:] {
		s.Same = append(s.Same, r.directions[i].name(n))
	}
	return s
}

// batch is the errors that can be taken out together: the strongest, and those after it that are beyond their limits
// whatever the stronger ones are. An error that moves the statistic of one to z moves that of another by r·z, r being the
// cosine between what the two do to the balances; so an error stands by itself when all the stronger ones together can
// account for no more than a tenth of its statistic. The others wait for the figures without the first.
func (r *Reconciled) batch(n *Network, t Test, most int) (out []Suspect) {
	type strong struct {
		d     *direction
		image []float64 // (G·Gᵀ)⁻¹ times its column
		taken bool
	}
	var before []strong
	for _, g := range r.beyond(t) {
		if len(out) == most || len(before) == inBatch {
			break
		}
		d := &r.directions[g[0]]
		column := r.sketch.columns[g[0]]
		limit, sway, explained := t.Limits.Of(r.norm(g)), 0.0, false
		for i := range before {
			s := &before[i]
			cos := product(column, s.image) / (d.norm * s.d.norm)
			sway += math.Abs(cos * s.d.z)
			explained = explained || s.taken && math.Abs(d.z-cos*s.d.z) <= limit*math.Sqrt(math.Max(1-cos*cos, 0))
		}
		if explained {
			continue
		}
		z := math.Abs(d.z)
		taken := sway == 0 || sway <= swayed*z && z-sway > limit
		if taken {
			out = append(out, r.suspect(n, g))
		}
		before = append(before, strong{d, r.sketch.gram.Apply(column), taken})
	}
	return out
}

// GrossErrors takes out of a reconciled network the strongest errors that the measurement test finds, those that have
// nothing to do with one another together and all others one by one, until it finds none: a measurement is then treated as
// not made, a balance as having a leak. It returns the suspects in the order found, at most so many, and what is left
// reconciled without them.
func (n *Network) GrossErrors(all *Reconciled, test Test, most int) (suspects []Suspect, rest *Reconciled) {
	rest = all
	work := n
	var leaks []int // the variable that stands for a leak
	for len(suspects) < most {
		batch := rest.batch(work, test, most-len(suspects))
		if len(batch) == 0 {
			break
		}
		next, without, added, err := work.without(batch, rest)
		if err != nil && len(batch) > 1 {
			batch = batch[:1]
			next, without, added, err = work.without(batch, rest)
		}
		suspects = append(suspects, batch...)
		if err != nil {
			break // without it nothing settles: what was found stands
		}
		work, rest, leaks = next, without, append(leaks, added...)
	}
	for i, leak := range leaks { // each as it comes out beside the others
		s := &suspects[i]
		if !s.Leak {
			s.Estimate = n.Vars[s.Index].Value - rest.Values[s.Index]
		} else {
			s.Estimate = rest.Values[leak]
		}
	}
	return suspects, rest
}

// without is the network without some errors, reconciled from the figures reached; added is the variables of the leaks, -1
// for a measurement.
func (n *Network) without(batch []Suspect, rest *Reconciled) (work *Network, next *Reconciled, added []int, err error) {
	work = n.clone()
	from := slices.Clone(rest.Values)
	for i := range batch {
		s := &batch[i]
		leak := -1
		if s.Leak {
			leak = work.Unknown(fmt.Sprintf("leak at %s", work.Constraints[s.Index].Name), s.Estimate)
			c := &work.Constraints[s.Index]
			c.Terms = append(slices.Clone(c.Terms), Mass(-1, leak))
			c.Leak = false
			from = append(from, s.Estimate)
		} else {
			work.Vars[s.Index].Measured = false
			work.Vars[s.Index].Value -= s.Estimate
			from[s.Index] = work.Vars[s.Index].Value
		}
		added = append(added, leak)
	}
	if next, err = work.reconcile(from); err != nil {
		next, err = work.reconcile(nil)
	}
	return work, next, added, err
}
