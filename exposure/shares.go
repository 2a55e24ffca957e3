package exposure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
)

// spread is the shares that make up a total, with what of it is not allocated to anybody.
type spread struct {
	period    string
	publisher string
	shares    []*big.Rat
	rest      *big.Rat // nil: nothing
	bounded   bool     // a share is only bounded
	rows      []Row
}

// figure is the concentration of a spread: what is not allocated is many small ones at the least, all one at the most.
func (s *spread) figure(stage Stage, by string) Figure {
	f := Figure{Measure: HHI, Stage: stage, By: by, Subject: "world", Period: s.period, Unit: "of 1", Publisher: s.publisher, Rows: s.rows}
	sum := new(big.Rat)
	for _, x := range s.shares {
		sum = add(sum, square(x))
	}
	f.Low, f.High = sum, sum
	f.Formula = fmt.Sprintf("Σ share² over %d", len(s.shares))
	if s.rest != nil && s.rest.Sign() > 0 {
		f.High = add(sum, square(s.rest))
		f.Formula += fmt.Sprintf(", and the other %s %%: nothing if of many, its square if of one", mul(s.rest, whole(100)).FloatString(1))
	}
	return f
}

// country is a country that a table names, and false when the text names none, as World or Other.
func country(name string) (supply.Country, bool) {
	c, err := supply.ParseCountry(name)
	return c, err == nil
}

func figureRow(table string, x atlas.Figure) Row {
	return Row{Table: table, Line: x.Line, What: strings.TrimSpace(x.Country + " " + x.Stage + " " + x.Year), Value: x.Value, Unit: x.Unit, Sources: x.Sources, Evidence: x.Evidence}
}

// production is the mine production of a year: by country, the total, and what is of no country named.
type production struct {
	year  string
	of    map[string]*big.Rat
	order []string
	world *big.Rat // as the table has it, rounded
	total *big.Rat // that, or the sum of the rows where it is greater
	rest  *big.Rat
	rows  map[string]Row // of each country, and of "" the total
}

// mineYear is the production of a year; nil when the table has no world total of it.
func mineYear(year string) *production {
	p := &production{year: year, of: map[string]*big.Rat{}, rows: map[string]Row{}}
	named, other, world := new(big.Rat), new(big.Rat), (*big.Rat)(nil)
	for _, x := range atlas.MineProduction() {
		v := number(x.Value)
		if x.Year != year || x.Kind == "reserves" || v == nil {
			continue
		}
		row := figureRow("mine_production", x)
		if _, ok := country(x.Country); ok {
			p.of[x.Country], p.rows[x.Country] = v, row
			p.order = append(p.order, x.Country)
			named = add(named, v)
		} else if strings.HasPrefix(x.Country, "World") {
			world, p.rows[""] = v, row
		} else {
			other = add(other, v)
			p.rows[x.Country] = row
		}
	}
	if world == nil {
		return nil
	}
	p.world, p.total = world, add(named, other)
	if world.Cmp(p.total) > 0 {
		p.total = world
	}
	p.rest = sub(p.total, named)
	slices.SortFunc(p.order, func(a, b string) int { return p.of[b].Cmp(p.of[a]) })
	return p
}

func mineYears() []string { return []string{"2020", "2021", "2022", "2023", "2024", "2025"} }

// all is the rows of a year's production, the countries by size and then the rest.
func (p *production) all() (list []Row) {
	for _, c := range p.order {
		list = append(list, p.rows[c])
	}
	for _, name := range []string{"Other", ""} {
		if r, ok := p.rows[name]; ok {
			list = append(list, r)
		}
	}
	return list
}

// mined is the shares of countries in mine production by year, and how concentrated it is.
func mined(elements []element.Element) (list []Figure) {
	for _, year := range mineYears() {
		p := mineYear(year)
		if p == nil {
			continue
		}
		sum := spread{period: year, publisher: "mine production", rest: over(p.rest, p.total), rows: p.all()}
		for i, c := range p.order {
			share := over(p.of[c], p.total)
			sum.shares = append(sum.shares, share)
			if i >= 4 { // the four greatest are told one by one
				continue
			}
			f := Figure{Measure: Share, Stage: Mining, By: "country", Subject: c, Period: year, Unit: "%", Publisher: "mine production",
				Formula: fmt.Sprintf("%s ÷ %s t", p.of[c].FloatString(0), p.total.FloatString(0)), Rows: []Row{p.rows[c], p.rows[""]}}
			f.set(mul(share, whole(100)))
			if p.world.Cmp(p.total) < 0 {
				f.Rows = p.all()
				f.Notes = append(f.Notes, fmt.Sprintf("of the sum of the rows; of the table's rounded world total, %s t, it is %s %%", p.world.FloatString(0), percent(p.of[c], p.world).FloatString(1)))
			}
			list = append(list, f)
		}
		list = append(list, sum.figure(Mining, "country"))
	}
	for _, by := range []string{"owner", "facility"} {
		list = append(list, Figure{Measure: HHI, Stage: Mining, By: by, Subject: "world", Period: "2024", Unit: "of 1",
			Needs: []string{"the production of each mine, and who owns it"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: Share, Stage: Mining, Element: e, By: "country", Subject: "each country", Period: "2024", Unit: "%",
			Needs: []string{"the share of each element in the rare earths of each deposit, and the production of each mine"}})
	}
	return list
}

// stageWord is the stage that a table of shares names.
func stageWord(text string) (Stage, bool) {
	switch text {
	case "mining", "mining (all REE)", "mined", "mine production":
		return Mining, true
	case "refining", "processing":
		return Refining, true
	case "sintered magnets":
		return Magnets, true
	}
	return "", false
}

// published is the shares of countries as they were published: shares of one publisher, stage and year belong together, and
// those of two are not joined.
func published() (list []Figure) {
	type key struct {
		publisher string
		stage     Stage
		year      string
	}
	groups := map[key]*spread{}
	var order []key
	for _, x := range atlas.CountryShares() {
		stage, ok := stageWord(x.Stage)
		v := number(x.Value)
		if _, named := country(x.Country); !ok || !named || v == nil || !strings.HasPrefix(x.Unit, "%") {
			continue
		}
		row := figureRow("country_shares", x)
		f := Figure{Measure: Share, Stage: stage, By: "country", Subject: x.Country, Period: x.Year, Unit: "%", Publisher: x.Kind, Rows: []Row{row}}
		f.set(v)
		if note := strings.TrimSpace(strings.TrimPrefix(x.Unit, "%")); note != "" {
			f.Notes = append(f.Notes, "as published: "+note)
		}
		if x.Year > lastYear {
			f.Notes = append(f.Notes, "an outlook")
		}
		above := strings.Contains(x.Unit, ">")
		if above {
			f.High = whole(100)
		}
		list = append(list, f)
		k := key{x.Kind, stage, x.Year}
		if groups[k] == nil {
			groups[k] = &spread{period: x.Year, publisher: x.Kind, rest: whole(1)}
			order = append(order, k)
		}
		g := groups[k]
		g.shares, g.rows = append(g.shares, over(v, whole(100))), append(g.rows, row)
		g.rest = sub(g.rest, over(v, whole(100)))
		g.bounded = g.bounded || above
	}
	for _, k := range order {
		g := groups[k]
		if g.bounded {
			list = append(list, Figure{Measure: HHI, Stage: k.stage, By: "country", Subject: "world", Period: k.year, Unit: "of 1", Publisher: k.publisher,
				Needs: []string{"a share that is a number and not a bound"}, Rows: g.rows})
			continue
		}
		list = append(list, g.figure(k.stage, "country"))
	}
	return list
}
