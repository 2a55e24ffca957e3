package quantity

import "fmt"

// Quantity is an amount as it was stated: its decimal text and its unit, with what follows from them.
// The zero value is no amount.
type Quantity struct {
	text  string
	value Decimal
	unit  Unit
	mass  Mass
}

// ParseQuantity reads a stated amount: the text of a decimal and a unit code ("" counts pieces).
// It refuses an unknown code, a negative amount, a mass beyond 9.2e9 t and a count that is not a whole number.
func ParseQuantity(decimal, code string) (Quantity, error) {
	u, err := ParseUnit(code)
	if err != nil {
		return Quantity{}, err
	}
	d, err := ParseDecimal(decimal)
	if err != nil {
		return Quantity{}, fmt.Errorf("quantity: %w", err)
	}
	q := Quantity{text: decimal, value: d, unit: u}
	switch {
	case d.Sign() < 0:
		return Quantity{}, fmt.Errorf("quantity of %s %s: a stated amount is not negative", d, u)
	case u.Dimension() == MassOf:
		if q.mass, err = u.massOf(d); err != nil {
			return Quantity{}, err
		}
	case u.Dimension() == CountOf:
		if _, err := countOf(d, u); err != nil {
			return Quantity{}, err
		}
	}
	return q, nil
}

func countOf(d Decimal, u Unit) (int64, error) {
	p, err := d.Mul(unitTable[u].factor)
	if err != nil {
		return 0, err
	}
	n, ok := p.Int64()
	if !ok {
		return 0, fmt.Errorf("quantity of %s %s: a count is a whole number of pieces; state a mass in KGM instead", d, u)
	}
	return n, nil
}

// Stated tells whether q holds an amount.
func (q Quantity) Stated() bool { return q.text != "" }

// Text is the decimal as it was stated, digit for digit.
func (q Quantity) Text() string { return q.text }

// Value is the decimal.
func (q Quantity) Value() Decimal { return q.value }

// Unit is the stated unit.
func (q Quantity) Unit() Unit { return q.unit }

// Mass is the amount in milligrams, and false when the amount is not a mass.
func (q Quantity) Mass() (Mass, bool) { return q.mass, q.text != "" && q.unit.Dimension() == MassOf }

// Count is the number of pieces, and false when the amount is not a count.
func (q Quantity) Count() (int64, bool) {
	if q.text == "" || q.unit.Dimension() != CountOf {
		return 0, false
	}
	n, err := countOf(q.value, q.unit)
	return n, err == nil
}

// String is the amount as stated with its unit, "not stated" for none.
func (q Quantity) String() string {
	if q.text == "" {
		return "not stated"
	}
	return q.text + " " + q.unit.String()
}
