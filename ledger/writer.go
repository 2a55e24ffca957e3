package ledger

import (
	"context"

	"lodestone/store"
)

// writer appends rows in batches of BatchSize on a goroutine of its own, so that checking goes on while the disk works.
// put, finish and stop are for one goroutine.
type writer struct {
	pending []store.Row
	batches chan []store.Row
	ended   chan struct{} // closed when the goroutine has ended
	failed  chan struct{} // closed when an append has failed; err is set before
	res     Result        // the goroutine's until ended
	err     error
	closed  bool
}

func (l *Ledger) newWriter(ctx context.Context) *writer {
	w := &writer{batches: make(chan []store.Row, 2), ended: make(chan struct{}), failed: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for rows := range w.batches {
			res, err := l.commit(ctx, rows)
			if err != nil {
				w.err = err
				close(w.failed)
				return
			}
			w.res.add(res)
		}
	}()
	return w
}

// put takes rows, and waits while the writer is behind. It fails when an earlier append has.
func (w *writer) put(rows []store.Row) error {
	w.pending = append(w.pending, rows...)
	for len(w.pending) >= BatchSize {
		if err := w.send(w.pending[:BatchSize:BatchSize]); err != nil {
			return err
		}
		w.pending = w.pending[BatchSize:]
	}
	return nil
}

func (w *writer) send(rows []store.Row) error {
	select {
	case w.batches <- rows:
		return nil
	case <-w.failed:
		return w.err
	}
}

// finish appends what is left and waits until all of it is durable.
func (w *writer) finish() (Result, error) {
	if len(w.pending) > 0 {
		if err := w.send(w.pending); err != nil {
			return w.stop()
		}
		w.pending = nil
	}
	return w.stop()
}

// stop lets what was sent be appended, drops the rest, and gives what was done. It may be called again.
func (w *writer) stop() (Result, error) {
	if !w.closed {
		w.closed = true
		close(w.batches)
	}
	<-w.ended
	return w.res, w.err
}
