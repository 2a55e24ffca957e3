package genealogy

import (
	"fmt"
	"sort"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
)

// Grades is the evidence grade of a step by delivery day, as text so that a Step is comparable. It is a grade's word,
// then for each later change ",DAY:WORD", in order of the days:
//
//	statement                                                  a party's statement, on every day
//	statement,2025-01-01:certificate,2027-01-01:statement      a certificate from 2025 to the end of 2026
//
// Two that give the same grade on every day are the same text. "" is none on every day.
type Grades string

// graded is a grade that holds over a period, as one author states it of one document.
type graded struct {
	period quantity.Period
	grade  supply.Evidence
	of     [2]int32 // document and author
	mixed  bool     // of which there is a word that says when it was issued, and one that does not
	dated  bool     // this one says
}

// gradesOf is the best of base and the papers, day by day. Of two words of one author on a document, of which one does not
// say when it was issued, neither is known to replace the other: the weaker counts, and none where only one holds.
func gradesOf(base supply.Evidence, papers []graded) Grades {
	cuts := []quantity.Date{0}
	for _, p := range papers {
		if p.period.From != 0 {
			cuts = append(cuts, p.period.From)
		}
		if p.period.Until != 0 {
			cuts = append(cuts, p.period.Until+1)
		}
	}
	sort.Slice(cuts, func(i, j int) bool { return cuts[i] < cuts[j] })
	var b strings.Builder
	last := supply.Evidence(0)
	for i, d := range cuts {
		if i > 0 && d == cuts[i-1] {
			continue
		}
		best := base
		for _, p := range papers {
			grade, other := p.on(d), supply.NoEvidence
			for _, q := range papers {
				if p.mixed && q.of == p.of && q.dated != p.dated {
					other = max(other, q.on(d))
				}
			}
			if p.mixed {
				grade = min(grade, other)
			}
			best = max(best, grade)
		}
		switch {
		case i == 0:
			b.WriteString(best.String())
		case best != last:
			fmt.Fprintf(&b, ",%s:%s", d, best)
		}
		last = best
	}
	return Grades(b.String())
}

// on is the grade on a day, 0 being before every bounded start: only papers open to the past hold there.
func (p *graded) on(d quantity.Date) supply.Evidence {
	if d == 0 && p.period.From == 0 || d != 0 && p.period.Covers(d) {
		return p.grade
	}
	return supply.NoEvidence
}

// ParseGrades reads and checks the text of Grades.
func ParseGrades(s string) (Grades, error) {
	parts := strings.Split(s, ",")
	last, err := supply.ParseEvidence(parts[0])
	if err != nil {
		return "", fmt.Errorf("grades %q: %w", s, err)
	}
	day := quantity.Date(0)
	for _, p := range parts[1:] {
		on, word, found := strings.Cut(p, ":")
		d, err := quantity.ParseDate(on)
		if err != nil || !found {
			return "", fmt.Errorf("grades %q: want DAY:WORD at %q", s, p)
		}
		e, err := supply.ParseEvidence(word)
		if err != nil {
			return "", fmt.Errorf("grades %q: %w", s, err)
		}
		if d <= day || e == last {
			return "", fmt.Errorf("grades %q: %q is out of order or changes nothing", s, p)
		}
		day, last = d, e
	}
	return Grades(s), nil
}

// On is the grade on day d; for no date it is the weakest of all days, for what is not known is not claimed.
func (g Grades) On(d quantity.Date) supply.Evidence {
	if g == "" {
		return supply.NoEvidence
	}
	word, rest, more := strings.Cut(string(g), ",")
	e, err := supply.ParseEvidence(word)
	if err != nil {
		return supply.NoEvidence
	}
	for more {
		var part string
		part, rest, more = strings.Cut(rest, ",")
		on, word, _ := strings.Cut(part, ":")
		from, err := quantity.ParseDate(on)
		if err != nil {
			return supply.NoEvidence
		}
		next, err := supply.ParseEvidence(word)
		if err != nil {
			return supply.NoEvidence
		}
		switch {
		case d == 0:
			e = min(e, next)
		case d >= from:
			e = next
		}
	}
	return e
}

// Changes is the days on which the grade changes, in order.
func (g Grades) Changes() []quantity.Date {
	var days []quantity.Date
	for i, part := range strings.Split(string(g), ",") {
		if i == 0 {
			continue
		}
		on, _, _ := strings.Cut(part, ":")
		if d, err := quantity.ParseDate(on); err == nil {
			days = append(days, d)
		}
	}
	return days
}
