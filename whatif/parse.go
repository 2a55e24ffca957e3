package whatif

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// Assumption is one thing that is taken to be so.
type Assumption struct {
	Text string // as it was given

	about    subject
	name     string // of the material or assembly; "" all materials
	field    string // of it; of a reading its key
	value    string
	least    bool // evidence: at least the grade
	phase    supply.Phase
	elements element.Set
	nth      int // of several steps of one phase and elements, from 1; 0 all
	facility string

	country supply.Country
	flag    rules.Tri
	number  quantity.Decimal
	grade   supply.Evidence
	set     element.Set
}

// Name is the material or assembly that the assumption is about, "" for none by name.
func (a *Assumption) Name() string { return a.name }

// subject is what an assumption is about.
type subject uint8

const (
	ofContract subject = iota + 1
	ofEndItem
	ofNamed // an assembly or a material of that name
	ofComponent
	ofMaterial
	ofStep
	ofFinding
	ofList // materials_complete
	ofReading
)

// fieldType is how the value of a field is written.
type fieldType uint8

const (
	aCountry fieldType = iota + 1
	aFlag
	aNumber
	aWord
	aGrade
	aSet
	aKind
)

var contractFields = map[string]fieldType{"value_usd": aNumber, "bought_in": aCountry, "used_in": aCountry, "number": aWord}

var endItemFields = map[string]fieldType{"manufactured_in": aCountry, "cots": aFlag, "modified": aFlag, "electronic_device": aFlag,
	"covered_material_share": aNumber, "tungsten_share": aNumber}

var componentFields = map[string]fieldType{"manufactured_in": aCountry, "cots": aFlag, "electronic_device": aFlag}

var materialFields = map[string]fieldType{"kind": aKind, "form": aWord, "incorporated": aFlag, "cots": aFlag, "elements": aSet, "complete": aFlag,
	"recycled.route": aWord, "recycled.feed": aWord, "recycled.milled_in": aCountry, "recycled.sintered_in": aCountry, "recycled.produced_in": aCountry}

// Grammar says in a few lines how an assumption is written.
const Grammar = `an assumption is written in one of these ways:
  PHASE [ELEMENT, …] [of MATERIAL] [at FACILITY] = COUNTRY     separated Nd = CA; separated Nd, Pr of MAGNET-7 = CA; melted at Euclid = US
  FIELD [of NAME] = VALUE                                      cots = true; manufactured_in of gearbox = US; kind of block = NdFeB magnet
  evidence [of MATERIAL] >= GRADE                              evidence >= certificate
  materials_complete = true
  KEY = READING                                                traced_elements = literal (lodestone law doubts)
  a fact as it is printed under missing                        materials[MAGNET-7].steps[mined Dy].country = AU
fields of the end item: manufactured_in, cots, modified, electronic_device, covered_material_share, tungsten_share; of the contract: value_usd,
bought_in, used_in, number; of an assembly: manufactured_in, cots, electronic_device; of a material: kind (or none), form, incorporated, cots,
elements, complete, recycled.route, recycled.feed, recycled.milled_in, recycled.sintered_in, recycled.produced_in`

// Parse reads an assumption. lib knows the readings that can be assumed.
func Parse(lib rules.Library, text string) (Assumption, error) {
	a := Assumption{Text: strings.Join(strings.Fields(text), " ")}
	left, value, ok := strings.Cut(a.Text, "=")
	if !ok {
		return a, a.wrong("there is no = in it", Grammar)
	}
	if l, least := strings.CutSuffix(left, ">"); least {
		left, a.least = l, true
	}
	left, a.value = strings.TrimSpace(left), strings.TrimSpace(value)
	if left == "" || a.value == "" {
		return a, a.wrong("one side of the = is empty", Grammar)
	}
	for _, read := range []func(rules.Library, string) (bool, error){a.exact, a.step, a.evidence, a.named, a.reading} {
		if ok, err := read(lib, left); ok || err != nil {
			if err == nil && a.least && a.field != "evidence" {
				err = a.wrong(">= goes with evidence alone", "write =")
			}
			return a, err
		}
	}
	return a, a.wrong(fmt.Sprintf("%q is no phase, field or reading", left), Grammar)
}

func (a *Assumption) wrong(problem, hint string) error {
	return fmt.Errorf("assume %q: %s: %s", a.Text, problem, hint)
}

var (
	stepFact      = regexp.MustCompile(`^materials\[(.+)\]\.steps\[([^\]]*)\]\.(country|evidence|phase)$`)
	findingFact   = regexp.MustCompile(`^materials\[(.+?)\]\.findings\[(.*)\]$`)
	materialFact  = regexp.MustCompile(`^materials\[(.+)\]\.([a-z_.]+)$`)
	componentFact = regexp.MustCompile(`^components\[(.+)\]\.([a-z_]+)$`)
)

