package landed

import (
	"math/big"
	"sort"
)

// places is how many decimal places an amount shows.
const places = 4

// Amount is an exact number: Exact as a fraction or whole number, Shown rounded to four places. The shown amounts of a
// waterfall sum to its shown total.
type Amount struct {
	Exact string `json:"exact"`
	Shown string `json:"shown"`
	r     *big.Rat
}

// Rat is the exact number; it is not to be changed.
func (a Amount) Rat() *big.Rat { return a.r }

// String is the rounded number.
func (a Amount) String() string { return a.Shown }

func amount(r *big.Rat) Amount { return Amount{r.RatString(), r.FloatString(places), r} }

// amounts gives amounts whose shown numbers sum to that of their sum: each is cut down, and the units that are lacking go to
// the largest remainders, the earlier first.
func amounts(rs []*big.Rat) []Amount {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(places), nil)
	sum := new(big.Rat)
	floors := make([]*big.Int, len(rs))
	rest := make([]*big.Rat, len(rs))
	order := make([]int, len(rs))
	lacking := new(big.Int)
	for i, r := range rs {
		sum.Add(sum, r)
		scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(unit))
		floors[i] = new(big.Int).Div(scaled.Num(), scaled.Denom()) // rounds down, also below zero
		rest[i] = scaled.Sub(scaled, new(big.Rat).SetInt(floors[i]))
		lacking.Sub(lacking, floors[i])
		order[i] = i
	}
	shown, _ := new(big.Rat).SetString(sum.FloatString(places))
	shown.Mul(shown, new(big.Rat).SetInt(unit))
	lacking.Add(lacking, shown.Num())
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]].Cmp(rest[order[b]]) > 0 })
	for _, i := range order[:lacking.Int64()] {
		floors[i].Add(floors[i], big.NewInt(1))
	}
	out := make([]Amount, len(rs))
	for i, r := range rs {
		out[i] = amount(r)
		out[i].Shown = new(big.Rat).SetFrac(floors[i], unit).FloatString(places)
	}
	return out
}
