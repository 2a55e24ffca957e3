package plan

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// ReadFolder reads the sheets of a folder: each table in a file of its name, as in sites.csv. A table without a file is
// empty; a file of another name ending in .csv is a fault. The error is Faults where the files are to blame.
func ReadFolder(fsys fs.FS) ([]Sheet, error) {
	names, err := fs.Glob(fsys, "*.csv")
	if err != nil {
		return nil, fmt.Errorf("list the network's tables: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("read the network: there is no .csv file in this folder: lodestone plan template DIR writes empty tables")
	}
	var sheets []Sheet
	var faults Faults
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read the network: %w", err)
		}
		s, fs := ReadCSV(strings.TrimSuffix(path.Base(name), ".csv"), name, data)
		faults = append(faults, fs...)
		sheets = append(sheets, s)
	}
	return sheets, faults.Err()
}

// ReadCSV reads one table: UTF-8, with commas, semicolons or tabs, blank rows and columns and rows that begin with # passed
// over. The first row with something in it is the header.
func ReadCSV(table, file string, data []byte) (Sheet, Faults) {
	s := Sheet{Table: table, File: file}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return s, Faults{{table, 0, "", "the file is not UTF-8 text", "save it as 'CSV UTF-8'"}}
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.Comment, in.TrimLeadingSpace = -1, '#', true
	if separator := separatorOf(data); separator != ',' {
		in.Comma, in.TrimLeadingSpace = separator, separator != '\t'
	}
	var faults Faults
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return s, faults
		}
		if err != nil {
			var at *csv.ParseError
			row := 0
			if errors.As(err, &at) {
				row, err = at.StartLine, at.Err
			}
			return s, append(faults, Fault{table, row, "", "cannot be split into cells: " + err.Error(), "a cell with a quote in it is written \"like \"\"this\"\"\""})
		}
		n, _ := in.FieldPos(0)
		s.addRow(n, cells)
	}
}

// addRow takes a row of a file: the header, if none is there yet.
func (s *Sheet) addRow(n int, cells []string) {
	blank := true
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		blank = blank && cells[i] == ""
	}
	switch {
	case blank, strings.HasPrefix(cells[0], "#"):
	case s.Header == nil:
		s.Header = cells
	default:
		s.Rows = append(s.Rows, SheetRow{n, cells})
	}
}

// AddRow takes a row of cells from a workbook, as ReadCSV does from a file.
func (s *Sheet) AddRow(n int, cells []string) { s.addRow(n, cells) }

// separatorOf is the sign that stands most often in the first line that says something.
func separatorOf(data []byte) rune {
	for line := range bytes.Lines(data) {
		if text := bytes.TrimSpace(line); len(text) == 0 || text[0] == '#' {
			continue
		}
		best, most := ',', bytes.Count(line, []byte{','})
		for _, other := range []rune{';', '\t'} {
			if n := bytes.Count(line, []byte(string(other))); n > most {
				best, most = other, n
			}
		}
		return best
	}
	return ','
}

// WriteCSV writes a sheet with commas.
func (s *Sheet) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{s.Header}
	for _, r := range s.Rows {
		rows = append(rows, r.Cells)
	}
	return out.WriteAll(rows)
}

// DataPackage describes the tables as a Frictionless data package (specs.frictionlessdata.io, Table Schema): types, units,
// keys and what refers to what.
func DataPackage(name string) ([]byte, error) {
	type field struct {
		Name        string         `json:"name"`
		Type        string         `json:"type"`
		Unit        string         `json:"unit,omitempty"`
		Description string         `json:"description"`
		Constraints map[string]any `json:"constraints,omitempty"`
	}
	type reference struct {
		Resource string `json:"resource"`
		Fields   string `json:"fields"`
	}
	type foreign struct {
		Fields    string    `json:"fields"`
		Reference reference `json:"reference"`
	}
	type schema struct {
		Fields  []field   `json:"fields"`
		Key     []string  `json:"primaryKey,omitempty"`
		Foreign []foreign `json:"foreignKeys,omitempty"`
		Missing []string  `json:"missingValues"`
	}
	type resource struct {
		Name        string `json:"name"`
		Path        string `json:"path"`
		Description string `json:"description"`
		Schema      schema `json:"schema"`
	}
	types := map[string]string{"number": "number", "date": "date", "yes/no": "boolean"}
	keys := map[string]string{}
	for _, t := range Tables() {
		for _, c := range t.Columns {
			if c.Key && keys[t.Name] == "" {
				keys[t.Name] = c.Name
			}
		}
	}
	var resources []resource
	for _, t := range Tables() {
		r := resource{Name: t.Name, Path: t.Name + ".csv", Description: t.About, Schema: schema{Missing: []string{""}}}
		for _, c := range t.Columns {
			f := field{Name: c.Name, Type: "string", Unit: c.Unit, Description: c.About, Constraints: map[string]any{}}
			if word, ok := types[c.Type]; ok {
				f.Type = word
			}
			if c.Required {
				f.Constraints["required"] = true
			}
			if c.Words != nil {
				f.Constraints["enum"] = c.Words
			}
			r.Schema.Fields = append(r.Schema.Fields, f)
			if c.Key {
				r.Schema.Key = append(r.Schema.Key, c.Name)
			}
			if c.Refers != "" {
				r.Schema.Foreign = append(r.Schema.Foreign, foreign{c.Name, reference{c.Refers, keys[c.Refers]}})
			}
		}
		resources = append(resources, r)
	}
	return json.MarshalIndent(map[string]any{"name": name, "profile": "tabular-data-package", "resources": resources}, "", "  ")
}
