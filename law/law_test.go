package law

import (
	"strings"
	"testing"

	"lodestone/rules"
)

func load(t *testing.T) rules.Library {
	t.Helper()
	lib, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestCases holds every book against its own case file.
func TestCases(t *testing.T) {
	lib := load(t)
	for _, b := range lib {
		cases, err := Cases(b.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(cases) < 15 {
			t.Errorf("%s has %d cases, want at least fifteen", b.ID, len(cases))
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

// TestQuotes holds every quotation of the clauses against the primary texts in hand.
func TestQuotes(t *testing.T) {
	squash := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, b := range load(t) {
		for _, p := range b.Parts {
			name, ok := strings.CutPrefix(p.Source, "texts/")
			if !p.InHand() || !ok {
				continue
			}
			texts := []string{name}
			for _, v := range p.Versions {
				if w, ok := b.Version(v); ok {
					texts = append(texts, w.Text)
				}
			}
			for _, name := range texts {
				text, err := Text(name)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(squash(text), squash(p.Quote)) {
					t.Errorf("%s %s: the words are not in %s: %s", b.ID, p.Cite, name, p.Quote)
				}
			}
		}
	}
}
