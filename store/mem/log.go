package mem

import (
	"bytes"
	"context"
	"fmt"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// log is the Log in memory. mu of the Store guards every field.
type log struct {
	s         *Store
	rows      []store.Row // rows[i] stands at position i+1; Leaf is zero
	places    map[record.ID]int64
	nodes     []tlog.Hash
	tree      tlog.Builder
	published []store.Signed
}

// Append implements store.Log. The commit point is the assignment of l.rows and l.nodes under the lock.
func (l *log) Append(ctx context.Context, rows []store.Row) (store.Appended, error) {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	var done store.Appended
	if err := l.s.usable(ctx); err != nil {
		return done, fmt.Errorf("append %d entries: %w", len(rows), err)
	}
	for i := range rows {
		r := &rows[i]
		if at, ok := l.places[r.ID]; ok {
			r.Seq = at
			done.Duplicates++
			continue
		}
		r.Seq = int64(len(l.rows)) + 1
		l.places[r.ID] = r.Seq
		kept := *r
		kept.Leaf = tlog.Hash{}
		kept.Body = bytes.Clone(r.Body)
		l.rows = append(l.rows, kept)
		l.nodes = l.tree.Add(l.nodes, r.Leaf)
		done.Added++
	}
	done.Head = l.head()
	return done, nil
}

// head needs the lock.
func (l *log) head() store.Head { return store.Head{Size: l.tree.Size(), Root: l.tree.Root()} }

// Read implements store.Log.
func (l *log) Read(ctx context.Context, from int64, limit int) ([]store.Row, error) {
	l.s.mu.RLock()
	defer l.s.mu.RUnlock()
	if err := l.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("read entries from %d: %w", from, err)
	}
	if from < 1 {
		from = 1
	}
	var out []store.Row
	for size := 0; from <= int64(len(l.rows)) && len(out) < limit && size < store.ReadBytes; from++ {
		r := l.rows[from-1]
		r.Body = bytes.Clone(r.Body)
		out = append(out, r)
		size += len(r.Body)
	}
	return out, nil
}

// Positions implements store.Log.
func (l *log) Positions(ctx context.Context, ids []record.ID) ([]int64, error) {
	l.s.mu.RLock()
	defer l.s.mu.RUnlock()
	if err := l.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("find %d entries: %w", len(ids), err)
	}
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = l.places[id]
	}
	return out, nil
}

// Head implements store.Log.
func (l *log) Head(ctx context.Context) (store.Head, error) {
	l.s.mu.RLock()
	defer l.s.mu.RUnlock()
	if err := l.s.usable(ctx); err != nil {
		return store.Head{}, fmt.Errorf("read the head: %w", err)
	}
	return l.head(), nil
}

// Nodes implements store.Log.
func (l *log) Nodes(ctx context.Context, numbers []int64) ([]tlog.Hash, error) {
	l.s.mu.RLock()
	defer l.s.mu.RUnlock()
	if err := l.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("read %d tree nodes: %w", len(numbers), err)
	}
	out := make([]tlog.Hash, len(numbers))
	for i, n := range numbers {
		if n < 0 || n >= int64(len(l.nodes)) {
			return nil, fmt.Errorf("read tree node %d: %w", n, store.ErrNoNode)
		}
		out[i] = l.nodes[n]
	}
	return out, nil
}

// Publish implements store.Log.
func (l *log) Publish(ctx context.Context, c store.Signed) error {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	if err := l.s.usable(ctx); err != nil {
		return fmt.Errorf("keep the checkpoint at %d: %w", c.Size, err)
	}
	c.Note = bytes.Clone(c.Note)
	l.published = append(l.published, c)
	return nil
}

// Published implements store.Log.
func (l *log) Published(ctx context.Context) ([]store.Signed, error) {
	l.s.mu.RLock()
	defer l.s.mu.RUnlock()
	if err := l.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	out := make([]store.Signed, len(l.published))
	for i, c := range l.published {
		c.Note = bytes.Clone(c.Note)
		out[i] = c
	}
	return out, nil
}
