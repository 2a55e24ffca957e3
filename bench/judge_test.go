package bench

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// magnetsAt makes the histories of a number of magnets, each of 20 plants, a quarter of them in China, an equal part, from
// the ore of one mine; what a plant makes in one go is 1,000 magnets. mineIn states the mine's country anew.
func magnetsAt(b testing.TB, count int) (g *genealogy.Graph, ids []supply.LotID, mineIn func(country supply.Country, issued string)) {
	const plants, most = 20, 1000
	g = genealogy.New()
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	seq := int64(0)
	take := func(e record.Entry, err error) {
		seq++
		e.Seq = seq
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	say := func(s supply.Statement) { take(record.NewStatement("urn:lodestone:party:bench", received, &s)) }
	happen := func(text string) { take(record.NewEvent("urn:lodestone:party:bench", received, mustEvent(b, text))) }
	const head = `{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventTime":"2026-0%d-01T00:00:00Z","eventTimeZoneOffset":"+00:00","readPoint":{"id":"urn:lodestone:facility:bench-%v"},"bizStep":"urn:lodestone:phase:%s",`
	lot := func(name string, n int) string { return fmt.Sprintf("urn:lodestone:lot:bench:%s-%d", name, n) }
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:ore", Name: "ore", Kind: "ore"}})
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:magnet", Name: "magnet", Kind: "NdFeB magnet", Form: "finished", Constituents: []string{"Nd", "Fe", "B"}}})
	mineIn = func(country supply.Country, issued string) {
		say(supply.Statement{Issued: issued, Facility: &supply.Facility{ID: "urn:lodestone:facility:bench-mine", Name: "mine", Country: country}})
	}
	mineIn("US", "2020-01-01T00:00:00Z")
	for p := range plants {
		country := supply.Country([]string{"US", "CA", "JP", "CN"}[p%4])
		say(supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID(fmt.Sprintf("urn:lodestone:facility:bench-%d", p)), Name: fmt.Sprint("plant ", p), Country: country}})
		happen(fmt.Sprintf(head+`"type":"ObjectEvent","action":"ADD","quantityList":[{"epcClass":"%s","quantity":900000,"uom":"TNE"}]}`, 1, "mine", "mined", lot("ore", p)))
		last := "ore"
		make := func(i int, phase, kg, outputs string) {
			happen(fmt.Sprintf(head+`"type":"TransformationEvent","inputQuantityList":[{"epcClass":"%s","quantity":%s,"uom":"TNE"}],"outputQuantityList":[%s]}`, 2+i, p, phase, lot(last, p), kg, outputs))
		}
		for i, phase := range []string{"separated", "reduced", "melted", "milled", "sintered"} {
			make(i, phase, "900000", fmt.Sprintf(`{"epcClass":"%s","quantity":900000,"uom":"TNE"}`, lot(phase, p)))
			last = phase
		}
		for left := count / plants; left > 0; {
			n := min(left, most)
			left -= n
			var outputs strings.Builder
			for i := range n {
				if i > 0 {
					outputs.WriteByte(',')
				}
				id := lot("magnet", len(ids))
				fmt.Fprintf(&outputs, `{"epcClass":"%s","quantity":1,"uom":"KGM"}`, id)
				ids = append(ids, supply.LotID(id))
			}
			make(5, "magnetized", "1.0"+fmt.Sprint(left), outputs.String())
		}
	}
	for _, id := range ids {
		say(supply.Statement{Lot: &supply.Lot{ID: id, Material: "urn:m:magnet"}})
	}
	g.Settle()
	return g, ids, mineIn
}

// judging is a desk, and the lots' classes found beforehand.
type judging struct {
	desk    *rules.Desk
	lib     rules.Library
	graph   *genealogy.Graph
	ids     []supply.LotID
	classes []genealogy.Class
	day     quantity.Date
	classed time.Duration // what finding the classes took
}

func newJudging(b testing.TB, g *genealogy.Graph, ids []supply.LotID) *judging {
	lib, err := law.Load()
	if err != nil {
		b.Fatal(err)
	}
	j := &judging{lib: lib, graph: g, ids: ids, classes: make([]genealogy.Class, len(ids)), day: quantity.MustDate("2027-01-01")}
	j.forget()
	j.classify(b)
	return j
}

// classify finds the class of every lot as the graph stands.
func (j *judging) classify(b testing.TB) {
	began := time.Now()
	for i, id := range j.ids {
		c, ok := j.graph.Class(id)
		if !ok {
			b.Fatal(id, " has no class")
		}
		j.classes[i] = c
	}
	j.classed = time.Since(began)
}

// forget begins with a desk that holds no verdict yet.
func (j *judging) forget() {
	j.desk = rules.NewDesk(j.lib, j.graph, nil, []string{"us/dfars-252.225-7052"})
}

// all judges every lot and checks that so many are clean.
func (j *judging) all(b testing.TB, clean int) {
	count := map[rules.Verdict]int{}
	for i, id := range j.ids {
		v, err := j.desk.OfClass(j.classes[i], id, j.day)
		if err != nil {
			b.Fatal(err)
		}
		count[v]++
	}
	if count[rules.Compliant] != clean || count[rules.Noncompliant] != len(j.ids)-clean {
		b.Fatalf("verdicts: %v", count)
	}
}

// BenchmarkJudgeMagnets judges a million magnets of a few hundred histories by their profiles: first the lots' classes
// and the few cold questions, then every magnet from what is held.
func BenchmarkJudgeMagnets(b *testing.B) {
	const times = 1_000_000
	g, ids, _ := magnetsAt(b, 20_000)
	for b.Loop() {
		j := newJudging(b, g, ids)
		j.all(b, 3*len(ids)/4)
		began := time.Now()
		for n := range times {
			i := n % len(ids)
			if _, err := j.desk.OfClass(j.classes[i], ids[i], j.day); err != nil {
				b.Fatal(err)
			}
		}
		judged := time.Since(began)
		b.ReportMetric(float64(j.classed.Nanoseconds())/float64(len(ids)), "ns/class")
		b.ReportMetric(float64(judged.Nanoseconds())/times, "ns/held-verdict")
		b.ReportMetric(float64(judged.Milliseconds()), "ms/million-magnets")
	}
}

// BenchmarkCorrection moves the mine of 100,000 magnets to another country, and judges all of them anew: profiles made
// anew down to the last magnet, classes found, verdicts given. Half of the corrections make every magnet noncompliant.
func BenchmarkCorrection(b *testing.B) {
	g, ids, mineIn := magnetsAt(b, 100_000)
	j := newJudging(b, g, ids)
	j.all(b, 3*len(ids)/4)
	i := 0
	var settled, judged time.Duration
	for b.Loop() {
		i++
		country, clean := supply.Country("AU"), 3*len(ids)/4
		if i%2 == 1 {
			country, clean = "CN", 0
		}
		mineIn(country, time.Date(2025, 1, 1, 0, 0, i, 0, time.UTC).Format(time.RFC3339))
		began := time.Now()
		g.Settle()
		settled += time.Since(began)
		began = time.Now()
		j.classify(b)
		j.all(b, clean)
		judged += time.Since(began)
	}
	b.ReportMetric(ms(settled)/float64(i), "ms/profiles")
	b.ReportMetric(ms(judged)/float64(i), "ms/verdicts")
	b.ReportMetric(float64(len(ids)), "lots-downstream")
}

func mustEvent(b testing.TB, text string) *epcis.Event {
	b.Helper()
	e, faults := epcis.DecodeEvent([]byte(text), nil)
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	return e
}
