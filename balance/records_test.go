package balance

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"lodestone/sim"
)

// record sizes by which the tests over whole records are measured.
const (
	recordLots = 2000
	plantedIn  = 10 // errors planted in one record
	plantedOf  = 8  // their size, in standard uncertainties
)

// levels at which the chance of so great a chi-square is held against how often it comes.
var levels = []float64{0.01, 0.05, 0.25, 0.5}

// networks is what was measured over whole records.
type networks struct {
	Records, Networks, DoF, Largest, Measurements int
	Global                                        []rate // honest records whose chi-square is beyond that of levels
	Single                                        rate   // honest records in which any single error is suspected
	Planted                                       rate   // errors found, by their own name or one that cannot be told from it
	False                                         rate   // suspects that were not planted, a record
}

func (x *networks) sum(y *networks) {
	x.Records, x.Networks, x.DoF, x.Measurements = x.Records+y.Records, x.Networks+y.Networks, x.DoF+y.DoF, x.Measurements+y.Measurements
	x.Largest = max(x.Largest, y.Largest)
	for i := range levels {
		x.Global[i].sum(y.Global[i])
	}
	x.Single.sum(y.Single)
	x.Planted.sum(y.Planted)
	x.False.sum(y.False)
}

func newNetworks() networks { return networks{Global: make([]rate, len(levels))} }

// measureRecord reconciles a whole honest record, and again with errors planted at ten well-checked measurements of it.
func measureRecord(t *testing.T, seed uint64) networks {
	x := newNetworks()
	b, _, _ := recorded(t, sim.Config{Lots: recordLots, Losses: 1}, seed)
	if b == nil {
		return x
	}
	m := newModel(b, &Scope{AnySite: true})
	fit, err := m.reconcile(alpha)
	if err != nil {
		t.Error(err)
		return x
	}
	x.Records, x.Networks, x.DoF, x.Measurements = 1, fit.Networks, fit.DoF, len(fit.Items)
	for i, level := range levels {
		x.Global[i].add(fit.Test.P <= level, level)
	}
	x.Single.add(len(fit.Suspects) > 0, alpha)
	for _, p := range func() []settled { s, _ := m.settle(); return s }() {
		x.Largest = max(x.Largest, p.all.DoF)
	}

	rng := rand.New(rand.NewPCG(seed, 20261128))
	var well []int // measurements, as variables
	item := map[string]int{}
	for i, it := range m.items {
		if it.Name != "" {
			item[it.Name] = i
		}
	}
	redundancy := map[int]float64{}
	for _, it := range fit.Items {
		if i := item[it.Name]; it.Redundancy >= checked {
			well = append(well, i)
			redundancy[i] = it.Redundancy
		}
	}
	rng.Shuffle(len(well), func(i, j int) { well[i], well[j] = well[j], well[i] })
	well = well[:min(len(well), plantedIn)]
	again := newModel(b, &Scope{AnySite: true})
	for _, v := range well {
		off := float64(1-2*rng.IntN(2)) * plantedOf * again.net.Vars[v].SD
		again.net.Vars[v].Value += off
		again.items[v].Value += off
	}
	bad, err := again.reconcile(alpha)
	if err != nil {
		t.Error(err)
		return x
	}
	named := map[string]bool{}
	for _, s := range bad.Suspects {
		hit := false
		for _, v := range well {
			name := again.items[v].Name
			if s.Name == name || slices.Contains(s.Same, name) {
				named[name], hit = true, true
			}
		}
		x.False.add(!hit, 0)
	}
	for _, v := range well {
		x.Planted.add(named[again.items[v].Name], bad.Test.Limits.Power(plantedOf, math.Sqrt(redundancy[v])))
	}
	return x
}

func measureRecords(t *testing.T, n int) networks {
	results := make([]networks, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				results[i] = measureRecord(t, uint64(i)+100_000)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	total := newNetworks()
	for i := range results {
		total.sum(&results[i])
	}
	return total
}

// Whole records, of hundreds of networks and hundreds of degrees of freedom: the global test and the tests of single errors
// raise false alarms as often as they say, and ten errors of eight standard uncertainties in one record are found and named 95
// times in 100, though they are taken out in batches. Nearly all pass their limits; some go by the name of a neighbour.
func TestPowerOverRecords(t *testing.T) {
	n := max(*worlds/5, 10)
	x := measureRecords(t, n)
	if *writeDoc {
		writeRecords(t, &x)
	}
	t.Logf("%d records: %.0f measurements, %.0f networks, %.0f degrees of freedom in the mean; the largest network has %d", x.Records, x.mean(x.Measurements), x.mean(x.Networks), x.mean(x.DoF), x.Largest)
	for i, level := range levels {
		low, high, ok := x.Global[i].within()
		t.Logf("chi-square beyond its quantile of %g: %d of %d; %d to %d", 1-level, x.Global[i].found, x.Global[i].tried, low, high)
		if !ok {
			t.Errorf("the chi-square of %d of %d honest records is beyond its quantile of %g, want %d to %d", x.Global[i].found, x.Global[i].tried, 1-level, low, high)
		}
	}
	_, high, _ := x.Single.within()
	t.Logf("records with a false suspect: %d of %d, at most %d", x.Single.found, x.Single.tried, high)
	if x.Single.found > high {
		t.Errorf("%d of %d honest records have a suspect, want at most %d", x.Single.found, x.Single.tried, high)
	}
	low, _ := binomial(x.Planted.tried, 0.95)
	t.Logf("planted: %d of %d found, %.4f; theory %.4f; of %d suspects %d were not planted", x.Planted.found, x.Planted.tried, x.Planted.share(), x.Planted.predicted(), x.False.tried, x.False.found)
	if x.Planted.found < low {
		t.Errorf("%d of %d planted errors found and named, want %d", x.Planted.found, x.Planted.tried, low)
	}
	if x.False.found*20 > x.False.tried {
		t.Errorf("%d of %d suspects were not planted", x.False.found, x.False.tried)
	}
}

func (x *networks) mean(n int) float64 { return float64(n) / float64(max(x.Records, 1)) }
