package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"lodestone/disclosure"
	"lodestone/paper"
	"lodestone/rules"
	"lodestone/supply"
)

// paperDisclosureCommand writes the provenance disclosure of FY2023 NDAA section 857.
func paperDisclosureCommand() *cobra.Command {
	var f paperFlags
	cmd := &cobra.Command{
		Use:   "disclosure LOT --on DATE",
		Short: "The provenance disclosure of section 857: four phases, countries, the inquiry made",
		Long: `Writes, for every magnet in a lot or item, the countries in which its materials were mined, refined into oxides and made
into metals and alloys, and in which it was sintered or bonded and magnetized (Pub. L. 117-263, section 857): what is
known, stated by whom, on what evidence on the day of delivery. What is not known is a line that says so, with the lot at
which the record stops and the inquiry that was made: to whom, when, with what answer.`,
		Example: `  lodestone paper disclosure MAGNET-7 --on 2027-01-01
  lodestone paper disclosure MAGNET-7 --on 2027-01-01 --output disclosure.pdf
  lodestone paper disclosure MAGNET-7 --on 2027-01-01 --output disclosure.csv`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	f.add(cmd, ".pdf", ".html", ".md", ".csv", ".json")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		return aboutLot(cmd, given[0], &f, func(a *asked) error {
			if a.said == nil { // what the contract says is no matter of this paper: nothing needs to be taken for granted
				a.said = &rules.Facts{MinimumEvidence: supply.Stated}
			}
			facts, err := rules.FromRecord(a.graph, a.lot, a.said, a.on)
			if err != nil {
				return err
			}
			p, err := disclosure.Disclose(a.lib, a.record(), facts, a.standing)
			if err != nil {
				return err
			}
			return writePaper(cmd, &f, p, p.Page(), map[string]func(*bytes.Buffer) error{
				"csv": func(b *bytes.Buffer) error { return paper.ProvenanceCSV(b, p) },
			})
		})
	}
	return cmd
}
