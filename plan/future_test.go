package plan

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// fires is a customer who wants 4 t in the second of two periods of four years. A plant makes them at 1; the plan does not need
// what else there is. The plant burns down on the first day of the second period.
const fires = `
-- settings.csv --
setting,value
rate,0
-- periods.csv --
period,from,until
first,2021-01-01,2024-12-31
second,2025-01-01,2028-12-31
-- sites.csv --
site,country
PLANT,US
HOME,US
STORE,US
CUSTOMER,US
-- materials.csv --
material
oxide
-- capacities.csv --
capacity,site,per_year
P,PLANT,2
-- processes.csv --
process,site,capacity,cost
make,PLANT,P,1
-- recipes.csv --
process,material,amount
make,oxide,1
-- demands.csv --
demand,site,material,per_year,from,penalty
d,CUSTOMER,oxide,1,2025-01-01,100
-- events.csv --
event,kind,target,rate,low,mode,high
fire,outage,PLANT,1,48,48,48
`

// TestWhatIsPastStands meets the fire in networks that could have been ready for it: the reduced program, like the whole one,
// must not put right in the first period what is only known in the second, and must use in the second what there is.
func TestWhatIsPastStands(t *testing.T) {
	s := engine(t)
	for name, c := range map[string]struct {
		tables string
		cost   float64
		short  float64
	}{
		// Oxide of the first period, at 2, could have been laid in store: the stock alone joins the periods.
		"a stock not laid in": {`
-- purchases.csv --
purchase,site,material,price,until
early,HOME,oxide,2,2024-12-31
-- lanes.csv --
lane,from_site,to_site,material,from,until
direct,PLANT,CUSTOMER,oxide,,
in,HOME,STORE,oxide,,2024-12-31
out,STORE,CUSTOMER,oxide,2025-01-01,
-- stocks.csv --
site,material
STORE,oxide
`, 400, 4},
		// It could have been put on a ship: the way alone joins the periods.
		"a ship not sent": {`
-- purchases.csv --
purchase,site,material,price,until
early,HOME,oxide,2,2024-12-31
-- lanes.csv --
lane,from_site,to_site,material,lead,until
direct,PLANT,CUSTOMER,oxide,0,
sea,HOME,STORE,oxide,48,2024-12-31
out,STORE,CUSTOMER,oxide,0,
`, 400, 4},
		// What there is in the second period is planned anew: 3 t at 5, and 1 t is short.
		"another source": {`
-- purchases.csv --
purchase,site,material,price,per_year
late,HOME,oxide,5,0.75
-- lanes.csv --
lane,from_site,to_site,material
direct,PLANT,CUSTOMER,oxide
in,HOME,STORE,oxide
out,STORE,CUSTOMER,oxide
`, 3*5 + 1*100, 1},
	} {
		m := modelOf(t, txtar.Parse([]byte(fires+strings.TrimPrefix(c.tables, "\n"))), (*Model).ask)
		if m == nil {
			t.Fatalf("%s: refused", name)
		}
		o, p := meetFire(t, s, m)
		if math.Abs(p.Solution.Objective-4) > 1e-6 {
			t.Errorf("%s: the plan costs %v, want 4", name, p.Solution.Objective)
		}
		if !o.Possible || math.Abs(o.Cost-c.cost) > 1e-6*c.cost || math.Abs(o.Short-c.short) > 1e-6 {
			t.Errorf("%s: the fire costs %v and leaves %v t short, want %v and %v", name, o.Cost, o.Short, c.cost, c.short)
		}
	}
}

// TestHeldAboveNought holds a period in which nothing was short, at 1e9 a tonne. The room that a held column has for rounding
// lies above nought alone: a billionth of a tonne less than nothing would pay for a part of the plan.
func TestHeldAboveNought(t *testing.T) {
	s := engine(t)
	tables := strings.NewReplacer("HOME,US\nSTORE,US\n", "", "from,penalty\n", "from,until,penalty\n",
		"d,CUSTOMER,oxide,1,2025-01-01,100\n", "d,CUSTOMER,oxide,1,,2024-12-31,1000000000\nd,CUSTOMER,oxide,1,2025-01-01,,100\n").Replace(fires)
	m := modelOf(t, txtar.Parse([]byte(tables+"-- lanes.csv --\nlane,from_site,to_site,material\ndirect,PLANT,CUSTOMER,oxide\n")), (*Model).ask)
	if m == nil {
		t.Fatal("refused")
	}
	if o, _ := meetFire(t, s, m); !o.Possible || math.Abs(o.Cost-404) > 1e-6*404 {
		t.Errorf("the fire costs %v, want 4 before it and 400 of what is short after", o.Cost)
	}
}

// followed plans, and makes ready to meet futures.
func followed(t *testing.T, s lp.Solver, m *Model) (*Plan, *follower) {
	t.Helper()
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		t.Fatalf("%+v, %v", p, err)
	}
	w, err := p.follow(t.Context(), s, m.widest())
	if err != nil {
		t.Fatal(err)
	}
	return p, w
}

