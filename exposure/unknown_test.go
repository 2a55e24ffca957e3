package exposure

import (
	"slices"
	"strings"
	"testing"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
)

// withhold is the tables with W in the place of the amounts of some rows.
func withhold(t *testing.T, which func(item, year string) bool) tables {
	t.Helper()
	x, n := embedded(), 0
	for i := range x.salient {
		if which(x.salient[i].Item, x.salient[i].Year) {
			x.salient[i].Value = atlas.Withheld
			n++
		}
	}
	for i := range x.mine {
		if x.mine[i].Kind != "reserves" && which(x.mine[i].Country, x.mine[i].Year) {
			x.mine[i].Value = atlas.Withheld
			n++
		}
	}
	if n == 0 {
		t.Fatal("nothing is withheld")
	}
	return x
}

// Whatever amount of the United States is withheld, in whatever year: what rests on it is refused with the cell named, or is an
// interval that holds what it was with the cell told; it is never another value, and never nought.
func TestWithheldIsUnknown(t *testing.T) {
	q := Question{Without: covered, Stock: "1200"}
	before := map[series]map[string]Figure{}
	for _, f := range New(q).Figures {
		if before[f.series()] == nil {
			before[f.series()] = map[string]Figure{}
		}
		before[f.series()][f.Period] = f
	}
	for _, item := range []string{made, used, madeAll, "imports, compounds", fromStart + "China", fromStart + "Malaysia"} {
		refused, wider := 0, 0
		tables := withhold(t, func(what, year string) bool { return what == item && year != "2021" && year != "2023" })
		q.Year = "2024" // the year worked out as of stays
		for _, f := range tables.answer(q).Figures {
			was, ok := before[f.series()][f.Period]
			switch rests := slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Value == atlas.Withheld }); {
			case !rests:
			case !f.Computable():
				refused++
				if needs := strings.Join(f.Needs, "; "); !strings.Contains(needs, item) || !strings.Contains(needs, "withheld") {
					if f.Measure != Reliance || f.Stage != Mining {
						t.Errorf("%s withheld: %s, %s needs %q", item, f.Measure, f.Subject, needs)
					}
				}
			case !ok || f.Low.Cmp(was.Low) > 0 || f.High.Cmp(was.High) < 0 || f.Exact():
				t.Errorf("%s withheld: %s, %s is %s, was %s", item, f.Measure, f.Subject, f.Text(), was.Text())
			default:
				wider++
			}
		}
		if refused+wider == 0 {
			t.Errorf("%s withheld: nothing is refused or wider", item)
		}
	}
}

// A country's mine production that is withheld leaves its share between nought and what the world total leaves, and is refused
// with all shares of the year where the rounded total leaves nothing.
func TestWithheldMines(t *testing.T) {
	of := func(x tables, subject, year string, m Measure) *Figure {
		return find(t, x.answer(Question{}).Figures, func(f *Figure) bool {
			return f.Measure == m && f.Stage == Mining && f.Element == element.None && f.By == "country" && f.Subject == subject && f.Period == year && f.Publisher == minePublisher
		})
	}
	// 2022 without India's 2,900 t: 300,000 − 294,020 t are left for it and for nobody named.
	x := withhold(t, func(who, year string) bool { return who == "India" && year == "2022" })
	india, china, hhi := of(x, "India", "2022", Share), of(x, "China", "2022", Share), of(x, "world", "2022", HHI)
	if india.Low.Sign() != 0 || india.Text() != "0.0 to 2.0" || !strings.Contains(strings.Join(india.Notes, ";"), "withheld, not known: India") {
		t.Errorf("India: %s, %q", india.Text(), india.Notes)
	}
	if china.Text() != "70.0" {
		t.Errorf("China: %s", china.Text())
	}
	full := of(embedded(), "world", "2022", HHI)
	if hhi.Low.Cmp(full.Low) >= 0 || hhi.High.Cmp(full.High) <= 0 {
		t.Errorf("concentration %s does not hold %s", hhi.Text(), full.Text())
	}
	// 2024 without Vietnam: the other rows come to more than the rounded total.
	x = withhold(t, func(who, year string) bool { return who == "Vietnam" && year == "2024" })
	for subject, m := range map[string]Measure{"Vietnam": Share, "China": Share, "world": HHI, euPart: SupplyRisk} {
		if f := of(x, subject, "2024", m); f.Computable() || !strings.Contains(f.Needs[0], "Vietnam in 2024: the table has W") {
			t.Errorf("%s: %s, needs %q", subject, f.Text(), f.Needs)
		}
	}
}

