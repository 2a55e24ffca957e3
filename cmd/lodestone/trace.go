package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
)

// traceCommand follows a lot up to the mines, or down to the end items.
func traceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "trace LOT",
		Short: "Follow a lot up to the mines, or down to the end items",
		Long: `Draws a lot's family tree: its ancestors up to the mines, or with --down everything that holds material from it (a
recall). Each line has the amount that went over, the lot, its material, its last making with place, country and day,
and how much was made; ! marks a finding, ? a gap. A lot to which several ways lead is drawn in full once.

LOT is an identifier, or a part of one that fits one lot only.`,
		Example: `  lodestone trace MAGNET-7
  lodestone trace ORE-1 --down
  lodestone trace MAGNET-7 --as-of 1200 --depth 3
  lodestone trace MAGNET-7 --dot | dot -Tsvg > tree.svg`,
		Args:              args(cobra.ExactArgs(1)),
		ValidArgsFunction: completeLot,
	}
	down := cmd.Flags().Bool("down", false, "descendants instead of ancestors")
	depth := cmd.Flags().Int("depth", 0, "how many steps to follow (0: all)")
	seen := asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	dot := cmd.Flags().Bool("dot", false, "print a graph for Graphviz")
	mermaid := cmd.Flags().Bool("mermaid", false, "print a flowchart for Mermaid")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if *depth < 0 {
			return usagef("--depth %d: a depth is 0 or more", *depth)
		}
		if *asJSON && *dot || *asJSON && *mermaid || *dot && *mermaid {
			return usagef("--json, --dot and --mermaid: one of them at a time")
		}
		return withGraph(cmd, *seen, func(_ *ledger.Ledger, g *genealogy.Graph) error {
			lot, err := findLot(g, given[0])
			if err != nil {
				return err
			}
			t, err := g.Trace(lot, genealogy.TraceOptions{Down: *down, Depth: *depth})
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			switch {
			case *asJSON:
				return printJSON(cmd, viewTrace(g, t))
			case *dot:
				return writeDOT(out, t)
			case *mermaid:
				return writeMermaid(out, t)
			}
			if err := drawTrace(out, g, t); err != nil {
				return err
			}
			if t.Truncated {
				_, err = fmt.Fprintf(out, "cut at depth %d: there is more\n", *depth)
			}
			return err
		})
	}
	return cmd
}
