package supply

import (
	"lodestone/quantity"
)

// Statement is one claim about a noun, as an entry of the log. Exactly one of the pointers is set.
// A statement of the same author about the same subject with a later Issued replaces the earlier one where their
// validity overlaps; two that disagree and are not so ordered are both kept and clash. Retract withdraws a statement of the same author by its entry id.
type Statement struct {
	Valid  quantity.Period `json:"valid,omitzero"`
	Issued string          `json:"issued,omitzero"` // RFC 3339 time or "" when the author gave none

	Party         *Party         `json:"party,omitempty"`
	Facility      *Facility      `json:"facility,omitempty"`
	Material      *Material      `json:"material,omitempty"`
	Lot           *Lot           `json:"lot,omitempty"`
	Agreement     *Agreement     `json:"agreement,omitempty"`
	Document      *Document      `json:"document,omitempty"`
	Determination *Determination `json:"determination,omitempty"`
	Retract       string         `json:"retract,omitempty"` // hex entry id
}

// Party is a company, agency or person that acts in the chain.
type Party struct {
	ID      PartyID `json:"id"`
	Name    string  `json:"name"`
	Country Country `json:"country,omitempty"` // of incorporation: ownership, not the place of any step
}

// Facility is a place where something happens to material.
type Facility struct {
	ID       FacilityID `json:"id"`
	Name     string     `json:"name"`
	Country  Country    `json:"country,omitempty"` // in force over the statement's validity
	Region   string     `json:"region,omitempty"`
	Operator PartyID    `json:"operator,omitempty"`
	Lat      string     `json:"lat,omitempty"` // decimal degrees
	Lon      string     `json:"lon,omitempty"`
	Within   FacilityID `json:"within,omitempty"` // the site a line or a tank stands on
	Planned  bool       `json:"planned,omitempty"`
	Note     string     `json:"note,omitempty"`
}

// Material is a kind of stuff or item that lots are of.
type Material struct {
	ID           MaterialID `json:"id"`
	Name         string     `json:"name"`
	Kind         string     `json:"kind"`                   // "NdFeB magnet", "oxide", "ore": see Kinds
	Form         string     `json:"form,omitempty"`         // "finished", "block", "powder"
	Constituents []string   `json:"constituents,omitempty"` // element symbols the material is made of; none = not declared
	PieceMass    string     `json:"piece_mass,omitempty"`   // decimal, kilograms a piece, for counted items
	Grade        string     `json:"grade,omitempty"`
	COTS         *bool      `json:"cots,omitempty"`
	Fractions    []Fraction `json:"fractions,omitempty"` // typical composition
}

// Fraction is a mass fraction of one element, as decimal text of one (0.29), with its standard uncertainty or "".
type Fraction struct {
	Element string `json:"element"`
	Value   string `json:"value"`
	SD      string `json:"sd,omitempty"`
}

// Lot says what a lot is of.
type Lot struct {
	ID       LotID      `json:"id"`
	Material MaterialID `json:"material"`
	Note     string     `json:"note,omitempty"`
}

// Agreement links two parties: a memorandum, an offtake, tolling.
type Agreement struct {
	ID      AgreementID `json:"id"`
	Kind    string      `json:"kind"` // MOU, offtake, tolling
	Binding bool        `json:"binding"`
	Parties []string    `json:"parties"`
	Product string      `json:"product,omitempty"`
	Volume  string      `json:"volume,omitempty"`
	Term    string      `json:"term,omitempty"`
	Floor   string      `json:"floor,omitempty"`
	Source  string      `json:"source,omitempty"`
	Note    string      `json:"note,omitempty"`
}

// Document is a paper known by its digest; the bytes themselves need not be here.
type Document struct {
	ID     DocumentID `json:"id"`             // "sha256:<hex>"
	Name   string     `json:"name,omitempty"` // file name or title
	Signer string     `json:"signer,omitempty"`
	Dated  string     `json:"dated,omitempty"` // YYYY-MM-DD
	Grade  string     `json:"grade"`           // evidence grade it lends while Statement.Valid lasts
	URI    string     `json:"uri,omitempty"`   // as an event's certificationInfo or bizTransaction names it
	About  []string   `json:"about"`           // lots or eventIDs it speaks for
}

// Determination is an official act that lifts a restriction.
type Determination struct {
	Kind     string `json:"kind"`
	Level    string `json:"level,omitempty"`
	Contract string `json:"contract,omitempty"`
	Material string `json:"material,omitempty"`
	By       string `json:"by"`
}
