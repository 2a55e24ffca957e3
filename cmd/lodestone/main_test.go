package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // for the command tamper

	"lodestone/plan/highs"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lodestone": main})
}

// TestScripts runs the texts of testdata, each with the program, a store of its own in $XDG_DATA_HOME and the
// repository's example folder in $EXAMPLE. Besides testscript's own commands a text may use
//
//	exits CODE COMMAND…    run a command, which must end with that exit code
//	fill FILE SHEET CELL TEXT [CELL TEXT…]   write into cells of a workbook
//	[!solver] skip          where the program was built without the solver
//	tamper DB SQL          change a database behind the program's back
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir() // the compiled solver, for all texts
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", cache)
			env.Setenv("EXAMPLE", filepath.Join(root, "doc", "example"))
			env.Setenv("SHEETS", filepath.Join(root, "intake", "testdata", "brook"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("DB", filepath.Join(env.WorkDir, "data", "lodestone", "lodestone.db"))
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "solver" {
				return false, fmt.Errorf("condition %q is not known", cond)
			}
			return highs.BuiltIn(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fill": fill, "tamper": tamper},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tamper DB SQL")
	}
	db, err := sql.Open("sqlite", args[0])
	ts.Check(err)
	defer db.Close()
	result, err := db.ExecContext(context.Background(), args[1])
	ts.Check(err)
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		ts.Fatalf("tamper: nothing was changed (%v)", err)
	}
}

func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: fill FILE SHEET CELL TEXT [CELL TEXT…]")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for i := 2; i < len(args); i += 2 {
		ts.Check(f.SetCellStr(args[1], args[i], args[i+1]))
	}
	ts.Check(f.Save())
	ts.Check(f.Close())
}
