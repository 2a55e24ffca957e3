package epcis

import (
	"fmt"
	"strings"
	"time"

	"lodestone/gs1"
	"lodestone/quantity"
)

const (
	leastYear  = 1900
	mostFuture = 24 * time.Hour // clocks and zones are set wrong by less
)

// CheckMeaning holds an event of sound structure against the rules of the pass meaning: what is well-formed and yet can never be
// meant. received is the time of receipt; zero leaves the rule on the future out. Pointers are relative to the event.
//
// What is merely unlikely passes: an input that is also an output, a sensor without a unit, a time offset that does not fit the
// place. What hangs on other events is no matter of this check, so that the answer never depends on what came before.
func CheckMeaning(e *Event, received time.Time) Faults {
	m := meaning{e: e}
	if e.Repeated != "" {
		m.fault(e.Repeated, "repeated-name", "the object has two members of this name", "leave one of them out: readers disagree on which one counts")
	}
	m.times(received)
	m.objects()
	m.quantities(listName(e, mQuantities), e.Quantities)
	m.quantities("inputQuantityList", e.InputQuantities)
	m.quantities("outputQuantityList", e.OutputQuantities)
	m.epcs(listName(e, mEPCs), e.EPCs)
	m.epcs("inputEPCList", e.InputEPCs)
	m.epcs("outputEPCList", e.OutputEPCs)
	m.places()
	for i := range e.Sensors {
		m.sensor(fmt.Sprintf("/sensorElementList/%d", i), &e.Sensors[i])
	}
	return m.faults
}

// listName is the name that the list of objects or of quantities has in the event's type.
func listName(e *Event, m member) string {
	if e.Type == AggregationEvent || e.Type == AssociationEvent {
		m += mChildEPCs - mEPCs
	}
	return memberNames[m]
}

type meaning struct {
	e      *Event
	faults Faults
}

func (m *meaning) fault(pointer, rule, message, hint string) {
	m.faults = append(m.faults, Fault{pointer, rule, message, hint})
}

func (m *meaning) times(received time.Time) {
	e := m.e
	m.year("/eventTime", e.Time)
	m.year("/recordTime", e.RecordTime)
	if !received.IsZero() && e.Time.Sub(received) > mostFuture {
		m.fault("/eventTime", "future", fmt.Sprintf("%s lies more than 24 hours after the receipt at %s", e.Time.Text, received.UTC().Format(time.RFC3339)),
			"an event is what has happened: send it when it has")
	}
	if !e.RecordTime.IsZero() && e.Time.Sub(e.RecordTime.Time) > mostFuture {
		m.fault("/recordTime", "record-before-event", "lies more than 24 hours before the event", "correct the one or the other")
	}
	if d := e.Error; d != nil {
		m.year("/errorDeclaration/declarationTime", d.Time)
		for i, id := range d.Corrective {
			if e.ID != "" && id == e.ID {
				m.fault(fmt.Sprintf("/errorDeclaration/correctiveEventIDs/%d", i), "self-correction", "names the event itself",
					"name the event that says it right, which has an eventID of its own")
			}
		}
	}
}

func (m *meaning) year(pointer string, t Time) {
	if !t.IsZero() && t.Year() < leastYear {
		m.fault(pointer, "year", fmt.Sprintf("%s lies before the year %d", quote(t.Text), leastYear), "write the true time")
	}
}

func (m *meaning) objects() {
	e := m.e
	if e.Type == AggregationEvent && e.ParentID == "" && (e.Action == Add || e.Action == Delete) {
		m.fault("", "parent-needed", "parentID is missing", "an aggregation that adds or removes children names what they are in")
	}
	if (e.Type == AggregationEvent || e.Type == AssociationEvent) && e.ParentID != "" {
		parent := gs1.Canonical(e.ParentID)
		for i, child := range e.EPCs {
			if child == e.ParentID || gs1.Canonical(child) == parent {
				m.fault(fmt.Sprintf("/childEPCs/%d", i), "own-child", quote(child)+" is the parent itself", "")
			}
		}
	}
	if p := e.PersistentDisposition; p != nil {
		for i, set := range p.Set {
			for _, unset := range p.Unset {
				if set == unset {
					m.fault(fmt.Sprintf("/persistentDisposition/set/%d", i), "set-and-unset", quote(set)+" is set and unset at once", "")
				}
			}
		}
	}
}

