package lp

import (
	"context"
	"time"
)

// Solver loads programs. It may be called by several goroutines.
type Solver interface {
	// Load takes a program as it stands into a model of its own; later changes of p do not reach it.
	Load(ctx context.Context, p *Program) (Model, error)
}

// Model is a program inside a solver: changed a little and solved again, it starts from where it was. One goroutine owns
// it, and calls Close when done with it.
type Model interface {
	// Solve solves. An infeasible or unbounded program is no error but a Status. When ctx ends, the best solution found
	// so far comes back with the status Cancelled. An error means that the solver broke; the model is then of no use.
	Solve(ctx context.Context, limits Limits) (*Solution, error)

	// SetCosts changes the costs of columns, in the program's units.
	SetCosts(columns []Column, costs []float64) error
	// SetColumnBounds changes the bounds of columns.
	SetColumnBounds(columns []Column, lower, upper []float64) error
	// SetRowBounds changes the bounds of rows.
	SetRowBounds(rows []Row, lower, upper []float64) error
	// SetCoefficients changes coefficients of the matrix: values[i] becomes that of columns[i] in rows[i].
	SetCoefficients(rows []Row, columns []Column, values []float64) error
	// SetBasis has the next solve start from a basis; nil has it start from nothing, as if newly loaded.
	SetBasis(b *Basis) error
	// Ranging tells of the last solve how far costs and bounds may move. The program must be linear and solved to optimality.
	Ranging() (*Ranging, error)
	// Conflict finds rows and columns whose bounds cannot all hold, such that without any one of them the rest could. The
	// program must be infeasible; integrality is not looked at.
	Conflict(ctx context.Context) (*Conflict, error)

	Close() error
}

// Limits bound a solve. The zero value asks for the optimum, however long it takes.
type Limits struct {
	Time  time.Duration // 0: none. Where bytes must repeat, stop on Gap or Nodes instead
	Gap   float64       // relative, of an integer program; 0: the solver's own, 1e-4
	Nodes int64         // of an integer program; 0: no limit
	Seed  int           // of the solver's own random choices
}

// Conflict is an irreducible set of rows and columns that cannot all hold.
type Conflict struct {
	Rows    []Clash[Row]
	Columns []Clash[Column]
}

// Clash is one member of a conflict: which of its bounds take part.
type Clash[N Row | Column] struct {
	Number       N
	Lower, Upper bool
}
