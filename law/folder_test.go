package law

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lodestone/quantity"
	"lodestone/rules"
)

// TestExampleScenarios puts the cases of each example of a pending bill to the library as amended, and asks the same
// questions of the library as it stands: a scenario is in no answer that did not ask for it.
func TestExampleScenarios(t *testing.T) {
	lib := load(t)
	for _, dir := range []string{"../doc/example/law/fy2027-ndaa-1803", "../doc/example/law/hr-9073", "../doc/example/law/dfars-2023-d003"} {
		amended, added, err := With(lib, Folder{Name: dir, Files: os.DirFS(dir)})
		if err != nil {
			t.Fatal(err)
		}
		if len(added) != 1 || len(added[0].Cases()) == 0 {
			t.Fatalf("%s: added %+v", dir, added)
		}
		for _, c := range added[0].Cases() {
			for _, wrong := range c.Check(amended) {
				t.Error(wrong)
			}
			for _, w := range c.Want {
				f := *c.Facts
				f.Delivery = w.On
				with, err := amended.Judge(&f)
				if err != nil {
					t.Fatal(err)
				}
				without, err := lib.Judge(&f)
				if err != nil {
					t.Fatal(err)
				}
				if len(with.AsIf) != 1 || len(without.AsIf) != 0 || strings.Contains(without.Books[0].Because, "as if") {
					t.Errorf("%s on %s: with %v, without %v %s", c.Name, w.On, with.AsIf, without.AsIf, without.Books[0].Because)
				}
			}
		}
		changed := 0
		for _, a := range amended {
			b := lib.Book(a.ID)
			if len(b.Amended) != 0 || (len(a.Amended) > 0) != (a.Digest != b.Digest) {
				t.Errorf("%s as amended bears digest %s, the book %s", a.ID, a.Digest, b.Digest)
			}
			changed += len(a.Amended)
		}
		if changed != 1 {
			t.Errorf("%s amends %d books", dir, changed)
		}
	}
}

// TestFolder adds a book and an adopted amendment with a value, a doubt, a paragraph and rules of their own.
func TestFolder(t *testing.T) {
	folder := fstest.MapFS{
		"mine/book.yaml": {Data: []byte(`
book: mine/no-eu
title: A rule of our own
kind: prohibition
values:
  - {name: covered, about: countries we avoid, unit: countries, cite: s.1, entries: [{value: [DE], sure: Q, source: us}]}
subjects: [{kinds: [NdFeB magnet], cite: s.1}]
paragraphs:
  - {cite: s.1, sure: Q, source: us, quote: Not from there., rules: [{id: step, effect: counts, phases: [melted]}]}
`)},
		"change/amendment.yaml": {Data: []byte(`
amends: mine/no-eu
name: our change
status: adopted
from: 2027-01-01
source: us
sure: Q
values: [{name: covered, about: countries we avoid, unit: countries, cite: s.1, entries: [{value: [FR], sure: S, source: us}]}]
doubts: [{id: X, key: scope, class: open, question: "which?", readings: {wide: all, narrow: few}, source: us}]
paragraphs:
  - {cite: s.1, sure: Q, source: us, quote: Not from there either., rules: [{id: step, effect: counts, phases: [melted, milled], when: 'reading.scope == "wide"'}]}
`)},
	}
	lib, _, err := With(load(t), Folder{Name: "laws", Files: folder})
	if err != nil {
		t.Fatal(err)
	}
	question, err := rules.ParseFacts("q", []byte(`
book: mine/no-eu
materials_complete: true
materials: [{name: m, kind: NdFeB magnet, complete: true, steps: [{phase: melted, country: DE, evidence: statement}, {phase: milled, country: FR, evidence: statement}]}]
`))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]rules.Verdict{"2026-12-31": rules.Noncompliant, "2027-01-01": rules.Undetermined} {
		f := *question
		f.Delivery = quantity.MustDate(day)
		a, err := lib.Judge(&f)
		if err != nil {
			t.Fatal(err)
		}
		b := a.Books[0]
		if a.Verdict != want || !slices.Equal(b.AmendedBy, []string{"our change"}) || len(a.AsIf) != 0 {
			t.Errorf("%s: %s, amended by %v, as if %v: %s", day, a.Verdict, b.AmendedBy, a.AsIf, b.Because)
		}
		if day == "2027-01-01" && !slices.ContainsFunc(b.RestsOn, func(r rules.Rest) bool { return r.Sure == "S" }) {
			t.Errorf("does not say that it rests on a secondary source: %+v", b.RestsOn)
		}
	}
}

// TestFolderFaults reads folders that cannot be meant.
func TestFolderFaults(t *testing.T) {
	const amend = "amends: us/10-usc-4872\nname: x\nfrom: 2027-01-01\nsource: y\nsure: S\n"
	for _, c := range []struct{ file, text, want string }{
		{"a/amendment.yaml", amend + "repeal:\n  - {cite: (z)(9)}\n", "laws/a/amendment.yaml:7:5: repeal[0]: there is nothing such in the book to repeal"},
		{"a/amendment.yaml", amend + "repeal:\n  - {rule: reductoin-2026}\n", "did you mean reduction-2026?"},
		{"a/amendment.yaml", "amends: us/none\n", `amends "us/none", and there is no such book`},
		{"a/amendment.yaml", "name: x\n", "laws/a/amendment.yaml:1:1: amends: is missing"},
		{"a/amendment.yaml", "amends: us/10-usc-4872\nname: x\n", "wants name, from, source and sure"},
		{"a/amendment.yaml", amend + "paragraphs:\n  - cite: (q)\n    sure: Q\n    source: y\n    quote: w\n    rules: [{id: r, effect: counts, phases: [melted], when: no.such == 1}]\n", "laws/a/amendment.yaml:11:13: paragraphs[0].rules[0].when: "},
		{"a/amendment.yaml", amend + "paragraphs:\n  - {cite: (q), sure: Q, source: y, quote: w, rules: [{id: r, effect: requires}]}\n", "requires is not for a book of kind prohibition"},
		{"a/book.yaml", "book: us/10-usc-4872\ntitle: x\nkind: prohibition\n", "there is a book us/10-usc-4872 already"},
		{"a/book.yaml", "book: x\nkind: prohibitoin\n", "laws/a/book.yaml:2:7: kind: \"prohibitoin\" is not known here (did you mean prohibition?"},
		{"a/more.yaml", "x: 1\n", "law stands in book.yaml or amendment.yaml"},
		{"a/readme.txt", "x", "no law in laws"},
	} {
		_, _, err := With(load(t), Folder{Name: "laws", Files: fstest.MapFS{c.file: {Data: []byte(c.text)}}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q:\n%v\nwant %s", c.file, c.text, err, c.want)
		}
	}
}
