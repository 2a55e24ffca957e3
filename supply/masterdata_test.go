package supply

import (
	"encoding/json"
	"strings"
	"testing"

	"lodestone/epcis"
)

// vocElement is one vocabulary element from attribute names and JSON values in turn.
func vocElement(id string, attrs ...string) epcis.VocabularyElement {
	e := epcis.VocabularyElement{ID: id}
	for i := 0; i+1 < len(attrs); i += 2 {
		e.Attributes = append(e.Attributes, epcis.Attribute{ID: attrs[i], Value: json.RawMessage(attrs[i+1])})
	}
	return e
}

const (
	locationType = "urn:epcglobal:epcis:vtype:BusinessLocation"
	pointType    = "urn:epcglobal:epcis:vtyp:ReadPoint"
	classType    = "urn:epcglobal:epcis:vtype:EPCClass"
	partyType    = "https://ref.gs1.org/epcis/Party"
	sourceType   = "urn:epcglobal:epcis:vtype:SourceDest"
	mda, own     = "urn:epcglobal:cbv:mda#", "urn:lodestone:voc:"
)

func TestFromMasterData(t *testing.T) {
	one := func(typ string, e epcis.VocabularyElement) []epcis.Vocabulary {
		return []epcis.Vocabulary{{Type: typ, Elements: []epcis.VocabularyElement{e}}}
	}
	nested := vocElement("urn:x:site", mda+"name", `"Site"`)
	nested.Children = []string{"urn:x:line", "urn:x:gone"}
	for name, w := range map[string]struct {
		in    []epcis.Vocabulary
		want  string // the statements' stored forms, a line each
		notes string // "pointer rule" of every note, a line each; /L for the vocabulary list
	}{
		"facility": {one(locationType, vocElement("urn:epc:id:sgln:0614141.00777.0", mda+"name", `"Euclid"`, mda+"countryCode", `"US"`, mda+"latitude", `"41.59"`,
			mda+"longitude", `-81.52`, own+"operator", `"urn:x:realloys"`, mda+"state", `"Ohio"`)),
			`{"facility":{"country":"US","id":"urn:epc:id:sgln:0614141.00777.0","lat":"41.59","lon":"-81.52","name":"Euclid","operator":"urn:x:realloys","region":"Ohio"}}`, ""},
		"older names":        {one(pointType, vocElement("urn:x:f", "urn:epcglobal:cbv:mda:countryCode", `"Canada"`)), `{"facility":{"country":"CA","id":"urn:x:f","name":"urn:x:f"}}`, ""},
		"planned, dated":     {one(locationType, vocElement("urn:x:f", own+"planned", `true`, own+"validFrom", `"2027-01-01"`, own+"issued", `"2026-11-23T00:00:00Z"`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f","planned":true},"issued":"2026-11-23T00:00:00Z","valid":{"from":"2027-01-01"}}`, ""},
		"Namibia by code":    {one(locationType, vocElement("urn:x:f", own+"country", `"NA"`)), `{"facility":{"country":"NA","id":"urn:x:f","name":"urn:x:f"}}`, ""},
		"unknown country":    {one(locationType, vocElement("urn:x:f", mda+"countryCode", `"840"`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f"}}`, "/L/0/vocabularyElementList/0/attributes/0 masterdata-value"},
		"unknown attribute":  {one(locationType, vocElement("urn:x:f", mda+"unloadingPort", `"A"`, "urn:other:country", `"CN"`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f"}}`, "/L/0/vocabularyElementList/0/attributes/0 masterdata-attribute\n/L/0/vocabularyElementList/0/attributes/1 masterdata-attribute"},
		"unknown type":       {one("urn:epcglobal:epcis:vtype:BusinessTransaction", vocElement("urn:x:po")), "", "/L/0/vocabularyElementList/0 masterdata-type"},
		"a stranger's type":  {one("urn:other:vtype:BusinessLocation", vocElement("urn:x:f")), "", "/L/0/vocabularyElementList/0 masterdata-type"},
		"party":              {one(partyType, vocElement("urn:x:p", mda+"name", `"Ramaco"`, "gs1:countryCode", `"US"`)), `{"party":{"country":"US","id":"urn:x:p","name":"Ramaco"}}`, ""},
		"source by its id":   {one(sourceType, vocElement("urn:epc:id:pgln:4012345.00000")), `{"party":{"id":"urn:epc:id:pgln:4012345.00000","name":"urn:epc:id:pgln:4012345.00000"}}`, ""},
		"destination":        {one(sourceType, vocElement("https://id.gs1.org/414/9521321000017")), `{"facility":{"id":"https://id.gs1.org/414/9521321000017","name":"https://id.gs1.org/414/9521321000017"}}`, ""},
		"source of any kind": {one(sourceType, vocElement("urn:x:who")), "", "/L/0/vocabularyElementList/0 masterdata-type"},
		"material": {one(classType, vocElement("urn:epc:idpat:sgtin:0614141.112345.*", mda+"descriptionShort", `"N42 arc"`, own+"kind", `"NdFeB magnet"`, own+"form", `"finished"`,
			own+"constituents", `["Nd","Fe","B"]`, own+"pieceMass", `0.025`, own+"cots", `false`)),
			`{"material":{"constituents":["Nd","Fe","B"],"cots":false,"form":"finished","id":"urn:epc:idpat:sgtin:0614141.112345.*","kind":"NdFeB magnet","name":"N42 arc","piece_mass":"0.025"}}`, ""},
		"constituents as words": {one(classType, vocElement("urn:x:m", own+"kind", `"oxide"`, own+"constituents", `"Nd, Pr"`)), `{"material":{"constituents":["Nd","Pr"],"id":"urn:x:m","kind":"oxide","name":"urn:x:m"}}`, ""},
		"half a constituent":    {one(classType, vocElement("urn:x:m", own+"kind", `"oxide"`, own+"constituents", `"Nd NdPr"`)), `{"material":{"id":"urn:x:m","kind":"oxide","name":"urn:x:m"}}`, "/L/0/vocabularyElementList/0/attributes/1 masterdata-value"},
		"no kind":               {one(classType, vocElement("urn:x:m", mda+"descriptionShort", `"Apple"`)), "", "/L/0/vocabularyElementList/0 masterdata-type"},
		"bad kind":              {one(classType, vocElement("urn:x:m", own+"kind", `"magnet"`)), "", "/L/0/vocabularyElementList/0 masterdata-value"},
		"bad piece mass":        {one(classType, vocElement("urn:x:m", own+"kind", `"oxide"`, own+"pieceMass", `-1`)), `{"material":{"id":"urn:x:m","kind":"oxide","name":"urn:x:m"}}`, "/L/0/vocabularyElementList/0/attributes/1 masterdata-value"},
		"lot":                   {one(classType, vocElement("urn:epc:class:lgtin:4012345.012345.A", own+"material", `"urn:x:m"`)), `{"lot":{"id":"urn:epc:class:lgtin:4012345.012345.A","material":"urn:x:m"}}`, ""},
		"two values":            {one(locationType, vocElement("urn:x:f", mda+"countryCode", `"US"`, own+"country", `"CN"`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f"}}`, "/L/0/vocabularyElementList/0/attributes/1 masterdata-value"},
		"twice the same":        {one(locationType, vocElement("urn:x:f", mda+"countryCode", `"US"`, own+"country", `"US"`)), `{"facility":{"country":"US","id":"urn:x:f","name":"urn:x:f"}}`, ""},
		"unreadable day":        {one(locationType, vocElement("urn:x:f", own+"validUntil", `"soon"`)), "", "/L/0/vocabularyElementList/0/attributes/0 masterdata-value"},
		"unreadable plan":       {one(locationType, vocElement("urn:x:f", own+"planned", `"perhaps"`)), "", "/L/0/vocabularyElementList/0/attributes/0 masterdata-value\n/L/0/vocabularyElementList/0 masterdata-value"},
		"unreadable value":      {one(locationType, vocElement("urn:x:f", mda+"name", `{"a":1}`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f"}}`, "/L/0/vocabularyElementList/0/attributes/0 masterdata-value"},
		"off the globe":         {one(locationType, vocElement("urn:x:f", mda+"latitude", `91`, mda+"longitude", `0`)), `{"facility":{"id":"urn:x:f","name":"urn:x:f"}}`, "/L/0/vocabularyElementList/0/attributes/0 masterdata-value"},
		"no id":                 {one(locationType, vocElement("Euclid")), "", "/L/0/vocabularyElementList/0 masterdata-value"},
		"two vocabularies": {[]epcis.Vocabulary{{Type: locationType, Elements: []epcis.VocabularyElement{vocElement("urn:x:f", mda+"name", `"F"`)}},
			{Type: pointType, Elements: []epcis.VocabularyElement{vocElement("urn:x:f", mda+"countryCode", `"US"`)}}}, `{"facility":{"country":"US","id":"urn:x:f","name":"F"}}`, ""},
		"site and line": {[]epcis.Vocabulary{{Type: locationType, Elements: []epcis.VocabularyElement{nested, vocElement("urn:x:line")}}},
			"{\"facility\":{\"id\":\"urn:x:site\",\"name\":\"Site\"}}\n{\"facility\":{\"id\":\"urn:x:line\",\"name\":\"urn:x:line\",\"within\":\"urn:x:site\"}}", "/L/0/vocabularyElementList/0 masterdata-value"},
		"nothing": {nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			ss, fs := FromMasterData(w.in)
			var got, notes []string
			for i := range ss {
				b, err := Encode(&ss[i])
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(b))
			}
			for _, f := range fs {
				notes = append(notes, strings.Replace(f.Pointer, "/epcisHeader/epcisMasterData/vocabularyList", "/L", 1)+" "+f.Rule)
			}
			if s := strings.Join(got, "\n"); s != w.want {
				t.Errorf("statements\n%s\nwant\n%s", s, w.want)
			}
			if s := strings.Join(notes, "\n"); s != w.notes {
				t.Errorf("notes\n%s\nwant\n%s\n(%v)", s, w.notes, fs)
			}
		})
	}
}

func TestMasterDataTerms(t *testing.T) {
	for _, w := range MasterDataTerms() {
		sub := materialSubject
		switch w.Subject {
		case "facility":
			sub = facilitySubject
		case "party":
			sub = partySubject
		}
		if got, ok := termOf(sub, VocPrefix+w.Name); !ok || got != w.Name || w.Gloss == "" {
			t.Errorf("%s of %s: %q, %v", w.Name, w.Subject, got, ok)
		}
		for _, also := range w.Also {
			if got, ok := termOf(sub, "urn:epcglobal:cbv:mda#"+also); !ok || got != w.Name {
				t.Errorf("%s of %s: %q, %v", also, w.Subject, got, ok)
			}
		}
	}
}
