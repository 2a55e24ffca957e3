package rules_test

import (
	"slices"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// TestProducedWhereTheRecordSays: a claim for the credit of section 45X that names another country than the record's making of
// the lot is not taken at its word, and one that names none is answered by the record.
func TestProducedWhereTheRecordSays(t *testing.T) {
	const claim = "contract: {value_usd: 1000000}\nclaim: {related_buyer: false, credit_48c: false, prohibited_foreign_entity: false, material_assistance: 1, produced_in: US}\n"
	lib := loadBooks(t)
	const oxide = "a: facility us US\na: facility cn CN\na: material oxide rare earth oxide = Nd Pr\na: lot o oxide\na: lot x oxide\na: 2026-01-01 mined us -> o\n"
	for _, c := range []struct {
		name, entries, claim string
		want                 rules.Verdict // but for the purity, which nobody says
		note                 string
	}{
		{"as the record", oxide + "a: 2026-02-01 separated us o -> x\n", claim, rules.Unsettled, ""},
		{"made abroad by the record", oxide + "a: 2026-02-01 separated cn o -> x\n", claim, rules.NotEligible, "the record places the making of urn:l:x in CN, whatever the contract file says (US)"},
		{"made abroad, and not claimed", oxide + "a: 2026-02-01 separated cn o -> x\n", strings.Replace(claim, ", produced_in: US", "", 1), rules.NotEligible, ""},
		{"made in both", oxide + "a: 2026-02-01 separated cn o -> x\na: 2026-02-02 separated us o -> x\n", claim, rules.Unsettled, "in CN or US, whatever"},
		{"made at a planned place", oxide + "a: planned line US - - -\na: 2026-02-01 separated line o -> x\n", claim, rules.Unsettled, "in an unknown place, whatever the contract file says"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said, err := rules.ParseContract("claim.yaml", []byte(c.claim))
			if err != nil {
				t.Fatal(err)
			}
			f, err := rules.FromRecord(ledgerOf(t, c.entries), "urn:l:x", said, quantity.MustDate("2026-06-01"))
			if err != nil {
				t.Fatal(err)
			}
			f.Books = []string{"us/26-usc-45x"}
			a, err := lib.Judge(f)
			if err != nil {
				t.Fatal(err)
			}
			if b := a.Books[0]; b.Verdict != c.want {
				t.Errorf("%s, want %s: %s", b.Verdict, c.want, b.Because)
			}
			if noted := slices.ContainsFunc(f.Assumed, func(s string) bool { return strings.Contains(s, c.note) }); c.note != "" && !noted {
				t.Errorf("nothing says %q: %q", c.note, f.Assumed)
			}
		})
	}
}

// TestRegionOfTheStep: a plant that was said to be in one region of China when the step happened, and in another on the day of
// delivery, is in no region that is known.
func TestRegionOfTheStep(t *testing.T) {
	moved := strings.Replace(chain, "a: facility cn CN\n", "a: facility cn CN CN-XJ a 2025-01-01 2026-06-30\na: facility cn CN CN-JX a 2026-07-01 2030-12-31\n", 1)
	for entries, want := range map[string]string{moved: "", strings.ReplaceAll(moved, "CN-JX", "CN-XJ"): "CN-XJ"} {
		f, err := rules.FromRecord(ledgerOf(t, strings.Replace(entries, "separated ca", "separated cn", 1)), "urn:l:m", nil, quantity.MustDate("2026-12-01"))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Materials[0].Steps {
			if s.Country == "CN" && s.Region != want {
				t.Errorf("%s in region %q, want %q", s.Phase, s.Region, want)
			}
		}
	}
}

// TestMadeInUnknownPlacesToo: an assembly that was put together at one place in the United States and at another that nobody
// places is not known to be made there, unless the contract file says so.
func TestMadeInUnknownPlacesToo(t *testing.T) {
	const both = "a: lot n mag\na: 2026-05-01 assembled us m -> asm\na: 2026-05-02 assembled nowhere n -> asm\n"
	said := &rules.Facts{MinimumEvidence: supply.Stated, Answers: map[string]string{}, EndItem: rules.EndItem{MadeIn: "US"}}
	for _, c := range []struct {
		entries string
		said    *rules.Facts
		want    supply.Country
	}{
		{chain + both, nil, ""}, {chain + both, said, "US"},
		{chain + strings.Replace(both, "nowhere", "us", 1), nil, "US"},
		{chain + strings.Replace(both, "nowhere", "cn", 1), said, ""},
		{chain + "a: 2026-05-01 assembled nowhere m -> asm\n", said, "US"},
	} {
		f, err := rules.FromRecord(ledgerOf(t, c.entries), "urn:l:asm", c.said, quantity.MustDate("2026-12-01"))
		if err != nil {
			t.Fatal(err)
		}
		if f.EndItem.MadeIn != c.want {
			t.Errorf("made in %q, want %q: %q", f.EndItem.MadeIn, c.want, f.Assumed)
		}
	}
}
