package exposure

import (
	"fmt"
	"math/big"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
)

const lastGoverned = "2021" // the last year of the table

// risk is how a country is governed in a year, 0 to 10, higher worse; of a later year than the table has, its last. nil
// when the table lacks the country.
func risk(c supply.Country, year string) (*big.Rat, Row) {
	if year > lastGoverned {
		year = lastGoverned
	}
	for _, g := range atlas.GovernanceScores() {
		if code, ok := country(g.Country); ok && code == c && g.Year == year {
			return number(g.Risk), Row{Table: "wgi_mean6", Line: g.Line, What: g.Country + " " + g.Year, Value: g.Risk, Unit: "0 to 10", Sources: g.Sources, Evidence: g.Evidence}
		}
	}
	return nil, Row{}
}

// euInputs is what the method asks for and no table has.
func euInputs() []string {
	return []string{"where the EU's own supply comes from (HHI EU)", "the EU's imports, exports and production (IR)", "the end-of-life recycling input rate (EoL-RIR)",
		"the index of substitution (SI)", "the trade factor t of each country for rare earths"}
}

// supplyRisk is what the tables allow of the EU's supply risk: the part of the world's supply, weighted by governance, without
// the trade factor; the risk itself lacks inputs.
func supplyRisk(elements []element.Element) (list []Figure) {
	for _, year := range []string{"2020", "2021", "2024"} {
		p := mineYear(year)
		shares := map[string]*big.Rat{}
		for _, c := range p.order {
			shares[c] = over(p.of[c], p.total)
		}
		list = append(list, governed(Mining, year, "mine production", p.order, shares, over(p.rest, p.total), p.all()))
	}
	var order []string
	shares := map[string]*big.Rat{}
	rest := whole(1)
	var rows []Row
	for _, x := range atlas.CountryShares() {
		if x.Kind == "IEA" && x.Stage == "refining" && x.Year == "2023" {
			if _, ok := country(x.Country); ok {
				shares[x.Country] = over(number(x.Value), whole(100))
				order, rest = append(order, x.Country), sub(rest, shares[x.Country])
				rows = append(rows, figureRow("country_shares", x))
			}
		}
	}
	list = append(list, governed(Refining, "2023", "IEA", order, shares, rest, rows))
	for _, group := range [][2]string{{"LREE", "3.7"}, {"HREE", "5.1"}} {
		list = append(list, Figure{Measure: SupplyRisk, Stage: Refining, Subject: "SR of the " + group[0] + " group", Period: "2023 list", Unit: "0 to 10", Published: group[1] + ", the plain mean of its members",
			Needs: append(euInputs(), "shares of countries by element, mined and refined"), Notes: []string{"not fitted to the published value"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: SupplyRisk, Stage: Refining, Element: e, Subject: "SR", Period: "2023 list", Unit: "0 to 10",
			Needs: append(euInputs(), "shares of countries by element, mined and refined")})
	}
	return list
}

// governed is Σ share²·WGI. A country whose governance the table lacks may have any score, 0 to 10.
func governed(stage Stage, year, publisher string, order []string, shares map[string]*big.Rat, rest *big.Rat, rows []Row) Figure {
	f := Figure{Measure: SupplyRisk, Stage: stage, By: "country", Subject: "HHI of the world's supply weighted by governance, t left out", Period: year, Unit: "0 to 10", Publisher: publisher, Rows: rows}
	low, high := new(big.Rat), mul(square(rest), whole(10))
	var lacking []string
	for _, name := range order {
		c, _ := country(name)
		s := square(shares[name])
		w, row := risk(c, year)
		if w == nil {
			lacking = append(lacking, name)
			high = add(high, mul(s, whole(10)))
			continue
		}
		f.Rows = append(f.Rows, row)
		low, high = add(low, mul(s, w)), add(high, mul(s, w))
	}
	f.Low, f.High = low, high
	f.Formula = "Σ share² × WGI"
	if len(lacking) > 0 {
		f.Notes = append(f.Notes, "governance is not in the table, any score allowed: "+strings.Join(lacking, ", "))
	}
	if year > lastGoverned {
		f.Notes = append(f.Notes, "governance of "+lastGoverned+", the last in the table")
	}
	f.Notes = append(f.Notes, "a part of the method, no SR: that also lacks what the lines below name")
	return f
}

// geoPolRisk is the GeoPolRisk of the United States for compounds and metals, with the mean of six governance indicators in
// the place of political stability, and what the published form lacks.
func geoPolRisk() []Figure {
	f := Figure{Measure: GeoPol, Stage: Compounds, By: "country", Subject: "US, the mean of six governance indicators in the place of political stability", Period: "2024", Unit: "of 1"}
	imports := new(big.Rat)
	for _, item := range []string{"imports, compounds", "imports, ferrocerium/pyrophoric alloys", "imports, metals/alloys/Sc/Y"} {
		s, _ := us(item, "2024")
		imports = add(imports, number(s.Value))
		f.Rows = append(f.Rows, salientRow(s))
	}
	p, _ := us(made, "2024")
	f.Rows = append(f.Rows, salientRow(p))
	low, high := new(big.Rat), new(big.Rat)
	var lacking []string
	for _, s := range atlas.SalientUS() {
		who, ok := strings.CutPrefix(s.Item, fromStart)
		if !ok {
			continue
		}
		f.Rows = append(f.Rows, salientRow(s))
		share := over(number(s.Value), whole(100))
		c, named := country(who)
		w, row := (*big.Rat)(nil), Row{}
		if named {
			w, row = risk(c, "2024")
		}
		if w == nil {
			lacking = append(lacking, who)
			high = add(high, share)
			continue
		}
		f.Rows = append(f.Rows, row)
		g := over(w, whole(10))
		low, high = add(low, mul(share, g)), add(high, mul(share, g))
	}
	h := spread{rest: whole(1)}
	for _, x := range atlas.CountryShares() {
		if _, ok := country(x.Country); ok && x.Kind == "IEA" && x.Stage == "refining" && x.Year == "2023" {
			s := over(number(x.Value), whole(100))
			h.shares, h.rest = append(h.shares, s), sub(h.rest, s)
			f.Rows = append(f.Rows, figureRow("country_shares", x))
		}
	}
	hhi := h.figure(Refining, "country")
	part := over(imports, add(imports, number(p.Value)))
	f.Low, f.High = mul(mul(hhi.Low, part), low), mul(mul(hhi.High, part), high)
	f.Formula = fmt.Sprintf("HHI %s × %s ÷ (%s + %s) × Σ share·g", hhi.Text(), imports.FloatString(0), imports.FloatString(0), p.Value)
	f.Notes = []string{"HHI of refining in 2023, import shares of 2020-2023, governance of " + lastGoverned + ": the last of each",
		"g is not in the table, 0 to 1 allowed: " + strings.Join(lacking, ", ")}
	return []Figure{f, {Measure: GeoPol, Stage: Compounds, By: "country", Subject: "US, as its authors define it", Period: "2024", Unit: "of 1",
		Needs: []string{"political stability of each source (one of the six indicators apart)", "imports by country in one year"}}}
}
