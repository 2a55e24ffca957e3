package rules

import (
	"fmt"
	"slices"
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
	asked   map[string]bool // readings that any condition asked for
	said    map[said]truth  // what the rules said in this hearing
	before  map[said]truth  // what they said in the hearing that this one differs from in one reading
	flipped string          // that reading's key
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
		if e := w.f.inForce(w.book.values[key], w.date); e != nil {
			return types.Int(e.Number), true
		}
		return unknown("law." + key), true
	}
	switch name {
	case "contract.value_cents":
		return w.number("contract.value_usd", w.f.Contract.Value, centScale), true
	case "item.covered_share":
		return w.shareOf("end_item.covered_material_share", w.f.EndItem.CoveredShare), true
	case "item.tungsten_share":
		return w.shareOf("end_item.tungsten_share", w.f.EndItem.TungstenShare), true
	case "material.kind":
		if w.mat == &otherMaterial {
			return unknown("materials_complete"), true
		}
		return types.String(w.kind(w.mat)), true
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
		t := w.listed("end_item.manufactured_in", e.MadeIn, "qualifying")
		w.chain(m, func(c *Component) { t = t.or(w.listed(componentFact(c, "manufactured_in"), c.MadeIn, "qualifying")) })
		return t
	case "chain.electronic_device":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.tri(componentFact(c, "electronic_device"), c.ElectronicDevice)) })
		return t
	case "chain.cots":
		t := no
		w.chain(m, func(c *Component) { t = t.or(w.tri(componentFact(c, "cots"), c.COTS)) })
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
	if what, ok := strings.CutPrefix(name, "recycled."); ok {
		return w.recycled(what)
	}
	panic("rules: variable without a meaning: " + name) // the environment declares none
}

func (w *world) recycled(what string) truth {
	rec := w.mat.Recycled
	if rec == nil || rec.Blend {
		return no // a magnet that is in part of fresh material is not made of recycled material
	}
	at := func(field string) string { return w.factOf(w.mat, "recycled."+field) }
	switch what {
	case "declared":
		return yes
	case "chemical":
		route := w.text(at("route"), rec.Route)
		if route == "" {
			return open(at("route"))
		}
		return known(route == "chemical")
	case "by_product":
		return w.byProduct(at("feed"), rec.Feed)
	case "milled_in_us":
		return w.inUS(at("milled_in"), rec.MilledIn).and(w.thisLifeIn(supply.Milled))
	case "sintered_in_us":
		if rec.SinteredIn == "" && hasPhase(w.mat, supply.Bonded) && !hasPhase(w.mat, supply.Sintered) {
			return no
		}
		return w.inUS(at("sintered_in"), rec.SinteredIn).and(w.thisLifeIn(supply.Sintered))
	case "bonded_in_us":
		return w.everyIn(supply.Bonded)
	case "clean_and_allowed":
		t := w.covered(at("produced_in"), rec.ProducedIn).not()
		worked := false
		for i := range w.mat.Steps {
			s := &w.mat.Steps[i]
			switch {
			case s.EarlierLife == Yes, s.Phase < supply.Reduced, s.Phase == supply.Assembled:
				continue // how the feed's own material was won is not asked: where the feed was produced is
			case s.Phase == supply.Recycled:
				t = t.and(w.stepCovered(s, i).not())
				continue
			}
			worked = true
			t = t.and(w.stepListed(s, i, "united_states").or(w.stepListed(s, i, "qualifying")))
		}
		if !worked {
			melted := w.stepFact(w.mat, supply.Melted, 0, "country")
			t = t.and(w.inUS(melted, "").or(w.listed(melted, "", "qualifying")))
		}
		return t
	}
	panic("rules: variable without a meaning: recycled." + what)
}

func hasPhase(m *Material, p supply.Phase) bool {
	return slices.ContainsFunc(m.Steps, func(s Step) bool { return s.Phase == p })
}

// thisLifeIn tells whether each step of a phase that is marked as of this life, and not of the feed's first, was in the
// United States. Steps without a mark may be of either and speak neither way.
func (w *world) thisLifeIn(p supply.Phase) truth {
	t := yes
	for i := range w.mat.Steps {
		if s := &w.mat.Steps[i]; s.Phase == p && s.EarlierLife == No {
			t = t.and(w.stepListed(s, i, "united_states"))
		}
	}
	return t
}

// everyIn tells whether the material went through phase p, and everywhere in the United States.
func (w *world) everyIn(p supply.Phase) truth {
	t := known(hasPhase(w.mat, p))
	for i := range w.mat.Steps {
		if s := &w.mat.Steps[i]; s.Phase == p {
			t = t.and(w.stepListed(s, i, "united_states"))
		}
	}
	return t
}

