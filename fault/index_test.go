package fault

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lodestone/ledger"
	entries "lodestone/record"
	"lodestone/store/sqlite"
)

// atIndexCall kills the process at its nth call that changes the files of the index.
func atIndexCall(n int, at when) plan {
	seen := 0
	return func(c *call) act {
		if changesIndex(c) {
			if seen++; seen == n {
				return act{kill: at}
			}
		}
		return act{}
	}
}

func changesIndex(c *call) bool {
	return strings.HasPrefix(c.path, "log.index.db") && slices.Contains([]string{"pwrite64", "ftruncate", "fsync", "unlink"}, c.name)
}

// indexing is a run by which the index follows.
type indexing struct {
	docs []string
	size int
	old  int // documents that are there before
	argv func(dir string) []string
}

// prepare makes the store that the run finds.
func (x indexing) prepare(t *testing.T) (string, told) {
	t.Helper()
	dir, s := t.TempDir(), newTold()
	if x.old > 0 {
		s.hear(plain(t, captureArgs(program(t), dir, x.docs[:x.old])...))
	}
	return dir, s
}

// calls counts the calls that change the index in a run that nothing disturbs.
func (x indexing) calls(t *testing.T) (n int) {
	t.Helper()
	dir, _ := x.prepare(t)
	o := run(t, dir, nil, x.argv(dir)...)
	if o.code != 0 {
		t.Fatal(o.err)
	}
	for _, c := range o.calls {
		if changesIndex(c) {
			n++
		}
	}
	return n
}

// killed kills the run at a call that changes the index. It gives where index and log then stand, and what is wrong.
func (x indexing) killed(t *testing.T, n int, at when) (mark, log int64, wrong []string) {
	t.Helper()
	dir, s := x.prepare(t)
	o := run(t, dir, atIndexCall(n, at), x.argv(dir)...)
	s.hear(o)
	if o.code != -1 {
		wrong = append(wrong, "that call was not reached: "+o.err)
	}
	mark, log, err := places(dir)
	if err != nil {
		return mark, log, append(wrong, err.Error())
	}
	wrong = append(wrong, audit(t, program(t), dir, s, x.size)...)
	wrong = append(wrong, answers(dir)...)
	wrong = append(wrong, complete(t, program(t), dir, x.docs, s, x.size)...)
	return mark, log, append(wrong, answers(dir)...)
}

// TestKilledWhileIndexing kills the program at calls by which the index follows: what a capture has just put into the log, in
// several steps, and the whole log in a rebuild. The store is then whole, what the index holds is what the log says up to
// its mark, and look-ups give what a walk through the log gives; and so again when the capture was made to its end.
func TestKilledWhileIndexing(t *testing.T) {
	const size, count = 3300, 2
	kills := 4
	if all() {
		kills = 60
	}
	docs := documents(t, count, size)
	for name, x := range map[string]indexing{
		"capture": {docs, size, 0, func(dir string) []string { return captureArgs(program(t), dir, docs) }},
		"rebuild": {docs, size, 2, func(dir string) []string {
			return []string{program(t), "rebuild", "--store", "sqlite:" + storePath(dir)}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			rng := random(t)
			calls := x.calls(t)
			behind, within := 0, 0
			for i := range kills { // one in each part of the run
				n, at := 1+(i*calls+rng.IntN(calls))/kills, []when{before, after}[rng.IntN(2)]
				mark, log, wrong := x.killed(t, n, at)
				if len(wrong) > 0 {
					t.Errorf("killed at call %d of %d that change the index:\n  %s", n, calls, strings.Join(wrong, "\n  "))
				}
				if mark < log {
					behind++
				}
				if mark > 0 && mark < size*count {
					within++
				}
			}
			t.Logf("%d calls change the index, killed at %d: it was behind the log %d times, and stood within it %d times", calls, kills, behind, within)
			if behind == 0 {
				t.Error("the index was never behind the log: the moments are badly chosen")
			}
		})
	}
}

// TestHalfIndexIsSeen proves the check: the program built so that it moves the index's mark first, and puts in what belongs to
// it in another transaction, must be found out.
func TestHalfIndexIsSeen(t *testing.T) {
	if !all() {
		t.Skip("make crash builds the variant")
	}
	const size, count = 3300, 1
	docs := documents(t, count, size)
	hasty := variant(t, "hasty", replacement{"store/sqlite/index.go", "if err := x.put(ctx, mentions); err != nil {",
		`if err := x.exec(inner, "move mark", to.Seq, to.Root[:]); err != nil {
			return err
		}
		if err := x.exec(inner, "commit"); err != nil {
			return err
		}
		if err := x.exec(inner, "begin"); err != nil {
			return err
		}
		if err := x.put(ctx, mentions); err != nil {`})
	x := indexing{docs, size, 0, func(dir string) []string { return captureArgs(hasty, dir, docs) }}
	rng := random(t)
	calls := x.calls(t)
	for range 30 {
		if _, _, wrong := x.killed(t, 1+rng.IntN(calls), before); len(wrong) > 0 {
			t.Logf("found, as it must be: %s", strings.Join(wrong, "; "))
			return
		}
	}
	t.Error("an index that lacks what its mark says is not seen")
}

// places is where the index and the log of a folder stand.
func places(dir string) (mark, size int64, err error) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, storePath(dir))
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	m, err := s.Index().Mark(ctx)
	if err != nil {
		return 0, 0, err
	}
	h, err := s.Log().Head(ctx)
	return m.Seq, h.Size, err
}

// answers puts questions to the index of a store, as any look-up does, and to a walk through its log, and gives what differs.
func answers(dir string) (wrong []string) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, storePath(dir))
	if err != nil {
		return []string{err.Error()}
	}
	defer s.Close()
	l, err := ledger.Open(ctx, s, ledger.Options{KeyPath: ledger.KeyPath(storePath(dir))})
	if err != nil {
		return []string{err.Error()}
	}
	named := map[string][]int64{}
	var last, events int64
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			return []string{err.Error()}
		}
		for _, n := range entries.Mentions(e) {
			named[n] = append(named[n], e.Seq)
		}
		last = e.Seq
		if e.Event != nil {
			events++
		}
	}
	if err := l.CatchUp(ctx); err != nil {
		return []string{err.Error()}
	}
	asked := 0
	for name, want := range named { // in another order each time
		if asked++; asked > 300 { // fsck has compared all of them
			break
		}
		got, err := s.Index().Mentioning(ctx, name, 0, int(last)+1)
		if err != nil || !slices.Equal(got, want) {
			wrong = append(wrong, fmt.Sprintf("%d entries name %s, the index gives %d, or others (%v)", len(want), name, len(got), err))
		}
	}
	names, err := l.Names(ctx, "", len(named)+1)
	if err != nil || len(names) != len(named) {
		wrong = append(wrong, fmt.Sprintf("%d identifiers are named, the index gives %d (%v)", len(named), len(names), err))
	}
	var found int64
	for _, err := range l.During(ctx, time.Unix(0, 0), time.Now()) {
		if err != nil {
			return append(wrong, err.Error())
		}
		found++
	}
	if found != events {
		wrong = append(wrong, fmt.Sprintf("%d events happened, the index gives %d", events, found))
	}
	if mark, size, err := places(dir); err != nil || mark != size {
		wrong = append(wrong, errors.Join(err, fmt.Errorf("after a look-up the index stands at %d of %d", mark, size)).Error())
	}
	return wrong
}
