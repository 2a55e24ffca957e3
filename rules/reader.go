package rules

import (
	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/yamlread"
)

// Fault is one thing wrong with a file, Faults all of them.
type (
	Fault  = yamlread.Fault
	Faults = yamlread.Faults
)

// reader reads what fact files and books hold beside plain scalars.
type reader struct{ yamlread.Reader }

func newReader(file string) *reader { return &reader{yamlread.Reader{File: file}} }

// tri is true, false, or unknown for anything else.
func (r *reader) tri(n *yaml.Node, at string) Tri {
	v, ok := r.Bool(n, at)
	switch {
	case !ok:
		return Unknown
	case v:
		return Yes
	}
	return No
}

func (r *reader) evidence(n *yaml.Node, at string) supply.Evidence {
	e, err := supply.ParseEvidence(r.Text(n, at))
	if err != nil && !r.Failed(at) {
		r.Wrong(n, at, err.Error(), "")
	}
	return e
}

// share is a decimal from 0 to 1.
func (r *reader) share(n *yaml.Node, at string) Share {
	d, ok := r.Decimal(n, at)
	if !ok {
		return Share{}
	}
	if d.Sign() < 0 || quantity.DecimalOf(1).Less(d) {
		r.Wrong(n, at, d.String()+" is not a mass fraction", "from 0 to 1: 0.03 is 3 %")
		return Share{}
	}
	if _, exact := scaled(d, shareScale); !exact {
		r.Wrong(n, at, d.String()+" has more than twelve decimal places", "round it")
		return Share{}
	}
	return Share{Known: true, Value: d}
}

// amount is a decimal of dollars, not negative, to the cent.
func (r *reader) amount(n *yaml.Node, at string) Share {
	d, ok := r.Decimal(n, at)
	if !ok {
		return Share{}
	}
	if d.Sign() < 0 {
		r.Wrong(n, at, "is negative", "")
		return Share{}
	}
	if _, exact := scaled(d, centScale); !exact {
		r.Wrong(n, at, d.String()+" is not a sum to the cent below 90 quadrillion", "")
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
