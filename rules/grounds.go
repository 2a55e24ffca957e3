package rules

import (
	"fmt"
	"slices"
	"strings"
)

// tree is an explanation as it is built: each paragraph once, under it what was said of it.
type tree struct {
	q   *question
	b   *Book
	h   *hearing
	out []Ground
	at  map[string]int
}

func (q *question) tree(b *Book, h *hearing) *tree {
	return &tree{q: q, b: b, h: h, out: []Ground{}, at: map[string]int{}}
}

// clause is the node of a paragraph.
func (t *tree) clause(p *Paragraph, cite string) *Ground {
	i, ok := t.at[cite]
	if !ok {
		i = len(t.out)
		t.at[cite], t.out = i, append(t.out, clauseGround(t.b, p, cite))
	}
	return &t.out[i]
}

// clauseGround is a paragraph as a node of an explanation.
func clauseGround(b *Book, p *Paragraph, cite string) Ground {
	g := Ground{Kind: "clause", Cite: b.ID + " " + cite, Text: "text: not in hand"}
	if p != nil {
		g.Sure, g.Source, g.Text = p.Sure, p.Source, p.Quote
		if !p.InHand() {
			g.Text = "text: not in hand; it says: " + p.Content
		}
		g.Text = by(p.By) + g.Text
	}
	return g
}

func (g *Ground) add(under ...Ground) {
	for _, u := range under {
		if !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Text == u.Text && x.Fact == u.Fact }) {
			g.Under = append(g.Under, u)
		}
	}
}

// finding puts what a rule was applied to under its paragraph: the dated values behind it, then the facts.
func (t *tree) finding(f finding) {
	if f.rule == nil {
		t.out = append(t.out, t.plain(f))
		return
	}
	g := t.clause(f.rule.part, f.rule.Cites[len(f.rule.Cites)-1])
	g.add(t.values(f.rule)...)
	says := phrase(f, []finding{f})
	if f.truth.is == No && says != "" && f.step == nil {
		says = "not so: " + says
	}
	leaves := t.q.leaves(f.rule, f.mat)
	switch {
	case f.step != nil:
		g.add(t.q.ofStep(f, t.h))
	case f.fact != "":
		g.add(Ground{Kind: "fact", Text: says + ": not known", Fact: f.fact})
	case says != "" && len(leaves) > 0:
		g.add(Ground{Kind: "fact", Text: says, Fact: leaves[0].Fact, Line: leaves[0].Line, Under: leaves})
		return
	}
	g.add(leaves...)
	if f.rule.When == "" && f.step == nil && f.fact == "" && f.mat != nil && f.mat != &otherMaterial {
		g.add(t.q.kind(f.mat))
	}
	if f.step == nil && f.fact == "" && f.mat != nil && (f.rule.Level == "step" || len(g.Under) == 0) {
		g.add(t.q.historyOf(f.mat, f.rule.Phases))
	}
}

// plain is a finding without a rule.
func (t *tree) plain(f finding) Ground {
	switch {
	case f.step != nil:
		return t.q.ofStep(f, t.h)
	case len(f.truth.why) > 0:
		if key, ok := strings.CutPrefix(f.truth.why[0], "reading."); ok {
			return Ground{Kind: "fact", Text: f.fact, Fact: "answers." + key, Line: t.q.f.line("answers." + key)}
		}
		return Ground{Kind: "fact", Text: f.fact, Fact: f.truth.why[0]}
	case f.mat != nil && f.mat != &otherMaterial:
		return Ground{Kind: "fact", Text: f.fact, Fact: "materials[" + f.mat.Name + "]"}
	}
	return Ground{Kind: "fact", Text: f.fact, Fact: "materials_complete", Line: t.q.f.line("materials_complete")}
}

// values are the dated values behind a rule as leaves.
func (t *tree) values(r *Rule) []Ground {
	var out []Ground
	for _, v := range t.b.valuesBehind(r) {
		if e := t.q.f.inForce(v, t.h.date); e != nil {
			out = append(out, Ground{Kind: "value", Text: by(e.By) + v.About + ": " + e.Text, Cite: v.Cite, Sure: e.Sure, Source: e.Source, From: e.Valid.From.String(), Until: e.Valid.Until.String()})
		}
	}
	return out
}

// kind is a material's kind as a leaf.
func (q *question) kind(m *Material) Ground {
	at, _ := q.f.pathOf(m)
	return q.f.fact("materials["+m.Name+"].kind", m.Kind, at+".kind")
}

// historyOf is a material's history as a leaf, of the material that the list does not name that the list is not complete.
func (q *question) historyOf(m *Material, phases phaseSet) Ground {
	if m == &otherMaterial {
		return q.f.fact("materials_complete", fmt.Sprint(q.f.MaterialsComplete), "materials_complete")
	}
	return q.history(m, phases)
}

