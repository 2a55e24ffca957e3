// Package record defines what the log holds: entries, each an EPCIS event or a statement, with author and identity.
package record

import (
	"encoding/hex"
	"time"

	"lodestone/epcis"
	"lodestone/supply"
)

// Kind is the kind of an entry. The numbers stand in stored bytes and never change.
type Kind uint8

const (
	Event     Kind = 1
	Statement Kind = 2
)

// ID identifies an entry: two entries with one ID are one entry.
type ID [32]byte

// String is the ID in lower-case hex.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Entry is one entry of the log. It is never changed after it was made.
type Entry struct {
	Seq      int64     // position in the log from 1 on; 0 before it is appended
	Received time.Time // time of receipt, UTC, whole milliseconds
	Author   supply.PartyID
	Kind     Kind
	ID       ID
	Event    *epcis.Event      // set when Kind is Event
	EventID  epcis.Hash        // the event's identity, whoever states it; see Identify
	Claim    *supply.Statement // set when Kind is Statement
	Body     []byte            // the JSON of the event (with its context) or of the statement, as it is stored and committed to
}
