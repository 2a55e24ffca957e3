package quantity

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	nines := strings.Repeat("9", 38)
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "0.000": "0", "0e999": "0", "7": "7", "-7": "-7", "1.50": "1.5", "0.29": "0.29", "1.5e3": "1500", "2E-4": "0.0002",
		"1e38": "", "1e37": "1" + strings.Repeat("0", 37), nines: nines, "1" + strings.Repeat("0", 38): "", nines + ".0": nines,
		"0." + strings.Repeat("0", 37) + "1": "0." + strings.Repeat("0", 37) + "1", "1e-38": "0." + strings.Repeat("0", 37) + "1", "1e-39": "",
		"0." + nines: "0." + nines, "1." + nines: "", "1" + strings.Repeat("0", 60) + "e-60": "1", "12300e-2": "123",
		"340282366920938463463374607431768211456": "", "99999999999999999999999999999999999999.5": "",
		"": "", "+1": "", ".5": "", "1.": "", "01": "", "00": "", "1,5": "", "1 000": "", "0x10": "", "NaN": "", "1e": "", "1e+": "", "1e99999999999": "",
		"--1": "", "-": "", "1e1e1": "", "1_000": "", " 1": "", "1 ": "", "٣": "", strings.Repeat("0", 200): "", "1e+3": "1000",
	} {
		d, err := ParseDecimal(text)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is read as %s, and should be refused", text, d)
		case want != "" && (err != nil || d.String() != want):
			t.Errorf("%q: %s, %v; want %s", text, d, err, want)
		}
	}
}

