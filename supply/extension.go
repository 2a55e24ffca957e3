package supply

import (
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
)

// The rules that CheckExtensions names in its faults.
const (
	RuleAssay    = "extension-assay"    // an assay that cannot be read
	RuleMaterial = "extension-material" // a material that cannot be read, or two for one lot
	RuleElements = "extension-elements" // elements that cannot be read
	RuleLoss     = "extension-loss"     // a loss that cannot be read
	RuleCustody  = "extension-custody"  // a model of custody that cannot be read
)

// CheckExtensions tells what is wrong with the project's own extensions in an event, all at once; nil when nothing is.
// What is wrong is left out by AssaysOf, MaterialsOf and the others, and so counts as unknown.
func CheckExtensions(ev *epcis.Event) epcis.Faults {
	var fs epcis.Faults
	_, errs := AssaysOf(ev)
	fs = addFaults(fs, RuleAssay, errs)
	_, errs = materialsOf(ev)
	fs = addFaults(fs, RuleMaterial, errs)
	if _, _, err := ElementsOf(ev); err != nil {
		fs = addFaults(fs, RuleElements, []error{err})
	}
	if _, _, err := CustodyOf(ev); err != nil {
		fs = addFaults(fs, RuleCustody, []error{err})
	}
	_, errs = LossesOf(ev)
	return addFaults(fs, RuleLoss, errs)
}

func addFaults(fs epcis.Faults, rule string, errs []error) epcis.Faults {
	for _, err := range errs {
		f := epcis.Fault{Rule: rule, Message: err.Error()}
		if at, ok := err.(*placed); ok {
			f.Pointer, f.Message = at.pointer, at.err.Error()
		}
		fs = append(fs, f)
	}
	return fs
}

// placed is an error with the JSON pointer of its place in the event.
type placed struct {
	pointer string
	err     error
}

func (p *placed) Error() string { return p.pointer + ": " + p.err.Error() }
func (p *placed) Unwrap() error { return p.err }

func at(pointer, format string, args ...any) error {
	return &placed{pointer, fmt.Errorf(format, args...)}
}

// MadeBy is the lots an event makes or is about as its subject: the outputs of a transformation, else its epcs and
// quantity classes. The order is that of the event.
func MadeBy(ev *epcis.Event) []LotID {
	epcs, classes := ev.EPCs, ev.Quantities
	if ev.Type == epcis.TransformationEvent {
		epcs, classes = ev.OutputEPCs, ev.OutputQuantities
	}
	return lots(epcs, classes)
}

func lots(epcs []string, classes []epcis.Quantity) []LotID {
	var ids []LotID
	for _, e := range epcs {
		ids = append(ids, LotID(e))
	}
	for _, q := range classes {
		ids = append(ids, LotID(q.Class))
	}
	return ids
}

// names tells whether the event names the lot anywhere.
func names(ev *epcis.Event, lot LotID) bool {
	return string(lot) == ev.ParentID ||
		slices.Contains(lots(ev.EPCs, ev.Quantities), lot) ||
		slices.Contains(lots(ev.InputEPCs, ev.InputQuantities), lot) ||
		slices.Contains(lots(ev.OutputEPCs, ev.OutputQuantities), lot)
}

// MaterialsOf is the material of each lot as the event states it by urn:lodestone:voc:material, in the event or its
// ilmd: for one output lot the material's URI, for several an object {lot: material}. A lot for which it cannot be
// read, or for which two materials are stated, is left out: see CheckExtensions.
func MaterialsOf(ev *epcis.Event) map[LotID]MaterialID {
	m, _ := materialsOf(ev)
	return m
}

