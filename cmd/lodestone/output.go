package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
)

// jsonFlag adds --json to cmd.
func jsonFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("json", false, "print JSON instead of text")
}

// printJSON writes v to the command's output, indented, with a newline at the end.
func printJSON(cmd *cobra.Command, v any) error {
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// newTable is a table without lines between rows, its heads as given and left-aligned.
func newTable(heads ...any) table.Writer {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft = ""
	style.Box.PaddingRight = "  "
	t.SetStyle(style)
	t.AppendHeader(heads)
	return t
}

// printTable writes t without spaces at line ends.
func printTable(out io.Writer, t table.Writer) error {
	for _, line := range strings.Split(t.Render(), "\n") {
		if _, err := fmt.Fprintln(out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// streamTable writes rows in left-aligned columns, each as wide as its widest cell, without spaces at line ends. It goes
// through the rows twice, first to measure them, and keeps none: a table may have any length.
func streamTable(w io.Writer, heads []string, rows iter.Seq[[]string]) error {
	width := make([]int, len(heads))
	all := func(yield func([]string) bool) {
		if yield(heads) {
			rows(yield)
		}
	}
	for row := range all {
		for i, cell := range row {
			width[i] = max(width[i], text.StringWidthWithoutEscSequences(cell))
		}
	}
	out := bufio.NewWriter(w)
	for row := range all {
		line := ""
		for i, cell := range row {
			line += cell + strings.Repeat(" ", width[i]-text.StringWidthWithoutEscSequences(cell)+2)
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return out.Flush()
}

// count is "1 lot", "2 lots", "1,234 lots"; "2 entries", "2 stays".
func count[N int | int64](n N, one string) string {
	many := one + "s"
	if strings.HasSuffix(one, "y") && !strings.HasSuffix(one, "ay") {
		many = strings.TrimSuffix(one, "y") + "ies"
	}
	if n == 1 {
		return "1 " + one
	}
	return group3(int64(n)) + " " + many
}

// group3 writes a whole number with a comma between each three digits.
func group3(n int64) string {
	s := fmt.Sprint(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
