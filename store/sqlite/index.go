package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"lodestone/store"
	"lodestone/tlog"
)

// maxNames bounds the memory that the numbers of known names take.
const maxNames = 200_000

// index is the Index in a SQLite file.
type index struct {
	*file

	mu      sync.Mutex // one change at a time; spans the writing connection and the fields below
	closed  bool
	numbers map[string]int64 // of names met lately; nil after a failure
	version int64            // of the file as other connections change it, when numbers was filled
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
			x.numbers = nil
			_ = x.exec(inner, "rollback") // the first error counts
		}
	}()
	q, err := x.stmt(inner, "version")
	if err != nil {
		return err
	}
	last := x.version
	if err := q.QueryRowContext(inner).Scan(&x.version); err != nil {
		return err
	}
	if x.version != last {
		x.numbers = nil // another process may have numbered the names anew
	}
	if err := do(inner); err != nil {
		return err
	}
	return x.exec(inner, "commit")
}

func (x *index) put(ctx context.Context, mentions []store.Mention) error {
	inner := context.WithoutCancel(ctx)
	mention := inserter{f: x.file, name: "insert mention", width: 2, chunk: 50}
	moment := inserter{f: x.file, name: "insert moment", width: 2, chunk: 50}
	for i, m := range mentions {
		if i%100 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, name := range m.Names {
			number, err := x.number(inner, name)
			if err != nil {
				return err
			}
			if err := mention.add(inner, number, m.Seq); err != nil {
				return err
			}
		}
		if m.Timed {
			if err := moment.add(inner, m.At, m.Seq); err != nil {
				return err
			}
		}
	}
	if err := mention.flush(inner); err != nil {
		return err
	}
	return moment.flush(inner)
}

// number is the number of a name, which is made when it is new. Within the transaction.
func (x *index) number(ctx context.Context, name string) (int64, error) {
	if n, ok := x.numbers[name]; ok {
		return n, nil
	}
	if x.numbers == nil || len(x.numbers) >= maxNames {
		x.numbers = map[string]int64{}
	}
	q, err := x.stmt(ctx, "name")
	if err != nil {
		return 0, err
	}
	var n int64
	err = q.QueryRowContext(ctx, name).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		if q, err = x.stmt(ctx, "insert name"); err != nil {
			return 0, err
		}
		err = q.QueryRowContext(ctx, name).Scan(&n)
	}
	if err != nil {
		return 0, err
	}
	x.numbers[strings.Clone(name)] = n
	return n, nil
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
		x.numbers = nil
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
