package yamlread

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"
)

// jsonDocument is a JSON text as the nodes that a YAML text would give, nil when it is none. JSON is YAML but for its
// escapes of characters beyond the first plane, which it writes in two halves.
func jsonDocument(data []byte) *yaml.Node {
	dec := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))
	j := jsonNodes{data: data, dec: dec}
	n := j.value()
	if n == nil || dec.PeekKind() != 0 || n.Kind == yaml.ScalarNode {
		return nil
	}
	if _, err := dec.ReadToken(); err == nil || !errors.Is(err, io.EOF) {
		return nil
	}
	return n
}

// jsonNodes makes nodes of a JSON text, counting lines as it goes.
type jsonNodes struct {
	data       []byte
	dec        *jsontext.Decoder
	at         int // how far lines are counted
	line, from int // lines before at, and where the last of them begins
}

func (j *jsonNodes) value() *yaml.Node {
	kind := j.dec.PeekKind()
	tok, err := j.dec.ReadToken()
	if err != nil {
		return nil
	}
	n := j.node(tok)
	switch kind {
	case '{', '[':
		n.Kind = yaml.MappingNode
		if kind == '[' {
			n.Kind = yaml.SequenceNode
		}
		for k := j.dec.PeekKind(); k != '}' && k != ']'; k = j.dec.PeekKind() {
			c := j.value()
			if c == nil {
				return nil
			}
			n.Content = append(n.Content, c)
		}
		if _, err := j.dec.ReadToken(); err != nil {
			return nil
		}
	case '"':
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// node is a scalar node at the token that was just read.
func (j *jsonNodes) node(tok jsontext.Token) *yaml.Node {
	text := tok.String()
	start := int(j.dec.InputOffset())
	if k := tok.Kind(); k == '{' || k == '[' {
		start--
	} else {
		start -= len(text) // near enough for a text with escapes
		if k == '"' {
			start -= 2
		}
	}
	start = max(start, j.at)
	for ; j.at < start; j.at++ {
		if j.data[j.at] == '\n' {
			j.line, j.from = j.line+1, j.at+1
		}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: text, Line: j.line + 1, Column: start - j.from + 1}
}
