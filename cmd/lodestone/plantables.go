package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/plan"
	"lodestone/plan/lp"
)

func planTemplateCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "template DIR|FILE.xlsx",
		Short:   "Write empty tables, with what goes into each column: a folder of CSV with a datapackage.json, or a workbook",
		Example: "  lodestone plan template network/\n  lodestone plan template network.xlsx",
		Args:    args(1, 1),
		RunE: func(cmd *cobra.Command, given []string) error {
			write := writeTables
			if strings.EqualFold(filepath.Ext(given[0]), ".xlsx") {
				write = writeWorkbookTemplate
			}
			if err := write(given[0]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "empty tables are in %s: fill in what applies, drop the rest, and run lodestone plan %s\n", given[0], given[0])
			return nil
		},
	}
}

// writeTables writes the empty tables. It touches no file that is there.
func writeTables(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	pack, err := plan.DataPackage("network")
	if err != nil {
		return err
	}
	if err := writeNew(filepath.Join(dir, "datapackage.json"), append(pack, '\n')); err != nil {
		return err
	}
	for _, t := range plan.Tables() {
		var b strings.Builder
		fmt.Fprintf(&b, "# %s\n", t.About)
		var names []string
		for _, c := range t.Columns {
			unit := c.Type
			if c.Unit != "" {
				unit += " in " + c.Unit
			}
			must := "required"
			if !c.Required {
				must = "blank: " + c.Default
				if c.Default == "" {
					must = "may be blank"
				}
			}
			fmt.Fprintf(&b, "# %s: %s (%s; %s)\n", c.Name, c.About, unit, must)
			names = append(names, c.Name)
		}
		b.WriteString(strings.Join(names, ",") + "\n")
		if err := writeNew(filepath.Join(dir, t.Name+".csv"), []byte(b.String())); err != nil {
			return err
		}
	}
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write a template: %w: name a folder without tables", err)
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func planMathCommand() *cobra.Command {
	var scenarios []string
	var match string
	var all bool
	cmd := &cobra.Command{
		Use:   "math NETWORK",
		Short: "The program of a network, row by row, as equations a person can read",
		Example: `  lodestone plan math network/
  lodestone plan math network/ --rows 'balance[SRC' --all`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, given []string) error {
			m, err := readModel(cmd, given[0], scenarios)
			if err != nil {
				return err
			}
			most := 3
			if all {
				most = math.MaxInt
			}
			return printMath(cmd, m, match, most)
		},
	}
	cmd.Flags().StringVar(&match, "rows", "", "only rows whose name holds this")
	cmd.Flags().BoolVar(&all, "all", false, "every row, not the first three of a family")
	scenarioFlag(cmd, &scenarios)
	return cmd
}

// printMath prints rows by family, at most so many of each.
func printMath(cmd *cobra.Command, m *plan.Model, match string, most int) error {
	p := m.Program
	out := bufio.NewWriter(cmd.OutOrStdout())
	fmt.Fprintf(out, "least cost over %s, %s, %s (%s)\n", count(len(m.Periods), "period"), count(p.Columns(), "column"), count(p.Rows(), "row"), count(p.Integers(), "choice"))
	matrix := p.Matrix()
	terms := make([][]string, p.Rows())
	for j := range p.Columns() {
		c := lp.Column(j)
		rows, values := matrix.Column(c)
		for k, r := range rows {
			terms[r] = append(terms[r], fmt.Sprintf("%+.6g %s", values[k], p.ColumnName(c)))
		}
	}
	shown := map[plan.Family]int{}
	hidden := map[plan.Family]int{}
	for i, it := range m.Rows {
		name := p.RowName(lp.Row(i))
		if match != "" && !strings.Contains(name, match) {
			continue
		}
		if shown[it.Family] == most {
			hidden[it.Family]++
			continue
		}
		shown[it.Family]++
		lower, upper := p.RowBounds(lp.Row(i))
		sum := strings.Join(terms[i], " ")
		if sum == "" {
			sum = "0"
		}
		switch {
		case lower == upper:
			fmt.Fprintf(out, "\n%s\n    %s = %.6g\n", name, sum, lower)
		case math.IsInf(lower, -1):
			fmt.Fprintf(out, "\n%s\n    %s ≤ %.6g\n", name, sum, upper)
		case math.IsInf(upper, 1):
			fmt.Fprintf(out, "\n%s\n    %s ≥ %.6g\n", name, sum, lower)
		default:
			fmt.Fprintf(out, "\n%s\n    %.6g ≤ %s ≤ %.6g\n", name, lower, sum, upper)
		}
	}
	for _, it := range m.Rows {
		if n := hidden[it.Family]; n > 0 {
			fmt.Fprintf(out, "\nand %d more rows of the family %s: --all shows them\n", n, it.Family)
			delete(hidden, it.Family)
		}
	}
	return out.Flush()
}