// A country that the table of governance lacks has any score, and is named: neither the best, nor the worst, nor a neighbour's.
// With the best and the worst score put in, the figure lies at the ends of the interval that it has without.
func TestMissingGovernance(t *testing.T) {
	missing := func(f *Figure) []string {
		for _, n := range f.Notes {
			if _, names, ok := strings.Cut(n, "allowed: "); ok {
				return strings.Split(names, ", ")
			}
		}
		return nil
	}
	pick := func(x tables, m Measure, stage Stage, year string) *Figure {
		return find(t, x.answer(Question{}).Figures, func(f *Figure) bool {
			return f.Measure == m && f.Stage == stage && f.Period == year && f.Computable() && (m == GeoPol || f.Publisher == minePublisher || f.Publisher == "IEA")
		})
	}
	for _, x := range []struct {
		measure Measure
		stage   Stage
		year    string
		lacks   []string
	}{
		{SupplyRisk, Mining, "2024", []string{"Australia", "Burma", "India", "Madagascar", "Malaysia", "Nigeria", "Russia", "Thailand"}},
		{SupplyRisk, Mining, "2020", []string{"Australia", "Burma", "India", "Madagascar", "Russia", "Thailand"}},
		{SupplyRisk, Refining, "2023", []string{"Malaysia"}},
		{GeoPol, Compounds, "2024", []string{"Estonia", "Japan", "Malaysia", "Other"}},
	} {
		f := pick(embedded(), x.measure, x.stage, x.year)
		if got := slices.Sorted(slices.Values(missing(f))); !slices.Equal(got, x.lacks) {
			t.Errorf("%s, %s %s lacks %q, want %q", x.measure, x.stage, x.year, got, x.lacks)
		}
		for _, name := range x.lacks {
			if slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Table == "wgi_mean6" && strings.HasPrefix(r.What, name) }) {
				t.Errorf("%s rests on governance of %s", x.measure, name)
			}
		}
		for score, end := range map[string]func(g *Figure) bool{
			"0":  func(g *Figure) bool { return g.Low.Cmp(f.Low) == 0 && g.High.Cmp(f.High) < 0 },
			"10": func(g *Figure) bool { return g.High.Cmp(f.High) == 0 && g.Low.Cmp(f.Low) > 0 },
		} {
			full := embedded()
			for _, name := range x.lacks {
				full.governance = append(full.governance, atlas.Governance{Country: name, Year: min(x.year, "2021"), Risk: score, Sources: []string{"CALC"}, Evidence: "computed"})
			}
			g := pick(full, x.measure, x.stage, x.year)
			if len(missing(g)) > 0 && !slices.Equal(missing(g), []string{"Other"}) || !end(g) {
				t.Errorf("%s, %s %s with a score of %s for all: %s, without %s, lacks %q", x.measure, x.stage, x.year, score, g.Text(), f.Text(), missing(g))
			}
		}
	}
	for _, c := range []string{"AU", "MY", "JP", "RU", "EE", "MM", "TH", "IN", "NG", "MG"} {
		if w, row := embedded().risk(supply.Country(c), "2021"); w != nil {
			t.Errorf("%s has the score of %s", c, row.What)
		}
	}
}

