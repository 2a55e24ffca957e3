package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/exposure"
)

// printExposure writes a report as text: by measure, each figure with its formula and rows.
func printExposure(out io.Writer, r *exposure.Report, q exposure.Question) error {
	var b strings.Builder
	asOf := "each figure is of its own period"
	if r.Year != "" {
		asOf = "as of " + r.Year
	}
	b.WriteString("Exposure, by the embedded tables, " + asOf + ". Nothing was looked up live; rows are taken as printed, and their rounding is in no interval\n")
	for _, m := range exposure.Measures() {
		writeMeasure(&b, m, r.Figures)
	}
	writeTrends(&b, r.Trends)
	if q.Element != element.None {
		fmt.Fprintf(&b, "\nWhere no element is named a figure is of all rare earths together; %s apart is told where the tables allow it.\n", q.Element.Symbol())
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writeMeasure(b *strings.Builder, m exposure.Measure, all []exposure.Figure) {
	title := false
	var held *exposure.Figure // whose notes and rows are still to come
	flush := func() {
		if held != nil {
			writeGrounds(b, held)
			held = nil
		}
	}
	type lack struct{ subjects, needs []string }
	var lacks []lack
	for i := range all {
		f := &all[i]
		if f.Measure != m {
			continue
		}
		if !title {
			fmt.Fprintf(b, "\n%s\n", strings.ToUpper(string(m)[:1])+string(m)[1:])
			title = true
		}
		if f.Computable() {
			if held != nil && !sameGrounds(held, f) {
				flush()
			}
			writeFigure(b, f)
			held = f
			continue
		}
		// Figures that lack the same stand in one line.
		needs := strings.Join(f.Needs, "; ")
		at := -1
		for k := range lacks {
			if strings.Join(lacks[k].needs, "; ") == needs {
				at = k
			}
		}
		if at < 0 {
			lacks = append(lacks, lack{needs: f.Needs})
			at = len(lacks) - 1
		}
		name := figureName(f)
		if f.Published != "" {
			name += " (published: " + f.Published + ")"
		}
		lacks[at].subjects = append(lacks[at].subjects, name)
	}
	flush()
	for _, l := range lacks {
		fmt.Fprintf(b, "  not computable: %s\n      needs %s\n", strings.Join(l.subjects, "; "), strings.Join(l.needs, "; "))
	}
}

// figureName is what a figure is of.
func figureName(f *exposure.Figure) string {
	parts := []string{}
	if f.Element != element.None {
		parts = append(parts, f.Element.Symbol())
	}
	subject := f.Subject
	if f.By != "" && (f.Measure == exposure.HHI || f.Measure == exposure.Single && !f.Computable()) {
		subject += " by " + f.By
	}
	parts = append(parts, subject, string(f.Stage), f.Period)
	if f.Publisher != "" {
		parts = append(parts, f.Publisher)
	}
	return strings.Join(parts, ", ")
}

func writeFigure(b *strings.Builder, f *exposure.Figure) {
	value := f.Text()
	switch f.Unit {
	case "%":
		value += " %"
	case "weeks", "facilities", "owners", "countries":
		value += " " + f.Unit
	case "0 to 1", "0 to 10":
		value += " (" + f.Unit + ")"
	}
	fmt.Fprintf(b, "  %-18s %s\n", value, figureName(f))
	if f.Formula != "" {
		fmt.Fprintf(b, "      = %s\n", f.Formula)
	}
	if f.Published != "" {
		fmt.Fprintf(b, "      published: %s\n", f.Published)
	}
}

// sameGrounds tells whether two figures have the same notes and rows, which are then printed once.
func sameGrounds(x, y *exposure.Figure) bool {
	return slices.Equal(x.Notes, y.Notes) && rowsText(x.Rows) == rowsText(y.Rows)
}

func writeGrounds(b *strings.Builder, f *exposure.Figure) {
	for _, n := range f.Notes {
		fmt.Fprintf(b, "      %s\n", n)
	}
	fmt.Fprintf(b, "      rows: %s\n", rowsText(f.Rows))
}

// rowsText is rows by table and line, with their sources and how they were come by, each once.
func rowsText(rows []exposure.Row) string {
	var tables, sources, evidence []string
	lines := map[string][]string{}
	once := func(list *[]string, s string) {
		for _, x := range *list {
			if x == s {
				return
			}
		}
		*list = append(*list, s)
	}
	for _, r := range rows {
		once(&tables, r.Table)
		lines[r.Table] = append(lines[r.Table], fmt.Sprint(r.Line))
		for _, s := range r.Sources {
			once(&sources, s)
		}
		once(&evidence, r.Evidence)
	}
	var parts []string
	for _, t := range tables {
		parts = append(parts, t+" "+strings.Join(lines[t], ","))
	}
	return strings.Join(parts, "; ") + " [" + strings.Join(sources, ", ") + "; " + strings.Join(evidence, ", ") + "]"
}

func writeTrends(b *strings.Builder, list []exposure.Trend) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\nTrends\n")
	w := newTable("  of", "", "from", "", "to", "", "a year", "direction", "not known")
	for i := range list {
		t := &list[i]
		first, last := &t.Points[0], &t.Points[len(t.Points)-1]
		name := string(t.Of.Measure) + ", " + t.Of.Subject
		if t.Of.Publisher != "" {
			name += ", " + t.Of.Publisher
		}
		w.AppendRow([]any{"  " + name, t.Of.Stage, first.Period, first.Text(), last.Period, last.Text(), yearly(t), t.Direction, strings.Join(t.Unknown, ", ")})
	}
	_ = printTable(b, w)
	if slices.ContainsFunc(list, func(t exposure.Trend) bool { return t.Of.Stage == exposure.Mining }) {
		b.WriteString("  rows of mine production before 2023 are from memory for most countries\n")
	}
	b.WriteString("  the last year of a trend may be an estimate or an outlook\n")
}

// yearly is the change a year, least to most, with its sign.
func yearly(t *exposure.Trend) string {
	n := 1
	if t.Of.Unit != "%" {
		n = 3
	}
	low, high := exposure.Rounded(t.Yearly[0], n), exposure.Rounded(t.Yearly[1], n)
	if t.Yearly[0].Sign() > 0 {
		low = "+" + low
	}
	if t.Yearly[1].Sign() > 0 {
		high = "+" + high
	}
	if low == high {
		return low
	}
	return low + " to " + high
}
