package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"lodestone/plan/lp"
)

// instance is one solver with its own memory. One goroutine owns it.
type instance struct {
	names     *glue
	module    api.Module
	functions map[string]api.Function
	clock     *clock
	solver    uint64 // the C pointer
	columns   int
	rows      int
	whole     bool // some column is integer
	broken    error
}

var _ backend = (*instance)(nil)

func (e *Engine) instance(ctx context.Context) (*instance, error) {
	in := &instance{names: e.names, functions: map[string]api.Function{}, clock: &clock{start: time.Now()}}
	ctx = context.WithValue(ctx, clockKey{}, in.clock)
	var err error
	if in.module, err = e.runtime.InstantiateModule(ctx, e.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions()); err != nil {
		return nil, fmt.Errorf("start the solver: %w", err)
	}
	if _, err := in.module.ExportedFunction(e.names.start).Call(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start the solver: %w", err), in.module.Close(ctx))
	}
	if in.solver, err = in.call(ctx, "Highs_create"); err == nil {
		err = errors.Join(in.setBool(ctx, "output_flag", false), in.setInt(ctx, "threads", 1), in.setText(ctx, "parallel", "off"))
	}
	if err != nil {
		return nil, errors.Join(err, in.module.Close(ctx))
	}
	return in, nil
}

func (in *instance) close() error { return in.module.Close(context.Background()) }

func (in *instance) setBool(ctx context.Context, name string, v bool) error {
	word := uint64(0)
	if v {
		word = 1
	}
	return in.setOption(ctx, "Highs_setBoolOptionValue", name, word)
}

func (in *instance) setInt(ctx context.Context, name string, v int32) error {
	return in.setOption(ctx, "Highs_setIntOptionValue", name, api.EncodeI32(v))
}

func (in *instance) setDouble(ctx context.Context, name string, v float64) error {
	return in.setOption(ctx, "Highs_setDoubleOptionValue", name, api.EncodeF64(v))
}

func (in *instance) setText(ctx context.Context, name, v string) error {
	a := in.arena(ctx)
	defer a.free()
	p := a.text(v)
	if a.err != nil {
		return a.err
	}
	return in.setOption(ctx, "Highs_setStringOptionValue", name, p)
}

func (in *instance) setOption(ctx context.Context, call, name string, v uint64) error {
	a := in.arena(ctx)
	defer a.free()
	p := a.text(name)
	if a.err != nil {
		return a.err
	}
	if err := in.do(ctx, call, in.solver, p, v); err != nil {
		return fmt.Errorf("option %s: %w", name, err)
	}
	return nil
}

// What the C interface has for a kind of column, a matrix by column, and the sense of an objective.
const (
	integral   = 1
	columnwise = 1
	minimize   = 1
	maximize   = -1
)

// The calls that read a number of the last run, by its type.
const (
	infoDoubles = "Highs_getDoubleInfoValue"
	infoInts    = "Highs_getIntInfoValue"
	infoInt64s  = "Highs_getInt64InfoValue"
)

func (in *instance) load(ctx context.Context, r *Arrays) error {
	a := in.arena(ctx)
	defer a.free()
	in.columns, in.rows, in.whole = len(r.Cost), len(r.RowLower), r.Kinds != nil
	sense := int32(minimize)
	if r.Maximize {
		sense = maximize
	}
	kinds := uint64(0)
	if in.whole {
		kinds = a.ints(r.Kinds)
	}
	args := []uint64{in.solver, uint64(in.columns), uint64(in.rows), uint64(len(r.Values)), 0, columnwise, 0,
		api.EncodeI32(sense), api.EncodeF64(r.Offset), a.doubles(r.Cost), a.doubles(r.Lower), a.doubles(r.Upper),
		a.doubles(r.RowLower), a.doubles(r.RowUpper), a.ints(r.Starts), a.ints(r.Index), a.doubles(r.Values), 0, 0, 0, kinds}
	if a.err != nil {
		return a.err
	}
	return in.do(ctx, "Highs_passModel", args...)
}

func (in *instance) setCosts(ctx context.Context, at []int32, costs []float64) error {
	a := in.arena(ctx)
	defer a.free()
	set, values := a.ints(at), a.doubles(costs)
	if a.err != nil {
		return a.err
	}
	return in.do(ctx, "Highs_changeColsCostBySet", in.solver, uint64(len(at)), set, values)
}

func (in *instance) setBounds(ctx context.Context, rows bool, at []int32, lower, upper []float64) error {
	a := in.arena(ctx)
	defer a.free()
	set, low, high := a.ints(at), a.doubles(lower), a.doubles(upper)
	if a.err != nil {
		return a.err
	}
	call := "Highs_changeColsBoundsBySet"
	if rows {
		call = "Highs_changeRowsBoundsBySet"
	}
	return in.do(ctx, call, in.solver, uint64(len(at)), set, low, high)
}

func (in *instance) setCoefficients(ctx context.Context, rows, columns []int32, values []float64) error {
	for i := range rows {
		if err := in.do(ctx, "Highs_changeCoeff", in.solver, uint64(rows[i]), uint64(columns[i]), api.EncodeF64(values[i])); err != nil {
			return err
		}
	}
	return nil
}

// perturbation is the option that scales by how much the dual simplex method perturbs costs against cycling. From the basis of
// a program nearly the same there are few steps to go, and the costs are put right again in more: without it a future of the
// yearly North America takes seven eighths of the time.
const perturbation = "dual_simplex_cost_perturbation_multiplier"

