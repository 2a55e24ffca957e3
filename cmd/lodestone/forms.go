package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
)

// forms is in which form a trace is printed; text when none is given.
type forms struct{ json, csv, dot, mermaid *bool }

func formFlags(cmd *cobra.Command) forms {
	return forms{
		json: jsonFlag(cmd), csv: cmd.Flags().Bool("csv", false, "print a table of comma-separated values"),
		dot: cmd.Flags().Bool("dot", false, "print a graph for Graphviz"), mermaid: cmd.Flags().Bool("mermaid", false, "print a flowchart for Mermaid"),
	}
}

// drawn tells whether a form other than text and JSON is asked for.
func (f forms) drawn() bool { return *f.csv || *f.dot || *f.mermaid }

// program tells whether the form is for a program to read.
func (f forms) program() bool { return *f.json || f.drawn() }

func (f forms) check() error {
	n := 0
	for _, is := range []*bool{f.json, f.csv, f.dot, f.mermaid} {
		if *is {
			n++
		}
	}
	if n > 1 {
		return usagef("--json, --csv, --dot and --mermaid: one of them at a time")
	}
	return nil
}

// asOfEntry is the line with the position of the log that an answer rests on.
func asOfEntry(position int64) string { return fmt.Sprintf("as of log entry %d", position) }

// printPosition ends an answer with that line.
func printPosition(out io.Writer, g *genealogy.Graph) error {
	_, err := fmt.Fprintln(out, asOfEntry(g.Position()))
	return err
}
