package exposure

import (
	"slices"
	"strings"

	"lodestone/element"
)

// series is what the figures of several periods have in common.
type series struct {
	measure   Measure
	stage     Stage
	element   element.Element
	by, whose string
	publisher string
}

func (f *Figure) series() series {
	return series{f.Measure, f.Stage, f.Element, f.By, f.Subject, f.Publisher}
}

// Years is the years that figures can be asked for: those of which the tables allow some, outlooks apart.
func Years() (list []string) {
	for _, f := range New(Question{}).Figures {
		if f.Computable() && isYear(f.Period) && f.Period <= lastYear {
			list = append(list, f.Period)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// asOf is the figures of one year, and of what the tables have for other years only, what is missing. A figure whose period is
// several years stays: it was worked out for the year.
func asOf(all []Figure, year string) (list []Figure) {
	other := func(f Figure) bool { return f.Period == atlasPeriod || isYear(f.Period) && f.Period != year }
	there := map[series]bool{}
	for _, f := range all {
		if !other(f) {
			list = append(list, f)
			there[f.series()] = true
		}
	}
	periods := map[series][]string{}
	for _, f := range all {
		if k := f.series(); f.Computable() && !there[k] {
			periods[k] = append(periods[k], f.Period)
		}
	}
	for _, f := range all {
		k := f.series()
		slices.Sort(periods[k])
		needs := []string{"rows of " + year + ": the tables have " + strings.Join(periods[k], ", ")}
		switch {
		case f.Period == atlasPeriod:
			k = series{measure: f.Measure, stage: f.Stage, whose: "the plants of the atlas, by country, owner and facility"}
			needs = []string{"the plants as they were in " + year + ": the atlas tells the latest state of each"}
		case len(periods[k]) == 0:
			needs = append([]string{"rows of " + year}, f.Needs...)
		}
		if !there[k] {
			there[k] = true
			list = append(list, Figure{Measure: k.measure, Stage: k.stage, Element: k.element, By: k.by, Subject: k.whose, Period: year, Unit: f.Unit, Publisher: k.publisher, Needs: needs})
		}
	}
	return list
}
