package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"regexp"
	"strings"

	"lodestone/supply"
)

var digestShape = regexp.MustCompile(`^(?i:sha256:|sha-256:)?[0-9a-fA-F]{64}$`)

// defineDocuments reads documents.csv so far that the other sheets can refer to its ids: a document's URI, else
// sha256:<digest>.
func (r *reader) defineDocuments() {
	n := r.documents
	for _, w := range r.rows("documents.csv") {
		n.present = true
		id := w.get("document")
		if id == "" {
			continue
		}
		if n.uri[id] != "" {
			r.faultAt(w, "document", "unique", "document "+quote(id)+" stands twice", "an id stands in one row")
			continue
		}
		uri := w.get("uri")
		if uri != "" && r.uriCell(w, uri) != nil {
			uri = ""
		}
		digest := r.digest(w)
		if digest != "" {
			if other := n.id[digest]; other != "" {
				r.faultAt(w, "document", "unique", "it has the digest of document "+quote(other), "one paper has one row, which may name several lots")
			}
			n.id[digest] = id
			r.digests[id] = digest
		}
		if uri == "" {
			uri = "sha256:" + digest
		}
		n.uri[id] = uri
		n.order = append(n.order, id)
	}
}

// digest is the SHA-256 of a document in lower-case hex, from its file, its cell, or both where they agree.
func (r *reader) digest(w row) string {
	stated := w.get("digest")
	if stated != "" {
		if !digestShape.MatchString(stated) {
			r.faultAt(w, "digest", "digest", quote(stated)+" is no SHA-256 digest", "64 hexadecimal digits, as sha256sum prints them")
			return ""
		}
		stated = strings.ToLower(stated[len(stated)-64:])
	}
	file := w.get("file")
	if file == "" {
		if stated == "" {
			r.faultAt(w, "file", "digest", "the document has neither file nor digest", "name a file inside the folder, or its SHA-256")
		}
		return stated
	}
	path := strings.TrimPrefix(strings.ReplaceAll(file, "\\", "/"), "./")
	if !fs.ValidPath(path) {
		r.faultAt(w, "file", "digest", quote(file)+" is not inside the folder", "put the file into the folder and name it from there")
		return ""
	}
	data, err := r.files(path)
	if err != nil {
		r.faultAt(w, "file", "digest", "cannot read "+quote(file), "name a file inside the folder, or give its SHA-256 in the column digest")
		return ""
	}
	sum := sha256.Sum256(data)
	computed := hex.EncodeToString(sum[:])
	if stated != "" && stated != computed {
		r.faultAt(w, "digest", "digest", "the file "+quote(file)+" has another digest, "+computed, "one of the two is of another paper")
		return ""
	}
	return computed
}

func (r *reader) readDocuments() {
	for _, w := range r.rows("documents.csv") {
		digest := r.digests[w.get("document")]
		s := r.dates(w)
		d := &supply.Document{
			ID: supply.DocumentID("sha256:" + digest), Name: w.get("name"), Signer: r.refer(w, "signer", r.parties), Dated: r.day(w, "dated"),
			Grade: r.word(w, "grade", "statement", "certificate", "audited", "measured"), URI: w.get("uri"), About: r.about(w),
		}
		if digest == "" {
			continue
		}
		s.Document = d
		r.state(w, s)
	}
}

// about is the lots and eventIDs a document speaks for.
func (r *reader) about(w row) []string {
	about := []string{}
	for _, text := range list(w.get("lots")) {
		if l := r.lotNamed(w, "lots", text); l != nil {
			about = append(about, l.uri)
		}
	}
	for _, x := range [...]struct{ column, kind string }{{"runs", "run"}, {"shipments", "shipment"}, {"assays", "assay"}} {
		for _, text := range list(w.get(x.column)) {
			if c := r.recordNamed(w, x.column, x.kind, text); c != nil {
				for _, e := range c.events {
					about = append(about, e.ID)
				}
			}
		}
	}
	return about
}

// recordNamed finds the record a cell names.
func (r *reader) recordNamed(w row, column, kind, id string) *rec {
	c := r.records[recordKey{kind, id}]
	if c == nil {
		r.faultAt(w, column, "reference", "unknown "+kind+" "+quote(id), r.didYouMean(id, r.ids(kind), "name a "+kind+" of these sheets"))
	}
	return c
}

// papers are the URIs of the certificates of a row.
func (r *reader) papers(w row) []string {
	var found []string
	for _, text := range list(w.get("certificates")) {
		if uri := r.referText(w, "certificates", text, r.documents); uri != "" {
			found = append(found, uri)
		}
	}
	return found
}
