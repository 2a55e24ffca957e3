package rules

import (
	"cel.dev/cel-go/cel"
	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
)

// Status is what stands between words and their force: an act they wait on, a suspension. The zero value is in force.
// A rule has its own status, else its paragraph's, else its book's.
type Status struct {
	Waits     *Waiting
	Suspended []Suspension
}

// Waiting says that words are not in force before another act is found.
type Waiting struct {
	On       string        // the act
	Earliest quantity.Date // the first day they may be in force, where the condition holds
	When     string        // condition under which they are in force from that day on; "" never
	Sure     Sure
	Source   string
	when     cel.Program
}

// Suspension is a time in which words are not applied.
type Suspension struct {
	Valid  quantity.Period
	By     string // the act
	When   string // condition under which it holds: a reading of a doubt; "" always
	Sure   Sure
	Source string
	when   cel.Program
}

// under fills in what a status leaves unsaid from the one above it.
func (s Status) under(above Status) Status {
	if s.Waits == nil {
		s.Waits = above.Waits
	}
	if s.Suspended == nil {
		s.Suspended = above.Suspended
	}
	return s
}

// dormant tells whether the words cannot be in force on a day, whatever is read or known.
func (s *Status) dormant(d quantity.Date) bool {
	if w := s.Waits; w != nil && (w.When == "" || d < w.Earliest) {
		return true
	}
	for i := range s.Suspended {
		if x := &s.Suspended[i]; x.When == "" && x.Valid.Covers(d) {
			return true
		}
	}
	return false
}

// force tells whether the rule's words are in force on the world's day.
func (w *world) force(r *Rule) (truth, error) {
	t := yes
	ask := func(p cel.Program) (truth, error) {
		if p == nil {
			return yes, nil
		}
		v, _, err := p.Eval(w)
		return fromCEL(v, err)
	}
	s := &r.Status
	if s.dormant(w.date) {
		return no, nil
	}
	if s.Waits != nil {
		adopted, err := ask(s.Waits.when)
		if err != nil {
			return no, err
		}
		t = t.and(adopted)
	}
	for i := range s.Suspended {
		if !s.Suspended[i].Valid.Covers(w.date) {
			continue
		}
		held, err := ask(s.Suspended[i].when)
		if err != nil {
			return no, err
		}
		t = t.and(held.not())
	}
	return t, nil
}

// status reads waits_on, the act or a mapping, or suspended, a list.
func (l *loader) status(key string, n *yaml.Node, at string, s *Status) {
	if key == "suspended" {
		l.List(n, at, func(at string, n *yaml.Node) { s.Suspended = append(s.Suspended, l.suspension(n, at)) })
		return
	}
	w := &Waiting{}
	s.Waits = w
	if n.Kind == yaml.ScalarNode {
		w.On = l.Text(n, at)
		return
	}
	l.Mapping(n, at, []string{"act", "earliest", "when", "sure", "source"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "act":
			w.On = l.Text(n, at)
		case "earliest":
			w.Earliest = l.Date(n, at)
		case "when":
			w.When = l.Text(n, at)
		case "sure":
			w.Sure = l.sure(n, at)
		case "source":
			w.Source = l.Text(n, at)
		}
	})
	if w.On == "" {
		l.Wrong(n, at+".act", "is missing", "name the act that the words wait on")
	}
}

func (l *loader) suspension(n *yaml.Node, at string) Suspension {
	var s Suspension
	l.Mapping(n, at, []string{"from", "until", "by", "when", "sure", "source"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "by":
			s.By = l.Text(n, at)
		case "when":
			s.When = l.Text(n, at)
		case "sure":
			s.Sure = l.sure(n, at)
		case "source":
			s.Source = l.Text(n, at)
		default:
			l.Period(key, at, n, &s.Valid)
		}
	})
	if s.By == "" || s.Sure == "" || s.Source == "" || s.Valid.From == 0 {
		l.Wrong(n, at, "wants from, by, sure and source", "the act that suspends, its first day, how sure that is and where it stands")
	}
	return s
}
