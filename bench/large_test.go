package bench

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

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
	largeEvents = "LODESTONE_LARGE_EVENTS" // how many events; BenchmarkLarge is skipped without
	largeDir    = "LODESTONE_LARGE_DIR"    // an empty folder to leave the store in; "": one that is removed
	largeStore  = "LODESTONE_LARGE_STORE"  // of the process that is started anew: its store
	largeLot    = "LODESTONE_LARGE_LOT"    // and the magnet it is asked about
)

// BenchmarkLarge stores the events of a simulated world in SQLite, works the lots out and keeps them, and then, in a new
// process, asks for a trace, folded, and a verdict of one magnet: `make bench-large` does so with ten million.
func BenchmarkLarge(b *testing.B) {
	events, err := strconv.Atoi(os.Getenv(largeEvents))
	if err != nil {
		b.Skip("set " + largeEvents + " to the number of events, as make bench-large does")
	}
	dir := os.Getenv(largeDir)
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, "lodestone.db")
	ctx := context.Background()
	for b.Loop() {
		l, closeStore := openLarge(b, path)
		began := time.Now()
		n, magnet := fill(b, l, events)
		took := time.Since(began)
		b.ReportMetric(float64(n), "events")
		b.ReportMetric(float64(n)/took.Seconds(), "captured/s")
		b.ReportMetric(fileMB(b, path), "MB-log")
		began = time.Now()
		g, r, err := l.Lots(ctx, ledger.Bound{}, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Read)/time.Since(began).Seconds(), "followed/s")
		began = time.Now()
		if err := l.KeepLots(ctx, g, r); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s-to-keep")
		s := g.Size()
		b.ReportMetric(float64(s.Lots), "lots")
		b.ReportMetric(float64(s.Profiles), "profiles")
		b.ReportMetric(float64(s.LotBytes)/float64(s.Lots), "B/lot")
		b.ReportMetric(float64(s.EventBytes)/float64(s.Events), "B/event")
		b.ReportMetric(fileMB(b, ledger.LotsPath(path)), "MB-snapshot")
		closeStore()
		g = nil
		runtime.GC()
		restart(b, path, magnet)
	}
}

func fileMB(b *testing.B, path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

func openLarge(t testing.TB, path string) (*ledger.Ledger, func()) {
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(context.Background(), s, ledger.Options{KeyPath: ledger.KeyPath(path), Lots: ledger.LotsPath(path)})
	if err != nil {
		t.Fatal(err)
	}
	return l, func() {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// fill captures a world of at least so many events, some tens of thousands at a time, and gives its last magnet.
func fill(b *testing.B, l *ledger.Ledger, events int) (n int, magnet supply.LotID) {
	w, err := sim.New(sim.Config{Lots: 2 * events}, rand.New(rand.NewPCG(1, 0)))
	if err != nil {
		b.Fatal(err)
	}
	claims := sim.Statements()
	var batch []*epcis.Event
	flush := func() {
		res, err := l.CaptureEvents(context.Background(), batch, claims, ledger.CaptureOptions{Author: sim.Sender})
		if err != nil {
			b.Fatal(err)
		}
		if res.Added != len(batch)+len(claims) {
			b.Fatalf("%d of %d were added", res.Added, len(batch)+len(claims))
		}
		n += len(batch)
		batch, claims = nil, nil
	}
	for o := range w.Run() {
		if o.Event == nil {
			continue
		}
		batch = append(batch, o.Event)
		if o.Event.BizStep == supply.Magnetized.URI() && len(o.Made) > 0 {
			magnet = o.Made[0].Lot
		}
		if len(batch) == 50_000 || n+len(batch) == events {
			flush()
		}
		if n == events {
			return n, magnet
		}
	}
	b.Fatalf("the world ended after %d events", n)
	return 0, ""
}

// restarted is what the process that was started anew tells.
type restarted struct {
	Open, Load, Answer time.Duration
	From               int64
	Nodes              int
	Verdict            string
	Peak               float64 // MB
}

// restart asks in a new process, and reports how long that took from its start to its end.
func restart(b *testing.B, path string, magnet supply.LotID) {
	best := time.Hour
	for range 3 {
		self, err := os.Executable()
		if err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(self, "-test.run", "^TestLargeAsk$", "-test.v")
		cmd.Env = append(os.Environ(), largeStore+"="+path, largeLot+"="+string(magnet))
		began := time.Now()
		out, err := cmd.Output()
		took := time.Since(began)
		if err != nil {
			b.Fatalf("the new process: %v: %s", err, out)
		}
		var r restarted
		_, said, _ := strings.Cut(string(out), "told: ")
		said, _, _ = strings.Cut(said, "\n")
		if err := json.Unmarshal([]byte(said), &r); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		if r.From == 0 || r.Nodes < 2 {
			b.Fatalf("the new process read the whole log: %s", said)
		}
		cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		b.Logf("restart to first answer %.2f s (%.2f s of processor time): opened in %.2f, lots in %.2f, trace of %d lots and verdict %s in %.3f; %.0f MB at most",
			took.Seconds(), cpu.Seconds(), r.Open.Seconds(), r.Load.Seconds(), r.Nodes, r.Verdict, r.Answer.Seconds(), r.Peak)
		if took < best {
			best = took
			b.ReportMetric(took.Seconds(), "s-restart-to-answer")
			b.ReportMetric(cpu.Seconds(), "s-processor-time")
			b.ReportMetric(r.Load.Seconds(), "s-of-it-load")
			b.ReportMetric(r.Peak, "MB-peak")
		}
	}
}

// TestLargeAsk is the process that is started anew.
func TestLargeAsk(t *testing.T) {
	path := os.Getenv(largeStore)
	if path == "" {
		t.Skip("it is started by BenchmarkLarge")
	}
	var r restarted
	began := time.Now()
	lap := func() time.Duration {
		d := time.Since(began)
		began = time.Now()
		return d
	}
	l, closeStore := openLarge(t, path)
	defer closeStore()
	r.Open = lap()
	g, reading, err := l.Lots(context.Background(), ledger.Bound{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.From, r.Load = reading.From, lap()
	lot := supply.LotID(os.Getenv(largeLot))
	tr, err := g.Fold(lot, genealogy.FoldOptions{}) // as lodestone trace shows a long one
	if err != nil {
		t.Fatal(err)
	}
	r.Nodes = tr.Lots
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	q, err := rules.FromRecord(g, lot, nil, quantity.MustDate("2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	q.Delivery, q.Books = quantity.MustDate("2027-01-01"), []string{"us/dfars-252.225-7052"}
	a, err := lib.Judge(q)
	if err != nil {
		t.Fatal(err)
	}
	r.Verdict, r.Answer, r.Peak = string(a.Verdict), lap(), peakMB()
	said, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = os.Stdout.WriteString("told: " + string(said) + "\n")
}

// peakMB is the most memory this process has had, where the system tells.
func peakMB() float64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.ParseFloat(fields[0], 64)
	return kb / 1000
}
