package rules

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/yamlread"
)

// Case is one fact pattern with the verdicts a book must give, by delivery date.
type Case struct {
	Name  string
	Facts *Facts
	Want  []Wanted
	Where string // file and line
}

// Wanted is what a case expects on one day.
type Wanted struct {
	On      quantity.Date
	Verdict Verdict
	By      []string // paragraphs that must be among the deciding ones
	Missing []string // facts that must be asked for
	Doubts  []string // doubt keys that must be shown

	Gives      []string // words that must stand in what is required or given, or in its value
	Because    string   // words that must stand in the reason
	NotInForce []string // paragraphs that must be said not to be in force
}

// LoadCases reads a case file: common facts, and cases whose own facts are laid over them.
func LoadCases(fsys fs.FS, file string) ([]Case, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	root, err := yamlread.Document(file, data)
	if err != nil {
		return nil, err
	}
	r := newReader(file)
	var common *yaml.Node
	var cases []Case
	r.Mapping(root, "", []string{"common", "cases"}, func(key, at string, n *yaml.Node) {
		if key == "common" {
			common = n
			return
		}
		r.List(n, at, func(at string, n *yaml.Node) { cases = append(cases, r.oneCase(n, at, common)) })
	})
	if len(r.Faults) > 0 {
		return nil, r.Faults
	}
	return cases, nil
}

func (r *reader) oneCase(n *yaml.Node, at string, common *yaml.Node) Case {
	c := Case{Where: fmt.Sprintf("%s:%d", r.File, n.Line)}
	r.Mapping(n, at, []string{"name", "facts", "want"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			c.Name = r.Text(n, at)
		case "facts":
			f, err := factsOf(r.File, overlay(common, n))
			if fs, ok := err.(Faults); ok {
				r.Faults = append(r.Faults, fs...)
			}
			c.Facts = f
		case "want":
			r.Pairs(n, at, func(key, at string, n *yaml.Node) { c.Want = append(c.Want, r.wanted(key, n, at)) })
		}
	})
	if c.Facts == nil || len(c.Want) == 0 {
		r.Wrong(n, at, "has no facts or wants nothing", "")
	}
	return c
}

func (r *reader) wanted(key string, n *yaml.Node, at string) Wanted {
	var w Wanted
	d, err := quantity.ParseDate(key)
	if err != nil {
		r.Wrong(n, at, err.Error(), "")
	}
	w.On = d
	words := []string{}
	for _, v := range order {
		words = append(words, string(v))
	}
	if n.Kind == yaml.ScalarNode {
		w.Verdict = Verdict(r.OneOf(n, at, words))
		return w
	}
	list := func(n *yaml.Node, at string) (out []string) {
		r.List(n, at, func(at string, n *yaml.Node) { out = append(out, r.Text(n, at)) })
		return out
	}
	r.Mapping(n, at, []string{"verdict", "by", "missing", "doubts", "gives", "because", "not_in_force"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "verdict":
			w.Verdict = Verdict(r.OneOf(n, at, words))
		case "by":
			w.By = list(n, at)
		case "missing":
			w.Missing = list(n, at)
		case "doubts":
			w.Doubts = list(n, at)
		case "gives":
			w.Gives = list(n, at)
		case "because":
			w.Because = r.Text(n, at)
		case "not_in_force":
			w.NotInForce = list(n, at)
		}
	})
	return w
}

// overlay lays one mapping over another: keys of over win, mappings are laid over one another key by key.
func overlay(under, over *yaml.Node) *yaml.Node {
	if under == nil || under.Kind != yaml.MappingNode || over.Kind != yaml.MappingNode {
		return over
	}
	out := *over
	out.Content = slices.Clone(over.Content)
	for i := 0; i+1 < len(under.Content); i += 2 {
		key, val := under.Content[i], under.Content[i+1]
		found := false
		for j := 0; j+1 < len(out.Content); j += 2 {
			if out.Content[j].Value == key.Value {
				out.Content[j+1] = overlay(val, out.Content[j+1])
				found = true
			}
		}
		if !found {
			out.Content = append(out.Content, key, val)
		}
	}
	return &out
}

// Check puts the case to the books and returns one line for each thing that is not as wanted.
func (c *Case) Check(l Library) []string {
	var wrong []string
	say := func(w Wanted, format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%s: %s on %s: ", c.Where, c.Name, w.On)+fmt.Sprintf(format, args...))
	}
	for _, w := range c.Want {
		f := *c.Facts
		f.Delivery = w.On
		a, err := l.Judge(&f)
		if err != nil {
			say(w, "%v", err)
			continue
		}
		if got := a.Overall(); got != w.Verdict {
			say(w, "%s, want %s (%s)", got, w.Verdict, reasons(a))
		}
		for _, p := range w.By {
			if !slices.ContainsFunc(a.Books, func(b BookAnswer) bool { return slices.Contains(b.DecidedBy, p) }) {
				say(w, "not decided by %s but by %s", p, decided(a))
			}
		}
		for _, m := range w.Missing {
			if !slices.ContainsFunc(a.Books, func(b BookAnswer) bool {
				return slices.ContainsFunc(b.Missing, func(x Missing) bool { return x.Fact == m })
			}) {
				say(w, "does not ask for %s (%s)", m, reasons(a))
			}
		}
		for _, g := range w.Gives {
			if !slices.ContainsFunc(a.Books, func(b BookAnswer) bool {
				return slices.ContainsFunc(b.Gives, func(x Given) bool { return strings.Contains(x.What, g) || x.Value == g })
			}) {
				say(w, "does not give %q (%s)", g, reasons(a))
			}
		}
		if !strings.Contains(reasons(a), w.Because) {
			say(w, "does not say %q (%s)", w.Because, reasons(a))
		}
		for _, cite := range w.NotInForce {
			if !slices.ContainsFunc(a.Books, func(b BookAnswer) bool {
				return slices.ContainsFunc(b.NotInForce, func(x Unforced) bool { return x.Cite == cite })
			}) {
				say(w, "does not say that %s is not in force", cite)
			}
		}
		for _, d := range w.Doubts {
			if !slices.ContainsFunc(a.Books, func(b BookAnswer) bool {
				return slices.ContainsFunc(b.Doubts, func(x Shown) bool { return x.Key == d })
			}) {
				say(w, "does not show the doubt %s", d)
			}
		}
	}
	return wrong
}

func reasons(a *Answer) string {
	var out []string
	for _, b := range a.Books {
		out = append(out, b.Book+": "+b.Because)
	}
	return strings.Join(out, " | ")
}

func decided(a *Answer) string {
	var out []string
	for _, b := range a.Books {
		out = append(out, b.DecidedBy...)
	}
	return strings.Join(out, ", ")
}
