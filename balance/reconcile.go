package balance

import (
	"fmt"
)

// Reconciled is a network with its figures moved, each by no more than it takes, until every balance holds.
type Reconciled struct {
	Values     []float64 // of each variable
	SD         []float64 // standard uncertainty after reconciling; NaN for an unmeasured one
	Redundancy []float64 // 1 − var(adjusted)/var(measured): 0, nothing else tells of it, so no error of it can be seen; NaN unmeasured
	DoF        int       // independent balances that check something
	Global     float64   // Σ((adjusted − measured)/sd)²: under no gross error chi-square of DoF degrees
	Rounds     int       // linearisations until the balances held

	directions []direction
	at         []int // the direction of a variable; below zero for an unmeasured one
	sketch     *sketches
	kinds      [][]int // the directions that can be seen, by what can be told apart: those of one kind are parallel
}

// direction is what an error of one measurement, or a leak at one balance, does to the DoF standard normal numbers that the
// balances make of the figures when there is no gross error.
type direction struct {
	index int // of the variable or of the constraint
	leak  bool
	scale float64 // an error of size b moves the numbers by b × norm ÷ scale along the direction
	norm  float64 // 0 when it cannot be seen
	z     float64 // where the numbers are along the direction: standard normal when there is no gross error
}

const (
	rounds    = 60
	holds     = 1e-11 // of the sum of the absolute terms of a balance
	invisible = 1e-7  // length of a direction below which nothing can be seen in it
)

// Reconcile moves the measured figures so that every balance holds, with the least weighted sum of squares of the moves,
// and works out the unmeasured ones that follow. Balances with products of two variables are linearised again and again
// at the figures reached. It refuses a network that is too large, damaged, or that does not settle.
func (n *Network) Reconcile() (*Reconciled, error) { return n.reconcile(nil) }

// reconcile begins with the figures from; nil: with those measured.
func (n *Network) reconcile(from []float64) (*Reconciled, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	s := newSolver(n)
	s.start(from)
	for round := 1; ; round++ {
		if round > rounds {
			return nil, fmt.Errorf("reconcile: no figures were found for which %s holds: some of them are far from any balance; look at the gap of each step", s.worst())
		}
		s.linearise()
		s.step()
		if s.balanced() && s.still {
			s.out.Rounds = round
			break
		}
	}
	s.linearise()
	s.judge()
	return s.out, nil
}
