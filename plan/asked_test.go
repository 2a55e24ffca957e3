package plan

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/law"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
	"lodestone/supply"
	"lodestone/tariff"
)

// askAll follows every colour and every origin everywhere, whoever asks.
func askAll(m *Model) {
	s := m.states
	s.asked = map[place]*asked{}
	for _, st := range s.list {
		for t := range m.Periods {
			at := place{st.site, st.material, t}
			if s.asked[at] == nil {
				s.asked[at] = &asked{colour: math.MaxUint32, class: map[supply.Country]supply.Country{}, origin: anyOrigin, apart: s.tracked[st.material]}
			}
			s.asked[at].class[st.origin] = st.origin
		}
	}
}

// chains is a random network: mines and imports of several histories and origins, plants that keep or give an origin,
// lanes with duty by origin and lead times, stocks, customers under rules that change.
func chains(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	add("-- settings.csv --\nsetting,value\nrate,0.05\n-- periods.csv --\nperiod,from,until\n")
	for q := range 4 {
		add("Q%d,%d-%02d-01,%d-%02d-%d\n", q+1, 2027, 3*q+1, 2027, 3*q+3, []int{31, 30, 30, 31}[q])
	}
	plants, imports, stocked := 1+r.IntN(4), r.IntN(3) > 0, r.IntN(3) > 0
	add("-- sites.csv --\nsite,country\nCN,CN\nUS,US\n")
	for i := range plants {
		add("P%d,%s\n", i, pick("US", "CA", "GB", "CN", "KR"))
	}
	add("-- materials.csv --\nmaterial,dispose,kind\nore,,\noxide,,\nmetal,,\nwaste,%d,\n-- contents.csv --\nmaterial,element,share\noxide,Dy,0.8\n", r.IntN(5))
	add("-- rules.csv --\nrule,phases,countries,from,until\nold,melted,CN,,2027-06-30\nold,melted separated,CN,2027-07-01,\nother,mined,AU CN,,\n")
	add("-- capacities.csv --\ncapacity,site,per_year,from,ramp\n")
	for i := range plants {
		add("sx%d,P%d,%d,%s,\nmelt%d,P%d,%d,,%d\n", i, i, 4+r.IntN(20), pick("", "", "2027-05-15"), i, i, 4+r.IntN(20), r.IntN(5))
	}
	add("-- processes.csv --\nprocess,site,phases,capacity,cost,origin\n")
	for i := range plants {
		add("separate%d,P%d,separated,sx%d,%d,%s\nmelt%d,P%d,melted,melt%d,%d,%s\n", i, i, i, 1+r.IntN(9), pick("", "input"), i, i, i, 1+r.IntN(9), pick("", "input"))
	}
	add("-- recipes.csv --\nprocess,material,amount\n")
	for i := range plants {
		add("separate%d,ore,-2\nseparate%d,oxide,0.%d\nseparate%d,waste,1\nmelt%d,oxide,-1.2\nmelt%d,metal,0.%d\n", i, i, 5+r.IntN(5), i, i, i, 6+r.IntN(4))
	}
	add("-- purchases.csv --\npurchase,site,material,price,per_year,origin,history\n")
	for i := range plants {
		add("ore%d,P%d,ore,%d,%d,%s,mined %s\n", i, i, 1+r.IntN(9), 5+r.IntN(20), pick("AU", "CA"), pick("AU", "CA", "CN"))
		if r.IntN(2) == 0 {
			add("oxide%d,P%d,oxide,%d,%d,%s,%s\n", i, i, 10+r.IntN(20), 3+r.IntN(10), pick("CN", "EE"), pick("", "clean", "mined CN; separated CN", "mined CA; separated EE"))
		}
	}
	if !imports {
		add("cn,CN,ore,9,1,CN,\n")
	} else {
		add("cn,CN,metal,%d,%d,CN,%s\n", 20+r.IntN(30), 5+r.IntN(20), pick("", "melted CN", "mined CN; melted CN"))
	}
	add("-- lanes.csv --\nlane,from_site,to_site,material,cost,lead,hts,value\n")
	for i := range plants {
		for j := range plants {
			if i != j && r.IntN(3) > 0 {
				add("o%d%d,P%d,P%d,oxide,%d,%d,%s\n", i, j, i, j, r.IntN(5), r.IntN(5), pick(",", "1111.11.1111,30"))
			}
		}
		add("m%d,P%d,US,metal,%d,%d,2222.22.2222,%d\n", i, i, r.IntN(5), r.IntN(5), 20+r.IntN(40))
	}
	add("cn,CN,US,metal,2,1,2222.22.2222,50\n-- duties.csv --\nhts,origin,into,from,until,rate\n")
	for _, into := range []string{"US", "CA", "GB", "CN", "KR"} {
		add("1111.11.1111,,%s,,,0.0%d\n2222.22.2222,,%s,,2027-06-30,0.0%d\n2222.22.2222,,%s,2027-07-01,,0.1\n", into, r.IntN(9), into, r.IntN(9), into)
		if r.IntN(2) == 0 {
			add("1111.11.1111,%s,%s,,,0.2\n2222.22.2222,%s,%s,,,0.3\n", pick("AU", "CN"), into, pick("CN", "GB"), into)
		}
	}
	add("-- stocks.csv --\nsite,material,opening,most,cost,origin,history\n")
	if stocked {
		add("P0,oxide,%d,5,0.5,CN,%s\nUS,metal,%d,%d,0.1,%s,%s\n", r.IntN(2), pick("", "separated CA"), r.IntN(2), 1+r.IntN(5), pick("US", "CN"), pick("clean", "melted CN"))
	}
	add("-- demands.csv --\ndemand,site,material,per_year,book,penalty\n")
	add("bound,US,metal,%d,old,1000\nstrict,US,metal,%d,other,900\nfree,US,metal,%d,,300\nnear,P0,oxide,1,%s,200\n", 2+r.IntN(8), r.IntN(5), 2+r.IntN(20), pick("", "old", "other"))
	add("-- events.csv --\nevent,kind,target,rate,low,mode,high\n")
	add("stop,export_stop,CN/Dy,0.8,2,6,12\nfire,outage,P0,0.8,1,2,9\n")
	if r.IntN(2) == 0 { // else nothing is known on the first day, and what comes before an event is held
		add("price,price,cn,,0.5,1,4\nyield,yield,melt0,,0.5,1,1.2\nlate,delay,P0,,0,3,9\nmore,demand,bound,,0.5,1,2\nless,capacity,melt0,,0.2,1,1.5\n")
	}
	return b.String()
}

