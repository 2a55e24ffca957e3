package rules

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// world is the facts as one evaluation sees them: on one date, with some facts and readings set to try what they would do.
// It is the activation of the book's CEL conditions. One goroutine uses it.
type world struct {
	f    *Facts
	set  map[string]string // fact or reading → value tried
	date quantity.Date

	book    *Book
	version string
	mat     *Material // the material under judgement; nil for contract conditions
	step    stepView
	at      int             // index of the step under judgement in mat.Steps, plus one; 0 none, -1 one that is not recorded
	phase   supply.Phase    // of a step that is not recorded
	asked   map[string]bool // readings that any condition asked for
	said    map[said]truth  // what the rules said in this hearing
	before  map[said]truth  // what they said in the hearing that this one differs from in one reading
	flipped string          // that reading's key
	trial   *trial          // what was heard before and stands
}

// stepView is what a condition may ask of a step.
type stepView struct {
	whole, literal, rareEarth, ironBoronOnly bool
	feed                                     Tri // Unknown hangs on the route of recycling
}

// said is what a rule's answer hangs on within one question, but for the facts and readings that are being tried.
type said struct {
	book *Book
	rule int
	mat  *Material
	date quantity.Date
	view stepView // of a rule on steps
	at   int      // of a rule that asks of one step who did it and where
	ph   supply.Phase
}

// Parent is part of CEL's activation.
func (w *world) Parent() cel.Activation { return nil }

// ResolveName gives CEL a variable's value.
func (w *world) ResolveName(name string) (any, bool) {
	if key, ok := strings.CutPrefix(name, "reading."); ok {
		if v := w.reading(key); v != "" {
			return types.String(v), true
		}
		return unknown(name), true
	}
	if key, ok := strings.CutPrefix(name, "law."); ok {
		return w.lawValue(key), true
	}
	if v := w.goods(name); v != nil {
		return v, true
	}
	switch name {
	case "contract.value_cents":
		return w.number("contract.value_usd", w.f.Contract.Value, centScale), true
	case "contract.circumstances":
		return types.DefaultTypeAdapter.NativeToValue(w.f.Contract.Circumstances), true
	case "item.system":
		return types.String(w.f.EndItem.System), true
	case "item.noncompliant_metal_share":
		return w.number("end_item.noncompliant_metal_share", w.f.EndItem.NoncompliantShare, shareScale), true
	case "material.form":
		fact := w.factOf(w.mat, "form")
		if form := w.text(fact, w.mat.Form); form != "" {
			return types.String(form), true
		}
		return unknown(fact), true
	case "item.covered_share":
		return w.shareOf("end_item.covered_material_share", w.f.EndItem.CoveredShare), true
	case "item.tungsten_share":
		return w.shareOf("end_item.tungsten_share", w.f.EndItem.TungstenShare), true
	case "material.kind":
		return w.kindWord(), true
	}
	return w.condition(name).cel(), true
}

// condition is the truth of a boolean variable.
func (w *world) condition(name string) truth {
	c, e, m := &w.f.Contract, &w.f.EndItem, w.mat
	switch name {
	case "contract.bought_abroad":
		return w.abroad("contract.bought_in", c.BoughtIn)
	case "contract.used_abroad":
		return w.abroad("contract.used_in", c.UsedIn)
	case "contract.devices_covered":
		return known(c.DevicesCovered)
	case "contract.contingency":
		return known(c.Contingency)
	case "item.cots":
		return w.tri("end_item.cots", e.COTS).and(w.tri("end_item.modified", e.Modified).not())
	case "item.electronic_device":
		return w.tri("end_item.electronic_device", e.ElectronicDevice)
	case "item.is_material":
		return known(e.IsMaterial)
	case "item.made_in_covered":
		if e.IsMaterial && e.MadeIn == "" {
			return no // its making is its steps, which are judged as such
		}
		return w.covered("end_item.manufactured_in", e.MadeIn)
	case "item.made_in_qualifying":
		return w.listed("end_item.manufactured_in", e.MadeIn, "qualifying")
	case "chain.made_in_qualifying":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.listed(componentFact(c, "manufactured_in"), c.MadeIn, "qualifying")) })
		return t
	case "chain.electronic_device":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.tri(componentFact(c, "electronic_device"), c.ElectronicDevice)) })
		return t
	case "chain.made_in_covered":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.covered(componentFact(c, "manufactured_in"), c.MadeIn)) })
		return t
	case "chain.cots":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.tri(componentFact(c, "cots"), c.COTS)) })
		return t
	case "chain.cots_subsystem":
		t := no
		w.chain(m, func(c *Component) {
			t = t.or(w.tri(componentFact(c, "cots"), c.COTS).and(known(c.Subsystem != No)))
		})
		return t
	case "material.formed_in_qualifying":
		t := w.everyIn(supply.Sintered, "qualifying").or(w.everyIn(supply.Bonded, "qualifying"))
		if t.is == No && !hasPhase(m, supply.Sintered) && !hasPhase(m, supply.Bonded) {
			return open(w.stepFact(m, supply.Sintered, 0, "country"))
		}
		return t
	case "material.mill":
		if m == &otherMaterial {
			return open("materials_complete")
		}
		return w.mill(m)
	case "material.incorporated":
		return w.tri(w.factOf(m, "incorporated"), m.Incorporated)
	case "material.commercial":
		return w.tri(w.factOf(m, "cots"), m.COTS)
	case "material.sold_with_cots":
		return known(w.tri(w.factOf(m, "cots"), m.COTS).is != No)
	case "step.whole":
		return known(w.step.whole)
	case "step.literal":
		return known(w.step.literal)
	case "step.rare_earth":
		return known(w.step.rareEarth)
	case "step.iron_or_boron_only":
		return known(w.step.ironBoronOnly)
	case "step.feed":
		return fromTri(w.step.feed, w.factOf(w.mat, "recycled.route"))
	}
	if kind, ok := strings.CutPrefix(name, "determined."); ok {
		return w.determined(kind)
	}
	if t, ok := w.goodsCondition(name); ok {
		return t
	}
	if what, ok := strings.CutPrefix(name, "recycled."); ok {
		return w.recycled(what)
	}
	panic("rules: variable without a meaning: " + name) // the environment declares none
}

