package intake_test

import (
	"os"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/intake"
	"lodestone/record"
	"lodestone/supply"
)

// TestBrookHistory: the example folder, with the country of the mine stated by another, gives its carbonate a history
// from the mine on, without a gap and without a contradiction, and the drums hold it.
func TestBrookHistory(t *testing.T) {
	im, faults := intake.ReadDir(os.DirFS("testdata/brook"), brook)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	g := genealogy.New()
	received := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		t.Helper()
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range im.Statements {
		apply(record.NewStatement(brook, received, &im.Statements[i]))
	}
	for _, ev := range im.Events {
		apply(record.NewEvent(brook, received, ev))
	}
	apply(record.NewStatement("urn:lodestone:party:atlas", received, &supply.Statement{
		Facility: &supply.Facility{ID: "urn:lodestone:facility:US-BROOK", Name: "Brook Mine", Country: "US"}}))
	for _, lot := range []supply.LotID{"urn:lodestone:lot:brook-example:MREC-2601", "urn:lodestone:container:brook-example:DRUM-2"} {
		p, ok := g.Profile(lot, time.Time{})
		if !ok {
			t.Fatalf("%s is not known", lot)
		}
		found := map[supply.Phase]genealogy.Step{}
		for _, s := range p.Steps {
			found[s.Phase] = s
		}
		for _, phase := range []supply.Phase{supply.Mined, supply.Leached, supply.Precipitated} {
			if s, ok := found[phase]; !ok || s.Country != "US" || s.Dispute != "" {
				t.Errorf("%s: %s: %+v", lot, phase, s)
			}
		}
		if len(p.Steps) != 3 || len(p.Holes) > 0 {
			t.Errorf("%s: steps %+v, holes %+v", lot, p.Steps, p.Holes)
		}
		for _, f := range p.Flags {
			if f.Kind.Taints() {
				t.Errorf("%s: %+v", lot, f)
			}
		}
	}
}
