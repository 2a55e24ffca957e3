package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/quantity"
	"lodestone/rules"
)

func lawShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show BOOK [--on DATE]",
		Short:   "A book's words in the law's own order, its rules under them, its dated values and notes",
		Example: "  lodestone law show us/dfars-252.225-7052 --on 2027-01-01",
		Args:    args(1, 1),
	}
	on := cmd.Flags().String("on", "", "only what is in force on this delivery day")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		d, err := dayFlag("--on", *on)
		if err != nil {
			return err
		}
		b, err := findBook(cmd, given[0])
		if err != nil {
			return err
		}
		showBook(cmd.OutOrStdout(), b, d)
		return nil
	}
	return cmd
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
			wrapped(w, "      → ", r.String())
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
