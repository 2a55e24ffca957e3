package rules_test

import (
	"os"
	"testing"

	"lodestone/rules"
)

// TestKinds puts small books of every kind, with words that wait on acts, suspensions, regions and parties, to their cases.
func TestKinds(t *testing.T) {
	files := os.DirFS("testdata/books")
	lib := loadTestBooks(t)
	for _, b := range lib {
		cases, err := rules.LoadCases(files, b.ID[len("test/"):]+"/cases.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			t.Run(b.ID+"/"+c.Name, func(t *testing.T) {
				for _, wrong := range c.Check(lib) {
					t.Error(wrong)
				}
			})
		}
	}
}

func loadTestBooks(tb testing.TB) rules.Library {
	tb.Helper()
	var lib rules.Library
	for _, dir := range []string{"licence", "credit", "disclosure", "labour"} {
		b, err := rules.LoadBook(os.DirFS("testdata/books"), dir)
		if err != nil {
			tb.Fatal(err)
		}
		lib = append(lib, b)
	}
	return lib
}
