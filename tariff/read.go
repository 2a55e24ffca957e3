package tariff

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/yamlread"
)

// equalFold compares without regard to case.
func equalFold(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }

// reader reads what the schedule's files hold beside plain scalars: rates, codes, sureness. A rate of 2.10 keeps its digits.
type reader struct{ yamlread.Reader }

func newReader(file string) *reader { return &reader{yamlread.Reader{File: file}} }

func (r *reader) words(n *yaml.Node, at string) []string {
	var ws []string
	r.List(n, at, func(at string, n *yaml.Node) { ws = append(ws, r.Text(n, at)) })
	return ws
}

func (r *reader) yes(n *yaml.Node, at string) bool {
	if n.Value != "true" {
		r.Wrong(n, at, "must be true where it is given", "leave it out otherwise")
	}
	return n.Value == "true"
}

// percent is a number from 0 to 1000.
func (r *reader) percent(n *yaml.Node, at string) quantity.Decimal {
	d := r.number(n, at)
	if quantity.DecimalOf(1000).Less(d) {
		r.Wrong(n, at, d.String()+" is above 1000 percent", "rates are in percent of the value")
	}
	return d
}

// number is a decimal that is not negative.
func (r *reader) number(n *yaml.Node, at string) quantity.Decimal {
	d, err := quantity.ParseDecimal(r.Text(n, at))
	switch {
	case err != nil:
		r.Wrong(n, at, err.Error(), "a plain decimal such as 2.1")
	case d.Sign() < 0:
		r.Wrong(n, at, "is negative", "")
	}
	return d
}

func (r *reader) hts(n *yaml.Node, at string, digits ...int) HTS {
	h, err := parseDigits(r.Text(n, at))
	if err == nil && !slices.Contains(digits, len(h)) {
		err = fmt.Errorf("%s has %d digits", h, len(h))
	}
	if err != nil {
		r.Wrong(n, at, err.Error(), "")
		return ""
	}
	return h
}

func (r *reader) sure(n *yaml.Node, at string) rules.Sure {
	s := r.Text(n, at)
	if !slices.Contains(sureness[:], rules.Sure(s)) {
		r.Wrong(n, at, fmt.Sprintf("%q is no sureness", s), "Q, D, S, M or C")
	}
	return rules.Sure(s)
}

// sureness is from the best known to the least.
var sureness = [...]rules.Sure{"Q", "D", "S", "M", "C"}

// within checks that the rates of one column follow one another without overlap.
func (r *reader) within(n *yaml.Node, at string, rs []Rate) {
	for i := range rs {
		for j := range i {
			if rs[i].Valid.Overlaps(rs[j].Valid) && !differ(rs[i].Programs, rs[j].Programs) {
				r.Wrong(n, at, "two rates are in force on one day", "end the first the day before the second begins")
			}
		}
	}
}

// differ tells whether two lists share no word; two empty lists do not differ.
func differ(a, b []string) bool {
	return len(a)+len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
