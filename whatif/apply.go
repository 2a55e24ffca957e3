package whatif

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/rules"
	"lodestone/supply"
)

// Applied is what one assumption did to a question.
type Applied struct {
	Assumption string   `json:"assumption"`
	Sets       []string `json:"sets"`              // facts it set, each with its value; none: it is about nothing in the question
	Instead    []string `json:"instead,omitempty"` // what was known and is passed over
}

// Apply is the question with the assumptions taken to be so, one after the other; f stays as it is. What an assumption says
// of a step has the least evidence that counts, and the step names the assumption as its source. Every assumption stands
// in the question's Assumed.
func Apply(f *rules.Facts, as []Assumption) (*rules.Facts, []Applied) {
	out := *f
	out.Components = slices.Clone(f.Components)
	out.Materials = slices.Clone(f.Materials)
	for i := range out.Materials {
		m := &out.Materials[i]
		m.Steps, m.Gaps, m.Findings, m.Remarks = slices.Clone(m.Steps), slices.Clone(m.Gaps), slices.Clone(m.Findings), slices.Clone(m.Remarks)
		if m.Recycled != nil {
			rec := *m.Recycled
			m.Recycled = &rec
		}
	}
	out.Answers = maps.Clone(f.Answers)
	out.Assumed = slices.Clone(f.Assumed)
	var all []Applied
	for i := range as {
		x := &applier{f: &out, a: &as[i], done: Applied{Assumption: as[i].Text, Sets: []string{}}}
		x.apply()
		if len(x.done.Sets) > 0 {
			text := "WHAT IF, and not on the record: " + as[i].Text
			for _, s := range x.done.Instead {
				text += "; " + s
			}
			out.Assumed = append(out.Assumed, text)
		}
		all = append(all, x.done)
	}
	return &out, all
}

type applier struct {
	f    *rules.Facts
	a    *Assumption
	done Applied
}

// note records that a fact was set, and what it was.
func (x *applier) note(fact, value, was string) {
	x.done.Sets = append(x.done.Sets, fact+" = "+value)
	if was != "" && was != value {
		x.done.Instead = append(x.done.Instead, fact+" is "+was+" on the record")
	}
}

func (x *applier) apply() {
	a, f := x.a, x.f
	switch a.about {
	case ofContract:
		x.contract()
	case ofEndItem:
		x.endItem()
	case ofNamed, ofComponent, ofMaterial:
		x.namedThings()
	case ofStep:
		for i := range f.Materials {
			if x.names(f.Materials[i].Name) {
				x.material(&f.Materials[i])
			}
		}
	case ofFinding:
		for i := range f.Materials {
			m := &f.Materials[i]
			if at := slices.Index(m.Findings, a.field); x.names(m.Name) && at >= 0 {
				m.Findings = slices.Delete(m.Findings, at, at+1)
				m.Remarks = append(m.Remarks, "assumed to be resolved: "+a.field)
				x.note("materials["+m.Name+"].findings["+a.field+"]", a.value, "")
			}
		}
	case ofList:
		was := "" // false is also what is not said
		if f.MaterialsComplete && a.flag == rules.No {
			was = "true"
		}
		f.MaterialsComplete = a.flag == rules.Yes
		x.note("materials_complete", a.value, was)
	case ofReading:
		if f.Answers == nil {
			f.Answers = map[string]string{}
		}
		x.note("reading."+a.field, a.value, f.Answers[a.field])
		f.Answers[a.field] = a.value
	}
}

// names tells whether the assumption is about a thing of that name: all, or one, by its name or the end of it.
func (x *applier) names(name string) bool {
	return x.a.name == "" || strings.EqualFold(x.a.name, name) || strings.HasSuffix(strings.ToLower(x.a.name), ":"+strings.ToLower(name)) ||
		strings.HasSuffix(strings.ToLower(name), ":"+strings.ToLower(x.a.name))
}

func triWord(t rules.Tri) string {
	return map[rules.Tri]string{rules.Yes: "true", rules.No: "false"}[t]
}

func (x *applier) tri(fact string, t *rules.Tri) {
	x.note(fact, triWord(x.a.flag), triWord(*t))
	*t = x.a.flag
}

func (x *applier) place(fact string, c *supply.Country) {
	x.note(fact, string(x.a.country), string(*c))
	*c = x.a.country
}

func (x *applier) word(fact string, s *string) {
	x.note(fact, x.a.value, *s)
	*s = x.a.value
}

