package intake

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"lodestone/epcis"
	"lodestone/supply"
)

// Import is what a folder of sheets says, in an order that depends on the sheets alone.
type Import struct {
	Statements []supply.Statement // by sheet (parties, facilities, materials, lots, documents), then by row
	Events     []*epcis.Event     // by time, then by eventID; an error declaration after the event it names
	Notes      []Note             // what a person should look at, by sheet and row

	places []row // where each event comes from
	stated []row // and each statement, of a questionnaire
}

// ReadDir reads the sheets of a folder as what author says. It looks at the files whose names end in .csv in the folder
// itself, and at the documents that documents.csv names. It reads no clock: the same files give the same import, to the
// byte. When anything is wrong the import is nil and the faults name everything that is.
func ReadDir(dir fs.FS, author supply.PartyID) (*Import, Faults) {
	r := newReader(author, func(name string) ([]byte, error) { return fs.ReadFile(dir, name) })
	if author == supply.Unattributed {
		r.fault("", 0, "", "folder", "the sheets have no author", "say whose they are by the URI of a party, such as urn:lodestone:party:ramaco")
		return nil, r.faults
	}
	if err := checkURI(string(author)); err != nil || !isURI(string(author)) {
		r.fault("", 0, "", "folder", "the author "+quote(string(author))+" is no URI", errNotURI.Error())
		return nil, r.faults
	}
	if !r.load(dir) {
		return nil, r.faults
	}
	r.defineNames()
	r.readParties()
	r.readFacilities()
	r.readMaterials()
	r.readLots()
	r.readRuns()
	r.readAssays()
	r.readShipments()
	r.readContents()
	r.readDocuments()
	r.readCorrections()
	r.crossCheck()
	if len(r.faults) == 0 {
		r.checkStatements()
		r.checkEvents()
	}
	sortByPlace(r.faults, func(f Fault) (string, int, string) { return f.File, f.Row, f.Column })
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	sortByPlace(r.notes, func(n Note) (string, int, string) { return n.File, n.Row, "" })
	slices.SortStableFunc(r.events, func(a, b *epcis.Event) int {
		return cmp.Or(a.Time.Compare(b.Time.Time), strings.Compare(a.ID, b.ID))
	})
	im := &Import{Statements: r.statements, Events: r.events, Notes: r.notes}
	for _, e := range r.events {
		im.places = append(im.places, r.at[e])
	}
	return im, nil
}

// load reads the sheets of the folder.
func (r *reader) load(dir fs.FS) bool {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		r.fault("", 0, "", "folder", "cannot read the folder: "+cause(err), "")
		return false
	}
	specs := Sheets()
	var known []string
	for _, s := range specs {
		known = append(known, s.File)
	}
	found := map[string]string{}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.EqualFold(path.Ext(name), ".csv") || strings.HasPrefix(name, ".") {
			continue
		}
		i := slices.Index(known, strings.ToLower(name))
		if i < 0 {
			r.fault(name, 0, "", "folder", "no sheet has this name", r.didYouMean(name, known, "move it elsewhere, or name it as one of: "+strings.Join(known, ", ")))
			continue
		}
		if other := found[known[i]]; other != "" {
			r.fault(name, 0, "", "folder", "the sheet stands twice, here and in "+other, "keep one")
			continue
		}
		found[known[i]] = name
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			r.fault(name, 0, "", "folder", "cannot be read: "+cause(err), "")
			continue
		}
		if s := r.parse(&specs[i], name, data); s != nil {
			r.sheets[known[i]] = s
		}
	}
	if len(found) == 0 && len(r.faults) == 0 {
		r.fault("", 0, "", "folder", "the folder holds no sheets", "the empty sheets are written by: lodestone import csv --template DIR")
	}
	return len(found) > 0
}

// defineNames makes the ids of every sheet known before any is referred to.
func (r *reader) defineNames() {
	for _, n := range []*names{r.parties, r.facilities, r.materials} {
		spans := map[string][]row{}
		for _, w := range r.rows(n.file) {
			if _, ok := r.define(n, w, true); !ok {
				continue
			}
			id := w.get(n.noun)
			for _, earlier := range spans[id] {
				if overlap(earlier, w) {
					r.faultAt(w, n.noun, "unique", n.noun+" "+quote(id)+" stands in row "+itoa(earlier.n)+" too, for days that overlap", "an id stands once for a day: set valid from and valid until")
					break
				}
			}
			spans[id] = append(spans[id], w)
		}
	}
	for _, w := range r.rows("facilities.csv") {
		r.defineZone(w)
	}
	r.defineLots()
	r.defineDocuments()
}

// overlap tells whether the valid days of two rows overlap. Days that cannot be read are faulted elsewhere.
func overlap(a, b row) bool {
	before := func(x, y row) bool { // x ends before y begins; ISO dates compare as text
		return x.get("valid until") != "" && y.get("valid from") != "" && x.get("valid until") < y.get("valid from")
	}
	return !before(a, b) && !before(b, a)
}

func (r *reader) defineZone(w row) {
	text, uri := w.get("time zone"), r.facilities.uri[w.get("facility")]
	if text == "" || uri == "" {
		return
	}
	zone, err := parseZone(text)
	if err != nil {
		r.faultAt(w, "time zone", "time", err.Error(), "an IANA name such as America/Denver or America/Regina, or an offset such as -07:00")
		zone = time.UTC // so that its times do not each fail again; nothing is imported
	}
	if earlier := r.zones[uri]; earlier != nil && earlier.String() != zone.String() {
		r.faultAt(w, "time zone", "agree", "the facility had the time zone "+earlier.String()+" in an earlier row", "a place has one time zone")
		return
	}
	r.zones[uri] = zone
}

// sortByPlace puts faults or notes into the order of the table of columns, then by row.
func sortByPlace[T any](all []T, place func(T) (string, int, string)) {
	rank := map[string]int{}
	for i, s := range Sheets() {
		rank[s.File] = i + 1
	}
	slices.SortStableFunc(all, func(a, b T) int {
		af, an, _ := place(a)
		bf, bn, _ := place(b)
		return cmp.Or(cmp.Compare(rank[strings.ToLower(af)], rank[strings.ToLower(bf)]), strings.Compare(af, bf), cmp.Compare(an, bn))
	})
}

// cause is an error of the file system without the name it repeats.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
