package balance

import (
	"math"

	"lodestone/balance/sparse"
)

// solver holds a network in whitened form: measured variable j is y + sd·δ with δ of unit variance, and each balance is
// divided by the length of its row. Its columns are the measured variables, then the balances, for what is lost at each,
// then the unmeasured variables.
type solver struct {
	n        *Network
	measured []int // variables, by column
	unknown  []int // variables, by column after those of the measured and the balances
	col      []int // of each variable
	x        []float64
	move     []float64          // by column: δ, nothing, and the moves of the unmeasured variables in parts of their scale
	scale    []float64          // of each balance
	want     []float64          // what the linear balances must give, of all moves from the measured figures
	rows     *sparse.Eliminated // the derivative of the balances, without the unmeasured variables
	columns  [][]sparse.Entry   // of its free rows, in their order: the measured variables and the balances
	gram     *sparse.Gram       // of the measured columns
	guess    []float64          // scale of each unmeasured variable
	still    bool
	out      *Reconciled
}

func newSolver(n *Network) *solver {
	s := &solver{n: n, col: make([]int, len(n.Vars)), x: make([]float64, len(n.Vars)), out: &Reconciled{}}
	for i, v := range n.Vars {
		s.x[i] = v.Value
		if v.Measured {
			s.col[i] = len(s.measured)
			s.measured = append(s.measured, i)
		}
	}
	for i, v := range n.Vars {
		if !v.Measured {
			s.col[i] = s.leak(len(n.Constraints)) + len(s.unknown)
			s.unknown = append(s.unknown, i)
			s.guess = append(s.guess, math.Max(math.Abs(v.Value), 1e-6))
		}
	}
	s.move = make([]float64, s.leak(len(n.Constraints))+len(s.unknown))
	return s
}

// start goes to figures, none: those measured.
func (s *solver) start(from []float64) {
	for i, x := range from {
		s.x[i] = x
		if v := &s.n.Vars[i]; v.Measured {
			s.move[s.col[i]] = (x - v.Value) / v.SD
		}
	}
}

// leak is the column of what is lost at a balance.
func (s *solver) leak(constraint int) int { return len(s.measured) + constraint }

// linearise works out the balances and their derivatives at x, takes the unmeasured variables out, and factors what is left.
func (s *solver) linearise() {
	m := len(s.n.Constraints)
	s.want, s.scale = make([]float64, m), make([]float64, m)
	rows := make([][]sparse.Entry, m)
	first := int32(s.leak(m))
	for i := range s.n.Constraints {
		c := &s.n.Constraints[i]
		residual, _ := c.Residual(s.x)
		row := s.derivative(c)
		measured, all := 0.0, 0.0
		for _, e := range row {
			all += e.Value * e.Value
			if e.At < first {
				measured += e.Value * e.Value
			}
		}
		length := math.Sqrt(measured)
		if length == 0 {
			length = math.Max(math.Sqrt(all), 1)
		}
		s.scale[i] = length
		s.want[i] = -residual / length
		for k := range row {
			row[k].Value /= length
			s.want[i] += row[k].Value * s.move[row[k].At]
		}
		if c.Leak {
			row = append(row, sparse.Entry{At: int32(s.leak(i)), Value: 1})
		}
		rows[i] = row
	}
	s.rows = sparse.Eliminate(rows, first)
	s.columns = make([][]sparse.Entry, first)
	for k, i := range s.rows.Free {
		for _, e := range s.rows.Rows[i] {
			s.columns[e.At] = append(s.columns[e.At], sparse.Entry{At: int32(k), Value: e.Value})
		}
	}
	s.gram = sparse.NewGram(len(s.rows.Free), s.columns, len(s.measured))
}

// derivative is that of a balance at x, by its columns.
func (s *solver) derivative(c *Constraint) []sparse.Entry {
	row := make([]sparse.Entry, 0, 2*len(c.Terms)+1)
	by := func(variable int, value float64) {
		if v := s.n.Vars[variable]; v.Measured {
			value *= v.SD
		} else {
			value *= s.guess[s.col[variable]-s.leak(len(s.n.Constraints))]
		}
		at := int32(s.col[variable])
		for k := range row {
			if row[k].At == at {
				row[k].Value += value
				return
			}
		}
		row = append(row, sparse.Entry{At: at, Value: value})
	}
	for _, t := range c.Terms {
		if t.B < 0 {
			by(t.A, t.Coef)
			continue
		}
		by(t.A, t.Coef*s.x[t.B])
		by(t.B, t.Coef*s.x[t.A])
	}
	return row
}

