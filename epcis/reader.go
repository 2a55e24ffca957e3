package epcis

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Limits of a Reader, in bytes.
const (
	DefaultValueLimit = 64 << 20 // one event, or one member of the document's head, such as the master data
	DefaultHoldLimit  = 64 << 20 // events held back while @context is yet to come
)

// Reader reads the events of a document of any size in one pass: an EPCISDocument, an EPCISQueryDocument, one event, or an array of
// events. It holds one event at a time. Where @context comes after the events, a source that can seek is searched for it first; of
// any other the events are held until it comes, up to HoldLimit. A Reader must not be used by two goroutines at once.
type Reader struct {
	ValueLimit, HoldLimit int // set before the first Next; 0 is the default

	src    *gauge
	dec    *jsontext.Decoder
	events Decoder

	doc          Document
	kind         Kind
	state        state
	contextKnown bool
	names        nameSets // names seen at each level, for duplicates
	early        []early  // members of the root read before its kind was known
	index        int      // of the next event
	listAt       string   // pointer of the list of events
	hasEvents    bool
	hasBody      bool
	hasResults   bool
	held         []Raw
	heldBytes    int

	faults  Faults // of the document, to be returned by the next call of Next
	pointer string
	err     error // what ends the reading
}

type early struct {
	name string
	raw  jsontext.Value
}

// Raw is one event as it stands in the text. It can be decoded on another goroutine.
type Raw struct {
	JSON    []byte
	Context json.RawMessage // of the document; nil for an event that stands alone
	Pointer string          // JSON pointer of the event in the document
}

// Decode decodes the event; d must not be in use elsewhere.
func (raw Raw) Decode(d *Decoder) (*Event, Faults) {
	return d.decodeAt(raw.JSON, raw.Context, raw.Pointer)
}

// NewReader reads from r, from where it stands.
func NewReader(r io.Reader) *Reader {
	g := &gauge{r: r}
	if s, ok := r.(io.Seeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil {
			g.seeker, g.start = s, at
		}
	}
	return &Reader{src: g, dec: jsontext.NewDecoder(g, jsontext.AllowDuplicateNames(true))}
}

// Next is the next event. With faults of its own (a Faults as the error) the event is what could be read of it, or nil; faults of the
// document itself come with a nil event. After either, reading goes on. io.EOF is the end; any other error is too, and stays.
func (r *Reader) Next() (*Event, error) {
	raw, err := r.next(false)
	if err != nil {
		return nil, err
	}
	e, faults := raw.Decode(&r.events)
	return e, faults.Err()
}

// NextRaw is Next without the decoding, for callers who decode on several goroutines. The bytes are the caller's.
func (r *Reader) NextRaw() (Raw, error) { return r.next(true) }

// Pointer is the JSON pointer of the event that Next returned last.
func (r *Reader) Pointer() string { return r.pointer }

// Document is what is known of the document so far; all of it once Next has returned io.EOF.
func (r *Reader) Document() *Document { return &r.doc }

func (r *Reader) next(keep bool) (Raw, error) {
	for {
		if len(r.faults) > 0 {
			faults := r.faults
			r.faults = nil
			return Raw{}, faults
		}
		if len(r.held) > 0 && (r.contextKnown || r.state == done) {
			raw := r.held[0]
			r.held = r.held[1:]
			raw.Context = r.contextForEvents()
			r.pointer = raw.Pointer
			return raw, nil
		}
		if r.err != nil {
			return Raw{}, r.err
		}
		r.src.left = r.limit(r.ValueLimit, DefaultValueLimit)
		raw, found, err := r.step(keep)
		switch {
		case err != nil:
			r.end(err)
		case found && r.contextKnown || found && r.kind == EventArray || found && r.kind == SingleEvent:
			r.pointer = raw.Pointer
			return raw, nil
		case found:
			if r.heldBytes += len(raw.JSON); r.heldBytes > r.limit(r.HoldLimit, DefaultHoldLimit) {
				r.end(Faults{{"/@context", "too-large", fmt.Sprintf("@context comes after more than %d bytes of events", r.limit(r.HoldLimit, DefaultHoldLimit)),
					"put @context before epcisBody, or read from a file, which can be searched for it"}})
				r.held = nil
				continue
			}
			r.held = append(r.held, raw)
		}
	}
}

func (r *Reader) limit(set, otherwise int) int {
	if set > 0 {
		return set
	}
	return otherwise
}

// end notes what ends the reading.
func (r *Reader) end(err error) {
	r.state = done
	switch {
	case err == io.EOF:
		r.err = io.EOF
	case errors.Is(err, errGauge):
		r.err = Faults{{string(r.dec.StackPointer()), "too-large", fmt.Sprintf("a value has more than %d bytes", r.limit(r.ValueLimit, DefaultValueLimit)), "split it"}}
	default:
		var faults Faults
		var syntax *jsontext.SyntacticError
		switch {
		case errors.As(err, &faults):
			r.err = faults
		case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
			r.err = Faults{jsonFault(err, "")}
		default:
			r.err = fmt.Errorf("reading events: %w", err)
		}
	}
}

// contextForEvents is the document's context for its events; that there is none is a fault of the document, not of each event.
func (r *Reader) contextForEvents() json.RawMessage {
	if r.doc.Context == nil {
		return json.RawMessage("[]")
	}
	return r.doc.Context
}

var errGauge = errors.New("too much at once")

// gauge passes on at most left bytes before it is set anew.
type gauge struct {
	r      io.Reader
	left   int
	seeker io.Seeker // nil when the source cannot seek
	start  int64
}

func (g *gauge) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errGauge
	}
	if len(p) > g.left {
		p = p[:g.left]
	}
	n, err := g.r.Read(p)
	g.left -= n
	return n, err
}

// escape writes a name as a token of a JSON pointer.
func escape(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

func (r *Reader) eventPointer() string { return r.listAt + "/" + strconv.Itoa(r.index) }
