package landed

import (
	"math/big"

	"lodestone/quantity"
)

// line is c + k·x, exactly, in the one unknown of a break-even. The zero value is 0; a line is never changed.
type line struct{ c, k *big.Rat }

func rat(d quantity.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic("landed: a decimal is no number: " + d.String())
	}
	return r
}

// fixed is a line that does not move.
func fixed(c *big.Rat) line { return line{c: c} }

// unknown is x itself.
func unknown() line { return line{k: big.NewRat(1, 1)} }

func (l line) at0() *big.Rat   { return orZero(l.c) }
func (l line) slope() *big.Rat { return orZero(l.k) }

func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}

func (l line) moves() bool { return l.k != nil && l.k.Sign() != 0 }

func (l line) add(m line) line {
	return line{new(big.Rat).Add(l.at0(), m.at0()), new(big.Rat).Add(l.slope(), m.slope())}
}

func (l line) sub(m line) line {
	return line{new(big.Rat).Sub(l.at0(), m.at0()), new(big.Rat).Sub(l.slope(), m.slope())}
}

func (l line) scale(r *big.Rat) line {
	return line{new(big.Rat).Mul(l.at0(), r), new(big.Rat).Mul(l.slope(), r)}
}

// times is the product, of which at most one factor may move: the unknown enters once on every path to the product.
func (l line) times(m line) line {
	switch {
	case !m.moves():
		return l.scale(m.at0())
	case !l.moves():
		return m.scale(l.at0())
	}
	panic("landed: the unknown enters twice")
}

func (l line) at(x *big.Rat) *big.Rat {
	r := new(big.Rat).Mul(l.slope(), x)
	return r.Add(r, l.at0())
}

// zero is where the line is nought; nil where it does not move.
func (l line) zero() *big.Rat {
	if !l.moves() {
		return nil
	}
	r := new(big.Rat).Quo(l.at0(), l.slope())
	return r.Neg(r)
}

// span is a stretch of the unknown; a nil end is open.
type span struct{ lo, hi *big.Rat }

// inside tells whether x lies strictly within.
func (s span) inside(x *big.Rat) bool {
	return (s.lo == nil || x.Cmp(s.lo) > 0) && (s.hi == nil || x.Cmp(s.hi) < 0)
}

// within is a point inside.
func (s span) within() *big.Rat {
	one := big.NewRat(1, 1)
	switch {
	case s.lo == nil && s.hi == nil:
		return new(big.Rat)
	case s.hi == nil:
		return new(big.Rat).Add(s.lo, one)
	case s.lo == nil:
		return new(big.Rat).Sub(s.hi, one)
	}
	m := new(big.Rat).Add(s.lo, s.hi)
	return m.Quo(m, big.NewRat(2, 1))
}