// step goes to the figures that fulfil the linearised balances.
func (s *solver) step() {
	s.rows.Carry(s.want)
	next := make([]float64, len(s.move))
	lambda := s.multipliers(s.want)
	for j := range s.measured {
		next[j] = product(s.columns[j], lambda)
	}
	s.rows.Back(s.want, next)
	moved := 0.0
	for j, v := range s.measured {
		moved = math.Max(moved, math.Abs(next[j]-s.move[j]))
		s.x[v] = s.n.Vars[v].Value + s.n.Vars[v].SD*next[j]
	}
	for j, v := range s.unknown {
		d := &next[s.leak(len(s.scale))+j]
		moved = math.Max(moved, math.Abs(*d)*1e3) // relative to the guess
		s.x[v] += *d * s.guess[j]
		*d = 0
	}
	s.move = next
	s.still = moved < 1e-6
}

// multipliers is λ of the free rows for what they must give, carried: their moves are Gᵀ·λ.
func (s *solver) multipliers(want []float64) []float64 {
	free := make([]float64, len(s.rows.Free))
	for k, i := range s.rows.Free {
		free[k] = want[i]
	}
	return s.gram.Solve(free)
}

func product(column []sparse.Entry, x []float64) (sum float64) {
	for _, e := range column {
		sum += e.Value * x[e.At]
	}
	return sum
}

// balanced tells whether every balance holds.
func (s *solver) balanced() bool {
	for i := range s.n.Constraints {
		if r, scale := s.n.Constraints[i].Residual(s.x); math.Abs(r) > holds*scale+1e-300 {
			return false
		}
	}
	return true
}

// worst is the name of the balance that is furthest off.
func (s *solver) worst() string {
	name, most := "every balance", 0.0
	for i := range s.n.Constraints {
		if r, scale := s.n.Constraints[i].Residual(s.x); scale > 0 && math.Abs(r)/scale > most {
			name, most = s.n.Constraints[i].Name, math.Abs(r)/scale
		}
	}
	return name
}

// judge works out what the tests need from the last linearisation.
func (s *solver) judge() {
	o := s.out
	o.Values, o.DoF = s.x, s.gram.Rank
	o.SD, o.Redundancy, o.at = make([]float64, len(s.x)), make([]float64, len(s.x)), make([]int, len(s.x))
	moved := make([]float64, len(s.rows.Free))
	for j := range s.measured {
		o.Global += s.move[j] * s.move[j]
		for _, e := range s.columns[j] {
			moved[e.At] += e.Value * s.move[j]
		}
	}
	lambda := s.gram.Solve(moved)
	sketch := newSketches(s.gram, len(s.rows.Free))
	for i, v := range s.n.Vars {
		if o.SD[i], o.Redundancy[i], o.at[i] = math.NaN(), math.NaN(), -1; !v.Measured {
			continue
		}
		o.at[i] = len(o.directions)
		d := s.direction(s.columns[s.col[i]], lambda, sketch)
		d.index, d.scale = i, v.SD
		o.Redundancy[i] = math.Min(d.norm*d.norm, 1)
		o.SD[i] = v.SD * math.Sqrt(math.Max(1-d.norm*d.norm, 0))
		o.directions = append(o.directions, d)
	}
	for i := range s.n.Constraints {
		if s.n.Constraints[i].Leak && o.DoF > 0 {
			d := s.direction(s.columns[s.leak(i)], lambda, sketch)
			d.index, d.leak, d.scale = i, true, s.scale[i]
			o.directions = append(o.directions, d)
		}
	}
	o.sketch = sketch
	o.kinds = sketch.kinds(o.directions)
}

// direction is where an error of one column moves the balances.
func (s *solver) direction(column []sparse.Entry, lambda []float64, sketch *sketches) direction {
	d := direction{norm: math.Sqrt(math.Max(s.gram.Square(column), 0))}
	if d.norm < invisible {
		d.norm = 0
	} else {
		d.z = -product(column, lambda) / d.norm
	}
	sketch.add(column, d.norm)
	return d
}
