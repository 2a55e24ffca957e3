package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

const (
	nodesPerRow  = 128 // so that looking one node up reads 4 KiB
	rowsPerWrite = 20  // entries a statement
	hashSize     = len(tlog.Hash{})
)

// log is the Log in a SQLite file.
type log struct {
	*file

	mu     sync.Mutex // one append at a time; spans the writing connection and the fields below
	broken error      // a commit failed: nothing is appended any more
	sure   int64      // entries up to here are on the disk by a commit of this process
	known  bool       // tree and places hold what the file holds, up to tree.Size
	tree   tlog.Builder
	places places
}

// Append implements store.Log.
func (l *log) Append(ctx context.Context, rows []store.Row) (store.Appended, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	done, err := l.append(ctx, rows)
	if err != nil {
		return store.Appended{}, fmt.Errorf("append %d entries to %s: %w", len(rows), l.path, l.told(err))
	}
	return done, nil
}

func (l *log) append(ctx context.Context, rows []store.Row) (done store.Appended, err error) {
	if l.broken != nil {
		return done, l.broken
	}
	if err := ctx.Err(); err != nil {
		return done, err
	}
	// From here on the context is only looked at between statements: none is interrupted, so none is half done.
	inner := context.WithoutCancel(ctx)
	if err := l.exec(inner, "begin"); err != nil {
		return done, err
	}
	open := true
	defer func() {
		if open {
			_ = l.exec(inner, "rollback") // the first error counts
		}
	}()
	if err := l.catchUp(inner); err != nil {
		return done, err
	}
	grown, err := l.put(ctx, rows)
	if err != nil {
		return done, err
	}
	fresh := len(grown.prefixes) / 8
	done = store.Appended{Added: fresh, Duplicates: len(rows) - fresh,
		Head: store.Head{Size: grown.tree.Size(), Root: grown.tree.Root()}}
	if fresh == 0 && done.Head.Size <= l.sure {
		return done, nil
	}
	if err := ctx.Err(); err != nil {
		return done, err
	}
	if fresh == 0 { // all of it is there, some perhaps by another process, which may have died before its sync: ours covers it
		if err := l.exec(inner, "confirm"); err != nil {
			return done, err
		}
	}
	if err := l.exec(inner, "commit"); err != nil {
		if err = remedied(err); errors.Is(err, store.ErrFull) {
			return done, err // a write of it did not fit, so its commit mark, written last, is not there
		}
		// The write-ahead file may hold the whole batch or a part of it, and after a failed sync the system does not
		// say which. A part is never seen: its commit mark is missing.
		l.broken = fmt.Errorf("%w: %w", store.ErrUnsure, err)
		return done, l.broken
	}
	// The batch is on the disk. Memory follows the file, never the other way round.
	open = false
	for i := range fresh {
		l.places.add(binary.BigEndian.Uint64(grown.prefixes[8*i:]), l.tree.Size()+int64(i)+1)
	}
	l.tree = grown.tree
	l.sure = l.tree.Size()
	return done, nil
}

// growth is what an append adds to the log, before it is committed.
type growth struct {
	tree     tlog.Builder
	prefixes []byte // of the new IDs
}

