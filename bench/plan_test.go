package bench

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lodestone/atlas"
	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
	"lodestone/tariff"
)

// northAmerica makes the program of the network that comes with the program, under a scenario where one is named.
func northAmerica(b *testing.B, scenario string) *plan.Model {
	b.Helper()
	tables, err := atlas.Network("north-america")
	if err != nil {
		b.Fatal(err)
	}
	sheets, err := plan.ReadFolder(tables)
	if err == nil && scenario != "" {
		sheets, err = plan.Apply(sheets, scenario)
	}
	if err != nil {
		b.Fatal(err)
	}
	n, err := plan.Decode(sheets)
	if err != nil {
		b.Fatal(err)
	}
	lib, err := law.Load()
	if err != nil {
		b.Fatal(err)
	}
	duties, err := tariff.US()
	if err != nil {
		b.Fatal(err)
	}
	settings, err := n.Settings()
	if err != nil {
		b.Fatal(err)
	}
	m, err := plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib, Answers: settings.Answers}, Duties: plan.USDuties{Schedule: duties}})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// planSolver is HiGHS; a build without it skips the benchmark.
func planSolver(b *testing.B) *highs.Engine {
	b.Helper()
	e, err := highs.New(b.Context(), b.TempDir())
	if errors.Is(err, highs.ErrNotBuiltIn) {
		b.Skip(err)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close(context.Background()) })
	return e
}

// BenchmarkPlanBuild reads North America to 2035, asks the law about every step, and makes the program. Promise: 1 s.
func BenchmarkPlanBuild(b *testing.B) {
	for b.Loop() {
		m := northAmerica(b, "")
		b.ReportMetric(float64(m.Program.Columns()), "columns")
		b.ReportMetric(float64(m.Program.Rows()), "rows")
	}
}

// BenchmarkPlanSolve solves it cold, and warm after the first capacity was changed a little; beside it native CBC on the same
// program, written as MPS. Promises: 15 s cold, 1 s warm; the yearly one 1 s.
func BenchmarkPlanSolve(b *testing.B) {
	for _, scenario := range []string{"", "yearly"} {
		name := scenario
		if name == "" {
			name = "default"
		}
		b.Run(name, func(b *testing.B) {
			e := planSolver(b)
			m := northAmerica(b, scenario)
			var cold, warm time.Duration
			for b.Loop() {
				model, err := e.Load(b.Context(), m.Program)
				if err != nil {
					b.Fatal(err)
				}
				start := time.Now()
				s, err := model.Solve(b.Context(), lp.Limits{})
				if err != nil || s.Status != lp.Optimal {
					b.Fatalf("%v, %v", s, err)
				}
				cold += time.Since(start)
				row, upper := binding(m, s)
				if err := model.SetRowBounds([]lp.Row{row}, []float64{lower(m, row)}, []float64{upper * 1.02}); err != nil {
					b.Fatal(err)
				}
				start = time.Now()
				if s, err = model.Solve(b.Context(), lp.Limits{}); err != nil || s.Status != lp.Optimal {
					b.Fatalf("%v, %v", s, err)
				}
				warm += time.Since(start)
				if err := model.Close(); err != nil {
					b.Fatal(err)
				}
			}
			n := float64(b.N)
			b.ReportMetric(cold.Seconds()/n, "s/cold")
			b.ReportMetric(warm.Seconds()/n, "s/warm")
			if native, ok := cbc(b, m.Program); ok {
				b.ReportMetric(native.Seconds(), "s/cbc")
				b.ReportMetric(cold.Seconds()/n/native.Seconds(), "of-cbc")
			}
		})
	}
}

// binding is the capacity whose shortness costs the most.
func binding(m *plan.Model, s *lp.Solution) (lp.Row, float64) {
	best := lp.Row(0)
	for r, it := range m.Rows {
		if it.Family == plan.Limit && s.Dual[r] < s.Dual[best] {
			best = lp.Row(r)
		}
	}
	_, upper := m.Program.RowBounds(best)
	return best, upper
}

func lower(m *plan.Model, r lp.Row) float64 {
	l, _ := m.Program.RowBounds(r)
	return l
}

// cbc is how long Debian's CBC takes for the same program, reading aside.
func cbc(b *testing.B, p *lp.Program) (time.Duration, bool) {
	b.Helper()
	if _, err := exec.LookPath("cbc"); err != nil {
		b.Log("cbc is not on this machine: Debian has it in coinor-cbc")
		return 0, false
	}
	var text bytes.Buffer
	if err := lp.WriteMPS(&text, p); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "p.mps")
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if out, err := exec.CommandContext(b.Context(), "cbc", file, "-quit").CombinedOutput(); err != nil {
		b.Fatalf("cbc: %v\n%s", err, out)
	}
	read := time.Since(start)
	start = time.Now()
	if out, err := exec.CommandContext(b.Context(), "cbc", file, "-solve", "-quit").CombinedOutput(); err != nil {
		b.Fatalf("cbc: %v\n%s", err, out)
	}
	return time.Since(start) - read, true
}

// BenchmarkPlanRisk meets futures with the yearly plan, a solver a core. Promise: 1,000 in 60 s on two cores.
func BenchmarkPlanRisk(b *testing.B) {
	const draws = 200
	e := planSolver(b)
	m := northAmerica(b, "yearly")
	p, err := m.Solve(b.Context(), e, lp.Limits{})
	if err != nil || p.Status != lp.Optimal {
		b.Fatalf("%v, %v", p, err)
	}
	for b.Loop() {
		if _, err := p.Risk(b.Context(), e, plan.Disruption{Seed: 1, Draws: draws, Workers: 2}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*1000/draws, "s/1000draws")
}
