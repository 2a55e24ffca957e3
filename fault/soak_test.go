package fault

import (
	"context"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/sim"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

const (
	dayMinutes  = 24 * 60
	lotBytes    = 200  // promised, a new lot
	entryBytes  = 40   // of the look-up of duplicates, an entry: 8 + 8 bytes in a map at its usual load
	heapResidue = 0.05 // of the heap that is not explained
)

// soakLots is how many lots the day makes: LODESTONE_SOAK_LOTS, else few.
func soakLots() int {
	if n, err := strconv.Atoi(os.Getenv("LODESTONE_SOAK_LOTS")); err == nil && n > 0 {
		return n
	}
	return 12_000
}

// TestSoak is a plant's day in a few seconds or minutes: a simulated world's events are captured minute by minute of a
// clock that is driven, into a store on the disk; the graph and the index follow; heads are signed; lots are looked up, traced
// and judged. At each full hour after the second the heap after collection is compared with
//
//	a constant + a · lots + what the graph counts for its events + 40 bytes an entry
//
// where a is fitted over the day: it may be 200 bytes at most, and no hour may be off by more than a twentieth of the heap, so
// nothing grows that is not counted. At the end no goroutine is left.
func TestSoak(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	d := newDay(t, soakLots())
	defer d.close()
	var hours []sample
	for minute := range dayMinutes {
		d.clock = d.clock.Add(time.Minute)
		d.minute(minute)
		if minute%60 == 59 && minute > 120 { // the first two hours warm up
			d.follow()
			hours = append(hours, d.sample())
		}
	}
	constant, perLot := growth(hours)
	worst := 0.0
	for i, h := range hours {
		off := (float64(h.rest()) - constant - perLot*float64(h.lots)) / float64(h.heap)
		worst = max(worst, math.Abs(off))
		if math.Abs(off) > heapResidue {
			t.Errorf("hour %d: of the heap of %d bytes at %d lots and %d events %+.1f %% is not accounted for", i+3, h.heap, h.lots, h.events, 100*off)
		}
	}
	first, last := hours[0], hours[len(hours)-1]
	lots, events := last.lots-first.lots, last.events-first.events
	t.Logf("%d lots, %d events, %d questions; heap %.1f -> %.1f MB: %.1f MB + %.0f bytes a lot + %d an event + %d an entry, to within %.1f %%", last.lots, last.events,
		d.asked, float64(first.heap)/1e6, float64(last.heap)/1e6, constant/1e6, perLot, (last.eventBytes-first.eventBytes)/events, entryBytes, 100*worst)
	if perLot > lotBytes {
		t.Errorf("the heap grows by %.0f bytes a lot, want %d at most", perLot, lotBytes)
	}
	if lots < int64(soakLots())/2 || events < lots/4 {
		t.Errorf("the day brought %d lots and %d events only", lots, events)
	}
	rep, err := d.ledger.Fsck(context.Background(), nil)
	if err != nil || !rep.Clean() {
		t.Errorf("after the day fsck says %v, %v", rep.Problems, err)
	}
}

// growth fits rest = constant + perLot · lots by least squares.
func growth(hours []sample) (constant, perLot float64) {
	n := float64(len(hours))
	var mx, my, sxx, sxy float64
	for _, h := range hours {
		mx += float64(h.lots) / n
		my += float64(h.rest()) / n
	}
	for _, h := range hours {
		dx := float64(h.lots) - mx
		sxx += dx * dx
		sxy += dx * (float64(h.rest()) - my)
	}
	perLot = sxy / sxx
	return my - perLot*mx, perLot
}

// sample is where the day stands.
type sample struct{ heap, lots, events, entries, eventBytes int64 }

// rest is the heap less what is counted for events and entries.
func (s sample) rest() int64 { return s.heap - s.eventBytes - entryBytes*s.entries }

// day is one running record. One goroutine owns it.
type day struct {
	t      *testing.T
	clock  time.Time
	store  *sqlite.Store
	ledger *ledger.Ledger
	graph  *genealogy.Graph
	lib    rules.Library
	next   func() (sim.Occurrence, bool)
	stop   func()
	total  int // lots the world will make
	made   int
	asked  int
	recent supply.LotID // made last
	batch  []*epcis.Event
}

func newDay(t *testing.T, lots int) *day {
	t.Helper()
	ctx := context.Background()
	d := &day{t: t, clock: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), graph: genealogy.New(), total: lots}
	path := storePath(t.TempDir())
	var err error
	if d.store, err = sqlite.Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	if d.ledger, err = ledger.Open(ctx, d.store, ledger.Options{KeyPath: ledger.KeyPath(path), Clock: func() time.Time { return d.clock }}); err != nil {
		t.Fatal(err)
	}
	if d.lib, err = law.Load(); err != nil {
		t.Fatal(err)
	}
	w, err := sim.New(sim.Config{Lots: lots, Late: 0.05, Wrong: 0.01, Double: 0.001, Missing: 0.01, Theft: 0.01}, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	d.next, d.stop = iter.Pull(w.Run())
	if _, err := d.ledger.CaptureEvents(ctx, nil, sim.Statements(), ledger.CaptureOptions{Author: sim.Sender}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *day) close() {
	d.stop()
	if err := d.store.Close(); err != nil {
		d.t.Error(err)
	}
}

// minute brings the events of a minute, each by the party that states it, and the questions that are asked meanwhile.
func (d *day) minute(n int) {
	ctx := context.Background()
	for d.made < d.total*(n+1)/dayMinutes {
		o, more := d.next()
		if !more {
			return
		}
		if d.made += len(o.Made); o.Event == nil {
			continue
		}
		for i := range o.Made {
			d.recent = o.Made[i].Lot
		}
		d.batch = append(d.batch, o.Event)
	}
	if _, err := d.ledger.CaptureEvents(ctx, d.batch, nil, ledger.CaptureOptions{Author: sim.Sender, Proceed: true}); err != nil {
		d.t.Fatal(err)
	}
	d.batch = d.batch[:0]
	if n%10 == 9 {
		d.follow()
		d.ask()
	}
	if n%60 == 30 {
		if _, err := d.ledger.Head(ctx); err != nil {
			d.t.Fatal(err)
		}
	}
}

// follow takes what is new in the log into the graph.
func (d *day) follow() {
	for e, err := range d.ledger.Entries(context.Background(), d.graph.Position()+1) {
		if err == nil {
			err = d.graph.Apply(e)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	d.graph.Settle()
}

// ask looks the lot that was made last up, traces it and judges it.
func (d *day) ask() {
	if d.recent == "" {
		return
	}
	d.asked++
	found := 0
	for _, err := range d.ledger.Mentioning(context.Background(), string(d.recent)) {
		if err != nil {
			d.t.Fatal(err)
		}
		found++
	}
	_, known := d.graph.Lot(d.recent)
	if known != (found > 0) {
		d.t.Fatalf("the index finds %d entries that name %s, and the graph knows it: %v", found, d.recent, known)
	}
	if !known {
		return // nobody has recorded it yet
	}
	d.graph.Lineage(d.recent, false)
	desk := rules.NewDesk(d.lib, d.graph, nil, []string{"us/dfars-252.225-7052"})
	if _, err := desk.Verdict(d.recent, quantity.MustDate("2027-01-01")); err != nil {
		d.t.Fatal(err)
	}
}

func (d *day) sample() sample {
	runtime.GC()
	runtime.GC() // what finalizers held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s := d.graph.Size()
	return sample{heap: int64(m.HeapAlloc), lots: int64(s.Lots), events: int64(s.Events), entries: int64(s.Entries), eventBytes: s.EventBytes}
}
