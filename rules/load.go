package rules

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"sort"

	"go.yaml.in/yaml/v4"

	"lodestone/yamlread"
)

// LoadBook reads the book in folder dir of fsys: book.yaml, and beside it the case file, both under one digest.
// Errors are Faults with file, line and column.
func LoadBook(fsys fs.FS, dir string) (*Book, error) {
	file := path.Join(dir, "book.yaml")
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read book: %w", err)
	}
	root, err := yamlread.Document(file, data)
	if err != nil {
		return nil, err
	}
	b := &Book{}
	r := newReader(file)
	l := &loader{reader: r, b: b, groups: map[string]phaseSet{}}
	b.samples = map[string][]string{}
	l.book(root)
	if len(r.Faults) == 0 {
		b.link()
		l.compile(root)
	}
	if len(r.Faults) > 0 {
		return nil, r.Faults
	}
	b.Digest = digest(data)
	return b, nil
}

// digest is the sha256 of a book's text, as verdicts name it.
func digest(data []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(data)) }

type loader struct {
	*reader
	b      *Book
	groups map[string]phaseSet
	rules  []ruleAt
}

type ruleAt struct {
	rule *Rule
	node *yaml.Node
	at   string
}

func (l *loader) book(root *yaml.Node) {
	b := l.b
	l.Mapping(root, "", []string{"book", "title", "kind", "clause", "consults", "about", "in_force", "waits_on", "suspended", "clock", "versions", "values", "phase_groups", "subjects", "doubts", "notes", "paragraphs"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "book":
			b.ID = l.Text(n, at)
		case "title":
			b.Title = l.Text(n, at)
		case "kind":
			b.Kind = Kind(l.OneOf(n, at, []string{"prohibition", "licence", "duty", "credit", "disclosure"}))
		case "clause":
			b.Clause = l.Text(n, at)
		case "consults":
			b.Consults = l.Text(n, at)
		case "about":
			b.About = l.Text(n, at)
		case "in_force":
			l.Mapping(n, at, []string{"from", "until"}, func(key, at string, n *yaml.Node) { l.Period(key, at, n, &b.InForce) })
		case "waits_on", "suspended":
			l.status(key, n, at, &b.Status)
		case "clock":
			b.Shipped = l.OneOf(n, at, []string{"delivery", "shipment"}) == "shipment"
		case "versions":
			l.List(n, at, func(at string, n *yaml.Node) { b.Versions = append(b.Versions, l.version(n, at)) })
		case "values":
			l.List(n, at, func(at string, n *yaml.Node) { b.Values = append(b.Values, l.value(n, at)) })
		case "phase_groups":
			l.Pairs(n, at, func(key, at string, n *yaml.Node) { l.groups[key] = l.phases(n, at) })
		case "subjects":
			l.List(n, at, func(at string, n *yaml.Node) { b.Subjects = append(b.Subjects, l.subject(n, at)) })
		case "doubts":
			l.List(n, at, func(at string, n *yaml.Node) { b.Doubts = append(b.Doubts, l.doubt(n, at)) })
		case "notes":
			l.List(n, at, func(at string, n *yaml.Node) { b.Notes = append(b.Notes, l.note(n, at)) })
		case "paragraphs":
			l.List(n, at, func(at string, n *yaml.Node) { b.Parts = append(b.Parts, l.paragraph(n, at)) })
		}
	})
}

// link indexes a book's parts by name, and files its rules.
func (b *Book) link() {
	b.doubts, b.values, b.rules = map[string]*Doubt{}, map[string]*Value{}, nil
	for i := range b.Doubts {
		if k := b.Doubts[i].Key; k != "" {
			b.doubts[k] = &b.Doubts[i]
		}
	}
	for i := range b.Values {
		v := &b.Values[i]
		sort.SliceStable(v.Entries, func(a, b int) bool { return v.Entries[a].Valid.From < v.Entries[b].Valid.From })
		b.values[v.Name] = v
	}
	for i := range b.Parts {
		for _, r := range b.Parts[i].Rules {
			r.part, r.no = &b.Parts[i], len(b.rules)
			b.rules = append(b.rules, r)
		}
	}
	b.sort()
}

func (l *loader) version(n *yaml.Node, at string) Version {
	var v Version
	l.Mapping(n, at, []string{"id", "from", "source", "text"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			v.ID = l.Text(n, at)
		case "from":
			v.From = l.Date(n, at)
		case "source":
			v.Source = l.Text(n, at)
		case "text":
			v.Text = l.Text(n, at)
		}
	})
	return v
}
