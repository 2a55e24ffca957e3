package rules

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
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
	b := &Book{doubts: map[string]*Doubt{}, values: map[string]*Value{}}
	r := newReader(file)
	l := &loader{reader: r, b: b, groups: map[string]phaseSet{}}
	l.book(root)
	if len(r.Faults) == 0 {
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
	l.Mapping(root, "", []string{"book", "title", "kind", "clause", "consults", "about", "in_force", "versions", "values", "phase_groups", "subjects", "doubts", "notes", "paragraphs"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "book":
			b.ID = l.Text(n, at)
		case "title":
			b.Title = l.Text(n, at)
		case "kind":
			b.Kind = l.OneOf(n, at, []string{"prohibition", "licence", "duty", "credit", "disclosure"})
		case "clause":
			b.Clause = l.Text(n, at)
		case "consults":
			b.Consults = l.Text(n, at)
		case "about":
			b.About = l.Text(n, at)
		case "in_force":
			l.Mapping(n, at, []string{"from", "until"}, func(key, at string, n *yaml.Node) { l.Period(key, at, n, &b.InForce) })
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
	for i := range b.Doubts {
		if k := b.Doubts[i].Key; k != "" {
			b.doubts[k] = &b.Doubts[i]
		}
	}
	for i := range b.Values {
		b.values[b.Values[i].Name] = &b.Values[i]
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

func (l *loader) sure(n *yaml.Node, at string) Sure {
	return Sure(l.OneOf(n, at, []string{"Q", "D", "S", "M", "C"}))
}

func (l *loader) value(n *yaml.Node, at string) Value {
	var v Value
	l.Mapping(n, at, []string{"name", "about", "unit", "cite", "clock", "entries"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			v.Name = l.Text(n, at)
		case "about":
			v.About = l.Text(n, at)
		case "unit":
			v.Unit = l.OneOf(n, at, []string{"USD", "share", "countries", "forms"})
		case "cite":
			v.Cite = l.Text(n, at)
		case "clock":
			v.Award = l.OneOf(n, at, []string{"award", "delivery"}) == "award"
		case "entries":
			l.List(n, at, func(at string, n *yaml.Node) { v.Entries = append(v.Entries, l.entry(n, at)) })
		}
	})
	for i := range v.Entries {
		e := &v.Entries[i]
		switch v.Unit {
		case "USD", "share":
			scale := int64(centScale)
			if v.Unit == "share" {
				scale = shareScale
			}
			d, err := quantity.ParseDecimal(e.Text)
			if err == nil {
				if x, ok := scaled(d, scale); ok {
					e.Number = x
					continue
				}
			}
			l.Wrong(n, at, fmt.Sprintf("entry %d: %q is not a number", i, e.Text), "")
		default:
			if len(e.List) == 0 {
				l.Wrong(n, at, fmt.Sprintf("entry %d: wants a list", i), "")
			}
		}
	}
	return v
}

func (l *loader) entry(n *yaml.Node, at string) Entry {
	var e Entry
	l.Mapping(n, at, []string{"from", "until", "value", "sure", "source"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "from", "until":
			l.Period(key, at, n, &e.Valid)
		case "value":
			if n.Kind == yaml.SequenceNode {
				l.List(n, at, func(at string, n *yaml.Node) { e.List = append(e.List, l.Text(n, at)) })
				e.Text = strings.Join(e.List, ", ")
			} else {
				e.Text = l.Text(n, at)
			}
		case "sure":
			e.Sure = l.sure(n, at)
		case "source":
			e.Source = l.Text(n, at)
		}
	})
	if e.Sure == "" || e.Source == "" {
		l.Wrong(n, at, "has no source or no sureness", "every legal value names both")
	}
	return e
}

func (l *loader) words(n *yaml.Node, at string) []string {
	var ws []string
	l.List(n, at, func(at string, n *yaml.Node) { ws = append(ws, l.Text(n, at)) })
	return ws
}

func (l *loader) subject(n *yaml.Node, at string) Subject {
	var s Subject
	l.Mapping(n, at, []string{"kinds", "cite", "versions", "from", "until", "literal", "main", "open"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "kinds":
			s.Kinds = l.words(n, at)
		case "cite":
			s.Cite = l.Text(n, at)
		case "versions":
			s.Versions = l.words(n, at)
		case "from", "until":
			l.Period(key, at, n, &s.Valid)
		case "literal":
			s.Literal = l.elements(n, at)
		case "main":
			e, err := element.Parse(l.Text(n, at))
			if err != nil {
				l.Wrong(n, at, err.Error(), "")
			}
			s.Main = e
		case "open":
			s.Open = l.Flag(n, at)
		}
	})
	return s
}

func (l *loader) doubt(n *yaml.Node, at string) Doubt {
	var d Doubt
	l.Mapping(n, at, []string{"id", "also", "key", "class", "question", "readings", "chosen", "source"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			d.ID = l.Text(n, at)
		case "also":
			d.Also = l.words(n, at)
		case "key":
			d.Key = l.Text(n, at)
		case "class":
			d.Class = DoubtClass(l.OneOf(n, at, []string{"settled", "open", "conflict", "note"}))
		case "question":
			d.Question = l.Text(n, at)
		case "readings":
			l.Pairs(n, at, func(key, at string, n *yaml.Node) {
				d.Readings = append(d.Readings, Reading{Value: key, Says: l.Text(n, at)})
			})
		case "chosen":
			d.Chosen = l.Text(n, at)
		case "source":
			d.Source = l.Text(n, at)
		}
	})
	if d.Key != "" && len(d.Readings) < 2 {
		l.Wrong(n, at, "has a key and fewer than two readings", "name the closed set of answers")
	}
	if (d.Class == Settled) != (d.Chosen != "") {
		l.Wrong(n, at, "settled and chosen go together", "")
	}
	if d.Chosen != "" && d.Key != "" && !slices.ContainsFunc(d.Readings, func(r Reading) bool { return r.Value == d.Chosen }) {
		l.Wrong(n, at, "the chosen reading is none of the readings", "")
	}
	return d
}

