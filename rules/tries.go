package rules

import (
	"slices"
	"strings"

	"lodestone/quantity"
)

// Facts are tried by the thousand, one or two at a time on top of a ground: nothing tried, or every open fact at one end of
// its samples. What a fact of one material, or of an assembly, changes is heard again of the materials that it is about
// alone; of the others what was heard on the ground stands, for no material is judged by another's facts.

// tries is how facts are tried on a question.
type tries struct {
	about map[string][]int // by "materials[NAME" and "components[NAME": the materials judged by their facts; nil: not known
}

// triesOf is how facts are tried on a question whose names tell its parts apart.
func triesOf(f *Facts) tries {
	t := tries{about: map[string][]int{}}
	w := newWorld(f, f.Delivery, nil)
	for i := range f.Materials {
		m := &f.Materials[i]
		own := "materials[" + m.Name
		t.about[own] = append(t.about[own], i)
		w.chain(m, func(c *Component) {
			t.about["components["+c.Name] = append(t.about["components["+c.Name], i)
		})
	}
	return t
}

// ground is what is tried together, and what was heard of each material with it.
type ground struct {
	set   map[string]string
	heard map[groundKey][]outcome // nil: nothing was heard yet
}

type groundKey struct {
	book *Book
	date quantity.Date
}

// outcome is what a book says of one material: a prohibition in two verdicts, another whether its rules hold, where any was
// asked.
type outcome struct {
	strict, lenient Verdict
	holds           Tri
	asked           bool
}

// trial is one hearing on a ground. A nil one is a hearing of its own.
type trial struct {
	ground  *ground
	first   bool  // the ground itself is heard
	touched []int // materials that are heard again
}

// stands is what was heard of a material on the ground, false where it must be heard.
func (t *trial) stands(b *Book, d quantity.Date, i int) (outcome, bool) {
	if t == nil || t.first || slices.Contains(t.touched, i) {
		return outcome{}, false
	}
	heard := t.ground.heard[groundKey{b, d}]
	if i >= len(heard) {
		return outcome{}, false
	}
	return heard[i], true
}

// note keeps what is heard of a material on the ground.
func (t *trial) note(b *Book, d quantity.Date, o outcome) {
	if t != nil && t.first {
		k := groundKey{b, d}
		t.ground.heard[k] = append(t.ground.heard[k], o)
	}
}

// setting is a fact or a reading and the value it is tried at.
type setting struct{ name, value string }

// try is the verdict with the settings on top of the ground.
func (s *fewer) try(g *ground, settings ...setting) (Verdict, error) {
	var touched []int
	whole := s.tries.about == nil
	for _, x := range settings {
		owner, _, _ := strings.Cut(x.name, "].")
		about, ok := s.tries.about[owner]
		whole = whole || !ok
		touched = append(touched, about...)
	}
	if !whole && g.heard == nil {
		g.heard = map[groundKey][]outcome{}
		if _, err := s.onGround(g, &trial{ground: g, first: true}); err != nil {
			return "", err
		}
	}
	t := &trial{ground: g, touched: touched}
	if whole {
		t = nil
	}
	return s.onGround(g, t, settings...)
}

// onGround hears the question with the settings, and leaves the ground as it was.
func (s *fewer) onGround(g *ground, t *trial, settings ...setting) (Verdict, error) {
	before := make([]setting, len(settings))
	had := make([]bool, len(settings))
	for i, x := range settings {
		before[i].name = x.name
		before[i].value, had[i] = g.set[x.name]
		g.set[x.name] = x.value
	}
	s.trial = t
	h, err := s.hear(g.set)
	s.trial = nil
	for i := len(settings) - 1; i >= 0; i-- {
		if had[i] {
			g.set[before[i].name] = before[i].value
		} else {
			delete(g.set, before[i].name)
		}
	}
	if err != nil {
		return "", err
	}
	return h.verdict, nil
}
