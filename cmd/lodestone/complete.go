package main

import (
	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
)

// completeLot offers identifiers of lots for the shell to complete the first argument with; a store that cannot be read
// offers none.
func completeLot(cmd *cobra.Command, given []string, begun string) ([]string, cobra.ShellCompDirective) {
	const most = 200
	var ids []string
	if len(given) == 0 {
		_ = withGraph(cmd, "", func(_ *ledger.Ledger, g *genealogy.Graph) error {
			for _, id := range g.Named(begun) {
				if len(ids) < most {
					ids = append(ids, string(id))
				}
			}
			return nil
		})
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
