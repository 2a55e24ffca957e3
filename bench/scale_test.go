package bench

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/record"
	"lodestone/supply"
)

// scale is what TestScale fills.
type scale struct {
	conn *pgx.Conn

	lineage, postgres, settle, memory, correction, judge, capture, index, balance *series
}

func newScale() *scale {
	return &scale{
		lineage: &series{key: "lineage", title: "the lineage of a lot", work: "ancestors", unit: "ms",
			why: "Each ancestor is looked at once and each of its arrows, which lie side by side, once, so the count of steps is linear. Lots are " +
				"taken from a bit set in the order of their numbers, not level by level, so that neighbours share lines; what makes a slope steeper is " +
				"a graph that outgrows the processor's caches."},
		postgres: &series{key: "postgres", title: "the same lineage by a recursive query in PostgreSQL", work: "ancestors", unit: "ms",
			why: "With ids made integers beforehand and an index that holds the whole arrow, warm, in memory, the best of five. Each round joins " +
				"the lots found last with the arrows and throws out those found before, by a hash table of all that grows to megabytes: linear in the " +
				"arrows, and steeper where the table and the index outgrow the caches."},
		settle: &series{key: "settle", title: "taking in and settling a graph", work: "lots", unit: "ms",
			why: "Every entry is taken in once, and settling makes the profile of every lot once, from the interned profiles of its inputs. Linear, " +
				"with the slow rise of hash maps that outgrow the caches and of a heap that the collector walks more often."},
		memory: &series{key: "memory", title: "heap of a settled graph", work: "lots", unit: "bytes",
			why: "A lot is a row of fixed size, its id, and its arrows; profiles are shared and do not grow with the lots. Linear; the steps are " +
				"arrays that grow by a quarter at a time, part of which is empty."},
		correction: &series{key: "correction", title: "a correction at the mine", work: "lots downstream", unit: "ms",
			why: "The country of every mine's facility changes, so every lot downstream gets another profile: each is visited once in the order of " +
				"making. Linear; a lot whose profile stays what it was would end the wave there."},
		judge: &series{key: "judge", title: "judging magnets from their profiles", work: "magnets", unit: "ms",
			why: "A verdict is held for a class of lots with one profile and one set of facts, and there are as many classes as histories, however " +
				"many magnets: what is left a magnet is one look-up. Linear, with the fixed cost of the few cold questions showing at the small end."},
		balance: &series{key: "balance", title: "the balance of a whole record", work: "lots", unit: "ms",
			why: "Every lot, step and shipment is weighed once, which is linear. Networks of lots and steps are nearly trees, so the factor of " +
				"their balances has about ten entries a row, and reconciliation grows little faster than the record.",
			ended: "a whole record takes some 6 kB a lot while it is weighed; greater ones are asked by site and month"},
		capture: &series{key: "capture", title: "capture of decoded events, synced by 1,000", work: "events", unit: "ms",
			why: "Rows, tree nodes and batches are only ever added at the end of their tables, and the look-up of duplicates is a map in memory, so an " +
				"event costs the same whatever the log holds. Linear; the write-ahead file is copied into the main file every 80 MB, which shows as steps."},
		index: &series{key: "index", title: "the index of names and times following, in processor time", work: "events", unit: "ms",
			why: "What is followed at once is sorted and written as one run, and runs of like size are merged into one eight times as large, up to " +
				"some 300,000 events. So a pair is written once a level, one level more for eight times the events, and from the greatest runs on no " +
				"more: somewhat more than linear at first, then linear."},
	}
}

func (s *scale) all() []*series {
	return []*series{s.capture, s.index, s.settle, s.memory, s.lineage, s.postgres, s.correction, s.judge, s.balance}
}

// measure is what fills some series at one size.
type measure struct {
	of      []*series
	do      func(t *testing.T, n int)
	perUnit float64 // bytes of memory in use at the end for a lot, magnet or event, when last measured
}

// TestScale measures each cost from 10,000 lots up to LODESTONE_SCALE and writes bench/results. It is no test and does
// not run by default; make bench-scale runs it. LODESTONE_SCALE_ONLY names series to measure anew beside the others as
// they stand.
func TestScale(t *testing.T) {
	most, err := strconv.ParseFloat(os.Getenv("LODESTONE_SCALE"), 64)
	if err != nil || most < 20_000 {
		t.Skip("LODESTONE_SCALE says up to how many lots: make bench-scale")
	}
	if err := os.MkdirAll("results", 0o755); err != nil {
		t.Fatal(err)
	}
	s := newScale()
	measures := []measure{
		{of: []*series{s.settle, s.memory, s.lineage, s.correction}, do: s.graph},
		{of: []*series{s.postgres}, do: s.recursive},
		{of: []*series{s.balance}, do: s.balanced},
		{of: []*series{s.judge}, do: s.judged},
		{of: []*series{s.capture}, do: s.captured},
		{of: []*series{s.index}, do: s.followed},
	}
	if only := strings.Fields(os.Getenv("LODESTONE_SCALE_ONLY")); len(only) > 0 {
		measures = slices.DeleteFunc(measures, func(m measure) bool {
			return !slices.ContainsFunc(m.of, func(x *series) bool { return slices.Contains(only, x.key) })
		})
		s.keep(t)
		for _, m := range measures {
			for _, x := range m.of {
				x.points = nil
			}
		}
	}
	for _, n := range []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000} {
		if float64(n) > most {
			break
		}
		for i := range measures {
			m := &measures[i]
			if need := m.perUnit * float64(n) * 1.2; available() > 0 && need > available() {
				for _, x := range m.of {
					x.ended = fmt.Sprintf("%d would need some %.0f GiB of memory, and the machine had %.0f free", n, need/(1<<30), available()/(1<<30))
				}
				continue
			}
			m.do(t, n)
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			m.perUnit = float64(mem.Sys-mem.HeapReleased) / float64(n)
			debug.FreeOSMemory()
			s.write(t)
		}
	}
}

