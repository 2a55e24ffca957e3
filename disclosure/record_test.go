package disclosure_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	randv2 "math/rand/v2"
	"strings"
	"testing"
	"time"

	"lodestone/demo"
	"lodestone/disclosure"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/sim"
	"lodestone/store/mem"
	"lodestone/supply"
)

// kept is a record in memory with its graph.
type kept struct {
	ledger  *ledger.Ledger
	graph   *genealogy.Graph
	entries map[record.ID]record.Entry
}

func (k *kept) find(id record.ID) (record.Entry, bool) {
	e, ok := k.entries[id]
	return e, ok
}

// follow reads the log anew.
func (k *kept) follow(t *testing.T) {
	t.Helper()
	k.graph, k.entries = genealogy.New(), map[record.ID]record.Entry{}
	for e, err := range k.ledger.Entries(context.Background(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		if err := k.graph.Apply(e); err != nil {
			t.Fatal(err)
		}
		k.entries[e.ID] = e
	}
}

func newRecord(t *testing.T) *kept {
	t.Helper()
	now := time.Date(2032, 11, 23, 12, 0, 0, 0, time.UTC)
	l, err := ledger.Open(context.Background(), mem.Open(), ledger.Options{Clock: func() time.Time { return now }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	return &kept{ledger: l}
}

// story is the demonstration's record.
func story(t *testing.T) *kept {
	t.Helper()
	k := newRecord(t)
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.ledger.CaptureEvents(context.Background(), nil, demo.MasterData(), ledger.CaptureOptions{Author: demo.Author}); err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		k.capture(t, bytes.NewReader(d.Data))
	}
	k.follow(t)
	return k
}

func (k *kept) capture(t *testing.T, in io.Reader) {
	t.Helper()
	if _, err := k.ledger.Capture(context.Background(), in, ledger.CaptureOptions{}); err != nil {
		t.Fatal(err)
	}
}

// troubled is a simulated record with theft, gross errors, double issues and gaps in it.
func troubled(t *testing.T) *kept {
	t.Helper()
	w, err := sim.New(sim.Config{Lots: 600, Theft: 0.1, Wrong: 0.1, Late: 0.1, Double: 0.1, Missing: 0.1}, randv2.New(randv2.NewPCG(7, 0)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := sim.WriteDocument(&b, w, nil); err != nil {
		t.Fatal(err)
	}
	k := newRecord(t)
	k.capture(t, &b)
	k.follow(t)
	return k
}

// Every leaf of the explanation of a verdict from a record is an entry of the log, a dated legal value or a document; what
// a lot's history says is never left to the question.
func TestRecordsAreGrounded(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]*kept{"story": story(t), "troubled": troubled(t)} {
		verdicts := map[rules.Verdict]int{}
		asked := 0
		for i, l := range k.graph.Lots("") {
			if name == "troubled" && i%7 != 0 || asked >= 150 || len(k.graph.Covered(l.ID, time.Time{})) == 0 {
				continue
			}
			for _, day := range []string{"2026-12-31", "2027-01-01"} {
				for _, b := range lib {
					x, a := explained(t, k, lib, l.ID, b.ID, day)
					for _, bad := range x.Ungrounded() {
						t.Errorf("%s: %s under %s on %s: %s", name, l.ID, b.ID, day, bad)
					}
					for _, b := range x.Books {
						for _, r := range append(b.Tree, b.Missing...) {
							if fact := leftToQuestion(r); fact != "" {
								t.Errorf("%s: %s under %s on %s: a step is left to the question: %s", name, l.ID, b.Book, day, fact)
							}
						}
					}
					asked++
					verdicts[a.Verdict]++
				}
			}
		}
		if asked < 30 || verdicts[rules.Undetermined] == 0 || verdicts[rules.Noncompliant] == 0 || verdicts[rules.OutOfScope] == 0 {
			t.Errorf("%s: %d answers, %v: the walk saw too little", name, asked, verdicts)
		}
	}
}

// leftToQuestion is a fact about a step that rests on the file of the question, "" when there is none.
func leftToQuestion(r disclosure.Reason) string {
	step := r.Kind == disclosure.KindFact && (strings.Contains(r.Text, ".steps[") || strings.Contains(r.Text, "(evidence:"))
	for _, u := range r.Under {
		if step && u.Digest == "sha256:00" {
			return r.Text
		}
		if fact := leftToQuestion(u); fact != "" {
			return fact
		}
	}
	return ""
}

func explained(t *testing.T, k *kept, lib rules.Library, lot supply.LotID, book, day string) (*disclosure.Explanation, *rules.Answer) {
	t.Helper()
	on := quantity.MustDate(day)
	f, err := rules.FromRecord(k.graph, lot, nil, on)
	if err != nil {
		t.Fatal(err)
	}
	f.Books = []string{book}
	a, err := lib.Judge(f)
	if err != nil {
		t.Fatal(err)
	}
	s := disclosure.Stand(on, "", k.graph.Position(), "")
	s.Books = disclosure.MarksOf(a)
	from := disclosure.Source{Name: "assumptions", Digest: "sha256:00"}
	return disclosure.Explain(a, f, string(lot), from, &disclosure.Record{Graph: k.graph, Entries: k.find, Lot: lot}, s), a
}
