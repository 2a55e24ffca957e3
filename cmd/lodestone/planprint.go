package main

import (
	"fmt"
	"io"

	"lodestone/plan"
)

// printPlan prints a plan for a person: the answer first, then what holds it, then its lines.
func printPlan(w io.Writer, r *plan.Report) error {
	fmt.Fprintf(w, "%s, %s: %s\n", r.Name, r.Goal, r.Status)
	for _, act := range r.AsIf {
		fmt.Fprintf(w, "AS IF ENACTED: %s\n", act)
	}
	if r.Conflict != nil {
		printConflict(w, r.Conflict)
		return nil
	}
	if len(r.Deliveries) == 0 && len(r.Flows) == 0 {
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
		listed(w, "What is short", ready.Needs)
		listed(w, "What binds where the least is left unmet", ready.Cut)
	}
	if err := printDeliveries(w, r); err != nil {
		return err
	}
	if len(r.Bottlenecks) > 0 {
		fmt.Fprintln(w, "\nBottlenecks, by what their shortness costs")
		for _, b := range r.Bottlenecks {
			wrapped(w, "  ", b.Sentence)
		}
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
	if err := printFlows(w, r); err != nil {
		return err
	}
	var idle, colours, duties []string
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
	for _, d := range r.Duties {
		duties = append(duties, fmt.Sprintf("%s: %s of %s into %s, %s to %s: %.4g %% [%s]", d.What, d.HTS, d.Origin, d.Into, d.From, d.Until, 100*d.Rate, d.Source))
	}
	listed(w, "Not used", idle)
	listed(w, "What breaks a rule, and why", colours)
	listed(w, "Duties reckoned with", duties)
	var books []string
	for _, b := range r.Books {
		line := fmt.Sprintf("%s, deliveries %s to %s", b.Rule, b.From, b.Until)
		if b.Digest != "" {
			line += ", " + b.Digest
		}
		books = append(books, line)
	}
	listed(w, "Rules as read", books)
	listed(w, "Assumed, or from memory", r.Assumptions)
	if r.Given != "" {
		fmt.Fprintf(w, "\n%s\n", r.Given)
	}
	_, err := fmt.Fprintf(w, "\n%s\n", r.Advice)
	return err
}

func listed(w io.Writer, head string, of []string) {
	if len(of) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", head)
	for _, line := range of {
		wrapped(w, "  ", line)
	}
}

func printConflict(w io.Writer, c *plan.Conflict) {
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
}

// printDeliveries prints a row a demand and period.
func printDeliveries(w io.Writer, r *plan.Report) error {
	fmt.Fprintln(w, "\nDeliveries, t")
	t := newTable("demand", "book", "period", "wanted", "served", "short", "one more costs")
	for _, d := range r.Deliveries {
		t.AppendRow([]any{d.Demand, d.Book, d.Period, fmt.Sprintf("%.4g", d.Wanted), fmt.Sprintf("%.4g", d.Served), fmt.Sprintf("%.4g", d.Short), thousands(d.Price)})
	}
	return printTable(w, t)
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
		t.AppendRow([]any{l.Demand, fmt.Sprintf("%.4g", l.Tonnes), thousands(c.Material), thousands(c.Processing), thousands(c.Freight), thousands(c.Duty), thousands(c.Holding), thousands(l.Total)})
	}
	if err := printTable(w, t); err != nil {
		return err
	}
	wrapped(w, "  ", r.LandedBasis)
	return nil
}

func printFlows(w io.Writer, r *plan.Report) error {
	fmt.Fprintln(w, "\nWhat is done")
	t := newTable("what", "which", "material", "period", "amount", "cost", "breaks")
	for _, f := range r.Flows {
		id := f.ID
		if id == "" {
			id = f.Site
		}
		t.AppendRow([]any{f.Family, id, f.Material, f.Period, fmt.Sprintf("%.5g", f.Amount), thousands(f.Cost), f.Breaks})
	}
	return printTable(w, t)
}

// thousands is an amount of money to four figures, or to the unit from a thousand on.
func thousands(v float64) string {
	if v < 1000 && v > -1000 {
		return fmt.Sprintf("%.4g", v+0) // +0: no minus before nought
	}
	return group3(int64(v + 0.5))
}
