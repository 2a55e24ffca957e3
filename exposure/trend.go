package exposure

import (
	"math/big"
	"slices"
	"strings"
)

// Trend is one measure over the years, of one publisher.
type Trend struct {
	Of     Figure // the last of them
	Points []Figure
	// Direction is rising or falling when the last interval lies wholly above or below the first, level when both are one
	// value, else unclear.
	Direction string
	Change    [2]*big.Rat // between the last and the first, least and most
}

// trends is the measures that at least three years have a figure of.
func trends(all []Figure) (list []Trend) {
	type key struct {
		m         Measure
		s         Stage
		e         string
		by, whose string
		publisher string
	}
	groups := map[key][]Figure{}
	var order []key
	for _, f := range all {
		if !f.Computable() || len(f.Period) != 4 || strings.Contains(f.Period, "-") || f.Measure == News {
			continue
		}
		k := key{f.Measure, f.Stage, f.Element.Symbol(), f.By, f.Subject, f.Publisher}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	for _, k := range order {
		g := groups[k]
		slices.SortStableFunc(g, func(x, y Figure) int { return strings.Compare(x.Period, y.Period) })
		first, last := g[0], g[len(g)-1]
		if len(g) < 3 && !(len(g) == 2 && first.Period != last.Period && last.Period > "2026") {
			continue // two years are no trend, but an outlook beside what is
		}
		t := Trend{Of: last, Points: g, Direction: "unclear", Change: [2]*big.Rat{sub(last.Low, first.High), sub(last.High, first.Low)}}
		switch {
		case last.Low.Cmp(first.High) > 0:
			t.Direction = "rising"
		case last.High.Cmp(first.Low) < 0:
			t.Direction = "falling"
		case first.Exact() && last.Exact():
			t.Direction = "level"
		}
		list = append(list, t)
	}
	return list
}
