package epcis

import (
	"bytes"
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// prehasher writes the pre-hash string of one event. The prefixes of the context are read when the first name needs them.
type prehasher struct {
	e        *Event
	fenced   bool // each value is followed by its length: see Event.Identity
	prefixes []prefix
	dec      jsontext.Decoder // of the extension at hand
	buf      bytes.Buffer
	err      error
}

func (e *Event) preHash(dst []byte) ([]byte, error) {
	h := prehasher{e: e}
	return h.event(dst)
}

// event appends the whole pre-hash string.
func (h *prehasher) event(dst []byte) ([]byte, error) {
	e := h.e
	if e.Time.IsZero() {
		return nil, fmt.Errorf("event hash: the event has no eventTime")
	}
	dst = append(dst, "eventType="...)
	if e.TypeName == "" {
		dst = append(dst, e.Type.String()...)
	} else {
		dst = append(dst, e.TypeName...)
	}
	dst = h.standard(dst)
	dst = h.trailing(dst)
	if h.err != nil {
		return nil, fmt.Errorf("event hash: %w", h.err)
	}
	return dst, nil
}

// standard appends the standard fields in their canonical order.
func (h *prehasher) standard(dst []byte) []byte {
	e := h.e
	dst = appendTime(dst, "eventTime", e.Time)
	dst = h.value(dst, "eventTimeZoneOffset", e.TimeZoneOffset)
	children := e.Type == AggregationEvent || e.Type == AssociationEvent
	if !children {
		dst = h.epcs(dst, "epcList", e.EPCs)
	}
	dst = h.value(dst, "parentID", e.ParentID)
	dst = h.epcs(dst, "inputEPCList", e.InputEPCs)
	if children {
		dst = h.epcs(dst, "childEPCs", e.EPCs)
		dst = h.quantities(dst, "childQuantityList", e.Quantities)
	} else {
		dst = h.quantities(dst, "quantityList", e.Quantities)
	}
	dst = h.quantities(dst, "inputQuantityList", e.InputQuantities)
	dst = h.epcs(dst, "outputEPCList", e.OutputEPCs)
	dst = h.quantities(dst, "outputQuantityList", e.OutputQuantities)
	dst = h.value(dst, "action", string(e.Action))
	dst = h.value(dst, "transformationID", e.TransformationID)
	dst = h.word(dst, "bizStep", e.BizStep, &bizSteps)
	dst = h.word(dst, "disposition", e.Disposition, &dispositions)
	if p := e.PersistentDisposition; p != nil {
		mark := len(dst)
		dst = append(dst, "persistentDisposition"...)
		start := len(dst)
		dst = h.words(dst, "set", p.Set)
		dst = h.words(dst, "unset", p.Unset)
		if len(dst) == start {
			dst = dst[:mark]
		}
	}
	if e.ReadPoint != nil {
		dst = h.value(dst, "readPointid", e.ReadPoint.ID)
	}
	if e.BizLocation != nil {
		dst = h.value(dst, "bizLocationid", e.BizLocation.ID)
	}
	dst = h.bizTransactions(dst, e.BizTransactions)
	dst = h.sourceDests(dst, "sourceList", "source", e.Sources)
	dst = h.sourceDests(dst, "destinationList", "destination", e.Destinations)
	return h.sensors(dst, e.Sensors)
}

// value appends "key=value" in canonical form, nothing when the value is empty.
func (h *prehasher) value(dst []byte, key, value string) []byte {
	mark := len(dst)
	dst = append(dst, key...)
	dst = append(dst, '=')
	start := len(dst)
	if dst = h.canonical(dst, value); len(dst) == start {
		return dst[:mark]
	}
	return h.fence(dst, start)
}

// fence ends the value that began at start.
func (h *prehasher) fence(dst []byte, start int) []byte {
	if h.fenced {
		n := uint32(len(dst) - start)
		dst = append(dst, 0, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return dst
}

// word is value for a bare word of a vocabulary, or what stands in its place.
func (h *prehasher) word(dst []byte, key, value string, v *vocabulary) []byte {
	if v.words[value] {
		dst = append(dst, key...)
		dst = append(dst, '=')
		start := len(dst)
		dst = append(dst, v.start...)
		dst = append(dst, value...)
		return h.fence(dst, start)
	}
	return h.value(dst, key, value)
}

// words appends one "key=value" for each disposition, sorted.
func (h *prehasher) words(dst []byte, key string, list []string) []byte {
	p := beginPieces(dst)
	for _, w := range list {
		dst = h.word(dst, key, w, &dispositions)
		p.end(dst)
	}
	p.sort(dst)
	return dst
}

func (h *prehasher) epcs(dst []byte, key string, list []string) []byte {
	mark := len(dst)
	dst = append(dst, key...)
	p := beginPieces(dst)
	for _, epc := range list {
		dst = h.value(dst, "epc", epc)
		p.end(dst)
	}
	return p.under(dst, mark)
}

func (h *prehasher) quantities(dst []byte, key string, list []Quantity) []byte {
	mark := len(dst)
	dst = append(dst, key...)
	p := beginPieces(dst)
	for i := range list {
		dst = append(dst, "quantityElement"...)
		dst = h.value(dst, "epcClass", list[i].Class)
		dst = h.value(dst, "quantity", string(list[i].Value))
		dst = h.value(dst, "uom", list[i].Unit)
		p.end(dst)
	}
	return p.under(dst, mark)
}

func (h *prehasher) bizTransactions(dst []byte, list []BizTransaction) []byte {
	mark := len(dst)
	dst = append(dst, "bizTransactionList"...)
	p := beginPieces(dst)
	for i := range list {
		dst = h.word(dst, "type", list[i].Type, &transactionTypes)
		dst = h.value(dst, "bizTransaction", list[i].ID)
		p.end(dst)
	}
	return p.under(dst, mark)
}

func (h *prehasher) sourceDests(dst []byte, key, item string, list []SourceDest) []byte {
	mark := len(dst)
	dst = append(dst, key...)
	p := beginPieces(dst)
	for i := range list {
		dst = h.word(dst, "type", list[i].Type, &sourceDestTypes)
		dst = h.value(dst, item, list[i].ID)
		p.end(dst)
	}
	return p.under(dst, mark)
}

// under sorts the texts below the key that was written at mark, or takes the key back when there are none.
func (p *pieces) under(dst []byte, mark int) []byte {
	if p.none() {
		return dst[:mark]
	}
	p.sort(dst)
	return dst
}

// appendTime appends "key=" and the time in UTC rounded half up to milliseconds; nothing for no time.
func appendTime(dst []byte, key string, t Time) []byte {
	if t.IsZero() {
		return dst
	}
	dst = append(dst, key...)
	dst = append(dst, '=')
	rounded := t.UTC()
	if ns := rounded.Nanosecond(); ns%1_000_000 != 0 {
		rounded = rounded.Add(time.Duration((ns+500_000)/1_000_000*1_000_000 - ns))
	}
	return rounded.AppendFormat(dst, "2006-01-02T15:04:05.000Z")
}
