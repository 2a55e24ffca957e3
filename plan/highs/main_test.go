package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"testing"

	"lodestone/plan/lp"
)

// childEnv names the cache folder to a test that is to be a solver process.
const childEnv = "LODESTONE_TEST_SOLVER"

// cacheDir holds the compiled solver for all tests of a run.
var cacheDir string

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		if err := Serve(context.Background(), os.Stdin, os.Stdout, dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	var err error
	if cacheDir, err = os.MkdirTemp("", "highs"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(cacheDir)
	os.Exit(code)
}

// engine is the solver. A build without it skips the test, saying so.
func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := New(t.Context(), cacheDir)
	if errors.Is(err, ErrNotBuiltIn) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e
}

// children is the solver in processes of its own.
func children(t testing.TB) Children {
	t.Helper()
	engine(t) // skips where there is none
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Children{Command: func() *exec.Cmd {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), childEnv+"="+cacheDir)
		cmd.Stderr = os.Stderr
		return cmd
	}}
}

func loaded(t testing.TB, s lp.Solver, p *lp.Program) lp.Model {
	t.Helper()
	m, err := s.Load(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

func solved(t testing.TB, m lp.Model, limits lp.Limits) *lp.Solution {
	t.Helper()
	s, err := m.Solve(t.Context(), limits)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// near tells whether two objectives agree to 1e-6, relative to the second or to 1.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) }
