package fault

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// fault is one thing that can happen to a call.
type fault struct {
	name string
	act  act
	lift bool // only at that call; otherwise at every later call of the kind too
}

// faultsOf gives the faults that fit a call.
func faultsOf(c *call) []fault {
	kills := []fault{{"killed before", act{kill: before}, true}, {"killed after", act{kill: after}, true}}
	fails := func(numbers ...syscall.Errno) []fault {
		var list []fault
		for _, n := range numbers {
			list = append(list, fault{n.Error(), act{fail: n}, true})
		}
		return list
	}
	full := fault{"the disk is full from here on", act{fail: syscall.ENOSPC}, false}
	switch {
	case c.path == "stdout":
		return append(kills, fails(syscall.ENOSPC)...)
	case c.name == "pwrite64", c.name == "write":
		list := append(kills, fails(syscall.EIO)...)
		if c.size > 1 {
			list = append(list, fault{"a short write, then a full disk", act{short: c.size / 2}, false})
		}
		return append(list, full)
	case c.name == "fsync":
		return append(kills, fails(syscall.EIO)...)
	case c.name == "ftruncate":
		return append(kills, fails(syscall.EIO)...)
	case c.name == "open" && c.make:
		return append(kills, append(fails(syscall.EMFILE), full)...)
	case c.name == "open":
		return fails(syscall.EMFILE)
	case c.name == "mmap":
		return fails(syscall.ENOMEM)
	case c.name == "unlink", c.name == "rename", c.name == "link":
		return append(kills, fails(syscall.EIO)...)
	case c.name == "pread64":
		return fails(syscall.EIO)
	}
	return nil
}

// at is the plan that lets a fault happen at call number n.
func (f fault) at(n int) plan {
	struck := false
	return func(c *call) act {
		if c.number == n {
			struck = true
			return f.act
		}
		if !struck || f.lift || c.path == "stdout" {
			return act{}
		}
		switch c.name {
		case "pwrite64", "write":
			return act{fail: syscall.ENOSPC}
		case "open":
			if c.make {
				return act{fail: syscall.ENOSPC}
			}
		}
		return act{}
	}
}

// remedy is what a message about a fault of the machine must hold: what to do.
var remedy = regexp.MustCompile(`make room|capture it again|append again|rebuild|try again|restore it|choose another|reopen|run fsck|check the disk`)

// TestEachCall runs a command once to list its calls, then once for each call and each fault that fits it: a capture into a
// new store and into one that holds something, the first signing of the head, and a rebuild of the index and the snapshot.
func TestEachCall(t *testing.T) {
	const size = 3
	docs := documents(t, 4, size)
	program := program(t)
	capture := func(dir string) []string { return captureArgs(program, dir, docs) }
	command := func(words ...string) func(string) []string {
		return func(dir string) []string {
			return append(append([]string{program}, words...), "--store", "sqlite:"+storePath(dir))
		}
	}
	if all() {
		// A disk that fails, or is full, while a commit that was acknowledged is copied into the main file.
		t.Run("capture with many checkpoints", func(t *testing.T) {
			const many = 40
			docs := documents(t, 6, many)
			often := oftenCheckpointed(t)
			e := each{program: often, docs: docs, size: many, old: 2, argv: func(dir string) []string { return captureArgs(often, dir, docs) }}
			e.try(t, []string{"pwrite64", "fsync"})
		})
	}
	for _, c := range []struct {
		name  string
		old   int // documents that are there before
		argv  func(dir string) []string
		kinds []string // of calls that must be seen
	}{
		{"capture into a new store", 0, capture, []string{"open", "pwrite64", "fsync", "ftruncate", "unlink", "mmap"}},
		{"capture into an old store", 1, capture, []string{"open", "pwrite64", "fsync", "unlink", "mmap"}},
		{"the first signed head", 2, command("log", "head"), []string{"write", "pwrite64", "fsync", "link"}},
		{"rebuild", 2, command("rebuild"), []string{"write", "pwrite64", "fsync", "rename"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := each{program: program, docs: docs, size: size, old: c.old, argv: c.argv}
			e.try(t, c.kinds)
		})
	}
}

// each is a command under a fault at each call.
type each struct {
	program   string
	docs      []string
	size, old int
	argv      func(dir string) []string
}

// prepare makes the store that the command finds.
func (e each) prepare(t *testing.T) (string, told) {
	t.Helper()
	dir, s := t.TempDir(), newTold()
	if e.old > 0 {
		s.hear(plain(t, captureArgs(e.program, dir, e.docs[:e.old])...))
	}
	return dir, s
}

func (e each) try(t *testing.T, kinds []string) {
	t.Helper()
	rng := random(t)
	dir, _ := e.prepare(t)
	clean := run(t, dir, nil, e.argv(dir)...)
	if clean.code != 0 {
		t.Fatalf("it fails without a fault: %s", clean.err)
	}
	type trial struct {
		call  *call
		fault fault
	}
	var trials []trial
	seen := map[string]int{}
	for _, c := range clean.calls {
		if c.name == "unknown" {
			t.Fatalf("the program works on %s by a call that the recorder does not follow", c.path)
		}
		seen[c.name]++
		for _, f := range faultsOf(c) {
			trials = append(trials, trial{c, f})
		}
	}
	for _, must := range kinds {
		if seen[must] == 0 {
			t.Errorf("no call %s was seen: the tracer is blind", must)
		}
	}
	total := len(trials)
	if !all() {
		rng.Shuffle(total, func(i, j int) { trials[i], trials[j] = trials[j], trials[i] })
		trials = trials[:min(total, 8)]
	}
	t.Logf("%d calls (%v), %d faults at them, %d tried", len(clean.calls), seen, total, len(trials))
	for _, tr := range trials {
		if wrong := e.one(t, tr.call, tr.fault); len(wrong) > 0 {
			t.Errorf("%v: %s\n  %s", tr.call, tr.fault.name, strings.Join(wrong, "\n  "))
		}
	}
}

// one lets one fault happen at one call and gives what is wrong then.
func (e each) one(t *testing.T, c *call, f fault) (wrong []string) {
	t.Helper()
	dir, s := e.prepare(t)
	argv := e.argv(dir)
	o := run(t, dir, f.at(c.number), argv...)
	s.hear(o)
	switch {
	case o.code > 0 && !remedy.MatchString(o.err):
		wrong = append(wrong, "there is no remedy in the message")
	case o.code == 0 && argv[1] == "capture" && len(s.kept) != len(e.docs):
		wrong = append(wrong, fmt.Sprintf("exit code 0, documents acknowledged: %v", list(s.kept)))
	case o.code != 0 && o.code != 1 && o.code != -1:
		wrong = append(wrong, "that exit code is not one of the program's")
	}
	wrong = append(wrong, audit(t, e.program, dir, s, e.size)...)
	wrong = append(wrong, complete(t, e.program, dir, e.docs, s, e.size)...)
	if len(wrong) > 0 {
		wrong = append(slices.Compact(wrong), fmt.Sprintf("(exit code %d) said: %s", o.code, strings.TrimSpace(o.err)))
	}
	return wrong
}