// exact reads a fact as it is printed where it is missing.
func (a *Assumption) exact(_ rules.Library, left string) (bool, error) {
	if m := stepFact.FindStringSubmatch(left); m != nil {
		a.about, a.name, a.field = ofStep, m[1], m[3]
		words := strings.Fields(strings.ReplaceAll(m[2], ",", " "))
		if n := len(words); n > 1 && strings.HasPrefix(words[n-1], "#") {
			if _, err := fmt.Sscanf(words[n-1], "#%d", &a.nth); err != nil {
				return true, a.wrong("cannot read "+words[n-1], "a step's number is written #2")
			}
			words = words[:n-1]
		}
		if len(words) > 0 && words[0] == "unknown" {
			words = append(words[1:1:1], words[min(2, len(words)):]...) // "unknown step"
		} else if p, err := supply.ParsePhase(strings.Join(words[:min(1, len(words))], "")); err == nil {
			a.phase, words = p, words[1:]
		} else {
			return true, a.wrong(err.Error(), "a step is named by its phase and elements, as in steps[mined Dy]")
		}
		if err := a.symbols(words); err != nil {
			return true, err
		}
		switch a.field {
		case "evidence":
			return true, a.parseValue(aGrade)
		case "phase":
			p, err := supply.ParsePhase(a.value)
			if err != nil {
				return true, a.wrong(err.Error(), "name the phase")
			}
			a.value = p.String()
			return true, nil
		}
		return true, a.parseValue(aCountry)
	}
	if m := findingFact.FindStringSubmatch(left); m != nil {
		a.about, a.name, a.field = ofFinding, m[1], m[2]
		if a.value != "resolved" {
			return true, a.wrong("a finding can only be assumed to be resolved", "write = resolved")
		}
		return true, nil
	}
	if left == "materials_complete" {
		a.about, a.field = ofList, left
		return true, a.parseValue(aFlag)
	}
	for _, x := range []struct {
		about  subject
		fields map[string]fieldType
		match  []string
	}{{ofMaterial, materialFields, materialFact.FindStringSubmatch(left)}, {ofComponent, componentFields, componentFact.FindStringSubmatch(left)},
		{ofEndItem, endItemFields, dotted("end_item", left)}, {ofContract, contractFields, dotted("contract", left)}} {
		if x.match == nil {
			continue
		}
		a.about, a.name, a.field = x.about, x.match[1], x.match[2]
		t := x.fields[a.field]
		if t == 0 {
			return true, a.wrong(fmt.Sprintf("there is no field %q that can be assumed", a.field), "one of "+strings.Join(names(x.fields), ", "))
		}
		return true, a.parseValue(t)
	}
	if _, key, ok := cutAny(left, "reading.", "answers."); ok {
		a.field = key
		return false, nil // as a reading
	}
	return false, nil
}

// dotted is the match of "noun.field", without a name.
func dotted(noun, left string) []string {
	field, ok := strings.CutPrefix(left, noun+".")
	if !ok {
		return nil
	}
	return []string{left, "", field}
}

func cutAny(s string, prefixes ...string) (prefix, rest string, ok bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return p, rest, true
		}
	}
	return "", s, false
}

// step reads "PHASE [ELEMENT, …] [of MATERIAL] [at FACILITY]".
func (a *Assumption) step(_ rules.Library, left string) (bool, error) {
	word, rest, _ := strings.Cut(left, " ")
	p, err := supply.ParsePhase(word)
	if err != nil {
		return false, nil
	}
	a.about, a.phase, a.field = ofStep, p, "country"
	if i := strings.LastIndex(" "+rest, " at "); i >= 0 {
		a.facility, rest = strings.TrimSpace((" " + rest)[i+4:]), strings.TrimSpace((" " + rest)[:i])
	}
	if i := strings.Index(" "+rest, " of "); i >= 0 {
		a.name, rest = strings.TrimSpace((" " + rest)[i+4:]), strings.TrimSpace((" " + rest)[:i])
	}
	if err := a.symbols(strings.Fields(strings.ReplaceAll(rest, ",", " "))); err != nil {
		return true, err
	}
	return true, a.parseValue(aCountry)
}

func (a *Assumption) symbols(words []string) error {
	for _, w := range words {
		e, err := element.Parse(w)
		if err != nil {
			return a.wrong(err.Error(), "after the phase come symbols such as Nd, then of MATERIAL or at FACILITY")
		}
		a.elements = a.elements.With(e)
	}
	return nil
}

