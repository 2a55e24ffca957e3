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
}

// Report is every figure that the tables allow, and of those that they do not what they lack.
type Report struct {
	Figures []Figure // by measure, stage, element, subject and period
	Trends  []Trend
}

// magnetElements is the elements asked for when none is: those that magnets are made of.
func magnetElements() []element.Element {
	return []element.Element{element.Nd, element.Pr, element.Sm, element.Tb, element.Dy}
}

// New answers a question.
func New(q Question) Report {
	elements := magnetElements()
	if q.Element != element.None {
		elements = []element.Element{q.Element}
	}
	var all []Figure
	for _, part := range [][]Figure{news(), reliance(elements), importSources(), mined(elements), published(), capacities(elements), single(elements, q.Without),
		supplyRisk(elements), geoPolRisk(), cover(q.Stock, elements)} {
		all = append(all, part...)
	}
	all = slices.DeleteFunc(all, func(f Figure) bool { return q.Stage != "" && f.Stage != q.Stage })
	slices.SortStableFunc(all, func(x, y Figure) int {
		return slices.Index(Measures(), x.Measure) - slices.Index(Measures(), y.Measure)
	})
	return Report{Figures: all, Trends: trends(all)}
}
