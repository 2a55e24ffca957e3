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
)

// readAhead is how many rows are decoded by one goroutine at a time.
const readAhead = 256

// Entries reads the log in order from position from (1 or less: the beginning) up to where it stood when the reading
// began, decoded on all cores. IDs and identities are taken as stored: Fsck is what recomputes them. The first error ends
// the sequence.
func (l *Ledger) Entries(ctx context.Context, from int64) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		head, err := l.store.Log().Head(ctx)
		if err != nil {
			yield(record.Entry{}, fmt.Errorf("read the log: %w", err))
			return
		}
		for page := range l.pages(ctx, from, head.Size, decodePage) {
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
	entries  []record.Entry  // made by decodePage
	mentions []store.Mention // made by mentionPage
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

// decodePage opens the rows of a page, up to the first that cannot be.
func decodePage(p page) page {
	p.entries = make([]record.Entry, 0, len(p.rows))
	for i := range p.rows {
		e, err := entryOf(&p.rows[i])
		if err != nil {
			p.err = err
			break
		}
		p.entries = append(p.entries, e)
	}
	p.rows = nil
	return p
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

// entryOf is the entry of a row, opened.
func entryOf(r *store.Row) (record.Entry, error) {
	e := closedEntry(r)
	if err := e.Open(); err != nil {
		return e, fmt.Errorf("%w: run fsck", err)
	}
	return e, nil
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
	return entryOf(&rows[0])
}
