package disclosure

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"lodestone/supply"
)

// Questionnaire is what one party is asked about an item: the places of steps that a verdict hangs on and that nobody has
// recorded. Its answers come back as events (package intake) of evidence grade statement.
type Questionnaire struct {
	Paper    string   `json:"paper"` // "supplier questionnaire"
	ID       string   `json:"id"`    // of the inquiry
	To       string   `json:"to"`
	ToName   string   `json:"to_name,omitempty"`
	By       string   `json:"by"` // who asks
	Item     string   `json:"item"`
	Asks     []Ask    `json:"asks"`
	Standing Standing `json:"standing"`
}

// Ask is one question: where a step happened to an element of a lot, or in which country a facility stands.
type Ask struct {
	Key      string   `json:"key"` // digest of the fields below it: see Seal
	Kind     string   `json:"kind"`
	Lot      string   `json:"lot"` // where the record stops
	Phase    string   `json:"phase"`
	Also     []string `json:"also"`     // steps of which one will do, Phase among them
	Element  string   `json:"element"`  // "" the whole lot
	Elements []string `json:"elements"` // whose way to the lot is not known
	Facility string   `json:"facility,omitempty"`
	Campaign string   `json:"campaign,omitempty"` // transformationID of the making that lacks the element
	Open     bool     `json:"open"`               // the lot has no origin on record: an answer gives it one
	By       string   `json:"not_after"`          // the lot was there by then, RFC 3339

	Is       string   `json:"is"`       // what the lot is, in words
	Question string   `json:"question"` // in words
	Facts    []string `json:"facts"`    // the missing facts behind it
}

// The kinds of an ask.
const (
	AskStep  = "step"  // where the phase happened
	AskPlace = "place" // in which country the facility stands
)

// Elsewhere is a missing fact that no supplier's questionnaire can settle.
type Elsewhere struct {
	Fact string `json:"fact"`
	Ask  string `json:"ask"`
	Why  string `json:"why"`
}

// Seal is the key of an ask: the first 16 bytes of the SHA-256 of what it asks, in hex. Who changes what is asked in a
// copy changes the key; it is a checksum against slips and no signature.
func (a *Ask) Seal() string {
	h := sha256.New()
	for _, s := range []string{"lodestone ask v1", a.Kind, a.Lot, a.Phase, strings.Join(a.Also, " "), a.Element, strings.Join(a.Elements, " "), a.Facility, a.Campaign, fmt.Sprint(a.Open), a.By} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// seal gives every ask its key and the questionnaire its id.
func (q *Questionnaire) seal() {
	slices.SortFunc(q.Asks, func(a, b Ask) int {
		return cmp.Or(cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.Element, b.Element), cmp.Compare(order(a.Phase), order(b.Phase)), cmp.Compare(a.Facility, b.Facility))
	})
	for i := range q.Asks {
		q.Asks[i].Key = q.Asks[i].Seal()
	}
	q.ID = q.Seal()
}

// Seal is the id of an inquiry: the first 8 bytes of the SHA-256 of who asks whom about what, in hex.
func (q *Questionnaire) Seal() string {
	h := sha256.New()
	for _, s := range []string{"lodestone inquiry v1", q.To, q.By, q.Item, q.Standing.Day, fmt.Sprint(q.Standing.Position)} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	for i := range q.Asks {
		fmt.Fprint(h, q.Asks[i].Key)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// order is a phase word's place in the chain.
func order(word string) supply.Phase {
	p, err := supply.ParsePhase(word)
	if err != nil {
		return supply.PhaseCount
	}
	return p
}

// Lots are the lots that a questionnaire asks about.
func (q *Questionnaire) Lots() []string {
	var out []string
	for i := range q.Asks {
		if !slices.Contains(out, q.Asks[i].Lot) {
			out = append(out, q.Asks[i].Lot)
		}
	}
	return out
}

// The sheets of a questionnaire's workbook and their columns, as package paper writes and package intake reads them. Key
// stands in a hidden column; SheetData is hidden whole: its first cell is Format, the second the questionnaire without its
// asks, the others one ask each, all as JSON.
const (
	Format      = "lodestone questionnaire 1"
	SheetGuide  = "Read me"
	SheetAsks   = "Questions"
	SheetOthers = "Other steps"
	SheetLists  = "lists"
	SheetData   = "lodestone"

	ColumnKey      = "key"
	ColumnNumber   = "No."
	ColumnQuestion = "Question"
	ColumnLot      = "Lot"
	ColumnIs       = "What it is"
	ColumnElement  = "Element"
	ColumnAnswer   = "Answer"
	ColumnCountry  = "Country"
	ColumnStep     = "Step, if another"
	ColumnFacility = "Facility"
	ColumnDate     = "Date, YYYY-MM-DD"
	ColumnRemark   = "Remark or document"

	ColumnElements  = "Elements, blank for all"
	ColumnOtherStep = "Step"
)

// AskColumns and OtherColumns are the heads of the two sheets that are filled in, from their first column on.
func AskColumns() []string {
	return []string{ColumnKey, ColumnNumber, ColumnQuestion, ColumnLot, ColumnIs, ColumnElement, ColumnAnswer, ColumnCountry, ColumnStep, ColumnFacility, ColumnDate, ColumnRemark}
}

// OtherColumns are the heads of the sheet for steps that were not asked for.
func OtherColumns() []string {
	return []string{ColumnLot, ColumnElements, ColumnOtherStep, ColumnCountry, ColumnFacility, ColumnDate, ColumnRemark}
}

// The answers that stand for no place. A row with a country and no answer is taken as known.
const (
	Known        = "known"
	NotKnown     = "not known"
	DidNotHappen = "did not happen"
)

// HeadRow is the row that holds the heads of a sheet that is filled in, as spreadsheets count, and LastOther the last row
// for other steps.
const (
	HeadRow   = 3
	LastOther = HeadRow + 60
)
