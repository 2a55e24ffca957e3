package balance

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// denseSolver is the other way to reckon, for small networks only: it holds a network in whitened form: measured variable j is y + sd·δ with δ of unit variance, and each balance is
// divided by the length of its row.
type denseSolver struct {
	n        *Network
	measured []int // variables, by column of am
	unknown  []int // variables, by column of au
	col      []int // of each variable in its matrix
	x        []float64
	delta    []float64
	g        []float64 // the balances at x, divided by scale
	scale    []float64
	am, au   *mat.Dense // derivative of the balances by δ, and by the unmeasured variables
	free     *mat.Dense // rows: combinations of balances in which no unmeasured variable is left; nil: as they are
	svd      *mat.SVD
	rank     int        // of au
	root     *mat.Dense // rank × balances: the inverse root of G·Gᵀ
	gm       *mat.Dense // G
	guess    []float64  // scale of each unmeasured variable
	still    bool
}

func newDenseSolver(n *Network) *denseSolver {
	s := &denseSolver{n: n, col: make([]int, len(n.Vars)), x: make([]float64, len(n.Vars))}
	for i, v := range n.Vars {
		s.x[i] = v.Value
		if v.Measured {
			s.col[i] = len(s.measured)
			s.measured = append(s.measured, i)
			continue
		}
		s.col[i] = len(s.unknown)
		s.unknown = append(s.unknown, i)
		s.guess = append(s.guess, math.Max(math.Abs(v.Value), 1e-6))
	}
	s.delta = make([]float64, len(s.measured))
	return s
}

// linearise works out the balances and their derivatives at x, what is left of them without the unmeasured variables,
// and the root of the inverse of their covariance.
func (s *denseSolver) linearise() error {
	m := len(s.n.Constraints)
	s.g, s.scale = make([]float64, m), make([]float64, m)
	if m == 0 {
		return nil
	}
	s.am = mat.NewDense(m, max(len(s.measured), 1), nil)
	s.au = mat.NewDense(m, max(len(s.unknown), 1), nil)
	for i := range s.n.Constraints {
		c := &s.n.Constraints[i]
		s.g[i], _ = c.Residual(s.x)
		for _, t := range c.Terms {
			if t.B < 0 {
				s.derive(i, t.A, t.Coef)
				continue
			}
			s.derive(i, t.A, t.Coef*s.x[t.B])
			s.derive(i, t.B, t.Coef*s.x[t.A])
		}
		length := mat.Norm(s.am.RowView(i), 2)
		if length == 0 {
			length = math.Max(mat.Norm(s.au.RowView(i), 2), 1)
		}
		s.scale[i] = length
		s.g[i] /= length
		for j := range s.am.RawRowView(i) {
			s.am.RawRowView(i)[j] /= length
		}
		for j := range s.au.RawRowView(i) {
			s.au.RawRowView(i)[j] /= length
		}
	}
	s.gm, s.free, s.rank = s.am, nil, 0
	if len(s.unknown) > 0 {
		s.svd = &mat.SVD{}
		if !s.svd.Factorize(s.au, mat.SVDFull) {
			return fmt.Errorf("reconcile: the unmeasured figures cannot be separated out")
		}
		sigma := s.svd.Values(nil)
		for s.rank < len(sigma) && sigma[s.rank] > 1e-10*sigma[0] && sigma[s.rank] > 0 {
			s.rank++
		}
		if s.rank > 0 {
			var u mat.Dense
			s.svd.UTo(&u)
			if s.rank == m {
				s.gm, s.root = nil, nil
				return nil
			}
			s.free = mat.DenseCopyOf(u.Slice(0, m, s.rank, m).T())
			s.gm = &mat.Dense{}
			s.gm.Mul(s.free, s.am)
		}
	}
	return s.invert()
}

func (s *denseSolver) derive(row, variable int, by float64) {
	if v := s.n.Vars[variable]; v.Measured {
		s.am.Set(row, s.col[variable], s.am.At(row, s.col[variable])+by*v.SD)
		return
	}
	j := s.col[variable]
	s.au.Set(row, j, s.au.At(row, j)+by*s.guess[j])
}

// invert sets root to Λ^(−½)·Eᵀ of G·Gᵀ = E·Λ·Eᵀ, without the part that is zero.
func (s *denseSolver) invert() error {
	r, _ := s.gm.Dims()
	var cov mat.SymDense
	cov.SymOuterK(1, s.gm)
	var eig mat.EigenSym
	if !eig.Factorize(&cov, true) {
		return fmt.Errorf("reconcile: the covariance of the balances cannot be inverted")
	}
	values := eig.Values(nil)
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	top := values[len(values)-1]
	first := 0
	for first < len(values) && values[first] <= 1e-11*math.Max(top, 1e-300) {
		first++
	}
	if first == len(values) {
		s.gm, s.root = nil, nil
		return nil
	}
	s.root = mat.NewDense(r-first, r, nil)
	for k := first; k < r; k++ {
		w := 1 / math.Sqrt(values[k])
		for i := range r {
			s.root.Set(k-first, i, w*vectors.At(i, k))
		}
	}
	return nil
}

