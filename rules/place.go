package rules

import (
	"slices"
	"strings"

	"lodestone/supply"
)

// Where things happened, as the law asks it: in a covered country, in the United States, in a country of a list.

// covered tells whether a place lies in a covered country. Hong Kong and Macau are an open doubt.
func (w *world) covered(fact string, c supply.Country) truth {
	c = asCountry(w.text(fact, string(c)))
	if c == "" {
		return open(fact)
	}
	list := w.list("covered")
	if slices.Contains(list, string(c)) {
		return yes
	}
	if (c == "HK" || c == "MO") && slices.Contains(list, "CN") {
		switch w.reading("hong_kong_macau") {
		case "part_of_prc":
			return yes
		case "separate":
			return no
		}
		return open("reading.hong_kong_macau")
	}
	return no
}

func (w *world) listed(fact string, c supply.Country, list string) truth {
	c = asCountry(w.text(fact, string(c)))
	if c == "" {
		return open(fact)
	}
	return known(slices.Contains(w.list(list), string(c)))
}

// inUS tells whether a place lies in the United States; its outlying areas are an open doubt where the text does not name them.
func (w *world) inUS(fact string, c supply.Country) truth {
	c = asCountry(w.text(fact, string(c)))
	switch {
	case c == "":
		return open(fact)
	case slices.Contains(w.list("united_states"), string(c)):
		return yes
	case slices.Contains(w.list("outlying_areas"), string(c)):
		switch w.reading("outlying_areas") {
		case "part":
			return yes
		case "not_part":
			return no
		}
		return open("reading.outlying_areas")
	}
	return no
}

func (w *world) abroad(fact string, c supply.Country) truth { return w.inUS(fact, c).not() }

// chain calls do for each assembly between the material and the end item, inside out.
func (w *world) chain(m *Material, do func(*Component)) {
	if m == nil {
		return
	}
	at := m.In
	for range w.f.Components {
		i := slices.IndexFunc(w.f.Components, func(c Component) bool { return c.Name == at })
		if i < 0 {
			return
		}
		do(&w.f.Components[i])
		at = w.f.Components[i].In
	}
}

// stepCovered tells whether a step happened in a covered country. Evidence plays no part when it speaks against the
// material; a clean country counts only from the minimum grade up.
func (w *world) stepCovered(s *Step, i int) truth {
	if len(s.Claims) > 0 {
		return w.rival(s, i, func(c supply.Country) truth { return w.covered("", c) })
	}
	fact := ""
	if s.Country == "" || w.triesFacts() {
		fact = w.givenStepFact(i, "country")
	}
	t := w.covered(fact, s.Country)
	if t.is == No {
		return w.attested(s, i, no)
	}
	return t
}

// triesFacts tells whether a fact of a material, and not only a reading, is being tried.
func (w *world) triesFacts() bool {
	for name := range w.set {
		if !strings.HasPrefix(name, "reading.") {
			return true
		}
	}
	return false
}

// stepListed tells whether a step happened in a country of the list.
func (w *world) stepListed(s *Step, i int, list string) truth {
	in := func(c supply.Country) truth {
		switch list {
		case "united_states":
			return w.inUS(w.givenStepFact(i, "country"), c)
		}
		return w.listed(w.givenStepFact(i, "country"), c, list)
	}
	if len(s.Claims) > 0 {
		return w.rival(s, i, func(c supply.Country) truth { return in(c).not() }).not()
	}
	t := in(s.Country)
	if t.is == Yes || t.is == No && list == "allowed" && !slices.Contains(w.list("covered"), string(s.Country)) {
		return w.attested(s, i, t)
	}
	return t
}

// attested turns a favourable finding into an open one where the evidence is below the minimum grade.
func (w *world) attested(s *Step, i int, good truth) truth {
	if s.on(w.date) >= w.f.MinimumEvidence {
		return good
	}
	fact := w.givenStepFact(i, "evidence")
	switch w.set[fact] {
	case "enough":
		return good
	case "contrary":
		return good.not()
	}
	return open(fact)
}

// rival judges a step about whose place claims clash: bad only where every claim is bad, open otherwise.
func (w *world) rival(s *Step, i int, bad func(supply.Country) truth) truth {
	fact := w.givenStepFact(i, "country")
	if v, ok := w.set[fact]; ok {
		return bad(asCountry(v))
	}
	for _, c := range s.Claims {
		if c == "" || bad(c).is != Yes {
			return open(fact)
		}
	}
	return yes
}
