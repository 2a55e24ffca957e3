package rules

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/element"
	"lodestone/supply"
	"lodestone/yamlread"
)

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
	l.Mapping(n, at, []string{"cite", "versions", "from", "until", "quote", "content", "sure", "source", "waits_on", "suspended", "rules"}, func(key, at string, n *yaml.Node) {
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
		case "waits_on", "suspended":
			l.status(key, n, at, &p.Status)
		case "sure":
			p.Sure = l.sure(n, at)
		case "source":
			p.Source = l.Text(n, at)
		}
	})
	if p.Sure == "" {
		l.Wrong(n, at, "has no sureness", "Q, D, S, M or C")
	}
	if p.Cite == "" || p.Source == "" {
		l.Wrong(n, at, "has no cite or no source", "where in the law it stands, and where its words or what is known of them were found")
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
	l.Mapping(n, at, []string{"id", "effect", "level", "with", "from", "until", "kinds", "phases", "name", "each", "extra", "place", "when", "says", "of", "gives", "what", "facts", "waits_on", "suspended"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			r.ID = l.Text(n, at)
		case "effect":
			r.Effect = Effect(l.OneOf(n, at, effectWords))
		case "level":
			r.Level = l.OneOf(n, at, []string{"contract", "item", "material", "step"})
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
			r.Place = l.place(n, at)
		case "when":
			r.When = l.Text(n, at)
		case "says":
			r.Says = l.Text(n, at)
		case "of":
			r.Of = l.words(n, at)
		case "gives":
			r.Gives = l.words(n, at)
		case "what":
			r.What = l.Text(n, at)
		case "facts":
			r.Facts = l.words(n, at)
		case "waits_on", "suspended":
			l.status(key, n, at, &r.Status)
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
	if r.ID == "" || r.Effect == "" {
		l.Wrong(n, at, "has no id or no effect", "every rule names both: doc/books.md")
	}
	l.rules = append(l.rules, ruleAt{r, n, at, l.reader})
	return r
}

var effectWords = []string{"out_of_scope", "exempt", "prohibits", "counts", "needs", "requires", "lifts", "qualifies", "disqualifies", "discloses"}

// place is how the place of a step is judged: bad in a covered country, outside a list of allowed ones, in one of the
// book's regions, where its operator stands on a list (listed:NAME) or uses forced labour.
func (l *loader) place(n *yaml.Node, at string) string {
	if s := l.Text(n, at); strings.HasPrefix(s, "listed:") {
		return s
	}
	return l.OneOf(n, at, []string{"covered", "allowed", "regions", "forced_labour"})
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
