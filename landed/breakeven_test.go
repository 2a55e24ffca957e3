package landed

import (
	"fmt"
	"strings"
	"testing"

	"lodestone/quantity"
)

// words puts a crossing in a line: pieces, meetings, and why there are none.
func words(c *Crossing) string {
	var out []string
	for _, p := range c.Pieces {
		from, to := "", ""
		if p.From != nil {
			from = p.From.Exact
		}
		if p.To != nil {
			to = p.To.Exact
		}
		out = append(out, fmt.Sprintf("%s..%s %s", from, to, p.Cheaper))
	}
	for _, m := range c.Meet {
		out = append(out, "meet "+m.At.Exact+" at "+m.Total.Exact)
	}
	return strings.Join(append(out, c.Never), "; ")
}

const bought = `{name: %s, buy: {value: %s, unit: USD/kg, item: metal, form: metal, grade: none, place: here, terms: FOB, date: "2026"%s}%s}`

func routeOf(t *testing.T, id string, items ...string) Route {
	t.Helper()
	text := "sheet: " + id + "\ndelivered: here\non: 2026-11-23\nitems:\n"
	for _, it := range items {
		text += "  - " + it + "\n"
	}
	return Route{Sheet: read(t, id+".yaml", text)}
}

// TestPieces: floors, limits and duty floors bend the totals; every interval and every crossing is told.
func TestPieces(t *testing.T) {
	metal := func(value, more, border string) string { return fmt.Sprintf(bought, "metal", value, more, border) }
	mill := func(kg, usd string) string {
		return fmt.Sprintf(`{name: powder, make: {inputs: [{item: metal, kg: %s}], yield: {value: 1}, costs: [{name: milling, usd: %s}]}}`, kg, usd)
	}
	fee := `, fees: [{name: mpf, usd: 0}]}`
	japan := `, import: {hts: 8505.11.0050, origin: JP` + fee
	for name, c := range map[string]struct {
		a, b Route
		what Vary
		name string
		want string
	}{
		"two crossings at a price floor": {routeOf(t, "a", metal("60", ", floor: {usd: 50}", "")), routeOf(t, "b", metal("60", "", ""), mill("0.8", "20")), VaryPrice, "both:metal",
			"0..50 b then a; 50.. a then b; meet 75/2 at 50; meet 100 at 100; "},
		"the same on an interval": {routeOf(t, "a", metal("60", ", floor: {usd: 50}", "")), routeOf(t, "b", metal("50", "", "")), VaryPrice, "a:metal",
			"0..50 equal; 50.. b; meet 50 at 50; "},
		"column 1 under a duty floor": {routeOf(t, "a", metal("100", "", japan)), routeOf(t, "b", metal("115", "", "")), VaryDuty, "a:metal/base",
			"0..25/2 a; 25/2.. a then b; meet 15 at 115; "},
		"column 1 never below a duty floor": {routeOf(t, "a", metal("100", "", japan)), routeOf(t, "b", metal("112", "", "")), VaryDuty, "metal/base",
			"0..25/2 b; 25/2.. b; route a is the dearer one at every duty, and the gap only widens as it rises"},
		"the floor itself": {routeOf(t, "a", metal("100", "", japan)), routeOf(t, "b", metal("112", "", "")), VaryDuty, "metal/s301-forced-labour",
			"0..21/10 a; 21/10.. a then b; meet 12 at 112; "},
		"duty in all": {routeOf(t, "a", metal("100", "", japan)), routeOf(t, "b", metal("112", "", "")), VaryDuty, "",
			"0.. a then b; meet 12 at 112; "},
		"limits of a fee": {routeOf(t, "a", metal("60", "", `, import: {hts: 2805.30.00, origin: VN, entry_kg: 100}`)), routeOf(t, "b", metal("2000", "", "")), VaryPrice, "a:metal",
			"0..41975/433 a; 41975/433..814375/433 a; 814375/433.. a then b; meet 132899/70 at 2000; "},
		"a yield": {routeOf(t, "a", metal("60", "", ""), strings.Replace(mill("1", "20"), "value: 1", "value: 0.9", 1)), routeOf(t, "b", metal("100", "", "")), VaryYield, "",
			"..1 b then a; meet 3/4 at 100; "},
		"a yield above one": {routeOf(t, "a", metal("60", "", ""), mill("1", "20")), routeOf(t, "b", metal("70", "", "")), VaryYield, "powder",
			"..1 b; route a is the dearer one at every yield up to one: they would meet at a yield of 1.2000, more than there is"},
		"alike": {routeOf(t, "a", metal("60", "", ""), mill("1", "5")), routeOf(t, "b", metal("60", "", "")), VaryPrice, "both:metal",
			"0.. b; route a costs 5.0000 USD/kg more than route b whatever the price, since it moves both totals alike"},
		"below nought": {routeOf(t, "a", metal("60", "", ""), mill("1", "50")), routeOf(t, "b", metal("40", "", "")), VaryPrice, "a:metal",
			"0.. b; route a is the dearer one at every price from nought up: they would meet at -10.0000 USD/kg, below nought"},
		"at nought": {routeOf(t, "a", metal("60", "", ""), mill("1", "40")), routeOf(t, "b", metal("40", "", "")), VaryPrice, "a:metal",
			"0.. b; meet 0 at 40; "},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "limits") {
				c.a.On, c.b.On = quantity.MustDate("2026-05-01"), quantity.MustDate("2026-05-01")
			}
			x, err := Breakeven(c.a, c.b, schedule(t), c.what, c.name)
			if err != nil {
				t.Fatal(err)
			}
			if got := words(x); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestBreakevenRefuses: a name that is none or means two things is refused with what there is.
func TestBreakevenRefuses(t *testing.T) {
	a, b := Route{Sheet: example(t, "brook")}, Route{Sheet: example(t, "china")}
	for name, want := range map[string]string{
		"price":                                   "which price?",
		"price=iron, ferroboron and additions":    "both routes have the price of iron, ferroboron and additions: write a:",
		"price=gold":                              `no price of "gold"`,
		"price=b:Brook NdPr oxide":                `no price of "Brook NdPr oxide"`,
		"price=both:Brook NdPr oxide":             `no price of "Brook NdPr oxide"`,
		"yield=Chinese NdPr metal":                `no yield of "Chinese NdPr metal"`,
		"duty=strip-cast alloy":                   `no duty of "strip-cast alloy"`,
		"duty=finished magnet/s301-brazil":        `no layer "s301-brazil" asks a duty on these goods on this day: there are base, s301-china-review`,
		"price=Brook NdPr oxide/base":             "only a duty has layers",
		"duty=finished magnet/s301-forced-labour": "no layer",
		"yield=a:":                                "which yield?",
	} {
		what, arg, _ := strings.Cut(name, "=")
		if c, err := Breakeven(a, b, schedule(t), Vary(what), arg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %v; want %q", name, c, err, want)
		}
	}
}
