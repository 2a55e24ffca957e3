package highs

import (
	"context"
	"errors"

	"lodestone/plan/lp"
)

func (in *instance) ranging(ctx context.Context) (*lp.Ranging, error) {
	if in.whole {
		return nil, errors.New("ranging is about linear programs: fix the integer columns first")
	}
	a := in.arena(ctx)
	defer a.free()
	args := []uint64{in.solver}
	type record struct{ value, objective uint64 }
	var records [6]record // cost up and down, column bound up and down, row bound up and down
	for i := range records {
		n := in.columns
		if i >= 4 {
			n = in.rows
		}
		records[i] = record{a.room(8 * n), a.room(8 * n)}
		args = append(args, records[i].value, records[i].objective, a.room(4*n), a.room(4*n))
	}
	if a.err != nil {
		return nil, a.err
	}
	if err := in.do(ctx, "Highs_getRanging", args...); err != nil {
		return nil, err
	}
	read := func(r record, n int) []lp.Range {
		values, objectives := a.readDoubles(r.value, n), a.readDoubles(r.objective, n)
		if a.err != nil {
			return nil
		}
		out := make([]lp.Range, n)
		for i := range out {
			out[i] = lp.Range{Value: values[i], Objective: objectives[i]}
		}
		return out
	}
	r := &lp.Ranging{
		CostUp: read(records[0], in.columns), CostDown: read(records[1], in.columns),
		RowUp: read(records[4], in.rows), RowDown: read(records[5], in.rows),
	}
	return r, a.err
}

// conflict asks for an irreducible infeasible subsystem of the linear relaxation.
func (in *instance) conflict(ctx context.Context) (*lp.Conflict, error) {
	const fromProgramIrreducible = 2 + 4 // kIisStrategyFromLp + kIisStrategyIrreducible
	if err := in.setInt(ctx, "iis_strategy", fromProgramIrreducible); err != nil {
		return nil, err
	}
	a := in.arena(ctx)
	defer a.free()
	columnCount, rowCount := a.room(4), a.room(4)
	columnIndex, rowIndex := a.room(4*in.columns), a.room(4*in.rows)
	columnBound, rowBound := a.room(4*in.columns), a.room(4*in.rows)
	columnStatus, rowStatus := a.room(4*in.columns), a.room(4*in.rows)
	if a.err != nil {
		return nil, a.err
	}
	if err := in.do(ctx, "Highs_getIis", in.solver, columnCount, rowCount, columnIndex, rowIndex, columnBound, rowBound, columnStatus, rowStatus); err != nil {
		return nil, err
	}
	columns, rows := a.readInts(columnCount, 1), a.readInts(rowCount, 1)
	if a.err != nil {
		return nil, a.err
	}
	c := &lp.Conflict{
		Columns: clashes[lp.Column](a, columnIndex, columnBound, int(columns[0])),
		Rows:    clashes[lp.Row](a, rowIndex, rowBound, int(rows[0])),
	}
	if a.err == nil && len(c.Rows)+len(c.Columns) == 0 {
		return nil, errors.New("the solver finds no conflict: the linear program has a solution")
	}
	return c, a.err
}

// The bounds of a column or row that take part in a conflict (HighsIis.h, IisBoundStatus).
const (
	boundLower = 2
	boundUpper = 3
	boundBoxed = 4
)

// clashes reads which bounds of which columns or rows take part; those with none are left out.
func clashes[N lp.Row | lp.Column](a *arena, index, bound uint64, n int) []lp.Clash[N] {
	numbers, bounds := a.readInts(index, n), a.readInts(bound, n)
	if a.err != nil {
		return nil
	}
	var out []lp.Clash[N]
	for i := range numbers {
		c := lp.Clash[N]{Number: N(numbers[i]), Lower: bounds[i] == boundLower || bounds[i] == boundBoxed, Upper: bounds[i] == boundUpper || bounds[i] == boundBoxed}
		if c.Lower || c.Upper {
			out = append(out, c)
		}
	}
	return out
}
