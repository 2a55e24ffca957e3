package exposure

import (
	"fmt"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
)

const salientTable = "usgs_salient_us"

func salientRow(s atlas.Salient) Row {
	return Row{Table: salientTable, Line: s.Line, What: s.Item + " " + s.Year, Value: s.Value, Unit: s.Unit, Sources: s.Sources, Evidence: s.Evidence}
}

// us is the row of an item in a year, and false when the table has none.
func us(item, year string) (atlas.Salient, bool) {
	for _, s := range atlas.SalientUS() {
		if s.Item == item && s.Year == year {
			return s, true
		}
	}
	return atlas.Salient{}, false
}

const (
	made      = "production, compounds and metals"
	used      = "apparent consumption, compounds and metals"
	told      = "net import reliance, compounds and metals"
	fromStart = "import source share, compounds and metals: "
)

// rests puts a cell of the table among the rows of a figure, and tells whether it holds a number: one that is not there, or is
// withheld (W), is needed and not known, never nought.
func (f *Figure) rests(x atlas.Salient, there bool, what string) bool {
	if !there {
		f.Needs = append(f.Needs, what)
		return false
	}
	f.Rows = append(f.Rows, salientRow(x))
	if number(x.Value) == nil {
		f.Needs = append(f.Needs, what+": the table has "+x.Value)
		return false
	}
	return true
}

// reliance is the net import reliance of the United States by year, and by element where the tables allow it.
func reliance(elements []element.Element) (list []Figure) {
	for _, year := range []string{"2020", "2021", "2022", "2023", "2024", "2025"} {
		f := Figure{Measure: Reliance, Stage: Compounds, Subject: "US", Period: year, Unit: "%"}
		p, havePro := us(made, year)
		c, haveUse := us(used, year)
		for _, s := range atlas.SalientUS() {
			if (s.Item == told || s.Item == "net import reliance") && s.Year == year {
				f.Published += map[bool]string{true: "; "}[f.Published != ""] + s.Value + " " + s.Unit + " [" + strings.Join(s.Sources, "; ") + "]"
			}
		}
		producing := f.rests(p, havePro, made+" in "+year)
		using := f.rests(c, haveUse, used+" in "+year)
		if producing && using {
			f.set(percent(sub(number(c.Value), number(p.Value)), number(c.Value)))
			f.Formula = fmt.Sprintf("(%s − %s) ÷ %s", c.Value, p.Value, c.Value)
		}
		if revised, ok := us(made+" ("+year+" revised)", year); ok {
			f.Notes = append(f.Notes, fmt.Sprintf("production was revised to %s %s [%s], and the consumption that goes with it is not in the tables: the two vintages are not joined",
				revised.Value, revised.Unit, strings.Join(revised.Sources, "; ")))
		}
		list = append(list, f)
	}
	mined := Figure{Measure: Reliance, Stage: Mining, Subject: "US", Period: "2024", Unit: "%",
		Needs: []string{"imports of mineral concentrates", "exports of ores apart from compounds"}}
	for _, item := range []string{"production, mineral concentrates", "exports, ores and compounds"} {
		if s, ok := us(item, "2024"); ok {
			mined.Rows = append(mined.Rows, salientRow(s))
		}
	}
	mined.Notes = []string{"ores and compounds exported come to nearly all that is mined: at this stage the country is a net exporter in all likelihood, but the tables count ores with compounds"}
	list = append(list, mined)
	for _, stage := range []Stage{Metals, Magnets} {
		list = append(list, Figure{Measure: Reliance, Stage: stage, Subject: "US", Period: "2024", Unit: "%",
			Needs: []string{"production, imports, exports and use of " + string(stage) + " apart"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: Reliance, Stage: Compounds, Element: e, Subject: "US", Period: "2024", Unit: "%",
			Needs: []string{"production, imports, exports and use of each element apart: trade is counted in rare earths together"}})
	}
	return list
}

// importSources is where the imports of the United States come from, and how concentrated that is.
func importSources() (list []Figure) {
	sum := spread{}
	for _, s := range atlas.SalientUS() {
		who, ok := strings.CutPrefix(s.Item, fromStart)
		if !ok {
			continue
		}
		f := Figure{Measure: ImportFrom, Stage: Compounds, By: "country", Subject: who, Period: s.Year, Unit: "%", Rows: []Row{salientRow(s)}}
		f.set(number(s.Value))
		list = append(list, f)
		sum.period = s.Year
		sum.rows = append(sum.rows, salientRow(s))
		if who == "Other" {
			sum.rest = over(number(s.Value), whole(100))
		} else {
			sum.shares = append(sum.shares, over(number(s.Value), whole(100)))
		}
	}
	h := sum.figure(Compounds, "country")
	h.Subject = "imports of the US"
	return append(list, h)
}

// news is the two figures that everybody quotes, worked out anew, with their periods.
func news() []Figure {
	p, _ := us(made, "2024")
	c, _ := us(used, "2024")
	china, _ := us(fromStart+"China", "2020-2023")
	imported := percent(sub(number(c.Value), number(p.Value)), number(c.Value))
	eighty := Figure{Measure: News, Stage: Compounds, Subject: "the 80 %: what the US imports of what it uses", Period: "2024", Unit: "%", Published: "80",
		Formula: fmt.Sprintf("(%s − %s) ÷ %s", c.Value, p.Value, c.Value), Rows: []Row{salientRow(c), salientRow(p)},
		Notes: []string{"net import reliance of compounds and metals in one year, an estimate; in 2021 to 2023 it was above 95"}}
	eighty.set(imported)
	seventy := Figure{Measure: News, Stage: Compounds, Subject: "the 70 %: what comes from China of what is imported", Period: china.Year, Unit: "%", Published: "70",
		Rows: []Row{salientRow(china)}, Notes: []string{"a mean of four years, the last before the year of the 80 %; by the country it was shipped from"}}
	seventy.set(number(china.Value))
	both := Figure{Measure: News, Stage: Compounds, Subject: "both together: what comes from China directly of what is used", Period: "2024 and " + china.Year, Unit: "%",
		Formula: imported.FloatString(1) + " % × " + china.Value + " %", Rows: []Row{salientRow(c), salientRow(p), salientRow(china)},
		Notes: []string{"of two periods, so no more than a sign; what Malaysia, Japan and Estonia make of Chinese feed is not in it"}}
	both.set(mul(imported, over(number(china.Value), whole(100))))
	return []Figure{eighty, seventy, both}
}
