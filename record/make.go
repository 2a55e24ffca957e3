package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lodestone/epcis"
	"lodestone/supply"
)

// MaxBody is the size in bytes that a body may have. Larger ones are refused.
const MaxBody = 64 << 20

// NewEvent makes the entry in which author states ev. The event must have passed validation; it is kept, not copied,
// and must not change afterwards. The time of receipt is cut to the millisecond.
func NewEvent(author supply.PartyID, received time.Time, ev *epcis.Event) (Entry, error) {
	return new(Maker).Event(author, received, ev)
}

// Maker makes many entries with less garbage than NewEvent. The zero Maker is ready; it is for one goroutine at a time.
type Maker struct {
	scratch []byte
}

// Event is NewEvent.
func (m *Maker) Event(author supply.PartyID, received time.Time, ev *epcis.Event) (Entry, error) {
	if ev == nil {
		return Entry{}, fmt.Errorf("make an entry: no event")
	}
	e := Entry{Author: author, Kind: Event, Event: ev}
	var err error
	if e.EventID, err = ev.Identity(); err != nil {
		return Entry{}, fmt.Errorf("make the entry of event %q: %w", ev.ID, err)
	}
	m.scratch = ev.AppendJSON(m.scratch[:0])
	e.Body = bytes.Clone(m.scratch)
	if err := e.finish(received); err != nil {
		return Entry{}, fmt.Errorf("make the entry of event %q: %w", ev.ID, err)
	}
	e.ID = identify(author, Event, eventContent(e.EventID, ev)...)
	return e, nil
}

// NewStatement makes the entry in which author makes the claim. The statement is kept, not copied, and must not change
// afterwards. The time of receipt is cut to the millisecond.
func NewStatement(author supply.PartyID, received time.Time, claim *supply.Statement) (Entry, error) {
	if claim == nil {
		return Entry{}, fmt.Errorf("make an entry: no statement")
	}
	e := Entry{Author: author, Kind: Statement, Claim: claim}
	var err error
	if e.Body, err = supply.Encode(claim); err != nil {
		return Entry{}, fmt.Errorf("make the entry of a statement: %w", err)
	}
	if err := e.finish(received); err != nil {
		return Entry{}, fmt.Errorf("make the entry of a statement: %w", err)
	}
	e.ID = identify(author, Statement, e.Body)
	return e, nil
}

// finish checks what both kinds share and sets the time of receipt.
func (e *Entry) finish(received time.Time) error {
	if err := CheckAuthor(e.Author); err != nil {
		return err
	}
	if len(e.Body) == 0 || len(e.Body) > MaxBody {
		return fmt.Errorf("it has %d bytes: must be 1 to %d; keep large documents outside and name them by their digest", len(e.Body), MaxBody)
	}
	e.Received = received.UTC().Truncate(time.Millisecond)
	if y := e.Received.Year(); e.Received.IsZero() || y < 1 || y > 9999 {
		return fmt.Errorf("time of receipt %v: must be set, between the years 1 and 9999", received)
	}
	return nil
}

// CheckAuthor refuses an author that is neither unattributed nor a URI.
func CheckAuthor(author supply.PartyID) error {
	if author == supply.Unattributed {
		return nil
	}
	s := string(author)
	scheme, rest, ok := strings.Cut(s, ":")
	word := scheme != "" && scheme[0]|0x20 >= 'a' && scheme[0]|0x20 <= 'z'
	for _, c := range []byte(scheme) {
		word = word && (c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("+-.", c) >= 0)
	}
	if !ok || !word || rest == "" || len(s) > 2048 || !utf8.ValidString(s) ||
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return fmt.Errorf("author %q: must be a URI, such as urn:epc:id:pgln:0614141.00000 or https://example.com/us, or nothing", s)
	}
	return nil
}

// eventContent is what an event brings to its entry's ID; see the package comment.
func eventContent(identity epcis.Hash, ev *epcis.Event) [][]byte {
	content := [][]byte{identity[:], binary.AppendUvarint(nil, uint64(len(ev.ID))), []byte(ev.ID)}
	certificates := slices.Clone(ev.Certification)
	slices.Sort(certificates)
	for _, c := range slices.Compact(certificates) {
		content = append(content, binary.AppendUvarint(nil, uint64(len(c))), []byte(c))
	}
	return content
}

const idDomain = "lodestone entry id v1\n"

// identify hashes an entry's ID; see the package comment.
func identify(author supply.PartyID, kind Kind, content ...[]byte) ID {
	h := sha256.New()
	head := make([]byte, 0, 256)
	head = append(head, idDomain...)
	head = append(head, byte(kind))
	head = binary.AppendUvarint(head, uint64(len(author)))
	head = append(head, author...)
	h.Write(head)
	for _, c := range content {
		h.Write(c)
	}
	var id ID
	h.Sum(id[:0])
	return id
}
