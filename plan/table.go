package plan

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/yamlread"
)

// Sheet is one table as it stands in a file: text, before anything is made of it.
type Sheet struct {
	Table  string   // name of the table: sites
	File   string   // where it stands: sites.csv, or the workbook's sheet
	Header []string // column names; "" where a column has none
	Rows   []SheetRow
}

// SheetRow is one row of cells, trimmed; it may have fewer cells than there are columns.
type SheetRow struct {
	N     int // as a spreadsheet counts it, from 1
	Cells []string
}

// Table describes a table for those who fill it in: what the templates, the data package and the messages say.
type Table struct {
	Name    string
	About   string
	Columns []Column
}

// Column describes a column of a table.
type Column struct {
	Name     string
	Type     string // text, number, date, country, phases, yes/no, one of …
	Unit     string // of a number: t, t/yr, money/t, months; "" where it has none
	Key      bool   // together the key columns tell rows apart
	Required bool
	Default  string // what a blank cell means; "" where it means that nothing was said
	Refers   string // the table whose key the cell names
	Words    []string
	About    string
}

// Tables lists the tables of a network in the order in which a person fills them in.
func Tables() []Table {
	var out []Table
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Network]()) {
		if name := f.Tag.Get("table"); name != "" {
			out = append(out, Table{Name: name, About: f.Tag.Get("about"), Columns: columnsOf(f.Type.Elem())})
		}
	}
	return out
}

// columnsOf reads the columns of a row type from its tags: col is the name; key, unit, default, ref and words what they
// say; a column without default and not marked optional is required.
func columnsOf(row reflect.Type) []Column {
	var out []Column
	for _, f := range reflect.VisibleFields(row) {
		name := f.Tag.Get("col")
		if name == "" {
			continue
		}
		c := Column{Name: name, Unit: f.Tag.Get("unit"), Refers: f.Tag.Get("ref"), About: f.Tag.Get("about"), Default: f.Tag.Get("default"), Key: f.Tag.Get("key") != ""}
		_, hasDefault := f.Tag.Lookup("default")
		c.Required = !hasDefault
		if words := f.Tag.Get("words"); words != "" {
			c.Words = strings.Fields(words)
		}
		switch f.Type {
		case reflect.TypeFor[string]():
			c.Type = "text"
		case reflect.TypeFor[float64]():
			c.Type = "number"
		case reflect.TypeFor[bool]():
			c.Type = "yes/no"
		case reflect.TypeFor[quantity.Date]():
			c.Type = "date"
		case reflect.TypeFor[supply.Country]():
			c.Type = "country"
		case reflect.TypeFor[[]supply.Country]():
			c.Type = "countries"
		case reflect.TypeFor[[]supply.Phase]():
			c.Type = "phases"
		default:
			panic("plan: no cell type for " + f.Type.String())
		}
		if c.Words != nil {
			c.Type = "one of " + strings.Join(c.Words, ", ")
		}
		out = append(out, c)
	}
	return out
}

