package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lodestone/store"
	"lodestone/store/sqlite"
)

// indexEvents is how many events BenchmarkIndex follows: LODESTONE_BENCH_EVENTS, else 1,000,000.
func indexEvents() int {
	if n, err := strconv.Atoi(os.Getenv("LODESTONE_BENCH_EVENTS")); err == nil && n > 0 {
		return n
	}
	return 1_000_000
}

// indexed is what the index keeps of event i: a random ID, its author, facility, run and two lots, as captureDocument has
// them; every hundredth is told late.
func indexed(rng *rand.Rand, i int) store.Mention {
	at := time.Date(2025, 1, 1, 0, 0, i, 0, time.UTC)
	if i%100 == 0 {
		at = at.Add(-time.Duration(rng.IntN(1_000_000)) * time.Second)
	}
	return store.Mention{Seq: int64(i) + 1, At: at.UnixMilli(), Timed: true, Names: []string{
		fmt.Sprintf("urn:uuid:%08x-%04x-4%03x-8%03x-%012x", rng.Uint32(), rng.IntN(1<<16), rng.IntN(1<<12), rng.IntN(1<<12), rng.Uint64()>>16),
		"urn:epc:id:pgln:0614141.00000", fmt.Sprintf("urn:lodestone:facility:CA-SRC-%d", i%7), fmt.Sprintf("urn:lodestone:run:src:%d", i/50),
		fmt.Sprintf("urn:lodestone:lot:src:carbonate-%d", i/2), fmt.Sprintf("urn:lodestone:lot:src:oxide-%d", i)}}
}

// BenchmarkIndex measures the index alone: following batches of some 2,000 events, its size on the disk, and look-ups in it.
func BenchmarkIndex(b *testing.B) {
	ctx := context.Background()
	n := indexEvents()
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "log.db")
		s, err := sqlite.Open(ctx, path)
		if err != nil {
			b.Fatal(err)
		}
		cpu, took, worst := follow(b, s.Index(), n)
		b.ReportMetric(cpu.Seconds()*1e6/float64(n), "cpu-µs/event")
		b.ReportMetric(float64(n)/took.Seconds(), "events/s")
		b.ReportMetric(ms(worst), "ms-worst-batch")
		lookUps(b, s.Index(), n)
		if err := s.Close(); err != nil { // what is in the write-ahead file goes into the main one
			b.Fatal(err)
		}
		b.ReportMetric(fileMB(b, sqlite.IndexPath(path))*1e6/float64(n), "B/event")
	}
	b.ReportMetric(0, "ns/op")
}

// follow lets an index follow n events by some 2,000: the processor time, the time, and that of the longest batch.
func follow(b testing.TB, x store.Index, n int) (cpu, took, worst time.Duration) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 0))
	mark := store.Mark{}
	for mark.Seq < int64(n) {
		var batch []store.Mention
		for i := int(mark.Seq); i < min(int(mark.Seq)+2048, n); i++ {
			batch = append(batch, indexed(rng, i))
		}
		next := store.Mark{Seq: mark.Seq + int64(len(batch))}
		binary.BigEndian.PutUint64(next.Root[:], uint64(next.Seq))
		used, began := processTime(b), time.Now()
		if err := x.Apply(context.Background(), mark, next, batch); err != nil {
			b.Fatal(err)
		}
		lap := time.Since(began)
		cpu, took, worst = cpu+processTime(b)-used, took+lap, max(worst, lap)
		mark = next
	}
	return cpu, took, worst
}

// lookUps measures look-ups by a name that few entries have, by one that all have, by a span of a minute, and by a part of a
// name.
func lookUps(b *testing.B, x store.Index, n int) {
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(2, 0))
	some := func(unit string, times int, do func() int) {
		began := time.Now()
		for range times {
			if do() == 0 {
				b.Fatalf("%s: nothing was found", unit)
			}
		}
		b.ReportMetric(ms(time.Since(began))/float64(times), unit)
	}
	some("ms-by-name", 1000, func() int {
		found, err := x.Mentioning(ctx, fmt.Sprintf("urn:lodestone:lot:src:oxide-%d", rng.IntN(n)), 0, 1000)
		if err != nil {
			b.Fatal(err)
		}
		return len(found)
	})
	some("ms-1000-of-all", 100, func() int {
		found, err := x.Mentioning(ctx, "urn:epc:id:pgln:0614141.00000", rng.Int64N(int64(n)), 1000)
		if err != nil {
			b.Fatal(err)
		}
		return len(found)
	})
	some("ms-by-minute", 1000, func() int {
		from := time.Date(2025, 1, 1, 0, 0, rng.IntN(n), 0, time.UTC).UnixMilli()
		found, err := x.During(ctx, from, from+60_000, store.Moment{}, 1000)
		if err != nil {
			b.Fatal(err)
		}
		return len(found)
	})
	some("ms-by-text", 3, func() int {
		found, err := x.Names(ctx, "OXIDE-77", "", 20)
		if err != nil {
			b.Fatal(err)
		}
		return len(found)
	})
}
