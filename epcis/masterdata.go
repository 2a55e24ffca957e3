package epcis

import "encoding/json"

// Vocabulary is one list of master data in a document's header: elements of one type, such as ReadPoint.
type Vocabulary struct {
	Type     string
	Elements []VocabularyElement
}

// VocabularyElement is one thing with its attributes, and the ids of the things below it.
type VocabularyElement struct {
	ID         string
	Attributes []Attribute
	Children   []string
}

// Attribute is one named value, as equal JSON.
type Attribute struct {
	ID    string
	Value json.RawMessage
}
