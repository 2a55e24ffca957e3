package intake

import (
	"fmt"
	"strconv"
	"strings"
)

// Fault is one thing that keeps a folder of sheets from being read: nothing is imported while one stands.
type Fault struct {
	File    string `json:"file,omitempty"`   // "runs.csv"; "" when the folder as a whole is meant
	Row     int    `json:"row,omitempty"`    // line of the file as a spreadsheet counts it, from 1; 0 when the file as a whole is meant
	Column  string `json:"column,omitempty"` // column name as in the table of columns; "" when the row as a whole is meant
	Rule    string `json:"rule"`             // the name of the rule that was broken: see Rules
	Message string `json:"message"`          // what is wrong, with the text that is wrong
	Hint    string `json:"hint,omitempty"`   // what to do about it
}

// String reads "runs.csv row 4 column facility: unknown facility 'Euclidd': did you mean 'Euclid'? [reference]".
func (f Fault) String() string {
	return place(f.File, f.Row, f.Column) + phrase(f.Message, f.Hint) + " [" + f.Rule + "]"
}

// Faults is every fault of a folder, in the order file, row, column. It is an error when it is not empty.
type Faults []Fault

// Error is the faults one a line.
func (fs Faults) Error() string {
	var b strings.Builder
	for i, f := range fs {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.String())
	}
	return b.String()
}

// Err is fs as an error, nil when there is no fault.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Note is something a reader of the sheets should look at and that does not keep them from being imported.
type Note struct {
	File    string `json:"file"`
	Row     int    `json:"row"`
	Message string `json:"message"`
}

// String reads "run_outputs.csv row 7: lot 'C1' is made by two runs, 'R1' and 'R2': both count".
func (n Note) String() string { return place(n.File, n.Row, "") + n.Message }

func itoa(n int) string { return strconv.Itoa(n) }

func place(file string, row int, column string) string {
	var b strings.Builder
	b.WriteString(file)
	if row > 0 {
		b.WriteString(" row " + strconv.Itoa(row))
	}
	if column != "" {
		b.WriteString(" column " + column)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	return strings.TrimPrefix(b.String(), " ")
}

func phrase(message, hint string) string {
	if hint == "" {
		return message
	}
	return message + ": " + hint
}

// quote shows a cell in a message, shortened when it is long.
func quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "'" + strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s) + "'"
}

// Rule is one rule that a fault can name.
type Rule struct{ Name, Sentence string }

// Rules is every rule a fault can name, for the guide.
func Rules() []Rule {
	return []Rule{
		{"folder", "The folder can be read, holds at least one sheet, and no sheet twice; a .csv file of another name is refused."},
		{"text", "A sheet is UTF-8 text (a byte order mark is passed over)."},
		{"csv", "A sheet is comma, semicolon or tab separated, with balanced quotes and no cell beyond the header's."},
		{"column", "Every named column is known, or has its name in brackets and is passed over; none stands twice; every required one is there."},
		{"required", "A required cell is filled."},
		{"id", "An id is a plain id of letters, digits and signs, or a whole URI."},
		{"unique", "An id stands once in its sheet, and one URI has one id."},
		{"reference", "An id names a row of the sheet it refers to, exactly as written there."},
		{"number", "A number has digits and a point as decimal mark, nothing else, and is not negative."},
		{"date", "A date is written YYYY-MM-DD and lies between 1950 and 2099."},
		{"time", "A time is written YYYY-MM-DD HH:MM with an offset, or its facility has a time zone; it must exist once in that zone."},
		{"unit", "A unit is a UN/ECE Recommendation 20 code or one of the short words the guide lists."},
		{"amount", "An amount and its unit stand together; a serial has no amount but 1."},
		{"word", "A cell with a closed list of words holds one of them."},
		{"country", "A country is an ISO 3166-1 code or a name that has one."},
		{"fraction", "An assay's fractions lie between 0 and 1 and sum to no more than 1.005; an uncertainty stands beside a value."},
		{"order", "An end does not come before its start."},
		{"agree", "Rows that describe one record agree about it."},
		{"making", "A run has what its kind needs: inputs, outputs, an origin phase; a serial is made once."},
		{"digest", "A document has a SHA-256 digest, or a file in the folder that has it."},
		{"correction", "A correction names a record of these sheets that stays as it was, once, and other records that replace it."},
		{"statement", "The statement that a row makes passes the check of its noun."},
		{"event", "The event that a record makes passes the checks of EPCIS 2.0."},
	}
}

var _ error = Faults{}

var _ fmt.Stringer = Fault{}
