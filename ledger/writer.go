package ledger

import "context"

// feedAhead is how many appends the index may be behind before the next one waits for it: as many as pass while it merges
// its largest runs.
const feedAhead = 16

// writer appends rows in batches of BatchSize on a goroutine of its own, so that checking goes on while the disk works,
// and lets the index follow on another. put, finish and stop are for one goroutine.
type writer struct {
	pending batch
	batches chan batch
	ended   chan struct{} // closed when both goroutines have ended
	failed  chan struct{} // closed when an append has failed; err is set before
	res     Result        // the goroutine's until ended
	err     error
	closed  bool
}

func (l *Ledger) newWriter(ctx context.Context) *writer {
	w := &writer{batches: make(chan batch, 2), ended: make(chan struct{}), failed: make(chan struct{})}
	grown := make(chan growth, feedAhead)
	go func() {
		defer close(grown)
		for b := range w.batches {
			res, to, err := l.commit(ctx, b.rows)
			if err != nil {
				w.err = err
				close(w.failed)
				return
			}
			w.res.add(res)
			if res.Added > 0 {
				grown <- b.grown(res, to) // it is always taken
			}
		}
	}()
	go func() {
		defer close(w.ended)
		f := feeder{l: l}
		f.run(ctx, grown)
	}()
	return w
}

// put takes rows, and waits while the writer is behind. It fails when an earlier append has.
func (w *writer) put(b batch) error {
	w.pending.add(b)
	for len(w.pending.rows) >= BatchSize {
		if err := w.send(w.pending.take(BatchSize)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) send(b batch) error {
	select {
	case w.batches <- b:
		return nil
	case <-w.failed:
		return w.err
	}
}

// finish appends what is left and waits until all of it is durable.
func (w *writer) finish() (Result, error) {
	if len(w.pending.rows) > 0 {
		if err := w.send(w.pending.take(BatchSize)); err != nil {
			return w.stop()
		}
	}
	return w.stop()
}

// stop lets what was sent be appended and the index follow it, drops the rest, and gives what was done. It may be called
// again.
func (w *writer) stop() (Result, error) {
	if !w.closed {
		w.closed = true
		close(w.batches)
	}
	<-w.ended
	return w.res, w.err
}
