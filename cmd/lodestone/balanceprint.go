package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// longList is how many rows of a list are printed without --all.
const longList = 40

// printBalance writes a balance as text: what is wrong first, then the accounts, then what the figures say together.
func printBalance(out io.Writer, r *balanceReport) error {
	var b strings.Builder
	b.WriteString(r.heading())
	r.overIssue(&b)
	r.printSites(&b)
	r.printSteps(&b)
	r.printLots(&b)
	r.printOrigins(&b)
	r.printFit(&b)
	_, err := io.WriteString(out, b.String())
	return err
}

func (r *balanceReport) heading() string {
	what := "everything recorded"
	switch {
	case r.target.lot != "":
		what = "lot " + string(r.target.lot) + ", what it was made of and what was made of it"
	case r.target.site.ID != "":
		what = "site " + siteName(r.target.site.ID, r.target.site.Name)
	}
	days := ""
	if r.period.From != 0 {
		days += " from " + r.period.From.String()
	}
	if r.period.Until != 0 {
		days += " until " + r.period.Until.String()
	}
	tally := map[balance.Finding]int{}
	for i := range r.steps {
		for k := range r.steps[i].Accounts {
			tally[r.steps[i].Accounts[k].Finding]++
		}
	}
	var found []string
	for _, f := range []balance.Finding{balance.Excess, balance.Unaccounted, balance.Covered, balance.Balanced, balance.Unchecked} {
		if n := tally[f]; n > 0 {
			found = append(found, group3(int64(n))+" "+f.String())
		}
	}
	if len(found) == 0 {
		found = []string{"no element can be followed: no assays are stated"}
	}
	return fmt.Sprintf("Balance of %s%s: %s\nBalances of one element, or of all mass, over one step: %s\n", what, days, count(r.makings, "step"), strings.Join(found, ", "))
}

func (r *balanceReport) overIssue(b *strings.Builder) {
	for i := range r.stocks {
		if s := &r.stocks[i]; s.OverIssue {
			fmt.Fprintf(b, "! over-issue: %s drawn of %s, made %s: %.1f standard uncertainties too much\n", s.Drawn.Mass, s.Lot.ID, s.Made.Mass, s.Sigma)
		}
	}
}

// printSites writes the accounts of the sites.
func (r *balanceReport) printSites(b *strings.Builder) {
	for i := range r.sites {
		s := &r.sites[i]
		fmt.Fprintf(b, "\nSite %s: %s\n", siteName(s.ID, s.Name), count(s.Makings, "step"))
		t := newRows(r.period.From != 0, true)
		for k := range s.Accounts {
			t.add(&s.Accounts[k])
		}
		t.write(b)
		if n := len(s.Waiting); n > 0 {
			fmt.Fprintf(b, "  made here and not yet drawn, wherever it lies: %s\n", names(s.Waiting, 8))
		}
	}
}

// siteName is a site's name and identifier.
func siteName(id supply.FacilityID, name string) string {
	switch {
	case id == "":
		return "not stated"
	case name == "" || name == string(id):
		return string(id)
	}
	return name + ", " + string(id)
}

// names is the last parts of identifiers, the first most of them.
func names(lots []supply.LotID, most int) string {
	var list []string
	for _, l := range lots[:min(most, len(lots))] {
		list = append(list, tail(string(l)))
	}
	if more := len(lots) - most; more > 0 {
		list = append(list, group3(int64(more))+" more")
	}
	return strings.Join(list, ", ")
}

