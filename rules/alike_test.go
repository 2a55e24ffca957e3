package rules_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/rules"
)

// manyMagnets is a question about so many assemblies of so many magnets each; what describes one is written by about.
func manyMagnets(tb testing.TB, assemblies, magnets int, about func(i int) string) *rules.Facts {
	var b strings.Builder
	b.WriteString("book: us/dfars-252.225-7052\ndelivery: 2027-01-15\ncomponents:\n")
	for a := range assemblies {
		fmt.Fprintf(&b, "  - {name: actuator %d, in: end_item}\n", a)
	}
	b.WriteString("materials:\n")
	for i := range assemblies * magnets {
		fmt.Fprintf(&b, "  - {name: magnet %d, in: actuator %d, kind: NdFeB magnet, incorporated: true, %s}\n", i, i/magnets, about(i))
	}
	f, err := rules.ParseFacts("many.yaml", []byte(b.String()))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// BenchmarkManyMagnets judges three hundred magnets of which nothing is known in one question, alike or all different.
func BenchmarkManyMagnets(b *testing.B) {
	lib := loadBooks(b)
	for _, c := range []struct {
		name  string
		about func(int) string
	}{{"alike", func(int) string { return "form: finished" }}, {"different", func(i int) string { return fmt.Sprintf("form: finished, mass: %d g", i+1) }}} {
		f := manyMagnets(b, 20, 15, c.about)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := lib.Judge(f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestAlike puts random questions, in which much is alike, to every book: what is alike is tried in three of its kind, and
// the answer is that of trying all, word for word.
func TestAlike(t *testing.T) {
	lib := append(loadBooks(t), loadTestBooks(t)...)
	rapid.Check(t, func(r *rapid.T) {
		some := func(field string, values ...string) string { return some(r, field, values...) }
		var b strings.Builder
		fmt.Fprintf(&b, "book: %s\ndelivery: %s\n", rapid.SampledFrom(lib).Draw(r, "book").ID, rapid.SampledFrom([]string{"2026-11-20", "2027-01-01", "2032-05-05"}).Draw(r, "delivery"))
		fmt.Fprintf(&b, "contract: %s\n", mapping(some("value_usd", "100000", "350000"), some("bought_in", "US"), some("number", "C1")))
		fmt.Fprintf(&b, "end_item: %s\n", mapping(some("manufactured_in", "US", "CN"), some("cots", flags...), some("modified", "false"), some("covered_material_share", "0.03", "1")))
		item := func() string {
			return mapping(some("manufactured_in", "US", "CN"), some("cots", "true"))[1:]
		}
		assemblies := []string{item(), item()}
		ins := []string{"end_item"}
		b.WriteString("components:\n")
		for i := range rapid.IntRange(0, 5).Draw(r, "components") {
			name := fmt.Sprintf("c%d", i)
			fmt.Fprintf(&b, "  - {name: %s, in: %s, %s\n", name, rapid.SampledFrom(ins).Draw(r, "in"), rapid.SampledFrom(assemblies).Draw(r, "assembly"))
			ins = append(ins, name)
		}
		kind := func() string {
			steps := ""
			for range rapid.IntRange(0, 2).Draw(r, "steps") {
				steps += mapping("phase: "+rapid.SampledFrom([]string{"mined", "separated", "melted", "sintered"}).Draw(r, "phase")+", ", some("elements", "[Nd]", "[Fe, B]"), some("country", countries...), some("evidence", grades...)) + ", "
			}
			return "kind: " + rapid.SampledFrom([]string{"NdFeB magnet", "SmCo magnet", "other", "tungsten heavy alloy"}).Draw(r, "kind") + ", " + some("incorporated", flags...) + some("form", "finished", "block") + some("elements", mixes...) + "steps: [" + strings.TrimSuffix(steps, ", ") + "]"
		}
		kinds := []string{kind(), kind()}
		b.WriteString("materials:\n")
		for i := range rapid.IntRange(1, 7).Draw(r, "materials") {
			fmt.Fprintf(&b, "  - {name: m%d, in: %s, %s}\n", i, rapid.SampledFrom(ins).Draw(r, "place"), rapid.SampledFrom(kinds).Draw(r, "like"))
		}
		fmt.Fprintf(&b, "materials_complete: %s\n", rapid.SampledFrom(flags).Draw(r, "all"))
		if rapid.IntRange(0, 3).Draw(r, "determined") == 0 {
			fmt.Fprintf(&b, "determinations: [{kind: nonavailability, level: individual, contract: C1, material: %s, by: the Secretary, from: 2020-01-01}]\n", rapid.SampledFrom([]string{"m1", "NdFeB magnet"}).Draw(r, "named"))
		}
		text := b.String()
		f, err := rules.ParseFacts("q.yaml", []byte(strings.ReplaceAll(text, "components:\nmaterials:", "materials:")))
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		a, err := lib.Judge(f)
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		plain, err := lib.JudgePlainly(f)
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		if !reflect.DeepEqual(a.Books, plain) {
			r.Fatalf("%s\nis\n%+v\nplainly\n%+v", text, a.Books, plain)
		}
	})
}
