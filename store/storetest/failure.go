package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// endsAfter is a context that ends after it was asked n times whether it has.
type endsAfter struct {
	context.Context
	mu sync.Mutex
	n  int
}

func (c *endsAfter) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

func (c *endsAfter) Done() <-chan struct{} { return make(chan struct{}) }

// atomic ends the context at every point of an append where it is looked at: all of the batch is there, or nothing.
func atomic(t *testing.T, s Subject) {
	st := s.Open(t)
	add(t, st, rows(0, 5))
	want := rows(0, 5)
	for n := 0; n < 200; n++ {
		done, err := st.Log().Append(&endsAfter{Context: ctx(), n: n}, rows(3, 300))
		if err == nil {
			if done.Added != 295 {
				t.Errorf("after %d looks: %+v", n, done)
			}
			same(t, st, append(want, rows(5, 300)...))
			if n == 0 {
				t.Error("a context that had ended did not stop the append")
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d looks: %v", n, err)
		}
		same(t, st, want)
		if n%3 == 0 { // and the log can still grow afterwards
			next := rows(1000+n, 1001+n)
			add(t, st, next)
			want = append(want, next...)
			same(t, st, want)
		}
		if n%7 == 0 {
			st = s.Reopen(t, st)
			same(t, st, want)
		}
	}
	t.Error("the append looked at its context 200 times and was still stopped")
}

func cancelled(t *testing.T, s Subject) {
	st := s.Open(t)
	add(t, st, rows(0, 3))
	over, cancel := context.WithCancel(ctx())
	cancel()
	calls := map[string]func() error{
		"append":     func() error { _, err := st.Log().Append(over, rows(3, 6)); return err },
		"read":       func() error { _, err := st.Log().Read(over, 1, 1); return err },
		"head":       func() error { _, err := st.Log().Head(over); return err },
		"positions":  func() error { _, err := st.Log().Positions(over, []record.ID{row(1).ID}); return err },
		"nodes":      func() error { _, err := st.Log().Nodes(over, []int64{0}); return err },
		"publish":    func() error { return st.Log().Publish(over, store.Signed{Note: []byte("x")}) },
		"published":  func() error { _, err := st.Log().Published(over); return err },
		"mark":       func() error { _, err := st.Index().Mark(over); return err },
		"apply":      func() error { return st.Index().Apply(over, store.Mark{}, store.Mark{Seq: 1}, nil) },
		"mentioning": func() error { _, err := st.Index().Mentioning(over, "x", 0, 1); return err },
		"during":     func() error { _, err := st.Index().During(over, 0, 1, store.Moment{}, 1); return err },
		"names":      func() error { _, err := st.Index().Names(over, "", "", 1); return err },
		"reset":      func() error { return st.Index().Reset(over) },
		"scan": func() error {
			return st.Index().Scan(over, func(int64, string) {}, func(store.Moment) {})
		},
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: %v", name, err)
		}
	}
	same(t, st, rows(0, 3))
	if m, err := st.Index().Mark(ctx()); err != nil || m != (store.Mark{}) {
		t.Errorf("mark %v %v after cancelled changes", m, err)
	}
	if c, err := st.Log().Published(ctx()); err != nil || len(c) != 0 {
		t.Errorf("checkpoints %v %v after a cancelled publish", c, err)
	}
}

func reopen(t *testing.T, s Subject) {
	st := s.Open(t)
	for n := range 6 {
		add(t, st, rows(n*10, n*10+10))
		st = s.Reopen(t, st)
		same(t, st, rows(0, n*10+10))
	}
	if done := add(t, st, rows(0, 61)); done.Added != 1 {
		t.Errorf("after reopening: %+v", done)
	}
	same(t, st, rows(0, 61))
}

