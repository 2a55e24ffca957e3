package highs

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"lodestone/plan/lp"
)

// TestSideBySide solves the same programs in several instances at once and one after another: the same answers, byte for byte.
func TestSideBySide(t *testing.T) {
	e := engine(t)
	const programs, workers = 12, 4
	draw := func(i int) *lp.Program { return random(rand.New(rand.NewPCG(uint64(i), 9)), 40, 60, i%2 == 1) }
	alone := make([]*lp.Solution, programs)
	for i := range alone {
		alone[i] = solved(t, loaded(t, e, draw(i)), lp.Limits{Gap: 1e-9})
	}
	together := make([]*lp.Solution, programs)
	failed := make([]error, programs)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < programs; i += workers {
				m, err := e.Load(t.Context(), draw(i))
				if err == nil {
					together[i], err = m.Solve(t.Context(), lp.Limits{Gap: 1e-9})
					m.Close()
				}
				failed[i] = err
			}
		})
	}
	wait.Wait()
	for i := range programs {
		if failed[i] != nil {
			t.Fatal(failed[i])
		}
		if !reflect.DeepEqual(alone[i], together[i]) {
			t.Errorf("program %d: %+v alone, %+v beside others", i, alone[i], together[i])
		}
	}
}

// TestReadsWhatOthersWrite has GLPK write the programs anew, in its own LP, and reads them back: the same optimum.
func TestReadsWhatOthersWrite(t *testing.T) {
	e := engine(t)
	if _, err := exec.LookPath("glpsol"); err != nil {
		t.Skip("glpsol is not on this machine: Debian has it in glpk-utils")
	}
	dir, compared := t.TempDir(), 0
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := random(r, 3+r.IntN(25), 3+r.IntN(30), seed%2 == 1)
		file := write(t, dir, "p.lp", p, func(f *os.File) error { return lp.WriteLP(f, p) })
		again := filepath.Join(dir, "again.lp")
		if out, err := exec.Command("glpsol", "--lp", file, "--check", "--wlp", again).CombinedOutput(); err != nil {
			t.Fatalf("glpsol: %v\n%s", err, out)
		}
		f, err := os.Open(again)
		if err != nil {
			t.Fatal(err)
		}
		q, err := lp.ReadLP(f)
		f.Close()
		if err != nil {
			text, _ := os.ReadFile(again)
			t.Fatalf("seed %d: %v in\n%s", seed, err, text)
		}
		want, got := solved(t, loaded(t, e, p), lp.Limits{Gap: 1e-9}), solved(t, loaded(t, e, q), lp.Limits{Gap: 1e-9})
		if want.Status != got.Status {
			t.Errorf("seed %d: %v, read back %v", seed, want.Status, got.Status)
			continue
		}
		if want.Status != lp.Optimal {
			continue
		}
		compared++
		sign := 1.0
		if p.Maximize != q.Maximize {
			sign = -1
		}
		if !near(sign*got.Objective, want.Objective) {
			t.Errorf("seed %d: %v, read back %v", seed, want.Objective, got.Objective)
		}
	}
	if compared < 10 {
		t.Errorf("only %d programs were compared", compared)
	}
}
