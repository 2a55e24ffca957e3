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
	s := max(d.scale, e.scale)
	a, ok1 := d.coefAt(s)
	b, ok2 := e.coefAt(s)
	if ok1 && ok2 {
		return flip(a.cmp(b), d.neg)
	}
	return d.scaled(s).Cmp(e.scaled(s))
}

// coefAt is the coefficient at s places, s at least d's own, and whether it fits.
func (d Decimal) coefAt(s uint8) (u128, bool) {
	if s == d.scale {
		return d.coef, true
	}
	return d.coef.mul(pow10[s-d.scale])
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
	a, ok1 := d.coefAt(s)
	b, ok2 := e.coefAt(s)
	if ok1 && ok2 {
		neg, c, ok := d.neg, u128{}, true
		switch {
		case d.neg == e.neg:
			c, ok = a.add(b)
		case a.cmp(b) >= 0:
			c = a.sub(b)
		default:
			neg, c = e.neg, b.sub(a)
		}
		if ok && c.cmp(maxCoef) <= 0 {
			return norm(neg, c, int(s)), nil
		}
	}
	sum, ok := fromBig(new(big.Int).Add(d.scaled(s), e.scaled(s)), int(s))
	if !ok {
		return Decimal{}, fmt.Errorf("sum of %s and %s: %w in 38 digits", d, e, ErrRange)
	}
	return sum, nil
}

// Sub is d - e, exactly, or ErrRange.
func (d Decimal) Sub(e Decimal) (Decimal, error) { return d.Add(e.Neg()) }

// Mul is d × e, exactly, or ErrRange.
func (d Decimal) Mul(e Decimal) (Decimal, error) {
	s := int(d.scale) + int(e.scale)
	if p, ok := d.coef.mul(e.coef); ok && s <= maxScale && p.cmp(maxCoef) <= 0 {
		return norm(d.neg != e.neg, p, s), nil
	}
	p, ok := fromBig(new(big.Int).Mul(d.scaled(d.scale), e.scaled(e.scale)), s)
	if !ok {
		return Decimal{}, fmt.Errorf("product of %s and %s: %w in 38 digits", d, e, ErrRange)
	}
	return p, nil
}

// MulRatio is d × num / den rounded half to even at the given number of places; den must be positive.
func (d Decimal) MulRatio(num, den int64, places int) (Decimal, error) {
	if den <= 0 || places < 0 || places > maxScale {
		return Decimal{}, fmt.Errorf("ratio %d/%d at %d places: want a positive divisor and 0 to 38 places", num, den, places)
	}
	up := places - int(d.scale)
	if p, ok := d.coef.mul64(abs64(num)); ok && up >= 0 {
		if p, ok = p.mul(pow10[up]); ok {
			if q := p.divHalfEven(u128{0, uint64(den)}); q.cmp(maxCoef) <= 0 {
				return norm(d.neg != (num < 0), q, places), nil
			}
		}
	}
	n := new(big.Int).Mul(d.scaled(d.scale), big.NewInt(num))
	q := big.NewInt(den)
	if up >= 0 {
		n.Mul(n, tenTo(up))
	} else {
		q.Mul(q, tenTo(-up))
	}
	r, ok := fromBig(quoHalfEven(n, q), places)
	if !ok {
		return Decimal{}, fmt.Errorf("%s times %d/%d: %w in 38 digits", d, num, den, ErrRange)
	}
	return r, nil
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

// fromBig makes a Decimal of c × 10^-scale, dropping zeros only; false when it does not fit.
func fromBig(c *big.Int, scale int) (Decimal, bool) {
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
		return Decimal{}, true
	}
	if scale > maxScale || a.BitLen() > 128 {
		return Decimal{}, false
	}
	lo := new(big.Int).And(a, new(big.Int).SetUint64(^uint64(0))).Uint64()
	u := u128{new(big.Int).Rsh(a, 64).Uint64(), lo}
	return norm(neg, u, scale), u.cmp(maxCoef) <= 0
}
