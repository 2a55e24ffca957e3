package bench

import (
	"fmt"
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

// BenchmarkJudgeMagnets judges a million magnets of a few hundred histories by their profiles: first the lots' classes
// and the few cold questions, then every magnet from what is held.
func BenchmarkJudgeMagnets(b *testing.B) {
	const plants, magnets = 20, 1000
	g := genealogy.New()
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	say := func(s supply.Statement) {
		e, err := record.NewStatement("urn:lodestone:party:bench", received, &s)
		if err != nil {
			b.Fatal(err)
		}
		if err := g.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
	happen := func(text string) {
		e, err := record.NewEvent("urn:lodestone:party:bench", received, mustEvent(b, text))
		if err != nil {
			b.Fatal(err)
		}
		if err := g.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
	const head = `{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventTime":"2026-0%d-01T00:00:00Z","eventTimeZoneOffset":"+00:00","readPoint":{"id":"urn:lodestone:facility:bench-%d"},"bizStep":"urn:lodestone:phase:%s",`
	lot := func(name string, n int) string { return fmt.Sprintf("urn:lodestone:lot:bench:%s-%d", name, n) }
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:ore", Name: "ore", Kind: "ore"}})
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:magnet", Name: "magnet", Kind: "NdFeB magnet", Form: "finished", Constituents: []string{"Nd", "Fe", "B"}}})
	for p := range plants {
		country := supply.Country([]string{"US", "CA", "JP", "CN"}[p%4])
		say(supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID(fmt.Sprintf("urn:lodestone:facility:bench-%d", p)), Name: fmt.Sprint("plant ", p), Country: country}})
		happen(fmt.Sprintf(head+`"type":"ObjectEvent","action":"ADD","quantityList":[{"epcClass":"%s","quantity":9000,"uom":"TNE"}]}`, 1, p, "mined", lot("ore", p)))
		last := "ore"
		for i, phase := range []string{"separated", "reduced", "melted", "milled", "sintered", "magnetized"} {
			outputs, kg := fmt.Sprintf(`{"epcClass":"%s","quantity":8000,"uom":"TNE"}`, lot(phase, p)), 8000
			if phase == "magnetized" {
				outputs = ""
				for n := range magnets {
					if n > 0 {
						outputs += ","
					}
					outputs += fmt.Sprintf(`{"epcClass":"%s","quantity":1,"uom":"KGM"}`, lot("magnet", p*magnets+n))
				}
			}
			happen(fmt.Sprintf(head+`"type":"TransformationEvent","inputQuantityList":[{"epcClass":"%s","quantity":%d,"uom":"TNE"}],"outputQuantityList":[%s]}`, 2+i, p, phase, lot(last, p), kg, outputs))
			last = phase
		}
	}
	ids := make([]supply.LotID, plants*magnets)
	for n := range ids {
		ids[n] = supply.LotID(lot("magnet", n))
		say(supply.Statement{Lot: &supply.Lot{ID: ids[n], Material: "urn:m:magnet"}})
	}
	lib, err := law.Load()
	if err != nil {
		b.Fatal(err)
	}
	g.Settle()
	day := quantity.MustDate("2027-01-01")
	const times = 1_000_000
	for b.Loop() {
		desk := rules.NewDesk(lib, g, nil, []string{"us/dfars-252.225-7052"})
		classes := make([]genealogy.Class, len(ids))
		began := time.Now()
		for i, id := range ids {
			c, ok := g.Class(id)
			if !ok {
				b.Fatal(id, " has no class")
			}
			classes[i] = c
		}
		classed := time.Since(began)
		count := map[rules.Verdict]int{}
		for i, id := range ids {
			v, err := desk.OfClass(classes[i], id, day)
			if err != nil {
				b.Fatal(err)
			}
			count[v]++
		}
		if count[rules.Compliant] != 3*plants/4*magnets || count[rules.Noncompliant] != plants/4*magnets {
			b.Fatalf("verdicts: %v", count)
		}
		began = time.Now()
		for n := range times {
			i := n % len(ids)
			if _, err := desk.OfClass(classes[i], ids[i], day); err != nil {
				b.Fatal(err)
			}
		}
		judged := time.Since(began)
		b.ReportMetric(float64(classed.Nanoseconds())/float64(len(ids)), "ns/class")
		b.ReportMetric(float64(judged.Nanoseconds())/times, "ns/held-verdict")
		b.ReportMetric(float64(judged.Milliseconds()), "ms/million-magnets")
	}
}

func mustEvent(b *testing.B, text string) *epcis.Event {
	b.Helper()
	e, faults := epcis.DecodeEvent([]byte(text), nil)
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	return e
}
