package whatif

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/rules"
	"lodestone/supply"
)

// material takes an assumption about steps to be so of one material.
func (x *applier) material(m *rules.Material) {
	a := x.a
	var steps []rules.Step
	covered := element.Set(0) // elements of which a step of the phase was found
	whole, same := false, map[element.Set]int{}
	for i := range m.Steps {
		s := m.Steps[i]
		nth := 0
		if s.Phase == a.phase {
			same[s.Elements]++
			nth = same[s.Elements]
		}
		if !x.speaksOf(&s, nth) {
			steps = append(steps, s)
			continue
		}
		if rest := s.Elements.Minus(a.elements); !a.elements.Empty() && !s.Elements.Empty() && !rest.Empty() {
			kept := s
			kept.Elements = rest
			steps = append(steps, kept)
			s.Elements = s.Elements.Intersect(a.elements)
		}
		covered = covered.Union(s.Elements)
		whole = whole || s.Elements.Empty()
		steps = append(steps, x.change(m, s))
	}
	m.Steps = steps
	if a.field != "country" || a.phase == supply.NoPhase || a.facility != "" || a.nth > 1 {
		return
	}
	missing := a.elements.Minus(covered)
	if !whole && (a.elements.Empty() && covered.Empty() || !missing.Empty()) {
		s := rules.Step{Phase: a.phase, Elements: missing}
		if m.Recycled != nil {
			s.EarlierLife = rules.No
		}
		m.Steps = append(m.Steps, x.change(m, s))
	}
	x.fill(m)
}

// speaksOf tells whether the assumption is about a step. One about elements is not about a step on the whole material:
// what else the step did would change with it.
func (x *applier) speaksOf(s *rules.Step, nth int) bool {
	a := x.a
	switch {
	case a.field == "evidence" && a.least:
		return s.Evidence < a.grade
	case s.Phase != a.phase, s.EarlierLife == rules.Yes, a.nth > 0 && nth != a.nth:
		return false
	case a.facility != "" && !strings.EqualFold(s.Facility, a.facility):
		return false
	case a.elements.Empty():
		return true
	}
	return !s.Elements.Intersect(a.elements).Empty()
}

// change is a step with what is assumed of it.
func (x *applier) change(m *rules.Material, s rules.Step) rules.Step {
	a := x.a
	switch a.field {
	case "country":
		was := string(s.Country)
		switch {
		case s.Planned:
			was = "said to be planned"
		case len(s.Claims) > 0:
			was = "in dispute"
		}
		x.note(stepName(m, &s, "country"), string(a.country), was)
		s.Country, s.Claims, s.Planned = a.country, nil, false
		s.Evidence = max(s.Evidence, x.f.MinimumEvidence)
		s.EvidenceUntil = 0
	case "evidence":
		x.note(stepName(m, &s, "evidence"), a.grade.String(), "")
		s.Evidence, s.EvidenceUntil = a.grade, 0
	case "phase":
		x.note(stepName(m, &s, "phase"), a.value, "")
		s.Phase, _ = supply.ParsePhase(a.value)
	}
	s.Sources = append(slices.Clip(s.Sources), "WHAT IF: "+a.Text)
	return s
}

// fill closes the gaps in which the assumed step lies, for its elements.
func (x *applier) fill(m *rules.Material) {
	a := x.a
	var gaps []rules.Gap
	for _, g := range m.Gaps {
		if g.Before != supply.NoPhase && a.phase >= g.Before || slices.Contains(g.After, a.phase) {
			gaps = append(gaps, g)
			continue
		}
		all := g.Elements
		if all.Empty() {
			all = ^element.Set(0)
		}
		within := a.elements.Intersect(all)
		if a.elements.Empty() {
			within = g.Elements
		} else if within.Empty() {
			gaps = append(gaps, g)
			continue
		} else if rest := all.Minus(a.elements); !rest.Empty() {
			kept := g
			kept.Elements = rest
			gaps = append(gaps, kept)
		}
		g.Elements = within
		g.After = append(slices.Clip(g.After), a.phase)
		gaps = append(gaps, g)
	}
	m.Gaps = gaps
}
