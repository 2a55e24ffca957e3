package balance

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// replace puts text between the two marks of that name in doc/conservation.md.
func replace(t *testing.T, name, text string) {
	t.Helper()
	begin, end := "<!-- "+name+": make power -->", "<!-- end of "+name+" -->"
	page := filepath.Join("..", "doc", "conservation.md")
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(old), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s lacks %s or %s", page, begin, end)
	}
	if err := os.WriteFile(page, []byte(before+begin+"\n"+text+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeRecords puts what whole records showed into the page.
func writeRecords(t *testing.T, x *networks) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d records of %d lots, in the mean %.0f measurements in %.0f networks with %.0f degrees of freedom; the largest network has %d.\n",
		x.Records, recordLots, x.mean(x.Measurements), x.mean(x.Networks), x.mean(x.DoF), x.Largest)
	fmt.Fprint(&b, "\n| whole records | found | share | predicted | 99 % interval of the prediction |\n|---|---|---|---|---|\n")
	line := func(what string, r rate) {
		low, high, _ := r.within()
		fmt.Fprintf(&b, "| %s | %d of %d | %.4f | %.4f | %d to %d |\n", what, r.found, r.tried, r.share(), r.predicted(), low, high)
	}
	for i, level := range levels {
		line(fmt.Sprintf("false alarms of the global test at %g %%", 100*level), x.Global[i])
	}
	line("false alarms of the tests of single errors at 1 %, together", x.Single)
	line(fmt.Sprintf("%d errors of %d in one record, found and named", plantedIn, plantedOf), x.Planted)
	fmt.Fprintf(&b, "\nOf %d errors reported in the records with planted ones %d were not planted.\n\n", x.False.tried, x.False.found)
	replace(t, "records", b.String())
}

// writePage puts the figures into doc/conservation.md and draws its curves.
func writePage(t *testing.T, f *figures, worlds int) {
	t.Helper()
	replace(t, "figures", tables(f, worlds))
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join("..", "doc", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var errors, stolen []dot
	for i, size := range errorSizes {
		errors = append(errors, dot{size, f.Found[i]})
	}
	for i, haul := range thefts {
		stolen = append(stolen, dot{100 * haul, f.Theft[i]})
	}
	write("conservation-errors.svg", drawn("gross error in a measurement of redundancy 0.75 or more, in its standard uncertainties", errors))
	write("conservation-theft.svg", drawn("part of a shipment that is stolen, in per cent", stolen))
}

func tables(f *figures, worlds int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOver %d seeds: %d plant-months of %.0f measurements in the mean, %d of them of redundancy 0.75 or more, those %.3f in the mean.\n",
		worlds, f.Months, float64(f.Measurements)/float64(f.Months), f.Checked, f.Redundancy/float64(f.Checked))
	line := func(what string, r rate) {
		low, high, _ := r.within()
		fmt.Fprintf(&b, "| %s | %d of %d | %.4f | %.4f | %d to %d |\n", what, r.found, r.tried, r.share(), r.predicted(), low, high)
	}
	head := "\n| %s | found | share | predicted | 99 %% interval of the prediction |\n|---|---|---|---|---|\n"
	fmt.Fprintf(&b, head, "false alarms")
	line("global test at 1 %", f.Global)
	line("tests of single errors at 1 %, together", f.Single)
	line("account of a shipment beyond three standard uncertainties", f.Shipments)
	fmt.Fprintf(&b, head, "gross error of")
	for i, size := range errorSizes {
		line(fmt.Sprintf("%g, seen by a test", size), f.Found[i])
		line(fmt.Sprintf("%g, and named", size), f.Named[i])
	}
	fmt.Fprintf(&b, head, fmt.Sprintf("gross error of %d, seen, at a redundancy of", promised))
	for i, from := range bands {
		until := 1.0
		if i+1 < len(bands) {
			until = bands[i+1]
		}
		line(fmt.Sprintf("%.2f to %.2f", from, until), f.Bands[i])
	}
	six := f.Found[slices.Index(errorSizes, promised)]
	fmt.Fprintf(&b, "\nWere the level spent evenly over all errors that can be told apart, theory would say %.4f of the same errors of %d, not %.4f.\n",
		f.Even/float64(six.tried), promised, six.predicted())
	fmt.Fprintf(&b, head, "theft on the road of")
	for i, haul := range thefts {
		line(fmt.Sprintf("%g %%", 100*haul), f.Theft[i])
	}
	fmt.Fprintf(&b, head, "ids issued twice")
	line("of a used-up lot", f.Issues)
	line("serials of magnets", f.Serials)
	b.WriteByte('\n')
	return b.String()
}

type dot struct {
	x float64
	rate
}

// drawn is a curve: dots with the 99 % interval as measured, a line as predicted.
func drawn(what string, dots []dot) string {
	const left, top, width, height = 60.0, 20.0, 520.0, 280.0
	low, high := dots[0].x, dots[len(dots)-1].x
	x := func(v float64) float64 { return left + width*(v-low)/(high-low) }
	y := func(v float64) float64 { return top + height*(1-v) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 370" font-family="sans-serif" font-size="13" role="img"><title>share found by size: %s</title>`+"\n", what)
	b.WriteString(`<rect width="620" height="370" fill="white"/>` + "\n")
	for k := range 6 {
		v := float64(k) / 5
		fmt.Fprintf(&b, `<path d="M%.0f %.1fH%.0f" stroke="#ccc"/><text x="%.0f" y="%.1f" text-anchor="end">%.1f</text>`+"\n", left, y(v), left+width, left-6, y(v)+4, v)
	}
	fmt.Fprintf(&b, `<path d="M%.0f %.1fH%.0f" stroke="#999" stroke-dasharray="4 4"/><text x="%.0f" y="%.1f" text-anchor="end">0.95</text>`+"\n", left, y(0.95), left+width, left-6, y(0.95)+4)
	var line []string
	for _, d := range dots {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.0f" text-anchor="middle">%g</text>`+"\n", x(d.x), top+height+18, d.x)
		line = append(line, fmt.Sprintf("%.1f %.1f", x(d.x), y(d.predicted())))
	}
	fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#b30" stroke-width="2"/>`+"\n", strings.Join(line, " "))
	for _, d := range dots {
		least, most := binomial(d.tried, min(max(d.share(), 1e-6), 1-1e-6))
		n := float64(d.tried)
		fmt.Fprintf(&b, `<path d="M%.1f %.1fV%.1f" stroke="#036"/><circle cx="%.1f" cy="%.1f" r="4" fill="#036"/>`+"\n", x(d.x), y(float64(least)/n), y(float64(most)/n), x(d.x), y(d.share()))
	}
	fmt.Fprintf(&b, `<text x="%.0f" y="%.0f" text-anchor="middle">%s</text>`+"\n", left+width/2, top+height+42, what)
	b.WriteString(`<text x="64" y="14">share found: dots measured with their 99 % interval, line predicted</text>` + "\n</svg>\n")
	return b.String()
}
