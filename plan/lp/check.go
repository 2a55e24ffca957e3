package lp

import "math"

// Residuals says how far a solution is from being one. Each is relative: to 1 plus the size of the bound or the cost, the
// last to 1 or the size of the objective, whichever is more.
type Residuals struct {
	Row         float64 // by how much a row misses its bounds, the worst
	Column      float64 // by how much a column misses its bounds
	Integer     float64 // by how much an integer column misses a whole number
	Reduced     float64 // by how much cost − Σ dual·a differs from the reduced cost
	Sign        float64 // by how much a dual or reduced cost points the wrong way for a bound that is not there
	Slackness   float64 // |dual| times the distance from the bound it stands for: complementary slackness
	Gap         float64 // the difference between the objective and its dual: strong duality
	HasDuals    bool
	Objective   float64 // Σ cost·x + offset, reckoned here
	DualBalance float64 // the dual objective, reckoned here
}

// Check measures a solution against its program: what is feasible, and, where there are duals, what is optimal by strong
// duality and complementary slackness (Dantzig 1963, chapter 6). It takes nothing from the solver on trust.
func Check(p *Program, s *Solution) Residuals {
	m := p.Matrix()
	res := Residuals{HasDuals: s.Dual != nil}
	sum := make([]float64, p.Rows())
	size := make([]float64, p.Rows()) // of what was summed: rounding is relative to it
	res.Objective = p.Offset
	for j := range p.Columns() {
		c, x := Column(j), s.Column[j]
		res.Objective += p.cost[j] * x
		rows, values := m.Column(c)
		for k, r := range rows {
			sum[r] += values[k] * x
			size[r] = max(size[r], math.Abs(values[k]*x))
		}
		res.Column = max(res.Column, miss(x, p.columns.lower[j], p.columns.upper[j]))
		if p.integer[j] {
			res.Integer = max(res.Integer, math.Abs(x-math.Round(x)))
		}
	}
	for i := range sum {
		res.Row = max(res.Row, miss(sum[i], p.rows.lower[i], p.rows.upper[i])/(1+size[i]))
	}
	if !res.HasDuals {
		return res
	}
	sign := 1.0
	if p.Maximize {
		sign = -1
	}
	res.DualBalance = p.Offset
	scale := max(1, math.Abs(res.Objective))
	bound := func(dual, x, lower, upper float64) {
		at := lower // the bound a dual stands for: the lower one where more of it costs more
		if sign*dual < 0 {
			at = upper
		}
		if math.IsInf(at, 0) {
			res.Sign = max(res.Sign, math.Abs(dual))
			return
		}
		res.DualBalance += dual * at
		res.Slackness = max(res.Slackness, math.Abs(dual)*math.Abs(x-at)/scale)
	}
	for i, dual := range s.Dual {
		bound(dual, sum[i], p.rows.lower[i], p.rows.upper[i])
	}
	for j, reduced := range s.Reduced {
		rows, values := m.Column(Column(j))
		d, size := p.cost[j], math.Abs(p.cost[j])
		for k, r := range rows {
			d -= s.Dual[r] * values[k]
			size = max(size, math.Abs(s.Dual[r]*values[k]))
		}
		res.Reduced = max(res.Reduced, math.Abs(d-reduced)/(1+size))
		bound(reduced, s.Column[j], p.columns.lower[j], p.columns.upper[j])
	}
	res.Gap = math.Abs(res.Objective-res.DualBalance) / scale
	return res
}

// miss is by how much x lies outside its bounds, relative to 1 plus the bound.
func miss(x, lower, upper float64) float64 {
	switch {
	case x < lower:
		return (lower - x) / (1 + math.Abs(lower))
	case x > upper:
		return (x - upper) / (1 + math.Abs(upper))
	}
	return 0
}

// Worst is the greatest of the residuals.
func (r Residuals) Worst() float64 {
	return max(r.Row, r.Column, r.Integer, r.Reduced, r.Sign, r.Slackness, r.Gap)
}
