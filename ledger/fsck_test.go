package ledger

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lodestone/supply"
)

// TestFsckFindsEveryDamage changes a store's file in every way and insists that Fsck names it.
func TestFsckFindsEveryDamage(t *testing.T) {
	for name, c := range map[string]struct{ sql, says string }{
		"body":               {`update entry set body = cast(replace(cast(body as text), 'lot:16', 'lot:99') as blob) where seq = 17`, "entry 17: is not what was committed to"},
		"salt":               {`update entry set salt = zeroblob(16) where seq = 17`, "entry 17: is not what was committed to"},
		"author":             {`update entry set author = 'urn:party:x' where seq = 17`, "entry 17: is not what was committed to"},
		"received":           {`update entry set received = received - 1 where seq = 17`, "entry 17: is not what was committed to"},
		"kind":               {`update entry set kind = 2 where seq = 17`, "entry 17"},
		"identity":           {`update entry set identity = zeroblob(32) where seq = 17`, "entry 17: its event's identity"},
		"id":                 {`update entry set id = zeroblob(32) where seq = 17`, "entry 17: its ID"},
		"short salt":         {`update entry set salt = x'00' where seq = 17`, "entry 17"},
		"hole":               {`delete from entry where seq = 17`, "entry 17 is missing"},
		"lost tail":          {`delete from entry where seq >= 17`, "entry 17 is missing"},
		"entry too many":     {`insert into entry select 101, id, kind, author, received, identity, salt, body from entry where seq = 17`, "entry 101"},
		"swapped":            {`update entry set seq = -seq where seq in (17,18); update entry set seq = 35 + seq where seq < 0`, "entry 17: is not what was committed to"},
		"body is no JSON":    {`update entry set body = x'7b' where seq = 17`, "entry 17"},
		"node":               {`update node set hashes = zeroblob(length(hashes)) where first = 0`, "entry 1: is not what was committed to"},
		"nodes gone":         {`delete from node`, "nodes"},
		"root":               {`update batch set root = zeroblob(32)`, "the head's root"},
		"head shorter":       {`update batch set size = 90`, ""},
		"prefixes":           {`update batch set prefixes = zeroblob(length(prefixes))`, "look-up"},
		"checkpoint changed": {`update checkpoint set note = cast(replace(cast(note as text), '100', '101') as blob)`, "checkpoint"},
		"checkpoint resized": {`update checkpoint set size = 5`, "checkpoint"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l, s := openFile(t, dir)
			capture(t, l, document("", texts(0, 100)...), CaptureOptions{Author: "urn:party:a"})
			if _, err := l.Head(ctx); err != nil {
				t.Fatal(err)
			}
			clean(t, l)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, dir, c.sql)
			l, _ = openFile(t, dir)
			rep, err := l.Fsck(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, p := range rep.Problems {
				all = append(all, p.String())
			}
			if rep.Clean() || !strings.Contains(strings.Join(all, "\n"), c.says) {
				t.Errorf("fsck says %q, want %q in it", all, c.says)
			}
		})
	}
}

// damage changes the store's file in dir by statements that each must change something.
func damage(t *testing.T, dir, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "log.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range strings.Split(statements, ";") {
		r, err := db.Exec(q)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := r.RowsAffected(); n == 0 {
			t.Fatalf("%s changed nothing", q)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDamageIsNoAnswer changes an entry in the store's file and insists that no reader is given it, or anything after it.
func TestDamageIsNoAnswer(t *testing.T) {
	for name, change := range map[string]string{
		"body":     `body = cast(replace(cast(body as text), 'lot:16', 'lot:99') as blob)`,
		"country":  `body = cast(replace(cast(body as text), 'facility:1', 'facility:2') as blob)`,
		"salt":     `salt = zeroblob(16)`,
		"author":   `author = 'urn:party:x'`,
		"received": `received = received - 1`,
		"identity": `identity = zeroblob(32)`,
		"id":       `id = zeroblob(32)`,
		"kind":     `kind = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l, s := openFile(t, dir)
			capture(t, l, document("", texts(0, 100)...), CaptureOptions{Author: "urn:party:a"})
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, dir, "update entry set "+change+" where seq = 17")
			l, _ = openFile(t, dir)
			var read int64
			var failed error
			for e, err := range l.Entries(ctx, 1) {
				if failed = err; err == nil {
					read = e.Seq
				}
			}
			_, one := l.Entry(ctx, 17)
			_, _, lots := l.Lots(ctx, Bound{}, nil)
			index := l.Rebuild(ctx, nil)
			if read != 16 {
				t.Errorf("entries were read up to %d, want 16", read)
			}
			for reader, err := range map[string]error{"entries": failed, "one entry": one, "lots": lots, "index": index} {
				if err == nil || !strings.Contains(err.Error(), "entry 17") || !strings.Contains(err.Error(), "run fsck") {
					t.Errorf("%s: %v, want an error that names entry 17 and fsck", reader, err)
				}
			}
			if _, _, err := l.Lots(ctx, Bound{Seq: 16}, nil); err != nil {
				t.Errorf("as of the entry before: %v", err)
			}
		})
	}
}

// TestFsckFindsRewrittenHistory makes a log that is right in itself but not the one that was signed.
func TestFsckFindsRewrittenHistory(t *testing.T) {
	dir := t.TempDir()
	l, s := openFile(t, dir)
	capture(t, l, document("", texts(0, 100)...), CaptureOptions{})
	if _, err := l.Head(ctx); err != nil {
		t.Fatal(err)
	}
	signed, err := l.Checkpoints(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	for name, n := range map[string]int{"another": 100, "shorter": 90, "longer": 200} {
		t.Run(name, func(t *testing.T) {
			other := t.TempDir()
			key, err := os.ReadFile(filepath.Join(dir, "log.key"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(other, "log.key"), key, 0o600); err != nil {
				t.Fatal(err)
			}
			l, s := openFile(t, other)
			capture(t, l, document("", texts(0, n)...), CaptureOptions{}) // new salts: another tree
			if err := s.Log().Publish(ctx, signed[0]); err != nil {
				t.Fatal(err)
			}
			rep, err := l.Fsck(ctx, nil)
			if err != nil || len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0].What, "signed at 100") {
				t.Errorf("fsck says %v, %v", rep.Problems, err)
			}
		})
	}
	t.Run("key lost", func(t *testing.T) {
		if err := os.Remove(filepath.Join(dir, "log.key")); err != nil {
			t.Fatal(err)
		}
		l, _ := openFile(t, dir)
		rep, err := l.Fsck(ctx, nil)
		if err != nil || len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0].What, "key") {
			t.Errorf("fsck says %v, %v", rep.Problems, err)
		}
	})
}

func TestFsckCounts(t *testing.T) {
	l, _ := open(t)
	capture(t, l, document("", texts(0, 600)...), CaptureOptions{})
	if _, err := l.CaptureEvents(ctx, nil, []supply.Statement{{Party: &supply.Party{ID: "urn:p", Name: "P"}}}, CaptureOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := l.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	head, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var done int64
	rep, err := l.Fsck(ctx, func(n, of int64) { done = n })
	if err != nil || !rep.Clean() || rep.Size != 601 || rep.Events != 600 || rep.Statements != 1 || rep.Root != head.Root || rep.Indexed != 601 || rep.Checkpoints != 1 || done != 601 {
		t.Errorf("report %+v, progress %d, %v", rep, done, err)
	}
}
