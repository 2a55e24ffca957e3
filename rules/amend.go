package rules

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/yamlread"
)

// Amendment is a change to a book from a day on: an act that was adopted, or a pending one that is tried as if it were
// enacted. The book it makes is another book with another digest: the one it amends stays as it is.
type Amendment struct {
	Name    string // "FY2027 NDAA s.1803"
	Pending bool   // a scenario: every answer says "as if enacted"
	From    quantity.Date
	About   string
	Source  string
	Sure    Sure
	Digest  string // of the amendment's text
}

// Amends is the book that an amendment in a file is to, without reading the rest.
func Amends(fsys fs.FS, file string) (string, error) {
	t, err := readText(fsys, file)
	if err != nil {
		return "", err
	}
	root, err := yamlread.Document(file, t.data)
	if err != nil {
		return "", err
	}
	for i := 0; i+1 < len(root.Content) && root.Kind == yaml.MappingNode; i += 2 {
		if root.Content[i].Value == "amends" {
			return root.Content[i+1].Value, nil
		}
	}
	return "", Faults{{File: file, Line: root.Line, Column: root.Column, Field: "amends", Problem: "is missing", Hint: "the book it amends, such as us/10-usc-4872"}}
}

// Amend is the book as the amendment in file of fsys has it. Errors are Faults with file, line and column.
func (b *Book) Amend(fsys fs.FS, file string) (*Book, error) {
	t, err := readText(fsys, file)
	if err != nil {
		return nil, err
	}
	return build(append(slices.Clip(b.texts), t))
}

var amendmentFields = []string{"amends", "name", "status", "from", "about", "source", "sure", "repeal", "dates", "values", "phase_groups", "subjects", "doubts", "notes", "paragraphs"}

// amendment reads an amendment and applies it to the book read so far.
func (l *loader) amendment(root *yaml.Node, data []byte) {
	a := Amendment{Pending: true, Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(data))}
	b := l.b
	l.Mapping(root, "", amendmentFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "amends":
			if id := l.Text(n, at); id != b.ID {
				l.Wrong(n, at, fmt.Sprintf("%q is not the book %s", id, b.ID), "")
			}
		case "name":
			a.Name = l.Text(n, at)
		case "status":
			a.Pending = l.OneOf(n, at, []string{"pending", "adopted"}) == "pending"
		case "from":
			a.From = l.Date(n, at)
		case "about":
			a.About = l.Text(n, at)
		case "source":
			a.Source = l.Text(n, at)
		case "sure":
			a.Sure = l.sure(n, at)
		}
	})
	if a.Name == "" || a.From == 0 || a.Source == "" || a.Sure == "" {
		l.Wrong(root, "amends", "wants name, from, source and sure", "what amends, its first day, where it stands and how sure that is")
		return
	}
	l.Mapping(root, "", amendmentFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "repeal":
			l.List(n, at, func(at string, n *yaml.Node) { l.repeal(n, at, a.From) })
		case "dates":
			l.List(n, at, func(at string, n *yaml.Node) { l.dates(n, at) })
		case "values":
			l.List(n, at, func(at string, n *yaml.Node) { b.overlay(l.value(n, at), a) })
		case "phase_groups":
			l.Pairs(n, at, func(key, at string, n *yaml.Node) { l.groups[key] = l.phases(n, at) })
		case "subjects":
			l.List(n, at, func(at string, n *yaml.Node) {
				s := l.subject(n, at)
				s.Valid.From = cmp.Or(s.Valid.From, a.From)
				b.Subjects = append(b.Subjects, s)
			})
		case "doubts":
			l.List(n, at, func(at string, n *yaml.Node) { b.answer(l.doubt(n, at)) })
		case "notes":
			l.List(n, at, func(at string, n *yaml.Node) {
				v := l.note(n, at)
				v.Valid.From = cmp.Or(v.Valid.From, a.From)
				b.Notes = append(slices.DeleteFunc(b.Notes, func(x Note) bool { return x.ID == v.ID }), v)
			})
		case "paragraphs":
			l.List(n, at, func(at string, n *yaml.Node) { l.enact(l.paragraph(n, at), a) })
		}
	})
	b.Amended = append(b.Amended, a)
}

// overlay lays a value over the one of its name from the amendment's day on: what stood before ends the day before.
func (b *Book) overlay(v Value, a Amendment) {
	for i := range v.Entries {
		e := &v.Entries[i]
		e.Valid.From, e.By = cmp.Or(e.Valid.From, a.From), a.label()
	}
	i := slices.IndexFunc(b.Values, func(x Value) bool { return x.Name == v.Name })
	if i < 0 {
		b.Values = append(b.Values, v)
		return
	}
	old := &b.Values[i]
	first := a.From
	for _, e := range v.Entries {
		first = min(first, e.Valid.From)
	}
	var kept []Entry
	for _, e := range old.Entries {
		if end(&e.Valid, first) {
			kept = append(kept, e)
		}
	}
	v.Entries = append(kept, v.Entries...)
	b.Values[i] = v
}

// answer puts a doubt in the place of the one with its key or id, or adds it.
func (b *Book) answer(d Doubt) {
	i := slices.IndexFunc(b.Doubts, func(x Doubt) bool { return d.Key != "" && x.Key == d.Key || d.Key == "" && x.ID == d.ID })
	if i < 0 {
		b.Doubts = append(b.Doubts, d)
		return
	}
	b.Doubts[i] = d
}

