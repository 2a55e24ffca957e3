package epcis

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Writer writes a whole EPCISDocument or EPCISQueryDocument, event by event. A document is not valid until Close has returned nil.
type Writer struct {
	w      *bufio.Writer
	doc    *Document
	buf    []byte
	events int
	err    error
}

// NewWriter begins a document with the head doc, whose kind is CaptureDocument when it is not set, and schema version 2.0 likewise. It
// refuses a head that would make no valid document: without @context, without creationDate (which a query document need not have),
// without a query's name.
func NewWriter(w io.Writer, doc Document) (*Writer, error) {
	if doc.Kind == UnknownKind {
		doc.Kind = CaptureDocument
	}
	if doc.SchemaVersion == "" && doc.Kind == CaptureDocument {
		doc.SchemaVersion = "2.0"
	}
	switch {
	case doc.Kind != CaptureDocument && doc.Kind != QueryDocument:
		return nil, fmt.Errorf("writing events: a head of kind %q: want EPCISDocument or EPCISQueryDocument", doc.Kind)
	case len(doc.Context) == 0:
		return nil, errors.New("writing events: the document has no @context: give that of the events, or the URI of GS1's")
	case doc.Kind == CaptureDocument && doc.CreationDate.IsZero():
		return nil, errors.New("writing events: the document has no creationDate")
	case doc.Kind == QueryDocument && doc.QueryName == "":
		return nil, errors.New("writing events: the query document has no queryName")
	}
	if message, hint := contextFault(doc.Context); message != "" {
		return nil, fmt.Errorf("writing events: %s: %s", message, hint)
	}
	out := &Writer{w: bufio.NewWriterSize(w, 64<<10), doc: &doc}
	h := writer{[]byte{'{'}}
	h.head(&doc)
	_, out.err = out.w.Write(h.dst)
	return out, out.err
}

// Write adds an event. Where the context in force for the event differs from the document's, the event carries it.
func (w *Writer) Write(e *Event) error {
	if w.err != nil {
		return w.err
	}
	w.buf = w.buf[:0]
	if w.events > 0 {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, '\n')
	if e.Context == nil || bytes.Equal(joinContexts(w.doc.Context, e.OwnContext), e.Context) {
		w.buf = append(w.buf, e.AppendBare(nil)...)
	} else {
		w.buf = append(w.buf, e.AppendJSON(nil)...)
	}
	w.events++
	_, w.err = w.w.Write(w.buf)
	return w.err
}

// Close ends the document and flushes it; it does not close what it was written to.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	h := writer{append(w.buf[:0], "\n]"...)}
	if w.doc.Kind == QueryDocument {
		if w.doc.MasterData != nil {
			h.vocabularies(w.doc.MasterData)
		}
		h.fields(w.doc.ResultsBodyExtra)
		h.close('}')
		h.fields(w.doc.ResultsExtra)
		h.close('}')
	}
	h.fields(w.doc.BodyExtra)
	h.dst = append(h.dst, "}}\n"...)
	if _, w.err = w.w.Write(h.dst); w.err == nil {
		w.err = w.w.Flush()
	}
	if w.err != nil {
		return w.err
	}
	w.err = errors.New("writing events: the document is closed")
	return nil
}

// head writes everything up to the first event.
func (w *writer) head(doc *Document) {
	w.raw("@context", doc.Context)
	w.text("id", doc.ID, "")
	w.text("type", doc.Kind.String(), "")
	w.text("schemaVersion", doc.SchemaVersion, "")
	w.time("creationDate", doc.CreationDate)
	w.text("instanceIdentifier", doc.InstanceIdentifier, "")
	w.text("sender", doc.Sender, "")
	w.text("receiver", doc.Receiver, "")
	w.fields(doc.Extra)
	if doc.Kind == CaptureDocument {
		w.header(doc)
		w.dst = append(w.dst, `,"epcisBody":{"eventList":[`...)
		return
	}
	w.dst = append(w.dst, `,"epcisBody":{"queryResults":{`...)
	w.name("queryName")
	w.quote(doc.QueryName)
	w.text("subscriptionID", doc.SubscriptionID, "")
	w.dst = append(w.dst, `,"resultsBody":{"eventList":[`...)
}

func (w *writer) header(doc *Document) {
	if doc.HeaderExtra == nil && doc.MasterDataExtra == nil && doc.MasterData == nil {
		return
	}
	w.name("epcisHeader")
	w.dst = append(w.dst, '{')
	if doc.MasterDataExtra != nil || doc.MasterData != nil {
		w.name("epcisMasterData")
		w.dst = append(w.dst, '{')
		if doc.MasterData != nil {
			w.vocabularies(doc.MasterData)
		}
		w.fields(doc.MasterDataExtra)
		w.close('}')
	}
	w.fields(doc.HeaderExtra)
	w.close('}')
}

func (w *writer) vocabularies(list []Vocabulary) {
	w.name("vocabularyList")
	w.open('[')
	for i := range list {
		w.open('{')
		w.text("type", list[i].Type, "")
		if list[i].Elements != nil {
			w.name("vocabularyElementList")
			w.open('[')
			for j := range list[i].Elements {
				w.vocabularyElement(&list[i].Elements[j])
			}
			w.close(']')
		}
		w.fields(list[i].Extra)
		w.close('}')
	}
	w.close(']')
}

func (w *writer) vocabularyElement(e *VocabularyElement) {
	w.open('{')
	w.text("id", e.ID, "")
	if e.Attributes != nil {
		w.name("attributes")
		w.open('[')
		for i := range e.Attributes {
			w.open('{')
			w.text("id", e.Attributes[i].ID, "")
			w.raw("attribute", json.RawMessage(e.Attributes[i].Value))
			w.fields(e.Attributes[i].Extra)
			w.close('}')
		}
		w.close(']')
	}
	w.texts("children", e.Children)
	w.fields(e.Extra)
	w.close('}')
}
