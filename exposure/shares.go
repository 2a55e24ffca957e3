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

// part is the share of one country in a total, 0 to 1: between low and high.
type part struct {
	who       string
	low, high *big.Rat
}

// spread is the shares that make up a total of one period, with what of it belongs to nobody who is named.
type spread struct {
	stage     Stage
	period    string
	publisher string
	parts     []part
	rest      *big.Rat // at the most
	rows      []Row
	notes     []string
}

// add puts a country to a spread, and takes the least that it has from the rest.
func (s *spread) add(who string, low, high *big.Rat) {
	s.parts, s.rest = append(s.parts, part{who, low, high}), sub(s.rest, low)
	if s.rest.Sign() < 0 {
		s.rest = new(big.Rat) // rounded shares may come to more than all
	}
}

// bounds is Σ share²·weight, least and most, for weights between 0 and a greatest one. What belongs to nobody named is many
// small ones of no weight at the least, and all one of the greatest at the most.
func (s *spread) bounds(weight func(who string) (low, high *big.Rat), greatest *big.Rat) (low, high *big.Rat) {
	low, high = new(big.Rat), mul(square(s.rest), greatest)
	for _, p := range s.parts {
		least, most := weight(p.who)
		low, high = add(low, mul(square(p.low), least)), add(high, mul(square(p.high), most))
	}
	if high.Cmp(greatest) > 0 {
		high = greatest
	}
	return low, high
}

