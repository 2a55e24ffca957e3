package whatif_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lodestone/law"
	"lodestone/rules"
	"lodestone/whatif"
)

func books(t testing.TB) rules.Library {
	t.Helper()
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func facts(t testing.TB, text string) *rules.Facts {
	t.Helper()
	f, err := rules.ParseFacts("q.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const head = `
book: %s
delivery: %s
contract: {clauses: ["252.225-7052 MAY 2024", "252.225-7009 JAN 2023"], value_usd: 10000000, bought_in: US, used_in: US}
materials_complete: true
`

const magnet = `
materials:
  - name: m
    kind: NdFeB magnet
    form: finished
    incorporated: true
    elements: {Nd: 0.3, Dy: 0.02, Fe: 0.67, B: 0.01}
    complete: true
    steps:
      - {phase: mined, country: US, evidence: certificate}
`

// small are questions with few unknowns, so that every assignment of them can be tried.
var small = map[string]string{
	"places of two steps": head + `
end_item: {manufactured_in: US, cots: false, electronic_device: false}` + magnet + `
      - {phase: separated, elements: [Nd], evidence: certificate}
      - {phase: melted, evidence: certificate}
      - {phase: sintered, country: US, evidence: certificate}
`,
	"a step, or a device, or a commercial item": head + `
end_item: {manufactured_in: US, modified: false, covered_material_share: 0.03, tungsten_share: 0}
components: [{name: drive, electronic_device: false, cots: false}]` + strings.Replace(magnet, "kind:", "in: drive\n    kind:", 1) + `
      - {phase: separated, elements: [Nd], evidence: certificate}
`,
	"the share on which an exception hangs": head + `
end_item: {manufactured_in: US, cots: true, electronic_device: false}` + magnet + `
      - {phase: separated, country: CN, evidence: certificate}
`,
	"how the text is read": head + `
end_item: {manufactured_in: US, cots: false, electronic_device: false}` + magnet + `
      - {phase: separated, elements: [Dy], country: CN, evidence: certificate}
      - {phase: melted, evidence: certificate}
`,
	"bought and used abroad": strings.Replace(head, "bought_in: US, used_in: US", "", 1) + `
end_item: {manufactured_in: US, cots: false, electronic_device: false}` + magnet + `
      - {phase: separated, country: CN, evidence: certificate}
`,
	"made where": head + `
end_item: {cots: false, electronic_device: false}` + magnet + `
      - {phase: melted, country: US}
`,
	"recycled": head + `
end_item: {manufactured_in: US, cots: false, electronic_device: false}
materials:
  - name: m
    kind: NdFeB magnet
    form: finished
    incorporated: true
    elements: {Nd: 0.3, Fe: 0.69, B: 0.01}
    recycled: {feed: magnet scrap, route: powder}
    complete: true
    steps:
      - {phase: melted, country: CN, evidence: certificate}
      - {phase: sintered, country: US, evidence: certificate}
`,
	"cobalt magnet": head + `
end_item: {cots: false, electronic_device: false}
materials:
  - name: s
    kind: SmCo magnet
    form: finished
    incorporated: true
    cots: false
    elements: {Sm: 0.3, Co: 0.7}
    complete: true
    steps:
      - {phase: melted, evidence: certificate}
`,
}

// TestWays holds what is found against every assignment of values to what is not known: a set of facts is enough when, with
// some values, every completion of the others is clean; the ways are the sets of which no part is enough.
func TestWays(t *testing.T) {
	lib := books(t)
	tried, several := 0, 0
	for name, text := range small {
		for _, book := range []string{"us/dfars-252.225-7052", "us/10-usc-4872", "us/dfars-252.225-7009"} {
			for _, day := range []string{"2026-12-31", "2027-01-01"} {
				t.Run(name+" "+book+" "+day, func(t *testing.T) {
					f := facts(t, fmt.Sprintf(text, book, day))
					w, err := whatif.Find(lib, f, 0)
					if err != nil {
						t.Fatal(err)
					}
					if w.Verdict != rules.Undetermined {
						if len(w.Ways) > 0 {
							t.Error("ways out of what is not UNDETERMINED")
						}
						return
					}
					var got []string
					for _, way := range w.Ways {
						var names []string
						for _, n := range way.Facts {
							names = append(names, n.Fact)
						}
						slices.Sort(names)
						got = append(got, strings.Join(names, " + "))
					}
					want := everyWay(t, lib, f)
					slices.Sort(got)
					if !slices.Equal(got, want) {
						t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
					}
					if !w.Whole {
						t.Error("stopped")
					}
					if tried++; len(got) > 1 {
						several++
					}
				})
			}
		}
	}
	if tried < 20 || several < 6 {
		t.Errorf("%d questions, %d of them with more than one way: nothing is tried", tried, several)
	}
}

// everyWay finds the minimal ways by trying everything.
func everyWay(t *testing.T, lib rules.Library, f *rules.Facts) []string {
	trial, err := lib.Trial(f)
	if err != nil {
		t.Fatal(err)
	}
	verdict := func(set map[string]string) rules.Outcome {
		o, err := trial.Try(set)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	names := verdict(nil).Open
	samples := map[string][]string{}
	// assign calls do with every assignment of the names, of which some may stay unknown.
	var assign func(names []string, blank bool, set map[string]string, do func(map[string]string))
	assign = func(names []string, blank bool, set map[string]string, do func(map[string]string)) {
		if len(names) == 0 {
			do(set)
			return
		}
		if blank {
			assign(names[1:], blank, set, do)
		}
		for _, v := range samples[names[0]] {
			set[names[0]] = v
			assign(names[1:], blank, set, do)
			delete(set, names[0])
		}
	}
	for known := 0; known < len(names); {
		known = len(names)
		for _, n := range names {
			samples[n] = trial.Samples(n)
		}
		assign(names, true, map[string]string{}, func(set map[string]string) {
			for _, n := range verdict(set).Open {
				if !slices.Contains(names, n) && !slices.Contains(names[known:], n) {
					names = append(names, n)
				}
			}
		})
	}
	if len(names) > 7 {
		t.Skipf("%d unknowns are too many to try all", len(names))
	}
	for _, n := range names {
		samples[n] = trial.Samples(n)
	}
	var ways []uint
	for size := 1; size <= len(names); size++ {
		for mask := uint(1); mask < 1<<len(names); mask++ {
			var in, out []string
			for i, n := range names {
				if mask>>i&1 == 1 {
					in = append(in, n)
				} else {
					out = append(out, n)
				}
			}
			if len(in) != size || slices.ContainsFunc(ways, func(w uint) bool { return w&mask == w }) {
				continue
			}
			enough := false
			assign(in, false, map[string]string{}, func(set map[string]string) {
				all := !enough
				if all {
					assign(out, false, set, func(set map[string]string) { all = all && verdict(set).Verdict.Clean() })
				}
				enough = enough || all
			})
			if enough {
				ways = append(ways, mask)
			}
		}
	}
	list := []string{}
	for _, mask := range ways {
		var in []string
		for i, n := range names {
			if mask>>i&1 == 1 {
				in = append(in, n)
			}
		}
		slices.Sort(in)
		list = append(list, strings.Join(in, " + "))
	}
	slices.Sort(list)
	return list
}
