package rules

import (
	"cmp"
	"slices"
	"strings"

	"lodestone/quantity"
)

// Change is one thing in a book that begins, ends or becomes another on a day.
type Change struct {
	On     string `json:"on"`   // the first day of the new state
	What   string `json:"what"` // book, version, paragraph, rule, value, subject, status, note
	Name   string `json:"name"` // place, id or name
	How    string `json:"how"`  // begins, ends, becomes
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Sure   Sure   `json:"sure,omitempty"`
	Source string `json:"source,omitempty"`
	By     string `json:"by,omitempty"` // the amendment it comes from
	on     quantity.Date
}

// Diff is what changes in a book after the day from up to the day until, in order of days: its versions, paragraphs, rules,
// values, classes of material, statuses and notes, each with its source.
func (b *Book) Diff(from, until quantity.Date) []Change {
	var out []Change
	within := func(d quantity.Date) bool { return d > from && d <= until }
	span := func(p quantity.Period, c Change) {
		if p.Until != 0 && p.From > p.Until {
			return // never in force
		}
		if p.From != 0 && within(p.From) {
			x := c
			x.on, x.How, x.Before = p.From, "begins", ""
			out = append(out, x)
		}
		if p.Until != 0 && within(p.Until+1) {
			x := c
			x.on, x.How, x.Before, x.After = p.Until+1, "ends", c.After, ""
			out = append(out, x)
		}
	}
	span(b.InForce, Change{What: "book", Name: b.ID, After: b.Title})
	for _, v := range b.Versions {
		if within(v.From) {
			out = append(out, Change{on: v.From, What: "version", Name: v.ID, How: "begins", Source: v.Source})
		}
	}
	for _, v := range b.Values {
		out = append(out, v.changes(within)...)
	}
	for _, s := range b.Subjects {
		span(s.Valid, Change{What: "subject", Name: strings.Join(s.Kinds, ", "), After: s.Cite})
	}
	for i := range b.Parts {
		p := &b.Parts[i]
		words := p.Quote
		if !p.InHand() {
			words = "text: not in hand; it says: " + p.Content
		}
		span(p.Valid, Change{What: "paragraph", Name: p.Cite, After: words, Sure: p.Sure, Source: p.Source, By: p.By})
		for _, r := range p.Rules {
			span(r.Valid, Change{What: "rule", Name: r.ID, After: ruleWords(r), Sure: p.Sure, Source: p.Source, By: r.By})
			if w := r.Status.Waits; w != nil && w.When != "" {
				span(quantity.Period{From: w.Earliest}, Change{What: "status", Name: p.Cite, After: "may be in force, if " + w.When + "; waits on " + w.On, Sure: w.Sure, Source: w.Source})
			}
			for _, s := range r.Status.Suspended {
				after := "suspended by " + s.By
				if s.When != "" {
					after += ", if " + s.When
				}
				span(s.Valid, Change{What: "status", Name: p.Cite, After: after, Sure: s.Sure, Source: s.Source})
			}
		}
	}
	for _, n := range b.Notes {
		span(n.Valid, Change{What: "note", Name: n.ID, After: n.Says, Sure: n.Sure, Source: n.Source})
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(a.on, b.on) })
	for i := range out {
		out[i].On = out[i].on.String()
	}
	return slices.Compact(out)
}

// changes are the days on which a value begins, becomes another, or ends.
func (v *Value) changes(within func(quantity.Date) bool) []Change {
	var out []Change
	for i := range v.Entries {
		e := &v.Entries[i]
		if e.Valid.From != 0 && within(e.Valid.From) {
			c := Change{on: e.Valid.From, What: "value", Name: v.Name, How: "begins", After: e.Text, Sure: e.Sure, Source: e.Source, By: e.By}
			if old := v.On(e.Valid.From - 1); old != nil {
				c.How, c.Before = "becomes", old.Text
			}
			out = append(out, c)
		}
		if next := e.Valid.Until + 1; e.Valid.Until != 0 && within(next) && v.On(next) == nil {
			out = append(out, Change{on: next, What: "value", Name: v.Name, How: "ends", Before: e.Text, Sure: e.Sure, Source: e.Source, By: e.By})
		}
	}
	return out
}

// ruleWords says what a rule does in one line.
func ruleWords(r *Rule) string {
	s := string(r.Effect)
	if len(r.Kinds) > 0 {
		s += " for " + strings.Join(r.Kinds, ", ")
	}
	if ph := r.Phases.String(); ph != "" {
		s += ": " + ph
	}
	if r.What != "" {
		s += ": " + r.What
	}
	if r.When != "" {
		s += " when " + r.When
	}
	return s
}

// String says what the rule does in one line, after its id.
func (r *Rule) String() string { return r.ID + " " + ruleWords(r) }
