package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lodestone/law"
	"lodestone/rules"
)

func lawTestCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "test [BOOK] [--law DIR]",
		Short: "Put every book's own cases to it",
		Long: `Test puts the cases that stand beside each book to it. With --law, the cases beside your own books and amendments are put
to the books as amended; those of a book that is amended are not, since the amendment may change what they want.`,
		Args: args(0, 1),
	}
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		lib, added, err := loadLaw(cmd)
		if err != nil {
			return err
		}
		only := ""
		if len(given) == 1 {
			b, err := findBook(cmd, given[0])
			if err != nil {
				return err
			}
			only = b.ID
		}
		bad := 0
		for _, b := range lib {
			if only != "" && b.ID != only || len(b.Amended) > 0 || own(added, b.ID) {
				continue
			}
			cases, err := law.Cases(b.ID)
			if err != nil {
				return err
			}
			bad += putCases(cmd.OutOrStdout(), b.ID, cases, lib)
		}
		for i := range added {
			if a := &added[i]; only == "" || a.Book == only {
				bad += putCases(cmd.OutOrStdout(), a.Folder+" ("+a.Book+")", a.Cases(), lib)
			}
		}
		if bad > 0 {
			return failed()
		}
		return nil
	}
	return cmd
}

func own(added []law.Added, id string) bool {
	for _, a := range added {
		if a.Book == id && !a.Amends {
			return true
		}
	}
	return false
}

// putCases puts cases to the library, prints what is not as wanted and a line of counts, and gives how many were not.
func putCases(w io.Writer, name string, cases []rules.Case, lib rules.Library) int {
	asked, wrong := 0, 0
	for _, c := range cases {
		asked += len(c.Want)
		for _, line := range c.Check(lib) {
			wrong++
			fmt.Fprintln(w, line)
		}
	}
	fmt.Fprintf(w, "%s: %s, %s, %d not as wanted\n", name, count(len(cases), "case"), count(asked, "question"), wrong)
	return wrong
}