// catchUp loads what other appends have put in the file since the last one here. Within a transaction.
func (l *log) catchUp(ctx context.Context) error {
	head, err := l.headBy(ctx, l.stmt)
	if err != nil {
		return err
	}
	if l.known && head.Size == l.tree.Size() {
		return nil
	}
	from := int64(0)
	if l.known {
		from = l.tree.Size()
	} else {
		l.places = newPlaces()
	}
	q, err := l.stmt(ctx, "prefixes")
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, from)
	if err != nil {
		return err
	}
	err = drain(rows, func(rows *sql.Rows) error {
		var first, size int64
		var prefixes sql.RawBytes
		if err := rows.Scan(&first, &size, &prefixes); err != nil {
			return err
		}
		if first != from+1 || int64(len(prefixes)) != 8*(size-first+1) {
			return fmt.Errorf("the batch of entry %d is damaged: run fsck", first)
		}
		for ; len(prefixes) > 0; prefixes = prefixes[8:] {
			from++
			l.places.add(binary.BigEndian.Uint64(prefixes), from)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if from != head.Size {
		return fmt.Errorf("the log's head says %d entries, its batches hold %d: run fsck", head.Size, from)
	}
	l.tree, err = tlog.NewBuilder(head.Size, tlog.ReaderFunc(func(numbers []int64) ([]tlog.Hash, error) {
		return l.nodesBy(ctx, l.stmt, numbers)
	}))
	if err == nil && l.tree.Root() != head.Root {
		return fmt.Errorf("the tree's nodes do not give the root of the log's head at %d entries: run fsck", head.Size)
	}
	l.known = err == nil
	return err
}

// put writes what is new among rows: entries, nodes and the batch. Within the transaction.
func (l *log) put(ctx context.Context, rows []store.Row) (growth, error) {
	g := growth{tree: l.tree}
	first, firstNode := g.tree.Size()+1, tlog.NodeCount(g.tree.Size())
	inner := context.WithoutCancel(ctx)
	nodes := make([]tlog.Hash, 0, 2*len(rows)+64)
	in := inserter{f: l.file, name: "insert entry", width: 8, chunk: rowsPerWrite}
	inBatch := make(map[record.ID]int64, len(rows))
	for i := range rows {
		r := &rows[i]
		if i%rowsPerWrite == 0 {
			if err := ctx.Err(); err != nil {
				return g, err
			}
		}
		var err error
		if r.Seq = inBatch[r.ID]; r.Seq == 0 {
			r.Seq, err = l.find(inner, l.stmt, r.ID)
		}
		if err != nil {
			return g, err
		}
		if r.Seq != 0 {
			continue
		}
		nodes = g.tree.Add(nodes, r.Leaf)
		r.Seq = g.tree.Size()
		inBatch[r.ID] = r.Seq
		g.prefixes = append(g.prefixes, r.ID[:8]...)
		if err := in.add(inner, r.Seq, r.ID[:], int64(r.Kind), r.Author, r.Received, r.Identity[:], r.Salt[:], r.Body); err != nil {
			return g, err
		}
	}
	if len(g.prefixes) == 0 {
		return g, nil
	}
	if err := in.flush(inner); err != nil {
		return g, err
	}
	root := g.tree.Root()
	if err := l.exec(inner, "insert batch", first, g.tree.Size(), root[:], g.prefixes); err != nil {
		return g, err
	}
	return g, l.putNodes(inner, firstNode, nodes)
}

// putNodes writes nodes from number first on. Within the transaction.
func (l *log) putNodes(ctx context.Context, first int64, nodes []tlog.Hash) error {
	for part := range slices.Chunk(nodes, nodesPerRow) {
		packed := make([]byte, 0, len(part)*hashSize)
		for _, h := range part {
			packed = append(packed, h[:]...)
		}
		if err := l.exec(ctx, "insert node", first, packed); err != nil {
			return err
		}
		first += int64(len(part))
	}
	return nil
}

// find is where an ID stands, 0 when it is new. by prepares statements of the connection to read from.
func (l *log) find(ctx context.Context, by preparer, id record.ID) (at int64, err error) {
	err = l.places.candidates(prefix(id), func(seq int64) (bool, error) {
		q, err := by(ctx, "id")
		if err != nil {
			return false, err
		}
		var there []byte
		if err := q.QueryRowContext(ctx, seq).Scan(&there); err != nil {
			return false, fmt.Errorf("read the id of entry %d: %w", seq, err)
		}
		if string(there) == string(id[:]) {
			at = seq
		}
		return at != 0, nil
	})
	return at, err
}

func (l *log) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken == nil {
		l.broken = store.ErrClosed
	}
	return l.file.close()
}
