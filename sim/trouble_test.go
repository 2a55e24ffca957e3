package sim_test

import (
	"slices"
	"testing"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/sim"
	"lodestone/supply"
)

// only is a world with one kind of trouble.
func only(set func(*sim.Config)) sim.Config {
	cfg := sim.Config{Lots: 2500}
	set(&cfg)
	return cfg
}

func double(c *sim.Config)  { c.Double = 0.4 }
func missing(c *sim.Config) { c.Missing = 0.1 }
func theft(c *sim.Config)   { c.Theft = 0.1 }
func wrong(c *sim.Config)   { c.Wrong = 0.25 }

// enough fails when too little was planted for a test to mean anything.
func enough(t *testing.T, list []sim.Trouble, n int) {
	t.Helper()
	if len(list) < n {
		t.Fatalf("%d planted, want %d at least", len(list), n)
	}
}

func TestDoubleIssueIsSeen(t *testing.T) {
	d := tell(t, only(double), 1)
	issued, serials := d.planted(sim.DoubleIssue), d.planted(sim.DoubleSerial)
	enough(t, issued, 10)
	enough(t, serials, 5)
	for _, x := range issued {
		if kinds, _ := d.own(t, x.Lots[0]); !slices.Contains(kinds, genealogy.OverIssue) {
			t.Errorf("%s was issued twice; the record says %v", x.Lots[0], kinds)
		}
	}
	for _, x := range serials {
		// Where the two plants drew from a common lot, their accounts are taken for two of one making, and clash.
		if kinds, _ := d.own(t, x.Lots[0]); !slices.Contains(kinds, genealogy.DoubleSerial) && !slices.Contains(kinds, genealogy.Clash) {
			t.Errorf("the serial %s was given twice; the record says %v", x.Lots[0], kinds)
		}
	}
	// And nothing else is flagged: the other material is like the first.
	guilty := map[supply.LotID]bool{}
	for _, x := range append(issued, serials...) {
		guilty[x.Lots[0]] = true
	}
	for _, f := range d.graph.Flags() {
		if !guilty[f.Lot] {
			t.Errorf("%s at %s: %s: nothing was planted there", f.Kind, f.Lot, f.Cause)
		}
	}
}

func TestMissingOriginIsSeen(t *testing.T) {
	d := tell(t, only(missing), 2)
	list := d.planted(sim.MissingOrigin)
	enough(t, list, 10)
	guilty := map[supply.LotID]bool{}
	for _, x := range list {
		for _, lot := range x.Lots {
			guilty[lot] = true
			l, known := d.graph.Lot(lot)
			if !known { // never moved, never drawn from: the record need not know of it
				continue
			}
			if len(l.Holes) == 0 {
				t.Errorf("nobody recorded the making of %s, and it has no hole", lot)
			}
		}
	}
	// Only there do holes open: at no lot whose making was recorded.
	for _, m := range d.truths() {
		if _, known := d.graph.Lot(m.Lot); !known {
			continue
		}
		for _, h := range d.profile(t, m.Lot).Holes {
			if !guilty[h.Lot] {
				t.Fatalf("a hole opens at %s, whose making was recorded", h.Lot)
			}
		}
	}
}

func TestTheftIsSeen(t *testing.T) {
	d := tell(t, only(theft), 3)
	list := d.planted(sim.Fenced)
	enough(t, list, 10)
	for _, x := range list {
		if _, holes := d.own(t, x.Lots[0]); holes == 0 {
			t.Errorf("stolen goods %s have no hole", x.Lots[0])
		}
	}
	// The weights at the two ends of a journey differ by more than three standard uncertainties where something was
	// stolen, and elsewhere by chance alone.
	robbed, honest, alarms := 0, 0, 0
	sent := map[string]quantity.Mass{}
	for _, o := range d.all {
		e := o.Event
		if len(e.Quantities) != 1 || e.Quantities[0].Unit == "" {
			continue
		}
		q, err := quantity.ParseQuantity(e.Quantities[0].Value.String(), e.Quantities[0].Unit)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := q.Mass()
		switch e.BizStep {
		case "shipping":
			sent[e.Quantities[0].Class] = m
		case "receiving":
			before := sent[e.Quantities[0].Class]
			short := int64(before-m)*1000 > 3*1415*int64(before)/1000
			stolen := slices.ContainsFunc(o.Planted, func(x sim.Trouble) bool { return x.Kind == sim.Theft })
			switch {
			case stolen:
				robbed++
				if !short {
					t.Errorf("%s: %s sent, %s arrived, and some was stolen", e.Quantities[0].Class, before, m)
				}
			default:
				honest++
				if short {
					alarms++
				}
			}
		}
	}
	if robbed != len(list) || honest < 100 {
		t.Errorf("%d robbed of %d, %d honest journeys", robbed, len(list), honest)
	}
	if limit := 3 + honest/200; alarms > limit { // chance makes 1.35 of a thousand honest journeys short by so much
		t.Errorf("%d of %d honest journeys came short", alarms, honest)
	}
}

