package highs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"lodestone/plan/lp"
)

// random is a program with a solution: every row's bounds are laid around the sums of a point that satisfies the bounds
// of the columns. Costs keep it bounded. Sizes run over six powers of ten.
func random(r *rand.Rand, rows, columns int, whole bool) *lp.Program {
	p := lp.New("random")
	p.Maximize = r.IntN(2) == 0
	p.Offset = float64(r.IntN(100))
	at := make([]float64, columns)
	for j := range columns {
		lower, upper := float64(r.IntN(5)), math.Inf(1)
		if r.IntN(6) == 0 {
			lower = -float64(r.IntN(40))
		}
		if r.IntN(3) > 0 {
			upper = lower + float64(r.IntN(60))
		}
		at[j] = lower + float64(r.IntN(int(min(upper-lower, 20))+1))
		cost := math.Round(1000*(0.1+r.Float64()*10)) / 100
		if p.Maximize {
			cost = -cost
		}
		if !math.IsInf(upper, 1) && r.IntN(2) == 0 {
			cost = -cost
		}
		name := fmt.Sprintf("x[%d]", j)
		if whole && r.IntN(3) == 0 {
			p.AddInteger(name, lower, upper, cost)
		} else {
			p.AddColumn(name, lower, upper, cost)
		}
	}
	for i := range rows {
		size := math.Pow(10, float64(r.IntN(7)-3))
		sum := 0.0
		type one struct {
			c lp.Column
			v float64
		}
		var row []one
		for j := range columns {
			if r.IntN(columns) < 6 {
				v := math.Round((r.Float64()*10-3)*100) / 100 * size
				row = append(row, one{lp.Column(j), v})
				sum += v * at[j]
			}
		}
		lower, upper := math.Inf(-1), math.Inf(1)
		switch r.IntN(5) {
		case 0:
			if !whole {
				lower, upper = sum, sum
			} else {
				lower = sum - size
			}
		case 1:
			lower = sum - float64(r.IntN(20))*size
		case 2:
			upper = sum + float64(r.IntN(20))*size
		default:
			lower, upper = sum-float64(r.IntN(20))*size, sum+float64(1+r.IntN(20))*size
		}
		n := p.AddRow(fmt.Sprintf("row[%d]", i), lower, upper)
		for _, e := range row {
			p.Set(n, e.c, e.v)
		}
	}
	return p
}

// TestDuality holds every linear solution against strong duality and complementary slackness.
func TestDuality(t *testing.T) {
	e := engine(t)
	solvedOnes := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := random(r, 5+r.IntN(60), 5+r.IntN(80), false)
		if seed%3 == 0 {
			for j := range p.Columns() {
				p.MeasureColumn(lp.Column(j), math.Pow(10, float64(r.IntN(5)-2)))
			}
		}
		m, err := e.Load(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		s := solved(t, m, lp.Limits{})
		m.Close()
		if s.Status != lp.Optimal {
			continue // unbounded: some row lets a column with a good price go on for ever
		}
		solvedOnes++
		if res := lp.Check(p, s); res.Worst() > 1e-6 {
			t.Errorf("seed %d: %+v", seed, res)
		}
	}
	if solvedOnes < 75 {
		t.Errorf("only %d of the programs had an optimum: the trial is too thin", solvedOnes)
	}
}

