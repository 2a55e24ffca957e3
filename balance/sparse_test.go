package balance

import (
	"math"
	"slices"
	"testing"

	"lodestone/sim"
)

// Every network of simulated worlds, honest, with undeclared losses and with slips, gives by sparse algebra what full
// matrices give: figures, redundancies, statistics, and which errors cannot be told apart.
func TestSparseAsDense(t *testing.T) {
	count := 0
	for seed := range uint64(2) {
		for _, cfg := range []sim.Config{{Lots: 1000}, {Lots: 1000, Losses: 1}, {Lots: 1000, Wrong: 0.1}} {
			b, _, _ := recorded(t, cfg, seed)
			m := newModel(b, &Scope{AnySite: true})
			for _, piece := range m.pieces() {
				n, _ := m.part(piece)
				if len(n.Vars) > 400 {
					continue // full matrices take too long
				}
				r, err := n.Reconcile()
				d, wrong := dense(n)
				if err != nil || wrong != nil {
					t.Fatalf("sparse %v, dense %v", err, wrong)
				}
				count++
				asDense(t, n, r, d)
			}
		}
	}
	if count < 300 {
		t.Errorf("only %d networks", count)
	}
}

func asDense(t *testing.T, n *Network, r *Reconciled, d *denseAnswer) {
	t.Helper()
	if r.DoF != d.dof || !slices.EqualFunc(r.kinds, d.kinds, slices.Equal) {
		t.Fatalf("%d degrees and kinds %v, by full matrices %d and %v", r.DoF, r.kinds, d.dof, d.kinds)
	}
	near(t, "global", r.Global, d.global, 1e-9*(1+d.global))
	for i, v := range n.Vars {
		if v.Measured {
			near(t, v.Name, r.Values[i], d.values[i], 1e-9*v.SD)
			near(t, "redundancy", r.Redundancy[i], d.redundancy[i], 1e-9)
			near(t, "uncertainty", r.SD[i], d.sd[i], 1e-9*v.SD)
		}
	}
	for i, x := range r.directions {
		near(t, "norm", x.norm, d.norm[i], 1e-9)
		near(t, "z", x.z, d.z[i], 1e-9*(1+math.Abs(d.z[i])))
	}
}
