package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
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

// view calls do with all runs as they stand at one moment, whatever is written meanwhile.
func (x *index) view(ctx context.Context, do func(r reader, runs []run) error) (err error) {
	tx, err := x.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		_ = tx.Rollback() // nothing was written
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	by := func(ctx context.Context, name string) (*sql.Stmt, error) {
		s, err := x.query(ctx, name)
		if err != nil {
			return nil, err
		}
		return tx.StmtContext(ctx, s), nil
	}
	runs, err := runsBy(ctx, by)
	if err != nil {
		return err
	}
	r, err := newReader(ctx, by)
	if err != nil {
		return err
	}
	return do(r, runs)
}

// from calls do for the pairs of all runs that are not less than (key, seq), rising, until do says that it is enough.
func (x *index) from(ctx context.Context, key []byte, seq int64, do func(key []byte, seq int64) (more bool)) error {
	return x.view(ctx, func(r reader, runs []run) error {
		m, err := merge(ctx, r, runs, key, seq)
		if err != nil {
			return err
		}
		return m.each(ctx, func(key []byte, seq int64) (bool, error) { return do(key, seq), nil })
	})
}

// Mentioning implements store.Index.
func (x *index) Mentioning(ctx context.Context, name string, after int64, limit int) ([]int64, error) {
	var out []int64
	want := keyOfName(nil, name)
	err := x.from(ctx, want, after+1, func(key []byte, seq int64) bool {
		if len(out) >= limit || !bytes.Equal(key, want) {
			return false
		}
		out = append(out, seq)
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("look %q up in %s: %w", name, x.path, x.told(err))
	}
	return out, nil
}

// During implements store.Index.
func (x *index) During(ctx context.Context, from, until int64, after store.Moment, limit int) ([]store.Moment, error) {
	start := store.Moment{At: from}
	if after != (store.Moment{}) && after.At >= from {
		start = store.Moment{At: after.At, Seq: after.Seq + 1}
	}
	var out []store.Moment
	err := x.from(ctx, keyOfTime(nil, start.At), start.Seq, func(key []byte, seq int64) bool {
		at, is := timeOf(key)
		if len(out) >= limit || !is || at >= until {
			return false
		}
		out = append(out, store.Moment{At: at, Seq: seq})
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("look a span of time up in %s: %w", x.path, x.told(err))
	}
	return out, nil
}

func compareMoments(a, b store.Moment) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Seq, b.Seq))
}

// Names implements store.Index. It reads all names after after, until there are enough.
func (x *index) Names(ctx context.Context, text, after string, limit int) ([]string, error) {
	var out []string
	want := lower([]byte(text))
	var last, small []byte
	err := x.from(ctx, keyOfName(nil, after), math.MaxInt64, func(key []byte, _ int64) bool {
		if len(out) >= limit || key[0] != nameKey {
			return false
		}
		if bytes.Equal(key, last) {
			return true
		}
		last = append(last[:0], key...)
		if small = lower(append(small[:0], key[1:]...)); bytes.Contains(small, want) {
			out = append(out, string(key[1:]))
		}
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("look for names with %q in %s: %w", text, x.path, x.told(err))
	}
	return out, nil
}

// lower makes ASCII letters small, in place, and leaves all else alone.
func lower(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// Scan implements store.Index.
func (x *index) Scan(ctx context.Context, mention func(int64, string), moment func(store.Moment)) error {
	err := x.view(ctx, func(r reader, runs []run) error {
		m, err := merge(ctx, r, runs, nil, 0)
		if err != nil {
			return err
		}
		name := ""
		return m.each(ctx, func(key []byte, seq int64) (bool, error) {
			at, timed := timeOf(key)
			switch {
			case len(key) > 0 && key[0] == nameKey:
				if name != string(key[1:]) {
					name = string(key[1:])
				}
				mention(seq, name)
			case timed:
				moment(store.Moment{At: at, Seq: seq})
			default:
				return false, errDamaged
			}
			return true, nil
		})
	})
	if err != nil {
		return fmt.Errorf("read %s through: %w", x.path, x.told(err))
	}
	return nil
}

// Reset implements store.Index.
func (x *index) Reset(ctx context.Context) error {
	err := x.change(ctx, func(inner context.Context) error {
		for _, step := range []string{"reset blocks", "reset runs", "reset mark"} {
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
