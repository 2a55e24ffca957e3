package supply

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
)

// MasterDataTerm is an attribute of master data that FromMasterData reads.
type MasterDataTerm struct {
	Subject string   // facility, party, material, lot
	Name    string   // our name: urn:lodestone:voc: and this
	Also    []string // CBV or GS1 Web Vocabulary names that mean the same
	Gloss   string
}

var masterDataTerms = [...]MasterDataTerm{
	{"facility", "name", []string{"name"}, "name; the id when it is not given"},
	{"facility", "country", []string{"countryCode"}, "country where it stands: ISO 3166-1 alpha-2, or a name as people write it"},
	{"facility", "region", []string{"state"}, "state, province or region"},
	{"facility", "operator", nil, "URI of the party that runs it"},
	{"facility", "latitude", []string{"latitude"}, "decimal degrees, north positive"},
	{"facility", "longitude", []string{"longitude"}, "decimal degrees, east positive"},
	{"facility", "within", nil, "URI of the site it stands on; also by the children of the site"},
	{"facility", "planned", nil, "true while it does not yet exist"},
	{"party", "name", []string{"name", "partyName"}, "name; the id when it is not given"},
	{"party", "country", []string{"countryCode"}, "country of incorporation: it is not the place of any step"},
	{"material", "name", []string{"name", "descriptionShort", "regulatedProductName", "functionalName"}, "name; the id when it is not given"},
	{"material", "kind", nil, "kind of material, of the closed set; without it the class is left out"},
	{"material", "form", nil, "form, of the closed set"},
	{"material", "grade", nil, "grade, as the trade names it"},
	{"material", "constituents", nil, "element symbols, as a list or parted by blanks or commas"},
	{"material", "pieceMass", nil, "mass of one piece in kilograms"},
	{"material", "cots", nil, "true or false: commercially available off the shelf"},
	{"lot", "material", nil, "URI of the material that the lot is of"},
	{"every", "validFrom", nil, "first day on which the statement holds"},
	{"every", "validUntil", nil, "last day on which the statement holds"},
	{"every", "issued", nil, "RFC 3339 time at which the author made the statement"},
}

// MasterDataTerms is the attributes that FromMasterData reads.
func MasterDataTerms() []MasterDataTerm { return slices.Clone(masterDataTerms[:]) }

var subjectWords = [...]string{"", "facility", "party", "material"}

// termOf is our name of the attribute for the subject, and false when it has no place there.
func termOf(sub subject, id string) (string, bool) {
	local, ours := strings.CutPrefix(id, VocPrefix)
	if !ours {
		var found bool
		for _, p := range []string{"urn:epcglobal:cbv:mda#", "urn:epcglobal:cbv:mda:", "cbvmda:", "https://gs1.org/voc/", "https://www.gs1.org/voc/",
			"https://ref.gs1.org/voc/", "gs1:"} {
			if local, found = strings.CutPrefix(id, p); found {
				break
			}
		}
		if !found {
			return "", false
		}
	}
	for _, t := range masterDataTerms {
		if t.Subject != subjectWords[sub] && t.Subject != "every" && !(t.Subject == "lot" && sub == materialSubject) {
			continue
		}
		if ours && t.Name == local || !ours && slices.Contains(t.Also, local) {
			return t.Name, true
		}
	}
	return "", false
}

// statement makes the statement of a thing; false when it says too little to be one.
func (m *importer) statement(t *thing) (Statement, bool) {
	var s Statement
	var ok bool
	if s, ok = m.frame(t); !ok {
		return s, false
	}
	name := t.text("name")
	if strings.TrimSpace(name) == "" {
		name = t.id
	}
	switch t.subject {
	case facilitySubject:
		f := &Facility{ID: FacilityID(t.id), Name: name, Country: m.country(t), Region: t.text("region"),
			Operator: PartyID(m.uri(t, "operator")), Within: FacilityID(m.uri(t, "within"))}
		f.Lat, f.Lon = m.degrees(t, "latitude", "90"), m.degrees(t, "longitude", "180")
		if f.Lat == "" || f.Lon == "" {
			f.Lat, f.Lon = "", ""
		}
		if v, ok := t.values["planned"]; ok {
			planned := m.flag(t, "planned")
			if v.clash || planned == nil { // taken as existing it would be a guess
				m.note(t.pointer, RuleAttributeValue, t.id+" is left out: whether it is planned cannot be read", "")
				return s, false
			}
			f.Planned = *planned
		}
		s.Facility = f
	case partySubject:
		s.Party = &Party{ID: PartyID(t.id), Name: name, Country: m.country(t)}
	case materialSubject:
		return m.item(t, s, name)
	}
	return s, true
}

