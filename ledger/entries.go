package ledger

import (
	"context"
	"fmt"
	"iter"
	"time"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/store"
	"lodestone/supply"
	"lodestone/tlog"
)

// readAhead is how many rows are decoded by one goroutine at a time.
const readAhead = 256

// Entries reads the log in order from position from (1 or less: the beginning) up to where it stood when the reading
// began, decoded on all cores. What is not as it was committed to is an error, never an entry; that an event's identity is the
// hash of its content is left to Fsck. The first error ends the sequence.
func (l *Ledger) Entries(ctx context.Context, from int64) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		head, err := l.store.Log().Head(ctx)
		if err != nil {
			yield(record.Entry{}, fmt.Errorf("read the log: %w", err))
			return
		}
		for page := range l.pages(ctx, from, head.Size, l.decoder(ctx)) {
			for _, e := range page.entries {
				if !yield(e, nil) {
					return
				}
			}
			if page.err != nil {
				yield(record.Entry{}, page.err)
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(record.Entry{}, fmt.Errorf("read the log: %w", err))
		}
	}
}

// page is a run of rows on its way through the work on it.
type page struct {
	rows     []store.Row
	entries  []record.Entry  // made by decoder
	mentions []store.Mention // made by mentioner
	checked  checked         // made by checkPage
	err      error           // what ended the reading
}

// pages reads the rows from..until in order and runs work on each page, on all cores.
func (l *Ledger) pages(ctx context.Context, from, until int64, work func(page) page) iter.Seq[page] {
	// The source is stopped and waited for when the reader stops.
	return func(yield func(page) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		inOrder(ctx, true, func(give func(page) bool) {
			for at := max(from, 1); at <= until; {
				rows, err := l.store.Log().Read(ctx, at, int(min(readAhead, until-at+1)))
				if err == nil && len(rows) == 0 {
					err = fmt.Errorf("entry %d is missing, the log should have %d: run fsck", at, until)
				}
				if !give(page{rows: rows, err: err}) || err != nil {
					return
				}
				at += int64(len(rows))
			}
		}, work)(func(p page) bool {
			if yield(p) {
				return true
			}
			cancel()
			return false
		})
	}
}

// decoder is the work that opens the rows of a page, up to the first that cannot be.
func (l *Ledger) decoder(ctx context.Context) func(page) page {
	return func(p page) page {
		if p.err != nil {
			return p
		}
		p.entries, p.err = l.open(ctx, p.rows)
		p.rows = nil
		return p
	}
}

// closedEntry is the entry of a row without its event or claim.
func closedEntry(r *store.Row) record.Entry {
	e := record.Entry{Seq: r.Seq, Received: time.UnixMilli(r.Received).UTC(), Author: supply.PartyID(r.Author),
		Kind: r.Kind, ID: r.ID, Body: r.Body}
	if r.Kind == record.Event {
		e.EventID = epcis.Hash(r.Identity)
	}
	return e
}

// open gives the entries of rows, up to the first that cannot be opened or is not what the log's tree commits to: a disk or
// a hand that changed a row changes no answer unseen.
func (l *Ledger) open(ctx context.Context, rows []store.Row) ([]record.Entry, error) {
	numbers := make([]int64, len(rows))
	for i := range rows {
		numbers[i] = tlog.LeafIndex(rows[i].Seq - 1)
	}
	leaves, err := l.store.Log().Nodes(ctx, numbers)
	if err != nil {
		return nil, fmt.Errorf("read what the log commits to: %w: run fsck", err)
	}
	entries := make([]record.Entry, 0, len(rows))
	var committed []byte
	for i := range rows {
		e := closedEntry(&rows[i])
		committed = record.AppendCommitted(committed[:0], e)
		if tlog.Leaf(rows[i].Salt, committed) != leaves[i] {
			return entries, fmt.Errorf("entry %d is not what was committed to: run fsck, and restore the log from a copy", e.Seq)
		}
		if err := e.Open(); err != nil {
			return entries, fmt.Errorf("%w: run fsck", err)
		}
		if e.Named() != e.ID {
			return entries, fmt.Errorf("the ID or the identity kept of entry %d was changed: run fsck, and restore the log from a copy", e.Seq)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Entry reads one entry by its position.
func (l *Ledger) Entry(ctx context.Context, seq int64) (record.Entry, error) {
	rows, err := l.store.Log().Read(ctx, seq, 1)
	if err != nil {
		return record.Entry{}, fmt.Errorf("read entry %d: %w", seq, err)
	}
	if len(rows) == 0 || rows[0].Seq != seq {
		return record.Entry{}, fmt.Errorf("read entry %d: the log has no such entry", seq)
	}
	entries, err := l.open(ctx, rows)
	if err != nil {
		return record.Entry{}, err
	}
	return entries[0], nil
}
