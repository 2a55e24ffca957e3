package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/rules"
)

// The exit codes of a judgement that is not clean.
const (
	codeNoncompliant = 3
	codeUndetermined = 4
	codeConflict     = 5
)

type judgeFlags struct {
	facts, book, on, from, until, contract, asOf string
	json, schema                                 *bool
	what                                         *whatIfFlags
}

func judgeCommand() *cobra.Command {
	var f judgeFlags
	cmd := &cobra.Command{
		Use:   "judge LOT --book BOOK --on DATE | judge --facts FILE | judge --shipment FILE",
		Short: "May it be delivered on this date: the verdict, the paragraph that decides, what is missing",
		Long: `Judge asks the law books whether something may be delivered. The question comes from the record (a LOT, with what the
contract says in a file), or whole from a fact file. The answer names the paragraph that decided, the fact that decided
it, what is missing and whom to ask, and every open doubt of the text on which it hangs.

The exit status is 0 for COMPLIANT, EXEMPT and OUT_OF_SCOPE, 3 NONCOMPLIANT, 4 UNDETERMINED, 5 CONFLICT, 1 an error,
2 wrong usage. It is decision support, not legal advice.`,
		Example: `  lodestone judge MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01
  lodestone judge MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 --contract contract.yaml --json
  lodestone judge --facts question.yaml --from 2026-11-01 --until 2027-12-31
  lodestone judge --shipment items.csv --bom bom.csv --contract contract.yaml --output verdicts.xlsx
  lodestone judge --facts question.yaml --law doc/example/law/fy2027-ndaa-1803      a pending bill, as if enacted
  lodestone judge MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 --what-would
  lodestone judge MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 --assume "separated Nd = CA"
  lodestone judge --schema                        the JSON Schema of a fact file`,
		Args:              args(0, 1),
		ValidArgsFunction: completeLot,
	}
	many := addShipmentFlags(cmd)
	f.what = addWhatIfFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if many.asked() {
			return judgeShipment(cmd, given, f, many)
		}
		return judge(cmd, given, f)
	}
	fl := cmd.Flags()
	fl.StringVar(&f.facts, "facts", "", "judge the question in this YAML or JSON file, without the record (- is standard input)")
	fl.StringVar(&f.book, "book", "", "the book to ask (left out with --facts: what the file or its contract calls for)")
	fl.StringVar(&f.on, "on", "", "the day of delivery and acceptance, YYYY-MM-DD")
	fl.StringVar(&f.from, "from", "", "show how the answer changes from this day on")
	fl.StringVar(&f.until, "until", "", "the last day of that period")
	fl.StringVar(&f.contract, "contract", "", "a file with contract, end_item, components, determinations, answers")
	fl.Var((*said)(&f.asOf), "as-of", "judge by what was known: of the record at this log position or time of receipt, of a fact file on this day")
	f.schema = fl.Bool("schema", false, "print the JSON Schema of a fact file")
	f.json = jsonFlag(cmd)
	lawFlag(cmd)
	return cmd
}

