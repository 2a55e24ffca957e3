package epcis

import (
	"encoding/json"
	"time"
)

// Type is an event's type. Other is an extended event whose type is the URI in Event.TypeName.
type Type uint8

const (
	Other Type = iota
	ObjectEvent
	AggregationEvent
	TransactionEvent
	TransformationEvent
	AssociationEvent
)

// Action is what an event does to its objects' life or containment.
type Action string

const (
	Add     Action = "ADD"
	Observe Action = "OBSERVE"
	Delete  Action = "DELETE"
)

// Time is an instant with the text it was given as, so that it goes out as it came in.
type Time struct {
	time.Time
	Text string
}

// Number is a JSON number with the digits it was given with.
type Number = json.Number

// Field is one user extension: its name as written, and its value as equal JSON.
type Field struct {
	Name  string
	Value json.RawMessage
}

// Event is one EPCIS 2.0 event with every field of the standard. In lists nil is absent and an empty slice is an empty list.
// Strings are as written: a bizStep may be a bare CBV word, a CURIE or a URI. Full resolves them.
type Event struct {
	Context    json.RawMessage // the JSON-LD context in force: the document's, extended by the event's own; always set after decoding
	OwnContext json.RawMessage // the event's own @context as written; nil when it inherits its document's
	Repeated   string          // pointer of the first name that stands twice in one object of the event's text; the last counted

	Type                Type
	TypeName            string // as written
	ID                  string // eventID
	Time                Time   // eventTime
	TimeZoneOffset      string
	RecordTime          Time // zero when absent
	Certification       []string
	CertificationIsList bool // certificationInfo was given as an array
	Error               *ErrorDeclaration

	Action                Action
	BizStep               string
	Disposition           string
	PersistentDisposition *PersistentDisposition
	ReadPoint             *Location
	BizLocation           *Location
	BizTransactions       []BizTransaction
	Sources               []SourceDest
	Destinations          []SourceDest
	Sensors               []SensorElement

	EPCs       []string   // epcList; childEPCs of an aggregation or association
	Quantities []Quantity // quantityList; childQuantityList
	ParentID   string

	InputEPCs        []string
	InputQuantities  []Quantity
	OutputEPCs       []string
	OutputQuantities []Quantity
	TransformationID string

	ILMD  []Field // nil when absent
	Extra []Field // user extensions at event level
}

// Quantity is an amount of a class or lot; without a unit it is a count, without a value the amount is not stated.
type Quantity struct {
	Class string // epcClass
	Value Number // "" when absent
	Unit  string // UN/ECE Rec 20 code, "" for a count
}

// ErrorDeclaration voids an earlier event: the one with the same eventID, else the one with the same CBV hash.
type ErrorDeclaration struct {
	Time       Time
	Reason     string
	Corrective []string // correctiveEventIDs
	Extra      []Field
}

// PersistentDisposition sets and unsets lasting dispositions.
type PersistentDisposition struct{ Set, Unset []string }

// Location is a readPoint or bizLocation.
type Location struct {
	ID    string
	Extra []Field
}

// BizTransaction is a typed reference to a business document.
type BizTransaction struct{ Type, ID string }

// SourceDest is one typed source or destination.
type SourceDest struct{ Type, ID string }

// SensorElement is one group of readings, as an assay or a weighing.
type SensorElement struct {
	Metadata *SensorMetadata
	Reports  []SensorReport
	Extra    []Field
}

// SensorMetadata says when and how the readings were taken.
type SensorMetadata struct {
	Time, StartTime, EndTime                                          Time // zero when absent
	DeviceID, DeviceMetadata, RawData, DataProcessingMethod, BizRules string
	Extra                                                             []Field
}

// SensorReport is one reading.
type SensorReport struct {
	Type, Exception                                                        string
	DeviceID, DeviceMetadata, RawData, DataProcessingMethod, BizRules      string
	Time                                                                   Time
	Microorganism, ChemicalSubstance, CoordinateReferenceSystem, Component string
	Value, MinValue, MaxValue, MeanValue, SDev, PercRank, PercValue        Number
	StringValue                                                            *string
	BooleanValue                                                           *bool
	HexBinaryValue, URIValue, Unit                                         string
	Extra                                                                  []Field
}
