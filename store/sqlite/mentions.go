package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"lodestone/store"
)

const (
	namesPerRead  = 50  // names that one statement looks up
	pairsPerWrite = 100 // mentions, names or moments a statement
)

// pair is one row of mention.
type pair struct{ name, seq int64 }

// put writes mentions. Within the transaction. Names are looked up and made by the sorted batch, and rows go in by the order
// of their keys: neighbours lie on one page, and one statement carries many.
func (x *index) put(ctx context.Context, mentions []store.Mention) error {
	numbers, err := x.number(ctx, mentions)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	inner := context.WithoutCancel(ctx)
	var pairs []pair
	var moments []store.Moment
	for _, m := range mentions {
		for _, name := range m.Names {
			pairs = append(pairs, pair{numbers[name], m.Seq})
		}
		if m.Timed {
			moments = append(moments, store.Moment{At: m.At, Seq: m.Seq})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		if a.name != b.name {
			return int(a.name - b.name)
		}
		return int(a.seq - b.seq)
	})
	mention := inserter{f: x.file, name: "insert mention", width: 2, chunk: pairsPerWrite}
	for _, p := range slices.Compact(pairs) {
		if err := mention.add(inner, p.name, p.seq); err != nil {
			return err
		}
	}
	if err := mention.flush(inner); err != nil {
		return err
	}
	moment := inserter{f: x.file, name: "insert moment", width: 2, chunk: pairsPerWrite}
	for _, m := range moments {
		if err := moment.add(inner, m.At, m.Seq); err != nil {
			return err
		}
	}
	return moment.flush(inner)
}

// number gives the number of every name that is mentioned, and makes those that are new. Within the transaction.
func (x *index) number(ctx context.Context, mentions []store.Mention) (map[string]int64, error) {
	inner := context.WithoutCancel(ctx)
	numbers := map[string]int64{}
	for _, m := range mentions {
		for _, name := range m.Names {
			numbers[name] = 0
		}
	}
	names := make([]string, 0, len(numbers))
	for name := range numbers {
		names = append(names, name)
	}
	slices.Sort(names)
	for part := range slices.Chunk(names, namesPerRead) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := x.known(inner, part, numbers); err != nil {
			return nil, err
		}
	}
	q, err := x.stmt(inner, "last name")
	if err != nil {
		return nil, err
	}
	var last int64
	if err := q.QueryRowContext(inner).Scan(&last); err != nil {
		return nil, err
	}
	fresh := inserter{f: x.file, name: "insert name", width: 2, chunk: pairsPerWrite}
	for _, name := range names {
		if numbers[name] != 0 {
			continue
		}
		last++
		numbers[name] = last
		if err := fresh.add(inner, last, name); err != nil {
			return nil, err
		}
	}
	return numbers, fresh.flush(inner)
}

// known looks names up, at most namesPerRead of them.
func (x *index) known(ctx context.Context, names []string, numbers map[string]int64) error {
	q, err := x.many(ctx, "known names", namesPerRead)
	if err != nil {
		return err
	}
	args := make([]any, namesPerRead)
	for i := range args {
		args[i] = names[min(i, len(names)-1)] // the last one again fills the statement up
	}
	rows, err := q.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	var number int64
	var text sql.RawBytes
	return drain(rows, func(rows *sql.Rows) error {
		if err := rows.Scan(&number, &text); err != nil {
			return err
		}
		numbers[string(text)] = number
		return nil
	})
}
