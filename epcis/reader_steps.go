package epcis

import (
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// state is where in the document the reader stands: before it, or in the members of one of its objects, or in the list of events.
type state uint8

const (
	before state = iota
	inRoot
	inBody
	inResults     // epcisBody/queryResults
	inResultsBody // epcisBody/queryResults/resultsBody
	inEvents
	done
)

// nameSets is the names seen in the open object of each state.
type nameSets [done]map[string]bool

// step goes one member or one event further.
func (r *Reader) step(keep bool) (raw Raw, found bool, err error) {
	switch r.state {
	case before:
		return Raw{}, false, r.open()
	case inEvents:
		return r.event(keep)
	case done:
		return Raw{}, false, io.EOF
	}
	if r.dec.PeekKind() == '}' {
		if _, err := r.dec.ReadToken(); err != nil {
			return Raw{}, false, err
		}
		return r.leave()
	}
	tok, err := r.dec.ReadToken()
	if err != nil {
		return Raw{}, false, err
	}
	name := tok.String()
	if r.names[r.state] == nil {
		r.names[r.state] = map[string]bool{}
	}
	if r.names[r.state][name] {
		r.fault(string(r.dec.StackPointer()), "duplicate-name", "the object has two members of this name", "leave one of them out: readers disagree on which one counts")
		return Raw{}, false, r.dec.SkipValue()
	}
	r.names[r.state][name] = true
	switch r.state {
	case inRoot:
		return Raw{}, false, r.rootMember(name)
	case inBody:
		return Raw{}, false, r.bodyMember(name)
	case inResults:
		return Raw{}, false, r.resultsMember(name)
	}
	return Raw{}, false, r.resultsBodyMember(name)
}

func (r *Reader) fault(pointer, rule, message, hint string) {
	r.faults = append(r.faults, Fault{pointer, rule, message, hint})
}

// open begins the document.
func (r *Reader) open() error {
	switch k := r.dec.PeekKind(); k {
	case '{':
		r.state = inRoot
	case '[':
		r.kind, r.doc.Kind, r.state = EventArray, EventArray, inEvents
	case 0:
		_, err := r.dec.ReadToken()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	default:
		return Faults{{"", "type", "is " + kindWord(k) + ", want a document, an event or a list of events", ""}}
	}
	_, err := r.dec.ReadToken()
	return err
}

// enter goes into an object that should stand here; what is none is faulted and passed over.
func (r *Reader) enter(to state, what string) error {
	if k := r.dec.PeekKind(); k != '{' {
		if err := r.dec.SkipValue(); err != nil {
			return err
		}
		r.fault(string(r.dec.StackPointer()), "type", "is "+kindWord(k)+", want an object, "+what, "")
		return nil
	}
	r.state = to
	_, err := r.dec.ReadToken()
	return err
}

// rootMember reads a member of the root. Until its type or its body is seen the root may be an event, and its members are kept.
func (r *Reader) rootMember(name string) error {
	if name == "epcisBody" && r.kind != SingleEvent {
		if err := r.flush(); err != nil {
			return err
		}
		r.hasBody = true
		return r.enter(inBody, "the body")
	}
	raw, err := r.dec.ReadValue()
	if err != nil {
		return err
	}
	if name == "type" && r.kind != SingleEvent {
		r.typed(raw)
		if r.kind == CaptureDocument || r.kind == QueryDocument {
			r.doc.Kind = r.kind
			return r.flush()
		}
	}
	if r.kind == CaptureDocument || r.kind == QueryDocument || r.hasBody {
		r.member(name, raw)
		return nil
	}
	r.early = append(r.early, early{name, raw.Clone()})
	return nil
}

// typed judges the type member of the root.
func (r *Reader) typed(raw jsontext.Value) {
	named := UnknownKind
	if raw.Kind() == '"' {
		switch unquote(raw) {
		case "EPCISDocument":
			named = CaptureDocument
		case "EPCISQueryDocument":
			named = QueryDocument
		}
	}
	switch {
	case named == UnknownKind && r.hasBody:
		r.fault("/type", "word", "is no type of a document with an epcisBody", "write EPCISDocument or EPCISQueryDocument")
	case named == UnknownKind:
		r.kind, r.doc.Kind = SingleEvent, SingleEvent
	case r.kind != UnknownKind && r.kind != named:
		r.fault("/type", "word", "names another kind of document than the epcisBody holds", "an EPCISDocument holds an eventList, an EPCISQueryDocument holds queryResults")
	default:
		r.kind = named
	}
}

// flush reads the members that came before the kind was known.
func (r *Reader) flush() error {
	for _, m := range r.early {
		r.member(m.name, m.raw)
	}
	r.early = nil
	return nil
}

func (r *Reader) bodyMember(name string) error {
	if r.kind == UnknownKind {
		switch name {
		case "eventList":
			r.kind, r.doc.Kind = CaptureDocument, CaptureDocument
		case "queryResults":
			r.kind, r.doc.Kind = QueryDocument, QueryDocument
		}
	}
	switch {
	case name == "eventList" && r.kind == CaptureDocument:
		return r.openEvents("/epcisBody/eventList")
	case name == "queryResults" && r.kind == QueryDocument:
		r.hasResults = true
		return r.enter(inResults, "the results of the query")
	}
	return r.extra(&r.doc.BodyExtra, name, "/epcisBody/", false) // the names are judged in closeRoot
}

func (r *Reader) resultsMember(name string) error {
	switch name {
	case "resultsBody":
		return r.enter(inResultsBody, "the body of the results")
	case "queryName", "subscriptionID":
		raw, err := r.dec.ReadValue()
		if err != nil {
			return err
		}
		c := r.sub(raw, "/epcisBody/queryResults/"+name)
		if s, ok := c.str("text"); ok && name == "queryName" {
			r.doc.QueryName = s
		} else if ok {
			r.doc.SubscriptionID = s
		}
		r.faults = append(r.faults, c.faults...)
		return nil
	}
	return r.extra(&r.doc.ResultsExtra, name, "/epcisBody/queryResults/", true)
}

func (r *Reader) resultsBodyMember(name string) error {
	const at = "/epcisBody/queryResults/resultsBody/"
	switch name {
	case "eventList":
		return r.openEvents(at + name)
	case "vocabularyList":
		raw, err := r.dec.ReadValue()
		if err != nil {
			return err
		}
		c := r.sub(raw, at+name)
		r.doc.MasterData = c.vocabularies()
		r.faults = append(r.faults, c.faults...)
		return nil
	}
	return r.extra(&r.doc.ResultsBodyExtra, name, at, true)
}

// extra keeps a further member of an object; bound says that its name must be a URI or have a prefix.
func (r *Reader) extra(to *[]Field, name, at string, bound bool) error {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return err
	}
	c := r.sub(raw, at+escape(name))
	if bound && !isURI(name) {
		c.faultAt(at+escape(name), "unknown-name", quote(name)+" is not a member of the standard here", "")
	}
	*to = append(*to, Field{name, c.raw()})
	r.faults = append(r.faults, c.faults...)
	return nil
}
