package supply

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"lodestone/element"
	"lodestone/epcis"
)

// The prefixes of the project's own vocabulary. The urn:lodestone: prefix is not registered with IANA.
const (
	VocPrefix      = "urn:lodestone:voc:"      // names of event extensions and of master data attributes
	ElementPrefix  = "urn:lodestone:element:"  // chemicalSubstance: mass of the element, as in urn:lodestone:element:Nd
	OxidePrefix    = "urn:lodestone:oxide:"    // chemicalSubstance: mass of the usual oxide, as in urn:lodestone:oxide:Nd2O3
	FacilityPrefix = "urn:lodestone:facility:" // facilities of the atlas
	PartyPrefix    = "urn:lodestone:party:"    // parties of the atlas
)

// The names of event extensions, without the prefix. Term makes the full name.
const (
	TermLot      = "lot"      // in a sensor element: the lot it is about
	TermBasis    = "basis"    // in a sensor element: element, oxide or as_received
	TermMaterial = "material" // in an event or its ilmd: the material of the output lots
	TermElements = "elements" // in an event: the elements a step touches
	TermLoss     = "loss"     // in an event: declared losses
	TermCustody  = "custody"  // in an event: the model of the chain of custody that its word is claimed under

	TermStart     = "start"     // in an event: when the run began
	TermPrecision = "precision" // in an event: day when its time is known to the day only
)

// Term is the full name of an extension, as in urn:lodestone:voc:lot.
func Term(local string) string { return VocPrefix + local }

// ElementURI and OxideURI are how a sensor report names what it counts.
func ElementURI(e element.Element) string { return ElementPrefix + e.Symbol() }

// OxideURI is the URI of the element's usual oxide, "" when it has none.
func OxideURI(e element.Element) string {
	if f := e.Oxide().Formula; f != "" {
		return OxidePrefix + f
	}
	return ""
}

// field finds the extension with the local name given among fields; names are full URIs or CURIEs of the event's context.
func field(ev *epcis.Event, fields []epcis.Field, local string) (jsontext.Value, bool) {
	for _, f := range fields {
		if !strings.HasSuffix(f.Name, local) {
			continue
		}
		if f.Name == VocPrefix+local || ev.Expand(f.Name) == VocPrefix+local {
			return jsontext.Value(f.Value), true
		}
	}
	return nil, false
}

// text is a JSON string's text, also when it is wrapped as {"@value": …} or {"@id": …}.
func text(v jsontext.Value) (string, bool) {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s, true
	}
	var wrapped map[string]jsontext.Value
	if json.Unmarshal(v, &wrapped) == nil && len(wrapped) > 0 {
		for _, key := range []string{"@value", "@id"} {
			if w, ok := wrapped[key]; ok && json.Unmarshal(w, &s) == nil {
				return s, true
			}
		}
	}
	return "", false
}

// words is a JSON string of words parted by blanks or commas, or a list of strings.
func words(v jsontext.Value) ([]string, bool) {
	if s, ok := text(v); ok {
		return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }), true
	}
	var list []string
	if json.Unmarshal(v, &list) == nil && list != nil {
		return list, true
	}
	return nil, false
}
