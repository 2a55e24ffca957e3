package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/law"
	"lodestone/rules"
)

func lawDoubtsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doubts [--book BOOK]",
		Short: "The open questions of the texts: their readings, the answers a fact file may give, the verdicts that hang on them",
		Long: `Doubts lists every question that the texts leave open, with its readings. Which verdicts hang on it is worked out by putting
the books' own cases to them under each reading; --json has every one of them.`,
		Example: `  lodestone law doubts
  lodestone law doubts --book us/dfars-252.225-7052 --json`,
		Args: args(0, 0),
	}
	asJSON := jsonFlag(cmd)
	book := cmd.Flags().String("book", "", "only the doubts of this book")
	all := cmd.Flags().Bool("all", false, "every verdict that hangs on a doubt, and not only the first three")
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lib, added, err := loadLaw(cmd)
		if err != nil {
			return err
		}
		only := ""
		if *book != "" {
			b, err := findBook(cmd, *book)
			if err != nil {
				return err
			}
			only = b.ID
		}
		doubts, err := hangingDoubts(lib, added, only)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd, struct {
				Notice string         `json:"notice"`
				Doubts []hangingDoubt `json:"doubts"`
			}{rules.Advice, doubts})
		}
		most := 3
		if *all {
			most = -1
		}
		printDoubts(cmd.OutOrStdout(), doubts, most)
		for _, b := range lib {
			if only == "" || b.ID == only {
				fmt.Fprintf(cmd.OutOrStdout(), "%s, digest %s\n", b.ID, b.Digest)
			}
		}
		return nil
	}
	return cmd
}

// hangingDoubt is a doubt with the verdicts of the cases that hang on it.
type hangingDoubt struct {
	rules.ListedDoubt
	Hang []rules.Hanging `json:"hang"` // verdicts that differ between its readings
}

// hangingDoubts are the doubts of one book, or "" of all, with the verdicts of the books' cases that hang on each.
func hangingDoubts(lib rules.Library, added []law.Added, only string) ([]hangingDoubt, error) {
	var hang []rules.Hanging
	note := func(cases []rules.Case) error {
		found, err := lib.Hangings(cases)
		hang = append(hang, found...)
		return err
	}
	for _, b := range lib {
		if own(added, b.ID) {
			continue
		}
		cases, err := law.Cases(b.ID)
		if err == nil {
			err = note(cases)
		}
		if err != nil {
			return nil, err
		}
	}
	for i := range added {
		if err := note(added[i].Cases()); err != nil {
			return nil, err
		}
	}
	out := []hangingDoubt{}
	for _, d := range lib.Doubts() {
		if only != "" && !slices.Contains(d.Books, only) {
			continue
		}
		h := hangingDoubt{ListedDoubt: d, Hang: []rules.Hanging{}}
		for _, x := range hang {
			if x.Key == d.Key && (only == "" || x.Book == only) {
				h.Hang = append(h.Hang, x)
			}
		}
		out = append(out, h)
	}
	return out, nil
}

func printDoubts(w io.Writer, doubts []hangingDoubt, most int) {
	for _, d := range doubts {
		fmt.Fprintf(w, "%s  %s%s\n", d.ID, d.Class, map[bool]string{true: "", false: ", key " + d.Key}[d.Key == ""])
		wrapped(w, "    ", d.Question)
		for _, r := range d.Readings {
			mark := "      "
			if r.Value == d.Chosen {
				mark = "    → "
			}
			wrapped(w, mark, r.Value+": "+r.Says)
		}
		if len(d.Readings) == 0 && d.Chosen != "" {
			wrapped(w, "    → ", d.Chosen)
		}
		wrapped(w, "    ", strings.Join(d.Books, ", ")+" ["+d.Source+"]")
		if d.Key != "" {
			fmt.Fprintf(w, "    %s of the books' cases on it\n", hangs(len(d.Hang)))
		}
		for i, h := range d.Hang {
			if i == most {
				fmt.Fprintf(w, "      … and %d more: --all\n", len(d.Hang)-most)
				break
			}
			var rs []string
			for _, r := range h.Readings {
				rs = append(rs, r.Value+" "+string(r.Verdict))
			}
			text := fmt.Sprintf("%s, %s on %s: %s", h.Book, h.Case, h.On, strings.Join(rs, ", "))
			if h.Others != "" {
				text += " (the other doubts at their " + h.Others + ")"
			}
			wrapped(w, "      - ", text)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "An open doubt is answered in a fact file:  answers: {traced_elements: literal}.  Without an answer every reading is tried.")
	fmt.Fprintln(w, rules.Advice)
}

func hangs(n int) string {
	switch n {
	case 0:
		return "no verdict hangs"
	case 1:
		return "1 verdict hangs"
	}
	return fmt.Sprintf("%d verdicts hang", n)
}
