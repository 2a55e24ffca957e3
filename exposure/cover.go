package exposure

import (
	"lodestone/element"
)

// cover is how many weeks a stock lasts at the use of 2024, and how many if only what came from China were missing.
func cover(stock string, elements []element.Element) (list []Figure) {
	c, _ := us(used, "2024")
	china, _ := us(fromStart+"China", "2020-2023")
	p, _ := us(made, "2024")
	all := Figure{Measure: Cover, Stage: Compounds, Subject: "US, nothing comes in and nothing is made", Period: "2024", Unit: "weeks", Rows: []Row{salientRow(c)}}
	part := Figure{Measure: Cover, Stage: Compounds, Subject: "US, nothing comes from China directly", Period: "2024", Unit: "weeks", Rows: []Row{salientRow(c), salientRow(p), salientRow(china)}}
	week := over(number(c.Value), whole(52))
	if s := number(stock); s != nil {
		all.set(over(s, week))
		all.Formula = stock + " t ÷ (" + c.Value + " t ÷ 52)"
		lost := mul(mul(week, over(sub(number(c.Value), number(p.Value)), number(c.Value))), over(number(china.Value), whole(100)))
		part.set(over(s, lost))
		part.Formula = stock + " t ÷ (" + c.Value + " − " + p.Value + " t) × " + china.Value + " % ÷ 52"
		part.Notes = []string{"the share of China in imports is that of 2020-2023"}
	} else {
		all.Needs = []string{"stocks in the country, in t REO of compounds and metals: give them with --stock"}
		part.Needs = all.Needs
	}
	list = append(list, all, part)
	for _, e := range elements {
		list = append(list, Figure{Measure: Cover, Stage: Compounds, Element: e, Subject: "US", Period: "2024", Unit: "weeks",
			Needs: []string{"stocks and use of each element apart"}})
	}
	return list
}