// genDecimal draws decimals of every size, as text, with the exact value beside them.
func genDecimal(t *rapid.T, label string) (Decimal, *big.Rat) {
	text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,18})?(e-?[0-9])?`).Draw(t, label)
	d, err := ParseDecimal(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no rational", text)
	}
	return d, r
}

func ratOf(d Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

func TestDecimalsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := genDecimal(t, "a")
		b, rb := genDecimal(t, "b")
		if ratOf(a).Cmp(ra) != 0 {
			t.Fatalf("%s is not %s", a, ra)
		}
		if again, err := ParseDecimal(a.String()); err != nil || again != a {
			t.Fatalf("%s does not come back: %s, %v", a, again, err)
		}
		if a.Cmp(b) != ra.Cmp(rb) || (a == b) != (ra.Cmp(rb) == 0) || a.Less(b) != (ra.Cmp(rb) < 0) {
			t.Fatalf("%s and %s are compared wrongly", a, b)
		}
		for name, op := range map[string]struct {
			got  func() (Decimal, error)
			want *big.Rat
		}{
			"+": {func() (Decimal, error) { return a.Add(b) }, new(big.Rat).Add(ra, rb)},
			"-": {func() (Decimal, error) { return a.Sub(b) }, new(big.Rat).Sub(ra, rb)},
			"×": {func() (Decimal, error) { return a.Mul(b) }, new(big.Rat).Mul(ra, rb)},
		} {
			got, err := op.got()
			switch {
			case err != nil && !errors.Is(err, ErrRange):
				t.Fatal(err)
			case err == nil && ratOf(got).Cmp(op.want) != 0:
				t.Fatalf("%s %s %s = %s", a, name, b, got)
			case err != nil && fits(op.want):
				t.Fatalf("%s %s %s fits and was refused: %v", a, name, b, err)
			}
		}
	})
}

// fits tells whether a decimal rational has at most 38 digits and 38 places.
func fits(r *big.Rat) bool {
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(tenTo(38)))
	if !scaled.IsInt() {
		return false
	}
	n := new(big.Int).Abs(scaled.Num())
	for range 38 { // places that are not needed
		q, m := new(big.Int).QuoRem(n, big.NewInt(10), new(big.Int))
		if m.Sign() != 0 {
			break
		}
		n = q
	}
	return n.Cmp(tenTo(38)) < 0
}

// halfEven rounds a rational to a whole number, ties to even.
func halfEven(r *big.Rat) *big.Int {
	floor := new(big.Int).Div(r.Num(), r.Denom())
	rest := new(big.Rat).Sub(r, new(big.Rat).SetInt(floor))
	switch rest.Cmp(big.NewRat(1, 2)) {
	case 1:
		floor.Add(floor, big.NewInt(1))
	case 0:
		if floor.Bit(0) == 1 {
			floor.Add(floor, big.NewInt(1))
		}
	}
	return floor
}

func TestRoundAndRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, r := genDecimal(t, "d")
		places := rapid.IntRange(0, 12).Draw(t, "places")
		scale := new(big.Rat).SetInt(tenTo(places))
		want := new(big.Rat).Quo(new(big.Rat).SetInt(halfEven(new(big.Rat).Mul(r, scale))), scale)
		if got := d.Round(places); ratOf(got).Cmp(want) != 0 {
			t.Fatalf("%s at %d places: %s, want %s", d, places, got, want.FloatString(places))
		}
		num, den := rapid.Int64Range(0, 1<<40).Draw(t, "num"), rapid.Int64Range(1, 1<<40).Draw(t, "den")
		exact := new(big.Rat).Mul(r, big.NewRat(num, den))
		want = new(big.Rat).Quo(new(big.Rat).SetInt(halfEven(new(big.Rat).Mul(exact, scale))), scale)
		got, err := d.MulRatio(num, den, places)
		if err != nil && fits(want) || err == nil && ratOf(got).Cmp(want) != 0 {
			t.Fatalf("%s × %d/%d at %d places: %s, %v; want %s", d, num, den, places, got, err, want.FloatString(places))
		}
	})
	if _, err := DecimalOf(1).MulRatio(1, 0, 2); err == nil {
		t.Error("division by zero is accepted")
	}
}

func TestU128Division(t *testing.T) {
	toBig := func(a u128) *big.Int { return Decimal{coef: a}.bigCoef() }
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) u128 {
			shift := rapid.UintRange(0, 64).Draw(t, label+" shift")
			return u128{rapid.Uint64().Draw(t, label+" high") >> shift, rapid.Uint64().Draw(t, label+" low")}
		}
		a, d := draw("a"), draw("d")
		if d.isZero() {
			return
		}
		q, r := a.div(d)
		wantQ, wantR := new(big.Int).QuoRem(toBig(a), toBig(d), new(big.Int))
		if toBig(q).Cmp(wantQ) != 0 || toBig(r).Cmp(wantR) != 0 {
			t.Fatalf("%v / %v = %v rest %v, want %s rest %s", a, d, q, r, wantQ, wantR)
		}
		p, ok := a.mul(d)
		want := new(big.Int).Mul(toBig(a), toBig(d))
		if ok != (want.BitLen() <= 128) || ok && toBig(p).Cmp(want) != 0 {
			t.Fatalf("%v × %v = %v, %v", a, d, p, ok)
		}
		s, ok := a.add(d)
		want.Add(toBig(a), toBig(d))
		if ok != (want.BitLen() <= 128) || ok && toBig(s).Cmp(want) != 0 {
			t.Fatalf("%v + %v = %v, %v", a, d, s, ok)
		}
	})
}

func TestSmallDecimalThings(t *testing.T) {
	if n, ok := MustDecimal("-12").Int64(); n != -12 || !ok {
		t.Error("-12 is not whole")
	}
	for _, text := range []string{"1.5", "9223372036854775808", "1e30"} {
		if _, ok := MustDecimal(text).Int64(); ok {
			t.Errorf("%s is an int64", text)
		}
	}
	if DecimalOf(-1<<63).String() != "-9223372036854775808" || MustDecimal("0").Neg() != (Decimal{}) || MustDecimal("-2").Sign() != -1 {
		t.Error("signs are wrong")
	}
	var d Decimal
	if b, _ := MustDecimal("0.10").MarshalText(); string(b) != "0.1" || d.UnmarshalText([]byte("1e-2")) != nil || d.String() != "0.01" || d.UnmarshalText([]byte("x")) == nil {
		t.Error("texts are wrong")
	}
	if f := MustDecimal("0.1").Float64(); f != 0.1 {
		t.Errorf("0.1 as float64 is %v", f)
	}
	m := map[Decimal]bool{MustDecimal("1.50"): true}
	if !m[MustDecimal("15e-1")] {
		t.Error("1.50 and 15e-1 are two keys")
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.5e-3", "1e38", "99999999999999999999999999999999999999", "0.00000000000000000000000000000000000001", "1e-39", "01", "1."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			return
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("%q: %s does not come back: %s, %v", s, d, again, err)
		}
		if r, ok := new(big.Rat).SetString(s); !ok || r.Cmp(ratOf(d)) != 0 {
			t.Fatalf("%q is read as %s", s, d)
		}
	})
}
