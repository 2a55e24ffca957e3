package quantity

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/element"
)

func line(e element.Element, value, sd string) Assayed {
	l := Assayed{Element: e, Measured: Measured{Value: MustDecimal(value)}}
	if sd != "" {
		l.SD, l.Known = MustDecimal(sd), true
	}
	return l
}

func TestAssayElements(t *testing.T) {
	a := Assay{Basis: BasisOxide, Lines: []Assayed{line(element.Nd, "0.75", "0.002"), line(element.Pr, "0.25", "")}}
	got, err := a.Elements()
	if err != nil || got.Basis != BasisElement {
		t.Fatal(got, err)
	}
	nd, ok := got.Of(element.Nd)
	// 0.75 × 288.484 / 336.481
	if !ok || nd.Value.Round(9).String() != "0.643016991" || nd.SD.Round(9).String() != "0.001714712" || !nd.Known {
		t.Errorf("Nd: %s ± %s", nd.Value, nd.SD)
	}
	pr, _ := got.Of(element.Pr)
	if sum, _ := nd.Value.Add(pr.Value); sum.Round(3).String() != "0.85" || pr.Known {
		t.Errorf("NdPr oxide of 75:25 holds %s metal, want 0.850", sum)
	}
	if _, ok := got.Of(element.Dy); ok {
		t.Error("Dy was not assayed")
	}
	same, err := (Assay{Basis: BasisAsReceived, Lines: []Assayed{line(element.Nd, "0.3", "")}}).Elements()
	if err != nil || same.Basis != BasisAsReceived || same.Lines[0].Value.String() != "0.3" {
		t.Errorf("as received: %+v, %v", same, err)
	}
}

