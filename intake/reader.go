package intake

import (
	"slices"
	"strings"
	"time"

	"lodestone/epcis"
	"lodestone/supply"
)

// reader is the state of one ReadDir call; it is used by one goroutine.
type reader struct {
	author supply.PartyID
	slug   string
	files  func(path string) ([]byte, error) // reads a file of the folder, for document digests

	faults Faults
	notes  []Note
	sheets map[string]*sheet // by the file name of the table of columns

	parties, facilities, materials, documents *names
	digests                                   map[string]string         // by document id
	zones                                     map[string]*time.Location // by facility URI
	lots                                      map[string]*lot           // by plain id
	lotOfURI                                  map[string]*lot
	lotOrder                                  []string
	inLines                                   map[lineKey]bool
	records                                   map[recordKey]*rec
	order                                     []*rec // as they were built

	statements []supply.Statement
	stated     []row // where each statement comes from
	events     []*epcis.Event
	at         map[*epcis.Event]row // where an event comes from
}

// recordKey names a record of the sheets: a run, a shipment, a packing, an assay.
type recordKey struct{ kind, id string }

// rec is one record, the events it makes and what they say of lots.
type rec struct {
	recordKey
	row      row // the first
	events   []*epcis.Event
	at       when
	ins      []line
	outs     []line
	made     bool // outs are new lots
	broken   bool // a row of it has a fault: it makes no event
	voidedBy string
}

// names are the ids of one sheet.
type names struct {
	file, noun string
	present    bool
	uri        map[string]string // by id
	id         map[string]string // by URI
	order      []string
}

func newNames(file, noun string) *names {
	return &names{file: file, noun: noun, uri: map[string]string{}, id: map[string]string{}}
}

func newReader(author supply.PartyID, files func(string) ([]byte, error)) *reader {
	r := &reader{
		author: author, slug: Slug(author), files: files, sheets: map[string]*sheet{},
		parties: newNames("parties.csv", "party"), facilities: newNames("facilities.csv", "facility"),
		materials: newNames("materials.csv", "material"), documents: newNames("documents.csv", "document"),
		digests: map[string]string{}, zones: map[string]*time.Location{}, lots: map[string]*lot{}, lotOfURI: map[string]*lot{},
		records: map[recordKey]*rec{}, inLines: map[lineKey]bool{}, at: map[*epcis.Event]row{},
	}
	r.parties.uri["self"] = string(author)
	r.parties.id[string(author)] = "self"
	return r
}

func (r *reader) fault(file string, n int, column, rule, message, hint string) {
	r.faults = append(r.faults, Fault{File: file, Row: n, Column: column, Rule: rule, Message: message, Hint: hint})
}

func (r *reader) faultAt(w row, column, rule, message, hint string) {
	r.fault(w.file, w.n, column, rule, message, hint)
}

func (r *reader) note(w row, message string) {
	r.notes = append(r.notes, Note{File: w.file, Row: w.n, Message: message})
}

// rows are the rows of a sheet, none when the folder has no such sheet.
func (r *reader) rows(file string) []row {
	if s := r.sheets[file]; s != nil {
		return s.rows
	}
	return nil
}

// define takes an id and its URI into n. Without a uri cell the URI is minted. An id may come again only with repeat,
// and then with the same URI. A row that does not hold is still known by its id, so that one fault does not breed others.
func (r *reader) define(n *names, w row, repeat bool) (uri string, ok bool) {
	n.present = true
	id, uri := w.get(n.noun), w.get("uri")
	if id == "" {
		return "", false
	}
	if isURI(id) {
		if uri != "" && uri != id {
			r.faultAt(w, "uri", "id", "the id is a URI already", "leave this cell empty")
			return "", false
		}
		uri = id
	}
	stated := uri != ""
	switch self := n == r.parties && id == "self"; {
	case self && (!stated || uri == string(r.author)):
		return string(r.author), true
	case self:
		r.faultAt(w, n.noun, "unique", "'self' stands for the author of the sheets", "choose another id")
		return "", false
	}
	if !stated {
		uri = r.mint(n.noun, id)
	} else if err := r.uriCell(w, uri); err != nil {
		return "", false
	}
	if earlier, known := n.uri[id]; known {
		switch {
		case !repeat:
			r.faultAt(w, n.noun, "unique", n.noun+" "+quote(id)+" stands twice", "an id stands in one row")
			return "", false
		case stated && earlier != uri:
			r.faultAt(w, "uri", "unique", n.noun+" "+quote(id)+" had the URI "+quote(earlier)+" before", "one id has one URI")
			return "", false
		}
		return earlier, true
	}
	if other, known := n.id[uri]; known && other != "self" {
		r.faultAt(w, n.noun, "unique", quote(uri)+" is "+n.noun+" "+quote(other)+" already", "one URI has one id")
		n.uri[id] = uri
		return "", false
	}
	n.uri[id], n.id[uri] = uri, id
	n.order = append(n.order, id)
	return uri, true
}

