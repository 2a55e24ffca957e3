package balance

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// plant is a month of a well-metered plant that knows the truth: feeds are blended, go through stages in lines that
// exchange a recycle, and are split. Every stream is weighed and every stage has a scale before and behind it.
type plant struct {
	net   Network
	truth []float64
}

func (p *plant) stream(name string, kg, rel float64) int {
	p.truth = append(p.truth, kg)
	return p.net.Measure(name, kg, rel*kg)
}

// month is lines × stages: in each line a feed passes the stages; between two stages it is weighed twice, as it leaves and
// as it comes in (two scales, two weighings of one thing). Half of what a stage gives as heel goes back to its inlet.
func month(lines, stages int) *plant {
	p := &plant{}
	for l := range lines {
		kg := 1000 + 137*float64(l)
		in := p.stream(fmt.Sprintf("feed %d", l), kg, 0.001)
		check := p.stream(fmt.Sprintf("feed %d, second scale", l), kg, 0.001)
		p.net.Balance(fmt.Sprintf("feed %d on two scales", l), false, Mass(1, in), Mass(-1, check))
		for s := range stages {
			name := fmt.Sprintf("line %d stage %d", l, s)
			swarf := p.stream(name+" swarf", 0.02*kg, 0.005)
			kg *= 0.98
			out := p.stream(name+" out", kg, 0.001)
			p.net.Balance(name, true, Mass(1, in), Mass(-1, out), Mass(-1, swarf))
			next := p.stream(name+" out, second scale", kg, 0.001)
			p.net.Balance(name+" handed on", false, Mass(1, out), Mass(-1, next))
			third := p.stream(name+" out, third scale", kg, 0.001)
			p.net.Balance(name+" handed on again", false, Mass(1, next), Mass(-1, third))
			in = third
		}
	}
	return p
}

// blend is a bilinear network: weighings shared by the balances of several elements, assays shared by several weighings.
func blend() *plant {
	p := &plant{}
	elements := []string{"Nd", "Pr", "Dy"}
	frac := [][]float64{{0.20, 0.06, 0.004}, {0.24, 0.05, 0.010}, {0, 0, 0}}
	lot := func(name string, f []float64) []int {
		var ids []int
		for i, e := range elements {
			p.truth = append(p.truth, f[i])
			ids = append(ids, p.net.Measure(e+" in "+name, f[i], 0.005*f[i]))
		}
		return ids
	}
	a, b := lot("a", frac[0]), lot("b", frac[1])
	ka, kb := 400.0, 600.0
	mix := make([]float64, 3)
	for i := range mix {
		mix[i] = (ka*frac[0][i] + kb*frac[1][i]) / (ka + kb)
	}
	c := lot("mix", mix)
	wa, wb, wc := p.stream("a drawn", ka, 0.001), p.stream("b drawn", kb, 0.001), p.stream("mix made", ka+kb, 0.001)
	w1, w2 := p.stream("mix to 1", 300, 0.001), p.stream("mix to 2", 700, 0.001)
	p1, p2 := lot("product 1", mix), lot("product 2", mix)
	o1, o2 := p.stream("product 1 made", 300, 0.001), p.stream("product 2 made", 700, 0.001)
	p.net.Balance("blending", true, Mass(1, wa), Mass(1, wb), Mass(-1, wc))
	p.net.Balance("mix used up", false, Mass(1, wc), Mass(-1, w1), Mass(-1, w2))
	for i, e := range elements {
		p.net.Balance(e+" blending", true, Part(1, wa, a[i]), Part(1, wb, b[i]), Part(-1, wc, c[i]))
		p.net.Balance(e+" pressing 1", true, Part(1, w1, c[i]), Part(-1, o1, p1[i]))
		p.net.Balance(e+" pressing 2", true, Part(1, w2, c[i]), Part(-1, o2, p2[i]))
	}
	return p
}

// measured is the network with the truth measured anew, with normal errors.
func (p *plant) measured(rng *rand.Rand) *Network {
	n := p.net.clone()
	for i := range n.Vars {
		n.Vars[i].Value = p.truth[i] + n.Vars[i].SD*rng.NormFloat64()
	}
	return n
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20261123)) }

// binomial gives the interval that holds the number of hits of n trials at rate p with a chance of 99 %.
func binomial(n int, p float64) (low, high int) {
	d := distuv.Binomial{N: float64(n), P: p}
	least := func(chance float64) int {
		return sort.Search(n, func(k int) bool { return d.CDF(float64(k)) > chance })
	}
	return least(0.005), least(0.995)
}

