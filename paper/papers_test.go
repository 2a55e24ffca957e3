package paper_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"lodestone/demo"
	"lodestone/disclosure"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/paper"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/store/mem"
	"lodestone/supply"
)

var update = flag.Bool("update", false, "write testdata/papers.txtar anew")

// TestPapers holds the text of every paper about the demonstration's magnets to testdata/papers.txtar. After a change:
//
//	go test ./paper -run Papers -update
//
// Digests of books are left out, so that a change of a book's words shows here only where it changes a paper.
func TestPapers(t *testing.T) {
	graph, find := story(t)
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	var got txtar.Archive
	add := func(name string, p disclosure.Page) {
		var b bytes.Buffer
		if err := paper.Write(&b, paper.Markdown, &p); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		for _, book := range p.Standing.Books {
			text = strings.ReplaceAll(text, book.Digest, "sha256:…")
		}
		got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	ask := func(lot, book string) (*rules.Answer, *rules.Facts, *disclosure.Explanation, *disclosure.Record, disclosure.Standing) {
		id, on := supply.LotID(demo.LotPrefix+lot), quantity.MustDate("2027-01-01")
		f, err := rules.FromRecord(graph, id, nil, on)
		if err != nil {
			t.Fatal(err)
		}
		f.Books = []string{book}
		a, err := lib.Judge(f)
		if err != nil {
			t.Fatal(err)
		}
		s := disclosure.Stand(on, "lodestone/demo", graph.Position(), "cm9vdA==")
		s.Books = disclosure.MarksOf(a)
		in := &disclosure.Record{Graph: graph, Entries: find, Lot: id}
		return a, f, disclosure.Explain(a, f, string(id), disclosure.Source{Name: "no contract file", Digest: "sha256:00"}, in, s), in, s
	}
	const clause = "us/dfars-252.225-7052"
	_, f, x, in, s := ask("MAGNET-D", clause)
	p, err := disclosure.Disclose(lib, in, f, s)
	if err != nil {
		t.Fatal(err)
	}
	add("disclosure-MAGNET-D.md", p.Page())
	add("explanation-MAGNET-D.md", x.Page())
	a, f, x, in, _ := ask("MAGNET-E", clause)
	c, err := disclosure.Certify(a, f, x, in, "urn:lodestone:party:prime")
	if err != nil {
		t.Fatal(err)
	}
	add("certificate-MAGNET-E.md", c.Page())
	a, f, x, in, _ = ask("MAGNET-A", clause)
	given := &disclosure.Given{Program: "fin actuator", Contract: "W56-1"}
	r, err := disclosure.RequestDetermination(lib, a, f, x, in, given)
	if err != nil {
		t.Fatal(err)
	}
	add("nonavailability-MAGNET-A.md", r.Page())
	n, err := disclosure.Notify(lib, a, f, x, in, "urn:lodestone:party:prime", given)
	if err != nil {
		t.Fatal(err)
	}
	add("noncompliance-MAGNET-A.md", n.Page())
	for _, file := range got.Files {
		for _, want := range []string{"Decision support, not legal advice", "read as on 2027-01-01", "position 205, root cm9vdA=="} {
			if !strings.Contains(string(file.Data), want) {
				t.Errorf("%s does not say %q", file.Name, want)
			}
		}
	}
	const golden = "testdata/papers.txtar"
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(got.Files) {
		t.Fatalf("%d papers, want %d", len(got.Files), len(want.Files))
	}
	for i, w := range want.Files {
		g := got.Files[i]
		if g.Name != w.Name {
			t.Fatalf("paper %s, want %s", g.Name, w.Name)
		}
		gs, ws := strings.Split(string(g.Data), "\n"), strings.Split(string(w.Data), "\n")
		for j := range max(len(gs), len(ws)) {
			if j >= len(gs) || j >= len(ws) || gs[j] != ws[j] {
				t.Errorf("%s differs from line %d on (go test ./paper -run Papers -update):\n%q\nwant\n%q", g.Name, j+1, at(gs, j), at(ws, j))
				break
			}
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// story is the demonstration's record.
func story(t *testing.T) (*genealogy.Graph, disclosure.Entries) {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l, err := ledger.Open(ctx, mem.Open(), ledger.Options{Clock: func() time.Time { return now }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.CaptureEvents(ctx, nil, demo.MasterData(), ledger.CaptureOptions{Author: demo.Author}); err != nil {
		t.Fatal(err)
	}
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if _, err := l.Capture(ctx, bytes.NewReader(d.Data), ledger.CaptureOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	g, entries := genealogy.New(), map[record.ID]record.Entry{}
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		entries[e.ID] = e
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	return g, func(id record.ID) (record.Entry, bool) { e, ok := entries[id]; return e, ok }
}