func (l *loader) note(n *yaml.Node, at string) Note {
	var v Note
	l.Mapping(n, at, []string{"id", "says", "source", "sure", "from", "until", "when"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			v.ID = l.Text(n, at)
		case "says":
			v.Says = l.Text(n, at)
		case "source":
			v.Source = l.Text(n, at)
		case "sure":
			v.Sure = l.sure(n, at)
		case "when":
			v.When = l.Text(n, at)
		default:
			l.Period(key, at, n, &v.Valid)
		}
	})
	return v
}

func (l *loader) paragraph(n *yaml.Node, at string) Paragraph {
	var p Paragraph
	l.Mapping(n, at, []string{"cite", "versions", "from", "until", "quote", "content", "sure", "source", "rules"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "cite":
			p.Cite = l.Text(n, at)
		case "versions":
			p.Versions = l.words(n, at)
		case "from", "until":
			l.Period(key, at, n, &p.Valid)
		case "quote":
			p.Quote = strings.TrimSpace(l.Text(n, at))
		case "content":
			p.Content = l.Text(n, at)
		case "sure":
			p.Sure = l.sure(n, at)
		case "source":
			p.Source = l.Text(n, at)
		}
	})
	if p.Sure == "" {
		l.Wrong(n, at, "has no sureness", "Q, D, S, M or C")
	}
	if (p.Quote == "") == (p.Content == "") {
		l.Wrong(n, at, "wants either the words (quote) or what they say (content)", "")
	}
	l.mapping2(n, at, "rules", func(at string, n *yaml.Node) {
		p.Rules = append(p.Rules, l.rule(n, at, &p))
	})
	return p
}

// mapping2 lists the sequence under one key of n.
func (l *loader) mapping2(n *yaml.Node, at, want string, do func(at string, n *yaml.Node)) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == want {
			l.List(n.Content[i+1], yamlread.Join(at, want), do)
		}
	}
}

