package ledger

import (
	"fmt"
	"testing"
	"time"

	"lodestone/record"
	"lodestone/store/mem"
	"lodestone/supply"
)

// TestAsOfIsALogThatWas asks as of times and positions, a clock having been set back between entries: what is seen is always the
// log from its first entry on, with nothing left out between.
func TestAsOfIsALogThatWas(t *testing.T) {
	minutes := []int{0, 10, 20, 5, 15, 30, 25}
	l := over(t, mem.Open(), Options{Clock: func() time.Time { return start }})
	for i, m := range minutes {
		e, err := record.NewStatement("urn:party:a", start.Add(time.Duration(m)*time.Minute),
			&supply.Statement{Party: &supply.Party{ID: supply.PartyID(fmt.Sprintf("urn:party:%d", i)), Name: "N"}})
		if err == nil {
			_, err = l.Append(ctx, []record.Entry{e})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	for _, c := range []struct {
		bound Bound
		last  int64
	}{
		{Bound{}, 7},
		{Bound{Seq: 4}, 4},
		{Bound{Received: at(-1)}, 0},
		{Bound{Received: at(7)}, 1},  // the fourth entry, received at 5 after the clock was set back, follows two that are too late
		{Bound{Received: at(15)}, 2}, // and so does the fifth
		{Bound{Received: at(20)}, 5},
		{Bound{Received: at(27)}, 5}, // the last, of 25, comes after one of 30
		{Bound{Received: at(30)}, 7},
		{Bound{Seq: 3, Received: at(30)}, 3},
		{Bound{Seq: 6, Received: at(15)}, 2},
	} {
		next := int64(1)
		for e, err := range l.Seen(ctx, c.bound) {
			if err != nil || e.Seq != next {
				t.Fatalf("%+v: entry %d where %d is next, %v", c.bound, e.Seq, next, err)
			}
			next++
		}
		if next-1 != c.last {
			t.Errorf("%+v sees %d entries, want %d", c.bound, next-1, c.last)
		}
		g, _, err := l.Lots(ctx, c.bound, nil)
		if err != nil || g.Position() != c.last {
			t.Errorf("%+v: the lots are as of %d, want %d: %v", c.bound, g.Position(), c.last, err)
		}
	}
}
