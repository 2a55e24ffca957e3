package element

import (
	"slices"
	"strings"
	"testing"
)

func TestTableIsWhole(t *testing.T) {
	symbols, numbers, oxides := map[string]bool{}, map[int]bool{}, map[string]bool{}
	for i := 1; i < Count; i++ {
		e := Element(i)
		switch {
		case e.Symbol() == "" || e.Name() == "" || e.Number() == 0 || e.MicroMass() == 0:
			t.Errorf("element %d (%s) is incomplete", i, e)
		case symbols[e.Symbol()] || numbers[e.Number()]:
			t.Errorf("%s stands there twice", e)
		}
		symbols[e.Symbol()], numbers[e.Number()] = true, true
		if got, err := Parse(e.Symbol()); err != nil || got != e {
			t.Errorf("Parse(%s) = %v, %v", e, got, err)
		}
		if f := e.Oxide().Formula; f != "" {
			if oxides[f] {
				t.Errorf("oxide %s stands there twice", f)
			}
			oxides[f] = true
			if got, err := ParseOxide(f); err != nil || got != e {
				t.Errorf("ParseOxide(%s) = %v, %v", f, got, err)
			}
			if want := formula(e); f != want {
				t.Errorf("%s: oxide %s, atoms say %s", e, f, want)
			}
		}
	}
	if Count > 64 {
		t.Errorf("%d elements do not fit a Set", Count-1)
	}
	if None.Symbol() != "" || None.Name() != "" || None.RareEarth() || None.Traded() {
		t.Error("None is something")
	}
}

