package page

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/lp"
	"lodestone/rules"
)

// tables are sheets of cells as a person types them: text, numbers, days.
type tables map[string][][]any

// drawnUp is a network of 20 sites, 8 materials and 12 quarters, drawn up in a spreadsheet: five mines, five separators, four
// metal makers, three magnet makers, three customers.
func drawnUp() tables {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	t := tables{
		"settings":   {{"setting", "value"}, {"name", "large"}, {"rate", 0.08}, {"base", day(2027, 1, 1)}},
		"sites":      {{"site", "country", "lat", "lon"}},
		"periods":    {{"period", "from", "until"}},
		"materials":  {{"material", "kind", "dispose"}, {"carb"}, {"ox_Nd", "", 5}, {"ox_Dy"}, {"met_Nd"}, {"met_Dy"}, {"magnet", "NdFeB magnet"}, {"waste", "", 5}, {"ore"}},
		"contents":   {{"material", "element", "share"}, {"carb", "Nd", 0.2}, {"carb", "Dy", 0.01}, {"ox_Nd", "Nd", 0.857}, {"ox_Dy", "Dy", 0.871}, {"met_Nd", "Nd", 1}, {"met_Dy", "Dy", 1}, {"magnet", "Nd", 0.3}, {"magnet", "Dy", 0.03}},
		"capacities": {{"capacity", "site", "per_year", "from"}},
		"processes":  {{"process", "site", "phases", "capacity", "cost"}},
		"recipes":    {{"process", "material", "amount"}},
		"deposits":   {{"deposit", "site", "material", "cost"}},
		"lanes":      {{"lane", "from_site", "to_site", "material", "cost"}},
		"demands":    {{"demand", "site", "material", "per_year", "book", "penalty"}},
		"purchases":  {{"purchase", "site", "material", "price", "per_year", "history"}, {"cn", "MET0", "ox_Dy", 250000, 30, "mined CN; separated CN"}},
	}
	add := func(table string, cells ...any) { t[table] = append(t[table], cells) }
	for q := range 12 {
		from := day(2027, 1+3*q, 1)
		add("periods", fmt.Sprintf("%dQ%d", from.Year(), q%4+1), from, from.AddDate(0, 3, -1))
	}
	each := func(kind, country string, n int, do func(i int, site string)) {
		for i := range n {
			site := fmt.Sprint(kind, i)
			add("sites", site, country, 35+i, -100+i)
			do(i, site)
		}
	}
	lanes := func(from string, to string, n int, material string) {
		for j := range n {
			add("lanes", fmt.Sprint(material, " ", from, " ", to, j), from, fmt.Sprint(to, j), material, 100)
		}
	}
	process := func(site, name, phases, capacity string, cost int, recipe ...any) {
		add("processes", name, site, phases, capacity, cost)
		for k := 0; k < len(recipe); k += 2 {
			add("recipes", name, recipe[k], recipe[k+1])
		}
	}
	each("MINE", "US", 5, func(i int, site string) {
		add("deposits", fmt.Sprint("dep", i), site, "carb", 3000+500*i)
		lanes(site, "SEP", 5, "carb")
	})
	each("SEP", "CA", 5, func(i int, site string) {
		add("capacities", fmt.Sprint("sx", i), site, 400+50*i, day(2027, 1+2*i, 1))
		process(site, fmt.Sprint("sep", i), "separated calcined", fmt.Sprint("sx", i), 9000, "carb", -1, "ox_Nd", 0.22, "ox_Dy", 0.01, "waste", 0.7)
		lanes(site, "MET", 4, "ox_Nd")
		lanes(site, "MET", 4, "ox_Dy")
	})
	each("MET", "GB", 4, func(i int, site string) {
		add("capacities", fmt.Sprint("met", i), site, 60)
		process(site, fmt.Sprint("redN", i), "reduced", fmt.Sprint("met", i), 12000, "ox_Nd", -1.2, "met_Nd", 1)
		process(site, fmt.Sprint("redD", i), "reduced", fmt.Sprint("met", i), 20000, "ox_Dy", -1.2, "met_Dy", 1)
		lanes(site, "MAG", 3, "met_Nd")
		lanes(site, "MAG", 3, "met_Dy")
	})
	each("MAG", "US", 3, func(i int, site string) {
		add("capacities", fmt.Sprint("mag", i), site, 120)
		process(site, fmt.Sprint("press", i), "melted sintered magnetized", fmt.Sprint("mag", i), 30000, "met_Nd", -0.33, "met_Dy", -0.033, "magnet", 1)
		lanes(site, "CUS", 3, "magnet")
	})
	each("CUS", "US", 3, func(i int, site string) {
		book := "us/dfars-252.225-7052"
		if i == 0 {
			book = ""
		}
		add("demands", fmt.Sprint("cust", i), site, "magnet", 80+20*i, book, 500000)
	})
	return t
}

