package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/supply"
)

// The facts that a rule's condition stands on, as leaves of an explanation: each with the field of the question it is read
// from, as people write it, and the line of that field where the question came from a file.

var variable = regexp.MustCompile(`\b[a-z_]+(?:\.[a-zA-Z_0-9]+)+`)

// leaves are the facts behind the variables that a rule's condition names; m is the material it was asked of, or nil.
func (q *question) leaves(r *Rule, m *Material) []Ground {
	var out []Ground
	for _, name := range r.vars {
		for _, g := range q.f.behind(name, m) {
			if !slices.ContainsFunc(out, func(x Ground) bool { return x.Fact == g.Fact }) {
				out = append(out, g)
			}
		}
	}
	return out
}

// fact is one leaf: the field and its value in words, "" where it is not known; at is the field in the question's file.
func (f *Facts) fact(field, value, at string) Ground {
	if value == "" {
		value = "not known"
	}
	return Ground{Kind: "fact", Text: field + ": " + value, Fact: field, Line: f.line(at)}
}

// line is where a field stands in the question's file, 0 without a file. A field that is left out stands where what holds
// it does.
func (f *Facts) line(field string) int {
	if f.place == nil {
		return 0
	}
	return f.place(field)
}

var triWords = map[Tri]string{Yes: "true", No: "false"}

// fields are the fields of the whole question behind variables, each with its value in words.
func (f *Facts) fields(name string) map[string]string {
	c, e, s := &f.Contract, &f.EndItem, &f.Shipment
	flag := func(b bool) string { return fmt.Sprint(b) }
	share := func(s Share) string {
		if !s.Known {
			return ""
		}
		return s.Value.String()
	}
	list := func(ws []string) string {
		if len(ws) == 0 {
			return "none"
		}
		return strings.Join(ws, ", ")
	}
	party := func(p *Party, at string) map[string]string {
		lists := ""
		if p.ListsGiven {
			lists = list(p.Lists)
		}
		return map[string]string{at + ".lists": lists, at + ".owner": string(p.Owner), at + ".military": triWords[p.Military], at + ".country": string(p.Country),
			at + ".listed_owner_share": share(p.ListedOwnerShare)}
	}
	switch name {
	case "contract.value_cents":
		return map[string]string{"contract.value_usd": share(c.Value)}
	case "contract.bought_abroad":
		return map[string]string{"contract.bought_in": string(c.BoughtIn)}
	case "contract.used_abroad":
		return map[string]string{"contract.used_in": string(c.UsedIn)}
	case "contract.devices_covered":
		return map[string]string{"contract.electronic_devices_covered": flag(c.DevicesCovered)}
	case "contract.contingency":
		return map[string]string{"contract.contingency_operations": flag(c.Contingency)}
	case "contract.circumstances":
		return map[string]string{name: list(c.Circumstances)}
	case "contract.awarded":
		return map[string]string{name: c.Awarded.String()}
	case "item.cots":
		return map[string]string{"end_item.cots": triWords[e.COTS], "end_item.modified": triWords[e.Modified]}
	case "item.electronic_device":
		return map[string]string{"end_item.electronic_device": triWords[e.ElectronicDevice]}
	case "item.is_material":
		return map[string]string{"end_item.is_material": flag(e.IsMaterial)}
	case "item.covered_share":
		return map[string]string{"end_item.covered_material_share": share(e.CoveredShare)}
	case "item.tungsten_share":
		return map[string]string{"end_item.tungsten_share": share(e.TungstenShare)}
	case "item.noncompliant_metal_share":
		return map[string]string{"end_item.noncompliant_metal_share": share(e.NoncompliantShare)}
	case "item.made_in", "item.made_in_covered", "item.made_in_qualifying":
		return map[string]string{"end_item.manufactured_in": string(e.MadeIn)}
	case "item.system":
		return map[string]string{"end_item.system": e.System}
	case "shipment.from":
		return map[string]string{name: string(s.From)}
	case "shipment.to":
		return map[string]string{name: string(s.To)}
	case "shipment.end_use":
		return map[string]string{name: s.EndUse}
	case "shipment.cn_value_share":
		return map[string]string{name: share(s.CNValueShare)}
	case "shipment.cn_technology":
		return map[string]string{name: triWords[s.CNTechnology]}
	case "shipment.codes":
		return map[string]string{name: list(s.Codes)}
	case "shipment.technology":
		var ws []string
		for _, p := range s.Technology {
			ws = append(ws, p.String())
		}
		return map[string]string{name: list(ws)}
	case "shipment.general_licence", "shipment.individual_licence":
		var ws []string
		for _, l := range s.Licences {
			ws = append(ws, strings.TrimSpace(l.Kind+" "+l.Number))
		}
		return map[string]string{"shipment.licences": list(ws)}
	case "product.class", "product.magnet_mass":
		return map[string]string{name: f.told(name)}
	case "claim.related_buyer":
		return map[string]string{name: triWords[f.Claim.RelatedBuyer]}
	case "claim.credit_48c":
		return map[string]string{name: triWords[f.Claim.Credit48C]}
	case "claim.prohibited_foreign_entity":
		return map[string]string{name: triWords[f.Claim.ProhibitedForeignEntity]}
	case "claim.material_assistance":
		return map[string]string{name: share(f.Claim.MaterialAssistance)}
	case "claim.produced_in", "claim.produced_in_us":
		return map[string]string{"claim.produced_in": string(f.Claim.ProducedIn)}
	case "company.sec_issuer":
		return map[string]string{name: triWords[f.Company.SECIssuer]}
	case "company.manufactures":
		return map[string]string{name: triWords[f.Company.Manufactures]}
	case "company.inquiry":
		return map[string]string{name: triWords[f.Company.Inquiry]}
	}
	if what, ok := strings.CutPrefix(name, "shipment.end_user."); ok {
		all := party(&s.EndUser, "shipment.end_user")
		field := "shipment.end_user." + what
		switch {
		case slices.Contains(partyLists, what):
			field = "shipment.end_user.lists"
		case what == "owner_covered":
			field = "shipment.end_user.owner"
		}
		return map[string]string{field: all[field]}
	}
	return nil
}

