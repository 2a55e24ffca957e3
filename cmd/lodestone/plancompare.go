package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
)

// comparison is a network as it is, and under scenarios.
type comparison struct {
	Cases   []comparedCase `json:"cases"`
	Changes []comparedFlow `json:"changes"` // flows that differ between cases, summed over the periods
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
		Args: args(cobra.ExactArgs(1)),
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
	out := &comparison{Advice: plan.Advice}
	flows := map[string][]float64{}
	for i, name := range append([]string{""}, scenarios...) {
		var applied []string
		if name != "" {
			applied = []string{name}
		}
		m, err := readModel(cmd, network, applied)
		if err != nil {
			return nil, fmt.Errorf("scenario %q: %w", name, err)
		}
		p, err := m.Solve(cmd.Context(), engine, lp.Limits{})
		if err != nil {
			return nil, err
		}
		one := comparedCase{Scenario: name, Status: string(p.Status), Integers: m.Program.Integers()}
		if p.Solution != nil {
			ready, err := m.Readiness(cmd.Context(), engine, lp.Limits{})
			if err != nil {
				return nil, err
			}
			r := p.Report(ready)
			one.Cost, one.Ready = r.Objective, r.Readiness.Period
			for _, d := range r.Deliveries {
				one.Short += d.Short
				if d.Book != "" {
					one.Bound += d.Short
				}
			}
			for _, f := range r.Flows {
				key := string(f.Family) + " " + f.ID
				if f.ID == "" {
					key = string(f.Family) + " " + f.Material + " at " + f.Site
				}
				if flows[key] == nil {
					flows[key] = make([]float64, len(scenarios)+1)
				}
				flows[key][i] += f.Amount
			}
		}
		out.Cases = append(out.Cases, one)
		bar.at(int64(i + 1))
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

func printComparison(cmd *cobra.Command, c *comparison) error {
	out := cmd.OutOrStdout()
	t := newTable("scenario", "status", "cost", "more than as it is", "short, t", "under a book, t", "ready")
	heads := []any{"flow, sum over the plan"}
	for _, one := range c.Cases {
		name := one.Scenario
		if name == "" {
			name = "as it is"
		}
		heads = append(heads, name)
		t.AppendRow([]any{name, one.Status, thousands(one.Cost), thousands(c.dearer(one)), fmt.Sprintf("%.4g", one.Short), fmt.Sprintf("%.4g", one.Bound), one.Ready})
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
	more := one.Cost - c.Cases[0].Cost
	if math.Abs(more) <= 1e-9*math.Abs(one.Cost) {
		return 0
	}
	return more
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
