package plan

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// dutyLines puts the duties into a line a lane (or purchase), code, origin and rate, with the span of periods; a rate that
// changes begins a line, one that a mean over days has left different in its last digits does not.
func (m *Model) dutyLines() []DutyLine {
	type key struct {
		what, hts, origin, into string
	}
	out := []DutyLine{}
	last := map[key]int{}
	for _, d := range m.Duties {
		k := key{d.What, d.HTS, string(d.Origin), string(d.Into)}
		if i, ok := last[k]; ok && math.Abs(out[i].Rate-d.Rate) < 1e-9 && out[i].Source == d.Source {
			out[i].Until = d.Period
			continue
		}
		last[k] = len(out)
		out = append(out, DutyLine{d.What, d.HTS, string(d.Origin), string(d.Into), d.Period, d.Period, d.Rate, d.Source})
	}
	return out
}

// DutyWords says the duties in a line a lane or purchase and code: the rates one after the other, origins of one rate together.
func (r *Report) DutyWords() []string {
	type line struct {
		head, source string
		rates        []string // "3.7 % from 2026-12 to 2035", with the origins of which it is so
		origins      [][]string
	}
	var lines []*line
	for _, d := range r.Duties {
		head := fmt.Sprintf("%s: %s into %s", d.What, d.HTS, d.Into)
		i := slices.IndexFunc(lines, func(l *line) bool { return l.head == head && l.source == d.Source })
		if i < 0 {
			i = len(lines)
			lines = append(lines, &line{head: head, source: d.Source})
		}
		l, rate := lines[i], fmt.Sprintf("%.4g %% %s", 100*d.Rate, Between(d.From, d.Until))
		k := slices.Index(l.rates, rate)
		if k < 0 {
			k = len(l.rates)
			l.rates, l.origins = append(l.rates, rate), append(l.origins, nil)
		}
		l.origins[k] = append(l.origins[k], d.Origin)
	}
	var out []string
	for _, l := range lines {
		var parts []string
		for k, rate := range l.rates {
			of := strings.Join(l.origins[k], ", ") + " "
			if k > 0 && slices.Equal(l.origins[k], l.origins[k-1]) {
				of = ""
			}
			parts = append(parts, of+rate)
		}
		out = append(out, fmt.Sprintf("%s: %s [%s]", l.head, strings.Join(parts, ", "), l.source))
	}
	return out
}

// RuleWords says the rules as they are read, in a line a stretch of days: the kinds of material that a book is asked about together.
func (r *Report) RuleWords() []string {
	var heads, tails []string
	var kinds [][]string
	for _, b := range r.Books {
		head, tail := b.Rule, fmt.Sprintf("deliveries %s to %s", b.From, b.Until)
		if b.Digest != "" {
			tail += ", " + b.Digest
		}
		i := 0
		for i < len(heads) && (heads[i] != head || tails[i] != tail) {
			i++
		}
		if i == len(heads) {
			heads, tails, kinds = append(heads, head), append(tails, tail), append(kinds, nil)
		}
		if b.Kind != "" {
			kinds[i] = append(kinds[i], b.Kind)
		}
	}
	out := []string{}
	for i, head := range heads {
		if len(kinds[i]) > 0 {
			head += " for " + strings.Join(kinds[i], ", ")
		}
		out = append(out, head+", "+tails[i])
	}
	return out
}
