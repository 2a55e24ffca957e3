package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/rules"
	"lodestone/whatif"
)

// whatIfFlags are the flags of a question that something is assumed in, or that asks what would settle it.
type whatIfFlags struct {
	assume []string
	would  bool
}

// addWhatIfFlags adds them to judge.
func addWhatIfFlags(cmd *cobra.Command) *whatIfFlags {
	f := &whatIfFlags{}
	fl := cmd.Flags()
	fl.StringArrayVar(&f.assume, "assume", nil, `judge as if this were so, as in "separated Nd = CA" or "cots = true" (may be given again; "help" says how one is written); the exit status stays that of the record`)
	fl.BoolVar(&f.would, "what-would", false, "list the smallest sets of facts that would turn UNDETERMINED into a clean answer, by whom to ask, and single facts that would be bad")
	return f
}

func (f *whatIfFlags) asked() bool { return len(f.assume) > 0 || f.would }

// assumptions reads --assume.
func (f *whatIfFlags) assumptions(lib rules.Library) ([]whatif.Assumption, error) {
	var as []whatif.Assumption
	for _, text := range f.assume {
		if strings.TrimSpace(text) == "help" {
			return nil, usagef("%s", whatif.Grammar)
		}
		a, err := whatif.Parse(lib, text)
		if err != nil {
			return nil, exitError{code: codeUsage, err: err}
		}
		as = append(as, a)
	}
	return as, nil
}

// noVerdict stands wherever something was assumed.
const noVerdict = "what if: this rests on assumptions and is no verdict on the record"

// whatIfJSON is the answer with something assumed. Its verdict goes by a name of its own, so that nothing that reads a
// verdict takes it for one.
type whatIfJSON struct {
	Notice      string           `json:"notice"`
	Assumptions []whatif.Applied `json:"assumptions"`
	OnRecord    rules.Verdict    `json:"verdict_on_record"`
	IfAssumed   rules.Verdict    `json:"verdict_if_assumed"`
	Answer      *rules.Answer    `json:"answer_if_assumed"`
	Ways        *whatif.Ways     `json:"what_would,omitempty"`
	Advice      string           `json:"advice"`
}

// waysJSON is the answer with what would settle it.
type waysJSON struct {
	*rules.Answer
	Ways *whatif.Ways `json:"what_would"`
}

// answerWhatIf answers a question with something assumed, or with what would settle it. The exit status is that of the
// record, whatever is assumed.
func answerWhatIf(cmd *cobra.Command, lib rules.Library, f judgeFlags, q *rules.Facts, position int64) error {
	as, err := f.what.assumptions(lib)
	if err != nil {
		return err
	}
	record, err := pondering(cmd, func() (*rules.Answer, error) { return lib.Judge(q) })
	if err != nil {
		return err
	}
	record.LogPosition = position
	asked, applied := whatif.Apply(q, as)
	if err := aboutNothing(q, applied); err != nil {
		return err
	}
	var ways *whatif.Ways
	if f.what.would {
		if ways, err = pondering(cmd, func() (*whatif.Ways, error) { return whatif.Find(lib, asked, 0) }); err != nil {
			return err
		}
	}
	if len(as) == 0 {
		if *f.json {
			return errors.Join(printJSON(cmd, waysJSON{record, ways}), verdictExit(record.Overall()))
		}
		printAnswer(cmd.OutOrStdout(), record)
		printWays(cmd.OutOrStdout(), ways)
		return verdictExit(record.Overall())
	}
	answer, err := pondering(cmd, func() (*rules.Answer, error) { return lib.Judge(asked) })
	if err != nil {
		return err
	}
	answer.LogPosition = position
	if *f.json {
		return errors.Join(printJSON(cmd, whatIfJSON{noVerdict, applied, record.Overall(), answer.Overall(), answer, ways, rules.Advice}), verdictExit(record.Overall()))
	}
	printWhatIf(cmd.OutOrStdout(), applied, record, answer, ways)
	return verdictExit(record.Overall())
}

// aboutNothing refuses an assumption that changes nothing in the question.
func aboutNothing(q *rules.Facts, applied []whatif.Applied) error {
	for _, a := range applied {
		if len(a.Sets) > 0 {
			continue
		}
		var names []string
		for i := range q.Materials {
			names = append(names, q.Materials[i].Name)
		}
		for i := range q.Components {
			names = append(names, q.Components[i].Name)
		}
		list := "nothing"
		if len(names) > 0 {
			list = strings.Join(names[:min(10, len(names))], ", ")
		}
		return usagef("assume %q: it is about nothing in the question: its materials and assemblies are %s; --assume help says how an assumption is written", a.Assumption, list)
	}
	return nil
}

// printWhatIf writes an answer that rests on assumptions: every line is marked, so that no part of it is taken for a verdict.
func printWhatIf(w io.Writer, applied []whatif.Applied, record, answer *rules.Answer, ways *whatif.Ways) {
	fmt.Fprintf(w, "WHAT IF: %s if assumed, %s on the record\n%s\n\n", answer.Overall(), record.Overall(), noVerdict)
	for _, a := range applied {
		fmt.Fprintf(w, "assumed   %s\n", a.Assumption)
		for _, s := range a.Instead {
			fmt.Fprintf(w, "  AGAINST THE RECORD: %s\n", s)
		}
	}
	var b bytes.Buffer
	printAnswer(&b, answer)
	if ways != nil {
		printWays(&b, ways)
	}
	fmt.Fprintln(w)
	for line := range strings.Lines(b.String()) {
		fmt.Fprintf(w, "what if | %s", line)
	}
}

// mostWays is how many ways are printed.
const mostWays = 10

// printWays writes what would settle a question, each way by whom to ask.
func printWays(w io.Writer, ways *whatif.Ways) {
	fmt.Fprintln(w)
	switch {
	case ways.Verdict != rules.Undetermined:
		fmt.Fprintf(w, "what would settle it: the answer is %s, and hangs on nothing that is not known\n", ways.Verdict)
		return
	case len(ways.Ways) == 0 && ways.Whole:
		fmt.Fprintln(w, "what would settle it: nothing that is not known would make it clean")
	case len(ways.Ways) == 0:
		fmt.Fprintf(w, "what would settle it: not found in %s of the books; there may be ways\n", count(ways.Tried, "question"))
	default:
		fmt.Fprintf(w, "what would settle it (%s, the smallest first; every fact of a way is needed):\n", count(len(ways.Ways), "way"))
	}
	for i, way := range ways.Ways {
		if i == mostWays {
			fmt.Fprintf(w, "\nand %s more: --json has all\n", group3(int64(len(ways.Ways)-mostWays)))
			break
		}
		fmt.Fprintf(w, "\n%d. %s with %s\n", i+1, way.Verdict, count(len(way.Facts), "fact"))
		ask := ""
		for _, n := range way.Facts {
			if n.Ask != ask {
				ask = n.Ask
				wrapped(w, "   ask ", ask)
			}
			wrapped(w, "     - ", n.Fact+": "+n.Says)
		}
	}
	if !ways.Whole && len(ways.Ways) > 0 {
		fmt.Fprintf(w, "\nthe search stopped after %s of the books: there may be more ways, and smaller ones\n", count(ways.Tried, "question"))
	}
	if len(ways.Bad) > 0 {
		fmt.Fprintf(w, "\nwhat would make it NONCOMPLIANT alone:\n")
		for _, n := range ways.Bad {
			wrapped(w, "     - ", n.Fact+": "+n.Says)
		}
	}
}
