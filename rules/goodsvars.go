package rules

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// What conditions may ask beside the delivery itself. A variable that stands for one field of the question is named in
// what is missing by that field.

// lawValue is the value of that name in force on the world's day, or unknown.
func (w *world) lawValue(name string) ref.Val {
	v := w.book.values[name]
	e := w.f.inForce(v, w.date)
	switch {
	case e == nil:
		return unknown("law." + name)
	case numeric(v.Unit):
		return types.Int(e.Number)
	case v.Unit == "text":
		return types.String(e.Text)
	}
	return types.NewStringList(types.DefaultTypeAdapter, e.List)
}

// goods is a variable that is no plain condition, or nil.
func (w *world) goods(name string) ref.Val {
	f := w.f
	if symbol, ok := strings.CutPrefix(name, "share."); ok {
		e, _ := element.Parse(symbol)
		return w.elementShare(e)
	}
	switch name {
	case "material.form":
		if w.mat == &otherMaterial {
			return unknown("materials_complete")
		}
	case "material.purity":
		return w.part(w.materialFact("purity"), w.mat.Purity)
	case "material.mass":
		return w.weight(w.materialFact("mass"), w.mat.Mass)
	case "step.phase":
		return types.String(phaseWord(w.stepPhase()))
	case "step.country":
		s := w.current()
		if s != nil && len(s.Claims) > 0 {
			s = &Step{}
		}
		country := ""
		if s != nil {
			country = string(s.Country)
		}
		return w.word(w.currentFact("country"), country)
	case "step.day":
		s := w.current()
		if s == nil {
			return w.dayOf(w.currentFact("date"), 0)
		}
		return w.dayOf(w.currentFact("date"), s.Date)
	case "contract.awarded":
		return w.dayOf(name, f.Contract.Awarded)
	case "item.made_in":
		return w.word("end_item.manufactured_in", string(f.EndItem.MadeIn))
	case "shipment.from":
		return w.word(name, string(f.Shipment.From))
	case "shipment.to":
		return w.word(name, string(f.Shipment.To))
	case "shipment.end_use":
		return w.word(name, f.Shipment.EndUse)
	case "shipment.cn_value_share":
		return w.part(name, f.Shipment.CNValueShare)
	case "shipment.technology":
		var words []string
		for _, p := range f.Shipment.Technology {
			words = append(words, p.String())
		}
		return types.NewStringList(types.DefaultTypeAdapter, words)
	case "shipment.codes":
		return types.NewStringList(types.DefaultTypeAdapter, f.Shipment.Codes)
	case "shipment.end_user.country":
		return w.word(name, string(f.Shipment.EndUser.Country))
	case "shipment.end_user.listed_owner_share":
		return w.part(name, f.Shipment.EndUser.ListedOwnerShare)
	case "product.class":
		return w.word(name, f.Product.Class)
	case "product.magnet_mass":
		return w.weight(name, f.Product.MagnetMass)
	case "claim.material_assistance":
		return w.part(name, f.Claim.MaterialAssistance)
	case "claim.produced_in":
		return w.word(name, string(f.Claim.ProducedIn))
	}
	return nil
}

// goodsCondition is a condition on what is beside the delivery, and false for a name that is none.
func (w *world) goodsCondition(name string) (truth, bool) {
	f := w.f
	if symbol, ok := strings.CutPrefix(name, "has."); ok {
		e, _ := element.Parse(symbol)
		return w.holds(e), true
	}
	if list, ok := strings.CutPrefix(name, "holds."); ok {
		entry := w.f.inForce(w.book.values[list], w.date)
		if entry == nil {
			return open("law." + list), true
		}
		t := no
		for e := range entry.Elements.All() {
			t = t.or(w.holds(e))
		}
		return t, true
	}
	if what, ok := strings.CutPrefix(name, "operator."); ok {
		return w.operator(what), true
	}
	if what, ok := strings.CutPrefix(name, "shipment.end_user."); ok {
		return w.party(&f.Shipment.EndUser, "shipment.end_user.", what), true
	}
	switch name {
	case "step.in_covered":
		return w.stepIn("covered"), true
	case "step.in_regions":
		return w.stepIn("regions"), true
	case "shipment.cn_technology":
		return w.tri(name, f.Shipment.CNTechnology), true
	case "shipment.general_licence":
		return known(f.Shipment.holds("general", w.date)), true
	case "shipment.individual_licence":
		return known(f.Shipment.holds("individual", w.date)), true
	case "claim.related_buyer":
		return w.tri(name, f.Claim.RelatedBuyer), true
	case "claim.credit_48c":
		return w.tri(name, f.Claim.Credit48C), true
	case "claim.prohibited_foreign_entity":
		return w.tri(name, f.Claim.ProhibitedForeignEntity), true
	case "claim.produced_in_us":
		return w.inUS("claim.produced_in", f.Claim.ProducedIn), true
	case "company.sec_issuer":
		return w.tri(name, f.Company.SECIssuer), true
	case "company.manufactures":
		return w.tri(name, f.Company.Manufactures), true
	case "company.inquiry":
		return w.tri(name, f.Company.Inquiry), true
	}
	return no, false
}

