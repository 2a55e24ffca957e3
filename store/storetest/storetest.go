// Package storetest states the contract of package store in tests. Every implementation runs all of it:
//
//	func TestStore(t *testing.T) { storetest.Run(t, storetest.Subject{…}) }
package storetest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// Subject is an implementation under test.
type Subject struct {
	// Open makes an empty store, which ends with the test at the latest.
	Open func(t *testing.T) store.Store
	// Reopen closes the store and opens what it kept. A store that keeps nothing gives the same one back, open.
	Reopen func(t *testing.T, s store.Store) store.Store
	// Corrupt changes what the store holds behind its back.
	Corrupt func(t *testing.T, s store.Store, what Damage, seq int64)
	// Fail makes the next commit of the log fail with an error that is neither of the context nor of the lock; nil
	// when the implementation has no commit that can fail.
	Fail func(t *testing.T, s store.Store)
}

// Damage is one way to change a store behind its back.
type Damage int

const (
	BodyBit     Damage = iota // one bit of the entry's body
	SaltBit                   // one bit of the entry's salt
	AuthorText                // another author
	ReceivedOff               // another time of receipt
	IdentityBit               // one bit of the event's identity
	IDBit                     // one bit of the entry's ID
	NodeBit                   // one bit of the tree node that is the entry's leaf
	Gone                      // the entry is taken out
	Swapped                   // the entry and the next one change places
	LostTail                  // the entry and all later ones are taken out, of rows only
	Damages                   // how many there are
)

// String is the damage in words.
func (d Damage) String() string {
	return [...]string{"body bit", "salt bit", "author", "received", "identity bit", "id bit", "node bit", "gone", "swapped", "lost tail"}[d]
}

