package exposure

import (
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// Question is what is asked.
type Question struct {
	Element element.Element  // None: all; else figures of it, and beside them those of all rare earths together
	Stage   Stage            // "": all
	Without []supply.Country // countries that are not counted on, for single points of failure
	Stock   string           // t REO of compounds and metals in the country's hands; "" not known
	Year    string           // one of Years: every figure as of it; "" every year, and what is of one year alone as of the last
}

// Report is every figure that the tables allow, and of those that they do not what they lack.
type Report struct {
	Year    string   // that was asked for
	Figures []Figure // by measure, stage, element, subject and period
	Trends  []Trend  // up to the year
}

// magnetElements is the elements asked for when none is: those that magnets are made of.
func magnetElements() []element.Element {
	return []element.Element{element.Nd, element.Pr, element.Sm, element.Tb, element.Dy}
}

// New answers a question from the embedded tables.
func New(q Question) Report { return embedded().answer(q) }

func (t tables) answer(q Question) Report {
	elements, at := magnetElements(), q.Year
	if q.Element != element.None {
		elements = []element.Element{q.Element}
	}
	if at == "" {
		at = t.lastUse()
	}
	var all []Figure
	for _, part := range [][]Figure{t.news(at), t.reliance(elements, at), t.importSources(at), t.mined(elements, at), t.published(), t.capacities(elements),
		t.single(elements, q.Without), t.supplyRisk(elements), t.geoPolRisk(at), t.cover(q.Stock, elements, at)} {
		all = append(all, part...)
	}
	all = slices.DeleteFunc(all, func(f Figure) bool { return q.Stage != "" && f.Stage != q.Stage })
	past := all
	if q.Year != "" {
		past = slices.DeleteFunc(slices.Clone(all), func(f Figure) bool { return isYear(f.Period) && f.Period > q.Year })
		all = asOf(all, q.Year)
	}
	for _, list := range [][]Figure{all, past} {
		slices.SortStableFunc(list, func(x, y Figure) int {
			return slices.Index(Measures(), x.Measure) - slices.Index(Measures(), y.Measure)
		})
	}
	return Report{Year: q.Year, Figures: all, Trends: trends(past)}
}
