package main

import (
	"fmt"
	"math"
	"strings"

	"lodestone/balance"
)

// printFit writes what the figures say together.
func (r *balanceReport) printFit(b *strings.Builder) {
	f := r.fit
	measured := len(f.Items)
	if measured == 0 {
		b.WriteString("\nReconciliation: there is no figure to reconcile\n")
		r.printLeftOut(b)
		return
	}
	fmt.Fprintf(b, "\nReconciliation: %s in %s, %s of freedom", count(measured, "measurement"), count(f.Balances, "balance"), count(f.DoF, "degree"))
	if f.Networks > 1 {
		fmt.Fprintf(b, "; %s that share no figure, the largest of %s", count(f.Networks, "network"), count(f.Largest, "degree"))
	}
	b.WriteByte('\n')
	r.printRedundancy(b)
	b.WriteString("  where no loss is declared none is assumed")
	if f.Open > 0 {
		fmt.Fprintf(b, ", but at %s that miss more than 20 standard uncertainties (unaccounted for, above)", count(f.Open, "balance"))
	}
	b.WriteByte('\n')
	if f.DoF > 0 {
		word := "the figures agree"
		if !f.Test.Passed {
			word = "! the figures contradict each other beyond chance"
		}
		fmt.Fprintf(b, "  all together: %s (chi-square %.1f, limit %.1f at %g, p %.2g)\n", word, f.Test.Global, f.Test.GlobalLimit, f.Test.Alpha, f.Test.P)
	}
	r.printSuspects(b)
	switch n := len(f.Suspects); {
	case f.DoF > 0 && n == 0:
		fmt.Fprintf(b, "  one by one: no single figure or loss stands out (limits %.2f to %.2f, by how well each is checked)\n", f.Test.Limits.Least, f.Test.Limits.Most)
	case f.Cut:
		b.WriteString("  in one network as many were found as are looked for: so many cannot be told apart by figures alone\n")
	case n > 0 && f.After.Passed:
		fmt.Fprintf(b, "  without %s the rest agrees (chi-square %.1f, limit %.1f)\n", map[bool]string{true: "it", false: "them"}[n == 1], f.After.Global, f.After.GlobalLimit)
	}
	if f.Blind > 0 {
		fmt.Fprintf(b, "  %s of the %s cannot be checked: no other figure tells of them, and no error of theirs would show\n", group3(int64(f.Blind)), group3(int64(measured)))
		for i := range f.Items {
			if r.all && f.Items[i].Redundancy == 0 {
				fmt.Fprintf(b, "      %s\n", f.Items[i].Name)
			}
		}
	}
	r.printLeftOut(b)
}

// wellChecked is the redundancy from which on doc/conservation.md says how often an error is found.
const wellChecked = 0.75

// printRedundancy writes how well the figures check one another, and where no test tells which one is wrong.
func (r *balanceReport) printRedundancy(b *strings.Builder) {
	f := r.fit
	if f.DoF == 0 {
		return
	}
	well := 0
	for i := range f.Items {
		if f.Items[i].Redundancy >= wellChecked {
			well++
		}
	}
	n := func(x int) string { return group3(int64(x)) }
	fmt.Fprintf(b, "  how well the others check a measurement (redundancy): %s from %g to 1, %s less, %s not at all\n", n(well), wellChecked, n(len(f.Items)-well-f.Blind), n(f.Blind))
	if f.Alone > 0 {
		fmt.Fprintf(b, "  in %s of one degree of freedom an error would show, and not which figure it is of\n", count(f.Alone, "network"))
	}
}

// printSuspects writes the errors found. Losses that the steps already show as unaccounted for are only counted.
func (r *balanceReport) printSuspects(b *strings.Builder) {
	const most = 8
	shown := map[string]bool{}
	for i := range r.steps {
		name := r.steps[i].Making.Name()
		for _, a := range r.steps[i].Accounts {
			if a.Finding == balance.Unaccounted {
				shown[balance.LeakName(name, a.Element)] = true
			}
		}
	}
	above, printed, more := 0, 0, 0
	for i := range r.fit.Suspects {
		switch s := &r.fit.Suspects[i]; {
		case s.Leak && s.Estimate > 0 && shown[s.Name] && !r.all:
			above++
		case printed == most && !r.all:
			more++
		default:
			printed++
			r.printSuspect(b, s)
		}
	}
	if more > 0 {
		fmt.Fprintf(b, "  %d more that stand out less: --all prints them\n", more)
	}
	if above > 0 {
		word := "unrecorded losses"
		if above == 1 {
			word = "unrecorded loss"
		}
		fmt.Fprintf(b, "  besides, %d %s at steps that are unaccounted for, above\n", above, word)
	}
}

func (r *balanceReport) printSuspect(b *strings.Builder, s *balance.Suspect) {
	size := fmt.Sprintf("%.3g %s", math.Abs(s.Estimate), s.Unit)
	verdict := size + " too high"
	switch {
	case s.Leak && s.Estimate >= 0:
		verdict = size + " missing"
	case s.Leak:
		verdict = size + " from nowhere"
	case s.Estimate < 0:
		verdict = size + " too low"
	}
	fmt.Fprintf(b, "  ! %s: %s (%.1f standard uncertainties)\n", s.Name, verdict, math.Abs(s.Z))
	if len(s.Same) > 0 {
		same, more := s.Same, ""
		if n := len(same) - 4; n > 0 && !r.all {
			same, more = same[:4], fmt.Sprintf("; and %d more", n)
		}
		fmt.Fprintf(b, "      the figures cannot tell it from: %s%s\n", strings.Join(same, "; "), more)
	}
}

// printLeftOut writes what is not reconciled: for each reason how many, and the first few.
func (r *balanceReport) printLeftOut(b *strings.Builder) {
	const most = 3
	for _, x := range r.fit.LeftOut {
		what, more := x.What, ""
		if n := len(what) - most; n > 0 && !r.all {
			what, more = what[:most], fmt.Sprintf("; and %s more: --all names them", group3(int64(n)))
		}
		fmt.Fprintf(b, "  left out, %s: %s%s\n", x.Why, strings.Join(what, "; "), more)
	}
}
