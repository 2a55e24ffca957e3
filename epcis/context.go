package epcis

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// StandardContext is the URI of GS1's JSON-LD context of EPCIS 2.0.
const StandardContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"

// contextFault says why raw is no @context, "" when it is one: a URI, an object, or an array of these without repetition.
func contextFault(raw json.RawMessage) (message, hint string) {
	v := jsontext.Value(raw)
	switch v.Kind() {
	case '{':
		return "", ""
	case '"':
		if !isURI(unquote(v)) {
			return quote(unquote(v)) + " is no absolute URI", "name GS1's context: " + StandardContext
		}
		return "", ""
	case '[':
		entries := contextEntries(raw)
		seen := map[string]bool{}
		for _, entry := range entries {
			switch entry.Kind() {
			case '{':
			case '"':
				if !isURI(unquote(entry)) {
					return quote(unquote(entry)) + " in @context is no absolute URI", "name GS1's context: " + StandardContext
				}
			default:
				return "@context holds something that is neither a URI nor an object", ""
			}
			form := string(comparable(entry))
			if seen[form] {
				return "@context holds an entry twice", "name each once"
			}
			seen[form] = true
		}
		return "", ""
	}
	return "@context is neither a URI nor an object nor a list of these", "name GS1's context: " + StandardContext
}

// comparable is a value such that equal values are equal texts, numbers by RFC 8785.
func comparable(v jsontext.Value) jsontext.Value {
	c := v.Clone()
	if c.Canonicalize() != nil {
		return v
	}
	return c
}

func unquote(v jsontext.Value) string {
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		return string(v)
	}
	return string(s)
}

// contextEntries is the entries of a context: the elements of an array, else the one value.
func contextEntries(raw json.RawMessage) []jsontext.Value {
	v := jsontext.Value(bytes.TrimSpace(raw))
	if len(v) == 0 {
		return nil
	}
	if v.Kind() != '[' {
		return []jsontext.Value{v}
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(v), jsontext.AllowDuplicateNames(true))
	var out []jsontext.Value
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	for dec.PeekKind() != ']' {
		entry, err := dec.ReadValue()
		if err != nil {
			return out
		}
		out = append(out, entry.Clone())
	}
	return out
}

// joinContexts is the context in force where own stands within outer: the entries of outer, then those of own that are not in it.
func joinContexts(outer, own json.RawMessage) json.RawMessage {
	if own == nil {
		return outer
	}
	if outer == nil || bytes.Equal(outer, own) {
		return own
	}
	out := append([]byte(nil), '[')
	seen := map[string]bool{}
	for _, entry := range append(contextEntries(outer), contextEntries(own)...) {
		if seen[string(entry)] {
			continue
		}
		seen[string(entry)] = true
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, entry...)
	}
	return append(out, ']')
}

// prefix is one name of a context and the start of the URIs it stands for.
type prefix struct{ name, start string }

// wellKnown is the prefixes that GS1's context defines. cbvmda is without its colon, as the namespace of the XML binding is, which
// the published values of the event hash show.
var wellKnown = [...]prefix{
	{"gs1", vocStart},
	{"cbv", cbvStart},
	{"epcis", "https://ref.gs1.org/epcis/"},
	{"cbvmda", "urn:epcglobal:cbv:mda"},
}

// prefixesOf reads the prefixes of a context; a later one of the same name counts. gs1 always stands for GS1's vocabulary.
func prefixesOf(context json.RawMessage) []prefix {
	out := append(make([]prefix, 0, len(wellKnown)+4), wellKnown[:]...)
	if len(context) == 0 {
		return out
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(context), jsontext.AllowDuplicateNames(true))
	depth := 0
	if dec.PeekKind() == '[' {
		if _, err := dec.ReadToken(); err != nil {
			return out
		}
		depth = 1
	}
	for {
		switch dec.PeekKind() {
		case '{':
			if !readPrefixes(dec, &out) {
				return out
			}
		case ']', 0:
			return out
		default:
			if dec.SkipValue() != nil {
				return out
			}
		}
		if depth == 0 {
			return out
		}
	}
}

func readPrefixes(dec *jsontext.Decoder, out *[]prefix) bool {
	if _, err := dec.ReadToken(); err != nil {
		return false
	}
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return false
		}
		key := name.String()
		if dec.PeekKind() != '"' {
			v, err := dec.ReadValue()
			if err != nil {
				return false
			}
			if id := definitionID(v); id != "" {
				setPrefix(out, key, id)
			}
			continue
		}
		start, err := dec.ReadToken()
		if err != nil {
			return false
		}
		setPrefix(out, key, start.String())
	}
	_, err := dec.ReadToken()
	return err == nil
}

// definitionID is the @id of an expanded term definition, "" when it has none.
func definitionID(v jsontext.Value) string {
	var def struct {
		ID string `json:"@id"`
	}
	if v.Kind() != '{' || json.Unmarshal(v, &def) != nil {
		return ""
	}
	return def.ID
}

func setPrefix(out *[]prefix, name, start string) {
	if name == "" || strings.HasPrefix(name, "@") || name == "gs1" {
		return
	}
	for i := range *out {
		if (*out)[i].name == name {
			(*out)[i].start = start
			return
		}
	}
	*out = append(*out, prefix{name, start})
}

// startOf is the start of URIs that a prefix stands for.
func startOf(prefixes []prefix, name string) (string, bool) {
	for i := range prefixes {
		if prefixes[i].name == name {
			return prefixes[i].start, true
		}
	}
	return "", false
}
