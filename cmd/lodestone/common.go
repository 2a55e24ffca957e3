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

For each it says how much of every lot that it is behind is material of it, at least and at most, reckoned as in lodestone
recall: of all mass, and of each element of which it has an assay. Of several lots the table gives the least and the
greatest, --json those of each. The bounds hold for the masses and assays as stated.

LOT is an identifier, or a part of one that fits one lot only.`,
		Example: `  lodestone common MAGNET-7 MAGNET-9 MAGNET-12
  lodestone common MAGNET-7 MAGNET-9 --element Nd,Dy
  lodestone common MAGNET-7 MAGNET-9 --json`,
		Args:              args(2, -1),
		ValidArgsFunction: completeLot,
	}
	most := cmd.Flags().Int("most", 20, "how many to list (0: all)")
	least := cmd.Flags().Int("least", 2, "only those behind at least so many of the lots")
	symbols := cmd.Flags().StringSlice("element", nil, "only these elements, as in Nd or Nd,Dy (default: all that the ancestor has an assay of)")
	seen := asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if *most < 0 || *least < 1 {
			return usagef("--most %d --least %d: --most is 0 or more, --least 1 or more", *most, *least)
		}
		elements, err := parseElements(*symbols)
		if err != nil {
			return err
		}
		return withGraph(cmd, *seen, func(l *ledger.Ledger, g *genealogy.Graph) error {
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
			c := common{lots: lots, all: len(list), list: list}
			if *most > 0 && c.all > *most {
				c.list = list[:*most]
			}
			if c.shares, err = commonShares(cmd.Context(), l, g, c.list, elements); err != nil {
				return err
			}
			return c.print(cmd, g, *asJSON)
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
	Shares   []ofView       `json:"shares"`   // of each of them that is of it
}

// common is what some lots have in common.
type common struct {
	lots   []supply.LotID
	all    int                  // how many there are
	list   []genealogy.Ancestor // those to be shown
	shares []*recall            // of each, over its ways to the lots
}

func (c *common) print(cmd *cobra.Command, g *genealogy.Graph, asJSON bool) error {
	if asJSON {
		v := commonView{Lots: c.lots, Position: g.Position(), All: c.all, Ancestors: []ancestorView{}}
		for i := range c.list {
			a := &c.list[i]
			v.Ancestors = append(v.Ancestors, ancestorView{viewLot(&a.LotSummary), a.Of, a.Farthest, a.Sum, c.shares[i].ofViews(a.Of)})
		}
		return printJSON(cmd, v)
	}
	out := cmd.OutOrStdout()
	if c.all == 0 {
		if _, err := fmt.Fprintln(out, "the record shows nothing that they have in common; a gap in it could hide something"); err != nil {
			return err
		}
		return printPosition(out, g)
	}
	t := newTable("behind", "steps", "lot", "material", "last making", "of each")
	for i := range c.list {
		a := &c.list[i]
		t.AppendRow([]any{fmt.Sprintf("%d of %d", len(a.Of), len(c.lots)), a.Farthest, a.ID, materialWords(&a.LotSummary), making(&a.LotSummary), c.shares[i].shareWords(a.Of)})
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if len(c.list) < c.all {
		if _, err := fmt.Fprintf(out, "and %s more: --most 0 lists all\n", group3(int64(c.all-len(c.list)))); err != nil {
			return err
		}
	}
	return printPosition(out, g)
}