// printSteps writes the accounts of the steps, those with a finding first.
func (r *balanceReport) printSteps(b *strings.Builder) {
	steps := slices.Clone(r.steps)
	rank := func(s *balance.Step) int {
		best := 3
		for i := range s.Accounts {
			switch s.Accounts[i].Finding {
			case balance.Excess:
				best = 0
			case balance.Unaccounted, balance.Covered:
				best = min(best, 1)
			}
		}
		return best
	}
	steps = slices.DeleteFunc(steps, func(s balance.Step) bool { return len(s.Accounts) == 0 })
	blind := len(r.steps) - len(steps)
	if len(steps) > longList {
		slices.SortStableFunc(steps, func(x, y balance.Step) int { return rank(&x) - rank(&y) })
	}
	shown := steps
	if !r.all && len(steps) > longList {
		shown = steps[:longList]
	}
	for i := range shown {
		m := shown[i].Making
		fmt.Fprintf(b, "\n%s\n  %s -> %s\n", stepTitle(m), flowNames(m.In), flowNames(m.Out))
		if m.Accounts > 0 {
			fmt.Fprintf(b, "  %s of it by others left aside; trace and show tell them apart\n", count(m.Accounts, "account"))
		}
		t := newRows(false, false)
		for k := range shown[i].Accounts {
			t.add(&shown[i].Accounts[k])
		}
		t.write(b)
	}
	if n := len(steps) - len(shown); n > 0 {
		fmt.Fprintf(b, "\n%s more, none worse: --all prints them\n", count(n, "step"))
	}
	if blind > 0 {
		fmt.Fprintf(b, "\n%s of which no assay and no conserved mass tells anything\n", count(blind, "step"))
	}
}

func stepTitle(m *balance.Making) string {
	return joined(" ", phaseWord(m.Phase), "at "+orUnknown(m.Place, string(m.Facility)), on(m.Date))
}

func orUnknown(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return "an unknown place"
}

func flowNames(flows []balance.Flow) string {
	var list []string
	for i, f := range flows {
		if i == 6 {
			list = append(list, fmt.Sprintf("%d more", len(flows)-i))
			break
		}
		mass := "? "
		if f.Known {
			mass = f.Mass.String() + " "
		}
		list = append(list, mass+tail(string(f.Lot)))
	}
	return strings.Join(list, " + ")
}

// rows is a table of accounts; those that are unchecked for one cause stand in one line.
type rows struct {
	opening, site bool
	lines         []*balance.Account
	unchecked     map[string][]string
	order         []string
}

func newRows(opening, site bool) *rows {
	return &rows{opening: opening, site: site, unchecked: map[string][]string{}}
}

func (t *rows) add(a *balance.Account) {
	if a.Finding != balance.Unchecked {
		t.lines = append(t.lines, a)
		return
	}
	var missing []supply.LotID
	for _, f := range []balance.Figure{a.Opening, a.In, a.Out, a.Left} {
		missing = append(missing, f.Missing...)
	}
	slices.Sort(missing)
	missing = slices.Compact(missing)
	why := "no mass or no assay of " + names(missing, 6)
	switch {
	case len(missing) == 0:
		why = "a declared loss cannot be read, or a sum runs over"
	case a.Unassayed.Known && a.Unassayed.Mass > 0:
		why += "; for the rest to balance there should be in it"
		t.put(why, elementWord(a.Element)+" "+massText(a.Unassayed))
		return
	}
	t.put(why, elementWord(a.Element))
}

func (t *rows) put(why, what string) {
	if _, known := t.unchecked[why]; !known {
		t.order = append(t.order, why)
	}
	t.unchecked[why] = append(t.unchecked[why], what)
}

func elementWord(e element.Element) string {
	if e == element.None {
		return "all mass"
	}
	return e.Symbol()
}

func (t *rows) write(b *strings.Builder) {
	if len(t.lines) > 0 {
		heads := []any{"  of"}
		if t.opening {
			heads = append(heads, "opening")
		}
		heads = append(heads, "in", "out")
		if t.site {
			heads = append(heads, "left")
		}
		heads = append(heads, "declared loss", "gap", "of in", "sd", "finding")
		w := newTable(heads...)
		for _, a := range t.lines {
			row := []any{"  " + elementWord(a.Element)}
			if t.opening {
				row = append(row, massShort(a.Opening))
			}
			row = append(row, massShort(a.In), outText(a))
			if t.site {
				row = append(row, massShort(a.Left))
			}
			row = append(row, massShort(a.Loss), gapText(a), gapShare(a), fmt.Sprintf("%+.1f", a.Sigma()), findingText(a.Finding))
			w.AppendRow(row)
		}
		_ = printTable(b, w)
	}
	for _, why := range t.order {
		fmt.Fprintf(b, "  unchecked: %s: %s\n", why, strings.Join(t.unchecked[why], ", "))
	}
}

