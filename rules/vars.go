package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"lodestone/element"
	"lodestone/supply"
)

// Variables lists what a rule's condition may speak of, by name, with its meaning. Everything unknown is CEL's unknown,
// so a condition that hangs on it is neither true nor false. Shares are parts in 10¹², money is cents: no floats.
var Variables = []struct{ Name, Type, Says string }{
	{"contract.value_cents", "int", "the prime purchase in US cents"},
	{"contract.bought_abroad", "bool", "bought outside the United States"},
	{"contract.used_abroad", "bool", "for use outside the United States"},
	{"contract.devices_covered", "bool", "the contract says that electronic devices are covered"},
	{"contract.contingency", "bool", "bought in support of contingency operations"},
	{"contract.circumstances", "list", "other circumstances of the purchase that a law names"},
	{"item.cots", "bool", "the end item is commercially available off the shelf and not modified"},
	{"item.electronic_device", "bool", "the end item is an electronic device"},
	{"item.is_material", "bool", "the bare covered material is the end item"},
	{"item.covered_share", "int", "mass fraction of covered material in the end item"},
	{"item.tungsten_share", "int", "mass fraction of tungsten in the end item"},
	{"item.made_in_covered", "bool", "the end item is manufactured in a covered country"},
	{"item.noncompliant_metal_share", "int", "mass of specialty metal that meets no other exception, of all specialty metal in the end item"},
	{"item.system", "string", "what the end item is or goes into, empty where nothing is said"},
	{"item.made_in_qualifying", "bool", "the end item is manufactured in a qualifying country"},
	{"chain.made_in_qualifying", "bool", "an assembly between the end item and the material is manufactured in a qualifying country"},
	{"chain.electronic_device", "bool", "an assembly between the end item and the material is an electronic device"},
	{"chain.made_in_covered", "bool", "an assembly between the end item and the material is manufactured in a covered country"},
	{"chain.cots", "bool", "an assembly between the end item and the material is commercially available off the shelf"},
	{"chain.cots_subsystem", "bool", "such an assembly is not said to be less than a subsystem"},
	{"material.kind", "string", "the kind of material"},
	{"material.form", "string", "its form, as the facts have it, in small letters"},
	{"material.mill", "bool", "its form is that of a mill product"},
	{"material.formed_in_qualifying", "bool", "the material was sintered or bonded in a qualifying country, wherever that was done"},
	{"material.incorporated", "bool", "built into a component, assembly, subsystem or end item"},
	{"material.commercial", "bool", "the magnet is itself commercially available"},
	{"material.sold_with_cots", "bool", "what is known of its commercial availability does not speak against it being part of a commercial item"},
	{"recycled.declared", "bool", "made from recycled feed"},
	{"recycled.chemical", "bool", "the feed was dissolved to oxide"},
	{"recycled.by_product", "bool", "the feed is swarf, sludge, tails or another by-product of production rather than scrap"},
	{"recycled.milled_in_us", "bool", "the recycled material was milled in the United States"},
	{"recycled.sintered_in_us", "bool", "the final magnet was sintered in the United States"},
	{"recycled.bonded_in_us", "bool", "the final magnet was bonded, in the United States"},
	{"recycled.clean_and_allowed", "bool", "feed produced outside covered countries, and melted and further processed in the United States or a qualifying country"},
	{"determined.nonavailability", "bool", "a nonavailability determination for the material, contract and day"},
	{"determined.waiver_4872c1", "bool", "a waiver under 10 U.S.C. 4872(c)(1)"},
	{"determined.national_security_4872e", "bool", "a written national security determination under 10 U.S.C. 4872(e)"},
	{"determined.domestic_nonavailability_4863", "bool", "a domestic nonavailability determination under 10 U.S.C. 4863"},
	{"determined.national_security_4863k", "bool", "a national security waiver under 10 U.S.C. 4863(k)"},
	{"determined.commercial_derivative_4863", "bool", "the Government's determination of a commercial derivative military article, with the contractor's certificate"},
	{"determined.fastener_certificate_4863", "bool", "the fastener maker's certificate that half of the metal it buys is domestic"},
	{"step.whole", "bool", "the step was done to the whole material, or to all the elements it is named for"},
	{"step.literal", "bool", "the step touched an element the words name"},
	{"step.rare_earth", "bool", "the step touched a rare earth"},
	{"step.iron_or_boron_only", "bool", "the step touched no element but iron and boron"},
	{"step.feed", "bool", "on the most lenient view the step belongs to the first life of recycled feed"},
	{"step.phase", "string", "its phase"},
	{"step.country", "string", "its country"},
	{"step.day", "int", "its day, as a number; compare with a value of unit date"},
	{"step.in_covered", "bool", "it happened in a country of the book's list covered"},
	{"step.in_regions", "bool", "it happened in a region of the book's list regions, such as CN-XJ"},
	{"operator.owner_covered", "bool", "the party that did it is owned from a country of the list covered"},
	{"operator.forced_labour", "bool", "the party that did it uses forced labour, or labour from or transferred from the region"},
	{"operator.forced_labour_said", "bool", "the facts say so outright: what is not known counts as no"},
	{"operator.uflpa_entity_list_said", "bool", "as above"},
	{"operator.uflpa_entity_list", "bool", "the party that did it stands on this list"},
	{"operator.section_1260h", "bool", "as above"},
	{"operator.cn_control_list", "bool", "as above"},
	{"operator.cn_unreliable_entity_list", "bool", "as above"},
	{"operator.bis_entity_list", "bool", "as above"},
	{"material.purity", "int", "its purity, a mass fraction"},
	{"material.mass", "int", "its mass in milligrams; compare with a value of unit kg"},
	{"contract.awarded", "int", "the day of award, as a number"},
	{"item.made_in", "string", "the country the end item is manufactured in"},
	{"shipment.from", "string", "country"},
	{"shipment.to", "string", "country"},
	{"shipment.end_use", "string", "civil, military, military_ai, advanced_logic, advanced_memory"},
	{"shipment.cn_value_share", "int", "share of the value that is controlled items of Chinese origin"},
	{"shipment.cn_technology", "bool", "made abroad with Chinese rare earth technology"},
	{"shipment.technology", "list", "phases whose technology is itself handed over"},
	{"shipment.codes", "list", "tariff or control codes that the shipper states"},
	{"shipment.general_licence", "bool", "a general licence is held on the day"},
	{"shipment.individual_licence", "bool", "an individual licence is held on the day"},
	{"shipment.end_user.country", "string", "country"},
	{"shipment.end_user.military", "bool", "the end user is a military user"},
	{"shipment.end_user.owner_covered", "bool", "the end user is owned from a country of the list covered"},
	{"shipment.end_user.cn_control_list", "bool", "the end user stands on this list"},
	{"shipment.end_user.cn_unreliable_entity_list", "bool", "as above"},
	{"shipment.end_user.section_1260h", "bool", "as above"},
	{"shipment.end_user.bis_entity_list", "bool", "as above"},
	{"shipment.end_user.listed_owner_share", "int", "share of the end user that listed parties own"},
	{"product.class", "string", "class of product"},
	{"product.magnet_mass", "int", "mass in milligrams of all permanent magnets in it together"},
	{"claim.related_buyer", "bool", "sold to a related person"},
	{"claim.credit_48c", "bool", "the facility's basis was taken into account for section 48C"},
	{"claim.prohibited_foreign_entity", "bool", "the claimant is one"},
	{"claim.material_assistance", "int", "material assistance cost ratio, a share"},
	{"claim.produced_in", "string", "country of production"},
	{"claim.produced_in_us", "bool", "produced in a country of the list united_states"},
	{"company.sec_issuer", "bool", "files reports with the SEC"},
	{"company.manufactures", "bool", "makes the product or contracts for its making"},
	{"company.inquiry", "bool", "a commercially reasonable inquiry was made"},
	{"determined.uflpa_rebuttal", "bool", "the presumption was rebutted for the material by clear and convincing evidence"},
	{"determined.waiver_857", "bool", "a waiver under FY2023 NDAA s.857"},
}

