package shipment

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lodestone/rules"
)

// Stamp is what every row and page says of where an answer comes from.
type Stamp struct {
	Position int64  // of the log; 0 without a record
	Made     string // the day on which it was judged
	Notice   string // what the reader must know of it
}

// Columns are the heads of a result, one row an item.
func Columns() []string {
	return []string{"reference", "item", "part", "supplier", "contract", "delivery", "accepted", "verdict", "decided by", "because", "missing", "ask",
		"log position", "book", "book digest", "engine", "judged", "notice"}
}

// columns are a finding's cells, from verdict to ask and then book and book digest.
func (f *Finding) columns() []Text {
	var missing, ask, books, digests []string
	for _, w := range f.Missing {
		missing = append(missing, w.Fact.raw())
		if !slices.Contains(ask, w.Ask) {
			ask = append(ask, w.Ask)
		}
	}
	for _, b := range f.Books {
		books = append(books, strings.TrimSpace(b.Book+" "+b.Version))
		digests = append(digests, b.Digest)
	}
	var cells []Text
	for _, s := range []string{f.Marked(), strings.Join(f.DecidedBy, "; "), f.Because.raw(), strings.Join(missing, "; "), strings.Join(ask, "; "),
		strings.Join(books, "; "), strings.Join(digests, "; ")} {
		cells = append(cells, newText(s))
	}
	return cells
}

// raw is the text with its slots as they are.
func (t *Text) raw() string {
	var b strings.Builder
	for i, p := range t.parts {
		b.WriteString(p)
		if i < len(t.slots) {
			b.WriteString(slot(t.slots[i]))
		}
	}
	return b.String()
}

// Cells is the row of a table, in the order of Columns.
func (j Judged) Cells(s Stamp) []string {
	r := j.Row
	accepted := ""
	if r.Accepted != 0 {
		accepted = r.Accepted.String()
	}
	cells := []string{r.Reference, r.Item, r.Part, r.Supplier, r.Contract, r.On.String(), accepted}
	for _, c := range j.Found.cells[:5] {
		cells = append(cells, j.Say(c))
	}
	cells = append(cells, strconv.FormatInt(s.Position, 10))
	for _, c := range j.Found.cells[5:] {
		cells = append(cells, j.Say(c))
	}
	return append(cells, strconv.Itoa(rules.EngineFormat), s.Made, s.Notice)
}

// rowJSON is a row as JSON.
type rowJSON struct {
	Reference string        `json:"reference,omitempty"`
	Item      string        `json:"item"`
	Part      string        `json:"part,omitempty"`
	Supplier  string        `json:"supplier,omitempty"`
	Contract  string        `json:"contract,omitempty"`
	Delivery  string        `json:"delivery"`
	Accepted  string        `json:"accepted,omitempty"`
	Verdict   rules.Verdict `json:"verdict,omitempty"`
	IfAssumed rules.Verdict `json:"verdict_if_assumed,omitempty"`
	AsIf      []string      `json:"as_if_enacted,omitempty"`
	DecidedBy []string      `json:"decided_by"`
	Because   string        `json:"because"`
	Missing   []wantJSON    `json:"missing"`
	Books     []bookJSON    `json:"books"`
}

type wantJSON struct {
	Fact     string `json:"fact"`
	Ask      string `json:"ask"`
	Supplier string `json:"supplier,omitempty"`
}

type bookJSON struct {
	Book    string        `json:"book"`
	Version string        `json:"version,omitempty"`
	Digest  string        `json:"digest"`
	Kind    rules.Kind    `json:"kind"`
	Verdict rules.Verdict `json:"-"` // the row's stands above
}

// MarshalJSON is the row as an object.
func (j Judged) MarshalJSON() ([]byte, error) {
	r, f := j.Row, j.Found
	o := rowJSON{Reference: r.Reference, Item: r.Item, Part: r.Part, Supplier: r.Supplier, Contract: r.Contract, Delivery: r.On.String(), Accepted: r.Accepted.String(),
		AsIf: f.AsIf, DecidedBy: append([]string{}, f.DecidedBy...), Because: j.Say(f.Because), Missing: []wantJSON{}, Books: []bookJSON{}}
	if f.WhatIf {
		o.IfAssumed = f.Verdict
	} else {
		o.Verdict = f.Verdict
	}
	for _, w := range f.Missing {
		o.Missing = append(o.Missing, wantJSON{j.Say(w.Fact), w.Ask, j.supplier(&w)})
	}
	for _, b := range f.Books {
		o.Books = append(o.Books, bookJSON(b))
	}
	return json.Marshal(o)
}

// supplier is who supplied what a missing fact speaks of: as the bill says, else whom the row was bought from, else where
// the record last saw it worked on.
func (j Judged) supplier(w *Want) string {
	switch {
	case w.Billed:
		return w.Supplier
	case j.Row.Supplier != "":
		return j.Row.Supplier
	}
	return w.Supplier
}