// SolverCache is where the tests of this package keep the compiled solver.
var SolverCache string

func engine(t *testing.T) lp.Solver {
	t.Helper()
	e, err := highs.New(context.Background(), SolverCache)
	if errors.Is(err, highs.ErrNotBuiltIn) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(context.Background()) })
	return e
}

// modelOf makes the program of the tables in an archive; nil where they are refused.
func modelOf(t *testing.T, archive *txtar.Archive, ask func(*Model)) *Model {
	t.Helper()
	sheets, err := tablesIn(archive)
	if err != nil {
		return nil
	}
	return modelFrom(t, sheets, ask)
}

// tablesIn reads the tables of an archive.
func tablesIn(archive *txtar.Archive) ([]Sheet, error) {
	var sheets []Sheet
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".csv"); ok {
			s, faults := ReadCSV(name, f.Name, f.Data)
			if err := faults.Err(); err != nil {
				return nil, err
			}
			sheets = append(sheets, s)
		}
	}
	return sheets, nil
}

func modelFrom(t *testing.T, sheets []Sheet, ask func(*Model)) *Model {
	t.Helper()
	n, err := Decode(sheets)
	if err != nil {
		return nil
	}
	set, err := n.Settings()
	if err != nil {
		return nil
	}
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	us, err := tariff.US()
	if err != nil {
		t.Fatal(err)
	}
	m, err := newModel(n, Sources{Judge: LawJudge{Library: lib, Answers: set.Answers}, Duties: USDuties{Schedule: us}}, ask)
	if err != nil {
		return nil
	}
	return m
}

