package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"maps"
	"slices"

	"lodestone/store"
)

// Keys of names come before those of times.
const (
	nameKey = 'n' // then the name
	timeKey = 't' // then the Unix milliseconds, 8 bytes that are ordered as the times are
)

func keyOfName(b []byte, name string) []byte { return append(append(b, nameKey), name...) }

func keyOfTime(b []byte, at int64) []byte {
	return binary.BigEndian.AppendUint64(append(b, timeKey), uint64(at)^1<<63)
}

// timeOf is the time of a key, false when it is none.
func timeOf(key []byte) (int64, bool) {
	if len(key) != 9 || key[0] != timeKey {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(key[1:]) ^ 1<<63), true
}

// run is one row of the table.
type run struct{ number, pairs int64 }

// Runs of a level hold at least 8^level pairs and less than 8^(level+1). From level 7 on, 2,097,152 pairs, some 300,000 events,
// a run is left as it is.
const (
	fan      = 8
	topLevel = 7
)

// level is how large a run is.
func (r run) level() (n int) {
	for p := r.pairs; p >= fan; p /= fan {
		n++
	}
	return n
}

// toMerge is where the runs begin that are to be merged into one, len(runs) for none. It is the longest row at the end of
// runs of a level or below that make one of a higher level together, so that no pair is written more than once a level; or
// of which there are too many, as where small runs came between large ones.
func toMerge(runs []run) int {
	for level := topLevel - 1; level >= 0; level-- {
		first, all := len(runs), run{}
		for first > 0 && runs[first-1].level() <= level {
			first--
			all.pairs += runs[first].pairs
		}
		if n := len(runs) - first; n > 1 && (all.level() > level || n >= fan*(level+1)) {
			return first
		}
	}
	return len(runs)
}

// runsBy lists the runs in the order of their numbers.
func runsBy(ctx context.Context, by preparer) (out []run, err error) {
	q, err := by(ctx, "runs")
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	err = drain(rows, func(rows *sql.Rows) error {
		var r run
		err := rows.Scan(&r.number, &r.pairs)
		out = append(out, r)
		return err
	})
	return out, err
}

// put writes mentions as a run, and merges runs where there are enough of them. Within the transaction; ctx is looked at
// between the two.
func (x *index) put(ctx context.Context, mentions []store.Mention) error {
	inner := context.WithoutCancel(ctx)
	runs, err := runsBy(inner, x.stmt)
	if err != nil {
		return err
	}
	fresh, err := x.writeRun(inner, next(runs), func(add func(key []byte, seq int64) error) error { return sorted(mentions, add) })
	if err != nil || fresh.pairs == 0 {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	runs = append(runs, fresh)
	first := toMerge(runs)
	if first == len(runs) {
		return nil
	}
	r, err := newReader(inner, x.stmt)
	if err != nil {
		return err
	}
	m, err := merge(inner, r, runs[first:], nil, 0)
	if err != nil {
		return err
	}
	whole, err := x.writeRun(inner, next(runs), func(add func(key []byte, seq int64) error) error {
		return m.each(inner, func(key []byte, seq int64) (bool, error) { return true, add(key, seq) })
	})
	for _, remove := range []string{"remove blocks", "remove runs"} {
		if err == nil {
			err = x.exec(inner, remove, runs[first].number, whole.number)
		}
	}
	return err
}

// next is the number of the run after these.
func next(runs []run) int64 {
	if len(runs) == 0 {
		return 1
	}
	return runs[len(runs)-1].number + 1
}

// writeRun writes the pairs that from gives, rising, as one run; none for none.
func (x *index) writeRun(ctx context.Context, number int64, from func(add func(key []byte, seq int64) error) error) (run, error) {
	insert, err := x.stmt(ctx, "insert block")
	if err != nil {
		return run{}, err
	}
	w := runWriter{insert: insert, number: number}
	if err := from(func(key []byte, seq int64) error { return w.add(ctx, key, seq) }); err != nil {
		return run{}, err
	}
	if err := w.flush(ctx); err != nil || w.pairs == 0 {
		return run{}, err
	}
	return run{number, w.pairs}, x.exec(ctx, "insert run", number, w.pairs)
}

// sorted gives the pairs of mentions in order.
func sorted(mentions []store.Mention, add func(key []byte, seq int64) error) error {
	names := map[string][]int64{}
	var moments []store.Moment
	for _, m := range mentions {
		for _, name := range m.Names {
			names[name] = append(names[name], m.Seq)
		}
		if m.Timed {
			moments = append(moments, store.Moment{At: m.At, Seq: m.Seq})
		}
	}
	var key []byte
	for _, name := range slices.Sorted(maps.Keys(names)) {
		key = keyOfName(key[:0], name)
		at := names[name]
		slices.Sort(at)
		for _, seq := range at {
			if err := add(key, seq); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(moments, compareMoments)
	for _, m := range moments {
		key = keyOfTime(key[:0], m.At)
		if err := add(key, m.Seq); err != nil {
			return err
		}
	}
	return nil
}
