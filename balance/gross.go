package balance

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Test is what the two tests say of a reconciled network.
type Test struct {
	Alpha       float64 // chance of a false alarm of each test
	Global      float64 // weighted sum of squares of the adjustments
	GlobalLimit float64 // chi-square quantile of DoF degrees at 1 − Alpha; 0 when nothing is checked
	P           float64 // chance of a Global as great without any gross error; 1 when nothing is checked
	Passed      bool    // Global ≤ GlobalLimit
	Kinds       int     // errors that can be told apart, the size of the family
	Limits      Limits  // |Z| beyond which an error of each kind is reported
}

// Suspect is one error that would explain what the figures contradict each other in.
type Suspect struct {
	Name     string
	Leak     bool     // not a measurement: material lost or added at a balance without a record
	Index    int      // of the variable; of the constraint for a leak
	Unit     string   // of the estimate, where it is known: kg, or "of one" for a fraction
	Z        float64  // standard normal when there is no gross error: above zero the figure is too high, or material is lost
	Estimate float64  // size of the error, in the variable's unit; in kilograms for a leak
	SD       float64  // standard uncertainty of the estimate
	Same     []string // other errors that would show in just the same way
}

// Test runs the global test and sets the limit for the single errors. It panics when alpha is not between 0 and 1.
func (r *Reconciled) Test(alpha float64) Test {
	if !(alpha > 0 && alpha < 1) {
		panic("balance: the level of a test lies between 0 and 1")
	}
	t := Test{Alpha: alpha, Global: r.Global, P: 1, Passed: true}
	if r.DoF == 0 {
		return t
	}
	t = global(t, alpha, r.Global, r.DoF)
	norms := r.norms()
	t.Kinds, t.Limits = len(norms), newLimits(norms, alpha)
	return t
}

// global fills in the global test of a weighted sum of squares with its degrees of freedom.
func global(t Test, alpha, sum float64, dof int) Test {
	t.Alpha, t.Global, t.P, t.Passed = alpha, sum, 1, true
	if dof > 0 {
		chi := distuv.ChiSquared{K: float64(dof)}
		t.GlobalLimit, t.P = chi.Quantile(1-alpha), chi.Survival(sum)
		t.Passed = sum <= t.GlobalLimit
	}
	return t
}

// norms is the norm of each kind: the greatest of its measurements, else of its leaks.
func (r *Reconciled) norms() []float64 {
	var list []float64
	for _, g := range r.kinds {
		list = append(list, r.norm(g))
	}
	return list
}

func (r *Reconciled) norm(kind []int) float64 {
	measured, leak := 0.0, 0.0
	for _, i := range kind {
		if d := &r.directions[i]; d.leak {
			leak = max(leak, d.norm)
		} else {
			measured = max(measured, d.norm)
		}
	}
	if measured > 0 {
		return measured
	}
	return leak
}

// Z is the statistic of the measurement test of a variable, and false when the test cannot see an error of it.
func (r *Reconciled) Z(variable int) (float64, bool) {
	at := r.at[variable]
	if at < 0 || r.directions[at].norm == 0 {
		return 0, false
	}
	return r.directions[at].z, true
}

// Detectable is the least error of a variable, in its unit, that the test with this limit finds with the chance given
// (0.95, say), and false when no error of it can ever be found.
func (r *Reconciled) Detectable(variable int, t Test, chance float64) (float64, bool) {
	at := r.at[variable]
	if at < 0 || r.directions[at].norm == 0 {
		return 0, false
	}
	d := &r.directions[at]
	return (t.Limits.Of(d.norm) + distuv.UnitNormal.Quantile(chance)) * d.scale / d.norm, true
}

// farOff is how many of its own standard uncertainties a measurement may be said to be wrong by while a loss would do.
const farOff = 20

// first is the strongest error beyond the limit, and false when there is none. Where it would be a measurement wrong by
// more than farOff of its own standard uncertainties, and there is an unrecorded loss beyond the limit too, the strongest
// loss is taken: every plant loses material, and scales seldom err by so much.
func (r *Reconciled) first(n *Network, t Test) (Suspect, bool) {
	if r.DoF == 0 {
		return Suspect{}, false
	}
	var best, loss []int
	most, mostLoss := 0.0, 0.0
	for _, g := range r.kinds {
		z := math.Abs(r.directions[g[0]].z)
		if z <= t.Limits.Of(r.norm(g)) {
			continue
		}
		if z > most {
			best, most = g, z
		}
		lost := func(i int) bool { return r.directions[i].leak && r.directions[i].z > 0 }
		if i := slices.IndexFunc(g, lost); z > mostLoss && i >= 0 {
			loss, mostLoss = slices.Concat(g[i:i+1], g[:i], g[i+1:]), z // of what looks the same, the loss is named first
		}
	}
	if best == nil {
		return Suspect{}, false
	}
	d := &r.directions[best[0]]
	if loss != nil && !d.leak && math.Abs(d.z)/d.norm > farOff || loss != nil && slices.Contains(loss, best[0]) {
		best = loss
		d = &r.directions[best[0]]
	}
	z := d.z
	s := Suspect{Name: d.name(n), Leak: d.leak, Index: d.index, Z: z, Estimate: z * d.scale / d.norm, SD: d.scale / d.norm}
	for _, i := range best[1:] {
		s.Same = append(s.Same, r.directions[i].name(n))
	}
	return s, true
}

const leakPrefix = "unrecorded loss or gain: "

func (d *direction) name(n *Network) string {
	if d.leak {
		return leakPrefix + n.Constraints[d.index].Name
	}
	return n.Vars[d.index].Name
}

// GrossErrors takes out of a reconciled network, one by one, the strongest error that the measurement test finds, until it
// finds none: a measurement is then treated as not made, a balance as having a leak. It returns the suspects in the order
// found, at most so many, and what is left reconciled without them.
func (n *Network) GrossErrors(all *Reconciled, test Test, most int) (suspects []Suspect, rest *Reconciled) {
	rest = all
	work := n
	var leaks []int
	for len(suspects) < most {
		s, found := rest.first(work, test)
		if !found {
			break
		}
		suspects = append(suspects, s)
		if work == n {
			work = n.clone()
		}
		leak := -1
		if s.Leak {
			leak = work.Unknown(fmt.Sprintf("leak at %s", work.Constraints[s.Index].Name), s.Estimate)
			c := &work.Constraints[s.Index]
			c.Terms = append(slices.Clone(c.Terms), Mass(-1, leak))
			c.Leak = false
		} else {
			work.Vars[s.Index].Measured = false
			work.Vars[s.Index].Value -= s.Estimate
		}
		leaks = append(leaks, leak)
		next, err := work.Reconcile()
		if err != nil {
			return suspects, rest // without it nothing settles: what was found stands
		}
		rest = next
	}
	for i := range suspects { // each as it comes out beside the others
		s := &suspects[i]
		if !s.Leak {
			s.Estimate = n.Vars[s.Index].Value - rest.Values[s.Index]
		} else {
			s.Estimate = rest.Values[leaks[i]]
		}
	}
	return suspects, rest
}
