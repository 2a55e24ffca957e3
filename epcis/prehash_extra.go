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
	p := beginPieces(dst)
	for i := range e.Sensors {
		dst = h.sensorExtra(dst, &e.Sensors[i])
		p.end(dst)
	}
	p.sort(dst)
	return h.fields(dst, e.Extra)
}

func (h *prehasher) sensorExtra(dst []byte, s *SensorElement) []byte {
	mark := len(dst)
	dst = append(dst, "sensorElement"...)
	start := len(dst)
	if s.Metadata != nil {
		dst = h.under(dst, "sensorMetadata", s.Metadata.Extra)
	}
	p := beginPieces(dst)
	for i := range s.Reports {
		dst = h.under(dst, "sensorReport", s.Reports[i].Extra)
		p.end(dst)
	}
	p.sort(dst)
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
	p := beginPieces(dst)
	for i := range list {
		if remark(list[i].Name) {
			continue
		}
		key, err := h.key(list[i].Name), error(nil)
		if v := list[i].Value; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' && bytes.IndexByte(v, '\\') < 0 {
			dst = h.leaf(dst, key, string(v[1:len(v)-1])) // the plain case, without a decoder
			p.end(dst)
			continue
		}
		h.buf = *bytes.NewBuffer(list[i].Value)
		h.dec.Reset(&h.buf, jsontext.AllowDuplicateNames(true))
		if dst, err = h.extension(dst, &p, key); err != nil && h.err == nil {
			h.err = fmt.Errorf("extension %s is no JSON: %w", quote(list[i].Name), err)
		}
	}
	p.sort(dst)
	return dst
}

// remark tells the names that the hash passes over at every level.
func remark(name string) bool {
	return name == "rdfs:comment" || name == "comment" || name == "#text" || name == "@context"
}

// extension appends one text for the value that is read next, or one for each element of a list: the key, then "=" and the text, or
// the texts of an object's members, sorted.
func (h *prehasher) extension(dst []byte, p *pieces, key string) ([]byte, error) {
	tok, err := h.dec.ReadToken()
	if err != nil {
		return dst, err
	}
	switch tok.Kind() {
	case '[':
		for h.dec.PeekKind() != ']' {
			if dst, err = h.extension(dst, p, key); err != nil {
				return dst, err
			}
		}
		_, err = h.dec.ReadToken()
		return dst, err
	case '{':
		dst = append(dst, key...)
		inner := beginPieces(dst)
		for h.dec.PeekKind() != '}' {
			name, err := h.dec.ReadToken()
			if err != nil {
				return dst, err
			}
			if s := name.String(); remark(s) {
				err = h.dec.SkipValue()
			} else {
				dst, err = h.extension(dst, &inner, h.key(s))
			}
			if err != nil {
				return dst, err
			}
		}
		inner.sort(dst)
		p.end(dst)
		_, err = h.dec.ReadToken()
		return dst, err
	case 'n':
		dst = append(dst, key...)
	default:
		dst = h.leaf(dst, key, tok.String())
	}
	p.end(dst)
	return dst, nil
}

// leaf appends the key and, unless it is empty, "=" and the value.
func (h *prehasher) leaf(dst []byte, key, value string) []byte {
	dst = append(dst, key...)
	mark := len(dst)
	dst = append(dst, '=')
	if dst = h.canonical(dst, value); len(dst) == mark+1 {
		dst = dst[:mark]
	}
	return h.fence(dst, mark)
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
	mark := len(dst)
	dst = append(dst, "correctiveEventIDs"...)
	p := beginPieces(dst)
	for _, id := range d.Corrective {
		dst = h.value(dst, "eventID", id)
		p.end(dst)
	}
	dst = p.under(dst, mark)
	return h.fields(dst, d.Extra)
}
