package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/law"
	"lodestone/quantity"
	"lodestone/rules"
)

func lawCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "law",
		Short: "The books: their words, their values with dates and sources, their cases and open questions",
	}, lawListCommand(), lawShowCommand(), lawTestCommand(), lawDoubtsCommand())
}

func lawListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "The books and the clause versions they hold", Args: args(cobra.NoArgs)}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lib, err := law.Load()
		if err != nil {
			return err
		}
		type row struct {
			Book     string     `json:"book"`
			Kind     rules.Kind `json:"kind"`
			Title    string     `json:"title"`
			Versions []string   `json:"versions"`
			Digest   string     `json:"digest"`
		}
		var rows []row
		t := newTable("book", "kind", "versions", "title")
		for _, b := range lib {
			r := row{Book: b.ID, Kind: b.Kind, Title: b.Title, Digest: b.Digest, Versions: []string{}}
			for _, v := range b.Versions {
				r.Versions = append(r.Versions, v.ID)
			}
			rows = append(rows, r)
			t.AppendRow([]any{b.ID, b.Kind, strings.Join(r.Versions, ", "), b.Title})
		}
		if *asJSON {
			return printJSON(cmd, rows)
		}
		return printTable(cmd.OutOrStdout(), t)
	}
	return cmd
}

func lawShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show BOOK [--on DATE]",
		Short:   "A book's words in the law's own order, its rules under them, its dated values and notes",
		Example: "  lodestone law show us/dfars-252.225-7052 --on 2027-01-01",
		Args:    args(cobra.ExactArgs(1)),
	}
	on := cmd.Flags().String("on", "", "only what is in force on this delivery day")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		d, err := dayFlag("--on", *on)
		if err != nil {
			return err
		}
		b, err := findBook(given[0])
		if err != nil {
			return err
		}
		showBook(cmd.OutOrStdout(), b, d)
		return nil
	}
	return cmd
}

func findBook(id string) (*rules.Book, error) {
	lib, err := law.Load()
	if err != nil {
		return nil, err
	}
	if b := lib.Book(id); b != nil {
		return b, nil
	}
	var ids []string
	for _, b := range lib {
		if strings.HasSuffix(b.ID, id) {
			return b, nil
		}
		ids = append(ids, b.ID)
	}
	return nil, fmt.Errorf("no book %q: there are %s", id, strings.Join(ids, ", "))
}

func showBook(w io.Writer, b *rules.Book, on quantity.Date) {
	fmt.Fprintf(w, "%s\n%s\n", b.Title, b.ID)
	wrapped(w, "", b.About)
	fmt.Fprintf(w, "kind %s, digest %s\n", b.Kind, b.Digest)
	for _, v := range b.Versions {
		wrapped(w, "version ", fmt.Sprintf("%s, from %s [%s]", v.ID, v.From, v.Source))
	}
	showStatus(w, &b.Status)
	fmt.Fprintln(w, "\nValues")
	for _, v := range b.Values {
		for _, e := range v.Entries {
			if on == 0 || e.Valid.Covers(on) {
				wrapped(w, "  ", fmt.Sprintf("%s (%s): %s%s [%s: %s]", v.About, v.Cite, e.Text, during(e.Valid), e.Sure, e.Source))
			}
		}
	}
	fmt.Fprintln(w, "\nText and rules")
	for i := range b.Parts {
		p := &b.Parts[i]
		if on != 0 && !p.Valid.Covers(on) {
			continue
		}
		head := p.Cite
		if len(p.Versions) > 0 {
			head += " {" + strings.Join(p.Versions, ", ") + "}"
		}
		text := p.Quote
		if !p.InHand() {
			text = "text: not in hand. It says: " + p.Content
		}
		wrapped(w, "  ", fmt.Sprintf("%s%s [%s: %s]", head, during(p.Valid), p.Sure, p.Source))
		wrapped(w, "      ", text)
		showStatus(w, &p.Status)
		for _, r := range p.Rules {
			if on != 0 && !r.Valid.Covers(on) {
				continue
			}
			wrapped(w, "      → ", ruleLine(r))
		}
	}
	if len(b.Notes) > 0 {
		fmt.Fprintln(w, "\nNotes")
		for _, n := range b.Notes {
			if on == 0 || n.Valid.Covers(on) {
				wrapped(w, "  ", fmt.Sprintf("%s: %s [%s: %s]", n.ID, n.Says, n.Sure, n.Source))
			}
		}
	}
	fmt.Fprintf(w, "\n%s\n", rules.Advice)
}

// showStatus writes what stands between words and their force.
func showStatus(w io.Writer, s *rules.Status) {
	if x := s.Waits; x != nil {
		text := "not in force, waits on " + x.On
		if x.When != "" {
			text += fmt.Sprintf("; from %s in force if %s", x.Earliest, x.When)
		}
		wrapped(w, "      ! ", text)
	}
	for _, x := range s.Suspended {
		text := fmt.Sprintf("suspended by %s%s", x.By, during(x.Valid))
		if x.When != "" {
			text += " if " + x.When
		}
		wrapped(w, "      ! ", fmt.Sprintf("%s [%s: %s]", text, x.Sure, x.Source))
	}
}

func ruleLine(r *rules.Rule) string {
	s := fmt.Sprintf("%s %s", r.ID, r.Effect)
	if len(r.Kinds) > 0 {
		s += " for " + strings.Join(r.Kinds, ", ")
	}
	if ph := r.Phases.String(); ph != "" {
		s += ": " + ph
	}
	if r.When != "" {
		s += " when " + r.When
	}
	return s
}

func during(p quantity.Period) string {
	switch {
	case p.From == 0 && p.Until == 0:
		return ""
	case p.Until == 0:
		return ", from " + p.From.String()
	case p.From == 0:
		return ", until " + p.Until.String()
	}
	return fmt.Sprintf(", %s to %s", p.From, p.Until)
}

func lawTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test [BOOK]",
		Short: "Put every book's own cases to it",
		Args:  args(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			lib, err := law.Load()
			if err != nil {
				return err
			}
			only := ""
			if len(given) == 1 {
				b, err := findBook(given[0])
				if err != nil {
					return err
				}
				only = b.ID
			}
			bad := 0
			for _, b := range lib {
				if only != "" && b.ID != only {
					continue
				}
				cases, err := law.Cases(b.ID)
				if err != nil {
					return err
				}
				asked, wrong := 0, 0
				for _, c := range cases {
					asked += len(c.Want)
					for _, line := range c.Check(lib) {
						wrong++
						fmt.Fprintln(cmd.OutOrStdout(), line)
					}
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s, %d not as wanted\n", b.ID, count(len(cases), "case"), count(asked, "question"), wrong)
				bad += wrong
			}
			if bad > 0 {
				return failed()
			}
			return nil
		},
	}
}

func lawDoubtsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doubts",
		Short: "The open questions of the texts, with the closed set of answers a fact file may give",
		Args:  args(cobra.NoArgs),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lib, err := law.Load()
		if err != nil {
			return err
		}
		doubts := lib.Doubts()
		if *asJSON {
			return printJSON(cmd, doubts)
		}
		w := cmd.OutOrStdout()
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
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, "An open doubt is answered in a fact file:  answers: {traced_elements: literal}.  Without an answer every reading is tried.")
		return nil
	}
	return cmd
}
