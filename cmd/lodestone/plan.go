package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/atlas"
	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
	"lodestone/tariff"
)

// planFlags are what every command about a network takes.
type planFlags struct {
	scenarios []string
	goal      string
	time      time.Duration
	gap       float64
	noReady   bool
	all       bool
	output    []string
	json      *bool
}

func planCommand() *cobra.Command {
	var f planFlags
	cmd := &cobra.Command{
		Use:   "plan NETWORK",
		Short: "What to build, buy and ship, and when, so that demand is met lawfully at least cost",
		Long: `Plan reads a network (a folder of CSV tables, or the same as one workbook), checks it, and finds the plan of least cost: what is made, moved, bought,
built and delivered in each period; from when on all demand under a book of law can be met, and what stands in the way
before; what one more tonne of each capacity is worth; why something is not used. What a demand may take is decided by the
same law books that judge a magnet.

The exit status is 0 for a plan, 1 where there is none or something went wrong, 2 for wrong usage.`,
		Example: `  lodestone plan template network/              empty tables, with what goes into each column
  lodestone plan network/ --output plan.html --output plan.xlsx
  lodestone plan network/ --goal compliant --json
  lodestone plan network/ --scenario china-stops-Dy
  lodestone plan network/ --law doc/example/law/hr-9073  as if a pending bill were enacted
  lodestone plan math network/                  the program in equations and rows
  lodestone plan export network/ network.mps`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, given []string) error { return runPlan(cmd, given[0], f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.goal, "goal", "cost", "cost: the least cost; compliant: the most delivered under a book, and of such plans the cheapest")
	fl.DurationVar(&f.time, "time", 0, "stop after this long with the best plan found, as in 60s (0: no limit)")
	fl.Float64Var(&f.gap, "gap", 0, "stop when a plan with choices is this near to the best, relative (0: the solver's own 0.0001)")
	fl.BoolVar(&f.noReady, "no-readiness", false, "leave out the search for the date of readiness")
	fl.StringArrayVarP(&f.output, "output", "o", nil, "write it to a file too, by its ending: .html, .xlsx, .json, .parquet (the flows), or a folder of CSV with / at its end; repeatable")
	fl.BoolVar(&f.all, "all", false, "print every line of every period; without it a person is shown sums and what matters most")
	f.json = jsonFlag(cmd)
	scenarioFlag(cmd, &f.scenarios)
	cmd.AddCommand(planCheckCommand(), planCompareCommand(), planRiskCommand(), planDownCommand(), planTornadoCommand(), planBreakEvenCommand(),
		planMathCommand(), planExportCommand(), planTemplateCommand(), planNetworksCommand())
	return cmd
}

// scenarioFlag gives a command what changes a network's question: its scenarios, and law of the user's own.
func scenarioFlag(cmd *cobra.Command, into *[]string) {
	cmd.Flags().StringArrayVar(into, "scenario", nil, "a scenario of the network, by name; several are applied in their order")
	lawFlag(cmd)
}

func runPlan(cmd *cobra.Command, network string, f planFlags) error {
	if f.goal != "cost" && f.goal != "compliant" {
		return usagef("--goal is cost or compliant, not %q", f.goal)
	}
	for _, name := range f.output {
		if planWriter(name) == nil {
			return usagef("--output %s: its ending is none of .html, .xlsx, .json, .parquet, nor is it a folder with / at its end", name)
		}
	}
	m, err := readModel(cmd, network, f.scenarios)
	if err != nil {
		return err
	}
	solver, done, err := openSolver(cmd.Context(), m.Program)
	if err != nil {
		return err
	}
	defer done()
	var stage atomic.Value
	stage.Store("the plan")
	bar := newProgress(cmd, "planning", 0, decor.Any(func(decor.Statistics) string { return stage.Load().(string) }))
	defer bar.done()
	limits := lp.Limits{Time: f.time, Gap: f.gap}
	solve := m.Solve
	if f.goal == "compliant" {
		solve = m.SolveCompliant
	}
	p, err := solve(cmd.Context(), solver, limits)
	if err != nil {
		return interrupted(cmd, err, "there is no plan yet")
	}
	var ready *plan.Readiness
	var stopped error // by the user, with a plan in hand
	if p.Solution != nil && !f.noReady {
		stage.Store("the date of readiness, and what binds")
		if ready, err = m.Readiness(cmd.Context(), solver, limits); err != nil {
			if cmd.Context().Err() == nil {
				return err
			}
			ready, stopped = nil, interrupted(cmd, err, "the readiness is not found; the plan stands without it")
		}
	}
	r := p.Report(ready)
	r.Solver = "HiGHS " + highs.Release
	if p.Prices != nil && p.Prices.Dual != nil && stopped == nil {
		stage.Store("what a little more is worth")
		if err := p.Margins(cmd.Context(), solver, r, marginsShown); err != nil {
			if cmd.Context().Err() == nil {
				return err
			}
			stopped = interrupted(cmd, err, "what a little more of the bottlenecks is worth is not tried; the plan stands without it")
		}
	}
	bar.done()
	for _, name := range f.output {
		if err := planWriter(name)(name, p, r); err != nil {
			return err
		}
	}
	if *f.json {
		err = printJSON(cmd, r)
	} else {
		err = printPlan(cmd.OutOrStdout(), r, f.all)
	}
	if p.Solution == nil {
		return errors.Join(err, failed())
	}
	return errors.Join(err, stopped)
}

// marginsShown is for how many bottlenecks a little more and a little less is tried.
const marginsShown = 8

// readSheets reads a network's tables and applies scenarios to them.
func readSheets(network string, scenarios []string) ([]plan.Sheet, error) {
	sheets, err := readTables(network)
	for _, s := range scenarios {
		if err != nil {
			return nil, err
		}
		sheets, err = plan.Apply(sheets, s)
	}
	return sheets, err
}

// readTables reads a folder, a workbook, or a network that comes with the program.
func readTables(network string) ([]plan.Sheet, error) {
	if own, ok := ownNetwork(network); ok {
		return plan.ReadFolder(own)
	}
	info, err := os.Stat(network)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the network %s: there is no such folder or workbook, and the networks that come with the program are %s",
			network, strings.Join(atlas.Networks(), ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("read the network: %w", err)
	}
	switch {
	case info.IsDir():
		return plan.ReadFolder(os.DirFS(network))
	case strings.EqualFold(filepath.Ext(network), ".xlsx"):
		return readWorkbook(network)
	}
	return nil, fmt.Errorf("read the network %s: it is neither a folder of CSV tables nor an .xlsx workbook: lodestone plan template writes empty ones", network)
}

// readModel makes the program of a network.
func readModel(cmd *cobra.Command, network string, scenarios []string) (*plan.Model, error) {
	sheets, err := readSheets(network, scenarios)
	if err != nil {
		return nil, err
	}
	n, err := plan.Decode(sheets)
	if err != nil {
		return nil, under(scenarios, err)
	}
	m, err := modelOf(cmd, n)
	return m, under(scenarios, err)
}

// under says of what is wrong with a network that it is so under scenarios.
func under(scenarios []string, err error) error {
	if err == nil || len(scenarios) == 0 {
		return err
	}
	return fmt.Errorf("under the scenario %s (a row that it appends has the number of its own row there): %w", strings.Join(scenarios, ", then "), err)
}

// modelOf makes the program of a network with the program's own law books and US duties behind it.
func modelOf(cmd *cobra.Command, n *plan.Network) (*plan.Model, error) {
	settings, err := n.Settings()
	if err != nil {
		return nil, err
	}
	lib, _, err := loadLaw(cmd)
	if err != nil {
		return nil, err
	}
	duties, err := tariff.US()
	if err != nil {
		return nil, err
	}
	return plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib, Answers: settings.Answers}, Duties: plan.USDuties{Schedule: duties}})
}

