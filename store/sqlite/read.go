package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// preparer gives a statement by name, of the writing or of a reading connection.
type preparer func(ctx context.Context, name string) (*sql.Stmt, error)

// Read implements store.Log.
func (l *log) Read(ctx context.Context, from int64, limit int) ([]store.Row, error) {
	var out []store.Row
	size := 0
	enough := errors.New("enough")
	err := l.each(ctx, "read", func(rows *sql.Rows) error {
		var r store.Row
		var id, identity, salt sql.RawBytes
		if err := rows.Scan(&r.Seq, &id, &r.Kind, &r.Author, &r.Received, &identity, &salt, &r.Body); err != nil {
			return fmt.Errorf("entry %d: %w", r.Seq, err)
		}
		if copy(r.ID[:], id) != len(r.ID) || copy(r.Identity[:], identity) != len(r.Identity) || copy(r.Salt[:], salt) != len(r.Salt) ||
			len(id) != len(r.ID) || len(identity) != len(r.Identity) || len(salt) != len(r.Salt) {
			return fmt.Errorf("entry %d is damaged: its hashes have wrong lengths; run fsck", r.Seq)
		}
		if want := max(from, 1) + int64(len(out)); r.Seq != want {
			return fmt.Errorf("entry %d is missing: run fsck", want)
		}
		out = append(out, r)
		if size += len(r.Body); size >= store.ReadBytes {
			return enough
		}
		return nil
	}, from, max(limit, 0))
	if err != nil && err != enough {
		return nil, fmt.Errorf("read entries of %s from %d: %w", l.path, from, l.told(err))
	}
	return out, nil
}

// Positions implements store.Log.
func (l *log) Positions(ctx context.Context, ids []record.ID) ([]int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	out, err := l.positions(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("find %d entries in %s: %w", len(ids), l.path, l.told(err))
	}
	return out, nil
}

func (l *log) positions(ctx context.Context, ids []record.ID) ([]int64, error) {
	if l.broken != nil {
		return nil, l.broken
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inner := context.WithoutCancel(ctx)
	if err := l.exec(inner, "begin read"); err != nil {
		return nil, err
	}
	err := l.catchUp(inner)
	_ = l.exec(inner, "rollback") // nothing was written
	if err != nil {
		return nil, err
	}
	out := make([]int64, len(ids))
	for i, id := range ids {
		var err error
		if out[i], err = l.find(ctx, l.query, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Head implements store.Log.
func (l *log) Head(ctx context.Context) (store.Head, error) {
	h, err := l.headBy(ctx, l.query)
	if err != nil {
		return h, fmt.Errorf("read the head of %s: %w", l.path, l.told(err))
	}
	return h, nil
}

func (l *log) headBy(ctx context.Context, by preparer) (store.Head, error) {
	q, err := by(ctx, "head")
	if err != nil {
		return store.Head{}, err
	}
	var h store.Head
	var root []byte
	switch err := q.QueryRowContext(ctx).Scan(&h.Size, &root); {
	case errors.Is(err, sql.ErrNoRows):
		var empty tlog.Builder
		return store.Head{Root: empty.Root()}, nil
	case err != nil:
		return store.Head{}, err
	case len(root) != hashSize:
		return store.Head{}, fmt.Errorf("the head's root has %d bytes: run fsck", len(root))
	}
	h.Root = tlog.Hash(root)
	return h, nil
}

// Nodes implements store.Log.
func (l *log) Nodes(ctx context.Context, numbers []int64) ([]tlog.Hash, error) {
	out, err := l.nodesBy(ctx, l.query, numbers)
	if err != nil {
		return nil, fmt.Errorf("read %d tree nodes of %s: %w", len(numbers), l.path, l.told(err))
	}
	return out, nil
}

// nodesBy reads nodes row by row; neighbours in one row are read once.
func (l *log) nodesBy(ctx context.Context, by preparer, numbers []int64) ([]tlog.Hash, error) {
	q, err := by(ctx, "node")
	if err != nil {
		return nil, err
	}
	out := make([]tlog.Hash, len(numbers))
	first := int64(-1) // of the row in hand
	var hashes []byte
	for i, n := range numbers {
		if first < 0 || n < first || n >= first+int64(len(hashes)/hashSize) {
			switch err := q.QueryRowContext(ctx, n).Scan(&first, &hashes); {
			case errors.Is(err, sql.ErrNoRows):
				return nil, fmt.Errorf("node %d: %w", n, store.ErrNoNode)
			case err != nil:
				return nil, fmt.Errorf("node %d: %w", n, err)
			}
		}
		at := int(n-first) * hashSize
		if at+hashSize > len(hashes) {
			return nil, fmt.Errorf("node %d: %w", n, store.ErrNoNode)
		}
		out[i] = tlog.Hash(hashes[at : at+hashSize])
	}
	return out, nil
}

// Publish implements store.Log.
func (l *log) Publish(ctx context.Context, c store.Signed) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.broken
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = l.exec(context.WithoutCancel(ctx), "insert checkpoint", c.Size, c.At.UnixMilli(), c.Note)
	}
	if err != nil {
		return fmt.Errorf("keep the checkpoint at %d in %s: %w", c.Size, l.path, l.told(err))
	}
	return nil
}

// Published implements store.Log.
func (l *log) Published(ctx context.Context) ([]store.Signed, error) {
	var out []store.Signed
	err := l.each(ctx, "checkpoints", func(rows *sql.Rows) error {
		var c store.Signed
		var at int64
		if err := rows.Scan(&c.Size, &at, &c.Note); err != nil {
			return err
		}
		c.At = time.UnixMilli(at).UTC()
		out = append(out, c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints of %s: %w", l.path, l.told(err))
	}
	return out, nil
}
