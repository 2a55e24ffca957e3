package quantity

import (
	"fmt"
	"math/bits"
)

// Mass is a mass in whole milligrams, negative in differences. The greatest is about 9.2e9 t.
type Mass int64

// The milligrams in the units of speech.
const (
	Milligram Mass = 1
	Gram      Mass = 1_000
	Kilogram  Mass = 1_000_000
	Tonne     Mass = 1_000_000_000
)

// Add is m + n, or ErrRange.
func (m Mass) Add(n Mass) (Mass, error) {
	s := m + n
	if (s > m) != (n > 0) && n != 0 {
		return 0, fmt.Errorf("sum of %s and %s: %w in 9.2e9 t", m, n, ErrRange)
	}
	return s, nil
}

// Sub is m - n, or ErrRange.
func (m Mass) Sub(n Mass) (Mass, error) {
	s := m - n
	if (s < m) != (n > 0) && n != 0 {
		return 0, fmt.Errorf("difference of %s and %s: %w in 9.2e9 t", m, n, ErrRange)
	}
	return s, nil
}

// Sum is the sum of the masses, or ErrRange.
func Sum(ms ...Mass) (Mass, error) {
	var s Mass
	var err error
	for _, m := range ms {
		if s, err = s.Add(m); err != nil {
			return 0, err
		}
	}
	return s, nil
}

// Times is m × f rounded half to even to a milligram: the mass of an element in an aggregate, or of n pieces.
func (m Mass) Times(f Decimal) (Mass, error) {
	r, err := f.toMass(u128{0, abs64(int64(m))}, 0)
	if err != nil {
		return 0, fmt.Errorf("%s times %s: %w", m, f, err)
	}
	if m < 0 {
		r = -r
	}
	return r, nil
}

// toMass is d × factor × 10^-scale rounded half to even, or ErrRange. The scale is at most 18.
func (d Decimal) toMass(factor u128, scale int) (Mass, error) {
	s := int(d.scale) + scale
	p, ok := d.coef.mul(factor)
	var q u128
	switch {
	case ok && s <= maxScale:
		q = p.divHalfEven(pow10[s])
	default: // more than 128 bits: seldom, exact all the same
		c := Decimal{coef: d.coef}.bigCoef()
		c.Mul(c, Decimal{coef: factor}.bigCoef())
		b := quoHalfEven(c, tenTo(s))
		if !b.IsInt64() {
			return 0, ErrRange
		}
		q = u128{0, b.Uint64()}
	}
	if q.hi != 0 || q.lo > 1<<63-1 {
		return 0, ErrRange
	}
	if d.neg {
		return -Mass(q.lo), nil
	}
	return Mass(q.lo), nil
}

// Kilograms is m in kilograms, exactly.
func (m Mass) Kilograms() Decimal { return norm(m < 0, u128{0, abs64(int64(m))}, 6) }

// String is m exactly, in t, kg, g or mg as its size suggests: 1.25 t, 453.592 g, 0 kg.
func (m Mass) String() string {
	a := abs64(int64(m))
	scale, unit := 0, " mg"
	switch {
	case a == 0:
		unit = " kg"
	case a >= uint64(Tonne):
		scale, unit = 9, " t"
	case a >= uint64(Kilogram):
		scale, unit = 6, " kg"
	case a >= uint64(Gram):
		scale, unit = 3, " g"
	}
	return norm(m < 0, u128{0, a}, scale).String() + unit
}

// Split divides total over the weights so that the parts sum to it exactly: each gets its share rounded down, and the
// milligrams left over go to the largest remainders, the earlier first among equals. Weights may not be negative; when
// all are zero only a zero total can be split. A negative total is split as its opposite.
func Split[W ~int | ~int64](total Mass, weights []W) ([]Mass, error) {
	var sum uint64
	for i, w := range weights {
		if w < 0 {
			return nil, fmt.Errorf("split of %s: weight %d is negative", total, i)
		}
		var carry uint64
		if sum, carry = bits.Add64(sum, uint64(w), 0); carry != 0 {
			return nil, fmt.Errorf("split of %s: sum of weights: %w", total, ErrRange)
		}
	}
	parts := make([]Mass, len(weights))
	if total == 0 {
		return parts, nil
	}
	if sum == 0 {
		return nil, fmt.Errorf("split of %s: no weight above zero to give it to", total)
	}
	abs := abs64(int64(total))
	left := abs
	rest := make([]uint64, len(weights))
	for i, w := range weights {
		q, r := u128mul(abs, uint64(w)).div64(sum)
		parts[i], rest[i] = Mass(q.lo), r
		left -= q.lo
	}
	for _, i := range byRemainder(rest, int(left)) {
		parts[i]++
	}
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts, nil
}

func u128mul(a, b uint64) u128 {
	hi, lo := bits.Mul64(a, b)
	return u128{hi, lo}
}
