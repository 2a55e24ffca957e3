package rules

import (
	"fmt"
	"slices"
	"strings"
)

// grounds is the explanation of a verdict: each clause that decides, under it its dated values, the facts, and their sources.
func (q *question) grounds(b *Book, r *result, v Verdict, h *hearing) []Ground {
	out := []Ground{}
	at := map[string]int{}
	clause := func(p *Paragraph, id string) *Ground {
		i, ok := at[id]
		if !ok {
			i = len(out)
			at[id], out = i, append(out, clauseGround(b, p, id))
		}
		return &out[i]
	}
	fs := relevant(r, v)
	if v == Compliant {
		for _, c := range q.considered(b, h) {
			clause(b.part(c, h.version(q, b)), c)
		}
		for _, f := range r.counted {
			g := clause(f.rule.part, f.rule.part.Cite)
			g.Under = append(g.Under, stepGround(f.step, phrase(f, []finding{f})))
		}
		return out
	}
	for _, f := range fs {
		if f.rule == nil {
			g := Ground{Kind: "fact", Text: phrase(f, []finding{f})}
			if f.step != nil {
				g = stepGround(f.step, g.Text)
			}
			out = append(out, g)
			continue
		}
		g := clause(f.rule.part, f.rule.Cites[len(f.rule.Cites)-1])
		for _, val := range b.valuesBehind(f.rule) {
			if e := q.f.inForce(val, h.date); e != nil {
				add := Ground{Kind: "value", Text: fmt.Sprintf("%s: %s", val.About, e.Text), Cite: val.Cite, Sure: e.Sure, Source: e.Source}
				if !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Text == add.Text }) {
					g.Under = append(g.Under, add)
				}
			}
		}
		fact := Ground{Kind: "fact", Text: phrase(f, []finding{f})}
		if f.step != nil {
			fact = stepGround(f.step, fact.Text)
		}
		if fact.Text != "" {
			g.Under = append(g.Under, fact)
		}
	}
	return out
}

func stepGround(s *Step, text string) Ground {
	g := Ground{Kind: "fact", Text: text + " (evidence: " + s.Evidence.String() + ")", Source: s.Facility}
	for _, src := range s.Sources {
		g.Under = append(g.Under, Ground{Kind: "source", Text: src})
	}
	return g
}

// version is the issue of a book that was heard: of the statute there is one only.
func (h *hearing) version(q *question, b *Book) string {
	if b.Clause == "" {
		return ""
	}
	return q.version
}

// part is the paragraph with the given citation in the given version.
func (b *Book) part(cite, version string) *Paragraph {
	for i := range b.Parts {
		p := &b.Parts[i]
		if p.Cite == cite && (len(p.Versions) == 0 || slices.Contains(p.Versions, version)) {
			return p
		}
	}
	return nil
}

// valuesBehind are the book's values that a rule's condition or place stands on.
func (b *Book) valuesBehind(r *Rule) []*Value {
	var out []*Value
	for i := range b.Values {
		v := &b.Values[i]
		named := names(r.When, "law."+v.Name) || names(r.When, "holds."+v.Name) || slices.Contains(r.Gives, v.Name)
		place := r.Effect == CountsStep || r.Effect == NeedsStep
		switch v.Name {
		case "covered":
			named = named || place && r.Place == "covered" || strings.Contains(r.When, "_covered")
		case "regions":
			named = named || place && r.Place == "regions" || strings.Contains(r.When, "in_regions")
		case "allowed":
			named = named || place && r.Place == "allowed"
		case "united_states":
			named = named || strings.Contains(r.When, "_us") || strings.Contains(r.When, "_abroad")
		case "qualifying":
			named = named || strings.Contains(r.When, "qualifying")
		}
		if named {
			out = append(out, v)
		}
	}
	return out
}

// names tells whether a condition names a variable.
func names(when, name string) bool {
	for i := strings.Index(when, name); i >= 0; {
		end := i + len(name)
		if end == len(when) || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789", rune(when[end])) {
			return true
		}
		next := strings.Index(when[end:], name)
		if next < 0 {
			break
		}
		i = end + next
	}
	return false
}

// findingGrounds is the explanation of an answer of a book that is no prohibition.
func (q *question) findingGrounds(h *hearing, fs []finding) []Ground {
	out := []Ground{}
	at := map[string]int{}
	for _, f := range fs {
		p := f.rule.part
		i, ok := at[p.Cite]
		if !ok {
			i = len(out)
			at[p.Cite], out = i, append(out, clauseGround(q.book, p, p.Cite))
		}
		g := &out[i]
		for _, val := range q.book.valuesBehind(f.rule) {
			if e := q.f.inForce(val, h.date); e != nil {
				add := Ground{Kind: "value", Text: fmt.Sprintf("%s: %s", val.About, e.Text), Cite: val.Cite, Sure: e.Sure, Source: e.Source}
				if !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Text == add.Text }) {
					g.Under = append(g.Under, add)
				}
			}
		}
		text := phrase(f, []finding{f})
		if f.truth.is == No && text != "" {
			text = "not so: " + text
		}
		fact := Ground{Kind: "fact", Text: text}
		if f.step != nil {
			fact = stepGround(f.step, text)
		}
		if fact.Text != "" && !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Kind == "fact" && x.Text == fact.Text }) {
			g.Under = append(g.Under, fact)
		}
	}
	return out
}

// clauseGround is a paragraph as a node of an explanation.
func clauseGround(b *Book, p *Paragraph, cite string) Ground {
	g := Ground{Kind: "clause", Cite: b.ID + " " + cite, Text: "text: not in hand"}
	if p != nil {
		g.Sure, g.Source, g.Text = p.Sure, p.Source, p.Quote
		if !p.InHand() {
			g.Text = "text: not in hand; it says: " + p.Content
		}
	}
	return g
}
