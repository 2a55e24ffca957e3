package rules_test

import (
	"os"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// TestStepDays: a book that asks for the day of a step hears the days of the record's events, each lot its own, though the
// lots are of one class.
func TestStepDays(t *testing.T) {
	book, err := rules.LoadBook(os.DirFS("testdata/late"), ".")
	if err != nil {
		t.Fatal(err)
	}
	lib := rules.Library{book}
	entries := chain
	for lot, melts := range map[string]string{"early": "2026-05-31", "late": "2026-06-01", "both": "2026-05-30 2026-06-02", "twice": "2026-05-01 2026-05-02"} {
		entries += "a: lot " + lot + " mag\n"
		for _, day := range strings.Fields(melts) {
			ore := lot + day
			entries += "a: lot o" + ore + " ore\na: lot s" + ore + " ore\na: 2026-01-01 mined us -> o" + ore + "\na: 2026-02-01 separated ca o" + ore + " -> s" + ore + "\n" +
				"a: " + day + " melted us s" + ore + " -> alloy-" + lot + "\n"
		}
		entries += "a: 2026-06-02 milled us alloy-" + lot + " -> powder-" + lot + "\n" +
			"a: 2026-06-03 sintered us powder-" + lot + " -> block-" + lot + "\na: 2026-06-04 magnetized us block-" + lot + " -> " + lot + "\n"
	}
	g := ledgerOf(t, entries)
	desk := rules.NewDesk(lib, g, nil, []string{"test/late"})
	on := quantity.MustDate("2027-01-01")
	classes := map[any]bool{}
	for lot, want := range map[supply.LotID]rules.Verdict{"urn:l:early": rules.Compliant, "urn:l:late": rules.Noncompliant, "urn:l:both": rules.Noncompliant, "urn:l:twice": rules.Compliant} {
		class, ok := g.Class(lot)
		if !ok {
			t.Fatalf("%s has no class", lot)
		}
		classes[class] = true
		if got, err := desk.OfClass(class, lot, on); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", lot, got, err, want)
		}
	}
	if len(classes) != 1 {
		t.Errorf("%d classes: the lots do not try the sharing", len(classes))
	}
	f := &rules.Facts{Books: []string{"test/late"}, Delivery: on, MaterialsComplete: true, Answers: map[string]string{}, MinimumEvidence: supply.Stated,
		Materials: []rules.Material{{Name: "m", Kind: "NdFeB magnet", In: "end_item", Complete: true, Steps: []rules.Step{{Phase: supply.Melted, Country: "US", Evidence: supply.Stated}}}}}
	a, err := lib.Judge(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := a.Books[0]; b.Verdict != rules.Undetermined || len(b.Missing) != 1 || !strings.HasSuffix(b.Missing[0].Fact, ".date") {
		t.Errorf("an unknown day: %s, missing %+v", b.Verdict, b.Missing)
	}
}

// TestShippedBooksAskForNoDay: the books that come with the program share answers among lots of one class.
func TestShippedBooksAskForNoDay(t *testing.T) {
	lib := loadBooks(t)
	var all []string
	for _, b := range lib {
		all = append(all, b.ID)
	}
	if lib.Dates(all) {
		t.Error("a book asks for the days of steps: its answers are no longer shared")
	}
}
