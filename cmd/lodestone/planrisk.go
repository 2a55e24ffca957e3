package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/plan"
	"lodestone/plan/lp"
	"lodestone/quantity"
)

// withPlan solves the least-cost plan of a network and calls do with it and the solver.
func withPlan(cmd *cobra.Command, network string, scenarios []string, do func(*plan.Plan, lp.Solver) error) error {
	m, err := readModel(cmd, network, scenarios)
	if err != nil {
		return err
	}
	solver, done, err := openSolver(cmd.Context(), m.Program)
	if err != nil {
		return err
	}
	defer done()
	bar := newProgress(cmd, "planning", 0, decor.Name("the plan of least cost"))
	p, err := m.Solve(cmd.Context(), solver, lp.Limits{})
	bar.done()
	if err = cmp.Or(err, cmd.Context().Err()); err != nil {
		return interrupted(cmd, err, "there is no plan yet")
	}
	if p.Solution == nil {
		return errors.Join(printPlan(cmd.OutOrStdout(), p.Report(nil), false), exitError{code: 1})
	}
	return do(p, solver)
}

func planRiskCommand() *cobra.Command {
	var scenarios []string
	var draws, workers int
	var seed uint64
	var kept string
	cmd := &cobra.Command{
		Use:   "risk NETWORK",
		Short: "The plan in many futures: cost and shortage, their spread, the chance of unmet demand under a book",
		Long: `Risk draws futures from the table events (export stops, outages, delays, prices, yields, demands) and meets each with the
least-cost plan: what is built stands, what comes before the first event goes as planned, and from then on all else is
planned anew. The same seed gives the same bytes, whatever the number of workers. With --keep, outcomes are written as they
come, and an interrupted run goes on where it was.`,
		Example: `  lodestone plan risk network/ --draws 1000 --seed 1
  lodestone plan risk network/ --draws 1000 --keep risk.jsonl --json`,
		Args: args(1, 1),
	}
	fl := cmd.Flags()
	fl.IntVar(&draws, "draws", 200, "how many futures")
	fl.Uint64Var(&seed, "seed", 1, "of the dice")
	fl.IntVar(&workers, "workers", runtime.NumCPU(), "solvers side by side")
	fl.StringVar(&kept, "keep", "", "a file that keeps outcomes, a line each, to resume from")
	asJSON := jsonFlag(cmd)
	scenarioFlag(cmd, &scenarios)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if draws < 1 || workers < 1 {
			return usagef("--draws and --workers are at least 1")
		}
		return withPlan(cmd, given[0], scenarios, func(p *plan.Plan, solver lp.Solver) error {
			d := plan.Disruption{Seed: seed, Draws: draws, Workers: workers}
			keep, err := openKept(kept, p, &d)
			if err != nil {
				return err
			}
			bar := newProgress(cmd, "drawing futures", int64(draws), decor.CountersNoUnit("%d of %d futures"))
			n := int64(len(d.Done))
			var keeping error
			d.Progress = func(o plan.Outcome) {
				n++
				bar.at(n)
				if keep != nil && keeping == nil {
					keeping = json.NewEncoder(keep).Encode(o)
				}
			}
			r, err := p.Risk(cmd.Context(), solver, d)
			bar.done()
			if keep != nil {
				keeping = errors.Join(keeping, keep.Close())
			}
			if err = errors.Join(err, keeping); err != nil {
				if r == nil || kept == "" {
					return interrupted(cmd, err, "nothing is kept: --keep FILE keeps the futures that are drawn, to go on from")
				}
				if cmd.Context().Err() == nil {
					return fmt.Errorf("%w: %s kept in %s: the same command goes on from there", err, count(r.Draws, "future"), kept)
				}
				return interrupted(cmd, err, fmt.Sprintf("%s kept in %s: the same command goes on from there", count(r.Draws, "future"), kept))
			}
			if *asJSON {
				return printJSON(cmd, r)
			}
			return printRisk(cmd, p.Model.Settings.Currency, r)
		})
	}
	return cmd
}

// keptHead is the first line of a file of outcomes: what they are outcomes of.
type keptHead struct {
	Seed    uint64 `json:"seed"`
	Planned string `json:"planned"`
}

// openKept opens the file that keeps outcomes, and takes those that are in it. A file of another plan or seed is refused.
func openKept(path string, p *plan.Plan, d *plan.Disruption) (*os.File, error) {
	if path == "" {
		return nil, nil
	}
	head := keptHead{Seed: d.Seed, Planned: fmt.Sprintf("%s: %.10g", p.Model.Program.Name, p.Solution.Objective)}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644); err == nil {
			err = json.NewEncoder(f).Encode(head)
		}
		return f, err
	}
	if err != nil {
		return nil, fmt.Errorf("keep outcomes: %w", err)
	}
	in := json.NewDecoder(f)
	var was keptHead
	if err := in.Decode(&was); err != nil || was != head {
		return nil, errors.Join(fmt.Errorf("keep outcomes: %s holds those of another plan or seed: name another file", path), f.Close())
	}
	d.Done = map[int]plan.Outcome{}
	for {
		at := in.InputOffset()
		var o plan.Outcome
		if err := in.Decode(&o); err != nil {
			// A line that was cut off is drawn again.
			return f, f.Truncate(at)
		}
		if o.Draw < d.Draws {
			d.Done[o.Draw] = o
		}
	}
}

