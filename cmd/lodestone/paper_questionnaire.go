package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/paper"
	"lodestone/record"
	"lodestone/supply"
)

// questionnaireFlags are the flags of paper questionnaire beside those of every paper.
type questionnaireFlags struct {
	paperFlags
	as, to, sent string
}

// paperQuestionnaireCommand writes the questionnaires that would settle a verdict.
func paperQuestionnaireCommand() *cobra.Command {
	var f questionnaireFlags
	cmd := &cobra.Command{
		Use:   "questionnaire LOT --book BOOK --on DATE --as PARTY",
		Short: "Ask suppliers for what a verdict lacks: an Excel file for each",
		Long: `Judges a lot and writes, for each party that could tell what the verdict lacks, a workbook with one row a question:
drop-downs for answer, country and step, and hidden keys by which the filled copy finds its way back
(lodestone import questionnaire). What no supplier can answer is listed with whom to ask.

Without --output it shows what would be asked of whom. --sent DATE records in the log that the questionnaires were sent on
that day, by their digests: the disclosure then names the inquiry, its answer, or that none came.`,
		Example: `  lodestone paper questionnaire MAGNET-D --book us/dfars-252.225-7052 --on 2027-01-01
  lodestone paper questionnaire MAGNET-D --book us/dfars-252.225-7052 --on 2027-01-01 \
      --as urn:lodestone:party:prime --output asked/ --sent 2026-11-27`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd)
	fl := cmd.Flags()
	fl.Lookup("output").Usage = "folder for one file a party, or a .xlsx file where one party is asked (default: show what would be asked)"
	fl.StringVar(&f.book, "book", "", "the book to ask (left out: those that the contract calls for)")
	fl.StringVar(&f.as, "as", "", "the party that asks, as a URI")
	fl.StringVar(&f.to, "to", "", "only what is asked of this party, as a URI")
	fl.StringVar(&f.sent, "sent", "", "record in the log that the questionnaires were sent on this day, YYYY-MM-DD")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		by, err := authorOf(f.as)
		if err != nil {
			return err
		}
		sent, err := dayFlag("--sent", f.sent)
		switch {
		case err != nil:
			return err
		case sent != 0 && (f.output == "" || by == supply.Unattributed || f.asOf != ""):
			return usagef("--sent records what was sent by whom: it goes with --output and --as, and not with --as-of")
		}
		return aboutLot(cmd, given[0], &f.paperFlags, func(a *asked) error { return questionnaire(a, &f, by) })
	}
	return cmd
}

// written is what paper questionnaire reports.
type written struct {
	Questionnaires []disclosure.Questionnaire `json:"questionnaires"`
	Elsewhere      []disclosure.Elsewhere     `json:"elsewhere"`
	Files          []string                   `json:"files,omitempty"`
	Position       int64                      `json:"log_position"`
	Advice         string                     `json:"advice"`

	because []string // of each book
}

func questionnaire(a *asked, f *questionnaireFlags, by supply.PartyID) error {
	answer, err := a.judge(f.book)
	if err != nil {
		return err
	}
	out := written{Position: a.standing.Position, Advice: a.standing.Advice}
	for _, b := range answer.Books {
		out.because = append(out.because, b.Book+": "+b.Because)
	}
	out.Questionnaires, out.Elsewhere = disclosure.Questionnaires(answer, a.facts, a.record(), by, a.standing)
	if f.to != "" {
		out.Questionnaires = slices.DeleteFunc(out.Questionnaires, func(q disclosure.Questionnaire) bool { return q.To != f.to })
		if len(out.Questionnaires) == 0 {
			return fmt.Errorf("paper questionnaire: nothing is to be asked of %s: leave --to out to see who is asked", f.to)
		}
	}
	if f.output != "" {
		if out.Files, err = writeQuestionnaires(f.output, a.lot, out.Questionnaires); err != nil {
			return err
		}
	}
	if f.sent != "" {
		if err := recordSent(a, f.sent, by, out.Questionnaires, out.Files); err != nil {
			return err
		}
	}
	if *f.json {
		return printJSON(a.cmd, out)
	}
	return printQuestionnaires(a, string(answer.Verdict), &out)
}

