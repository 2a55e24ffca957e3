package exposure

import (
	"fmt"
	"math/big"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
)

func salientRow(s atlas.Salient) Row {
	return Row{Table: s.Table, Line: s.Line, What: s.Item + " " + s.Year, Value: s.Value, Unit: s.Unit, Sources: s.Sources, Evidence: s.Evidence}
}

// Items of the table of the United States.
const (
	made      = "production, compounds and metals"
	madeAll   = made + ", with the compounds made in California that the row leaves out"
	used      = "apparent consumption, compounds and metals"
	told      = "net import reliance, compounds and metals"
	toldBare  = "net import reliance"
	toldMined = "net import reliance, mineral concentrates"
	fromStart = "import source share, compounds and metals: "
)

// source is the country, or Other, that a row has the share of in imports, and false for a row of another item.
func source(s atlas.Salient) (string, bool) { return strings.CutPrefix(s.Item, fromStart) }

// rests puts the cell of an item in a year among the rows of a figure and gives its number. One that is not there or holds
// none, as when it is withheld (W), is nil and a need: not known, never nought.
func (f *Figure) rests(t tables, item, year string) *big.Rat {
	s, ok := t.us(item, year)
	if !ok {
		f.Needs = append(f.Needs, item+" in "+year)
		return nil
	}
	return f.cell(s)
}

func (f *Figure) cell(s atlas.Salient) *big.Rat {
	f.Rows = append(f.Rows, salientRow(s))
	v := number(s.Value)
	if v == nil {
		need := s.Item + " in " + s.Year + ": the table has " + s.Value
		if s.Value == atlas.Withheld {
			need += ", withheld"
		}
		f.Needs = append(f.Needs, need)
	}
	return v
}

// fromChina is the share of China in imports, in percent, with its period.
func (f *Figure) fromChina(t tables, at string) (*big.Rat, string) {
	for _, s := range t.sources(at) {
		if who, _ := source(s); who == "China" {
			return f.cell(s), s.Year
		}
	}
	f.Needs = append(f.Needs, fromStart+"China, of a period that begins in "+at+" or before")
	return nil, ""
}

// publishedReliance is what was published of a net import reliance, every source of it.
func (t tables) publishedReliance(year string, items ...string) string {
	var list []string
	for _, item := range items {
		for _, s := range t.salient {
			if s.Item == item && s.Year == year {
				list = append(list, s.Value+" "+s.Unit+" ["+strings.Join(s.Sources, "; ")+"]")
			}
		}
	}
	return strings.Join(list, "; ")
}

// relies works out the net import reliance of compounds and metals in a year.
func (f *Figure) relies(t tables, year string) {
	p, c := f.rests(t, made, year), f.rests(t, used, year)
	if len(f.Needs) == 0 && c.Sign() > 0 {
		f.set(percent(sub(c, p), c))
		f.Formula = fmt.Sprintf("(%s − %s) ÷ %s t", text(c), text(p), text(c))
	}
}

