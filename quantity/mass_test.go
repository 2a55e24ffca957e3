package quantity

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUnitMass(t *testing.T) {
	for _, w := range []struct {
		value, code string
		want        Mass
		text        string
	}{
		{"1", "KGM", 1_000_000, "1 kg"}, {"1", "TNE", 1_000_000_000, "1 t"}, {"1", "GRM", 1000, "1 g"}, {"1", "MGM", 1, "1 mg"},
		{"1", "LBR", 453_592, "453.592 g"}, {"100", "LBR", 45_359_237, "45.359237 kg"}, {"1", "ONZ", 28_350, "28.35 g"},
		{"1", "STN", 907_184_740, "907.18474 kg"}, {"1", "LTN", 1_016_046_909, "1.016046909 t"}, {"10", "LTN", 10_160_469_088, "10.160469088 t"},
		{"1", "APZ", 31_103, "31.103 g"}, {"1", "GRN", 65, "65 mg"}, {"1e8", "GRN", 6_479_891_000, "6.479891 t"}, {"1", "CTM", 200, "200 mg"},
		{"0.0005", "GRM", 0, "0 kg"}, {"0.0015", "GRM", 2, "2 mg"}, {"0.0025", "GRM", 2, "2 mg"}, {"0.0025000000000000000000000001", "GRM", 3, "3 mg"},
		{"1.25e-1", "TNE", 125_000_000, "125 kg"}, {"1500", "MC", 2, "2 mg"}, {"2500", "MC", 2, "2 mg"}, {"2U", "", 0, ""},
		{"9223372036.854775807", "TNE", math.MaxInt64, "9223372036.854775807 t"}, {"9223372036.8547758074", "TNE", math.MaxInt64, "9223372036.854775807 t"},
		{"12", "KTN", 12_000 * Tonne, "12000 t"}, {"0", "KGM", 0, "0 kg"}, {"3.1415926535897932384626433832795028842", "KGM", 3_141_593, "3.141593 kg"},
		{"0.00000000000000000000000000000000000001", "LBR", 0, "0 kg"}, {"1", "2U", Tonne, "1 t"}, {"1", "DTN", 100 * Kilogram, "100 kg"},
	} {
		u, err := ParseUnit(w.code)
		if err != nil {
			t.Error(err)
			continue
		}
		m, err := u.Mass(w.value)
		if w.text == "" {
			if err == nil {
				t.Errorf("%s %s is read as %s", w.value, w.code, m)
			}
			continue
		}
		if err != nil || m != w.want || m.String() != w.text {
			t.Errorf("%s %s: %d (%s), %v; want %d (%s)", w.value, w.code, m, m, err, w.want, w.text)
		}
	}
	for _, w := range [][3]string{
		{"9223372036.8547758075", "TNE", "9.2e9 t"}, {"1e10", "TNE", "9.2e9 t"}, {"1e37", "KTN", "9.2e9 t"}, {"-1", "KGM", "not negative"},
		{"x", "KGM", "decimal"}, {"1", "P1", "not of mass"}, {"1", "", "not of mass"}, {"20", "CEL", "temperature"}, {"", "KGM", "decimal"},
	} {
		u, err := ParseUnit(w[1])
		if err != nil {
			t.Error(err)
			continue
		}
		if m, err := u.Mass(w[0]); err == nil || !strings.Contains(err.Error(), w[2]) {
			t.Errorf("%s %s: %s, %v; want an error about %q", w[0], w[1], m, err, w[2])
		}
	}
}

// Every mass is the decimal times the factor, rounded once, for any unit.
func TestMassIsRoundedOnce(t *testing.T) {
	var masses []Unit
	for _, u := range Units() {
		if u.Dimension() == MassOf {
			masses = append(masses, u)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d, r := genDecimal(t, "d")
		if d.Sign() < 0 {
			d, r = d.Neg(), r.Neg(r)
		}
		u := rapid.SampledFrom(masses).Draw(t, "unit")
		want := halfEven(new(big.Rat).Mul(r, ratOf(unitTable[u].factor)))
		m, err := u.Mass(d.String())
		if want.IsInt64() != (err == nil) || err == nil && int64(m) != want.Int64() {
			t.Fatalf("%s %s: %d, %v; want %s", d, u, m, err, want)
		}
	})
}