// Both tests raise no more false alarms than they say: the global test at its rate, the measurement test at most at its
// rate, since Šidák's inequality is on the safe side.
func TestFalseAlarms(t *testing.T) {
	const trials = 1000
	levels := [2]float64{0.01, 0.05}
	for name, p := range map[string]*plant{"scales": month(3, 4), "blend": blend()} {
		t.Run(name, func(t *testing.T) {
			var global, single [2]int
			for seed := range uint64(trials) {
				n := p.measured(seeded(seed))
				r := reconciled(t, n)
				for i, alpha := range levels {
					test := r.Test(alpha)
					if !test.Passed {
						global[i]++
					}
					if _, found := r.first(n, test); found {
						single[i]++
					}
				}
			}
			for i, alpha := range levels {
				low, high := binomial(trials, alpha)
				t.Logf("at %g, of %d: global %d, single %d; interval %d to %d", alpha, trials, global[i], single[i], low, high)
				if global[i] < low || global[i] > high {
					t.Errorf("the global test alarmed %d times of %d, outside %d to %d", global[i], trials, low, high)
				}
				if single[i] > high {
					t.Errorf("the measurement test alarmed %d times of %d, above %d", single[i], trials, high)
				}
			}
		})
	}
}

// An error of six standard deviations in a measurement of redundancy 0.75 or more is found, and at that measurement, in
// at least 95 of 100 months.
func TestPower(t *testing.T) {
	p := month(5, 4)
	if len(p.net.Vars) > 100 {
		t.Fatalf("%d measurements", len(p.net.Vars))
	}
	clean := reconciled(t, &p.net)
	tried, found, right := 0, 0, 0
	for v := range p.net.Vars {
		if clean.Redundancy[v] < 0.75 {
			continue
		}
		for seed := range uint64(6) {
			rng := seeded(seed<<16 | uint64(v))
			n := p.measured(rng)
			n.Vars[v].Value += 6 * n.Vars[v].SD * float64(1-2*int(seed&1))
			r := reconciled(t, n)
			tried++
			if s, ok := r.first(n, r.Test(0.01)); ok {
				found++
				if !s.Leak && s.Index == v {
					right++
				}
			}
		}
	}
	t.Logf("%d measurements, tried %d: found %.3f, at the right one %.3f", len(p.net.Vars), tried, float64(found)/float64(tried), float64(right)/float64(tried))
	if tried == 0 || float64(found) < 0.95*float64(tried) || float64(right) < 0.95*float64(tried) {
		t.Errorf("of %d errors of six standard deviations %d were found, %d of them at the right measurement: want 95 %%", tried, found, right)
	}
}

// The power is what the package comment reckons with: an error of six standard deviations moves z by 6·√redundancy. Twenty
// lots on four scales each give 80 figures of redundancy 0.75; 80 errors that can be told apart have the limit 3.83, and
// 6·√0.75 − 3.83 = 1.36 is passed 91 times in 100. With five lots, 20 figures, the limit is 3.48, and it is 96 in 100.
func TestPowerAsReckoned(t *testing.T) {
	for _, x := range []struct {
		lots int
		want float64
	}{{20, 0.913}, {5, 0.957}} {
		p := &plant{}
		for l := range x.lots {
			first := p.stream(fmt.Sprintf("lot %d, scale 1", l), 100, 0.001)
			for k := range 3 {
				next := p.stream(fmt.Sprintf("lot %d, scale %d", l, k+2), 100, 0.001)
				p.net.Balance("one lot", false, Mass(1, first), Mass(-1, next))
			}
		}
		found, tried := 0, 500
		for seed := range uint64(tried) {
			n := p.measured(seeded(seed))
			v := int(seed) % len(n.Vars)
			n.Vars[v].Value += 6 * n.Vars[v].SD
			r := reconciled(t, n)
			near(t, "redundancy", r.Redundancy[v], 0.75, 1e-9)
			if s, ok := r.first(n, r.Test(0.01)); ok && s.Index == v {
				found++
			}
		}
		got := float64(found) / float64(tried)
		t.Logf("%d lots: %.3f", x.lots, got)
		near(t, "power", got, x.want, 0.03) // 2.4 standard errors of 500 trials
	}
}

