package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
)

// lotsCommand lists lots.
func lotsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lots",
		Short: "List the lots, items and containers of the record",
		Long: `Lists every lot, item and container that the record names: what it is of, its last making, how much was made and is
left, and how many findings there are at it. An amount is left out where any part of it is not stated.`,
		Example: `  lodestone lots
  lodestone lots --find magnet
  lodestone lots --as-of 2026-11-23T12:00:00Z --json`,
		Args: args(0, 0),
	}
	find := cmd.Flags().String("find", "", "only those whose identifier, material or facility contains this text, in either case")
	seen := asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withGraph(cmd, *seen, func(_ *ledger.Ledger, g *genealogy.Graph) error {
			return listLots(cmd, g, g.Lots(*find), *asJSON)
		})
	}
	return cmd
}

func listLots(cmd *cobra.Command, g *genealogy.Graph, lots []genealogy.LotSummary, asJSON bool) error {
	if asJSON {
		views := make([]lotView, len(lots))
		for i := range lots {
			views[i] = viewLot(&lots[i])
		}
		return printJSON(cmd, struct {
			Position int64     `json:"log_position"`
			Lots     []lotView `json:"lots"`
		}{g.Position(), views})
	}
	if len(lots) == 0 {
		if _, err := fmt.Fprintln(cmd.ErrOrStderr(), "no lots"); err != nil {
			return err
		}
		return printPosition(cmd.OutOrStdout(), g)
	}
	t := newTable("lot", "material", "last making", "made", "left", "findings")
	for i := range lots {
		s := &lots[i]
		found := ""
		if s.Flags > 0 {
			found = fmt.Sprintf("! %d", s.Flags)
		}
		t.AppendRow([]any{s.ID, materialWords(s), making(s), s.Made, s.Left, found})
	}
	if err := printTable(cmd.OutOrStdout(), t); err != nil {
		return err
	}
	return printPosition(cmd.OutOrStdout(), g)
}
