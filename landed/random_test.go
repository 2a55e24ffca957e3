package landed

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/tariff"
)

// borders are goods, origins and days whose duty the tables hold, with floors, additions and exemptions among them.
var borders = []struct {
	code, origin, on string
}{
	{"8505.11.0070", "CN", "2026-05-01"}, {"8505.11.0050", "JP", "2026-09-01"}, {"8505.11.0050", "DE", "2026-09-01"}, {"8505.19.1000", "CN", "2026-03-01"},
	{"2805.30.00", "VN", "2026-08-01"}, {"2846.90.80", "MY", "2026-08-01"}, {"7202.99.80", "KR", "2026-09-01"}, {"8505.11.0050", "BR", "2026-08-01"},
}

func decimal(t *rapid.T, label string, from, to int) quantity.Decimal {
	n := rapid.IntRange(from*1000, to*1000).Draw(t, label)
	return quantity.MustDecimal(fmt.Sprintf("%d.%03d", n/1000, n%1000))
}

func figure(t *rapid.T, label string, from, to int) Figure {
	a, b, c := decimal(t, label+" a", from, to), decimal(t, label+" b", from, to), decimal(t, label+" c", from, to)
	if b.Less(a) {
		a, b = b, a
	}
	if c.Less(b) {
		b, c = c, b
	}
	if b.Less(a) {
		a, b = b, a
	}
	return Figure{Base: b, Low: a, High: c, Sure: Assumption}
}

// fraction is a figure above nought and at most one.
func fraction(t *rapid.T, label string) Figure {
	f := figure(t, label, 0, 1)
	for _, d := range []*quantity.Decimal{&f.Low, &f.Base, &f.High} {
		if d.Sign() == 0 {
			*d = quantity.MustDecimal("0.001")
		}
	}
	return f
}

func costsOf(t *rapid.T, label string, kinds ...Kind) []Cost {
	var cs []Cost
	for i := range rapid.IntRange(0, 2).Draw(t, label) {
		c := Cost{Name: fmt.Sprint(label, i), Kind: rapid.SampledFrom(kinds).Draw(t, label+" kind"), Percent: rapid.Bool().Draw(t, label+" percent")}
		c.Figure = figure(t, label, 0, 20)
		cs = append(cs, c)
	}
	return cs
}

// sheets draws a sheet: bought items and made ones, each from some of those above, with borders, floors, fees and freight.
func sheets(t *rapid.T, label string) *Sheet {
	border := rapid.SampledFrom(borders).Draw(t, label+" border")
	s := &Sheet{ID: label, Delivered: "here", On: quantity.MustDate(border.on),
		Rates: []Rate{{Name: "CNY per USD", Figure: figure(t, label+" rate", 1, 9)}, {Name: "VAT", Figure: figure(t, label+" tax", 0, 20)}}}
	h, err := tariff.ParseHTS(border.code)
	if err != nil {
		t.Fatal(err)
	}
	n := rapid.IntRange(1, 6).Draw(t, label+" items")
	for i := range n {
		it := Item{Name: fmt.Sprint("item", i)}
		if i == 0 || rapid.Bool().Draw(t, label+" bought") {
			it.Buy = &Price{Figure: figure(t, label+" price", 0, 200), Currency: rapid.SampledFrom([]string{"USD", "CNY"}).Draw(t, label+" currency"), Terms: "FOB", PerTonne: rapid.Bool().Draw(t, label+" tonne")}
			if rapid.Bool().Draw(t, label+" taxed") {
				it.Buy.Tax = "VAT"
			}
			if rapid.Bool().Draw(t, label+" floored") {
				f := figure(t, label+" floor", 0, 150)
				it.Buy.Floor = &f
			}
		} else {
			it.Make = &Make{Yield: fraction(t, label+" yield"), Costs: costsOf(t, label+" cost", Conversion, Margin)}
			for j := range i {
				if j == i-1 || rapid.Bool().Draw(t, label+" input") {
					it.Make.Inputs = append(it.Make.Inputs, Input{Item: j, Figure: fraction(t, label+" kg"), Gives: rapid.Bool().Draw(t, label+" gives")})
				}
			}
		}
		if rapid.Bool().Draw(t, label+" crosses") {
			kg := decimal(t, label+" entry", 1, 5000)
			it.Import = &Import{Code: h, Origin: supply.Country(border.origin), Sea: rapid.Bool().Draw(t, label+" sea"), EntryKg: &kg}
			if rapid.IntRange(0, 3).Draw(t, label+" valued") == 0 {
				f := figure(t, label+" value", 0, 200)
				it.Import.Value = &f
			}
		}
		it.Freight = costsOf(t, label+" freight", Freight)
		it.Premium = costsOf(t, label+" premium", Premium)
		s.Items = append(s.Items, it)
	}
	s.Product = n - 1
	return s
}

