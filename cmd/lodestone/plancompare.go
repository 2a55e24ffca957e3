package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sort"
	"sync"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/sync/errgroup"

	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
)

// comparison is a network as it is, and under scenarios.
type comparison struct {
	Cases   []comparedCase `json:"cases"`
	Changes []comparedFlow `json:"changes"` // flows that differ between cases, summed over the periods; stocks as the mean over time
	Advice  string         `json:"advice"`
}

type comparedCase struct {
	Scenario string  `json:"scenario"` // "" is the network as it is
	Status   string  `json:"status"`
	Cost     float64 `json:"cost"`
	Short    float64 `json:"short_t"`
	Bound    float64 `json:"bound_short_t"`
	Ready    string  `json:"ready,omitempty"`
	Integers int     `json:"integers"`
}

type comparedFlow struct {
	What    string    `json:"what"`
	Amounts []float64 `json:"amounts"` // by case
}

func planCompareCommand() *cobra.Command {
	var scenarios []string
	cmd := &cobra.Command{
		Use:   "compare NETWORK",
		Short: "The plan as it is and under scenarios, side by side: cost, shortage, readiness, the flows that differ",
		Example: `  lodestone plan compare network/ --scenario china-stops-Dy --scenario brook-late
  lodestone plan compare network/                every scenario of the network`,
		Args: args(1, 1),
	}
	asJSON := jsonFlag(cmd)
	cmd.Flags().StringArrayVar(&scenarios, "scenario", nil, "a scenario to compare (left out: all of them)")
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		c, err := comparePlans(cmd, given[0], scenarios)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd, c)
		}
		return printComparison(cmd, c)
	}
	return cmd
}

func comparePlans(cmd *cobra.Command, network string, scenarios []string) (*comparison, error) {
	if len(scenarios) == 0 {
		sheets, err := readSheets(network, nil)
		if err != nil {
			return nil, err
		}
		if scenarios = plan.Scenarios(sheets); len(scenarios) == 0 {
			return nil, fmt.Errorf("compare: the network has no scenarios: they stand in the table scenarios")
		}
	}
	engine, err := highs.New(cmd.Context(), solverCache())
	if err != nil {
		return nil, err
	}
	defer engine.Close(cmd.Context())
	bar := newProgress(cmd, "planning", int64(len(scenarios)+1), decor.CountersNoUnit("%d of %d plans"))
	defer bar.done()
	names := append([]string{""}, scenarios...)
	cases := make([]compared, len(names))
	var mu sync.Mutex // guards planned and the bar
	planned := int64(0)
	plans, ctx := errgroup.WithContext(cmd.Context())
	plans.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		plans.Go(func() error {
			one, err := planCase(ctx, cmd, engine, network, name)
			if err != nil {
				return err
			}
			cases[i] = *one
			mu.Lock()
			defer mu.Unlock()
			planned++
			bar.at(planned)
			return nil
		})
	}
	if err := plans.Wait(); err != nil {
		return nil, err
	}
	out := &comparison{Advice: plan.Advice}
	flows := map[string][]float64{}
	for i, one := range cases {
		out.Cases = append(out.Cases, one.comparedCase)
		for what, amount := range one.flows {
			if flows[what] == nil {
				flows[what] = make([]float64, len(names))
			}
			flows[what][i] = amount
		}
	}
	for what, amounts := range flows {
		least, most := amounts[0], amounts[0]
		for _, a := range amounts {
			least, most = min(least, a), max(most, a)
		}
		if most-least > 1e-6*(1+math.Abs(most)) {
			out.Changes = append(out.Changes, comparedFlow{what, amounts})
		}
	}
	sort.Slice(out.Changes, func(i, j int) bool { return out.Changes[i].What < out.Changes[j].What })
	return out, nil
}

// compared is a case with its flows.
type compared struct {
	comparedCase
	flows map[string]float64
}

