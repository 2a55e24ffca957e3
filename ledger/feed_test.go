package ledger

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"lodestone/record"
	"lodestone/store"
	"lodestone/store/mem"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

// held is all that an index holds, in one order.
func held(t *testing.T, s store.Store) []string {
	t.Helper()
	var out []string
	err := s.Index().Scan(ctx, func(seq int64, name string) { out = append(out, fmt.Sprintf("%d %s", seq, name)) },
		func(m store.Moment) { out = append(out, fmt.Sprintf("%d @%d", m.Seq, m.At)) })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func markAt(t *testing.T, s store.Store) int64 {
	t.Helper()
	m, err := s.Index().Mark(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return m.Seq
}

// asDerived insists that the index, brought to where the log stands, is the one that is derived from the log alone, and that
// the log is in order.
func asDerived(t *testing.T, l *Ledger, s store.Store) {
	t.Helper()
	clean(t, l)
	if err := l.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	fed := held(t, s)
	if err := l.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if derived := held(t, s); !slices.Equal(fed, derived) {
		t.Errorf("the index holds %d names and times, derived from the log it holds %d, or others", len(fed), len(derived))
	}
	clean(t, l)
}

// spellings are two texts of one event, which are one entry, and name its place differently.
func spellings(n int) [2]string {
	place := fmt.Sprintf(`"urn:lodestone:facility:%d"`, n%3)
	return [2]string{strings.Replace(eventText(n), place, `"urn:epc:id:sgln:0614141.00777.0"`, 1),
		strings.Replace(eventText(n), place, `"https://id.gs1.org/414/0614141007776"`, 1)}
}

// TestIndexKnowsTheSpellingInTheLog captures one event in two spellings at once: the log has the first, and so has the index.
func TestIndexKnowsTheSpellingInTheLog(t *testing.T) {
	l, s := open(t)
	two := spellings(7)
	res := capture(t, l, document("", two[:]...), CaptureOptions{Author: "urn:party:a"})
	if res.Added != 1 || res.Duplicates != 1 {
		t.Fatalf("two spellings of an event: %+v", res)
	}
	all := strings.Join(held(t, s), "\n")
	if !strings.Contains(all, "1 urn:epc:id:sgln:0614141.00777.0") || strings.Contains(all, "id.gs1.org") || markAt(t, s) != 1 {
		t.Errorf("at %d the index holds\n%s", markAt(t, s), all)
	}
	asDerived(t, l, s)
}

// history captures at random through one of several ledgers over one store: events that came before, in another spelling, of
// another author, late, wrong; whole documents and event by event; with an author that comes last, with statements; and looks
// things up between.
type history struct {
	t   *testing.T
	rng *rand.Rand
}

func (h history) document() string {
	var list []string
	for range []int{1, 3, 70, 400, 2500}[h.rng.IntN(5)] {
		n := h.rng.IntN(6000)
		text := eventText(n)
		switch h.rng.IntN(8) {
		case 0:
			text = spellings(n)[h.rng.IntN(2)]
		case 1:
			text = strings.Replace(text, "2026-05-01", fmt.Sprintf("2026-0%d-02", 1+h.rng.IntN(4)), 1)
		}
		list = append(list, text)
	}
	head := ""
	if h.rng.IntN(3) == 0 {
		head = fmt.Sprintf(`"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtyp:BusinessLocation","vocabularyElementList":[`+
			`{"id":"urn:lodestone:facility:%d","attributes":[{"id":"urn:epcglobal:cbv:mda#countryCode","attribute":"CA"}]}]}]}},`, h.rng.IntN(9))
	}
	if h.rng.IntN(4) == 0 {
		list = append(list, strings.Replace(eventText(h.rng.IntN(6000)), `"KGM"`, `"kgm?"`, 1))
	}
	switch h.rng.IntN(3) {
	case 0:
		return document(sender+head, list...)
	case 1:
		return strings.TrimSuffix(document(head, list...), "}") + "," + strings.TrimSuffix(sender, ",") + "}"
	}
	return document(head, list...)
}

// capture captures one document, and insists that an index that was in step is so again.
func (h history) capture(l *Ledger, s store.Store) {
	head, err := s.Log().Head(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	inStep := markAt(h.t, s) == head.Size
	o := CaptureOptions{Proceed: h.rng.IntN(2) == 0, TempDir: h.t.TempDir()}
	if h.rng.IntN(2) == 0 {
		o.Author = supply.PartyID(fmt.Sprintf("urn:party:%d", h.rng.IntN(3)))
	}
	res, err := l.Capture(ctx, strings.NewReader(h.document()), o)
	var refusal *Refusal
	if err != nil && !errors.As(err, &refusal) {
		h.t.Fatal(err)
	}
	if at := markAt(h.t, s); inStep && at != head.Size+int64(res.Added) {
		h.t.Errorf("of %d entries that were added to %d the index follows up to %d", res.Added, head.Size, at)
	}
}

func (h history) append(l *Ledger) {
	e, err := record.NewStatement("urn:party:a", start, &supply.Statement{Party: &supply.Party{ID: supply.PartyID(fmt.Sprintf("urn:party:%d", h.rng.IntN(30))), Name: "N"}})
	if err == nil {
		_, err = l.Append(ctx, []record.Entry{e, e})
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// TestIndexFedIsIndexDerived holds the index that captures fed against the one that is derived from the log, over random
// histories: at each step what it holds is what the log has up to its mark, at the end all is as derived.
func TestIndexFedIsIndexDerived(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h := history{t, rand.New(rand.NewPCG(seed, 0))}
			var ledgers []*Ledger
			var stores []store.Store
			if seed%3 == 2 {
				l, s := open(t)
				ledgers, stores = []*Ledger{l}, []store.Store{s}
			} else {
				dir := t.TempDir()
				for range 2 { // as two processes on one file
					l, s := openFile(t, dir)
					ledgers, stores = append(ledgers, l), append(stores, s)
				}
			}
			for range 14 {
				i := h.rng.IntN(len(ledgers))
				l, s := ledgers[i], stores[i]
				switch h.rng.IntN(10) {
				case 0:
					h.append(l)
				case 1:
					if err := s.Index().Reset(ctx); err != nil {
						t.Fatal(err)
					}
				case 2:
					seqs(t, l.Mentioning(ctx, "urn:lodestone:lot:7"))
				default:
					h.capture(l, s)
				}
				clean(t, l)
				if t.Failed() {
					return
				}
			}
			asDerived(t, ledgers[0], stores[0])
		})
	}
}

// TestTwoCaptureAtOnce captures through two stores on one file at once, as two processes do, while a third looks things up.
func TestTwoCaptureAtOnce(t *testing.T) {
	dir := t.TempDir()
	l, s := openFile(t, dir)
	var captures, looks sync.WaitGroup
	for p := range 2 {
		other, _ := openFile(t, dir)
		captures.Go(func() {
			for d := range 4 {
				from := 1000*d + 500*p // half of each document is the other's too
				doc := document("", texts(from, from+2200)...)
				_, err := other.Capture(ctx, strings.NewReader(doc), CaptureOptions{Author: "urn:party:a", Proceed: d%2 == 0})
				for errors.Is(err, store.ErrBusy) {
					_, err = other.Capture(ctx, strings.NewReader(doc), CaptureOptions{Author: "urn:party:a"})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	looks.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			size, err := l.Size(ctx)
			if err != nil {
				t.Error(err)
				return
			}
			var found int64
			for e, err := range l.Mentioning(ctx, "urn:party:a") {
				if err != nil {
					t.Error(err)
					return
				}
				if found++; e.Seq != found {
					t.Errorf("of all entries that name the author, number %d is entry %d", found, e.Seq)
					return
				}
			}
			if found < size {
				t.Errorf("%d entries were there, %d of them are found", size, found)
			}
			if rep, err := l.Fsck(ctx, nil); err != nil || !rep.Clean() {
				t.Errorf("fsck meanwhile: %v, %v", rep.Problems, err)
			}
		}
	})
	captures.Wait()
	close(done)
	looks.Wait()
	asDerived(t, l, s)
}

// hindered is a store whose index does something else in place of some calls.
type hindered struct {
	store.Store
	index hinderedIndex
}

func (h *hindered) Index() store.Index { return &h.index }

type hinderedIndex struct {
	store.Index
	applies int
	at      int          // the call of Apply, from 1 on, that is
	first   func() error // called before; its error is Apply's
	mark    error        // of Mark, in place of it
}

func (x *hinderedIndex) Mark(ctx context.Context) (store.Mark, error) {
	if x.mark != nil {
		return store.Mark{}, x.mark
	}
	return x.Index.Mark(ctx)
}

func (x *hinderedIndex) Apply(ctx context.Context, from, to store.Mark, mentions []store.Mention) error {
	if x.applies++; x.applies == x.at {
		if err := x.first(); err != nil {
			return err
		}
	}
	return x.Index.Apply(ctx, from, to, mentions)
}

// TestIndexHindered lets the index fail while it follows a capture of several batches, lets another follower be faster, lets
// the store be closed, and the context end: the capture is told nothing of it, and what the index then holds is right.
func TestIndexHindered(t *testing.T) {
	const n = 6500 // followed at 3,000, at 6,000 and at the end
	failed := errors.New("no room")
	for _, c := range []struct {
		name  string
		at    int
		first func(s store.Store, cancel func()) error
		mark  error
		least int64 // where the index then stands
		most  int64
		ends  bool // the capture may fail
	}{
		{name: "never", least: n, most: n},
		{name: "the mark cannot be read", mark: failed},
		{name: "the first time", at: 1, first: func(store.Store, func()) error { return failed }},
		{name: "the third time", at: 3, first: func(store.Store, func()) error { return failed }, least: 6000, most: 6000},
		{name: "another follower", at: 2, first: func(s store.Store, _ func()) error {
			l, err := Open(ctx, s, Options{})
			if err == nil {
				err = l.CatchUp(ctx)
			}
			return err
		}, least: 6000, most: n},
		{name: "thrown away", at: 3, first: func(s store.Store, _ func()) error { return s.Index().Reset(ctx) }},
		{name: "closed", at: 2, first: func(s store.Store, _ func()) error { return s.Close() }, least: 3000, most: 3000, ends: true},
		{name: "the context ends", at: 2, first: func(_ store.Store, cancel func()) error { cancel(); return nil }, least: 3000, most: 3000, ends: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log.db")
			real, err := sqlite.Open(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = real.Close() })
			over, cancel := context.WithCancel(ctx)
			defer cancel()
			s := &hindered{Store: real, index: hinderedIndex{Index: real.Index(), at: c.at, mark: c.mark}}
			l, err := Open(ctx, s, Options{})
			if err != nil {
				t.Fatal(err)
			}
			s.index.first = func() error { return c.first(real, cancel) }
			res, err := l.Capture(over, strings.NewReader(document("", texts(0, n)...)), CaptureOptions{Author: "urn:party:a", Proceed: true})
			if err != nil && !c.ends || err == nil && res.Added != n {
				t.Fatalf("captured %+v, %v", res, err)
			}
			_ = real.Close()
			l2, again := openFile(t, filepath.Dir(path))
			if at := markAt(t, again); at < c.least || at > c.most {
				t.Errorf("the index stands at %d, want %d to %d", at, c.least, c.most)
			}
			if size, err := l2.Size(ctx); err != nil || size < int64(res.Added) {
				t.Errorf("%d entries were acknowledged, %d are there, %v", res.Added, size, err)
			}
			capture(t, l2, document("", texts(0, n)...), CaptureOptions{Author: "urn:party:a"})
			asDerived(t, l2, again)
		})
	}
}

// TestFeederGivesUp tells a feeder of appends between which another process's came, and of one before which it did.
func TestFeederGivesUp(t *testing.T) {
	l, s := open(t)
	capture(t, l, document("", texts(0, 30)...), CaptureOptions{})
	if err := s.Index().Reset(ctx); err != nil {
		t.Fatal(err)
	}
	grown := func(from, to int64) growth {
		g := growth{to: store.Mark{Seq: to}}
		var err error
		if g.to.Root, err = l.Root(ctx, to); err != nil {
			t.Fatal(err)
		}
		for e, err := range l.Entries(ctx, from) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Seq <= to {
				g.mentions = append(g.mentions, mentionOf(e))
			}
		}
		return g
	}
	for _, c := range []struct {
		name  string
		of    []growth
		stays int64
	}{
		{"behind", []growth{grown(11, 20)}, 0},
		{"in step", []growth{grown(1, 10), grown(11, 20)}, 20},
		{"a gap", []growth{grown(21, 22), grown(24, 30), grown(23, 23)}, 22},
		{"as much again", []growth{grown(23, 25), grown(23, 25)}, 25},
	} {
		f := feeder{l: l}
		for _, g := range c.of {
			f.take(ctx, g)
		}
		f.apply(ctx)
		if at := markAt(t, s); at != c.stays {
			t.Errorf("%s: the index stands at %d, want %d", c.name, at, c.stays)
		}
		clean(t, l)
	}
	asDerived(t, l, s)
	// An index of another log stands where this one stood.
	if err := errors.Join(s.Index().Reset(ctx), s.Index().Apply(ctx, store.Mark{}, store.Mark{Seq: 30}, []store.Mention{{Seq: 1, Names: []string{"urn:stale"}}})); err != nil {
		t.Fatal(err)
	}
	capture(t, l, document("", texts(30, 40)...), CaptureOptions{})
	if at := markAt(t, s); at != 30 {
		t.Errorf("the index of another log was fed: it stands at %d", at)
	}
	if got := seqs(t, l.Mentioning(ctx, "urn:stale")); len(got) != 0 {
		t.Errorf("and answers: %v", got)
	}
	asDerived(t, l, s)
}

// TestSpoolKeepsAll puts what was made of jobs through the file of a spool, and through its memory.
func TestSpoolKeepsAll(t *testing.T) {
	l := over(t, mem.Open(), Options{})
	var want []waiting
	for i := range 3 {
		e, err := record.NewStatement("urn:party:a", start, &supply.Statement{Party: &supply.Party{ID: supply.PartyID(fmt.Sprintf("urn:party:%d", i)), Name: "N"}})
		if err != nil {
			t.Fatal(err)
		}
		ev := decodeText(t, i)
		made, err := record.NewEvent(supply.Unattributed, start, ev)
		if err != nil {
			t.Fatal(err)
		}
		b, err := l.batch([]record.Entry{e, made})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, waiting{b, i%2 == 0})
	}
	for _, limit := range []int{0, 1, SpoolLimit} {
		keep := newSpool(t.TempDir())
		keep.limit = limit
		for _, w := range want {
			if err := keep.add(w.batch, w.decided); err != nil {
				t.Fatal(err)
			}
		}
		var got []waiting
		if err := keep.each(func(b batch, decided bool) error {
			for i := range b.rows { // which its file leaves out
				b.rows[i].Seq = 0
			}
			got = append(got, waiting{b, decided})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		keep.close()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("with %d bytes of memory a spool gives\n%+v\nof\n%+v", limit, got, want)
		}
	}
}
