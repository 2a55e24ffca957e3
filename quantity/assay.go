package quantity

import (
	"fmt"

	"lodestone/element"
)

// Basis says what the figures of an assay count.
//
// In every basis a figure is a fraction of the mass of the lot as its quantity is stated. A laboratory that reports on a
// dried sample has to be recalculated to the stated mass by whoever states the assay: hydration or moisture alone moves
// the mass of a carbonate by up to 31 %, and nothing here can guess it.
type Basis uint8

const (
	NoBasis         Basis = iota
	BasisElement          // mass of the element
	BasisOxide            // mass of the usual oxide that the element would make (Nd as Nd2O3)
	BasisAsReceived       // mass of the element, and the laboratory says that the sample was not dried
)

var basisWords = [...]string{"", "element", "oxide", "as_received"}

// ParseBasis reads element, oxide or as_received.
func ParseBasis(word string) (Basis, error) {
	for i, w := range basisWords {
		if w == word && w != "" {
			return Basis(i), nil
		}
	}
	return NoBasis, fmt.Errorf("unknown basis %s of an assay: element, oxide or as_received", quoted(word))
}

// String is the basis's word.
func (b Basis) String() string { return basisWords[b] }

// Measured is a measured number with its standard uncertainty. Known is false, and SD zero, when none was stated.
type Measured struct {
	Value Decimal
	SD    Decimal
	Known bool
}

// Assayed is one line of an assay: the fraction (of one) of one element, in the assay's basis.
type Assayed struct {
	Element element.Element
	Measured
}

// Assay is the composition of a lot as measured: mass fractions of one with their standard uncertainty.
// Elements that are not named are not known to be absent.
type Assay struct {
	Basis Basis
	Lines []Assayed
}

// factorPlaces is the precision of converted fractions: far below any laboratory's.
const factorPlaces = 18

// Elements is the assay with every figure as a fraction of the element: oxide figures times the oxide factor, rounded
// half to even at 18 places. It refuses an assay without a basis, an element twice, fractions outside 0 to 1, a
// negative uncertainty, and figures that sum to more than one by more than three combined standard uncertainties.
func (a Assay) Elements() (Assay, error) {
	out := Assay{Basis: BasisElement, Lines: make([]Assayed, 0, len(a.Lines))}
	switch a.Basis {
	case NoBasis:
		return Assay{}, fmt.Errorf("assay without a basis: state element, oxide or as_received")
	case BasisAsReceived:
		out.Basis = BasisAsReceived
	}
	var seen element.Set
	var total, variance Decimal
	for _, l := range a.Lines {
		err := l.check()
		if err == nil && seen.Has(l.Element) {
			err = fmt.Errorf("stated twice")
		}
		if err == nil {
			total, err = total.Add(l.Value)
		}
		if err == nil {
			sd := l.SD.Round(factorPlaces)
			if sd, err = sd.Mul(sd); err == nil {
				variance, err = variance.Add(sd)
			}
		}
		if err == nil && a.Basis == BasisOxide {
			l, err = toElement(l)
		}
		if err != nil {
			return Assay{}, fmt.Errorf("assay of %s: %w", l.Element, err)
		}
		seen = seen.With(l.Element)
		out.Lines = append(out.Lines, l)
	}
	if over, err := total.Sub(DecimalOf(1)); err != nil || over.Sign() > 0 && beyondThreeSigma(over, variance) {
		return Assay{}, fmt.Errorf("assay: the figures sum to %s of the lot, more than the whole", total)
	}
	return out, nil
}

func (l Assayed) check() error {
	one := DecimalOf(1)
	switch {
	case l.Element == element.None:
		return fmt.Errorf("no element")
	case l.Value.Sign() < 0 || one.Less(l.Value):
		return fmt.Errorf("fraction %s is outside 0 to 1", l.Value)
	case l.SD.Sign() < 0 || one.Less(l.SD):
		return fmt.Errorf("standard uncertainty %s is outside 0 to 1", l.SD)
	}
	return nil
}

// toElement turns an oxide figure into one of the element.
func toElement(l Assayed) (Assayed, error) {
	num, den, ok := l.Element.OxideFactor()
	if !ok {
		return l, fmt.Errorf("it has no usual oxide, so state it as the element")
	}
	var err error
	if l.Value, err = l.Value.MulRatio(num, den, factorPlaces); err == nil {
		l.SD, err = l.SD.MulRatio(num, den, factorPlaces)
	}
	return l, err
}

// ToOxide is the mass of the usual oxide that a mass of the element makes, rounded half to even to a milligram.
func ToOxide(e element.Element, m Mass) (Mass, error) {
	num, den, ok := e.OxideFactor()
	if !ok {
		return 0, fmt.Errorf("oxide of %s: it has no usual oxide", e)
	}
	return m.ratio(den, num)
}

// FromOxide is the mass of the element in a mass of its usual oxide, rounded half to even to a milligram.
func FromOxide(e element.Element, m Mass) (Mass, error) {
	num, den, ok := e.OxideFactor()
	if !ok {
		return 0, fmt.Errorf("oxide of %s: it has no usual oxide", e)
	}
	return m.ratio(num, den)
}

// Of is the figure of e in the assay, and false when the assay does not name e.
func (a Assay) Of(e element.Element) (Measured, bool) {
	for _, l := range a.Lines {
		if l.Element == e {
			return l.Measured, true
		}
	}
	return Measured{}, false
}
