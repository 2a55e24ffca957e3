package quantity

import "math/big"

// Apart tells whether two measured numbers contradict each other: whether they are more than three combined standard
// uncertainties apart, |a - b| > 3·√(sd(a)² + sd(b)²), computed exactly. When one of them states no uncertainty there
// is nothing to say so with, unless they are equal: known is then false.
func Apart(a, b Measured) (apart, known bool) {
	if a.Value == b.Value {
		return false, true
	}
	if !a.Known || !b.Known {
		return false, false
	}
	s := max(a.Value.scale, b.Value.scale, a.SD.scale, b.SD.scale)
	d := new(big.Int).Sub(a.Value.scaled(s), b.Value.scaled(s))
	u, v := a.SD.scaled(s), b.SD.scaled(s)
	sum := new(big.Int).Add(u.Mul(u, u), v.Mul(v, v))
	return d.Mul(d, d).Cmp(sum.Mul(sum, big.NewInt(9))) > 0, true
}

// beyondThreeSigma tells whether over² > 9 × variance.
func beyondThreeSigma(over, variance Decimal) bool {
	o := over.scaled(over.scale)
	o.Mul(o, o)
	v := variance.scaled(variance.scale)
	v.Mul(v, big.NewInt(9))
	if d := 2*int(over.scale) - int(variance.scale); d > 0 {
		v.Mul(v, tenTo(d))
	} else {
		o.Mul(o, tenTo(-d))
	}
	return o.Cmp(v) > 0
}

// Sample is a mass with its variance in kg², for sums over many lots. Variances are float64: they decide how sure a
// balance is, never what was stated.
type Sample struct {
	Mass     Mass
	Variance float64 // kg²
	Known    bool    // every part stated its uncertainty
}

// ElementMass is the mass of an element in a lot of mass m assayed at f, with the variance of both combined by the first
// order of the product: var = f²·var(m) + m²·var(f). weighing is the standard uncertainty of the weighing itself.
func ElementMass(m, weighing Mass, f Measured) (Sample, error) {
	e, err := m.Times(f.Value)
	if err != nil {
		return Sample{}, err
	}
	kg, w, fv, sd := m.Float(), weighing.Float(), f.Value.Float64(), f.SD.Float64()
	return Sample{Mass: e, Variance: fv*fv*w*w + kg*kg*sd*sd, Known: f.Known}, nil
}

// Add is the sum of two independent samples, or ErrRange.
func (s Sample) Add(t Sample) (Sample, error) {
	m, err := s.Mass.Add(t.Mass)
	return Sample{Mass: m, Variance: s.Variance + t.Variance, Known: s.Known && t.Known}, err
}

// Exceeds tells whether s is greater than t by more than three combined standard uncertainties.
func (s Sample) Exceeds(t Sample) bool {
	d, err := s.Mass.Sub(t.Mass)
	if err != nil {
		return s.Mass > t.Mass
	}
	kg := d.Float()
	return kg > 0 && kg*kg > 9*(s.Variance+t.Variance)
}

// Float is m in kilograms as the nearest float64, for variances and pictures only.
func (m Mass) Float() float64 { return float64(m) / 1e6 }

// ratio is m × num / den rounded half to even, for positive num and den.
func (m Mass) ratio(num, den int64) (Mass, error) {
	p := u128mul(abs64(int64(m)), uint64(num))
	q := p.divHalfEven(u128{0, uint64(den)})
	if q.hi != 0 || q.lo > 1<<63-1 {
		return 0, ErrRange
	}
	if m < 0 {
		return -Mass(q.lo), nil
	}
	return Mass(q.lo), nil
}
