package sim_test

import (
	"testing"

	"lodestone/element"
	"lodestone/law"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/sim"
	"lodestone/supply"
)

// chinese tells whether the truth of a magnet holds a step in China to anything but cobalt, which the clause does not name
// for a neodymium-iron-boron magnet.
func chinese(m *sim.Truth) bool {
	for _, s := range m.Steps() {
		if s.Country == "CN" && (s.Elements != element.SetOf(element.Co) || m.Of(element.Sm) > 0) {
			return true
		}
	}
	return false
}

// TestNoChineseMagnetIsCompliant is the promise of the whole program, held against a world that knows the truth: whatever
// is stolen, missing, late or issued twice, as long as no clerk lies, a magnet whose true ancestry has a step in China is
// never COMPLIANT on the first day of the wider rule. And the promise is not kept by refusing everything: in an honest
// world whatever has no such step, and was not recycled, is COMPLIANT.
func TestNoChineseMagnetIsCompliant(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	judge := func(d *told, lot supply.LotID) rules.Verdict {
		t.Helper()
		f, err := rules.FromRecord(d.graph, lot, nil, quantity.MustDate("2027-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		f.Books = []string{"us/dfars-252.225-7052"}
		a, err := lib.Judge(f)
		if err != nil {
			t.Fatal(err)
		}
		return a.Verdict
	}
	type kind struct {
		world           string
		chinese, second bool // second: recycled
	}
	count := map[kind]map[rules.Verdict]int{}
	troubled := sim.Config{Lots: 2500, Theft: 0.03, Late: 0.3, Double: 0.03, Missing: 0.01}
	for _, x := range []struct {
		name  string
		cfg   sim.Config
		one   bool // all is one sender's word, as in a document
		seeds uint64
	}{
		{"honest", sim.Config{Lots: 2500}, false, 3},
		{"troubled", troubled, false, 3},
		{"troubled", troubled, true, 1},
	} {
		for seed := range x.seeds {
			d := tellAs(t, x.cfg, seed, x.one)
			for _, o := range d.all {
				if len(o.Made) == 0 || o.Event == nil || o.Event.BizStep != supply.Magnetized.URI() {
					continue
				}
				some := o.Made[len(o.Made)-1:] // the others share its truth
				if x.cfg.Double > 0 {
					some = append(some[:1:1], o.Made[0]) // this one may have the serial of another
				}
				for _, m := range some {
					k := kind{world: x.name, chinese: chinese(&m)}
					for _, s := range m.Steps() {
						k.second = k.second || s.Phase == supply.Recycled
					}
					v := judge(d, m.Lot)
					if count[k] == nil {
						count[k] = map[rules.Verdict]int{}
					}
					count[k][v]++
					if k.chinese && v == rules.Compliant {
						t.Errorf("%s world, seed %d: %s is COMPLIANT; in truth %v", x.name, seed, m.Lot, m.Steps())
					}
					if x.name == "honest" && !k.chinese && !k.second && v != rules.Compliant {
						t.Errorf("%s world, seed %d: %s is %s; in truth %v", x.name, seed, m.Lot, v, m.Steps())
					}
				}
			}
		}
	}
	for k, by := range count {
		t.Logf("%s, a step in China: %t, recycled: %t: %v", k.world, k.chinese, k.second, by)
	}
	for _, world := range []string{"honest", "troubled"} {
		var clean, not int
		for k, by := range count {
			if k.world == world {
				clean += by[rules.Compliant]
				not += by[rules.Noncompliant] + by[rules.Undetermined]
			}
		}
		if clean < 10 || not < 50 {
			t.Errorf("%s world: %d COMPLIANT, %d not: too few to tell", world, clean, not)
		}
	}
}
