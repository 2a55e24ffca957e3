package epcis

import (
	"encoding/json"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// AppendJSON appends the event as JSON that stands alone, with the @context in force. What was decoded comes out equal as JSON
// values: names, texts and digits as they came, the members in the standard's order.
func (e *Event) AppendJSON(dst []byte) []byte {
	return e.appendJSON(dst, e.Context)
}

// AppendBare appends the event as it stands in a document: with an @context only if it was written with one of its own.
func (e *Event) AppendBare(dst []byte) []byte {
	return e.appendJSON(dst, e.OwnContext)
}

func (e *Event) appendJSON(dst []byte, context json.RawMessage) []byte {
	w := writer{append(dst, '{')}
	w.raw("@context", context)
	w.text("type", e.TypeName, e.Type.String())
	w.text("eventID", e.ID, "")
	w.time("eventTime", e.Time)
	w.text("eventTimeZoneOffset", e.TimeZoneOffset, "")
	w.time("recordTime", e.RecordTime)
	switch {
	case e.Certification == nil:
	case e.CertificationIsList || len(e.Certification) != 1:
		w.texts("certificationInfo", e.Certification)
	default:
		w.text("certificationInfo", e.Certification[0], "")
	}
	if d := e.Error; d != nil {
		w.name("errorDeclaration")
		d.append(&w)
	}
	w.text("parentID", e.ParentID, "")
	if e.Type == AggregationEvent || e.Type == AssociationEvent {
		w.texts("childEPCs", e.EPCs)
		w.quantities("childQuantityList", e.Quantities)
	} else {
		w.texts("epcList", e.EPCs)
		w.quantities("quantityList", e.Quantities)
	}
	w.texts("inputEPCList", e.InputEPCs)
	w.quantities("inputQuantityList", e.InputQuantities)
	w.texts("outputEPCList", e.OutputEPCs)
	w.quantities("outputQuantityList", e.OutputQuantities)
	w.text("transformationID", e.TransformationID, "")
	w.text("action", string(e.Action), "")
	w.text("bizStep", e.BizStep, "")
	w.text("disposition", e.Disposition, "")
	if p := e.PersistentDisposition; p != nil {
		w.name("persistentDisposition")
		w.open('{')
		w.texts("set", p.Set)
		w.texts("unset", p.Unset)
		w.close('}')
	}
	w.location("readPoint", e.ReadPoint)
	w.location("bizLocation", e.BizLocation)
	w.bizTransactions(e.BizTransactions)
	w.sourceDests("sourceList", "source", e.Sources)
	w.sourceDests("destinationList", "destination", e.Destinations)
	w.sensors(e.Sensors)
	if e.ILMD != nil {
		w.name("ilmd")
		w.open('{')
		w.fields(e.ILMD)
		w.close('}')
	}
	w.fields(e.Extra)
	w.close('}')
	return w.dst
}

func (d *ErrorDeclaration) append(w *writer) {
	w.open('{')
	w.time("declarationTime", d.Time)
	w.text("reason", d.Reason, "")
	w.texts("correctiveEventIDs", d.Corrective)
	w.fields(d.Extra)
	w.close('}')
}

// writer appends JSON. A comma is due unless the last byte opened something or is a colon.
type writer struct{ dst []byte }

func (w *writer) comma() {
	if n := len(w.dst); n > 0 {
		switch w.dst[n-1] {
		case '{', '[', ':':
		default:
			w.dst = append(w.dst, ',')
		}
	}
}

// open begins an object or array at the place of a value.
func (w *writer) open(c byte) {
	if n := len(w.dst); n > 0 && (w.dst[n-1] == '}' || w.dst[n-1] == ']') {
		w.dst = append(w.dst, ',')
	}
	w.dst = append(w.dst, c)
}

func (w *writer) close(c byte) { w.dst = append(w.dst, c) }

func (w *writer) name(name string) {
	w.comma()
	w.quote(name)
	w.dst = append(w.dst, ':')
}

// quote appends s as a JSON string; bytes that are no UTF-8 become U+FFFD.
func (w *writer) quote(s string) {
	out, _ := jsontext.AppendQuote(w.dst, s)
	w.dst = out
}

// text writes a member unless it is empty; otherwise is written in its place when s is empty.
func (w *writer) text(name, s, otherwise string) {
	if s == "" {
		if s = otherwise; s == "" {
			return
		}
	}
	w.name(name)
	w.quote(s)
}

func (w *writer) time(name string, t Time) {
	switch {
	case t.Text != "":
		w.text(name, t.Text, "")
	case !t.IsZero():
		w.text(name, t.Format(time.RFC3339Nano), "")
	}
}

func (w *writer) raw(name string, v json.RawMessage) {
	if v != nil {
		w.name(name)
		w.dst = append(w.dst, v...)
	}
}

func (w *writer) number(name string, n Number) {
	if n != "" {
		w.name(name)
		w.dst = append(w.dst, n...)
	}
}

func (w *writer) texts(name string, list []string) {
	if list == nil {
		return
	}
	w.name(name)
	w.dst = append(w.dst, '[')
	for i, s := range list {
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		w.quote(s)
	}
	w.dst = append(w.dst, ']')
}

func (w *writer) fields(list []Field) {
	for i := range list {
		w.name(list[i].Name)
		if v := list[i].Value; v != nil {
			w.dst = append(w.dst, v...)
		} else {
			w.dst = append(w.dst, "null"...)
		}
	}
}