// Gross errors show, unless the clerk declared them: then nothing is left of them.
func TestWrongClerksAreSeen(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(6) {
		d := tell(t, only(wrong), seed)
		drawn := map[supply.LotID]bool{} // at least half was truly drawn
		for _, m := range d.truths() {
			if l, ok := d.graph.Lot(m.Lot); ok {
				if x, ok := l.Drawn.Mass(); ok && x > m.Mass()/2 {
					drawn[m.Lot] = true
				}
			}
		}
		for _, kind := range []sim.TroubleKind{sim.WrongWeight, sim.WrongAssay, sim.WrongPlace} {
			for _, x := range d.planted(kind) {
				kinds, holes := d.own(t, x.Lots[0])
				l, _ := d.graph.Lot(x.Lots[0])
				what := kind.String()
				switch {
				case x.Righted:
					if len(kinds) > 0 || holes > 0 {
						t.Errorf("seed %d: %s of %s was put right, and the record says %v, %d holes", seed, kind, x.Lots[0], kinds, holes)
					}
					if !slices.ContainsFunc(l.History, func(h genealogy.Happening) bool { return h.Void && len(h.Corrections) == 1 }) {
						t.Errorf("seed %d: %s: the history shows no correction", seed, x.Lots[0])
					}
					what += ", put right"
				case kind == sim.WrongPlace && x.Contradicted:
					if !slices.Contains(kinds, genealogy.Clash) {
						t.Errorf("seed %d: two accounts place the making of %s in two countries, and the record says %v", seed, x.Lots[0], kinds)
					}
					what += ", contradicted"
				case kind == sim.WrongPlace:
					if len(kinds) > 0 || holes > 0 {
						t.Errorf("seed %d: nobody contradicts the place of %s, and the record says %v", seed, x.Lots[0], kinds)
					}
					what += ", believed"
				case kind == sim.WrongAssay:
					if !slices.Contains(kinds, genealogy.ElementExcess) || holes == 0 {
						t.Errorf("seed %d: the assay of %s is impossible, and the record says %v", seed, x.Lots[0], kinds)
					}
				case slices.Contains(kinds, genealogy.MassExcess) && holes > 0:
					what += ", high"
				case slices.Contains(kinds, genealogy.OverIssue):
					what += ", low"
				case drawn[x.Lots[0]]:
					t.Errorf("seed %d: the weight of %s is ten times wrong, and the record says %v", seed, x.Lots[0], kinds)
				}
				seen[what]++
			}
		}
	}
	for _, what := range []string{"wrong weight, high", "wrong weight, low", "wrong weight, put right", "wrong assay", "wrong assay, put right",
		"wrong place, put right", "wrong place, contradicted", "wrong place, believed"} {
		if seen[what] == 0 {
			t.Errorf("no %s came to pass: %v", what, seen)
		}
	}
}

// Late and repeated telling changes nothing: the record is the same, down to its digest.
func TestLateTellingChangesNothing(t *testing.T) {
	for _, seed := range []uint64{4, 5} {
		cfg := trouble
		cfg.Late = 0
		prompt := tell(t, cfg, seed)
		cfg.Late = 0.4
		late := tell(t, cfg, seed)
		enough(t, late.planted(sim.Late), 100)
		enough(t, late.planted(sim.Repeated), 30)
		if slices.IsSortedFunc(late.all, func(a, b sim.Occurrence) int {
			if a.Event == nil || b.Event == nil {
				return 0
			}
			return a.Event.Time.Compare(b.Event.Time.Time)
		}) {
			t.Error("everything was told in order")
		}
		if a, b := prompt.graph.Fingerprint(), late.graph.Fingerprint(); a != b {
			t.Errorf("seed %d: told promptly the record is %s, told late %s", seed, a, b)
		}
	}
}

// Wrong clerks change what is told, never what happens.
func TestTellingChangesNoTruth(t *testing.T) {
	honest, lying := tell(t, sim.Config{Lots: 1500}, 6), tell(t, sim.Config{Lots: 1500, Wrong: 0.5, Late: 0.5}, 6)
	if !slices.Equal(honest.world.Tallies(), lying.world.Tallies()) || honest.world.Lots() != lying.world.Lots() {
		t.Error("the worlds differ")
	}
}
