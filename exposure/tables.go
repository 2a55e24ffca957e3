package exposure

import (
	"slices"

	"lodestone/atlas"
)

// tables is what figures are worked out from.
type tables struct {
	salient    []atlas.Salient
	mine       []atlas.Figure // mine production
	shares     []atlas.Figure
	governance []atlas.Governance
	facilities []atlas.Facility
}

func embedded() tables {
	return tables{atlas.SalientUS(), atlas.MineProduction(), atlas.CountryShares(), atlas.GovernanceScores(), atlas.Facilities()}
}

// us is the row of an item of the United States in a year, and false when the tables have none.
func (t tables) us(item, year string) (atlas.Salient, bool) {
	i := slices.IndexFunc(t.salient, func(s atlas.Salient) bool { return s.Item == item && s.Year == year })
	if i < 0 {
		return atlas.Salient{}, false
	}
	return t.salient[i], true
}

// years is the years that the tables have one of the items for, in order.
func (t tables) years(items ...string) (list []string) {
	for _, s := range t.salient {
		if slices.Contains(items, s.Item) {
			list = append(list, s.Year)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lastUse is the last year whose use and production the tables have: that of figures which nobody asked another year for.
func (t tables) lastUse() string {
	last := ""
	for _, year := range t.years(used) {
		if p, ok := t.us(made, year); ok && number(p.Value) != nil {
			last = year
		}
	}
	return last
}

// sources is where imports come from: the rows of the latest period that begins no later than a year.
func (t tables) sources(year string) (list []atlas.Salient) {
	for _, s := range t.salient {
		if _, ok := source(s); !ok || s.Year[:4] > year {
			continue
		}
		if len(list) > 0 && s.Year > list[0].Year {
			list = nil
		}
		if len(list) == 0 || s.Year == list[0].Year {
			list = append(list, s)
		}
	}
	return list
}

// isYear tells whether a period is one year.
func isYear(period string) bool { return len(period) == 4 && number(period) != nil }
