package rules_test

import (
	"os"
	"testing"

	"lodestone/rules"
)

// TestGrounds walks the explanation of every answer to every case of every book, and finds no clause without something
// under it, no leaf that is not a dated value with its source, a fact with its field, or an entry or document, and no fact
// of a file without its line.
func TestGrounds(t *testing.T) {
	walked := 0
	lib := append(loadBooks(t), loadTestBooks(t)...)
	for _, dir := range append(bookFolders(t), "testdata/books/licence", "testdata/books/credit", "testdata/books/disclosure", "testdata/books/labour") {
		cases, err := rules.LoadCases(os.DirFS(dir), "cases.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			for _, w := range c.Want {
				f := *c.Facts
				f.Delivery = w.On
				a, err := lib.Judge(&f)
				if err != nil {
					t.Fatal(err)
				}
				for _, b := range a.Books {
					if len(b.Grounds) == 0 {
						t.Errorf("%s: %s on %s: %s %s has no grounds", dir, c.Name, w.On, b.Book, b.Verdict)
					}
					for _, g := range b.Grounds {
						walked++
						grounded(t, c.Where+" "+c.Name+" "+string(b.Verdict), g)
					}
				}
			}
		}
	}
	t.Logf("%d nodes at the top", walked)
}

func grounded(t *testing.T, where string, g rules.Ground) {
	t.Helper()
	for _, u := range g.Under {
		grounded(t, where, u)
	}
	if g.Text == "" {
		t.Errorf("%s: a node of kind %s without text", where, g.Kind)
	}
	switch g.Kind {
	case "clause":
		if len(g.Under) == 0 || g.Cite == "" {
			t.Errorf("%s: clause %q with nothing under it", where, g.Cite)
		}
	case "value":
		if g.Source == "" || g.Cite == "" {
			t.Errorf("%s: value %q without source or place", where, g.Text)
		}
	case "fact":
		if g.Fact == "" {
			t.Errorf("%s: fact %q without a field", where, g.Text)
		}
	case "source":
	default:
		t.Errorf("%s: kind %q", where, g.Kind)
	}
}
