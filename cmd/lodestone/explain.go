package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/rules"
)

// explainCommand explains a verdict to a person.
func explainCommand() *cobra.Command {
	var f paperFlags
	var facts string
	cmd := &cobra.Command{
		Use:   "explain LOT --book BOOK --on DATE | explain --facts FILE",
		Short: "Why a verdict is what it is: the reason in one sentence, then the tree down to events and documents",
		Long: `Judges as lodestone judge does, and explains the answer: the reason in one sentence, then the paragraphs that decide with
their words, under them the legal values with day and source, the facts, and under each fact the events, statements and
documents of the log that it rests on, by entry and position. Every leaf is an event or statement of the log, a dated
legal value or the law's words, or a document by its digest.

The exit status is that of judge: 0 for COMPLIANT, EXEMPT and OUT_OF_SCOPE, 3 NONCOMPLIANT, 4 UNDETERMINED, 5 CONFLICT.`,
		Example: `  lodestone explain MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01
  lodestone explain MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 --output why.html
  lodestone explain --facts question.yaml --json`,
		Args:              args(0, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd, ".html", ".md", ".pdf", ".json")
	cmd.Flags().StringVar(&f.book, "book", "", "the book to ask (left out: those that the contract or the fact file calls for)")
	cmd.Flags().StringVar(&facts, "facts", "", "explain the question in this YAML or JSON file, without the record (- is standard input)")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if (len(given) == 1) == (facts != "") {
			return usagef("name a LOT, or a file with --facts, and not both")
		}
		if facts != "" {
			return explainFacts(cmd, facts, &f)
		}
		return aboutVerdict(cmd, given[0], &f, func(a *asked, answer *rules.Answer, x *disclosure.Explanation) error {
			return errors.Join(writePaper(cmd, &f, x, x.Page(), nil), verdictExit(answer.Overall()))
		})
	}
	return cmd
}

// explainFacts explains the answer to a question that stands whole in a file.
func explainFacts(cmd *cobra.Command, file string, f *paperFlags) error {
	if f.contract != "" || f.asOf != "" {
		return usagef("--contract and --as-of go with a LOT: a fact file holds the whole question")
	}
	lib, _, err := loadLaw(cmd)
	if err != nil {
		return err
	}
	if err := f.writable(); err != nil {
		return err
	}
	data, err := readAll(file, cmd.InOrStdin())
	if err != nil {
		return err
	}
	q, err := rules.ParseFacts(file, data)
	if err != nil {
		return err
	}
	if f.book != "" {
		q.Books = []string{f.book}
	}
	on, err := dayFlag("--on", f.on)
	if err != nil {
		return err
	}
	if on != 0 {
		q.Delivery, q.Accepted, q.Shipment.Date = on, 0, 0
	}
	answer, err := lib.Judge(q)
	if err != nil {
		return err
	}
	s := disclosure.Stand(q.Delivery, "", 0, "")
	s.Books = disclosure.MarksOf(answer)
	subject := q.EndItem.Name
	if subject == "" {
		subject = "the end item"
	}
	x := disclosure.Explain(answer, q, subject, sourceOf(file, data), nil, s)
	return errors.Join(writePaper(cmd, f, x, x.Page(), nil), verdictExit(answer.Overall()))
}

func sourceOf(name string, data []byte) disclosure.Source {
	return disclosure.Source{Name: name, Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(data))}
}

// record is the record that papers are made from.
func (a *asked) record() *disclosure.Record {
	return &disclosure.Record{Graph: a.graph, Entries: a.entries(), Lot: a.lot}
}

// from is where what the record does not hold came from: the contract file, or without one the assumptions that were
// made, whose text is its own document.
func (a *asked) from() disclosure.Source {
	if a.contract != nil {
		return sourceOf(a.contractName, a.contract)
	}
	return sourceOf("no contract file: the common assumptions, named under what is taken for granted", []byte(strings.Join(a.facts.Assumed, "\n")))
}