// largeProgram is the number of columns from which a program is solved in a process of its own.
const largeProgram = 20_000

// openSolver gives the solver for a program: in this process, or a child for a large one. The second result closes it.
func openSolver(ctx context.Context, p *lp.Program) (lp.Solver, func(), error) {
	if !highs.BuiltIn() {
		return nil, nil, highs.ErrNotBuiltIn
	}
	dir := solverCache()
	if p.Columns() < largeProgram {
		e, err := highs.New(ctx, dir)
		if err != nil {
			return nil, nil, err
		}
		return e, func() { e.Close(context.WithoutCancel(ctx)) }, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, fmt.Errorf("find this program to start a solver process: %w", err)
	}
	return highs.Children{Command: func() *exec.Cmd {
		cmd := exec.Command(self, solveCommandName)
		cmd.Stderr = os.Stderr
		return cmd
	}}, func() {}, nil
}

// solverCache is where the compiled solver is kept; "" where there is no place.
func solverCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir = filepath.Join(dir, "lodestone", "highs")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	return dir
}

// solveCommandName starts a solver process; it is for this program itself.
const solveCommandName = "solve-for-parent"

func solveCommand() *cobra.Command {
	return &cobra.Command{
		Use:    solveCommandName,
		Short:  "Solve what a parent process sends; not for people",
		Hidden: true,
		Args:   args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return highs.Serve(cmd.Context(), os.Stdin, os.Stdout, solverCache())
		},
	}
}

func planCheckCommand() *cobra.Command {
	var scenarios []string
	cmd := &cobra.Command{
		Use:   "check NETWORK",
		Short: "Read and check a network without solving it",
		Args:  args(1, 1),
		RunE: func(cmd *cobra.Command, given []string) error {
			m, err := readModel(cmd, given[0], scenarios)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s, %s; %s, %s\n", given[0], count(len(m.Network.Sites), "site"), count(len(m.Network.Demands), "demand"),
				count(len(m.Periods), "period"), count(m.Program.Columns(), "column"), count(m.Program.Rows(), "row"))
			return nil
		},
	}
	scenarioFlag(cmd, &scenarios)
	return cmd
}

func planExportCommand() *cobra.Command {
	var scenarios []string
	cmd := &cobra.Command{
		Use:     "export NETWORK FILE",
		Short:   "Write the program with its names, as MPS or LP by the file's ending",
		Example: "  lodestone plan export network/ network.mps",
		Args:    args(2, 2),
		RunE: func(cmd *cobra.Command, given []string) error {
			write := lp.WriteMPS
			switch strings.ToLower(filepath.Ext(given[1])) {
			case ".mps":
			case ".lp":
				write = lp.WriteLP
			default:
				return usagef("%s ends in neither .mps nor .lp", given[1])
			}
			m, err := readModel(cmd, given[0], scenarios)
			if err != nil {
				return err
			}
			out, err := os.Create(given[1])
			if err != nil {
				return fmt.Errorf("write the program: %w", err)
			}
			if err := errors.Join(write(out, m.Program), out.Close()); err != nil {
				return fmt.Errorf("write the program: %w", err)
			}
			return nil
		},
	}
	scenarioFlag(cmd, &scenarios)
	return cmd
}
