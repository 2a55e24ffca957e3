package highs

import (
	"context"
	"io"
	"net/rpc"
	"sync"

	"lodestone/plan/lp"
)

// Serve is a child's work: it solves what it is sent over r and w until r ends. Only Children speaks to it; both sides are
// one build of one program, so the format between them needs no number.
func Serve(ctx context.Context, r io.Reader, w io.WriteCloser, cacheDir string) error {
	e, err := New(ctx, cacheDir)
	if err != nil {
		return err
	}
	defer e.Close(context.WithoutCancel(ctx))
	in, err := e.instance(ctx)
	if err != nil {
		return err
	}
	server := rpc.NewServer()
	if err := server.Register(&Served{ctx: ctx, in: in}); err != nil {
		return err
	}
	server.ServeConn(duplex{r, w})
	return nil
}

// Served is what a child answers. Its methods are exported for net/rpc alone.
type Served struct {
	ctx context.Context
	in  *instance

	mu      sync.Mutex // guards what follows
	running int        // the run under way
	given   int        // the latest run that was given up
	cancel  context.CancelFunc
}

// Task is a run with its number, by which it can be given up even before it has begun.
type Task struct {
	Number int
	Limits lp.Limits
}

// Done is an argument or a reply with nothing in it.
type Done struct{}

// Change is new bounds, or costs in Lower.
type Change struct {
	Rows         bool
	At           []int32
	Lower, Upper []float64
}

// Entries is new coefficients.
type Entries struct {
	Rows, Columns []int32
	Values        []float64
}

// Start is a basis to start from, or none.
type Start struct{ Basis *lp.Basis }

// Load takes a program.
func (s *Served) Load(r *Arrays, _ *Done) error { return s.in.load(s.ctx, r) }

// Run solves it.
func (s *Served) Run(t Task, out *lp.Solution) error {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	s.mu.Lock()
	s.running, s.cancel = t.Number, cancel
	if s.given >= t.Number {
		cancel()
	}
	s.mu.Unlock()
	solution, err := s.in.run(ctx, t.Limits)
	if err != nil {
		return err
	}
	*out = *solution
	return nil
}

// Cancel has a run hand over what it has.
func (s *Served) Cancel(number int, _ *Done) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given = number
	if s.running == number {
		s.cancel()
	}
	return nil
}

// SetCosts changes costs.
func (s *Served) SetCosts(c *Change, _ *Done) error { return s.in.setCosts(s.ctx, c.At, c.Lower) }

// SetBounds changes bounds.
func (s *Served) SetBounds(c *Change, _ *Done) error {
	return s.in.setBounds(s.ctx, c.Rows, c.At, c.Lower, c.Upper)
}

// SetCoefficients changes coefficients.
func (s *Served) SetCoefficients(e *Entries, _ *Done) error {
	return s.in.setCoefficients(s.ctx, e.Rows, e.Columns, e.Values)
}

// SetBasis changes where the next Run starts.
func (s *Served) SetBasis(b *Start, _ *Done) error { return s.in.setBasis(s.ctx, b.Basis) }

// Ranging ranges the last solution.
func (s *Served) Ranging(_ Done, out *lp.Ranging) error {
	r, err := s.in.ranging(s.ctx)
	if err == nil {
		*out = *r
	}
	return err
}

// Conflict finds what clashes.
func (s *Served) Conflict(_ Done, out *lp.Conflict) error {
	c, err := s.in.conflict(s.ctx)
	if err == nil {
		*out = *c
	}
	return err
}
