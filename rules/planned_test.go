package rules_test

import (
	"slices"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// TestPlannedPlaces: a step at a place that was said to be planned on its day leaves open where it was; a statement that is
// older or speaks of other days, or of the site or operator alone, is a remark or nothing.
func TestPlannedPlaces(t *testing.T) {
	mined := func(place string) string { return strings.Replace(chain, "mined us", "mined "+place, 1) }
	atLine := func(more string) string { return more + mined("line") }
	lib := loadBooks(t)
	for _, c := range []struct {
		name, entries string
		want          map[string]rules.Verdict
		ask, note     string // part of what is asked for, and of a note, on the last day
	}{
		{"planned, no days", atLine("a: planned line US - - -\n"), map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined},
			"evidence that it ran on 2026-01-01", "line was said to be planned when mined there"},
		{"planned by nobody who signs", "nobody: planned line US - - -\n" + mined("line"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on 2026-01-01", ""},
		{"planned by one, in being by another", atLine("a: planned line US - - 2026-10-01\nb: facility line US\n"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on", ""},
		{"planned, said after the step", atLine("a: planned line US - - 2026-10-01\n"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on", ""},
		{"planned, said on the day of the step", atLine("a: planned line US - - 2026-01-01\n"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on", ""},
		{"planned, said before the step", atLine("a: planned line US - - 2025-12-31\n"), map[string]rules.Verdict{"2027-01-01": rules.Compliant}, "", "older than the step recorded there (mined)"},
		{"planned through the day of the step, said before", atLine("a: planned line US - 2026-01-01 2025-06-01\n"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on", ""},
		{"opened the day before", atLine("a: planned line US - 2025-12-31 2025-06-01\na: facility line US\n"), map[string]rules.Verdict{"2027-01-01": rules.Compliant}, "", "speaks of other days"},
		{"closed, and planned anew later", atLine("a: facility line US\na: planned line US 2026-06-01 - -\n"), map[string]rules.Verdict{"2027-01-01": rules.Compliant}, "", "speaks of other days"},
		{"only the operator's other place", "a: planned other US - - -\na: facility line US US-OH a\na: facility other US US-OH a\n" + mined("line"), map[string]rules.Verdict{"2027-01-01": rules.Compliant}, "", ""},
		{"a step that does not count", "a: planned line US - - -\n" + chain + "a: lot n mag\na: 2026-04-01 assembled line m -> n\n", map[string]rules.Verdict{"2027-01-01": rules.Compliant}, "", ""},
		{"one of two lots of ore", atLine("a: planned line US - 2026-01-01 -\na: facility line US\n") + "a: lot o2 ore\na: 2026-01-02 mined line -> o2\na: 2026-02-02 separated ca o2 -> s\n",
			map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on 2026-01-01", ""},
		{"melted there", "a: planned line US - - -\n" + strings.Replace(chain, "melted us", "melted line", 1), map[string]rules.Verdict{"2026-12-31": rules.Undetermined, "2027-01-01": rules.Undetermined}, "ran on 2026-03-01", ""},
		{"in China, it is said", "a: planned line CN - - -\n" + mined("line"), map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, "ran on", "line was said to be planned"},
		{"in China for certain elsewhere", "a: planned line US - - -\n" + strings.Replace(mined("line"), "separated ca", "separated cn", 1), map[string]rules.Verdict{"2027-01-01": rules.Noncompliant}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := ledgerOf(t, strings.ReplaceAll(c.entries, "\n\n", "\n"))
			lot := supply.LotID("urn:l:m")
			for day, want := range c.want {
				f, err := rules.FromRecord(g, lot, nil, quantity.MustDate(day))
				if err != nil {
					t.Fatal(err)
				}
				f.Books = []string{"us/dfars-252.225-7052"}
				a, err := lib.Judge(f)
				if err != nil {
					t.Fatal(err)
				}
				b := a.Books[0]
				if b.Verdict != want {
					t.Errorf("%s: %s, want %s: %s", day, b.Verdict, want, b.Because)
				}
				if day == "2026-12-31" {
					continue
				}
				if c.ask != "" && !slices.ContainsFunc(b.Missing, func(m rules.Missing) bool { return strings.Contains(m.Ask, c.ask) }) {
					t.Errorf("%s: it is not asked for %q: %+v", day, c.ask, b.Missing)
				}
				if c.note != "" && !slices.ContainsFunc(b.Notes, func(n rules.Shown) bool { return strings.Contains(n.Question, c.note) }) {
					t.Errorf("%s: no note has %q: %+v", day, c.note, b.Notes)
				}
			}
		})
	}
}

// TestPlannedMaking: the bare magnet's own country is not known where its last step was at a planned place, and neither is
// the exception for recycled magnets met there.
func TestPlannedMaking(t *testing.T) {
	g := ledgerOf(t, strings.Replace(chain, "magnetized us", "magnetized line", 1)+"a: planned line US - - -\n")
	f, err := rules.FromRecord(g, "urn:l:m", nil, quantity.MustDate("2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if f.EndItem.MadeIn != "" {
		t.Errorf("made in %s, at a planned place", f.EndItem.MadeIn)
	}
	g = ledgerOf(t, "a: planned line US - - -\na: facility us US\na: material mag NdFeB magnet = Nd Fe B\na: lot x mag\na: lot m mag\n"+
		"a: 2026-01-01 recycled us -> x\na: 2026-02-01 milled line x -> p\na: 2026-02-02 sintered us p -> m\n")
	f, err = rules.FromRecord(g, "urn:l:m", nil, quantity.MustDate("2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if r := f.Materials[0].Recycled; r == nil || r.MilledIn != "" || r.SinteredIn != "US" {
		t.Errorf("recycled: %+v", r)
	}
}
