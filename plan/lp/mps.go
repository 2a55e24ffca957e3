package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
)

// objectiveRow is the name under which the objective stands in a file.
const objectiveRow = "OBJ"

// WriteMPS writes a program as free MPS, with its names. A maximum is written as the minimum of the negative, and a comment
// says so: several readers skip the section that would say it (OBJSENSE) and silently seek the wrong end. The offset stands
// as the negative right-hand side of the objective, integer columns between markers. A row without bounds is written as
// one (type N after the objective), which some readers drop.
func WriteMPS(w io.Writer, p *Program) error {
	b := bufio.NewWriter(w)
	// The fields stand where the fixed format has them as long as names are short: some readers go by the columns.
	line := func(kind string, words ...string) {
		fmt.Fprintf(b, " %-2s", kind)
		for i, word := range words {
			if i == len(words)-1 {
				fmt.Fprintf(b, " %s\n", word)
				return
			}
			fmt.Fprintf(b, " %-9s", word)
		}
		b.WriteByte('\n')
	}
	objective := p.objectiveName()
	sign := 1.0
	if p.Maximize {
		sign = -1
		b.WriteString("* the greatest was sought: the objective is the negative, to be made least\n")
	}
	fmt.Fprintf(b, "%-14s%s\n", "NAME", oneWord(p.Name))
	b.WriteString("ROWS\n")
	line("N", objective)
	for i, name := range p.rows.names {
		line(string(kindOf(p.rows.lower[i], p.rows.upper[i])), name)
	}
	b.WriteString("COLUMNS\n")
	m := p.Matrix()
	whole := false
	markers := 0
	mark := func(now bool) {
		if now == whole {
			return
		}
		word := "'INTEND'"
		if now {
			word = "'INTORG'"
		}
		line("", "MARKER"+strconv.Itoa(markers), "'MARKER'", word)
		markers++
		whole = now
	}
	for j, name := range p.columns.names {
		mark(p.integer[j])
		rows, values := m.Column(Column(j))
		if p.cost[j] != 0 || len(rows) == 0 {
			line("", name, objective, number(sign*p.cost[j]))
		}
		for k, r := range rows {
			line("", name, p.rows.names[r], number(values[k]))
		}
	}
	mark(false)
	b.WriteString("RHS\n")
	if p.Offset != 0 {
		line("", "RHS", objective, number(-sign*p.Offset))
	}
	for i, name := range p.rows.names {
		if side := rightHandSide(p.rows.lower[i], p.rows.upper[i]); side != 0 {
			line("", "RHS", name, number(side))
		}
	}
	ranged := false
	for i, name := range p.rows.names {
		if kindOf(p.rows.lower[i], p.rows.upper[i]) == 'G' && !math.IsInf(p.rows.upper[i], 1) {
			if !ranged {
				b.WriteString("RANGES\n")
				ranged = true
			}
			line("", "RNG", name, number(p.rows.upper[i]-p.rows.lower[i]))
		}
	}
	b.WriteString("BOUNDS\n")
	for j, name := range p.columns.names {
		lower, upper := p.columns.lower[j], p.columns.upper[j]
		switch {
		case math.IsInf(lower, -1) && math.IsInf(upper, 1):
			line("FR", "BND", name)
			continue
		case lower == upper:
			line("FX", "BND", name, number(lower))
			continue
		case math.IsInf(lower, -1):
			line("MI", "BND", name)
		case lower != 0:
			line("LO", "BND", name, number(lower))
		}
		switch {
		case !math.IsInf(upper, 1):
			line("UP", "BND", name, number(upper))
		case p.integer[j]: // some readers take an integer column without a bound for 0 or 1
			line("PL", "BND", name)
		}
	}
	b.WriteString("ENDATA\n")
	return b.Flush()
}

// kindOf is the letter of a row: N without bounds, E, L, or G, which a range may bound above.
func kindOf(lower, upper float64) byte {
	switch {
	case math.IsInf(lower, -1) && math.IsInf(upper, 1):
		return 'N'
	case lower == upper:
		return 'E'
	case math.IsInf(lower, -1):
		return 'L'
	}
	return 'G'
}

// rightHandSide is the bound that stands in the RHS section.
func rightHandSide(lower, upper float64) float64 {
	switch kindOf(lower, upper) {
	case 'N':
		return 0
	case 'L':
		return upper
	}
	return lower
}

// objectiveName is a name for the objective that no row has.
func (p *Program) objectiveName() string {
	name := objectiveRow
	for {
		if _, taken := p.rows.byName[name]; !taken {
			return name
		}
		name += "_"
	}
}

// number is the shortest decimal that reads back as x.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// oneWord puts a name's words together.
func oneWord(name string) string {
	word := []rune(name)
	for i, r := range word {
		if r <= ' ' {
			word[i] = '_'
		}
	}
	return string(word)
}
