package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
)

// WriteLP writes a program in the LP format of CPLEX, which a person can read. The format has no brackets, dashes or
// arithmetic signs in names, so [ and ] become ( and ), and every other sign it does not allow becomes _; a name that
// would then stand twice gets a number behind it. WriteMPS keeps names as they are. The offset stands as a column fixed at
// 1, since not every reader takes a number by itself.
func WriteLP(w io.Writer, p *Program) error {
	b := bufio.NewWriter(w)
	columns, rows := lpNames(append([]string{offsetColumn}, p.columns.names...)), lpNames(p.rows.names)
	offset, columns := columns[0], columns[1:]
	if p.Name != "" {
		fmt.Fprintf(b, "\\ %s\n", oneWord(p.Name))
	}
	if p.Maximize {
		b.WriteString("Maximize\n obj:")
	} else {
		b.WriteString("Minimize\n obj:")
	}
	empty := true
	for j, cost := range p.cost {
		if cost != 0 {
			term(b, cost, columns[j])
			empty = false
		}
	}
	if p.Offset != 0 || empty {
		term(b, p.Offset, offset)
	}
	b.WriteString("\nSubject To\n")
	byRow := p.transposed()
	for i := range rows {
		lower, upper := p.rows.lower[i], p.rows.upper[i]
		if kindOf(lower, upper) == 'N' || len(byRow[i]) == 0 && lower <= 0 && upper >= 0 {
			continue // bounds nothing
		}
		sides := []struct {
			sign string
			side float64
			name string
		}{{">=", lower, rows[i]}, {"<=", upper, rows[i] + "~upper"}}
		switch {
		case lower == upper:
			sides[0].sign, sides = "=", sides[:1]
		case math.IsInf(upper, 1):
			sides = sides[:1]
		case math.IsInf(lower, -1):
			sides = sides[1:]
			sides[0].name = rows[i]
		}
		for _, s := range sides {
			fmt.Fprintf(b, " %s:", s.name)
			for _, e := range byRow[i] {
				term(b, e.value, columns[e.column])
			}
			if len(byRow[i]) == 0 {
				term(b, 0, offset)
			}
			fmt.Fprintf(b, " %s %s\n", s.sign, number(s.side))
		}
	}
	fmt.Fprintf(b, "Bounds\n %s = 1\n", offset)
	for j, name := range columns {
		lower, upper := p.columns.lower[j], p.columns.upper[j]
		switch {
		case math.IsInf(lower, -1) && math.IsInf(upper, 1):
			fmt.Fprintf(b, " %s free\n", name)
		case lower == upper:
			fmt.Fprintf(b, " %s = %s\n", name, number(lower))
		case lower == 0 && math.IsInf(upper, 1): // as the format has it
		default:
			fmt.Fprintf(b, " %s <= %s <= %s\n", lpBound(lower), name, lpBound(upper))
		}
	}
	if p.Integers() > 0 {
		b.WriteString("General\n")
		for j, name := range columns {
			if p.integer[j] {
				fmt.Fprintf(b, " %s\n", name)
			}
		}
	}
	b.WriteString("End\n")
	return b.Flush()
}

// offsetColumn is the column by which the objective's offset is written.
const offsetColumn = "offset"

// transposed is the coefficients by row.
func (p *Program) transposed() [][]entry {
	m := p.Matrix()
	byRow := make([][]entry, p.Rows())
	for j := range p.Columns() {
		rows, values := m.Column(Column(j))
		for k, r := range rows {
			byRow[r] = append(byRow[r], entry{r, Column(j), values[k]})
		}
	}
	return byRow
}

func term(b *bufio.Writer, value float64, name string) {
	fmt.Fprintf(b, " %s %s %s", plusMinus(value), number(math.Abs(value)), name)
}

func plusMinus(x float64) string {
	if x < 0 {
		return "-"
	}
	return "+"
}

func lpBound(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "+inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	return number(x)
}

// lpNames are names that the LP format allows.
func lpNames(names []string) []string {
	out := make([]string, len(names))
	taken := make(map[string]bool, len(names))
	for i, name := range names {
		plain := lpName(name)
		for n := 2; taken[plain]; n++ {
			plain = fmt.Sprintf("%s~%d", lpName(name), n)
		}
		taken[plain] = true
		out[i] = plain
	}
	return out
}

func lpName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '[':
			return '('
		case r == ']':
			return ')'
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("!\"#$%&(),.;?@_'`{}~", r):
			return r
		}
		return '_'
	}, name)
	if c := plain[0]; c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '$' || c == '(' {
		plain = "_" + plain // the format would read a number, or a comment
	}
	return plain
}
