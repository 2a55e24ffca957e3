package balance

import (
	"fmt"
	"math"
)

// Variable is one quantity of a network: a weighing in kilograms, a mass fraction of one, or a number that nobody
// measured.
type Variable struct {
	Name     string
	Value    float64 // as measured; for an unmeasured one a first guess, which the answer does not hang on
	SD       float64 // standard uncertainty, above zero; not used for an unmeasured one
	Measured bool
}

// Term is Coef × the variable A, times the variable B unless B is below zero: a mass, or a mass times a fraction.
type Term struct {
	Coef float64
	A, B int
}

// Constraint is one balance: the sum of its terms is zero. Where Leak is set, material may have been lost or added
// unrecorded there, and the tests ask that too; a balance that only says that two figures are of one thing has none.
type Constraint struct {
	Name  string
	Terms []Term
	Leak  bool
}

// Network is the variables and balances of connected steps.
type Network struct {
	Vars        []Variable
	Constraints []Constraint
}

// Measure adds a measured variable and returns its index.
func (n *Network) Measure(name string, value, sd float64) int {
	n.Vars = append(n.Vars, Variable{Name: name, Value: value, SD: sd, Measured: true})
	return len(n.Vars) - 1
}

// Unknown adds a variable that was not measured, with a first guess.
func (n *Network) Unknown(name string, guess float64) int {
	n.Vars = append(n.Vars, Variable{Name: name, Value: guess})
	return len(n.Vars) - 1
}

// Balance adds a balance.
func (n *Network) Balance(name string, leak bool, terms ...Term) {
	n.Constraints = append(n.Constraints, Constraint{Name: name, Leak: leak, Terms: terms})
}

// Mass is the term of a mass alone.
func Mass(coef float64, mass int) Term { return Term{coef, mass, -1} }

// Part is the term of a mass times a fraction.
func Part(coef float64, mass, fraction int) Term { return Term{coef, mass, fraction} }

// check refuses what cannot be reckoned with.
func (n *Network) check() error {
	for _, v := range n.Vars {
		if math.IsNaN(v.Value) || math.IsInf(v.Value, 0) || v.Measured && !(v.SD > 0 && !math.IsInf(v.SD, 0)) {
			return fmt.Errorf("reconcile: %s is %g ± %g: a measurement needs a finite value and a standard uncertainty above zero", v.Name, v.Value, v.SD)
		}
	}
	for _, c := range n.Constraints {
		for _, t := range c.Terms {
			if t.A < 0 || t.A >= len(n.Vars) || t.B >= len(n.Vars) {
				return fmt.Errorf("reconcile: the balance %s names a quantity that is not there", c.Name)
			}
		}
	}
	return nil
}

// Residual is the sum of the terms of a constraint at x, and the sum of their absolute values, which is its scale.
func (c *Constraint) Residual(x []float64) (sum, scale float64) {
	for _, t := range c.Terms {
		v := t.Coef * x[t.A]
		if t.B >= 0 {
			v *= x[t.B]
		}
		sum += v
		scale += math.Abs(v)
	}
	return sum, scale
}

// clone is a copy whose variables and balances may be changed.
func (n *Network) clone() *Network {
	c := &Network{Vars: append([]Variable(nil), n.Vars...), Constraints: append([]Constraint(nil), n.Constraints...)}
	return c
}
