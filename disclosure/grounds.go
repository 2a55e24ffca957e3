package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// explainer finds the ground of every fact of an answer.
type explainer struct {
	f    *rules.Facts
	from Source
	in   *Record
	on   string
}

func (e *explainer) book(b *rules.BookAnswer, subject string) BookReason {
	r := BookReason{Book: b.Book, Version: b.Version, Digest: b.Digest, Verdict: string(b.Verdict), Sentence: sentence(b, lastPart(subject), e.on), DecidedBy: b.DecidedBy,
		Evidence: b.WeakestEvidence, Tree: []Reason{}, Missing: []Reason{}, Doubts: []Reason{}, Conflicts: []Reason{}, Notes: []Reason{}, Assumed: b.Assumed}
	for i := range b.Grounds {
		r.Tree = append(r.Tree, e.reason(&b.Grounds[i], b))
	}
	if len(b.Grounds) == 0 {
		r.Tree = e.outside(b)
	}
	r.Effects = e.effects(b)
	for _, m := range b.Missing {
		r.Missing = append(r.Missing, Reason{Kind: KindFact, Text: "not known: " + factWords(m.Fact) + "; ask " + m.Ask, Fact: m.Fact, Under: e.ground(m.Fact)})
	}
	law := func(text, source string) Reason {
		if source == "" {
			source = b.Book + ", " + b.Digest
		}
		return Reason{Kind: KindDoubt, Text: text, Under: []Reason{{Kind: KindValue, Text: "as the book has it", Source: source, On: e.on}}}
	}
	for _, d := range b.Doubts {
		text := fmt.Sprintf("%s (%s): %s", d.ID, d.Class, d.Question)
		if d.Chosen != "" {
			text += "; read as " + d.Chosen
		}
		for _, x := range d.Readings {
			text += fmt.Sprintf("; %s=%s would be %s (%s)", d.Key, x.Value, x.Verdict, x.Says)
		}
		r.Doubts = append(r.Doubts, law(text, d.Source))
	}
	for _, c := range b.Conflicts {
		text := c.Doubt + ": " + c.Says
		for _, p := range c.Between {
			text += fmt.Sprintf("; %s: %s by %s, %s", p.Book, p.Verdict, strings.Join(p.DecidedBy, ", "), p.Because)
		}
		r.Conflicts = append(r.Conflicts, law(text, ""))
	}
	for _, n := range b.Notes {
		if n.ID == "finding" {
			r.Notes = append(r.Notes, Reason{Kind: KindFact, Text: n.Question, Under: e.ground(n.Question)})
			continue
		}
		r.Notes = append(r.Notes, law(n.ID+": "+n.Question, n.Source))
	}
	return r
}

// reason is a ground of package rules as a line of the tree, with what it rests on under it.
func (e *explainer) reason(g *rules.Ground, b *rules.BookAnswer) Reason {
	r := Reason{Text: g.Text, Cite: g.Cite, Sure: string(g.Sure), Source: g.Source, Fact: g.Fact, Line: g.Line}
	switch g.Kind {
	case "clause":
		r.Kind, r.On = KindWords, e.on
		if r.Source == "" {
			r.Source = b.Book + ", " + b.Digest
		}
	case "value":
		r.Kind, r.On, r.From, r.Until = KindValue, e.on, g.From, g.Until
	case "source":
		switch {
		case g.Document != "":
			return Reason{Kind: KindDocument, Text: g.Text, Digest: g.Document}
		case e.in == nil:
			at := e.question()
			at.Text += ", which names " + g.Text
			return at
		}
		return e.entry(g.Text)
	default:
		r.Kind = KindFact
		if r.Source != "" {
			r.Text, r.Source = r.Text+" at "+r.Source, ""
		}
	}
	if r.Kind == KindFact {
		fact := strings.TrimSuffix(r.Text, ": not known")
		if words := factWords(fact); words != fact {
			r.Text, r.Fact = "not known: "+words, fact
		}
	}
	for i := range g.Under {
		r.Under = append(r.Under, e.reason(&g.Under[i], b))
	}
	if r.Kind == KindFact && len(r.Under) == 0 {
		r.Under = e.ground(g.Text)
		if g.Fact != "" {
			r.Under = e.field(g)
		}
	}
	return r
}

// field is what a field of the question rests on, at its line where the question came from a file.
func (e *explainer) field(g *rules.Ground) []Reason {
	at := e.question()
	if g.Line > 0 {
		at.Text += fmt.Sprintf(", line %d", g.Line)
	}
	if e.in == nil || e.material(g.Fact) == nil {
		return []Reason{at}
	}
	return e.ground(g.Fact)
}

// outside is why a book does not reach a question: what it reaches, and what each material is said to be.
func (e *explainer) outside(b *rules.BookAnswer) []Reason {
	var said []Reason
	for i := range e.f.Materials {
		m := &e.f.Materials[i]
		said = append(said, Reason{Kind: KindFact, Text: m.Name + " is said to be of the kind " + m.Kind, Under: e.ground(m.Name)})
	}
	if len(said) == 0 {
		said = []Reason{e.question()}
	}
	r := Reason{Kind: KindWords, Text: b.Because, Cite: strings.TrimSpace(b.Book + " " + strings.Join(b.DecidedBy, ", ")), Source: b.Book + ", " + b.Digest, On: e.on}
	r.Under = said
	return []Reason{r}
}

