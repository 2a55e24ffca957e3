package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lodestone/demo"
	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

func demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "One magnet from mine to missile and five neighbours: captured, traced, judged, in a store of its own",
		Long: `Demo tells the story of one magnet: ore at Brook Mine, oxide and metal in Saskatoon, dysprosium and alloy in Ohio,
magnets in Sumter, an actuator, a missile. It captures the events into a store of its own, draws the magnet's family
tree, and judges it and five neighbours for delivery on 2026-12-31 and on 2027-01-01.

The store is demo.db in your data folder, or the one that --store names. It is made anew each time; a file that is not
an earlier demo's store is left alone. The facilities are real unless their name says synthetic; the lots are synthetic.`,
		Example: `  lodestone demo
  lodestone demo --store sqlite:demo.db           keep the store here, to ask it more`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd) },
	}
}

func runDemo(cmd *cobra.Command) (err error) {
	ref, err := demoStore(cmd)
	if err != nil {
		return err
	}
	l, closeStore, err := openStore(cmd.Context(), ref)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	w := cmd.OutOrStdout()
	began := time.Now()
	if err := tell(cmd.Context(), w, l); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s.\n\n", rules.Advice)
	store := " --store " + ref.String()
	if ref.path == "" {
		store = ""
	}
	fmt.Fprintf(w, "Told in %s. Where to go next:\n", time.Since(began).Round(time.Millisecond))
	for _, line := range []string{
		"lots" + store + "|what is recorded",
		"show MAGNET-7" + store + "|one lot with its history",
		"trace CARBONATE-1 --down" + store + "|every item that holds material from a lot (recall)",
		"judge MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 --what-would" + store + "|what would settle it",
		"judge MAGNET-B --book us/dfars-252.225-7052 --on 2027-01-01 --json" + store + "|",
		"law show us/dfars-252.225-7052|the words and the rules under them",
		"import csv --template sheets/|begin with your own spreadsheets",
	} {
		command, says, _ := strings.Cut(line, "|")
		if says != "" {
			says = "   # " + says
		}
		fmt.Fprintf(w, "  %s %s%s\n", programName(), command, says)
	}
	return nil
}

// programName is how the program was called.
func programName() string {
	if name := os.Args[0]; strings.Contains(name, "/") {
		return name
	}
	return "lodestone"
}

// demoStore is the demo's store, an earlier demo's in its place removed. A mark beside the store tells that it is one.
func demoStore(cmd *cobra.Command) (storeRef, error) {
	folder, err := dataFolder()
	if err != nil {
		return storeRef{}, err
	}
	ref := storeRef{path: filepath.Join(folder, "demo.db")}
	if cmd.Flag("store").Changed {
		if ref, err = storeOf(cmd); err != nil || ref.path == "" {
			return ref, err
		}
	}
	mark := ref.path + ".is-a-demo"
	_, marked := os.Stat(mark)
	if _, err := os.Stat(ref.path); err == nil && marked != nil {
		return ref, fmt.Errorf("%s is there and is no earlier demo's store: name another file with --store, or remove it", ref.path)
	}
	if err := os.MkdirAll(filepath.Dir(ref.path), 0o700); err != nil {
		return ref, fmt.Errorf("make the folder of the demo's store: %w", err)
	}
	if marked == nil {
		for _, file := range []string{ref.path, sqlite.IndexPath(ref.path)} {
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(file + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return ref, fmt.Errorf("clear the earlier demo: %w", err)
				}
			}
		}
		for _, file := range []string{ledger.KeyPath(ref.path), ledger.LotsPath(ref.path)} {
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return ref, fmt.Errorf("clear the earlier demo: %w", err)
			}
		}
	}
	if err := os.WriteFile(mark, []byte("made by lodestone demo, and made anew by the next one\n"), 0o600); err != nil {
		return ref, fmt.Errorf("mark the demo's store: %w", err)
	}
	return ref, nil
}

