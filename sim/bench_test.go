package sim_test

import (
	"io"
	"testing"

	"lodestone/sim"
)

// BenchmarkWriteDocument is a world of 100,000 lots written as a document.
func BenchmarkWriteDocument(b *testing.B) {
	events := 0
	for b.Loop() {
		sum, err := sim.WriteDocument(io.Discard, world(b, sim.Config{Lots: 100_000}, 1), nil)
		if err != nil {
			b.Fatal(err)
		}
		events += sum.Events
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}
