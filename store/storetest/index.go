package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"lodestone/store"
	"lodestone/tlog"
)

func mark(seq int64) store.Mark {
	if seq == 0 {
		return store.Mark{}
	}
	return store.Mark{Seq: seq, Root: tlog.LeafOf(tlog.Hash{byte(seq)})}
}

// put applies mentions between two marks and insists on success.
func put(t *testing.T, s store.Store, from, to int64, mentions ...store.Mention) {
	t.Helper()
	if err := s.Index().Apply(ctx(), mark(from), mark(to), mentions); err != nil {
		t.Fatalf("apply: %v", err)
	}
}

// pairs reads the index through.
func pairs(t *testing.T, s store.Store) []string {
	t.Helper()
	var out []string
	err := s.Index().Scan(ctx(), func(seq int64, name string) { out = append(out, fmt.Sprintf("%d %s", seq, name)) },
		func(m store.Moment) { out = append(out, fmt.Sprintf("%d @%d", m.Seq, m.At)) })
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	slices.Sort(out)
	return out
}

func indexMark(t *testing.T, s Subject) {
	st := s.Open(t)
	at := func(want int64) {
		t.Helper()
		if m, err := st.Index().Mark(ctx()); err != nil || m != mark(want) {
			t.Fatalf("mark %v %v, want %d", m, err, want)
		}
	}
	at(0)
	put(t, st, 0, 3, store.Mention{Seq: 1, Names: []string{"a"}})
	at(3)
	put(t, st, 3, 3)
	at(3)
	for _, wrong := range []store.Mark{{}, mark(2), {Seq: 3}} {
		err := st.Index().Apply(ctx(), wrong, mark(9), []store.Mention{{Seq: 4, Names: []string{"b"}, Timed: true, At: 4}})
		if !errors.Is(err, store.ErrMoved) {
			t.Errorf("apply from %v: %v, want ErrMoved", wrong, err)
		}
	}
	at(3)
	if got := pairs(t, st); !reflect.DeepEqual(got, []string{"1 a"}) {
		t.Errorf("a refused apply left %v", got)
	}
	// Of many who follow at once, each mark is passed by one.
	var wg sync.WaitGroup
	var mu sync.Mutex
	moved := 0
	for range 8 {
		wg.Go(func() {
			err := st.Index().Apply(ctx(), mark(3), mark(4), []store.Mention{{Seq: 4, Names: []string{"c"}}})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				moved++
			} else if !errors.Is(err, store.ErrMoved) {
				t.Errorf("apply: %v", err)
			}
		})
	}
	wg.Wait()
	if moved != 1 {
		t.Errorf("%d followers passed one mark", moved)
	}
	at(4)
}

func indexMentions(t *testing.T, s Subject) {
	st := s.Open(t)
	put(t, st, 0, 4,
		store.Mention{Seq: 1, Names: []string{"urn:a", "urn:b", "urn:a"}},
		store.Mention{Seq: 2, Names: nil},
		store.Mention{Seq: 3, Names: []string{"urn:b", "URN:A", "urn:a "}},
		store.Mention{Seq: 4, Names: []string{"urn:b"}})
	var many []store.Mention
	for n := range int64(300) {
		many = append(many, store.Mention{Seq: 5 + n, Names: []string{"urn:b", fmt.Sprintf("urn:lot:%d", n), fmt.Sprintf("urn:run:%d", n/10)}})
	}
	put(t, st, 4, 304, many...)
	for _, c := range []struct {
		name  string
		after int64
		limit int
		want  []int64
	}{
		{"urn:a", 0, 9, []int64{1}}, {"URN:A", 0, 9, []int64{3}}, {"urn:b", 0, 3, []int64{1, 3, 4}}, {"urn:b", 2, 2, []int64{3, 4}},
		{"urn:b", 3, 2, []int64{4, 5}}, {"urn:b", 303, 9, []int64{304}}, {"urn:b", 304, 9, nil}, {"nobody", 0, 9, nil},
		{"urn:lot:299", 0, 9, []int64{304}}, {"urn:run:1", 0, 99, []int64{15, 16, 17, 18, 19, 20, 21, 22, 23, 24}}, {"urn:b", 0, 0, nil}, {"", 0, 9, nil},
	} {
		got, err := st.Index().Mentioning(ctx(), c.name, c.after, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("mentioning %q after %d limit %d: %v %v, want %v", c.name, c.after, c.limit, got, err, c.want)
		}
	}
}

