package tariff

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
)

var outcomes = []Outcome{AddRate, Floor, Instead, Exempt, Outside, Missing}

func (l *loader) layer(n *yaml.Node, at string) Layer {
	var y Layer
	l.Mapping(n, at, []string{"id", "title", "authority", "from", "until", "status", "rules", "notes"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			y.ID = l.Text(n, at)
		case "title":
			y.Title = l.Text(n, at)
		case "authority":
			y.Authority = l.Text(n, at)
		case "from", "until":
			l.Period(key, at, n, &y.Valid)
		case "status":
			l.List(n, at, func(at string, n *yaml.Node) { y.Status = append(y.Status, l.status(n, at)) })
		case "rules":
			l.List(n, at, func(at string, n *yaml.Node) { y.Rules = append(y.Rules, l.rule(n, at)) })
		case "notes":
			l.List(n, at, func(at string, n *yaml.Node) { y.Notes = append(y.Notes, l.note(n, at)) })
		}
	})
	switch {
	case y.ID == "" || y.Title == "" || y.Authority == "":
		l.Wrong(n, at, "has no id, no title or no authority", "")
	case slices.ContainsFunc(l.s.Layers, func(o Layer) bool { return o.ID == y.ID }):
		l.Wrong(n, at, y.ID+" is there already", "")
	case len(y.Rules) == 0 || !y.Rules[len(y.Rules)-1].open():
		l.Wrong(n, at, "the last rule must fit everything", "end it with an outside, exempt or unknown rule without conditions")
	case len(y.Status) == 0 || y.Status[0].From > y.Valid.From:
		l.Wrong(n, at, "has no legal status on its first day", "")
	case !slices.IsSortedFunc(y.Status, func(a, b Status) int { return int(a.From - b.From) }):
		l.Wrong(n, at, "its legal status is not in the order of the days", "")
	}
	for i, r := range y.Rules[:max(len(y.Rules)-1, 0)] {
		if r.open() {
			l.Wrong(n, at, fmt.Sprintf("rule %d fits everything and hides those after it", i), "")
		}
	}
	return y
}

func (l *loader) status(n *yaml.Node, at string) Status {
	var s Status
	l.row(n, at, &s.Proof, []string{"from", "says"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "from":
			s.From = l.Date(n, at)
		case "says":
			s.Says = l.Text(n, at)
		}
	})
	return s
}

var scopeFields = []string{"from", "until", "codes", "origins", "except", "claims"}

func (l *loader) scope(key, at string, n *yaml.Node, s *Scope) {
	switch key {
	case "from", "until":
		l.Period(key, at, n, &s.Valid)
	case "codes":
		l.List(n, at, func(at string, n *yaml.Node) {
			h := l.hts(n, at, 4, 6, 8, 10)
			if !slices.ContainsFunc(l.s.Codes, func(c Code) bool { return c.HTS.Under(h) || h.Under(c.HTS) && c.has(h) }) {
				l.Wrong(n, at, h.String()+" is no code of codes.yaml", "")
			}
			s.Codes = append(s.Codes, h)
		})
	case "origins":
		s.Origins = l.origins(n, at)
	case "except":
		s.Except = l.origins(n, at)
	case "claims":
		s.Claims = l.words(n, at)
		for _, c := range s.Claims {
			if k := l.s.Claim(c); k == nil || k.Name != c {
				l.Wrong(n, at, fmt.Sprintf("there is no claim %q", c), "name it in schedule.yaml")
			}
		}
	}
}

// has tells whether h is a statistical suffix of the code.
func (c *Code) has(h HTS) bool {
	return slices.ContainsFunc(c.Suffixes, func(s Suffix) bool { return s.HTS == h })
}

func (l *loader) rule(n *yaml.Node, at string) Rule {
	var r Rule
	fields := append([]string{"heading", "says"}, scopeFields...)
	for _, o := range outcomes {
		fields = append(fields, string(o))
	}
	said := 0
	l.row(n, at, &r.Proof, fields, func(key, at string, n *yaml.Node) {
		switch o := Outcome(key); o {
		case AddRate, Floor, Instead:
			r.Outcome, r.Value = o, l.percent(n, at)
			said++
		case Exempt, Outside:
			l.yes(n, at)
			r.Outcome = o
			said++
		case Missing:
			r.Outcome, r.Says = o, l.Text(n, at)
			said++
		case "heading":
			r.Heading = l.Text(n, at)
		case "says":
			r.Says = l.Text(n, at)
		default:
			l.scope(key, at, n, &r.Scope)
		}
	})
	if said != 1 {
		l.Wrong(n, at, "must say one thing", "one of rate, floor, instead, exempt, outside, unknown")
	}
	if r.Says == "" {
		l.Wrong(n, at, "does not say why", "")
	}
	if (r.Outcome == AddRate || r.Outcome == Floor || r.Outcome == Instead) && r.Heading == "" {
		l.Wrong(n, at, "has a rate and no heading of chapter 99", "")
	}
	return r
}

func (l *loader) note(n *yaml.Node, at string) Note {
	var v Note
	l.row(n, at, &v.Proof, append([]string{"says"}, scopeFields...), func(key, at string, n *yaml.Node) {
		if key == "says" {
			v.Says = l.Text(n, at)
			return
		}
		l.scope(key, at, n, &v.Scope)
	})
	return v
}

func (l *loader) fee(n *yaml.Node, at string) Fee {
	var f Fee
	l.Mapping(n, at, []string{"id", "title", "per", "sea", "exempt", "values"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "id":
			f.ID = l.Text(n, at)
		case "title":
			f.Title = l.Text(n, at)
		case "per":
			f.Per = l.Text(n, at)
		case "sea":
			f.Sea = l.yes(n, at)
		case "exempt":
			f.Exempt = &Relief{}
			l.row(n, at, &f.Exempt.Proof, []string{"claims", "says"}, func(key, at string, n *yaml.Node) {
				if key == "says" {
					f.Exempt.Says = l.Text(n, at)
					return
				}
				var s Scope
				l.scope(key, at, n, &s)
				f.Exempt.Claims = s.Claims
			})
		case "values":
			l.List(n, at, func(at string, n *yaml.Node) { f.Values = append(f.Values, l.feeValue(n, at)) })
		}
	})
	for i := range f.Values {
		for j := range i {
			if f.Values[i].Valid.Overlaps(f.Values[j].Valid) {
				l.Wrong(n, at, "two values are in force on one day", "")
			}
		}
	}
	return f
}

func (l *loader) feeValue(n *yaml.Node, at string) FeeValue {
	var v FeeValue
	l.row(n, at, &v.Proof, []string{"from", "until", "rate", "least", "most", "unknown"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "rate":
			v.Rate = l.percent(n, at)
		case "least":
			v.Least = l.number(n, at)
		case "most":
			v.Most = l.number(n, at)
		case "unknown":
			v.Unknown = l.Text(n, at)
		default:
			l.Period(key, at, n, &v.Valid)
		}
	})
	if v.Most != (quantity.Decimal{}) && v.Most.Less(v.Least) {
		l.Wrong(n, at, "the most is below the least", "")
	}
	return v
}
