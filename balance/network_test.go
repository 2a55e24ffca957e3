package balance

import (
	"math"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %.9g, want %.9g ± %g", what, got, want, within)
	}
}

func reconciled(t *testing.T, n *Network) *Reconciled {
	t.Helper()
	r, err := n.Reconcile()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A splitter: 100 in, 60 and 38 out, each ± 1. Two are missing; with equal variances each figure moves by 2/3. The global
// statistic is 2²/3. Each variance falls from 1 to 2/3, so each redundancy is 1/3, and each z is 2/√3: the three errors,
// and a loss, cannot be told apart.
func TestSplitter(t *testing.T) {
	var n Network
	a, b, c := n.Measure("in", 100, 1), n.Measure("left", 60, 1), n.Measure("right", 38, 1)
	n.Balance("splitter", true, Mass(1, a), Mass(-1, b), Mass(-1, c))
	r := reconciled(t, &n)
	near(t, "in", r.Values[a], 100-2.0/3, 1e-9)
	near(t, "left", r.Values[b], 60+2.0/3, 1e-9)
	near(t, "right", r.Values[c], 38+2.0/3, 1e-9)
	near(t, "global", r.Global, 4.0/3, 1e-9)
	near(t, "redundancy", r.Redundancy[b], 1.0/3, 1e-9)
	near(t, "sd", r.SD[c], math.Sqrt(2.0/3), 1e-9)
	z, _ := r.Z(a)
	near(t, "z in", z, 2/math.Sqrt(3), 1e-9)
	z, _ = r.Z(b)
	near(t, "z left", z, -2/math.Sqrt(3), 1e-9)
	test := r.Test(0.01)
	if r.DoF != 1 || test.Kinds != 1 || !test.Passed {
		t.Errorf("degrees %d, kinds %d, passed %v", r.DoF, test.Kinds, test.Passed)
	}
	near(t, "chi-square quantile", test.GlobalLimit, 6.634897, 1e-5)
	near(t, "limit", test.Limits.Of(math.Sqrt(1.0/3)), 2.575829, 1e-5)
	near(t, "p", test.P, 0.248213, 1e-5)
}

// A recycle loop: fresh 100 ± 1 and recycle 20 ± 0.5 make the feed 121 ± 1, of which come product 98 ± 1 and recycle.
//
//	r = (fresh + recycle − feed, feed − product − recycle) = (−1, 3)
//	S = ((2.25, −1.25), (−1.25, 2.25)), det 3.5,  λ = S⁻¹r = (1.5, 5.5)/3.5
//	moves −V·Aᵀ·λ = −0.428571, +0.285714, −1.142857, +1.571429; global rᵀλ = 15/3.5
//	redundancy of fresh 2.25/3.5, of recycle 0.25·2/3.5
func TestRecycleLoop(t *testing.T) {
	var n Network
	fresh, recycle, feed, product := n.Measure("fresh", 100, 1), n.Measure("recycle", 20, 0.5), n.Measure("feed", 121, 1), n.Measure("product", 98, 1)
	n.Balance("mixer", true, Mass(1, fresh), Mass(1, recycle), Mass(-1, feed))
	n.Balance("process", true, Mass(1, feed), Mass(-1, product), Mass(-1, recycle))
	r := reconciled(t, &n)
	near(t, "fresh", r.Values[fresh], 99.5714286, 1e-6)
	near(t, "recycle", r.Values[recycle], 20.2857143, 1e-6)
	near(t, "feed", r.Values[feed], 119.8571429, 1e-6)
	near(t, "product", r.Values[product], 99.5714286, 1e-6)
	near(t, "global", r.Global, 15/3.5, 1e-9)
	near(t, "redundancy of fresh", r.Redundancy[fresh], 2.25/3.5, 1e-9)
	near(t, "redundancy of recycle", r.Redundancy[recycle], 0.5/3.5, 1e-9)
	if r.DoF != 2 {
		t.Errorf("degrees %d", r.DoF)
	}
}

// A blender with assays: 40 kg at 0.30 and 60 kg at 0.20 make 100 kg at 0.2425, each 1 %; masses balance, the element is
// 0.25 kg too much. Linearised at the measured figures, S = ((1.52, 0.3625), (0.3625, 0.1752)), and the global statistic
// is r₂²·S₁₁/det S = 0.668; the product moves it by some hundredths only.
func TestBlender(t *testing.T) {
	var n Network
	a, b, c := n.Measure("a", 40, 0.4), n.Measure("b", 60, 0.6), n.Measure("c", 100, 1)
	fa, fb, fc := n.Measure("fa", 0.30, 0.003), n.Measure("fb", 0.20, 0.002), n.Measure("fc", 0.2425, 0.002425)
	n.Balance("mass", true, Mass(1, a), Mass(1, b), Mass(-1, c))
	n.Balance("Nd", true, Part(1, a, fa), Part(1, b, fb), Part(-1, c, fc))
	r := reconciled(t, &n)
	s11 := 0.16 + 0.36 + 1
	s12 := 0.16*0.30 + 0.36*0.20 + 1*0.2425
	s22 := 2 * (0.12*0.12 + 0.12*0.12 + 0.2425*0.2425)
	near(t, "global", r.Global, 0.25*0.25*s11/(s11*s22-s12*s12), 0.02)
	x := r.Values
	near(t, "mass", x[a]+x[b]-x[c], 0, 1e-9)
	near(t, "Nd", x[a]*x[fa]+x[b]*x[fb]-x[c]*x[fc], 0, 1e-9)
	if x[fc] >= 0.2425 || x[fa] <= 0.30 || x[fb] <= 0.20 {
		t.Errorf("fractions %v move the wrong way", x[fa:])
	}
}

// What nobody measured is worked out; what nothing else tells of is not touched, and said to be beyond checking.
func TestUnmeasured(t *testing.T) {
	var n Network
	in, out, lost := n.Measure("in", 100, 1), n.Measure("out", 90, 1), n.Unknown("loss", 5)
	again := n.Measure("out, weighed again", 91, 1)
	n.Balance("step", false, Mass(1, in), Mass(-1, out), Mass(-1, lost))
	n.Balance("one lot", false, Mass(1, out), Mass(-1, again))
	r := reconciled(t, &n)
	near(t, "loss", r.Values[lost], 9.5, 1e-9)
	near(t, "out", r.Values[out], 90.5, 1e-9)
	near(t, "in", r.Values[in], 100, 1e-9)
	near(t, "redundancy of in", r.Redundancy[in], 0, 1e-12)
	near(t, "redundancy of out", r.Redundancy[out], 0.5, 1e-9)
	if _, seen := r.Z(in); seen {
		t.Error("an error of a figure that nothing else tells of is said to be seen")
	}
	test := r.Test(0.01)
	if _, ok := r.Detectable(in, test, 0.95); ok {
		t.Error("an error of it is said to be found")
	}
	// A pair of weighings: an error of one is found 95 times in 100 from (2.576 + 1.645)·√2 on.
	least, _ := r.Detectable(out, test, 0.95)
	near(t, "detectable", least, (2.575829+1.644854)*math.Sqrt2, 1e-4)
}

// Balances that say the same twice count once, and nothing to check is no alarm.
func TestDependent(t *testing.T) {
	var n Network
	a, b := n.Measure("a", 10, 1), n.Measure("b", 12, 1)
	n.Balance("once", true, Mass(1, a), Mass(-1, b))
	n.Balance("twice", true, Mass(2, a), Mass(-2, b))
	r := reconciled(t, &n)
	if r.DoF != 1 {
		t.Errorf("degrees %d, want 1", r.DoF)
	}
	near(t, "a", r.Values[a], 11, 1e-9)

	var none Network
	none.Measure("a", 10, 1)
	r = reconciled(t, &none)
	if test := r.Test(0.01); r.DoF != 0 || !test.Passed || test.P != 1 {
		t.Errorf("nothing to check gives %+v", test)
	}
}

func TestRefused(t *testing.T) {
	var bad Network
	bad.Measure("scale 7", 10, 0)
	if _, err := bad.Reconcile(); err == nil || !strings.Contains(err.Error(), "scale 7") {
		t.Errorf("a measurement without uncertainty: %v", err)
	}
}
