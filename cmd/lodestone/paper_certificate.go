package main

import (
	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/rules"
)

// paperCertificateCommand drafts a certificate of conformance.
func paperCertificateCommand() *cobra.Command {
	var f paperFlags
	var as string
	cmd := &cobra.Command{
		Use:   "certificate LOT --book BOOK --on DATE --as PARTY",
		Short: "Draft a certificate of conformance, where the verdict allows one",
		Long: `Drafts a certificate of conformance for a person to sign: the verdict with its paragraphs, every step of the magnets with
place, author and evidence, the weakest evidence it rests on, the open questions of the text, what it takes for granted,
the log's position and root, the books' digests.

It is refused unless the verdict is COMPLIANT, EXEMPT or OUT_OF_SCOPE, and says which of the three; it is refused too where
the contract holds a clause that no book here speaks to.`,
		Example: `  lodestone paper certificate MAGNET-7 --book us/dfars-252.225-7052 --on 2027-01-01 \
      --as urn:lodestone:party:prime --output certificate.pdf`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd, ".pdf", ".html", ".md", ".json")
	cmd.Flags().StringVar(&f.book, "book", "", "the book to certify (left out: those that the contract calls for)")
	cmd.Flags().StringVar(&as, "as", "", "the party that is to sign, as a URI")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		by, err := authorOf(as)
		if err != nil {
			return err
		}
		return aboutVerdict(cmd, given[0], &f, func(a *asked, answer *rules.Answer, x *disclosure.Explanation) error {
			c, err := disclosure.Certify(answer, a.facts, x, a.record(), string(by))
			if err != nil {
				return err
			}
			return writePaper(cmd, &f, c, c.Page(), nil)
		})
	}
	return cmd
}