func (s *Shipment) holds(kind string, d quantity.Date) bool {
	return slices.ContainsFunc(s.Licences, func(l HeldLicence) bool { return l.Kind == kind && l.Valid.Covers(d) })
}

// materialFact names a field of the material under judgement.
func (w *world) materialFact(field string) string {
	if w.mat == &otherMaterial {
		return "materials_complete"
	}
	return w.factOf(w.mat, field)
}

// word, part, weight and dayOf are a fact as CEL sees it, unknown where it is not given and not being tried.
func (w *world) word(fact, given string) ref.Val {
	if s := w.text(fact, given); s != "" && fact != "materials_complete" {
		return types.String(s)
	}
	return unknown(fact)
}

func (w *world) part(fact string, given Share) ref.Val {
	return w.number(fact, given, shareScale).(ref.Val)
}

func (w *world) weight(fact string, given Weight) ref.Val {
	return w.whole(fact, given.Known, int64(given.Value))
}

func (w *world) dayOf(fact string, given quantity.Date) ref.Val {
	return w.whole(fact, given != 0, int64(given))
}

func (w *world) whole(fact string, is bool, given int64) ref.Val {
	switch w.set[fact] {
	case "low":
		return types.Int(0)
	case "high":
		return types.Int(1 << 62)
	}
	if !is {
		return unknown(fact)
	}
	return types.Int(given)
}

// kindWord is the kind of the material under judgement.
func (w *world) kindWord() ref.Val {
	switch {
	case w.mat == &otherMaterial:
		return unknown("materials_complete")
	case w.book.Kind == Prohibition && w.mat.Kind == "other" && w.mat.unnamed():
		return unknown(w.factOf(w.mat, "kind")) // of what is not known an exception for some kinds is not known either
	case w.book.Kind != Prohibition && w.mat.Kind == "other" && w.mat.unnamed():
		fact := w.factOf(w.mat, "kind")
		switch w.set[fact] {
		case "covered":
			return types.String(suggested(w.mat))
		case "clean":
			return types.String("other")
		}
		return unknown(fact)
	}
	return types.String(w.kind(w.mat))
}

// usual are the constituents that a kind is named for.
var usual = map[string]element.Set{
	"NdFeB magnet": element.SetOf(element.Nd, element.Fe, element.B), "SmCo magnet": element.SetOf(element.Sm, element.Co),
	"tantalum metal": element.SetOf(element.Ta), "tantalum alloy": element.SetOf(element.Ta), "tantalum compound": element.SetOf(element.Ta),
	"tungsten metal powder": element.SetOf(element.W), "tungsten heavy alloy": element.SetOf(element.W), "tungsten compound": element.SetOf(element.W),
	"ferrotungsten": element.SetOf(element.W, element.Fe), "molybdenum": element.SetOf(element.Mo),
	"cobalt metal": element.SetOf(element.Co), "cobalt compound": element.SetOf(element.Co),
}

// holds tells whether an element is in the material under judgement: yes where its elements name it with a share, or its
// kind is named for it and they are not given; no where they name it with none, or leave no more than a twentieth unnamed
// and no step from the melting on names it; else open. What an earlier step names may have been separated from it since.
func (w *world) holds(e element.Element) truth {
	m := w.mat
	if m == &otherMaterial {
		return open("materials_complete")
	}
	fact := w.elementFact(e)
	switch w.set[fact] {
	case "present":
		return yes
	case "absent":
		return no
	}
	touched := slices.ContainsFunc(m.Steps, func(s Step) bool {
		return s.Elements.Has(e) && s.Phase >= supply.Melted && s.Phase != supply.Recycled && s.EarlierLife != Yes
	})
	switch {
	case m.set().Has(e):
		return yes
	case !m.ElementsGiven && usual[m.Kind].Has(e):
		return yes
	case m.ElementsGiven && m.given(e):
		return no // stated to be none
	case m.ElementsGiven && !m.unnamed() && !touched:
		return no
	}
	return open(fact)
}

