package plan

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Apply gives the sheets with the edits of a scenario made, in the order of the table scenarios. The sheets themselves stay
// as they are. Edits work on the text of cells, before it is read, so they reach every column of every table:
//
//	set     the field of each row that the filter fits becomes the value
//	scale   it is multiplied by the value; add: the value is added to it
//	append  a row is added: the filter's pairs are its cells
//	drop    the rows go
//
// A filter is pairs of column=value, all of which must fit; blank, it fits every row. An edit that fits no row is a fault: a
// scenario that changes nothing is a slip of the pen.
func Apply(sheets []Sheet, scenario string) ([]Sheet, error) {
	edits, err := editsOf(sheets, scenario)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(sheets)
	var faults Faults
	for _, e := range edits {
		fault := func(column, message, hint string) {
			faults = append(faults, Fault{"scenarios", e.Row, column, message, hint})
		}
		i := slices.IndexFunc(out, func(s Sheet) bool { return s.Table == e.Table })
		if i < 0 && e.Op == "append" && slices.ContainsFunc(Tables(), func(t Table) bool { return t.Name == e.Table }) {
			out = append(out, Sheet{Table: e.Table, File: "scenario " + scenario})
			i = len(out) - 1
		}
		if i < 0 || e.Table == "scenarios" {
			var tables []string
			for _, s := range out {
				if s.Table != "scenarios" {
					tables = append(tables, s.Table)
				}
			}
			fault("table", "there is no table "+quoted(e.Table)+" in this network to change", didYouMean(e.Table, tables, "there are "+strings.Join(tables, ", ")))
			continue
		}
		changed, err := e.apply(out[i])
		var wrong slip
		if errors.As(err, &wrong) {
			fault(wrong.column, wrong.says, wrong.hint)
			continue
		}
		out[i] = changed
	}
	return out, faults.Err()
}

// slip is what is wrong with an edit, and in which of its columns.
type slip struct{ column, says, hint string }

// Error is the slip without its place.
func (s slip) Error() string { return s.says }

// Scenarios names the scenarios of a network, in the order in which they come up.
func Scenarios(sheets []Sheet) []string {
	var out []string
	for _, s := range sheets {
		if s.Table != "scenarios" {
			continue
		}
		at := slices.Index(s.Header, "scenario")
		for _, r := range s.Rows {
			if at >= 0 && at < len(r.Cells) && r.Cells[at] != "" && !slices.Contains(out, r.Cells[at]) {
				out = append(out, r.Cells[at])
			}
		}
	}
	return out
}

// editsOf reads the edits of one scenario.
func editsOf(sheets []Sheet, scenario string) ([]Edit, error) {
	known := Scenarios(sheets)
	if !slices.Contains(known, scenario) {
		hint := "there is none in this network: they stand in the table scenarios"
		if len(known) > 0 {
			hint = didYouMean(scenario, known, "there are "+strings.Join(known, ", "))
		}
		return nil, fmt.Errorf("there is no scenario %s: %s", quoted(scenario), hint)
	}
	var n Network
	d := &decoder{keys: map[string]map[string]int{}}
	for i := range sheets {
		if sheets[i].Table == "scenarios" {
			d.table("scenarios", &sheets[i], reflect.ValueOf(&n.Scenarios).Elem())
		}
	}
	return slices.DeleteFunc(n.Scenarios, func(e Edit) bool { return e.Scenario != scenario }), d.faults.Err()
}