// determined tells whether a determination of the kind counts for the material, the contract and the day.
func (w *world) determined(kind string) truth {
	t := no
	if w.mat == nil || w.mat == &otherMaterial {
		return no
	}
	for i := range w.f.Determinations {
		d := &w.f.Determinations[i]
		if d.Kind != kind || !d.Valid.Covers(w.date) {
			continue
		}
		if !strings.EqualFold(d.Material, w.mat.Name) && !strings.EqualFold(d.Material, w.mat.Kind) {
			continue
		}
		if d.Level == "class" {
			return yes
		}
		number := w.text("contract.number", w.f.Contract.Number)
		switch {
		case number == "":
			t = t.or(open("contract.number"))
		case number == d.Contract, number == namedContract:
			return yes
		}
	}
	return t
}

// reading is the answer to a doubt: tried, given by the user, settled, or "" for open.
func (w *world) reading(key string) string {
	if w.asked != nil {
		w.asked[key] = true
	}
	if v, ok := w.set["reading."+key]; ok {
		return v
	}
	if d := w.book.doubts[key]; d != nil && d.Class == Settled {
		return d.Chosen
	}
	return w.f.Answers[key]
}

// inForce is a value's entry for a delivery on d: that of the day of award for a value that goes by it.
func (f *Facts) inForce(v *Value, d quantity.Date) *Entry {
	if v.Award && f.Contract.Awarded != 0 {
		d = f.Contract.Awarded
	}
	return v.On(d)
}

func (w *world) list(name string) []string {
	if v := w.book.values[name]; v != nil {
		if e := v.On(w.date); e != nil {
			return e.List
		}
	}
	return nil
}

// text, tri, number and country take a fact as given, or as it is being tried.
func (w *world) text(fact, given string) string {
	if v, ok := w.set[fact]; ok {
		return v
	}
	return given
}

func (w *world) tri(fact string, given Tri) truth {
	if v, ok := w.set[fact]; ok {
		return known(v == "true")
	}
	return fromTri(given, fact)
}

func (w *world) number(fact string, given Share, scale int64) any {
	switch w.set[fact] {
	case "low":
		return types.Int(0)
	case "high":
		return types.Int(1 << 62)
	}
	if !given.Known {
		return unknown(fact)
	}
	n, _ := scaled(given.Value, scale)
	return types.Int(n)
}

func (w *world) shareOf(fact string, given Share) any {
	if w.f.EndItem.IsMaterial {
		if strings.HasSuffix(fact, "tungsten_share") && w.mat != nil && !strings.HasPrefix(w.mat.Kind, "tungsten") {
			if !given.Known {
				return types.Int(0) // the bare material is no tungsten
			}
		} else {
			return types.Int(shareScale)
		}
	}
	return w.number(fact, given, shareScale)
}

func componentFact(c *Component, field string) string {
	return "components[" + c.Name + "]." + field
}

func (w *world) factOf(m *Material, field string) string {
	return "materials[" + m.Name + "]." + field
}

// phaseWord is a phase's word, also where it is not known.
func phaseWord(p supply.Phase) string {
	if p == supply.NoPhase {
		return "unknown step"
	}
	return p.String()
}

// stepFact names a step's field as people write it: materials[arc magnet].steps[mined Dy].country.
func (w *world) stepFact(m *Material, p supply.Phase, es element.Set, field string) string {
	what := phaseWord(p)
	if !es.Empty() {
		what += " " + symbols(es)
	}
	return "materials[" + m.Name + "].steps[" + what + "]." + field
}

// givenStepFact names the i-th step of a material; a second step of the same phase and elements takes its number.
func (w *world) givenStepFact(i int, field string) string {
	s := &w.mat.Steps[i]
	if s.recycledAs != "" && field == "country" {
		return w.factOf(w.mat, "recycled."+s.recycledAs)
	}
	same := 0
	for j := range w.mat.Steps[:i] {
		if t := &w.mat.Steps[j]; t.Phase == s.Phase && t.Elements == s.Elements {
			same++
		}
	}
	name := w.stepFact(w.mat, s.Phase, s.Elements, field)
	if same > 0 {
		name = strings.Replace(name, "]."+field, fmt.Sprintf(" #%d].%s", same+1, field), 1)
	}
	return name
}

// kind is the material's kind; a material of kind other is read as what its elements suggest.
func (w *world) kind(m *Material) string {
	if m.Kind != "other" {
		return m.Kind
	}
	return suggested(m)
}
