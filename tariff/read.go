package tariff

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// equalFold compares without regard to case.
func equalFold(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }

// reader walks the YAML of one file and gathers faults with line and column. Scalars are taken as text: a rate of 2.10
// keeps its digits, and a date is read as a date only where one is wanted.
type reader struct {
	file   string
	faults rules.Faults
}

func (r *reader) fault(n *yaml.Node, at, problem, hint string) {
	r.faults = append(r.faults, rules.Fault{File: r.file, Line: n.Line, Column: n.Column, Field: at, Problem: problem, Hint: hint})
}

// document is the mapping that a file holds, or nil with a fault.
func (r *reader) document(data []byte) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		r.fault(&yaml.Node{Line: 1, Column: 1}, "file", strings.TrimPrefix(err.Error(), "yaml: "), "")
		return nil
	}
	if len(doc.Content) != 1 {
		r.fault(&yaml.Node{Line: 1, Column: 1}, "file", "is empty", "")
		return nil
	}
	return doc.Content[0]
}

// mapping calls do for each key, after refusing duplicates and keys that are not among fields.
func (r *reader) mapping(n *yaml.Node, at string, fields []string, do func(key, at string, n *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, at, "must be a mapping of names to values", "")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i].Value, n.Content[i+1]
		switch {
		case seen[key]:
			r.fault(n.Content[i], at+"."+key, "is given twice", "keep one")
		case !slices.Contains(fields, key):
			r.fault(n.Content[i], at+"."+key, "unknown field", "one of "+strings.Join(fields, ", "))
		default:
			do(key, strings.TrimPrefix(at+"."+key, "."), v)
		}
		seen[key] = true
	}
}

func (r *reader) list(n *yaml.Node, at string, do func(at string, n *yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, at, "must be a list", "write it as [a, b]")
		return
	}
	for i, c := range n.Content {
		do(fmt.Sprintf("%s[%d]", at, i), c)
	}
}

func (r *reader) text(n *yaml.Node, at string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		r.fault(n, at, "must be a text that is not empty", "")
		return ""
	}
	return n.Value
}

func (r *reader) words(n *yaml.Node, at string) []string {
	var ws []string
	r.list(n, at, func(at string, n *yaml.Node) { ws = append(ws, r.text(n, at)) })
	return ws
}

func (r *reader) yes(n *yaml.Node, at string) bool {
	if n.Value != "true" {
		r.fault(n, at, "must be true where it is given", "leave it out otherwise")
	}
	return n.Value == "true"
}

func (r *reader) date(n *yaml.Node, at string) quantity.Date {
	d, err := quantity.ParseDate(r.text(n, at))
	if err != nil {
		r.fault(n, at, err.Error(), "")
	}
	return d
}

// percent is a number from 0 to 1000.
func (r *reader) percent(n *yaml.Node, at string) quantity.Decimal {
	d := r.number(n, at)
	if quantity.DecimalOf(1000).Less(d) {
		r.fault(n, at, d.String()+" is above 1000 percent", "rates are in percent of the value")
	}
	return d
}

// number is a decimal that is not negative.
func (r *reader) number(n *yaml.Node, at string) quantity.Decimal {
	d, err := quantity.ParseDecimal(r.text(n, at))
	switch {
	case err != nil:
		r.fault(n, at, err.Error(), "a plain decimal such as 2.1")
	case d.Sign() < 0:
		r.fault(n, at, "is negative", "")
	}
	return d
}

func (r *reader) hts(n *yaml.Node, at string, digits ...int) HTS {
	h, err := parseDigits(r.text(n, at))
	if err == nil && !slices.Contains(digits, len(h)) {
		err = fmt.Errorf("%s has %d digits", h, len(h))
	}
	if err != nil {
		r.fault(n, at, err.Error(), "")
		return ""
	}
	return h
}

func (r *reader) sure(n *yaml.Node, at string) rules.Sure {
	s := r.text(n, at)
	if !slices.Contains(sureness[:], rules.Sure(s)) {
		r.fault(n, at, fmt.Sprintf("%q is no sureness", s), "Q, D, S, M or C")
	}
	return rules.Sure(s)
}

// sureness is from the best known to the least.
var sureness = [...]rules.Sure{"Q", "D", "S", "M", "C"}

func (r *reader) country(n *yaml.Node, at string) supply.Country {
	c := supply.Country(r.text(n, at))
	if !c.Known() {
		r.fault(n, at, fmt.Sprintf("%q is no country code", c), "an ISO 3166 code in capitals, or a group of the schedule")
	}
	return c
}

// within checks that the rates of one column follow one another without overlap.
func (r *reader) within(n *yaml.Node, at string, rs []Rate) {
	for i := range rs {
		for j := range i {
			if rs[i].Valid.Overlaps(rs[j].Valid) && !differ(rs[i].Programs, rs[j].Programs) {
				r.fault(n, at, "two rates are in force on one day", "end the first the day before the second begins")
			}
		}
	}
}

// differ tells whether two lists share no word; two empty lists do not differ.
func differ(a, b []string) bool {
	return len(a)+len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
