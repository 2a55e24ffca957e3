package rules_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/rules"
)

// blankable are the fields that, left out, are unknown: each with its value, as randomQuestion writes it. What is left out
// of a party outside the region that a book names is taken for no, so a party's lists and its labour are none of them.
var blankable = regexp.MustCompile(`\b(?:country: [A-Z]{2}(?:, region: [A-Za-z-]+)?|manufactured_in: [A-Z]{2}|electronic_device: (?:true|false)|modified: (?:true|false)|value_usd: \d+|bought_in: [A-Z]{2}|used_in: [A-Z]{2}|` +
	`covered_material_share: [\d.]+|tungsten_share: [\d.]+|incorporated: (?:true|false)|form: [a-z]+|purity: [\d.]+|mass: [\d.]+ k?g|feed: [a-z ]+|route: [a-z]+|milled_in: [A-Z]{2}|sintered_in: [A-Z]{2}|` +
	`evidence: [a-z]+|owner: [A-Z]{2}|military: (?:true|false)|listed_owner_share: [\d.]+|from: [A-Z]{2}|to: [A-Z]{2}|end_use: [a-z_]+|cn_value_share: [\d.]+|` +
	`cn_technology: (?:true|false)|class: [a-zA-Z ]+|magnet_mass: [\d.]+ k?g|produced_in: [A-Z]{2}|related_buyer: (?:true|false)|credit_48c: (?:true|false)|prohibited_foreign_entity: (?:true|false)|` +
	`material_assistance: [\d.]+|sec_issuer: (?:true|false)|manufactures: (?:true|false)|inquiry: (?:true|false)|date: [\d-]+|complete: true)`)

// composed is a material whose elements are unknown when they are left out: they are not what its kind is named for.
var composed = regexp.MustCompile(`(kind: other, [^{}]*)elements: \{[^}]*\}|(kind: NdFeB magnet, [^{}]*)elements: \{Nd: [^}]*Fe: [^}]*\}`)

// TestBlanks leaves facts out of random questions. An answer that is given without them is the answer with them: nothing
// is required or not, eligible or not, lawful or not, while a fact is unknown that would have it otherwise.
func TestBlanks(t *testing.T) {
	lib := append(loadBooks(t), loadTestBooks(t)...)
	var ids []string
	for _, b := range lib {
		ids = append(ids, b.ID)
	}
	judge := func(r *rapid.T, text string) *rules.Answer {
		f, err := rules.ParseFacts("q.yaml", []byte(text))
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		a, err := lib.Judge(f)
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		return a
	}
	settled, differ := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		whole := randomQuestion(r, ids)
		bare := strings.Contains(whole, "is_material: true")
		blanks := blankable.ReplaceAllStringFunc(whole, func(field string) string {
			name, _, _ := strings.Cut(field, ":")
			if bare && (name == "manufactured_in" || name == "tungsten_share") || rapid.IntRange(0, 3).Draw(r, "keep "+name) > 0 {
				return field
			}
			if name == "complete" {
				return "complete: false"
			}
			return name + ": ~"
		})
		blanks = composed.ReplaceAllStringFunc(blanks, func(m string) string {
			if rapid.IntRange(0, 2).Draw(r, "keep elements") > 0 {
				return m
			}
			return m[:strings.Index(m, "elements:")] + "elements: ~"
		})
		a, b := judge(r, blanks), judge(r, whole)
		for i, x := range a.Books {
			y := b.Books[i].Verdict
			if x.Verdict != y {
				differ++
			}
			open := x.Verdict == rules.Undetermined || x.Verdict == rules.Unsettled
			if !open {
				settled++
			}
			if !open && x.Verdict != y && !(x.Verdict.Clean() && y.Clean()) {
				r.Fatalf("%s: %s (%s) without the facts, %s (%s) with them\nwithout\n%s\nwith\n%s", x.Book, x.Verdict, x.Because, y, b.Books[i].Because, blanks, whole)
			}
		}
	})
	t.Logf("%d answers without the facts, %d others that the facts settle", settled, differ)
}
