package balance

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Limits is the |Z| beyond which an error is reported, of each kind that can be told apart. The chance that any of them is
// passed when there is no gross error is at most alpha, by Šidák's inequality, which holds for limits that differ
// (JASA 62, 1967, theorem 1). How the level is spent over the kinds decides what is found. Spent evenly much of it goes to
// figures that hardly anything tells of. Nine tenths of it is spent so that the most errors of designError standard
// uncertainties are found: such an error moves Z by δ = designError × norm, and the limit is then δ/2 + κ/δ, with κ so that
// the level is spent (Spjøtvoll, Annals of Mathematical Statistics 43, 1972; Roeder and Wasserman, Statistical Science 24,
// 2009). The rest is spent evenly, so that a figure which little else tells of keeps a limit too.
type Limits struct {
	Least, Most float64 // over the kinds; 0 when there is none
	kappa       float64
	even        float64 // the even part of each kind's level
}

const (
	designError = 4   // standard uncertainties: of greater ones most are found anyway, of lesser ones few can be
	evenShare   = 0.1 // of the level
)

// newLimits is the limits of a family of errors with these norms at a level.
func newLimits(norms []float64, alpha float64) Limits {
	if len(norms) == 0 {
		return Limits{}
	}
	// The levels p of single kinds are spent as −ln(1 − p), which add up exactly.
	all := -math.Log1p(-alpha)
	l := Limits{even: evenShare * all / float64(len(norms))}
	low, high := -1e6, 1e6
	for range 200 {
		l.kappa = (low + high) / 2
		spent := 0.0
		for _, norm := range norms {
			spent += l.aimed(norm)
		}
		if spent > (1-evenShare)*all {
			low = l.kappa
		} else {
			high = l.kappa
		}
	}
	l.kappa = high
	l.Least = math.Inf(1)
	for _, norm := range norms {
		c := l.Of(norm)
		l.Least, l.Most = min(l.Least, c), max(l.Most, c)
	}
	return l
}

// aimed is the part of the level of a kind that is spent on errors of designError.
func (l Limits) aimed(norm float64) float64 {
	shift := designError * norm
	return -math.Log1p(-2 * distuv.UnitNormal.CDF(-math.Max(shift/2+l.kappa/shift, 0)))
}

// Of is the limit of an error whose direction has that norm: the root of the redundancy for a measurement.
func (l Limits) Of(norm float64) float64 {
	if norm <= 0 {
		return math.Inf(1)
	}
	p := -math.Expm1(-l.even - l.aimed(norm))
	return distuv.UnitNormal.Quantile(1 - p/2)
}

// Power is the chance that an error of so many of its own standard uncertainties passes its limit.
func (l Limits) Power(sigmas, norm float64) float64 {
	return distuv.UnitNormal.CDF(sigmas*norm - l.Of(norm))
}