func printRisk(cmd *cobra.Command, currency string, r *plan.Risk) error {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s, seed %d\n", count(r.Draws, "future"), r.Seed)
	wrapped(out, "", "how they are met: "+r.Recourse)
	fmt.Fprintf(out, "\nchance of more unmet demand under a book than planned: %.1f %% (± %.1f %%, one standard error)\n", 100*r.Chance, 100*r.Error)
	if r.Impossible > 0 {
		fmt.Fprintf(out, "%s in which no plan is possible, left out below\n", count(r.Impossible, "future"))
	}
	t := newTable("", "planned", "mean", "5 %", "50 %", "95 %", "mean of the worst 5 %")
	row := func(name string, planned float64, s plan.Spread, show func(float64) string) {
		t.AppendRow([]any{name, show(planned), show(s.Mean), show(s.P5), show(s.P50), show(s.P95), show(s.CVaR)})
	}
	row("cost, "+currency+" discounted", r.Planned.Cost, r.Cost, thousands)
	row("short, t", r.Planned.Short, r.Short, tonnes)
	row("of it under a book, t", r.Planned.Bound, r.Bound, tonnes)
	if err := printTable(out, t); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%s\n", plan.Advice)
	return err
}

func planDownCommand() *cobra.Command {
	var scenarios, sites []string
	var from string
	cmd := &cobra.Command{
		Use:   "down NETWORK",
		Short: "The loss of each site, one at a time: what it costs, what is short, how long the plan survives it",
		Example: `  lodestone plan down network/ --from 2027-07-01
  lodestone plan down network/ --site SRC --site LCM`,
		Args: args(1, 1),
	}
	cmd.Flags().StringVar(&from, "from", "", "the day of the loss (left out: the first day of the plan)")
	cmd.Flags().StringArrayVar(&sites, "site", nil, "a site to lose; repeatable (left out: each that does something in the plan from that day on)")
	asJSON := jsonFlag(cmd)
	scenarioFlag(cmd, &scenarios)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		day, err := dayFlag("--from", from)
		if err != nil {
			return err
		}
		return withPlan(cmd, given[0], scenarios, func(p *plan.Plan, solver lp.Solver) error {
			first, last := p.Model.Periods[0].From, p.Model.Periods[len(p.Model.Periods)-1].Until
			day := max(day, first)
			if day > last {
				return usagef("--from %s lies after the plan, which ends on %s", day, last)
			}
			losses, done, err := oneByOne(cmd, "losing one site at a time", "%d of %d sites", func(progress func(done, of int)) ([]plan.Loss, error) {
				return p.OneDown(cmd.Context(), solver, day, sites, progress)
			})
			if len(losses) == 0 && err != nil {
				return interrupted(cmd, err, done)
			}
			err = interrupted(cmd, err, done+"; --site takes those that are wanted first")
			if *asJSON {
				return errors.Join(printJSON(cmd, losses), err)
			}
			return errors.Join(printLosses(cmd, p, day, losses), err)
		})
	}
	return cmd
}

// oneByOne shows the progress of what tries one thing after the other, and says how far it came.
func oneByOne[T any](cmd *cobra.Command, name, unit string, do func(progress func(done, of int)) ([]T, error)) ([]T, string, error) {
	bar := newProgress(cmd, name, 0, decor.CountersNoUnit(unit))
	far := "nothing is tried yet"
	out, err := do(func(done, of int) {
		bar.of(int64(done), int64(of))
		far = fmt.Sprintf(unit, done, of) + " shown"
	})
	bar.done()
	return out, far, err
}

