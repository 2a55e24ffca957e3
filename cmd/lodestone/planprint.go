package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"lodestone/plan"
	"lodestone/plan/lp"
)

// How many lines of a kind a person is shown, unless all are asked for.
const (
	linesShown = 12
	flowsShown = 40
)

// printPlan prints a plan for a person: the answer first, then what holds it, then its lines. Unless all is set, like lines of
// consecutive periods are one, and of each kind only the first are shown, with how many more there are.
func printPlan(w io.Writer, r *plan.Report, all bool) error {
	fmt.Fprintf(w, "%s, %s: %s\n", r.Name, r.Goal, r.Status)
	for _, act := range r.AsIf {
		fmt.Fprintf(w, "AS IF ENACTED: %s\n", act)
	}
	if r.Conflict != nil {
		printConflict(w, r.Conflict, r.Currency)
		return nil
	}
	if len(r.Deliveries) == 0 && len(r.Flows) == 0 {
		if r.Status == lp.Cancelled {
			fmt.Fprintln(w, "interrupted before a plan was found")
			return nil
		}
		fmt.Fprintln(w, "no plan was found in the time given: --time gives it longer")
		return nil
	}
	fmt.Fprintf(w, "cost %s %s, discounted at %s; capital %s\n", thousands(r.Objective), r.Currency, r.Discount, r.Capital)
	fmt.Fprintf(w, "%s, %s, %s, %s; worst residual %.1g\n", count(r.Size.Periods, "period"), count(r.Size.Columns, "column"), count(r.Size.Rows, "row"), count(r.Size.Integers, "choice"), r.Residual)
	if r.Gap > 0 {
		fmt.Fprintf(w, "within %.2g of the best there can be\n", r.Gap)
	}
	if ready := r.Readiness; ready != nil {
		fmt.Fprintf(w, "\nReadiness: %s\n", ready.Sentence)
		listed(w, "What is short", ready.Needs, math.MaxInt)
		listed(w, "What binds where the least is left unmet", ready.Cut, math.MaxInt)
	}
	most := linesShown
	if all {
		most = math.MaxInt
	}
	if err := printDeliveries(w, r, all); err != nil {
		return err
	}
	if len(r.Bottlenecks) > 0 {
		var lines []string
		for _, b := range r.Bottlenecks {
			lines = append(lines, b.Sentence)
		}
		listed(w, "Bottlenecks, by what their shortness costs", lines, most)
	}
	if len(r.Builds) > 0 {
		fmt.Fprintln(w, "\nBuilt")
		for _, b := range r.Builds {
			fmt.Fprintf(w, "  %s: %.4g t/yr more of %s, begun %s\n", b.Expansion, b.Adds, b.Capacity, b.Begun)
		}
	}
	if err := printLandedCosts(w, r); err != nil {
		return err
	}
	if err := printFlows(w, r, all); err != nil {
		return err
	}
	var idle, colours []string
	for _, i := range r.Idle {
		idle = append(idle, i.Sentence)
	}
	for _, c := range r.Colours {
		line := fmt.Sprintf("%s breaks %s: %s", c.What, c.Rule, c.Because)
		for _, d := range c.Doubts {
			line += fmt.Sprintf(" (hangs on the open doubt %s: settings answers %s=… tries a reading)", d, d)
		}
		colours = append(colours, line)
	}
	listed(w, "Not used", idle, most)
	listed(w, "What breaks a rule, and why", colours, most)
	listed(w, "Duties reckoned with", r.DutyWords(), most)
	listed(w, "Rules as read", r.RuleWords(), math.MaxInt)
	listed(w, "Assumed, or from memory", r.Assumptions, most)
	if r.Given != "" {
		fmt.Fprintf(w, "\n%s\n", r.Given)
	}
	_, err := fmt.Fprintf(w, "\n%s\n", r.Advice)
	return err
}

// listed prints lines under a head, at most so many of them.
func listed(w io.Writer, head string, of []string, most int) {
	if len(of) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", head)
	for _, line := range of[:min(most, len(of))] {
		wrapped(w, "  ", line)
	}
	left(w, len(of)-most)
}

// left says how many lines are not shown, and where they are.
func left(w io.Writer, n int) {
	if n > 0 {
		fmt.Fprintf(w, "  and %s more: --all, or --output\n", group3(int64(n)))
	}
}

func printConflict(w io.Writer, c *plan.Conflict, currency string) {
	fmt.Fprintln(w, "\nThere is no plan: these cannot all hold, and without any one of them the rest could")
	for _, r := range c.Rows {
		fmt.Fprintf(w, "  %s\n", r)
	}
	if len(c.Mends) > 0 {
		fmt.Fprintln(w, "\nThe least that would mend it")
		for _, m := range c.Mends {
			fmt.Fprintf(w, "  %s\n", m.Words)
		}
	}
	if c.Cost != 0 {
		fmt.Fprintf(w, "So mended, the plan costs %s %s, discounted\n", thousands(c.Cost), currency)
	}
}

