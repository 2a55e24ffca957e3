package quantity

import (
	"fmt"
	"strings"
)

// Dimension is what a unit measures.
type Dimension uint8

const (
	NoDimension     Dimension = iota
	CountOf                   // pieces
	MassOf                    // masses, converted exactly
	FractionOf                // proportions of one, converted exactly
	PhysicalMeasure           // lengths, temperatures and the like, as sensors report them: known, not converted here
)

var dimensionWords = [...]string{"none", "count", "mass", "fraction", "physical"}

// String is the dimension's word.
func (d Dimension) String() string { return dimensionWords[d] }

// Unit is a unit of measure of the table. The zero value is the count of pieces, the unit of an amount without a uom.
// The numbers are of this program's run only: never write one to disk, write the code.
type Unit uint16

// Each is the count of pieces, written without a code.
const Each Unit = 0

// ParseUnit reads a UN/ECE Recommendation 20 common code, exactly as the recommendation spells it (KGM, LBR, P1).
// The empty code is Each. An unknown code is an error with a hint.
func ParseUnit(code string) (Unit, error) {
	if u, ok := unitByCode[code]; ok {
		return u, nil
	}
	return 0, fmt.Errorf("unknown unit code %s: want a UN/ECE Recommendation 20 code%s", quoted(code), unitHint(code))
}

// Code is the unit's common code, "" for Each.
func (u Unit) Code() string { return unitTable[u].code }

// Name is the unit's name in English.
func (u Unit) Name() string { return unitTable[u].name }

// Quantity is the physical quantity a sensor reading in this unit is of, such as "temperature"; for masses, counts and
// fractions it is the dimension's word.
func (u Unit) Quantity() string {
	if q := unitTable[u].of; q != "" {
		return q
	}
	return u.Dimension().String()
}

// String is the code, "pieces" for Each.
func (u Unit) String() string {
	if u == Each {
		return "pieces"
	}
	return u.Code()
}

// Dimension is what the unit measures.
func (u Unit) Dimension() Dimension { return unitTable[u].dim }

// Mass is the decimal times the unit's exact factor, rounded half to even to a milligram. It refuses a unit that is not
// of mass, text that is no decimal, a negative amount, and more than 9.2e9 t.
func (u Unit) Mass(decimal string) (Mass, error) {
	d, err := ParseDecimal(decimal)
	if err != nil {
		return 0, fmt.Errorf("mass in %s: %w", u, err)
	}
	return u.massOf(d)
}

func (u Unit) massOf(d Decimal) (Mass, error) {
	row := &unitTable[u]
	switch {
	case row.dim != MassOf:
		return 0, fmt.Errorf("mass of %s %s: %s is a unit of %s, not of mass; state the mass in KGM", d, u, u, u.Quantity())
	case d.Sign() < 0:
		return 0, fmt.Errorf("mass of %s %s: a stated mass is not negative", d, u)
	}
	m, err := d.toMass(row.factor.coef, int(row.factor.scale))
	if err != nil {
		return 0, fmt.Errorf("mass of %s %s: more than 9.2e9 t: %w", d, u, err)
	}
	return m, nil
}

// Fraction is the decimal in this unit as a fraction of one, exactly: 29.4 P1 is 0.294. It refuses a unit that is not
// of proportion; Each and C62 (one) count as proportions of one. Fractions below 0 or above 1 are refused.
func (u Unit) Fraction(d Decimal) (Decimal, error) {
	row := &unitTable[u]
	if row.dim != FractionOf && u != Each && row.code != "C62" {
		return Decimal{}, fmt.Errorf("fraction of %s %s: %s is a unit of %s; use P1 (percent), GK (g/kg), 59 (ppm) or C62 (one)", d, u, u, u.Quantity())
	}
	f, err := d.Mul(row.factor)
	if err != nil {
		return Decimal{}, fmt.Errorf("fraction of %s %s: %w", d, u, err)
	}
	if f.Sign() < 0 || DecimalOf(1).Less(f) {
		return Decimal{}, fmt.Errorf("fraction of %s %s: outside 0 to 1", d, u)
	}
	return f, nil
}

// Units is every unit of the table, in table order.
func Units() []Unit {
	us := make([]Unit, len(unitTable))
	for i := range us {
		us[i] = Unit(i)
	}
	return us
}

var unitByCode = func() map[string]Unit {
	m := make(map[string]Unit, len(unitTable))
	for i, r := range unitTable {
		m[r.code] = Unit(i)
	}
	return m
}()

// unitHint names the code that is likely meant by a symbol or word people write.
func unitHint(code string) string {
	if u, ok := unitByCode[strings.ToUpper(strings.TrimSpace(code))]; ok && u != Each {
		return fmt.Sprintf(", as in %s (%s)", u.Code(), u.Name())
	}
	w := strings.ToLower(strings.Trim(code, " ."))
	if c, ok := unitWords[w]; ok {
		return fmt.Sprintf("; for %q use %s", code, c)
	}
	if u, ok := unitByName[w]; ok {
		return fmt.Sprintf("; for %q use %s", code, u.Code())
	}
	return ", such as KGM (kilogram), GRM (gram), TNE (tonne), LBR (pound), STN (short ton), or none for a count"
}

var unitByName = func() map[string]Unit {
	m := make(map[string]Unit, len(unitTable))
	for i, r := range unitTable {
		m[r.name] = Unit(i)
		m[r.name+"s"] = Unit(i)
	}
	return m
}()
