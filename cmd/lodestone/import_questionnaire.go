package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/genealogy"
	"lodestone/intake"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/supply"
)

// importQuestionnaireCommand takes a filled questionnaire in.
func importQuestionnaireCommand() *cobra.Command {
	var as, dated string
	cmd := &cobra.Command{
		Use:   "questionnaire FILE --as PARTY",
		Short: "Take in a filled supplier questionnaire",
		Long: `Takes in a questionnaire that lodestone paper questionnaire wrote and a supplier filled in: each answer becomes an event
stated by PARTY, of evidence grade statement, and the file itself is recorded by its digest. What was answered "not known"
is recorded as asked and not known, and a blank row stays not known.

Every fault is named by sheet, row and column, and nothing is imported while there is one; a copy whose hidden keys do not
fit is refused. The same file imported twice adds nothing; one that comes again with more answers adds those.`,
		Example: `  lodestone import questionnaire answered.xlsx --as urn:lodestone:party:metal-maker`,
		Args:    args(1, 1),
	}
	cmd.Flags().StringVar(&as, "as", "", "the party that answers, as a URI")
	cmd.Flags().StringVar(&dated, "dated", "", "the date on the answer, YYYY-MM-DD")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		author, err := authorOf(as)
		if err != nil {
			return err
		}
		if author == supply.Unattributed {
			return usagef("import questionnaire: --as is missing: say who answers, as in --as urn:lodestone:party:metal-maker")
		}
		day, err := dayFlag("--dated", dated)
		if err != nil {
			return err
		}
		return importQuestionnaire(cmd, given[0], author, day, *asJSON)
	}
	return cmd
}

func importQuestionnaire(cmd *cobra.Command, file string, author supply.PartyID, dated quantity.Date, asJSON bool) (err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("import questionnaire: %w", err)
	}
	name := filepath.Base(file)
	im, q, faults := intake.ReadQuestionnaire(name, data, author)
	if len(faults) > 0 {
		return reportFaults(cmd, file, faults, asJSON)
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
	if faults := notHere(g, name, q); len(faults) > 0 {
		return reportFaults(cmd, file, faults, asJSON)
	}
	reply := supply.Statement{Document: &supply.Document{ID: supply.DocumentID(fmt.Sprintf("sha256:%x", sha256.Sum256(data))), Name: name, Signer: string(author),
		Dated: dated.String(), Grade: supply.Stated.String(), URI: disclosure.AnsweredURI(q.ID), About: q.Lots()}}
	said := append(im.Statements, reply)
	result, err := l.CaptureEvents(cmd.Context(), im.Events, said, ledger.CaptureOptions{Author: author})
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) {
		return reportFaults(cmd, file, refusedSheets(im, refusal), asJSON)
	}
	if err != nil {
		return fmt.Errorf("import questionnaire %s: %w", file, err)
	}
	done := imported{Statements: len(said), Events: len(im.Events), Added: result.Added, Duplicates: result.Duplicates}
	for _, n := range im.Notes {
		done.Notes = append(done.Notes, sheetNote(n))
	}
	if asJSON {
		return printJSON(cmd, done)
	}
	for _, n := range im.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", n)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: inquiry %s of %s; %s and %s; %s added, %s there already\n", file, q.ID, q.Item,
		count(done.Statements, "statement"), count(done.Events, "event"), count(done.Added, "entry"), group3(int64(done.Duplicates)))
	return err
}

// notHere is the lots of a questionnaire that the record does not know: it was asked about another record.
func notHere(g *genealogy.Graph, name string, q *disclosure.Questionnaire) intake.Faults {
	var faults intake.Faults
	for _, lot := range q.Lots() {
		if _, ok := g.Lot(supply.LotID(lot)); !ok {
			faults = append(faults, intake.Fault{File: name, Rule: "reference", Message: "the record knows no lot " + lot, Hint: "the questions were put from another record: name its store with --store"})
		}
	}
	return faults
}
