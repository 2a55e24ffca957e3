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
	"lodestone/supply"
)

func demoCommand() *cobra.Command {
	var keep string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "One magnet from mine to missile and four neighbours: captured, traced, judged, in a store of its own",
		Long: `Demo tells the story of one magnet: ore at Brook Mine, oxide and metal in Saskatoon, dysprosium and alloy in Euclid,
magnets in Sumter, an actuator, a missile. It captures the events into a store of its own (made anew each time), draws
the magnet's family tree, and judges it and four neighbours for delivery on 2026-12-31 and on 2027-01-01.

The facilities are real unless their name says synthetic; the lots are synthetic.`,
		Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd, keep) },
	}
	cmd.Flags().StringVar(&keep, "keep", "", "where to make the demo's store (default demo.db in your data folder)")
	return cmd
}

func runDemo(cmd *cobra.Command, path string) (err error) {
	if path == "" {
		folder, err := dataFolder()
		if err != nil {
			return err
		}
		path = filepath.Join(folder, "demo.db")
	}
	if err := clearDemo(path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the demo's store: %w", err)
	}
	ref := storeRef{path: path}
	l, closeStore, err := openStore(cmd.Context(), ref)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	w := cmd.OutOrStdout()
	began := time.Now()
	if err := tell(cmd.Context(), w, l, ref); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s.\n\n", rules.Advice)
	fmt.Fprintf(w, "Told in %s. Where to go next, with --store %s:\n", time.Since(began).Round(time.Millisecond), ref)
	for _, line := range []string{
		"lodestone lots                            what is recorded",
		"lodestone show MAGNET-7                   one lot with its history",
		"lodestone trace CARBONATE-1 --down        every item that holds material from a lot (recall)",
		"lodestone judge MAGNET-B --book us/dfars-252.225-7052 --on 2027-01-01 --json",
		"lodestone law show us/dfars-252.225-7052  the words and the rules under them",
		"lodestone import csv --template sheets/   begin with your own spreadsheets",
	} {
		fmt.Fprintln(w, "  "+line)
	}
	return nil
}

// clearDemo removes an earlier demo's store; it removes no other file.
func clearDemo(path string) error {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("clear the earlier demo: %w", err)
		}
	}
	if err := os.Remove(ledger.KeyPath(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("clear the earlier demo: %w", err)
	}
	return nil
}

func tell(ctx context.Context, w io.Writer, l *ledger.Ledger, ref storeRef) error {
	title(w, "1. The record", "The parties' EPCIS documents go into the log. The lots are synthetic; the facilities are the atlas's, with their sources, unless named synthetic.")
	if err := captureStory(ctx, w, l); err != nil {
		return err
	}
	g, err := loadGraph(ctx, l, "")
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
	title(w, "8. The log's head", "Everything above follows from these entries; the head is signed, and lodestone fsck recomputes all of it.")
	fmt.Fprintf(w, "  %s\n\n", count(head.Size, "entry"))
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
