package plan

import (
	"math"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// TestLossOfATrader: 4 t a year come from a trader abroad at 1, in store at the port, or at 5 from a dealer at home who has 1 t
// a year. The trader lost in the second of two years, 3 t are short. Trader or store lost for half of it, half of the 4 t comes
// that went through them, and 1 t more from the dealer.
func TestLossOfATrader(t *testing.T) {
	s := engine(t)
	m := modelOf(t, txtar.Parse([]byte(`
-- settings.csv --
setting,value
rate,0
-- periods.csv --
period,from,until
first,2027-01-01,2027-12-31
second,2028-01-01,2028-12-31
-- sites.csv --
site,country
TRADER,CN
PORT,US
DEALER,US
CUSTOMER,US
-- materials.csv --
material
oxide
-- purchases.csv --
purchase,site,material,price,per_year,from,until
abroad,TRADER,oxide,1,,,2027-12-31
abroad,TRADER,oxide,1,,2028-01-01,
home,DEALER,oxide,5,1,,
-- lanes.csv --
lane,from_site,to_site,material
sea,TRADER,PORT,oxide
in,PORT,CUSTOMER,oxide
near,DEALER,CUSTOMER,oxide
-- demands.csv --
demand,site,material,per_year,penalty
d,CUSTOMER,oxide,4,100
`)), (*Model).ask)
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		t.Fatalf("%v, %v", p, err)
	}
	first, last := quantity.MustDate("2028-01-01"), quantity.MustDate("2028-12-31")
	w, err := p.follow(t.Context(), s, []Strike{lost("TRADER", first, last), lost("PORT", first, last)})
	if err != nil {
		t.Fatal(err)
	}
	defer w.model.Close()
	year := m.Periods[1].Years
	half := quantity.MustDate("2028-07-01")
	for _, c := range []struct {
		site  string
		until quantity.Date
		short float64
	}{{"TRADER", last, 3 * year}, {"TRADER", half, 4*year/2 - year}, {"PORT", half, 4*year/2 - year}} {
		o, err := w.meet(t.Context(), []Strike{lost(c.site, first, c.until)})
		if err != nil || math.Abs(o.Short-c.short) > 1e-6 {
			t.Errorf("without %s until %s %+v (%v), want %v t short", c.site, c.until, o, err, c.short)
		}
	}
	losses, err := p.OneDown(t.Context(), s, first, nil, nil)
	if err != nil || len(losses) != 2 || losses[0].Site == losses[1].Site {
		t.Errorf("of trader and port, which work, and dealer and customer, which do not, %+v are lost (%v)", losses, err)
	}
}

// late is a plant that stands from the second of three years and makes 1 t a year at 1, of which half has to be made.
const late = `
-- settings.csv --
setting,value
rate,0
costs,present
-- periods.csv --
period,from,until
first,2026-01-01,2026-12-31
second,2027-01-01,2027-12-31
third,2028-01-01,2028-12-31
-- sites.csv --
site,country,choice,open_cost
PLANT,US,may_open,10
CUSTOMER,US,stands,
-- materials.csv --
material
oxide
-- capacities.csv --
capacity,site,per_year,from,least
P,PLANT,1,2027-01-01,0.5
-- processes.csv --
process,site,capacity,cost
make,PLANT,P,1
-- recipes.csv --
process,material,amount
make,oxide,1
-- lanes.csv --
lane,from_site,to_site,material
direct,PLANT,CUSTOMER,oxide
-- demands.csv --
demand,site,material,per_year,penalty
d,CUSTOMER,oxide,1,100
-- events.csv --
event,kind,target,rate,low,mode,high
late,delay,PLANT,,0,12,12
`

// TestDelay: a year later, 1 t more is short, at 100; whether the plant stands by itself, or is opened for 10.
func TestDelay(t *testing.T) {
	s := engine(t)
	for name, tables := range map[string]string{"opened": late, "stands": strings.Replace(late, "may_open,10", "stands,", 1)} {
		m := modelOf(t, txtar.Parse([]byte(tables)), (*Model).ask)
		if m == nil {
			t.Fatalf("%s: refused", name)
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{})
		if err != nil || p.Status != lp.Optimal {
			t.Fatalf("%s: %v, %v", name, p, err)
		}
		w, err := p.follow(t.Context(), s, m.widest())
		if err != nil {
			t.Fatal(err)
		}
		o, err := w.meet(t.Context(), m.widest())
		planned, year := p.asPlanned(), m.Periods[1].Years
		if err != nil || !o.Possible || math.Abs(o.Short-planned.Short-year) > 1e-6 || math.Abs(o.Cost-planned.Cost-99*year) > 1e-6 {
			t.Errorf("%s: as planned %+v, a year late %+v (%v)", name, planned, o, err)
		}
		if err := w.model.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