func (in *instance) setBasis(ctx context.Context, b *lp.Basis) error {
	if b == nil {
		return errors.Join(in.setDouble(ctx, perturbation, 1), in.do(ctx, "Highs_clearSolver", in.solver))
	}
	a := in.arena(ctx)
	defer a.free()
	columns, rows := a.ints(standings(b.Columns)), a.ints(standings(b.Rows))
	if a.err != nil {
		return a.err
	}
	return errors.Join(in.setDouble(ctx, perturbation, 0), in.do(ctx, "Highs_setBasis", in.solver, columns, rows))
}

func standings(of []lp.Standing) []int32 {
	out := make([]int32, len(of))
	for i, s := range of {
		out[i] = int32(s)
	}
	return out
}

func (in *instance) run(ctx context.Context, limits lp.Limits) (*lp.Solution, error) {
	if ctx.Err() != nil {
		return &lp.Solution{Status: lp.Cancelled}, nil
	}
	in.clock.stop.Store(false)
	unwatch := context.AfterFunc(ctx, func() { in.clock.stop.Store(true) })
	defer unwatch()
	quiet := context.WithoutCancel(ctx) // the calls themselves go on until the solver stops
	seconds := float64(noLimit)
	if limits.Time > 0 {
		seconds = limits.Time.Seconds()
	}
	gap := limits.Gap
	if gap == 0 {
		gap = 1e-4
	}
	nodes := int32(math.MaxInt32)
	if limits.Nodes > 0 && limits.Nodes < math.MaxInt32 {
		nodes = int32(limits.Nodes)
	}
	err := errors.Join(in.do(quiet, "Highs_zeroAllClocks", in.solver), in.setDouble(quiet, "time_limit", seconds),
		in.setDouble(quiet, "mip_rel_gap", gap), in.setInt(quiet, "mip_max_nodes", nodes),
		in.setInt(quiet, "random_seed", int32(limits.Seed)))
	if err != nil {
		return nil, err
	}
	if _, err := in.call(quiet, "Highs_run", in.solver); err != nil { // an error status shows in the model status
		return nil, err
	}
	cancelled := in.clock.stop.Load()
	in.clock.stop.Store(false)
	return in.solution(quiet, cancelled)
}

// statuses are the model statuses of HiGHS (HighsStatus.h, HighsModelStatus) in our words; any other is Failed.
var statuses = map[int32]lp.Status{
	6: lp.Optimal, // an empty model
	7: lp.Optimal, 8: lp.Infeasible, 9: lp.UnboundedOrInfeasible, 10: lp.Unbounded, 13: lp.TimeLimit, 16: lp.NodeLimit,
}

func (in *instance) solution(ctx context.Context, cancelled bool) (*lp.Solution, error) {
	code, err := in.call(ctx, "Highs_getModelStatus", in.solver)
	if err != nil {
		return nil, err
	}
	s := &lp.Solution{Status: lp.Failed}
	if status, ok := statuses[api.DecodeI32(code)]; ok {
		s.Status = status
	}
	if s.Status == lp.TimeLimit && cancelled {
		s.Status = lp.Cancelled
	}
	a := in.arena(ctx)
	defer a.free()
	const feasible = 2
	s.Feasible = a.readInfo(infoInts, "primal_solution_status") == feasible || s.Status == lp.Optimal
	s.Objective = a.readInfo(infoDoubles, "objective_function_value")
	if in.whole {
		s.Bound, s.Gap = a.readInfo(infoDoubles, "mip_dual_bound"), a.readInfo(infoDoubles, "mip_gap")
		s.Nodes = int64(a.readInfo(infoInt64s, "mip_node_count"))
	}
	s.Iterations = int64(max(0, a.readInfo(infoInts, "simplex_iteration_count")) + max(0, a.readInfo(infoInts, "ipm_iteration_count")))
	if !s.Feasible || a.err != nil {
		return s, a.err
	}
	column, reduced, row, dual := a.room(8*in.columns), a.room(8*in.columns), a.room(8*in.rows), a.room(8*in.rows)
	if a.err != nil {
		return nil, a.err
	}
	if err := in.do(ctx, "Highs_getSolution", in.solver, column, reduced, row, dual); err != nil {
		return nil, err
	}
	s.Column, s.Row = a.readDoubles(column, in.columns), a.readDoubles(row, in.rows)
	if !in.whole && s.Status == lp.Optimal {
		s.Reduced, s.Dual = a.readDoubles(reduced, in.columns), a.readDoubles(dual, in.rows)
		s.Basis = a.readBasis()
	}
	return s, a.err
}

// readInfo is one of the numbers the solver keeps of its last run.
func (a *arena) readInfo(call, name string) float64 {
	label, out := a.text(name), a.room(8)
	if a.err != nil {
		return 0
	}
	if a.err = a.in.do(a.ctx, call, a.in.solver, label, out); a.err != nil {
		return 0
	}
	switch bits, _ := a.in.module.Memory().ReadUint64Le(uint32(out)); call {
	case infoDoubles:
		return math.Float64frombits(bits)
	case infoInt64s:
		return float64(int64(bits))
	default:
		return float64(int32(bits))
	}
}

func (a *arena) readBasis() *lp.Basis {
	columns, rows := a.room(4*a.in.columns), a.room(4*a.in.rows)
	if a.err != nil {
		return nil
	}
	if a.err = a.in.do(a.ctx, "Highs_getBasis", a.in.solver, columns, rows); a.err != nil {
		return nil
	}
	b := &lp.Basis{Columns: make([]lp.Standing, a.in.columns), Rows: make([]lp.Standing, a.in.rows)}
	for i, s := range a.readInts(columns, a.in.columns) {
		b.Columns[i] = lp.Standing(s)
	}
	for i, s := range a.readInts(rows, a.in.rows) {
		b.Rows[i] = lp.Standing(s)
	}
	return b
}
