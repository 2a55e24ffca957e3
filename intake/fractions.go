package intake

import (
	"regexp"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// fractionColumn is a column such as "Nd %", "Nd sd %", "Dy2O3 ppm".
type fractionColumn struct {
	at      int
	name    string // "Nd2O3 sd %"
	of      string // "Nd2O3"
	element element.Element
	oxide   bool
	sd      bool
	unit    quantity.Unit
}

var fractionShape = regexp.MustCompile(`^([a-z][a-z0-9]*)( ?sd)? ?(%|ppm|g/kg)$`)

// parseFractionColumn reads the name of a fraction column, in any case.
func parseFractionColumn(text string) (f fractionColumn, ok bool) {
	m := fractionShape.FindStringSubmatch(heading(text))
	if m == nil {
		return f, false
	}
	for i := range element.Count {
		e := element.Element(i)
		if e == element.None {
			continue
		}
		if strings.EqualFold(e.Symbol(), m[1]) {
			f.element, f.of = e, e.Symbol()
			break
		}
		if o := e.Oxide().Formula; o != "" && strings.EqualFold(o, m[1]) {
			f.element, f.of, f.oxide = e, o, true
		}
	}
	if f.element == element.None {
		return f, false
	}
	code := map[string]string{"%": "P1", "ppm": "59", "g/kg": "GK"}[m[3]]
	unit, err := quantity.ParseUnit(code)
	if err != nil {
		return f, false
	}
	f.unit, f.sd, f.name = unit, m[2] != "", f.of+" "+m[3]
	if f.sd {
		f.name = f.of + " sd " + m[3]
	}
	return f, true
}

// fraction is one figure of a row with its uncertainty.
type fraction struct {
	quantity.Assayed
	oxide  bool
	column string
}

// most is what the fractions of one row may sum to: one, and what rounding in a report may add.
const most = "1.005"

// figures reads the fractions of a row in the order of the columns.
func (r *reader) figures(s *sheet, w row) (found []fraction, ok bool) {
	ok = true
	at := map[string]int{} // by what the figure is of
	var seen element.Set
	total := quantity.Decimal{}
	for pass := range 2 { // values first, uncertainties then, wherever the columns stand
		for i, f := range s.fractions {
			text := w.fractions[i]
			if text == "" || f.sd != (pass == 1) {
				continue
			}
			value, good := r.share(w, f, text)
			j, valued := at[f.of]
			switch {
			case !good:
				ok = false
			case f.sd && !valued:
				r.faultAt(w, f.name, "fraction", "an uncertainty without a value", "fill "+quote(f.of+" %")+" or leave both empty")
				ok = false
			case f.sd && found[j].Known, !f.sd && valued, !f.sd && seen.Has(f.element):
				r.faultAt(w, f.name, "fraction", f.element.Symbol()+" is stated twice in the row", "keep one figure, of the element or of its oxide")
				ok = false
			case f.sd:
				found[j].SD, found[j].Known = value, true
			default:
				seen = seen.With(f.element)
				at[f.of] = len(found)
				found = append(found, fraction{quantity.Assayed{Element: f.element, Measured: quantity.Measured{Value: value}}, f.oxide, f.name})
				if sum, err := total.Add(value); err == nil {
					total = sum
				}
			}
		}
	}
	if quantity.MustDecimal(most).Less(total) {
		r.faultAt(w, "", "fraction", "the fractions sum to "+total.String()+" of the lot, more than "+most, "are they percent, and all of the same sample?")
		ok = false
	}
	return found, ok
}

func (r *reader) share(w row, f fractionColumn, text string) (quantity.Decimal, bool) {
	number := r.number(w, f.name, text)
	if number == "" {
		return quantity.Decimal{}, false
	}
	d, err := quantity.ParseDecimal(number)
	if err == nil {
		d, err = f.unit.Fraction(d)
	}
	if err != nil {
		r.faultAt(w, f.name, "fraction", err.Error(), "the column says which unit the figure is in")
		return d, false
	}
	return d, true
}

// assays are the figures as assays of one basis each: those of elements, those of oxides.
func assays(found []fraction, asReceived bool) []quantity.Assay {
	elements, oxides := quantity.Assay{Basis: quantity.BasisElement}, quantity.Assay{Basis: quantity.BasisOxide}
	if asReceived {
		elements.Basis = quantity.BasisAsReceived
	}
	for _, f := range found {
		if f.oxide {
			oxides.Lines = append(oxides.Lines, f.Assayed)
		} else {
			elements.Lines = append(elements.Lines, f.Assayed)
		}
	}
	var all []quantity.Assay
	for _, a := range []quantity.Assay{elements, oxides} {
		if len(a.Lines) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// typical reads the typical composition of a material.
func (r *reader) typical(s *sheet, w row) []supply.Fraction {
	found, ok := r.figures(s, w)
	if !ok {
		return nil
	}
	var all []supply.Fraction
	for _, f := range found {
		if f.oxide {
			r.faultAt(w, f.column, "fraction", "a material's composition is of elements", "give the figure of "+f.Element.Symbol())
			continue
		}
		x := supply.Fraction{Element: f.Element.Symbol(), Value: f.Value.String()}
		if f.Known {
			x.SD = f.SD.String()
		}
		all = append(all, x)
	}
	return all
}
