package genealogy

import (
	"time"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// event is one event as the graph keeps it: what the entries of one identity say, whoever states them. It holds no
// pointer: its lists are stretches of the graph's arrays (see lists.go).
type event struct {
	key      [32]byte    // of identity and content: two events with one key are one
	identity epcis.Hash  // as the entries give it
	time     int64       // Unix milliseconds
	elements element.Set // the elements the step touches, when the event says so
	day      quantity.Date
	txn      int32  // transformationID, a name; 0 none
	step     int32  // bizStep in full, a name
	readAt   int32  // readPoint, a name
	bizAt    int32  // bizLocation, a name
	parent   int32  // lot; -1 none
	txnNo    int32  // its group of one transformationID; -1 none
	txnNext  int32  // the next event of that group; -1 none
	same     int32  // the next event of this identity; -1 none
	items    uint32 // where its lots begin in Graph.items: inputs, then outputs, then objects
	inputs   int32
	outputs  int32
	things   int32 // objects and children
	moves    span
	kinds    span
	assays   span
	losses   span
	stated   int32 // head of the entries that state it; -1 none
	kind     eventKind
	action   action
	phase    supply.Phase
	unknown  bool // an unknown step: a making of no phase, or a business step nobody here knows
	booked   bool // claimed under a model of custody that says nothing of the material itself
	// Below is derived.
	live   bool  // stated by somebody who has not voided it
	signed bool  // by an attributed author
	via    int32 // its inputs as drawn through containers, in Graph.vias; 0 when no input is a container
	twin   int32 // name of the eventID it shares with another live event; 0 none
}

// draft is an event as it comes, before it is laid down in the graph's arrays.
type draft struct {
	event
	in, out []item // transformation
	objects []item // object event's objects, aggregation's children
	moves   []move
	kinds   []kindOf // lot to material, said by the event
	assays  []assay
	losses  []loss
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
type kindOf struct {
	lot, material int32
	next          int32 // the next word that something is of the material, in Graph.kinds and one up; 0 ends
}

// loss is what an event declares to have been lost: of one element, or, with none, of the material.
type loss struct {
	mass    int64 // milligrams
	element element.Element
}

// entry is what the graph keeps of one entry that states an event.
type entry struct {
	id     record.ID
	seq    int64 // its place in the log, the first it was seen at; no answer but PositionsOf rests on it
	event  int32 // -1 for a declaration or a statement
	claim  int32 // -1 for an event or a declaration
	author int32 // name
	ident  int32 // eventID, a name; 0 none
	next   int32 // the next entry that states the event; -1 none
	alike  int32 // the next entry that gives its event this eventID; -1 none
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
