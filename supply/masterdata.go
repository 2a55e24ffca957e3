package supply

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"lodestone/epcis"
)

// The rules that FromMasterData names in its notes.
const (
	RuleUnknownType      = "masterdata-type"      // a vocabulary, or an element of one, that has no place here
	RuleUnknownAttribute = "masterdata-attribute" // an attribute that has no place here
	RuleAttributeValue   = "masterdata-value"     // a value that cannot be read, or two that contradict each other
)

// FromMasterData turns the master data of a document's header into statements: business locations and read points into
// facilities, parties into parties, EPC classes with a kind into materials, and classes or instances that name their
// material into lots. What has no place here, or cannot be read, is left out and named in the notes, with its JSON
// pointer in the document: a note is no reason to refuse the document, and nothing is guessed in its stead.
// The statements are in the order of the document; the same thing under two vocabularies becomes one statement.
//
// Attribute names are CBV's master data attributes (urn:epcglobal:cbv:mda#name or …mda:name), GS1 Web Vocabulary
// properties of the same name, and our own (urn:lodestone:voc:operator): see MasterDataTerms.
func FromMasterData(vocabularies []epcis.Vocabulary) ([]Statement, epcis.Faults) {
	m := importer{index: map[string]int{}}
	for i, v := range vocabularies {
		p := fmt.Sprintf("/epcisHeader/epcisMasterData/vocabularyList/%d", i)
		class := localName(v.Type)
		for j := range v.Elements {
			m.collect(fmt.Sprintf("%s/vocabularyElementList/%d", p, j), class, v.Type, &v.Elements[j])
		}
	}
	m.nest()
	var out []Statement
	for i := range m.things {
		t := &m.things[i]
		if s, ok := m.statement(t); ok {
			if err := s.Check(); err != nil {
				m.note(t.pointer, RuleAttributeValue, fmt.Sprintf("%s is left out: %v", t.id, err), "")
				continue
			}
			out = append(out, s)
		}
	}
	return out, m.notes
}

// thing is one element of master data with its attributes, gathered from every vocabulary it stands in.
type thing struct {
	pointer  string
	subject  subject
	id       string
	children []string
	values   map[string]value // by term
}

type value struct {
	pointer, text string
	list          []string
	clash         bool
}

// subject is what a thing becomes.
type subject uint8

const (
	noSubject subject = iota
	facilitySubject
	partySubject
	materialSubject // a material, or a lot when it names its material
)

type importer struct {
	things []thing
	index  map[string]int
	notes  epcis.Faults
}

func (m *importer) note(pointer, rule, message, hint string) {
	m.notes = append(m.notes, epcis.Fault{Pointer: pointer, Rule: rule, Message: message, Hint: hint})
}

// localName is the last word of a vocabulary type, URN or web URI: ReadPoint of urn:epcglobal:epcis:vtype:ReadPoint.
func localName(uri string) string {
	return uri[strings.LastIndexAny(uri, ":/#")+1:]
}

// standardType tells whether the type is one of EPCIS, so that its last word may be trusted.
func standardType(uri string) bool {
	for _, p := range []string{"urn:epcglobal:epcis:vtype:", "urn:epcglobal:epcis:vtyp:", "https://ref.gs1.org/epcis/", "https://ns.gs1.org/epcis/", "epcis:"} {
		if strings.HasPrefix(uri, p) {
			return true
		}
	}
	return false
}

func subjectOf(class, typ, id string) subject {
	if !standardType(typ) {
		return noSubject
	}
	switch class {
	case "BusinessLocation", "ReadPoint", "Location":
		return facilitySubject
	case "Party":
		return partySubject
	case "SourceDest": // the id says which
		switch {
		case strings.HasPrefix(id, "urn:epc:id:pgln:"), strings.Contains(id, "/417/"), strings.HasPrefix(id, PartyPrefix):
			return partySubject
		case strings.HasPrefix(id, "urn:epc:id:sgln:"), strings.Contains(id, "/414/"), strings.HasPrefix(id, FacilityPrefix):
			return facilitySubject
		}
	case "EPCClass", "EPCInstance":
		return materialSubject
	}
	return noSubject
}

func (m *importer) collect(pointer, class, typ string, e *epcis.VocabularyElement) {
	sub := subjectOf(class, typ, e.ID)
	if sub == noSubject {
		m.note(pointer, RuleUnknownType, fmt.Sprintf("%s of type %s has no place here and is left out", e.ID, typ), "")
		return
	}
	key := fmt.Sprintf("%d %s", sub, e.ID)
	i, known := m.index[key]
	if !known {
		i = len(m.things)
		m.index[key] = i
		m.things = append(m.things, thing{pointer: pointer, subject: sub, id: e.ID, values: map[string]value{}})
	}
	t := &m.things[i]
	t.children = append(t.children, e.Children...)
	for k, a := range e.Attributes {
		p := fmt.Sprintf("%s/attributes/%d", pointer, k)
		term, ok := termOf(sub, a.ID)
		if !ok {
			m.note(p, RuleUnknownAttribute, fmt.Sprintf("attribute %s has no place here and is left out", a.ID), "")
			continue
		}
		v, ok := scalar(jsontext.Value(a.Value))
		if !ok {
			m.note(p, RuleAttributeValue, fmt.Sprintf("attribute %s: want text, a number, true or false, or a list of texts", a.ID), "")
			continue
		}
		v.pointer = p
		if old, ok := t.values[term]; ok && (old.text != v.text || strings.Join(old.list, " ") != strings.Join(v.list, " ")) {
			if !old.clash {
				m.note(p, RuleAttributeValue, fmt.Sprintf("%s of %s is given twice with two values, and left out", term, e.ID), "give one")
			}
			old.clash = true
			t.values[term] = old
			continue
		}
		t.values[term] = v
	}
}

// scalar is the text of a JSON string, number or boolean, or a list of texts.
func scalar(v jsontext.Value) (value, bool) {
	if s, ok := text(v); ok {
		return value{text: s}, true
	}
	v = bytes.TrimSpace(v)
	switch v.Kind() {
	case '0', 't', 'f':
		return value{text: string(v)}, true
	case '[':
		if list, ok := words(v); ok {
			return value{list: list}, true
		}
	}
	return value{}, false
}

// nest turns the children of facilities into the children's Within.
func (m *importer) nest() {
	for i := range m.things {
		t := &m.things[i]
		if t.subject != facilitySubject {
			continue
		}
		for _, child := range t.children {
			j, ok := m.index[fmt.Sprintf("%d %s", facilitySubject, child)]
			if !ok || child == t.id {
				m.note(t.pointer, RuleAttributeValue, fmt.Sprintf("child %s of %s is not described and is left out", child, t.id), "")
				continue
			}
			c := &m.things[j]
			if old, ok := c.values["within"]; ok && old.text != t.id {
				if !old.clash {
					m.note(t.pointer, RuleAttributeValue, fmt.Sprintf("%s stands within %s and within %s; neither is kept", child, old.text, t.id), "")
				}
				old.clash = true
				c.values["within"] = old
				continue
			}
			c.values["within"] = value{pointer: t.pointer, text: t.id}
		}
	}
}
