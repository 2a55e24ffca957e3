package sim_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/sim"
	"lodestone/supply"
)

func world(t testing.TB, cfg sim.Config, seed uint64) *sim.World {
	t.Helper()
	w, err := sim.New(cfg, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// received is when everything is received: within a year of the last event.
var received = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// told is a world that has happened: all that was told, and the record of it with each author's word under its name.
type told struct {
	world *sim.World
	graph *genealogy.Graph
	all   []sim.Occurrence
}

func tell(t testing.TB, cfg sim.Config, seed uint64) *told {
	t.Helper()
	return tellAs(t, cfg, seed, false)
}

// tellAs is tell with every clerk's word under its own name, or all as the one sender's.
func tellAs(t testing.TB, cfg sim.Config, seed uint64, oneSender bool) *told {
	t.Helper()
	d := &told{world: world(t, cfg, seed), graph: genealogy.New()}
	apply := func(e record.Entry, err error) {
		t.Helper()
		if err == nil {
			err = d.graph.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range sim.Statements() {
		apply(record.NewStatement(sim.Sender, received, &s))
	}
	for o := range d.world.Run() {
		d.all = append(d.all, o)
		if o.Event != nil {
			by := o.By
			if oneSender {
				by = sim.Sender
			}
			apply(record.NewEvent(by, received, o.Event))
		}
	}
	return d
}

// truths is every lot of the world as it truly was, in the order of the telling.
func (d *told) truths() (list []sim.Truth) {
	for _, o := range d.all {
		list = append(list, o.Made...)
	}
	return list
}

// planted is the troubles of one kind.
func (d *told) planted(k sim.TroubleKind) (list []sim.Trouble) {
	for _, o := range d.all {
		for _, t := range o.Planted {
			if t.Kind == k {
				list = append(list, t)
			}
		}
	}
	return list
}

func (d *told) profile(t testing.TB, lot supply.LotID) genealogy.Profile {
	t.Helper()
	p, ok := d.graph.Profile(lot, time.Time{})
	if !ok {
		t.Fatalf("the record knows no lot %s", lot)
	}
	return p
}

// own is the kinds of finding at a lot itself.
func (d *told) own(t testing.TB, lot supply.LotID) (kinds []genealogy.FlagKind, holes int) {
	t.Helper()
	l, ok := d.graph.Lot(lot)
	if !ok {
		t.Fatalf("the record knows no lot %s", lot)
	}
	for _, f := range l.Findings {
		kinds = append(kinds, f.Kind)
	}
	return kinds, len(l.Holes)
}

var trouble = sim.Config{Lots: 2500, Theft: 0.08, Wrong: 0.08, Late: 0.2, Double: 0.08, Missing: 0.05}

func conserved(t *testing.T, w *sim.World) {
	t.Helper()
	seen := element.Set(0)
	for _, x := range w.Tallies() {
		if x.In != x.Lost+x.Sold+x.Delivered+x.Held {
			t.Errorf("%s: in %d mg, accounted for %d mg", x.Element, x.In, x.Lost+x.Sold+x.Delivered+x.Held)
		}
		if x.In <= 0 || x.Lost < 0 || x.Sold < 0 || x.Delivered < 0 || x.Held < 0 {
			t.Errorf("%s: %+v", x.Element, x)
		}
		seen = seen.With(x.Element)
	}
	if want := element.SetOf(element.None, element.La, element.Ce, element.Pr, element.Nd, element.Sm, element.Tb, element.Dy, element.Fe, element.B, element.Co); seen != want {
		t.Errorf("accounts of %s, want %s", seen, want)
	}
}

// Nothing is made or lost but what is accounted for, to the milligram; with trouble too.
func TestElementsAreConserved(t *testing.T) {
	for seed := range uint64(5) {
		cfg := sim.Config{Lots: 3000}
		conserved(t, tell(t, cfg, seed).world)
		conserved(t, tell(t, trouble, seed).world)
	}
}

// A batch of magnets is divided among its serials to the milligram, and the origins of an element sum to it.
func TestTruthsSum(t *testing.T) {
	d := tell(t, sim.Config{Lots: 1500}, 3)
	delivered := map[element.Element]int64{}
	for _, o := range d.all {
		for _, m := range o.Made {
			for _, x := range d.world.Tallies()[:10] {
				var from int64
				for _, s := range m.From(x.Element) {
					from += int64(s.Mass)
					if (s.Facility == "") != (s.Country == "") || s.Mass <= 0 {
						t.Fatalf("%s: %+v", m.Lot, s)
					}
				}
				if from != int64(m.Of(x.Element)) {
					t.Fatalf("%s: %d mg of %s, %d mg by origin", m.Lot, m.Of(x.Element), x.Element, from)
				}
				if o.Event.BizStep == supply.Magnetized.URI() {
					delivered[x.Element] += from
				}
			}
			if m.Mass() <= 0 {
				t.Errorf("%s has a mass of %d mg", m.Lot, m.Mass())
			}
		}
	}
	for _, x := range d.world.Tallies()[:10] {
		if delivered[x.Element] != int64(x.Delivered) {
			t.Errorf("%s: %d mg in magnets, %d mg delivered", x.Element, delivered[x.Element], x.Delivered)
		}
	}
}

// An honest record holds no finding but what is true, no hole, and for each lot exactly the steps that truly happened.
func TestHonestRecordIsTheTruth(t *testing.T) {
	for seed := range uint64(4) {
		d := tell(t, sim.Config{Lots: 3000}, seed)
		for _, f := range d.graph.Flags() {
			t.Errorf("seed %d: %s at %s: %s", seed, f.Kind, f.Lot, f.Cause)
		}
		for _, m := range d.truths() {
			p := d.profile(t, m.Lot)
			if len(p.Holes) > 0 || len(p.Flags) > 0 {
				t.Fatalf("seed %d: %s: %+v %+v", seed, m.Lot, p.Holes, p.Flags)
			}
			type key struct {
				phase    supply.Phase
				facility supply.FacilityID
				country  supply.Country
			}
			recorded := map[key]element.Set{}
			for _, s := range p.Steps {
				k := key{s.Phase, s.Facility, s.Country}
				recorded[k] = recorded[k].Union(s.Elements)
			}
			actual := map[key]element.Set{}
			for _, s := range m.Steps() {
				actual[key{s.Phase, s.Facility, s.Country}] = s.Elements
			}
			for k, set := range actual {
				got := recorded[k]
				if k.phase == supply.Assembled && got.Empty() {
					_, known := recorded[k]
					if known {
						continue // of the whole item, whose elements nobody declares
					}
				}
				if got != set {
					t.Fatalf("seed %d: %s: %v of %s recorded, of %s in truth", seed, m.Lot, k, got, set)
				}
			}
			for k := range recorded {
				if _, ok := actual[k]; !ok {
					t.Fatalf("seed %d: %s: %v recorded, and untrue", seed, m.Lot, k)
				}
			}
		}
	}
}

// The instruments err by as much as they say, no less and no more: the errors of the stated masses and assays, over their
// standard uncertainties, have the variance one.
func TestInstruments(t *testing.T) {
	var masses, assays []float64
	for seed := range uint64(4) {
		d := tell(t, sim.Config{Lots: 3000}, seed)
		for _, m := range d.truths() {
			l, _ := d.graph.Lot(m.Lot)
			if stated, ok := l.Made.Mass(); ok {
				masses = append(masses, (stated-m.Mass()).Float()/(0.001*m.Mass().Float()))
			}
			for _, a := range l.Assays {
				el, err := a.Elements()
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range el.Lines {
					share := m.Of(line.Element).Float() / m.Mass().Float()
					assays = append(assays, (line.Value.Float64()-share)/line.SD.Float64())
					if sd := line.SD.Float64() / line.Value.Float64(); !line.Known || sd < 1e-6 || sd > 0.0051 {
						t.Errorf("%s: %s: relative standard uncertainty %v, want 0.005 or, of what is nearly pure, less", m.Lot, line.Element, sd)
					}
				}
			}
		}
	}
	if len(masses) < 1200 || len(assays) < 2000 {
		t.Fatalf("%d masses and %d assays: too few to tell", len(masses), len(assays))
	}
	for name, list := range map[string][]float64{"masses": masses, "assays": assays} {
		squares, most := 0.0, 0.0
		for _, z := range list {
			squares, most = squares+z*z, max(most, math.Abs(z))
		}
		n := float64(len(list))
		if v := squares / n; math.Abs(v-1) > 4*math.Sqrt(2/n) || most < 2.5 || most > 5 {
			t.Errorf("%.0f %s: variance %.3f, want 1; the greatest error is %.2f standard uncertainties", n, name, v, most)
		}
	}
}

// The world makes as many lots as asked and a few, of every material, in many countries, blends, packs and ships.
func TestWorldIsWhole(t *testing.T) {
	const lots = 40_000
	w := world(t, sim.Config{Lots: lots}, 2)
	country := map[string]supply.Country{}
	for _, s := range sim.Statements() {
		if s.Facility != nil {
			country[string(s.Facility.ID)] = s.Facility.Country
		}
	}
	made, inputs := map[supply.MaterialID]int{}, map[int]int{}
	countries, steps := map[supply.Country]int{}, map[string]int{}
	told := 0
	last := time.Time{}
	for o := range w.Run() {
		for _, m := range o.Made {
			made[m.Material]++
			told++
		}
		e := o.Event
		if country[e.ReadPoint.ID] == "" {
			t.Fatalf("nobody says where %s is", e.ReadPoint.ID)
		}
		countries[country[e.ReadPoint.ID]]++
		steps[e.BizStep]++
		inputs[len(e.InputQuantities)]++
		if e.Time.Before(last) || e.Time.Year() < 2021 || e.Time.Year() > 2025 {
			t.Fatalf("%s happened at %s, after %s", e.ID, e.Time.Text, last)
		}
		last = e.Time.Time
	}
	if n := w.Lots(); n < lots || n > lots+200 || n != told {
		t.Errorf("%d lots made, %d told, want %d and a few", n, told, lots)
	}
	for _, s := range sim.Statements() {
		if m := s.Material; m != nil && made[m.ID] == 0 {
			t.Errorf("no lot of %s was made", m.ID)
		}
	}
	if len(countries) < 10 || inputs[2] == 0 || inputs[3] == 0 || inputs[4] == 0 {
		t.Errorf("countries %v, events by inputs %v", countries, inputs)
	}
	if steps["packing"] == 0 || steps["packing"] != steps["unpacking"] || steps["receiving"] == 0 || steps["receiving"] > steps["shipping"] {
		t.Errorf("%v", steps)
	}
}

// A loop is never left open: to stop the reading early ends the world's telling.
func TestRunStops(t *testing.T) {
	n := 0
	for range world(t, sim.Config{Lots: 1000, Late: 0.5}, 1).Run() {
		if n++; n == 50 {
			break
		}
	}
	if n != 50 {
		t.Errorf("%d occurrences after a break at 50", n)
	}
}

func TestConfigRefused(t *testing.T) {
	for name, cfg := range map[string]sim.Config{
		"no lots":     {},
		"too many":    {Lots: sim.MostLots + 1},
		"rate over 1": {Lots: 1, Theft: 1.01},
		"rate below":  {Lots: 1, Late: -0.1},
		"all stolen":  {Lots: 1, Theft: 1, Haul: 1},
		"name":        {Lots: 1, Name: "a b"},
		"long ago":    {Lots: 1, Start: time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		if _, err := sim.New(cfg, rand.New(rand.NewPCG(1, 1))); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A place of the real world does no wrong. It may draw, in good faith, on what others issued twice, and miss what was
// stolen on the way to it.
func TestTroubleOnlyAtSyntheticPlaces(t *testing.T) {
	d := tell(t, trouble, 1)
	for _, o := range d.all {
		for _, p := range o.Planted {
			if o.Event != nil && p.Kind != sim.Theft && p.Kind != sim.DoubleIssue && !sim.Synthetic(supply.FacilityID(o.Event.ReadPoint.ID)) {
				t.Errorf("%s at %s", p.Kind, o.Event.ReadPoint.ID)
			}
		}
	}
	if !slices.ContainsFunc(d.all, func(o sim.Occurrence) bool {
		return o.Event != nil && !sim.Synthetic(supply.FacilityID(o.Event.ReadPoint.ID))
	}) {
		t.Error("nothing happens at any place of the atlas")
	}
}

// Worlds of any seed and any rates come to their end, and lose nothing on the way.
func TestWorldsEnd(t *testing.T) {
	for seed := range uint64(12) {
		for i, cfg := range []sim.Config{
			{Lots: 20_000},
			{Lots: 20_000, Theft: 0.3, Wrong: 0.3, Late: 0.3, Double: 0.3, Missing: 0.3},
			{Lots: 3_000, Theft: 1, Wrong: 1, Late: 1, Double: 1, Missing: 1},
			{Lots: 3_000, Theft: 1, Double: 1},
			{Lots: 1_000, Theft: 1, Haul: sim.MostHaul, Losses: 1},
			{Lots: 3_000, Wrong: 1},
		} {
			w := world(t, cfg, seed)
			truths := 0
			for o := range w.Run() {
				truths += len(o.Made)
			}
			if truths != w.Lots() || truths < cfg.Lots || truths > cfg.Lots+2000 {
				t.Errorf("seed %d, configuration %d: %d lots told, %d made, want %d", seed, i, truths, w.Lots(), cfg.Lots)
			}
			conserved(t, w)
		}
	}
}