// As of a year: each figure is of it, or says what the tables lack of it, and what is worked out is what the report of all years
// has for it. Nothing of a later year is used, and nothing that the report has is dropped in silence.
func TestAsOfAYear(t *testing.T) {
	years := Years()
	if !slices.Equal(years, []string{"2020", "2021", "2022", "2023", "2024", "2025"}) {
		t.Fatalf("years %q", years)
	}
	everything := New(Question{Without: covered, Stock: "1200"})
	for _, year := range years {
		r := New(Question{Without: covered, Stock: "1200", Year: year})
		have := map[series]bool{}
		if !slices.IsSortedFunc(r.Figures, func(x, y Figure) int {
			return slices.Index(Measures(), x.Measure) - slices.Index(Measures(), y.Measure)
		}) {
			t.Errorf("%s: the measures are out of order", year)
		}
		for i := range r.Figures {
			f := &r.Figures[i]
			have[f.series()] = true
			if isYear(f.Period) && f.Period != year || f.Computable() == (len(f.Needs) > 0) || f.Period == atlasPeriod {
				t.Errorf("%s: %s, %s is of %s: %s, needs %q", year, f.Measure, f.Subject, f.Period, f.Text(), f.Needs)
			}
			for _, row := range f.Rows {
				if y := row.What[strings.LastIndex(row.What, " ")+1:]; isYear(y) && y > year {
					t.Errorf("%s: %s, %s rests on %s", year, f.Measure, f.Subject, row.What)
				}
			}
			for _, g := range everything.Figures {
				if g.series() == f.series() && g.Period == f.Period && isYear(g.Period) && f.Computable() && (!g.Computable() || f.Low.Cmp(g.Low) != 0 || f.High.Cmp(g.High) != 0) {
					t.Errorf("%s: %s, %s is %s, of all years %s", year, f.Measure, f.Subject, f.Text(), g.Text())
				}
			}
		}
		for _, g := range everything.Figures {
			if !have[g.series()] && g.Measure != ImportFrom && g.Period != atlasPeriod {
				t.Errorf("%s: nothing is said of %s, %s", year, g.Measure, g.Subject)
			}
		}
		for _, m := range []Measure{Share, HHI, Single} {
			find(t, r.Figures, func(f *Figure) bool {
				return f.Measure == m && f.Stage == Metals && len(f.Needs) == 1 && strings.HasPrefix(f.Needs[0], "the plants as they were in "+year)
			})
		}
		for _, x := range r.Trends {
			if last := x.Points[len(x.Points)-1].Period; last > year {
				t.Errorf("%s: a trend to %s", year, last)
			}
		}
	}
	// 2022: 1,200 t × 52 ÷ 10,200 t; no plants of that year, no refining before 2023.
	r := New(Question{Without: covered, Stock: "1200", Year: "2022"})
	if f := find(t, r.Figures, func(f *Figure) bool {
		return f.Measure == Cover && strings.HasSuffix(f.Subject, "nothing is made")
	}); f.Text() != "6.1" {
		t.Errorf("weeks in 2022: %s", f.Text())
	}
	for _, f := range r.Figures {
		if f.Computable() && (f.Measure == Single || f.Measure == GeoPol || f.Stage == Refining) {
			t.Errorf("2022: %s, %s is %s", f.Measure, f.Subject, f.Text())
		}
	}
}

// Of import shares the latest period that begins no later counts: none before the first, and not a later one.
func TestImportPeriods(t *testing.T) {
	x := embedded()
	for i, s := range x.salient {
		if who, ok := source(s); ok && who == "China" {
			later := s
			later.Year, later.Value = "2022-2025", "60"
			x.salient = slices.Insert(x.salient, i, later)
			break
		}
	}
	for year, want := range map[string]string{"2019": "", "2021": "2020-2023", "2022": "2022-2025", "2024": "2022-2025"} {
		got := ""
		for _, s := range x.sources(year) {
			got = s.Year
		}
		if got != want {
			t.Errorf("%s: import shares of %q, want %q", year, got, want)
		}
	}
	for _, f := range slices.Concat(x.news("2019"), x.importSources("2019"), x.geoPolRisk("2019"), x.cover("1", nil, "2019")) {
		if f.Computable() || len(f.Needs) == 0 {
			t.Errorf("2019: %s, %s is %s", f.Measure, f.Subject, f.Text())
		}
	}
}

// A year that the table has for others, and not for a country, is told as unknown of it.
func TestTrendLacksAYear(t *testing.T) {
	for _, x := range New(Question{}).Trends {
		if x.Of.Publisher == minePublisher && x.Of.Subject == "Burma" {
			if !slices.Equal(x.Unknown, []string{"2025"}) {
				t.Errorf("of Burma is not known: %q", x.Unknown)
			}
			return
		}
	}
	t.Error("no trend of Burma")
}
