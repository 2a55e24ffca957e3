package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/landed"
	"lodestone/tariff"
)

func breakevenCommand() *cobra.Command {
	var vary, on string
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "breakeven ROUTE-A[@DATE] ROUTE-B[@DATE] --vary price|duty|yield[=NAME]",
		Short: "The price, duty or yield at which two routes cost the same, exactly",
		Long: `Breakeven takes two cost sheets (see lodestone landed) and varies one figure of them: the price of an item that is bought
(USD/kg, without tax), the duty on an item that crosses the border (percent of its customs value, in all, or one layer as
NAME/LAYER), or the yield of an item that is made. It says at which value both cost the same, as an exact fraction and
rounded, or why they never do; where a price floor, a duty floor or the limit of a fee begins to bind the totals bend, and
each interval is shown.

NAME is an item of one sheet; where both have it, write a:NAME, b:NAME, or both:NAME for a figure that moves in both at
once. It may be left out where there is only one. All else stands at base: see the ranges that lodestone landed shows.
Decision support, not legal, customs or investment advice.`,
		Example: `  lodestone breakeven example:brook example:china --vary price="Brook NdPr oxide"
  lodestone breakeven example:brook example:china --vary duty="finished magnet"
  lodestone breakeven example:brook example:china --vary duty="finished magnet/s301-china-review"
  lodestone breakeven example:brook example:china@2025-12-31 --vary yield="a:finished magnet"`,
		Args: args(2, 2),
		RunE: func(cmd *cobra.Command, given []string) error {
			what, name, _ := strings.Cut(vary, "=")
			switch landed.Vary(what) {
			case landed.VaryPrice, landed.VaryDuty, landed.VaryYield:
			default:
				return usagef("--vary %q: say what to vary: price, duty or yield, with =NAME of an item", vary)
			}
			a, err := readRoute(given[0], on)
			if err != nil {
				return err
			}
			b, err := readRoute(given[1], on)
			if err != nil {
				return err
			}
			schedule, err := tariff.US()
			if err != nil {
				return fmt.Errorf("load the tariff schedule: %w", err)
			}
			c, err := landed.Breakeven(a, b, schedule, landed.Vary(what), name)
			switch {
			case err != nil:
				return fmt.Errorf("break-even of %s and %s: %w", given[0], given[1], err)
			case *asJSON:
				return printJSON(cmd, c)
			}
			return printCrossing(cmd.OutOrStdout(), c)
		},
	}
	cmd.Flags().StringVar(&vary, "vary", "", "what to vary: price, duty or yield, with =NAME of an item")
	cmd.Flags().StringVar(&on, "on", "", "the day of entry of a route that names none with @DATE, instead of the sheet's own")
	asJSON = jsonFlag(cmd)
	return cmd
}

func printCrossing(w io.Writer, c *landed.Crossing) error {
	fmt.Fprintf(w, "route a  %s, entry on %s: %s USD/kg at present\n", c.A, c.OnA, c.AtA)
	fmt.Fprintf(w, "route b  %s, entry on %s: %s USD/kg at present\n", c.B, c.OnB, c.AtB)
	present := make([]string, len(c.Present))
	for i, p := range c.Present {
		present[i] = p.Shown
	}
	where := map[string]string{"a": "in route a", "b": "in route b", "both": "in both routes at once"}[c.In]
	wrapped(w, "varied   ", fmt.Sprintf("%s of %s %s, in %s; at present %s", c.Vary, c.Name, where, c.Unit, strings.Join(present, " and ")))
	fmt.Fprintln(w)
	for _, m := range c.Meet {
		fmt.Fprintf(w, "equal  at %s %s, exactly %s\n", m.At, c.Unit, m.At.Exact)
		fmt.Fprintf(w, "       both then cost %s USD/kg, exactly %s\n", m.Total, m.Total.Exact)
	}
	switch {
	case c.Never != "":
		wrapped(w, "never  ", c.Never)
	case len(c.Meet) == 0:
		fmt.Fprintln(w, "equal  over a whole interval, as below")
	}
	wrapped(w, "every range cheap in a, dear in b  ", found(c, c.FavourA))
	wrapped(w, "every range dear in a, cheap in b  ", found(c, c.FavourB))
	fmt.Fprintln(w)
	t := newTable("from", "to", "total of a, USD/kg", "total of b, USD/kg", "cheaper")
	for _, p := range c.Pieces {
		t.AppendRow([]any{end(p.From, c.Vary == landed.VaryYield), end(p.To, false), p.A, p.B, p.Cheaper})
	}
	if err := printTable(w, t); err != nil {
		return err
	}
	fmt.Fprintln(w)
	wrapped(w, "", landed.Advice)
	return nil
}

// found is a finding in short.
func found(c *landed.Crossing, f landed.Finding) string {
	var at []string
	for _, m := range f.Meet {
		at = append(at, m.At.Shown+" "+c.Unit)
	}
	switch {
	case f.Never != "":
		return "never, " + f.Never
	case at == nil:
		return "the same over a whole interval"
	}
	return "at " + strings.Join(at, ", ")
}

// end is an end of an interval; an open one is nought below and without bound above.
func end(a *landed.Amount, below bool) string {
	switch {
	case a != nil:
		return a.Shown
	case below:
		return "above 0"
	}
	return "any"
}
