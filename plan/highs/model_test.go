package highs

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"lodestone/plan/lp"
)

// oxide is the worked example of package lp.
func oxide() *lp.Program {
	p := lp.New("oxide")
	mine := p.AddColumn("make[mine]", 0, 1.5, 10)
	buy := p.AddColumn("buy[import]", 0, math.Inf(1), 14)
	want := p.AddRow("demand[2027]", 2, 2)
	p.Set(want, mine, 1)
	p.Set(want, buy, 1)
	return p
}

func TestWorkedExample(t *testing.T) {
	for name, solver := range map[string]lp.Solver{"engine": engine(t), "child": children(t)} {
		t.Run(name, func(t *testing.T) {
			p := oxide()
			m := loaded(t, solver, p)
			s := solved(t, m, lp.Limits{})
			if s.Status != lp.Optimal || !near(s.Objective, 22) || !near(s.Dual[0], 14) || !near(s.Reduced[0], -4) {
				t.Fatalf("got %+v, want the objective 22, the dual 14, the reduced cost -4", s)
			}
			if w := lp.Check(p, s).Worst(); w > 1e-9 {
				t.Errorf("residual %v", w)
			}
			r, err := m.Ranging()
			if err != nil {
				t.Fatal(err)
			}
			if up := r.CostUp[0].Value; up != 14 {
				t.Errorf("the mine stays in until its cost is %v, want 14", up)
			}
			if down := r.RowDown[0].Value; down != 1.5 {
				t.Errorf("the price of 14 holds down to a demand of %v, want 1.5", down)
			}
			if err := m.SetColumnBounds([]lp.Column{0}, []float64{0}, []float64{5}); err != nil {
				t.Fatal(err)
			}
			if s := solved(t, m, lp.Limits{}); !near(s.Objective, 20) {
				t.Errorf("with more of the mine: %v, want 20", s.Objective)
			}
			if err := m.SetCosts([]lp.Column{1}, []float64{9}); err != nil {
				t.Fatal(err)
			}
			if s := solved(t, m, lp.Limits{}); !near(s.Objective, 18) {
				t.Errorf("with a cheaper import: %v, want 18", s.Objective)
			}
			if err := m.SetCoefficients([]lp.Row{0}, []lp.Column{1}, []float64{2}); err != nil {
				t.Fatal(err)
			}
			if s := solved(t, m, lp.Limits{}); !near(s.Objective, 9) {
				t.Errorf("with an import that goes twice as far: %v, want 9", s.Objective)
			}
		})
	}
}

// TestUnits puts one program before the solver in several units: the answer is in the program's own.
func TestUnits(t *testing.T) {
	p := oxide()
	p.MeasureColumn(0, 0.001)
	p.MeasureColumn(1, 1000)
	p.MeasureRow(0, 0.01)
	m := loaded(t, engine(t), p)
	s := solved(t, m, lp.Limits{})
	if !near(s.Objective, 22) || !near(s.Column[0], 1.5) || !near(s.Column[1], 0.5) || !near(s.Dual[0], 14) || !near(s.Reduced[0], -4) || !near(s.Row[0], 2) {
		t.Errorf("got %+v", s)
	}
	r, err := m.Ranging()
	if err != nil {
		t.Fatal(err)
	}
	if !near(r.CostUp[0].Value, 14) || !near(r.RowDown[0].Value, 1.5) {
		t.Errorf("ranging in the solver's units: %+v", r)
	}
	if err := m.SetRowBounds([]lp.Row{0}, []float64{1}, []float64{1}); err != nil {
		t.Fatal(err)
	}
	if s := solved(t, m, lp.Limits{}); !near(s.Objective, 10) {
		t.Errorf("half the demand costs %v, want 10", s.Objective)
	}
}

func TestStatuses(t *testing.T) {
	e := engine(t)
	none := lp.New("nothing")
	none.Offset = 7
	if s := solved(t, loaded(t, e, none), lp.Limits{}); s.Status != lp.Optimal || s.Objective != 7 {
		t.Errorf("a program without columns: %+v", s)
	}
	never := lp.New("never")
	never.AddRow("demand", 1, 2)
	if s := solved(t, loaded(t, e, never), lp.Limits{}); s.Status != lp.Infeasible {
		t.Errorf("a demand and nothing to meet it with: %+v", s)
	}
	free := lp.New("unbounded")
	free.AddColumn("x", 0, math.Inf(1), -1)
	if s := solved(t, loaded(t, e, free), lp.Limits{}); s.Status != lp.Unbounded && s.Status != lp.UnboundedOrInfeasible {
		t.Errorf("an unbounded program: %v", s.Status)
	}
	greatest := oxide()
	greatest.Maximize = true
	greatest.SetColumnBounds(1, 0, 1)
	if s := solved(t, loaded(t, e, greatest), lp.Limits{}); !near(s.Objective, 24) || lp.Check(greatest, s).Worst() > 1e-9 {
		t.Errorf("the greatest: %+v, residuals %+v", s, lp.Check(greatest, s))
	}
}

