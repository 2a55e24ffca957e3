package disclosure_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lodestone/disclosure"
	"lodestone/law"
)

// Every leaf of the explanation of every case of every book is an event, a dated legal value or a document.
func TestCasesAreGrounded(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	asked, leaves := 0, 0
	for _, b := range lib {
		data, err := os.ReadFile(filepath.Join("..", "law", filepath.FromSlash(b.ID), "cases.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		from := disclosure.Source{Name: "cases.yaml", Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(data))}
		cases, err := law.Cases(b.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			for _, w := range c.Want {
				f := *c.Facts
				f.Delivery = w.On
				a, err := lib.Judge(&f)
				if err != nil {
					t.Errorf("%s: %v", c.Where, err)
					continue
				}
				s := disclosure.Stand(w.On, "", 0, "")
				s.Books = disclosure.MarksOf(a)
				x := disclosure.Explain(a, &f, c.Name, from, nil, s)
				for _, bad := range x.Ungrounded() {
					t.Errorf("%s on %s: %s", c.Where, w.On, bad)
				}
				asked++
				leaves += count(x)
				if !strings.Contains(x.Sentence, w.On.String()) || !strings.HasSuffix(x.Sentence, ".") {
					t.Errorf("%s: the sentence reads %q", c.Where, x.Sentence)
				}
			}
		}
	}
	if asked < 50 || leaves < 4*asked {
		t.Errorf("%d answers with %d leaves: the walk saw too little", asked, leaves)
	}
}

// count is the leaves of an explanation.
func count(x *disclosure.Explanation) int {
	var of func(rs []disclosure.Reason) int
	of = func(rs []disclosure.Reason) int {
		n := 0
		for _, r := range rs {
			if len(r.Under) == 0 {
				n++
			}
			n += of(r.Under)
		}
		return n
	}
	n := 0
	for _, b := range x.Books {
		n += of(b.Tree) + of(b.Missing) + of(b.Doubts) + of(b.Conflicts) + of(b.Notes)
	}
	return n
}

// The walk itself finds what has no ground.
func TestUngroundedIsFound(t *testing.T) {
	leaf := func(r disclosure.Reason) *disclosure.Explanation {
		return &disclosure.Explanation{Books: []disclosure.BookReason{{Book: "b", Tree: []disclosure.Reason{{Kind: "fact", Under: []disclosure.Reason{r}}}}}}
	}
	for name, r := range map[string]disclosure.Reason{
		"a bare fact":                    {Kind: disclosure.KindFact, Text: "so it is"},
		"a value without a day":          {Kind: disclosure.KindValue, Source: "89 FR 46816"},
		"a value without a source":       {Kind: disclosure.KindValue, On: "2027-01-01"},
		"words without a citation":       {Kind: disclosure.KindWords, On: "2027-01-01", Source: "x"},
		"an event that is in no log":     {Kind: disclosure.KindEvent, Entry: "ab"},
		"a document without a digest":    {Kind: disclosure.KindDocument, Digest: "cert.pdf"},
		"what could not be found at all": {Kind: disclosure.KindNothing, Entry: "ab"},
	} {
		if len(leaf(r).Ungrounded()) != 1 {
			t.Errorf("%s passes for a ground", name)
		}
	}
	if bad := leaf(disclosure.Reason{Kind: disclosure.KindEvent, Entry: "ab", Seq: 3}).Ungrounded(); len(bad) > 0 {
		t.Error(bad)
	}
	if bad := (&disclosure.Explanation{Books: []disclosure.BookReason{{Book: "b"}}}).Ungrounded(); len(bad) != 1 {
		t.Error("a book without any ground passes")
	}
}
