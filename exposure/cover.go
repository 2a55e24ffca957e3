package exposure

import (
	"fmt"

	"lodestone/element"
)

// cover is how many weeks a stock lasts at the use of a year, and how many if only what came from China were missing.
func (t tables) cover(stock string, elements []element.Element, at string) (list []Figure) {
	all := Figure{Measure: Cover, Stage: Compounds, Subject: "US, nothing comes in and nothing is made", Period: at, Unit: "weeks"}
	part := Figure{Measure: Cover, Stage: Compounds, Subject: "US, nothing comes from China directly", Period: at, Unit: "weeks"}
	s := number(stock)
	if s == nil {
		all.Needs = []string{"stocks in the country, in t REO of compounds and metals: give them with --stock"}
		part.Needs = []string{all.Needs[0]}
	}
	c := all.rests(t, used, at)
	if all.Needs == nil && c.Sign() > 0 {
		all.set(over(s, over(c, whole(52))))
		all.Formula = stock + " t ÷ (" + c.FloatString(0) + " t ÷ 52)"
	}
	c, p := part.rests(t, used, at), part.rests(t, made, at)
	china, period := part.fromChina(t, at)
	if part.Needs == nil {
		lost := mul(sub(c, p), over(china, whole(100))) // in a year
		part.Formula = fmt.Sprintf("%s t ÷ ((%s − %s) t × %s %% ÷ 52)", stock, c.FloatString(0), p.FloatString(0), text(china))
		part.Notes = []string{"the share of China in imports is that of " + period + ", and is taken of net imports"}
		if lost.Sign() > 0 {
			part.set(over(s, over(lost, whole(52))))
		} else {
			part.Needs = []string{"net imports: in " + at + " there were none to lose"}
		}
	}
	list = append(list, all, part)
	for _, e := range elements {
		list = append(list, Figure{Measure: Cover, Stage: Compounds, Element: e, Subject: "US", Period: at, Unit: "weeks",
			Needs: []string{"stocks and use of each element apart"}})
	}
	return list
}
