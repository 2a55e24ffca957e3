package element

import (
	"fmt"
	"strconv"
	"strings"
)

// Oxide is the oxide in which an element is usually traded or assayed. The zero value is none.
type Oxide struct {
	Formula string // "Nd2O3"
	Metal   int    // atoms of the element in the formula
	Oxygen  int    // atoms of oxygen
}

// Oxide is the usual oxide of e; none (the zero Oxide) for N, O, F and Cl.
func (e Element) Oxide() Oxide { return table[e].oxide }

// Mass is the atomic mass in atomic mass units, as decimal text; "" for None.
func (e Element) Mass() string { return table[e].mass }

// MicroMass is the atomic mass in millionths of the atomic mass unit, exactly as the table has it.
func (e Element) MicroMass() int64 {
	whole, part, _ := strings.Cut(table[e].mass, ".")
	n, _ := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	return n
}

// OxideFactor is the mass of e in a unit mass of its usual oxide, as the ratio num/den of two positive whole numbers:
// element = oxide × num/den, oxide = element × den/num. It is false when e has no usual oxide.
func (e Element) OxideFactor() (num, den int64, ok bool) {
	o := table[e].oxide
	if o.Metal == 0 {
		return 0, 0, false
	}
	num = int64(o.Metal) * e.MicroMass()
	return num, num + int64(o.Oxygen)*O.MicroMass(), true
}

// ParseOxide reads the formula of a usual oxide, such as "Nd2O3", and gives its element. Other oxides of an element
// (CoO, FeO) are refused: their factor is another.
func ParseOxide(formula string) (Element, error) {
	for i := 1; i < Count; i++ {
		if f := table[i].oxide.Formula; f != "" && f == formula {
			return Element(i), nil
		}
	}
	for i := 1; i < Count; i++ {
		if f := table[i].oxide.Formula; f != "" && strings.EqualFold(f, strings.TrimSpace(formula)) {
			return None, fmt.Errorf("unknown oxide %q: did you mean %s?", formula, f)
		}
	}
	if e, ok := leading(formula); ok && table[e].oxide.Formula != "" {
		return None, fmt.Errorf("unknown oxide %q: state %s as %s or as the element", formula, e, table[e].oxide.Formula)
	}
	return None, fmt.Errorf("unknown oxide %q: want a usual oxide such as Nd2O3, Pr6O11, CeO2, Tb4O7 or Dy2O3", formula)
}

// leading is the element whose symbol begins the formula, the longer symbol first.
func leading(formula string) (Element, bool) {
	for n := min(2, len(formula)); n > 0; n-- {
		for i := 1; i < Count; i++ {
			if table[i].symbol == formula[:n] {
				return Element(i), true
			}
		}
	}
	return None, false
}
