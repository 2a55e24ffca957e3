package bench

import (
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
	"testing"
)

// The plot's frame, in pixels.
const (
	plotWide, plotHigh               = 640, 420
	plotLeft, plotTop, plotR, plotBt = 84, 48, 24, 60
)

// svg draws a series on logarithmic axes: its points, the fitted line, and the line of exponent 1 through the first point
// for comparison.
func svg(s *series, machine string) string {
	k, c, _ := fit(s.points)
	x, y := axisOf(s.points, func(p point) float64 { return p.work }), axisOf(s.points, func(p point) float64 { return p.cost })
	px := func(v float64) float64 { return plotLeft + x.part(v)*(plotWide-plotLeft-plotR) }
	py := func(v float64) float64 { return plotHigh - plotBt - y.part(v)*(plotHigh-plotTop-plotBt) }
	var b strings.Builder
	text := func(x, y float64, anchor, extra, words string) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>`+"\n", x, y, anchor, extra, html.EscapeString(words))
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWide, plotHigh, plotWide, plotHigh)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWide, plotHigh)
	text(plotLeft, 22, "start", ` font-size="15"`, fmt.Sprintf("%s: exponent %.2f", s.title, k))
	text(plotLeft, 38, "start", ` fill="#666"`, machine)
	for _, v := range x.ticks() {
		fmt.Fprintf(&b, `<path d="M%.1f %d V%d" stroke="#ddd"/>`+"\n", px(v), plotTop, plotHigh-plotBt)
		text(px(v), plotHigh-plotBt+18, "middle", "", power(v))
	}
	for _, v := range y.ticks() {
		fmt.Fprintf(&b, `<path d="M%d %.1f H%d" stroke="#ddd"/>`+"\n", plotLeft, py(v), plotWide-plotR)
		text(plotLeft-8, py(v)+4, "end", "", power(v))
	}
	text((plotLeft+plotWide-plotR)/2, plotHigh-16, "middle", "", s.work)
	text(18, (plotTop+plotHigh-plotBt)/2, "middle", fmt.Sprintf(` transform="rotate(-90 18 %d)"`, (plotTop+plotHigh-plotBt)/2), s.unit)
	first, last := s.points[0], s.points[len(s.points)-1]
	line := func(to, c, k float64, style string) { // c·work^k, from the first point's work on
		fmt.Fprintf(&b, `<path d="M%.1f %.1f L%.1f %.1f" fill="none" %s/>`+"\n", px(first.work), py(c*math.Pow(first.work, k)), px(to), py(c*math.Pow(to, k)), style)
	}
	line(min(last.work, first.work*y.high/first.cost), first.cost/first.work, 1, `stroke="#bbb" stroke-dasharray="4 4"`)
	line(last.work, c, k, `stroke="#1f6f8b" stroke-width="1.5"`)
	for _, p := range s.points {
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="4" fill="#b8442b"><title>%s</title></circle>`+"\n", px(p.work), py(p.cost),
			html.EscapeString(fmt.Sprintf("%.6g %s at %.0f %s", p.cost, s.unit, p.work, s.work)))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// axis is a span of whole decades.
type axis struct{ low, high float64 }

func axisOf(points []point, of func(point) float64) axis {
	a := axis{math.Inf(1), 0}
	for _, p := range points {
		a.low, a.high = min(a.low, of(p)), max(a.high, of(p))
	}
	a.low, a.high = math.Pow(10, math.Floor(math.Log10(a.low))), math.Pow(10, math.Ceil(math.Log10(a.high)))
	if a.low == a.high {
		a.high *= 10
	}
	return a
}

// part is where a value lies on the axis, 0 to 1.
func (a axis) part(v float64) float64 {
	return (math.Log(v) - math.Log(a.low)) / (math.Log(a.high) - math.Log(a.low))
}

func (a axis) ticks() (list []float64) {
	for v := a.low; v <= a.high*1.001; v *= 10 {
		list = append(list, v)
	}
	return list
}

// power writes a power of ten for people.
func power(v float64) string {
	e := int(math.Round(math.Log10(v)))
	if e >= -2 && e <= 3 {
		return fmt.Sprintf("%g", math.Pow(10, float64(e)))
	}
	return "10" + strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(e))
}

func TestPlot(t *testing.T) {
	s := &series{key: "k", title: "a < b", work: "lots", unit: "ms", points: []point{{1e4, 2}, {1e5, 21}, {1e6, 190}}}
	drawing := svg(s, "a machine")
	for d := xml.NewDecoder(strings.NewReader(drawing)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	// 10⁴ stands on the left edge of the frame, 10⁶ on the right; 190 lies under 1000.
	for _, want := range []string{`<circle cx="84.0"`, `<circle cx="616.0"`, "exponent 0.99", "a &lt; b", ">10⁵<"} {
		if !strings.Contains(drawing, want) {
			t.Errorf("the drawing has no %s:\n%s", want, drawing)
		}
	}
}