// meetFire plans, and meets the loss of the plant for the whole second period.
func meetFire(t *testing.T, s lp.Solver, m *Model) (Outcome, *Plan) {
	t.Helper()
	p, w := followed(t, s, m)
	defer w.model.Close()
	o, err := w.meet(t.Context(), []Strike{{Event: &m.Network.Events[0], From: quantity.DateOf(2025, 1, 1), Until: quantity.DateOf(2028, 12, 31), Value: 48}})
	if err != nil {
		t.Fatal(err)
	}
	return o, p
}

// TestStopByLane stops the only lane out of China for half the time, when ore of the one origin that the plan ships has
// become ten times as dear. What still leaves is half of what was planned, of whichever origin is cheaper now.
func TestStopByLane(t *testing.T) {
	s := engine(t)
	for _, limit := range []string{"", "1.5"} {
		m := modelOf(t, txtar.Parse([]byte(`
-- settings.csv --
setting,value
rate,0
-- periods.csv --
period,from,until
only,2021-01-01,2028-12-31
-- sites.csv --
site,country
PORT,CN
CUSTOMER,US
-- materials.csv --
material
ore
-- purchases.csv --
purchase,site,material,price,origin
au,PORT,ore,1,AU
ca,PORT,ore,2,CA
-- lanes.csv --
lane,from_site,to_site,material,hts,value,per_year
sea,PORT,CUSTOMER,ore,1111.11.1111,10,`+limit+`
-- duties.csv --
hts,origin,into,rate
1111.11.1111,AU,US,0.1
1111.11.1111,CA,US,0.2
-- demands.csv --
demand,site,material,per_year,penalty
d,CUSTOMER,ore,1,100
-- events.csv --
event,kind,target,rate,low,mode,high
stop,export_stop,CN,1,48,48,48
dear,price,au,,10,10,10
`)), (*Model).ask)
		if m == nil {
			t.Fatal("refused")
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{})
		if err != nil || p.Status != lp.Optimal || math.Abs(p.Solution.Objective-8*(1+1)) > 1e-6 {
			t.Fatalf("%+v, %v", p, err)
		}
		w, err := p.follow(t.Context(), s, m.widest())
		if err != nil {
			t.Fatal(err)
		}
		first, last := quantity.DateOf(2021, 1, 1), quantity.DateOf(2028, 12, 31)
		o, err := w.meet(t.Context(), []Strike{{Event: &m.Network.Events[0], From: first, Until: quantity.DateOf(2024, 12, 31)}, {Event: &m.Network.Events[1], From: first, Until: last, Value: 10}})
		if err = errors.Join(err, w.model.Close()); err != nil {
			t.Fatal(err)
		}
		leaves := 4.0 // half of the 8 t of the plan; of a lane with a limit, half of that
		if limit != "" {
			leaves = 6
		}
		if want := leaves*(2+2) + (8-leaves)*100; math.Abs(o.Cost-want) > 1e-6*want || math.Abs(o.Short-(8-leaves)) > 1e-6 {
			t.Errorf("limit %q: the stop costs %v and leaves %v t short, want %v and %v", limit, o.Cost, o.Short, want, 8-leaves)
		}
	}
}