// formula writes the formula from the numbers of atoms, as chemistry does: Nd2O3, but Na2O and H2O.
func formula(e Element) string {
	n := func(k int) string {
		if k == 1 {
			return ""
		}
		return string([]byte{byte('0' + k/10), byte('0' + k%10)}[btoi(k < 10):])
	}
	o := e.Oxide()
	return e.Symbol() + n(o.Metal) + "O" + n(o.Oxygen)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Atomic masses rise with the atomic number, save for cobalt and nickel, the one such pair in this table.
func TestMassesRise(t *testing.T) {
	var all []Element
	for i := 1; i < Count; i++ {
		all = append(all, Element(i))
	}
	slices.SortFunc(all, func(a, b Element) int { return a.Number() - b.Number() })
	for i := 1; i < len(all); i++ {
		if a, b := all[i-1], all[i]; a.MicroMass() >= b.MicroMass() && !(a == Co && b == Ni) {
			t.Errorf("%s (%s) is not lighter than %s (%s)", a, a.Mass(), b, b.Mass())
		}
	}
}

func TestOxideFactors(t *testing.T) {
	for _, w := range []struct {
		e        Element
		num, den int64
	}{
		{Nd, 2 * 144242000, 2*144242000 + 3*15999000},
		{Pr, 6 * 140907660, 6*140907660 + 11*15999000},
		{Ce, 140116000, 140116000 + 2*15999000},
		{Tb, 4 * 158925354, 4*158925354 + 7*15999000},
		{H, 2 * 1008000, 2*1008000 + 15999000},
	} {
		num, den, ok := w.e.OxideFactor()
		if !ok || num != w.num || den != w.den {
			t.Errorf("%s: %d/%d, want %d/%d", w.e, num, den, w.num, w.den)
		}
	}
	for _, e := range []Element{None, N, O, F, Cl} {
		if _, _, ok := e.OxideFactor(); ok {
			t.Errorf("%s has an oxide factor", e)
		}
	}
	if Ho.MicroMass() != 164930329 || Pm.MicroMass() != 145000000 || La.MicroMass() != 138905470 {
		t.Error("masses are misread")
	}
}

func TestParseHints(t *testing.T) {
	for text, hint := range map[string]string{
		"nd": "Nd (neodymium)", "ND": "Nd", "Neodymium": "Nd", " Nd ": "Nd", "Nd2O3": "the element is Nd", "NdPr": "Nd and Pr",
		"didymium": "Nd and Pr", "Tungsten": "W", "aluminum": "Al", "TREO": "one by one", "Xx": "chemical symbol", "": "chemical symbol",
		strings.Repeat("x", 100): "chemical symbol", "\x00": "chemical symbol",
	} {
		e, err := Parse(text)
		if err == nil || e != None || !strings.Contains(err.Error(), hint) {
			t.Errorf("Parse(%q) = %v, %v; want a hint of %q", text, e, err, hint)
		}
	}
	for text, hint := range map[string]string{
		"nd2o3": "Nd2O3", "CoO": "Co3O4", "Tb2O3": "Tb4O7", "Nd": "Nd2O3", "": "usual oxide", "XO2": "usual oxide",
	} {
		e, err := ParseOxide(text)
		if err == nil || e != None || !strings.Contains(err.Error(), hint) {
			t.Errorf("ParseOxide(%q) = %v, %v; want a hint of %q", text, e, err, hint)
		}
	}
}

func TestGroups(t *testing.T) {
	for _, w := range []struct {
		e         Element
		eu, usdoe Group
	}{
		{La, Light, Light}, {Nd, Light, Light}, {Sm, Light, Light}, {Eu, Heavy, Light}, {Gd, Heavy, Light}, {Tb, Heavy, Heavy}, {Dy, Heavy, Heavy},
		{Lu, Heavy, Heavy}, {Y, Heavy, Heavy}, {Sc, Unclassed, Unclassed}, {Pm, Unclassed, Unclassed}, {Fe, Unclassed, Unclassed}, {None, Unclassed, Unclassed},
	} {
		if w.e.Group(EU) != w.eu || w.e.Group(USDOE) != w.usdoe {
			t.Errorf("%s: EU %s, US DOE %s", w.e, w.e.Group(EU), w.e.Group(USDOE))
		}
	}
	if Nd.Group(0) != Unclassed {
		t.Error("without a scheme there is no group")
	}
	for _, s := range []Scheme{EU, USDOE} {
		if got, err := ParseScheme(s.String()); err != nil || got != s {
			t.Errorf("ParseScheme(%s) = %v, %v", s, got, err)
		}
	}
	if _, err := ParseScheme("USGS"); err == nil {
		t.Error("an unknown scheme is accepted")
	}
}

func TestSets(t *testing.T) {
	if n := RareEarths.Len(); n != 17 {
		t.Errorf("%d rare earths", n)
	}
	for i := 1; i < Count; i++ {
		if e := Element(i); RareEarths.Has(e) != e.RareEarth() {
			t.Errorf("%s: rare earth or not?", e)
		}
	}
	if RareEarths.Has(None) || SetOf().Len() != 0 || !Set(0).Empty() {
		t.Error("the empty set is not empty")
	}
	var all Set
	for i := 1; i < Count; i++ {
		all = all.With(Element(i))
	}
	if all.Len() != Count-1 || !all.Contains(RareEarths) || RareEarths.Contains(all) {
		t.Errorf("the whole set has %d of %d elements", all.Len(), Count-1)
	}
	s := SetOf(B, Nd, Fe)
	if s.String() != "Nd, Fe, B" || !s.Has(Fe) || s.Has(Dy) {
		t.Errorf("set %s", s)
	}
	if got := slices.Collect(s.All()); !slices.Equal(got, []Element{Nd, Fe, B}) {
		t.Errorf("elements of %s: %v", s, got)
	}
	if !s.Contains(SetOf(Nd)) || s.Contains(SetOf(Nd, Dy)) || s.Union(SetOf(Dy)).Len() != 4 || s.Intersect(RareEarths) != SetOf(Nd) || s.Minus(SetOf(Nd)) != SetOf(Fe, B) {
		t.Error("set operations are wrong")
	}
	for range all.All() {
		break // a range may stop early
	}
}
