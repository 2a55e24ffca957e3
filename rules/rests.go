package rules

import (
	"fmt"
	"slices"

	"lodestone/quantity"
)

// What an answer rests on that is less than the law's own words in hand: paragraphs known by what they are said to say,
// values from secondary sources or from memory, words that are not in force.

// unread are the paragraphs that the verdict rests on though their text is not in hand: of the book asked, and of the
// statute it hears where that bars delivery too.
func (q *question) unread(h *hearing) []Shown {
	var out []Shown
	look := func(b *Book, r *result) {
		if r == nil {
			return
		}
		v := r.own()
		var parts []*Paragraph
		for _, f := range relevant(r, v) {
			if f.rule != nil {
				parts = append(parts, f.rule.part)
			}
		}
		if v == Compliant {
			for _, c := range q.considered(b, h) {
				if p := b.part(c, h.version(q, b)); p != nil {
					parts = append(parts, p)
				}
			}
		}
		out = append(out, b.unread(parts)...)
	}
	look(q.book, h.result)
	if h.statute != nil && !h.verdict.Clean() {
		look(q.statute, h.statute)
	}
	return out
}

func unreadOf(b *Book, fs []finding) []Shown {
	var parts []*Paragraph
	for _, f := range fs {
		if f.rule != nil {
			parts = append(parts, f.rule.part)
		}
	}
	return b.unread(parts)
}

// unread shows each of the paragraphs whose words are not in hand, once.
func (b *Book) unread(parts []*Paragraph) []Shown {
	var out []Shown
	for _, p := range parts {
		id := b.ID + " " + p.Cite + ": text not in hand"
		if p.InHand() || slices.ContainsFunc(out, func(s Shown) bool { return s.ID == id }) {
			continue
		}
		out = append(out, Shown{ID: id, Class: NoteOnly, Source: p.Source,
			Question: "the words are not in hand; the rule rests on what they are said to say [" + string(p.Sure) + "]: " + p.Content})
	}
	return out
}

// restsOn are the legal facts in an answer's grounds that are secondary, from memory or conflicting, each once.
func restsOn(a *BookAnswer) []Rest {
	var out []Rest
	add := func(r Rest) {
		if (r.Sure == "S" || r.Sure == "M" || r.Sure == "C") && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	var walk func([]Ground)
	walk = func(gs []Ground) {
		for _, g := range gs {
			what := g.Cite
			if g.Kind == "value" {
				what = g.Text + " (" + g.Cite + ")"
			}
			add(Rest{What: what, Sure: g.Sure, Source: g.Source})
			walk(g.Under)
		}
	}
	walk(a.Grounds)
	for _, g := range a.Gives {
		add(Rest{What: g.What, Sure: g.Sure, Source: g.Source})
	}
	for _, u := range a.NotInForce {
		if a.Verdict == Required || a.Verdict == Eligible {
			break // what is required does not rest on what else is not in force
		}
		add(Rest{What: fmt.Sprintf("%s %s %s", u.Cite, u.State, u.By), Sure: u.Sure, Source: u.Source})
	}
	return out
}

// unforced is notInForce for a book that is no prohibition: of rules that otherwise might hold for what is asked about. Of a
// book that waits as a whole it is all.
func (q *question) unforced(h *hearing) []Unforced {
	if q.book.Status.Waits != nil || q.book.Status.Suspended != nil {
		return q.notInForce(h.date, nil)
	}
	w := newWorld(q.f, h.date, nil)
	w.book, w.version = q.book, q.version
	return q.notInForce(h.date, w.idle)
}

// notInForce are the words of the book that, on a day, wait on an act or are suspended, or may be; of rules to keep, nil
// for all.
func (q *question) notInForce(d quantity.Date, keep func(*Rule) bool) []Unforced {
	var out []Unforced
	add := func(u Unforced) {
		if !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	for _, r := range q.book.rules {
		if r.Status.Waits == nil && r.Status.Suspended == nil || !r.Valid.Covers(d) || len(r.Versions) > 0 && q.version != "" && !slices.Contains(r.Versions, q.version) || keep != nil && !keep(r) {
			continue
		}
		if w := r.Status.Waits; w != nil {
			u := Unforced{Cite: r.part.Cite, State: "waits on", By: w.On, From: w.Earliest.String(), Sure: w.Sure, Source: w.Source}
			if u.Source == "" {
				u.Sure, u.Source = r.part.Sure, r.part.Source // that it is not found is read where the words are
			}
			if d >= w.Earliest {
				u.If = w.When
			}
			add(u)
		}
		for i := range r.Status.Suspended {
			if s := &r.Status.Suspended[i]; s.Valid.Covers(d) {
				add(Unforced{Cite: r.part.Cite, State: "suspended", By: s.By, From: s.Valid.From.String(), Until: s.Valid.Until.String(), If: s.When, Sure: s.Sure, Source: s.Source})
			}
		}
	}
	return out
}

// suspender is the act that keeps words from force on a day for certain.
func (s *Status) suspender(d quantity.Date) string {
	for i := range s.Suspended {
		if x := &s.Suspended[i]; x.When == "" && x.Valid.Covers(d) {
			return "suspended by " + x.By
		}
	}
	return ""
}
