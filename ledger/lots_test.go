package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/store/sqlite"
)

// kept makes a store of n events in dir with a snapshot of its lots, and gives the graph.
func kept(t *testing.T, dir string, n int) (*Ledger, *genealogy.Graph) {
	t.Helper()
	l := openLots(t, dir)
	capture(t, l, document("", texts(0, n)...), CaptureOptions{Author: "urn:party:a"})
	g, r := lots(t, l, Bound{})
	if r.From != 0 || r.Read != int64(n) || r.Refused != nil {
		t.Fatalf("a store without a snapshot: %+v", r)
	}
	if err := l.KeepLots(ctx, g, r); err != nil {
		t.Fatal(err)
	}
	return l, g
}

func openLots(t *testing.T, dir string) *Ledger {
	t.Helper()
	path := filepath.Join(dir, "log.db")
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return over(t, s, Options{Clock: func() time.Time { return start }, KeyPath: KeyPath(path), Lots: LotsPath(path)})
}

func lots(t *testing.T, l *Ledger, until Bound) (*genealogy.Graph, Reading) {
	t.Helper()
	g, r, err := l.Lots(ctx, until, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g, r
}

// TestLotsFromSnapshot: a question begins from the snapshot, reads what came after it, and comes to the same.
func TestLotsFromSnapshot(t *testing.T) {
	dir := t.TempDir()
	l, g := kept(t, dir, 40)
	again, r := lots(t, openLots(t, dir), Bound{})
	if r.From != 40 || r.Read != 0 || again.Fingerprint() != g.Fingerprint() {
		t.Errorf("asked again: %+v", r)
	}
	capture(t, l, document("", texts(40, 55)...), CaptureOptions{Author: "urn:party:a"})
	more, r := lots(t, l, Bound{})
	whole := genealogy.New()
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		if err := whole.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if r.From != 40 || r.Read != 15 || more.Position() != 55 || more.Fingerprint() != whole.Fingerprint() {
		t.Errorf("after more came: %+v, position %d", r, more.Position())
	}
	info, err := os.Stat(filepath.Join(dir, "log.lots"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the snapshot's file: %v, %v", info, err)
	}
}

// TestLotsAsOf: a snapshot that holds more than the question sees is not used, and one that does not is.
func TestLotsAsOf(t *testing.T) {
	dir := t.TempDir()
	l, _ := kept(t, dir, 40)
	capture(t, l, document("", texts(40, 50)...), CaptureOptions{Author: "urn:party:a"})
	for _, c := range []struct {
		until    Bound
		from     int64
		position int64
	}{
		{Bound{Seq: 39}, 0, 39},
		{Bound{Seq: 40}, 40, 40},
		{Bound{Seq: 45}, 40, 45},
		{Bound{Received: start}, 40, 50},
		{Bound{Received: start.Add(-time.Millisecond)}, 0, 0},
	} {
		g, r := lots(t, l, c.until)
		if r.From != c.from || g.Position() != c.position {
			t.Errorf("as of %+v: from %d, position %d, want %d and %d", c.until, r.From, g.Position(), c.from, c.position)
		}
		if r.Worth() || c.position < 50 && l.KeepLots(ctx, g, r) == nil && markOf(t, dir).Position != 40 {
			t.Errorf("as of %+v: what an earlier day knew was kept", c.until)
		}
	}
	if _, _, err := l.Lots(ctx, Bound{Seq: 51}, nil); err == nil || !strings.Contains(err.Error(), "the log ends at entry 50") {
		t.Errorf("as of an entry that never came: %v", err)
	}
}

func markOf(t *testing.T, dir string) genealogy.Mark {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "log.lots"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := genealogy.ReadMark(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestLotsDoubted: a snapshot of another log, of a longer one, of another program, damaged, cut or no file at all is not
// used, and the answer is the log's.
func TestLotsDoubted(t *testing.T) {
	dir := t.TempDir()
	_, g := kept(t, dir, 40)
	want := g.Fingerprint()
	path := filepath.Join(dir, "log.lots")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	lo := openLots(t, other)
	capture(t, lo, document("", texts(100, 140)...), CaptureOptions{Author: "urn:party:a"})
	og, or := lots(t, lo, Bound{})
	if err := lo.KeepLots(ctx, og, or); err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(filepath.Join(other, "log.lots"))
	if err != nil {
		t.Fatal(err)
	}
	longer := t.TempDir()
	kept(t, longer, 60)
	long, err := os.ReadFile(filepath.Join(longer, "log.lots"))
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 1
	var elsewhere bytes.Buffer
	if _, err := g.Save(&elsewhere, genealogy.Mark{Program: [32]byte{1}}, func(int64) ([32]byte, error) { return markOf(t, dir).Root, nil }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, why string
		data      []byte
		stays     bool
	}{
		{"another log's", "of another log", foreign, false},
		{"a longer log's", "of a longer one", long, false},
		{"a bit flipped", "damaged", flipped, false},
		{"cut", "longer or shorter", good[:len(good)-1], false},
		{"empty", "too few", nil, false},
		{"another program's", "another program", elsewhere.Bytes(), true},
	} {
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		got, r := lots(t, openLots(t, dir), Bound{})
		if r.From != 0 || r.Refused == nil || !strings.Contains(r.Refused.Error(), c.why) || got.Fingerprint() != want {
			t.Errorf("%s: %+v", c.name, r)
		}
		if _, err := os.Stat(path); (err == nil) != c.stays {
			t.Errorf("%s: is there afterwards: %v", c.name, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if got, r := lots(t, openLots(t, dir), Bound{}); r.From != 0 || got.Fingerprint() != want {
		t.Errorf("a folder in its place: %+v", r)
	}
}

// TestKeepLotsFails: where the snapshot cannot be written, it says so, leaves nothing behind and the old one alone.
func TestKeepLotsFails(t *testing.T) {
	dir := t.TempDir()
	l, g := kept(t, dir, 10)
	l.lots = filepath.Join(dir, "nowhere", "log.lots")
	if err := l.KeepLots(ctx, g, Reading{whole: true}); err == nil {
		t.Error("written into a folder that is not there")
	}
	l.lots = filepath.Join(dir, "log.lots")
	stale := filepath.Join(dir, "log.lots.123.new")
	if err := os.WriteFile(stale, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(stale, start.Add(-2*time.Hour), start.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := l.KeepLots(ctx, g, Reading{whole: true}); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestWorth: a snapshot is written where much was read, and of the whole log only.
func TestWorth(t *testing.T) {
	for _, c := range []struct {
		from, read  int64
		whole, want bool
	}{{0, 1999, true, false}, {0, 2000, true, true}, {0, 2000, false, false}, {1_000_000, 9_999, true, false}, {1_000_000, 10_000, true, true}} {
		if got := (Reading{From: c.from, Read: c.read, whole: c.whole}).Worth(); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