func TestUnits(t *testing.T) {
	seen := map[string]bool{}
	counts := map[Dimension]int{}
	for _, u := range Units() {
		if seen[u.Code()] || u.Name() == "" || u.Quantity() == "" {
			t.Errorf("unit %q: twice or incomplete", u.Code())
		}
		seen[u.Code()] = true
		counts[u.Dimension()]++
		if got, err := ParseUnit(u.Code()); err != nil || got != u {
			t.Errorf("ParseUnit(%q) = %v, %v", u.Code(), got, err)
		}
		if d := u.Dimension(); (d == PhysicalMeasure) != (unitTable[u].factor == Decimal{}) {
			t.Errorf("unit %q: dimension %s, factor %s", u.Code(), d, unitTable[u].factor)
		}
	}
	if counts[MassOf] < 20 || counts[CountOf] < 10 || counts[FractionOf] < 8 || counts[PhysicalMeasure] < 500 || counts[NoDimension] != 0 {
		t.Errorf("units by dimension: %v", counts)
	}
	for name := range physicalNames {
		if u, err := ParseUnit(name); err != nil || u.Dimension() != PhysicalMeasure {
			t.Errorf("%s has a name and no row", name)
		}
	}
	// What GS1's published examples of events use.
	for code, of := range map[string]string{"A93": "mass per volume", "C35": "amount of substance per volume", "CEL": "temperature", "DD": "angle",
		"KGM": "mass", "KMH": "speed", "LUX": "illuminance", "MTR": "length", "MTS": "speed", "P71": "effective dose rate", "A24": "luminance",
		"P1": "fraction", "": "count", "EA": "count"} {
		if u, err := ParseUnit(code); err != nil || u.Quantity() != of {
			t.Errorf("%q: %s, %v; want %s", code, u.Quantity(), err, of)
		}
	}
	for code, hint := range map[string]string{"kg": "KGM", "KG": "KGM", "lbs": "LBR", "t": "TNE", "ton": "STN", "pcs": "no unit", "%": "P1", "ppm": "59",
		"kgm": "KGM", "kilogram": "KGM", "Pounds": "LBR", "E4": "net mass", "58": "net mass", "XYZ": "KGM", strings.Repeat("k", 300): "KGM", " KGM": "KGM"} {
		if u, err := ParseUnit(code); err == nil || !strings.Contains(err.Error(), hint) || len(err.Error()) > 400 {
			t.Errorf("ParseUnit(%q) = %v, %v; want a hint of %q", code, u, err, hint)
		}
	}
}

func TestFractions(t *testing.T) {
	for _, w := range [][3]string{
		{"29.4", "P1", "0.294"}, {"29.4", "60", "0.294"}, {"294", "GK", "0.294"}, {"294000", "59", "0.294"}, {"0.294", "C62", "0.294"},
		{"0.294", "", "0.294"}, {"100", "P1", "1"}, {"0", "P1", "0"}, {"100.1", "P1", ""}, {"-1", "P1", ""}, {"1.1", "C62", ""}, {"1", "KGM", ""},
		{"1", "EA", ""}, {"1", "A93", ""}, {"12", "61", "0.000000012"}, {"5", "NX", "0.005"},
	} {
		u, err := ParseUnit(w[1])
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := u.Fraction(MustDecimal(w[0]))
		if (err != nil) != (w[2] == "") || err == nil && got.String() != w[2] {
			t.Errorf("%s %s: %s, %v; want %s", w[0], w[1], got, err, w[2])
		}
	}
}

func TestQuantities(t *testing.T) {
	for _, w := range []struct {
		value, code, text string
		mass              Mass
		count             int64
		isMass, isCount   bool
	}{
		{"1.50", "KGM", "1.50 KGM", 1_500_000, 0, true, false}, {"12", "", "12 pieces", 0, 12, false, true}, {"2", "DZN", "2 DZN", 0, 24, false, true},
		{"1.5", "DZN", "1.5 DZN", 0, 18, false, true}, {"1e2", "EA", "1e2 EA", 0, 100, false, true}, {"21.5", "CEL", "21.5 CEL", 0, 0, false, false},
	} {
		q, err := ParseQuantity(w.value, w.code)
		if err != nil {
			t.Error(err)
			continue
		}
		m, isMass := q.Mass()
		n, isCount := q.Count()
		if m != w.mass || isMass != w.isMass || n != w.count || isCount != w.isCount || q.String() != w.text || q.Text() != w.value || q.Unit().Code() != w.code || !q.Stated() {
			t.Errorf("%s %s: %+v", w.value, w.code, q)
		}
	}
	for _, w := range [][2]string{{"1", "kg"}, {"x", "KGM"}, {"-1", "KGM"}, {"-1", ""}, {"0.5", ""}, {"0.5", "EA"}, {"1e10", "TNE"}, {"1e30", ""}, {"", ""}} {
		if q, err := ParseQuantity(w[0], w[1]); err == nil {
			t.Errorf("%q %q is read as %s", w[0], w[1], q)
		}
	}
	var none Quantity
	if _, ok := none.Mass(); ok || none.Stated() || none.String() != "not stated" {
		t.Error("no amount is an amount")
	}
	if _, ok := none.Count(); ok {
		t.Error("no amount is a count")
	}
}

