package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// sheet is one file as read: its rows by column name, blank and commented rows left out.
type sheet struct {
	spec      *Sheet
	name      string          // file name as it stands in the folder
	row       int             // of the header
	has       map[string]bool // the columns that are there
	fractions []fractionColumn
	rows      []row
}

// row is one row of a sheet. Cells are trimmed; an absent column reads as "".
type row struct {
	file      string
	n         int
	cells     map[string]string
	fractions []string // by sheet.fractions
}

func (w row) get(column string) string { return w.cells[column] }

// parse reads a sheet's bytes. Faults go to r; what could be read comes back all the same, so that the other checks
// still run, and nil when there is no header.
func (r *reader) parse(spec *Sheet, name string, data []byte) *sheet {
	var rows []row
	s := r.scan(spec, name, data, func() map[string]string { return map[string]string{} }, func(w row) { rows = append(rows, w) })
	if s != nil {
		s.rows = rows
	}
	return s
}

// each reads a sheet without columns of fractions, and calls do with each row, which it must not keep.
func (r *reader) each(spec *Sheet, name string, data []byte, do func(row)) {
	cells := map[string]string{}
	r.scan(spec, name, data, func() map[string]string { clear(cells); return cells }, do)
}

// scan reads a sheet's bytes row by row into what cells gives, and calls do with each row that holds anything. It gives
// the sheet without its rows, nil when there is no header.
func (r *reader) scan(spec *Sheet, name string, data []byte, cells func() map[string]string, do func(row)) *sheet {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		r.fault(name, 0, "", "text", "the file is UTF-16", "save it as 'CSV UTF-8'")
		return nil
	}
	if !utf8.Valid(data) {
		r.fault(name, 1+bytes.Count(data[:invalidAt(data)], []byte("\n")), "", "text", "the file is not UTF-8 text", "save it as 'CSV UTF-8'")
		return nil
	}
	s := &sheet{spec: spec, name: name}
	separator, data, skipped := told(data)
	if separator == 0 {
		separator = detect(spec, data)
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma, in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = separator, '#', -1, true
	in.ReuseRecord = true
	if separator == '\t' {
		in.TrimLeadingSpace = false // a leading tab is an empty first cell
	}
	var columns []string // by position; "" is passed over
	for {
		record, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			n := 0
			var p *csv.ParseError
			if errors.As(err, &p) {
				n, err = p.StartLine+skipped, p.Err
			}
			r.fault(name, n, "", "csv", "cannot be split into cells ("+err.Error()+")", "a cell with a quote in it is written \"like \"\"this\"\"\"")
			continue
		}
		line, _ := in.FieldPos(0)
		line += skipped
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		switch first := firstFilled(record); {
		case first == "":
			continue
		case record[0] == first && strings.HasPrefix(first, "#"):
			continue // a comment that a spreadsheet program put in quotes
		case columns == nil:
			columns = r.header(s, line, record)
			continue
		}
		w := row{file: s.name, n: line, cells: cells()}
		if r.cells(s, &w, columns, record) {
			do(w)
		}
	}
	if columns == nil {
		return nil // nothing but comments: as good as no file
	}
	return s
}

// cells puts one record under its column names. It is false when no cell counts.
func (r *reader) cells(s *sheet, w *row, columns, record []string) (filled bool) {
	line := w.n
	w.fractions = make([]string, len(s.fractions))
	for i, cell := range record {
		if cell == "" {
			continue
		}
		if i >= len(columns) {
			r.fault(s.name, line, "", "csv", "cell "+quote(cell)+" stands beyond the last column", "a comma inside a cell needs quotes around the cell")
			break
		}
		filled = filled || columns[i] != passedOver
		switch columns[i] {
		case passedOver, fractionCell:
		case "":
			r.fault(s.name, line, "", "column", "cell "+quote(cell)+" stands in a column without a name", "name the column; one that is not to be imported has its name in brackets, as in (my note)")
		default:
			w.cells[columns[i]] = cell
		}
	}
	for i, f := range s.fractions {
		if f.at < len(record) {
			w.fractions[i] = record[f.at]
		}
	}
	for i := range s.spec.Columns {
		c := &s.spec.Columns[i]
		if c.Required && filled && s.has[c.Name] && w.cells[c.Name] == "" {
			r.faultAt(*w, c.Name, "required", "is empty", c.Help)
		}
	}
	return filled
}

// What a column's name becomes when its cells do not go by name.
const (
	passedOver   = "("
	fractionCell = "%"
)

// header finds the columns of a sheet; a name that is not known is a fault, for a misspelt column is lost data.
func (r *reader) header(s *sheet, line int, record []string) []string {
	s.row = line
	columns := make([]string, len(record))
	seen := map[string]bool{}
	s.has = seen
	for i, text := range record {
		if text == "" {
			continue
		}
		if strings.HasPrefix(text, "(") {
			columns[i] = passedOver
			continue
		}
		name := s.spec.find(text)
		if name == "" && s.spec.Fractions != "" {
			if f, ok := parseFractionColumn(text); ok {
				f.at, name = i, f.name
				if !seen[name] {
					s.fractions = append(s.fractions, f)
				}
				columns[i] = fractionCell
			}
		}
		if name == "" {
			columns[i] = passedOver
			r.fault(s.name, line, text, "column", "unknown column "+quote(text),
				r.didYouMean(text, s.spec.names(), "a column that is not to be imported has its name in brackets, as in (my note)"))
			continue
		}
		if seen[name] {
			r.fault(s.name, line, name, "column", "the column stands twice", "keep one of the two")
			columns[i] = passedOver
			continue
		}
		seen[name] = true
		if columns[i] == "" {
			columns[i] = name
		}
	}
	for _, c := range s.spec.Columns {
		if c.Required && !seen[c.Name] {
			r.fault(s.name, line, c.Name, "column", "the column is missing", c.Help)
		}
	}
	return columns
}

// told reads a first line "sep=;", by which some spreadsheet programs are told the separator.
func told(data []byte) (rune, []byte, int) {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, data, 0
	}
	switch line[4] {
	case ',', ';', '\t':
		return rune(line[4]), rest, 1
	}
	return 0, data, 0
}

// detect chooses the separator that finds the most known columns in the header; of equals the comma, then the semicolon.
func detect(spec *Sheet, data []byte) rune {
	best, most := ',', 0
	for _, separator := range [...]rune{',', ';', '\t'} {
		in := csv.NewReader(bytes.NewReader(data))
		in.Comma, in.Comment, in.FieldsPerRecord, in.LazyQuotes = separator, '#', -1, true
		known := 0
		for {
			record, err := in.Read()
			if err != nil {
				break
			}
			if first := strings.TrimSpace(firstFilled(record)); first == "" || strings.HasPrefix(first, "#") {
				continue
			}
			for _, text := range record {
				if spec.find(text) != "" {
					known++
				}
			}
			break
		}
		if known > most {
			best, most = separator, known
		}
	}
	return best
}

func firstFilled(record []string) string {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return cell
		}
	}
	return ""
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}
