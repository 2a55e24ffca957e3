package rules_test

import (
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// Two magnets of equal profiles: into one the alloy of unknown origin came before the melting, into the other after it, so
// that nobody says where it was melted.
func TestDeskOfGaps(t *testing.T) {
	g := ledgerOf(t, chain+`a: material stock alloy = Nd Fe B
a: lot x stock
a: lot o1 ore
a: lot o2 ore
a: lot s1 ore
a: lot s2 ore
a: 2026-01-01 mined us -> o1
a: 2026-01-01 mined us -> o2
a: 2026-02-01 separated ca o1 -> s1
a: 2026-02-01 separated ca o2 -> s2
a: lot m1 mag
a: lot m2 mag
a: 2026-03-01 melted us s1 x -> al1
a: 2026-03-02 milled us al1 -> p1
a: 2026-03-03 sintered us p1 -> b1
a: 2026-03-04 magnetized us b1 -> m1
a: 2026-03-01 melted us s2 -> al2
a: 2026-03-02 milled us al2 x -> p2
a: 2026-03-03 sintered us p2 -> b2
a: 2026-03-04 magnetized us b2 -> m2
`)
	books := []string{"us/dfars-252.225-7052"}
	desk := rules.NewDesk(loadBooks(t), g, nil, books)
	day := quantity.MustDate("2026-12-01")
	for lot, want := range map[supply.LotID]rules.Verdict{"urn:l:m1": rules.Compliant, "urn:l:m2": rules.Undetermined} {
		if got, err := desk.Verdict(lot, day); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", lot, got, err, want)
		}
	}
	one, _ := g.Class("urn:l:m1")
	two, _ := g.Class("urn:l:m2")
	if one == two {
		t.Error("both magnets are of one class")
	}
}

// A determination that names one lot is no determination for another lot of the same history.
func TestDeskOfNamedLot(t *testing.T) {
	g := ledgerOf(t, chain+`a: lot m1 mag
a: lot m2 mag
a: 2026-05-01 magnetized cn m -> m1 m2
a: determination nonavailability m2
`)
	desk := rules.NewDesk(loadBooks(t), g, nil, []string{"us/dfars-252.225-7052"})
	day := quantity.MustDate("2027-06-01")
	for range 2 {
		for lot, want := range map[supply.LotID]rules.Verdict{"urn:l:m1": rules.Noncompliant, "urn:l:m2": rules.Exempt} {
			if got, err := desk.Verdict(lot, day); err != nil || got != want {
				t.Errorf("%s: %s, %v, want %s", lot, got, err, want)
			}
		}
	}
}
