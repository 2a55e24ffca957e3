package rules

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/element"
	"lodestone/quantity"
)

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
			v.Unit = l.OneOf(n, at, units)
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
		if problem := e.read(v.Unit); problem != "" {
			l.Wrong(n, at, fmt.Sprintf("entry %d: %s", i, problem), "")
		}
	}
	return v
}

// units are what a value may be: a number (USD, share; kg: a mass; days; date: a day), a text, or a list of words.
var units = []string{"USD", "share", "kg", "days", "date", "text", "countries", "regions", "forms", "elements", "codes", "kinds", "classes", "words"}

// numeric tells whether a unit's values enter conditions as whole numbers: cents, parts in 10¹², milligrams, days.
func numeric(unit string) bool { return slices.Contains(units[:5], unit) }

// read takes the entry's text or list as its unit has it, and says what is wrong with it.
func (e *Entry) read(unit string) string {
	scale := map[string]int64{"USD": centScale, "share": shareScale, "kg": 1_000_000, "days": 1}[unit]
	switch {
	case unit == "date":
		d, err := quantity.ParseDate(e.Text)
		if err != nil {
			return err.Error()
		}
		e.Number = int64(d)
	case scale != 0:
		d, err := quantity.ParseDecimal(e.Text)
		x, ok := int64(0), false
		if err == nil {
			x, ok = scaled(d, scale)
		}
		if !ok {
			return fmt.Sprintf("%q is not a number", e.Text)
		}
		e.Number = x
	case unit == "text":
		if len(e.List) > 0 || e.Text == "" {
			return "wants a text"
		}
	case len(e.List) == 0:
		return "wants a list"
	case unit == "elements":
		for _, w := range e.List {
			s, err := element.Parse(w)
			if err != nil {
				return err.Error()
			}
			e.Elements = e.Elements.With(s)
		}
	}
	return ""
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
