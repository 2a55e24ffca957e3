package genealogy_test

import (
	"testing"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

func TestGrades(t *testing.T) {
	g, err := genealogy.ParseGrades("statement,2025-01-01:certificate,2027-01-01:statement")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]supply.Evidence{
		"2024-12-31": supply.Stated, "2025-01-01": supply.Certified, "2026-12-31": supply.Certified, "2027-01-01": supply.Stated,
	} {
		if got := g.On(quantity.MustDate(day)); got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
	if got := g.On(0); got != supply.Stated {
		t.Errorf("on no date: %s, want the weakest", got)
	}
	if got := genealogy.Grades("").On(quantity.MustDate("2025-01-01")); got != supply.NoEvidence {
		t.Errorf("of no grades: %s", got)
	}
	if got := g.Changes(); len(got) != 2 || got[0].String() != "2025-01-01" || got[1].String() != "2027-01-01" {
		t.Errorf("changes %v", got)
	}
	for _, bad := range []string{"", "paper", "statement,2025-01-01", "statement,2025-01-01:statement", "none,2026-01-01:audited,2025-01-01:none", "none,x:audited"} {
		if _, err := genealogy.ParseGrades(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