// day is the day that decides as a leaf.
func (q *question) dayLeaf(h *hearing) Ground {
	field := "delivery"
	switch {
	case q.book.Shipped && q.f.Shipment.Date != 0:
		field = "shipment.date"
	case h.date == q.f.Accepted && h.date != q.f.Delivery:
		field = "delivery_accepted"
	}
	return q.f.fact(field, day(h.date), field)
}

// grounds is the explanation of a verdict: each clause that decides, under it its dated values, the facts, and their
// sources. No clause is left without something under it.
func (q *question) grounds(b *Book, r *result, v Verdict, h *hearing) []Ground {
	t := q.tree(b, h)
	for _, f := range relevant(r, v) {
		t.finding(f)
	}
	switch {
	case v == Compliant:
		q.restricted(t, b, r, h)
	case v == OutOfScope && len(t.out) == 0:
		q.reaches(t, b, h)
	}
	for i := range t.out {
		if g := &t.out[i]; g.Kind == "clause" && len(g.Under) == 0 {
			g.add(q.dayLeaf(h))
		}
	}
	return t.out
}

// restricted explains why nothing is barred: each paragraph of the restriction that speaks to the materials, with its
// values, the steps that count and lie where they may, and where none does, the history.
func (q *question) restricted(t *tree, b *Book, r *result, h *hearing) {
	for _, c := range q.considered(b, h) {
		t.clause(b.part(c, h.version(q, b)), c)
	}
	for _, f := range r.counted {
		g := t.clause(f.rule.part, f.rule.part.Cite)
		g.add(t.values(f.rule)...)
		g.add(q.ofStep(f, h))
	}
	for _, rule := range b.issues[h.version(q, b)].restricting() {
		i, ok := t.at[rule.part.Cite]
		if !ok || len(t.out[i].Under) > 0 && !slices.ContainsFunc(t.out[i].Under, func(g Ground) bool { return g.Kind == "fact" }) {
			continue
		}
		g := &t.out[i]
		g.add(t.values(rule)...)
		if rule.Effect == ProhibitsItem {
			g.add(q.leaves(rule, nil)...)
		}
		for j := range q.f.Materials {
			if m := &q.f.Materials[j]; len(g.Under) == 0 || !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Kind == "fact" }) {
				g.add(q.history(m, rule.Phases))
			}
		}
	}
	for i := range t.out {
		if g := &t.out[i]; g.Kind == "clause" && !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Kind == "fact" }) {
			for j := range q.f.Materials {
				g.add(q.history(&q.f.Materials[j], 0))
			}
		}
	}
}

// reaches explains that the book does not reach what is delivered: not on that day, or none of the material listed.
func (q *question) reaches(t *tree, b *Book, h *hearing) {
	if b.Clause == "" && !b.InForce.Covers(h.date) {
		t.out = append(t.out, Ground{Kind: "clause", Cite: b.ID, Text: "in force" + spanned(b.InForce), Under: []Ground{q.dayLeaf(h)}})
		return
	}
	for i := range b.Subjects {
		s := &b.Subjects[i]
		g := t.clause(b.part(s.Cite, h.version(q, b)), s.Cite)
		if g.Text == "text: not in hand" {
			g.Text = "reaches " + strings.Join(s.Kinds, ", ")
		}
		for j := range q.f.Materials {
			g.add(q.kind(&q.f.Materials[j]))
		}
		if len(q.f.Materials) == 0 {
			g.add(q.historyOf(&otherMaterial, 0))
		}
	}
}

// findingGrounds is the explanation of an answer of a book that is no prohibition.
func (q *question) findingGrounds(h *hearing, fs []finding, unforced []Unforced) []Ground {
	t := q.tree(q.book, h)
	for _, f := range fs {
		t.finding(f)
	}
	b := q.book
	switch {
	case len(t.out) > 0:
	case b.Clause == "" && !b.InForce.Covers(h.date):
		q.reaches(t, b, h)
	case b.Status.Waits != nil:
		t.out = append(t.out, Ground{Kind: "clause", Cite: b.ID, Text: "not in force, waits on " + b.Status.Waits.On, Sure: b.Status.Waits.Sure, Source: b.Status.Waits.Source})
	}
	positive := h.verdict == Required || h.verdict == Eligible
	for _, u := range unforced {
		if positive {
			break
		}
		g := t.clause(b.part(u.Cite, q.version), u.Cite)
		g.add(Ground{Kind: "value", Text: u.State + " " + u.By, Cite: u.Cite, From: u.From, Until: u.Until, Sure: u.Sure, Source: u.Source})
	}
	if len(t.out) == 0 {
		for _, r := range b.issues[q.version].asserts {
			g := t.clause(r.part, r.part.Cite)
			for j := range q.f.Materials {
				g.add(q.kind(&q.f.Materials[j]))
			}
		}
	}
	for i := range t.out {
		if g := &t.out[i]; g.Kind == "clause" && !slices.ContainsFunc(g.Under, func(x Ground) bool { return x.Kind == "fact" }) {
			g.add(q.dayLeaf(h))
		}
	}
	return t.out
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