// shown is a number with the form in which a cell shows it; formula is one that nothing has worked out.
type shown struct {
	value int
	form  string
}
type formula string

// dress writes what is more than a value.
func dress(book *excelize.File, sheet string, column, row int, cell any) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	switch c := cell.(type) {
	case shown:
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &c.form})
		return errors.Join(err, book.SetCellInt(sheet, at, int64(c.value)), book.SetCellStyle(sheet, at, at, style))
	case formula:
		return errors.Join(book.SetCellValue(sheet, at, nil), book.SetCellFormula(sheet, at, string(c)))
	}
	return nil
}

// book writes tables as a workbook, and reads it as a network.
func (t tables) book(test *testing.T) (*plan.Network, error) {
	test.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for name, rows := range t {
		if _, err := book.NewSheet(name); err != nil {
			test.Fatal(err)
		}
		for i, cells := range rows {
			if err := book.SetSheetRow(name, fmt.Sprint("A", i+1), &cells); err != nil {
				test.Fatal(err)
			}
			for k, cell := range cells {
				if err := dress(book, name, k+1, i+1, cell); err != nil {
					test.Fatal(err)
				}
			}
		}
	}
	if t["Sheet1"] == nil {
		if err := book.DeleteSheet("Sheet1"); err != nil {
			test.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		test.Fatal(err)
	}
	sheets, err := ReadWorkbook(&b)
	if err != nil {
		return nil, err
	}
	return plan.Decode(sheets)
}

// modelled makes the program of what a workbook says.
func modelled(t *testing.T, of tables, lib rules.Library) (*plan.Model, error) {
	t.Helper()
	n, err := of.book(t)
	if err != nil {
		return nil, err
	}
	return plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib}})
}

