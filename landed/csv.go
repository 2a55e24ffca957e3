package landed

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/yamlread"
)

// A CSV sheet has one fact a row and says the same as the YAML: the column row says what kind of fact it is, item which item it
// belongs to, and every other column is a field of that fact. csvTree makes the YAML's tree of it, with the places of the
// cells, so that one reader checks both.

// csvKinds says where a row of each kind goes: into a field of the item, as a mapping or one more entry of a list.
var csvKinds = map[string]struct {
	path []string
	list bool
}{
	"buy": {[]string{"buy"}, false}, "quote": {[]string{"buy", "quote"}, false}, "floor": {[]string{"buy", "floor"}, false},
	"input": {[]string{"make", "inputs"}, true}, "yield": {[]string{"make", "yield"}, false}, "cost": {[]string{"make", "costs"}, true},
	"import": {[]string{"import"}, false}, "value": {[]string{"import", "value"}, false}, "fee": {[]string{"import", "fees"}, true},
	"freight": {[]string{"freight"}, true}, "premium": {[]string{"premium"}, true},
}

func csvTree(name string, data []byte) (*yaml.Node, error) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	in.FieldsPerRecord = -1
	t := &csvReader{name: name, root: mapping(1, 1), items: map[string]*yaml.Node{}}
	for {
		rec, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, yamlread.Faults{{File: name, Line: 1, Column: 1, Field: "file", Problem: err.Error(), Hint: "comma-separated, texts with commas in double quotes"}}
		}
		if strings.TrimSpace(strings.Join(rec, "")) == "" || strings.HasPrefix(rec[0], "#") {
			continue
		}
		cells := make([]*yaml.Node, len(rec))
		for i := range rec {
			line, column := in.FieldPos(i)
			cells[i] = &yaml.Node{Kind: yaml.ScalarNode, Value: strings.TrimSpace(rec[i]), Line: line, Column: column}
		}
		if t.head == nil {
			t.header(cells)
		} else {
			t.row(cells)
		}
	}
	if t.head == nil {
		t.wrong(t.root, "file", "has no header", "row,item,name,… as lodestone landed --template csv writes it")
	}
	if len(t.faults) > 0 {
		return nil, t.faults
	}
	return t.root, nil
}

type csvReader struct {
	name   string
	head   []string
	root   *yaml.Node
	items  map[string]*yaml.Node
	faults yamlread.Faults
}

func (t *csvReader) wrong(n *yaml.Node, field, problem, hint string) {
	t.faults = append(t.faults, yamlread.Fault{File: t.name, Line: n.Line, Column: n.Column, Field: field, Problem: problem, Hint: hint})
}

func (t *csvReader) header(cells []*yaml.Node) {
	seen := map[string]bool{}
	for _, c := range cells {
		if seen[c.Value] && c.Value != "" {
			t.wrong(c, c.Value, "a column is there twice", "keep one")
		}
		seen[c.Value] = true
		t.head = append(t.head, c.Value)
	}
	if !seen["row"] || !seen["item"] {
		t.wrong(cells[0], "header", "has no column row or no column item", "row,item,name,… as lodestone landed --template csv writes it")
	}
}

// row puts one fact into the tree.
func (t *csvReader) row(cells []*yaml.Node) {
	fact := mapping(cells[0].Line, cells[0].Column)
	kind, item := cells[0], &yaml.Node{}
	for i, c := range cells {
		switch {
		case c.Value == "":
		case i >= len(t.head) || t.head[i] == "":
			t.wrong(c, "row", fmt.Sprintf("%q stands under no column", c.Value), "put it under a column, or quote a text with commas")
		case t.head[i] == "row":
			kind = c
		case t.head[i] == "item":
			item = c
		case t.head[i] == "claims":
			set(fact, "claims", parted(c))
		case t.head[i] == "of":
			set(fact, "item", c)
		default:
			set(fact, t.head[i], c)
		}
	}
	place, known := csvKinds[kind.Value]
	switch {
	case kind.Value == "sheet":
		t.root.Content = append(fact.Content, t.root.Content...)
	case kind.Value == "rate":
		push(t.root, "rates", fact)
	case !known:
		words := []string{"sheet", "rate"}
		for k := range csvKinds {
			words = append(words, k)
		}
		hint := "did you mean " + yamlread.Nearest(kind.Value, words) + "?"
		if yamlread.Nearest(kind.Value, words) == "" {
			hint = "sheet, rate, buy, quote, floor, input, yield, cost, import, value, fee, freight, premium"
		}
		t.wrong(kind, "row", fmt.Sprintf("%q is no kind of row", kind.Value), hint)
	case item.Value == "":
		t.wrong(kind, "item", "names no item", "the item that this row is about")
	default:
		n := t.item(item)
		for _, key := range place.path[:len(place.path)-1] {
			n = child(n, key, fact)
		}
		last := place.path[len(place.path)-1]
		if place.list {
			push(n, last, fact)
			return
		}
		into := child(n, last, fact)
		into.Content = append(into.Content, fact.Content...) // a second row of that kind shows as a field given twice
	}
}

func (t *csvReader) item(name *yaml.Node) *yaml.Node {
	if n := t.items[name.Value]; n != nil {
		return n
	}
	n := mapping(name.Line, name.Column)
	set(n, "name", name)
	push(t.root, "items", n)
	t.items[name.Value] = n
	return n
}

// parted is a cell as a list, parted at semicolons.
func parted(c *yaml.Node) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Line: c.Line, Column: c.Column}
	for part := range strings.SplitSeq(c.Value, ";") {
		list.Content = append(list.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: strings.TrimSpace(part), Line: c.Line, Column: c.Column})
	}
	return list
}

func mapping(line, column int) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Line: line, Column: column}
}

func set(m *yaml.Node, key string, v *yaml.Node) {
	m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key, Line: v.Line, Column: v.Column}, v)
}

func get(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// child is the mapping under a key, made where it is not there.
func child(m *yaml.Node, key string, at *yaml.Node) *yaml.Node {
	n := get(m, key)
	if n == nil {
		n = mapping(at.Line, at.Column)
		set(m, key, n)
	}
	return n
}

// push appends to the list under a key.
func push(m *yaml.Node, key string, v *yaml.Node) {
	n := get(m, key)
	if n == nil {
		n = &yaml.Node{Kind: yaml.SequenceNode, Line: v.Line, Column: v.Column}
		set(m, key, n)
	}
	n.Content = append(n.Content, v)
}