// TestAskedIsExact solves networks with every colour and origin followed everywhere, and with those alone that somebody
// asks about: the same cost, the same readiness.
func TestAskedIsExact(t *testing.T) {
	s := engine(t)
	archives := map[string]*txtar.Archive{}
	for seed := range uint64(40) {
		archives[fmt.Sprintf("chains %d", seed)] = txtar.Parse([]byte(chains(rand.New(rand.NewPCG(seed, 3)))))
	}
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no networks: %v", err)
	}
	for _, file := range files {
		if archives[file], err = txtar.ParseFile(file); err != nil {
			t.Fatal(err)
		}
	}
	solved, smaller := 0, 0
	for name, archive := range archives {
		whole, few := modelOf(t, archive, askAll), modelOf(t, archive, (*Model).ask)
		if (whole == nil) != (few == nil) {
			t.Fatalf("%s: refused one way and not the other", name)
		}
		if few == nil {
			if strings.HasPrefix(name, "chains") {
				t.Fatalf("%s is refused", name)
			}
			continue
		}
		a, err := whole.Solve(t.Context(), s, lp.Limits{Gap: 1e-9})
		var endless Endless
		if errors.As(err, &endless) {
			if _, err := few.Solve(t.Context(), s, lp.Limits{Gap: 1e-9}); !errors.As(err, &endless) {
				t.Errorf("%s: %v, and without end with all followed", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := few.Solve(t.Context(), s, lp.Limits{Gap: 1e-9})
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != b.Status {
			t.Fatalf("%s: %s, and %s with all followed", name, b.Status, a.Status)
		}
		if a.Solution == nil {
			continue
		}
		solved++
		if x, y := a.Solution.Objective, b.Solution.Objective; math.Abs(x-y) > 1e-6*max(1, math.Abs(x)) {
			t.Errorf("%s: cost %v, and %v with all followed", name, y, x)
		}
		if few.Program.Rows() > whole.Program.Rows() {
			t.Errorf("%s: %d rows, and %d with all followed", name, few.Program.Rows(), whole.Program.Rows())
		}
		if few.Program.Columns() < whole.Program.Columns() {
			smaller++
		}
		x, err := whole.Readiness(t.Context(), s, lp.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		y, err := few.Readiness(t.Context(), s, lp.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if x.Period != y.Period || math.Abs(x.Short-y.Short) > 1e-6*max(1, x.Short) {
			t.Errorf("%s: ready in %q with %v t short, and %q, %v with all followed", name, y.Period, y.Short, x.Period, x.Short)
		}
		sum := func(of []Need) (out float64) {
			for _, n := range of {
				out += n.Tonnes
			}
			return out
		}
		if math.Abs(sum(x.Needs)-sum(y.Needs)) > 1e-3*max(1, sum(x.Needs)) {
			t.Errorf("%s: needs %v, and %v with all followed", name, y.Needs, x.Needs)
		}
	}
	if solved < 60 || smaller < 30 {
		t.Errorf("%d networks solved, %d of them smaller", solved, smaller)
	}
}

// TestFuturesReduced meets futures with the program as it is, and reduced: the same outcomes.
func TestFuturesReduced(t *testing.T) {
	s := engine(t)
	met, reduced, held := 0, 0, 0
	for seed := range uint64(15) {
		m := modelOf(t, txtar.Parse([]byte(chains(rand.New(rand.NewPCG(seed, 4))))), (*Model).ask)
		if m == nil {
			t.Fatalf("chains %d is refused", seed)
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{})
		if err != nil || p.Status != lp.Optimal {
			t.Fatalf("%v, %v", p, err)
		}
		small, err := p.futures(t.Context(), s, m.widest(), m.middle())
		if err != nil {
			t.Fatal(err)
		}
		rows, columns := make([]bool, m.Program.Rows()), make([]bool, m.Program.Columns())
		for r := range rows {
			rows[r] = true
		}
		for c := range columns {
			columns[c] = true
		}
		whole, err := p.prepare(t.Context(), s, rows, columns, nil)
		if err != nil {
			t.Fatal(err)
		}
		reduced += whole.reduced.Program.Rows() - small.reduced.Program.Rows()
		one, err := small.load(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		other, err := whole.load(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 12 {
			strikes := m.draw(seed, n).Strikes
			a, err := one.meet(t.Context(), strikes)
			if err != nil {
				t.Fatal(err)
			}
			b, err := other.meet(t.Context(), strikes)
			if err != nil {
				t.Fatal(err)
			}
			if a.Possible != b.Possible || math.Abs(a.Cost-b.Cost) > 1e-6*max(1, math.Abs(b.Cost)) {
				t.Errorf("chains %d, draw %d: %+v, and %+v without reduction", seed, n, a, b)
			}
			met++
			if len(strikes) > 0 && strikes[0].From > m.Periods[0].Until {
				held++
			}
		}
		if err := errors.Join(one.model.Close(), other.model.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if reduced < 15*10 || held < 10 {
		t.Errorf("%d futures met, %d of them with something held, %d rows fewer", met, held, reduced)
	}
}
