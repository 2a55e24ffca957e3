package quantity

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrRange says that an exact result does not fit a Decimal or a Mass. The sum or product is refused, never rounded to fit.
var ErrRange = errors.New("the exact result does not fit")

// Cmp is -1, 0 or 1 as d is less than, equal to or greater than e.
func (d Decimal) Cmp(e Decimal) int {
	if ds, es := d.Sign(), e.Sign(); ds != es {
		if ds < es {
			return -1
		}
		return 1
	}
	if d.scale == e.scale {
		return flip(d.coef.cmp(e.coef), d.neg)
	}
	return d.scaled(max(d.scale, e.scale)).Cmp(e.scaled(max(d.scale, e.scale)))
}

func flip(c int, neg bool) int {
	if neg {
		return -c
	}
	return c
}

// Less tells whether d < e.
func (d Decimal) Less(e Decimal) bool { return d.Cmp(e) < 0 }

// Add is d + e, exactly, or ErrRange.
func (d Decimal) Add(e Decimal) (Decimal, error) {
	s := max(d.scale, e.scale)
	return fromBig(new(big.Int).Add(d.scaled(s), e.scaled(s)), int(s), "sum of "+d.String()+" and "+e.String())
}

// Sub is d - e, exactly, or ErrRange.
func (d Decimal) Sub(e Decimal) (Decimal, error) { return d.Add(e.Neg()) }

// Mul is d × e, exactly, or ErrRange.
func (d Decimal) Mul(e Decimal) (Decimal, error) {
	p := new(big.Int).Mul(d.scaled(d.scale), e.scaled(e.scale))
	return fromBig(p, int(d.scale)+int(e.scale), "product of "+d.String()+" and "+e.String())
}

// MulRatio is d × num / den rounded half to even at the given number of places; den must be positive.
func (d Decimal) MulRatio(num, den int64, places int) (Decimal, error) {
	if den <= 0 || places < 0 || places > maxScale {
		return Decimal{}, fmt.Errorf("ratio %d/%d at %d places: want a positive divisor and 0 to 38 places", num, den, places)
	}
	n := new(big.Int).Mul(d.scaled(d.scale), big.NewInt(num))
	q := big.NewInt(den)
	if up := places - int(d.scale); up >= 0 {
		n.Mul(n, tenTo(up))
	} else {
		q.Mul(q, tenTo(-up))
	}
	return fromBig(quoHalfEven(n, q), places, "ratio of "+d.String())
}

// Round is d rounded half to even to the given number of places.
func (d Decimal) Round(places int) Decimal {
	if int(d.scale) <= places {
		return d
	}
	if places < 0 {
		places = 0
	}
	return norm(d.neg, d.coef.divHalfEven(pow10[int(d.scale)-places]), places)
}

// scaled is the signed coefficient of d at s places, s at least d's own.
func (d Decimal) scaled(s uint8) *big.Int {
	c := d.bigCoef()
	if s > d.scale {
		c.Mul(c, tenTo(int(s-d.scale)))
	}
	if d.neg {
		c.Neg(c)
	}
	return c
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// quoHalfEven is n / d rounded half to even, d > 0.
func quoHalfEven(n, d *big.Int) *big.Int {
	neg := n.Sign() < 0
	q, r := new(big.Int).QuoRem(new(big.Int).Abs(n), d, new(big.Int))
	if c := r.Lsh(r, 1).Cmp(d); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	if neg {
		q.Neg(q)
	}
	return q
}

// fromBig makes a Decimal of c × 10^-scale, dropping zeros only.
func fromBig(c *big.Int, scale int, what string) (Decimal, error) {
	neg := c.Sign() < 0
	a := new(big.Int).Abs(c)
	ten, r := big.NewInt(10), new(big.Int)
	for scale > 0 && a.Sign() != 0 {
		q, m := new(big.Int).QuoRem(a, ten, r)
		if m.Sign() != 0 {
			break
		}
		a, scale = q, scale-1
	}
	if a.Sign() == 0 {
		return Decimal{}, nil
	}
	if scale > maxScale || a.BitLen() > 128 {
		return Decimal{}, fmt.Errorf("%s: %w in 38 digits", what, ErrRange)
	}
	lo := new(big.Int).And(a, new(big.Int).SetUint64(^uint64(0))).Uint64()
	u := u128{new(big.Int).Rsh(a, 64).Uint64(), lo}
	if u.cmp(maxCoef) > 0 {
		return Decimal{}, fmt.Errorf("%s: %w in 38 digits", what, ErrRange)
	}
	return norm(neg, u, scale), nil
}