// byProduct tells swarf, sludge and tails of production from scrap, by the words of the feed's description.
func (w *world) byProduct(fact, feed string) truth {
	feed = w.text(fact, feed)
	contains := func(words ...string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(feed, s) })
	}
	switch {
	case contains("swarf", "sludge", "tail", "by-product", "byproduct", "dross", "slag", "grinding", "offcut", "off-cut", "production", "process", "manufactur", "new scrap"):
		return yes
	case contains("scrap", "end-of-life", "end of life", "eol", "used", "spent", "disk", "disc", "post-consumer", "magnet"):
		return no
	}
	return open(fact)
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
		case number == d.Contract:
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

// covered tells whether a place lies in a covered country. Hong Kong and Macau are an open doubt.
func (w *world) covered(fact string, c supply.Country) truth {
	c = asCountry(w.text(fact, string(c)))
	if c == "" {
		return open(fact)
	}
	list := w.list("covered")
	if slices.Contains(list, string(c)) {
		return yes
	}
	if (c == "HK" || c == "MO") && slices.Contains(list, "CN") {
		switch w.reading("hong_kong_macau") {
		case "part_of_prc":
			return yes
		case "separate":
			return no
		}
		return open("reading.hong_kong_macau")
	}
	return no
}

func (w *world) listed(fact string, c supply.Country, list string) truth {
	c = asCountry(w.text(fact, string(c)))
	if c == "" {
		return open(fact)
	}
	return known(slices.Contains(w.list(list), string(c)))
}

// inUS tells whether a place lies in the United States; its outlying areas are an open doubt where the text does not name them.
func (w *world) inUS(fact string, c supply.Country) truth {
	c = asCountry(w.text(fact, string(c)))
	switch {
	case c == "":
		return open(fact)
	case slices.Contains(w.list("united_states"), string(c)):
		return yes
	case slices.Contains(w.list("outlying_areas"), string(c)):
		switch w.reading("outlying_areas") {
		case "part":
			return yes
		case "not_part":
			return no
		}
		return open("reading.outlying_areas")
	}
	return no
}

func (w *world) abroad(fact string, c supply.Country) truth { return w.inUS(fact, c).not() }

// chain calls do for each assembly between the material and the end item, inside out.
func (w *world) chain(m *Material, do func(*Component)) {
	if m == nil {
		return
	}
	at := m.In
	for range w.f.Components {
		i := slices.IndexFunc(w.f.Components, func(c Component) bool { return c.Name == at })
		if i < 0 {
			return
		}
		do(&w.f.Components[i])
		at = w.f.Components[i].In
	}
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

// stepCovered tells whether a step happened in a covered country. Evidence plays no part when it speaks against the
// material; a clean country counts only from the minimum grade up.
func (w *world) stepCovered(s *Step, i int) truth {
	if len(s.Claims) > 0 {
		return w.rival(s, i, func(c supply.Country) truth { return w.covered("", c) })
	}
	fact := ""
	if s.Country == "" || w.triesFacts() {
		fact = w.givenStepFact(i, "country")
	}
	t := w.covered(fact, s.Country)
	if t.is == No {
		return w.attested(s, i, no)
	}
	return t
}

// triesFacts tells whether a fact of a material, and not only a reading, is being tried.
func (w *world) triesFacts() bool {
	for name := range w.set {
		if !strings.HasPrefix(name, "reading.") {
			return true
		}
	}
	return false
}

// stepListed tells whether a step happened in a country of the list.
func (w *world) stepListed(s *Step, i int, list string) truth {
	in := func(c supply.Country) truth {
		switch list {
		case "united_states":
			return w.inUS(w.givenStepFact(i, "country"), c)
		}
		return w.listed(w.givenStepFact(i, "country"), c, list)
	}
	if len(s.Claims) > 0 {
		return w.rival(s, i, func(c supply.Country) truth { return in(c).not() }).not()
	}
	t := in(s.Country)
	if t.is == Yes || t.is == No && list == "allowed" && !slices.Contains(w.list("covered"), string(s.Country)) {
		return w.attested(s, i, t)
	}
	return t
}

// attested turns a favourable finding into an open one where the evidence is below the minimum grade.
func (w *world) attested(s *Step, i int, good truth) truth {
	if s.Evidence >= w.f.MinimumEvidence {
		return good
	}
	fact := w.givenStepFact(i, "evidence")
	switch w.set[fact] {
	case "enough":
		return good
	case "contrary":
		return good.not()
	}
	return open(fact)
}

// rival judges a step about whose place claims clash: bad only where every claim is bad, open otherwise.
func (w *world) rival(s *Step, i int, bad func(supply.Country) truth) truth {
	fact := w.givenStepFact(i, "country")
	if v, ok := w.set[fact]; ok {
		return bad(asCountry(v))
	}
	for _, c := range s.Claims {
		if c == "" || bad(c).is != Yes {
			return open(fact)
		}
	}
	return yes
}

// kind is the material's kind; a material of kind other is read as what its elements suggest.
func (w *world) kind(m *Material) string {
	if m.Kind != "other" {
		return m.Kind
	}
	return suggested(m)
}
