package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"

	"lodestone/element"
	"lodestone/supply"
)

// answer hears the question and gives its reasons.
func (q *question) answer() (*BookAnswer, error) {
	h, err := q.hear(nil)
	if err != nil {
		return nil, err
	}
	q.first = h
	a := q.frame(h)
	if q.outside {
		q.notInContract(a)
		return a, nil
	}
	if a.Doubts, err = q.doubts(h); err != nil {
		return nil, err
	}
	if h.verdict == Undetermined {
		if a.Missing, err = q.missing(h); err != nil {
			return nil, err
		}
		if err := q.unnamed(h, a); err != nil {
			return nil, err
		}
	}
	res, book := h.result, q.book
	if h.verdict == Noncompliant && h.own != Noncompliant && h.statute != nil {
		res, book = h.statute, q.statute
	}
	own := q.position(book, res, deciding(res, h.verdict), h)
	if h.verdict == Conflicting {
		own = q.position(q.book, h.result, h.own, h)
		stat := q.position(q.statute, h.statute, h.statute.own(), h)
		c := Conflicts{Doubt: "T8", Says: "the clause and the statute say different things", Between: []Position{own, stat}}
		if q.version != q.book.Newest().ID {
			c = Conflicts{Doubt: "Q5", Says: "the contract holds an older version of the clause, and the statute has moved on", Between: c.Between}
		}
		a.Conflicts = append(a.Conflicts, c)
		a.Because = fmt.Sprintf("%s says %s (%s); %s says %s (%s)", own.Book, own.Verdict, own.Because, stat.Book, stat.Verdict, stat.Because)
		a.DecidedBy = merge(own.DecidedBy, prefixed(stat))
		a.Grounds = append(q.grounds(q.book, h.result, h.own, h), q.grounds(q.statute, h.statute, h.statute.own(), h)...)
	} else {
		a.Because, a.DecidedBy = own.Because, own.DecidedBy
		a.Grounds = q.grounds(book, res, deciding(res, h.verdict), h)
	}
	if h.verdict == Undetermined {
		a.Because = undetermined(a)
	}
	a.WeakestEvidence = weakest(h)
	a.Notes = q.notes(h)
	a.Doubts = append(a.Doubts, q.unread(h)...)
	q.asIf(a)
	a.NotInForce = q.notInForce(h.date, nil)
	a.RestsOn = restsOn(a)
	return a, nil
}

// frame is an answer without its reasons.
func (q *question) frame(h *hearing) *BookAnswer {
	a := &BookAnswer{Book: q.book.ID, Kind: q.book.Kind, Version: q.version, Digest: q.book.Digest, Verdict: h.verdict, Own: h.own,
		Missing: []Missing{}, Doubts: []Shown{}, Conflicts: []Conflicts{}, Notes: []Shown{}, Grounds: []Ground{}, DecidedBy: []string{}, Assumed: q.assumed}
	if a.Assumed == nil {
		a.Assumed = []string{}
	}
	q.amended(a)
	return a
}

// notInContract is the reason of a book whose clause the contract does not hold.
func (q *question) notInContract(a *BookAnswer) {
	a.Because = "the contract does not hold the clause " + q.book.Clause
	a.DecidedBy = []string{"the contract's clauses"}
	a.Grounds = append(a.Grounds, q.f.fact("contract.clauses", clauseList(q.f.Contract.Clauses), "contract.clauses"))
}

