package plan

import (
	"math"
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

// meetFire plans, and meets the loss of the plant for the whole second period.
func meetFire(t *testing.T, s lp.Solver, m *Model) (Outcome, *Plan) {
	t.Helper()
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		t.Fatalf("%+v, %v", p, err)
	}
	w, err := p.follow(t.Context(), s, m.widest())
	if err != nil {
		t.Fatal(err)
	}
	defer w.model.Close()
	o, err := w.meet(t.Context(), []Strike{{Event: &m.Network.Events[0], From: quantity.DateOf(2025, 1, 1), Until: quantity.DateOf(2028, 12, 31), Value: 48}})
	if err != nil {
		t.Fatal(err)
	}
	return o, p
}