// printDeliveries prints a row a demand and period, or a row for consecutive periods that are alike in whether all is served.
func printDeliveries(w io.Writer, r *plan.Report, all bool) error {
	fmt.Fprintln(w, "\nDeliveries, t")
	t := newTable("demand", "book", "period", "wanted", "served", "short", "one more costs")
	for _, d := range deliveryRuns(r.Deliveries, all) {
		price := thousands(d.least)
		if most := thousands(d.most); most != price {
			price += " to " + most
		}
		t.AppendRow([]any{d.Demand, d.Book, plan.Between(d.Period, d.until), tonnes(d.Wanted), tonnes(d.Served), tonnes(d.Short), price})
	}
	return printTable(w, t)
}

// deliveryRun is deliveries on one demand in consecutive periods, summed.
type deliveryRun struct {
	plan.Delivery
	until       string
	least, most float64 // price of one more tonne
}

// deliveryRuns puts the deliveries of each demand together, in the order of the periods, and sums those in a row that are all
// served whole, or all not.
func deliveryRuns(of []plan.Delivery, all bool) []*deliveryRun {
	var order []string
	runs := map[string][]*deliveryRun{}
	for _, d := range of {
		key := d.Demand + "\x00" + d.Book
		so, known := runs[key]
		if !known {
			order = append(order, key)
		}
		if n := len(so); n > 0 && !all && so[n-1].Whole() == d.Whole() {
			last := so[n-1]
			last.until = d.Period
			last.Wanted, last.Served, last.Short = last.Wanted+d.Wanted, last.Served+d.Served, last.Short+d.Short
			last.least, last.most = min(last.least, d.Price), max(last.most, d.Price)
			continue
		}
		runs[key] = append(so, &deliveryRun{d, d.Period, d.Price, d.Price})
	}
	var out []*deliveryRun
	for _, key := range order {
		out = append(out, runs[key]...)
	}
	return out
}

// printLandedCosts prints what a tonne delivered has cost.
func printLandedCosts(w io.Writer, r *plan.Report) error {
	if len(r.Landed) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nLanded cost, %s a tonne\n", r.Currency)
	t := newTable("demand", "tonnes", "material", "processing", "freight", "duty", "holding", "total")
	for _, l := range r.Landed {
		c := l.Cost
		t.AppendRow([]any{l.Demand, tonnes(l.Tonnes), thousands(c.Material), thousands(c.Processing), thousands(c.Freight), thousands(c.Duty), thousands(c.Holding), thousands(l.Total)})
	}
	if err := printTable(w, t); err != nil {
		return err
	}
	wrapped(w, "  ", r.LandedBasis)
	return nil
}

// printFlows prints a row a flow and period, or the dearest flows over all periods.
func printFlows(w io.Writer, r *plan.Report, all bool) error {
	flows, more := flowRuns(r.Flows, all), 0
	if head := "\nWhat is done"; all {
		fmt.Fprintln(w, head)
	} else {
		fmt.Fprintln(w, head+", over the plan, the dearest first; of what is held and of states the greatest amount")
		slices.SortStableFunc(flows, func(a, b *flowRun) int { return cmp.Compare(math.Abs(b.Cost), math.Abs(a.Cost)) })
		more = len(flows) - flowsShown
		flows = flows[:min(flowsShown, len(flows))]
	}
	t := newTable("what", "which", "material", "period", "amount", "cost", "breaks")
	for _, f := range flows {
		id := f.ID
		if id == "" {
			id = f.Site
		}
		t.AppendRow([]any{f.Family, id, f.Material, plan.Between(f.Period, f.until), fmt.Sprintf("%.5g", f.Amount), thousands(f.Cost), f.Breaks})
	}
	if err := printTable(w, t); err != nil {
		return err
	}
	left(w, more)
	return nil
}

// flowRun is a flow from its first period to its last.
type flowRun struct {
	plan.Flow
	until string
}

// flowRuns sums flows over the periods. What is held, or is on or not, does not add up: of it the greatest amount stands.
func flowRuns(of []plan.Flow, all bool) []*flowRun {
	var out []*flowRun
	at := map[plan.Flow]*flowRun{}
	for _, f := range of {
		key := f
		key.Period, key.Amount, key.Cost = "", 0, 0
		known, ok := at[key]
		if all || !ok {
			at[key] = &flowRun{f, f.Period}
			out = append(out, at[key])
			continue
		}
		known.until = f.Period
		known.Cost += f.Cost
		switch f.Family {
		case plan.Hold, plan.On, plan.Choose:
			known.Amount = max(known.Amount, f.Amount)
		default:
			known.Amount += f.Amount
		}
	}
	return out
}

// thousands is an amount of money to four figures, or to the unit from a thousand on.
func thousands(v float64) string {
	if v < 1000 && v > -1000 {
		return fmt.Sprintf("%.4g", v+0) // +0: no minus before nought
	}
	return group3(int64(v + 0.5))
}

// moneyApart is a difference of two costs, nought where that is less than the solver can tell.
func moneyApart(difference, cost float64) float64 {
	if math.Abs(difference) <= 1e-9*math.Abs(cost) {
		return 0
	}
	return difference
}

// tonnes is a mass for a person, nought where it is less than a plan speaks of.
func tonnes(t float64) string {
	if math.Abs(t) < 1e-6 {
		t = 0
	}
	return fmt.Sprintf("%.4g", t)
}