func (l *loader) rule(n *yaml.Node, at string, p *Paragraph) *Rule {
	r := &Rule{Level: "material", Cites: []string{p.Cite}, Versions: p.Versions, Valid: p.Valid, Place: "covered"}
	l.Mapping(n, at, []string{"id", "effect", "level", "with", "from", "until", "kinds", "phases", "name", "each", "extra", "place", "when", "says"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			r.ID = l.Text(n, at)
		case "effect":
			r.Effect = Effect(l.OneOf(n, at, []string{"out_of_scope", "exempt", "prohibits", "counts", "needs"}))
		case "level":
			r.Level = l.OneOf(n, at, []string{"contract", "material"})
		case "with":
			r.Cites = append(l.words(n, at), r.Cites...)
		case "from", "until":
			l.Period(key, at, n, &r.Valid)
		case "kinds":
			r.Kinds = l.words(n, at)
		case "phases":
			r.Phases = l.phases(n, at)
		case "name":
			r.Name, _ = supply.ParsePhase(l.Text(n, at))
		case "each":
			r.Each = l.Flag(n, at)
		case "extra":
			r.Extra = map[element.Element]phaseSet{}
			l.Pairs(n, at, func(key, at string, n *yaml.Node) {
				e, err := element.Parse(key)
				if err != nil {
					l.Wrong(n, at, err.Error(), "")
				}
				r.Extra[e] = l.phases(n, at)
			})
		case "place":
			r.Place = l.OneOf(n, at, []string{"covered", "allowed"})
		case "when":
			r.When = l.Text(n, at)
		case "says":
			r.Says = l.Text(n, at)
		}
	})
	if r.Effect == NeedsStep && r.Name == supply.NoPhase {
		l.Wrong(n, at+".name", "is missing", "the phase that is asked for")
	}
	for _, k := range r.Kinds {
		if !slices.Contains(Kinds, k) {
			l.Wrong(n, at+".kinds", fmt.Sprintf("unknown kind %q", k), "")
		}
	}
	l.rules = append(l.rules, ruleAt{r, n, at})
	return r
}

// phases reads a list of phase words, group names, and ranges such as "mined..refined" in chain order.
func (l *loader) phases(n *yaml.Node, at string) phaseSet {
	var s phaseSet
	l.List(n, at, func(at string, n *yaml.Node) {
		w := l.Text(n, at)
		if g, ok := l.groups[w]; ok {
			s |= g
			return
		}
		from, to, isRange := strings.Cut(w, "..")
		if !isRange {
			to = from
		}
		a, err1 := supply.ParsePhase(from)
		b, err2 := supply.ParsePhase(to)
		if err1 != nil || err2 != nil || a > b {
			l.Wrong(n, at, fmt.Sprintf("%q is neither a phase, a range of phases nor a group", w), "")
			return
		}
		for p := a; p <= b; p++ {
			s |= 1 << p
		}
	})
	return s
}

// implicit tells whether the answer to a doubt enters conditions unseen, through the places and classes they speak of.
func implicit(key string) bool {
	return key == "hong_kong_macau" || key == "outlying_areas" || key == "covered_material" || key == "delivery_is"
}

// compile turns every CEL text into a program and checks that what the rules name exists.
func (l *loader) compile(root *yaml.Node) {
	env, err := environment(l.b)
	if err != nil {
		l.Wrong(root, "book", err.Error(), "")
		return
	}
	ids := map[string]bool{}
	for _, ra := range l.rules {
		if ra.rule.Level == "contract" && ra.rule.Effect != OutOfScopeWhen && ra.rule.Effect != ExemptWhen {
			l.Wrong(ra.node, ra.at+".level", "only out_of_scope and exempt are of the contract", "")
		}
		if ra.rule.Level == "material" && ra.rule.Effect == OutOfScopeWhen {
			l.Wrong(ra.node, ra.at+".level", "out_of_scope is of the contract", "write level: contract")
		}
		if ids[ra.rule.ID] {
			l.Wrong(ra.node, ra.at+".id", fmt.Sprintf("%q is used twice", ra.rule.ID), "")
		}
		ids[ra.rule.ID] = true
		if ra.rule.When == "" {
			continue
		}
		if ra.rule.when, err = program(env, ra.rule.When); err != nil {
			l.Wrong(ra.node, ra.at+".when", err.Error(), "")
		}
		for key := range l.b.doubts {
			if strings.Contains(ra.rule.When, "reading."+key) || implicit(key) {
				ra.rule.readings = append(ra.rule.readings, key)
			}
		}
	}
	for i := range l.b.Notes {
		if n := &l.b.Notes[i]; n.When != "" {
			if n.when, err = program(env, n.When); err != nil {
				l.Wrong(root, fmt.Sprintf("notes[%d].when", i), err.Error(), "")
			}
		}
	}
	for i, v := range l.b.Values {
		sort.SliceStable(v.Entries, func(a, b int) bool { return v.Entries[a].Valid.From < v.Entries[b].Valid.From })
		for j := 1; j < len(v.Entries); j++ {
			if v.Entries[j-1].Valid.Overlaps(v.Entries[j].Valid) {
				l.Wrong(root, fmt.Sprintf("values[%d]", i), "two entries of "+v.Name+" are in force on one day", "")
			}
		}
	}
}
