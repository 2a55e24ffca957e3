package epcis

import "github.com/go-json-experiment/json/jsontext"

// sub is a cursor over one member of the document, read whole.
func (r *Reader) sub(raw jsontext.Value, pointer string) cursor {
	return newCursor(raw, pointer, &r.events.dec, &r.events.buf)
}

// member reads a member of the document other than its body. The names are judged when the kind is sure, see closeRoot.
func (r *Reader) member(name string, raw jsontext.Value) {
	pointer := "/" + escape(name)
	c := r.sub(raw, pointer)
	doc := &r.doc
	switch name {
	case "@context":
		doc.Context = c.context()
		r.contextKnown = true
	case "type":
		doc.Kind = r.kind
	case "id":
		doc.ID = c.uri()
	case "schemaVersion":
		s, ok := c.str("a version as text")
		if ok && !isVersion(s) {
			c.fault("version", quote(s)+" is no version", "write 2.0")
		}
		doc.SchemaVersion = s
	case "creationDate":
		doc.CreationDate = c.time()
	case "instanceIdentifier":
		doc.InstanceIdentifier = c.someText()
	case "sender":
		doc.Sender = c.someText()
	case "receiver":
		doc.Receiver = c.someText()
	case "epcisHeader":
		c.header(doc)
	default:
		doc.Extra = append(doc.Extra, Field{name, c.raw()})
	}
	r.faults = append(r.faults, c.faults...)
}

// someText reads a text that says something.
func (c *cursor) someText() string {
	s, ok := c.str("text")
	if ok && s == "" {
		c.fault("empty-text", "is empty", "leave it out")
	}
	return s
}

func (c *cursor) header(doc *Document) {
	if !c.begin('{', "an object, the header") {
		return
	}
	doc.HeaderExtra = []Field{}
	for c.more() {
		name := c.name()
		if name != "epcisMasterData" {
			c.extra(&doc.HeaderExtra, name)
			continue
		}
		if !c.begin('{', "an object, the master data") {
			continue
		}
		doc.MasterDataExtra = []Field{}
		for c.more() {
			if name := c.name(); name == "vocabularyList" {
				doc.MasterData = c.vocabularies()
			} else {
				doc.MasterDataExtra = append(doc.MasterDataExtra, Field{name, c.raw()})
			}
		}
		c.end()
	}
	c.end()
}

func (c *cursor) vocabularies() []Vocabulary {
	if !c.begin('[', "a list of vocabularies") {
		return nil
	}
	out := []Vocabulary{}
	for c.more() {
		if !c.begin('{', "an object, the vocabulary") {
			continue
		}
		var v Vocabulary
		typed := false
		for c.more() {
			switch name := c.name(); name {
			case "type":
				v.Type, typed = c.uri(), true
			case "vocabularyElementList":
				v.Elements = c.vocabularyElements()
			default:
				v.Extra = append(v.Extra, Field{name, c.raw()})
			}
		}
		c.end()
		c.need(typed, "type")
		out = append(out, v)
	}
	c.end()
	return out
}

func (c *cursor) vocabularyElements() []VocabularyElement {
	if !c.begin('[', "a list of vocabulary elements") {
		return nil
	}
	out := []VocabularyElement{}
	for c.more() {
		if !c.begin('{', "an object, the vocabulary element") {
			continue
		}
		var v VocabularyElement
		named := false
		for c.more() {
			switch name := c.name(); name {
			case "id":
				v.ID, named = c.uri(), true
			case "attributes":
				v.Attributes = c.attributes()
			case "children":
				v.Children = c.uris()
			default:
				v.Extra = append(v.Extra, Field{name, c.raw()})
			}
		}
		c.end()
		c.need(named, "id")
		out = append(out, v)
	}
	c.end()
	return out
}

func (c *cursor) attributes() []Attribute {
	if !c.begin('[', "a list of attributes") {
		return nil
	}
	out := []Attribute{}
	for c.more() {
		if !c.begin('{', "an object, the attribute") {
			continue
		}
		var a Attribute
		named := false
		for c.more() {
			switch name := c.name(); name {
			case "id":
				a.ID, named = c.uri(), true
			case "attribute":
				switch c.dec.PeekKind() {
				case '"', '0', '{':
					a.Value = c.raw()
				default:
					c.skipAs("text, a number or an object")
				}
			default:
				a.Extra = append(a.Extra, Field{name, c.raw()})
			}
		}
		c.end()
		c.need(named, "id")
		out = append(out, a)
	}
	c.end()
	return out
}
