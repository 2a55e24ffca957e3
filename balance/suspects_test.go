package balance

import (
	"math/rand/v2"
	"slices"
	"testing"

	"lodestone/sim"
)

// oneByOne takes the strongest error out, reconciles anew, and so on.
func oneByOne(t *testing.T, n *Network, all *Reconciled, test Test) (list []Suspect) {
	t.Helper()
	for {
		s, found := all.first(n, test)
		if !found {
			return list
		}
		list = append(list, s)
		work, next, _, err := n.without([]Suspect{s}, all)
		if err != nil {
			t.Fatal(err)
		}
		n, all = work, next
	}
}

// Errors that have nothing to do with one another are taken out together, and as many of those planted are named, and as few
// others, as when each is taken out by itself: in simulated records with errors of ten standard uncertainties at every
// fortieth measurement. Where several lie side by side, what looks the same may go by another name.
func TestBatchesAsOneByOne(t *testing.T) {
	type score struct{ named, others int }
	var batches, single score
	several := 0
	for seed := range uint64(3) {
		b, _, _ := recorded(t, sim.Config{Lots: 1000, Losses: 1}, seed)
		m := newModel(b, &Scope{AnySite: true})
		rng := rand.New(rand.NewPCG(seed, 7))
		planted := map[string]bool{}
		for i := range m.net.Vars {
			if v := &m.net.Vars[i]; v.Measured && rng.IntN(40) == 0 {
				v.Value += v.SD * float64(10-20*rng.IntN(2))
				planted[v.Name] = true
			}
		}
		count := func(x *score, list []Suspect) {
			for _, s := range list {
				if planted[s.Name] || slices.ContainsFunc(s.Same, func(name string) bool { return planted[name] }) {
					x.named++
				} else {
					x.others++
				}
			}
		}
		parts, _ := m.settle()
		for _, p := range parts {
			test := p.all.Test(0.001)
			suspects, _ := p.n.GrossErrors(p.all, test, 1000)
			count(&batches, suspects)
			count(&single, oneByOne(t, p.n, p.all, test))
			several += b2i(len(suspects) > 1)
		}
	}
	t.Logf("in batches %d of those planted and %d others, one by one %d and %d; %d networks with several", batches.named, batches.others, single.named, single.others, several)
	if batches.named < 100 || several < 5 {
		t.Error("too few to tell")
	}
	if batches.named < single.named-3 || batches.others > single.others+3 {
		t.Error("batches are worse than one by one")
	}
}

// What was counted, and what is only typical of a material, is no measurement: magnets coated and magnetized by number give
// no degree of freedom.
func TestCountsAreNoMeasurements(t *testing.T) {
	b, _, _ := recorded(t, sim.Config{Lots: 1000, Losses: 1}, 1)
	fit, err := b.Reconcile(&Scope{AnySite: true}, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	pieces := 0
	for _, it := range fit.Items {
		if b.Lots[it.Lot] == nil {
			continue // a declared loss
		}
		if made, _ := b.flowsOf(it.Lot); len(made) == 0 || made[0].Pieces == 0 {
			continue
		}
		for _, i := range b.MakingsOf(it.Lot) {
			if slices.ContainsFunc(b.Makings[i].In, func(f Flow) bool { return f.Pieces > 0 }) {
				t.Errorf("%s is a measurement, of pieces made of counted pieces", it.Name)
			}
		}
		pieces++
	}
	if pieces < 10 {
		t.Errorf("%d piece masses are measured by what they were cut of, want some", pieces)
	}
}
