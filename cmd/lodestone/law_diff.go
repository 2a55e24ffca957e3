package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/rules"
)

func lawDiffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff BOOK DATE DATE",
		Short: "What changes in a book between two days: paragraphs, rules, values, lists, what is suspended, with sources",
		Long: `Diff lists, in order of days, what begins, ends or becomes another in a book after the first day up to the second: its
versions, paragraphs, rules, values and lists, classes of material, what waits on an act or is suspended, and notes.`,
		Example: `  lodestone law diff us/dfars-252.225-7052 2026-11-23 2027-01-01
  lodestone law diff us/10-usc-4872 2026-01-01 2033-01-01 --law doc/example/law/hr-9073`,
		Args: args(3, 3),
	}
	asJSON := jsonFlag(cmd)
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		from, err := dayFlag("the first DATE", given[1])
		if err != nil {
			return err
		}
		until, err := dayFlag("the second DATE", given[2])
		if err != nil {
			return err
		}
		if from == 0 || until == 0 || from > until {
			return usagef("the first day comes before the second: lodestone law diff %s 2026-11-23 2027-01-01", given[0])
		}
		b, err := findBook(cmd, given[0])
		if err != nil {
			return err
		}
		changes := b.Diff(from, until)
		if *asJSON {
			if changes == nil {
				changes = []rules.Change{}
			}
			return printJSON(cmd, map[string]any{"book": b.ID, "digest": b.Digest, "from": from, "until": until, "changes": changes, "advice": rules.Advice})
		}
		w := cmd.OutOrStdout()
		fmt.Fprintf(w, "%s, after %s up to %s: %s\n", b.ID, from, until, count(len(changes), "change"))
		day := ""
		for _, c := range changes {
			if c.On != day {
				day = c.On
				fmt.Fprintf(w, "\n%s\n", day)
			}
			text := fmt.Sprintf("%s %s %s", c.What, c.Name, c.How)
			if c.By != "" {
				text += " (" + c.By + ")"
			}
			switch {
			case c.How == "becomes":
				text += ": " + c.Before + " → " + c.After
			case c.Before+c.After != "":
				text += ": " + short(c.Before+c.After)
			}
			if c.Source != "" {
				text += fmt.Sprintf(" [%s: %s]", c.Sure, c.Source)
			}
			wrapped(w, "  ", text)
		}
		fmt.Fprintf(w, "\nbook digest %s\n%s\n", b.Digest, rules.Advice)
		return nil
	}
	return cmd
}
