package exposure

import (
	"math/big"
	"slices"
	"strconv"
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
	Yearly    [2]*big.Rat // that, over the years between them
	Unknown   []string    // the years from the first asked about to the last that have no figure: not known, never nought
}

// trends is the measures that at least three years have a figure of.
func trends(all []Figure) (list []Trend) {
	groups := map[series][]Figure{}
	var order []series
	lacking := map[series][]string{}
	years := map[series][]string{} // that the like series have, of whomever
	like := func(k series) series { k.whose = ""; return k }
	for _, f := range all {
		if !isYear(f.Period) || f.Measure == News {
			continue
		}
		k := f.series()
		if f.Computable() && f.Period <= lastYear {
			years[like(k)] = append(years[like(k)], f.Period)
		}
		if !f.Computable() {
			lacking[k] = append(lacking[k], f.Period)
			continue
		}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	for _, k := range order {
		g := groups[k]
		slices.SortStableFunc(g, func(x, y Figure) int { return strings.Compare(x.Period, y.Period) })
		first, last := g[0], g[len(g)-1]
		if len(g) < 3 && !(len(g) == 2 && first.Period != last.Period && last.Period > lastYear) {
			continue // two years are no trend, but an outlook beside what is
		}
		t := Trend{Of: last, Points: g, Direction: "unclear", Change: [2]*big.Rat{sub(last.Low, first.High), sub(last.High, first.Low)}}
		between := year(last) - year(first)
		if between == 0 {
			continue
		}
		t.Yearly = [2]*big.Rat{over(t.Change[0], whole(between)), over(t.Change[1], whole(between))}
		t.Unknown = unknown(g, slices.Concat(lacking[k], years[like(k)]))
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

// year is the year of a figure whose period is one.
func year(f Figure) int64 {
	n, _ := strconv.ParseInt(f.Period, 10, 64)
	return n
}

// unknown is the years without a figure: those that were asked about in vain or that the like series have, and those between
// two points up to the last that is no outlook.
func unknown(points []Figure, list []string) []string {
	for i := 1; i < len(points); i++ {
		if points[i].Period > lastYear {
			continue
		}
		for y := year(points[i-1]) + 1; y < year(points[i]); y++ {
			list = append(list, strconv.FormatInt(y, 10))
		}
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(y string) bool {
		return slices.ContainsFunc(points, func(f Figure) bool { return f.Period == y })
	})
}
