package fault

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recording is what several runs, one after the other in one folder, wrote, synced and said.
type recording struct {
	calls []*call
	size  int // events a document
	docs  []string
}

// record captures documents into a new store, signs the head, follows with the index, keeps a snapshot of the lots, captures
// the rest, and keeps and signs again.
func record(t *testing.T, program string, count, size int) recording {
	t.Helper()
	dir := t.TempDir()
	r := recording{docs: documents(t, count, size), size: size}
	at := "sqlite:" + storePath(dir)
	for _, argv := range [][]string{
		captureArgs(program, dir, r.docs[:count/2]),
		{program, "log", "head", "--store", at},
		{program, "export", "--store", at, "--from", "2024-01-01", "--until", "2026-12-31", "--output", filepath.Join(t.TempDir(), "out.json")},
		{program, "rebuild", "--store", at},
		captureArgs(program, dir, r.docs[count/2:]),
		{program, "rebuild", "--store", at},
		{program, "log", "head", "--store", at},
	} {
		o := run(t, dir, nil, argv...)
		if o.code != 0 {
			t.Fatalf("%s: %s", strings.Join(argv[1:], " "), o.err)
		}
		r.calls = append(r.calls, o.calls...)
	}
	return r
}

// boundary is a place in a recording where the power may go: just before a sync ends, or at the end.
type boundary struct {
	at   int // calls before it
	name string
}

func (r recording) boundaries() []boundary {
	var list []boundary
	for i, c := range r.calls {
		if c.name == "fsync" {
			list = append(list, boundary{i, fmt.Sprintf("before %v (the %d. of all)", c, i+1)})
		}
	}
	return append(list, boundary{len(r.calls), "at the end"})
}

// lost rebuilds the files as each loss leaves them at each boundary, or in a sample of these states, and gives what is
// wrong with them, until enough says so.
func (r recording) lost(t *testing.T, program string, sample int, enough func(wrong []string) bool) []string {
	t.Helper()
	rng := random(t)
	type place struct {
		boundary boundary
		loss     loss
	}
	var places []place
	for _, b := range r.boundaries() {
		for _, l := range losses(rng) {
			places = append(places, place{b, l})
		}
	}
	total := len(places)
	if sample > 0 && sample < total {
		chosen := rng.Perm(total)[:sample]
		slices.Sort(chosen)
		for i, n := range chosen {
			places[i] = places[n]
		}
		places = places[:sample]
	}
	t.Logf("%d calls, %d sync boundaries, %d states, %d tried", len(r.calls), len(r.boundaries()), total, len(places))
	d, s, done := newDisk(), newTold(), 0
	var wrong []string
	for _, p := range places {
		for ; done < p.boundary.at; done++ {
			c := r.calls[done]
			if c.path == "stdout" && c.name == "write" {
				s.hear(outcome{out: string(c.data)})
			}
			if err := d.take(c); err != nil {
				t.Fatal(err)
			}
		}
		dir := t.TempDir()
		if err := d.after(p.loss, dir); err != nil {
			t.Fatal(err)
		}
		found := audit(t, program, dir, s, r.size)
		if len(found) == 0 {
			found = complete(t, program, dir, r.docs, s, r.size)
		}
		if len(found) > 0 {
			wrong = append(wrong, fmt.Sprintf("power lost %s, %s:\n  %s", p.boundary.name, p.loss.name, strings.Join(slices.Compact(found), "\n  ")))
		}
		if enough(wrong) {
			break
		}
	}
	return wrong
}

// sampled is n, or 0 for all, when all is asked for.
func sampled(n int) int {
	if all() {
		return 0
	}
	return n
}

// TestPowerLoss loses the power at sync boundaries of recorded runs: small documents; documents of two batches; and
// small ones with a write-ahead file so short that it is copied into the main file again and again while they come.
func TestPowerLoss(t *testing.T) {
	real := program(t)
	for _, c := range []struct {
		name        string
		count, size int
		program     func(*testing.T) string
		always      bool
		most        int // states tried at most; 0: all
	}{
		{"small documents", 6, 3, program, true, 0},
		{"documents of two batches", 2, 1100, program, false, 80},
		{"many checkpoints", 12, 40, oftenCheckpointed, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !c.always && !all() {
				t.Skip("make crash runs it")
			}
			r := record(t, c.program(t), c.count, c.size)
			for _, w := range r.lost(t, real, max(sampled(25), c.most), func(wrong []string) bool { return len(wrong) == 10 }) {
				t.Error(w)
			}
		})
	}
}

// oftenCheckpointed is the program with a write-ahead file of 30 pages in place of 20,000.
func oftenCheckpointed(t *testing.T) string {
	t.Helper()
	return variant(t, "often", replacement{"store/sqlite/open.go", "const checkpointPages = 20000", "const checkpointPages = 30"})
}

// TestPowerLossIsSeen proves the harness: the program built with a store that does not sync, and a disk that only says
// that it did, must both be found to lose what was acknowledged.
func TestPowerLossIsSeen(t *testing.T) {
	real := program(t)
	mustLose := func(t *testing.T, r recording) {
		t.Helper()
		missing := func(wrong []string) bool {
			return len(wrong) > 0 && (strings.Contains(wrong[len(wrong)-1], "acknowledged") || strings.Contains(wrong[len(wrong)-1], "were given out"))
		}
		if wrong := r.lost(t, real, 60, missing); missing(wrong) {
			t.Logf("found, as it must be, after %d other faults: %s", len(wrong)-1, wrong[len(wrong)-1])
		} else {
			t.Errorf("what was acknowledged is not synced, and the harness does not see it lost")
		}
	}
	t.Run("the store does not sync", func(t *testing.T) {
		off := variant(t, "unsynced", replacement{"store/sqlite/open.go", `logApplication, "full", 2)`, `logApplication, "off", 0)`})
		mustLose(t, record(t, off, 6, 3))
	})
	t.Run("the store syncs now and then", func(t *testing.T) {
		if !all() {
			t.Skip("one variant of the program is enough by default: make crash builds this one too")
		}
		normal := variant(t, "seldom", replacement{"store/sqlite/open.go", `logApplication, "full", 2)`, `logApplication, "normal", 1)`})
		mustLose(t, record(t, normal, 6, 3))
	})
	t.Run("the disk lies", func(t *testing.T) {
		r := record(t, real, 6, 3)
		r.calls = slices.DeleteFunc(r.calls, func(c *call) bool { return c.name == "fsync" && strings.HasSuffix(c.path, "-wal") })
		mustLose(t, r)
	})
}
