package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"lodestone/store"
	"lodestone/tlog"
)

// index is the Index in a SQLite file.
type index struct {
	*file

	mu     sync.Mutex // one change at a time; spans the writing connection and closed
	closed bool
}

// Mark implements store.Index.
func (x *index) Mark(ctx context.Context) (store.Mark, error) {
	m, err := x.markBy(ctx, x.query)
	if err != nil {
		return m, fmt.Errorf("read the mark of %s: %w", x.path, x.told(err))
	}
	return m, nil
}

func (x *index) markBy(ctx context.Context, by preparer) (store.Mark, error) {
	q, err := by(ctx, "mark")
	if err != nil {
		return store.Mark{}, err
	}
	var m store.Mark
	var root []byte
	if err := q.QueryRowContext(ctx).Scan(&m.Seq, &root); err != nil {
		return store.Mark{}, err
	}
	if len(root) != hashSize {
		return store.Mark{}, fmt.Errorf("the mark's root has %d bytes: delete the file, it is derived again", len(root))
	}
	m.Root = tlog.Hash(root)
	return m, nil
}

// Apply implements store.Index.
func (x *index) Apply(ctx context.Context, from, to store.Mark, mentions []store.Mention) error {
	err := x.change(ctx, func(inner context.Context) error {
		at, err := x.markBy(inner, x.stmt)
		if err != nil {
			return err
		}
		if at != from {
			return fmt.Errorf("the mark is at %d: %w", at.Seq, store.ErrMoved)
		}
		if err := x.put(ctx, mentions); err != nil {
			return err
		}
		return x.exec(inner, "move mark", to.Seq, to.Root[:])
	})
	if err != nil {
		return fmt.Errorf("index entries %d to %d in %s: %w", from.Seq+1, to.Seq, x.path, x.told(err))
	}
	return nil
}

// change runs do in a transaction.
func (x *index) change(ctx context.Context, do func(context.Context) error) (err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	inner := context.WithoutCancel(ctx)
	if err := x.exec(inner, "begin"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = x.exec(inner, "rollback") // the first error counts
		}
	}()
	if err := do(inner); err != nil {
		return err
	}
	return x.exec(inner, "commit")
}

// Mentioning implements store.Index.
func (x *index) Mentioning(ctx context.Context, name string, after int64, limit int) ([]int64, error) {
	var out []int64
	err := x.each(ctx, "mentioning", func(rows *sql.Rows) error {
		var seq int64
		err := rows.Scan(&seq)
		out = append(out, seq)
		return err
	}, name, after, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("look %q up in %s: %w", name, x.path, x.told(err))
	}
	return out, nil
}

// During implements store.Index.
func (x *index) During(ctx context.Context, from, until int64, after store.Moment, limit int) ([]store.Moment, error) {
	if after == (store.Moment{}) {
		after.At = from
	}
	var out []store.Moment
	err := x.each(ctx, "during", func(rows *sql.Rows) error {
		var m store.Moment
		err := rows.Scan(&m.At, &m.Seq)
		out = append(out, m)
		return err
	}, from, until, after.At, after.Seq, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("look a span of time up in %s: %w", x.path, x.told(err))
	}
	return out, nil
}

// Names implements store.Index.
func (x *index) Names(ctx context.Context, text, after string, limit int) ([]string, error) {
	var out []string
	err := x.each(ctx, "names", func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		out = append(out, name)
		return err
	}, lower(text), after, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("look for names with %q in %s: %w", text, x.path, x.told(err))
	}
	return out, nil
}

// lower makes ASCII letters small and leaves all else alone, as SQLite's lower does.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// Scan implements store.Index.
func (x *index) Scan(ctx context.Context, mention func(int64, string), moment func(store.Moment)) error {
	err := x.each(ctx, "all mentions", func(rows *sql.Rows) error {
		var seq int64
		var name string
		if err := rows.Scan(&seq, &name); err != nil {
			return err
		}
		mention(seq, name)
		return nil
	})
	if err == nil {
		err = x.each(ctx, "all moments", func(rows *sql.Rows) error {
			var m store.Moment
			if err := rows.Scan(&m.At, &m.Seq); err != nil {
				return err
			}
			moment(m)
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("read %s through: %w", x.path, x.told(err))
	}
	return nil
}

// Reset implements store.Index.
func (x *index) Reset(ctx context.Context) error {
	err := x.change(ctx, func(inner context.Context) error {
		for _, step := range []string{"reset mentions", "reset names", "reset moments", "reset mark"} {
			if err := x.exec(inner, step); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("empty %s: %w", x.path, x.told(err))
	}
	return nil
}

func (x *index) close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	return x.file.close()
}
