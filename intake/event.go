package intake

import (
	"encoding/json"

	"lodestone/epcis"
)

// Context is the JSON-LD context of every event that intake makes.
const Context = `["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"lode":"urn:lodestone:voc:"}]`

// eventID is the id of an event of a record: urn:lodestone:<kind>:<slug>:<id>, and :<part> when it makes several.
func (r *reader) eventID(key recordKey, part string) string {
	id := r.mint(key.kind, key.id)
	if part != "" {
		id += ":" + part
	}
	return id
}

// event begins an event of record c at time t and place.
func (r *reader) event(c *rec, kind epcis.Type, name, part string, t when, place string) *epcis.Event {
	e := &epcis.Event{
		Context: json.RawMessage(Context), Type: kind, TypeName: name, ID: r.eventID(c.recordKey, part),
		Time: epcis.Time{Time: t.Time, Text: t.text()}, TimeZoneOffset: t.offset(),
	}
	if place != "" {
		e.ReadPoint = &epcis.Location{ID: place}
		e.BizLocation = &epcis.Location{ID: place}
	}
	if t.day {
		e.Extra = append(e.Extra, extension("precision", "day"))
	}
	c.events = append(c.events, e)
	r.events = append(r.events, e)
	r.at[e] = c.row
	return e
}

// object is an ObjectEvent about lines.
func (r *reader) object(c *rec, action epcis.Action, part, step string, t when, place string, lines []line) *epcis.Event {
	e := r.event(c, epcis.ObjectEvent, "ObjectEvent", part, t, place)
	e.Action, e.BizStep = action, step
	e.EPCs, e.Quantities = split(lines)
	return e
}

// extension is a text of our vocabulary on an event.
func extension(name, text string) epcis.Field {
	value, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return epcis.Field{Name: "lode:" + name, Value: value}
}

// record takes an id into the records of a kind. A second row of the same id gives the record with again set.
func (r *reader) record(kind string, w row) (c *rec, again bool) {
	key := recordKey{kind, w.get(kind)}
	if key.id == "" {
		return nil, false
	}
	if c = r.records[key]; c != nil {
		return c, true
	}
	c = &rec{recordKey: key, row: w}
	r.records[key] = c
	r.order = append(r.order, c)
	return c, false
}

// ids are the ids of the records of a kind, in the order of their sheet.
func (r *reader) ids(kind string) []string {
	var ids []string
	for _, c := range r.order {
		if c.kind == kind {
			ids = append(ids, c.id)
		}
	}
	return ids
}
