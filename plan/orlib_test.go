package plan_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan/lp"
)

// warehouses is the thirteen problems of OR-Library that share the customers of testdata/orlib: how much each of the sixteen
// warehouses may send, what it costs to open one, and the optimum that the file capopt prints. The eleventh opens for nothing.
// The last four have no limit: a warehouse may send all that is wanted.
var warehouses = []struct {
	name     string
	capacity float64
	open     float64
	optimum  float64
}{
	{"cap41", 5000, 7500, 1040444.375},
	{"cap42", 5000, 12500, 1098000.450},
	{"cap43", 5000, 17500, 1153000.450},
	{"cap44", 5000, 25000, 1235500.450},
	{"cap51", 10000, 17500, 1025208.225},
	{"cap61", 15000, 7500, 932615.750},
	{"cap62", 15000, 12500, 977799.400},
	{"cap63", 15000, 17500, 1014062.050},
	{"cap64", 15000, 25000, 1045650.250},
	{"cap71", 58268, 7500, 932615.750},
	{"cap72", 58268, 12500, 977799.400},
	{"cap73", 58268, 17500, 1010641.450},
	{"cap74", 58268, 25000, 1034976.975},
}

// TestWarehouses plans facility location with capacities and without, a warehouse as a site that may be opened, and, in the
// first problem of each capacity, also as capacity that may be built: the published optimum either way.
func TestWarehouses(t *testing.T) {
	s := solver(t)
	customers := readCustomers(t)
	for _, w := range warehouses {
		for _, built := range []bool{false, true} {
			if built && !strings.HasSuffix(w.name, "1") {
				continue
			}
			p := planned(t, s, txtar.Parse([]byte(location(customers, w.capacity, w.open, built))))
			if p.Status != lp.Optimal || !near(p.Solution.Objective, w.optimum) || p.Residuals.Worst() > 1e-6 {
				t.Errorf("%s, built %v: %s, %.3f, residuals %+v; published %.3f", w.name, built, p.Status, p.Solution.Objective, p.Residuals, w.optimum)
			}
		}
	}
}

// customer is what one wants, and what all of it costs from each warehouse.
type customer struct {
	amount float64
	costs  []float64
}

func readCustomers(t *testing.T) []customer {
	t.Helper()
	text, err := os.ReadFile("testdata/orlib/customers.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []customer
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var row []float64
		for _, word := range strings.Fields(line) {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, v)
		}
		if len(row) != 17 {
			t.Fatalf("%d numbers in %q, want 17", len(row), line)
		}
		out = append(out, customer{row[0], row[1:]})
	}
	if len(out) != 50 {
		t.Fatalf("%d customers, want 50", len(out))
	}
	return out
}

// location is the tables of a problem. The period is four years long, so rates are a quarter of the amounts.
func location(customers []customer, capacity, open float64, built bool) string {
	tables := map[string]*strings.Builder{}
	var order []string
	add := func(table, format string, args ...any) {
		if tables[table] == nil {
			tables[table] = &strings.Builder{}
			order = append(order, table)
		}
		fmt.Fprintf(tables[table], format+"\n", args...)
	}
	add("settings", "setting,value\ncosts,present\ncapital,lump")
	add("periods", "period,from,until\nonly,2021-01-01,2024-12-31")
	add("sites", "site,country,choice,open_cost")
	add("materials", "material\ngoods")
	add("capacities", "capacity,site,per_year")
	if built {
		add("expansions", "expansion,capacity,least,most,fixed_cost,life")
	}
	add("processes", "process,site,capacity")
	add("recipes", "process,material,amount")
	add("lanes", "lane,from_site,to_site,material,cost")
	add("demands", "demand,site,material,per_year,penalty")
	for i := range customers[0].costs {
		w, cost := fmt.Sprintf("W%d", i+1), open
		if i == 10 {
			cost = 0
		}
		if built {
			add("sites", "%s,US,stands,0", w)
			add("capacities", "%s,%s,0", w, w)
			add("expansions", "%s,%s,%g,%g,%g,4", w, w, capacity/4, capacity/4, cost)
		} else {
			add("sites", "%s,US,may_open,%g", w, cost)
			add("capacities", "%s,%s,%g", w, w, capacity/4)
		}
		add("processes", "%s,%s,%s", w, w, w)
		add("recipes", "%s,goods,1", w)
		for j, c := range customers {
			add("lanes", "%s-C%d,%s,C%d,goods,%.17g", w, j+1, w, j+1, c.costs[i]/c.amount)
		}
	}
	for j, c := range customers {
		add("sites", "C%d,US,stands,0", j+1)
		add("demands", "C%d,C%d,goods,%g,1000000", j+1, j+1, c.amount/4)
	}
	var b strings.Builder
	for _, table := range slices.Sorted(slices.Values(order)) {
		fmt.Fprintf(&b, "-- %s.csv --\n%s", table, tables[table])
	}
	return b.String()
}
