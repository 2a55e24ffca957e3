package quantity

import (
	"fmt"
	"math/big"
	"strconv"
)

// Decimal is an exact decimal number: sign, a coefficient of at most 38 digits, and at most 38 places.
// The zero value is 0. Decimals are kept in one form (no trailing zero places), so == tells whether two are equal, and
// 1.50 and 1.5 are one map key.
type Decimal struct {
	coef  u128
	scale uint8 // digits after the point, 0 to 38
	neg   bool
}

const maxScale = 38

// Parts is the number as a coefficient of two 64-bit halves, its places after the point and its sign, for whoever keeps
// many in little room; DecimalFrom puts it together again.
func (d Decimal) Parts() (high, low uint64, places uint8, negative bool) {
	return d.coef.hi, d.coef.lo, d.scale, d.neg
}

// DecimalFrom is the number whose Parts these are. Of other parts it is 0.
func DecimalFrom(high, low uint64, places uint8, negative bool) Decimal {
	coef := u128{high, low}
	if coef.cmp(maxCoef) > 0 || places > maxScale {
		return Decimal{}
	}
	return norm(negative, coef, int(places))
}

// maxText bounds the text of a number: 38 digits, 38 leading zeros, sign, point, exponent.
const maxText = 128

// DecimalOf is the whole number n.
func DecimalOf(n int64) Decimal { return norm(n < 0, u128{0, abs64(n)}, 0) }

// ParseDecimal reads a decimal as JSON writes numbers: 12, -0.5, 1.5e3. It refuses text of another form and numbers
// that need more than 38 digits or 38 places; it never rounds.
func ParseDecimal(s string) (Decimal, error) {
	bad := func(why string) (Decimal, error) {
		return Decimal{}, fmt.Errorf("decimal %s: %s", quoted(s), why)
	}
	if len(s) > maxText {
		return bad("more than 128 characters")
	}
	i := 0
	neg := false
	if i < len(s) && s[i] == '-' {
		neg = true
		i++
	}
	var coef u128
	fits := true
	scale, zeros := 0, 0 // zeros not yet multiplied in: they cost no digits where they end the number
	take := func(c byte) {
		if c == '0' {
			if !coef.isZero() {
				zeros++
			}
			return
		}
		for ; zeros >= 0; zeros-- {
			var ok bool
			coef, ok = coef.mul64(10)
			fits = fits && ok
		}
		zeros = 0
		var ok bool
		coef, ok = coef.add(u128{0, uint64(c - '0')})
		fits = fits && ok
	}
	first := i
	for ; i < len(s) && isDigit(s[i]); i++ {
		take(s[i])
	}
	switch {
	case i == first:
		return bad("want a number such as 12.5, a digit first")
	case i-first > 1 && s[first] == '0':
		return bad("no leading zeros")
	}
	if i < len(s) && s[i] == '.' {
		i++
		from := i
		for ; i < len(s) && isDigit(s[i]); i++ {
			take(s[i])
			scale++
		}
		if i == from {
			return bad("want a digit after the point")
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		exp, err := strconv.Atoi(s[i+1:])
		if err != nil || exp < -1000 || exp > 1000 {
			return bad("want an exponent between -1000 and 1000")
		}
		scale -= exp
		i = len(s)
	}
	if i != len(s) {
		return bad(fmt.Sprintf("unexpected %q", s[i:]))
	}
	if !fits {
		return bad("more than 38 digits")
	}
	if coef.isZero() {
		return Decimal{}, nil
	}
	scale -= zeros // the last digit of coef is not zero now, so this is the one form unless the scale is negative
	if scale > maxScale {
		return bad("more than 38 places")
	}
	for scale < 0 {
		var ok bool
		if coef, ok = coef.mul64(10); !ok || coef.cmp(maxCoef) > 0 {
			return bad("more than 38 digits")
		}
		scale++
	}
	if coef.cmp(maxCoef) > 0 {
		return bad("more than 38 digits")
	}
	return Decimal{coef: coef, scale: uint8(scale), neg: neg}, nil
}

// MustDecimal is ParseDecimal for constants of the program; it panics on a fault.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// quoted is s in quotes, cut when it is long.
func quoted(s string) string {
	if len(s) > 48 {
		return strconv.Quote(s[:48]) + "…"
	}
	return strconv.Quote(s)
}

// norm makes the one form: no trailing zero places, no negative zero.
func norm(neg bool, coef u128, scale int) Decimal {
	if coef.isZero() {
		return Decimal{}
	}
	for scale > 0 {
		q, r := coef.div64(10)
		if r != 0 {
			break
		}
		coef, scale = q, scale-1
	}
	return Decimal{coef: coef, scale: uint8(scale), neg: neg}
}

// String is d in plain digits, without an exponent and without trailing zero places.
func (d Decimal) String() string {
	digits := d.bigCoef().String()
	if s := int(d.scale); s > 0 {
		for len(digits) <= s {
			digits = "0" + digits
		}
		digits = digits[:len(digits)-s] + "." + digits[len(digits)-s:]
	}
	if d.neg {
		return "-" + digits
	}
	return digits
}

// MarshalText and UnmarshalText are String and ParseDecimal.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDecimal reads.
func (d *Decimal) UnmarshalText(b []byte) error {
	v, err := ParseDecimal(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.coef.isZero():
		return 0
	case d.neg:
		return -1
	}
	return 1
}

// Neg is -d.
func (d Decimal) Neg() Decimal {
	if d.coef.isZero() {
		return d
	}
	d.neg = !d.neg
	return d
}

// Int64 is d as a whole number, and false when d is not whole or does not fit.
func (d Decimal) Int64() (int64, bool) {
	if d.scale != 0 || d.coef.hi != 0 || d.coef.lo > 1<<63-1 {
		return 0, false
	}
	if d.neg {
		return -int64(d.coef.lo), true
	}
	return int64(d.coef.lo), true
}

// Float64 is the float64 nearest to d, for variances and pictures only.
func (d Decimal) Float64() float64 {
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

// bigCoef is the coefficient without its sign.
func (d Decimal) bigCoef() *big.Int {
	if d.coef.hi == 0 {
		return new(big.Int).SetUint64(d.coef.lo)
	}
	b := new(big.Int).SetUint64(d.coef.hi)
	return b.Lsh(b, 64).Or(b, new(big.Int).SetUint64(d.coef.lo))
}

func abs64(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
