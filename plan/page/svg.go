package page

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// drawing is an SVG under way.
type drawing struct {
	b             strings.Builder
	width, height float64
}

func newDrawing(width, height float64, title string) *drawing {
	d := &drawing{width: width, height: height}
	class := ""
	if width < 700 {
		class = ` class="small"` // on a narrow screen pictures keep their letters' size and are scrolled
	}
	tall := ""
	if height > 900 {
		tall = " tall" // than a sheet of paper
	}
	fmt.Fprintf(&d.b, `<div class="picture`+tall+`"><svg`+class+` viewBox="0 0 %.0f %.0f" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg">`, width, height, html.EscapeString(title))
	return d
}

func (d *drawing) done() template.HTML { return template.HTML(d.b.String() + "</svg></div>") }

// rect draws a bar with what it says when pointed at.
func (d *drawing) rect(x, y, w, h float64, class, says string) {
	fmt.Fprintf(&d.b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" class="%s"><title>%s</title></rect>`, x, y, max(w, 0), max(h, 0), class, html.EscapeString(says))
}

func (d *drawing) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(&d.b, `<line x1="%.2f" y1="%.2f" x2="%.2f" y2="%.2f" class="%s"/>`, x1, y1, x2, y2, class)
}

// trace draws a line through places.
func (d *drawing) trace(places []spot, x, y func(float64) float64, class string) {
	if len(places) < 2 {
		return
	}
	sep := byte('M')
	fmt.Fprintf(&d.b, `<path class="%s" d="`, class)
	for _, p := range places {
		fmt.Fprintf(&d.b, "%c%.1f %.1f", sep, x(p[0]), y(p[1]))
		sep = 'L'
	}
	d.b.WriteString(`"/>`)
}

// text writes at a place; anchor is start, middle or end.
func (d *drawing) text(x, y float64, anchor, class, says string) {
	fmt.Fprintf(&d.b, `<text x="%.2f" y="%.2f" text-anchor="%s" class="%s">%s</text>`, x, y, anchor, class, html.EscapeString(says))
}

func (d *drawing) circle(x, y, r float64, class, says string) {
	fmt.Fprintf(&d.b, `<circle cx="%.2f" cy="%.2f" r="%.2f" class="%s"><title>%s</title></circle>`, x, y, r, class, html.EscapeString(says))
}

// band draws a band from one side to another, curved and everywhere as high as it is wide at its ends.
func (d *drawing) band(x1, y1, x2, y2, width float64, class, says string) {
	middle, half := (x1+x2)/2, max(width, 0.5)/2
	fmt.Fprintf(&d.b, `<path d="M%.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2fV%.2fC%.2f %.2f %.2f %.2f %.2f %.2fZ" class="%s"><title>%s</title></path>`,
		x1, y1-half, middle, y1-half, middle, y2-half, x2, y2-half, y2+half, middle, y2+half, middle, y1+half, x1, y1+half, class, html.EscapeString(says))
}

// arc draws a bent line between two places of the map.
func (d *drawing) arc(x1, y1, x2, y2, width float64, class, says string) {
	bend := 0.15 * math.Hypot(x2-x1, y2-y1)
	fmt.Fprintf(&d.b, `<path d="M%.2f %.2fQ%.2f %.2f %.2f %.2f" stroke-width="%.2f" class="%s"><title>%s</title></path>`,
		x1, y1, (x1+x2)/2, (y1+y2)/2-bend, x2, y2, max(width, 0.7), class, html.EscapeString(says))
}

// nice is a round number not below v, for the top of an axis.
func nice(v float64) float64 {
	if v <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, step := range []float64{1, 2, 2.5, 5, 10} {
		if step*power >= v {
			return step * power
		}
	}
	return 10 * power
}

// figure is a number for a person: four figures, with commas from a thousand on.
func figure(v float64) string {
	if math.Abs(v) < 1000 {
		return fmt.Sprintf("%.4g", v+0)
	}
	text := fmt.Sprintf("%.0f", math.Abs(v))
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	if v < 0 {
		return "−" + text
	}
	return text
}