// Planted errors, single and in pairs, are named, and nothing else is.
func TestPlanted(t *testing.T) {
	t.Run("two scales and a loss", func(t *testing.T) {
		p := month(3, 4)
		n := p.measured(seeded(7))
		scale, stage := -1, -1
		for i, v := range n.Vars {
			if v.Name == "line 1 stage 2 out, second scale" {
				scale = i
			}
		}
		n.Vars[scale].Value += 12 * n.Vars[scale].SD
		for i, c := range n.Constraints {
			if c.Name == "line 2 stage 1" {
				stage = i
			}
		}
		// 15 kg of swarf were not recorded: everything behind is lighter.
		out := n.Constraints[stage].Terms[1].A
		for i := out; i < len(n.Vars); i++ {
			n.Vars[i].Value -= 15 * p.truth[i] / p.truth[out]
		}
		all := reconciled(t, n)
		test := all.Test(0.01)
		suspects, rest := n.GrossErrors(all, test, 10)
		if test.Passed || all.Global < test.GlobalLimit {
			t.Error("the global test did not see it")
		}
		if len(suspects) != 2 {
			t.Fatalf("suspects %+v", suspects)
		}
		for _, s := range suspects {
			switch {
			case s.Leak && s.Index == stage: // the swarf is weighed once, and nowhere else
				if len(s.Same) != 1 || s.Same[0] != "line 2 stage 1 swarf" {
					t.Errorf("it cannot be told from %v, want the weighing of the swarf", s.Same)
				}
				near(t, "loss", s.Estimate, 15, 4*s.SD)
			case !s.Leak && s.Index == scale:
				near(t, "error", s.Estimate, 12*n.Vars[scale].SD, 4*s.SD)
			default:
				t.Errorf("suspected: %+v", s)
			}
		}
		if after := rest.Test(0.01); !after.Passed {
			t.Errorf("without them the rest still fails: %+v", after)
		}
	})
	t.Run("an assay", func(t *testing.T) {
		p := blend()
		n := p.measured(seeded(3))
		v := 2 * 3 // Nd in the mix: in three balances
		n.Vars[v].Value += 12 * n.Vars[v].SD
		all := reconciled(t, n)
		suspects, _ := n.GrossErrors(all, all.Test(0.01), 10)
		if len(suspects) != 1 || suspects[0].Leak || suspects[0].Index != v {
			t.Errorf("suspects %+v", suspects)
		}
	})
}

// Whatever the network and the figures: what comes out balances, is no further from the measured figures than the truth
// is, and in a linear network nearer to the truth than they are, both in the weighted norm; redundancy lies in 0 to 1,
// and adds up to the degrees of freedom.
func TestReconciledBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := month(rapid.IntRange(1, 2).Draw(t, "lines"), rapid.IntRange(1, 3).Draw(t, "stages"))
		linear := rapid.Bool().Draw(t, "linear")
		if !linear {
			p = blend()
		}
		n := p.measured(seeded(rapid.Uint64().Draw(t, "seed")))
		for i := range n.Vars { // gross errors too
			if rapid.IntRange(0, 9).Draw(t, "gross") == 0 {
				n.Vars[i].Value += n.Vars[i].SD * rapid.Float64Range(-20, 20).Draw(t, "size")
			}
		}
		r, err := n.Reconcile()
		if err != nil {
			t.Fatal(err)
		}
		for i := range n.Constraints {
			if res, scale := n.Constraints[i].Residual(r.Values); math.Abs(res) > 1e-9*scale {
				t.Errorf("%s is off by %g of %g", n.Constraints[i].Name, res, scale)
			}
		}
		moved, noise, after, redundancy := 0.0, 0.0, 0.0, 0.0
		for i, v := range n.Vars {
			moved += square((r.Values[i] - v.Value) / v.SD)
			noise += square((p.truth[i] - v.Value) / v.SD)
			after += square((p.truth[i] - r.Values[i]) / v.SD)
			redundancy += r.Redundancy[i]
			if r.Redundancy[i] < 0 || r.Redundancy[i] > 1 {
				t.Errorf("redundancy of %s is %g", v.Name, r.Redundancy[i])
			}
		}
		if math.Abs(moved-r.Global) > 1e-6*(1+moved) {
			t.Errorf("global is %g, the moves sum to %g", r.Global, moved)
		}
		if moved > noise*(1+1e-9) {
			t.Errorf("figures moved by %g, the truth was %g away", moved, noise)
		}
		if linear && after > noise*(1+1e-9) {
			t.Errorf("the figures are %g from the truth, they were %g", after, noise)
		}
		if math.Abs(redundancy-float64(r.DoF)) > 1e-6 {
			t.Errorf("redundancies sum to %g, %d degrees of freedom", redundancy, r.DoF)
		}
	})
}