// write puts down what is known so far.
func (s *scale) write(t *testing.T) {
	t.Helper()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join("results", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range s.all() {
		if len(x.points) > 1 {
			put(x.key+".svg", svg(x, machine()))
		}
	}
	put("figures.csv", csv(s.all()))
	put("README.md", readme(s.all(), machine()))
}

// keep takes the points that were measured before.
func (s *scale) keep(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("results", "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		cells := strings.Split(row, ",")
		work, err1 := strconv.ParseFloat(cells[1], 64)
		cost, err2 := strconv.ParseFloat(cells[3], 64)
		at := slices.IndexFunc(s.all(), func(x *series) bool { return x.key == cells[0] })
		if err1 != nil || err2 != nil || at < 0 {
			t.Fatalf("results/figures.csv: %q is no point of a series", row)
		}
		s.all()[at].points = append(s.all()[at].points, point{work, cost})
	}
}

// add notes a point and says it.
func (s *series) add(t *testing.T, work, cost float64) {
	s.points = append(s.points, point{work, cost})
	t.Logf("%-10s %10.0f %s: %.4g %s", s.key, work, s.work, cost, s.unit)
}

// median runs do until it has run 3 times and for a second, at most 50 times, and gives the median time in milliseconds.
func median(do func()) float64 {
	var all []time.Duration
	for began := time.Now(); len(all) < 3 || time.Since(began) < time.Second && len(all) < 50; {
		start := time.Now()
		do()
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	return ms(all[len(all)/2])
}

// graph measures a graph of n lots.
func (s *scale) graph(t *testing.T, n int) {
	width := n / layers
	before := heap()
	began := time.Now()
	g, entries := plant(t, width)
	g.Settle()
	s.settle.add(t, float64(width*layers), ms(time.Since(began)))
	s.memory.add(t, float64(width*layers), float64(heap()-before))
	root := supply.LotID(lotName(layers-1, 0))
	ancestors := len(g.Lineage(root, false))
	s.lineage.add(t, float64(ancestors), median(func() { g.Lineage(root, false) }))
	i := 0
	s.correction.add(t, float64(width*(layers-1)), median(func() {
		i++
		correct(t, g, entries+i, i)
	}))
	runtime.KeepAlive(g)
}

// recursive measures the lineage of the same lot by PostgreSQL.
func (s *scale) recursive(t *testing.T, n int) {
	if s.conn == nil {
		s.conn, _ = postgres(t)
	}
	width := n / layers
	times, ancestors := inPostgres(t, s.conn, "integer", width, func(layer, i int) any { return int32(layer*width + i) })
	s.postgres.add(t, float64(ancestors), ms(times[0]))
}

// correct states the first facility's country anew, another each time, and settles.
func correct(t testing.TB, g *genealogy.Graph, seq, i int) {
	st := &supply.Statement{Issued: time.Unix(int64(1_700_000_000+i), 0).UTC().Format(time.RFC3339),
		Facility: &supply.Facility{ID: "urn:lodestone:facility:bench:0", Name: "plant 0", Country: []supply.Country{"CA", "AU"}[i%2]}}
	e := record.Entry{Kind: record.Statement, Author: "urn:lodestone:party:bench", Claim: st, ID: sha256.Sum256([]byte(st.Issued)), Seq: int64(seq)}
	if err := g.Apply(e); err != nil {
		t.Fatal(err)
	}
	g.Settle()
}

// judged measures the verdicts on n magnets.
func (s *scale) judged(t *testing.T, n int) {
	g, ids, _ := magnetsAt(t, n)
	j := newJudging(t, g, ids)
	s.judge.add(t, float64(len(ids)), median(func() {
		j.forget()
		j.all(t, 3*len(ids)/4)
	}))
}

// captured measures the capture of n decoded events into a new store, the index apart.
func (s *scale) captured(t *testing.T, n int) {
	_, store := captureStore(t)
	l := overStore(t, withoutIndex{store})
	const part = 10_000
	var spent time.Duration
	for done := 0; done < n; done += part {
		events := decodeAll(t, captureDocumentFrom(done, part), part)
		began := time.Now()
		res, err := l.CaptureEvents(context.Background(), events, nil, ledger.CaptureOptions{Author: "urn:epc:id:pgln:0614141.00000", Decoded: true})
		if err != nil || res.Added != part {
			t.Fatalf("%d of %d events were added, %v", res.Added, part, err)
		}
		spent += time.Since(began)
	}
	s.capture.add(t, float64(n), ms(spent))
}

// followed measures the index alone, following n events.
func (s *scale) followed(t *testing.T, n int) {
	_, store := captureStore(t)
	cpu, _, _ := follow(t, store.Index(), n)
	s.index.add(t, float64(n), ms(cpu))
}

// decodeAll decodes the n events of a document.
func decodeAll(t testing.TB, doc []byte, n int) (out []*epcis.Event) {
	t.Helper()
	for r := epcis.NewReader(bytes.NewReader(doc)); len(out) < n; {
		ev, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ev)
	}
	return out
}