func printLosses(cmd *cobra.Command, p *plan.Plan, day quantity.Date, losses []plan.Loss) error {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "each site lost on %s, one at a time\n", day)
	wrapped(out, "", "how it is met: "+plan.Recourse)
	cost, currency := p.Solution.Objective, p.Model.Settings.Currency
	t := newTable("site", "recovers, months", "survives, months", "exposed", "costs more, "+currency, "short, t", "under a book, t")
	assumed, none := false, false
	for _, l := range losses {
		recovers, survives, exposed := fmt.Sprintf("%.4g", l.Recovers), fmt.Sprintf("%.1f", l.Survives), ""
		if l.Assumed {
			recovers, assumed = recovers+"*", true
		}
		if l.Beyond {
			survives = "the whole plan"
		}
		if l.Exposed {
			exposed = "yes"
		}
		if l.NoPlan {
			none = true
			t.AppendRow([]any{l.Site, recovers, "", "", "no plan**", "", ""})
			continue
		}
		t.AppendRow([]any{l.Site, recovers, survives, exposed, thousands(moneyApart(l.CostsMore, cost)), tonnes(l.Short), tonnes(l.Bound)})
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if assumed {
		fmt.Fprintln(out, "* assumed: the table events has no outage of it that says how long it takes to recover")
	}
	if none {
		wrapped(out, "", "** what is on its way to it, or comes without it, can neither lie anywhere nor be thrown away: a row of the table stocks, or a cost in dispose, gives it room")
	}
	_, err := fmt.Fprintf(out, "\n%s\n", plan.Advice)
	return err
}

func planTornadoCommand() *cobra.Command {
	var scenarios, events []string
	cmd := &cobra.Command{
		Use:     "tornado NETWORK",
		Short:   "Each price, yield, demand and delay of the table events at its low and its high: what it does to the cost",
		Example: "  lodestone plan tornado network/",
		Args:    args(1, 1),
	}
	cmd.Flags().StringArrayVar(&events, "event", nil, "an event to move; repeatable (left out: each that is drawn once)")
	asJSON := jsonFlag(cmd)
	scenarioFlag(cmd, &scenarios)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		return withPlan(cmd, given[0], scenarios, func(p *plan.Plan, solver lp.Solver) error {
			swings, done, err := oneByOne(cmd, "moving one number at a time", "%d of %d events", func(progress func(done, of int)) ([]plan.Swing, error) {
				return p.Tornado(cmd.Context(), solver, events, progress)
			})
			if len(swings) == 0 && err != nil {
				return interrupted(cmd, err, done)
			}
			err = interrupted(cmd, err, done+"; --event takes those that are wanted first")
			if *asJSON {
				return errors.Join(printJSON(cmd, swings), err)
			}
			return errors.Join(printSwings(cmd, p, swings), err)
		})
	}
	return cmd
}

func printSwings(cmd *cobra.Command, p *plan.Plan, swings []plan.Swing) error {
	cost := func(v float64, none bool) string {
		if none {
			return "no plan"
		}
		return thousands(moneyApart(v, p.Solution.Objective))
	}
	t := newTable("event", "low", "high", "cost at low", "cost at high", "more short, t")
	for _, s := range swings {
		t.AppendRow([]any{s.Event, s.Low, s.High, cost(s.AtLow, s.NoLow), cost(s.AtTop, s.NoHigh), tonnes(s.Short)})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "change of the cost in %s, discounted; choices stand as planned\n", p.Model.Settings.Currency)
	return printTable(cmd.OutOrStdout(), t)
}

func planBreakEvenCommand() *cobra.Command {
	var scenarios []string
	cmd := &cobra.Command{
		Use:     "breakeven NETWORK PURCHASE|LANE",
		Short:   "How much dearer a purchase or a lane must get (by price or duty) before the plan does without it",
		Example: "  lodestone plan breakeven network/ CN-magnet",
		Args:    args(2, 2),
	}
	asJSON := jsonFlag(cmd)
	scenarioFlag(cmd, &scenarios)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		return withPlan(cmd, given[0], scenarios, func(p *plan.Plan, solver lp.Solver) error {
			bar := newProgress(cmd, "making it dearer", 0, decor.Name(given[1]))
			c, err := p.BreakEven(cmd.Context(), solver, given[1])
			bar.done()
			if err != nil {
				return interrupted(cmd, err, "the break-even is not found")
			}
			if *asJSON {
				return printJSON(cmd, c)
			}
			return printLeaving(cmd, p.Model.Settings.Currency, c)
		})
	}
	return cmd
}

func printLeaving(cmd *cobra.Command, currency string, c *plan.Crossing) error {
	out := cmd.OutOrStdout()
	switch {
	case c.Never:
		_, err := fmt.Fprintf(out, "there is no plan without %s, whatever it costs\n", c.What)
		return err
	case c.Steps[0].Used < 1e-6:
		_, err := fmt.Fprintf(out, "%s is not used: lodestone plan says at what cost it enters\n", c.What)
		return err
	}
	fmt.Fprintf(out, "%s leaves the plan when a tonne of it costs %s %s more, as a price or as a duty", c.What, thousands(c.Leaves), currency)
	if c.Value > 0 {
		fmt.Fprintf(out, " (%.4g %% more of its value of %s)", 100*c.Leaves/c.Value, thousands(c.Value))
	}
	fmt.Fprintln(out)
	t := newTable("costs more by", "used then, t discounted", "cost of the plan then")
	for _, s := range c.Steps {
		t.AppendRow([]any{thousands(s.From), tonnes(s.Used), thousands(s.Cost)})
	}
	return printTable(out, t)
}
