package bench

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/supply"
)

// The graph of the benchmarks: layers of lots, each lot made from four of the layer before, as a plant's campaigns are;
// the first layer is mined. Facilities change with the layer, so that profiles are as various as plants are.
const (
	layers  = 26
	inputs  = 4
	perLot  = "urn:lodestone:lot:bench:%02d-%06d"
	started = "2025-01-01T08:00:00Z"
)

func lotName(layer, i int) string { return fmt.Sprintf(perLot, layer, i) }

// grow calls each with every event of a graph of the given width, mines first. Each lot is drawn four times, a quarter
// each, so that every mass closes.
func grow(width int, each func(layer, i int, from [inputs]int)) {
	rng := rand.New(rand.NewPCG(7, uint64(width)))
	for layer := range layers {
		var from [inputs][]int
		for k := range from {
			from[k] = rng.Perm(width)
		}
		for i := range width {
			var p [inputs]int
			for k := range p {
				p[k] = from[k][i]
			}
			each(layer, i, p)
		}
	}
}

// phaseOf is the phase of each layer, in chain order, the later ones again and again.
func phaseOf(layer int) supply.Phase {
	chain := []supply.Phase{supply.Mined, supply.Leached, supply.Precipitated, supply.Separated, supply.Calcined, supply.Reduced, supply.Melted, supply.Milled, supply.Sintered, supply.Machined}
	return chain[min(layer, len(chain)-1)]
}

func entryOf(layer, i int, from [inputs]int) record.Entry {
	t, _ := time.Parse(time.RFC3339, started)
	t = t.Add(time.Duration(layer) * 24 * time.Hour)
	ev := &epcis.Event{
		Time: epcis.Time{Time: t}, TimeZoneOffset: "+00:00", BizStep: phaseOf(layer).URI(),
		ReadPoint: &epcis.Location{ID: "urn:lodestone:facility:bench:" + strconv.Itoa(layer)},
	}
	made := []epcis.Quantity{{Class: lotName(layer, i), Value: "100", Unit: "KGM"}}
	if layer == 0 {
		ev.Type, ev.Action, ev.Quantities = epcis.ObjectEvent, epcis.Add, made
	} else {
		ev.Type, ev.OutputQuantities = epcis.TransformationEvent, made
		for _, p := range from {
			ev.InputQuantities = append(ev.InputQuantities, epcis.Quantity{Class: lotName(layer-1, p), Value: "25", Unit: "KGM"})
		}
	}
	var n [16]byte
	binary.LittleEndian.PutUint64(n[:], uint64(layer))
	binary.LittleEndian.PutUint64(n[8:], uint64(i))
	e := record.Entry{Kind: record.Event, Author: "urn:lodestone:party:bench", Event: ev}
	e.ID = sha256.Sum256(n[:])
	e.EventID = sha256.Sum256(e.ID[:])
	return e
}

func facilities() []record.Entry {
	var list []record.Entry
	for layer := range layers {
		st := &supply.Statement{Issued: "2020-01-01T00:00:00Z", Facility: &supply.Facility{
			ID: supply.FacilityID("urn:lodestone:facility:bench:" + strconv.Itoa(layer)), Name: "plant " + strconv.Itoa(layer), Country: "US"}}
		list = append(list, record.Entry{Kind: record.Statement, Author: "urn:lodestone:party:bench", Claim: st, ID: sha256.Sum256([]byte(st.Facility.ID))})
	}
	return list
}

func plant(b testing.TB, width int) (*genealogy.Graph, int) {
	g := genealogy.New()
	n := 0
	put := func(e record.Entry) {
		n++
		e.Seq = int64(n)
		if err := g.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
	for _, e := range facilities() {
		put(e)
	}
	grow(width, func(layer, i int, from [inputs]int) { put(entryOf(layer, i, from)) })
	return g, n
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkTrace writes out the whole trace of that lot: nodes with their places, amounts and findings, arrows in order.
func BenchmarkTrace(b *testing.B) {
	g, _ := plant(b, 4100)
	root := supply.LotID(lotName(layers-1, 0))
	g.Settle()
	var nodes, arrows int
	b.ResetTimer()
	for b.Loop() {
		t, err := g.Trace(root, genealogy.TraceOptions{})
		if err != nil {
			b.Fatal(err)
		}
		nodes, arrows = len(t.Nodes), len(t.Arrows)
	}
	b.ReportMetric(float64(nodes), "nodes")
	b.ReportMetric(float64(arrows), "arrows")
}

// BenchmarkFold writes the same trace folded by facility, phase and month.
func BenchmarkFold(b *testing.B) {
	g, _ := plant(b, 4100)
	root := supply.LotID(lotName(layers-1, 0))
	g.Settle()
	var groups, lots int
	b.ResetTimer()
	for b.Loop() {
		f, err := g.Fold(root, genealogy.FoldOptions{})
		if err != nil {
			b.Fatal(err)
		}
		groups, lots = len(f.Groups), f.Lots
	}
	b.ReportMetric(float64(lots), "lots")
	b.ReportMetric(float64(groups), "groups")
}

// BenchmarkMemory reports the live heap a lot, ids included, with the events and arrows apart, and how fast a graph is
// taken in and settled.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		before := heap()
		began := time.Now()
		g, n := plant(b, 8000)
		applied := time.Since(began)
		began = time.Now()
		g.Settle()
		settled := time.Since(began)
		all := float64(heap() - before)
		s := g.Size()
		b.ReportMetric(float64(s.Lots), "lots")
		b.ReportMetric(float64(s.LotBytes)/float64(s.Lots), "B/lot")
		b.ReportMetric((all-float64(s.LotBytes))/float64(s.Events), "B/event") // the live heap but for the lots
		b.ReportMetric(float64(s.Profiles), "profiles")
		b.ReportMetric(float64(n)/applied.Seconds(), "entries/s")
		b.ReportMetric(float64(settled.Milliseconds()), "ms/settle")
		runtime.KeepAlive(g)
	}
}

// BenchmarkWave states a mine's country anew, and makes the profiles of all lots of 25 layers anew, 4 arrows a lot.
func BenchmarkWave(b *testing.B) {
	g, n := plant(b, 4100)
	g.Settle()
	i := 0
	for b.Loop() {
		i++
		correct(b, g, n+i, i)
	}
	b.ReportMetric(float64(4100*(layers-1)), "lots-downstream")
}