// sound checks what holds of every waterfall.
func sound(t rapid.TB, w *Waterfall) {
	t.Helper()
	sum, shown := new(big.Rat), new(big.Rat)
	for _, b := range w.Bars {
		if b.Below.Rat().Cmp(sum) != 0 {
			t.Fatalf("the bar %s begins at %s, those above end at %s", b.Name, b.Below.Exact, sum)
		}
		sum.Add(sum, b.Amount.Rat())
		part, ok := new(big.Rat).SetString(b.Amount.Shown)
		if !ok {
			t.Fatalf("%q is shown", b.Amount.Shown)
		}
		shown.Add(shown, part)
		if off := new(big.Rat).Sub(part, b.Amount.Rat()); off.Abs(off).Cmp(big.NewRat(1, 10000)) >= 0 {
			t.Fatalf("%s is shown as %s", b.Amount.Exact, b.Amount.Shown)
		}
		if (b.Kind == Duty || b.Kind == Fee) && b.Amount.Rat().Sign() < 0 {
			t.Fatalf("%s %s is negative: %s", b.Kind, b.Name, b.Amount.Exact)
		}
	}
	if sum.Cmp(w.Total.Rat()) != 0 {
		t.Fatalf("the bars sum to %s, the total is %s", sum, w.Total.Exact)
	}
	if total, _ := new(big.Rat).SetString(w.Total.Shown); shown.Cmp(total) != 0 {
		t.Fatalf("the shown bars sum to %s, the total shows %s", shown.FloatString(places), w.Total.Shown)
	}
	if w.Cheapest.Rat().Cmp(w.Total.Rat()) > 0 || w.Dearest.Rat().Cmp(w.Total.Rat()) < 0 {
		t.Fatalf("%s does not lie between %s and %s", w.Total, w.Cheapest, w.Dearest)
	}
	for _, x := range w.Assumptions {
		for _, end := range []Amount{x.AtLow, x.AtHigh} {
			if end.Rat().Cmp(w.Cheapest.Rat()) < 0 || end.Rat().Cmp(w.Dearest.Rat()) > 0 {
				t.Fatalf("%s at one end gives %s, beyond the cheapest %s or dearest %s", x.Name, end, w.Cheapest, w.Dearest)
			}
		}
	}
}

// TestWaterfalls: of any sheet the bars sum to the total exactly, the shown ones to the shown one, no duty is negative, and a
// higher price never makes the product cheaper.
func TestWaterfalls(t *testing.T) {
	sch := schedule(t)
	rapid.Check(t, func(t *rapid.T) {
		s := sheets(t, "s")
		w, err := s.Cost(sch, 0)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, w)
		for i := range s.Items {
			if s.Items[i].Buy == nil {
				continue
			}
			f := &s.Items[i].Buy.Figure
			more, err := f.Base.Add(quantity.MustDecimal("1.5"))
			if err != nil {
				t.Fatal(err)
			}
			duties, err := s.duties(sch, s.On)
			if err != nil {
				t.Fatal(err)
			}
			if up, err := s.total(duties, but(f, more)); err != nil || up.Rat().Cmp(w.Total.Rat()) < 0 {
				t.Fatalf("with %s for %s the total falls from %s to %s (%v)", more, s.Items[i].Name, w.Total, up, err)
			}
		}
	})
}