// TestOtherSolvers has CBC and GLPK solve what is written for them, and compares.
func TestOtherSolvers(t *testing.T) {
	e := engine(t)
	others := map[string]func(t *testing.T, dir string, p *lp.Program) (float64, bool){"cbc": cbc, "glpsol": glpsol}
	for name, solve := range others {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(name); err != nil {
				t.Skipf("%s is not on this machine: Debian has it in coinor-cbc or glpk-utils", name)
			}
			dir := t.TempDir()
			compared := 0
			for seed := range uint64(40) {
				r := rand.New(rand.NewPCG(seed, 2))
				p := random(r, 3+r.IntN(25), 3+r.IntN(30), seed%2 == 1)
				m, err := e.Load(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				s := solved(t, m, lp.Limits{Gap: 1e-9})
				m.Close()
				want, optimal := solve(t, dir, p)
				if optimal != (s.Status == lp.Optimal) {
					t.Errorf("seed %d: %s has an optimum: %v; here %v", seed, name, optimal, s.Status)
				} else if optimal {
					compared++
					if !near(s.Objective, want) {
						t.Errorf("seed %d: %v here, %v by %s", seed, s.Objective, want, name)
					}
				}
			}
			if compared < 15 {
				t.Errorf("only %d programs were compared", compared)
			}
		})
	}
}

