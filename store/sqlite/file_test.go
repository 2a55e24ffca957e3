package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

func rowsFrom(first, n int) []store.Row {
	var out []store.Row
	for i := range n {
		h := tlog.Commit(tlog.Salt{}, fmt.Appendf(nil, "%d", first+i))
		out = append(out, store.Row{ID: record.ID(h), Kind: record.Event, Body: make([]byte, 1000), Leaf: tlog.LeafOf(h)})
	}
	return out
}

func TestFilesAreTheOwners(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	s := open(t, path)
	if _, err := s.Log().Append(context.Background(), rowsFrom(0, 3)); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(found) < 4 {
		t.Fatalf("files %v, %v", found, err)
	}
	for _, f := range found {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v; want 0600", f, info.Mode(), err)
		}
	}
}

func TestSettingsAreReadBack(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "log.db"))
	ctx := context.Background()
	for _, c := range []struct {
		f     *file
		level int64
	}{{s.log.file, 2}, {s.index.file, 1}} {
		if err := readBack(ctx, c.f.write, map[string]any{"synchronous": c.level, "journal_mode": "wal"}); err != nil {
			t.Error(err)
		}
		if err := readBack(ctx, c.f.write, map[string]any{"synchronous": c.level + 1}); err == nil {
			t.Error("a setting that is not as asked for was taken")
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	refuse := func(name, path, says string) {
		t.Run(name, func(t *testing.T) {
			s, err := Open(ctx, path)
			if err == nil {
				_ = s.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), says) {
				t.Errorf("refused with %q, want %q in it", err, says)
			}
		})
	}
	refuse("no folder", filepath.Join(dir, "no", "log.db"), "no such file")

	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	refuse("not a database", text, "not a database")

	foreign := filepath.Join(dir, "foreign.db")
	db, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("create table t (a); insert into t values (1)"); err != nil {
		t.Fatal(err)
	}
	refuse("somebody else's database", foreign, "something else")
	var n int
	if err := db.QueryRow("select count(*) from t").Scan(&n); err != nil || n != 1 {
		t.Errorf("the refused database was changed: %d %v", n, err)
	}
	_ = db.Close()

	newer := filepath.Join(dir, "newer.db")
	s := open(t, newer)
	do(t, s, "pragma user_version = 99")
	_ = s.Close()
	refuse("newer form", newer, "use a newer program")
	refuse("index in the log's place", IndexPath(newer), "something else")
}

// TestTwoProcesses lets two stores on one file write in turn, as two processes would.
func TestTwoProcesses(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	a, b := open(t, path), open(t, path)
	for i := range 6 {
		s := a
		if i%2 == 1 {
			s = b
		}
		batch := rowsFrom(i*5, 10) // half of it the other has written
		done, err := s.Log().Append(ctx, batch)
		want := 5
		if i == 0 {
			want = 10
		}
		if err != nil || done.Added != want || done.Head.Size != int64(10+5*i) {
			t.Fatalf("turn %d: %+v %v, want %d added", i, done, err, want)
		}
	}
	ha, _ := a.Log().Head(ctx)
	hb, err := b.Log().Head(ctx)
	if ha != hb || err != nil {
		t.Errorf("heads %v and %v, %v", ha, hb, err)
	}
	at, err := a.Log().Positions(ctx, []record.ID{rowsFrom(34, 1)[0].ID})
	if err != nil || at[0] != 35 {
		t.Errorf("position of what the other wrote: %v %v", at, err)
	}
	// One numbers the index's names anew behind the other's back.
	mention := []store.Mention{{Seq: 1, Names: []string{"x", "y"}}}
	if err := a.Index().Apply(ctx, store.Mark{}, store.Mark{Seq: 1}, mention); err != nil {
		t.Fatal(err)
	}
	if err := b.Index().Reset(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Index().Apply(ctx, store.Mark{}, store.Mark{Seq: 1}, []store.Mention{{Seq: 1, Names: []string{"y", "x"}}}); err != nil {
		t.Fatal(err)
	}
	if err := a.Index().Apply(ctx, store.Mark{Seq: 1}, store.Mark{Seq: 2}, []store.Mention{{Seq: 2, Names: []string{"x"}}}); err != nil {
		t.Fatal(err)
	}
	if at, err := b.Index().Mentioning(ctx, "x", 0, 9); err != nil || len(at) != 2 {
		t.Errorf("entries that name x: %v %v", at, err)
	}
}

func TestBusy(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	a, b := open(t, path), open(t, path)
	do(t, a, "begin immediate")
	do(t, b, "pragma busy_timeout = 50")
	if _, err := b.Log().Append(ctx, rowsFrom(0, 1)); !errors.Is(err, store.ErrBusy) {
		t.Errorf("append while another writes: %v, want ErrBusy", err)
	}
	do(t, a, "rollback")
	if _, err := b.Log().Append(ctx, rowsFrom(0, 1)); err != nil {
		t.Errorf("append afterwards: %v", err)
	}
}

// TestFullDisk lets the file not grow: the append fails, nothing is kept, and it works again when there is room.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "log.db"))
	if _, err := s.Log().Append(ctx, rowsFrom(0, 10)); err != nil {
		t.Fatal(err)
	}
	before, _ := s.Log().Head(ctx)
	do(t, s, "pragma max_page_count = 1") // SQLite takes the present size as the least
	if _, err := s.Log().Append(ctx, rowsFrom(5, 200)); err == nil {
		t.Fatal("an append into a full file was acknowledged")
	}
	if after, err := s.Log().Head(ctx); err != nil || after != before {
		t.Errorf("the failed append moved the head from %v to %v, %v", before, after, err)
	}
	do(t, s, "pragma max_page_count = 100000")
	if done, err := s.Log().Append(ctx, rowsFrom(5, 200)); err != nil || done.Added != 195 {
		t.Errorf("with room again: %+v %v", done, err)
	}
}

func TestIndexCanBeDeleted(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	s := open(t, path)
	if _, err := s.Log().Append(ctx, rowsFrom(0, 10)); err != nil {
		t.Fatal(err)
	}
	if err := s.Index().Apply(ctx, store.Mark{}, store.Mark{Seq: 1}, []store.Mention{{Seq: 1, Names: []string{"x"}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(IndexPath(path)); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if m, err := s.Index().Mark(ctx); err != nil || m != (store.Mark{}) {
		t.Errorf("mark %v %v", m, err)
	}
	if h, err := s.Log().Head(ctx); err != nil || h.Size != 10 {
		t.Errorf("head %v %v", h, err)
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"with space.db", "50%25.db", "what?mode=memory.db", "no-extension", "#1.db", "ü.db"} {
		dir := t.TempDir()
		s := open(t, filepath.Join(dir, name))
		if _, err := s.Log().Append(context.Background(), rowsFrom(0, 1)); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		found, _ := filepath.Glob(filepath.Join(dir, "*"))
		if len(found) != 2 || IndexPath(filepath.Join(dir, name)) != found[1] && IndexPath(filepath.Join(dir, name)) != found[0] {
			t.Errorf("%q made the files %q", name, found)
		}
	}
}
