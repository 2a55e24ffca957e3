package bench

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"lodestone/ledger"
	"lodestone/store"
	"lodestone/store/sqlite"
)

// captureEvents is how many events each measurement captures: LODESTONE_BENCH_EVENTS, else 100,000.
func captureEvents() int {
	if n, err := strconv.Atoi(os.Getenv("LODESTONE_BENCH_EVENTS")); err == nil && n > 0 {
		return n
	}
	return 100_000
}

// captureDocument is a document of n events of about 1 kB, each a separation with an assay.
func captureDocument(n int) []byte { return captureDocumentFrom(0, n) }

// captureDocumentFrom is captureDocument with other events for another first.
func captureDocumentFrom(first, n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"lode":"urn:lodestone:voc:"}],` +
		`"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-05-02T00:00:00Z","sender":"urn:epc:id:pgln:0614141.00000","epcisBody":{"eventList":[`)
	for i := first; i < first+n; i++ {
		if i > first {
			b.WriteByte(',')
		}
		at := time.Date(2025, 1, 1, 0, 0, i, 0, time.UTC).Format(time.RFC3339)
		fmt.Fprintf(&b, `{"type":"TransformationEvent","eventID":"urn:uuid:00000000-0000-4000-8000-%012d","eventTime":"%s","eventTimeZoneOffset":"-06:00",`+
			`"bizStep":"urn:lodestone:phase:separated","readPoint":{"id":"urn:lodestone:facility:CA-SRC-%d"},"transformationID":"urn:lodestone:run:src:%d",`+
			`"inputQuantityList":[{"epcClass":"urn:lodestone:lot:src:carbonate-%d","quantity":1250.5,"uom":"KGM"}],`+
			`"outputQuantityList":[{"epcClass":"urn:lodestone:lot:src:oxide-%d","quantity":402.75,"uom":"KGM"}],`+
			`"sensorElementList":[{"sensorReport":[{"type":"gs1:MassFraction","chemicalSubstance":"urn:lodestone:element:Nd","value":0.6312,"sDev":0.0021,"uom":"C62"},`+
			`{"type":"gs1:MassFraction","chemicalSubstance":"urn:lodestone:element:Pr","value":0.2115,"sDev":0.0013,"uom":"C62"}],"lode:lot":"urn:lodestone:lot:src:oxide-%d"}],"lode:campaign":"spring"}`,
			i, at, i%7, i/50, i/2, i, i)
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

func captureStore(b testing.TB) (*ledger.Ledger, *sqlite.Store) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "log.db")
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	l, err := ledger.Open(context.Background(), s, ledger.Options{KeyPath: ledger.KeyPath(path)})
	if err != nil {
		b.Fatal(err)
	}
	return l, s
}

// BenchmarkCapture measures capture into SQLite: validated, identified, logged with the Merkle tree, synced in batches of
// 1,000; the index of names and times following, and without it; from JSON bytes and from decoded events; beside the same
// rows' bytes put in by bare SQL with the same durability.
func BenchmarkCapture(b *testing.B) {
	ctx := context.Background()
	n := captureEvents()
	doc := captureDocument(n)
	var bare float64 // the best rate of bare SQL
	measure := func(name string, prepare func(b *testing.B) (run func())) {
		b.Run(name, func(b *testing.B) {
			var spent, cpu time.Duration
			for range b.N {
				run := prepare(b)
				runtime.GC()
				start, used := time.Now(), processTime(b)
				run()
				spent += time.Since(start)
				cpu += processTime(b) - used
			}
			events := float64(n) * float64(b.N)
			rate := events / spent.Seconds()
			if strings.HasPrefix(name, "bare") {
				bare = max(bare, rate)
			} else {
				b.ReportMetric(rate/bare, "of-bare-SQL")
			}
			b.ReportMetric(rate, "events/s")
			b.ReportMetric(float64(cpu.Nanoseconds())/1e3/events, "cpu-µs/event")
			b.ReportMetric(0, "ns/op")
		})
	}
	for _, chunk := range []int{1, 20} {
		measure(fmt.Sprintf("bare SQL, %d a statement", chunk), func(b *testing.B) func() {
			rows, size := captureRows(b, doc, n)
			b.ReportMetric(float64(size)/float64(n), "B/event")
			return func() { bareSQL(b, rows, chunk) }
		})
	}
	added := func(b *testing.B, res ledger.CaptureResult, err error) {
		if err != nil || res.Added != n {
			b.Fatalf("%d of %d events were added, %v", res.Added, n, err)
		}
	}
	for _, way := range []struct {
		name    string
		proceed bool
	}{{"event by event", true}, {"whole document", false}} {
		for _, index := range []struct {
			name string
			open func(testing.TB, *sqlite.Store) (l *ledger.Ledger, followed int)
		}{
			{"indexed", func(b testing.TB, s *sqlite.Store) (*ledger.Ledger, int) { return overStore(b, s), n }},
			{"no index", func(b testing.TB, s *sqlite.Store) (*ledger.Ledger, int) { return overStore(b, withoutIndex{s}), 0 }},
		} {
			followed := func(b *testing.B, s *sqlite.Store, want int) {
				if mark, err := s.Index().Mark(ctx); err != nil || mark.Seq != int64(want) {
					b.Fatalf("the index stands at %d, %v; want %d", mark.Seq, err, want)
				}
			}
			measure("decoded, "+way.name+", "+index.name, func(b *testing.B) func() {
				_, s := captureStore(b)
				l, want := index.open(b, s)
				events := decodeAll(b, doc, n)
				return func() {
					res, err := l.CaptureEvents(ctx, events, nil, ledger.CaptureOptions{Author: "urn:epc:id:pgln:0614141.00000", Proceed: way.proceed, Decoded: true})
					added(b, res, err)
					followed(b, s, want)
				}
			})
			measure("json, "+way.name+", "+index.name, func(b *testing.B) func() {
				_, s := captureStore(b)
				l, want := index.open(b, s)
				return func() {
					res, err := l.Capture(ctx, bytes.NewReader(doc), ledger.CaptureOptions{Proceed: way.proceed})
					added(b, res, err)
					followed(b, s, want)
				}
			})
		}
	}
}

func overStore(b testing.TB, s store.Store) *ledger.Ledger {
	b.Helper()
	l, err := ledger.Open(context.Background(), s, ledger.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// withoutIndex is a store whose index cannot be used, so that nothing follows.
type withoutIndex struct{ store.Store }

func (withoutIndex) Index() store.Index { return noIndex{} }

type noIndex struct{ store.Index }

func (noIndex) Mark(context.Context) (store.Mark, error) { return store.Mark{}, errors.New("no index") }

// captureRows captures the document and gives the rows of the log, and the size of their bodies in bytes.
func captureRows(b *testing.B, doc []byte, n int) (rows [][]any, size int) {
	ctx := context.Background()
	l, s := captureStore(b)
	if _, err := l.Capture(ctx, bytes.NewReader(doc), ledger.CaptureOptions{}); err != nil {
		b.Fatal(err)
	}
	for from := int64(1); from <= int64(n); {
		page, err := s.Log().Read(ctx, from, 1000)
		if err != nil || len(page) == 0 {
			b.Fatal(err)
		}
		for i := range page {
			r := &page[i]
			rows = append(rows, []any{r.Seq, r.ID[:], int64(r.Kind), r.Author, r.Received, r.Identity[:], r.Salt[:], r.Body})
			size += len(r.Body)
		}
		from += int64(len(page))
	}
	return rows, size
}

// bareSQL inserts the rows into a bare table with the log's settings, 1,000 a transaction, chunk rows a statement.
func bareSQL(b *testing.B, rows [][]any, chunk int) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+
		"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=cache_size(-65536)&_pragma=wal_autocheckpoint(20000)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`create table entry (seq integer primary key, id blob, kind integer, author text, received integer, identity blob, salt blob, body blob) strict`); err != nil {
		b.Fatal(err)
	}
	const one = "(?, ?, ?, ?, ?, ?, ?, ?)"
	for at := 0; at < len(rows); at += 1000 {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare("insert into entry values " + one + strings.Repeat(", "+one, chunk-1))
		if err != nil {
			b.Fatal(err)
		}
		batch := rows[at:min(at+1000, len(rows))]
		for ; len(batch) >= chunk; batch = batch[chunk:] {
			var args []any
			for _, r := range batch[:chunk] {
				args = append(args, r...)
			}
			if _, err := insert.Exec(args...); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}
