package epcis

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

func (r *Reader) openEvents(at string) error {
	if k := r.dec.PeekKind(); k != '[' {
		r.hasEvents = true
		if err := r.dec.SkipValue(); err != nil {
			return err
		}
		r.fault(at, "type", "is "+kindWord(k)+", want a list of events", "")
		return nil
	}
	if !r.contextKnown {
		if err := r.seekContext(); err != nil {
			return err
		}
	}
	r.hasEvents, r.listAt, r.state = true, at, inEvents
	_, err := r.dec.ReadToken()
	return err
}

// seekContext looks for the context behind the events, where the source can seek.
func (r *Reader) seekContext() error {
	g := r.src
	if g.seeker == nil {
		return nil
	}
	at, err := g.seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil
	}
	if _, err := g.seeker.Seek(g.start, io.SeekStart); err != nil {
		return err
	}
	raw := findContext(g.r)
	if _, err := g.seeker.Seek(at, io.SeekStart); err != nil {
		return err
	}
	if raw == nil {
		return nil // the walk will say what is wrong
	}
	c := r.sub(raw, "/@context")
	r.doc.Context = c.context() // its faults come when the walk meets it
	r.contextKnown = true
	return nil
}

func findContext(src io.Reader) jsontext.Value {
	dec := jsontext.NewDecoder(src, jsontext.AllowDuplicateNames(true))
	if tok, err := dec.ReadToken(); err != nil || tok.Kind() != '{' {
		return nil
	}
	for dec.PeekKind() == '"' {
		tok, err := dec.ReadToken()
		if err != nil {
			return nil
		}
		if tok.String() == "@context" {
			v, err := dec.ReadValue()
			if err != nil {
				return nil
			}
			return v.Clone()
		}
		if dec.SkipValue() != nil {
			return nil
		}
	}
	return nil
}

// event reads one event of the list.
func (r *Reader) event(keep bool) (Raw, bool, error) {
	if r.kind == EventArray && r.index == 0 && r.dec.StackDepth() == 0 {
		return Raw{}, false, io.ErrUnexpectedEOF
	}
	if r.dec.PeekKind() == ']' {
		if _, err := r.dec.ReadToken(); err != nil {
			return Raw{}, false, err
		}
		return r.leave()
	}
	v, err := r.dec.ReadValue()
	if err != nil {
		return Raw{}, false, err
	}
	raw := Raw{JSON: v, Pointer: r.eventPointer()}
	if r.kind != EventArray {
		raw.Context = r.contextForEvents()
	}
	if keep || !r.contextKnown && r.kind != EventArray {
		raw.JSON = bytes.Clone(v)
	}
	r.index++
	return raw, true, nil
}
