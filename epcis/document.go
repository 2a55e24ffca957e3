package epcis

import "encoding/json"

// Kind is what the text of a reader holds.
type Kind uint8

const (
	UnknownKind     Kind = iota
	CaptureDocument      // an EPCISDocument
	QueryDocument        // an EPCISQueryDocument
	SingleEvent          // one event
	EventArray           // an array of events that each stand alone
)

var kindNames = [...]string{"", "EPCISDocument", "EPCISQueryDocument", "event", "events"}

// String is the kind's name: the document's type, or "event", "events".
func (k Kind) String() string { return kindNames[k] }

// Document is a document but for its events. In lists nil is absent and an empty slice is an empty list or object.
type Document struct {
	Kind               Kind
	Context            json.RawMessage // the JSON-LD context
	ID                 string
	SchemaVersion      string
	CreationDate       Time
	InstanceIdentifier string
	Sender, Receiver   string
	QueryName          string // of a query document
	SubscriptionID     string // of a query document

	MasterData       []Vocabulary // of the header, or of the results of a query
	MasterDataExtra  []Field      // further members of epcisMasterData
	HeaderExtra      []Field      // further members of epcisHeader
	BodyExtra        []Field      // further members of epcisBody
	ResultsExtra     []Field      // further members of queryResults
	ResultsBodyExtra []Field      // further members of resultsBody
	Extra            []Field      // further members of the document
}
