package yamlread

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/supply"
)

// Reader walks a YAML tree and gathers faults. It takes scalars as the YAML 1.2 core schema does: NO is the text "NO",
// a date is text, only true and false are flags.
type Reader struct {
	File   string
	Faults Faults
	at     map[string]*yaml.Node // where each field stands
}

// Place is where a field stands, or else where the nearest field that holds it does.
func (r *Reader) Place(field string, root *yaml.Node) *yaml.Node {
	for field != "" {
		if n := r.at[field]; n != nil {
			return n
		}
		field = field[:max(strings.LastIndexAny(field, ".["), 0)]
	}
	return root
}

func (r *Reader) Wrong(n *yaml.Node, at, problem, hint string) {
	if at == "" {
		at = "file"
	}
	r.Faults = append(r.Faults, Fault{File: r.File, Line: n.Line, Column: n.Column, Field: at, Problem: problem, Hint: hint})
}

func (r *Reader) Failed(at string) bool {
	return slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Field == at })
}

// Join is the path of a field in the field at.
func Join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

// Pairs calls do for each key of a mapping, after refusing duplicates; a null value is left out.
func (r *Reader) Pairs(n *yaml.Node, at string, do func(key, at string, n *yaml.Node)) {
	r.pairs(n, at, func(key, at string, n *yaml.Node) {
		if !isNull(n) {
			do(key, at, n)
		}
	})
}

// pairs are the pairs of a mapping, those without a value too.
func (r *Reader) pairs(n *yaml.Node, at string, do func(key, at string, n *yaml.Node)) {
	n = deref(n)
	if n.Kind != yaml.MappingNode {
		r.Wrong(n, at, "must be a mapping of names to values, is "+kindWord(n), "")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], deref(n.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			r.Wrong(k, at, "a key must be a name, is "+kindWord(k), "")
			continue
		}
		if seen[k.Value] {
			r.Wrong(k, Join(at, k.Value), "is given twice", "keep one")
			continue
		}
		seen[k.Value] = true
		if isNull(v) && number.MatchString(k.Value) {
			r.Wrong(k, Join(at, k.Value), "is no name", "a comma within a number begins another field: write 250000, and 0.29")
			continue
		}
		if !isNull(v) {
			r.stands(Join(at, k.Value), v)
		}
		do(k.Value, Join(at, k.Value), v)
	}
}

func (r *Reader) stands(at string, n *yaml.Node) {
	if r.at == nil {
		r.at = map[string]*yaml.Node{}
	}
	r.at[at] = n
}

// Mapping is Pairs over a closed set of keys.
func (r *Reader) Mapping(n *yaml.Node, at string, fields []string, do func(key, at string, n *yaml.Node)) {
	r.pairs(n, at, func(key, at string, n *yaml.Node) {
		if !slices.Contains(fields, key) {
			hint := "one of " + strings.Join(fields, ", ")
			if near := Nearest(key, fields); near != "" {
				hint = "did you mean " + near + "?"
			}
			r.Wrong(n, at, "unknown field", hint)
			return
		}
		if !isNull(n) {
			do(key, at, n)
		}
	})
}

var number = regexp.MustCompile(`^[0-9]+$`)

func (r *Reader) List(n *yaml.Node, at string, do func(at string, n *yaml.Node)) {
	n = deref(n)
	if n.Kind != yaml.SequenceNode {
		r.Wrong(n, at, "must be a list, is "+kindWord(n), "write it as [a, b]")
		return
	}
	for i, c := range n.Content {
		at := fmt.Sprintf("%s[%d]", at, i)
		r.stands(at, deref(c))
		do(at, deref(c))
	}
}

func (r *Reader) Scalar(n *yaml.Node, at string) (string, bool) {
	n = deref(n)
	if n.Kind != yaml.ScalarNode {
		r.Wrong(n, at, "must be a single value, is "+kindWord(n), "")
		return "", false
	}
	return n.Value, true
}

// Text is a scalar that is not empty.
func (r *Reader) Text(n *yaml.Node, at string) string {
	s, ok := r.Scalar(n, at)
	if ok && strings.TrimSpace(s) == "" {
		r.Wrong(n, at, "is empty", "leave the field out where nothing is known")
	}
	return s
}

func (r *Reader) OneOf(n *yaml.Node, at string, words []string) string {
	s := r.Text(n, at)
	if s != "" && !slices.Contains(words, s) {
		hint := "one of " + strings.Join(words, ", ")
		if near := Nearest(s, words); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		r.Wrong(n, at, fmt.Sprintf("%q is not known here", s), hint)
		return ""
	}
	return s
}

// Bool reads true or false; ok is false, and the fault noted, for anything else.
func (r *Reader) Bool(n *yaml.Node, at string) (value, ok bool) {
	s, ok := r.Scalar(n, at)
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	switch {
	case !ok:
	case !quoted && (s == "true" || s == "True" || s == "TRUE"):
		return true, true
	case !quoted && (s == "false" || s == "False" || s == "FALSE"):
		return false, true
	default:
		r.Wrong(n, at, fmt.Sprintf("must be true or false, is %q", s), "leave the field out where it is unknown")
	}
	return false, false
}

// Flag reads true or false; anything else is noted and no.
func (r *Reader) Flag(n *yaml.Node, at string) bool {
	v, _ := r.Bool(n, at)
	return v
}

func (r *Reader) Date(n *yaml.Node, at string) quantity.Date {
	s, ok := r.Scalar(n, at)
	if !ok {
		return 0
	}
	d, err := quantity.ParseDate(s)
	if err != nil {
		r.Wrong(n, at, err.Error(), "")
		return 0
	}
	return d
}

// Period reads the first day of a period from the field "from" and its last from any other; the last is not before the first.
func (r *Reader) Period(key, at string, n *yaml.Node, p *quantity.Period) {
	if key == "from" {
		p.From = r.Date(n, at)
	} else {
		p.Until = r.Date(n, at)
	}
	if p.From != 0 && p.Until != 0 && p.Until < p.From {
		r.Wrong(n, at, "ends before it begins", "")
	}
}

func (r *Reader) Country(n *yaml.Node, at string) supply.Country {
	s, ok := r.Scalar(n, at)
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
	r.Wrong(n, at, fmt.Sprintf("%q is not a country code", s), hint)
	return ""
}

func (r *Reader) Decimal(n *yaml.Node, at string) (quantity.Decimal, bool) {
	s, ok := r.Scalar(n, at)
	if !ok {
		return quantity.Decimal{}, false
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		r.Wrong(n, at, fmt.Sprintf("must be a number, is the text %q", s), "write it without quotation marks")
		return quantity.Decimal{}, false
	}
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		r.Wrong(n, at, err.Error(), "a plain decimal number such as 0.03")
		return quantity.Decimal{}, false
	}
	return d, true
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

// Nearest is the word within two edits of s, or "".
func Nearest(s string, words []string) string {
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