// ground is what a fact rests on that names no source of its own: in a record the entries that lead to where it stops,
// those that show a finding, or those that say what a lot is; else the file of the question.
func (e *explainer) ground(fact string) []Reason {
	if e.in == nil {
		return []Reason{e.question()}
	}
	m := e.material(fact)
	if m == nil {
		return []Reason{e.question()}
	}
	if p, el, ok := stepAsked(fact); ok {
		if stops := m.StopsAt(el, p); len(stops) > 0 {
			return e.ways(m.Lot, stops)
		}
	}
	p, _ := e.in.Graph.Profile(m.Lot, wholeTime)
	for _, fl := range p.Flags {
		if strings.Contains(fact, fl.Cause) {
			return e.list(fl.Entries, 0)
		}
	}
	for i := range m.Steps {
		if where := m.Steps[i].Facility; where != "" && strings.Contains(fact, where) {
			return e.placed(&m.Steps[i])
		}
	}
	ids := e.in.Graph.EntriesOf(m.Lot)
	for _, field := range []string{".kind", ".elements", ".form", ".cots"} {
		if !strings.Contains(fact, "]"+field) {
			continue
		}
		var said []Reason
		for _, r := range e.list(ids, 0) {
			if r.Kind == KindStatement {
				said = append(said, r)
			}
		}
		if len(said) > 0 {
			return said
		}
	}
	return e.list(ids, mostEntries)
}

// material is the material of the question that a fact in words is about, nil for none: the one with the longest name.
func (e *explainer) material(fact string) *rules.Material {
	var found *rules.Material
	for i := range e.f.Materials {
		m := &e.f.Materials[i]
		named := strings.Contains(fact, m.Name) || m.Lot != "" && strings.Contains(fact, string(m.Lot)) || slices.ContainsFunc(slices.Concat(m.Findings, m.Remarks), func(t string) bool { return strings.Contains(fact, t) })
		if named && (found == nil || len(m.Name) > len(found.Name)) {
			found = m
		}
	}
	return found
}

// stepAsked reads what a fact such as materials[arc magnet].steps[mined Dy].country asks for: the phase and the element,
// None for the whole.
func stepAsked(fact string) (supply.Phase, element.Element, bool) {
	_, rest, ok := strings.Cut(fact, ".steps[")
	what, _, end := strings.Cut(rest, "]")
	if !ok || !end {
		return 0, 0, false
	}
	word, symbol, _ := strings.Cut(what, " ")
	p, err := supply.ParsePhase(word)
	if err != nil {
		return 0, 0, false
	}
	el, err := element.Parse(symbol)
	if err != nil {
		el = element.None
	}
	return p, el, true
}

// mostEntries is how many entries of a kind are shown under one fact: the rest are counted.
const mostEntries = 12

// ways is, for each lot at which the record stops, that it stops there, and the entries that lead to it.
func (e *explainer) ways(lot supply.LotID, stops []string) []Reason {
	var out []Reason
	for _, stop := range stops {
		r := Reason{Kind: KindFact, Text: "the record stops at " + stop}
		ids := e.in.Graph.Way(lot, supply.LotID(stop), wholeTime)
		if len(ids) == 0 {
			ids = e.in.Graph.EntriesOf(supply.LotID(stop))
		}
		r.Under = e.list(ids, mostEntries)
		out = append(out, r)
	}
	return out
}

// list is entries as leaves, at most so many of them (0: all).
func (e *explainer) list(ids []record.ID, most int) []Reason {
	var out []Reason
	for _, id := range ids {
		if most > 0 && len(out) == most {
			out[most-1].Text += fmt.Sprintf(" (and %d entries more)", len(ids)-most)
			break
		}
		out = append(out, e.entry(id.String()))
	}
	if len(out) == 0 {
		return []Reason{{Kind: KindNothing, Text: "no entry could be found"}}
	}
	return out
}

// placed is the statements that place a step, or where there are none all it rests on.
func (e *explainer) placed(s *rules.Step) []Reason {
	var out, all []Reason
	for _, src := range s.Sources {
		r := e.entry(src)
		all = append(all, r)
		if r.Kind == KindStatement {
			out = append(out, r)
		}
	}
	switch {
	case len(out) > 0:
		return out
	case len(all) > 0:
		return all
	}
	return []Reason{e.question()}
}

// entry is an entry of the log as a leaf.
func (e *explainer) entry(text string) Reason {
	id, err := record.ParseID(strings.TrimPrefix(text, "entry "))
	if err != nil {
		return Reason{Kind: KindNothing, Text: text}
	}
	r := Reason{Kind: KindNothing, Text: "an entry that is not in the log", Entry: id.String()}
	if e.in == nil {
		return r
	}
	x, ok := e.in.Entries(id)
	if !ok {
		return r
	}
	r.Text, r.Seq = entryWords(&x), x.Seq
	switch {
	case x.Event != nil:
		r.Kind = KindEvent
	case x.Claim != nil && x.Claim.Document != nil:
		r.Kind, r.Digest = KindDocument, string(x.Claim.Document.ID)
	default:
		r.Kind = KindStatement
	}
	return r
}

// question is the file of the question as a leaf.
func (e *explainer) question() Reason {
	return Reason{Kind: KindDocument, Text: "as the question states it: " + e.from.Name, Digest: e.from.Digest}
}
