package bench

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lodestone/supply"
)

// BenchmarkLineage walks a lot with 100,000 ancestors, 4 arrows a lot and 25 steps deep, beside recursive queries over
// the same arrows in the same run: in PostgreSQL with text ids, as a system that keeps them would ask, and with the ids
// made small integers beforehand, which is the best that can be done for it; and in SQLite. Of each side of the comparison
// with PostgreSQL it reports the best run and the median one, and their ratios like with like.
func BenchmarkLineage(b *testing.B) {
	const width = 5100
	g, _ := plant(b, width)
	root := supply.LotID(lotName(layers-1, 0))
	g.Settle()
	ancestors := len(g.Lineage(root, false))
	conn, version := postgres(b)
	b.Logf("PostgreSQL %s", version)
	text, inText := inPostgres(b, conn, "text", width, func(layer, i int) any { return lotName(layer, i) })
	number, inNumbers := inPostgres(b, conn, "integer", width, func(layer, i int) any { return int32(layer*width + i) })
	lite := inSQLite(b, width, ancestors)
	if inText != ancestors || inNumbers != ancestors {
		b.Fatalf("PostgreSQL finds %d and %d of %d ancestors", inText, inNumbers, ancestors)
	}

	runtime.GC()
	var ours runs
	b.ResetTimer()
	for b.Loop() {
		began := time.Now()
		if n := len(g.Lineage(root, false)); n != ancestors {
			b.Fatalf("%d ancestors, then %d", ancestors, n)
		}
		ours = append(ours, time.Since(began))
	}
	slices.Sort(ours)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(ancestors), "ancestors")
	b.ReportMetric(ms(ours.median()), "ms/lineage-median")
	b.ReportMetric(ms(ours[0]), "ms/lineage-best")
	for _, theirs := range []struct {
		ids string
		runs
	}{{"text", text}, {"integers", number}} {
		b.ReportMetric(ms(theirs.median()), "ms/PostgreSQL-"+theirs.ids+"-median")
		b.ReportMetric(ms(theirs.runs[0]), "ms/PostgreSQL-"+theirs.ids+"-best")
		b.ReportMetric(float64(theirs.median())/float64(ours.median()), "times-PostgreSQL-"+theirs.ids+"-medians")
		b.ReportMetric(float64(theirs.runs[0])/float64(ours[0]), "times-PostgreSQL-"+theirs.ids+"-bests")
	}
	b.ReportMetric(ms(lite), "ms/SQLite")
	b.ReportMetric(float64(lite)/float64(ours.median()), "times-SQLite")
}

// runs is how long each run took, the shortest first.
type runs []time.Duration

func (r runs) median() time.Duration { return r[len(r)/2] }

// TestLineageAgrees asks for the ancestors of a lot in a small graph three ways: they must be as many.
func TestLineageAgrees(t *testing.T) {
	const width = 40
	g, _ := plant(t, width)
	ancestors := len(g.Lineage(supply.LotID(lotName(layers-1, 0)), false))
	if ancestors < width*(layers-6) {
		t.Fatalf("%d ancestors in a graph of %d lots", ancestors, width*layers)
	}
	inSQLite(t, width, ancestors)
	conn, _ := postgres(t)
	if _, n := inPostgres(t, conn, "text", width, func(layer, i int) any { return lotName(layer, i) }); n != ancestors {
		t.Errorf("PostgreSQL finds %d of %d ancestors", n, ancestors)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// ancestorsQuery asks for the count of ancestors in a table; the rows themselves are not even carried over.
func ancestorsQuery(table string) string {
	return `with recursive up(lot) as (
	select parent from ` + table + ` where child = $1
	union
	select parent from ` + table + ` join up on child = lot)
	select count(*) from up`
}

// inPostgres stores the arrows with ids of a type and gives the times of five recursive queries, warm, and how many
// ancestors they find.
func inPostgres(b testing.TB, conn *pgx.Conn, column string, width int, id func(layer, i int) any) (times runs, ancestors int) {
	b.Helper()
	ctx := context.Background()
	exec := func(q string) {
		if _, err := conn.Exec(ctx, q); err != nil {
			b.Fatal(err)
		}
	}
	table := fmt.Sprintf("%s_arrow_%d", column, width)
	exec("create table " + table + " (child " + column + " not null, parent " + column + " not null)")
	// A row at a time: all of a large graph's would fill the memory.
	ended := false
	next, stop := iter.Pull2(func(yield func(child, parent any) bool) {
		grow(width, func(layer, i int, from [inputs]int) {
			for _, p := range from {
				if layer > 0 && !ended {
					ended = !yield(id(layer, i), id(layer-1, p))
				}
			}
		})
	})
	defer stop()
	rows := pgx.CopyFromFunc(func() ([]any, error) {
		child, parent, ok := next()
		if !ok {
			return nil, nil
		}
		return []any{child, parent}, nil
	})
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{table}, []string{"child", "parent"}, rows); err != nil {
		b.Fatal(err)
	}
	exec("create index on " + table + " (child) include (parent)")
	exec("vacuum analyze " + table)
	for range 5 {
		began := time.Now()
		if err := conn.QueryRow(ctx, ancestorsQuery(table), id(layers-1, 0)).Scan(&ancestors); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times, ancestors
}

// inSQLite stores the arrows and gives the best of three recursive queries, warm.
func inSQLite(b testing.TB, width, want int) time.Duration {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "arrows.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=cache_size(-262144)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`create table arrow (child text, parent text, primary key (child, parent)) without rowid`); err != nil {
		b.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	insert, err := tx.Prepare(`insert or ignore into arrow values (?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	grow(width, func(layer, i int, from [inputs]int) {
		if layer == 0 {
			return
		}
		for _, p := range from {
			if _, err := insert.Exec(lotName(layer, i), lotName(layer-1, p)); err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	best := time.Duration(math.MaxInt64)
	for range 3 {
		began := time.Now()
		var n int
		if err := db.QueryRow(ancestorsQuery("arrow"), lotName(layers-1, 0)).Scan(&n); err != nil || n != want {
			b.Fatalf("the recursive query finds %d of %d: %v", n, want, err)
		}
		best = min(best, time.Since(began))
	}
	return best
}
