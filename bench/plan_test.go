package bench

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"lodestone/atlas"
	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
	"lodestone/tariff"
)

// months is a table of periods: the months from December 2026 to the end of 2035.
func months() plan.Sheet {
	s := plan.Sheet{Table: "periods", File: "periods.csv", Header: []string{"period", "from", "until"}}
	for day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2036; day = day.AddDate(0, 1, 0) {
		s.Rows = append(s.Rows, plan.SheetRow{N: len(s.Rows) + 2, Cells: []string{day.Format("2006-01"), day.Format(time.DateOnly), day.AddDate(0, 1, -1).Format(time.DateOnly)}})
	}
	return s
}

// northAmerica makes the program of the network that comes with the program, under a scenario where one is named; monthly
// is no scenario of its own, but a table of periods.
func northAmerica(b *testing.B, scenario string) *plan.Model {
	b.Helper()
	tables, err := atlas.Network("north-america")
	if err != nil {
		b.Fatal(err)
	}
	sheets, err := plan.ReadFolder(tables)
	switch {
	case err != nil:
	case scenario == "monthly":
		sheets = append(sheets, months())
	case scenario != "":
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
// program, written as MPS. Promises: 15 s cold, 1 s warm; the yearly one 1 s; 1 GB.
func BenchmarkPlanSolve(b *testing.B) {
	for _, scenario := range []string{"", "yearly", "monthly"} {
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
			b.ReportMetric(float64(m.Program.Columns()), "columns")
			b.ReportMetric(peak(b), "MB-at-most")
			b.ReportMetric(cold.Seconds()/n, "s/cold")
			b.ReportMetric(warm.Seconds()/n, "s/warm")
			if native, ok := cbc(b, m.Program); ok {
				b.ReportMetric(native.Seconds(), "s/cbc")
				b.ReportMetric(cold.Seconds()/n/native.Seconds(), "of-cbc")
			}
		})
	}
}

// peak is the most memory that this process ever had, in MB (1e6 bytes); 0 where the system does not tell.
func peak(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kib * 1024 / 1e6
		}
	}
	return 0
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
	const draws = 1000
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
