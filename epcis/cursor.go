package epcis

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// cursor walks JSON text token by token and gathers faults. It is the one seam to the JSON library. Strings without escapes are
// slices of src, so an event's text is copied once.
type cursor struct {
	dec    *jsontext.Decoder
	src    string
	base   string // JSON pointer of the walked text in its document
	faults Faults
	dup    bool // the walk was broken off at a duplicate name
	broken bool // the text is no JSON: the walk has ended
}

func newCursor(text []byte, base string, dec *jsontext.Decoder, buf *bytes.Buffer, opts ...jsontext.Options) cursor {
	*buf = *bytes.NewBuffer(text)
	dec.Reset(buf, opts...)
	return cursor{dec: dec, src: string(text), base: base}
}

// at is the pointer of the value or name read last.
func (c *cursor) at() string { return c.base + string(c.dec.StackPointer()) }

// fault names the place; once the walk has ended nothing more is known to be wrong.
func (c *cursor) fault(rule, message, hint string) {
	if c.broken {
		return
	}
	c.faults = append(c.faults, Fault{Pointer: c.at(), Rule: rule, Message: message, Hint: hint})
}

func (c *cursor) faultAt(pointer, rule, message, hint string) {
	c.faults = append(c.faults, Fault{Pointer: pointer, Rule: rule, Message: message, Hint: hint})
}

// fail ends the walk.
func (c *cursor) fail(err error) {
	if c.broken {
		return
	}
	c.broken = true
	if errors.Is(err, jsontext.ErrDuplicateName) {
		c.dup = true
	}
	c.faults = append(c.faults, jsonFault(err, c.base))
}

// jsonFault says in our words what the JSON library found.
func jsonFault(err error, base string) Fault {
	pointer := base
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		pointer += string(syntax.JSONPointer)
	}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return Fault{pointer, "duplicate-name", "the object has two members of this name", "leave one of them out: readers disagree on which one counts"}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return Fault{pointer, "json", "the text ends in the middle", "send it whole"}
	case syntax != nil && syntax.Err != nil:
		return Fault{pointer, "json", "this is no JSON: " + syntax.Err.Error(), "write it with a JSON library"}
	}
	return Fault{pointer, "json", "this is no JSON: " + err.Error(), "write it with a JSON library"}
}

// begin enters an object or array; it faults and skips anything else.
func (c *cursor) begin(kind jsontext.Kind, want string) bool {
	if c.broken {
		return false
	}
	if c.dec.PeekKind() != kind {
		c.skipAs(want)
		return false
	}
	if _, err := c.dec.ReadToken(); err != nil {
		c.fail(err)
		return false
	}
	return true
}

// more tells whether the open object or array goes on.
func (c *cursor) more() bool {
	if c.broken {
		return false
	}
	switch c.dec.PeekKind() {
	case '}', ']':
		return false
	case 0: // a fault: let the reading of it say which
		_, err := c.dec.ReadToken()
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		c.fail(err)
		return false
	}
	return true
}

// end leaves the object or array.
func (c *cursor) end() {
	if c.broken {
		return
	}
	if _, err := c.dec.ReadToken(); err != nil {
		c.fail(err)
	}
}

// name reads a member's name.
func (c *cursor) name() string {
	s, _ := c.text()
	return s
}

// skipAs faults a value that is not what was wanted, and passes over it.
func (c *cursor) skipAs(want string) {
	got := kindWord(c.dec.PeekKind())
	if err := c.dec.SkipValue(); err != nil {
		c.fail(err)
		return
	}
	c.fault("type", "is "+got+", want "+want, "")
}

func kindWord(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	case '"':
		return "text"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "no value"
}

// text reads a string whose kind is known to be one.
func (c *cursor) text() (string, bool) {
	v, err := c.dec.ReadValue()
	if err != nil {
		c.fail(err)
		return "", false
	}
	end := int(c.dec.InputOffset())
	start := end - len(v)
	if bytes.IndexByte(v, '\\') < 0 {
		return c.src[start+1 : end-1], true
	}
	out, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		c.fail(err)
		return "", false
	}
	return string(out), true
}

// str reads a string.
func (c *cursor) str(want string) (string, bool) {
	if c.broken {
		return "", false
	}
	if c.dec.PeekKind() != '"' {
		c.skipAs(want)
		return "", false
	}
	return c.text()
}

// num reads a number as it is written.
func (c *cursor) num() Number {
	if c.broken {
		return ""
	}
	if c.dec.PeekKind() != '0' {
		c.skipAs("a number")
		return ""
	}
	v, err := c.dec.ReadValue()
	if err != nil {
		c.fail(err)
		return ""
	}
	end := int(c.dec.InputOffset())
	return Number(c.src[end-len(v) : end])
}

// raw reads any value as equal JSON, without insignificant white space.
func (c *cursor) raw() json.RawMessage {
	if c.broken {
		return nil
	}
	v, err := c.dec.ReadValue()
	if err != nil {
		c.fail(err)
		return nil
	}
	out := jsontext.Value(append([]byte(nil), v...))
	if k := out.Kind(); k == '{' || k == '[' {
		if err := out.Compact(jsontext.AllowDuplicateNames(true)); err != nil {
			c.fail(err)
		}
	}
	return json.RawMessage(out)
}

// finish faults what follows the value.
func (c *cursor) finish() {
	if c.broken {
		return
	}
	if _, err := c.dec.ReadToken(); err != io.EOF {
		c.broken = true
		c.faultAt(c.base, "json", "something follows the end of the value", "send one JSON value")
	}
}
