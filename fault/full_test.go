package fault

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFullDisk captures until a small file system is full, in truth where one may be mounted. What was refused is not
// there, the message names the full disk and the remedy, and after room was made everything is captured.
func TestFullDisk(t *testing.T) {
	const size = 40
	program := program(t)
	docs := documents(t, 40, size)
	mount := filepath.Join(t.TempDir(), "small")
	if err := os.Mkdir(mount, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := smallDisk(mount, "size=640k"); err != nil {
		t.Skipf("no file system may be mounted here (%v); TestEachCall has a disk that says it is full", err)
	}
	t.Cleanup(func() {
		if err := unmount(mount); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(mount, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 64<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(mount, "store")
	s := newTold()
	o := plain(t, captureArgs(program, dir, docs)...)
	s.hear(o)
	if o.code != 1 || !strings.Contains(o.err, "the disk is full") || !strings.Contains(o.err, "make room") {
		t.Errorf("exit code %d, said: %s", o.code, o.err)
	}
	if len(s.kept) == 0 || len(s.refused) == 0 {
		t.Fatalf("%d documents were kept and %d refused: the disk has the wrong size for this test: %s", len(s.kept), len(s.refused), o.err)
	}
	// A disk that is full to the last block still lets the store be read and checked, once there is room for the file
	// that processes share.
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if wrong := audit(t, program, dir, s, size); len(wrong) > 0 {
		t.Errorf("on the full disk:\n  %s", strings.Join(wrong, "\n  "))
	}
	if err := enlarge(mount, "size=16m"); err != nil {
		t.Fatal(err)
	}
	if wrong := complete(t, program, dir, docs, s, size); len(wrong) > 0 {
		t.Errorf("after room was made:\n  %s", strings.Join(wrong, "\n  "))
	}
	t.Logf("%d documents were kept before the disk was full", len(s.kept))
}

// TestSlowDisk makes every sync wait, and now and then a write. All is captured, and a second writer that waits too long
// for the first is told that it is busy, and loses nothing.
func TestSlowDisk(t *testing.T) {
	const size = 3
	program := program(t)
	docs := documents(t, 3, size)
	dir, s := t.TempDir(), newTold()
	slow := func(c *call) act {
		switch {
		case c.name == "fsync":
			return act{holdFor: 20 * time.Millisecond}
		case c.name == "pwrite64" && c.number%17 == 0:
			return act{holdFor: 5 * time.Millisecond}
		}
		return act{}
	}
	o := run(t, dir, slow, captureArgs(program, dir, docs)...)
	s.hear(o)
	if o.code != 0 || len(s.kept) != len(docs) {
		t.Errorf("exit code %d, documents acknowledged %v: %s", o.code, list(s.kept), o.err)
	}
	if wrong := audit(t, program, dir, s, size); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
	if !all() {
		return
	}
	t.Run("longer than another waits", func(t *testing.T) {
		more := documents(t, 5, size)
		var other outcome
		hung := false
		o := run(t, dir, func(c *call) act {
			if c.name == "fsync" && c.path == "log.db-wal" && !hung {
				hung = true
				other = plain(t, captureArgs(program, dir, more[4:])...) // while this one holds the lock and does not go on
			}
			return act{}
		}, captureArgs(program, dir, more[:4])...)
		s.hear(o)
		s.hear(other)
		if o.code != 0 || other.code != 1 || !strings.Contains(other.err, "another process is writing") {
			t.Errorf("the one ends with %d: %s\nthe other with %d: %s", o.code, o.err, other.code, other.err)
		}
		if wrong := audit(t, program, dir, s, size); len(wrong) > 0 {
			t.Error(strings.Join(wrong, "\n"))
		}
	})
}

// TestJumpingClock captures with a clock that leaps a day forth and back, and stands still. Events dated within a day
// of it are taken or refused by the time of receipt alone; nothing is lost, kept twice or out of order, and fsck is clean.
func TestJumpingClock(t *testing.T) {
	const size = 5
	jumping := variant(t, "jumping", replacement{"cmd/lodestone/app.go", "options := ledger.Options{Clock: time.Now,",
		`leap := 0
	options := ledger.Options{Clock: func() time.Time {
		leap++
		return time.Now().Add(time.Duration(leap*leap%7-3) * 24 * time.Hour).Truncate(time.Duration(leap%3) * time.Hour)
	},`})
	docs := documents(t, 4, size)
	dir, s := t.TempDir(), newTold()
	at := "sqlite:" + storePath(dir)
	for i := range docs {
		s.hear(plain(t, captureArgs(jumping, dir, docs[i:i+1])...))
		o := plain(t, jumping, "log", "head", "--store", at)
		if o.code != 0 {
			t.Fatalf("log head: %s", o.err)
		}
		s.hear(o)
	}
	if len(s.kept) != len(docs) {
		t.Errorf("documents acknowledged: %v", list(s.kept))
	}
	if len(s.heads) != len(docs) {
		t.Errorf("%d heads were signed, want %d", len(s.heads), len(docs))
	}
	for _, p := range []string{jumping, program(t)} {
		if wrong := audit(t, p, dir, s, size); len(wrong) > 0 {
			t.Error(strings.Join(wrong, "\n"))
		}
	}
	if wrong := complete(t, program(t), dir, docs, s, size); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}
