package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"lodestone/disclosure"
	"lodestone/epcis"
	"lodestone/supply"
)

// What a filled questionnaire says, as events. Of a lot at which the record stops the steps that were asked about become a
// chain of lots, one after each step, that ends in the lot:
//
//	mined Nd ──► Nd, mined ──separated──► Nd, separated ──┐
//	mined Dy ──► Dy, mined ──separated──► Dy, separated ──┴─melted──► all, melted ──answered──► the lot
//
// An arrow with a phase is recorded where its step was answered; the last one, which is no step, always. A step that is
// not known leaves the lot after it without an origin: a hole, which everything made of it inherits. So one answer never
// hides that another is missing, and a copy that comes back later with more answers adds the arrows that lacked. What is
// known of a part that is cut off by such a gap is led to the lot directly, so that a covered country in it counts at once.
//
// The ids are made of the lot, the element and the step, so the same answers are the same events.
type answering struct {
	q      *disclosure.Questionnaire
	author supply.PartyID
	slug   string
	im     *Import
	stated map[string]bool
}

func newAnswering(q *disclosure.Questionnaire, author supply.PartyID) *answering {
	return &answering{q: q, author: author, slug: Slug(author), im: &Import{}, stated: map[string]bool{}}
}

// events makes the events and statements of the answers.
func (a *answering) events(answers map[string]*reply, others []reply) *Import {
	for _, lot := range a.q.Lots() {
		var asks []*disclosure.Ask
		for i := range a.q.Asks {
			if x := &a.q.Asks[i]; x.Lot == lot && x.Kind == disclosure.AskStep {
				asks = append(asks, x)
			}
		}
		if len(asks) > 0 {
			a.lot(lot, asks, answers)
		}
	}
	for i := range a.q.Asks {
		x := &a.q.Asks[i]
		r := answers[x.Key]
		switch {
		case r == nil:
		case r.answer != disclosure.Known:
			a.said(x, r)
		case x.Kind == disclosure.AskPlace:
			a.state(r.row, supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID(x.Facility), Name: orElse(r.facility, x.Facility), Country: r.country}})
		}
	}
	for i := range others {
		a.other(&others[i])
	}
	return a.im
}

// said records that something is not known, or did not happen: an event from which nothing follows.
func (a *answering) said(x *disclosure.Ask, r *reply) {
	e := a.event(r.row, epcis.ObjectEvent, "ObjectEvent", x.Key+disclosure.NoPlace, a.moment(x.By, 0), "")
	e.Action, e.BizStep = epcis.Observe, supply.AnsweredStep
	e.EPCs, e.Quantities = things(x.Lot)
	a.words(e, asked(x), strings.TrimSpace(r.answer+" "+r.remark))
}

// other records a further step of a lot.
func (a *answering) other(r *reply) {
	by := ""
	for i := range a.q.Asks {
		if a.q.Asks[i].Lot == r.lot {
			by = a.q.Asks[i].By
		}
	}
	id := digestOf("other", r.lot, r.phase.String(), r.elements.String(), string(r.country), r.facility, r.date.String())
	e := a.event(r.row, epcis.ObjectEvent, "ObjectEvent", id, a.moment(by, r.date.Time().Unix()), a.facility(r))
	e.Action, e.BizStep = epcis.Observe, r.phase.URI()
	e.EPCs, e.Quantities = things(r.lot)
	if !r.elements.Empty() {
		var symbols []string
		for el := range r.elements.All() {
			symbols = append(symbols, el.Symbol())
		}
		e.Extra = append(e.Extra, extension(supply.TermElements, strings.Join(symbols, " ")))
	}
	a.words(e, "other steps", r.remark)
}

// words says of an event which inquiry it answers, what was asked, and the answer or remark in words.
func (a *answering) words(e *epcis.Event, asked, answer string) {
	e.Extra = append(e.Extra, extension(supply.TermInquiry, a.q.ID), extension(supply.TermAsked, asked))
	if answer != "" {
		e.Extra = append(e.Extra, extension(supply.TermAnswer, answer))
	}
}

// asked is a question in two words: "mined Dy".
func asked(x *disclosure.Ask) string { return strings.TrimSpace(x.Phase + " " + x.Element) }

// facility states the facility of an answer and gives its id.
func (a *answering) facility(r *reply) string {
	name := orElse(r.facility, "a facility in "+r.country.Name()+" that the answer does not name")
	id := "urn:lodestone:facility:" + a.slug + ":answered." + digestOf(string(r.country), r.facility)
	a.state(r.row, supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID(id), Name: name, Country: r.country}})
	return id
}

// state makes a statement once.
func (a *answering) state(w row, s supply.Statement) {
	text, err := supply.Encode(&s)
	if err == nil && a.stated[string(text)] {
		return
	}
	a.stated[string(text)] = true
	a.im.Statements = append(a.im.Statements, s)
	a.im.stated = append(a.im.stated, w)
}

// event begins an event of a part of the answers.
func (a *answering) event(w row, kind epcis.Type, name, part string, t time.Time, place string) *epcis.Event {
	x := when{Time: t}
	e := &epcis.Event{Context: []byte(Context), Type: kind, TypeName: name, ID: "urn:lodestone:answer:" + a.slug + ":" + part,
		Time: epcis.Time{Time: t, Text: x.text()}, TimeZoneOffset: "+00:00"}
	if place != "" {
		e.ReadPoint, e.BizLocation = &epcis.Location{ID: place}, &epcis.Location{ID: place}
	}
	a.im.Events = append(a.im.Events, e)
	a.im.places = append(a.im.places, w)
	return e
}

// moment is noon of a day given as Unix seconds, and never after the lot was there; without a day it is that moment.
func (a *answering) moment(by string, day int64) time.Time {
	t, _ := instant(by)
	if day != 0 {
		if noon := time.Unix(day, 0).UTC().Add(12 * time.Hour); noon.Before(t) {
			return noon
		}
	}
	return t
}

// instant reads the moment by which a lot was there.
func instant(text string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, text)
	return t.UTC(), err == nil
}

// things is a lot as an event's list: of one thing, or of an amount that is not stated.
func things(lots ...string) (epcs []string, quantities []epcis.Quantity) {
	for _, l := range lots {
		if k := trackedOf(l); k == asSerial || k == container {
			epcs = append(epcs, l)
		} else {
			quantities = append(quantities, epcis.Quantity{Class: l})
		}
	}
	return epcs, quantities
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// digestOf is the first 8 bytes of the SHA-256 of texts, in hex: a part of an id.
func digestOf(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// check passes what the answers became through the checks of capture.
func (im *Import) check(b *returned) Faults {
	r := newReader(b.author, nil)
	r.statements, r.stated, r.events = im.Statements, im.stated, im.Events
	for i, e := range im.Events {
		r.at[e] = im.places[i]
	}
	r.checkStatements()
	r.checkEvents()
	im.Events = r.events
	im.Notes = slices.Clip(im.Notes)
	return r.faults
}
