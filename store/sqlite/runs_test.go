package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lodestone/store"
)

// plainIndex is what an index must answer, by looking at everything.
type plainIndex []store.Mention

func (p plainIndex) mentioning(name string, after int64, limit int) (out []int64) {
	for _, m := range p {
		if m.Seq > after && slices.Contains(m.Names, name) && len(out) < limit {
			out = append(out, m.Seq)
		}
	}
	return out
}

func (p plainIndex) during(from, until int64, after store.Moment, limit int) (out []store.Moment) {
	for _, m := range p {
		moment := store.Moment{At: m.At, Seq: m.Seq}
		if m.Timed && m.At >= from && m.At < until && (after == store.Moment{} || compareMoments(moment, after) > 0) {
			out = append(out, moment)
		}
	}
	slices.SortFunc(out, compareMoments)
	return out[:min(len(out), limit)]
}

func (p plainIndex) names(text, after string, limit int) (out []string) {
	for _, m := range p {
		for _, n := range m.Names {
			if n > after && strings.Contains(strings.ToLower(n), strings.ToLower(text)) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), limit)]
}

func (p plainIndex) pairs() (out []string) {
	for _, m := range p {
		for _, n := range m.Names {
			out = append(out, fmt.Sprintf("%d %q", m.Seq, n))
		}
		if m.Timed {
			out = append(out, fmt.Sprintf("%d @%d", m.Seq, m.At))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func scanned(x store.Index) (out []string, err error) {
	err = x.Scan(context.Background(), func(seq int64, name string) { out = append(out, fmt.Sprintf("%d %q", seq, name)) },
		func(m store.Moment) { out = append(out, fmt.Sprintf("%d @%d", m.Seq, m.At)) })
	slices.Sort(out)
	return out, err
}

// randomMention has names that many entries share, names of its own, names that begin alike, odd ones and long ones.
func randomMention(rng *rand.Rand, seq int64) store.Mention {
	m := store.Mention{Seq: seq, Names: []string{"urn:all"}}
	for range rng.IntN(5) {
		n := rng.IntN(2000)
		m.Names = append(m.Names, []string{fmt.Sprintf("urn:lot:%d", n), fmt.Sprintf("urn:lot:%d:of", seq), fmt.Sprintf("urn:Run:%d", n/100),
			strings.Repeat("x", n%40), fmt.Sprintf("%s\x00\xff%d", strings.Repeat("long", n), n%3)}[rng.IntN(5)])
	}
	if m.Timed = rng.IntN(4) > 0; m.Timed {
		m.At = rng.Int64N(5000) - 2500
	}
	return m
}

func at(seq int64) store.Mark {
	m := store.Mark{Seq: seq}
	binary.BigEndian.PutUint64(m.Root[:], uint64(seq))
	return m
}

// TestIndexIsAScan holds the index against a plain scan over everything, while it grows by batches of many sizes, is
// reopened, loses what a stopped batch would have brought, and is thrown away.
func TestIndexIsAScan(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 0))
		path := filepath.Join(t.TempDir(), "log.db")
		s := open(t, path)
		var all plainIndex
		for turn := range 120 {
			var batch []store.Mention
			for range []int{0, 1, 1, 2, 5, 40, 300}[rng.IntN(7)] {
				batch = append(batch, randomMention(rng, int64(len(all)+len(batch))+1))
			}
			from, to := at(int64(len(all))), at(int64(len(all)+len(batch)))
			if rng.IntN(5) == 0 { // it is stopped at some point, and nothing of it is there
				if err := s.index.Apply(&lapsing{ctx, rng.IntN(3)}, from, to, batch); err != nil {
					if !errors.Is(err, context.Canceled) {
						t.Fatal(err)
					}
					batch = nil
				}
			} else if err := s.index.Apply(ctx, from, to, batch); err != nil {
				t.Fatal(err)
			}
			all = append(all, batch...)
			switch rng.IntN(30) {
			case 0:
				if err := s.index.Reset(ctx); err != nil {
					t.Fatal(err)
				}
				all = nil
			case 1, 2, 3:
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = open(t, path)
			}
			if mark, err := s.index.Mark(ctx); err != nil || mark != at(int64(len(all))) {
				t.Fatalf("seed %d, turn %d: mark %v, %v, want %d", seed, turn, mark, err, len(all))
			}
			sameAnswers(t, rng, s.index, all)
			if turn%20 == 19 {
				if got, err := scanned(s.index); err != nil || !slices.Equal(got, all.pairs()) {
					t.Fatalf("seed %d, turn %d: it holds %d pairs, want %d, or others (%v)", seed, turn, len(got), len(all.pairs()), err)
				}
			}
			if t.Failed() {
				t.Fatalf("seed %d, turn %d, %d entries", seed, turn, len(all))
			}
		}
	}
}

// lapsing is a context that ends after it was asked n times whether it has.
type lapsing struct {
	context.Context
	n int
}

