// Package yamlread reads the project's YAML and JSON files strictly, as nodes with their places: unknown and duplicate keys,
// wrong types and words outside a closed set are faults with file, line, column, field and remedy, all at once.
//
// Scalars are taken as the YAML 1.2 core schema does: NO is the text "NO", 2027-01-01 is text, only true and false are
// flags; null and an empty value are a field left out. A caller embeds a Reader, walks the document with Mapping and
// List, reads scalars with Text, OneOf, Flag, Date, Country and Decimal, and looks at Faults in the end:
//
//	root, err := yamlread.Document("q.yaml", data)
//	r := &yamlread.Reader{File: "q.yaml"}
//	r.Mapping(root, "", []string{"delivery"}, func(key, at string, n *yaml.Node) { delivery = r.Date(n, at) })
package yamlread

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is one thing wrong with a fact file: where, what, and what to do about it.
type Fault struct {
	File         string
	Line, Column int
	Field        string // path such as materials[0].steps[2].phase
	Problem      string
	Hint         string
}

// Error is the fault in one line.
func (f Fault) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Field, f.Problem)
	if f.Hint != "" {
		s += " (" + f.Hint + ")"
	}
	return s
}

// Faults is every fault of a file at once, in the order of the file.
type Faults []Fault

// Error is the faults, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Document is the root node of a text that holds exactly one YAML document.
func Document(name string, data []byte) (*yaml.Node, error) {
	if n := jsonDocument(data); n != nil {
		return n, nil
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return nil, Faults{{File: name, Line: 1, Column: 1, Field: "file", Problem: strings.TrimPrefix(err.Error(), "yaml: "), Hint: "the file must be one YAML or JSON mapping"}}
	}
	if dec.Decode(&more) == nil {
		return nil, Faults{{File: name, Line: more.Line, Column: more.Column, Field: "file", Problem: "a second document", Hint: "one question a file"}}
	}
	if len(doc.Content) != 1 {
		return nil, Faults{{File: name, Line: 1, Column: 1, Field: "file", Problem: "is empty"}}
	}
	return doc.Content[0], nil
}