// frame reads when the statement holds and when it was made. Where that cannot be read the whole is left out: an open
// period in its stead would say more than the author did.
func (m *importer) frame(t *thing) (Statement, bool) {
	var s Statement
	var err error
	for _, term := range []string{"validFrom", "validUntil", "issued"} {
		v, ok := t.values[term]
		switch {
		case !ok:
			continue
		case v.clash:
			err = fmt.Errorf("two values")
		case term == "issued":
			s.Issued, err = v.text, checkTime(v.text)
		case term == "validFrom":
			s.Valid.From, err = quantity.ParseDate(v.text)
		default:
			s.Valid.Until, err = quantity.ParseDate(v.text)
		}
		if err != nil {
			m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("%s is left out: %s: %v", t.id, term, err), "")
			return s, false
		}
	}
	return s, true
}

// item makes a lot when the thing names its material, else a material when it names its kind.
func (m *importer) item(t *thing, s Statement, name string) (Statement, bool) {
	material, kind := m.uri(t, "material"), t.text("kind")
	switch {
	case material != "":
		s.Lot = &Lot{ID: LotID(t.id), Material: MaterialID(material)}
		if kind != "" {
			m.note(t.pointer, RuleAttributeValue, fmt.Sprintf("%s names its material, so it is a lot: its own kind and the like are left out", t.id),
				"state them of the material")
		}
		return s, true
	case kind == "":
		m.note(t.pointer, RuleUnknownType, fmt.Sprintf("%s is left out: its kind of material is not stated", t.id), "state "+VocPrefix+"kind")
		return s, false
	}
	mat := &Material{ID: MaterialID(t.id), Name: name, Kind: kind, Form: t.text("form"), Grade: t.text("grade"), COTS: m.flag(t, "cots")}
	if v, ok := t.get("constituents"); ok {
		mat.Constituents = v.list
		if v.list == nil {
			mat.Constituents = strings.FieldsFunc(v.text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
		}
		for _, symbol := range mat.Constituents {
			if _, err := element.Parse(symbol); err != nil { // half a list would restrict wrongly
				m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("constituents of %s are left out: %v", t.id, err), "")
				mat.Constituents = nil
				break
			}
		}
	}
	if v, ok := t.get("pieceMass"); ok {
		if d, err := quantity.ParseDecimal(v.text); err != nil || d.Sign() <= 0 {
			m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("piece mass %q of %s is left out: want kilograms above zero", v.text, t.id), "")
		} else {
			mat.PieceMass = v.text
		}
	}
	s.Material = mat
	return s, true
}

// get is a value that is there and not contradicted.
func (t *thing) get(term string) (value, bool) {
	v, ok := t.values[term]
	return v, ok && !v.clash
}

func (t *thing) text(term string) string {
	v, _ := t.get(term)
	return v.text
}

func (m *importer) country(t *thing) Country {
	v, ok := t.get("country")
	if !ok || strings.TrimSpace(v.text) == "" {
		return ""
	}
	if c := Country(v.text); c.Known() { // a code is a code here, NA too
		return c
	}
	c, err := ParseCountry(v.text)
	if err != nil {
		m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("country of %s is left out: %v", t.id, err), "")
	}
	return c
}

func (m *importer) uri(t *thing, term string) string {
	v, ok := t.get(term)
	if !ok || v.text == "" {
		return ""
	}
	if err := CheckURI(v.text); err != nil {
		m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("%s of %s is left out: %v", term, t.id, err), "")
		return ""
	}
	return v.text
}

func (m *importer) degrees(t *thing, term, limit string) string {
	v, ok := t.get(term)
	if !ok {
		return ""
	}
	d, err := quantity.ParseDecimal(v.text)
	top := quantity.MustDecimal(limit)
	if err != nil || top.Less(d) || d.Less(top.Neg()) {
		m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("%s %q of %s is left out: want decimal degrees up to %s", term, v.text, t.id, limit), "")
		return ""
	}
	return v.text
}

func (m *importer) flag(t *thing, term string) *bool {
	v, ok := t.get(term)
	if !ok {
		return nil
	}
	switch v.text {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	m.note(v.pointer, RuleAttributeValue, fmt.Sprintf("%s of %s is left out: want true or false", term, t.id), "")
	return nil
}
