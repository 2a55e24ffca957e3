package landed

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/tariff"
)

func schedule(t testing.TB) *tariff.Schedule {
	t.Helper()
	s, err := tariff.US()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, name, text string) *Sheet {
	t.Helper()
	s, err := Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func example(t testing.TB, name string) *Sheet {
	t.Helper()
	s, err := Example(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func cost(t testing.TB, s *Sheet, on string) *Waterfall {
	t.Helper()
	w, err := s.Cost(schedule(t), quantity.MustDate(on))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// workedA is the sheet of the package comment, and workedB its rival.
const workedA = `
sheet: metal
delivered: here
on: 2026-11-23
items:
  - {name: oxide, buy: {value: 100, unit: USD/kg, item: oxide, form: oxide, grade: "99 %", place: Hanoi, terms: FOB, date: "2026"}}
  - name: metal
    make: {inputs: [{item: oxide, gives: 0.8}], yield: {value: 0.5}, costs: [{name: reduction, usd: 10}]}
    import: {hts: 2805.30.00, origin: VN, fees: [{name: mpf, usd: 0}]}
`

const workedB = `
sheet: rival
delivered: here
on: 2026-11-23
items:
  - {name: bought metal, buy: {value: 300, unit: USD/kg, item: metal, form: metal, grade: "99 %", place: here, terms: DDP, date: "2026"}}
`

func TestWorkedExample(t *testing.T) {
	a, b := read(t, "a.yaml", workedA), read(t, "b.yaml", workedB)
	w := cost(t, a, "2026-11-23")
	var got []string
	for _, x := range w.Bars {
		got = append(got, string(x.Kind)+" "+x.Amount.Exact)
	}
	if want := "material 250, conversion 10, duty 13, fee 0"; strings.Join(got, ", ") != want || w.Total.Exact != "273" {
		t.Errorf("got %s, total %s; want %s", strings.Join(got, ", "), w.Total.Exact, want)
	}
	c, err := Breakeven(Route{Sheet: a}, Route{Sheet: b}, schedule(t), VaryPrice, "oxide")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Meet) != 1 || c.Meet[0].At.Exact != "772/7" || c.Meet[0].At.Shown != "110.2857" || c.Meet[0].Total.Exact != "300" {
		t.Errorf("they meet at %+v", c.Meet)
	}
}

// TestChinaOverTime: the landed magnet before and after each change of duty, on the same customs value.
func TestChinaOverTime(t *testing.T) {
	s := example(t, "china")
	value := new(big.Rat)
	for _, c := range []struct{ on, percent string }{
		{"2025-12-31", "12.1"}, {"2026-01-01", "37.1"}, {"2026-02-23", "37.1"}, {"2026-02-24", "27.1"}, {"2026-11-23", "27.1"},
	} {
		w := cost(t, s, c.on)
		base, duty := new(big.Rat), new(big.Rat)
		for _, b := range w.Bars {
			switch b.Kind {
			case Material, Conversion, Margin:
				base.Add(base, b.Amount.Rat())
			case Duty:
				duty.Add(duty, b.Amount.Rat())
			}
		}
		want := new(big.Rat).Mul(base, rat(quantity.MustDecimal(c.percent)))
		if want.Quo(want, big.NewRat(100, 1)); duty.Cmp(want) != 0 || w.Borders[0].Rate != c.percent {
			t.Errorf("on %s the duty is %s (%s %%), want %s percent of %s", c.on, duty.FloatString(6), w.Borders[0].Rate, c.percent, base.FloatString(6))
		}
		if value.Sign() != 0 && value.Cmp(base) != 0 {
			t.Errorf("on %s the value before duty is another", c.on)
		}
		value = base
	}
}

// TestQuoteIsConverted: a price in CNY a tonne with VAT becomes US dollars a kilogram by the stated rates, exactly.
func TestQuoteIsConverted(t *testing.T) {
	w := cost(t, example(t, "china"), "2026-11-23")
	want := big.NewRat(735000*100*100, 113*705*1000)
	if p := w.Prices[0]; p.USD.Rat().Cmp(want) != 0 || p.USD.Shown != "92.2613" || p.Value != "735000" || p.Unit != "CNY/t" {
		t.Errorf("got %+v, want %s", p, want.FloatString(6))
	}
}

// TestTemplates: the templates say the same in YAML and CSV, and every sheet that the program carries can be worked out.
func TestTemplates(t *testing.T) {
	y, c := cost(t, read(t, "t.yaml", string(Template())), "2026-11-23"), cost(t, read(t, "t.csv", string(CSVTemplate())), "2026-11-23")
	if len(y.Bars) != len(c.Bars) || y.Total.Exact != c.Total.Exact || y.Cheapest.Exact != c.Cheapest.Exact || y.Dearest.Exact != c.Dearest.Exact {
		t.Errorf("YAML gives %d bars and %s, CSV %d and %s", len(y.Bars), y.Total, len(c.Bars), c.Total)
	}
	for _, name := range Examples() {
		sound(t, cost(t, example(t, name), "2026-11-23"))
	}
}

// TestNothingHidden: each assumption of a sheet that moves its total is in the list of ranges and marked on its bar, and what the
// tables do not hold is refused, never nought.
func TestNothingHidden(t *testing.T) {
	s := example(t, "brook")
	w := cost(t, s, "2026-11-23")
	assumed := map[string]bool{}
	for _, x := range w.Assumptions {
		assumed[x.Name] = assumed[x.Name] || x.Sure == Assumption
	}
	for _, f := range s.figures() {
		if f.Sure == Assumption && !assumed[f.name] {
			t.Errorf("the assumption %s is not told", f.name)
		}
	}
	marked := 0
	for _, b := range w.Bars {
		if b.Sure == Assumption {
			marked++
		}
	}
	if marked < 10 {
		t.Errorf("%d bars are marked as assumptions", marked)
	}
	if _, err := s.Cost(schedule(t), quantity.MustDate("2025-12-31")); err == nil || !strings.Contains(err.Error(), "is not known") {
		t.Errorf("a duty that the tables do not hold: %v", err)
	}
	without := strings.Replace(string(CSVTemplate()), "fee,alloy,mpf", "#,alloy,mpf", 1)
	if _, err := read(t, "t.csv", without).Cost(schedule(t), 0); err == nil || !strings.Contains(err.Error(), "state it in the sheet") {
		t.Errorf("a fee that the tables do not hold: %v", err)
	}
	if _, err := read(t, "t.csv", strings.Replace(string(CSVTemplate()), "fee,alloy,mpf", "fee,alloy,toll", 1)).Cost(schedule(t), quantity.MustDate("2026-05-01")); err == nil || !strings.Contains(err.Error(), "states a fee toll") {
		t.Errorf("a fee that is none: %v", err)
	}
}

// TestCredit: a credit lowers the cost and the customs value, and is refused where it is greater than what it stands against.
func TestCredit(t *testing.T) {
	with := func(usd string) string {
		return strings.Replace(workedA, "{name: reduction, usd: 10}", "{name: reduction, usd: 10}, {name: slag, usd: "+usd+", kind: credit}", 1)
	}
	if w := cost(t, read(t, "a.yaml", with("20")), "2026-11-23"); w.Total.Exact != "252" {
		t.Errorf("260 less 20, and 5 percent: %s", w.Total.Exact)
	}
	if _, err := read(t, "a.yaml", with("261")).Cost(schedule(t), 0); err == nil || !strings.Contains(err.Error(), "the credit slag is greater") {
		t.Errorf("a credit above the cost: %v", err)
	}
}

// TestFeeLimits: the processing fee of an entry stays between its least and its most.
func TestFeeLimits(t *testing.T) {
	// the customs value is 272.46 USD/kg, the rate 0.3464 percent, the limits of fiscal year 2026 are 33.58 and 651.50
	for kg, want := range map[string]string{"1": "33.5800", "35.57": "0.9441", "35.58": "0.9438", "690.2": "0.9438", "690.4": "0.9437", "100000": "0.0065"} {
		text := strings.Replace(workedA, "fees: [{name: mpf, usd: 0}]", "entry_kg: "+kg, 1)
		w := cost(t, read(t, "a.yaml", strings.Replace(text, "value: 100,", "value: 104.984,", 1)), "2026-05-01")
		for _, b := range w.Bars {
			if b.Kind == Fee && b.Amount.Rat().FloatString(4) != want {
				t.Errorf("in entries of %s kg the fee is %s a kilogram, want %s", kg, b.Amount, want)
			}
		}
	}
	text := strings.Replace(workedA, ", fees: [{name: mpf, usd: 0}]", "", 1)
	if _, err := read(t, "a.yaml", text).Cost(schedule(t), quantity.MustDate("2026-05-01")); err == nil || !strings.Contains(err.Error(), "entry_kg") {
		t.Errorf("limits without the mass of an entry: %v", err)
	}
}

// TestNoFloats: no number of this package is a floating point number.
func TestNoFloats(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (strings.HasPrefix(id.Name, "float") || strings.HasPrefix(id.Name, "Float") && id.Name != "FloatString" || strings.HasPrefix(id.Name, "SetFloat")) {
				t.Errorf("%s uses %s", name, id.Name)
			}
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.FLOAT {
				t.Errorf("%s has the floating point number %s", name, l.Value)
			}
			return true
		})
	}
}