func (c *lapsing) Err() error {
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

func sameAnswers(t *testing.T, rng *rand.Rand, x store.Index, all plainIndex) {
	t.Helper()
	ctx := context.Background()
	some := randomMention(rng, rng.Int64N(int64(len(all))+1))
	name, after, limit := some.Names[len(some.Names)-1], max(0, rng.Int64N(int64(len(all))+2)-5), rng.IntN(50)
	if got, err := x.Mentioning(ctx, name, after, limit); err != nil || !slices.Equal(got, all.mentioning(name, after, limit)) {
		t.Errorf("mentioning %.40q after %d, %d at most: %v %v, want %v", name, after, limit, got, err, all.mentioning(name, after, limit))
	}
	from := rng.Int64N(5000) - 2500
	until, place := from+rng.Int64N(300), store.Moment{At: from + rng.Int64N(300) - 20, Seq: after}
	if got, err := x.During(ctx, from, until, place, limit); err != nil || !slices.Equal(got, all.during(from, until, place, limit)) {
		t.Errorf("during [%d, %d) after %v, %d at most: %v %v, want %v", from, until, place, limit, got, err, all.during(from, until, place, limit))
	}
	text := []string{"", "RUN:1", "x", "lot:1", "%"}[rng.IntN(5)]
	if got, err := x.Names(ctx, text, name, limit); err != nil || !slices.Equal(got, all.names(text, name, limit)) {
		t.Errorf("names with %q after %.40q, %d at most: %d %v, want %d, or others", text, name, limit, len(got), err, len(all.names(text, name, limit)))
	}
}

// TestLongList gives one name more entries than a block holds, so that look-ups start and end inside of its list.
func TestLongList(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "log.db"))
	const n = 50_000
	var all []store.Mention
	for i := range int64(n) {
		all = append(all, store.Mention{Seq: i + 1, Names: []string{"urn:all", "urn:before", "urn:z"}[:1+i%3]})
	}
	if err := s.index.Apply(ctx, store.Mark{}, at(n), all); err != nil {
		t.Fatal(err)
	}
	for after := int64(0); after < n; after += 499 {
		if got, err := s.index.Mentioning(ctx, "urn:all", after, 2); err != nil || !slices.Equal(got, []int64{after + 1, after + 2}[:min(2, n-after)]) {
			t.Fatalf("after %d: %v %v", after, got, err)
		}
	}
}

// TestRunsStayFew writes batches of many sizes: few runs remain, and a pair is written about once a level.
func TestRunsStayFew(t *testing.T) {
	for name, size := range map[string]func(rng *rand.Rand) int64{
		"one by one":  func(*rand.Rand) int64 { return 8 },
		"even":        func(*rand.Rand) int64 { return 15_000 },
		"small after": func(rng *rand.Rand) int64 { return []int64{20_000, 1, 1, 1, 1, 1, 1, 1, 1, 1}[rng.IntN(10)] },
		"any":         func(rng *rand.Rand) int64 { return int64(1) << rng.IntN(16) },
	} {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 0))
			var runs []run
			var pairs, written int64
			for range 20_000 {
				n := size(rng)
				runs = append(runs, run{pairs: n})
				pairs, written = pairs+n, written+n
				if first := toMerge(runs); first < len(runs) {
					whole := run{}
					for _, r := range runs[first:] {
						whole.pairs += r.pairs
					}
					runs, written = append(runs[:first], whole), written+whole.pairs
				}
				if small := len(runs) - int(pairs>>21); small > fan*topLevel {
					t.Fatalf("%d runs wait to be merged", small)
				}
			}
			t.Logf("%d pairs, each written %.1f times, in %d runs", pairs, float64(written)/float64(pairs), len(runs))
			if written > (1+topLevel)*pairs {
				t.Errorf("%d pairs were written %.1f times each, and lie in %d runs", pairs, float64(written)/float64(pairs), len(runs))
			}
		})
	}
}

// TestDamagedRun changes bytes of the index: it says so, or the scan that fsck compares shows it.
func TestDamagedRun(t *testing.T) {
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(3, 0))
	s := open(t, filepath.Join(t.TempDir(), "log.db"))
	var all plainIndex
	for len(all) < 3000 {
		all = append(all, randomMention(rng, int64(len(all))+1))
	}
	if err := s.index.Apply(ctx, store.Mark{}, at(3000), all); err != nil {
		t.Fatal(err)
	}
	want := all.pairs()
	do := func(text string) {
		t.Helper()
		if _, err := s.index.write.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	var blocks int
	if err := s.index.write.QueryRowContext(ctx, "select count(*) from block").Scan(&blocks); err != nil || blocks < 3 {
		t.Fatalf("%d blocks, %v", blocks, err)
	}
	check := func(what string) {
		t.Helper()
		if got, err := scanned(s.index); err == nil && slices.Equal(got, want) {
			t.Errorf("nobody sees %s", what)
		}
	}
	do("create table saved as select * from block")
	restore := func() { do("delete from block"); do("insert into block select * from saved") }
	for range 60 {
		block, place := 1+rng.IntN(blocks), 1+rng.IntN(1000)
		do(fmt.Sprintf("update block set body = %s where number = %d", flip("body", place+1), block))
		check(fmt.Sprintf("byte %d of block %d", place, block))
		restore()
	}
	for _, change := range []string{"delete from block where number = 2", "update block set seq = seq + 1 where number = 2",
		"update block set key = x'7a7a' where number = 2", "update block set body = x'' where number = 1", "delete from run"} {
		do(change)
		check(change)
		restore()
	}
}

// TestIndexOfOldForm opens an index as an earlier program left it: it is empty, to be derived again.
func TestIndexOfOldForm(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	db, err := sql.Open("sqlite", IndexPath(path))
	if err != nil {
		t.Fatal(err)
	}
	script, err := files.ReadFile("sql/index/0001_index.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(script), fmt.Sprintf("pragma application_id = %d", indexApplication), "pragma user_version = 1",
		"insert into name values (1, 'urn:old')", "insert into mention values (1, 7)", "insert into moment values (5, 7)", "update mark set seq = 7"} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if m, err := s.index.Mark(ctx); err != nil || m != (store.Mark{}) {
		t.Errorf("mark %v, %v", m, err)
	}
	if got, err := scanned(s.index); err != nil || len(got) != 0 {
		t.Errorf("it holds %v, %v", got, err)
	}
	if err := s.index.Apply(ctx, store.Mark{}, at(1), []store.Mention{{Seq: 1, Names: []string{"urn:new"}}}); err != nil {
		t.Error(err)
	}
}
