package rules

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// hearFinding hears a book that is no prohibition with some facts and readings tried.
func (q *question) hearFinding(h *hearing, set map[string]string) error {
	h.date = q.clock()
	h.result = &result{}
	if q.outside {
		h.verdict, h.own = q.book.Kind.finding(No), q.book.Kind.finding(No)
		return nil
	}
	w := newWorld(q.f, h.date, set)
	w.asked, w.said = h.asked, h.said
	w.before, w.flipped = q.before(set)
	w.trial = q.trial
	units, t, err := w.find(q.book, q.version)
	if err != nil {
		return fmt.Errorf("book %s: %w", q.book.ID, err)
	}
	h.units = units
	h.why.add(t.why)
	h.verdict = q.book.Kind.finding(t.is)
	h.own = h.verdict
	return nil
}

// clock is the day whose words decide: of shipment for a book that goes by it, else of delivery.
func (q *question) clock() quantity.Date {
	if q.book.Shipped && q.f.Shipment.Date != 0 {
		return q.f.Shipment.Date
	}
	return q.f.Delivery
}

// finding hears the question put to a book that is no prohibition, and gives its reasons.
func (q *question) finding() (*BookAnswer, error) {
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
	if h.verdict.open() {
		if a.Missing, err = q.missing(h); err != nil {
			return nil, err
		}
		if err := q.unnamed(h, a); err != nil {
			return nil, err
		}
	}
	fs := decisive(h, q.book.Kind)
	for _, f := range fs {
		a.DecidedBy = merge(a.DecidedBy, f.rule.cited())
	}
	q.each(h, a)
	a.NotInForce = q.unforced(h)
	a.Because = q.because(h, a, fs)
	q.asIf(a)
	a.Grounds = q.findingGrounds(h, fs, a.NotInForce)
	a.Notes = q.notes(h)
	a.Doubts = append(a.Doubts, unreadOf(q.book, fs)...)
	a.RestsOn = restsOn(a)
	return a, nil
}

// decisive are the findings that explain an answer: those that hold, or where none does, those that might; of a negative
// answer what lifts, and every rule that was asked of a material of its kinds and does not hold.
func decisive(h *hearing, k Kind) []finding {
	var out []finding
	add := func(f finding) {
		if !slices.ContainsFunc(out, func(g finding) bool { return g.rule == f.rule && g.mat == f.mat && g.step == f.step }) {
			out = append(out, f)
		}
	}
	for _, want := range []Tri{Yes, Unknown, No} {
		if want != wanted(h.verdict) {
			continue
		}
		for _, u := range h.units {
			if u.holds.is != want && !(k == Credit && want == Unknown) {
				continue
			}
			for _, f := range u.lifted {
				if want != Yes && u.lifts(f, want, k) {
					add(f)
				}
			}
			apt := slices.ContainsFunc(u.by, func(f finding) bool { return !f.other })
			for _, f := range u.by {
				if f.truth.is == want && (want != No || !apt || !f.other) {
					add(f)
				}
			}
		}
	}
	return out
}

// lifts tells whether what lifts takes away a rule that would hold, or might.
func (u *unit) lifts(l finding, want Tri, k Kind) bool {
	if want == No && l.truth.is != Yes {
		return false
	}
	return slices.ContainsFunc(u.by, func(f finding) bool {
		return (f.plain.is != No || k == Credit) && (len(l.rule.Of) == 0 || slices.Contains(l.rule.Of, f.rule.ID))
	})
}

func wanted(v Verdict) Tri {
	switch v {
	case Required, Eligible:
		return Yes
	case Unsettled:
		return Unknown
	}
	return No
}

// most is how many reasons against an answer stand in its sentence.
const most = 4

