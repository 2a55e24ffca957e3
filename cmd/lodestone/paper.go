package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/paper"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// paperCommand writes the papers that people send to one another.
func paperCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "paper",
		Short: "Write the papers people send: disclosure, questionnaire, certificate, request, notice",
		Long: `Writes papers from the record and from a verdict on it. Each says what it was made from: the day asked about, the books
with their digests, the log's position and root. Each is decision support and not legal advice.`,
	}, paperDisclosureCommand(), paperQuestionnaireCommand(), paperCertificateCommand(),
		paperNonavailabilityCommand(), paperNoncomplianceCommand())
}

// paperFlags are the flags that the papers about a lot share.
type paperFlags struct {
	book, on, contract, asOf, output string
	json                             *bool
	ends                             []string // of the names of files that can be written; none: any
}

// add adds the flags; ends is what the name of a file to write may end in, none where it is no file.
func (f *paperFlags) add(cmd *cobra.Command, ends ...string) {
	fl := cmd.Flags()
	fl.StringVar(&f.on, "on", "", "the day of delivery, YYYY-MM-DD")
	fl.StringVar(&f.contract, "contract", "", "a file with contract, end_item, components, determinations, answers")
	fl.Var((*said)(&f.asOf), "as-of", "write from the record as it stood at this log position or time of receipt")
	outputFlag(cmd, &f.output, "file to write: its name's end says the form, "+strings.Join(ends, ", ")+" (default: Markdown to standard output)")
	f.json = jsonFlag(cmd)
	f.ends = ends
	lawFlag(cmd)
}

// writable tells whether there is a form for the file that is to be written.
func (f *paperFlags) writable() error {
	end := strings.ToLower(filepath.Ext(f.output))
	if f.output == "" || len(f.ends) == 0 || slices.Contains(f.ends, end) || slices.Contains(f.ends, map[string]string{".htm": ".html", ".markdown": ".md"}[end]) {
		return nil
	}
	return usagef("--output %s: no form ends in %q: name one of %s", f.output, end, strings.Join(f.ends, ", "))
}

// asked is a lot of the record with all that a paper about it is made from.
type asked struct {
	cmd          *cobra.Command
	ledger       *ledger.Ledger
	graph        *genealogy.Graph
	lib          rules.Library
	lot          supply.LotID
	on           quantity.Date
	said         *rules.Facts // what the contract file says, nil without one
	facts        *rules.Facts
	standing     disclosure.Standing // names no book yet
	contract     []byte              // the contract file, nil without one
	contractName string
	read         map[record.ID]record.Entry
	failed       error // of the last entry that could not be read
}

// aboutLot opens the record, finds the lot and calls write with what papers are made from.
func aboutLot(cmd *cobra.Command, given string, f *paperFlags, write func(*asked) error) error {
	on, err := dayFlag("--on", f.on)
	if err != nil {
		return err
	}
	if on == 0 {
		return usagef("give the day of delivery with --on: which evidence counts and which law applies hang on it")
	}
	a := &asked{cmd: cmd, on: on}
	if a.lib, _, err = loadLaw(cmd); err != nil {
		return err
	}
	if err := knownBook(a.lib, f.book); err != nil {
		return err
	}
	if err := f.writable(); err != nil {
		return err
	}
	if f.contract != "" {
		if a.contract, err = readAll(f.contract, cmd.InOrStdin()); err != nil {
			return err
		}
		a.contractName = f.contract
		if a.said, err = rules.ParseContract(f.contract, a.contract); err != nil {
			return err
		}
	}
	return withGraph(cmd, f.asOf, func(l *ledger.Ledger, g *genealogy.Graph) error {
		a.ledger, a.graph = l, g
		if a.lot, err = findLot(g, given); err != nil {
			return err
		}
		if a.facts, err = rules.FromRecord(g, a.lot, a.said, on); err != nil {
			return err
		}
		key, err := l.Key()
		if err != nil {
			return err
		}
		root, err := l.Root(cmd.Context(), g.Position())
		if err != nil {
			return err
		}
		a.standing = disclosure.Stand(on, key.Verifier().Name(), g.Position(), base64.StdEncoding.EncodeToString(root[:]))
		return errors.Join(write(a), a.failed)
	})
}

// judge puts the lot to a book, or with "" to those that the contract calls for, and marks them in the standing.
func (a *asked) judge(book string) (*rules.Answer, error) {
	if book == "" && (a.said == nil || !a.said.Contract.ClausesGiven) {
		return nil, usagef("name the book to ask with --book, or give the contract's clauses with --contract: lodestone law list")
	}
	if book != "" {
		a.facts.Books = []string{book}
	}
	answer, err := a.lib.Judge(a.facts)
	if err != nil {
		return nil, err
	}
	answer.LogPosition = a.graph.Position()
	a.standing.Books = disclosure.MarksOf(answer)
	return answer, nil
}

// aboutVerdict is aboutLot for what rests on the answer of a book, or with none of those that the contract calls for.
func aboutVerdict(cmd *cobra.Command, given string, f *paperFlags, write func(*asked, *rules.Answer, *disclosure.Explanation) error) error {
	return aboutLot(cmd, given, f, func(a *asked) error {
		answer, err := a.judge(f.book)
		if err != nil {
			return err
		}
		return write(a, answer, disclosure.Explain(answer, a.facts, string(a.lot), a.from(), a.record(), a.standing))
	})
}

// entries finds entries of the log by their ids, each read once.
func (a *asked) entries() disclosure.Entries {
	if a.read == nil {
		a.read = map[record.ID]record.Entry{}
	}
	return func(id record.ID) (record.Entry, bool) {
		if e, ok := a.read[id]; ok {
			return e, true
		}
		at, err := a.ledger.Positions(a.cmd.Context(), []record.ID{id})
		if err == nil && len(at) == 1 && at[0] > 0 {
			var e record.Entry
			if e, err = a.ledger.Entry(a.cmd.Context(), at[0]); err == nil {
				a.read[id] = e
				return e, true
			}
		}
		a.failed = errors.Join(a.failed, err)
		return record.Entry{}, false
	}
}

// writePaper lays a paper out in the form that the flags ask for. what is the paper as JSON shows it; others are forms
// beside those of package paper, by the end of the file's name.
func writePaper(cmd *cobra.Command, f *paperFlags, what any, page disclosure.Page, others map[string]func(*bytes.Buffer) error) error {
	if *f.json && f.output == "" {
		return printJSON(cmd, what)
	}
	if f.output == "" {
		return paper.Write(cmd.OutOrStdout(), paper.Markdown, &page)
	}
	var b bytes.Buffer
	end := strings.ToLower(strings.TrimPrefix(filepath.Ext(f.output), "."))
	switch other := others[end]; {
	case end == "json":
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(what); err != nil {
			return err
		}
	case other != nil:
		if err := other(&b); err != nil {
			return err
		}
	default:
		form, err := paper.FormOf(f.output)
		if err != nil {
			return exitError{code: codeUsage, err: fmt.Errorf("--output: %w", err)}
		}
		if err := paper.Write(&b, form, &page); err != nil {
			return err
		}
	}
	if err := os.WriteFile(f.output, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the paper: %w", err)
	}
	if *f.json {
		return printJSON(cmd, what)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", f.output, page.Title)
	return err
}
