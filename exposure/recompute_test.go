package exposure

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The figures once more, by floating arithmetic on the cells of the files, and by other formulas than the package's: sums of
// squares of tonnes over the square of the sum, and no shares; production over use taken from one, and no net imports.

type cells []map[string]string

func csvRows(t *testing.T, path string) (rows cells) {
	t.Helper()
	f, err := os.Open("../atlas/" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range all[1:] {
		m := map[string]string{}
		for i, h := range all[0] {
			m[h] = rec[i]
		}
		rows = append(rows, m)
	}
	return rows
}

// pick is the only cell of a column in the rows with these values; NaN when there is none or it is no number.
func (c cells) pick(t *testing.T, column string, want ...string) float64 {
	t.Helper()
	x, n := math.NaN(), 0
	for _, r := range c {
		if has(r, want) {
			n++
			if v, err := strconv.ParseFloat(r[column], 64); err == nil {
				x = v
			}
		}
	}
	if n > 1 {
		t.Fatalf("%v: %d rows", want, n)
	}
	return x
}

func has(r map[string]string, want []string) bool {
	for i := 0; i < len(want); i += 2 {
		if r[want[i]] != want[i+1] {
			return false
		}
	}
	return true
}

func near(f *Figure, low, high float64) bool {
	l, _ := f.Low.Float64()
	h, _ := f.High.Float64()
	return math.Abs(l-low) < 1e-9*max(1, low) && math.Abs(h-high) < 1e-9*max(1, high)
}

// TestEveryFigureAnew: each computable figure, save single points of failure (counted below), is worked out anew, and none is
// left over.
func TestEveryFigureAnew(t *testing.T) {
	us := append(csvRows(t, "data/usgs_salient_us.csv"), csvRows(t, "added/usgs_salient_us.csv")...)
	mine, shares, wgi := csvRows(t, "data/mine_production.csv"), csvRows(t, "data/country_shares.csv"), csvRows(t, "data/wgi_mean6.csv")
	at := func(item, year string) float64 { return us.pick(t, "value", "item", item, "year", year) }
	const stock = 1200.0
	part := func(who string) float64 {
		return at("import source share, compounds and metals: "+who, "2020-2023") / 100
	}
	const p, c = "production, compounds and metals", "apparent consumption, compounds and metals"

	type sums struct{ total, named, squares, low, high float64 } // of a year's mines; low and high are with governance
	mines := map[string]*sums{}
	names := map[string]string{"US": "United States"}
	govern := func(country, year string) float64 {
		if n := names[country]; n != "" {
			country = n
		}
		mean := wgi.pick(t, "mean_of_six_WGI_estimates", "country", country, "year", min(year, "2021"))
		return math.Round((2.5-mean)*2*1e4) / 1e4 // as the table rounds it; NaN where it lacks the country
	}
	for _, r := range mine {
		if r["kind"] == "reserves" {
			continue
		}
		s := mines[r["year"]]
		if s == nil {
			s = &sums{}
			mines[r["year"]] = s
		}
		v, _ := strconv.ParseFloat(r["value"], 64)
		if strings.HasPrefix(r["country"], "World") {
			s.total = max(s.total, v)
			continue
		}
		s.named += v
		s.total = max(s.total, s.named)
		if r["country"] == "Other" {
			s.named -= v
			continue
		}
		s.squares += v * v
		if g := govern(r["country"], r["year"]); math.IsNaN(g) {
			s.high += v * v * 10
		} else {
			s.low, s.high = s.low+v*v*g, s.high+v*v*g
		}
	}
	for _, r := range mine { // "Other" comes after the countries and before the world
		if r["country"] == "Other" {
			s := mines[r["year"]]
			v, _ := strconv.ParseFloat(r["value"], 64)
			s.total = max(s.total, s.named+v)
		}
	}
	// published is the shares of a publisher, stage and year: countries with the least and the most of each, in percent.
	words := map[Stage][]string{Mining: {"mining", "mining (all REE)", "mined", "mine production"}, Refining: {"refining", "processing"}, Magnets: {"sintered magnets"}}
	published := func(f *Figure) (who []string, low, high []float64) {
		for _, r := range shares {
			if r["publisher"] != f.Publisher || r["year"] != f.Period || !slices.Contains(words[f.Stage], r["stage"]) || !strings.HasPrefix(r["unit"], "%") {
				continue
			}
			v, _ := strconv.ParseFloat(r["value"], 64)
			l, h := v, v
			switch r["unit"] {
			case "% (>)":
				h = 100
			case "% (other reports 89)":
				l = 89
			}
			who, low, high = append(who, r["country"]), append(low, l), append(high, h)
		}
		return who, low, high
	}
	index := func(f *Figure, weight func(string) (float64, float64), greatest float64) (l, h float64) {
		who, low, high := published(f)
		rest := 100.0
		for i := range who {
			a, b := weight(who[i])
			l, h, rest = l+low[i]*low[i]*a/1e4, h+high[i]*high[i]*b/1e4, rest-low[i]
		}
		return l, min(greatest, h+rest*rest*greatest/1e4)
	}
	scored := func(year string) func(string) (float64, float64) {
		return func(who string) (float64, float64) {
			if g := govern(who, year); !math.IsNaN(g) {
				return g, g
			}
			return 0, 10
		}
	}
	one := func(string) (float64, float64) { return 1, 1 }
	plants := plantSums(t)

	seen := map[Measure]int{}
	for _, f := range New(Question{Without: covered, Stock: "1200"}).Figures {
		if !f.Computable() || f.Measure == Single {
			continue
		}
		seen[f.Measure]++
		low, high := math.NaN(), math.NaN()
		y := f.Period
		exact := func(v float64) { low, high = v, v }
		switch {
		case f.Measure == News && strings.Contains(f.Subject, "80 %"), f.Measure == Reliance && f.Subject == "US":
			exact(100 * (1 - at(p, y)/at(c, y)))
		case f.Measure == News && strings.Contains(f.Subject, "70 %"):
			exact(100 * part("China"))
		case f.Measure == News:
			exact(100 * (part("China") - part("China")*at(p, "2024")/at(c, "2024")))
		case f.Measure == Reliance:
			whole := at(p+", with the compounds made in California that the row leaves out", y)
			exact(100 * (1 - whole/(at(c, y)+whole-at(p, y))))
		case f.Measure == ImportFrom:
			exact(100 * part(f.Subject))
		case f.Measure == Cover && strings.Contains(f.Subject, "nothing is made"):
			exact(stock * 52 / at(c, y))
		case f.Measure == Cover:
			exact(stock * 52 / (part("China")*at(c, y) - part("China")*at(p, y)))
		case f.Measure == Share && f.Publisher == minePublisher:
			exact(mine.pick(t, "value", "country", f.Subject, "year", y, "unit", "t REO", "kind", kind(mine, f.Subject, y)) * 100 / mines[y].total)
		case f.Measure == HHI && f.Publisher == minePublisher:
			m := mines[y]
			low = m.squares / (m.total * m.total)
			high = low + math.Pow((m.total-m.named)/m.total, 2)
		case f.Measure == HHI && f.Subject == "imports of the US":
			low = 0
			for _, who := range []string{"China", "Malaysia", "Japan", "Estonia"} {
				low += part(who) * part(who)
			}
			high = low + part("Other")*part("Other")
		case f.Measure == SupplyRisk && f.Publisher == minePublisher:
			m := mines[y]
			low, high = m.low/(m.total*m.total), m.high/(m.total*m.total)+10*math.Pow((m.total-m.named)/m.total, 2)
		case f.Measure == SupplyRisk:
			low, high = index(&f, scored(y), 10)
		case f.Measure == GeoPol:
			h := f
			h.Stage, h.Publisher = Refining, "IEA"
			a, b := index(&h, one, 1)
			in := at("imports, compounds", y) + at("imports, ferrocerium/pyrophoric alloys", y) + at("imports, metals/alloys/Sc/Y", y)
			china := govern("China", y) / 10 * part("China")
			low, high = a*china*in/(in+at(p, y)), b*(china+1-part("China"))*in/(in+at(p, y))
		case f.Publisher != "" && f.Measure == HHI:
			low, high = index(&f, one, 1)
		case f.Publisher != "":
			who, l, h := published(&f)
			i := slices.Index(who, f.Subject)
			low, high = l[i], h[i]
		case f.Measure == HHI && f.Period == atlasPeriod:
			s := plants[f.Subject+"/"+f.By]
			var squares, sum float64
			for _, v := range s {
				squares, sum = squares+v*v, sum+v
			}
			exact(squares / (sum * sum))
		case f.Measure == Share && f.Period == atlasPeriod:
			who, what, _ := strings.Cut(f.Subject, ", of ")
			var sum float64
			for _, v := range plants[what+"/"+f.By] {
				sum += v
			}
			exact(100 * plants[what+"/"+f.By][who] / sum)
		}
		if math.IsNaN(low) || !near(&f, low, high) {
			t.Errorf("%s, %s, by %s, %s, %s: %s to %s, by plain arithmetic %g to %g", f.Measure, f.Subject, f.By, f.Period, f.Publisher, f.Low.FloatString(6), f.High.FloatString(6), low, high)
		}
	}
	for _, m := range Measures() {
		if m != Single && seen[m] == 0 {
			t.Errorf("no figure of %s was worked out anew", m)
		}
	}
}

// kind is how the table calls a country's production of a year, which keeps reserves apart.
func kind(mine cells, country, year string) string {
	for _, r := range mine {
		if r["country"] == country && r["year"] == year && r["kind"] != "reserves" {
			return r["kind"]
		}
	}
	return ""
}

// plantSums is tonnes a year by country, owner and facility, of the rows that a reader of the table picks: output where it is
// told, else what a plant that runs or starts up is built for.
func plantSums(t *testing.T) map[string]map[string]float64 {
	t.Helper()
	facilities, capacities := csvRows(t, "data/facilities.csv"), csvRows(t, "data/facility_capacities.csv")
	out := map[string]map[string]float64{}
	for _, x := range []struct {
		what, id, product, basis string
		times                    float64
	}{
		{"NdPr oxide", "US-MP-MP", "NdPr oxide", "actual 2025", 1},
		{"NdPr oxide", "US-EF-WM", "NdPr oxide Phase 1", "nameplate (850-1,000)", 1},
		{"NdPr oxide", "MY-LAMP", "NdPr oxide", "nameplate", 1},
		{"NdPr metal", "CA-SRC-MET", "NdPr metal", "actual Sept 2024", 12},
		{"NdPr metal", "KR-KMP", "NdPr metal Q4-2025", "actual", 4},
		{"NdFeB magnets", "US-MP-FW", "NdFeB magnets", "initial nameplate", 1},
		{"NdFeB magnets", "US-NOVEON", "NdFeB magnets", "nameplate", 1},
		{"NdFeB magnets", "US-USAR-SW", "NdFeB magnets", "nameplate", 1},
		{"NdFeB magnets", "EE-NARVA", "NdFeB magnets phase 1", "nameplate", 1},
		{"NdFeB magnets", "VN-SHE", "NdFeB magnets", "nameplate", 1},
		{"NdFeB magnets", "CN-JLMAG", "NdFeB blanks", "actual 2024", 1},
	} {
		tonnes := x.times * capacities.pick(t, "value", "facility_id", x.id, "product", x.product, "basis", x.basis)
		for _, f := range facilities {
			if f["id"] != x.id {
				continue
			}
			for by, who := range map[string]string{"country": f["country_iso2"], "owner": f["operator"], "facility": f["name"]} {
				k := "capacity for " + x.what + " in the atlas/" + by
				if out[k] == nil {
					out[k] = map[string]float64{}
				}
				out[k][who] += tonnes
			}
		}
	}
	return out
}

// TestSingleAnew: who makes what outside the covered countries, as one reads it off the tables of facilities and capacities.
func TestSingleAnew(t *testing.T) {
	every := New(Question{}).Figures
	if f := find(t, every, func(f *Figure) bool {
		return f.Measure == Single && f.By == "facility" && f.Subject == "NdFeB magnets"
	}); !strings.Contains(strings.Join(f.Notes, "\n"), "Proterial/San Huan China (CN, operating)") {
		t.Errorf("a running plant of more than 2,000 t/yr does not make magnets: %q", f.Notes)
	}
	all := New(Question{Without: covered}).Figures
	for product, want := range map[string]struct{ makes, may []string }{
		"NdPr oxide":    {[]string{"Mountain Pass", "White Mesa", "Gebeng"}, []string{"Silmet", "La Rochelle", "Takefu", "IREL"}},
		"Sm oxide":      {nil, []string{"Gebeng", "Silmet", "La Rochelle", "Takefu"}},
		"Tb oxide":      {[]string{"Gebeng"}, []string{"La Rochelle", "Takefu"}},
		"Dy oxide":      {[]string{"Gebeng"}, []string{"La Rochelle", "Takefu"}},
		"NdPr metal":    {[]string{"metal smelting", "KMP"}, []string{"Independence", "Ellesmere"}},
		"Tb metal":      {nil, []string{"Ellesmere"}},
		"Dy metal":      {nil, []string{"Ellesmere"}},
		"NdFeB magnets": {[]string{"Independence", "Noveon", "Sumter", "Stillwater", "Narva", "Hai Phong"}, []string{"Hanau", "Takefu", "Kumagaya", "Narita"}},
		"SmCo magnets":  {[]string{"Permag", "IREL"}, []string{"Arnold", "Hanau", "Takefu", "Kumagaya", "Narita"}},
	} {
		f := find(t, all, func(f *Figure) bool {
			return f.Measure == Single && f.By == "facility" && strings.HasPrefix(f.Subject, product)
		})
		low, high := float64(len(want.makes)), float64(len(want.makes)+len(want.may))
		told := func(prefix string) string {
			for _, n := range f.Notes {
				if strings.HasPrefix(n, prefix) {
					return n
				}
			}
			return ""
		}
		if !near(f, low, high) {
			t.Errorf("%s: %s, want %g to %g: %q", product, f.Text(), low, high, f.Notes)
		}
		for _, name := range want.makes {
			if !strings.Contains(told("makes it"), name) {
				t.Errorf("%s: %s does not make it: %q", product, name, told("makes it"))
			}
		}
		for _, name := range want.may {
			if !strings.Contains(told("may make it"), name) {
				t.Errorf("%s: %s may not make it: %q", product, name, told("may make it"))
			}
		}
	}
}
