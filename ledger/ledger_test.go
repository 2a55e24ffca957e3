package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"go.uber.org/goleak"

	"lodestone/record"
	"lodestone/store"
	"lodestone/store/mem"
	"lodestone/store/sqlite"
	"lodestone/supply"
	"lodestone/tlog"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

var ctx = context.Background()

// start is the test clock's time.
var start = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// open makes a ledger over an empty store in memory.
func open(t *testing.T) (*Ledger, store.Store) {
	t.Helper()
	s := mem.Open()
	return over(t, s, Options{Clock: func() time.Time { return start }}), s
}

func over(t *testing.T, s store.Store, o Options) *Ledger {
	t.Helper()
	l, err := Open(ctx, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// openFile makes or opens a ledger over SQLite files in dir.
func openFile(t *testing.T, dir string) (*Ledger, *sqlite.Store) {
	t.Helper()
	path := filepath.Join(dir, "log.db")
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return over(t, s, Options{Clock: func() time.Time { return start }, KeyPath: KeyPath(path)}), s
}

const contextMember = `"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"lode":"urn:lodestone:voc:"}]`

// eventText is the JSON of event n, which makes lot n of lot n-1, without its context.
func eventText(n int) string {
	return fmt.Sprintf(`"type":"TransformationEvent","eventID":"urn:uuid:00000000-0000-4000-8000-%012d","eventTime":"2026-05-01T%02d:%02d:%02d.%03dZ","eventTimeZoneOffset":"-06:00",`+
		`"bizStep":"urn:lodestone:phase:separated","readPoint":{"id":"urn:lodestone:facility:%d"},`+
		`"inputQuantityList":[{"epcClass":"urn:lodestone:lot:%d","quantity":10,"uom":"KGM"}],"outputQuantityList":[{"epcClass":"urn:lodestone:lot:%d","quantity":9,"uom":"KGM"}]`,
		n, n/3_600_000%24, n/60_000%60, n/1000%60, n%1000, n%3, n-1, n)
}

// document is a whole document of the events with these texts. head is put among its first members.
func document(head string, texts ...string) string {
	for i := range texts {
		texts[i] = "{" + texts[i] + "}"
	}
	return `{` + contextMember + `,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-05-02T00:00:00Z",` + head +
		`"epcisBody":{"eventList":[` + strings.Join(texts, ",\n") + `]}}`
}

func texts(from, until int) []string {
	var out []string
	for n := from; n < until; n++ {
		out = append(out, eventText(n))
	}
	return out
}

func capture(t *testing.T, l *Ledger, doc string, o CaptureOptions) CaptureResult {
	t.Helper()
	res, err := l.Capture(ctx, strings.NewReader(doc), o)
	if err != nil {
		t.Fatalf("capture: %v", err)
	}
	return res
}

func entries(t *testing.T, l *Ledger, from int64) []record.Entry {
	t.Helper()
	var out []record.Entry
	for e, err := range l.Entries(ctx, from) {
		if err != nil {
			t.Fatalf("entries: %v", err)
		}
		out = append(out, e)
	}
	return out
}

func clean(t *testing.T, l *Ledger) Report {
	t.Helper()
	rep, err := l.Fsck(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range rep.Problems {
		t.Errorf("fsck: %v", p)
	}
	return rep
}

func TestAppend(t *testing.T) {
	l, _ := open(t)
	claim, err := record.NewStatement("urn:party:a", start, &supply.Statement{Party: &supply.Party{ID: "urn:party:b", Name: "B"}})
	if err != nil {
		t.Fatal(err)
	}
	batch := []record.Entry{claim, claim}
	res, err := l.Append(ctx, batch)
	if err != nil || res != (Result{Added: 1, Duplicates: 1, First: 1, Last: 1}) || batch[0].Seq != 1 || batch[1].Seq != 1 {
		t.Errorf("appended %+v %v, positions %d %d", res, err, batch[0].Seq, batch[1].Seq)
	}
	if res, err := l.Append(ctx, nil); err != nil || res != (Result{}) {
		t.Errorf("appended nothing: %+v %v", res, err)
	}
	if _, err := l.Append(ctx, []record.Entry{{}}); err == nil {
		t.Error("an entry that nobody made was taken")
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := l.Append(over, batch); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	short := over2(t, Options{Rand: strings.NewReader("short")})
	if _, err := short.Append(ctx, batch); err == nil {
		t.Error("entries were appended without salts")
	}
}

func over2(t *testing.T, o Options) *Ledger { return over(t, mem.Open(), o) }

func TestEntries(t *testing.T) {
	l, _ := open(t)
	capture(t, l, document("", texts(0, 1800)...), CaptureOptions{})
	for _, from := range []int64{-1, 1, 2, 256, 257, 1800} {
		got := entries(t, l, from)
		if first := max(from, 1); int64(len(got)) != 1801-first || got[0].Seq != first {
			t.Errorf("from %d: %d entries", from, len(got))
		}
	}
	if got := entries(t, l, 1801); len(got) != 0 {
		t.Errorf("after the end: %d entries", len(got))
	}
	for stop := range 5 { // a reader may leave at any time; goleak watches
		n := 0
		for _, err := range l.Entries(ctx, 1) {
			if n++; err != nil || n > stop*300 {
				break
			}
		}
	}
	over, cancel := context.WithCancel(ctx)
	defer cancel()
	n := 0
	var last error
	for _, err := range l.Entries(over, 1) {
		if n++; n == 300 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || n >= 1800 {
		t.Errorf("cancelled after 300: %d entries, %v", n, last)
	}
}

func TestHead(t *testing.T) {
	dir := t.TempDir()
	l, _ := openFile(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "log.key")); err == nil {
		t.Error("the key was made before it was needed")
	}
	empty, err := l.Head(ctx)
	if err != nil || empty.Size != 0 {
		t.Fatalf("head of an empty log %+v %v", empty, err)
	}
	info, err := os.Stat(filepath.Join(dir, "log.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the key's file: %v %v", info, err)
	}
	capture(t, l, document("", texts(0, 70)...), CaptureOptions{})
	first, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.Head(ctx)
	if err != nil || !bytes.Equal(first.Note, again.Note) {
		t.Errorf("the head signed twice differs: %s %s %v", first.Note, again.Note, err)
	}
	capture(t, l, document("", texts(70, 100)...), CaptureOptions{})
	l2, _ := openFile(t, dir) // another process
	second, err := l2.Head(ctx)
	if err != nil || second.Origin != first.Origin || second.Size != 100 {
		t.Fatalf("head %+v %v", second, err)
	}
	key, err := l2.Key()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []tlog.Checkpoint{empty, first, second} {
		if o, err := tlog.OpenCheckpoint(c.Note, key.Verifier()); err != nil || o.Size != c.Size || o.Root != c.Root {
			t.Errorf("checkpoint at %d: %+v %v", c.Size, o, err)
		}
	}
	kept, err := l.Checkpoints(ctx)
	if err != nil || len(kept) != 3 {
		t.Errorf("%d checkpoints kept, %v", len(kept), err)
	}
	growth, err := l.ProveGrowth(ctx, first.Size, second.Size)
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckGrowth(growth, first.Size, first.Root, second.Size, second.Root); err != nil {
		t.Error(err)
	}
	if rep := clean(t, l); rep.Checkpoints != 3 {
		t.Errorf("fsck compared %d checkpoints", rep.Checkpoints)
	}
	if err := os.Chmod(filepath.Join(dir, "log.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	l3, _ := openFile(t, dir)
	if _, err := l3.Head(ctx); err == nil {
		t.Error("a key that others can read was used")
	}
}

// TestProof checks a proof as a stranger would: with a signed checkpoint, the log's public key and other people's code.
func TestProof(t *testing.T) {
	l, _ := open(t)
	capture(t, l, document("", texts(0, 333)...), CaptureOptions{Author: "urn:party:a"})
	head, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, seq := range []int64{1, 128, 333} {
		p, err := l.Prove(ctx, seq, head.Size)
		if err != nil {
			t.Fatal(err)
		}
		var path [][]byte
		for _, h := range p.Inclusion {
			path = append(path, bytes.Clone(h[:]))
		}
		c := tlog.Commit(p.Salt, p.Committed)
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(seq-1), uint64(head.Size), rfc6962.DefaultHasher.HashLeaf(c[:]), path, head.Root[:]); err != nil {
			t.Errorf("entry %d: %v", seq, err)
		}
		e, err := record.Decode(p.Committed)
		if err != nil || e.Event.ID != fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", seq-1) {
			t.Errorf("entry %d: %v", seq, err)
		}
	}
	for _, bad := range []int64{0, 334} {
		if _, err := l.Prove(ctx, bad, head.Size); err == nil {
			t.Errorf("entry %d was proved", bad)
		}
	}
}
