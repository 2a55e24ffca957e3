package rules

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/supply"
)

// Books that are no prohibition. Each rule that asserts (requires, qualifies) holds, does not, or is open, for the whole
// question, for a material or for one of its steps; what lifts or disqualifies takes it away again. A book requires what
// any of its rules requires for anything asked about; a claim is eligible only where every material of it is. What is
// open stays open: the answer is "undetermined" until every way of filling in the facts gives one answer.

// unit is what one hearing of a finding book says of one material, or (mat nil) of the question as a whole.
type unit struct {
	mat    *Material
	holds  truth
	by     []finding // each asserting rule with its truth after what lifts it
	lifted []finding // what lifts, where it is not known to fail
}

// find hears a book that is no prohibition.
func (w *world) find(b *Book, version string) ([]unit, truth, error) {
	w.book, w.version, w.mat = b, version, nil
	if b.Clause == "" && !b.InForce.Covers(w.date) || b.Status.dormant(w.date) {
		return nil, no, nil
	}
	whole, err := w.unit(nil, nil)
	if err != nil {
		return nil, no, err
	}
	units := []unit{}
	if len(whole.by) > 0 {
		units = append(units, whole)
	}
	for i := range w.f.Materials {
		m := &w.f.Materials[i]
		o, stands := w.trial.stands(b, w.date, i)
		u := unit{mat: m, holds: truth{is: o.holds}}
		if !stands {
			if u, err = w.unit(m, whole.lifted); err != nil {
				return nil, no, err
			}
			o = outcome{holds: u.holds.is, asked: len(u.by) > 0}
			w.trial.note(b, w.date, o)
		}
		if o.asked {
			units = append(units, u)
		}
	}
	if t := w.unlisted(); t.is != No && b.Kind != Credit {
		u, err := w.unit(&otherMaterial, whole.lifted)
		if err != nil {
			return nil, no, err
		}
		if len(u.by) > 0 {
			u.holds = u.holds.and(t)
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return units, no, nil
	}
	t := known(b.Kind == Credit)
	for _, u := range units {
		if b.Kind == Credit {
			t = t.and(u.holds)
		} else {
			t = t.or(u.holds)
		}
	}
	return units, t, nil
}

// unit hears the rules of one level: of the whole question for m nil, else of the material and its steps. above is what
// lifts the whole.
func (w *world) unit(m *Material, above []finding) (unit, error) {
	u := unit{mat: m, holds: no, lifted: slices.Clip(above)}
	w.mat = m
	for _, r := range w.rules().lifts {
		if (m == nil) != (r.Level == "contract" || r.Level == "item") || !w.active(r, "") {
			continue
		}
		if err := w.ofRule(r, m, func(s *Step, t truth) {
			if t.is != No {
				u.lifted = append(u.lifted, finding{rule: r, mat: m, step: s, truth: t})
			}
		}); err != nil {
			return u, err
		}
	}
	for _, r := range w.rules().asserts {
		if (m == nil) != (r.Level == "item") || !w.active(r, "") {
			continue
		}
		if err := w.ofRule(r, m, func(s *Step, t truth) {
			plain := t
			for _, l := range u.lifted {
				if len(l.rule.Of) == 0 || slices.Contains(l.rule.Of, r.ID) {
					t = t.and(l.truth.not())
				}
			}
			u.by = append(u.by, finding{rule: r, mat: m, step: s, truth: t, plain: plain, other: m != nil && w.ofKind(m, r.Kinds).is == No})
			u.holds = u.holds.or(t)
		}); err != nil {
			return u, err
		}
	}
	return u, nil
}

// idle tells whether a rule that is not in force on the day, or may not be, would otherwise hold for anything asked about,
// or may.
func (w *world) idle(r *Rule) bool {
	bare := *r
	bare.Status, bare.no = Status{}, -1-r.no // asked apart from the rule as it is in force
	if r.Level == "item" || r.Level == "contract" {
		w.mat = nil
		t, err := w.when(&bare)
		return err == nil && t.is != No
	}
	found := false
	for i := range w.f.Materials {
		w.mat = &w.f.Materials[i]
		err := w.ofRule(&bare, w.mat, func(_ *Step, t truth) { found = found || t.is != No })
		found = found || err != nil
	}
	return found
}

// ofRule asks a rule of a material (nil: the whole question), or of each of its steps, and tells do what it says.
func (w *world) ofRule(r *Rule, m *Material, do func(*Step, truth)) error {
	kind := yes
	if m != nil {
		kind = w.ofKind(m, r.Kinds)
	}
	if kind.is == No {
		do(nil, no)
		return nil
	}
	if r.Level == "step" {
		return w.eachStep(r, func(s *Step, t truth) { do(s, kind.and(t)) })
	}
	t, err := w.when(r)
	do(nil, kind.and(t))
	return err
}

// ofKind tells whether a material is of one of the kinds (none named: any), holding its kind against its elements.
func (w *world) ofKind(m *Material, kinds []string) truth {
	fact := w.materialFact("kind")
	switch {
	case len(kinds) == 0:
		return yes
	case m == &otherMaterial:
		return open("materials_complete")
	case m.Kind == "other" && m.unnamed():
		switch w.set[fact] {
		case "covered":
			return yes
		case "clean":
			return no
		}
		return open(fact)
	case m.Kind == "other" && slices.Contains(kinds, suggested(m)), m.Kind != "other" && slices.Contains(kinds, m.contradicted()) && !slices.Contains(kinds, m.Kind):
		switch {
		case w.set[fact] == "clean":
			return no
		case w.set[fact] == "covered":
			return yes
		case w.book.doubts["covered_material"] == nil:
			return open(fact)
		}
		switch w.reading("covered_material") {
		case "covered":
			return yes
		case "not_covered":
			return no
		}
		return open("reading.covered_material")
	case m.Kind == "other" && slices.ContainsFunc(kinds, m.rawKind):
		switch w.set[fact] {
		case "covered":
			return yes
		case "clean":
			return no
		}
		return open(fact)
	}
	return known(slices.Contains(kinds, m.Kind))
}

// rawKind tells whether a material of kind other may be of a kind that comes before magnets and finished metal, by the
// element it is named for.
func (m *Material) rawKind(kind string) bool {
	for _, x := range []struct {
		prefix string
		of     element.Set
	}{{"rare earth ", element.RareEarths}, {"tantalum compound", element.SetOf(element.Ta)}, {"tungsten compound", element.SetOf(element.W)},
		{"ferrotungsten", element.SetOf(element.W)}, {"cobalt ", element.SetOf(element.Co)}} {
		if strings.HasPrefix(kind, x.prefix) {
			return !m.set().Intersect(x.of).Empty()
		}
	}
	return false
}

// eachStep asks a rule of each step of its phases (none named: every phase) of the material under judgement, and, where
// the history is not whole, of a step that may have happened unrecorded.
func (w *world) eachStep(r *Rule, do func(*Step, truth)) error {
	m := w.mat
	if m == &otherMaterial {
		do(nil, open("materials_complete"))
		return nil
	}
	defer func() { w.at, w.phase = 0, supply.NoPhase }()
	asked := false
	ask := func(at int, p supply.Phase, s *Step, also truth) error {
		asked = true
		w.at, w.phase = at, p
		w.step = stepView{whole: true, literal: true, rareEarth: true}
		if s != nil {
			w.step = viewOf(s.Elements, &Subject{})
		}
		t, err := w.when(r)
		do(s, also.and(t))
		return err
	}
	for i := range m.Steps {
		s := &m.Steps[i]
		also := yes
		switch {
		case s.Phase == supply.NoPhase:
			fact := w.givenStepFact(i, "phase")
			also = open(fact)
			if v, ok := w.set[fact]; ok {
				also = known(v == "contrary")
			}
		case r.Phases != 0 && !r.Phases.has(s.Phase):
			continue
		}
		if err := ask(i+1, s.Phase, s, also); err != nil {
			return err
		}
	}
	if !m.whole() {
		for _, p := range w.unrecorded(m, r.Phases) {
			fact := w.materialFact("complete")
			also := yes
			if p == supply.NoPhase { // any phase: the whole history is asked for
				w.at, w.phase = -1, p
				if also = open(fact); w.set[fact] != "" {
					also = known(w.set[fact] == "false")
				}
			}
			if err := ask(-1, p, nil, also); err != nil {
				return err
			}
		}
	}
	if !asked {
		do(nil, no)
	}
	return nil
}

// unrecorded are the phases of the set that may have happened to part of the material without being recorded; for the
// empty set, that any may have: NoPhase.
func (w *world) unrecorded(m *Material, phases phaseSet) []supply.Phase {
	if phases == 0 {
		return []supply.Phase{supply.NoPhase}
	}
	var out []supply.Phase
	all := m.set()
	phases.each(func(p supply.Phase) {
		var seen element.Set
		whole := false
		for i := range m.Steps {
			if s := &m.Steps[i]; s.Phase == p {
				seen = seen.Union(s.Elements)
				whole = whole || s.Elements.Empty()
			}
		}
		whole = whole || !all.Empty() && seen.Contains(all)
		if !whole || m.gapped(1<<p, element.None, false) || m.gapped(1<<p, element.None, true) {
			out = append(out, p)
		}
	})
	return out
}

// badPlace tells whether a step (nil: one that is not recorded, of the world's phase) happened where the rule's place has
// it bad.
func (w *world) badPlace(s *Step, i int, place string) truth {
	w.at = i + 1
	if s == nil {
		w.at = -1
	}
	defer func() { w.at = 0 }()
	switch place {
	case "covered":
		return w.stepIn("covered")
	case "allowed":
		return w.stepListed(s, i, "allowed").not()
	case "regions":
		return w.stepIn("regions")
	case "forced_labour":
		return w.operator("forced_labour")
	}
	return w.operator(place[len("listed:"):])
}
