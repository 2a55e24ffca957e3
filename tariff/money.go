package tariff

import (
	"strings"

	"lodestone/quantity"
)

// USD is an amount of US dollars to the cent; as text it always shows two decimal places.
type USD quantity.Decimal

// Decimal is the amount as a number.
func (u USD) Decimal() quantity.Decimal { return quantity.Decimal(u) }

// String is the amount with two decimal places: 271.00.
func (u USD) String() string {
	s := quantity.Decimal(u).String()
	whole, cents, _ := strings.Cut(s, ".")
	return whole + "." + (cents + "00")[:max(2, len(cents))]
}

// MarshalText is String.
func (u USD) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// Rounding says how amounts are rounded, and on what authority.
const Rounding = "each line is rounded to the cent, halves up, and the total is the sum of the lines: an assumption, no source for it is in hand"

// percentOf is value × percent / 100 rounded to the cent, halves up. Neither is negative.
func percentOf(value, percent quantity.Decimal) (USD, error) {
	x, err := value.Mul(percent)
	if err == nil {
		x, err = x.Mul(quantity.MustDecimal("0.01"))
	}
	if err != nil {
		return USD{}, err
	}
	r := x.Round(2) // halves to even: a half rounded down is put up again
	if over, err := x.Sub(r); err == nil && over == quantity.MustDecimal("0.005") {
		if r, err = r.Add(quantity.MustDecimal("0.01")); err != nil {
			return USD{}, err
		}
	}
	return USD(r), nil
}
