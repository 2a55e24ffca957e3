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

// LoadBook reads the book in folder dir of fsys: book.yaml, whose digest it bears. Beside it stands the case file.
// Errors are Faults with file, line and column.
func LoadBook(fsys fs.FS, dir string) (*Book, error) {
	src, err := readText(fsys, path.Join(dir, "book.yaml"))
	if err != nil {
		return nil, err
	}
	return build([]text{src})
}

// text is one file that a book is built from: its own, then the amendments to it in their order.
type text struct {
	file string
	data []byte
}

func readText(fsys fs.FS, file string) (text, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return text{}, fmt.Errorf("read law: %w", err)
	}
	return text{file, data}, nil
}

// build makes a book of its texts: the first is the book, the others amend it.
func build(texts []text) (*Book, error) {
	l := &loader{b: &Book{texts: texts, samples: map[string][]string{}}, groups: map[string]phaseSet{}}
	var first *yaml.Node
	for i, t := range texts {
		root, err := yamlread.Document(t.file, t.data)
		if err != nil {
			return nil, err
		}
		l.reader = newReader(t.file)
		if i == 0 {
			first = root
			l.book(root)
		} else {
			l.amendment(root, t.data)
		}
		if len(l.Faults) > 0 {
			return nil, l.Faults
		}
	}
	l.b.link()
	if faults := l.compile(first); len(faults) > 0 {
		return nil, faults
	}
	l.b.Digest = digest(texts)
	return l.b, nil
}

// digest is the sha256 of a book's text, as verdicts name it; of an amended book that of all its texts, each with its
// length before it.
func digest(texts []text) string {
	if len(texts) == 1 {
		return fmt.Sprintf("sha256:%x", sha256.Sum256(texts[0].data))
	}
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d\n", len(t.data))
		h.Write(t.data)
	}
	return fmt.Sprintf("sha256:%x", h.Sum(nil))
}

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
	r    *reader // of the file it stands in
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
	for _, x := range [][2]string{{"book", b.ID}, {"title", b.Title}, {"kind", string(b.Kind)}} {
		if x[1] == "" && !l.Failed(x[0]) {
			l.Wrong(root, x[0], "is missing", "a book names itself, its title and its kind: doc/books.md")
		}
	}
	if b.Clause != "" && len(b.Versions) == 0 {
		l.Wrong(root, "versions", "is missing", "a clause has versions: [{id: MAY 2024, from: 2024-05-30, source: …}]")
	}
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
