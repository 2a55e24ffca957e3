package demo_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"lodestone/demo"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/store/mem"
	"lodestone/supply"
)

// TestStory captures the story and holds each of its magnets to the verdict it is told for.
func TestStory(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l, err := ledger.Open(ctx, mem.Open(), ledger.Options{Clock: func() time.Time { return now }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	var said []record.Entry
	for _, s := range demo.MasterData() {
		e, err := record.NewStatement(demo.Author, now, &s)
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, e)
	}
	if _, err := l.Append(ctx, said); err != nil {
		t.Fatal(err)
	}
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if _, err := l.Capture(ctx, bytes.NewReader(d.Data), ledger.CaptureOptions{}); err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
	}
	g := genealogy.New()
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range g.Flags() {
		t.Errorf("the story has a finding: %v", f)
	}
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := map[supply.LotID][2]rules.Verdict{
		"urn:lodestone:lot:demo:MAGNET-7": {rules.Compliant, rules.Undetermined},
		"urn:lodestone:lot:demo:MAGNET-A": {rules.Compliant, rules.Noncompliant},
		"urn:lodestone:lot:demo:MAGNET-B": {rules.Undetermined, rules.Undetermined},
		"urn:lodestone:lot:demo:MAGNET-C": {rules.Noncompliant, rules.Noncompliant},
		"urn:lodestone:lot:demo:MAGNET-D": {rules.Compliant, rules.Undetermined},
		"urn:lodestone:lot:demo:MAGNET-E": {rules.Compliant, rules.Compliant},
	}
	for _, q := range demo.Questions() {
		for i, day := range []string{"2026-12-31", "2027-01-01"} {
			f, err := rules.FromRecord(g, q.Lot, nil, quantity.MustDate(day))
			if err != nil {
				t.Fatal(err)
			}
			f.Books = q.Books
			a, err := lib.Judge(f)
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict != want[q.Lot][i] {
				t.Errorf("%s on %s: %s, want %s: %s", q.Lot, day, a.Verdict, want[q.Lot][i], a.Books[0].Because)
			}
			for _, b := range a.Books {
				if b.Verdict == rules.Noncompliant && len(b.DecidedBy) == 0 || b.Because == "" || !grounded(b.Grounds) {
					t.Errorf("%s on %s: %s gives no ground: %+v", q.Lot, day, b.Book, b)
				}
			}
		}
	}
	// Both readings of the Chinese dysprosium are shown.
	f, err := rules.FromRecord(g, "urn:lodestone:lot:demo:MAGNET-B", nil, quantity.MustDate("2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	f.Books = []string{"us/dfars-252.225-7052"}
	a, err := lib.Judge(f)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]rules.Verdict{}
	for _, d := range a.Books[0].Doubts {
		for _, r := range d.Readings {
			shown[d.Key+"="+r.Value] = r.Verdict
		}
	}
	if shown["traced_elements=literal"] != rules.Compliant || shown["traced_elements=all_rare_earths"] != rules.Noncompliant {
		t.Errorf("readings shown: %v", shown)
	}
}

// grounded tells whether every branch of an explanation ends in something that can be looked up.
func grounded(gs []rules.Ground) bool {
	return len(gs) > 0 && !slices.ContainsFunc(gs, func(g rules.Ground) bool {
		if len(g.Under) > 0 {
			return !grounded(g.Under)
		}
		return g.Text == ""
	})
}
