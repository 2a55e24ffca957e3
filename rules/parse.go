package rules

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/supply"
	"lodestone/yamlread"
)

// ParseFacts reads a fact file in YAML 1.2 core schema or JSON. name is the file's name for faults. It refuses unknown
// and duplicate keys, wrong types and values outside a closed set, all at once as Faults.
func ParseFacts(name string, data []byte) (*Facts, error) {
	doc, err := yamlread.Document(name, data)
	if err != nil {
		return nil, err
	}
	return factsOf(name, doc)
}

func factsOf(name string, root *yaml.Node) (*Facts, error) {
	r := newReader(name)
	f := &Facts{MinimumEvidence: supply.Stated, Answers: map[string]string{}}
	r.Mapping(root, "", topFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "book":
			if n.Kind == yaml.SequenceNode {
				r.List(n, at, func(at string, n *yaml.Node) { f.Books = append(f.Books, r.Text(n, at)) })
			} else {
				f.Books = []string{r.Text(n, at)}
			}
		case "delivery":
			f.Delivery = r.Date(n, at)
		case "delivery_accepted":
			f.Accepted = r.Date(n, at)
		case "contract":
			r.contract(n, at, &f.Contract)
		case "end_item":
			r.endItem(n, at, &f.EndItem)
		case "components":
			r.List(n, at, func(at string, n *yaml.Node) { f.Components = append(f.Components, r.component(n, at)) })
		case "materials_complete":
			f.MaterialsComplete = r.Flag(n, at)
		case "materials":
			r.List(n, at, func(at string, n *yaml.Node) { f.Materials = append(f.Materials, r.material(n, at)) })
		case "determinations":
			r.List(n, at, func(at string, n *yaml.Node) { f.Determinations = append(f.Determinations, r.determination(n, at)) })
		case "shipment":
			r.shipment(n, at, &f.Shipment)
		case "product":
			r.product(n, at, &f.Product)
		case "claim":
			r.claim(n, at, &f.Claim)
		case "company":
			r.company(n, at, &f.Company)
		case "minimum_evidence":
			f.MinimumEvidence = r.evidence(n, at)
		case "answers":
			r.Pairs(n, at, func(key, at string, n *yaml.Node) { f.Answers[key] = r.Text(n, at) })
		}
	})
	r.across(root, f)
	if len(r.Faults) > 0 {
		sort.SliceStable(r.Faults, func(i, j int) bool { return r.Faults[i].Line < r.Faults[j].Line })
		return nil, r.Faults
	}
	f.place = func(field string) int { return r.Place(field, root).Line }
	f.from = func(field, problem, hint string) error {
		n := r.Place(field, root)
		return Faults{{File: name, Line: n.Line, Column: n.Column, Field: field, Problem: problem, Hint: hint}}
	}
	return f, nil
}

// across checks what no single field can: names that must be unique or must resolve, dates in order.
func (r *reader) across(root *yaml.Node, f *Facts) {
	wrong := func(field, problem, hint string) { r.Wrong(r.Place(field, root), field, problem, hint) }
	names := map[string]bool{"end_item": true}
	for i, c := range f.Components {
		at := fmt.Sprintf("components[%d].name", i)
		if c.Name == "" {
			wrong(at, "is missing", "give each component a name")
		} else if names[c.Name] {
			wrong(at, fmt.Sprintf("%q is used twice", c.Name), "names must differ, and end_item is the end item's own")
		}
		names[c.Name] = true
	}
	parent := map[string]string{}
	for i, c := range f.Components {
		if !names[c.In] {
			wrong(fmt.Sprintf("components[%d].in", i), fmt.Sprintf("no component is called %q", c.In), "name a component or end_item")
		}
		parent[c.Name] = c.In
	}
	for i, c := range f.Components {
		for at, n := c.In, 0; at != "end_item" && at != ""; at, n = parent[at], n+1 {
			if n > len(f.Components) {
				wrong(fmt.Sprintf("components[%d].in", i), "the components contain one another in a circle", "")
				break
			}
		}
	}
	seen := map[string]bool{}
	for i, m := range f.Materials {
		at := fmt.Sprintf("materials[%d]", i)
		if !names[m.In] {
			wrong(at+".in", fmt.Sprintf("no component is called %q", m.In), "name a component or end_item")
		}
		if seen[m.Name] {
			wrong(at+".name", fmt.Sprintf("%q is used twice", m.Name), "give each lot a name of its own")
		}
		seen[m.Name] = true
	}
	if f.EndItem.IsMaterial && len(f.Components) > 0 {
		wrong("end_item.is_material", "is true, yet there are components", "a bare material has none: drop the components or the flag")
	}
	if f.Accepted != 0 && f.Delivery != 0 && f.Accepted < f.Delivery {
		wrong("delivery_accepted", "lies before delivery", "")
	}
}

