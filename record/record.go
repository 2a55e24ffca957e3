// Package record defines what the log holds: entries, each an EPCIS event or a statement, with author and identity.
//
// # Committed bytes
//
// What the log's Merkle tree commits to (see package tlog), and what a reader needs to check an entry, are these bytes:
//
//	1 byte   format number, now 1; it only rises
//	1 byte   kind: 1 event, 2 statement
//	8 bytes  time of receipt, Unix milliseconds, big endian, two's complement
//	uvarint  length of the author in bytes
//	         author, a URI, or nothing when the entry is unattributed
//	         body, up to the end: the JSON of the event with its @context, or the canonical JSON of the statement
//
// The statement {"retract":"ab"} by urn:party:a, received at 2026-05-01T00:00:00Z, is
//
//	01 02 0000019de0d5c800 0b 75726e3a70617274793a61 7b2272657472616374223a226162227d
//
// # Identity of an entry
//
// An entry's ID says when two entries are one. It is
//
//	SHA-256("lodestone entry id v1\n" || kind || uvarint length of author || author || content)
//
// where the content of a statement is its canonical JSON, and the content of an event is its identity (32 bytes, see
// epcis: the CBV hash with the hash of the error declaration), its eventID, and the entries of its certificationInfo,
// sorted, each once; each text with its length, a uvarint, before it. The certificates are named because they are grounds
// of evidence and the CBV hash leaves them out: an event that comes again with one more is another entry with the same
// EventID.
//
// So the same entry sent twice is one entry, also with its keys in another order, its times spelled in another zone, or
// its extensions under another prefix; the same event stated by two authors is two entries with one EventID. The times of
// receipt and record are not part of it, nor are remarks (rdfs:comment, comment, #text) and extensions that hold nothing:
// an event that comes again with another recordTime is the entry already there.
package record

import (
	"encoding/hex"
	"fmt"
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

// String is the kind's word.
func (k Kind) String() string {
	switch k {
	case Event:
		return "event"
	case Statement:
		return "statement"
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// ID identifies an entry: two entries with one ID are one entry.
type ID [32]byte

// String is the ID in lower-case hex.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// ParseID reads an ID in hex.
func ParseID(text string) (ID, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(ID{}) {
		return ID{}, fmt.Errorf("%q is not an entry id: must be %d hex digits", text, 2*len(ID{}))
	}
	return ID(b), nil
}

// Entry is one entry of the log. It is never changed after it was made.
type Entry struct {
	Seq      int64     // position in the log from 1 on; 0 before it is appended
	Received time.Time // time of receipt, UTC, whole milliseconds
	Author   supply.PartyID
	Kind     Kind
	ID       ID
	Event    *epcis.Event      // set when Kind is Event
	EventID  epcis.Hash        // the event's identity, whoever states it: epcis.Event.Identity; zero for a statement
	Claim    *supply.Statement // set when Kind is Statement
	Body     []byte            // the JSON of the event (with its context) or of the statement, as it is stored and committed to
}
