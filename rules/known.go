package rules

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/supply"
)

// Knows tells whether the record says of all of a material's element (None: of the whole) that one of the phases happened
// to it, and so where to ask for the place: a step that names no elements speaks for every one. The first life of recycled
// feed does not count.
func (m *Material) Knows(e element.Element, phases ...supply.Phase) bool {
	var set phaseSet
	for _, p := range phases {
		set |= 1 << p
	}
	if m.gapped(set, e, false) || m.gapped(set, e, true) {
		return false
	}
	for i := range m.Steps {
		s := &m.Steps[i]
		if set.has(s.Phase) && s.EarlierLife != Yes && (e == element.None || s.Elements.Empty() || s.Elements.Has(e)) {
			return true
		}
	}
	return false
}

// StopsAt is the lots at which the record of a material stops before the phases, each once: those of gaps that leave all of
// them unknown for an element (None: for the whole). Where the record knows that an earlier phase came after a gap, as
// melting after the ferroboron's, a later one is not missing there but from what is on record below it.
func (m *Material) StopsAt(e element.Element, phases ...supply.Phase) []string {
	var set phaseSet
	for _, p := range phases {
		set |= 1 << p
	}
	var out []string
	for i := range m.Gaps {
		g := &m.Gaps[i]
		one := Material{Gaps: m.Gaps[i : i+1]}
		if g.Where == "" || slices.Contains(out, g.Where) || !one.gapped(set, e, false) && !one.gapped(set, e, true) {
			continue
		}
		later := len(g.After) > 0 && slices.Min(phases) > slices.Min(g.After)
		if !later {
			out = append(out, g.Where)
		}
	}
	return out
}

// Traced is the elements whose way a paper on a material has to tell: those it is said to be made of and, where nobody
// says what that is, those of its kind and those that its steps name; open then tells that there may be others.
func (m *Material) Traced() (es element.Set, open bool) {
	es = m.set()
	if m.ElementsGiven {
		return es, false
	}
	switch {
	case strings.HasPrefix(m.Kind, "NdFeB"):
		es = es.Union(element.SetOf(element.Nd, element.Fe, element.B))
	case strings.HasPrefix(m.Kind, "SmCo"):
		es = es.Union(element.SetOf(element.Sm, element.Co))
	}
	for i := range m.Steps {
		es = es.Union(m.Steps[i].Elements)
	}
	return es, true
}