func (x *applier) share(fact string, s *rules.Share) {
	was := ""
	if s.Known {
		was = s.Value.String()
	}
	x.note(fact, x.a.number.String(), was)
	*s = rules.Share{Known: true, Value: x.a.number}
}

func (x *applier) contract() {
	c, fact := &x.f.Contract, "contract."+x.a.field
	switch x.a.field {
	case "value_usd":
		x.share(fact, &c.Value)
	case "bought_in":
		x.place(fact, &c.BoughtIn)
	case "used_in":
		x.place(fact, &c.UsedIn)
	case "number":
		x.word(fact, &c.Number)
	}
}

func (x *applier) endItem() {
	e, fact := &x.f.EndItem, "end_item."+x.a.field
	switch x.a.field {
	case "manufactured_in":
		x.place(fact, &e.MadeIn)
	case "cots":
		x.tri(fact, &e.COTS)
	case "modified":
		x.tri(fact, &e.Modified)
	case "electronic_device":
		x.tri(fact, &e.ElectronicDevice)
	case "covered_material_share":
		x.share(fact, &e.CoveredShare)
	case "tungsten_share":
		x.share(fact, &e.TungstenShare)
	}
}

func (x *applier) namedThings() {
	a, f := x.a, x.f
	if a.about != ofMaterial {
		for i := range f.Components {
			c := &f.Components[i]
			fact := "components[" + c.Name + "]." + a.field
			if a.name == "" || !x.names(c.Name) {
				continue
			}
			switch a.field {
			case "manufactured_in":
				x.place(fact, &c.MadeIn)
			case "cots":
				x.tri(fact, &c.COTS)
			case "electronic_device":
				x.tri(fact, &c.ElectronicDevice)
			}
		}
	}
	if a.about == ofComponent {
		return
	}
	for i := 0; i < len(f.Materials); i++ {
		m := &f.Materials[i]
		if !x.names(m.Name) {
			continue
		}
		if a.field == "kind" && a.value == "none" {
			x.drop(i)
			i--
			continue
		}
		x.materialField(m, "materials["+m.Name+"]."+a.field)
	}
}

// drop takes a material out that is assumed to be no covered material.
func (x *applier) drop(i int) {
	f := x.f
	x.note("materials["+f.Materials[i].Name+"].kind", "none", f.Materials[i].Kind)
	f.Materials = slices.Delete(f.Materials, i, i+1)
	if f.EndItem.IsMaterial && len(f.Materials) == 0 {
		f.EndItem.IsMaterial, f.MaterialsComplete = false, true
	}
}

func (x *applier) materialField(m *rules.Material, fact string) {
	switch a := x.a; a.field {
	case "kind":
		x.word(fact, &m.Kind)
	case "form":
		x.word(fact, &m.Form)
	case "incorporated":
		x.tri(fact, &m.Incorporated)
	case "cots":
		x.tri(fact, &m.COTS)
	case "complete":
		x.note(fact, a.value, "")
		if m.Complete = a.flag == rules.Yes; m.Complete {
			m.Gaps = nil
		}
	case "elements":
		was := ""
		if m.ElementsGiven {
			was = "given otherwise"
		}
		x.note(fact, a.value, was)
		m.ElementsGiven, m.Elements, m.Present = true, nil, a.set
	default:
		rec := m.Recycled
		if rec == nil {
			return // nothing says that it was recycled
		}
		switch a.field {
		case "recycled.route":
			x.word(fact, &rec.Route)
		case "recycled.feed":
			x.word(fact, &rec.Feed)
		case "recycled.milled_in":
			x.place(fact, &rec.MilledIn)
		case "recycled.sintered_in":
			x.place(fact, &rec.SinteredIn)
		case "recycled.produced_in":
			x.place(fact, &rec.ProducedIn)
		}
	}
}

// fact names a step's field as it is printed where it is missing.
func stepName(m *rules.Material, s *rules.Step, field string) string {
	phase := s.Phase.String()
	if s.Phase == supply.NoPhase {
		phase = "unknown step"
	}
	if !s.Elements.Empty() {
		phase += " " + symbols(s.Elements)
	}
	return fmt.Sprintf("materials[%s].steps[%s].%s", m.Name, phase, field)
}

func symbols(s element.Set) string {
	var out []string
	for e := range s.All() {
		out = append(out, e.Symbol())
	}
	return strings.Join(out, ", ")
}