func (m *meaning) quantities(name string, list []Quantity) {
	for i := range list {
		q := &list[i]
		if id, ok := gs1.Parse(q.Class); ok && !id.Class() {
			m.fault(fmt.Sprintf("/%s/%d/epcClass", name, i), "single-as-class", id.String()+" is a single thing, of which there is no amount",
				"name its class or lot here, or the thing itself in a list of EPCs")
		}
		m.checkDigit(q.Class, name, i)
		if q.Value != "" {
			d, ok := m.number(fmt.Sprintf("/%s/%d/quantity", name, i), q.Value)
			switch {
			case !ok:
			case d.Sign() < 0:
				m.fault(fmt.Sprintf("/%s/%d/quantity", name, i), "negative", string(q.Value)+" is negative", "an amount is at least 0")
			default:
				m.tooMuch(fmt.Sprintf("/%s/%d/quantity", name, i), q)
			}
		}
		if q.Unit != "" {
			m.unit(fmt.Sprintf("/%s/%d/uom", name, i), q.Unit)
		}
	}
}

// tooMuch refuses a mass that is not of this earth's trade: beyond what a Mass can count.
func (m *meaning) tooMuch(pointer string, q *Quantity) {
	u, err := quantity.ParseUnit(q.Unit)
	if q.Unit == "" || err != nil || u.Dimension() != quantity.MassOf {
		return
	}
	if _, err := u.Mass(string(q.Value)); err != nil {
		m.fault(pointer, "too-much", string(q.Value)+" "+q.Unit+": "+err.Error(), "is the unit right?")
	}
}

func (m *meaning) unit(pointer, code string) {
	if _, err := quantity.ParseUnit(code); err != nil {
		m.fault(pointer, "unit", err.Error(), "")
	}
}

func (m *meaning) number(pointer string, n Number) (quantity.Decimal, bool) {
	d, err := quantity.ParseDecimal(string(n))
	if err != nil {
		m.fault(pointer, "number-size", err.Error(), "write it with fewer digits")
		return d, false
	}
	return d, true
}

func (m *meaning) epcs(name string, list []string) {
	for i, epc := range list {
		if id, ok := gs1.Parse(epc); ok && id.Class() {
			m.fault(fmt.Sprintf("/%s/%d", name, i), "class-as-single", id.String()+" is a class or a lot, not a single thing", "move it to the list of quantities beside it")
		}
		m.checkDigit(epc, name, i)
	}
}

// checkDigit looks at a GS1 key that stands under GS1's own domain; name and i say where.
func (m *meaning) checkDigit(uri, name string, i int) {
	if !strings.HasPrefix(uri, "https://id.gs1.org/") {
		return
	}
	id, ok := gs1.ParseLink(uri)
	if !ok {
		return
	}
	if err := id.Check(); err != nil {
		pointer := "/" + name
		if i >= 0 {
			pointer = fmt.Sprintf("/%s/%d", name, i)
		}
		m.fault(pointer, "check-digit", err.Error(), "")
	}
}

func (m *meaning) places() {
	e := m.e
	if e.ReadPoint != nil {
		m.checkDigit(e.ReadPoint.ID, "readPoint/id", -1)
	}
	if e.BizLocation != nil {
		m.checkDigit(e.BizLocation.ID, "bizLocation/id", -1)
	}
	m.checkDigit(e.ParentID, "parentID", -1)
	m.checkDigit(e.TransformationID, "transformationID", -1)
	for i := range e.Sources {
		m.checkDigit(e.Sources[i].ID, "sourceList", i)
	}
	for i := range e.Destinations {
		m.checkDigit(e.Destinations[i].ID, "destinationList", i)
	}
}
