package rules

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/supply"
)

// reader walks a YAML tree and gathers faults. It takes scalars as the YAML 1.2 core schema does: NO is the text "NO",
// a date is text, only true and false are flags.
type reader struct {
	file   string
	faults Faults
	at     map[string]*yaml.Node // where each field stands
}

// place is where a field stands, or else where the nearest field that holds it does.
func (r *reader) place(field string, root *yaml.Node) *yaml.Node {
	for field != "" {
		if n := r.at[field]; n != nil {
			return n
		}
		field = field[:max(strings.LastIndexAny(field, ".["), 0)]
	}
	return root
}

func (r *reader) fault(n *yaml.Node, at, problem, hint string) {
	if at == "" {
		at = "file"
	}
	r.faults = append(r.faults, Fault{File: r.file, Line: n.Line, Column: n.Column, Field: at, Problem: problem, Hint: hint})
}

func (r *reader) failed(at string) bool {
	return slices.ContainsFunc(r.faults, func(f Fault) bool { return f.Field == at })
}

func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

// pairs calls do for each key of a mapping, after refusing duplicates; a null value is left out.
func (r *reader) pairs(n *yaml.Node, at string, do func(key, at string, n *yaml.Node)) {
	n = deref(n)
	if n.Kind != yaml.MappingNode {
		r.fault(n, at, "must be a mapping of names to values, is "+kindWord(n), "")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], deref(n.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			r.fault(k, at, "a key must be a name, is "+kindWord(k), "")
			continue
		}
		if seen[k.Value] {
			r.fault(k, join(at, k.Value), "is given twice", "keep one")
			continue
		}
		seen[k.Value] = true
		if isNull(v) {
			continue
		}
		r.stands(join(at, k.Value), v)
		do(k.Value, join(at, k.Value), v)
	}
}

func (r *reader) stands(at string, n *yaml.Node) {
	if r.at == nil {
		r.at = map[string]*yaml.Node{}
	}
	r.at[at] = n
}

// mapping is pairs over a closed set of keys.
func (r *reader) mapping(n *yaml.Node, at string, fields []string, do func(key, at string, n *yaml.Node)) {
	r.pairs(n, at, func(key, at string, n *yaml.Node) {
		if !slices.Contains(fields, key) {
			hint := "one of " + strings.Join(fields, ", ")
			if near := nearest(key, fields); near != "" {
				hint = "did you mean " + near + "?"
			}
			r.fault(n, at, "unknown field", hint)
			return
		}
		do(key, at, n)
	})
}

func (r *reader) list(n *yaml.Node, at string, do func(at string, n *yaml.Node)) {
	n = deref(n)
	if n.Kind != yaml.SequenceNode {
		r.fault(n, at, "must be a list, is "+kindWord(n), "write it as [a, b]")
		return
	}
	for i, c := range n.Content {
		at := fmt.Sprintf("%s[%d]", at, i)
		r.stands(at, deref(c))
		do(at, deref(c))
	}
}

func (r *reader) scalar(n *yaml.Node, at string) (string, bool) {
	n = deref(n)
	if n.Kind != yaml.ScalarNode {
		r.fault(n, at, "must be a single value, is "+kindWord(n), "")
		return "", false
	}
	return n.Value, true
}

// text is a scalar that is not empty.
func (r *reader) text(n *yaml.Node, at string) string {
	s, ok := r.scalar(n, at)
	if ok && strings.TrimSpace(s) == "" {
		r.fault(n, at, "is empty", "leave the field out where nothing is known")
	}
	return s
}

func (r *reader) oneOf(n *yaml.Node, at string, words []string) string {
	s := r.text(n, at)
	if s != "" && !slices.Contains(words, s) {
		hint := "one of " + strings.Join(words, ", ")
		if near := nearest(s, words); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		r.fault(n, at, fmt.Sprintf("%q is not known here", s), hint)
		return ""
	}
	return s
}

func (r *reader) tri(n *yaml.Node, at string) Tri {
	s, ok := r.scalar(n, at)
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	switch {
	case !ok:
	case !quoted && (s == "true" || s == "True" || s == "TRUE"):
		return Yes
	case !quoted && (s == "false" || s == "False" || s == "FALSE"):
		return No
	default:
		r.fault(n, at, fmt.Sprintf("must be true or false, is %q", s), "leave the field out where it is unknown")
	}
	return Unknown
}