// gapText is the gap; of an excess beside lots without an assay, which can only add to it, the most it can be.
func gapText(a *balance.Account) string {
	if !a.Gap.Known && a.Unassayed.Known {
		return "at most " + massText(a.Unassayed)
	}
	return massText(a.Gap)
}

func outText(a *balance.Account) string {
	if f := a.Out; !f.Known && a.Finding == balance.Excess {
		f.Known = true
		return "over " + massShort(f)
	}
	return massShort(a.Out)
}

func findingText(f balance.Finding) string {
	switch f {
	case balance.Excess:
		return "! excess: more out than in"
	case balance.Unaccounted:
		return "unaccounted for"
	case balance.Covered:
		return "within the declared loss"
	}
	return f.String()
}

func gapShare(a *balance.Account) string {
	if !a.Gap.Known || !a.In.Known {
		return ""
	}
	all := a.In.Mass.Float() + a.Opening.Mass.Float()
	if all <= 0 {
		return ""
	}
	return fmt.Sprintf("%+.2f %%", 100*a.Gap.Mass.Float()/all)
}

// massUnits is the units in which masses are printed, by the least of each in kg.
var massUnits = [...]struct {
	kg   float64
	name string
}{{1000, "t"}, {1, "kg"}, {1e-3, "g"}, {0, "mg"}}

// massText is a mass with its standard uncertainty to two figures, as in 12.34 ± 0.12 kg.
func massText(f balance.Figure) string {
	if !f.Known {
		return "?"
	}
	if f.SD <= 0 {
		return f.Mass.String()
	}
	value, sd, unit := scaled(f)
	places := figures(sd, 2)
	return strconv.FormatFloat(value, 'f', places, 64) + " ± " + strconv.FormatFloat(sd, 'f', places, 64) + " " + unit
}

// massShort is a mass to as many places as its uncertainty makes sense of.
func massShort(f balance.Figure) string {
	switch {
	case !f.Known:
		return "?"
	case f.Mass == 0:
		return "-"
	case f.SD <= 0:
		return f.Mass.String()
	}
	value, sd, unit := scaled(f)
	return strconv.FormatFloat(value, 'f', figures(sd, 2), 64) + " " + unit
}

func scaled(f balance.Figure) (value, sd float64, unit string) {
	kg := f.Mass.Float()
	size := math.Max(math.Abs(kg), f.SD)
	for _, u := range massUnits {
		if size >= u.kg {
			per := u.kg
			if per == 0 {
				per = float64(quantity.Milligram) / float64(quantity.Kilogram)
			}
			return kg / per, f.SD / per, u.name
		}
	}
	return kg, f.SD, "kg"
}

// figures is how many places give sd n figures.
func figures(sd float64, n int) int {
	return min(max(n-1-int(math.Floor(math.Log10(sd))), 0), 6)
}

// printLots writes the lots: made, drawn, left.
func (r *balanceReport) printLots(b *strings.Builder) {
	if len(r.stocks) == 0 {
		return
	}
	shown := r.stocks
	if !r.all && len(shown) > longList {
		shown = shown[:longList]
	}
	b.WriteString("\nLots\n")
	w := newTable("  lot", "of", "made", "drawn", "left", "")
	for i := range shown {
		s := &shown[i]
		of := s.Lot.Name
		if s.Element != element.None {
			of = s.Element.Symbol()
		}
		note := ""
		switch {
		case s.OverIssue:
			note = "! over-issue"
		case s.Lot.Contested != "":
			note = "! in dispute: " + s.Lot.Contested
		case !s.Left.Known:
			note = "an amount is not stated"
		case s.Left.Mass <= 0 || s.Left.Mass.Float() <= balance.Sigmas*s.Left.SD && s.Drawn.Mass > 0:
			note = "used up"
		case s.Lot.Ended:
			note = "ended with this unaccounted for"
		case s.Drawn.Mass == 0:
			note = "not yet drawn"
		}
		w.AppendRow([]any{"  " + tail(string(s.Lot.ID)), of, massShort(s.Made), massShort(s.Drawn), massShort(s.Left), note})
	}
	_ = printTable(b, w)
	if n := len(r.stocks) - len(shown); n > 0 {
		fmt.Fprintf(b, "  %s more: --all prints them\n", count(n, "lot"))
	}
}

