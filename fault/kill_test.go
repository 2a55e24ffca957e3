package fault

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// writer is a capture under way, without a tracer.
type writer struct {
	cmd       *exec.Cmd
	out, errs bytes.Buffer
}

func begin(t *testing.T, argv []string) *writer {
	t.Helper()
	w := &writer{cmd: exec.Command(argv[0], argv[1:]...)}
	w.cmd.Stdout, w.cmd.Stderr = &w.out, &w.errs
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return w
}

// end waits for it; what it wrote before it died is there.
func (w *writer) end() outcome {
	_ = w.cmd.Wait() // its exit code says it
	return outcome{code: w.cmd.ProcessState.ExitCode(), out: w.out.String(), err: w.errs.String()}
}

// TestKilled kills writers at random moments: two processes capture into one store at once while a third signs its head;
// the third, and one of the writers or both, get SIGKILL. Rounds go on in the same store, with new documents, for an era; then a new store begins.
func TestKilled(t *testing.T) {
	const perWriter, size, era = 10, 60, 5
	kills := 20
	if all() {
		kills = 200
	}
	rng := random(t)
	program := program(t)
	docs := documents(t, era*2*perWriter, size)
	// How long an undisturbed capture takes says when to kill.
	began := time.Now()
	if o := plain(t, captureArgs(program, t.TempDir(), docs[:perWriter])...); o.code != 0 {
		t.Fatal(o.err)
	}
	usual := 3 * time.Since(began) / 2 // two at once take longer
	var dir string
	var s told
	acked, cut := 0, 0
	for kill := range kills {
		round := kill % era
		if round == 0 {
			dir, s = t.TempDir(), newTold()
		}
		mine := docs[round*2*perWriter:][:2*perWriter]
		one := begin(t, captureArgs(program, dir, mine[:perWriter]))
		two := begin(t, captureArgs(program, dir, mine[perWriter:]))
		signer := begin(t, []string{program, "log", "head", "--store", "sqlite:" + storePath(dir)})
		time.Sleep(time.Duration(rng.Int64N(int64(usual))))
		_ = signer.cmd.Process.Kill()
		_ = one.cmd.Process.Kill() // it may have ended
		if rng.IntN(2) == 0 {
			_ = two.cmd.Process.Kill()
		}
		for _, w := range []*writer{one, two} {
			o := w.end()
			before := len(s.kept)
			s.hear(o)
			acked += len(s.kept) - before
			if o.code == -1 {
				cut++
			} else if o.code != 0 {
				t.Errorf("kill %d: a writer that was not killed ends with %d: %s", kill, o.code, o.err)
			}
		}
		s.hear(signer.end())
		wrong := audit(t, program, dir, s, size)
		if round == era-1 || len(wrong) > 0 {
			wrong = append(wrong, complete(t, program, dir, docs, s, size)...)
		}
		if len(wrong) > 0 {
			t.Fatalf("kill %d:\n  %s", kill, strings.Join(wrong, "\n  "))
		}
	}
	t.Logf("%d moments, %d writers cut off, %d documents of %d events acknowledged, %d heads signed in the last era", kills, cut, acked, size, len(s.heads))
	if cut < kills/2 || acked < kills {
		t.Errorf("%d of %d writers were cut off and %d documents acknowledged: the moments are badly chosen", cut, 2*kills, acked)
	}
}