// behind are the facts behind one variable: of the whole question, of the assemblies around the material, of the material.
func (f *Facts) behind(name string, m *Material) []Ground {
	var out []Ground
	if key, ok := strings.CutPrefix(name, "reading."); ok {
		if given := f.Answers[key]; given != "" {
			out = append(out, f.fact("answers."+key, given, "answers."+key))
		}
		return out
	}
	fields := f.fields(name)
	for _, field := range sortedKeys(fields) {
		out = append(out, f.fact(field, fields[field], field))
	}
	if kind, ok := strings.CutPrefix(name, "determined."); ok {
		for i, d := range f.Determinations {
			if d.Kind == kind {
				out = append(out, f.fact(fmt.Sprintf("determinations[%s]", d.Kind), fmt.Sprintf("%s, by %s, for %s%s", d.Level, d.By, d.Material, spanned(d.Valid)), fmt.Sprintf("determinations[%d]", i)))
			}
		}
		if out == nil {
			out = append(out, f.fact("determinations", "none of this kind", "determinations"))
		}
		return out
	}
	if m == nil || out != nil {
		return out
	}
	at, _ := f.pathOf(m)
	said := func(field, value string) {
		out = append(out, f.fact("materials["+m.Name+"]."+field, value, at+"."+field))
	}
	switch what := name[strings.IndexByte(name, '.')+1:]; name[:strings.IndexByte(name, '.')] {
	case "chain":
		w := newWorld(f, f.Delivery, nil)
		field := map[string]string{"made_in_qualifying": "manufactured_in", "electronic_device": "electronic_device", "cots": "cots", "cots_subsystem": "subsystem"}[what]
		w.chain(m, func(c *Component) {
			value := map[string]string{"manufactured_in": string(c.MadeIn), "electronic_device": triWords[c.ElectronicDevice], "cots": triWords[c.COTS], "subsystem": triWords[c.Subsystem]}[field]
			n := slices.IndexFunc(f.Components, func(x Component) bool { return x.Name == c.Name })
			out = append(out, f.fact(componentFact(c, field), value, fmt.Sprintf("components[%d].%s", n, field)))
		})
		if out == nil {
			said("in", m.In)
		}
	case "has", "share", "holds":
		said("elements", m.composition())
	case "recycled":
		if m.Recycled == nil {
			said("recycled", "no")
			break
		}
		said("recycled", strings.Join(strings.Fields(fmt.Sprintf("%s %s milled_in=%s sintered_in=%s produced_in=%s", m.Recycled.Feed, m.Recycled.Route,
			m.Recycled.MilledIn, m.Recycled.SinteredIn, m.Recycled.ProducedIn)), " "))
	case "material":
		switch what {
		case "kind":
			said("kind", m.Kind)
		case "form", "mill":
			said("form", m.Form)
		case "incorporated":
			said("incorporated", triWords[m.Incorporated])
		case "commercial", "sold_with_cots":
			said("cots", triWords[m.COTS])
		case "purity":
			said("purity", map[bool]string{true: m.Purity.Value.String()}[m.Purity.Known])
		case "mass":
			said("mass", map[bool]string{true: m.Mass.Value.String()}[m.Mass.Known])
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// pathOf is a material's place in the question, and its number.
func (f *Facts) pathOf(m *Material) (string, int) {
	i := slices.IndexFunc(f.Materials, func(x Material) bool { return x.Name == m.Name })
	return fmt.Sprintf("materials[%d]", i), i
}

// composition is the elements of a material in words.
func (m *Material) composition() string {
	var ws []string
	for _, e := range m.Elements {
		ws = append(ws, e.Element.Symbol()+" "+e.Share.String())
	}
	var more element.Set
	for e := range m.Present.All() {
		if !m.given(e) {
			more = more.With(e)
		}
	}
	if !more.Empty() {
		ws = append(ws, symbols(more))
	}
	return strings.Join(ws, ", ")
}

// ofStep is a step as a leaf with its sources: entries, documents by digest, or what the question names.
func (q *question) ofStep(f finding, h *hearing) Ground {
	s := f.step
	g := Ground{Kind: "fact", Text: fmt.Sprintf("%s (evidence: %s)", phrase(f, []finding{f}), s.on(h.date)), Source: s.Facility, Line: s.line}
	g.Fact = "materials[" + f.mat.Name + "].steps[" + phaseWord(s.Phase)
	if !s.Elements.Empty() {
		g.Fact += " " + symbols(s.Elements)
	}
	g.Fact += "]"
	if s.recycledAs != "" {
		at, _ := q.f.pathOf(f.mat)
		g.Fact, g.Line = "materials["+f.mat.Name+"].recycled."+s.recycledAs, q.f.line(at+".recycled."+s.recycledAs)
	}
	for _, src := range s.Sources {
		x := Ground{Kind: "source", Text: src}
		if id, ok := strings.CutPrefix(src, "entry "); ok {
			x.Entry = id
		}
		if id, ok := strings.CutPrefix(src, "document "); ok {
			x.Document = id
		} else if strings.HasPrefix(src, "sha256:") {
			x.Document = src
		}
		g.Under = append(g.Under, x)
	}
	return g
}

// history is what is said of a material's history, as a leaf: how many steps, and whether they are all.
func (q *question) history(m *Material, phases phaseSet) Ground {
	at, _ := q.f.pathOf(m)
	word := "and the history is not said to be complete"
	if m.whole() {
		word = "and the history is complete"
	}
	what := "materials[" + m.Name + "].complete"
	var seen []string
	for i := range m.Steps {
		if p := m.Steps[i].Phase; p != supply.NoPhase && phases.has(p) && !slices.Contains(seen, p.String()) {
			seen = append(seen, p.String())
		}
	}
	text := fmt.Sprintf("%s: %d steps of %s are known, %s", what, len(m.Steps), m.Name, word)
	if len(seen) > 0 {
		text += "; among them " + strings.Join(seen, ", ")
	}
	return Ground{Kind: "fact", Text: text, Fact: what, Line: q.f.line(at + ".complete")}
}