var (
	topFields           = []string{"book", "delivery", "delivery_accepted", "contract", "end_item", "components", "materials_complete", "materials", "determinations", "shipment", "product", "claim", "company", "minimum_evidence", "answers"}
	contractFields      = []string{"clauses", "number", "awarded", "value_usd", "subcontract_value_usd", "bought_in", "used_in", "electronic_devices_covered", "contingency_operations", "circumstances"}
	endItemFields       = []string{"name", "is_material", "manufactured_in", "cots", "modified", "electronic_device", "system", "covered_material_share", "tungsten_share", "noncompliant_metal_share"}
	componentFields     = []string{"name", "in", "manufactured_in", "cots", "electronic_device", "subsystem"}
	materialFields      = []string{"name", "in", "kind", "form", "incorporated", "cots", "elements", "box", "recycled", "steps", "complete", "gaps", "findings", "purity", "mass"}
	recycledFields      = []string{"feed", "route", "milled_in", "sintered_in", "produced_in", "blend"}
	stepFields          = []string{"phase", "elements", "country", "claims", "facility", "evidence", "sources", "earlier_life", "planned", "region", "date", "operator", "evidence_until", "known_from"}
	gapFields           = []string{"elements", "before", "after", "where", "feed"}
	determinationFields = []string{"kind", "level", "contract", "material", "by", "from", "until", "known_from"}

	systems            = []string{"aircraft", "missile", "space", "ship", "tank", "weapon", "ammunition", "other"}
	routes             = []string{"powder", "alloy", "chemical"}
	determinationKinds = []string{"nonavailability", "waiver_4872c1", "national_security_4872e", "domestic_nonavailability_4863", "national_security_4863k", "commercial_derivative_4863", "fastener_certificate_4863", "uflpa_rebuttal", "waiver_857"}
	circumstances      = []string{"combat operations", "urgent and compelling", "commissary resale", "foreign comparative testing", "purchase card", "SF 44"}
	levels             = []string{"individual", "class"}

	// Kinds is the closed set of material kinds a fact file may name.
	Kinds = []string{"NdFeB magnet", "SmCo magnet", "tantalum metal", "tantalum alloy", "tungsten metal powder", "tungsten heavy alloy", "molybdenum", "ferrite magnet", "AlNiCo magnet", "specialty metal",
		"rare earth ore", "rare earth oxide", "rare earth compound", "rare earth metal", "rare earth alloy", "tantalum compound", "tungsten compound",
		"ferrotungsten", "cobalt metal", "cobalt compound", "other"}
)

func (r *reader) contract(n *yaml.Node, at string, c *Contract) {
	r.Mapping(n, at, contractFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "clauses":
			c.ClausesGiven = true
			r.List(n, at, func(at string, n *yaml.Node) {
				c.Clauses = append(c.Clauses, r.clause(n, at))
			})
		case "number":
			c.Number = r.Text(n, at)
		case "awarded":
			c.Awarded = r.Date(n, at)
		case "value_usd":
			c.Value = r.amount(n, at)
		case "subcontract_value_usd":
			c.Subcontract = r.amount(n, at)
		case "bought_in":
			c.BoughtIn = r.Country(n, at)
		case "used_in":
			c.UsedIn = r.Country(n, at)
		case "electronic_devices_covered":
			c.DevicesCovered = r.Flag(n, at)
		case "contingency_operations":
			c.Contingency = r.Flag(n, at)
		case "circumstances":
			r.List(n, at, func(at string, n *yaml.Node) {
				c.Circumstances = append(c.Circumstances, r.OneOf(n, at, circumstances))
			})
		}
	})
}