// because is the answer's reason in one sentence.
func (q *question) because(h *hearing, a *BookAnswer, fs []finding) string {
	if h.verdict.open() {
		return undetermined(a)
	}
	if b := q.book; b.Status.Waits != nil && b.Status.dormant(h.date) {
		return "not in force, waits on " + b.Status.Waits.On
	} else if b.Clause == "" && !b.InForce.Covers(h.date) {
		return fmt.Sprintf("not in force on %s", h.date)
	} else if b.Status.dormant(h.date) {
		return fmt.Sprintf("not in force on %s: %s", h.date, b.Status.suspender(h.date))
	}
	var says []string
	add := func(s string) {
		if s != "" && !slices.Contains(says, s) {
			says = append(says, s)
		}
	}
	positive := h.verdict == Required || h.verdict == Eligible
	for _, f := range fs {
		switch {
		case positive:
			add(phrase(f, fs))
		case (f.rule.Effect == LiftsWhen || f.rule.Effect == DisqualifiesWhen || f.rule.Effect == OutOfScopeWhen) && f.truth.is == Yes:
			add(phrase(f, fs))
		}
	}
	if !positive {
		for _, s := range q.idle(h) {
			add(s)
		}
		for _, whole := range []bool{false, true} { // what was asked of a material before what was asked of the whole
			for _, f := range fs {
				if (f.mat == nil) == whole && f.step == nil && f.plain.is == No && asserts(f.rule) && f.rule.Says != "" && !waiting(a, f.rule) {
					add("not so: " + phrase(finding{rule: f.rule, mat: f.mat, truth: yes}, nil))
				}
			}
		}
	}
	if !positive && len(says) > most {
		says = append(says[:most], fmt.Sprintf("nor %d more that the grounds name", len(says)-most))
	}
	for _, u := range a.NotInForce {
		if u.State == "waits on" && !positive {
			add(u.Cite + " is not in force, waits on " + u.By)
		}
	}
	if len(says) == 0 {
		return "nothing that was asked about falls under the book on " + day(h.date)
	}
	return strings.Join(says, "; ")
}

// idle names the words that would require something were they not suspended on the day.
func (q *question) idle(h *hearing) []string {
	var out []string
	w := newWorld(q.f, h.date, nil)
	w.book, w.version = q.book, q.version
	for _, r := range w.rules().asserts {
		if r.Level == "step" || !r.Valid.Covers(h.date) || r.Status.suspender(h.date) == "" {
			continue
		}
		holds := func(m *Material) bool {
			w.mat = m
			if m != nil && w.ofKind(m, r.Kinds).is != Yes {
				return false
			}
			if r.when == nil {
				return true
			}
			v, _, err := r.when.Eval(w)
			t, err := fromCEL(v, err)
			return err == nil && t.is == Yes
		}
		any := r.Level == "item" && holds(nil)
		for i := range w.f.Materials {
			any = any || r.Level == "material" && holds(&w.f.Materials[i])
		}
		if says := r.part.Cite + " is " + r.Status.suspender(h.date); any && !slices.Contains(out, says) {
			out = append(out, says)
		}
	}
	return out
}

func asserts(r *Rule) bool { return r.Effect == RequiresWhen || r.Effect == QualifiesWhen }

// waiting tells whether a rule's words wait on an act on the day.
func waiting(a *BookAnswer, r *Rule) bool {
	return slices.ContainsFunc(a.NotInForce, func(u Unforced) bool { return u.State == "waits on" && u.Cite == r.part.Cite })
}

// each fills in every material's own answer, what is given, and what must be told.
func (q *question) each(h *hearing, a *BookAnswer) {
	negative := h.verdict == NotRequired || h.verdict == NotEligible
	for _, u := range h.units {
		name := ""
		if u.mat != nil && u.mat != &otherMaterial {
			name = u.mat.Name
			a.Materials = append(a.Materials, MaterialAnswer{Material: name, Verdict: q.book.Kind.finding(u.holds.is)})
		}
		for _, f := range u.by {
			if f.truth.is == No || u.holds.is == No || u.mat == &otherMaterial {
				continue
			}
			for _, g := range q.given(f, name, h.date) {
				if !slices.Contains(a.Gives, g) {
					a.Gives = append(a.Gives, g)
				}
			}
		}
	}
	if negative {
		return
	}
	w := newWorld(q.f, h.date, nil)
	w.book, w.version = q.book, q.version
	for _, r := range w.rules().discloses {
		if w.active(r, "") {
			a.Discloses = append(a.Discloses, w.disclosed(r)...)
		}
	}
}

