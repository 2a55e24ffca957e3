package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"lodestone/intake"
)

// BenchmarkReadDir reads a year of a plant: 5,000 runs, each with two inputs, one output and an assay.
func BenchmarkReadDir(b *testing.B) {
	const runs = 5000
	var lots, run, in, out, assays strings.Builder
	lots.WriteString("lot\n")
	run.WriteString("run,phase,facility,end\n")
	in.WriteString("run,lot,amount,unit\n")
	out.WriteString("run,lot,amount,unit\n")
	assays.WriteString("assay,lot,time,Nd %,Nd sd %,Pr %,Pr sd %,Dy ppm,Dy sd ppm\n")
	for i := range runs {
		fmt.Fprintf(&lots, "A%d\nB%d\nC%d\n", i, i, i)
		fmt.Fprintf(&run, "R%d,melted,urn:lodestone:facility:US-EUCLID,2026-03-%02d %02d:30-05:00\n", i, i%28+1, i%24)
		fmt.Fprintf(&in, "R%d,A%d,70.25,kg\nR%d,B%d,30.5,kg\n", i, i, i, i)
		fmt.Fprintf(&out, "R%d,C%d,99.1,kg\n", i, i)
		fmt.Fprintf(&assays, "X%d,C%d,2026-04-01T10:00Z,22.5,0.1,7.4,0.1,4200,90\n", i, i)
	}
	dir := folder(map[string]string{"lots.csv": lots.String(), "runs.csv": run.String(), "run_inputs.csv": in.String(), "run_outputs.csv": out.String(), "assays.csv": assays.String()})
	b.ResetTimer()
	for b.Loop() {
		im, faults := intake.ReadDir(dir, author)
		if len(faults) > 0 || len(im.Events) != 2*runs {
			b.Fatal(faults)
		}
	}
	b.ReportMetric(float64(2*runs*b.N)/b.Elapsed().Seconds(), "events/s")
}