func TestSums(t *testing.T) {
	edge := []Mass{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, math.MinInt64 + 1, Tonne, -Tonne}
	for _, a := range edge {
		for _, b := range edge {
			for name, op := range map[string]struct {
				got  func(Mass) (Mass, error)
				want *big.Int
			}{
				"+": {a.Add, new(big.Int).Add(big.NewInt(int64(a)), big.NewInt(int64(b)))},
				"-": {a.Sub, new(big.Int).Sub(big.NewInt(int64(a)), big.NewInt(int64(b)))},
			} {
				got, err := op.got(b)
				if op.want.IsInt64() != (err == nil) || err == nil && int64(got) != op.want.Int64() || err != nil && !errors.Is(err, ErrRange) {
					t.Errorf("%d %s %d = %d, %v; want %s", a, name, b, got, err, op.want)
				}
			}
		}
	}
	if s, err := Sum(Tonne, -Kilogram, Gram); s != 999_001_000 || err != nil {
		t.Errorf("sum %d, %v", s, err)
	}
	if _, err := Sum(math.MaxInt64, 1); !errors.Is(err, ErrRange) {
		t.Errorf("overflow: %v", err)
	}
	if s, err := Sum(); s != 0 || err != nil {
		t.Error("the empty sum is not zero")
	}
}

func TestTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Mass(rapid.Int64().Draw(t, "m"))
		d, r := genDecimal(t, "d")
		want := halfEven(new(big.Rat).Mul(new(big.Rat).SetInt64(int64(m)), r))
		got, err := m.Times(d)
		switch {
		case err == nil && big.NewInt(int64(got)).Cmp(want) != 0:
			t.Fatalf("%d × %s = %d, want %s", m, d, got, want)
		case err != nil && want.IsInt64() && want.Int64() != math.MinInt64:
			t.Fatalf("%d × %s fits and was refused: %v", m, d, err)
		}
	})
}

func TestSplit(t *testing.T) {
	for _, w := range []struct {
		total   Mass
		weights []int
		want    []Mass
	}{
		{10, []int{1, 1, 1}, []Mass{4, 3, 3}}, {0, []int{0, 0}, []Mass{0, 0}}, {100, []int{0, 1}, []Mass{0, 100}}, {-10, []int{1, 1, 1}, []Mass{-4, -3, -3}},
		{11, []int{50, 30, 20}, []Mass{6, 3, 2}}, {1, []int{1, 3}, []Mass{0, 1}}, {0, nil, []Mass{}}, {math.MaxInt64, []int{math.MaxInt64, 0}, []Mass{math.MaxInt64, 0}},
	} {
		got, err := Split(w.total, w.weights)
		if err != nil || len(got) != len(w.want) {
			t.Errorf("%d over %v: %v, %v", w.total, w.weights, got, err)
			continue
		}
		for i := range got {
			if got[i] != w.want[i] {
				t.Errorf("%d over %v: %v, want %v", w.total, w.weights, got, w.want)
				break
			}
		}
	}
	for _, weights := range [][]int{nil, {0, 0}, {1, -1}, {math.MaxInt64, math.MaxInt64, 2}} {
		if got, err := Split(5, weights); err == nil {
			t.Errorf("5 over %v: %v", weights, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(-1<<62, 1<<62).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<58), 1, 20).Draw(t, "weights")
		parts, err := Split(Mass(total), weights)
		sum := new(big.Int)
		for _, w := range weights {
			sum.Add(sum, big.NewInt(w))
		}
		if err != nil {
			if sum.Sign() == 0 && total != 0 {
				return
			}
			t.Fatal(err)
		}
		var back Mass
		for i, p := range parts {
			back += p
			if total == 0 {
				continue
			}
			exact := new(big.Rat).Mul(big.NewRat(total, 1), new(big.Rat).SetFrac(big.NewInt(weights[i]), sum))
			if off := new(big.Rat).Sub(exact, big.NewRat(int64(p), 1)); off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d is %d, its share %s", i, p, exact.FloatString(3))
			}
		}
		if back != Mass(total) {
			t.Fatalf("parts sum to %d, not %d", back, total)
		}
	})
}

func TestMassWords(t *testing.T) {
	for m, want := range map[Mass]string{0: "0 kg", 1: "1 mg", -1: "-1 mg", 999: "999 mg", 1000: "1 g", 1_234_567: "1.234567 kg", -Tonne: "-1 t",
		math.MinInt64: "-9223372036.854775808 t", math.MaxInt64: "9223372036.854775807 t", 1_000_000_001: "1.000000001 t"} {
		if got := m.String(); got != want {
			t.Errorf("%d is %q, want %q", int64(m), got, want)
		}
	}
	if got := Mass(1_234_500).Kilograms().String(); got != "1.2345" {
		t.Errorf("kilograms: %s", got)
	}
}

func BenchmarkUnitMass(b *testing.B) {
	u, _ := ParseUnit("KGM")
	for b.Loop() {
		if _, err := u.Mass("12345.678901"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseUnit(b *testing.B) {
	for b.Loop() {
		if _, err := ParseUnit("KGM"); err != nil {
			b.Fatal(err)
		}
	}
}
