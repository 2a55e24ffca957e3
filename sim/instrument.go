package sim

import (
	"math/rand/v2"
	"strconv"

	"lodestone/quantity"
)

// The instruments, by their relative standard uncertainty in millionths. Their deviates are normal to the tails: statistics
// on the record hold only when a figure errs as much as it says, no less and no more.
const (
	weighing = 1_000 // 0.1 %: a plant's floor scale in good order
	assaying = 5_000 // 0.5 %: a plant laboratory's plasma spectrometer
	hypot    = 5_099 // both together: of an element in what was lost
	counting = 1_000 // 0.1 %: how far the pieces of a batch are from PieceMass in the mean
	pure     = 900_000_000
)

const million = 1_000_000

// normal is a normal deviate in millionths of the standard deviation: half the sum of four of twelve uniform numbers, in
// whole numbers, so that it falls short of the normal distribution by a fortieth in the excess (kurtosis) and is the same
// on every machine.
func normal(r *rand.Rand) int64 {
	sum := int64(0)
	for range 12 {
		x := r.Uint64()
		sum += int64(x&0xffff) + int64(x>>16&0xffff) + int64(x>>32&0xffff) + int64(x>>48)
	}
	// The mean is 48 × 65535/2; the variance of each is (65536² - 1)/12, so that of the sum is (2 × 65536)² but for a hair.
	return (sum - 24*65535) * million / (2 * 65536)
}

// read is a reading of x by an instrument.
func read(r *rand.Rand, x, relative int64) int64 {
	d := normal(r)
	if d < 0 {
		return x - scale(x, -d*relative, million*million)
	}
	return x + scale(x, d*relative, million*million)
}

// analysis is a laboratory's figure of a fraction with its standard uncertainty, in parts of whole. Of what is nearly pure
// it analyses the rest, and gives the fraction by difference: no figure of it then exceeds the whole.
func analysis(r *rand.Rand, x, whole int64) (value, sd int64) {
	if x <= pure {
		value = significant(read(r, x, assaying), 5)
		return value, significant(scale(value, assaying, million), 3)
	}
	rest := significant(read(r, whole-x, assaying), 5)
	return whole - rest, significant(scale(rest, assaying, million), 3)
}

// significant rounds x half up to so many significant digits.
func significant(x int64, digits int) int64 {
	unit := int64(1)
	for y := x; y >= pow10(digits); y /= 10 {
		unit *= 10
	}
	return (x + unit/2) / unit * unit
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// decimal writes x × 10^-places without trailing zeros.
func decimal(x int64, places int) string {
	b := strconv.AppendInt(nil, x, 10)
	for len(b) <= places {
		b = append([]byte{'0'}, b...)
	}
	if places == 0 {
		return string(b)
	}
	whole, part := b[:len(b)-places], b[len(b)-places:]
	for len(part) > 0 && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	if len(part) == 0 {
		return string(whole)
	}
	return string(whole) + "." + string(part)
}

// inUnit writes a mass in a unit, with six significant digits.
func inUnit(m quantity.Mass, unit string) string {
	switch unit {
	case "TNE":
		return decimal(significant(int64(m), 6), 9)
	case "LBR":
		return decimal(significant(scale(int64(m), 100*million, 45_359_237), 6), 6)
	case "GRM":
		return decimal(significant(int64(m), 6), 3)
	}
	return decimal(significant(int64(m), 6), 6)
}
