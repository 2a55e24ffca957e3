package supply

import "lodestone/epcis"

// What a party answers to a questionnaire about a lot enters the log as events. A place that is answered is an event of
// the phase; that something is not known is an event too, of a business step that is no phase, so that the inquiry is on
// record and nothing follows from it:
//
//	OBSERVE urn:lodestone:voc:answered, lot OX-1, urn:lodestone:voc:inquiry 5f2c…, urn:lodestone:voc:asked "mined Dy"
const (
	AnsweredStep = VocPrefix + "answered" // bizStep of an answer that gives no place: not known, or did not happen
	TermInquiry  = "inquiry"              // in an event: the inquiry that it answers
	TermAsked    = "asked"                // in an event: what was asked, in words
	TermAnswer   = "answer"               // in an event: the answer, in words
)

// InquiryOf is the inquiry that an event answers, "" for none.
func InquiryOf(ev *epcis.Event) string { return textOf(ev, TermInquiry) }

// AskedOf is what was asked that an event answers, "" for nothing.
func AskedOf(ev *epcis.Event) string { return textOf(ev, TermAsked) }

// AnswerOf is the answer in words that an event gives, "" for none.
func AnswerOf(ev *epcis.Event) string { return textOf(ev, TermAnswer) }

func textOf(ev *epcis.Event, term string) string {
	if ev == nil {
		return ""
	}
	v, ok := field(ev, ev.Extra, term)
	if !ok {
		return ""
	}
	s, _ := text(v)
	return s
}
