package rules_test

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"lodestone/rules"
)

// TestCompletions fills the unknown facts of small questions in every way, reads the open doubts in every way, and
// compares: the verdict of the question with its blanks is the one verdict of all its completions, or UNDETERMINED.
func TestCompletions(t *testing.T) {
	lib := loadBooks(t)
	const question = `
book: us/dfars-252.225-7052
delivery: %s
contract: {clauses: ["252.225-7052 %s"], value_usd: 10000000, bought_in: US, used_in: US}
end_item: {manufactured_in: %s, cots: %s, modified: false, electronic_device: false, covered_material_share: 0.03, tungsten_share: 0}
components: [{name: drive, electronic_device: %s}]
materials_complete: true
answers: {%s}
materials:
  - name: m
    in: drive
    kind: NdFeB magnet
    form: finished
    incorporated: true
    elements: {Nd: 0.3, Dy: 0.02, Fe: 0.67, B: 0.01}
    complete: true
    steps:
      - {phase: separated, elements: [Nd], country: %s, evidence: certificate}
      - {phase: separated, elements: [Dy], country: %s, evidence: certificate}
      - {phase: reduced, elements: [Nd], country: %s, evidence: certificate}
      - {phase: melted, country: %s, evidence: certificate}
`
	judge := func(text string) rules.Verdict {
		f, err := rules.ParseFacts("q.yaml", []byte(strings.ReplaceAll(text, "country: ?,", "")))
		if err != nil {
			t.Fatal(err)
		}
		a, err := lib.Judge(f)
		if err != nil {
			t.Fatal(err)
		}
		return a.Verdict
	}
	places, flags := []string{"CN", "US"}, []string{"true", "false"}
	doubts := [][]string{{"traced_elements: literal", "traced_elements: all_rare_earths"}, {"reduction_before_2027: produced", "reduction_before_2027: not_produced"},
		{"electronic_device_scope: any_tier", "electronic_device_scope: end_item_only"}}
	asked, undetermined := 0, 0
	for _, day := range []string{"2026-12-31", "2027-01-01"} {
		for _, version := range []string{"MAY 2024", "JAN 2023", "DEC 2019"} {
			// Each round leaves some blanks open (mask) over some ground of known values (ground).
			for mask := range 1 << 7 {
				if n := bits.OnesCount(uint(mask)); n > 2 && mask != 0b1111001 {
					continue // few blanks say as much as many, and take less time
				}
				for _, ground := range []int{0, 0b0000101, 0b1111111, 0b0111011} {
					known := func(bit int, values []string) []string {
						if mask&(1<<bit) != 0 {
							return values
						}
						return values[ground>>bit&1 : ground>>bit&1+1]
					}
					blank := func(bit int, values []string) string {
						if mask&(1<<bit) != 0 {
							return "~"
						}
						return values[ground>>bit&1]
					}
					open := judge(fmt.Sprintf(question, day, version, blank(0, places), blank(1, flags), blank(2, flags), "",
						blank(3, places), blank(4, places), blank(5, places), blank(6, places)))
					all := map[rules.Verdict]bool{}
					for _, a := range known(0, places) {
						for _, b := range known(1, flags) {
							for _, c := range known(2, flags) {
								for _, d := range known(3, places) {
									for _, e := range known(4, places) {
										for _, f := range known(5, places) {
											for _, g := range known(6, places) {
												for r := range 8 {
													answers := strings.Join([]string{doubts[0][r&1], doubts[1][r>>1&1], doubts[2][r>>2&1]}, ", ")
													all[judge(fmt.Sprintf(question, day, version, a, b, c, answers, d, e, f, g))] = true
												}
											}
										}
									}
								}
							}
						}
					}
					asked++
					if want := together(all); open != want {
						t.Fatalf("%s %s mask %07b ground %07b: %s, all completions give %v", day, version, mask, ground, open, all)
					}
					if open == rules.Undetermined {
						undetermined++
					}
				}
			}
		}
	}
	t.Logf("%d questions, %d of them undetermined", asked, undetermined)
}

// together is what a set of completions comes to: their one verdict; of clean ones the first in order; else UNDETERMINED.
func together(all map[rules.Verdict]bool) rules.Verdict {
	clean, bad := rules.Verdict(""), rules.Verdict("")
	for _, v := range []rules.Verdict{rules.OutOfScope, rules.Exempt, rules.Compliant} {
		if all[v] {
			clean = v
		}
	}
	for _, v := range []rules.Verdict{rules.Noncompliant, rules.Conflicting} {
		if all[v] {
			if bad != "" {
				return rules.Undetermined
			}
			bad = v
		}
	}
	switch {
	case all[rules.Undetermined], clean != "" && bad != "":
		return rules.Undetermined
	case bad != "":
		return bad
	}
	return clean
}
