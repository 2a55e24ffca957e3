package supply

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Encode writes a statement as the JSON that is hashed and stored: RFC 8785 (sorted names, no blanks, minimal escapes),
// with fields at their zero value left out, except those that are always there (id, name, kind, binding, parties,
// material, grade, about, element, value, by). Equal statements give equal bytes; a missing list and an empty one are
// equal. There are no numbers in it: decimals and days are text.
//
//	{"facility":{"country":"CA","id":"urn:lodestone:facility:CA-SRC-SXU","name":"SRC"},"valid":{"from":"2027-01-01"}}
//
// It refuses text that is not valid UTF-8, and checks nothing else: see Check.
func Encode(s *Statement) ([]byte, error) {
	var b bytes.Buffer
	enc := stdjson.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if _, err := json.Marshal(s); err != nil { // it refuses invalid UTF-8, which the encoder below would replace
		return nil, fmt.Errorf("encode statement: %w", err)
	}
	if err := enc.Encode(normal(s)); err != nil {
		return nil, fmt.Errorf("encode statement: %w", err)
	}
	v := jsontext.Value(b.Bytes())
	if err := v.Canonicalize(); err != nil {
		return nil, fmt.Errorf("encode statement: %w", err)
	}
	return v, nil
}

// DecodeStatement reads one statement. Unknown and duplicate names, names in another case, invalid UTF-8 and anything
// after the value are refused. It does not check the statement: see Check.
func DecodeStatement(b []byte) (*Statement, error) {
	var s Statement
	if err := json.Unmarshal(b, &s, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("decode statement: %w", err)
	}
	return normal(&s), nil
}

// normal is s with lists that are always there made empty instead of missing, and the others missing instead of empty.
func normal(s *Statement) *Statement {
	n := *s
	if n.Material != nil {
		m := *n.Material
		if len(m.Constituents) == 0 {
			m.Constituents = nil
		}
		if len(m.Fractions) == 0 {
			m.Fractions = nil
		}
		n.Material = &m
	}
	if n.Agreement != nil && n.Agreement.Parties == nil {
		a := *n.Agreement
		a.Parties = []string{}
		n.Agreement = &a
	}
	if n.Document != nil && n.Document.About == nil {
		d := *n.Document
		d.About = []string{}
		n.Document = &d
	}
	return &n
}
