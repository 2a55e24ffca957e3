package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/intake"
	"lodestone/ledger"
	"lodestone/supply"
)

// importCommand takes records in from what is not EPCIS.
func importCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "import",
		Short: "Take in records that are not EPCIS",
	}, importCSVCommand(), importQuestionnaireCommand())
}

// importCSVCommand takes a producer's spreadsheets in, or writes empty ones.
func importCSVCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "csv DIR --as PARTY",
		Short: "Take in a producer's spreadsheets",
		Long: `Takes a folder of spreadsheets (CSV) in: parties, facilities, materials, lots, runs with their inputs and outputs,
assays, shipments, contents, documents. --template writes the empty sheets with notes on every column.

Every fault is named by file, row and column, and nothing is imported while there is one. The same sheets imported twice
add nothing. A row that was imported is not edited: corrections.csv says how.`,
		Example: `  lodestone import csv --template sheets
  lodestone import csv sheets --as urn:epc:id:pgln:0614141.00001`,
		Args: args(0, 1),
	}
	as := authorFlag(cmd)
	template := cmd.Flags().String("template", "", "write the empty sheets into this folder instead")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		switch {
		case *template != "" && len(given) > 0:
			return usagef("import csv: either a folder to import or --template, not both")
		case *template != "":
			if err := intake.WriteTemplate(*template); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: the empty sheets, with a README.md that explains them\n", *template)
			return err
		case len(given) == 0:
			return usagef("import csv: name the folder that holds the sheets")
		}
		author, err := authorOf(*as)
		if err != nil {
			return err
		}
		if author == supply.Unattributed {
			return usagef("import csv: --as is missing: say whose sheets these are, as in --as urn:lodestone:party:ramaco")
		}
		return importCSV(cmd, given[0], author, *asJSON)
	}
	return cmd
}

// imported is what import csv reports.
type imported struct {
	Statements int          `json:"statements"`
	Events     int          `json:"events"`
	Added      int          `json:"added"`
	Duplicates int          `json:"duplicates"`
	Notes      []sheetNote  `json:"notes,omitempty"`
	Faults     []sheetFault `json:"faults,omitempty"`
}

type sheetNote struct {
	File    string `json:"file,omitempty"`
	Row     int    `json:"row,omitempty"`
	Message string `json:"message"`
}

type sheetFault struct {
	File    string `json:"file,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func importCSV(cmd *cobra.Command, dir string, author supply.PartyID, asJSON bool) (err error) {
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("import csv: %w", err)
	} else if !info.IsDir() {
		return fmt.Errorf("import csv: %s is a file: name the folder that holds the sheets", dir)
	}
	sheets, faults := intake.ReadDir(os.DirFS(dir), author)
	if len(faults) > 0 {
		return reportFaults(cmd, dir, faults, asJSON)
	}
	l, closeStore, err := makeLedger(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	bar := newProgress(cmd, dir, int64(len(sheets.Events)), decor.CountersNoUnit("%d of %d events"))
	result, err := l.CaptureEvents(cmd.Context(), sheets.Events, sheets.Statements, ledger.CaptureOptions{Author: author, Progress: func(_, events int64) { bar.at(events) }})
	bar.done()
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) {
		return reportFaults(cmd, dir, refusedSheets(sheets, refusal), asJSON)
	}
	if err != nil {
		return fmt.Errorf("import csv %s: %w", dir, err)
	}
	done := imported{Statements: len(sheets.Statements), Events: len(sheets.Events), Added: result.Added, Duplicates: result.Duplicates}
	for _, n := range sheets.Notes {
		done.Notes = append(done.Notes, sheetNote(n))
	}
	defer followUp(cmd, l)
	if asJSON {
		return printJSON(cmd, done)
	}
	for _, n := range sheets.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", n)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s and %s; %s added, %s there already\n", dir,
		count(done.Statements, "statement"), count(done.Events, "event"), count(done.Added, "entry"), group3(int64(done.Duplicates)))
	return err
}

// refusedSheets turns what capture found at the moment of receipt, such as an event in the future, into faults of the sheets.
func refusedSheets(sheets *intake.Import, refusal *ledger.Refusal) intake.Faults {
	var faults intake.Faults
	for _, f := range refusal.Faults {
		message := f.Pointer + ": " + f.Message
		var n int
		if _, err := fmt.Sscanf(f.Pointer, "/events/%d", &n); err == nil && n < len(sheets.Events) {
			message = sheets.Events[n].ID + ": " + f.Message
		}
		faults = append(faults, intake.Fault{Rule: f.Rule, Message: message, Hint: f.Hint})
	}
	return faults
}

// reportFaults prints why nothing was imported.
func reportFaults(cmd *cobra.Command, dir string, faults intake.Faults, asJSON bool) error {
	if asJSON {
		var report imported
		for _, f := range faults {
			report.Faults = append(report.Faults, sheetFault(f))
		}
		if err := printJSON(cmd, report); err != nil {
			return err
		}
		return failed()
	}
	for _, f := range faults {
		fmt.Fprintln(cmd.ErrOrStderr(), f)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s; nothing was imported\n", dir, count(len(faults), "fault"))
	return failed()
}