// environment is the CEL environment of a book: the variables; has.Nd and share.Nd for each element: whether it is in the
// material, and its mass fraction; the book's values as law.NAME, its lists of elements also as holds.NAME (the material
// holds one of them); its doubts as reading.KEY. There
// are no macros, so no condition loops, and its cost is bounded by its length.
func environment(b *Book) (*cel.Env, error) {
	opts := []cel.EnvOption{cel.ClearMacros()}
	kinds := map[string]*cel.Type{"bool": cel.BoolType, "int": cel.IntType, "string": cel.StringType, "list": cel.ListType(cel.StringType)}
	for _, v := range Variables {
		opts = append(opts, cel.Variable(v.Name, kinds[v.Type]))
	}
	for e := element.None + 1; int(e) < element.Count; e++ {
		opts = append(opts, cel.Variable("has."+e.Symbol(), cel.BoolType), cel.Variable("share."+e.Symbol(), cel.IntType))
	}
	for _, v := range b.Values {
		switch {
		case numeric(v.Unit):
			opts = append(opts, cel.Variable("law."+v.Name, cel.IntType))
		case v.Unit == "text":
			opts = append(opts, cel.Variable("law."+v.Name, cel.StringType))
		default:
			opts = append(opts, cel.Variable("law."+v.Name, cel.ListType(cel.StringType)))
		}
		if v.Unit == "elements" {
			opts = append(opts, cel.Variable("holds."+v.Name, cel.BoolType))
		}
	}
	for _, d := range b.Doubts {
		if d.Key != "" {
			opts = append(opts, cel.Variable("reading."+d.Key, cel.StringType))
		}
	}
	return cel.NewEnv(opts...)
}

