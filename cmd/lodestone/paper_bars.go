package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/paper"
	"lodestone/rules"
)

// paperNonavailabilityCommand drafts the request for a nonavailability determination.
func paperNonavailabilityCommand() *cobra.Command {
	var f paperFlags
	var given string
	cmd := &cobra.Command{
		Use:   "nonavailability LOT --book BOOK --on DATE",
		Short: "Draft the request for a nonavailability determination, in the PGI template's columns",
		Long: `Drafts the request for an individual nonavailability determination under DFARS 225.7018-4 in the columns of the template
of PGI 225.7018-4(a)(2): from the record what it knows of the current sources, from --given what only the buyer knows
(prices, lead times, market research), and marked as to be given what neither holds. Part B is the Government's.

It is refused where the verdict is clean: then no determination is needed.`,
		Example: `  lodestone paper nonavailability MAGNET-A --book us/dfars-252.225-7052 --on 2027-01-01 --output request.xlsx
  lodestone paper nonavailability MAGNET-A --book us/dfars-252.225-7052 --on 2027-01-01 --given given.yaml -o request.pdf`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd, ".xlsx", ".pdf", ".html", ".md", ".json")
	cmd.Flags().StringVar(&f.book, "book", "", "the book that bars the delivery (left out: those that the contract calls for)")
	cmd.Flags().StringVar(&given, "given", "", "YAML or JSON file: program, contract, reason, prices, alternatives")
	cmd.RunE = func(cmd *cobra.Command, lots []string) error {
		more, err := readGiven(cmd, given)
		if err != nil {
			return err
		}
		return aboutVerdict(cmd, lots[0], &f, func(a *asked, answer *rules.Answer, x *disclosure.Explanation) error {
			r, err := disclosure.RequestDetermination(a.lib, answer, a.facts, x, a.record(), more)
			if err != nil {
				return err
			}
			return writePaper(cmd, &f, r, r.Page(), map[string]func(*bytes.Buffer) error{"xlsx": func(b *bytes.Buffer) error { return paper.Request(b, r) }})
		})
	}
	return cmd
}

// paperNoncomplianceCommand drafts a notice of non-compliance.
func paperNoncomplianceCommand() *cobra.Command {
	var f paperFlags
	var given, as string
	cmd := &cobra.Command{
		Use:   "noncompliance LOT --book BOOK --on DATE --as PARTY",
		Short: "Draft the notice of a non-compliance, with the facts that PGI 225.7003-3(d) lists",
		Long: `Drafts the notice that an item may not be delivered: the verdict with its grounds down to the entries, what breaks it, what
else holds material of the same lots, and the thirteen facts (A) to (M) that PGI 225.7003-3(d)(ii) lists, each as far as
the record knows it, beside what --given adds; what neither holds is marked as to be given.

It is refused unless the verdict is NONCOMPLIANT or CONFLICT.`,
		Example: `  lodestone paper noncompliance MAGNET-A --book us/dfars-252.225-7052 --on 2027-01-01 \
      --as urn:lodestone:party:prime --given given.yaml --output notice.pdf`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd, ".pdf", ".html", ".md", ".json")
	cmd.Flags().StringVar(&f.book, "book", "", "the book that is broken (left out: those that the contract calls for)")
	cmd.Flags().StringVar(&given, "given", "", "YAML or JSON file: contract, facts by letter (facts: {A: …, G: …})")
	cmd.Flags().StringVar(&as, "as", "", "the party that gives notice, as a URI")
	cmd.RunE = func(cmd *cobra.Command, lots []string) error {
		by, err := authorOf(as)
		if err != nil {
			return err
		}
		more, err := readGiven(cmd, given)
		if err != nil {
			return err
		}
		return aboutVerdict(cmd, lots[0], &f, func(a *asked, answer *rules.Answer, x *disclosure.Explanation) error {
			n, err := disclosure.Notify(a.lib, answer, a.facts, x, a.record(), string(by), more)
			if err != nil {
				return err
			}
			return writePaper(cmd, &f, n, n.Page(), nil)
		})
	}
	return cmd
}

// readGiven reads what a person adds to a paper; nothing without a file.
func readGiven(cmd *cobra.Command, file string) (*disclosure.Given, error) {
	if file == "" {
		return &disclosure.Given{}, nil
	}
	data, err := readAll(file, cmd.InOrStdin())
	if err != nil {
		return nil, err
	}
	return disclosure.ParseGiven(file, data)
}
