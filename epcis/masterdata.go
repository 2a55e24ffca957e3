package epcis

import "encoding/json"

// Vocabulary is one list of master data in a document's header: elements of one type, such as ReadPoint.
type Vocabulary struct {
	Type     string
	Elements []VocabularyElement
	Extra    []Field // further members
}

// VocabularyElement is one thing with its attributes, and the ids of the things below it.
type VocabularyElement struct {
	ID         string
	Attributes []Attribute
	Children   []string
	Extra      []Field // further members
}

// Attribute is one named value, as equal JSON: a text, a number or an object; nil when absent.
type Attribute struct {
	ID    string
	Value json.RawMessage
	Extra []Field // further members
}
