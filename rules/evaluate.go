package rules

import (
	"slices"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// result is what one book says on one date with every unknown taken once for the worst (strict) and once for the best
// (lenient). Every unknown fact and every open reading moves the verdict one way only: what makes it worse under one
// completion never makes it better under another. So the two extremes bound all completions between them.
type result struct {
	strict, lenient Verdict
	why             causes // facts and readings it hangs on
	findings        []finding
	counted         []finding // steps that count and are known to be clean
	weakest         supply.Evidence
	rests           bool // weakest is meant
}

// causes are facts and readings, each once, in the order in which they came up.
type causes struct {
	list []string
	has  map[string]bool
}

func (c *causes) add(list []string) {
	for _, name := range list {
		if c.has[name] {
			continue
		}
		if c.has == nil {
			c.has = map[string]bool{}
		}
		c.has[name] = true
		c.list = append(c.list, name)
	}
}

// finding is one reason: a rule, and what it was applied to.
type finding struct {
	rule  *Rule
	mat   *Material
	step  *Step
	truth truth
	plain truth  // of a rule that asserts: before what lifts it
	other bool   // of a rule that asserts: the material is not of its kinds
	fact  string // the fact in words, where there is no step
}

func (r *result) own() Verdict { return agree(r.strict, r.lenient) }

// evaluate hears one book. Only materials for which keep is not No are heard (nil: all).
func (w *world) evaluate(b *Book, version string, keep func(*Material) bool) (*result, error) {
	w.book, w.version, w.mat = b, version, nil
	res := &result{}
	if b.Clause == "" && !b.InForce.Covers(w.date) || b.Status.dormant(w.date) {
		res.strict, res.lenient = OutOfScope, OutOfScope
		return res, nil
	}
	scope, exempt := no, no
	for _, r := range b.issues[version].contract {
		if !w.active(r, "") {
			continue
		}
		t, err := w.when(r)
		if err != nil {
			return nil, err
		}
		if t.is == No {
			continue
		}
		res.note(finding{rule: r, truth: t})
		switch r.Effect {
		case OutOfScopeWhen:
			scope = scope.or(t)
		case ExemptWhen:
			exempt = exempt.or(t)
		}
	}
	if scope.is == Yes {
		res.strict, res.lenient = OutOfScope, OutOfScope
		return res, nil
	}
	strict, lenient := OutOfScope, OutOfScope
	for i := range w.f.Materials {
		o, stands := w.trial.stands(b, w.date, i)
		if !stands {
			o.strict, o.lenient = OutOfScope, OutOfScope
			if m := &w.f.Materials[i]; keep == nil || keep(m) {
				var err error
				if o.strict, o.lenient, err = w.material(m, exempt, res); err != nil {
					return nil, err
				}
			}
			w.trial.note(b, w.date, o)
		}
		strict, lenient = worst(strict, o.strict), worst(lenient, o.lenient)
	}
	if w.unlisted().is != No {
		s, l, err := w.material(&otherMaterial, exempt, res)
		if err != nil {
			return nil, err
		}
		strict, lenient = worst(strict, s), worst(lenient, l)
	}
	if scope.is == Unknown {
		lenient = OutOfScope
	}
	res.strict, res.lenient = strict, lenient
	return res, nil
}

// note keeps a finding that bears on the verdict, and what it hangs on.
func (r *result) note(f finding) {
	r.findings = append(r.findings, f)
	r.why.add(f.truth.why)
}

func (w *world) active(r *Rule, kind string) bool {
	return r.Valid.Covers(w.date) && !r.Status.dormant(w.date) && (kind == "" || len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind))
}

// rules are the rules of the book in the version under judgement.
func (w *world) rules() *issue { return w.book.issues[w.version] }

// ofStep is when for a rule on steps: its answer hangs on how the step is seen and on nothing else of it.
func (w *world) ofStep(r *Rule) (truth, error) { return w.recall(r, w.step) }

// when is a rule's condition on the material under judgement, or on the contract.
func (w *world) when(r *Rule) (truth, error) {
	if r.Effect == NeedsStep {
		return w.recall(r, w.step)
	}
	return w.recall(r, stepView{})
}

// recall asks a rule once for all that is seen the same way, and not again where a hearing differs from the one before
// in a reading that the rule does not hang on.
func (w *world) recall(r *Rule, view stepView) (truth, error) {
	if r.when == nil && r.Status.Waits == nil && len(r.Status.Suspended) == 0 {
		return yes, nil
	}
	key := said{w.book, r.no, w.mat, w.date, view, 0, 0}
	if r.Level == "step" {
		key.at, key.ph = w.at, w.phase
	}
	if t, ok := w.said[key]; ok {
		return t, nil
	}
	if w.before != nil && !slices.Contains(r.readings, w.flipped) {
		if t, ok := w.before[key]; ok {
			w.said[key] = t
			return t, nil
		}
	}
	t, err := w.force(r)
	if err == nil && t.is != No && r.when != nil {
		v, _, fault := r.when.Eval(w)
		var holds truth
		holds, err = fromCEL(v, fault)
		t = t.and(holds)
	}
	if err == nil {
		w.said[key] = t
	}
	return t, err
}

