package rules_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"lodestone/rules"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// TestFaults reads fact files that cannot be meant and compares every fault, with its place, rule and remedy.
func TestFaults(t *testing.T) {
	const name = "testdata/faults.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), "=====\n")
	for i, part := range parts {
		file, want, ok := strings.Cut(part, "----\n")
		if !ok {
			t.Fatalf("part %d has no dashes", i+1)
		}
		comment := ""
		for strings.HasPrefix(file, "#") {
			line, rest, _ := strings.Cut(file, "\n")
			comment, file = comment+line+"\n", rest
		}
		f, err := rules.ParseFacts("q.yaml", []byte(file))
		got := "no fault\n"
		if err != nil {
			got = err.Error() + "\n"
			if f != nil {
				t.Errorf("part %d: facts beside a fault", i+1)
			}
		}
		if got != want && !*update {
			t.Errorf("part %d:\n%s\ngot\n%swant\n%s", i+1, file, got, want)
		}
		parts[i] = comment + file + "----\n" + got
	}
	if *update {
		if err := os.WriteFile(name, []byte(strings.Join(parts, "=====\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCoreSchema reads what YAML 1.1 would take for something else.
func TestCoreSchema(t *testing.T) {
	f, err := rules.ParseFacts("q.yaml", []byte("delivery: 2027-01-01\ncontract: {bought_in: NO, number: \"0123\"}\nend_item: {name: yes, cots: TRUE, manufactured_in: ~}\nmaterials: []\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Contract.BoughtIn != "NO" || f.Contract.Number != "0123" || f.EndItem.Name != "yes" || f.EndItem.COTS != rules.Yes || f.EndItem.MadeIn != "" {
		t.Errorf("read as %+v %+v", f.Contract, f.EndItem)
	}
	j, err := rules.ParseFacts("q.json", []byte(`{"delivery": "2027-01-01", "contract": {"bought_in": "NO", "number": "0123"}, "end_item": {"name": "yes", "cots": true, "manufactured_in": null}, "materials": []}`))
	if err != nil {
		t.Fatal(err)
	}
	if j.Contract.BoughtIn != f.Contract.BoughtIn || j.EndItem != f.EndItem || j.Delivery != f.Delivery {
		t.Errorf("JSON reads as %+v, YAML as %+v", j, f)
	}
}

// TestClauses reads a clause as contracts print it, and nothing else.
func TestClauses(t *testing.T) {
	for text, version := range map[string]string{
		"252.225-7052 MAY 2024": "MAY 2024", "DFARS 252.225-7052 (MAY 2024)": "MAY 2024", "dfars 252.225-7052 (June 2020)": "JUN 2020", "252.225-7052": "",
		"252.225-7052 MAYBE 2024": "no", "AFARS 252.225-7052": "no", "252.225-7052 2024": "no",
	} {
		f, err := rules.ParseFacts("q.yaml", fmt.Appendf(nil, "contract: {clauses: [%q]}", text))
		switch {
		case version == "no":
			if err == nil || !strings.Contains(err.Error(), "contract.clauses[0]") {
				t.Errorf("%s: %v, want a fault at contract.clauses[0]", text, err)
			}
		case err != nil:
			t.Errorf("%s: %v", text, err)
		default:
			if want := (rules.Clause{Number: "252.225-7052", Version: version}); f.Contract.Clauses[0] != want {
				t.Errorf("%s: read as %v, want %v", text, f.Contract.Clauses[0], want)
			}
		}
	}
}

// TestSchema holds the published JSON Schema against the reader: what one takes the other takes, for the cases of the
// books and for the faulty files that a schema can see.
func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(rules.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("facts.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("facts.json")
	if err != nil {
		t.Fatal(err)
	}
	check := func(text string) (bySchema, byReader error) {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		_, byReader = rules.ParseFacts("q.yaml", []byte(text))
		return schema.Validate(v), byReader
	}
	for _, good := range []string{
		"{book: a, materials: [{name: m, kind: NdFeB magnet, elements: {Nd: 0.3}, steps: [{phase: mined, country: CN, evidence: none}], complete: true}]}",
		`{book: [a, b], contract: {clauses: ["252.225-7052 MAY 2024", "DFARS 252.225-7009 (January 2023)"], value_usd: 12.5}, answers: {traced_elements: literal}, determinations: [{kind: nonavailability, level: class, material: m, by: x}]}`,
	} {
		if s, r := check(good); s != nil || r != nil {
			t.Errorf("%s: schema %v, reader %v", good, s, r)
		}
	}
	for _, bad := range []string{
		"{delivry: x}", "{materials: [{name: m}]}", "{materials: [{kind: NdFeB}]}", "{end_item: {covered_material_share: 2}}", "{end_item: {cots: maybe}}",
		"{contract: {bought_in: usa}}", "{materials: [{kind: other, steps: [{country: CN}]}]}", "{minimum_evidence: strong}", "{determinations: [{level: class, material: m}]}",
		"{components: [{in: end_item}]}", "{materials: {}}", "{end_item: {system: boat}}",
	} {
		if s, r := check(bad); s == nil || r == nil {
			t.Errorf("%s: schema %v, reader %v", bad, s, r)
		}
	}
}

// FuzzFacts holds the reader and the judge to: no panic, and the same answer twice.
func FuzzFacts(f *testing.F) {
	question, err := os.ReadFile("testdata/question.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(question)
	data, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range strings.Split(string(data), "=====\n") {
		file, _, _ := strings.Cut(part, "----\n")
		f.Add([]byte(file))
	}
	lib := loadBooks(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := rules.ParseFacts("q.yaml", data)
		if err != nil {
			return
		}
		a, err := lib.Judge(q)
		if err != nil {
			return
		}
		b, err := lib.Judge(q)
		if err != nil || a.Verdict != b.Verdict || len(a.Books) != len(b.Books) {
			t.Errorf("asked twice: %s, then %s (%v)", a.Verdict, b.Verdict, err)
		}
		for i := range a.Books {
			if a.Books[i].Because != b.Books[i].Because {
				t.Errorf("asked twice: %q, then %q", a.Books[i].Because, b.Books[i].Because)
			}
		}
	})
}
