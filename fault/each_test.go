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

// TestEachCall runs a capture once to list its calls, then once for each call and each fault that fits it, into a store
// that holds something already, and into a new one.
func TestEachCall(t *testing.T) {
	const size = 3
	docs := documents(t, 4, size)
	program := program(t)
	for _, with := range []struct {
		name string
		old  int // documents that are there before
	}{{"new store", 0}, {"old store", 1}} {
		t.Run(with.name, func(t *testing.T) {
			rng := random(t)
			prepare := func(t *testing.T) (string, told) {
				dir, s := t.TempDir(), newTold()
				if with.old > 0 {
					o := plain(t, captureArgs(program, dir, docs[:with.old])...)
					s.hear(o)
				}
				return dir, s
			}
			dir, _ := prepare(t)
			clean := run(t, dir, nil, captureArgs(program, dir, docs)...)
			if clean.code != 0 {
				t.Fatalf("the capture fails without a fault: %s", clean.err)
			}
			type trial struct {
				call  *call
				fault fault
			}
			var trials []trial
			kinds := map[string]int{}
			for _, c := range clean.calls {
				if c.name == "unknown" {
					t.Fatalf("the program writes to %s by a call that the recorder does not follow", c.path)
				}
				kinds[c.name]++
				for _, f := range faultsOf(c) {
					trials = append(trials, trial{c, f})
				}
			}
			for _, must := range []string{"open", "pwrite64", "fsync", "ftruncate", "unlink", "mmap"} {
				if kinds[must] == 0 {
					t.Errorf("no call %s was seen: the tracer is blind", must)
				}
			}
			total := len(trials)
			if !all() {
				rng.Shuffle(total, func(i, j int) { trials[i], trials[j] = trials[j], trials[i] })
				trials = trials[:min(total, 25)]
			}
			t.Logf("%d calls (%v), %d faults at them, %d tried", len(clean.calls), kinds, total, len(trials))
			for _, tr := range trials {
				name := fmt.Sprintf("%v: %s", tr.call, tr.fault.name)
				dir, s := prepare(t)
				o := run(t, dir, tr.fault.at(tr.call.number), captureArgs(program, dir, docs)...)
				s.hear(o)
				var wrong []string
				switch {
				case o.code > 0 && !remedy.MatchString(o.err):
					wrong = append(wrong, "no remedy in: "+o.err)
				case o.code == 0 && len(s.kept) != len(docs):
					wrong = append(wrong, fmt.Sprintf("exit code 0, documents acknowledged: %v", list(s.kept)))
				case o.code != 0 && o.code != 1 && o.code != -1:
					wrong = append(wrong, fmt.Sprintf("exit code %d: %s", o.code, o.err))
				}
				wrong = append(wrong, audit(t, program, dir, s, size)...)
				wrong = append(wrong, complete(t, program, dir, docs, s, size)...)
				if len(wrong) > 0 {
					t.Errorf("%s (exit code %d)\n  %s\n  said: %s", name, o.code, strings.Join(slices.Compact(wrong), "\n  "), strings.TrimSpace(o.err))
				}
			}
		})
	}
}
