package plan_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan"
	"lodestone/plan/lp"
)

// separation is a random network of mines, each with a separation of its own that gives several oxides at once, and
// customers and outlets for them.
func separation(r *rand.Rand) string {
	oxides := []string{"La", "Ce", "Nd", "Dy", "Tb"}[:2+r.IntN(4)]
	var b strings.Builder
	b.WriteString("-- settings.csv --\nsetting,value\nrate,0.07\n-- periods.csv --\nperiod,from,until\na,2027-01-01,2027-12-31\nb,2028-01-01,2029-06-30\n")
	b.WriteString("-- sites.csv --\nsite,country\nSX,CA\n-- materials.csv --\nmaterial,dispose,measure\n")
	for i, o := range oxides {
		fmt.Fprintf(&b, "%s,%d,%g\n", o, r.IntN(3), []float64{1, 1, 1, 0.01, 0.001}[i])
	}
	mines := 1 + r.IntN(3)
	for m := range mines {
		fmt.Fprintf(&b, "conc%d,,\n", m)
	}
	b.WriteString("-- capacities.csv --\ncapacity,site,per_year\n")
	for m := range mines {
		fmt.Fprintf(&b, "cap%d,SX,%d\n", m, 20+r.IntN(200))
	}
	b.WriteString("-- processes.csv --\nprocess,site,phases,capacity,cost\n")
	for m := range mines {
		fmt.Fprintf(&b, "sx%d,SX,separated,cap%d,%d\n", m, m, 1+r.IntN(20))
	}
	b.WriteString("-- recipes.csv --\nprocess,material,amount\n")
	for m := range mines {
		fmt.Fprintf(&b, "sx%d,conc%d,-1\n", m, m)
		for i, o := range oxides {
			fmt.Fprintf(&b, "sx%d,%s,%.5f\n", m, o, (0.02+r.Float64()*0.2)*[]float64{1, 1, 1, 0.02, 0.005}[i])
		}
	}
	b.WriteString("-- purchases.csv --\npurchase,site,material,price,per_year\n")
	for m := range mines {
		fmt.Fprintf(&b, "c%d,SX,conc%d,%d,%d\n", m, m, 1+r.IntN(30), 20+r.IntN(300))
	}
	b.WriteString("-- demands.csv --\ndemand,site,material,per_year,penalty\n")
	for i, o := range oxides {
		fmt.Fprintf(&b, "d%s,SX,%s,%.4f,%d\n", o, o, r.Float64()*20*[]float64{1, 1, 1, 0.02, 0.005}[i], 100+r.IntN(5000))
	}
	return b.String()
}

// TestCoproductPrices holds every separation that runs against the identity of joint products: what its oxides are worth
// together is what its concentrate is worth, what it costs to run, and what its capacity is worth.
//
//	Σ over oxides of amount·price = price of the concentrate + cost + worth of capacity
func TestCoproductPrices(t *testing.T) {
	s := solver(t)
	held := 0
	for seed := range uint64(60) {
		m, err := model(txtar.Parse([]byte(separation(rand.New(rand.NewPCG(seed, 9))))), t)
		if err != nil {
			t.Fatal(err)
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Status != lp.Optimal || p.Residuals.Worst() > 1e-6 {
			t.Fatalf("seed %d: %s, %+v", seed, p.Status, p.Residuals)
		}
		matrix := m.Program.Matrix()
		for c, it := range m.Columns {
			if it.Family != plan.Make || p.Solution.Column[c] < 1e-6 {
				continue
			}
			held++
			worth, size := 0.0, 0.0
			cost := m.Program.Cost(lp.Column(c))
			rows, values := matrix.Column(lp.Column(c))
			for k, r := range rows {
				if m.Rows[r].Family == plan.Balance && values[k] > 0 {
					worth += values[k] * p.Prices.Dual[r]
				} else { // the concentrate it takes, the capacity it uses
					cost -= values[k] * p.Prices.Dual[r]
				}
				size = max(size, math.Abs(values[k]*p.Prices.Dual[r]))
			}
			if math.Abs(worth-cost) > 1e-6*max(1, size) {
				t.Errorf("seed %d, %s: its oxides are worth %v, and cost %v", seed, m.Program.ColumnName(lp.Column(c)), worth, cost)
			}
		}
	}
	if held < 60 {
		t.Errorf("only %d separations ran", held)
	}
}