func program(env *cel.Env, text string) (cel.Program, error) {
	ast, issues := env.Compile(text)
	if issues.Err() != nil {
		return nil, errors.New(strings.Join(strings.Fields(issues.Err().Error()), " "))
	}
	if ast.OutputType() != cel.BoolType {
		return nil, fmt.Errorf("the condition must be true or false, is %s", ast.OutputType())
	}
	return env.Program(ast, cel.EvalOptions(cel.OptOptimize))
}

// truth is a three-valued condition with the names of the facts and readings it hangs on while it is Unknown.
type truth struct {
	is  Tri
	why []string
}

var (
	yes = truth{is: Yes}
	no  = truth{is: No}
)

func known(b bool) truth {
	if b {
		return yes
	}
	return no
}

func open(fact string) truth { return truth{is: Unknown, why: []string{fact}} }

func fromTri(t Tri, fact string) truth {
	if t == Unknown {
		return open(fact)
	}
	return truth{is: t}
}

func (t truth) not() truth {
	switch t.is {
	case Yes:
		return no
	case No:
		return yes
	}
	return t
}

func (t truth) and(u truth) truth {
	switch {
	case t.is == No || u.is == No:
		return no
	case t.is == Yes:
		return u
	case u.is == Yes:
		return t
	}
	return truth{why: append(t.why[:len(t.why):len(t.why)], u.why...)}
}

func (t truth) or(u truth) truth { return t.not().and(u.not()).not() }

// cel is the truth as a CEL value.
func (t truth) cel() ref.Val {
	switch t.is {
	case Yes:
		return types.True
	case No:
		return types.False
	}
	return unknown(t.why...)
}

func unknown(facts ...string) *types.Unknown {
	var u *types.Unknown
	for i, f := range facts {
		n := types.NewUnknown(int64(i), types.NewAttributeTrail(f))
		if u == nil {
			u = n
		} else {
			u = types.MergeUnknowns(u, n)
		}
	}
	return u
}

// fromCEL reads a condition's result; an evaluation error is a fault of the book and is returned.
func fromCEL(v ref.Val, err error) (truth, error) {
	switch v := v.(type) {
	case types.Bool:
		return known(bool(v)), nil
	case *types.Unknown:
		var t truth
		for _, id := range v.IDs() {
			trails, _ := v.GetAttributeTrails(id)
			for _, tr := range trails {
				t.why = append(t.why, tr.Variable())
			}
		}
		return t, nil
	}
	if err == nil {
		err = fmt.Errorf("unexpected value %v", v)
	}
	return truth{}, err
}

// mill tells whether a material's form is that of a mill product: yes for the forms the law names, no for those that are
// plainly none, open for all others, since the law names examples only.
func (w *world) mill(m *Material) truth {
	form := w.text(w.factOf(m, "form"), m.Form)
	if form == "" {
		return open(w.factOf(m, "form"))
	}
	said := false
	for _, word := range strings.FieldsFunc(form, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '/' }) {
		word = strings.TrimSuffix(word, "s")
		if slices.Contains(w.list("mill_forms"), word) || slices.Contains(w.list("mill_forms"), word+"s") {
			return yes
		}
		said = said || slices.Contains(w.list("other_forms"), word)
	}
	if said {
		return no
	}
	return open(w.factOf(m, "form")) // the law's list is of examples
}

func asCountry(s string) supply.Country { return supply.Country(s) }