// material judges one material strictly and leniently.
func (w *world) material(m *Material, exempt truth, res *result) (strict, lenient Verdict, err error) {
	w.mat = m
	covered, subject := w.coverage(m)
	if covered.is == No || subject == nil {
		return OutOfScope, OutOfScope, nil
	}
	if covered.is == Unknown && m != &otherMaterial {
		res.note(finding{mat: m, truth: covered, fact: "whether " + m.Name + " is covered material"})
	}
	if m.Kind == "other" && m.unnamed() && w.subject("other") == nil {
		// Nothing is known of what it is: it may be any kind that the book reaches.
		strict, lenient = OutOfScope, Noncompliant
		for i := range w.book.Subjects {
			s := &w.book.Subjects[i]
			for _, kind := range s.Kinds {
				if w.subject(kind) != s {
					continue
				}
				worse, better, err := w.asKind(m, kind, s, covered, exempt, res)
				if err != nil {
					return "", "", err
				}
				if strict = worst(strict, worse); lenient.Worse(better) {
					lenient = better
				}
			}
		}
		return strict, lenient, nil
	}
	kind := subject.Kinds[0]
	if slices.Contains(subject.Kinds, w.kind(m)) {
		kind = w.kind(m)
	}
	return w.asKind(m, kind, subject, covered, exempt, res)
}

// asKind judges one material as of a kind; covered tells whether the book reaches it.
func (w *world) asKind(m *Material, kind string, subject *Subject, covered, exempt truth, res *result) (strict, lenient Verdict, err error) {
	w.mat = m
	for _, r := range w.rules().exempt {
		if !w.active(r, kind) {
			continue
		}
		t, err := w.when(r)
		if err != nil {
			return "", "", err
		}
		if t.is != No {
			res.note(finding{rule: r, mat: m, truth: t})
		}
		exempt = exempt.or(t)
	}
	strict, lenient = Exempt, Exempt
	if exempt.is != Yes {
		bad, err := w.violations(m, kind, subject, res)
		if err != nil {
			return "", "", err
		}
		strict, lenient = Compliant, Compliant
		if bad.is != No {
			strict = Noncompliant
		}
		if bad.is == Yes {
			lenient = Noncompliant
		}
		if exempt.is == Unknown && lenient == Noncompliant {
			lenient = Exempt
		}
	}
	if covered.is == Unknown && lenient == Noncompliant {
		lenient = OutOfScope
	}
	return strict, lenient, nil
}

// violations tells whether anything about a material breaks the restriction.
func (w *world) violations(m *Material, kind string, subject *Subject, res *result) (truth, error) {
	bad := no
	add := func(f finding) {
		if f.truth.is != No {
			res.note(f)
			bad = bad.or(f.truth)
		}
	}
	for _, r := range w.rules().prohibits {
		if w.active(r, kind) {
			t, err := w.when(r)
			if err != nil {
				return no, err
			}
			add(finding{rule: r, mat: m, truth: t})
		}
	}
	if m == &otherMaterial {
		add(finding{mat: m, truth: w.unlisted(), fact: "whether the list of covered material is complete"})
		return bad, nil
	}
	m = w.withPlaces(m, kind)
	w.mat = m
	for i := range m.Steps {
		if err := w.judgeStep(m, i, kind, subject, res, add); err != nil {
			return no, err
		}
	}
	for _, r := range w.rules().steps {
		if !w.active(r, kind) {
			continue
		}
		err := w.eachStep(r, func(s *Step, t truth) { add(finding{rule: r, mat: m, step: s, truth: t}) })
		if err != nil {
			return no, err
		}
	}
	if !m.whole() {
		if err := w.needs(m, kind, subject, add); err != nil {
			return no, err
		}
	}
	for _, text := range m.Findings {
		fact := w.factOf(m, "findings["+text+"]")
		t := open(fact)
		if v, ok := w.set[fact]; ok {
			t = known(v == "contrary")
		}
		add(finding{mat: m, truth: t, fact: text})
	}
	return bad, nil
}

// judgeStep asks of one step whether it counts and whether its place is bad.
func (w *world) judgeStep(m *Material, i int, kind string, subject *Subject, res *result, add func(finding)) error {
	s := &m.Steps[i]
	if s.Phase == supply.NoPhase {
		// What was done is not known: it may be a phase that counts.
		fact := w.givenStepFact(i, "phase")
		counts := open(fact)
		if v, ok := w.set[fact]; ok {
			counts = known(v == "contrary")
		}
		add(finding{mat: m, step: s, truth: counts.and(w.stepCovered(s, i))})
		return nil
	}
	w.step = viewOf(s.Elements, subject)
	w.step.feed = w.firstLife(m, i)
	counts := no
	var by []*Rule
	place := "covered"
	for _, r := range w.rules().counts[s.Phase] {
		if !w.active(r, kind) {
			continue
		}
		t, err := w.ofStep(r)
		if err != nil {
			return err
		}
		if t.is == No {
			continue
		}
		counts, by, place = counts.or(t), append(by, r), r.Place
	}
	if counts.is == No {
		return nil
	}
	bad := w.badPlace(s, i, place)
	if counts.is == Yes && bad.is == No {
		res.rest(s.on(w.date))
		res.counted = append(res.counted, finding{rule: by[0], mat: m, step: s, truth: no})
	}
	t := counts.and(bad)
	for _, r := range by {
		add(finding{rule: r, mat: m, step: s, truth: t})
	}
	return nil
}

func (r *result) rest(e supply.Evidence) {
	if !r.rests || e < r.weakest {
		r.weakest, r.rests = e, true
	}
}

func viewOf(es element.Set, subject *Subject) stepView {
	return stepView{
		whole:         es.Empty() || es.Contains(subject.Literal),
		literal:       es.Empty() || !es.Intersect(subject.Literal).Empty(),
		rareEarth:     es.Empty() || !es.Intersect(element.RareEarths).Empty(),
		ironBoronOnly: !es.Empty() && element.SetOf(element.Fe, element.B).Contains(es),
	}
}

// newWorld is the world of the facts on a date with some facts set.
func newWorld(f *Facts, d quantity.Date, set map[string]string) *world {
	return &world{f: f, date: d, set: set, asked: map[string]bool{}, said: map[said]truth{}}
}