// planCase plans a network under a scenario; "" is the network as it is.
func planCase(ctx context.Context, cmd *cobra.Command, solver lp.Solver, network, scenario string) (*compared, error) {
	var applied []string
	if scenario != "" {
		applied = []string{scenario}
	}
	m, err := readModel(cmd, network, applied)
	if err != nil {
		return nil, fmt.Errorf("scenario %q: %w", scenario, err)
	}
	p, err := m.Solve(ctx, solver, lp.Limits{})
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	out := &compared{comparedCase: comparedCase{Scenario: scenario, Status: string(p.Status), Integers: m.Program.Integers()}, flows: map[string]float64{}}
	if p.Solution == nil {
		return out, nil
	}
	ready, err := m.Readiness(ctx, solver, lp.Limits{})
	if err != nil {
		return nil, err
	}
	r := p.Report(ready)
	out.Cost, out.Ready = r.Objective, r.Readiness.Period
	for _, d := range r.Deliveries {
		out.Short += d.Short
		if d.Book != "" {
			out.Bound += d.Short
		}
	}
	years, all := map[string]float64{}, 0.0
	for _, x := range m.Periods {
		years[x.ID] = x.Years
		all += x.Years
	}
	for _, f := range r.Flows {
		what := string(f.Family) + " " + f.ID
		if f.ID == "" {
			what = string(f.Family) + " " + f.Material + " at " + f.Site
		}
		amount := f.Amount
		if f.Family == plan.Hold { // what lies there at the end of each period: a sum over periods would count it again and again
			what += ", mean stock"
			amount *= years[f.Period] / all
		}
		out.flows[what] += amount
	}
	return out, nil
}

func printComparison(cmd *cobra.Command, c *comparison) error {
	out := cmd.OutOrStdout()
	t := newTable("scenario", "status", "cost", "more than as it is", "short, t", "under a book, t", "ready")
	heads := []any{"flow, sum over the plan (stock: mean)"}
	for _, one := range c.Cases {
		name := one.Scenario
		if name == "" {
			name = "as it is"
		}
		heads = append(heads, name)
		t.AppendRow([]any{name, one.Status, thousands(one.Cost), thousands(c.dearer(one)), tonnes(one.Short), tonnes(one.Bound), one.Ready})
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	fmt.Fprintln(out)
	flows := c.allFlows(heads)
	if len(c.Cases) > mostAbreast || len(c.Changes) > mostFlows {
		flows = c.greatestFlows()
	}
	if err := printTable(out, flows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%s\n", c.Advice)
	return err
}

// How many plans and flows are shown in full; of more, a person is shown the greatest differences.
const (
	mostAbreast = 5
	mostFlows   = 60
	greatest    = 6
)

// dearer is what a case costs more than the network as it is; nought where that is less than the solver can tell.
func (c *comparison) dearer(one comparedCase) float64 {
	return moneyApart(one.Cost-c.Cases[0].Cost, one.Cost)
}

// allFlows is each flow that differs, a column a case.
func (c *comparison) allFlows(heads []any) table.Writer {
	flows := newTable(heads...)
	for _, f := range c.Changes {
		row := []any{f.What}
		for _, a := range f.Amounts {
			row = append(row, fmt.Sprintf("%.5g", a))
		}
		flows.AppendRow(row)
	}
	return flows
}

// greatestFlows is, of each scenario, the flows that differ by the most tonnes from those of the network as it is.
func (c *comparison) greatestFlows() table.Writer {
	flows := newTable("scenario", fmt.Sprintf("the %d flows that differ most (all: --json)", greatest), "as it is", "here")
	for i, one := range c.Cases[1:] {
		by := func(f comparedFlow) float64 { return math.Abs(f.Amounts[i+1] - f.Amounts[0]) }
		of := slices.SortedStableFunc(slices.Values(c.Changes), func(a, b comparedFlow) int { return cmp.Compare(by(b), by(a)) })
		for _, f := range of[:min(greatest, len(of))] {
			if by(f) > 1e-6*(1+math.Abs(f.Amounts[0])) {
				flows.AppendRow([]any{one.Scenario, f.What, fmt.Sprintf("%.5g", f.Amounts[0]), fmt.Sprintf("%.5g", f.Amounts[i+1])})
			}
		}
	}
	return flows
}