func tell(ctx context.Context, w io.Writer, l *ledger.Ledger) error {
	title(w, "1. The record", "The parties' EPCIS documents go into the log. The lots are synthetic; the facilities are the atlas's, with their sources, unless named synthetic.")
	if err := captureStory(ctx, w, l); err != nil {
		return err
	}
	g, _, err := l.Lots(ctx, ledger.Bound{}, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\n  The real places, as the atlas has them:")
	for _, f := range demo.Places() {
		wrapped(w, "  - ", fmt.Sprintf("%s (%s): %s [%s, %s]", f.Name, f.Country, f.Status, strings.Join(f.Sources, ", "), f.Evidence))
	}
	fmt.Fprintln(w, "\n  What links them:")
	for _, a := range g.Register().Agreements() {
		v := a.Value
		wrapped(w, "  - ", fmt.Sprintf("%s of %s: %s; binding: %s; volume: %s. %s [%s]", v.Kind, strings.Join(partyNames(g, v.Parties), " and "), v.Product, yesNo(v.Binding), orNone(v.Volume), v.Note, v.Source))
	}
	fmt.Fprintln(w)
	qs := demo.Questions()
	title(w, "2. The family tree of "+string(qs[0].Lot), "Masses, places and phases, from the magnet up to the mines. Lots are named without "+demo.LotPrefix+"; what is planned is marked so.")
	t, err := g.Trace(qs[0].Lot, genealogy.TraceOptions{})
	if err != nil {
		return err
	}
	var tree bytes.Buffer
	if err := drawTree(&tree, traceTree(g, t)); err != nil {
		return err
	}
	down, err := g.Trace(qs[0].Lot, genealogy.TraceOptions{Down: true})
	if err != nil {
		return err
	}
	tree.WriteString("\nand where it went:\n")
	if err := drawTree(&tree, traceTree(g, down)); err != nil {
		return err
	}
	fmt.Fprintln(w, strings.ReplaceAll(tree.String(), demo.LotPrefix, ""))
	lib, err := law.Load()
	if err != nil {
		return err
	}
	for i, q := range qs {
		title(w, fmt.Sprintf("%d. %s", i+3, q.Title), q.Says)
		for _, day := range []string{"2026-12-31", "2027-01-01"} {
			f, err := rules.FromRecord(g, q.Lot, nil, quantity.MustDate(day))
			if err != nil {
				return err
			}
			f.Books = q.Books
			a, err := lib.Judge(f)
			if err != nil {
				return err
			}
			printBrief(w, a)
		}
	}
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	title(w, fmt.Sprintf("%d. The log's head", len(qs)+3), "Everything above follows from these entries; the head is signed, and lodestone fsck recomputes all of it.")
	wrapped(w, "  ", fmt.Sprintf("%s, root %s", count(head.Size, "entry"), head.Root))
	fmt.Fprintln(w)
	return nil
}

func captureStory(ctx context.Context, w io.Writer, l *ledger.Ledger) error {
	docs, err := demo.Documents()
	if err != nil {
		return err
	}
	var entries []record.Entry
	now := time.Now()
	for _, s := range demo.MasterData() {
		e, err := record.NewStatement(demo.Author, now, &s)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	if _, err := l.Append(ctx, entries); err != nil {
		return err
	}
	for _, d := range docs {
		r, err := l.Capture(ctx, bytes.NewReader(d.Data), ledger.CaptureOptions{})
		if err != nil {
			return fmt.Errorf("capture %s: %w", d.Name, err)
		}
		fmt.Fprintf(w, "  captured %-36s %s\n", d.Name, count(r.Added, "entry"))
	}
	return nil
}

// printBrief writes a judgement in a few lines: verdict, reason, the deciding paragraph's words, what is missing, the
// readings that would change it.
func printBrief(w io.Writer, a *rules.Answer) {
	fmt.Fprintf(w, "  delivered %s: %s\n", a.Delivery, a.Verdict)
	for i := range a.Books {
		b := &a.Books[i]
		head := b.Book
		if len(a.Books) > 1 {
			head += ": " + string(b.Verdict)
		}
		wrapped(w, "    book       ", head)
		wrapped(w, "    because    ", b.Because)
		if len(b.DecidedBy) > 0 {
			for _, g := range b.Grounds {
				if g.Kind == "clause" {
					wrapped(w, "    paragraph  ", g.Cite+": "+short(g.Text))
					break
				}
			}
		}
		if f := firstFact(b.Grounds); f != nil {
			wrapped(w, "    fact       ", f.Text+placed(f))
			if n := len(f.Under); n > 0 {
				wrapped(w, "    evidence   ", fmt.Sprintf("%s; the event and its way: %s", count(n, "entry"), short(f.Under[0].Text)))
			}
		}
		for j, m := range b.Missing {
			if j == 4 {
				fmt.Fprintf(w, "    missing    and %d more\n", len(b.Missing)-4)
				break
			}
			wrapped(w, "    missing    ", m.Fact+", ask "+m.Ask)
		}
		for _, d := range b.Doubts {
			if d.Class != rules.Open {
				continue
			}
			wrapped(w, "    reading    ", d.ID+": "+d.Question)
			for _, r := range d.Readings {
				wrapped(w, "      - ", fmt.Sprintf("%s: %s (%s)", r.Value, r.Verdict, r.Says))
			}
		}
	}
	fmt.Fprintln(w)
}

func firstFact(gs []rules.Ground) *rules.Ground {
	for i := range gs {
		for j := range gs[i].Under {
			if u := &gs[i].Under[j]; u.Kind == "fact" {
				return u
			}
		}
		if gs[i].Kind == "fact" {
			return &gs[i]
		}
	}
	return nil
}

func placed(g *rules.Ground) string {
	if g.Source == "" {
		return ""
	}
	return " at " + g.Source
}

func title(w io.Writer, head, says string) {
	fmt.Fprintf(w, "%s\n", head)
	wrapped(w, "  ", says)
	fmt.Fprintln(w)
}

// partyNames are the names of parties that the record names, else their ids.
func partyNames(g *genealogy.Graph, ids []string) []string {
	var names []string
	for _, id := range ids {
		name := id
		for _, p := range g.Register().Party(supply.PartyID(id)) {
			name = p.Value.Name
		}
		names = append(names, name)
	}
	return names
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orNone(s string) string {
	if s == "" {
		return "none stated"
	}
	return s
}
