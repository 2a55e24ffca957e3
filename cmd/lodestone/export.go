package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"lodestone/epcis"
	"lodestone/ledger"
	"lodestone/record"
	"lodestone/supply"
)

// exportCommand writes the events out again.
func exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the events out again, as one EPCIS 2.0 document",
		Long: `Writes the events of the record, in the order in which they came, as one EPCIS 2.0 document that capture takes back.
--from and --until bound the event time, both included; a day counts in UTC. An event stated by several parties is written
once. Statements (who, where, what kind, which paper) are no events and are not in it.

A document has one sender, an event in it none: who stated an event is not in the export. With --author it is the events
of one party, with that party as the sender, so that capture takes them back as its own.`,
		Example: `  lodestone export > all.json
  lodestone export --author urn:lodestone:party:src > src.json
  lodestone export --as-of 1200 > then.json
  lodestone export --from 2026-03-01 --until 2026-03-31 --output march.json`,
		Args: args(0, 0),
	}
	from := cmd.Flags().String("from", "", "first event time: a day or an RFC 3339 time")
	until := cmd.Flags().String("until", "", "last event time: a day or an RFC 3339 time")
	author := cmd.Flags().String("author", "", "only what this party stated, with the party as the document's sender")
	seen := asOfFlag(cmd)
	var output string
	outputFlag(cmd, &output, "file to write (default: standard output)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		start, end, err := parseSpan(*from, *until)
		if err != nil {
			return err
		}
		only, err := authorOf(*author)
		if err != nil {
			return err
		}
		until, err := parseAsOf(*seen)
		if err != nil {
			return err
		}
		l, closeStore, err := openLedger(cmd)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore()) }()
		if size, err := l.Size(cmd.Context()); err != nil {
			return err
		} else if until.Seq > size {
			return fmt.Errorf("as of entry %d: the log ends at entry %d", until.Seq, size)
		}
		if output == "" {
			_, err = exportTo(cmd, l, cmd.OutOrStdout(), until, only, start, end)
			return err
		}
		f, err := os.OpenFile(output, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		n, err := exportTo(cmd, l, f, until, only, start, end)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", output, count(n, "event"))
		return err
	}
	return cmd
}

// exportTo writes the events of [start, end) to w, as far as until sees, of one author or with "" of all, and tells how many; zero ends are open. Events carry their own context
// where it is not GS1's alone, so that what one of them declares never changes the meaning of another.
func exportTo(cmd *cobra.Command, l *ledger.Ledger, w io.Writer, until ledger.Bound, only supply.PartyID, start, end time.Time) (int, error) {
	now := time.Now().UTC().Truncate(time.Millisecond)
	doc, err := epcis.NewWriter(w, epcis.Document{
		Context:      json.RawMessage(strconv.Quote(epcis.StandardContext)),
		Sender:       string(only),
		CreationDate: epcis.Time{Time: now, Text: now.Format(time.RFC3339Nano)},
	})
	if err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	var position int64 // of the last entry that is seen
	authors := map[supply.PartyID]bool{}
	written := map[[16]byte]bool{} // half a hash: two of 10 million events meet with a chance of 1 in 10^24
	for e, err := range l.Seen(cmd.Context(), until) {
		if err != nil {
			return 0, fmt.Errorf("export: read the log: %w", err)
		}
		position = e.Seq
		if e.Event == nil || !within(e.Event.Time.Time, start, end) || only != "" && e.Author != only {
			continue
		}
		authors[e.Author] = true
		k := [16]byte(sumOf(e))
		if written[k] {
			continue
		}
		written[k] = true
		if err := doc.Write(e.Event); err != nil {
			return 0, fmt.Errorf("export entry %d: %w", e.Seq, err)
		}
	}
	if err := doc.Close(); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	if len(authors) > 1 {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: these events are of %s, and the document does not say whose: captured under one name they would all be that party's; --author writes those of one\n", count(len(authors), "party"))
	}
	fmt.Fprintln(cmd.ErrOrStderr(), asOfEntry(position)) // a document has no place for it
	return len(written), nil
}

// sumOf tells events apart that differ in content or eventID, whoever states them.
func sumOf(e record.Entry) []byte {
	h := sha256.Sum256(append(e.EventID[:], e.Event.ID...))
	return h[:16]
}

// within tells whether t lies in [start, end), zero ends open.
func within(t, start, end time.Time) bool {
	return (start.IsZero() || !t.Before(start)) && (end.IsZero() || t.Before(end))
}
