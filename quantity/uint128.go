package quantity

import "math/bits"

// u128 is an unsigned 128-bit number, the coefficient of a Decimal and the product of two masses.
type u128 struct{ hi, lo uint64 }

// pow10 holds 10^0 to 10^38.
var pow10 = func() (t [39]u128) {
	t[0] = u128{0, 1}
	for i := 1; i < len(t); i++ {
		t[i], _ = t[i-1].mul64(10)
	}
	return t
}()

// maxCoef is 10^38 - 1, the greatest coefficient.
var maxCoef = pow10[38].sub(u128{0, 1})

func (a u128) isZero() bool { return a.hi|a.lo == 0 }

func (a u128) cmp(b u128) int {
	switch {
	case a.hi != b.hi:
		if a.hi < b.hi {
			return -1
		}
		return 1
	case a.lo < b.lo:
		return -1
	case a.lo > b.lo:
		return 1
	}
	return 0
}

// add returns a + b and whether it fits.
func (a u128) add(b u128) (u128, bool) {
	lo, c := bits.Add64(a.lo, b.lo, 0)
	hi, c := bits.Add64(a.hi, b.hi, c)
	return u128{hi, lo}, c == 0
}

// sub returns a - b for a >= b.
func (a u128) sub(b u128) u128 {
	lo, c := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, c)
	return u128{hi, lo}
}

// mul64 returns a × m and whether it fits.
func (a u128) mul64(m uint64) (u128, bool) {
	h1, lo := bits.Mul64(a.lo, m)
	h2, mid := bits.Mul64(a.hi, m)
	hi, c := bits.Add64(h1, mid, 0)
	return u128{hi, lo}, h2 == 0 && c == 0
}

// mul returns a × b and whether it fits.
func (a u128) mul(b u128) (u128, bool) {
	if a.hi != 0 && b.hi != 0 {
		return u128{}, false
	}
	if b.hi != 0 {
		a, b = b, a
	}
	return a.mul64(b.lo)
}

// div64 returns a / d and a mod d for d > 0.
func (a u128) div64(d uint64) (u128, uint64) {
	qh, r := bits.Div64(0, a.hi, d)
	ql, r := bits.Div64(r, a.lo, d)
	return u128{qh, ql}, r
}

// div returns a / d and a mod d for d > 0.
func (a u128) div(d u128) (q, r u128) {
	if d.hi == 0 {
		q, r := a.div64(d.lo)
		return q, u128{0, r}
	}
	// The quotient fits in 64 bits: estimate it from the normalised divisor, then correct by at most one.
	n := uint(bits.LeadingZeros64(d.hi))
	v := d.shl(n).hi
	half := a.shr(1)
	est, _ := bits.Div64(half.hi, half.lo, v)
	est >>= 63 - n
	if est != 0 {
		est--
	}
	p, _ := d.mul64(est)
	r = a.sub(p)
	if r.cmp(d) >= 0 {
		est++
		r = r.sub(d)
	}
	return u128{0, est}, r
}

func (a u128) shl(n uint) u128 {
	if n == 0 {
		return a
	}
	return u128{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

func (a u128) shr(n uint) u128 {
	if n == 0 {
		return a
	}
	return u128{a.hi >> n, a.lo>>n | a.hi<<(64-n)}
}

// divHalfEven returns a / d rounded half to even.
func (a u128) divHalfEven(d u128) u128 {
	q, r := a.div(d)
	switch rest := d.sub(r); {
	case r.cmp(rest) > 0, r.cmp(rest) == 0 && q.lo&1 == 1:
		q, _ = q.add(u128{0, 1})
	}
	return q
}