func materialsOf(ev *epcis.Event) (map[LotID]MaterialID, []error) {
	var out map[LotID]MaterialID
	var errs []error
	var twice []LotID
	set := func(pointer string, lot LotID, m MaterialID) {
		if err := CheckURI(string(m)); err != nil {
			errs = append(errs, at(pointer, "material of %s: %w", lot, err))
			return
		}
		if old, ok := out[lot]; ok && old != m {
			errs = append(errs, at(pointer, "material of %s is stated as %s and as %s: state one", lot, old, m))
			twice = append(twice, lot)
			return
		}
		if out == nil {
			out = make(map[LotID]MaterialID)
		}
		out[lot] = m
	}
	for _, place := range []struct {
		pointer string
		fields  []epcis.Field
	}{{"/" + Term(TermMaterial), ev.Extra}, {"/ilmd/" + Term(TermMaterial), ev.ILMD}} {
		v, ok := field(ev, place.fields, TermMaterial)
		if !ok {
			continue
		}
		if s, ok := text(v); ok {
			made := MadeBy(ev)
			if len(made) != 1 {
				errs = append(errs, at(place.pointer, "one material for %d lots: state an object {lot: material}", len(made)))
				continue
			}
			set(place.pointer, made[0], MaterialID(s))
			continue
		}
		var byLot map[string]string
		if err := json.Unmarshal(v, &byLot); err != nil {
			errs = append(errs, at(place.pointer, "want a material's URI or an object {lot: material}"))
			continue
		}
		for _, lot := range sortedKeys(byLot) {
			if !names(ev, LotID(lot)) {
				errs = append(errs, at(place.pointer, "material of %s: the event does not name that lot", lot))
				continue
			}
			set(place.pointer, LotID(lot), MaterialID(byLot[lot]))
		}
	}
	for _, lot := range twice {
		delete(out, lot)
	}
	return out, errs
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// ElementsOf is the elements that the event's step touches, as urn:lodestone:voc:elements states them (symbols, as a
// list or parted by blanks): dysprosium alone when a magnet is diffused with it. stated is false when the event says nothing.
func ElementsOf(ev *epcis.Event) (touched element.Set, stated bool, err error) {
	v, ok := field(ev, ev.Extra, TermElements)
	if !ok {
		return 0, false, nil
	}
	pointer := "/" + Term(TermElements)
	symbols, ok := words(v)
	if !ok || len(symbols) == 0 {
		return 0, false, at(pointer, "want element symbols, as in [\"Dy\", \"Tb\"]")
	}
	for _, s := range symbols {
		e, err := element.Parse(s)
		if err != nil {
			return 0, false, at(pointer, "%w", err)
		}
		touched = touched.With(e)
	}
	return touched, true, nil
}

// Loss is material that a step is declared to lose, as dross, swarf not kept, or evaporation.
type Loss struct {
	Element element.Element // None: mass of all kinds together
	Mass    quantity.Mass
	Reason  string
}

// LossesOf reads urn:lodestone:voc:loss: a list of (or one) object {"value": 1.5, "uom": "KGM", "element": "Nd",
// "reason": "dross"}; element and reason may be left out. What cannot be read is left out and named in the errors.
func LossesOf(ev *epcis.Event) ([]Loss, []error) {
	v, ok := field(ev, ev.Extra, TermLoss)
	if !ok {
		return nil, nil
	}
	pointer := "/" + Term(TermLoss)
	type stated struct {
		Value   jsontext.Value `json:"value"`
		Unit    string         `json:"uom"`
		Element string         `json:"element"`
		Reason  string         `json:"reason"`
	}
	var list []stated
	if v.Kind() == '{' {
		v = append(append(jsontext.Value{'['}, v...), ']')
	}
	if err := json.Unmarshal(v, &list, json.RejectUnknownMembers(true)); err != nil {
		return nil, []error{at(pointer, "want objects {value, uom, element, reason}: %w", err)}
	}
	var losses []Loss
	var errs []error
	for i, l := range list {
		p := fmt.Sprintf("%s/%d", pointer, i)
		number := string(l.Value)
		if s, ok := text(l.Value); ok {
			number = s
		}
		loss := Loss{Reason: l.Reason}
		u, err := quantity.ParseUnit(l.Unit)
		if err == nil {
			loss.Mass, err = u.Mass(number)
		}
		if err == nil && l.Element != "" {
			loss.Element, err = element.Parse(l.Element)
		}
		if err != nil {
			errs = append(errs, at(p, "%w", err))
			continue
		}
		losses = append(losses, loss)
	}
	return losses, errs
}
