package ledger

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// CatchUp brings the index to where the log stands. An index that belongs to another log, or to a longer one, is thrown
// away and derived again. Look-ups call it; it costs little when there is nothing new.
func (l *Ledger) CatchUp(ctx context.Context) error { return l.follow(ctx, nil) }

// Rebuild throws the index away and derives it again from the log. progress may be nil; it is called with the entries
// done and to do.
func (l *Ledger) Rebuild(ctx context.Context, progress func(done, of int64)) error {
	if err := l.store.Index().Reset(ctx); err != nil {
		return fmt.Errorf("rebuild the index: %w", err)
	}
	return l.follow(ctx, progress)
}

// followAtOnce is how many entries the index takes at once.
const followAtOnce = 8 * readAhead

// follow brings the index to where the log stands now, or further.
func (l *Ledger) follow(ctx context.Context, progress func(done, of int64)) error {
	goal, err := l.Size(ctx)
	if err != nil {
		return fmt.Errorf("follow the log: %w", err)
	}
	for {
		err := l.followOnce(ctx, goal, progress)
		if !errors.Is(err, store.ErrMoved) {
			return err
		}
		// Another follower was faster. It has done the work; look again where it stands.
	}
}

func (l *Ledger) followOnce(ctx context.Context, goal int64, progress func(done, of int64)) error {
	// The mark is read before the head: whatever is appended and followed in between, an index of this log is not ahead.
	mark, err := l.store.Index().Mark(ctx)
	if err != nil {
		return fmt.Errorf("follow the log: %w", err)
	}
	head, err := l.store.Log().Head(ctx)
	if err != nil {
		return fmt.Errorf("follow the log: %w", err)
	}
	if ours, err := l.isOurs(ctx, mark, head.Size); err != nil {
		return err
	} else if !ours {
		if err := l.store.Index().Reset(ctx); err != nil {
			return fmt.Errorf("follow the log: %w", err)
		}
		mark = store.Mark{}
	}
	if mark.Seq >= goal {
		return nil
	}
	var batch []store.Mention
	flush := func() error {
		next := store.Mark{Seq: batch[len(batch)-1].Seq}
		if next.Root, err = tlog.Root(next.Seq, l.nodes(ctx)); err != nil {
			return fmt.Errorf("follow the log: %w", err)
		}
		if err := l.store.Index().Apply(ctx, mark, next, batch); err != nil {
			return fmt.Errorf("follow the log: %w", err)
		}
		mark, batch = next, batch[:0]
		if progress != nil {
			progress(mark.Seq, goal)
		}
		return nil
	}
	for p := range l.pages(ctx, mark.Seq+1, goal, l.mentioner(ctx)) {
		if p.err != nil {
			return fmt.Errorf("follow the log: %w", p.err)
		}
		batch = append(batch, p.mentions...)
		if len(batch) >= followAtOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("follow the log: %w", err)
	}
	if len(batch) > 0 {
		return flush()
	}
	return nil
}

// isOurs tells whether a mark is a place this log has passed.
func (l *Ledger) isOurs(ctx context.Context, mark store.Mark, size int64) (bool, error) {
	if mark == (store.Mark{}) {
		return true, nil
	}
	if mark.Seq < 1 || mark.Seq > size {
		return false, nil
	}
	root, err := tlog.Root(mark.Seq, l.nodes(ctx))
	if err != nil {
		return false, fmt.Errorf("compare the index with the log: %w", err)
	}
	return root == mark.Root, nil
}

// mentioner is the work that lists what each entry of a page mentions.
func (l *Ledger) mentioner(ctx context.Context) func(page) page {
	decode := l.decoder(ctx)
	return func(p page) page {
		p = decode(p)
		if p.err == nil {
			for _, e := range p.entries {
				p.mentions = append(p.mentions, mentionOf(e))
			}
		}
		p.entries = nil
		return p
	}
}

// Mentioning reads the entries that name an identifier, in the order of the log: a lot, a container, an event's ID, a
// place, a party, a document.
func (l *Ledger) Mentioning(ctx context.Context, name string) iter.Seq2[record.Entry, error] {
	return l.found(ctx, func(after int64) ([]int64, error) {
		return l.store.Index().Mentioning(ctx, name, after, 1000)
	})
}

// found reads the entries at the positions that next gives, page after page.
func (l *Ledger) found(ctx context.Context, next func(after int64) ([]int64, error)) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		if err := l.CatchUp(ctx); err != nil {
			yield(record.Entry{}, err)
			return
		}
		for after := int64(0); ; {
			at, err := next(after)
			if err != nil {
				yield(record.Entry{}, err)
				return
			}
			if len(at) == 0 {
				return
			}
			for _, seq := range at {
				e, err := l.Entry(ctx, seq)
				if !yield(e, err) || err != nil {
					return
				}
				after = seq
			}
		}
	}
}

// During reads the events whose event time lies in [from, until), by event time and then by position.
func (l *Ledger) During(ctx context.Context, from, until time.Time) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		if err := l.CatchUp(ctx); err != nil {
			yield(record.Entry{}, err)
			return
		}
		for after := (store.Moment{}); ; {
			at, err := l.store.Index().During(ctx, from.UnixMilli(), until.UnixMilli(), after, 1000)
			if err != nil {
				yield(record.Entry{}, err)
				return
			}
			if len(at) == 0 {
				return
			}
			for _, m := range at {
				e, err := l.Entry(ctx, m.Seq)
				if !yield(e, err) || err != nil {
					return
				}
			}
			after = at[len(at)-1]
		}
	}
}

// Names gives at most limit identifiers that contain text, ASCII letters in either case, sorted.
func (l *Ledger) Names(ctx context.Context, text string, limit int) ([]string, error) {
	if err := l.CatchUp(ctx); err != nil {
		return nil, err
	}
	names, err := l.store.Index().Names(ctx, text, "", limit)
	return slices.Clip(names), err
}