// given tells whether the elements name e, with whatever share.
func (m *Material) given(e element.Element) bool {
	return slices.ContainsFunc(m.Elements, func(x ElementShare) bool { return x.Element == e })
}

func (w *world) elementFact(e element.Element) string {
	return w.factOf(w.mat, "elements["+e.Symbol()+"]")
}

// elementShare is the mass fraction of an element in the material under judgement.
func (w *world) elementShare(e element.Element) ref.Val {
	m := w.mat
	if m == &otherMaterial {
		return unknown("materials_complete")
	}
	fact := w.factOf(m, "elements["+e.Symbol()+"].share")
	if m.given(e) {
		return w.part(fact, Share{Known: true, Value: m.share(e)})
	}
	if w.holds(e).is == No {
		return types.Int(0)
	}
	return w.part(fact, Share{})
}

// current is the step under judgement, or nil where it is one that is not recorded.
func (w *world) current() *Step {
	if w.at <= 0 {
		return nil
	}
	return &w.mat.Steps[w.at-1]
}

func (w *world) stepPhase() supply.Phase {
	if s := w.current(); s != nil {
		return s.Phase
	}
	return w.phase
}

// currentFact names a field of the step under judgement.
func (w *world) currentFact(field string) string {
	if w.at <= 0 {
		return w.stepFact(w.mat, w.phase, 0, field)
	}
	return w.givenStepFact(w.at-1, field)
}

// stepIn tells whether the step under judgement happened in a country or a region of the book's list.
func (w *world) stepIn(list string) truth {
	s := w.current()
	if list == "covered" {
		if s == nil {
			return w.covered(w.currentFact("country"), "")
		}
		return w.stepCovered(s, w.at-1)
	}
	return w.stepRegion(s, w.at-1)
}

// stepRegion tells whether a step (nil: one that is not recorded) happened in a region of the book's list.
func (w *world) stepRegion(s *Step, i int) truth {
	within := func(c supply.Country, fact, region string) truth {
		region = w.text(fact, region)
		if c == "" {
			return no
		}
		t := no
		for _, r := range w.list("regions") {
			switch {
			case !strings.HasPrefix(r, string(c)+"-"):
			case region == "":
				t = t.or(open(fact))
			default:
				t = t.or(known(region == r))
			}
		}
		return t
	}
	if s == nil {
		country := w.text(w.currentFact("country"), "")
		if country == "" {
			return open(w.currentFact("country"))
		}
		return within(asCountry(country), w.currentFact("region"), "")
	}
	place := w.givenStepFact(i, "region")
	if len(s.Claims) > 0 {
		return w.rival(s, i, func(c supply.Country) truth { return within(c, place, s.Region) })
	}
	country := w.text(w.givenStepFact(i, "country"), string(s.Country))
	if country == "" {
		return open(w.givenStepFact(i, "country"))
	}
	t := within(asCountry(country), place, s.Region)
	if t.is == No {
		return w.attested(s, i, no)
	}
	return t
}

// operator is a condition on the party that did the step under judgement.
func (w *world) operator(what string) truth {
	s := w.current()
	if s == nil {
		return w.party(&Party{}, w.currentFact("operator")+".", what)
	}
	t := w.party(&s.Operator, w.currentFact("operator")+".", what)
	if t.is == No && !strings.HasSuffix(what, "_said") {
		return w.attested(s, w.at-1, t) // what clears a party counts from the minimum grade of evidence up
	}
	return t
}

// party is a condition on a party; at is the path of its fields.
func (w *world) party(p *Party, at, what string) truth {
	if asked, ok := strings.CutSuffix(what, "_said"); ok {
		return known(w.party(p, at, asked).is == Yes)
	}
	switch what {
	case "military":
		return w.tri(at+what, p.Military)
	case "forced_labour":
		return w.tri(at+what, p.ForcedLabour)
	case "owner_covered":
		return w.covered(at+"owner", p.Owner)
	}
	switch {
	case slices.Contains(p.Lists, what):
		return yes
	case p.ListsGiven:
		return no
	}
	return w.tri(at+"lists["+what+"]", Unknown)
}