// evidence reads "evidence [of MATERIAL]", which may stand before >= or =.
func (a *Assumption) evidence(_ rules.Library, left string) (bool, error) {
	if left != "evidence" && !strings.HasPrefix(left, "evidence of ") {
		return false, nil
	}
	a.about, a.field, a.name = ofStep, "evidence", strings.TrimPrefix(strings.TrimPrefix(left, "evidence"), " of ")
	if !a.least {
		return true, a.wrong("evidence is assumed to be at least of a grade", "write evidence >= "+a.value)
	}
	return true, a.parseValue(aGrade)
}

// named reads "FIELD [of NAME]" and "FIELD NAME".
func (a *Assumption) named(_ rules.Library, left string) (bool, error) {
	field, name, _ := strings.Cut(left, " ")
	name = strings.TrimPrefix(name, "of ")
	a.field, a.name = field, name
	switch {
	case name == "end_item":
		a.name = ""
		fallthrough
	case name == "" && endItemFields[field] != 0:
		if t := endItemFields[field]; t != 0 {
			a.about = ofEndItem
			return true, a.parseValue(t)
		}
	case name == "" && contractFields[field] != 0:
		a.about = ofContract
		return true, a.parseValue(contractFields[field])
	case materialFields[field] != 0 && componentFields[field] != 0:
		a.about = ofNamed
		return true, a.parseValue(componentFields[field])
	case materialFields[field] != 0:
		a.about = ofMaterial
		return true, a.parseValue(materialFields[field])
	case name != "" && componentFields[field] != 0:
		a.about = ofComponent
		return true, a.parseValue(componentFields[field])
	}
	return false, nil
}

// reading reads the key of an open doubt.
func (a *Assumption) reading(lib rules.Library, left string) (bool, error) {
	_, key, _ := cutAny(left, "reading.", "answers.")
	for _, d := range lib.Doubts() {
		if d.Key != key || d.Class != rules.Open {
			continue
		}
		a.about, a.field = ofReading, key
		var values []string
		for _, r := range d.Readings {
			if values = append(values, r.Value); r.Value == a.value {
				return true, nil
			}
		}
		return true, a.wrong(fmt.Sprintf("%q is none of its readings", a.value), "one of "+strings.Join(values, ", "))
	}
	return false, nil
}

// parseValue reads the value of a field of the type.
func (a *Assumption) parseValue(t fieldType) (err error) {
	hint := ""
	switch t {
	case aCountry:
		a.country, err = supply.ParseCountry(a.value)
		hint = "an ISO 3166-1 code such as US, CA, CN"
	case aFlag:
		switch a.value {
		case "true", "yes":
			a.flag = rules.Yes
		case "false", "no":
			a.flag = rules.No
		default:
			err, hint = fmt.Errorf("%q is neither true nor false", a.value), "write true or false"
		}
	case aNumber:
		a.number, err = quantity.ParseDecimal(a.value)
		if err == nil && (a.number.Sign() < 0 || strings.HasSuffix(a.field, "_share") && quantity.DecimalOf(1).Less(a.number)) {
			err = fmt.Errorf("%s is no value of %s", a.value, a.field)
		}
		if err == nil && strings.HasSuffix(a.field, "_share") && a.number.Round(12) != a.number {
			err = fmt.Errorf("%s has more than twelve places", a.value)
		}
		hint = "US dollars, or a share of one: 0.03 is 3 %"
	case aGrade:
		a.grade, err = supply.ParseEvidence(a.value)
		hint = "statement, certificate, audited or measured"
	case aSet:
		for _, w := range strings.Fields(strings.ReplaceAll(a.value, ",", " ")) {
			e, perr := element.Parse(w)
			if perr != nil {
				err = perr
				break
			}
			a.set = a.set.With(e)
		}
		hint = "symbols, as in Nd, Pr, Fe, B: all there is in it"
	case aKind:
		if a.value != "none" && !slices.Contains(rules.Kinds, a.value) {
			err = fmt.Errorf("there is no kind %q", a.value)
		}
		hint = "one of " + strings.Join(rules.Kinds, ", ") + ", or none for what is no covered material"
	case aWord:
		a.value = strings.ToLower(a.value)
		if a.field == "number" {
			a.value = a.Text[strings.LastIndex(a.Text, "=")+1:]
			a.value = strings.TrimSpace(a.value)
		}
		if words := closed[a.field]; words != nil && !slices.Contains(words, a.value) {
			err = fmt.Errorf("%q is no %s", a.value, a.field)
			hint = "one of " + strings.Join(words, ", ")
		}
	}
	if err != nil {
		return a.wrong(err.Error(), hint)
	}
	return nil
}

var closed = map[string][]string{"recycled.route": {"powder", "alloy", "chemical"}, "form": supply.Forms()}

func names(fields map[string]fieldType) (list []string) {
	for f := range fields {
		list = append(list, f)
	}
	slices.Sort(list)
	return list
}