// Run runs the suite.
func Run(t *testing.T, s Subject) {
	for name, test := range map[string]func(*testing.T, Subject){
		"empty log":            emptyLog,
		"order and positions":  order,
		"duplicates":           duplicates,
		"IDs that begin alike": alike,
		"atomic batch":         atomic,
		"read from":            readFrom,
		"tree":                 tree,
		"empty batch":          emptyBatch,
		"huge body":            hugeBody,
		"odd texts":            oddTexts,
		"cancelled":            cancelled,
		"reopen":               reopen,
		"readers and writers":  readersAndWriters,
		"bytes are copied":     copied,
		"checkpoints":          checkpoints,
		"failed commit":        failedCommit,
		"closed":               closed,
		"tampered":             tampered,
		"index mark":           indexMark,
		"index mentions":       indexMentions,
		"index times":          indexTimes,
		"index names":          indexNames,
		"index scan and reset": indexReset,
		"index reopen":         indexReopen,
	} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

// row makes a row that is determined by n.
func row(n int) store.Row {
	r := store.Row{Kind: record.Event, Author: fmt.Sprintf("urn:party:%d", n%7), Received: 1_700_000_000_000 + int64(n),
		Body: fmt.Appendf(nil, `{"n":%d}`, n)}
	if n%5 == 0 {
		r.Kind, r.Author = record.Statement, ""
	}
	h := tlog.Commit(tlog.Salt{1}, binary.BigEndian.AppendUint64(nil, uint64(n)))
	r.ID, r.Identity = record.ID(h), record.ID(tlog.Commit(tlog.Salt{2}, h[:]))
	copy(r.Salt[:], h[:])
	r.Leaf = leaf(r)
	return r
}

// leaf is the leaf that belongs to a row. The suite commits to other bytes than the program, since a store must not care.
func leaf(r store.Row) tlog.Hash {
	b := append([]byte{byte(r.Kind)}, r.ID[:]...)
	b = append(b, r.Identity[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Received))
	return tlog.Leaf(r.Salt, append(append(b, r.Author...), r.Body...))
}

// rows makes rows from..until-1.
func rows(from, until int) []store.Row {
	var out []store.Row
	for n := from; n < until; n++ {
		out = append(out, row(n))
	}
	return out
}

func ctx() context.Context { return context.Background() }

// add appends and insists on success.
func add(t *testing.T, s store.Store, rows []store.Row) store.Appended {
	t.Helper()
	done, err := s.Log().Append(ctx(), rows)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	if done.Added+done.Duplicates != len(rows) {
		t.Fatalf("append of %d rows: %d added and %d duplicates", len(rows), done.Added, done.Duplicates)
	}
	return done
}

// all reads the whole log, page by page.
func all(t *testing.T, s store.Store) []store.Row {
	t.Helper()
	var out []store.Row
	for {
		page, err := s.Log().Read(ctx(), int64(len(out))+1, 100)
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		if len(page) == 0 {
			return out
		}
		out = append(out, page...)
	}
}

func head(t *testing.T, s store.Store) store.Head {
	t.Helper()
	h, err := s.Log().Head(ctx())
	if err != nil {
		t.Fatalf("head: %v", err)
	}
	return h
}

// same insists that the log holds exactly these rows, in this order, and that tree and head agree with them.
func same(t *testing.T, s store.Store, want []store.Row) {
	t.Helper()
	got := all(t, s)
	if len(got) != len(want) {
		t.Fatalf("the log has %d entries, want %d", len(got), len(want))
	}
	var b tlog.Builder
	var nodes []tlog.Hash
	for i := range got {
		w := want[i]
		w.Seq = int64(i) + 1
		nodes = b.Add(nodes, leaf(w))
		w.Leaf = tlog.Hash{}
		if !reflect.DeepEqual(got[i], w) {
			t.Fatalf("entry %d is\n%+v, want\n%+v", i+1, got[i], w)
		}
	}
	if h, want := head(t, s), (store.Head{Size: int64(len(want)), Root: b.Root()}); h != want {
		t.Fatalf("head is %d %s, want %d %s", h.Size, h.Root, want.Size, want.Root)
	}
	var numbers []int64
	for i := range nodes {
		numbers = append(numbers, int64(i))
	}
	stored, err := s.Log().Nodes(ctx(), numbers)
	if err != nil {
		t.Fatalf("nodes: %v", err)
	}
	for i := range nodes {
		if stored[i] != nodes[i] {
			t.Fatalf("tree node %d is %s, recomputed %s", i, stored[i], nodes[i])
		}
	}
	if _, err := s.Log().Nodes(ctx(), []int64{int64(len(nodes))}); !errors.Is(err, store.ErrNoNode) {
		t.Fatalf("a node after the last: %v, want ErrNoNode", err)
	}
}

func emptyLog(t *testing.T, s Subject) {
	st := s.Open(t)
	same(t, st, nil)
	if at, err := st.Log().Positions(ctx(), []record.ID{row(1).ID}); err != nil || len(at) != 1 || at[0] != 0 {
		t.Errorf("position in an empty log: %v %v", at, err)
	}
	if c, err := st.Log().Published(ctx()); err != nil || len(c) != 0 {
		t.Errorf("checkpoints of an empty log: %v %v", c, err)
	}
}

func order(t *testing.T, s Subject) {
	st := s.Open(t)
	batch := rows(0, 57)
	done := add(t, st, batch)
	if done.Added != 57 || done.Head != head(t, st) {
		t.Errorf("appended %+v, head %+v", done, head(t, st))
	}
	for i, r := range batch {
		if r.Seq != int64(i)+1 {
			t.Fatalf("row %d got position %d", i, r.Seq)
		}
	}
	one := rows(57, 58)
	add(t, st, one)
	if one[0].Seq != 58 {
		t.Errorf("the next row got position %d", one[0].Seq)
	}
	same(t, st, rows(0, 58))
	at, err := st.Log().Positions(ctx(), []record.ID{row(57).ID, row(99).ID, row(0).ID})
	if err != nil || !reflect.DeepEqual(at, []int64{58, 0, 1}) {
		t.Errorf("positions %v %v, want 58 0 1", at, err)
	}
}

func duplicates(t *testing.T, s Subject) {
	st := s.Open(t)
	add(t, st, rows(0, 10))
	batch := append(append(rows(5, 12), row(11)), row(0))
	batch[1].Body = []byte("another spelling") // row 6 again: the ID decides, the first stays
	batch[1].Salt[0] ^= 1
	before := head(t, st)
	done := add(t, st, batch)
	if done.Added != 2 || done.Duplicates != 7 {
		t.Errorf("appended %+v, want 2 added and 7 duplicates", done)
	}
	want := []int64{6, 7, 8, 9, 10, 11, 12, 12, 1}
	for i, r := range batch {
		if r.Seq != want[i] {
			t.Errorf("row %d of the batch stands at %d, want %d", i, r.Seq, want[i])
		}
	}
	same(t, st, rows(0, 12))
	again := add(t, st, rows(0, 12))
	if again.Added != 0 || again.Duplicates != 12 || again.Head != head(t, st) || again.Head == before {
		t.Errorf("everything again: %+v", again)
	}
	same(t, st, rows(0, 12))
	same(t, s.Reopen(t, st), rows(0, 12))
}

func alike(t *testing.T, s Subject) {
	st := s.Open(t)
	batch := rows(0, 6)
	for i := range batch[:4] {
		copy(batch[i].ID[:], "12345678")
		batch[i].ID[31] = byte(i)
		batch[i].Leaf = leaf(batch[i])
	}
	add(t, st, batch[:2])
	if done := add(t, st, bytes2(batch)); done.Added != 4 {
		t.Errorf("IDs that begin alike were taken for one: %+v", done)
	}
	same(t, st, batch)
	st = s.Reopen(t, st)
	if done := add(t, st, bytes2(batch)); done.Added != 0 {
		t.Errorf("after reopening: %+v", done)
	}
	var ids []record.ID
	for _, r := range batch {
		ids = append(ids, r.ID)
	}
	stranger := batch[0].ID
	stranger[31] = 200
	at, err := st.Log().Positions(ctx(), append(ids, stranger))
	if err != nil || !reflect.DeepEqual(at, []int64{1, 2, 3, 4, 5, 6, 0}) {
		t.Errorf("positions %v %v", at, err)
	}
}

// bytes2 copies rows, since Append sets their positions.
func bytes2(rows []store.Row) []store.Row { return append([]store.Row(nil), rows...) }

func readFrom(t *testing.T, s Subject) {
	st := s.Open(t)
	add(t, st, rows(0, 250))
	for _, c := range []struct {
		from      int64
		limit     int
		first, of int64
	}{{1, 10, 1, 10}, {0, 3, 1, 3}, {-5, 3, 1, 3}, {241, 100, 241, 10}, {250, 1, 250, 1}, {251, 5, 0, 0}, {1 << 40, 5, 0, 0}, {7, 0, 0, 0}, {7, -1, 0, 0}} {
		got, err := st.Log().Read(ctx(), c.from, c.limit)
		if err != nil || int64(len(got)) != c.of || c.of > 0 && (got[0].Seq != c.first || got[c.of-1].Seq != c.first+c.of-1) {
			t.Errorf("read from %d limit %d: %d rows, %v; want %d from %d", c.from, c.limit, len(got), err, c.of, c.first)
		}
	}
}

func tree(t *testing.T, s Subject) {
	st := s.Open(t)
	var want []store.Row
	for size, next := 1, 0; next < 1500; size = size*2 + 1 {
		add(t, st, rows(next, next+size))
		want = append(want, rows(next, next+size)...)
		next += size
		same(t, st, want)
	}
	h := head(t, st)
	r := tlog.ReaderFunc(func(n []int64) ([]tlog.Hash, error) { return st.Log().Nodes(ctx(), n) })
	for _, seq := range []int64{1, 2, 777, h.Size} {
		p, err := tlog.ProveEntry(seq, h.Size, r)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckEntry(p, seq, h.Size, h.Root, leaf(row(int(seq-1)))); err != nil {
			t.Error(err)
		}
	}
}

func emptyBatch(t *testing.T, s Subject) {
	st := s.Open(t)
	if done := add(t, st, nil); done.Head != head(t, st) {
		t.Errorf("empty batch on an empty log: %+v", done)
	}
	add(t, st, rows(0, 3))
	if done := add(t, st, []store.Row{}); done.Head != head(t, st) {
		t.Errorf("empty batch: %+v", done)
	}
	same(t, st, rows(0, 3))
}

func hugeBody(t *testing.T, s Subject) {
	st := s.Open(t)
	batch := rows(0, 4)
	for _, i := range []int{1, 2} {
		batch[i].Body = bytes.Repeat([]byte{'x', byte(i), 0, 255}, 5<<20)
		batch[i].Leaf = leaf(batch[i])
	}
	add(t, st, batch)
	same(t, st, batch)
	page, err := st.Log().Read(ctx(), 1, 100)
	if err != nil || len(page) != 2 {
		t.Errorf("one answer over %d bytes gave %d rows, %v; want 2", store.ReadBytes, len(page), err)
	}
	same(t, s.Reopen(t, st), batch)
}

func oddTexts(t *testing.T, s Subject) {
	st := s.Open(t)
	batch := rows(0, 4)
	batch[1].Author = "https://example.com/ü?x='\";--%00"
	batch[2].Body = []byte{0}
	batch[3].Received = -1
	for i := range batch {
		batch[i].Leaf = leaf(batch[i])
	}
	add(t, st, batch)
	same(t, st, batch)
}

func copied(t *testing.T, s Subject) {
	st := s.Open(t)
	batch := rows(0, 2)
	add(t, st, batch)
	for i := range batch {
		clear(batch[i].Body)
	}
	got := all(t, st)
	clear(got[0].Body)
	same(t, st, rows(0, 2))
}
