package rules

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
)

// The law defines no composition for its magnets, so kind and elements are held against one another: what they agree on
// is taken, what they leave open is the doubt "covered_material". A kind of other claims nothing either way.

// otherMaterial stands for covered material that the list does not name, as long as the list is not said to be complete.
var otherMaterial = Material{Name: "any covered material not listed", In: "end_item", Kind: "other", Incorporated: Yes}

func (m *Material) set() element.Set {
	s := m.Present
	for _, e := range m.Elements {
		if e.Share.Sign() > 0 {
			s = s.With(e.Element)
		}
	}
	return s
}

// rareEarths are the rare earths in the material: those its elements name, or else those that its steps name.
func (m *Material) rareEarths() element.Set {
	s := m.set()
	if !m.ElementsGiven {
		for i := range m.Steps {
			s = s.Union(m.Steps[i].Elements)
		}
	}
	return s.Intersect(element.RareEarths)
}

func (m *Material) share(e element.Element) quantity.Decimal {
	for _, x := range m.Elements {
		if x.Element == e {
			return x.Share
		}
	}
	return quantity.DecimalOf(0)
}

// barred tells whether the elements given leave no room for one that the class is named for: of its main element a
// tenth of the whole, of the others a two-hundredth.
func (m *Material) barred(s *Subject) bool {
	for e := range s.Literal.All() {
		room := twoHundredth
		if e == s.Main {
			room = tenth
		}
		if !m.may(e, room) {
			return true
		}
	}
	return false
}

// largest is the element with the greatest share.
func (m *Material) largest() element.Element {
	var best ElementShare
	for _, x := range m.Elements {
		if best.Share.Less(x.Share) {
			best = x
		}
	}
	return best.Element
}

var (
	ninety       = quantity.MustDecimal("0.9")
	tenth        = quantity.MustDecimal("0.1")
	twentieth    = quantity.MustDecimal("0.0500000000001")
	twoHundredth = quantity.MustDecimal("0.005")
)

// unnamed tells whether the elements given leave more than a twentieth of the whole unnamed, or none are given. So much
// is usual for the cobalt, copper, aluminium, gallium and niobium that lists of a magnet's elements pass over.
func (m *Material) unnamed() bool {
	return !m.ElementsGiven || m.leaves(twentieth) == ^element.Set(0)
}

// leaves is every element when the elements given leave room for a share of another, else those that are given.
func (m *Material) leaves(room quantity.Decimal) element.Set {
	sum := quantity.DecimalOf(0)
	for _, e := range m.Elements {
		if t, err := sum.Add(e.Share); err == nil {
			sum = t
		}
	}
	if t, err := sum.Add(room); m.Present.Empty() && err == nil && !quantity.DecimalOf(1).Less(t) {
		return ^element.Set(0)
	}
	return m.set()
}

// may tells whether an element is among those given, or could be in what they leave unnamed.
func (m *Material) may(e element.Element, room quantity.Decimal) bool { return m.leaves(room).Has(e) }

// suggested is the covered kind that a material's elements suggest, "" none. Where little or nothing is known of them it
// is the kind of which most is asked.
func suggested(m *Material) string {
	if m.unnamed() {
		return "NdFeB magnet"
	}
	return m.like(!m.set().Intersect(element.RareEarths).Empty())
}

// like is the class that the elements given speak for, where rare tells whether a rare earth that matters is there.
func (m *Material) like(rare bool) string {
	s := m.set()
	switch {
	case rare && m.may(element.Fe, tenth) && m.may(element.B, twoHundredth) && !s.Has(element.Sm):
		return "NdFeB magnet"
	case rare && m.may(element.Co, tenth):
		return "SmCo magnet"
	case rare && m.may(element.Fe, tenth) && m.may(element.B, twoHundredth):
		return "NdFeB magnet"
	}
	switch m.largest() {
	case element.Ta:
		return "tantalum metal"
	case element.Mo:
		return "molybdenum"
	case element.W:
		if m.Form == "powder" {
			return "tungsten metal powder"
		}
		if !m.share(element.W).Less(ninety) || m.unnamed() {
			return "tungsten heavy alloy"
		}
	}
	return ""
}

// contradicted is the class that the elements of a material speak for which claims to be of another kind: neodymium or
// samarium with what makes a magnet of it, or tantalum or tungsten for the most part.
func (m *Material) contradicted() string {
	if !m.ElementsGiven {
		return ""
	}
	s := m.set()
	return m.like(s.Has(element.Nd) || s.Has(element.Sm))
}

// symbols are elements as magnet makers say them: neodymium and samarium first, then the others of the magnet, then the rest.
func symbols(s element.Set) string {
	var out []string
	for _, e := range []element.Element{element.Nd, element.Sm, element.Pr, element.Dy, element.Tb} {
		if s.Has(e) {
			out = append(out, e.Symbol())
			s = s.Minus(element.SetOf(e))
		}
	}
	for e := range s.All() {
		out = append(out, e.Symbol())
	}
	return strings.Join(out, ", ")
}

// subject is the book's class that a kind falls in on the world's date and version, or nil.
func (w *world) subject(kind string) *Subject {
	for i := range w.book.Subjects {
		s := &w.book.Subjects[i]
		if slices.Contains(s.Kinds, kind) && s.Valid.Covers(w.date) && (len(s.Versions) == 0 || slices.Contains(s.Versions, w.version)) {
			return s
		}
	}
	return nil
}

// coverage tells whether the book reaches a material, and as which class.
func (w *world) coverage(m *Material) (truth, *Subject) {
	if m == &otherMaterial {
		return w.unlisted(), w.anySubject()
	}
	doubt := func() truth {
		if w.book.doubts["covered_material"] == nil {
			fact := w.factOf(m, "kind")
			if v, ok := w.set[fact]; ok {
				return known(v == "covered")
			}
			return open(fact)
		}
		switch w.reading("covered_material") {
		case "covered":
			return yes
		case "not_covered":
			return no
		}
		return open("reading.covered_material")
	}
	if s := w.subject("other"); s != nil {
		if t := w.subject(m.Kind); t != nil {
			s = t
		}
		return yes, s // the book reaches every kind
	}
	if m.Kind == "other" {
		if m.unnamed() {
			fact := w.factOf(m, "kind")
			s := w.subject("NdFeB magnet")
			if s == nil {
				s = w.anySubject()
			}
			switch w.set[fact] {
			case "covered":
				return yes, s
			case "clean":
				return no, s
			}
			return open(fact), s
		}
		s := w.subject(suggested(m))
		if s == nil {
			return no, nil
		}
		return doubt(), s
	}
	s := w.subject(m.Kind)
	switch {
	case s == nil:
		if s = w.subject(m.contradicted()); s != nil {
			return doubt(), s
		}
		return no, nil
	case m.ElementsGiven && m.barred(s):
		return doubt(), s
	case m.Kind == "tungsten heavy alloy" && m.ElementsGiven && m.set().Has(element.W) && m.Present.Empty() && m.share(element.W).Less(ninety):
		return doubt(), s
	}
	return yes, s
}

func (w *world) anySubject() *Subject {
	for _, k := range []string{"NdFeB magnet", "SmCo magnet"} {
		if s := w.subject(k); s != nil {
			return s
		}
	}
	return nil
}

// unlisted tells whether there is covered material that the list does not name.
func (w *world) unlisted() truth {
	switch w.set["materials_complete"] {
	case "true":
		return no
	case "false":
		return yes
	}
	if w.f.MaterialsComplete || w.f.EndItem.IsMaterial {
		return no
	}
	return open("materials_complete")
}