// aClause is a clause as contracts print it: number, with or without the regulation's name before it, then month and
// year of its version, in brackets or not.
var aClause = regexp.MustCompile(`^(?:(?:DFARS|FAR) )?(\d{2,3}\.\d{3}-\d{1,4})(?: \(?((?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?) \d{4})\)?)?$`)

func (r *reader) clause(n *yaml.Node, at string) Clause {
	text := r.Text(n, at)
	m := aClause.FindStringSubmatch(strings.ToUpper(strings.Join(strings.Fields(text), " ")))
	if m == nil {
		if text != "" {
			r.Wrong(n, at, fmt.Sprintf("%q is no clause number with its version", text), `write it as in "252.225-7052 MAY 2024"`)
		}
		return Clause{}
	}
	month, year, _ := strings.Cut(m[2], " ")
	if len(month) > 3 {
		month = month[:3]
	}
	return Clause{Number: m[1], Version: strings.TrimSpace(month + " " + year)}
}

func (r *reader) endItem(n *yaml.Node, at string, e *EndItem) {
	r.Mapping(n, at, endItemFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			e.Name = r.Text(n, at)
		case "is_material":
			e.IsMaterial = r.Flag(n, at)
		case "manufactured_in":
			e.MadeIn = r.Country(n, at)
		case "cots":
			e.COTS = r.tri(n, at)
		case "modified":
			e.Modified = r.tri(n, at)
		case "electronic_device":
			e.ElectronicDevice = r.tri(n, at)
		case "system":
			e.System = r.OneOf(n, at, systems)
		case "covered_material_share":
			e.CoveredShare = r.share(n, at)
		case "tungsten_share":
			e.TungstenShare = r.share(n, at)
		case "noncompliant_metal_share":
			e.NoncompliantShare = r.share(n, at)
		}
	})
}

func (r *reader) component(n *yaml.Node, at string) Component {
	c := Component{In: "end_item"}
	r.Mapping(n, at, componentFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			c.Name = r.Text(n, at)
		case "in":
			c.In = r.Text(n, at)
		case "manufactured_in":
			c.MadeIn = r.Country(n, at)
		case "cots":
			c.COTS = r.tri(n, at)
		case "electronic_device":
			c.ElectronicDevice = r.tri(n, at)
		case "subsystem":
			c.Subsystem = r.tri(n, at)
		}
	})
	return c
}

func (r *reader) determination(n *yaml.Node, at string) Determination {
	var d Determination
	r.Mapping(n, at, determinationFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "kind":
			d.Kind = r.OneOf(n, at, determinationKinds)
		case "level":
			d.Level = r.OneOf(n, at, levels)
		case "contract":
			d.Contract = r.Text(n, at)
		case "material":
			d.Material = r.Text(n, at)
		case "by":
			d.By = r.Text(n, at)
		case "from":
			d.Valid.From = r.Date(n, at)
		case "until":
			d.Valid.Until = r.Date(n, at)
		case "known_from":
			d.KnownFrom = r.Date(n, at)
		}
	})
	if n.Kind != yaml.MappingNode {
		return d
	}
	if d.Kind == "" && !r.Failed(at+".kind") {
		r.Wrong(n, at+".kind", "is missing", "one of "+strings.Join(determinationKinds, ", "))
	}
	if d.Material == "" && !r.Failed(at+".material") {
		r.Wrong(n, at+".material", "is missing", "name the material, or its kind")
	}
	if d.Level == "" && d.Contract != "" {
		d.Level = "individual"
	}
	if d.Level == "" && !r.Failed(at+".level") {
		r.Wrong(n, at+".level", "is missing", "individual (one contract) or class")
	}
	if d.Level == "individual" && d.Contract == "" {
		r.Wrong(n, at+".contract", "is missing", "an individual determination applies to one contract: give its number")
	}
	if d.Valid.Until != 0 && d.Valid.From > d.Valid.Until {
		r.Wrong(n, at+".until", "lies before from", "")
	}
	return d
}
