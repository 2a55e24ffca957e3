package epcis

import (
	"fmt"
	"time"
)

// prehasher writes the pre-hash string of one event. The prefixes of the context are read when the first name needs them.
type prehasher struct {
	e        *Event
	prefixes []prefix
	err      error
}

func (e *Event) preHash(dst []byte) ([]byte, error) {
	if e.Time.IsZero() {
		return nil, fmt.Errorf("event hash: the event has no eventTime")
	}
	h := prehasher{e: e}
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
	return dst
}

// word is value for a bare word of a vocabulary, or what stands in its place.
func (h *prehasher) word(dst []byte, key, value string, v *vocabulary) []byte {
	if v.words[value] {
		dst = append(dst, key...)
		dst = append(dst, '=')
		dst = append(dst, v.start...)
		return append(dst, value...)
	}
	return h.value(dst, key, value)
}

// words appends one "key=value" for each disposition, sorted.
func (h *prehasher) words(dst []byte, key string, list []string) []byte {
	var p pieces
	for _, w := range list {
		p.add(h.word(p.buf, key, w, &dispositions))
	}
	return p.appendSorted(dst)
}

func (h *prehasher) epcs(dst []byte, key string, list []string) []byte {
	if len(list) == 0 {
		return dst
	}
	var p pieces
	for _, epc := range list {
		p.add(h.value(p.buf, "epc", epc))
	}
	return p.appendUnder(dst, key)
}

func (h *prehasher) quantities(dst []byte, key string, list []Quantity) []byte {
	if len(list) == 0 {
		return dst
	}
	var p pieces
	for i := range list {
		b := append(p.buf, "quantityElement"...)
		b = h.value(b, "epcClass", list[i].Class)
		b = h.value(b, "quantity", string(list[i].Value))
		p.add(h.value(b, "uom", list[i].Unit))
	}
	return p.appendUnder(dst, key)
}

func (h *prehasher) bizTransactions(dst []byte, list []BizTransaction) []byte {
	if len(list) == 0 {
		return dst
	}
	var p pieces
	for i := range list {
		b := h.word(p.buf, "type", list[i].Type, &transactionTypes)
		p.add(h.value(b, "bizTransaction", list[i].ID))
	}
	return p.appendUnder(dst, "bizTransactionList")
}

func (h *prehasher) sourceDests(dst []byte, key, item string, list []SourceDest) []byte {
	if len(list) == 0 {
		return dst
	}
	var p pieces
	for i := range list {
		b := h.word(p.buf, "type", list[i].Type, &sourceDestTypes)
		p.add(h.value(b, item, list[i].ID))
	}
	return p.appendUnder(dst, key)
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
