package main

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/supply"
)

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
		printTold(b, m)
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

// printTold names the statements of a making that are left aside.
func printTold(b *strings.Builder, m *balance.Making) {
	for _, x := range m.Told {
		by := strings.Join(texts(x.Authors), " and ")
		if len(x.Differs) == 0 {
			fmt.Fprintf(b, "  told again in %s by %s; counted once\n", x.ID, by)
			continue
		}
		fmt.Fprintf(b, "  ! told otherwise in %s by %s, left aside: %s\n", x.ID, by, strings.Join(x.Differs, "; "))
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
