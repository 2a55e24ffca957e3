package genealogy_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

var rewrite = flag.Bool("rewrite", false, "write the answers found into the texts")

func el(symbol string) element.Element {
	e, err := element.Parse(symbol)
	if err != nil {
		panic(err)
	}
	return e
}

// build applies entries in order, each with its place as Seq.
func build(t testing.TB, entries []record.Entry, settle bool) *genealogy.Graph {
	t.Helper()
	g := genealogy.New()
	for i, e := range entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatalf("apply entry %d: %v", i, err)
		}
		if settle {
			g.Settle()
		}
	}
	return g
}

// text is what a test compares: the whole dump.
func text(t testing.TB, g *genealogy.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.Dump(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTexts runs every text of testdata: a history, then questions with their answers. Each history is also applied
// backwards, twice over, shuffled, and with a settling after every entry, and must come to the same.
func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := false
		for i := 0; i+1 < len(ar.Files); i += 2 {
			in, want := ar.Files[i], &ar.Files[i+1]
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+in.Name, func(t *testing.T) {
				story, questions, ok := strings.Cut(string(in.Data), "\nask\n")
				if !ok {
					t.Fatalf("%s has no questions", in.Name)
				}
				h := parseHistory(t, story)
				g := build(t, h.entries, false)
				got := ""
				for _, q := range strings.Split(strings.TrimSpace(questions), "\n") {
					got += "> " + q + "\n" + ask(t, g, h, q)
				}
				if *rewrite {
					changed = changed || got != string(want.Data)
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("got\n%s\nwant\n%s", got, want.Data)
				}
				permute(t, h.entries, text(t, g))
			})
		}
		if changed {
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func permute(t testing.TB, entries []record.Entry, want string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, uint64(len(entries))))
	for round := range 6 {
		list := append([]record.Entry(nil), entries...)
		switch round {
		case 0:
		case 1:
			for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
				list[i], list[j] = list[j], list[i]
			}
		default:
			list = append(list, entries...)
			rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		if got := text(t, build(t, list, round%2 == 0)); got != want {
			t.Fatalf("round %d: another order gives another answer:\n%s\nwant\n%s", round, got, want)
		}
		half := reloaded(t, build(t, list[:len(list)/2], false)) // saved and loaded halfway
		for i, e := range list[len(list)/2:] {
			e.Seq = int64(len(list)/2 + i + 1)
			if err := half.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if got := text(t, half); got != want {
			t.Fatalf("round %d: loaded halfway it gives another answer:\n%s\nwant\n%s", round, got, want)
		}
	}
}

func ask(t testing.TB, g *genealogy.Graph, h *history, q string) string {
	t.Helper()
	w := strings.Fields(q)
	lot := supply.LotID("")
	if len(w) > 1 {
		lot = supply.LotID(uri(w[1]))
	}
	var when time.Time
	if len(w) > 2 && strings.HasPrefix(w[2], "20") {
		when = instant(w[2]).Time
	}
	out := ""
	switch w[0] {
	case "profile":
		p, ok := g.Profile(lot, when)
		if !ok {
			return "unknown lot\n"
		}
		out = p.String()
		if p.Complete() {
			out += "complete\n"
		}
	case "snapshot":
		out = text(t, g)
	case "flags":
		for _, f := range g.Flags() {
			out += fmt.Sprintf("%s at %s: %s %s\n", f.Kind, f.Lot, f.Cause, h.names(f.Entries))
		}
	case "up", "down":
		tr, err := g.Trace(lot, genealogy.TraceOptions{Down: w[0] == "down", At: when})
		if err != nil {
			return err.Error() + "\n"
		}
		for _, n := range tr.Nodes {
			out += fmt.Sprintf("%d %s %s %s %s %s", n.Depth, n.ID, n.Phase, n.FacilityName, n.Country, n.Made)
			for word, is := range map[string]bool{} {
				_, _ = word, is
			}
			if n.Origin {
				out += " origin"
			}
			if n.Unknown {
				out += " unknown"
			}
			if n.Cycle {
				out += " cycle"
			}
			out += "\n"
		}
		for _, a := range tr.Arrows {
			how := a.Phase.String()
			if a.Contained {
				how = "inside"
			}
			if a.Via != "" {
				how += " via " + string(a.Via)
			}
			out += fmt.Sprintf("%s -> %s %s %s\n", a.From, a.To, how, a.Amount)
		}
	case "lot":
		l, ok := g.Lot(lot)
		if !ok {
			return "unknown lot\n"
		}
		out = fmt.Sprintf("%s made %s drawn %s left %s\n", l.ID, l.Made, l.Drawn, l.Left)
		for _, e := range l.History {
			out += fmt.Sprintf("%s %s %s void=%v\n", e.Role, e.Phase, e.Date, e.Void)
		}
		for _, d := range l.Documents {
			out += fmt.Sprintf("document %s\n", d)
		}
		for _, s := range l.Inside {
			out += fmt.Sprintf("inside %s\n", s.Parent)
		}
	case "contents":
		for _, c := range g.Contents(lot, when) {
			out += string(c) + "\n"
		}
	case "covered":
		for _, c := range g.Covered(lot, when) {
			out += fmt.Sprintf("%s %s suspect=%v %s %v\n", c.Lot, c.Kind, c.Suspect, c.Why, c.Path)
		}
	case "lineage":
		for _, l := range g.Lineage(lot, len(w) > 2) {
			out += string(l) + "\n"
		}
	case "ground":
		p, _ := g.Profile(lot, when)
		for _, s := range p.Steps {
			out += fmt.Sprintf("%s %s {%s}: %s\n", s.Phase, s.Country, s.Elements, h.names(g.Ground(lot, s, when)))
		}
	case "grade":
		p, _ := g.Profile(lot, when)
		for _, s := range p.Steps {
			for _, d := range w[2:] {
				out += fmt.Sprintf("%s on %s %s\n", s.Phase, d, s.Evidence.On(quantity.MustDate(d)))
			}
		}
	case "lots":
		find := ""
		if len(w) > 1 {
			find = w[1]
		}
		for _, s := range g.Lots(find) {
			out += fmt.Sprintf("%s %s %s %s\n", s.ID, s.MaterialName, s.Phase, s.Made)
		}
	case "clashes":
		for _, d := range g.Register().Clashes() {
			out += fmt.Sprintf("%s: %s\n", d.Subject, d.What)
		}
	default:
		t.Fatalf("unknown question %q", q)
	}
	return strings.ReplaceAll(out, "urn:t:", "")
}

// names is entries by their labels, or by their place in the history.
func (h *history) names(ids []record.ID) string {
	var out []string
	for _, id := range ids {
		name := "?"
		for i, e := range h.entries {
			if e.ID == id {
				name = fmt.Sprintf("#%d", i+1)
				break
			}
		}
		for l, i := range h.labels {
			if h.entries[i].ID == id {
				name = l
			}
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}
