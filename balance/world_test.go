package balance_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/sim"
	"lodestone/supply"
)

// world is a simulated world, as the books have it and as it truly was.
func world(t *testing.T, cfg sim.Config, seed uint64) (*balance.Books, []sim.Occurrence) {
	t.Helper()
	w, err := sim.New(cfg, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	g, facts := genealogy.New(), balance.NewFacts()
	apply := func(e record.Entry, err error) {
		t.Helper()
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
		facts.Take(e)
	}
	for _, s := range sim.Statements() {
		apply(record.NewStatement(sim.Sender, received, &s))
	}
	var told []sim.Occurrence
	for o := range w.Run() {
		told = append(told, o)
		if o.Event != nil {
			apply(record.NewEvent(o.By, received, o.Event))
		}
	}
	return balance.Read(g, facts), told
}

var ten = element.SetOf(element.La, element.Ce, element.Pr, element.Nd, element.Sm, element.Tb, element.Dy, element.Fe, element.B, element.Co)

// An honest world: nothing comes from nowhere, nothing is drawn twice, and the true share of every origin lies within
// its bounds, as near as the instruments allow. The world mixes perfectly, so it is near the point, too.
func TestHonestWorld(t *testing.T) {
	// The bounds take the stated figures as exact: a weighing is off by up to 0.2 %, an assay by up to 1 %.
	const near = 0.02
	shares, points := 0, 0
	for seed := range uint64(2) {
		b, told := world(t, sim.Config{Lots: 600}, seed)
		s := balance.Scope{AnySite: true, Elements: ten}
		excess, all := 0, 0
		for _, step := range append(b.Steps(&s), b.Steps(&balance.Scope{AnySite: true})...) {
			for _, a := range step.Accounts {
				all++
				if a.Finding == balance.Excess {
					excess++
					t.Errorf("seed %d: %s: %s in %+v, out %+v, gap %+v", seed, step.Making.Name(), a.Element, a.In, a.Out, a.Gap)
				}
			}
		}
		for _, site := range b.Sites(&s) {
			for _, a := range site.Accounts {
				if a.Finding == balance.Excess {
					t.Errorf("seed %d: site %s: %s: %+v", seed, site.Name, a.Element, a.Gap)
				}
			}
		}
		for _, x := range b.Stocks(&balance.Scope{AnySite: true}) {
			if x.OverIssue {
				t.Errorf("seed %d: over-issue of %s by %.1f", seed, x.Lot.ID, x.Sigma)
			}
		}
		for _, o := range told {
			for i := range o.Made {
				truth := &o.Made[i]
				for _, e := range []element.Element{element.Nd, element.Dy} {
					of := truth.Of(e).Float()
					if of < 0.001 || b.Lots[truth.Lot] == nil {
						continue
					}
					really := map[supply.FacilityID]float64{}
					for _, x := range truth.From(e) {
						really[x.Facility] += x.Mass.Float() / of
					}
					for _, x := range b.OriginsOf(truth.Lot, e).Shares {
						share := really[x.Origin.Facility]
						if !x.Origin.Known || x.Origin.Phase != supply.Mined {
							continue
						}
						shares++
						if share < x.Low-near || share > x.High+near {
							t.Errorf("seed %d: %s holds %.4f of %s from %s, outside %.4f to %.4f", seed, truth.Lot, share, e, x.Origin.Facility, x.Low, x.High)
						}
						if x.PointKnown {
							points++
							if math.Abs(x.Point-share) > near {
								t.Errorf("seed %d: %s holds %.4f of %s from %s, the point is %.4f", seed, truth.Lot, share, e, x.Origin.Facility, x.Point)
							}
						}
					}
				}
			}
		}
		t.Logf("seed %d: %d accounts, %d excesses", seed, all, excess)
	}
	t.Logf("%d shares within their bounds, %d with a point", shares, points)
	if shares < 1000 || points < 100 {
		t.Errorf("only %d shares and %d points were compared", shares, points)
	}
}

// In a world where clerks slip, the slips show: a weight ten times too high or too low, an assay two fifths too high, an
// id issued again. Those nobody put right are looked for in the accounts of the steps and lots they are about: an excess,
// more missing than any honest step of that phase misses, or an over-issue. What has no assay and no second weighing
// cannot show, and is not asked for.
func TestSlipsShow(t *testing.T) {
	tried, found := map[sim.TroubleKind]int{}, map[sim.TroubleKind]int{}
	for seed := range uint64(4) {
		b, told := world(t, sim.Config{Lots: 1500, Wrong: 0.15, Double: 0.2}, seed)
		s := balance.Scope{AnySite: true}
		odd := map[supply.LotID]bool{}     // of which something is amiss
		checked := map[supply.LotID]bool{} // that stand in an account that could show it
		for _, step := range append(b.Steps(&s), b.Steps(&balance.Scope{AnySite: true, Elements: ten})...) {
			amiss, sure := false, false
			for _, a := range step.Accounts {
				sure = sure || a.Gap.Known || a.Finding == balance.Excess
				share := a.Gap.Mass.Float() / (a.In.Mass.Float() + 1e-9)
				amiss = amiss || a.Finding == balance.Excess || a.Gap.Known && share > 0.6
			}
			for _, f := range append(append([]balance.Flow(nil), step.Making.In...), step.Making.Out...) {
				odd[f.Lot] = odd[f.Lot] || amiss
				checked[f.Lot] = checked[f.Lot] || sure
			}
		}
		for _, x := range b.Stocks(&s) {
			odd[x.Lot.ID] = odd[x.Lot.ID] || x.OverIssue
			checked[x.Lot.ID] = checked[x.Lot.ID] || x.Made.Known && x.Drawn.Mass > 0
		}
		for _, o := range told {
			for _, p := range o.Planted {
				if p.Righted || p.Contradicted || p.Kind != sim.WrongWeight && p.Kind != sim.WrongAssay && p.Kind != sim.DoubleIssue {
					continue
				}
				for _, l := range p.Lots {
					if !checked[l] {
						continue
					}
					tried[p.Kind]++
					if odd[l] {
						found[p.Kind]++
					} else {
						t.Logf("seed %d: %s of %s does not show", seed, p.Kind, l)
					}
				}
			}
		}
	}
	for k, n := range tried {
		t.Logf("%s: %d of %d show", k, found[k], n)
		if found[k]*10 < n*9 {
			t.Errorf("%s: %d of %d show, want nine of ten", k, found[k], n)
		}
	}
	if tried[sim.WrongWeight] < 20 || tried[sim.DoubleIssue] < 10 {
		t.Errorf("only %v were tried", tried)
	}
}