// step goes to the figures that fulfil the linearised balances.
func (s *denseSolver) step() {
	m := len(s.n.Constraints)
	if m == 0 {
		s.still = true
		return
	}
	// want: what the linear balances must give, G·δ = want.
	rhs := mat.NewVecDense(m, nil)
	for i := range m {
		rhs.SetVec(i, -s.g[i])
	}
	if len(s.measured) > 0 {
		var at mat.VecDense
		at.MulVec(s.am, mat.NewVecDense(len(s.measured), s.delta))
		rhs.AddVec(rhs, &at)
	}
	next := make([]float64, len(s.delta))
	if s.root != nil && len(next) > 0 {
		want := rhs
		if s.free != nil {
			want = &mat.VecDense{}
			want.MulVec(s.free, rhs)
		}
		var half, back mat.VecDense
		half.MulVec(s.root, want)
		back.MulVec(s.root.T(), &half)
		var d mat.VecDense
		d.MulVec(s.gm.T(), &back)
		for j := range next {
			next[j] = d.AtVec(j)
		}
	}
	moved := 0.0
	for j, v := range s.measured {
		moved = math.Max(moved, math.Abs(next[j]-s.delta[j]))
		s.delta[j] = next[j]
		s.x[v] = s.n.Vars[v].Value + s.n.Vars[v].SD*next[j]
	}
	if s.rank > 0 {
		if len(next) > 0 {
			var at mat.VecDense
			at.MulVec(s.am, mat.NewVecDense(len(next), next))
			rhs.SubVec(rhs, &at)
		}
		var by mat.Dense
		s.svd.SolveTo(&by, rhs, s.rank)
		for j, v := range s.unknown {
			d := by.At(j, 0)
			moved = math.Max(moved, math.Abs(d)*1e3) // relative to the guess
			s.x[v] += d * s.guess[j]
		}
	}
	s.still = moved < 1e-6
}

// balanced tells whether every balance holds.
func (s *denseSolver) balanced() bool {
	for i := range s.n.Constraints {
		if r, scale := s.n.Constraints[i].Residual(s.x); math.Abs(r) > holds*scale+1e-300 {
			return false
		}
	}
	return true
}

// denseAnswer is what the tests need, each direction as a vector of DoF numbers, in the order of Reconciled.
type denseAnswer struct {
	values, sd, redundancy []float64
	dof                    int
	global                 float64
	norm, z                []float64
	kinds                  [][]int
}

// dense reconciles by eigenvectors and singular values of full matrices, in a way that shares nothing with sparse.
func dense(n *Network) (*denseAnswer, error) {
	s := newDenseSolver(n)
	for round := 1; ; round++ {
		if round > rounds {
			return nil, fmt.Errorf("not settled")
		}
		if err := s.linearise(); err != nil {
			return nil, err
		}
		if s.step(); s.balanced() && s.still {
			break
		}
	}
	if err := s.linearise(); err != nil {
		return nil, err
	}
	return s.judge(), nil
}

func (s *denseSolver) judge() *denseAnswer {
	o := &denseAnswer{values: s.x, sd: make([]float64, len(s.x)), redundancy: make([]float64, len(s.x))}
	for _, d := range s.delta {
		o.global += d * d
	}
	var q mat.Dense
	if s.root != nil && len(s.measured) > 0 && len(s.n.Constraints) > 0 {
		q.Mul(s.root, s.gm)
		o.dof, _ = q.Dims()
	}
	score := make([]float64, o.dof)
	for k := range score {
		for j, d := range s.delta {
			score[k] -= q.At(k, j) * d
		}
	}
	var vectors [][]float64
	add := func(vec []float64) float64 {
		norm, z := floats.Norm(vec, 2), 0.0
		if norm < invisible {
			norm, vec = 0, nil
		} else {
			z = floats.Dot(vec, score) / norm
		}
		vectors, o.norm, o.z = append(vectors, vec), append(o.norm, norm), append(o.z, z)
		return norm
	}
	for i := range s.x {
		o.sd[i], o.redundancy[i] = math.NaN(), math.NaN()
	}
	for j, v := range s.measured {
		norm := 0.0
		if o.dof > 0 {
			norm = add(mat.Col(nil, j, &q))
		} else {
			norm = add(nil)
		}
		o.redundancy[v] = math.Min(norm*norm, 1)
		o.sd[v] = s.n.Vars[v].SD * math.Sqrt(math.Max(1-norm*norm, 0))
	}
	for i := range s.n.Constraints {
		if o.dof == 0 || !s.n.Constraints[i].Leak {
			continue
		}
		unit := mat.NewVecDense(len(s.n.Constraints), nil)
		unit.SetVec(i, 1)
		if s.free != nil {
			u := &mat.VecDense{}
			u.MulVec(s.free, unit)
			unit = u
		}
		var vec mat.VecDense
		vec.MulVec(s.root, unit)
		add(vec.RawVector().Data)
	}
	for i, v := range vectors {
		if v == nil {
			continue
		}
		k := slices.IndexFunc(o.kinds, func(g []int) bool {
			return math.Abs(floats.Dot(vectors[g[0]], v)) >= (1-1e-9)*o.norm[g[0]]*o.norm[i]
		})
		if k < 0 {
			o.kinds = append(o.kinds, []int{i})
			continue
		}
		o.kinds[k] = append(o.kinds[k], i)
	}
	return o
}
