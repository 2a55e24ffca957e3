package plan_test

import (
	"context"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
)

// solver is HiGHS. A build without it skips the test, saying so.
func solver(t testing.TB) lp.Solver {
	t.Helper()
	e, err := highs.New(context.Background(), plan.SolverCache)
	if errors.Is(err, highs.ErrNotBuiltIn) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(context.Background()) })
	return e
}

// planned plans the tables of an archive to within 1e-9 of the best.
func planned(t *testing.T, by lp.Solver, archive *txtar.Archive) *plan.Plan {
	t.Helper()
	n, err := plan.Decode(sheets(t, archive))
	if err != nil {
		t.Fatal(err)
	}
	m, err := plan.NewModel(n, plan.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Solve(t.Context(), by, lp.Limits{Gap: 1e-9})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMain(m *testing.M) {
	var err error
	if plan.SolverCache, err = os.MkdirTemp("", "plan"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(plan.SolverCache)
	os.Exit(code)
}

// sheets reads the tables that stand in a txtar archive.
func sheets(t testing.TB, archive *txtar.Archive) []plan.Sheet {
	t.Helper()
	var out []plan.Sheet
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".csv"); ok {
			s, faults := plan.ReadCSV(name, f.Name, f.Data)
			if err := faults.Err(); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
	}
	return out
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) }
