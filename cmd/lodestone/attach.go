package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// attachFlags is what the command line says of a document.
type attachFlags struct {
	to                                   []string
	as, name, signer, dated, from, until string
	grade, uri, issued                   string
	json                                 *bool
}

// attachCommand records which lots or events a document speaks for.
func attachCommand() *cobra.Command {
	var f attachFlags
	cmd := &cobra.Command{
		Use:   "attach DOC --to LOT|EVENT",
		Short: "Attach a document, by its digest, to lots or events",
		Long: `Records that a document speaks for lots or events. The document is known by its SHA-256 digest: the file itself stays
with you, and whoever is handed it can tell that it is the one. DOC is a file, or sha256:DIGEST where the file is elsewhere.

The grade says what stands behind it: statement, certificate, audited or measured. On the days it is valid it raises the
evidence of the steps of what it is attached to. --to names a lot, whole or by a part that fits one lot only, or an event by its eventID.

To correct what you said of a document, say it again with --issued: a later one replaces an earlier one. Give --issued
the first time too: of a word without a day and one with a day neither replaces the other, and the weaker counts.`,
		Example: `  lodestone attach mill-cert.pdf --to ALLOY-1 --as urn:lodestone:party:example --grade certificate \
      --signer urn:lodestone:party:lab --dated 2025-05-29 --valid-from 2025-05-29 --valid-until 2026-05-28`,
		Args: args(1, 1),
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.to, "to", nil, "lot or eventID it speaks for (again for more)")
	flags.StringVar(&f.as, "as", "", "the party that says so, as a URI")
	flags.StringVar(&f.name, "name", "", "its title (default: the file's name)")
	flags.StringVar(&f.signer, "signer", "", "who signed it, as a URI")
	flags.StringVar(&f.dated, "dated", "", "the date on it, YYYY-MM-DD")
	flags.StringVar(&f.from, "valid-from", "", "first day it holds, YYYY-MM-DD (default: open)")
	flags.StringVar(&f.until, "valid-until", "", "last day it holds, YYYY-MM-DD (default: open)")
	flags.StringVar(&f.grade, "grade", supply.Stated.String(), "what stands behind it: statement, certificate, audited or measured")
	flags.StringVar(&f.uri, "uri", "", "URI by which an event's certificationInfo names it")
	flags.StringVar(&f.issued, "issued", "", "when you say so, as in 2026-11-23T12:00:00Z")
	f.json = jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error { return attach(cmd, given[0], f) }
	return cmd
}

func attach(cmd *cobra.Command, doc string, f attachFlags) (err error) {
	if len(f.to) == 0 {
		return usagef("attach: --to is missing: name the lot or the event that the document speaks for")
	}
	author, err := authorOf(f.as)
	if err != nil {
		return err
	}
	said, err := f.statement(doc)
	if err != nil {
		return err
	}
	l, closeStore, err := openLedger(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	g, _, err := readRecord(cmd, l, "")
	if err != nil {
		return err
	}
	for _, to := range f.to {
		id, known, err := target(cmd.Context(), l, g, to)
		if err != nil {
			return fmt.Errorf("attach: --to: %w", err)
		}
		if !known {
			fmt.Fprintf(cmd.ErrOrStderr(), "note: nothing in the store names %s yet\n", id)
		}
		said.Document.About = append(said.Document.About, id)
	}
	slices.Sort(said.Document.About)
	said.Document.About = slices.Compact(said.Document.About)
	if err := said.Check(); err != nil {
		return exitError{code: codeUsage, err: fmt.Errorf("attach: %w", err)}
	}
	entry, err := record.NewStatement(author, time.Now(), said)
	if err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	entries := []record.Entry{entry}
	done, err := l.Append(cmd.Context(), entries)
	if err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	return printAttached(cmd, &entries[0], done.Added > 0, *f.json)
}

// statement is what the flags say of the document, but for what it is about.
func (f *attachFlags) statement(doc string) (*supply.Statement, error) {
	if _, err := supply.ParseEvidence(f.grade); err != nil {
		return nil, usagef("--grade: %w", err)
	}
	if _, err := dayFlag("--dated", f.dated); err != nil {
		return nil, err
	}
	var valid quantity.Period
	var err error
	if valid.From, err = dayFlag("--valid-from", f.from); err != nil {
		return nil, err
	}
	if valid.Until, err = dayFlag("--valid-until", f.until); err != nil {
		return nil, err
	}
	if valid.From != 0 && valid.Until != 0 && valid.Until < valid.From {
		return nil, usagef("--valid-until %s: the period ends before it begins on %s", f.until, f.from)
	}
	p, err := readPaper(doc)
	if err != nil {
		return nil, err
	}
	name := f.name
	if name == "" {
		name = p.name
	}
	return &supply.Statement{Valid: valid, Issued: f.issued, Document: &supply.Document{
		ID: p.id, Name: name, Signer: f.signer, Dated: f.dated, Grade: f.grade, URI: f.uri}}, nil
}

// target is the lot or event that text names, and whether the store knows it. A whole URI that nothing names yet is
// taken as it is, since papers may come before what they speak for.
func target(ctx context.Context, l *ledger.Ledger, g *genealogy.Graph, text string) (id string, known bool, err error) {
	for e, err := range l.Mentioning(ctx, text) {
		if err != nil {
			return "", false, err
		}
		if e.Event != nil && e.Event.ID == text {
			return text, true, nil
		}
	}
	lot, err := findLot(g, text)
	switch {
	case err == nil:
		return string(lot), true, nil
	case wholeURI(text):
		return text, false, nil
	}
	return "", false, err
}

func printAttached(cmd *cobra.Command, e *record.Entry, added, asJSON bool) error {
	if asJSON {
		return printJSON(cmd, struct {
			Entry     int64             `json:"entry"`
			ID        string            `json:"id"`
			Added     bool              `json:"added"`
			Author    supply.PartyID    `json:"author"`
			Statement *supply.Statement `json:"statement"`
		}{e.Seq, e.ID.String(), added, e.Author, e.Claim})
	}
	out := &lines{w: cmd.OutOrStdout()}
	out.line("%s", e.Claim.Document.ID)
	for _, id := range e.Claim.Document.About {
		out.line("  speaks for %s", id)
	}
	if added {
		out.line("  entry %d", e.Seq)
	} else {
		out.line("  entry %d, there already", e.Seq)
	}
	return out.err
}