func (r *reader) uriCell(w row, uri string) error {
	err := checkURI(uri)
	if !isURI(uri) {
		err = errNotURI
	}
	if err != nil {
		r.faultAt(w, "uri", "id", quote(uri)+" is no URI that can stand here", err.Error())
	}
	return err
}

// refer finds the URI of what a cell names: a URI as it is, else an id exactly as its sheet has it.
// An empty cell refers to nothing and is no fault.
func (r *reader) refer(w row, column string, n *names) string {
	return r.referText(w, column, w.get(column), n)
}

func (r *reader) referText(w row, column, text string, n *names) string {
	if text == "" {
		return ""
	}
	if uri, ok := n.uri[text]; ok {
		return uri
	}
	if isURI(text) {
		if err := checkURI(text); err != nil {
			r.faultAt(w, column, "id", quote(text)+" is no URI", err.Error())
			return ""
		}
		return text
	}
	otherwise := "add a row to " + n.file + ", or give a URI"
	if !n.present {
		otherwise = "there is no " + n.file + " with rows; add it, or give a URI"
	}
	r.faultAt(w, column, "reference", "unknown "+n.noun+" "+quote(text), r.didYouMean(text, n.order, otherwise))
	return ""
}

// didYouMean is a hint with the nearest candidate, else the words of otherwise. A folder with very many faults has one
// cause, and looking for near words for each would take long.
func (r *reader) didYouMean(text string, candidates []string, otherwise string) string {
	if len(r.faults) < 500 {
		if n := nearest(text, candidates); n != "" {
			return "did you mean " + quote(n) + "?"
		}
	}
	return otherwise
}

// list splits a cell at semicolons and bars.
func list(cell string) []string {
	var parts []string
	for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return c == ';' || c == '|' || c == '\n' }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}

// word reads a cell with a closed list of words, in any case.
func (r *reader) word(w row, column string, words ...string) string {
	text := w.get(column)
	if text == "" {
		return ""
	}
	for _, known := range words {
		if strings.EqualFold(heading(text), known) {
			return known
		}
	}
	r.faultAt(w, column, "word", "unknown "+column+" "+quote(text), r.didYouMean(text, words, "one of: "+strings.Join(words, ", ")))
	return ""
}

// when reads a time in the zone of the facility that the cell of at names. An empty cell is no time and no fault.
func (r *reader) when(w row, column, at string, last bool) when {
	text := w.get(column)
	if text == "" {
		return when{}
	}
	place, known := r.facilities.uri[w.get(at)]
	if !known {
		place = w.get(at)
	}
	zone := r.zones[place]
	if zone == nil && place != "" && !known && !isURI(place) {
		zone = time.UTC // the facility is a fault already; this is not another
	}
	t, message, hint := parseWhen(text, zone, last)
	if message != "" {
		r.faultAt(w, column, "time", message, hint)
	}
	return t
}

// day reads a date.
func (r *reader) day(w row, column string) (text string) {
	if w.get(column) == "" {
		return ""
	}
	d, message, hint := parseDay(w.get(column))
	if message != "" {
		r.faultAt(w, column, "date", message, hint)
		return ""
	}
	return d.String()
}
