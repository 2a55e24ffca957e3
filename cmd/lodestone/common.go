package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/supply"
)

// commonCommand finds what several lots have in common.
func commonCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "common LOT LOT…",
		Short: "What several lots were made from in common, as a set of failed magnets",
		Long: `Lists the lots that two or more of those named were made from: first those behind the most of them, then those nearest to
them. A lot named that others were made from counts itself. What all the failed magnets share, and the good ones do not,
is where to look first.

LOT is an identifier, or a part of one that fits one lot only.`,
		Example: `  lodestone common MAGNET-7 MAGNET-9 MAGNET-12
  lodestone common MAGNET-7 MAGNET-9 --json`,
		Args:              args(cobra.MinimumNArgs(2)),
		ValidArgsFunction: completeLot,
	}
	most := cmd.Flags().Int("most", 20, "how many to list (0: all)")
	least := cmd.Flags().Int("least", 2, "only those behind at least so many of the lots")
	seen := asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if *most < 0 || *least < 1 {
			return usagef("--most %d --least %d: --most is 0 or more, --least 1 or more", *most, *least)
		}
		return withGraph(cmd, *seen, func(_ *ledger.Ledger, g *genealogy.Graph) error {
			var lots []supply.LotID
			for _, text := range given {
				lot, err := findLot(g, text)
				if err != nil {
					return err
				}
				if !slices.Contains(lots, lot) {
					lots = append(lots, lot)
				}
			}
			if len(lots) < 2 {
				return usagef("common: %s is one lot: name two or more", lots[0])
			}
			list, err := g.Common(lots, *least)
			if err != nil {
				return err
			}
			return printCommon(cmd, g, lots, list, *most, *asJSON)
		})
	}
	return cmd
}

type commonView struct {
	Lots      []supply.LotID `json:"lots"`
	Position  int64          `json:"log_position"`
	All       int            `json:"common"` // how many there are
	Ancestors []ancestorView `json:"ancestors"`
}

type ancestorView struct {
	lotView
	Of       []supply.LotID `json:"behind"`
	Farthest int            `json:"farthest"` // steps to the farthest of them
	Sum      int            `json:"steps"`    // to all of them
}

func printCommon(cmd *cobra.Command, g *genealogy.Graph, lots []supply.LotID, list []genealogy.Ancestor, most int, asJSON bool) error {
	all := len(list)
	if most > 0 && all > most {
		list = list[:most]
	}
	if asJSON {
		v := commonView{Lots: lots, Position: g.Position(), All: all, Ancestors: []ancestorView{}}
		for i := range list {
			v.Ancestors = append(v.Ancestors, ancestorView{viewLot(&list[i].LotSummary), list[i].Of, list[i].Farthest, list[i].Sum})
		}
		return printJSON(cmd, v)
	}
	out := cmd.OutOrStdout()
	if all == 0 {
		if _, err := fmt.Fprintln(out, "the record shows nothing that they have in common; a gap in it could hide something"); err != nil {
			return err
		}
		return printPosition(out, g)
	}
	t := newTable("behind", "steps", "lot", "material", "last making")
	for i := range list {
		a := &list[i]
		t.AppendRow([]any{fmt.Sprintf("%d of %d", len(a.Of), len(lots)), a.Farthest, a.ID, materialWords(&a.LotSummary), making(&a.LotSummary)})
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if len(list) < all {
		if _, err := fmt.Fprintf(out, "and %s more: --most 0 lists all\n", group3(int64(all-len(list)))); err != nil {
			return err
		}
	}
	return printPosition(out, g)
}
