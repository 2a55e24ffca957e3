package supply

import (
	"encoding/json"
	"fmt"
	"strings"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
)

// LotAssay is an assay that an event states about a lot.
type LotAssay struct {
	Lot    LotID
	Sensor int            // index of the sensor element in the event
	Stated quantity.Basis // the basis it was stated in; NoBasis when element and oxide figures stand side by side
	Assay  quantity.Assay // in elements: oxide figures are converted
}

// AssaysOf reads the assays inside an event. An assay is a sensor element whose reports name an element or usual oxide
// as chemicalSubstance, by urn:lodestone:element:… or urn:lodestone:oxide:…; other reports are passed over. A report
// gives its figure as value (or meanValue), its standard uncertainty as sDev, both in uom: P1 or 60 (percent), GK (g/kg),
// 59 (ppm), C62 (fraction of one) and the like. The extension urn:lodestone:voc:lot names the lot, else it is the only
// lot the event makes; urn:lodestone:voc:basis says element, oxide or as_received, else the URIs say it.
//
// An assay with any fault is left out whole and its faults are named: half an assay could hide an element.
func AssaysOf(ev *epcis.Event) ([]LotAssay, []error) {
	var assays []LotAssay
	var errs []error
	for i := range ev.Sensors {
		s := &ev.Sensors[i]
		if !isAssay(s) {
			continue
		}
		a, faults := assayOf(ev, s, i)
		if len(faults) > 0 {
			errs = append(errs, faults...)
			continue
		}
		assays = append(assays, a)
	}
	return assays, errs
}

func isAssay(s *epcis.SensorElement) bool {
	for i := range s.Reports {
		if c := s.Reports[i].ChemicalSubstance; strings.HasPrefix(c, ElementPrefix) || strings.HasPrefix(c, OxidePrefix) {
			return true
		}
	}
	return false
}

func assayOf(ev *epcis.Event, s *epcis.SensorElement, i int) (LotAssay, []error) {
	var errs []error
	pointer := fmt.Sprintf("/sensorElementList/%d", i)
	out := LotAssay{Sensor: i, Assay: quantity.Assay{Basis: quantity.BasisElement}}
	var err error
	if out.Lot, err = assayLot(ev, s); err != nil {
		errs = append(errs, at(pointer, "%w", err))
	}
	basis := quantity.NoBasis
	if v, ok := field(ev, s.Extra, TermBasis); ok {
		word, _ := text(v)
		if basis, err = quantity.ParseBasis(word); err != nil {
			errs = append(errs, at(pointer, "%w", err))
		}
	}
	if basis == quantity.BasisAsReceived {
		out.Assay.Basis = quantity.BasisAsReceived
	}
	var oxides, all int
	stated := quantity.Assay{Basis: quantity.BasisElement}
	for j := range s.Reports {
		r := &s.Reports[j]
		line, oxide, ours, err := assayLine(r)
		if err == nil && ours {
			oxide, err = countedAs(oxide, basis)
		}
		if err == nil && ours {
			stated.Lines = append(stated.Lines, line)
			one := quantity.Assay{Basis: quantity.BasisElement, Lines: []quantity.Assayed{line}}
			if oxide {
				one.Basis = quantity.BasisOxide
				oxides++
			}
			all++
			if one, err = one.Elements(); err == nil {
				out.Assay.Lines = append(out.Assay.Lines, one.Lines...)
			}
		}
		if err != nil {
			errs = append(errs, at(fmt.Sprintf("%s/sensorReport/%d", pointer, j), "%w", err))
		}
	}
	if len(errs) > 0 {
		return out, errs
	}
	if _, err := stated.Elements(); err != nil { // one element once, and no more than the whole
		return out, []error{at(pointer, "%w", err)}
	}
	switch {
	case basis != quantity.NoBasis:
		out.Stated = basis
	case oxides == all:
		out.Stated = quantity.BasisOxide
	case oxides == 0:
		out.Stated = quantity.BasisElement
	}
	return out, nil
}