// Fault is one thing that keeps a network from being read or planned.
type Fault struct {
	Table   string `json:"table"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// String reads "lanes row 4 column to: there is no site 'Euclidd': did you mean Euclid?".
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.Table)
	if f.Row > 0 {
		fmt.Fprintf(&b, " row %d", f.Row)
	}
	if f.Column != "" {
		b.WriteString(" column " + f.Column)
	}
	b.WriteString(": " + f.Message)
	if f.Hint != "" {
		b.WriteString(": " + f.Hint)
	}
	return b.String()
}

// Faults is every fault of a network. It is an error when it is not empty.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// Err is fs as an error, nil when there is no fault.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Decode makes a network of its sheets, and checks each cell: form, unit, words, keys and what they refer to. The error is
// Faults, every one of them. What can only be seen from the whole is for Check.
func Decode(sheets []Sheet) (*Network, error) {
	n := &Network{}
	d := &decoder{keys: map[string]map[string]int{}}
	target := reflect.ValueOf(n).Elem()
	var known []string
	for _, f := range reflect.VisibleFields(target.Type()) {
		name := f.Tag.Get("table")
		if name == "" {
			continue
		}
		known = append(known, name)
		found := false
		for i := range sheets {
			if sheets[i].Table != name {
				continue
			}
			if found {
				d.fault(name, 0, "", "the table stands twice, in "+sheets[i].File+" too", "keep one of the two")
			}
			found = true
			d.table(name, &sheets[i], target.FieldByIndex(f.Index))
		}
	}
	for _, s := range sheets {
		if !slices.Contains(known, s.Table) {
			d.fault(s.Table, 0, "", "there is no such table", didYouMean(s.Table, known, "the tables are "+strings.Join(known, ", ")))
		}
	}
	d.refer(target)
	d.faults = append(d.faults, n.complete()...)
	return n, d.faults.Err()
}

type decoder struct {
	faults Faults
	keys   map[string]map[string]int // table → key → row
}

func (d *decoder) fault(table string, row int, column, message, hint string) {
	d.faults = append(d.faults, Fault{table, row, column, message, hint})
}

// table fills a slice of rows from a sheet.
func (d *decoder) table(name string, s *Sheet, into reflect.Value) {
	row := into.Type().Elem()
	columns := columnsOf(row)
	at := make([]int, len(columns)) // the cell of each column, −1 where there is none
	factor := make([]float64, len(columns))
	for i := range at {
		at[i], factor[i] = -1, 1
	}
	for cell, header := range s.Header {
		if header == "" || strings.HasPrefix(header, "(") {
			continue
		}
		text, unit := splitUnit(header)
		i := slices.IndexFunc(columns, func(c Column) bool { return c.Name == text })
		if i < 0 {
			var names []string
			for _, c := range columns {
				names = append(names, c.Name)
			}
			d.fault(name, 0, header, "there is no such column", didYouMean(text, names, "the columns are "+strings.Join(names, ", ")+"; a column of your own has its name in brackets, as in (note)"))
			continue
		}
		if at[i] >= 0 {
			d.fault(name, 0, header, "the column stands twice", "keep one of the two")
			continue
		}
		at[i] = cell
		if unit != "" {
			f, ok := convert(unit, columns[i].Unit)
			if !ok {
				d.fault(name, 0, header, "cannot be turned into "+columns[i].Unit, "write the whole unit with another mass in it, t, kg, g, kt or short-t, as in kg/yr for t/yr, or money/kg for money/t")
			}
			factor[i] = f
		}
	}
	for i, c := range columns {
		if c.Required && at[i] < 0 {
			d.fault(name, 0, c.Name, "the column is missing", c.About)
		}
	}
	keys := map[string]int{}
	for _, r := range s.Rows {
		if !slices.ContainsFunc(r.Cells, func(cell string) bool { return cell != "" }) {
			continue
		}
		if extra := len(r.Cells) - len(s.Header); extra > 0 && slices.ContainsFunc(r.Cells[len(s.Header):], func(cell string) bool { return cell != "" }) {
			d.fault(name, r.N, "", "a cell stands beyond the last column", "a comma inside a cell needs quotes around the cell")
		}
		v := reflect.New(row).Elem()
		var key []string
		for i, f := range fieldsOf(row) {
			c, text := &columns[i], ""
			if at[i] >= 0 && at[i] < len(r.Cells) {
				text = r.Cells[at[i]]
			}
			if text == "" {
				if c.Required && at[i] >= 0 {
					d.fault(name, r.N, c.Name, "is empty", c.About)
				}
				text = c.Default
				d.cell(name, r.N, c, text, 1, v.FieldByIndex(f.Index))
			} else {
				d.cell(name, r.N, c, text, factor[i], v.FieldByIndex(f.Index))
			}
			if c.Key {
				key = append(key, text)
			}
		}
		if id := strings.Join(key, ", "); len(key) > 0 {
			if first, taken := keys[id]; taken {
				d.fault(name, r.N, "", fmt.Sprintf("%s stands in row %d already", id, first), "give it another name, or drop one of the rows")
			}
			keys[id] = r.N
		}
		v.FieldByName("Row").SetInt(int64(r.N))
		into.Set(reflect.Append(into, v))
	}
	d.keys[name] = keys
}

func fieldsOf(row reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(row), func(f reflect.StructField) bool { return f.Tag.Get("col") == "" })
}

// refer checks that what rows name is there.
func (d *decoder) refer(network reflect.Value) {
	for _, f := range reflect.VisibleFields(network.Type()) {
		name := f.Tag.Get("table")
		if name == "" {
			continue
		}
		rows := network.FieldByIndex(f.Index)
		for _, field := range fieldsOf(f.Type.Elem()) {
			to := field.Tag.Get("ref")
			if to == "" {
				continue
			}
			for i := range rows.Len() {
				row := rows.Index(i)
				id := row.FieldByIndex(field.Index).String()
				if id == "" {
					continue
				}
				if _, ok := d.keys[to][id]; ok {
					continue
				}
				var ids []string
				for key := range d.keys[to] {
					ids = append(ids, key)
				}
				slices.Sort(ids)
				d.fault(name, int(row.FieldByName("Row").Int()), field.Tag.Get("col"), fmt.Sprintf("there is no %s in the table %s", quoted(id), to), didYouMean(id, ids, "add it there, or write it as it stands there"))
			}
		}
	}
}

func quoted(text string) string { return "'" + text + "'" }

func didYouMean(text string, among []string, otherwise string) string {
	if near := yamlread.Nearest(text, among); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