func write(t *testing.T, dir, name string, p *lp.Program, how func(f *os.File) error) string {
	t.Helper()
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := how(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

var cbcObjective = regexp.MustCompile(`(?m)^(Optimal|Infeasible|Unbounded|Dual infeasible).*?(?:objective value\s+(\S+))?$`)

func cbc(t *testing.T, dir string, p *lp.Program) (float64, bool) {
	t.Helper()
	file := write(t, dir, "p.mps", p, func(f *os.File) error { return lp.WriteMPS(f, p) })
	solution := filepath.Join(dir, "p.sol")
	out, err := exec.Command("cbc", file, "-ratioGap", "0", "-allowableGap", "0", "-solve", "-solu", solution).CombinedOutput()
	if err != nil {
		t.Fatalf("cbc: %v\n%s", err, out)
	}
	text, err := os.ReadFile(solution)
	if err != nil {
		t.Fatalf("cbc left no solution: %s", out)
	}
	m := cbcObjective.FindSubmatch(text)
	if m == nil || string(m[1]) != "Optimal" {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(m[2]), 64)
	if err != nil {
		t.Fatalf("cbc says %q", m[0])
	}
	if p.Maximize {
		v = -v
	}
	return v, true
}

var (
	glpkStatus    = regexp.MustCompile(`(?m)^Status:\s+(.*)$`)
	glpkObjective = regexp.MustCompile(`(?m)^Objective:\s+\S+ = (\S+)`)
)

func glpsol(t *testing.T, dir string, p *lp.Program) (float64, bool) {
	t.Helper()
	file := write(t, dir, "p.lp", p, func(f *os.File) error { return lp.WriteLP(f, p) })
	report := filepath.Join(dir, "p.txt")
	out, err := exec.Command("glpsol", "--lp", file, "--nopresol", "--mipgap", "0", "-o", report).CombinedOutput()
	if err != nil {
		t.Fatalf("glpsol: %v\n%s", err, out)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatalf("glpsol left no report: %s", out)
	}
	status, value := glpkStatus.FindSubmatch(text), glpkObjective.FindSubmatch(text)
	if status == nil || value == nil {
		t.Fatalf("glpsol says\n%s", text)
	}
	if s := string(status[1]); s != "OPTIMAL" && s != "INTEGER OPTIMAL" {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(value[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v, true
}

// flows is a random network of balances with a priced shortage: materials, ways from one to others, sources, throwing away.
func flows(r *rand.Rand) *lp.Program {
	p := lp.New("flows")
	n := 4 + r.IntN(12)
	rows := make([]lp.Row, n)
	for i := range rows {
		rows[i] = p.AddRow(fmt.Sprintf("balance[%d]", i), 0, 0)
		if r.IntN(5) == 0 {
			p.SetRowBounds(rows[i], -float64(r.IntN(4)), 0)
			lower, _ := p.RowBounds(rows[i])
			p.SetRowBounds(rows[i], lower, lower)
		}
		if r.IntN(4) == 0 {
			c := p.AddColumn(fmt.Sprintf("buy[%d]", i), 0, float64(1+r.IntN(20)), float64(1+r.IntN(9)))
			p.Set(rows[i], c, 1)
		}
		if r.IntN(2) == 0 {
			p.Set(rows[i], p.AddColumn(fmt.Sprintf("dump[%d]", i), 0, math.Inf(1), float64(r.IntN(2))), -1)
		}
	}
	for k := range 2 * n {
		i, j := r.IntN(n), r.IntN(n)
		if i == j {
			continue
		}
		c := p.AddColumn(fmt.Sprintf("make[%d]", k), 0, math.Inf(1), float64(1+r.IntN(5)))
		p.Set(rows[i], c, -1)
		p.Set(rows[j], c, 0.5+r.Float64()/3)
		if r.IntN(3) == 0 {
			limit := p.AddRow(fmt.Sprintf("limit[%d]", k), math.Inf(-1), float64(1+r.IntN(9)))
			p.Set(limit, c, 1)
		}
	}
	for i := range rows {
		if i > 0 && r.IntN(3) > 0 {
			continue
		}
		want := p.AddRow(fmt.Sprintf("want[%d]", i), 5, 5)
		p.Set(want, p.AddColumn(fmt.Sprintf("short[%d]", i), 0, math.Inf(1), 100), 1)
		serve := p.AddColumn(fmt.Sprintf("serve[%d]", i), 0, math.Inf(1), 0)
		p.Set(want, serve, 1)
		p.Set(rows[i], serve, -1)
	}
	return p
}

// TestReduce solves programs whole and reduced: the same optimum, also after what was left open has changed.
func TestReduce(t *testing.T) {
	e := engine(t)
	solve := func(p *lp.Program) *lp.Solution {
		m, err := e.Load(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		s, err := m.Solve(t.Context(), lp.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	fewer, compared := 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := flows(r)
		if seed%4 == 0 {
			p = random(r, 5+r.IntN(30), 5+r.IntN(40), false)
		}
		rows, columns := make([]bool, p.Rows()), make([]bool, p.Columns())
		for i := range rows {
			rows[i] = r.IntN(6) == 0
		}
		for j := range columns {
			columns[j] = r.IntN(6) == 0
		}
		q := p.Reduce(rows, columns)
		fewer += p.Rows() - q.Program.Rows()
		check := func(what string) {
			t.Helper()
			a, b := solve(p), solve(q.Program)
			if a.Status != b.Status && (a.Feasible || b.Feasible) {
				t.Errorf("seed %d, %s: %s, reduced %s", seed, what, a.Status, b.Status)
			} else if a.Status == lp.Optimal {
				compared++
				if math.Abs(a.Objective-b.Objective) > 1e-6*max(1, math.Abs(a.Objective)) {
					t.Errorf("seed %d, %s: %v, reduced %v", seed, what, a.Objective, b.Objective)
				}
			}
		}
		check("as it is")
		for j, open := range columns {
			c, ok := q.Column(lp.Column(j))
			if open && !ok {
				t.Fatalf("seed %d: an open column is gone", seed)
			}
			if open {
				cost := p.Cost(lp.Column(j)) * (0.5 + r.Float64())
				p.SetCost(lp.Column(j), cost)
				q.Program.SetCost(c, q.Cost(lp.Column(j), cost))
			}
		}
		for i, open := range rows {
			n, ok := q.Row(lp.Row(i))
			if open && !ok {
				t.Fatalf("seed %d: an open row is gone", seed)
			}
			if open {
				lower, upper := p.RowBounds(lp.Row(i))
				by := r.Float64()
				p.SetRowBounds(lp.Row(i), lower-by, upper+by)
				lower, upper = q.RowBounds(lp.Row(i), lower-by, upper+by)
				q.Program.SetRowBounds(n, lower, upper)
			}
		}
		check("changed")
	}
	if fewer < 300 || compared < 300 {
		t.Errorf("%d rows fewer, %d optima compared", fewer, compared)
	}
}
