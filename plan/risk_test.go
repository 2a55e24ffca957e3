package plan_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan"
	"lodestone/plan/lp"
	"lodestone/quantity"
)

// chain is a customer of 12 t a year who lives on a plant at home (10 t/yr at 5) and on imports from China (at 1), with room
// for a stock of 3 t.
const chain = `
-- settings.csv --
setting,value
rate,0
-- periods.csv --
period,from,until
Q1,2027-01-01,2027-03-31
Q2,2027-04-01,2027-06-30
Q3,2027-07-01,2027-09-30
Q4,2027-10-01,2027-12-31
Q5,2028-01-01,2028-03-31
Q6,2028-04-01,2028-06-30
-- sites.csv --
site,country
HOME,US
PORT,US
-- materials.csv --
material
oxide
-- contents.csv --
material,element,share
oxide,Dy,0.87
-- capacities.csv --
capacity,site,per_year
P,HOME,10
-- processes.csv --
process,site,capacity,cost
make,HOME,P,5
-- recipes.csv --
process,material,amount
make,oxide,1
-- purchases.csv --
purchase,site,material,price,per_year,origin
cn,PORT,oxide,1,6,CN
-- lanes.csv --
lane,from_site,to_site,material
home,HOME,PORT,oxide
-- stocks.csv --
site,material,opening,most,cost
PORT,oxide,2,3,0.1
-- demands.csv --
demand,site,material,per_year,penalty
d,PORT,oxide,12,1000
-- events.csv --
event,kind,target,rate,low,mode,high,recovers
stop,export_stop,CN/Dy,0.5,2,6,12,
fire,outage,HOME,0.3,1,2,4,6
price,price,cn,,0.5,1,4,
late,demand,d,,0.9,1,1.1,
`

func solvedChain(t *testing.T, extra string) (*plan.Plan, lp.Solver) {
	t.Helper()
	s := solver(t)
	m, err := model(txtar.Parse([]byte(chain+extra)), t)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Status != lp.Optimal {
		t.Fatalf("%s", p.Status)
	}
	return p, s
}

func bytesOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestRiskRepeats gives the same bytes with one worker, with three, and resumed half way.
func TestRiskRepeats(t *testing.T) {
	p, s := solvedChain(t, "")
	run := func(d plan.Disruption) *plan.Risk {
		r, err := p.Risk(t.Context(), s, d)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	one := run(plan.Disruption{Seed: 7, Draws: 60, Workers: 1})
	if three := run(plan.Disruption{Seed: 7, Draws: 60, Workers: 3}); bytesOf(t, one) != bytesOf(t, three) {
		t.Error("three workers give other bytes than one")
	}
	half := map[int]plan.Outcome{}
	for _, o := range one.Outcomes[:31] {
		half[o.Draw] = o
	}
	fresh := 0
	if resumed := run(plan.Disruption{Seed: 7, Draws: 60, Workers: 2, Done: half, Progress: func(plan.Outcome) { fresh++ }}); bytesOf(t, one) != bytesOf(t, resumed) {
		t.Error("resumed half way it gives other bytes")
	}
	if fresh != 29 {
		t.Errorf("%d draws were solved anew, want 29", fresh)
	}
	if other := run(plan.Disruption{Seed: 8, Draws: 60, Workers: 2}); bytesOf(t, one) == bytesOf(t, other) {
		t.Error("another seed gives the same futures")
	}
	if one.Chance != 0 || one.Short.CVaR < one.Short.P95 || one.Short.P95 < one.Short.P50 || one.Short.Mean < one.Planned.Short {
		t.Errorf("spread %+v, chance %v", one.Short, one.Chance)
	}
}

// TestCommonFutures has a plan with one event more meet the same strikes of the others.
func TestCommonFutures(t *testing.T) {
	p, s := solvedChain(t, "")
	q, _ := solvedChain(t, "quiet,price,cn,,1,1,1,\n")
	a, err := p.Risk(t.Context(), s, plan.Disruption{Seed: 1, Draws: 30, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	b, err := q.Risk(t.Context(), s, plan.Disruption{Seed: 1, Draws: 30, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Outcomes {
		if math.Abs(a.Outcomes[i].Short-b.Outcomes[i].Short) > 1e-6 {
			t.Errorf("draw %d: %v short, and %v with an event more that does nothing", i, a.Outcomes[i].Short, b.Outcomes[i].Short)
		}
	}
}

// TestOneDown loses the port, and the plant at home: with that gone, imports of 6 t/yr and a stock of at most 3 t meet 12 t/yr.
func TestOneDown(t *testing.T) {
	p, s := solvedChain(t, "")
	losses, err := p.OneDown(t.Context(), s, quantity.MustDate("2027-01-01"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(losses) != 2 || losses[0].Site != "HOME" || losses[1].Site != "PORT" {
		t.Fatalf("got %+v, want the loss of HOME and of PORT, which buys", losses)
	}
	if more := losses[1].CostsMore; math.Abs(more-6*(5-1)) > 0.1 || losses[1].Short > 1e-6 {
		t.Errorf("a year without PORT costs %v more, want that of 6 t at 5 in place of 1, and nothing is short: %+v", more, losses[1])
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if some, err := p.OneDown(ctx, s, quantity.MustDate("2027-01-01"), []string{"HOME"}, nil); len(some) != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before the first: %+v, %v", some, err)
	}
	// Q1 wants 2.957 t; there are 2 t of stock and 1.478 t of imports: 0.522 t are over. Q2 wants 2.99, imports 1.495.
	// Without HOME for x of Q2, (1−x)·2.491 t are made: 0.522 + 1.495 + (1−x)·2.491 ≥ 2.990 while x ≤ 0.609.
	l := losses[0]
	if l.Recovers != 6 || l.Assumed {
		t.Errorf("recovers in %v months, want the 6 of the table", l.Recovers)
	}
	want := (90 + 0.609*91) * 12 / 365.25
	if math.Abs(l.Survives-want) > 0.2 || !l.Exposed || l.Beyond {
		t.Errorf("survives %v months, want %v; exposed %v", l.Survives, want, l.Exposed)
	}
	if l.Short <= 0 || l.CostsMore <= 0 {
		t.Errorf("the loss costs %v and leaves %v short", l.CostsMore, l.Short)
	}
}

// TestOneDownNoRoom loses a plant while ore is on its way to it: where ore can neither lie nor be thrown away there is no plan,
// and no figure; where it can be thrown away the plant's whole output is short.
func TestOneDownNoRoom(t *testing.T) {
	const way = `
-- settings.csv --
setting,value
rate,0
-- periods.csv --
period,from,until
a,2027-01-01,2027-03-31
b,2027-04-01,2027-06-30
c,2027-07-01,2027-09-30
-- sites.csv --
site,country
MINE,US
PLANT,US
-- materials.csv --
material,dispose
ore,DISPOSE
part,
-- deposits.csv --
deposit,site,material,cost
ore,MINE,ore,1
-- lanes.csv --
lane,from_site,to_site,material,lead
way,MINE,PLANT,ore,3
-- capacities.csv --
capacity,site,per_year
K,PLANT,4
-- processes.csv --
process,site,capacity
make,PLANT,K
-- recipes.csv --
process,material,amount
make,ore,-1
make,part,1
-- demands.csv --
demand,site,material,per_year,penalty
d,PLANT,part,4,100
`
	s := solver(t)
	for dispose, noPlan := range map[string]bool{"": true, "0": false} {
		m, err := model(txtar.Parse([]byte(strings.Replace(way, "DISPOSE", dispose, 1))), t)
		if err != nil {
			t.Fatal(err)
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		losses, err := p.OneDown(t.Context(), s, quantity.MustDate("2027-04-01"), []string{"PLANT"}, nil)
		if err != nil || len(losses) != 1 {
			t.Fatalf("%+v, %v", losses, err)
		}
		l := losses[0]
		short := 4 * (91 + 92) / 365.25
		if l.NoPlan != noPlan || noPlan && (l.Exposed || l.CostsMore != 0) || !noPlan && math.Abs(l.Short-short) > 1e-6 {
			t.Errorf("dispose %q: %+v, want no plan %v or %g short", dispose, l, noPlan, short)
		}
	}
	if _, err := (&plan.Plan{}).OneDown(t.Context(), s, 0, nil, nil); err == nil {
		t.Error("without a plan a site was lost")
	}
}

// TestBreakEven: Chinese oxide at 1 against that of home at 5. It is used until it costs 4 more, but home can make 10 of the
// 12 t/yr only: the plan does without it only at the penalty.
func TestBreakEven(t *testing.T) {
	p, s := solvedChain(t, "")
	c, err := p.BreakEven(t.Context(), s, "cn")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(c.Leaves-999) > 1e-6 {
		t.Errorf("it leaves the plan at %v more, want the penalty of 1000 less its price of 1", c.Leaves)
	}
	for i := 1; i < len(c.Steps); i++ {
		if c.Steps[i].Used > c.Steps[i-1].Used+1e-9 || c.Steps[i].Cost < c.Steps[i-1].Cost-1e-9 {
			t.Errorf("step %d: used %v after %v, cost %v after %v: not concave", i, c.Steps[i].Used, c.Steps[i-1].Used, c.Steps[i].Cost, c.Steps[i-1].Cost)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if c, err := p.BreakEven(ctx, s, "cn"); err == nil {
		t.Errorf("stopped before the first line: %+v", c)
	}
	if _, err := p.BreakEven(t.Context(), s, "nobody"); err == nil || !strings.Contains(err.Error(), "'nobody'") {
		t.Errorf("a purchase that is not there: %v", err)
	}
}

// TestBreakEvenRegimes: imports at 10, on a value of 100, against 60 at home. Duty is nought for four years and 25 % for the next
// four, so that imports are 50 the cheaper and then 25. They leave at 50 more, half of their value, and are halved before.
func TestBreakEvenRegimes(t *testing.T) {
	const two = `
-- settings.csv --
setting,value
costs,present
-- periods.csv --
period,from,until
free,2024-01-01,2027-12-31
dutied,2028-01-01,2031-12-31
-- sites.csv --
site,country
CN,CN
US,US
-- materials.csv --
material
magnet
-- purchases.csv --
purchase,site,material,price,history,origin
cn,CN,magnet,10,clean,CN
home,US,magnet,60,clean,US
-- lanes.csv --
lane,from_site,to_site,material,hts,value
over,CN,US,magnet,8505.11,100
-- duties.csv --
hts,origin,into,from,until,rate
8505.11,CN,US,,2027-12-31,0
8505.11,CN,US,2028-01-01,,0.25
-- demands.csv --
demand,site,material,per_year,penalty
d,US,magnet,2,1000
`
	s := solver(t)
	m, err := model(txtar.Parse([]byte(two)), t)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.BreakEven(t.Context(), s, "over")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(c.Leaves-50) > 1e-9 || c.Value != 100 {
		t.Errorf("it leaves at %v of a value of %v, want 50 of 100", c.Leaves, c.Value)
	}
	// 16 t are used while nothing is added; 8 are saved 25 and 8 are saved 50 each: all is saved by 37.5 a tonne, where half is used.
	for i, want := range []plan.Segment{{From: 0, Used: 16}, {From: 37.5, Used: 8}, {From: 50}} {
		if i >= len(c.Steps) || math.Abs(c.Steps[i].From-want.From) > 1e-9 || i < 2 && math.Abs(c.Steps[i].Used-want.Used) > 1e-6 {
			t.Fatalf("the lines are %+v", c.Steps)
		}
	}
	if _, err := p.BreakEven(t.Context(), s, "ovr"); err == nil || !strings.Contains(err.Error(), "did you mean over?") {
		t.Errorf("a slip in the name: %v", err)
	}
}

func TestTornado(t *testing.T) {
	p, s := solvedChain(t, "")
	swings, err := p.Tornado(t.Context(), s, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	some, err := p.Tornado(ctx, s, nil, func(done, of int) {
		if done != 1 || of != 2 {
			t.Errorf("told %d of %d", done, of)
		}
		stop()
	})
	if len(some) != 1 || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped after one: %+v, %v", some, err)
	}
	i := slices.IndexFunc(swings, func(s plan.Swing) bool { return s.Event == "price" })
	if len(swings) != 2 || i < 0 {
		t.Fatalf("got %+v", swings)
	}
	// 6 t/yr over 546 days at 1: halved it saves half of that.
	bought := 6 * 547 / 365.25
	if w := swings[i]; math.Abs(w.AtLow+bought/2) > 0.01 || w.AtTop <= 0 {
		t.Errorf("the price at its low saves %v, want %v", -w.AtLow, bought/2)
	}
}

// TestScenario edits tables before they are read.
func TestScenario(t *testing.T) {
	base := sheets(t, txtar.Parse([]byte(chain+`-- scenarios.csv --
scenario,table,filter,field,op,value
no-china,purchases,origin=CN,per_year,set,0
twice,demands,,per_year,scale,2
twice,demands,demand=d,penalty,add,5
more,purchases,purchase=jp site=PORT material=oxide price=2,,append,
gone,purchases,purchase=cn,,drop,
bad,purchases,origin=JP,per_year,set,0
worse,purchases,,colour,set,0
nothing,purchases,,,append,
nowhere,purchase,,per_year,set,0
itself,scenarios,scenario=bad,,drop,
slip,purchases,purchase=nc,per_year,set,0
case,purchases,Purchase=cn,per_year,set,0
many,demands,,per_year,scale,many
`)))
	value := func(name, table, column string, row int) string {
		t.Helper()
		got, err := plan.Apply(base, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range got {
			if s.Table == table {
				if row >= len(s.Rows) {
					return "no row"
				}
				return s.Rows[row].Cells[slices.Index(s.Header, column)]
			}
		}
		return "no table"
	}
	for _, c := range []struct{ scenario, table, column, want string }{
		{"no-china", "purchases", "per_year", "0"}, {"twice", "demands", "per_year", "24"}, {"twice", "demands", "penalty", "1005"}, {"gone", "purchases", "purchase", "no row"},
	} {
		if got := value(c.scenario, c.table, c.column, 0); got != c.want {
			t.Errorf("%s: %s of %s is %s, want %s", c.scenario, c.column, c.table, got, c.want)
		}
	}
	if got := value("more", "purchases", "purchase", 1); got != "jp" {
		t.Errorf("the row added is %q", got)
	}
	if i := slices.IndexFunc(base, func(s plan.Sheet) bool { return s.Table == "purchases" }); base[i].Rows[0].Cells[4] != "6" {
		t.Error("the base was changed")
	}
	for name, want := range map[string]string{"bad": "no row of the table purchases fits 'origin=JP'", "worse": "column field: table purchases has no column 'colour'", "non-china": "did you mean no-china?",
		"nothing": "column filter: is empty: nothing is appended", "nowhere": "column table: there is no table 'purchase' in this network to change: did you mean purchases?",
		"itself": "column table: there is no table 'scenarios'", "slip": "column filter: no row of the table purchases fits 'purchase=nc': did you mean cn?",
		"case": "column filter: it names a column 'Purchase' that the table purchases does not have: did you mean purchase?", "many": "column value: row 2: 'many' is no number to scale by"} {
		if _, err := plan.Apply(base, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

// TestTornadoCapacity halves the plant: what it no longer makes costs more; more of it than is used changes nothing.
func TestTornadoCapacity(t *testing.T) {
	p, s := solvedChain(t, "half,capacity,P,,0.5,1,1.5,\n")
	swings, err := p.Tornado(t.Context(), s, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(swings, func(x plan.Swing) bool { return x.Event == "half" })
	if i < 0 || swings[i].AtLow <= 0 || swings[i].AtTop > 0 {
		t.Errorf("half the plant: %+v", swings)
	}
	p, s = solvedChain(t, "half,capacity,Q,,0.5,1,1.5,\n")
	if _, err := p.Tornado(t.Context(), s, nil, nil); err == nil || !strings.Contains(err.Error(), "there is no capacity 'Q'") {
		t.Errorf("a capacity that is none: %v", err)
	}
}
