package ledger

import (
	"context"
	"fmt"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// BatchSize is how many entries Capture appends, and syncs, at once.
const BatchSize = 1000

// Result is what an append did.
type Result struct {
	Added, Duplicates int
	First, Last       int64 // positions of the first and the last entry added; 0 when none was
}

// Append adds entries as made by record.NewEvent and record.NewStatement, in the order given, all or none, and sets Seq
// on each: its new position, or where the same entry already stands. When it returns nil all of it is durable. After an
// error the same call may be made again: what is there counts as a duplicate.
func (l *Ledger) Append(ctx context.Context, entries []record.Entry) (Result, error) {
	b, err := l.batch(entries)
	if err != nil {
		return Result{}, err
	}
	res, to, err := l.commit(ctx, b.rows)
	if err != nil {
		return Result{}, err
	}
	for i := range b.rows {
		entries[i].Seq = b.rows[i].Seq
	}
	if res.Added > 0 {
		f := feeder{l: l}
		f.take(ctx, b.grown(res, to))
		f.apply(ctx)
	}
	return res, nil
}

// commit appends rows, which must be committed to already, and sets their positions. The mark is where the log then stands.
func (l *Ledger) commit(ctx context.Context, rows []store.Row) (Result, store.Mark, error) {
	done, err := l.store.Log().Append(ctx, rows)
	if err != nil {
		return Result{}, store.Mark{}, fmt.Errorf("append to the log: %w", err)
	}
	res := Result{Added: done.Added, Duplicates: done.Duplicates}
	if done.Added > 0 {
		res.First, res.Last = done.Head.Size-int64(done.Added)+1, done.Head.Size
	}
	return res, store.Mark{Seq: done.Head.Size, Root: done.Head.Root}, nil
}

// batch turns entries into what the store keeps, each with a salt of its own.
func (l *Ledger) batch(entries []record.Entry) (batch, error) {
	salts, err := l.salts(len(entries))
	if err != nil {
		return batch{}, err
	}
	b := batch{make([]store.Row, len(entries)), make([]store.Mention, len(entries))}
	var buf []byte
	for i := range entries {
		e := &entries[i]
		if e.ID == (record.ID{}) || len(e.Body) == 0 || e.Kind != record.Event && e.Kind != record.Statement {
			return batch{}, fmt.Errorf("append entry %d of %d: it was not made by record.NewEvent or record.NewStatement", i+1, len(entries))
		}
		buf = record.AppendCommitted(buf[:0], *e)
		b.rows[i] = store.Row{ID: e.ID, Kind: e.Kind, Author: string(e.Author), Received: e.Received.UnixMilli(),
			Identity: record.ID(e.EventID), Salt: salts[i], Leaf: tlog.Leaf(salts[i], buf), Body: e.Body}
		b.mentions[i] = mentionOf(*e)
	}
	return b, nil
}

// add sums results of appends in one order.
func (r *Result) add(next Result) {
	r.Added += next.Added
	r.Duplicates += next.Duplicates
	if r.First == 0 {
		r.First = next.First
	}
	if next.Last != 0 {
		r.Last = next.Last
	}
}
