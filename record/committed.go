package record

import (
	"encoding/binary"
	"fmt"
	"time"

	"lodestone/epcis"
	"lodestone/supply"
)

// Format is the number of the form of committed bytes that this program writes. It reads this and all lower ones.
const Format = 1

// AppendCommitted appends the bytes that the log commits to for e; see the package comment.
func AppendCommitted(dst []byte, e Entry) []byte {
	dst = append(dst, Format, byte(e.Kind))
	dst = binary.BigEndian.AppendUint64(dst, uint64(e.Received.UnixMilli()))
	dst = binary.AppendUvarint(dst, uint64(len(e.Author)))
	dst = append(dst, e.Author...)
	return append(dst, e.Body...)
}

// Decode reads committed bytes: the whole entry but for its position. Identity and ID are computed anew. The Body is a
// part of committed, not a copy.
func Decode(committed []byte) (Entry, error) {
	if len(committed) < 10 {
		return Entry{}, fmt.Errorf("read an entry: %d bytes are too few", len(committed))
	}
	if committed[0] != Format {
		return Entry{}, fmt.Errorf("read an entry: its form is %d, this program knows form %d: use a newer program", committed[0], Format)
	}
	e := Entry{Kind: Kind(committed[1])}
	e.Received = time.UnixMilli(int64(binary.BigEndian.Uint64(committed[2:]))).UTC()
	n, used := binary.Uvarint(committed[10:])
	rest := committed[10+max(used, 0):]
	if used <= 0 || n > uint64(len(rest)) || used != len(binary.AppendUvarint(nil, n)) {
		return Entry{}, fmt.Errorf("read an entry: the length of its author is damaged")
	}
	e.Author, e.Body = supply.PartyID(rest[:n]), rest[n:]
	if err := e.Open(); err != nil {
		return Entry{}, err
	}
	if err := e.Identify(); err != nil {
		return Entry{}, err
	}
	return e, nil
}

// Open reads Body into Event or Claim, as Kind says. It does not check ID and EventID: Identify computes them.
func (e *Entry) Open() error {
	switch e.Kind {
	case Event:
		ev, faults := epcis.DecodeEvent(e.Body, nil)
		if len(faults) > 0 {
			return fmt.Errorf("read the event of entry %d: %w", e.Seq, faults)
		}
		e.Event = ev
	case Statement:
		claim, err := supply.DecodeStatement(e.Body)
		if err != nil {
			return fmt.Errorf("read the statement of entry %d: %w", e.Seq, err)
		}
		e.Claim = claim
	default:
		return fmt.Errorf("read entry %d: it is of kind %d, this program knows events (1) and statements (2): use a newer program", e.Seq, e.Kind)
	}
	return nil
}

// Identify computes EventID and ID anew from the opened entry.
func (e *Entry) Identify() error {
	e.EventID = epcis.Hash{}
	if e.Kind == Event {
		identity, err := e.Event.Identity()
		if err != nil {
			return fmt.Errorf("identify the event of entry %d: %w", e.Seq, err)
		}
		e.EventID = identity
	}
	e.ID = e.Named()
	return nil
}

// Named is the ID that belongs to the opened entry and its EventID. It costs one hash, where Identify works the EventID out
// too: that an entry's ID is this shows that neither was changed alone.
func (e *Entry) Named() ID {
	if e.Kind == Statement {
		return identify(e.Author, Statement, e.Body)
	}
	return identify(e.Author, Event, eventContent(e.EventID, e.Event)...)
}