// concentration is the HHI of a spread.
func (s *spread) concentration(by string) Figure {
	f := Figure{Measure: HHI, Stage: s.stage, By: by, Subject: "world", Period: s.period, Unit: "0 to 1", Publisher: s.publisher, Rows: s.rows, Notes: s.notes}
	one := whole(1)
	f.Low, f.High = s.bounds(func(string) (*big.Rat, *big.Rat) { return one, one }, one)
	f.Formula = fmt.Sprintf("Σ share² over %d named", len(s.parts))
	if s.rest.Sign() > 0 {
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
	year     string
	of       map[string]*big.Rat
	order    []string
	withheld []string // countries whose production the table keeps back
	world    *big.Rat // as the table has it, rounded
	total    *big.Rat // that, or the sum of the rows where it is greater; nil where a row is withheld and the two leave no room for it
	rest     *big.Rat
	rows     map[string]Row // of each country, and of "" the total
}

// mineYear is the production of a year; nil when the table has no world total of it.
func (t tables) mineYear(year string) *production {
	p := &production{year: year, of: map[string]*big.Rat{}, rows: map[string]Row{}}
	named, other := new(big.Rat), new(big.Rat)
	for _, x := range t.mine {
		if x.Year != year || x.Kind == "reserves" {
			continue
		}
		v, row := number(x.Value), figureRow("mine_production", x)
		_, isCountry := country(x.Country)
		switch {
		case strings.HasPrefix(x.Country, "World"):
			p.world, p.rows[""] = v, row
		case v == nil:
			p.withheld, p.rows[x.Country] = append(p.withheld, x.Country), row
		case isCountry:
			p.of[x.Country], p.rows[x.Country] = v, row
			p.order = append(p.order, x.Country)
			named = add(named, v)
		default:
			other = add(other, v)
			p.rows[x.Country] = row
		}
	}
	if p.world == nil {
		return nil
	}
	slices.SortStableFunc(p.order, func(a, b string) int { return p.of[b].Cmp(p.of[a]) })
	sum := add(named, other)
	switch {
	case p.world.Cmp(sum) > 0:
		p.total = p.world
	case len(p.withheld) == 0:
		p.total = sum
	default:
		return p
	}
	p.rest = sub(p.total, named)
	return p
}

func (t tables) mineYears() (list []string) {
	for _, x := range t.mine {
		if x.Kind != "reserves" {
			list = append(list, x.Year)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// all is the rows of a year's production, the countries by size and then the rest.
func (p *production) all() (list []Row) {
	for _, c := range slices.Concat(p.order, p.withheld, []string{"Other", ""}) {
		if r, ok := p.rows[c]; ok && !slices.ContainsFunc(list, func(x Row) bool { return x.Line == r.Line }) {
			list = append(list, r)
		}
	}
	return list
}

// lacks is what a year needs whose withheld rows leave the total open, nil otherwise.
func (p *production) lacks() []string {
	if p.total != nil {
		return nil
	}
	return []string{"the production of " + strings.Join(p.withheld, ", ") + " in " + p.year + ": the table has " + atlas.Withheld + ", withheld, and the rounded world total leaves no room for it"}
}

// notes is what to mind of a year's shares.
func (p *production) notes() (list []string) {
	switch {
	case len(p.withheld) > 0:
		list = append(list, "withheld, not known: "+strings.Join(p.withheld, ", ")+"; they have no more than the world total leaves")
	case p.world.Cmp(p.total) < 0:
		list = append(list, "shares of the sum of the rows; the table's rounded world total is "+text(p.world)+" t")
	}
	if slices.Contains(p.rows["China"].Sources, "S-MCS25") {
		list = append(list, "China's row is its quota: what is mined outside it is not in it")
	}
	return list
}

// spread is the shares of a year.
func (p *production) spread() spread {
	s := spread{stage: Mining, period: p.year, publisher: minePublisher, rest: whole(1), rows: p.all(), notes: p.notes()}
	for _, c := range p.order {
		share := over(p.of[c], p.total)
		s.add(c, share, share)
	}
	return s
}

const minePublisher = "mine production"

// mined is the shares of countries in mine production by year, and how concentrated it is.
func (t tables) mined(elements []element.Element, at string) (list []Figure) {
	for _, year := range t.mineYears() {
		p := t.mineYear(year)
		if p == nil {
			continue
		}
		share := func(c string) Figure {
			return Figure{Measure: Share, Stage: Mining, By: "country", Subject: c, Period: year, Unit: "%", Publisher: minePublisher, Rows: p.all()}
		}
		if needs := p.lacks(); needs != nil {
			for _, c := range slices.Concat(p.order, p.withheld) {
				f := share(c)
				f.Needs = needs
				list = append(list, f)
			}
			list = append(list, Figure{Measure: HHI, Stage: Mining, By: "country", Subject: "world", Period: year, Unit: "0 to 1", Publisher: minePublisher, Needs: needs, Rows: p.all()})
			continue
		}
		for _, c := range p.order {
			f := share(c)
			f.set(percent(p.of[c], p.total))
			f.Formula, f.Notes = text(p.of[c])+" ÷ "+text(p.total)+" t", p.notes()
			list = append(list, f)
		}
		for _, c := range p.withheld {
			f := share(c)
			f.Low, f.High = new(big.Rat), percent(p.rest, p.total)
			f.Notes = p.notes()
			list = append(list, f)
		}
		s := p.spread()
		list = append(list, s.concentration("country"))
	}
	for _, by := range []string{"owner", "facility"} {
		list = append(list, Figure{Measure: HHI, Stage: Mining, By: by, Subject: "world", Period: at, Unit: "0 to 1",
			Needs: []string{"the production of each mine, and who owns it"}})
	}
	for _, e := range elements {
		list = append(list, Figure{Measure: Share, Stage: Mining, Element: e, By: "country", Subject: "each country", Period: at, Unit: "%",
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

// stated is the shares of a row as it was published: from its value to 1 when it is a lower bound, and from one report to the
// other when reports differ, as in "% (other reports 89)".
func stated(x atlas.Figure) (low, high *big.Rat) {
	v := over(number(x.Value), whole(100))
	low, high = v, v
	if strings.Contains(x.Unit, ">") {
		high = whole(1)
	}
	if _, rest, ok := strings.Cut(x.Unit, "(other reports "); ok {
		if other := number(strings.TrimSuffix(rest, ")")); other != nil {
			other = over(other, whole(100))
			low, high = least(low, other), most(high, other)
		}
	}
	return low, high
}

// published is the shares of countries as they were published, with their concentration.
func (t tables) published() (list []Figure) {
	for _, s := range t.spreads() {
		for i, p := range s.parts {
			f := Figure{Measure: Share, Stage: s.stage, By: "country", Subject: p.who, Period: s.period, Unit: "%", Publisher: s.publisher, Rows: s.rows[i : i+1]}
			f.Low, f.High = mul(p.low, whole(100)), mul(p.high, whole(100))
			if note := strings.TrimSpace(strings.TrimPrefix(s.rows[i].Unit, "%")); note != "" {
				f.Notes = append(f.Notes, "as published: "+s.rows[i].Value+" % "+note)
			}
			f.Notes = append(f.Notes, s.notes...)
			list = append(list, f)
		}
		list = append(list, s.concentration("country"))
	}
	return list
}

// spreads is the shares of countries that were published: those of one publisher, stage and year belong together, and those of
// two are not joined.
func (t tables) spreads() (list []*spread) {
	for _, x := range t.shares {
		stage, ok := stageWord(x.Stage)
		if _, named := country(x.Country); !ok || !named || number(x.Value) == nil || !strings.HasPrefix(x.Unit, "%") {
			continue
		}
		i := slices.IndexFunc(list, func(s *spread) bool { return s.publisher == x.Kind && s.stage == stage && s.period == x.Year })
		if i < 0 {
			s := &spread{stage: stage, period: x.Year, publisher: x.Kind, rest: whole(1)}
			if x.Year > lastYear {
				s.notes = []string{"an outlook"}
			}
			list, i = append(list, s), len(list)
		}
		low, high := stated(x)
		list[i].add(x.Country, low, high)
		list[i].rows = append(list[i].rows, figureRow("country_shares", x))
	}
	return list
}
