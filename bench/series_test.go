package bench

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// series is one cost as the work grows.
type series struct {
	key    string // of its files and rows
	title  string
	work   string // what is counted along the axis
	unit   string // of the cost
	why    string // why the exponent is what it is
	points []point
	ended  string // why it stops before the greatest size; "": it does not
}

type point struct{ work, cost float64 }

// fit is the exponent k and the factor c of cost = c·work^k, by least squares on the logarithms, and the standard error of
// k (0 for two points). It needs two points of different work.
func fit(points []point) (k, c, err float64) {
	n := float64(len(points))
	var mx, my float64
	for _, p := range points {
		mx += math.Log(p.work) / n
		my += math.Log(p.cost) / n
	}
	var sxx, sxy float64
	for _, p := range points {
		dx := math.Log(p.work) - mx
		sxx += dx * dx
		sxy += dx * (math.Log(p.cost) - my)
	}
	k = sxy / sxx
	a := my - k*mx
	var rest float64
	for _, p := range points {
		d := math.Log(p.cost) - a - k*math.Log(p.work)
		rest += d * d
	}
	if n > 2 {
		err = math.Sqrt(rest / (n - 2) / sxx)
	}
	return k, math.Exp(a), err
}

// csv is every point of every series.
func csv(list []*series) string {
	var b strings.Builder
	b.WriteString("series,work,work_of,cost,unit\n")
	for _, s := range list {
		for _, p := range s.points {
			fmt.Fprintf(&b, "%s,%.0f,%s,%.6g,%s\n", s.key, p.work, s.work, p.cost, s.unit)
		}
	}
	return b.String()
}

// readme explains the series.
func readme(list []*series, machine string) string {
	var b strings.Builder
	b.WriteString("# How the cost grows\n\nWritten by `make bench-scale` on " + machine + ". Each point is the median of several runs, or one where a " +
		"run takes long. The exponent is the slope of the line through the logarithms, with its standard error: 1 means that twice the " +
		"work costs twice as much. All points are in `figures.csv`.\n\n| cost | work | from | to | exponent | at the largest |\n|---|---|---|---|---|---|\n")
	for _, s := range list {
		if len(s.points) < 2 {
			continue
		}
		k, _, err := fit(s.points)
		first, last := s.points[0], s.points[len(s.points)-1]
		fmt.Fprintf(&b, "| [%s](%s.svg) | %s | %.3g | %.3g | %.2f ± %.2f | %.3g %s |\n", s.title, s.key, s.work, first.work, last.work, k, err, last.cost, s.unit)
	}
	for _, s := range list {
		fmt.Fprintf(&b, "\n## %s\n\n![%s](%s.svg)\n\n%s\n", strings.ToUpper(s.title[:1])+s.title[1:], s.title, s.key, s.why)
		if s.ended != "" {
			fmt.Fprintf(&b, "\nIt ends where it does because %s.\n", s.ended)
		}
	}
	return b.String()
}

func TestFit(t *testing.T) {
	k, c, err := fit([]point{{10, 3 * math.Pow(10, 1.5)}, {100, 3 * math.Pow(100, 1.5)}, {1000, 3 * math.Pow(1000, 1.5)}})
	if math.Abs(k-1.5) > 1e-9 || math.Abs(c-3) > 1e-9 || err > 1e-9 {
		t.Errorf("3·n^1.5 is fitted as %v·n^%v ± %v", c, k, err)
	}
	if k, _, err := fit([]point{{1, 1}, {10, 20}, {100, 100}}); math.Abs(k-1) > 1e-9 || math.Abs(err-0.1737) > 1e-3 {
		t.Errorf("a line with a bump is fitted with %v ± %v", k, err)
	}
}