// TestFuturesAskedIsExact meets futures with every colour and origin followed everywhere, and with those alone that somebody
// asks about. Where several plans are as cheap, the two may follow different ones, and fare differently; so each cost is made a
// little its own, the same one way as the other, and the plan is the only one.
func TestFuturesAskedIsExact(t *testing.T) {
	s := engine(t)
	met, short := 0, 0
	for seed := range uint64(12) {
		archive := txtar.Parse([]byte(chains(rand.New(rand.NewPCG(seed, 5)))))
		var outcomes [2][]Outcome
		for i, ask := range []func(*Model){(*Model).ask, askAll} {
			m := modelOf(t, archive, ask)
			if m == nil {
				t.Fatalf("chains %d is refused", seed)
			}
			for c, it := range m.Columns {
				if it.Family != Downgrade { // of which there are fewer where fewer colours are followed
					own := float64(key(string(it.Family), it.ID, it.Site, it.Material, m.Periods[max(0, it.Period)].ID)%1000003) / 1000003
					m.Program.SetCost(lp.Column(c), m.Program.Cost(lp.Column(c))+0.05*own)
				}
			}
			_, w := followed(t, s, m)
			for n := range 10 {
				o, err := w.meet(t.Context(), m.draw(seed, n).Strikes)
				if err != nil {
					t.Fatal(err)
				}
				outcomes[i] = append(outcomes[i], o)
			}
			if err := w.model.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for n, a := range outcomes[0] {
			b := outcomes[1][n]
			if a.Possible != b.Possible || math.Abs(a.Cost-b.Cost) > 1e-6*max(1, math.Abs(b.Cost)) || math.Abs(a.Short-b.Short) > 1e-5*max(1, b.Short) {
				t.Errorf("chains %d, draw %d: %+v, and %+v with all followed", seed, n, a, b)
			}
			met++
			if a.Short > 1e-6 {
				short++
			}
		}
	}
	if met < 100 || short < 20 {
		t.Errorf("%d futures met, %d of them with something short", met, short)
	}
}

// TestDrawsStandAlone meets futures of the yearly North America one after another, and each by itself: to the bit the same,
// since a worker may meet any of them after any. The whole program, changed and solved from nothing, has the same optimum.
func TestDrawsStandAlone(t *testing.T) {
	s := engine(t)
	m := northAmerica(t, "yearly")
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		t.Fatalf("%+v, %v", p, err)
	}
	common, err := p.futures(t.Context(), s, m.widest(), m.middle())
	if err != nil {
		t.Fatal(err)
	}
	if err := common.typify(t.Context(), s, 5, 2); err != nil {
		t.Fatal(err)
	}
	load := func() *follower {
		w, err := common.load(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.model.Close() })
		return w
	}
	used := load()
	for n := range 5 {
		meet := func(w *follower) *lp.Solution {
			x, err := w.solve(t.Context(), m.draw(5, n).Strikes)
			if err != nil || !x.Feasible {
				t.Fatalf("draw %d: %+v, %v", n, x, err)
			}
			return x
		}
		alone, after := meet(load()), meet(used)
		if alone.Objective != after.Objective || alone.Iterations != after.Iterations || !slices.Equal(alone.Column, after.Column) {
			t.Errorf("draw %d costs %v in %d steps by itself, and %v in %d after others", n, alone.Objective, alone.Iterations, after.Objective, after.Iterations)
		}
		if whole := fromNothing(t, s, common, m.draw(5, n).Strikes); math.Abs(alone.Objective-whole) > 1e-6*whole {
			t.Errorf("draw %d costs %v, and %v as a whole from nothing", n, alone.Objective, whole)
		}
	}
}

// fromNothing is what a future costs that is known from the first day on, by the program before reduction. Its optimum is
// checked by its duals.
func fromNothing(t *testing.T, s lp.Solver, f *future, strikes []Strike) float64 {
	t.Helper()
	m := f.plan.Model
	changed, err := m.effects(strikes, f.plan.Solution)
	if err != nil || changed.known != m.Periods[0].From {
		t.Fatalf("%v, known from %s", err, changed.known)
	}
	q := f.program.Clone()
	for c, b := range changed.columns {
		q.SetColumnBounds(c, b[0], b[1])
	}
	for r, b := range changed.rows {
		q.SetRowBounds(r, b[0], b[1])
	}
	for c, cost := range changed.costs {
		q.SetCost(c, cost)
	}
	for e, v := range changed.coefficients {
		q.Set(lp.Row(e[0]), lp.Column(e[1]), v-coefficient(f.matrix, lp.Row(e[0]), lp.Column(e[1])))
	}
	model, err := s.Load(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer model.Close()
	x, err := model.Solve(t.Context(), lp.Limits{})
	if err != nil || x.Status != lp.Optimal {
		t.Fatalf("%+v, %v", x, err)
	}
	if worst := lp.Check(q, x).Worst(); worst > 1e-6 {
		t.Errorf("the optimum of the whole misses its conditions by %v", worst)
	}
	return x.Objective
}

// TestTypicalBasis: the middle one of three; and, of futures, the same whatever the number of workers.
func TestTypicalBasis(t *testing.T) {
	basis := func(columns, rows string) *lp.Basis {
		b := &lp.Basis{}
		for _, c := range columns {
			b.Columns = append(b.Columns, lp.Standing(c-'0'))
		}
		for _, r := range rows {
			b.Rows = append(b.Rows, lp.Standing(r-'0'))
		}
		return b
	}
	middle := basis("110", "01")
	one, other := basis("111", "00"), basis("010", "11")
	if got := medoids([]*lp.Basis{nil, one, middle, other}); !slices.Equal(got, []*lp.Basis{middle, one, other}) {
		t.Errorf("in order of likeness they are %v", got)
	}
	if got := medoids([]*lp.Basis{nil}); len(got) != 0 {
		t.Errorf("of nothing the most typical is %v", got)
	}

	s := engine(t)
	m := modelOf(t, txtar.Parse([]byte(chains(rand.New(rand.NewPCG(3, 4))))), (*Model).ask)
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		t.Fatalf("%v, %v", p, err)
	}
	var found []*lp.Basis
	for _, workers := range []int{1, 3} {
		f, err := p.futures(t.Context(), s, m.widest(), m.middle())
		if err != nil {
			t.Fatal(err)
		}
		if err := f.typify(t.Context(), s, 8, workers); err != nil {
			t.Fatal(err)
		}
		found = append(found, f.base)
	}
	if found[0] == nil || found[1] == nil || differing(found[0].Columns, found[1].Columns)+differing(found[0].Rows, found[1].Rows) > 0 {
		t.Errorf("with one worker %v, with three %v", found[0], found[1])
	}
}