// given is what a rule requires or gives, once for each of its values.
func (q *question) given(f finding, name string, d quantity.Date) []Given {
	g := Given{What: f.rule.What, Material: name, Cite: f.rule.part.Cite, Certain: f.truth.is == Yes, Sure: f.rule.part.Sure, Source: f.rule.part.Source}
	if g.What == "" {
		g.What = strings.ReplaceAll(f.rule.Says, "{material}", name)
	}
	var out []Given
	for _, value := range f.rule.Gives {
		if e := q.f.inForce(q.book.values[value], d); e != nil {
			v := g
			v.Value, v.Unit, v.Sure, v.Source = e.Text, q.book.values[value].Unit, e.Sure, e.Source
			v.From, v.Until = e.Valid.From.String(), e.Valid.Until.String()
			if v.What == "" {
				v.What = q.book.values[value].About
			}
			out = append(out, v)
		}
	}
	if out == nil && g.What != "" {
		out = append(out, g)
	}
	return out
}

// disclosed are the facts that a rule has told: for each material that it speaks of the places of its phases, element by
// element where it asks for each, and the facts it names.
func (w *world) disclosed(r *Rule) []Disclosed {
	var out []Disclosed
	what := r.What
	if what == "" {
		what = r.Says
	}
	for i := range w.f.Materials {
		m := &w.f.Materials[i]
		w.mat = m
		if r.Phases == 0 || w.ofKind(m, r.Kinds).is == No {
			continue
		}
		if t, err := w.when(r); err != nil || t.is == No {
			continue
		}
		sets := []element.Set{0}
		if r.Each {
			sets = nil
			for e := range m.told().All() {
				sets = append(sets, element.SetOf(e))
			}
		}
		for _, es := range sets {
			d := Disclosed{What: what, Material: m.Name, Phase: phaseWord(r.Name), Elements: symbols(es), Cite: r.part.Cite, Values: []string{}}
			d.Values, d.Known = m.placesOf(r.Phases, es)
			out = append(out, d)
		}
	}
	w.mat = nil
	if len(r.Facts) > 0 {
		if t, err := w.when(r); err != nil || t.is == No {
			return out
		}
	}
	for _, fact := range r.Facts {
		d := Disclosed{What: fact, Cite: r.part.Cite, Values: []string{}}
		if v := w.f.told(fact); v != "" {
			d.Values, d.Known = []string{v}, true
		}
		out = append(out, d)
	}
	return out
}

// told are the elements a disclosure asks about: rare earths and the others the material is named for.
func (m *Material) told() element.Set {
	return m.rareEarths().Union(usual[m.Kind]).Union(m.set().Intersect(element.SetOf(element.Co, element.B, element.Fe, element.Ta, element.W, element.Ga, element.Nb)))
}

// placesOf are the countries where any of the phases happened to the elements (empty: the whole), and whether they are
// all known.
func (m *Material) placesOf(phases phaseSet, es element.Set) ([]string, bool) {
	places, whole := []string{}, true
	add := func(c supply.Country) {
		s := string(c)
		if c == "" {
			s, whole = "unknown", false
		}
		if !slices.Contains(places, s) {
			places = append(places, s)
		}
	}
	for i := range m.Steps {
		s := &m.Steps[i]
		if !phases.has(s.Phase) || !es.Empty() && !s.Elements.Empty() && s.Elements.Intersect(es).Empty() {
			continue
		}
		if len(s.Claims) > 0 {
			add("")
			continue
		}
		add(s.Country)
	}
	e := element.None
	for x := range es.All() {
		e = x
	}
	if len(places) == 0 || m.gapped(phases, e, false) || m.gapped(phases, e, true) {
		add("")
	}
	return places, whole
}
