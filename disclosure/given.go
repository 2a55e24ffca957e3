package disclosure

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/yamlread"
)

// Given is what a person adds to a paper that the record does not hold, from a YAML or JSON file. What is left out stays to
// be given, and the paper says so.
type Given struct {
	Program      string // program, item or part
	Contract     string // contract or solicitation number
	Reason       string // other pertinent information
	Prices       map[string]Priced
	Alternatives []Alternative     // results of market research
	Facts        map[string]string // by letter, A to M, of the facts that PGI 225.7003-3(d)(ii) lists
}

// Priced is what only the buyer knows of a material, by its lot.
type Priced struct{ Delivery, Quantity, Unit, Total string }

// Alternative is one line of table 2 of the template.
type Alternative struct {
	Material, Manufacturer, Country, Specification, Delivery, Quantity, Unit, Total, Redesign, Timeline string
}

// ParseGiven reads such a file:
//
//	program: fin actuator, part 1234
//	contract: W56-1
//	reason: no compliant source can deliver grade N48UH before 2027-06
//	prices:
//	  - {lot: "urn:lodestone:lot:x:MAGNET-A", delivery: 2027-02-01, lead 20 weeks, quantity: 400, unit: 12.50 USD, total: 5000 USD}
//	alternatives:
//	  - {material: NdFeB magnet, manufacturer: …, country: …, specification: …, delivery: …, quantity: …, unit: …, total: …, redesign: …, timeline: …}
//	facts: {A: 12 missiles, G: exact quote of the clause}
//
// Errors are yamlread.Faults, with line, column and field.
func ParseGiven(name string, data []byte) (*Given, error) {
	root, err := yamlread.Document(name, data)
	if err != nil {
		return nil, err
	}
	r := &yamlread.Reader{File: name}
	g := &Given{Prices: map[string]Priced{}, Facts: map[string]string{}}
	r.Mapping(root, "", []string{"program", "contract", "reason", "prices", "alternatives", "facts"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "program":
			g.Program = r.Text(n, at)
		case "contract":
			g.Contract = r.Text(n, at)
		case "reason":
			g.Reason = r.Text(n, at)
		case "prices":
			r.List(n, at, func(at string, n *yaml.Node) {
				var lot string
				var p Priced
				texts(r, n, at, map[string]*string{"lot": &lot, "delivery": &p.Delivery, "quantity": &p.Quantity, "unit": &p.Unit, "total": &p.Total})
				if lot == "" {
					r.Wrong(n, at, "names no lot", "say which: lot: urn:…")
				}
				g.Prices[lot] = p
			})
		case "alternatives":
			r.List(n, at, func(at string, n *yaml.Node) {
				var x Alternative
				texts(r, n, at, map[string]*string{"material": &x.Material, "manufacturer": &x.Manufacturer, "country": &x.Country, "specification": &x.Specification, "delivery": &x.Delivery,
					"quantity": &x.Quantity, "unit": &x.Unit, "total": &x.Total, "redesign": &x.Redesign, "timeline": &x.Timeline})
				g.Alternatives = append(g.Alternatives, x)
			})
		case "facts":
			letters := make([]string, len(noticeFacts))
			for i, f := range noticeFacts {
				letters[i] = f.letter
			}
			r.Mapping(n, at, letters, func(key, at string, n *yaml.Node) { g.Facts[key] = r.Text(n, at) })
		}
	})
	if len(r.Faults) > 0 {
		return nil, r.Faults
	}
	return g, nil
}

// texts reads a mapping of texts.
func texts(r *yamlread.Reader, n *yaml.Node, at string, into map[string]*string) {
	var keys []string
	for k := range into {
		keys = append(keys, k)
	}
	r.Mapping(n, at, keys, func(key, at string, n *yaml.Node) { *into[key] = strings.TrimSpace(r.Text(n, at)) })
}