// countedAs tells whether a figure counts the oxide, from what its URI names and the stated basis.
func countedAs(oxideURI bool, basis quantity.Basis) (bool, error) {
	switch {
	case oxideURI && basis == quantity.BasisElement:
		return false, fmt.Errorf("the basis says element and the substance is an oxide: state one of them")
	case basis == quantity.BasisOxide:
		return true, nil
	}
	return oxideURI, nil
}

func assayLot(ev *epcis.Event, s *epcis.SensorElement) (LotID, error) {
	if v, ok := field(ev, s.Extra, TermLot); ok {
		lot, isText := text(v)
		switch {
		case !isText || lot == "":
			return "", fmt.Errorf("%s: want the lot's id as text", Term(TermLot))
		case !names(ev, LotID(lot)):
			return "", fmt.Errorf("assay of %s: the event does not name that lot", lot)
		}
		return LotID(lot), nil
	}
	made := MadeBy(ev)
	if len(made) != 1 {
		return "", fmt.Errorf("assay of an event with %d lots: name the lot by %s", len(made), Term(TermLot))
	}
	return made[0], nil
}

// assayLine reads one report; ours is false when it is about another substance.
func assayLine(r *epcis.SensorReport) (line quantity.Assayed, oxide, ours bool, err error) {
	if symbol, ok := strings.CutPrefix(r.ChemicalSubstance, ElementPrefix); ok {
		line.Element, err = element.Parse(symbol)
	} else if formula, ok := strings.CutPrefix(r.ChemicalSubstance, OxidePrefix); ok {
		oxide = true
		line.Element, err = element.ParseOxide(formula)
	} else {
		return line, false, false, nil
	}
	if err != nil {
		return line, oxide, true, err
	}
	value := r.Value
	if value == "" {
		value = r.MeanValue
	}
	switch {
	case value == "":
		return line, oxide, true, fmt.Errorf("assay of %s states no value", line.Element)
	case r.Unit == "":
		return line, oxide, true, fmt.Errorf("assay of %s states no uom: say P1 (percent), GK (g/kg), 59 (ppm) or C62 (fraction of one)", line.Element)
	case r.Exception != "":
		return line, oxide, true, fmt.Errorf("assay of %s was reported with an exception (%s): it is no measurement", line.Element, r.Exception)
	}
	u, err := quantity.ParseUnit(r.Unit)
	if err != nil {
		return line, oxide, true, fmt.Errorf("assay of %s: %w", line.Element, err)
	}
	if line.Value, err = fraction(u, value); err != nil {
		return line, oxide, true, fmt.Errorf("assay of %s: %w", line.Element, err)
	}
	if r.SDev != "" {
		line.Known = true
		if line.SD, err = fraction(u, r.SDev); err != nil {
			return line, oxide, true, fmt.Errorf("assay of %s: standard deviation: %w", line.Element, err)
		}
	}
	return line, oxide, true, nil
}

func fraction(u quantity.Unit, n epcis.Number) (quantity.Decimal, error) {
	d, err := quantity.ParseDecimal(n.String())
	if err != nil {
		return d, err
	}
	return u.Fraction(d)
}

// AssaySensor writes an assay as a sensor element that AssaysOf reads back: fractions of one (C62), in the assay's own
// basis, with the lot named.
func AssaySensor(lot LotID, a quantity.Assay) epcis.SensorElement {
	s := epcis.SensorElement{Extra: []epcis.Field{textField(TermLot, string(lot))}}
	if a.Basis != quantity.NoBasis {
		s.Extra = append(s.Extra, textField(TermBasis, a.Basis.String()))
	}
	for _, l := range a.Lines {
		r := epcis.SensorReport{Type: "Dimensionless", ChemicalSubstance: ElementURI(l.Element), Value: epcis.Number(l.Value.String()), Unit: "C62"}
		if a.Basis == quantity.BasisOxide {
			r.ChemicalSubstance = OxideURI(l.Element)
		}
		if l.Known {
			r.SDev = epcis.Number(l.SD.String())
		}
		s.Reports = append(s.Reports, r)
	}
	return s
}

func textField(local, value string) epcis.Field {
	raw, _ := json.Marshal(value)
	return epcis.Field{Name: Term(local), Value: raw}
}
