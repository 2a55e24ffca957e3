package epcis

import (
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// leave goes from an object or list that was just closed to the one around it.
func (r *Reader) leave() (Raw, bool, error) {
	switch r.state {
	case inEvents:
		switch r.kind {
		case EventArray:
			return Raw{}, false, r.finish()
		case QueryDocument:
			r.state = inResultsBody
		default:
			r.state = inBody
		}
	case inResultsBody:
		r.requireName(inResultsBody, "eventList", "/epcisBody/queryResults/resultsBody")
		r.state = inResults
	case inResults:
		r.requireName(inResults, "queryName", "/epcisBody/queryResults")
		r.requireName(inResults, "resultsBody", "/epcisBody/queryResults")
		r.state = inBody
	case inBody:
		r.state = inRoot
	case inRoot:
		return r.closeRoot()
	}
	return Raw{}, false, nil
}

func (r *Reader) requireName(s state, name, at string) {
	if !r.names[s][name] {
		r.fault(at, "required", name+" is missing", "")
	}
}

var (
	captureNames = list("@context id type schemaVersion creationDate instanceIdentifier sender receiver epcisHeader epcisBody")
	queryNames   = list("@context id type schemaVersion creationDate epcisBody")
)

// closeRoot judges the names of the root, now that its kind is sure, and ends the reading.
func (r *Reader) closeRoot() (Raw, bool, error) {
	if r.kind == SingleEvent || r.kind == UnknownKind && !r.hasBody {
		raw := Raw{JSON: r.assemble()}
		r.kind, r.doc.Kind = SingleEvent, SingleEvent
		r.early = nil
		return raw, true, r.finish()
	}
	names, needed := captureNames, []string{"@context", "type", "schemaVersion", "creationDate", "epcisBody"}
	if r.kind == QueryDocument {
		names, needed = queryNames, []string{"@context", "type", "epcisBody"}
	}
	for _, name := range needed {
		r.requireName(inRoot, name, "")
	}
	if r.hasBody {
		switch {
		case r.kind == QueryDocument && !r.hasResults:
			r.fault("/epcisBody", "required", "queryResults is missing", "")
		case r.kind != QueryDocument && !r.hasEvents:
			r.fault("/epcisBody", "required", "eventList is missing", "an empty list will do")
		}
	}
	for _, f := range r.doc.Extra {
		if !names[f.Name] && !isURI(f.Name) {
			r.fault("/"+escape(f.Name), "unknown-name", quote(f.Name)+" is not a member of a document", "give an extension a prefix of the @context, as in example:"+f.Name)
		}
	}
	if r.kind == QueryDocument {
		for _, name := range [...]string{"instanceIdentifier", "sender", "receiver", "epcisHeader"} {
			if r.names[inRoot][name] {
				r.fault("/"+name, "unknown-name", name+" is not a member of an EPCISQueryDocument", "")
			}
		}
		for _, f := range r.doc.BodyExtra {
			if !isURI(f.Name) {
				r.fault("/epcisBody/"+escape(f.Name), "unknown-name", quote(f.Name)+" is not a member of the body of a query document", "its events stand in queryResults/resultsBody/eventList")
			}
		}
	}
	r.contextKnown = true // or never will be
	return Raw{}, false, r.finish()
}

// assemble writes the members of a root that turned out to be an event as one object again.
func (r *Reader) assemble() []byte {
	out := []byte{'{'}
	for i, m := range r.early {
		if i > 0 {
			out = append(out, ',')
		}
		out, _ = jsontext.AppendQuote(out, m.name)
		out = append(out, ':')
		out = append(out, m.raw...)
	}
	return append(out, '}')
}

// finish holds that nothing follows the document.
func (r *Reader) finish() error {
	r.state = done
	switch _, err := r.dec.ReadToken(); err {
	case io.EOF:
		return nil
	case nil:
		return Faults{{"", "json", "something follows the end of the document", "send one document"}}
	default:
		return Faults{jsonFault(err, "")}
	}
}
