package epcis

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Decoder decodes events one after another and reuses its buffers. The zero value is ready. It must not be used by two goroutines at once.
type Decoder struct {
	dec jsontext.Decoder
	buf bytes.Buffer
}

// DecodeEvent decodes one event. context is the JSON-LD context of the document that holds it, nil for an event that stands alone
// and so must bring its own. Faults are of the passes text and structure; with any of them the event is what could be read, and
// not to be used but for a message. The event is nil when b is no object.
func DecodeEvent(b []byte, context json.RawMessage) (*Event, Faults) {
	return new(Decoder).Decode(b, context)
}

// Decode is DecodeEvent with the decoder's buffers.
func (d *Decoder) Decode(b []byte, context json.RawMessage) (*Event, Faults) {
	return d.decodeAt(b, context, "")
}

// decodeAt decodes an event whose JSON pointer in its document is base.
func (d *Decoder) decodeAt(b []byte, context json.RawMessage, base string) (*Event, Faults) {
	c := newCursor(b, base, &d.dec, &d.buf)
	e := c.decode(context, false)
	if c.dup {
		// Read as most readers do, the last of a name counts; that it stands there twice is for the pass meaning to refuse.
		first := c.faults[len(c.faults)-1]
		c = newCursor(b, base, &d.dec, &d.buf, jsontext.AllowDuplicateNames(true))
		if e = c.decode(context, false); e != nil {
			e.Repeated = strings.TrimPrefix(first.Pointer, base)
		}
	} else if e != nil && e.Type == Other && isURI(e.TypeName) && !c.broken {
		c = newCursor(b, base, &d.dec, &d.buf)
		e = c.decode(context, true)
	}
	return e, c.faults
}

// decode reads the whole text as one event. In an extended event what is not common is taken as it comes.
func (c *cursor) decode(context json.RawMessage, extended bool) *Event {
	if !c.begin('{', "an object, the event") {
		return nil
	}
	e := new(Event)
	var seen members
	var foreign []string // pointers of members that are neither of the standard nor well-named
	for c.more() {
		name := c.name()
		m := memberOf(name)
		switch {
		case m == noMember:
			if !extended && !isURI(name) {
				foreign = append(foreign, c.at())
			}
			e.Extra = append(e.Extra, Field{name, c.raw()})
		case extended && !commonMembers.has(m):
			c.loose(e, m)
		default:
			seen.add(m)
			c.member(e, m)
		}
	}
	c.end()
	if c.broken {
		return e
	}
	c.shape(e, seen, foreign, context == nil, extended)
	c.finish()
	e.Context = joinContexts(context, e.OwnContext)
	return e
}

// loose reads a member that has a place in other event types: where it is well-formed it takes that place, else it is kept as an
// extension. Children are kept as extensions, for the place of objects is one.
func (c *cursor) loose(e *Event, m member) {
	raw := c.raw()
	if m != mChildEPCs && m != mChildQuantities {
		var d Decoder
		sub := newCursor(raw, "", &d.dec, &d.buf)
		trial := *e
		sub.member(&trial, m)
		if len(sub.faults) == 0 {
			*e = trial
			return
		}
	}
	e.Extra = append(e.Extra, Field{memberNames[m], raw})
}

// member reads the value of a standard member.
func (c *cursor) member(e *Event, m member) {
	switch m {
	case mContext:
		e.OwnContext = c.context()
	case mType:
		e.TypeName, _ = c.str("the event's type as text")
		e.Type = TypeOf(e.TypeName)
	case mEventTime:
		e.Time = c.time()
	case mRecordTime:
		e.RecordTime = c.time()
	case mZoneOffset:
		s, ok := c.str("an offset as text")
		if ok && !isZoneOffset(s) {
			c.fault("zone-offset", quote(s)+" is no offset from UTC", "write it as +02:00 or -05:30")
		}
		e.TimeZoneOffset = s
	case mEventID:
		e.ID = c.uri()
	case mCertification:
		if c.dec.PeekKind() == '[' {
			e.CertificationIsList = true
			e.Certification = c.uris()
		} else {
			e.CertificationIsList = false
			e.Certification = []string{c.uri()}
		}
	case mError:
		e.Error = c.errorDeclaration()
	case mAction:
		s, ok := c.str("an action as text")
		e.Action = Action(s)
		if ok && e.Action != Add && e.Action != Observe && e.Action != Delete {
			c.fault("word", quote(s)+" is no action", "write ADD, OBSERVE or DELETE")
		}
	case mBizStep:
		e.BizStep = c.word(&bizSteps)
	case mDisposition:
		e.Disposition = c.word(&dispositions)
	case mPersistent:
		e.PersistentDisposition = c.persistentDisposition()
	case mReadPoint:
		e.ReadPoint = c.location()
	case mBizLocation:
		e.BizLocation = c.location()
	case mBizTransactions:
		e.BizTransactions = c.bizTransactions()
	case mSources:
		e.Sources = c.sourceDests("source")
	case mDestinations:
		e.Destinations = c.sourceDests("destination")
	case mSensors:
		e.Sensors = c.sensors()
	case mEPCs, mChildEPCs:
		e.EPCs = c.uris()
	case mQuantities, mChildQuantities:
		e.Quantities = c.quantities()
	case mParentID:
		e.ParentID = c.uri()
	case mInputEPCs:
		e.InputEPCs = c.uris()
	case mInputQuantities:
		e.InputQuantities = c.quantities()
	case mOutputEPCs:
		e.OutputEPCs = c.uris()
	case mOutputQuantities:
		e.OutputQuantities = c.quantities()
	case mTransformationID:
		e.TransformationID = c.uri()
	case mILMD:
		e.ILMD = c.ilmd()
	}
}