// TestDrawnUpSolves plans what was drawn up: 120 t of magnets a year are wanted at the last customer, and met.
func TestDrawnUpSolves(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := modelled(t, drawnUp(), lib)
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	p, err := m.Solve(t.Context(), e, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r := p.Report(nil)
	served := 0.0
	for _, d := range r.Deliveries {
		if d.Demand == "cust2" && d.Period >= "2028" {
			served += d.Served
		}
	}
	if r.Status != lp.Optimal || len(m.Periods) != 12 || served < 239 || served > 241 {
		t.Errorf("%s, %d periods, %g t in the last two years", r.Status, len(m.Periods), served)
	}
}

// TestDrawnUp reads a workbook as people draw it up, with what they do to it: what does no harm is read as if it were not
// there, and every fault is told with its place and what to do.
func TestDrawnUp(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := drawnUp().book(t)
	if err != nil {
		t.Fatal(err)
	}
	set := func(table string, row, column int, value any) func(tables) {
		return func(of tables) { of[table][row][column] = value }
	}
	for _, c := range []struct {
		name string
		do   func(tables)
		want string // words of the error; "" reads as it does untouched
	}{
		{"untouched", func(tables) {}, ""},
		{"blank rows", func(of tables) {
			for name := range of {
				of[name] = slices.Insert(of[name], 1, []any{}, []any{""})
				of[name] = slices.Insert(of[name], 0, []any{}, []any{nil, " "})
			}
		}, ""},
		{"blank columns", func(of tables) {
			for name, rows := range of {
				for i := range rows {
					of[name][i] = slices.Insert(of[name][i], 1, any(""))
					of[name][i] = slices.Insert(of[name][i], 0, any(nil))
				}
			}
		}, ""},
		{"days as serial numbers", func(of tables) {
			for i, row := range of["periods"][1:] {
				for k, cell := range row[1:] {
					of["periods"][i+1][k+1] = int(cell.(time.Time).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
				}
			}
		}, ""},
		{"a sheet by the name of another case", func(of tables) { of[" Lanes"] = of["lanes"]; delete(of, "lanes") }, ""},
		{"a sheet of one's own", func(of tables) { of["(notes)"] = [][]any{{"what I think"}, {"much"}} }, ""},
		{"heads in another case", set("capacities", 0, 2, "Per_Year"), "capacities column Per_Year: there is no such column: did you mean per_year?"},
		{"Excel's own empty sheet", func(of tables) { of["Sheet1"] = [][]any{{}} }, ""},
		{"a number as text", set("capacities", 2, 2, "450"), ""},
		{"kilograms a year", func(of tables) {
			of["capacities"][0][2] = "per_year [kg/yr]"
			for _, row := range of["capacities"][1:] {
				row[2] = row[2].(int) * 1000
			}
		}, ""},
		{"a sheet that is no table", func(of tables) { of["Costs 2027"] = [][]any{{"what"}, {"much"}} }, "costs 2027: there is no such table: the tables are settings"},
		{"pounds", set("capacities", 0, 2, "per_year [lb/yr]"), "capacities column per_year [lb/yr]: cannot be turned into t/yr: write the whole unit with another mass in it"},
		{"a number with its unit", set("capacities", 1, 2, "400 t"), "capacities row 2 column per_year: '400 t' is no number: digits and a point"},
		{"thousands with a comma", set("capacities", 1, 2, "1,200"), "capacities row 2 column per_year: '1,200' is no number"},
		{"about", set("capacities", 3, 2, "about 500"), "capacities row 4 column per_year: 'about 500' is no number"},
		{"an American day as text", set("periods", 1, 1, "01/01/2027"), "periods row 2 column from: "},
		{"a day that is none", set("periods", 1, 1, "2027-02-30"), "periods row 2 column from: "},
		{"a table left out", func(of tables) { delete(of, "sites") }, "capacities row 2 column site: there is no 'SEP0' in the table sites"},
		{"a name twice", func(of tables) { of["processes"] = append(of["processes"], of["processes"][1]) }, "processes row 18: sep0 stands in row 2 already"},
		{"a column twice", func(of tables) { of["lanes"][0] = append(of["lanes"][0], "cost") }, "lanes column cost: the column stands twice"},
		{"a column left out", func(of tables) { of["demands"][0][5] = "(penalty)" }, "demands column penalty: the column is missing: what a tonne that is not delivered costs"},
		{"a sum beside the table", set("demands", 1, 5, nil), "demands row 2 column penalty: is empty"},
		{"a cell beyond the table", func(of tables) { of["demands"][1] = append(of["demands"][1], "", "see below") }, "demands row 2: a cell stands beyond the last column"},
		{"a negative capacity", set("capacities", 1, 2, -400), "capacities row 2 column per_year: -400 is less than nought"},
		{"a number shown rounded", func(of tables) { of["capacities"][2][2] = shown{450, "0.0,"} }, ""},
		{"days with the time of day", func(of tables) { of["periods"][3][1] = of["periods"][3][1].(time.Time).Add(15 * time.Hour) }, ""},
		{"a formula without a result", func(of tables) { of["capacities"][2][2] = formula("400+50") }, "sheet capacities: cell C3 is a formula without a result"},
		{"matter out of nothing", set("recipes", 2, 2, 2.2), "recipes column amount: a unit of sep0 gives "},
		{"all yields negative", func(of tables) {
			for _, row := range of["recipes"][1:] {
				if row[1] == "ox_Dy" && row[2] == 0.01 {
					row[2] = -0.01
				}
			}
			of["purchases"] = of["purchases"][:1]
		}, "no magnet can ever reach CUS0"},
		{"an error of a formula", set("capacities", 1, 2, "#REF!"), "capacities row 2 column per_year: '#REF!' is no number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			of := drawnUp()
			c.do(of)
			m, err := modelled(t, of, lib)
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if a, b := plain(m.Network), plain(whole); a != b {
					t.Errorf("it reads %s\nnot %s", a, b)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %q", err, c.want)
			}
		})
	}
}

// plain is what a network says, without the rows in which it says it.
func plain(n *plan.Network) string {
	var b strings.Builder
	for _, s := range n.Sites {
		fmt.Fprintln(&b, s.ID, s.Country, s.Latitude)
	}
	for _, p := range n.Span {
		fmt.Fprintln(&b, p.Period, p.From, p.Until)
	}
	for _, c := range n.Capacities {
		fmt.Fprintln(&b, c.ID, c.Site, fmt.Sprintf("%.9g", c.PerYear), c.From)
	}
	for _, r := range n.Recipes {
		fmt.Fprintln(&b, r.Process, r.Material, r.Amount)
	}
	for _, x := range n.Setting {
		fmt.Fprintln(&b, x.Name, x.Value)
	}
	return b.String() + fmt.Sprint(len(n.Lanes), len(n.Demands), len(n.Deposits), len(n.Materials), len(n.Purchases))
}
