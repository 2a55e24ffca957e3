package atlas

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"lodestone/quantity"
)

//go:embed data/*.csv
var data embed.FS

// row is one row of a table, by column.
type row struct {
	table  string
	line   int
	fields map[string]string
}

// read is every row of a table.
func read(table string) []row { return rowsOf(data, "data", table) }

// rowsOf is every row of a table in a folder. The tables are part of the program and tests read them all, so a fault is a
// panic.
func rowsOf(files embed.FS, folder, table string) []row {
	f, err := files.Open(folder + "/" + table + ".csv")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		panic(fmt.Errorf("atlas: %s: %w", table, err))
	}
	var rows []row
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			panic(fmt.Errorf("atlas: %s: %w", table, err))
		}
		line, _ := r.FieldPos(0)
		m := make(map[string]string, len(head))
		for i, h := range head {
			m[h] = strings.TrimSpace(rec[i])
		}
		rows = append(rows, row{strings.TrimPrefix(folder+"/"+table, "data/"), line, m})
	}
}

// text is a cell; "-" and "n/d" stand for nothing.
func (r row) text(column string) string {
	v, ok := r.fields[column]
	if !ok {
		panic(fmt.Sprintf("atlas: %s has no column %s", r.table, column))
	}
	if v == "-" || v == "n/d" {
		return ""
	}
	return v
}

// number is a cell as a decimal's text; "" when it is empty.
func (r row) number(column string) string {
	v := r.text(column)
	if v == "" {
		return ""
	}
	if _, err := quantity.ParseDecimal(v); err != nil {
		panic(fmt.Sprintf("atlas: %s line %d: %s: %v", r.table, r.line, column, err))
	}
	return v
}

// amount is a cell as a decimal's text, or Withheld.
func (r row) amount(column string) string {
	if v := r.text(column); v == Withheld {
		return v
	}
	return r.number(column)
}

// sources is the keys of a row's sources. One that was never recorded is said in words, with a semicolon in them.
func (r row) sources() []string {
	if s := r.text("source"); strings.HasPrefix(s, unrecorded) {
		return []string{s}
	}
	return list(r.text("source"))
}

// list parts a cell at its semicolons.
func list(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func clone[T any](rows []T) []T { return slices.Clone(rows) }