func (r *reader) flag(n *yaml.Node, at string) bool { return r.tri(n, at) == Yes }

func (r *reader) date(n *yaml.Node, at string) quantity.Date {
	s, ok := r.scalar(n, at)
	if !ok {
		return 0
	}
	d, err := quantity.ParseDate(s)
	if err != nil {
		r.fault(n, at, err.Error(), "")
		return 0
	}
	return d
}

func (r *reader) country(n *yaml.Node, at string) supply.Country {
	s, ok := r.scalar(n, at)
	if !ok {
		return ""
	}
	if len(s) == 2 && s == strings.ToUpper(s) {
		if c, err := supply.ParseCountry(s); err == nil && string(c) == s {
			return c
		}
	}
	hint := "an ISO 3166 code in capitals such as US, CN, CA; leave the field out where it is unknown"
	if c, err := supply.ParseCountry(s); err == nil {
		hint = "did you mean " + string(c) + "?"
	}
	r.fault(n, at, fmt.Sprintf("%q is not a country code", s), hint)
	return ""
}

func (r *reader) evidence(n *yaml.Node, at string) supply.Evidence {
	e, err := supply.ParseEvidence(r.text(n, at))
	if err != nil && !r.failed(at) {
		r.fault(n, at, err.Error(), "")
	}
	return e
}

func (r *reader) decimal(n *yaml.Node, at string) (quantity.Decimal, bool) {
	s, ok := r.scalar(n, at)
	if !ok {
		return quantity.Decimal{}, false
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		r.fault(n, at, fmt.Sprintf("must be a number, is the text %q", s), "write it without quotation marks")
		return quantity.Decimal{}, false
	}
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		r.fault(n, at, err.Error(), "a plain decimal number such as 0.03")
		return quantity.Decimal{}, false
	}
	return d, true
}

// share is a decimal from 0 to 1.
func (r *reader) share(n *yaml.Node, at string) Share {
	d, ok := r.decimal(n, at)
	if !ok {
		return Share{}
	}
	if d.Sign() < 0 || quantity.DecimalOf(1).Less(d) {
		r.fault(n, at, d.String()+" is not a mass fraction", "from 0 to 1: 0.03 is 3 %")
		return Share{}
	}
	if _, exact := scaled(d, shareScale); !exact {
		r.fault(n, at, d.String()+" has more than twelve decimal places", "round it")
		return Share{}
	}
	return Share{Known: true, Value: d}
}

// amount is a decimal of dollars, not negative, to the cent.
func (r *reader) amount(n *yaml.Node, at string) Share {
	d, ok := r.decimal(n, at)
	if !ok {
		return Share{}
	}
	if d.Sign() < 0 {
		r.fault(n, at, "is negative", "")
		return Share{}
	}
	if _, exact := scaled(d, centScale); !exact {
		r.fault(n, at, d.String()+" is not a sum to the cent below 90 quadrillion", "")
		return Share{}
	}
	return Share{Known: true, Value: d}
}

const (
	shareScale = 1_000_000_000_000 // shares go into CEL as parts in 10¹²
	centScale  = 100               // dollars as cents
)

// scaled is d × scale as a whole number, and whether it is exactly that.
func scaled(d quantity.Decimal, scale int64) (int64, bool) {
	p, err := d.Mul(quantity.DecimalOf(scale))
	if err != nil {
		return 0, false
	}
	return p.Int64()
}

func deref(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 8; i++ {
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 &&
		(n.Value == "null" || n.Value == "Null" || n.Value == "NULL" || n.Value == "~" || n.Value == "")
}

func kindWord(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		return fmt.Sprintf("%q", n.Value)
	}
	return "something else"
}

// nearest is the word within two edits of s, or "".
func nearest(s string, words []string) string {
	best, word := 3, ""
	for _, w := range words {
		if d := edits(strings.ToLower(s), strings.ToLower(w)); d < best {
			best, word = d, w
		}
	}
	return word
}

// edits is the Levenshtein distance.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		last := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := last
			if a[i-1] != b[j-1] {
				cost++
			}
			last = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