// at is a sheet's total with one figure set to x outright, not as a line: the other way to the same number.
func at(t *rapid.T, r *route, pick choice, x *big.Rat) *big.Rat {
	if r.t == nil || r.t.what == VaryDuty {
		l, _, err := r.total(span{x, x}, pick)
		if err != nil {
			t.Fatal(err)
		}
		return l.at(x)
	}
	it := r.s.Items[r.t.item]
	clone := *r.s
	clone.Items = append([]Item(nil), r.s.Items...)
	var f *Figure
	if r.t.what == VaryPrice {
		p := *it.Buy
		p.Currency, p.Tax, p.PerTonne = "USD", "", false
		it.Buy, f = &p, &p.Figure
	} else {
		m := *it.Make
		it.Make, f = &m, &m.Yield
	}
	clone.Items[r.t.item] = it
	e := &eval{s: &clone, duties: r.duties, pick: func(g *Figure, cheaper bool) *big.Rat {
		if g == f {
			return new(big.Rat).Set(x)
		}
		return pick(g, cheaper)
	}}
	_, l, err := e.run()
	if err != nil {
		t.Fatal(err)
	}
	return l.at0()
}

// TestBreakevens: at every meeting both totals are the same, worked out anew with that value; between meetings the route that
// is said to be cheaper is; and the pieces cover the whole range without gap.
func TestBreakevens(t *testing.T) {
	sch := schedule(t)
	met, never := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		a, b := sheets(t, "a"), sheets(t, "b")
		what := rapid.SampledFrom([]Vary{VaryPrice, VaryDuty, VaryYield}).Draw(t, "what")
		names := a.candidates(what)
		if len(names) == 0 {
			t.Skip("nothing to vary")
		}
		name := "a:" + rapid.SampledFrom(names).Draw(t, "name")
		c, err := Breakeven(Route{Sheet: a}, Route{Sheet: b}, sch, what, name)
		if err != nil {
			t.Fatal(err)
		}
		ta, tb, err := targets(a, b, what, name)
		if err != nil {
			t.Fatal(err)
		}
		ra, err := newRoute(Route{Sheet: a}, sch, ta)
		if err != nil {
			t.Fatal(err)
		}
		rb, err := newRoute(Route{Sheet: b}, sch, tb)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range c.Meet {
			met++
			if x, y := at(t, ra, base, m.At.Rat()), at(t, rb, base, m.At.Rat()); x.Cmp(y) != 0 || x.Cmp(m.Total.Rat()) != 0 {
				t.Fatalf("at %s %s of %s, a costs %s and b %s, said %s", m.At, what, name, x.FloatString(9), y.FloatString(9), m.Total)
			}
		}
		if c.Never != "" {
			never++
		}
		if (len(c.Meet) == 0) != (c.Never != "") && !anyEqual(c.Pieces) {
			t.Fatalf("%d meetings and never = %q", len(c.Meet), c.Never)
		}
		for i, p := range c.Pieces {
			if i > 0 && p.From.Exact != c.Pieces[i-1].To.Exact {
				t.Fatalf("a gap between %s and %s", c.Pieces[i-1].To, p.From)
			}
			x := probe(p)
			if x == nil {
				continue
			}
			d := new(big.Rat).Sub(at(t, ra, base, x), at(t, rb, base, x))
			if got := cheaper(d); p.Cheaper != got && p.Cheaper != "a then b" && p.Cheaper != "b then a" {
				t.Fatalf("at %s %s is cheaper, the piece says %s", x.FloatString(6), got, p.Cheaper)
			}
		}
	})
	if met == 0 || never == 0 {
		t.Errorf("%d meetings, %d never: the draws do not reach both", met, never)
	}
}

func anyEqual(ps []Piece) bool {
	for _, p := range ps {
		if p.Cheaper == "equal" {
			return true
		}
	}
	return false
}

// probe is a value inside a piece, in the varied figure.
func probe(p Piece) *big.Rat {
	var s span
	if p.From != nil {
		s.lo = p.From.Rat()
	}
	if p.To != nil {
		s.hi = p.To.Rat()
	}
	if s.lo == nil { // a yield's lowest piece is open at nought
		s.lo = new(big.Rat)
	}
	x := s.within()
	if x.Sign() == 0 {
		return nil
	}
	return x
}
