package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// stmt is a prepared statement of the writing connection, by name. Only with the owner's lock.
func (f *file) stmt(ctx context.Context, name string) (*sql.Stmt, error) {
	return f.many(ctx, name, 1)
}

// many is a prepared statement of n rows of values at once, by the name of the one that has one. Only with the owner's
// lock.
func (f *file) many(ctx context.Context, name string, n int) (*sql.Stmt, error) {
	key := name
	if n > 1 {
		key = fmt.Sprintf("%s times %d", name, n)
	}
	if s := f.stmts[key]; s != nil {
		return s, nil
	}
	text, ok := f.text[name]
	if !ok {
		return nil, fmt.Errorf("no statement is called %q", name)
	}
	if n > 1 {
		start := strings.LastIndexByte(text, '(')
		end := start + strings.IndexByte(text[start:], ')') + 1
		text = text[:end] + strings.Repeat(", "+text[start:end], n-1) + text[end:]
	}
	s, err := f.write.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", name, err)
	}
	f.stmts[key] = s
	return s, nil
}

// exec runs a statement of the writing connection. Only with the owner's lock.
func (f *file) exec(ctx context.Context, name string, args ...any) error {
	s, err := f.stmt(ctx, name)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, args...)
	return err
}

// inserter collects rows of one insert and runs it by chunks, since a statement of many rows is cheaper than many.
type inserter struct {
	f     *file
	name  string
	width int // values a row
	chunk int // rows a statement
	args  []any
}

// add puts one row in, and runs a statement when a chunk is full.
func (in *inserter) add(ctx context.Context, values ...any) error {
	in.args = append(in.args, values...)
	if len(in.args) < in.width*in.chunk {
		return nil
	}
	return in.run(ctx, in.chunk)
}

// flush puts the rest in, row by row.
func (in *inserter) flush(ctx context.Context) error {
	rest := in.args
	for len(rest) > 0 {
		in.args = rest[:in.width]
		rest = rest[in.width:]
		if err := in.run(ctx, 1); err != nil {
			return err
		}
	}
	return nil
}

func (in *inserter) run(ctx context.Context, n int) error {
	s, err := in.f.many(ctx, in.name, n)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, in.args...)
	clear(in.args)
	in.args = in.args[:0]
	return err
}

// query is a prepared statement of the reading connections, by name.
func (f *file) query(ctx context.Context, name string) (*sql.Stmt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.reads[name]; s != nil {
		return s, nil
	}
	text, ok := f.text[name]
	if !ok {
		return nil, fmt.Errorf("no statement is called %q", name)
	}
	s, err := f.read.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", name, err)
	}
	f.reads[name] = s
	return s, nil
}

// each runs a query on a reading connection and calls row for every row of its answer, until row fails.
func (f *file) each(ctx context.Context, name string, row func(*sql.Rows) error, args ...any) error {
	q, err := f.query(ctx, name)
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return drain(rows, row)
}

// drain calls row for every row and closes rows.
func drain(rows *sql.Rows, row func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