// enact adds a paragraph. One of the same place and versions ends the day before, and so do rules of the same id.
func (l *loader) enact(p Paragraph, a Amendment) {
	b := l.b
	p.By = a.label()
	p.Valid.From = cmp.Or(p.Valid.From, a.From)
	for i := range b.Parts {
		if old := &b.Parts[i]; old.Cite == p.Cite && slices.Equal(old.Versions, p.Versions) {
			l.close(i, p.Valid.From)
			break
		}
	}
	for _, r := range p.Rules {
		r.By = p.By
		r.Valid.From = cmp.Or(r.Valid.From, p.Valid.From)
		for i := range b.Parts {
			l.closeRules(&b.Parts[i], r.Valid.From, func(x *Rule) bool { return x.ID == r.ID })
		}
	}
	b.Parts = append(b.Parts, p)
}

// repeal ends a paragraph ({cite, versions}) or a rule ({rule}) the day before the amendment's.
func (l *loader) repeal(n *yaml.Node, at string, from quantity.Date) {
	where := l.target(n, at, nil)
	found := false
	for i := range l.b.Parts {
		p := &l.b.Parts[i]
		switch {
		case where.part(p):
			found = true
			l.close(i, from)
		case where.rule != "":
			found = l.closeRules(p, from, func(r *Rule) bool { return r.ID == where.rule }) || found
		}
	}
	if !found {
		l.Wrong(n, at, "there is nothing such in the book to repeal", l.known(where))
	}
}

// dates gives a paragraph or a rule other days: from, until, each a day or none.
func (l *loader) dates(n *yaml.Node, at string) {
	var from, until *quantity.Date
	set := func(to **quantity.Date) func(string, *yaml.Node) {
		return func(at string, n *yaml.Node) {
			var d quantity.Date
			if s, _ := l.Scalar(n, at); s != "none" {
				d = l.Date(n, at)
			}
			*to = &d
		}
	}
	where := l.target(n, at, map[string]func(string, *yaml.Node){"from": set(&from), "until": set(&until)})
	move := func(p *quantity.Period) {
		if from != nil {
			p.From = *from
		}
		if until != nil {
			p.Until = *until
		}
	}
	found := false
	for i := range l.b.Parts {
		p := &l.b.Parts[i]
		if where.part(p) {
			found = true
			move(&p.Valid)
		}
		for _, r := range p.Rules {
			if where.part(p) || where.rule != "" && r.ID == where.rule {
				found = true
				move(&r.Valid)
			}
		}
	}
	if !found {
		l.Wrong(n, at, "there is nothing such in the book", l.known(where))
	}
}

// target names a paragraph by its place and, where that stands more than once, its versions, or a rule by its id.
type target struct {
	cite, rule string
	versions   []string
}

func (t target) part(p *Paragraph) bool {
	return t.cite != "" && p.Cite == t.cite && (t.versions == nil || slices.Equal(t.versions, p.Versions))
}

func (l *loader) target(n *yaml.Node, at string, more map[string]func(string, *yaml.Node)) target {
	var t target
	fields := append([]string{"cite", "versions", "rule"}, sortedKeys(more)...)
	pairs := map[string]func(string, *yaml.Node){
		"cite": func(at string, n *yaml.Node) { t.cite = l.Text(n, at) }, "rule": func(at string, n *yaml.Node) { t.rule = l.Text(n, at) },
		"versions": func(at string, n *yaml.Node) { t.versions = l.words(n, at) },
	}
	for k, do := range more {
		pairs[k] = do
	}
	l.Mapping(n, at, fields, func(key, at string, n *yaml.Node) { pairs[key](at, n) })
	if (t.cite == "") == (t.rule == "") {
		l.Wrong(n, at, "names neither a paragraph nor a rule, or both", "cite: (b)(3), or rule: ID")
	}
	return t
}

// known lists what the target might have been.
func (l *loader) known(t target) string {
	var names []string
	for i := range l.b.Parts {
		if t.cite != "" {
			names = append(names, l.b.Parts[i].Cite)
			continue
		}
		for _, r := range l.b.Parts[i].Rules {
			names = append(names, r.ID)
		}
	}
	if near := yamlread.Nearest(t.cite+t.rule, names); near != "" {
		return "did you mean " + near + "?"
	}
	slices.Sort(names)
	return "there are " + strings.Join(slices.Compact(names), ", ")
}

// close ends a paragraph and its rules the day before d.
func (l *loader) close(i int, d quantity.Date) {
	p := &l.b.Parts[i]
	l.closeRules(p, d, func(*Rule) bool { return true })
	if !end(&p.Valid, d) {
		p.Valid = quantity.Period{From: d, Until: d - 1} // never
	}
}

// closeRules ends the rules of a paragraph that are meant the day before d; those that would begin later are gone.
func (l *loader) closeRules(p *Paragraph, d quantity.Date, meant func(*Rule) bool) bool {
	found := false
	p.Rules = slices.DeleteFunc(p.Rules, func(r *Rule) bool {
		if !meant(r) {
			return false
		}
		found = true
		if end(&r.Valid, d) {
			return false
		}
		l.rules = slices.DeleteFunc(l.rules, func(ra ruleAt) bool { return ra.rule == r })
		return true
	})
	return found
}

// end ends a period the day before d, and tells whether any of it is left.
func end(p *quantity.Period, d quantity.Date) bool {
	if p.From >= d && p.From != 0 {
		return false
	}
	if p.Until == 0 || p.Until >= d {
		p.Until = d - 1
	}
	return true
}

// label is how answers name the amendment.
func (a Amendment) label() string {
	if a.Pending {
		return "as if enacted: " + a.Name
	}
	return "as amended by " + a.Name
}