// reliance is the net import reliance of the United States by year, and by element where the tables allow it.
func (t tables) reliance(elements []element.Element, at string) (list []Figure) {
	for _, year := range t.years(made, used, told, toldBare) {
		f := Figure{Measure: Reliance, Stage: Compounds, Subject: "US", Period: year, Unit: "%", Published: t.publishedReliance(year, told, toldBare)}
		f.relies(t, year)
		if revised, ok := t.us(made+" ("+year+" revised)", year); ok {
			f.Notes = append(f.Notes, fmt.Sprintf("production was revised to %s %s [%s], and the consumption that goes with it is not in the tables: the two vintages are not joined",
				revised.Value, revised.Unit, strings.Join(revised.Sources, "; ")))
		}
		list = append(list, f)
	}
	for _, year := range t.years(madeAll) {
		list = append(list, t.relianceOnAll(year))
	}
	mined := Figure{Measure: Reliance, Stage: Mining, Subject: "US", Period: at, Unit: "%", Published: t.publishedReliance(at, toldMined),
		Needs: []string{"imports of mineral concentrates", "exports of ores apart from compounds"}}
	for _, item := range []string{"production, mineral concentrates", "exports, ores and compounds"} {
		if s, ok := t.us(item, at); ok {
			mined.Rows = append(mined.Rows, salientRow(s))
		}
	}
	list = append(list, mined)
	for _, stage := range []Stage{Metals, Magnets} {
		list = append(list, Figure{Measure: Reliance, Stage: stage, Subject: "US", Period: at, Unit: "%",
			Needs: []string{"production, imports, exports and use of " + string(stage) + " apart"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: Reliance, Stage: Compounds, Element: e, Subject: "US", Period: at, Unit: "%",
			Needs: []string{"production, imports, exports and use of each element apart: trade is counted in rare earths together"}})
	}
	return list
}

// relianceOnAll is the net import reliance of a year beside all that is made, with what the USGS leaves out of its production.
func (t tables) relianceOnAll(year string) Figure {
	f := Figure{Measure: Reliance, Stage: Compounds, Subject: "US, with what the USGS leaves out of production", Period: year, Unit: "%"}
	p, c, all := f.rests(t, made, year), f.rests(t, used, year), f.rests(t, madeAll, year)
	if len(f.Needs) == 0 {
		net := sub(c, p)
		f.set(percent(net, add(net, all)))
		f.Formula = fmt.Sprintf("(%s − %s) ÷ (%s − %s + %s) t", text(c), text(p), text(c), text(p), text(all))
		f.Notes = []string{"net imports beside all compounds and metals that are made, if exports are taken off alike; the USGS publishes no reliance on that base"}
	}
	return f
}

// importSources is where the imports of the United States come from, and how concentrated that is.
func (t tables) importSources(at string) (list []Figure) {
	rows := t.sources(at)
	if len(rows) == 0 {
		return []Figure{{Measure: ImportFrom, Stage: Compounds, By: "country", Subject: "each country", Period: at, Unit: "%", Needs: []string{"shares of imports of a period that begins in " + at + " or before"}}}
	}
	sum := spread{stage: Compounds, period: rows[0].Year, rest: whole(1)}
	for _, s := range rows {
		who, _ := source(s)
		f := Figure{Measure: ImportFrom, Stage: Compounds, By: "country", Subject: who, Period: s.Year, Unit: "%"}
		v := f.cell(s)
		sum.rows = append(sum.rows, salientRow(s))
		if v != nil {
			f.set(v)
		}
		if who == "China" {
			f.Notes = []string{"with Hong Kong; by the country it was shipped from"}
		}
		list = append(list, f)
		if _, named := country(who); named && v != nil {
			sum.add(who, over(v, whole(100)), over(v, whole(100)))
		}
	}
	h := sum.concentration("country")
	h.Subject = "imports of the US"
	return append(list, h)
}

// news is the two figures that everybody quotes, worked out anew, with their periods.
func (t tables) news(at string) []Figure {
	quoted := func(item, year string) string {
		s, _ := t.us(item, year)
		return s.Value
	}
	eighty := Figure{Measure: News, Stage: Compounds, Subject: "what the US imports of what it uses (in the news: 80 %)", Period: at, Unit: "%", Published: quoted(told, at),
		Notes: []string{"net import reliance of compounds and metals in one year"}}
	eighty.relies(t, at)
	if all := t.relianceOnAll(at); all.Computable() {
		eighty.Notes = append(eighty.Notes, "the USGS leaves some compounds made in California out of production; with them it is "+all.Text()+" %, see net import reliance")
	}
	var others []string
	for _, year := range t.years(told) {
		if year != at {
			others = append(others, year+": "+quoted(told, year))
		}
	}
	eighty.Notes = append(eighty.Notes, "published for other years, %: "+strings.Join(others, ", "))
	seventy := Figure{Measure: News, Stage: Compounds, Subject: "what comes from China of what is imported (in the news: 70 %)", Unit: "%", Period: at}
	both := Figure{Measure: News, Stage: Compounds, Subject: "both together: what comes from China directly of what is used", Unit: "%", Period: at}
	both.relies(t, at)
	both.Low, both.High, both.Formula = nil, nil, ""
	if v, period := seventy.fromChina(t, at); v != nil {
		seventy.Period, seventy.Published = period, text(v)
		seventy.set(v)
		seventy.Notes = []string{"a mean over its own period, which is not that of the 80 %; with Hong Kong, by the country it was shipped from"}
	}
	if share, period := both.fromChina(t, at); len(both.Needs) == 0 {
		both.Period = at + " and " + period
		both.Formula = eighty.Text() + " % × " + text(share) + " %"
		both.set(mul(eighty.Low, over(share, whole(100))))
		both.Notes = []string{"of two periods, so no more than a sign; what Estonia, Japan and Malaysia make of ores and intermediates from China is not in it"}
	}
	return []Figure{eighty, seventy, both}
}
