package ledger

import (
	"context"
	"iter"
	"time"

	"lodestone/record"
)

// Bound says how far into the log a question sees: to a position, to where it stood at a time, or to its end.
//
// What a question sees is always the log as it once was: its entries from the first up to, and without, the first one that lies
// beyond the position or was received after the time. Times of receipt fall where a clock was set back; an entry that
// comes after one that is too late is not seen then, whatever its own time says.
type Bound struct {
	Seq      int64     // last position; 0 is no bound
	Received time.Time // last time of receipt; zero is no bound
}

// sees tells whether an entry at seq received at t is seen, if all before it are.
func (b Bound) sees(seq int64, received time.Time) bool {
	return (b.Seq == 0 || seq <= b.Seq) && (b.Received.IsZero() || !received.After(b.Received))
}

// Seen reads the entries that a question sees, in order. The first error ends the sequence.
func (l *Ledger) Seen(ctx context.Context, until Bound) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		for e, err := range l.Entries(ctx, 1) {
			if err == nil && !until.sees(e.Seq, e.Received) || !yield(e, err) {
				return
			}
		}
	}
}
