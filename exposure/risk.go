package exposure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/supply"
)

// lastGoverned is the last year that the table of governance has.
func (t tables) lastGoverned() string {
	last := ""
	for _, g := range t.governance {
		if isYear(g.Year) {
			last = max(last, g.Year)
		}
	}
	return last
}

// risk is how a country is governed in a year, 0 to 10, higher worse: (2.5 − mean of the six WGI estimates) × 2, which is the
// scaling of the EU's method. Of a year later than the table has it is that of its last. nil when the table lacks the country:
// no other country stands in for it, and no middling score.
func (t tables) risk(c supply.Country, year string) (*big.Rat, Row) {
	year = min(year, t.lastGoverned())
	for _, g := range t.governance {
		if code, ok := country(g.Country); ok && code == c && g.Year == year {
			return number(g.Risk), Row{Table: "wgi_mean6", Line: g.Line, What: g.Country + " " + g.Year, Value: g.Risk, Unit: "0 to 10", Sources: g.Sources, Evidence: g.Evidence}
		}
	}
	return nil, Row{}
}

// governance is the risk of the countries of a figure, whose rows it joins; those that the table lacks are kept.
type governance struct {
	t       tables
	f       *Figure
	year    string
	lacking []string
}

// of is the risk of a country, least and most, 0 to 10: where the table lacks it any score is allowed.
func (g *governance) of(who string) (low, high *big.Rat) {
	c, _ := country(who)
	w, row := g.t.risk(c, g.year)
	if w == nil {
		g.lacking = append(g.lacking, who)
		return new(big.Rat), whole(10)
	}
	g.f.Rows = append(g.f.Rows, row)
	return w, w
}

// tell notes which countries the table of governance lacks, and of which year it is.
func (g *governance) tell(scale string) {
	if len(g.lacking) > 0 {
		g.f.Notes = append(g.f.Notes, "governance is not in the table, any from 0 to "+scale+" allowed: "+strings.Join(g.lacking, ", "))
	}
	if last := g.t.lastGoverned(); g.year > last {
		g.f.Notes = append(g.f.Notes, "governance of "+last+", the last in the table")
	}
}

// euInputs is what the method asks for and no table has.
func euInputs() []string {
	return []string{"where the EU's own supply comes from (HHI EU)", "the EU's imports, exports and production (IR)", "the end-of-life recycling input rate (EoL-RIR)",
		"the index of substitution (SI)", "the trade factor t of each country for rare earths", "shares of countries by element, mined and refined, of 2016 to 2020"}
}

// supplyRisk is what the tables allow of the EU's supply risk: the concentration of the world's supply, weighted by governance,
// without the trade factor (as if t were 1); the risk itself lacks inputs.
func (t tables) supplyRisk(elements []element.Element) (list []Figure) {
	for _, year := range t.mineYears() {
		p := t.mineYear(year)
		switch {
		case p == nil:
		case p.lacks() != nil:
			list = append(list, Figure{Measure: SupplyRisk, Stage: Mining, By: "country", Subject: euPart, Period: year, Unit: "0 to 10", Publisher: minePublisher, Needs: p.lacks(), Rows: p.all()})
		default:
			s := p.spread()
			list = append(list, t.governed(&s))
		}
	}
	for _, s := range t.spreads() {
		if s.stage == Refining && s.period <= lastYear {
			list = append(list, t.governed(s))
		}
	}
	for _, group := range [][2]string{{"LREE", "3.7"}, {"HREE", "5.1"}} {
		list = append(list, Figure{Measure: SupplyRisk, Stage: Refining, Subject: "SR of the " + group[0] + " group", Period: "2023 list", Unit: "0 to 10", Published: group[1] + ", the plain mean of its members",
			Needs: euInputs(), Notes: []string{"not fitted to the published value"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: SupplyRisk, Stage: Refining, Element: e, Subject: "SR", Period: "2023 list", Unit: "0 to 10",
			Needs: euInputs()})
	}
	return list
}

const euPart = "HHI of the world's supply weighted by governance, t left out"

// governed is Σ share²·WGI.
func (t tables) governed(s *spread) Figure {
	f := Figure{Measure: SupplyRisk, Stage: s.stage, By: "country", Subject: euPart, Period: s.period, Unit: "0 to 10", Publisher: s.publisher,
		Rows: slices.Clone(s.rows), Notes: slices.Clone(s.notes), Formula: "Σ share² × WGI"}
	g := governance{t: t, f: &f, year: s.period}
	f.Low, f.High = s.bounds(g.of, whole(10))
	g.tell("10")
	f.Notes = append(f.Notes, "a part of the method, no SR: that also lacks what the lines below name")
	return f
}

// geoPolRisk is the GeoPolRisk of the United States for compounds and metals in a year, with the mean of six governance
// indicators in the place of political stability, and what the published form lacks.
func (t tables) geoPolRisk(at string) []Figure {
	f := Figure{Measure: GeoPol, Stage: Compounds, By: "country", Subject: "US, the mean of six governance indicators in the place of political stability", Period: at, Unit: "0 to 1"}
	authors := Figure{Measure: GeoPol, Stage: Compounds, By: "country", Subject: "US, as its authors define it", Period: at, Unit: "0 to 1",
		Needs: []string{"political stability and absence of violence of each source (one of the six indicators apart)", "imports by country in one year"}}
	imports := new(big.Rat)
	for _, item := range []string{"imports, compounds", "imports, ferrocerium/pyrophoric alloys", "imports, metals/alloys/Sc/Y"} {
		if v := f.rests(t, item, at); v != nil {
			imports = add(imports, v)
		}
	}
	p := f.rests(t, made, at)
	var hhi *spread // the last of the publisher that is no later
	for _, s := range t.spreads() {
		if s.publisher == "IEA" && s.stage == Refining && s.period <= at && (hhi == nil || s.period > hhi.period) {
			hhi = s
		}
	}
	rows := t.sources(at)
	if hhi == nil {
		f.Needs = append(f.Needs, "shares of countries in refining in "+at+" or before (IEA)")
	}
	if len(rows) == 0 {
		f.Needs = append(f.Needs, "shares of imports of a period that begins in "+at+" or before")
	}
	if len(f.Needs) > 0 {
		return []Figure{f, authors}
	}
	// What has no governance in the table, or no share, may come from anywhere: 0 to 1.
	g := governance{t: t, f: &f, year: at}
	low, open := new(big.Rat), whole(1)
	for _, s := range rows {
		f.Rows = append(f.Rows, salientRow(s))
		who, _ := source(s)
		v := number(s.Value)
		if _, named := country(who); !named || v == nil {
			g.lacking = append(g.lacking, who)
			continue
		}
		if least, most := g.of(who); least.Cmp(most) == 0 {
			share := over(v, whole(100))
			low, open = add(low, mul(share, over(least, whole(10)))), sub(open, share)
		}
	}
	f.Rows = append(f.Rows, hhi.rows...)
	h := hhi.concentration("country")
	inward := over(imports, add(imports, p))
	f.Low, f.High = mul(mul(h.Low, inward), low), mul(mul(h.High, inward), add(low, open))
	f.Formula = fmt.Sprintf("HHI %s × %s ÷ (%s + %s) × Σ share·g %s to %s", h.Text(), text(imports), text(imports), text(p), low.FloatString(2), add(low, open).FloatString(2))
	f.Notes = []string{"HHI of refining in " + hhi.period + ", import shares of " + rows[0].Year + ": the authors take one year, and their HHI of what is mined"}
	g.tell("1")
	return []Figure{f, authors}
}
