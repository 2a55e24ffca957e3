package ledger

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/store/sqlite"
)

// crashBatch is how many events the writer of the crash test appends at once.
const crashBatch = 40

// crashWriter is the process that the crash test kills: it appends batches to the store named by the environment, each
// with its number, and says on its output which are acknowledged. Now and then it signs the head and follows with the index.
func crashWriter() {
	fail := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	ctx := context.Background()
	path := os.Getenv("LODESTONE_CRASH_STORE")
	var first int
	_, err := fmt.Sscan(os.Getenv("LODESTONE_CRASH_FIRST"), &first)
	fail(err)
	s, err := sqlite.Open(ctx, path)
	fail(err)
	l, err := Open(ctx, s, Options{KeyPath: KeyPath(path)})
	fail(err)
	fmt.Println("ready")
	for n := first; ; n++ {
		res, err := l.Append(ctx, crashEntries(n))
		fail(err)
		fmt.Println("ack", n, res.First, res.Last)
		if n%7 == 3 {
			_, err := l.Head(ctx)
			fail(err)
		}
		if n%11 == 5 {
			fail(l.CatchUp(ctx))
		}
	}
}

// crashEntries makes the entries of batch n.
func crashEntries(n int) []record.Entry {
	var out []record.Entry
	for i := range crashBatch {
		ev, faults := epcis.DecodeEvent([]byte(`{`+contextMember+`,`+eventText(n*crashBatch+i)+`}`), nil)
		if len(faults) > 0 {
			panic(faults)
		}
		e, err := record.NewEvent("urn:party:crash", start, ev)
		if err != nil {
			panic(err)
		}
		out = append(out, e)
	}
	return out
}

// TestKilled kills a writing process at fifty random moments. After each, all that was acknowledged is there, of every
// batch all or nothing, and everything recomputes.
func TestKilled(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	path := filepath.Join(t.TempDir(), "log.db")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	next, acked := 0, 0
	for kill := range kills {
		first, last := next, -1
		cmd := exec.Command(exe, "-test.run=^$")
		cmd.Env = append(os.Environ(), "LODESTONE_CRASH_STORE="+path, fmt.Sprintf("LODESTONE_CRASH_FIRST=%d", first))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		// Some are killed while they open the store, most while they write.
		if kill%5 == 4 {
			time.Sleep(time.Duration(rng.IntN(20_000)) * time.Microsecond)
		} else {
			for lines.Scan() && lines.Text() != "ready" {
				t.Fatalf("the writer says %q", lines.Text())
			}
			time.Sleep(time.Duration(rng.IntN(60_000)) * time.Microsecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it managed to say before it died
			if n := 0; strings.HasPrefix(lines.Text(), "error") {
				t.Fatalf("the writer says %q", lines.Text())
			} else if _, err := fmt.Sscanf(lines.Text(), "ack %d", &n); err == nil {
				last = n
				acked++
			}
		}
		_ = cmd.Wait() // it was killed

		l, s := openAt(t, path)
		size, err := l.Size(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if size%crashBatch != 0 {
			t.Fatalf("kill %d: %d entries, a part of a batch of %d was kept", kill, size, crashBatch)
		}
		next = int(size / crashBatch)
		if next < last+1 || next < first || last >= 0 && next > last+2 || last < 0 && next > first+1 {
			t.Fatalf("kill %d: batches %d to %d were acknowledged, the log has %d", kill, first, last, next)
		}
		if rep := clean(t, l); rep.Size != size {
			t.Fatalf("kill %d: fsck read %d of %d entries", kill, rep.Size, size)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("kill %d", kill)
		}
	}
	// What the log holds is what was written, in order.
	l, _ := openAt(t, path)
	i := 0
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", i); e.Event.ID != want {
			t.Fatalf("entry %d is event %s, want %s", e.Seq, e.Event.ID, want)
		}
		i++
	}
	t.Logf("%d kills, %d batches acknowledged, %d entries kept", kills, acked, i)
	if acked < kills {
		t.Errorf("only %d batches were acknowledged: the writers hardly wrote", acked)
	}
}

func openAt(t *testing.T, path string) (*Ledger, *sqlite.Store) {
	t.Helper()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return over(t, s, Options{KeyPath: KeyPath(path)}), s
}
