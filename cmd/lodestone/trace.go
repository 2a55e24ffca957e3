package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/supply"
)

// traceCommand follows a lot up to the mines, or down to the end items.
func traceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "trace LOT",
		Short: "Follow a lot up to the mines, or down to the end items",
		Long: `Draws a lot's family tree: its ancestors up to the mines, or with --down everything that holds material from it. Each
line has the amount that went over, the lot, its material, its last making with place, country and day, and how much was
made; ! marks a finding, ? a gap. A lot to which several ways lead is drawn in full once.

A tree of more than 200 lots is folded by facility, phase and period: a line stands for all lots of one place, phase and
period, with what went over in all. The period is the shortest of month, quarter and year that leaves 60 groups or fewer,
else all; --by sets it. --unfold opens the groups whose line has a text, or the one with a key, as --csv has it; --fold folds
a small tree too, and --all writes every lot out. For programs (--json, --csv, --dot, --mermaid) a tree is folded with
--fold only, by month.

--path-to shows one way, the shortest, to a country (its two letters), a facility, a lot or a party, or says that the
record shows none; a gap in the record could hide one. Of a long way its two ends are shown, and with --all all of it.

LOT is an identifier, or a part of one that fits one lot only.`,
		Example: `  lodestone trace MAGNET-7
  lodestone trace ORE-1 --down
  lodestone trace MAGNET-7 --path-to CN
  lodestone trace MAGNET-7 --fold --by year
  lodestone trace MAGNET-7 --fold --unfold "melted at"
  lodestone trace MAGNET-7 --as-of 1200 --depth 3
  lodestone trace MAGNET-7 --dot | dot -Tsvg > tree.svg`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	var q traceQuestion
	fl := cmd.Flags()
	fl.BoolVar(&q.down, "down", false, "descendants instead of ancestors")
	fl.IntVar(&q.depth, "depth", 0, "how many steps to follow (0: all)")
	fl.StringVar(&q.pathTo, "path-to", "", "show one way to a country, facility, lot or party")
	q.fold.add(cmd)
	seen := asOfFlag(cmd)
	q.form = formFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if err := q.check(); err != nil {
			return err
		}
		return withGraph(cmd, *seen, func(_ *ledger.Ledger, g *genealogy.Graph) error {
			lot, err := findLot(g, given[0])
			if err != nil {
				return err
			}
			if q.pathTo != "" {
				return showPath(cmd, g, lot, q)
			}
			return q.show(cmd, g, lot)
		})
	}
	return cmd
}

// traceQuestion is the flags.
type traceQuestion struct {
	down   bool
	depth  int
	pathTo string
	fold   foldFlags
	form   forms
}

func (q *traceQuestion) check() error {
	if q.depth < 0 {
		return usagef("--depth %d: a depth is 0 or more", q.depth)
	}
	if err := q.form.check(); err != nil {
		return err
	}
	if q.pathTo != "" && (q.down || q.depth > 0 || q.fold.asked() || q.form.drawn()) {
		return usagef("--path-to shows one way up: of the other flags only --all, --json and --as-of go with it")
	}
	return q.fold.check()
}

// show prints the trace, folded where that was asked for or it is long.
func (q *traceQuestion) show(cmd *cobra.Command, g *genealogy.Graph, lot supply.LotID) error {
	o := genealogy.TraceOptions{Down: q.down, Depth: q.depth}
	out := cmd.OutOrStdout()
	if q.fold.wanted(q.form.program()) {
		f, err := q.fold.folded(g, lot, q.fold.options(o), !q.form.program())
		if err != nil {
			return err
		}
		if q.fold.asked() || f.Lots > foldFrom {
			return showFold(cmd, g, f, q.form)
		}
	}
	t, err := g.Trace(lot, o)
	if err != nil {
		return err
	}
	switch {
	case *q.form.json:
		return printJSON(cmd, viewTrace(g, t))
	case *q.form.dot:
		return writeDOT(out, t, g.Position())
	case *q.form.mermaid:
		return writeMermaid(out, t, g.Position())
	case *q.form.csv:
		return writeTraceCSV(out, t, g.Position())
	}
	if err := drawTrace(out, g, t); err != nil {
		return err
	}
	if t.Truncated {
		if _, err := fmt.Fprintf(out, "cut at depth %d: there is more\n", q.depth); err != nil {
			return err
		}
	}
	return printPosition(out, g)
}