// printOrigins writes the bounds of the origins, elements that share them in one line.
func (r *balanceReport) printOrigins(b *strings.Builder) {
	if len(r.holds) > 0 {
		fmt.Fprintf(b, "\nOrigin: it was not made of material but holds lots; ask for one of them: %s\n", names(r.holds, 12))
	}
	if len(r.origins) == 0 {
		return
	}
	b.WriteString("\nOrigin, whatever way lots were mixed and drawn (in brackets: if all were mixed perfectly)\n")
	var order []string
	of := map[string][]string{}
	for i := range r.origins {
		o := &r.origins[i]
		var text strings.Builder
		for _, s := range o.Shares {
			fmt.Fprintf(&text, "    %s  %s\n", shareText(&s), s.Origin)
		}
		if o.Loop {
			text.WriteString("    there is a recycle loop above it: what went round is counted as what it came from\n")
		}
		fmt.Fprintf(&text, "    chain of custody (ISO 22095): %s\n", modelText(o.Model))
		if _, known := of[text.String()]; !known {
			order = append(order, text.String())
		}
		of[text.String()] = append(of[text.String()], elementWord(o.Element))
	}
	for _, text := range order {
		fmt.Fprintf(b, "  %s\n%s", strings.Join(of[text], ", "), text)
	}
	b.WriteString("  A claim of mass balance, or of book and claim, never proves DFARS origin: it says what was bought, not what is in the lot.\n")
}

func modelText(c balance.Custody) string {
	if c == balance.NoModel {
		return "none can be claimed: the origin of a part, or its country, is not recorded"
	}
	return c.String()
}

func shareText(s *balance.Share) string {
	percent := func(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) }
	if s.Low == s.High {
		return percent(s.Low) + " %"
	}
	text := percent(s.Low) + " to " + percent(s.High) + " %"
	if s.PointKnown {
		text += " (" + percent(s.Point) + " %)"
	}
	return text
}

// printFit writes what the figures say together.
func (r *balanceReport) printFit(b *strings.Builder) {
	f := r.fit
	measured := len(f.Items)
	if measured == 0 {
		b.WriteString("\nReconciliation: there is no figure to reconcile\n")
		r.printLeftOut(b)
		return
	}
	fmt.Fprintf(b, "\nReconciliation: %s in %s, %s of freedom\n", count(measured, "measurement"), count(f.Balances, "balance"), count(f.DoF, "degree"))
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
		fmt.Fprintf(b, "  one by one: no single figure or loss stands out (limit %.2f)\n", f.Test.Limit)
	case f.Cut:
		fmt.Fprintf(b, "  in one part %d were found, as many as are looked for: so many cannot be told apart by figures alone\n", suspectsAtMost)
	case n > 0 && f.After.Passed:
		fmt.Fprintf(b, "  without %s the rest agrees (chi-square %.1f, limit %.1f)\n", map[bool]string{true: "it", false: "them"}[n == 1], f.After.Global, f.After.GlobalLimit)
	}
	if f.Blind > 0 {
		fmt.Fprintf(b, "  %d of the %d cannot be checked: no other figure tells of them, and no error of theirs would show\n", f.Blind, measured)
	}
	r.printLeftOut(b)
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

func (r *balanceReport) printLeftOut(b *strings.Builder) {
	list := r.fit.LeftOut
	for i, why := range list {
		if i == 5 && !r.all {
			fmt.Fprintf(b, "  %d more left out: --all prints them\n", len(list)-i)
			break
		}
		fmt.Fprintf(b, "  left out: %s\n", why)
	}
}

// tail is the last part of an identifier, behind its last colon or slash.
func tail(id string) string { return id[strings.LastIndexAny(id, ":/")+1:] }
