package sim

import (
	"math/rand/v2"
	"strconv"

	"lodestone/quantity"
)

// The instruments, by their relative standard uncertainty in millionths. A reading that lies more than two standard
// uncertainties from the truth is taken again, as a check weigher does; so a record without trouble contradicts itself
// nowhere.
const (
	weighing = 1_000 // 0.1 %: a plant's floor scale in good order
	assaying = 5_000 // 0.5 %: a plant laboratory's plasma spectrometer
	hypot    = 5_099 // both together: of an element in what was lost
)

const million = 1_000_000

// deviate is a normal deviate in millionths of the standard deviation, cut off at two of them. It is the sum of twelve
// uniform numbers, in whole numbers, so it is the same on every machine.
func deviate(r *rand.Rand) int64 {
	for {
		sum := int64(0)
		for range 3 {
			x := r.Uint64()
			sum += int64(x&0xffff) + int64(x>>16&0xffff) + int64(x>>32&0xffff) + int64(x>>48)
		}
		// The mean is 12 × 65535/2; the variance of each is (65536² - 1)/12, so that of the sum is 65536² but for a hair.
		if d := (sum - 6*65535) * million / 65536; d >= -2*million && d <= 2*million {
			return d
		}
	}
}

// normal is a normal deviate in millionths, not cut off: half the sum of four of twelve uniform numbers, so that it falls
// short of the normal distribution by a fortieth in the excess (kurtosis) and is the same on every machine.
func normal(r *rand.Rand) int64 {
	sum := int64(0)
	for range 12 {
		x := r.Uint64()
		sum += int64(x&0xffff) + int64(x>>16&0xffff) + int64(x>>32&0xffff) + int64(x>>48)
	}
	return (sum - 24*65535) * million / (2 * 65536)
}

// read is a reading of x by an instrument.
func (w *World) read(r *rand.Rand, x, relative int64) int64 {
	var d int64
	if w.cfg.Tails {
		d = normal(r)
	} else {
		d = deviate(r)
	}
	if d < 0 {
		return x - scale(x, -d*relative, million*million)
	}
	return x + scale(x, d*relative, million*million)
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