func TestAssayRefusals(t *testing.T) {
	for name, w := range map[string]struct {
		a    Assay
		want string
	}{
		"no basis":          {Assay{}, "basis"},
		"no element":        {Assay{Basis: BasisElement, Lines: []Assayed{line(element.None, "0.1", "")}}, "no element"},
		"twice":             {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.1", ""), line(element.Nd, "0.1", "")}}, "twice"},
		"negative":          {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "-0.1", "")}}, "outside"},
		"above one":         {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "1.1", "")}}, "outside"},
		"negative sd":       {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.1", "-0.1")}}, "outside"},
		"no oxide":          {Assay{Basis: BasisOxide, Lines: []Assayed{line(element.F, "0.1", "")}}, "no usual oxide"},
		"more than all":     {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.6", "0.001"), line(element.Fe, "0.41", "0.001")}}, "more than the whole"},
		"more, unmeasured":  {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.6", ""), line(element.Fe, "0.4001", "")}}, "more than the whole"},
		"just beyond sigma": {Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.5", "0.003"), line(element.Fe, "0.516", "0.004")}}, "more than the whole"},
	} {
		if _, err := w.a.Elements(); err == nil || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%s: %v, want %q", name, err, w.want)
		}
	}
	ok := Assay{Basis: BasisElement, Lines: []Assayed{line(element.Nd, "0.5", "0.003"), line(element.Fe, "0.515", "0.004")}} // 3 × 0.005
	if _, err := ok.Elements(); err != nil {
		t.Errorf("within three standard uncertainties of the whole: %v", err)
	}
}

func TestApart(t *testing.T) {
	m := func(value, sd string) Measured { return line(element.Nd, value, sd).Measured }
	for _, w := range []struct {
		a, b         Measured
		apart, known bool
	}{
		{m("0.30", "0.003"), m("0.315", "0.004"), false, true}, // exactly three
		{m("0.30", "0.003"), m("0.3150000000001", "0.004"), true, true},
		{m("0.3150000000001", "0.004"), m("0.30", "0.003"), true, true},
		{m("0.30", ""), m("0.30", ""), false, true},
		{m("0.30", ""), m("0.31", "0.001"), false, false},
		{m("0.30", "0.001"), m("0.31", ""), false, false},
		{m("0.30", "0"), m("0.3000000001", "0"), true, true},
		{m("100", "1"), m("104", "1"), false, true},
		{m("100", "1"), m("104.3", "1"), true, true},
	} {
		if apart, known := Apart(w.a, w.b); apart != w.apart || known != w.known {
			t.Errorf("%s ± %s and %s ± %s: %v, %v", w.a.Value, w.a.SD, w.b.Value, w.b.SD, apart, known)
		}
	}
}

func TestOxideMasses(t *testing.T) {
	if m, err := FromOxide(element.Nd, 100*Kilogram); err != nil || m.String() != "85.735599 kg" {
		t.Errorf("Nd in 100 kg Nd2O3: %s, %v", m, err)
	}
	if m, err := ToOxide(element.Dy, Kilogram); err != nil || m.String() != "1.147683 kg" {
		t.Errorf("Dy2O3 of 1 kg Dy: %s, %v", m, err)
	}
	if _, err := ToOxide(element.F, Kilogram); err == nil {
		t.Error("fluorine has an oxide")
	}
	if _, err := ToOxide(element.Dy, math.MaxInt64); err == nil {
		t.Error("an overflow is accepted")
	}
	rapid.Check(t, func(t *rapid.T) {
		m := Mass(rapid.Int64Range(-1<<60, 1<<60).Draw(t, "m"))
		e := rapid.SampledFrom([]element.Element{element.Nd, element.Pr, element.Ce, element.Tb, element.Dy, element.Sm}).Draw(t, "e")
		num, den, _ := e.OxideFactor()
		want := halfEven(new(big.Rat).Mul(big.NewRat(int64(m), 1), big.NewRat(num, den)))
		if got, err := FromOxide(e, m); err != nil || int64(got) != want.Int64() {
			t.Fatalf("%s in %d: %d, %v; want %s", e, m, got, err, want)
		}
		oxide, err := ToOxide(e, m)
		if err != nil {
			t.Fatal(err)
		}
		if back, _ := FromOxide(e, oxide); back-m > 1 || m-back > 1 {
			t.Fatalf("%d of %s comes back as %d", m, e, back)
		}
	})
}

func TestSamples(t *testing.T) {
	f := line(element.Dy, "0.02", "0.0005").Measured
	s, err := ElementMass(1000*Kilogram, Kilogram, f)
	// var = 0.02² × 1² + 1000² × 0.0005² = 0.0004 + 0.25
	if err != nil || s.Mass != 20*Kilogram || math.Abs(s.Variance-0.2504) > 1e-12 || !s.Known {
		t.Errorf("%+v, %v", s, err)
	}
	sum, err := s.Add(Sample{Mass: Kilogram, Variance: 0.0496})
	if err != nil || sum.Mass != 21*Kilogram || math.Abs(sum.Variance-0.3) > 1e-12 || sum.Known {
		t.Errorf("%+v, %v", sum, err)
	}
	in := Sample{Mass: 20 * Kilogram, Variance: 0.16}
	if (Sample{Mass: 21_500_000, Variance: 0.09}).Exceeds(in) { // exactly three
		t.Error("three standard uncertainties are no excess")
	}
	if !(Sample{Mass: 21_500_001, Variance: 0.09}).Exceeds(in) || in.Exceeds(Sample{Mass: 30 * Kilogram}) {
		t.Error("excess is misjudged")
	}
	if !(Sample{Mass: math.MaxInt64}).Exceeds(Sample{Mass: math.MinInt64}) {
		t.Error("excess beyond all range is misjudged")
	}
	if _, err := (Sample{Mass: math.MaxInt64}).Add(Sample{Mass: 1}); err == nil {
		t.Error("an overflow is accepted")
	}
}

func TestBases(t *testing.T) {
	for _, b := range []Basis{BasisElement, BasisOxide, BasisAsReceived} {
		if got, err := ParseBasis(b.String()); err != nil || got != b {
			t.Errorf("ParseBasis(%s) = %v, %v", b, got, err)
		}
	}
	for _, w := range []string{"", "dry", "Oxide"} {
		if _, err := ParseBasis(w); err == nil {
			t.Errorf("basis %q is accepted", w)
		}
	}
}
