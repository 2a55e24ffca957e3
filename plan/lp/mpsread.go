package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// ReadMPS reads a program from MPS, free or fixed with names that have no spaces. It reads what WriteMPS writes and the
// usual public instances: OBJSENSE, ranges, bounds of every kind, integer markers; of several objectives the first counts
// and the others are dropped. An error names the line.
func ReadMPS(r io.Reader) (*Program, error) {
	m := &mpsReader{p: New(""), rows: map[string]mpsRow{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), 1<<20)
	for lines.Scan() {
		m.line++
		text := lines.Text()
		if text == "" || text[0] == '*' {
			continue
		}
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		var err error
		if text[0] != ' ' && text[0] != '\t' {
			if words[0] == "ENDATA" {
				return m.finish()
			}
			err = m.header(words)
		} else {
			err = m.read(words)
		}
		if err != nil {
			return nil, fmt.Errorf("read MPS: line %d: %w", m.line, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read MPS: line %d: %w", m.line, err)
	}
	return nil, fmt.Errorf("read MPS: the file ends at line %d without ENDATA: is it whole?", m.line)
}

// mpsRow is a row as it was declared: its letter, and its number where it is a row of the program.
type mpsRow struct {
	kind byte
	row  Row
}

type mpsReader struct {
	p         *Program
	line      int
	section   string
	objective string
	rows      map[string]mpsRow
	whole     bool   // between integer markers
	bounded   []bool // by column: a bound was given
}

func (m *mpsReader) header(words []string) error {
	m.section = words[0]
	switch m.section {
	case "NAME":
		if len(words) > 1 {
			m.p.Name = words[1]
		}
	case "OBJSENSE":
		if len(words) > 1 {
			return m.sense(words[1])
		}
	case "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS":
	default:
		return fmt.Errorf("section %q is not known here (NAME, OBJSENSE, ROWS, COLUMNS, RHS, RANGES, BOUNDS, ENDATA are)", m.section)
	}
	return nil
}

func (m *mpsReader) sense(word string) error {
	switch strings.ToUpper(word) {
	case "MAX", "MAXIMIZE", "MAXIMISE":
		m.p.Maximize = true
	case "MIN", "MINIMIZE", "MINIMISE":
	default:
		return fmt.Errorf("objective sense %q is neither MAX nor MIN", word)
	}
	return nil
}

func (m *mpsReader) read(words []string) error {
	switch m.section {
	case "OBJSENSE":
		return m.sense(words[0])
	case "ROWS":
		return m.addRow(words)
	case "COLUMNS":
		return m.addColumn(words)
	case "RHS":
		return m.pairs(words, m.setSide)
	case "RANGES":
		return m.pairs(words, m.setRange)
	case "BOUNDS":
		return m.setBound(words)
	}
	return fmt.Errorf("a line of data before the first section")
}

func (m *mpsReader) addRow(words []string) error {
	if len(words) != 2 {
		return fmt.Errorf("a row is a letter (N, E, L, G) and a name")
	}
	if _, taken := m.rows[words[1]]; taken {
		return fmt.Errorf("row %q is declared twice", words[1])
	}
	row := mpsRow{kind: strings.ToUpper(words[0])[0]}
	lower, upper := math.Inf(-1), math.Inf(1)
	switch row.kind {
	case 'N':
		if m.objective == "" {
			m.objective = words[1]
		}
		m.rows[words[1]] = row
		return nil
	case 'E':
		lower, upper = 0, 0
	case 'L':
		upper = 0
	case 'G':
		lower = 0
	default:
		return fmt.Errorf("row kind %q is not N, E, L or G", words[0])
	}
	row.row = m.p.AddRow(words[1], lower, upper)
	m.rows[words[1]] = row
	return nil
}

func (m *mpsReader) addColumn(words []string) error {
	if len(words) == 3 && strings.Trim(words[1], "'") == "MARKER" {
		switch strings.Trim(words[2], "'") {
		case "INTORG":
			m.whole = true
		case "INTEND":
			m.whole = false
		default:
			return fmt.Errorf("marker %s is neither INTORG nor INTEND", words[2])
		}
		return nil
	}
	if len(words) != 3 && len(words) != 5 {
		return fmt.Errorf("a column is its name and one or two pairs of row and number")
	}
	c, known := m.p.Column(words[0])
	if !known {
		upper := math.Inf(1)
		if m.whole {
			c = m.p.AddInteger(words[0], 0, upper, 0)
		} else {
			c = m.p.AddColumn(words[0], 0, upper, 0)
		}
		m.bounded = append(m.bounded, false)
	}
	for at := 1; at < len(words); at += 2 {
		row, ok := m.rows[words[at]]
		if !ok {
			return fmt.Errorf("column %q: there is no row %q", words[0], words[at])
		}
		v, err := finite(words[at+1])
		if err != nil {
			return err
		}
		switch {
		case row.kind != 'N':
			m.p.Set(row.row, c, v)
		case words[at] == m.objective:
			m.p.cost[c] += v
		}
	}
	return nil
}

// pairs calls set with each row and number of a line; the name of the set before them may be missing.
func (m *mpsReader) pairs(words []string, set func(name string, row mpsRow, v float64) error) error {
	if len(words)%2 == 1 {
		words = words[1:]
	}
	for at := 0; at+1 < len(words); at += 2 {
		row, ok := m.rows[words[at]]
		if !ok {
			return fmt.Errorf("there is no row %q", words[at])
		}
		v, err := finite(words[at+1])
		if err != nil {
			return err
		}
		if err := set(words[at], row, v); err != nil {
			return err
		}
	}
	return nil
}

func (m *mpsReader) setSide(name string, row mpsRow, v float64) error {
	rows := &m.p.rows
	switch row.kind {
	case 'N':
		if name == m.objective {
			m.p.Offset = -v
		}
	case 'E':
		rows.lower[row.row], rows.upper[row.row] = v, v
	case 'L':
		rows.upper[row.row] = v
	case 'G':
		rows.lower[row.row] = v
	}
	return nil
}

// setRange gives a row its second bound: an E row goes on by v to the side of v's sign, the others by |v|.
func (m *mpsReader) setRange(name string, row mpsRow, v float64) error {
	rows := &m.p.rows
	switch {
	case row.kind == 'N':
		return fmt.Errorf("row %q has no bounds, so no range", name)
	case row.kind == 'L', row.kind == 'E' && v < 0:
		rows.lower[row.row] = rows.upper[row.row] - math.Abs(v)
	default:
		rows.upper[row.row] = rows.lower[row.row] + math.Abs(v)
	}
	return nil
}

func (m *mpsReader) setBound(words []string) error {
	kind := strings.ToUpper(words[0])
	valued := true
	switch kind {
	case "FR", "MI", "PL", "BV":
		valued = false
	case "LO", "UP", "FX", "LI", "UI":
	default:
		return fmt.Errorf("bound %q is none of LO, UP, FX, FR, MI, PL, BV, LI, UI", words[0])
	}
	want := 2 // kind and column; a set's name between them may be missing
	if valued {
		want = 3
	}
	if len(words) != want && len(words) != want+1 && !(len(words) == want+2 && !valued) {
		return fmt.Errorf("a %s bound is its kind, the set, the column%s", kind, map[bool]string{true: " and a number"}[valued])
	}
	name := words[min(len(words)-1, 2)]
	if len(words) == want {
		name = words[1]
	}
	c, ok := m.p.Column(name)
	if !ok {
		return fmt.Errorf("there is no column %q", name)
	}
	var v float64
	if valued {
		var err error
		if v, err = strconv.ParseFloat(words[len(words)-1], 64); err != nil || math.IsNaN(v) {
			return fmt.Errorf("%q is no number", words[len(words)-1])
		}
	}
	cols := &m.p.columns
	switch kind {
	case "LO", "LI":
		cols.lower[c] = v
	case "UP", "UI":
		if v < 0 && cols.lower[c] == 0 && !m.bounded[c] {
			cols.lower[c] = math.Inf(-1) // as the format has always been read
		}
		cols.upper[c] = v
	case "FX":
		cols.lower[c], cols.upper[c] = v, v
	case "FR":
		cols.lower[c], cols.upper[c] = math.Inf(-1), math.Inf(1)
	case "MI":
		cols.lower[c] = math.Inf(-1)
	case "PL":
		cols.upper[c] = math.Inf(1)
	case "BV":
		cols.lower[c], cols.upper[c] = 0, 1
		m.p.integer[c] = true
	}
	if kind == "LI" || kind == "UI" {
		m.p.integer[c] = true
	}
	m.bounded[c] = true
	return nil
}

func (m *mpsReader) finish() (*Program, error) {
	if m.objective == "" {
		return nil, fmt.Errorf("read MPS: there is no objective: the first row of kind N is it")
	}
	return m.p, nil
}

func finite(word string) (float64, error) {
	v, err := strconv.ParseFloat(word, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%q is no finite number", word)
	}
	return v, nil
}
