package genealogy

import (
	"time"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// event is one event as the graph keeps it: what the entries of one identity say, whoever states them.
type event struct {
	unknown  bool       // an unknown step: a making of no phase, or a business step nobody here knows
	key      [32]byte   // of identity and content: two events with one key are one
	identity epcis.Hash // as the entries give it
	time     int64      // Unix milliseconds
	day      quantity.Date
	kind     eventKind
	action   action
	phase    supply.Phase
	elements element.Set // the elements the step touches, when the event says so
	txn      int32       // transformationID, a name; 0 none
	step     int32       // bizStep in full, a name
	readAt   int32       // readPoint, a name
	bizAt    int32       // bizLocation, a name
	parent   int32       // lot; -1 none
	in, out  []item      // transformation
	objects  []item      // object event's objects, aggregation's children
	moves    []move
	kinds    []kindOf // lot to material, said by the event
	assays   []assay
	txnNo    int32 // index of its group of one transformationID; -1 none
	// The mark. Below is derived.
	statings []int32 // entries that state it
	via      []item  // inputs as drawn through containers; nil when no input is a container
	live     bool    // stated by somebody who has not voided it
	signed   bool    // by an attributed author
	twin     int32   // name of the eventID it shares with another live event; 0 none
}

type eventKind uint8

const (
	makes    eventKind = iota + 1 // TransformationEvent
	observes                      // ObjectEvent, TransactionEvent, an extended event
	contains                      // AggregationEvent
	attaches                      // AssociationEvent
)

type action uint8

const (
	noAction action = iota
	add
	observe
	del
)

// item is a lot with an amount, as an event names it.
type item struct {
	lot    int32
	serial bool // named in an EPC list
	amount Amount
}

// move is one typed source or destination, as names.
type move struct {
	kind, id int32
	source   bool
}

// kindOf is an event's word on what a lot is of.
type kindOf struct{ lot, material int32 }

// entry is what the graph keeps of one entry that states an event.
type entry struct {
	id     record.ID
	event  int32 // -1 for a declaration or a statement
	claim  int32 // -1 for an event or a declaration
	author int32 // name
	ident  int32 // eventID, a name; 0 none
	void   bool  // its author voided the event
}

// declaration is an entry that voids an event.
type declaration struct {
	entry      int32
	target     epcis.Hash // identity of the event without its declaration
	corrective []int32    // eventIDs of the replacing events, names
	at         int64      // declaration time, Unix milliseconds
	reason     int32
}

func millis(t time.Time) int64 { return t.UnixMilli() }

// before is the canonical order of events: by time, then by identity, whatever their order of arrival.
func (g *Graph) before(a, b int32) int {
	x, y := &g.events[a], &g.events[b]
	if x.time != y.time {
		if x.time < y.time {
			return -1
		}
		return 1
	}
	for i := range x.key {
		if x.key[i] != y.key[i] {
			if x.key[i] < y.key[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}
