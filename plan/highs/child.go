package highs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/rpc"
	"os/exec"

	"lodestone/plan/lp"
)

// Children solves each program in a process of its own. A running solver cannot be interrupted by Go's collector, which
// waits for it, and may take gigabytes: a process keeps both away from the caller, and gives the memory back at its end.
type Children struct {
	// Command makes the command of a child: the program itself, told to call Serve with its standard input and output. A
	// child lives until its model is closed, or its parent gone.
	Command func() *exec.Cmd
}

var _ lp.Solver = Children{}

// Load starts a child and passes the program to it.
func (c Children) Load(ctx context.Context, p *lp.Program) (lp.Model, error) {
	cmd := c.Command()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start a solver process: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start a solver process: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a solver process: %w", err)
	}
	return load(ctx, &child{cmd: cmd, client: rpc.NewClient(duplex{out, in})}, p)
}

// duplex is two pipes as one connection.
type duplex struct {
	io.Reader
	io.WriteCloser
}

// child is a solver in another process. It speaks net/rpc.
type child struct {
	cmd    *exec.Cmd
	client *rpc.Client
	runs   int
}

var _ backend = (*child)(nil)

func (c *child) call(name string, args, reply any) error {
	err := c.client.Call("Served."+name, args, reply)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, rpc.ErrShutdown) {
		return errors.New("the solver process ended: was there memory enough?")
	}
	return err
}

func (c *child) load(_ context.Context, r *Arrays) error { return c.call("Load", r, new(Done)) }

func (c *child) run(ctx context.Context, limits lp.Limits) (*lp.Solution, error) {
	if ctx.Err() != nil {
		return &lp.Solution{Status: lp.Cancelled}, nil
	}
	c.runs++
	s := new(lp.Solution)
	running := c.client.Go("Served.Run", Task{c.runs, limits}, s, make(chan *rpc.Call, 1))
	select {
	case <-ctx.Done():
		if err := c.call("Cancel", c.runs, new(Done)); err != nil {
			return nil, err
		}
		running = <-running.Done
	case running = <-running.Done:
	}
	return s, running.Error
}

func (c *child) setCosts(_ context.Context, at []int32, costs []float64) error {
	return c.call("SetCosts", &Change{At: at, Lower: costs}, new(Done))
}

func (c *child) setBounds(_ context.Context, rows bool, at []int32, lower, upper []float64) error {
	return c.call("SetBounds", &Change{Rows: rows, At: at, Lower: lower, Upper: upper}, new(Done))
}

func (c *child) setCoefficients(_ context.Context, rows, columns []int32, values []float64) error {
	return c.call("SetCoefficients", &Entries{rows, columns, values}, new(Done))
}

func (c *child) setBasis(_ context.Context, b *lp.Basis) error {
	return c.call("SetBasis", &Start{b}, new(Done))
}

func (c *child) ranging(context.Context) (*lp.Ranging, error) {
	r := new(lp.Ranging)
	return r, c.call("Ranging", Done{}, r)
}

func (c *child) conflict(context.Context) (*lp.Conflict, error) {
	r := new(lp.Conflict)
	return r, c.call("Conflict", Done{}, r)
}

// close hangs up, at which the child ends by itself.
func (c *child) close() error {
	if err := errors.Join(c.client.Close(), c.cmd.Wait()); err != nil {
		return fmt.Errorf("end the solver process: %w", err)
	}
	return nil
}
