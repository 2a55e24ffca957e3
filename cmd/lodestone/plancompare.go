package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
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
	NoPlan   bool    `json:"no_plan,omitempty"` // then what follows says nothing
	Cost     float64 `json:"cost"`
	Short    float64 `json:"short_t"`
	Bound    float64 `json:"bound_short_t"`
	Ready    string  `json:"ready,omitempty"`        // the first period from which on all demand under a book can be met
	Planned  string  `json:"planned_from,omitempty"` // and is, in this plan
	Out      float64 `json:"out_of_reach_t"`         // of demand under a book, whatever it costs
	Wanted   float64 `json:"bound_demand_t"`
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
		Long: `Compare plans a network as it is and under scenarios, as many at once as there are cores. Several scenarios applied one after
the other are written with + between them. Interrupted, it shows the plans that are there, and how to go on with the rest.`,
		Example: `  lodestone plan compare network/ --scenario china-stops-Dy --scenario brook-late+china-stops-Dy
  lodestone plan compare network/                every scenario of the network`,
		Args: args(1, 1),
	}
	asJSON := jsonFlag(cmd)
	cmd.Flags().StringArrayVar(&scenarios, "scenario", nil, "a scenario to compare, or several with + between them (left out: each by itself)")
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		c, err := comparePlans(cmd, given[0], scenarios)
		if c == nil {
			return err
		}
		if *asJSON {
			return errors.Join(printJSON(cmd, c), err)
		}
		return errors.Join(printComparison(cmd, c), err)
	}
	return cmd
}

// comparePlans plans the cases. Where one cannot be planned, or the command is interrupted, those that were come back with the
// error; nothing without that of the network as it is.
func comparePlans(cmd *cobra.Command, network string, scenarios []string) (*comparison, error) {
	sheets, err := readTables(network)
	if err != nil {
		return nil, err
	}
	if len(scenarios) == 0 {
		if scenarios = plan.Scenarios(sheets); len(scenarios) == 0 {
			return nil, fmt.Errorf("compare: the network has no scenarios: they stand in the table scenarios")
		}
	}
	names := append([]string{""}, scenarios...)
	networks := make([]*plan.Network, len(names))
	for i, name := range names { // a slip in the last is told before the first is planned
		if networks[i], err = scenarioOf(sheets, name); err != nil {
			return nil, fmt.Errorf("scenario %q: %w", name, err)
		}
	}
	engine, err := highs.New(cmd.Context(), solverCache())
	if err != nil {
		return nil, err
	}
	defer engine.Close(context.WithoutCancel(cmd.Context()))
	bar := newProgress(cmd, "planning", int64(len(names)), decor.CountersNoUnit("%d of %d plans"))
	cases := make([]*compared, len(names))
	var mu sync.Mutex // guards planned and the bar
	planned := int64(0)
	plans, ctx := errgroup.WithContext(cmd.Context())
	plans.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		plans.Go(func() error {
			one, err := planCase(ctx, cmd, engine, networks[i])
			if err != nil {
				return fmt.Errorf("scenario %q: %w", name, err)
			}
			one.Scenario = name
			cases[i] = one
			mu.Lock()
			defer mu.Unlock()
			planned++
			bar.at(planned)
			return nil
		})
	}
	err = plans.Wait()
	bar.done()
	if cases[0] == nil {
		return nil, err
	}
	rest := ""
	for i, one := range cases {
		if one == nil {
			rest += " --scenario " + names[i]
		}
	}
	err = interrupted(cmd, err, fmt.Sprintf("%d of %s shown; to go on with the rest: lodestone plan compare %s%s", planned, count(len(names), "plan"), network, rest))
	return compareCases(slices.DeleteFunc(cases, func(c *compared) bool { return c == nil })), err
}

// scenarioOf is the network under a scenario, or under several with + between them; "" is the network as it is.
func scenarioOf(sheets []plan.Sheet, name string) (*plan.Network, error) {
	applied := strings.Split(name, "+")
	if name == "" || slices.Contains(plan.Scenarios(sheets), name) {
		applied = []string{name}
	}
	for _, one := range applied {
		if one == "" {
			continue
		}
		var err error
		if sheets, err = plan.Apply(sheets, one); err != nil {
			return nil, err
		}
	}
	return plan.Decode(sheets)
}

// compareCases puts cases side by side, with the flows that differ.
func compareCases(cases []*compared) *comparison {
	out := &comparison{Advice: plan.Advice}
	flows := map[string][]float64{}
	for i, one := range cases {
		out.Cases = append(out.Cases, one.comparedCase)
		for what, amount := range one.flows {
			if flows[what] == nil {
				flows[what] = make([]float64, len(cases))
			}
			flows[what][i] = amount
		}
	}
	for what, amounts := range flows {
		least, most := slices.Min(amounts), slices.Max(amounts)
		if most-least > 1e-6*(1+math.Abs(most)) {
			out.Changes = append(out.Changes, comparedFlow{what, amounts})
		}
	}
	slices.SortFunc(out.Changes, func(a, b comparedFlow) int { return cmp.Compare(a.What, b.What) })
	return out
}

// compared is a case with its flows.
type compared struct {
	comparedCase
	flows map[string]float64
}

// planCase plans a network.
func planCase(ctx context.Context, cmd *cobra.Command, solver lp.Solver, n *plan.Network) (*compared, error) {
	m, err := modelOf(cmd, n)
	if err != nil {
		return nil, err
	}
	p, err := m.Solve(ctx, solver, lp.Limits{})
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	out := &compared{comparedCase: comparedCase{Status: string(p.Status), Integers: m.Program.Integers()}, flows: map[string]float64{}}
	if out.NoPlan = p.Solution == nil; out.NoPlan {
		return out, nil
	}
	ready, err := m.Readiness(ctx, solver, lp.Limits{})
	if err != nil {
		return nil, err
	}
	r := p.Report(ready)
	out.Cost, out.Ready, out.Planned, out.Out, out.Wanted = r.Objective, r.Readiness.Period, r.Readiness.Planned, r.Readiness.Short, r.Readiness.Bound
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
	t := newTable("scenario", "status", "cost", "more than as it is", "short, t", "under a book, t", "could be met from", "is met from", "out of reach, t")
	heads := []any{"flow, sum over the plan (stock: mean)"}
	for _, one := range c.Cases {
		name := one.Scenario
		if name == "" {
			name = "as it is"
		}
		heads = append(heads, name)
		if one.NoPlan {
			t.AppendRow([]any{name, one.Status, "no plan"})
			continue
		}
		t.AppendRow([]any{name, one.Status, thousands(one.Cost), c.dearer(one), tonnes(one.Short), tonnes(one.Bound), one.Ready, one.Planned, tonnes(one.Out)})
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

// dearer is what a case costs more than the network as it is, where there is a plan of that; nought where that is less than the
// solver can tell.
func (c *comparison) dearer(one comparedCase) string {
	if c.Cases[0].NoPlan {
		return ""
	}
	return thousands(moneyApart(one.Cost-c.Cases[0].Cost, one.Cost))
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
