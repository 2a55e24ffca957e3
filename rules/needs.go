package rules

import (
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// What must be known of a history that is not whole.

// whole tells whether the steps are the whole history. A history without any step of production is none.
func (m *Material) whole() bool {
	return m.Complete && len(m.Gaps) == 0 && slices.ContainsFunc(m.Steps, func(s Step) bool { return s.Phase != supply.Assembled && s.Phase != supply.NoPhase })
}

// needs asks for the phases that must be known before a material with an incomplete history can be COMPLIANT.
func (w *world) needs(m *Material, kind string, subject *Subject, add func(finding)) error {
	for _, r := range w.rules().needs {
		if !w.active(r, kind) {
			continue
		}
		if !r.Each {
			w.step = viewOf(0, subject)
			if err := w.need(m, r, element.None, r.Phases, subject, add); err != nil {
				return err
			}
			continue
		}
		for e := range subject.Literal.Union(m.rareEarths()).All() {
			w.step = viewOf(element.SetOf(e), subject)
			if err := w.need(m, r, e, r.Phases|r.Extra[e], subject, add); err != nil {
				return err
			}
		}
		if subject.Open && m.unnamed() {
			if w.found(m, r.Phases, element.None, subject, true) && !m.gapped(r.Phases, element.None, false) && !m.gapped(r.Phases, element.None, true) {
				continue // the phase is known of the whole material, whatever is in it
			}
			w.step = stepView{rareEarth: true, feed: w.fed(m, r.Name)}
			t, err := w.when(r)
			if err != nil {
				return err
			}
			fact := w.factOf(m, "elements")
			others := open(fact)
			if v, ok := w.set[fact]; ok {
				others = known(v == "others")
			}
			add(finding{rule: r, mat: m, truth: t.and(others), fact: "which other rare earths are in " + m.Name})
		}
	}
	return nil
}

// need asks for one phase of one element (None: the whole material).
func (w *world) need(m *Material, r *Rule, e element.Element, phases phaseSet, subject *Subject, add func(finding)) error {
	found := w.found(m, phases, e, subject, false)
	fresh, feed := m.gapped(phases, e, false), m.gapped(phases, e, true)
	switch {
	case found && !fresh && !feed:
		return nil
	case found && !fresh:
		w.step.feed = Yes
	default:
		w.step.feed = w.fed(m, r.Name)
	}
	t, err := w.when(r)
	if err != nil || t.is == No {
		return err
	}
	var es element.Set
	if e != element.None {
		es = element.SetOf(e)
	}
	fact := w.stepFact(m, r.Name, es, "country")
	if _, tried := w.set[fact]; !tried {
		phases.each(func(p supply.Phase) { // any of the phases will do, so the place of another that is tried is the place
			if other := w.stepFact(m, p, es, "country"); w.set[other] != "" {
				fact = other
			}
		})
	}
	w.at, w.phase = 0, r.Name
	place := w.covered(fact, "")
	switch {
	case r.Place == "allowed":
		place = w.listed(fact, "", "allowed").not()
	case r.Place != "covered":
		place = w.badPlace(nil, -1, r.Place)
	}
	add(finding{rule: r, mat: m, truth: t.and(place), fact: fact})
	return nil
}

// gapped tells whether for part of the material none of the phases is known, for an element (None: the whole): of its
// recycled feed, or of the rest.
func (m *Material) gapped(phases phaseSet, e element.Element, feed bool) bool {
	for _, g := range m.Gaps {
		if g.Feed != feed {
			continue
		}
		if e != element.None && !g.Elements.Empty() && !g.Elements.Has(e) {
			continue
		}
		before := true
		phases.each(func(p supply.Phase) {
			before = before && (g.Before == supply.NoPhase || p < g.Before) && !slices.Contains(g.After, p)
		})
		if before {
			return true
		}
	}
	return false
}

// found tells whether the material is known to have gone through one of the phases: an element of it, or for None the
// whole of it, which a step that names some elements only did to all those the class is named for. A step of the first
// life of recycled feed counts as far as what it did still stands. bare asks for steps that name no elements.
func (w *world) found(m *Material, phases phaseSet, e element.Element, subject *Subject, bare bool) bool {
	for i := range m.Steps {
		s := &m.Steps[i]
		first := m.Recycled != nil && s.EarlierLife == Yes
		if !phases.has(s.Phase) || first && (m.Recycled.Blend || w.standing(m, s.Phase) == No) {
			continue
		}
		switch {
		case s.Elements.Empty():
			return true
		case bare:
		case e == element.None && s.Elements.Contains(subject.Literal), e != element.None && s.Elements.Has(e):
			return true
		}
	}
	return false
}