// TestConflict finds the rows that clash, and no others.
func TestConflict(t *testing.T) {
	for name, solver := range map[string]lp.Solver{"engine": engine(t), "child": children(t)} {
		t.Run(name, func(t *testing.T) {
			p := oxide()
			p.SetColumnBounds(1, 0, 0.25)
			idle := p.AddRow("idle", 0, 100)
			p.Set(idle, 0, 1)
			m := loaded(t, solver, p)
			if s := solved(t, m, lp.Limits{}); s.Status != lp.Infeasible || s.Feasible || s.Column != nil {
				t.Fatalf("got %+v, want infeasible", s)
			}
			c, err := m.Conflict(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Rows) != 1 || c.Rows[0].Number != 0 || !c.Rows[0].Lower || len(c.Columns) != 2 || !c.Columns[0].Upper || !c.Columns[1].Upper {
				t.Errorf("got %+v, want the demand and the two upper bounds", c)
			}
		})
	}
	if _, err := loaded(t, engine(t), oxide()).Conflict(t.Context()); err == nil {
		t.Error("a program with a solution has a conflict")
	}
}

// knapsack is a hard one: many columns of nearly the same worth.
func knapsack(n int) *lp.Program {
	p := lp.New("knapsack")
	p.Maximize = true
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		p.AddRow("room["+string(rune('a'+p.Rows()))+"]", math.Inf(-1), float64(n)*12)
	}
	for j := range n {
		c := p.AddInteger("take["+strings.Repeat("i", j+1)+"]", 0, 1, float64(500+r.IntN(20)))
		for i := range p.Rows() {
			p.Set(lp.Row(i), c, float64(40+r.IntN(20)))
		}
	}
	return p
}

// TestCancel gives up: what has been found so far comes back, and the model can be used again.
func TestCancel(t *testing.T) {
	for name, solver := range map[string]lp.Solver{"engine": engine(t), "child": children(t)} {
		t.Run(name, func(t *testing.T) {
			p := knapsack(120)
			m := loaded(t, solver, p)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			s, err := m.Solve(ctx, lp.Limits{Gap: 1e-12})
			if err != nil {
				t.Fatal(err)
			}
			if s.Status != lp.Cancelled || !s.Feasible || s.Gap <= 0 || s.Bound < s.Objective {
				t.Fatalf("got %v, feasible %v, objective %v, bound %v, gap %v", s.Status, s.Feasible, s.Objective, s.Bound, s.Gap)
			}
			if w := lp.Check(p, s).Worst(); w > 1e-6 {
				t.Errorf("the incumbent misses by %v", w)
			}
			if s, err := m.Solve(ctx, lp.Limits{}); err != nil || s.Status != lp.Cancelled || s.Feasible {
				t.Errorf("with a context that has ended: %+v, %v", s, err)
			}
			if s := solved(t, m, lp.Limits{Gap: 0.2}); s.Status != lp.Optimal {
				t.Errorf("afterwards: %v", s.Status)
			}
			if s := solved(t, m, lp.Limits{Gap: 1e-12, Time: 200 * time.Millisecond}); s.Status != lp.TimeLimit || !s.Feasible {
				t.Errorf("with a time limit: %v", s.Status)
			}
		})
	}
}

// TestRepeats solves alike in this process and in others, twice.
func TestRepeats(t *testing.T) {
	p := knapsack(40)
	var first *lp.Solution
	for range 2 {
		for _, solver := range []lp.Solver{engine(t), children(t)} {
			s := solved(t, loaded(t, solver, p), lp.Limits{Nodes: 200})
			if first == nil {
				first = s
			}
			if !reflect.DeepEqual(s, first) {
				t.Fatalf("got %+v, before %+v", s, first)
			}
		}
	}
}

// TestWarmStart starts from a basis: nothing is left to do at the optimum, and clearing it starts anew.
func TestWarmStart(t *testing.T) {
	p := random(rand.New(rand.NewPCG(3, 3)), 60, 80, false)
	cold := solved(t, loaded(t, engine(t), p), lp.Limits{})
	m := loaded(t, engine(t), p)
	if err := m.SetBasis(cold.Basis); err != nil {
		t.Fatal(err)
	}
	warm := solved(t, m, lp.Limits{})
	if warm.Iterations != 0 || !near(warm.Objective, cold.Objective) {
		t.Errorf("from the best basis: %d iterations to %v, want 0 to %v", warm.Iterations, warm.Objective, cold.Objective)
	}
	if err := m.SetBasis(nil); err != nil {
		t.Fatal(err)
	}
	if again := solved(t, m, lp.Limits{}); again.Iterations != cold.Iterations {
		t.Errorf("from nothing: %d iterations, want %d", again.Iterations, cold.Iterations)
	}
}

func TestRefused(t *testing.T) {
	p := knapsack(3)
	p.MeasureColumn(1, 10)
	if _, err := engine(t).Load(t.Context(), p); err == nil || !strings.Contains(err.Error(), "take[ii]") {
		t.Errorf("an integer column in tens: %v", err)
	}
	if _, err := loaded(t, engine(t), knapsack(3)).Ranging(); err == nil {
		t.Error("an integer program was ranged")
	}
}

// TestGlue holds the names read from the glue file against what is asked of it.
func TestGlue(t *testing.T) {
	engine(t)
	g, err := names()
	if err != nil {
		t.Fatal(err)
	}
	for module, call := range g.imports {
		if hostCalls[call] == nil {
			t.Errorf("the module imports %s (%s), which is not provided", call, module)
		}
	}
	if _, err := readGlue([]byte("var wasmImports={a:___cxa_throw}")); err == nil {
		t.Error("a glue file of another shape is read")
	}
}
