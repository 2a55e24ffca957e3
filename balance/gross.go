package balance

import (
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

const leakPrefix = "unrecorded loss or gain: "

func (d *direction) name(n *Network) string {
	if d.leak {
		return leakPrefix + n.Constraints[d.index].Name
	}
	return n.Vars[d.index].Name
}