func clauseList(cs []Clause) string {
	var out []string
	for _, c := range cs {
		out = append(out, strings.TrimSpace(c.Number+" "+c.Version))
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// deciding is the verdict whose findings explain v.
func deciding(r *result, v Verdict) Verdict {
	if v == Undetermined {
		return Undetermined
	}
	return r.own()
}

func prefixed(p Position) []string {
	var out []string
	for _, c := range p.DecidedBy {
		out = append(out, p.Book+" "+c)
	}
	return out
}

func merge(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// undetermined says in one sentence what keeps a verdict open.
func undetermined(a *BookAnswer) string {
	var parts []string
	for i, m := range a.Missing {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("and %d more", len(a.Missing)-3))
			break
		}
		parts = append(parts, m.Fact)
	}
	var s []string
	if len(parts) > 0 {
		s = append(s, "not known: "+strings.Join(parts, "; "))
	}
	var open []string
	for _, d := range a.Doubts {
		if d.Class == Open && d.Chosen == "" {
			var rs []string
			for _, r := range d.Readings {
				rs = append(rs, fmt.Sprintf("%s: %s", r.Value, r.Verdict))
			}
			open = append(open, fmt.Sprintf("%s %s (%s)", d.ID, d.Key, strings.Join(rs, ", ")))
		}
	}
	if len(open) > 0 {
		s = append(s, "open doubt: "+strings.Join(open, "; "))
	}
	if len(s) == 0 {
		s = append(s, "the authorities agree only under some of the facts that are not known")
	}
	return strings.Join(s, "; ")
}

func weakest(h *hearing) string {
	if h.own == Noncompliant {
		best, found := supply.Evidence(0), false
		for _, f := range h.result.findings {
			if f.step != nil && f.truth.is == Yes && (!found || f.step.on(h.date) < best) {
				best, found = f.step.on(h.date), true
			}
		}
		if found {
			return best.String()
		}
		return ""
	}
	if h.verdict == Compliant && h.result.rests {
		return h.result.weakest.String()
	}
	return ""
}

// relevant are the findings that explain a verdict of a result.
func relevant(r *result, v Verdict) []finding {
	var out []finding
	for _, f := range r.findings {
		var keep bool
		effect := CountsStep
		if f.rule != nil {
			effect = f.rule.Effect
		}
		breaks := effect == CountsStep || effect == ProhibitsItem || effect == NeedsStep
		switch v {
		case Noncompliant:
			keep = breaks && f.truth.is == Yes
		case Exempt:
			keep = effect == ExemptWhen && f.truth.is == Yes
		case OutOfScope:
			keep = effect == OutOfScopeWhen && f.truth.is == Yes
		case Undetermined:
			keep = true
		}
		if keep {
			out = append(out, f)
		}
	}
	return out
}

// position is one authority's verdict with its paragraphs and its reason.
func (q *question) position(b *Book, r *result, v Verdict, h *hearing) Position {
	p := Position{Book: b.ID, Verdict: v, DecidedBy: []string{}}
	if b.Clause != "" {
		p.Version = q.version
	}
	fs := relevant(r, v)
	for _, f := range fs {
		if f.rule != nil && !(v == Undetermined && f.rule.Effect == NeedsStep && len(p.DecidedBy) > 8) {
			p.DecidedBy = merge(p.DecidedBy, f.rule.cited())
		}
	}
	var says []string
	for _, f := range fs {
		if s := phrase(f, fs); s != "" && !slices.Contains(says, s) {
			says = append(says, s)
		}
	}
	p.Because = strings.Join(says, "; ")
	switch {
	case v == Compliant:
		p.DecidedBy = q.considered(b, h)
		p.Because = clean(r, h)
	case v == OutOfScope && p.Because == "":
		p.Because = "no material named is covered material of this book"
		for i := range b.Subjects {
			p.DecidedBy = merge(p.DecidedBy, []string{b.Subjects[i].Cite})
		}
	}
	return p
}

// clean says why a delivery is COMPLIANT: where the steps that count happened.
func clean(r *result, h *hearing) string {
	var says []string
	for _, f := range r.counted {
		s := fmt.Sprintf("%s %s", f.step.Phase, f.step.Country)
		if !slices.Contains(says, s) {
			says = append(says, s)
		}
	}
	if len(says) == 0 {
		return "no step that counts on " + day(h.date) + " is recorded, and the history is said to be complete"
	}
	return "every step that counts on " + day(h.date) + " is known and lawful: " + strings.Join(says, ", ")
}

// considered are the paragraphs of the restriction that speak to the materials on the day.
func (q *question) considered(b *Book, h *hearing) []string {
	w := newWorld(q.f, h.date, nil)
	w.book = b
	if b.Clause != "" {
		w.version = q.version
	}
	var out []string
	for i := range q.f.Materials {
		m := &q.f.Materials[i]
		t, s := w.coverage(m)
		if t.is == No || s == nil {
			continue
		}
		for _, r := range w.rules().restricting() {
			if w.active(r, s.Kinds[0]) {
				out = merge(out, r.Cites)
			}
		}
	}
	if len(out) == 0 {
		out = []string{}
	}
	return out
}

// phrase says one finding in words, joining what several findings say of one phase and place.
func phrase(f finding, all []finding) string {
	switch {
	case f.step != nil:
		var es element.Set
		whole := false
		for _, g := range all {
			if g.step != nil && g.mat == f.mat && g.step.Phase == f.step.Phase && g.step.Country == f.step.Country && g.truth.is == f.truth.is {
				es = es.Union(g.step.Elements)
				whole = whole || g.step.Elements.Empty()
			}
		}
		what := f.mat.Name
		if !whole && !es.Empty() {
			what = symbols(es) + " of " + f.mat.Name
		}
		switch {
		case f.step.Planned:
			at := cmp.Or(f.step.Facility, "a place")
			if len(f.step.Claims) > 0 {
				at += fmt.Sprintf(" (%s)", f.step.Claims[0])
			}
			return fmt.Sprintf("%s at %s, which was said to be planned then: %s", phaseWord(f.step.Phase), at, what)
		case len(f.step.Claims) > 0:
			return fmt.Sprintf("%s in %s, as rival claims have it: %s", phaseWord(f.step.Phase), places(f.step.Claims), what)
		case f.step.Country == "":
			return fmt.Sprintf("%s at a place that is not known: %s", phaseWord(f.step.Phase), what)
		}
		return fmt.Sprintf("%s in %s: %s", phaseWord(f.step.Phase), f.step.Country, what)
	case f.fact != "":
		return f.fact
	case f.rule != nil && f.rule.Says != "":
		name := "the material"
		if f.mat != nil && f.mat != &otherMaterial {
			name = f.mat.Name
		}
		says := strings.ReplaceAll(f.rule.Says, "{material}", name)
		if f.truth.is == Unknown {
			return "not known whether " + says
		}
		return says
	}
	return ""
}

func places(cs []supply.Country) string {
	var out []string
	for _, c := range cs {
		if c == "" {
			c = "an unknown place"
		}
		out = append(out, string(c))
	}
	return strings.Join(out, " or ")
}

// notes are what a reader must know beside the verdict: every finding in the materials' record, and pending bills.
func (q *question) notes(h *hearing) []Shown {
	out := []Shown{}
	for i := range q.f.Materials {
		m := &q.f.Materials[i]
		for _, text := range slices.Concat(m.Findings, m.Remarks) {
			out = append(out, Shown{ID: "finding", Class: NoteOnly, Question: text})
		}
	}
	w := newWorld(q.f, h.date, nil)
	w.book, w.version = q.book, q.version
	for _, n := range q.book.Notes {
		if !n.Valid.Covers(h.date) {
			continue
		}
		if n.when != nil && !w.somewhere(n.when) {
			continue
		}
		out = append(out, Shown{ID: n.ID, Class: NoteOnly, Question: n.Says, Source: n.Source})
	}
	return out
}

// somewhere tells whether a note's condition holds, of a material where it speaks of one.
func (w *world) somewhere(when cel.Program) bool {
	holds := func() bool {
		v, _, err := when.Eval(w)
		t, err := fromCEL(v, err)
		return err == nil && t.is == Yes
	}
	for i := range w.f.Materials {
		w.mat = &w.f.Materials[i]
		if holds() {
			return true
		}
	}
	w.mat = nil
	return len(w.f.Materials) == 0 && holds()
}
