package lp

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// ReadLP reads a program from the LP format of CPLEX: an objective, rows (also with a bound on either side), bounds, integer and
// binary columns. It reads what WriteLP writes, with the names as they stand there: a column "offset" fixed at 1 becomes the
// objective's offset again, and a row NAME~upper joins its NAME. Squares, sets and semi-continuous columns are refused, and so
// is an upper bound below nought without a lower one, which solvers read differently. An error names the line.
func ReadLP(r io.Reader) (*Program, error) {
	p, err := readLP(r)
	if err != nil {
		return nil, fmt.Errorf("read LP: %w", err)
	}
	return p, nil
}

func readLP(r io.Reader) (*Program, error) {
	ts, err := lpTokens(r)
	if err != nil {
		return nil, err
	}
	l := &lpReader{p: New(""), ts: ts}
	section := ""
	for l.i < len(ts) && section != "end" {
		s, words := sectionAt(ts, l.i)
		if words > 0 {
			if section = s; s == "least" || s == "greatest" {
				if l.objective {
					return nil, l.wrong("begins a second objective")
				}
				l.objective, l.p.Maximize = true, s == "greatest"
			}
			if l.i += words; s == "least" || s == "greatest" {
				err = l.cost()
			}
		} else {
			err = l.statement(section)
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case !l.objective:
		return nil, fmt.Errorf("there is no objective: it begins with Minimize or Maximize")
	case section != "end":
		return nil, fmt.Errorf("the file ends without End: is it whole?")
	case l.i < len(ts):
		return nil, l.wrong("stands behind End")
	}
	return l.finish()
}

type lpReader struct {
	p         *Program
	ts        []token
	i         int
	objective bool
	rows      int
	lowered   []bool // by column: a lower bound was stated
}

func (l *lpReader) wrong(why string) error {
	if l.i >= len(l.ts) {
		return fmt.Errorf("the file ends in the middle of a statement")
	}
	t := l.ts[l.i]
	return fmt.Errorf("line %d: %q %s", t.line, t.text, why)
}

// kind is the kind of the token n further on; 0 behind the end, and before the words of a section.
func (l *lpReader) kind(n int) byte {
	if l.i+n >= len(l.ts) {
		return 0
	}
	if _, words := sectionAt(l.ts, l.i+n); words > 0 {
		return 0
	}
	return l.ts[l.i+n].kind
}

func (l *lpReader) take() token {
	l.i++
	return l.ts[l.i-1]
}

func (l *lpReader) column(name string) Column {
	if c, ok := l.p.Column(name); ok {
		return c
	}
	l.lowered = append(l.lowered, false)
	return l.p.AddColumn(name, 0, math.Inf(1), 0)
}

// label takes a name and its colon.
func (l *lpReader) label() string {
	if l.kind(0) != 'n' || l.kind(1) != ':' {
		return ""
	}
	name := l.take().text
	l.i++
	return name
}

// sum takes a linear expression: terms, and what stands by itself.
func (l *lpReader) sum() (terms []entry, constant float64, err error) {
	for n := 0; ; n++ {
		sign := 1.0
		signs := 0
		for l.kind(0) == '+' || l.kind(0) == '-' {
			if l.take().kind == '-' {
				sign = -sign
			}
			signs++
		}
		if k := l.kind(0); k != '1' && k != 'n' {
			if signs > 0 || n == 0 {
				return nil, 0, l.wrong("stands where a number or a column is wanted")
			}
			return terms, constant, nil
		}
		if n > 0 && signs == 0 {
			if l.ts[l.i].first {
				return terms, constant, nil // the next statement
			}
			return nil, 0, l.wrong("follows a term without + or -")
		}
		v := 1.0
		if l.kind(0) == '1' {
			at := l.i
			if v, err = finite(l.take().text); err != nil {
				l.i = at
				return nil, 0, l.wrong("is no finite number")
			}
			if l.kind(0) != 'n' {
				constant += sign * v
				continue
			}
		}
		terms = append(terms, entry{column: l.column(l.take().text), value: sign * v})
	}
}

func (l *lpReader) cost() error {
	if l.label(); l.kind(0) == 0 {
		return nil // no cost at all
	}
	terms, constant, err := l.sum()
	for _, t := range terms {
		l.p.cost[t.column] += t.value
	}
	l.p.Offset += constant
	return err
}

// number takes a signed number or an infinity; from 1e20 on a number is one, as CPLEX has it.
func (l *lpReader) number() (float64, bool) {
	at, sign := l.i, 1.0
	for l.kind(0) == '+' || l.kind(0) == '-' {
		if l.take().kind == '-' {
			sign = -sign
		}
	}
	switch {
	case l.kind(0) == '1':
		v, err := strconv.ParseFloat(l.take().text, 64)
		if err != nil || v >= 1e20 {
			v = math.Inf(1)
		}
		return sign * v, true
	case l.kind(0) == 'n' && (strings.EqualFold(l.ts[l.i].text, "inf") || strings.EqualFold(l.ts[l.i].text, "infinity")):
		l.i++
		return sign * math.Inf(1), true
	}
	l.i = at
	return 0, false
}

// relation takes < > or =.
func (l *lpReader) relation() (byte, bool) {
	k := l.kind(0)
	if k != '<' && k != '>' && k != '=' {
		return 0, false
	}
	l.i++
	return k, true
}

// between is the bounds that "x rel v" sets, within what stands.
func between(rel byte, v, lower, upper float64) (float64, float64) {
	switch rel {
	case '<':
		return lower, v
	case '>':
		return v, upper
	}
	return v, v
}

func turned(rel byte) byte {
	return map[byte]byte{'<': '>', '>': '<', '=': '='}[rel]
}

func (l *lpReader) statement(section string) error {
	switch section {
	case "rows":
		return l.row()
	case "bounds":
		return l.bound()
	case "integers", "binaries":
		return l.integer(section == "binaries")
	case "unread":
		l.i--
		return l.wrong("begins a section that is not read here: there are rows, bounds, general and binary")
	}
	return l.wrong("stands outside any section")
}

// leads takes "number relation" where a statement begins so.
func (l *lpReader) leads() (v float64, rel byte, ok bool) {
	at := l.i
	if v, ok = l.number(); ok {
		if rel, ok = l.relation(); ok {
			return v, rel, true
		}
	}
	l.i = at
	return 0, 0, false
}

func (l *lpReader) row() error {
	l.rows++
	name := l.label()
	if name == "" {
		name = fmt.Sprintf("row%d", l.rows)
	}
	if _, taken := l.p.Row(name); taken {
		return fmt.Errorf("line %d: the row %q is there already", l.ts[l.i-1].line, name)
	}
	lower, upper := math.Inf(-1), math.Inf(1)
	left, rel, ranged := l.leads()
	if ranged {
		lower, upper = between(turned(rel), left, lower, upper)
	}
	terms, constant, err := l.sum()
	if err != nil {
		return err
	}
	if constant != 0 {
		return fmt.Errorf("line %d: a number stands by itself in the row %q: move it to the right", l.ts[l.i-1].line, name)
	}
	if rel, ok := l.relation(); ok {
		v, ok := l.number()
		if !ok {
			return l.wrong("stands where the number of the right side is wanted")
		}
		lower, upper = between(rel, v, lower, upper)
	} else if !ranged {
		return l.wrong("stands where <=, >= or = is wanted")
	}
	r := l.p.AddRow(name, lower, upper)
	for _, t := range terms {
		l.p.Set(r, t.column, t.value)
	}
	return nil
}

func (l *lpReader) bound() error {
	left, rel, ranged := l.leads()
	if l.kind(0) != 'n' {
		return l.wrong("stands where the name of a column is wanted")
	}
	c := l.column(l.take().text)
	lower, upper := l.p.ColumnBounds(c)
	set := func(rel byte, v float64) {
		l.lowered[c] = l.lowered[c] || rel != '<'
		lower, upper = between(rel, v, lower, upper)
	}
	if ranged {
		set(turned(rel), left)
	}
	if l.kind(0) == 'n' && strings.EqualFold(l.ts[l.i].text, "free") && !ranged {
		l.i++
		l.lowered[c] = true
		lower, upper = math.Inf(-1), math.Inf(1)
	} else if rel, ok := l.relation(); ok {
		v, ok := l.number()
		if !ok {
			return l.wrong("stands where a bound is wanted")
		}
		set(rel, v)
	} else if !ranged {
		return l.wrong("stands where <=, >=, = or free is wanted")
	}
	l.p.SetColumnBounds(c, lower, upper)
	return nil
}

func (l *lpReader) integer(binary bool) error {
	if l.kind(0) != 'n' {
		return l.wrong("stands where the name of a column is wanted")
	}
	c := l.column(l.take().text)
	l.p.SetInteger(c, true)
	if binary {
		l.lowered[c] = true
		l.p.SetColumnBounds(c, 0, 1)
	}
	return nil
}

// finish checks the bounds, and takes back what WriteLP had to say in its own way.
func (l *lpReader) finish() (*Program, error) {
	for j := range l.p.Columns() {
		if lower, upper := l.p.ColumnBounds(Column(j)); upper < 0 && !l.lowered[j] {
			return nil, fmt.Errorf("column %q has an upper bound of %v and no lower one: solvers read that differently, so state both", l.p.ColumnName(Column(j)), upper)
		} else if lower > upper {
			return nil, fmt.Errorf("column %q has the bounds %v to %v", l.p.ColumnName(Column(j)), lower, upper)
		}
	}
	return l.p.rejoined(), nil
}

// rejoined is the program with NAME~upper joined to NAME where their sums are the same, and without the offset's column.
func (p *Program) rejoined() *Program {
	q := New(p.Name)
	q.Maximize, q.Offset = p.Maximize, p.Offset
	byRow := p.transposed()
	offset, has := p.Column(offsetColumn)
	if has {
		lower, upper := p.ColumnBounds(offset)
		rows, _ := p.Matrix().Column(offset)
		has = lower == 1 && upper == 1 && len(rows) == 0 && !p.Integer(offset)
	}
	to := make([]Column, p.Columns())
	for j := range p.Columns() {
		if c := Column(j); has && c == offset {
			q.Offset += p.cost[c]
		} else {
			to[j] = q.AddColumn(p.ColumnName(c), p.columns.lower[j], p.columns.upper[j], p.cost[j])
			q.SetInteger(to[j], p.integer[j])
		}
	}
	for i := range p.Rows() {
		name := p.RowName(Row(i))
		lower, upper := p.RowBounds(Row(i))
		if plain, ok := strings.CutSuffix(name, "~upper"); ok {
			if r, ok := q.Row(plain); ok && math.IsInf(lower, -1) {
				was, open := q.RowBounds(r)
				if first, _ := p.Row(plain); math.IsInf(open, 1) && was <= upper && sameSums(byRow[first], byRow[i]) {
					q.SetRowBounds(r, was, upper)
					continue
				}
			}
		}
		r := q.AddRow(name, lower, upper)
		for _, e := range byRow[i] {
			q.Set(r, to[e.column], e.value)
		}
	}
	return q
}

func sameSums(a, b []entry) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].column != b[i].column || a[i].value != b[i].value {
			return false
		}
	}
	return true
}
