package intake

import (
	"regexp"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// dates reads the columns that every statement's row has.
func (r *reader) dates(w row) supply.Statement {
	var s supply.Statement
	from, until := r.day(w, "valid from"), r.day(w, "valid until")
	if from != "" {
		s.Valid.From = quantity.MustDate(from)
	}
	if until != "" {
		s.Valid.Until = quantity.MustDate(until)
	}
	if s.Valid.From != 0 && s.Valid.Until != 0 && s.Valid.Until < s.Valid.From {
		r.faultAt(w, "valid until", "order", "the last day "+until+" is before the first day "+from, "")
	}
	s.Issued = r.issued(w)
	return s
}

// issued is a time with offset, or a date, which counts as midnight UTC: it serves to order statements.
func (r *reader) issued(w row) string {
	text := w.get("issued")
	if text == "" {
		return ""
	}
	if len(text) == len("2026-03-04") {
		if d := r.day(w, "issued"); d != "" {
			return d + "T00:00:00Z"
		}
		return ""
	}
	return r.issuedTime(w, text)
}

func (r *reader) issuedTime(w row, text string) string {
	t, message, hint := parseWhen(text, nil, false)
	if message != "" {
		r.faultAt(w, "issued", "time", message, hint)
		return ""
	}
	return t.text()
}

// alias tells whether a row gives nothing but a short name to something that others describe.
func alias(w row, n *names, also ...string) bool {
	if w.get("uri") == "" && !isURI(w.get(n.noun)) {
		return false
	}
	for column := range w.cells {
		plain := column == n.noun || column == "uri"
		for _, a := range also {
			plain = plain || column == a
		}
		if !plain {
			return false
		}
	}
	for _, cell := range w.fractions {
		if cell != "" {
			return false
		}
	}
	return true
}

// state takes a statement made by a row.
func (r *reader) state(w row, s supply.Statement) {
	r.statements = append(r.statements, s)
	r.stated = append(r.stated, w)
}

func (r *reader) readParties() {
	for _, w := range r.rows("parties.csv") {
		uri, ok := r.parties.uri[w.get("party")]
		if !ok || alias(w, r.parties) || !r.named(w, "party") {
			continue
		}
		s := r.dates(w)
		s.Party = &supply.Party{ID: supply.PartyID(uri), Name: w.get("name"), Country: r.country(w)}
		r.state(w, s)
	}
}

func (r *reader) readFacilities() {
	for _, w := range r.rows("facilities.csv") {
		uri, ok := r.facilities.uri[w.get("facility")]
		if !ok || alias(w, r.facilities, "time zone") || !r.named(w, "facility") {
			continue
		}
		s := r.dates(w)
		s.Facility = &supply.Facility{
			ID: supply.FacilityID(uri), Name: w.get("name"), Country: r.country(w), Region: w.get("region"),
			Operator: supply.PartyID(r.refer(w, "operator", r.parties)),
			Lat:      r.degrees(w, "lat", 90), Lon: r.degrees(w, "lon", 180),
			Within:  supply.FacilityID(r.refer(w, "within", r.facilities)),
			Planned: r.word(w, "planned", "yes", "no") == "yes", Note: w.get("note"),
		}
		if s.Facility.Within == s.Facility.ID {
			r.faultAt(w, "within", "reference", "the facility stands within itself", "leave the cell empty")
		}
		if w.get("country") == "" {
			r.note(w, "facility "+quote(w.get("facility"))+" has no country: no step there can be judged")
		}
		r.state(w, s)
	}
}

func (r *reader) readMaterials() {
	sheet := r.sheets["materials.csv"]
	for _, w := range r.rows("materials.csv") {
		uri, ok := r.materials.uri[w.get("material")]
		if !ok || alias(w, r.materials) || !r.named(w, "material") {
			continue
		}
		s := r.dates(w)
		m := &supply.Material{
			ID: supply.MaterialID(uri), Name: w.get("name"), Kind: r.word(w, "kind", kinds()...), Form: r.word(w, "form", forms()...),
			Constituents: r.symbols(w, "constituents"), Grade: w.get("grade"), Fractions: r.typical(sheet, w),
		}
		if w.get("kind") == "" {
			r.faultAt(w, "kind", "required", "is empty", "one of: "+strings.Join(kinds(), ", "))
		}
		if text := w.get("piece mass"); text != "" {
			if m.PieceMass = r.number(w, "piece mass", text); strings.Trim(m.PieceMass, "-0.") == "" && m.PieceMass != "" || strings.HasPrefix(m.PieceMass, "-") {
				r.faultAt(w, "piece mass", "number", "a piece has a mass above nothing", "kilograms a piece, as in 0.0125")
			}
		}
		switch r.word(w, "cots", "yes", "no") {
		case "yes":
			m.COTS = new(true)
		case "no":
			m.COTS = new(false)
		}
		s.Material = m
		r.state(w, s)
	}
}

// named refuses a row that describes something without naming it.
func (r *reader) named(w row, noun string) bool {
	if w.get("name") == "" {
		r.faultAt(w, "name", "required", "is empty", "a "+noun+" has a name; a row with id and uri alone refers to one described elsewhere")
		return false
	}
	return true
}

func (r *reader) country(w row) supply.Country {
	text := w.get("country")
	if text == "" {
		return ""
	}
	c, err := supply.ParseCountry(text)
	if err != nil {
		r.faultAt(w, "country", "country", err.Error(), "")
	}
	return c
}

var degreeShape = regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{1,10})?$`)

func (r *reader) degrees(w row, column string, limit int64) string {
	text := w.get(column)
	if text == "" {
		return ""
	}
	if degreeShape.MatchString(text) {
		if text = r.number(w, column, text); text == "" {
			return ""
		}
		d := quantity.MustDecimal(strings.TrimPrefix(text, "-"))
		if d.Cmp(quantity.DecimalOf(limit)) <= 0 {
			return text
		}
	}
	r.faultAt(w, column, "number", "cannot read the degrees "+quote(w.get(column)), "decimal degrees with a point, south and west negative, as in -107.05")
	return ""
}

// symbols reads element symbols separated by semicolons, commas or spaces.
func (r *reader) symbols(w row, column string) []string {
	var found []string
	var set element.Set
	for _, text := range strings.FieldsFunc(w.get(column), func(c rune) bool { return strings.ContainsRune(";,| \n\t", c) }) {
		e, err := element.Parse(text)
		switch {
		case err != nil:
			r.faultAt(w, column, "word", err.Error(), "symbols as chemistry spells them, separated by ;, as in Nd; Pr; Dy")
		case !set.Has(e):
			set = set.With(e)
			found = append(found, e.Symbol())
		}
	}
	return found
}