func (e Edit) apply(s Sheet) (Sheet, error) {
	pairs, err := e.pairs(s.Header)
	if err != nil {
		return s, err
	}
	s.Rows = slices.Clone(s.Rows)
	s.Header = slices.Clone(s.Header)
	if e.Op == "append" && len(pairs) == 0 {
		return s, slip{"filter", "is empty: nothing is appended", "the pairs of column=value that the new row holds"}
	}
	if e.Op == "append" {
		row := SheetRow{N: e.Row, Cells: make([]string, len(s.Header))}
		for _, p := range pairs {
			at := slices.Index(s.Header, p[0])
			if at < 0 {
				s.Header = append(s.Header, p[0])
				row.Cells = append(row.Cells, "")
				at = len(s.Header) - 1
			}
			row.Cells[at] = p[1]
		}
		s.Rows = append(s.Rows, row)
		return s, nil
	}
	field := slices.Index(s.Header, e.Field)
	if e.Op != "drop" && field < 0 {
		if !hasColumn(s.Table, e.Field) {
			return s, slip{"field", fmt.Sprintf("table %s has no column %s", s.Table, quoted(e.Field)), didYouMean(e.Field, columnNames(s.Table), "")}
		}
		s.Header = append(s.Header, e.Field)
		field = len(s.Header) - 1
	}
	fits := 0
	var kept []SheetRow
	for _, r := range s.Rows {
		if !r.fits(s.Header, pairs) {
			kept = append(kept, r)
			continue
		}
		fits++
		if e.Op == "drop" {
			continue
		}
		r.Cells = slices.Clone(r.Cells)
		for len(r.Cells) <= field {
			r.Cells = append(r.Cells, "")
		}
		if r.Cells[field], err = e.change(s.Table, r.Cells[field]); err != nil {
			return s, slip{"value", fmt.Sprintf("row %d: %s", r.N, err), ""}
		}
		kept = append(kept, r)
	}
	if fits == 0 {
		return s, slip{"filter", fmt.Sprintf("no row of the table %s fits %s", s.Table, quoted(e.Filter)), s.near(pairs)}
	}
	s.Rows = kept
	return s, nil
}

// near is what a pair may have meant that no row of a sheet has.
func (s Sheet) near(pairs [][2]string) string {
	for _, p := range pairs {
		var cells []string
		at := slices.Index(s.Header, p[0])
		for _, r := range s.Rows {
			if at < len(r.Cells) {
				cells = append(cells, r.Cells[at])
			}
		}
		if !slices.Contains(cells, p[1]) {
			return didYouMean(p[1], cells, "")
		}
	}
	return ""
}

func (e Edit) change(table, cell string) (string, error) {
	if e.Op == "set" {
		return e.Value, nil
	}
	by, err := strconv.ParseFloat(e.Value, 64)
	if err != nil {
		return "", fmt.Errorf("%s is no number to %s by", quoted(e.Value), e.Op)
	}
	if cell == "" {
		cell = defaultOf(table, e.Field)
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return "", fmt.Errorf("the cell says %s, which is no number to %s", quoted(cell), e.Op)
	}
	if e.Op == "scale" {
		v *= by
	} else {
		v += by
	}
	return strconv.FormatFloat(v, 'g', -1, 64), nil
}

// pairs reads a filter: column=value, apart by spaces; a value with spaces stands in double quotes.
func (e Edit) pairs(header []string) ([][2]string, error) {
	var out [][2]string
	text := strings.TrimSpace(e.Filter)
	for text != "" {
		key, rest, ok := strings.Cut(text, "=")
		if !ok {
			return nil, slip{"filter", "there is no = in " + quoted(text), "it is pairs of column=value"}
		}
		value := ""
		if strings.HasPrefix(rest, `"`) {
			value, rest, ok = strings.Cut(rest[1:], `"`)
			if !ok {
				return nil, slip{"filter", "a quote is open in " + quoted(e.Filter), ""}
			}
		} else {
			value, rest, _ = strings.Cut(rest, " ")
		}
		key = strings.TrimSpace(key)
		if e.Op != "append" && !slices.Contains(header, key) || !hasColumn(e.Table, key) {
			return nil, slip{"filter", fmt.Sprintf("it names a column %s that the table %s does not have", quoted(key), e.Table), didYouMean(key, columnNames(e.Table), "")}
		}
		out = append(out, [2]string{key, value})
		text = strings.TrimSpace(rest)
	}
	return out, nil
}

func (r SheetRow) fits(header []string, pairs [][2]string) bool {
	for _, p := range pairs {
		at := slices.Index(header, p[0])
		cell := ""
		if at >= 0 && at < len(r.Cells) {
			cell = r.Cells[at]
		}
		if cell != p[1] {
			return false
		}
	}
	return true
}

func columnOf(table, name string) (Column, bool) {
	for _, t := range Tables() {
		if t.Name == table {
			for _, c := range t.Columns {
				if c.Name == name {
					return c, true
				}
			}
		}
	}
	return Column{}, false
}

func columnNames(table string) []string {
	var out []string
	for _, t := range Tables() {
		if t.Name == table {
			for _, c := range t.Columns {
				out = append(out, c.Name)
			}
		}
	}
	return out
}

func hasColumn(table, name string) bool {
	_, ok := columnOf(table, name)
	return ok
}

func defaultOf(table, name string) string {
	c, _ := columnOf(table, name)
	return c.Default
}