// writeQuestionnaires writes one workbook a party and gives their names in order.
func writeQuestionnaires(output string, lot supply.LotID, qs []disclosure.Questionnaire) ([]string, error) {
	one := strings.EqualFold(filepath.Ext(output), ".xlsx")
	if one && len(qs) > 1 {
		return nil, usagef("--output %s: %d parties are asked: name a folder, or one of them with --to", output, len(qs))
	}
	if !one {
		if err := os.MkdirAll(output, 0o755); err != nil {
			return nil, fmt.Errorf("write the questionnaires: %w", err)
		}
	}
	var files []string
	for i := range qs {
		var b bytes.Buffer
		if err := paper.Questionnaire(&b, &qs[i]); err != nil {
			return nil, err
		}
		file := output
		if !one {
			file = filepath.Join(output, fmt.Sprintf("questionnaire-%s-%s-%s.xlsx", fileWord(string(lot)), fileWord(orNobody(qs[i].To)), qs[i].ID[:8]))
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			return nil, fmt.Errorf("write the questionnaire: %w", err)
		}
		files = append(files, file)
	}
	return files, nil
}

// fileWord is the end of an identifier with nothing in it that a file's name may not hold.
func fileWord(id string) string {
	id = id[strings.LastIndexAny(id, ":/")+1:]
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, id)
}

func orNobody(party string) string {
	if party == "" {
		return "unknown"
	}
	return party
}

// recordSent states in the log that questionnaires were sent, as documents about the lots they ask about.
func recordSent(a *asked, day string, by supply.PartyID, qs []disclosure.Questionnaire, files []string) error {
	var entries []record.Entry
	for i := range qs {
		d, err := readPaper(files[i])
		if err != nil {
			return err
		}
		st := &supply.Statement{Document: &supply.Document{ID: d.id, Name: d.name, Signer: string(by), Dated: day, Grade: supply.NoEvidence.String(),
			URI: disclosure.AskedURI(qs[i].ID, supply.PartyID(qs[i].To)), About: qs[i].Lots()}}
		if err := st.Check(); err != nil {
			return fmt.Errorf("record what was sent: %w", err)
		}
		e, err := record.NewStatement(by, time.Now(), st)
		if err != nil {
			return fmt.Errorf("record what was sent: %w", err)
		}
		entries = append(entries, e)
	}
	if _, err := a.ledger.Append(a.cmd.Context(), entries); err != nil {
		return fmt.Errorf("record what was sent: %w", err)
	}
	return nil
}

func printQuestionnaires(a *asked, verdict string, w *written) error {
	out := &lines{w: a.cmd.OutOrStdout()}
	out.line("%s   delivered %s", verdict, a.on)
	for i, q := range w.Questionnaires {
		out.line("")
		out.line("asked of %s: %s (inquiry %s)", orNobody(q.To), count(len(q.Asks), "question"), q.ID)
		const most = 12
		for j, x := range q.Asks {
			if j == most {
				out.line("  and %d more", len(q.Asks)-most)
				break
			}
			out.line("  %s  %s", x.Question, x.Lot)
		}
		if i < len(w.Files) {
			out.line("  %s", w.Files[i])
		}
	}
	if len(w.Questionnaires) == 0 {
		out.line("no supplier is to be asked")
		for _, b := range w.because {
			out.line("")
			wrapped(a.cmd.OutOrStdout(), "because ", b)
		}
	}
	for _, e := range w.Elsewhere {
		out.line("")
		wrapped(a.cmd.OutOrStdout(), "not for a questionnaire: ", fmt.Sprintf("%s; ask %s; %s", e.Fact, e.Ask, e.Why))
	}
	if out.err == nil {
		printFoot(out.w, w.Position, w.Advice)
	}
	return out.err
}
