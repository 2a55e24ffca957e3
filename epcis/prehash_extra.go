package epcis

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// trailing appends what comes after the standard fields: master data, then the extensions inside standard fields, each under the
// names of the fields it stands in, then the extensions of the event.
func (h *prehasher) trailing(dst []byte) []byte {
	e := h.e
	if len(e.ILMD) > 0 {
		dst = h.fields(append(dst, "ilmd"...), e.ILMD)
	}
	if e.ReadPoint != nil {
		dst = h.under(dst, "readPoint", e.ReadPoint.Extra)
	}
	if e.BizLocation != nil {
		dst = h.under(dst, "bizLocation", e.BizLocation.Extra)
	}
	var p pieces
	for i := range e.Sensors {
		p.add(h.sensorExtra(p.buf, &e.Sensors[i]))
	}
	dst = p.appendSorted(dst)
	return h.fields(dst, e.Extra)
}

func (h *prehasher) sensorExtra(dst []byte, s *SensorElement) []byte {
	mark := len(dst)
	dst = append(dst, "sensorElement"...)
	start := len(dst)
	if s.Metadata != nil {
		dst = h.under(dst, "sensorMetadata", s.Metadata.Extra)
	}
	var p pieces
	for i := range s.Reports {
		p.add(h.under(p.buf, "sensorReport", s.Reports[i].Extra))
	}
	dst = p.appendSorted(dst)
	if dst = h.fields(dst, s.Extra); len(dst) == start {
		return dst[:mark]
	}
	return dst
}

// under appends extensions after the name of the field they stand in.
func (h *prehasher) under(dst []byte, name string, list []Field) []byte {
	if len(list) == 0 {
		return dst
	}
	mark := len(dst)
	dst = append(dst, name...)
	start := len(dst)
	if dst = h.fields(dst, list); len(dst) == start {
		return dst[:mark]
	}
	return dst
}

// fields appends extensions, sorted.
func (h *prehasher) fields(dst []byte, list []Field) []byte {
	if len(list) == 0 {
		return dst
	}
	var p pieces
	for i := range list {
		if remark(list[i].Name) {
			continue
		}
		dec := jsontext.NewDecoder(bytes.NewBuffer(list[i].Value), jsontext.AllowDuplicateNames(true))
		if err := h.extension(&p, h.key(list[i].Name), dec); err != nil && h.err == nil {
			h.err = fmt.Errorf("extension %s is no JSON: %w", quote(list[i].Name), err)
		}
	}
	return p.appendSorted(dst)
}

// remark tells the names that the hash passes over at every level.
func remark(name string) bool {
	return name == "rdfs:comment" || name == "comment" || name == "#text" || name == "@context"
}

// extension adds one piece for a value, or one for each element of a list: the key, then "=" and the text, or the pieces of an
// object's members, sorted.
func (h *prehasher) extension(p *pieces, key string, dec *jsontext.Decoder) error {
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch tok.Kind() {
	case '[':
		for dec.PeekKind() != ']' {
			if err := h.extension(p, key, dec); err != nil {
				return err
			}
		}
		_, err = dec.ReadToken()
		return err
	case '{':
		var inner pieces
		for dec.PeekKind() != '}' {
			name, err := dec.ReadToken()
			if err != nil {
				return err
			}
			if s := name.String(); remark(s) {
				err = dec.SkipValue()
			} else {
				err = h.extension(&inner, h.key(s), dec)
			}
			if err != nil {
				return err
			}
		}
		p.add(inner.appendSorted(append(p.buf, key...)))
		_, err = dec.ReadToken()
		return err
	}
	b := append(p.buf, key...)
	if tok.Kind() != 'n' {
		mark := len(b)
		b = append(b, '=')
		if b = h.canonical(b, tok.String()); len(b) == mark+1 {
			b = b[:mark]
		}
	}
	p.add(b)
	return nil
}

// key is the name of an extension as the hash has it: {namespace}local where the context resolves its prefix, else as written.
func (h *prehasher) key(name string) string {
	head, local, ok := strings.Cut(name, ":")
	if !ok {
		return name
	}
	if start, known := h.start(head); known {
		return "{" + start + "}" + local
	}
	return name
}

func (h *prehasher) start(name string) (string, bool) {
	if h.prefixes == nil {
		h.prefixes = prefixesOf(h.e.Context)
	}
	return startOf(h.prefixes, name)
}

func (h *prehasher) errorDeclaration(dst []byte, d *ErrorDeclaration) []byte {
	dst = append(dst, "errorDeclaration"...)
	dst = appendTime(dst, "declarationTime", d.Time)
	dst = h.word(dst, "reason", d.Reason, &errorReasons)
	var p pieces
	for _, id := range d.Corrective {
		p.add(h.value(p.buf, "eventID", id))
	}
	dst = p.appendUnder(dst, "correctiveEventIDs")
	return h.fields(dst, d.Extra)
}
