package fault

import (
	"strings"
	"syscall"
	"testing"
)

// TestFailedSync lets a sync of the log fail, and the process be killed or end by itself, or kills it before the sync.
// Another process then captures everything, or only asks, and the power goes. What a failed sync should have kept is not on the disk, and nobody is told again: what
// is acknowledged later must not stand on it.
func TestFailedSync(t *testing.T) {
	const size = 3
	program := program(t)
	docs := documents(t, 5, size)
	capture := func(dir string) []string { return captureArgs(program, dir, docs) }
	for _, c := range []struct {
		name  string
		which int // of the syncs of the log's write-ahead file
		what  act
		kill  bool                      // after it
		next  func(dir string) []string // what comes after
	}{
		{"killed before it", 4, act{kill: before}, false, capture},
		{"failed and killed", 4, act{fail: syscall.EIO}, true, capture},
		{"failed and not killed", 4, act{fail: syscall.EIO}, false, capture},
		{"failed, then a question", 5, act{fail: syscall.EIO}, true, func(dir string) []string {
			return []string{program, "lots", "--store", "sqlite:" + storePath(dir)}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			r := recording{docs: docs, size: size}
			syncs, failed := 0, false
			first := run(t, dir, func(k *call) act {
				switch {
				case failed && c.kill:
					return act{kill: before}
				case k.name != "fsync" || k.path != "log.db-wal":
					return act{}
				}
				if syncs++; syncs != c.which {
					return act{}
				}
				failed = true
				return c.what
			}, captureArgs(program, dir, docs[:4])...)
			if !failed {
				t.Fatalf("the log was synced %d times, none failed", syncs)
			}
			if first.code != -1 && (first.code != 1 || !strings.Contains(first.err, "check the disk")) {
				t.Errorf("exit code %d, said: %s", first.code, first.err)
			}
			second := run(t, dir, nil, c.next(dir)...)
			if second.code != 0 {
				t.Fatalf("what came after: %s", second.err)
			}
			r.calls = append(first.calls, second.calls...)
			for _, w := range r.lost(t, program, sampled(8), func(wrong []string) bool { return len(wrong) == 3 }) {
				t.Error(w)
			}
		})
	}
}
