package plan

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

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

// jointProducts holds every process of a plan that runs against the identity of joint products: what it gives is worth
// together what it takes, what it costs to run, and what its capacity and its bounds are worth.
//
//	Σ over outputs of amount·price = Σ over inputs of amount·price + cost + worth of capacity
//
// It tells how many processes run, and how many of them give more than one thing.
func jointProducts(t *testing.T, name string, p *Plan) (run, joint int) {
	t.Helper()
	m := p.Model
	matrix := m.Program.Matrix()
	for c, it := range m.Columns {
		if it.Family != Make || p.Prices.Column[c] < 1e-6 {
			continue
		}
		run++
		gives := 0
		worth, size := 0.0, 1.0
		cost := m.Program.Cost(lp.Column(c))
		rows, values := matrix.Column(lp.Column(c))
		for k, r := range rows {
			if m.Rows[r].Family == Balance && values[k] > 0 {
				worth += values[k] * p.Prices.Dual[r]
				gives++
			} else { // what it takes, the capacity it uses
				cost -= values[k] * p.Prices.Dual[r]
			}
			size = max(size, math.Abs(values[k]*p.Prices.Dual[r]))
		}
		if gives > 1 {
			joint++
		}
		if math.Abs(worth-cost) > 1e-6*size {
			t.Errorf("%s, %s: what it gives is worth %v, and costs %v", name, m.Program.ColumnName(lp.Column(c)), worth, cost)
		}
	}
	return run, joint
}

// dual plans a network and holds the plan against strong duality and complementary slackness.
func dual(t *testing.T, s lp.Solver, name string, m *Model) *Plan {
	t.Helper()
	if m == nil {
		t.Fatalf("%s is refused", name)
	}
	p, err := m.Solve(t.Context(), s, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Status != lp.Optimal || !p.Residuals.HasDuals || p.Residuals.Worst() > 1e-6 {
		t.Fatalf("%s: %s, %+v", name, p.Status, p.Residuals)
	}
	return p
}

// TestCoproductPrices holds separations of random mines against the identity of joint products.
func TestCoproductPrices(t *testing.T) {
	s := engine(t)
	held := 0
	for seed := range uint64(60) {
		name := fmt.Sprintf("separation %d", seed)
		p := dual(t, s, name, modelOf(t, txtar.Parse([]byte(separation(rand.New(rand.NewPCG(seed, 9))))), (*Model).ask))
		_, joint := jointProducts(t, name, p)
		held += joint
	}
	if held < 60 {
		t.Errorf("only %d separations ran", held)
	}
}

// TestDualPlans holds random networks of colours, origins, duties, stocks and ramps, and that of North America, against
// strong duality, complementary slackness and the identity of joint products.
func TestDualPlans(t *testing.T) {
	s := engine(t)
	held := 0
	for seed := range uint64(40) {
		name := fmt.Sprintf("chains %d", seed)
		p := dual(t, s, name, modelOf(t, txtar.Parse([]byte(chains(rand.New(rand.NewPCG(seed, 6))))), (*Model).ask))
		if p.Fixed {
			t.Fatalf("%s has choices", name)
		}
		run, _ := jointProducts(t, name, p)
		held += run
	}
	if held < 100 {
		t.Errorf("only %d processes ran", held)
	}
	if testing.Short() {
		t.Skip("North America takes ten seconds")
	}
	if _, joint := jointProducts(t, "North America", dual(t, s, "North America", northAmerica(t))); joint < 100 {
		t.Errorf("only %d processes with co-products run in North America", joint)
	}
}

// northAmerica is the network that comes with the program, as its files stand, under scenarios.
func northAmerica(t *testing.T, scenarios ...string) *Model {
	t.Helper()
	files, err := filepath.Glob("../atlas/network/north-america/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	var archive txtar.Archive
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = append(archive.Files, txtar.File{Name: filepath.Base(file), Data: text})
	}
	sheets, err := tablesIn(&archive)
	for _, name := range scenarios {
		if err == nil {
			sheets, err = Apply(sheets, name)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return modelFrom(t, sheets, (*Model).ask)
}

// TestPlansElsewhere has CBC solve what is written for it of random networks and of the known problems, with choices and
// without, and compares.
func TestPlansElsewhere(t *testing.T) {
	if _, err := exec.LookPath("cbc"); err != nil {
		t.Skip("cbc is not on this machine: Debian has it in coinor-cbc")
	}
	s := engine(t)
	models := map[string]*Model{}
	for seed := range uint64(20) {
		models[fmt.Sprintf("chains %d", seed)] = modelOf(t, txtar.Parse([]byte(chains(rand.New(rand.NewPCG(seed, 7))))), (*Model).ask)
	}
	files, err := filepath.Glob("testdata/known/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		models[filepath.Base(file)] = modelOf(t, archive, (*Model).ask)
	}
	choices := 0
	for name, m := range models {
		if m == nil {
			t.Fatalf("%s is refused", name)
		}
		p, err := m.Solve(t.Context(), s, lp.Limits{Gap: 1e-9})
		if err != nil || p.Status != lp.Optimal {
			t.Fatalf("%s: %+v, %v", name, p, err)
		}
		if p.Fixed {
			choices++
		}
		if there := solvedByCBC(t, m.Program); math.Abs(there-p.Solution.Objective) > 1e-6*max(1, math.Abs(there)) {
			t.Errorf("%s: %v here, %v by cbc", name, p.Solution.Objective, there)
		}
	}
	if choices < 5 {
		t.Errorf("only %d of the programs have choices", choices)
	}
}

var cbcObjective = regexp.MustCompile(`^Optimal.*objective value\s+(\S+)`)

// solvedByCBC is the optimum of a program by CBC.
func solvedByCBC(t *testing.T, p *lp.Program) float64 {
	t.Helper()
	dir := t.TempDir()
	file, solution := filepath.Join(dir, "p.mps"), filepath.Join(dir, "p.sol")
	var text bytes.Buffer
	if err := lp.WriteMPS(&text, p); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cbc", file, "-ratioGap", "0", "-allowableGap", "0", "-solve", "-solu", solution).CombinedOutput(); err != nil {
		t.Fatalf("cbc: %v\n%s", err, out)
	}
	answer, err := os.ReadFile(solution)
	if err != nil {
		t.Fatal(err)
	}
	found := cbcObjective.FindSubmatch(answer)
	if found == nil {
		t.Fatalf("cbc says %.80s", answer)
	}
	v, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
