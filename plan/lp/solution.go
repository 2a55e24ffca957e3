package lp

// Status is how a solve ended, in words.
type Status string

const (
	// Optimal: no better solution exists, within the tolerances and the gap asked for.
	Optimal Status = "optimal"
	// Infeasible: no values of the columns satisfy all rows and bounds.
	Infeasible Status = "infeasible"
	// Unbounded: the objective can be bettered without end.
	Unbounded Status = "unbounded"
	// UnboundedOrInfeasible: one of these two; the solver stopped before telling which.
	UnboundedOrInfeasible Status = "unbounded or infeasible"
	// TimeLimit: time ran out; the solution, if there is one, is the best found.
	TimeLimit Status = "time limit"
	// Cancelled: the caller gave up; the solution, if there is one, is the best found.
	Cancelled Status = "cancelled"
	// NodeLimit: the nodes allowed were used up; the solution, if there is one, is the best found.
	NodeLimit Status = "node limit"
	// Failed: the solver gave up for reasons of its own.
	Failed Status = "solver failed"
)

// Solution is what a solver found. The slices are by column or by row; they are nil where there is no such thing.
type Solution struct {
	Status    Status
	Feasible  bool    // Column and Row hold a solution that satisfies the program
	Objective float64 // of that solution
	Column    []float64
	Row       []float64 // each row's sum
	Reduced   []float64 // reduced cost by column; nil for integer programs
	Dual      []float64 // by row; nil for integer programs
	Basis     *Basis    // to start the next solve from; nil for integer programs

	Bound      float64 // no solution is better than this: of an integer program
	Gap        float64 // |Objective − Bound| / max(1e-10, |Objective|): of an integer program
	Nodes      int64
	Iterations int64
}

// Standing is where a column or a row stands in a basis.
type Standing int8

const (
	AtLower Standing = iota
	Basic
	AtUpper
	AtZero   // free and not basic
	Nonbasic // at some bound
)

// Basis tells of each column and row where it stands: a place to start the next solve from.
type Basis struct {
	Columns, Rows []Standing
}

// Range is how far one number of the program may move before another basis is best, and the objective there. At an
// infinity the number may move without end.
type Range struct {
	Value, Objective float64
}

// Ranging is how far each cost and each row's binding bound may move, the rest held, with the basis staying the best. It
// is about one basis: where the optimum is degenerate, a wider move may cost the same.
type Ranging struct {
	CostDown, CostUp []Range // by column: of its cost
	RowDown, RowUp   []Range // by row: of its binding bound
}
