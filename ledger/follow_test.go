package ledger

import (
	"iter"
	"reflect"
	"sync"
	"testing"
	"time"

	"lodestone/record"
	"lodestone/store"
)

func seqs(t *testing.T, found iter.Seq2[record.Entry, error]) []int64 {
	t.Helper()
	var out []int64
	for e, err := range found {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e.Seq)
	}
	return out
}

func TestLookUps(t *testing.T) {
	l, s := open(t)
	capture(t, l, document("", texts(0, 50)...), CaptureOptions{Author: "urn:party:a"})
	if got := seqs(t, l.Mentioning(ctx, "urn:lodestone:lot:7")); !reflect.DeepEqual(got, []int64{8, 9}) {
		t.Errorf("lot 7 is named by %v", got)
	}
	if got := seqs(t, l.Mentioning(ctx, "urn:party:a")); len(got) != 50 {
		t.Errorf("the author is named by %d", len(got))
	}
	if got := seqs(t, l.Mentioning(ctx, "urn:lodestone:lot:777")); len(got) != 0 {
		t.Errorf("a stranger is named by %v", got)
	}
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	if got := seqs(t, l.During(ctx, day.Add(10*time.Millisecond), day.Add(13*time.Millisecond))); !reflect.DeepEqual(got, []int64{11, 12, 13}) {
		t.Errorf("three milliseconds hold %v", got)
	}
	names, err := l.Names(ctx, "LOT:4", 3)
	if err != nil || !reflect.DeepEqual(names, []string{"urn:lodestone:lot:4", "urn:lodestone:lot:40", "urn:lodestone:lot:41"}) {
		t.Errorf("names %v %v", names, err)
	}
	// The index follows what comes later.
	capture(t, l, document("", texts(50, 60)...), CaptureOptions{Author: "urn:party:a"})
	if got := seqs(t, l.Mentioning(ctx, "urn:lodestone:lot:49")); !reflect.DeepEqual(got, []int64{50, 51}) {
		t.Errorf("lot 49 is named by %v", got)
	}
	if rep := clean(t, l); rep.Indexed != 60 {
		t.Errorf("the index was compared up to %d", rep.Indexed)
	}
	head, _ := s.Log().Head(ctx)
	if mark, err := s.Index().Mark(ctx); err != nil || mark != (store.Mark{Seq: 60, Root: head.Root}) {
		t.Errorf("mark %v %v", mark, err)
	}
}

func TestManyFollowers(t *testing.T) {
	l, s := openFile(t, t.TempDir())
	capture(t, l, document("", texts(0, 9000)...), CaptureOptions{})
	if err := s.Index().Reset(ctx); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := l.CatchUp(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if rep := clean(t, l); rep.Indexed != 9000 {
		t.Errorf("the index stands at %d", rep.Indexed)
	}
}

func TestIndexOfAnotherLog(t *testing.T) {
	for name, wrong := range map[string]store.Mark{"another root": {Seq: 3}, "longer": {Seq: 99}} {
		t.Run(name, func(t *testing.T) {
			l, s := open(t)
			capture(t, l, document("", texts(0, 10)...), CaptureOptions{})
			if err := s.Index().Reset(ctx); err != nil {
				t.Fatal(err)
			}
			if err := s.Index().Apply(ctx, store.Mark{}, wrong, []store.Mention{{Seq: 1, Names: []string{"urn:stale"}}}); err != nil {
				t.Fatal(err)
			}
			if rep, err := l.Fsck(ctx, nil); err != nil || rep.Clean() {
				t.Errorf("fsck did not see it: %+v %v", rep, err)
			}
			if got := seqs(t, l.Mentioning(ctx, "urn:stale")); len(got) != 0 {
				t.Errorf("a stale index was used: %v", got)
			}
			clean(t, l)
		})
	}
}

func TestRebuild(t *testing.T) {
	l, s := open(t)
	capture(t, l, document("", texts(0, 3000)...), CaptureOptions{})
	if err := l.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	mark, _ := s.Index().Mark(ctx)
	// The index says more than the log does.
	if err := s.Index().Apply(ctx, mark, mark, []store.Mention{{Seq: 5, Names: []string{"urn:lie"}}}); err != nil {
		t.Fatal(err)
	}
	if rep, err := l.Fsck(ctx, nil); err != nil || len(rep.Problems) != 1 {
		t.Errorf("fsck found %v, %v; want one problem", rep.Problems, err)
	}
	var last, of int64
	if err := l.Rebuild(ctx, func(done, all int64) { last, of = done, all }); err != nil {
		t.Fatal(err)
	}
	if last != 3000 || of != 3000 {
		t.Errorf("progress ended at %d of %d", last, of)
	}
	if got := seqs(t, l.Mentioning(ctx, "urn:lie")); len(got) != 0 {
		t.Error("the lie is still there")
	}
	clean(t, l)
}