func judge(cmd *cobra.Command, given []string, f judgeFlags) error {
	if *f.schema {
		_, err := cmd.OutOrStdout().Write(rules.Schema())
		return err
	}
	// What was typed is checked before the store is opened: a wrong day is no matter of a missing store.
	for _, flag := range [][2]string{{"--on", f.on}, {"--from", f.from}, {"--until", f.until}} {
		if _, err := dayFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	lib, _, err := loadLaw(cmd)
	if err != nil {
		return err
	}
	if (len(given) == 1) == (f.facts != "") {
		return usagef("name a LOT, or a file with --facts, and not both")
	}
	if f.facts != "" {
		if f.contract != "" {
			return usagef("--contract goes with a LOT: a fact file holds the whole question")
		}
		known, err := dayFlag("--as-of", f.asOf)
		if err != nil {
			return err
		}
		q, err := readFacts(f.facts, cmd.InOrStdin())
		if err != nil {
			return err
		}
		if f.book != "" {
			q.Books = []string{f.book}
		}
		if known != 0 {
			q = q.KnownOn(known)
		}
		return answer(cmd, lib, f, func(quantity.Date) (*rules.Facts, error) { return q, nil }, nil, 0)
	}
	var said *rules.Facts
	if f.contract != "" {
		data, err := readAll(f.contract, cmd.InOrStdin())
		if err != nil {
			return err
		}
		if said, err = rules.ParseContract(f.contract, data); err != nil {
			return err
		}
	}
	if f.book == "" && (said == nil || !said.Contract.ClausesGiven) {
		return usagef("name the book to ask with --book, or give the contract's clauses with --contract: lodestone law list")
	}
	if err := knownBook(lib, f.book); err != nil {
		return err
	}
	if _, err := f.what.assumptions(lib); err != nil {
		return err
	}
	return withGraph(cmd, f.asOf, func(_ *ledger.Ledger, g *genealogy.Graph) error {
		lot, err := findLot(g, given[0])
		if err != nil {
			return err
		}
		return answer(cmd, lib, f, func(d quantity.Date) (*rules.Facts, error) {
			q, err := rules.FromRecord(g, lot, said, d)
			if err == nil && f.book != "" {
				q.Books = []string{f.book}
			}
			return q, err
		}, rules.RecordChanges(g, lot), g.Position())
	})
}

// answer asks on one day, or over a period, prints, and ends with the verdict's exit status. ask is the question as it
// stands for a day, 0 for the day the question itself names; changes are days on which its facts change; position is
// the log's, 0 without one.
func answer(cmd *cobra.Command, lib rules.Library, f judgeFlags, ask func(quantity.Date) (*rules.Facts, error), changes []quantity.Date, position int64) error {
	var days [3]quantity.Date
	for i, flag := range [][2]string{{"--on", f.on}, {"--from", f.from}, {"--until", f.until}} {
		d, err := dayFlag(flag[0], flag[1])
		if err != nil {
			return err
		}
		days[i] = d
	}
	on, from, until := days[0], days[1], days[2]
	switch {
	case (from == 0) != (until == 0):
		return usagef("--from and --until go together")
	case from != 0 && on != 0:
		return usagef("--on asks for one day, --from and --until for a period: give one or the other")
	case from != 0 && f.what.asked():
		return usagef("--assume and --what-would ask about one day: give --on instead of --from and --until")
	case from > until:
		return usagef("--from %s comes after --until %s", from, until)
	case from != 0:
		c, err := pondering(cmd, func() (*rules.Course, error) { return lib.Over(ask, changes, from, until) })
		if err != nil {
			return err
		}
		c.LogPosition = position
		if *f.json {
			return errors.Join(printJSON(cmd, c), verdictExit(c.Overall()))
		}
		printCourse(cmd.OutOrStdout(), c)
		return verdictExit(c.Overall())
	case on == 0 && f.facts == "":
		return usagef("give the day of delivery with --on, or a period with --from and --until")
	}
	q, err := ask(on)
	if err != nil {
		return err
	}
	if on != 0 {
		q.Delivery, q.Accepted, q.Shipment.Date = on, 0, 0
	}
	if f.what.asked() {
		return answerWhatIf(cmd, lib, f, q, position)
	}
	a, err := pondering(cmd, func() (*rules.Answer, error) { return lib.Judge(q) })
	if err != nil {
		return err
	}
	a.LogPosition = position
	if *f.json {
		return errors.Join(printJSON(cmd, a), verdictExit(a.Overall()))
	}
	printAnswer(cmd.OutOrStdout(), a)
	return verdictExit(a.Overall())
}

func readFacts(name string, in io.Reader) (*rules.Facts, error) {
	data, err := readAll(name, in)
	if err != nil {
		return nil, err
	}
	return rules.ParseFacts(name, data)
}

// readAll reads a file, or standard input for "-".
func readAll(name string, in io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the question: %w", err)
	}
	return data, nil
}

// verdictExit is the exit status of a verdict.
func verdictExit(v rules.Verdict) error {
	switch v {
	case rules.Noncompliant:
		return exitError{code: codeNoncompliant}
	case rules.Undetermined, rules.Unsettled:
		return exitError{code: codeUndetermined}
	case rules.Conflicting:
		return exitError{code: codeConflict}
	}
	return nil
}