func indexTimes(t *testing.T, s Subject) {
	st := s.Open(t)
	put(t, st, 0, 6,
		store.Mention{Seq: 1, Timed: true, At: 50}, store.Mention{Seq: 2, Timed: true, At: 10}, store.Mention{Seq: 3},
		store.Mention{Seq: 4, Timed: true, At: 50}, store.Mention{Seq: 5, Timed: true, At: -7}, store.Mention{Seq: 6, Timed: true, At: 0})
	all := []store.Moment{{At: -7, Seq: 5}, {At: 0, Seq: 6}, {At: 10, Seq: 2}, {At: 50, Seq: 1}, {At: 50, Seq: 4}}
	for _, c := range []struct {
		from, until int64
		after       store.Moment
		limit       int
		want        []store.Moment
	}{
		{-100, 100, store.Moment{}, 99, all}, {-7, 50, store.Moment{}, 99, all[:3]}, {-6, 51, store.Moment{}, 99, all[1:]},
		{-100, 100, all[0], 99, all[1:]}, {-100, 100, all[1], 2, all[2:4]}, {-100, 100, all[3], 2, all[4:]}, {-100, 100, all[4], 2, nil},
		{0, 1, store.Moment{}, 9, all[1:2]}, {51, 99, store.Moment{}, 9, nil}, {50, 50, store.Moment{}, 9, nil}, {99, 0, store.Moment{}, 9, nil},
		{-100, 100, store.Moment{}, 0, nil}, {20, 100, all[0], 9, all[3:]},
	} {
		got, err := st.Index().During(ctx(), c.from, c.until, c.after, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("during [%d,%d) after %v limit %d: %v %v, want %v", c.from, c.until, c.after, c.limit, got, err, c.want)
		}
	}
	put(t, st, 6, 7, store.Mention{Seq: 7, Timed: true, At: 5})
	if got, err := st.Index().During(ctx(), 1, 20, store.Moment{}, 9); err != nil || !slices.Equal(got, []store.Moment{{At: 5, Seq: 7}, {At: 10, Seq: 2}}) {
		t.Errorf("after a later entry of an earlier time: %v %v", got, err)
	}
}

func indexNames(t *testing.T, s Subject) {
	st := s.Open(t)
	put(t, st, 0, 1, store.Mention{Seq: 1, Names: []string{"urn:lot:Alpha", "urn:lot:beta", "urn:LOT:gamma", "https://x/100%_off", "urn:ärz"}})
	for _, c := range []struct {
		text, after string
		limit       int
		want        []string
	}{
		{"lot:", "", 9, []string{"urn:LOT:gamma", "urn:lot:Alpha", "urn:lot:beta"}},
		{"LOT:", "urn:LOT:gamma", 1, []string{"urn:lot:Alpha"}},
		{"ALPHA", "", 9, []string{"urn:lot:Alpha"}}, {"%", "", 9, []string{"https://x/100%_off"}}, {"_", "", 9, []string{"https://x/100%_off"}},
		{"Ä", "", 9, nil}, {"är", "", 9, []string{"urn:ärz"}}, {"", "", 2, []string{"https://x/100%_off", "urn:LOT:gamma"}}, {"", "urn:ärz", 2, nil}, {"delta", "", 9, nil}, {"lot", "", 0, nil},
	} {
		got, err := st.Index().Names(ctx(), c.text, c.after, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("names with %q after %q limit %d: %q %v, want %q", c.text, c.after, c.limit, got, err, c.want)
		}
	}
}

func indexReset(t *testing.T, s Subject) {
	st := s.Open(t)
	fill := func() []string {
		put(t, st, 0, 2, store.Mention{Seq: 1, Names: []string{"b", "a"}, Timed: true, At: 10}, store.Mention{Seq: 2, Names: []string{"a"}, Timed: true, At: 10})
		put(t, st, 2, 3, store.Mention{Seq: 3, Names: []string{"c", "a"}})
		return pairs(t, st)
	}
	first := fill()
	if want := []string{"1 @10", "1 a", "1 b", "2 @10", "2 a", "3 a", "3 c"}; !reflect.DeepEqual(first, want) {
		t.Fatalf("the index holds %v, want %v", first, want)
	}
	if err := st.Index().Reset(ctx()); err != nil {
		t.Fatal(err)
	}
	if m, err := st.Index().Mark(ctx()); err != nil || m != (store.Mark{}) {
		t.Errorf("mark %v %v after a reset", m, err)
	}
	if got := pairs(t, st); len(got) != 0 {
		t.Errorf("the index holds %v after a reset", got)
	}
	if got, err := st.Index().Names(ctx(), "", "", 9); err != nil || len(got) != 0 {
		t.Errorf("the index knows names %v %v after a reset", got, err)
	}
	if again := fill(); !reflect.DeepEqual(again, first) {
		t.Errorf("derived again it holds %v, before %v", again, first)
	}
}

func indexReopen(t *testing.T, s Subject) {
	st := s.Open(t)
	put(t, st, 0, 2, store.Mention{Seq: 1, Names: []string{"b", "a"}, Timed: true, At: 10}, store.Mention{Seq: 2, Names: []string{"a"}})
	before := pairs(t, st)
	st = s.Reopen(t, st)
	if m, err := st.Index().Mark(ctx()); err != nil || m != mark(2) {
		t.Errorf("mark %v %v after reopening", m, err)
	}
	if got := pairs(t, st); !reflect.DeepEqual(got, before) {
		t.Errorf("after reopening it holds %v, before %v", got, before)
	}
	put(t, st, 2, 3, store.Mention{Seq: 3, Names: []string{"a"}})
	if got, err := st.Index().Mentioning(ctx(), "a", 0, 9); err != nil || !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("mentioning a: %v %v", got, err)
	}
}
