package intake

import (
	"lodestone/epcis"
	"lodestone/supply"
)

// lot is a lot, a numbered item or a container as the sheets name it.
type lot struct {
	id       string // as written
	uri      string
	tracked  tracked
	material string
}

// line is one lot in a record, with its amount as stated.
type line struct {
	lot    *lot
	amount string // "" not stated
	unit   string // Rec 20 code, "" for pieces
	row    row
}

// defineLots reads lots.csv so far that the other sheets can refer to its ids.
func (r *reader) defineLots() {
	n := newNames("lots.csv", "lot")
	for _, w := range r.rows("lots.csv") {
		l := &lot{id: w.get("lot"), tracked: asLot}
		noun := "lot"
		switch r.word(w, "tracked as", "lot", "serial", "container") {
		case "serial":
			l.tracked, noun = asSerial, "serial"
		case "container":
			l.tracked, noun = container, "container"
		}
		uri := w.get("uri")
		switch {
		case l.id == "":
			continue
		case n.uri[l.id] != "":
			r.faultAt(w, "lot", "unique", "lot "+quote(l.id)+" stands twice", "an id stands in one row")
			continue
		case isURI(l.id) && uri != "" && uri != l.id:
			r.faultAt(w, "uri", "id", "the id is a URI already", "leave this cell empty")
		case isURI(l.id):
			uri = l.id
		}
		if uri == "" {
			uri = r.mint(noun, l.id)
		} else if r.uriCell(w, uri) != nil {
			uri = r.mint(noun, l.id) // goes nowhere: the fault stands
		}
		form := trackedOf(uri)
		switch {
		case w.get("tracked as") == "" && form != untold:
			l.tracked = form
		case (form == asLot) != (l.tracked == asLot) && form != untold:
			r.faultAt(w, "tracked as", "agree", quote(uri)+" does not have the form of a "+noun, "a lot's URI names a class, a serial's one item")
		}
		if other := r.lotOfURI[uri]; other != nil {
			r.faultAt(w, "lot", "unique", quote(uri)+" is lot "+quote(other.id)+" already", "one URI has one id")
		} else {
			r.lotOfURI[uri] = l
		}
		l.uri, n.uri[l.id] = uri, uri
		r.lots[l.id] = l
		r.lotOrder = append(r.lotOrder, l.id)
	}
}

func (r *reader) readLots() {
	for _, w := range r.rows("lots.csv") {
		l := r.lots[w.get("lot")]
		if l == nil {
			continue
		}
		s := r.dates(w)
		l.material = r.refer(w, "material", r.materials)
		if l.material == "" {
			if w.get("note") != "" {
				r.faultAt(w, "material", "required", "is empty", "a note stands in a lot's statement, which needs the material")
			}
			continue
		}
		s.Lot = &supply.Lot{ID: supply.LotID(l.uri), Material: supply.MaterialID(l.material), Note: w.get("note")}
		r.state(w, s)
	}
}

// lotNamed finds the lot a cell names.
func (r *reader) lotNamed(w row, column, text string) *lot {
	if text == "" {
		return nil
	}
	if l := r.lots[text]; l != nil {
		return l
	}
	if isURI(text) {
		if err := checkURI(text); err != nil {
			r.faultAt(w, column, "id", quote(text)+" is no URI", err.Error())
			return nil
		}
		if l := r.lotOfURI[text]; l != nil {
			return l
		}
		if form := trackedOf(text); form != untold {
			l := &lot{id: text, uri: text, tracked: form}
			r.lotOfURI[text] = l
			return l
		}
		r.faultAt(w, column, "reference", quote(text)+" does not tell whether it is a lot or one item", "add a row to lots.csv with this uri, and say in 'tracked as'")
		return nil
	}
	otherwise := "add a row to lots.csv, or give a URI"
	if len(r.lotOrder) == 0 {
		otherwise = "there is no lots.csv with rows; add it, or give a URI"
	}
	r.faultAt(w, column, "reference", "unknown lot "+quote(text), r.didYouMean(text, r.lotOrder, otherwise))
	return nil
}

// line reads a lot with its amount. What it is needed for decides whether a container may stand there.
func (r *reader) line(w row, amountColumn string, containers bool) (line, bool) {
	l := r.lotNamed(w, "lot", w.get("lot"))
	value, unit, ok := r.amount(w, amountColumn)
	if l == nil || !ok {
		return line{}, false
	}
	if l.tracked == container && !containers {
		r.faultAt(w, "lot", "making", quote(l.id)+" is a container", "name the lot that is in it")
		return line{}, false
	}
	if l.tracked != asLot && value != "" {
		if value != "1" || unit != "" {
			r.faultAt(w, amountColumn, "amount", quote(l.id)+" is one item", "leave the amount empty; its mass comes from the material's piece mass")
			return line{}, false
		}
		value = ""
	}
	return line{lot: l, amount: value, unit: unit, row: w}, true
}

// split divides lines into the lists of an event.
func split(lines []line) (epcs []string, quantities []epcis.Quantity) {
	for _, x := range lines {
		if x.lot.tracked != asLot {
			epcs = append(epcs, x.lot.uri)
			continue
		}
		q := epcis.Quantity{Class: x.lot.uri, Value: epcis.Number(x.amount)}
		if x.amount != "" {
			q.Unit = x.unit
		}
		quantities = append(quantities, q)
	}
	return epcs, quantities
}

// lineKey is one lot in one list of one record.
type lineKey struct {
	*rec
	what string
	lot  *lot
}

// addLine appends x unless its lot stands in the record's list of that name already.
func (r *reader) addLine(c *rec, lines []line, x line, what string) []line {
	key := lineKey{c, what, x.lot}
	if r.inLines[key] {
		r.faultAt(x.row, "lot", "unique", "lot "+quote(x.lot.id)+" stands twice in "+what, "add the amounts into one row")
		return lines
	}
	r.inLines[key] = true
	return append(lines, x)
}

// byLot is lines by their lot.
func byLot(lines []line) map[*lot]line {
	m := make(map[*lot]line, len(lines))
	for _, x := range lines {
		m[x.lot] = x
	}
	return m
}

// sameLots tells whether two lists, each without repetition, name the same lots.
func sameLots(a, b []line) bool {
	if len(a) != len(b) {
		return false
	}
	in := byLot(b)
	for _, x := range a {
		if _, ok := in[x.lot]; !ok {
			return false
		}
	}
	return true
}
