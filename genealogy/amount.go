package genealogy

import (
	"math"
	"math/big"
	"strconv"

	"lodestone/quantity"
)

// AmountKind is what an Amount counts.
type AmountKind uint8

const (
	Unstated AmountKind = iota // no amount was stated, or it cannot be compared
	ByMass                     // Value is milligrams
	ByCount                    // Value is pieces
	ByUnit                     // Value is millionths of Unit: litres and the like
)

// Amount is how much of a lot there is.
type Amount struct {
	Value int64
	Unit  quantity.Unit // ByUnit only
	Kind  AmountKind
}

// Mass is the amount when it is a mass.
func (a Amount) Mass() (quantity.Mass, bool) { return quantity.Mass(a.Value), a.Kind == ByMass }

// Count is the amount when it is a number of pieces.
func (a Amount) Count() (int64, bool) { return a.Value, a.Kind == ByCount }

// String is the amount with its unit, "" when none is stated.
func (a Amount) String() string {
	switch a.Kind {
	case ByMass:
		return quantity.Mass(a.Value).String()
	case ByCount:
		if a.Value == 1 {
			return "1 piece"
		}
		return strconv.FormatInt(a.Value, 10) + " pieces"
	case ByUnit:
		d, err := quantity.DecimalOf(a.Value).MulRatio(1, 1_000_000, 6)
		if err != nil {
			return ""
		}
		return d.String() + " " + a.Unit.Code()
	}
	return ""
}

// amountOf reads an event's amount. What cannot be read or compared is Unstated: it never makes a flag.
func amountOf(value, unit string) Amount {
	if value == "" {
		return Amount{}
	}
	q, err := quantity.ParseQuantity(value, unit)
	if err != nil {
		return Amount{}
	}
	if m, ok := q.Mass(); ok {
		return Amount{Value: int64(m), Kind: ByMass}
	}
	if n, ok := q.Count(); ok {
		return Amount{Value: n, Kind: ByCount}
	}
	d, err := q.Value().Mul(quantity.DecimalOf(1_000_000))
	if err != nil {
		return Amount{}
	}
	n, ok := d.Round(0).Int64()
	if !ok || q.Unit().Dimension() != quantity.PhysicalMeasure {
		return Amount{}
	}
	return Amount{Value: n, Unit: q.Unit(), Kind: ByUnit}
}

// same tells whether two amounts can be added and compared.
func (a Amount) same(b Amount) bool {
	return a.Kind == b.Kind && a.Unit == b.Unit && a.Kind != Unstated
}

// plus is a + b, held at the greatest when it would run over.
func (a Amount) plus(b Amount) Amount {
	if a.Value > math.MaxInt64-b.Value {
		a.Value = math.MaxInt64
	} else {
		a.Value += b.Value
	}
	return a
}

// Weighing is the relative standard uncertainty taken for each mass that is stated without one, as one part in so many:
// 0.1 %, that of a plant's floor scale in good order. Counts have none.
const Weighing = 1000

// sigmas is how many combined standard uncertainties apart two figures contradict each other.
const sigmas = 3

// weighed is a sum of weighings. Whether it contradicts another is decided in whole numbers, so the answer does not
// depend on the order of the terms.
type weighed struct {
	sum     Amount
	terms   []int64
	partial bool // a term was not stated or not comparable
}

func (w *weighed) add(a Amount) {
	switch {
	case a.Kind == Unstated || len(w.terms) > 0 && !w.sum.same(a):
		w.partial = true
		return
	case len(w.terms) == 0:
		w.sum = a
	default:
		w.sum = w.sum.plus(a)
	}
	w.terms = append(w.terms, a.Value)
}

// closedSigmas is how far what came out of a step and was declared lost may be beyond what went in. An honest account with
// its losses comes to nothing in the mean, so that every step of every lot is tried at the limit: beyond three one of 740 is by
// chance, and of the hundred steps behind a magnet one in seven would be; beyond five it is one of 3.5 million.
const closedSigmas = 5

// exceeds tells whether w is more than v by more than so many combined standard uncertainties. A partial sum of w is a
// floor and may still exceed; a partial sum of v may be anything, so nothing exceeds it.
func (w *weighed) exceeds(v *weighed, limit int64) bool {
	if v.partial || len(w.terms) == 0 || len(v.terms) > 0 && !w.sum.same(v.sum) || w.sum.Value <= v.sum.Value {
		return false
	}
	return beyond(w, v, limit)
}

// apart tells whether two figures differ by more than three combined standard uncertainties.
func (w *weighed) apart(v *weighed) bool {
	return !w.partial && !v.partial && len(w.terms) > 0 && len(v.terms) > 0 && w.sum.same(v.sum) && w.sum.Value != v.sum.Value && beyond(w, v, sigmas)
}

// beyond: (w − v)² × Weighing² > limit² × (Σw² + Σv²), the sums over the single weighings; counts are exact.
func beyond(w, v *weighed, limit int64) bool {
	diff := new(big.Int).Sub(big.NewInt(w.sum.Value), big.NewInt(v.sum.Value))
	diff.Mul(diff, diff)
	diff.Mul(diff, big.NewInt(Weighing*Weighing))
	spread := new(big.Int)
	if w.sum.Kind != ByCount {
		for _, t := range append(append([]int64(nil), w.terms...), v.terms...) {
			n := big.NewInt(t)
			spread.Add(spread, n.Mul(n, n))
		}
	}
	spread.Mul(spread, big.NewInt(limit*limit))
	return diff.Cmp(spread) > 0
}