// readersAndWriters lets several write overlapping rows while several read. Each reader sees the log grow, never a hole,
// never a part of a batch at the end of what the head says, never a root that does not fit.
func readersAndWriters(t *testing.T, s Subject) {
	st := s.Open(t)
	const writers, batches, size = 3, 12, 40
	stop, cancel := context.WithCancel(ctx())
	defer cancel()
	var readers, wg sync.WaitGroup
	errs := make(chan error, 16)
	fail := func(format string, args ...any) {
		select {
		case errs <- fmt.Errorf(format, args...):
		default:
		}
	}
	for range 3 {
		readers.Go(func() {
			last := store.Head{}
			for stop.Err() == nil {
				h, err := st.Log().Head(ctx())
				if err != nil {
					fail("head: %w", err)
					return
				}
				if h.Size < last.Size || h.Size%size != 0 {
					fail("the head went from %d to %d entries in batches of %d", last.Size, h.Size, size)
				}
				last = h
				got, err := st.Log().Read(ctx(), max(1, h.Size-99), 100)
				if err != nil || len(got) < int(min(100, h.Size)) {
					fail("read near the head at %d: %d rows, %w", h.Size, len(got), err)
					return
				}
				root, err := tlog.Root(h.Size, tlog.ReaderFunc(func(n []int64) ([]tlog.Hash, error) { return st.Log().Nodes(ctx(), n) }))
				if err != nil || root != h.Root {
					fail("the nodes give root %s at %d, the head says %s (%v)", root, h.Size, h.Root, err)
					return
				}
				if h.Size > 0 {
					at, err := st.Log().Positions(ctx(), []record.ID{got[0].ID})
					if err != nil || at[0] != got[0].Seq {
						fail("position of an entry that was read: %v, %v", at, err)
					}
				}
			}
		})
	}
	for w := range writers {
		wg.Go(func() {
			for b := range batches {
				at := b * size
				if w == 2 {
					at += 10_000 // one writer has rows of its own, two write the same
				}
				batch := rows(at, at+size)
				done, err := st.Log().Append(ctx(), batch)
				if err != nil || done.Added != 0 && done.Added != size {
					fail("writer %d: %+v %w", w, done, err)
					return
				}
				h, err := st.Log().Head(ctx())
				if err != nil || h.Size < batch[size-1].Seq {
					fail("the head %d is older than the append just made (%v)", h.Size, err)
				}
			}
		})
	}
	wg.Wait()
	cancel()
	readers.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	got := all(t, st)
	if len(got) != 2*batches*size {
		t.Fatalf("%d entries, want %d", len(got), 2*batches*size)
	}
	for i := range got {
		got[i].Leaf = leaf(got[i])
	}
	same(t, st, got)
}

func checkpoints(t *testing.T, s Subject) {
	st := s.Open(t)
	at := time.Date(2026, 5, 1, 12, 0, 0, int(7*time.Millisecond), time.UTC)
	want := []store.Signed{{Size: 3, At: at, Note: []byte("three\n")}, {Size: 9, At: at.Add(time.Second), Note: []byte("nine\n")}, {Size: 9, At: at, Note: []byte("nine again\n")}}
	for _, c := range want {
		if err := st.Log().Publish(ctx(), c); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		got, err := st.Log().Published(ctx())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("checkpoints %+v %v, want %+v", got, err, want)
		}
		st = s.Reopen(t, st)
	}
}

func failedCommit(t *testing.T, s Subject) {
	if s.Fail == nil {
		// Memory has no commit that can fail: there is nothing to see, and nothing is claimed.
		return
	}
	st := s.Open(t)
	add(t, st, rows(0, 5))
	s.Fail(t, st)
	batch := rows(5, 400)
	_, err := st.Log().Append(ctx(), batch)
	if err == nil {
		t.Fatal("the append whose commit failed was acknowledged")
	}
	if got := all(t, st); len(got) != 5 && !errors.Is(err, store.ErrUnsure) {
		t.Errorf("after %v the log has %d entries", err, len(got))
	}
	st = s.Reopen(t, st)
	if n := len(all(t, st)); n != 5 && n != 400 {
		t.Errorf("a part of the batch was kept: %d entries", n)
	}
	add(t, st, rows(5, 400))
	same(t, st, rows(0, 400))
}

func closed(t *testing.T, s Subject) {
	st := s.Open(t)
	add(t, st, rows(0, 3))
	if err := st.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if _, err := st.Log().Append(ctx(), rows(3, 4)); !errors.Is(err, store.ErrClosed) {
		t.Errorf("append after close: %v", err)
	}
	if _, err := st.Log().Read(ctx(), 1, 1); !errors.Is(err, store.ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
	if _, err := st.Log().Head(ctx()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("head after close: %v", err)
	}
	if err := st.Index().Reset(ctx()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("reset after close: %v", err)
	}
	if _, err := st.Index().Mark(ctx()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("mark after close: %v", err)
	}
}

// tampered changes the store behind its back, in every way, and insists that rows and tree no longer agree.
func tampered(t *testing.T, s Subject) {
	for d := range Damages {
		t.Run(d.String(), func(t *testing.T) {
			st := s.Open(t)
			add(t, st, rows(0, 30))
			add(t, st, rows(30, 60))
			s.Corrupt(t, st, d, 17)
			if err := agree(st); err == nil {
				t.Error("rows and tree still agree")
			}
		})
	}
}

// agree reads everything and recomputes the tree.
func agree(st store.Store) error {
	h, err := st.Log().Head(ctx())
	if err != nil {
		return err
	}
	var b tlog.Builder
	var nodes []tlog.Hash
	for b.Size() < h.Size {
		page, err := st.Log().Read(ctx(), b.Size()+1, 100)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return fmt.Errorf("the log ends at %d, the head says %d", b.Size(), h.Size)
		}
		for _, r := range page {
			if nodes = b.Add(nodes, leaf(r)); r.Seq != b.Size() {
				return fmt.Errorf("entry %d stands at %d", r.Seq, b.Size())
			}
		}
	}
	for i := range nodes {
		stored, err := st.Log().Nodes(ctx(), []int64{int64(i)})
		if err != nil {
			return err
		}
		if !bytes.Equal(stored[0][:], nodes[i][:]) {
			return fmt.Errorf("node %d differs", i)
		}
	}
	if b.Root() != h.Root {
		return errors.New("the root differs")
	}
	return nil
}
