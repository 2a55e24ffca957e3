package intake

import (
	"errors"
	"time"

	"lodestone/epcis"
	"lodestone/supply"
)

// checkStatements passes every statement through the check of its noun, so that the log will not refuse it.
func (r *reader) checkStatements() {
	for i := range r.statements {
		err := r.statements[i].Check()
		if err == nil {
			continue
		}
		var faults epcis.Faults
		if !errors.As(err, &faults) {
			r.faultAt(r.stated[i], "", "statement", err.Error(), "")
			continue
		}
		for _, f := range faults {
			r.faultAt(r.stated[i], "", "statement", f.Pointer+": "+f.Message, f.Hint)
		}
	}
}

// checkEvents writes every event as JSON and reads it again with all the checks of capture but the one that needs a
// clock: that an event does not lie in the future of its receipt. What was read again is what is handed out.
func (r *reader) checkEvents() {
	for i, e := range r.events {
		read, faults := epcis.DecodeEvent(e.AppendJSON(nil), nil)
		if len(faults) == 0 {
			faults = append(epcis.CheckMeaning(read, time.Time{}), supply.CheckExtensions(read)...)
		}
		for _, f := range faults {
			r.faultAt(r.at[e], "", "event", f.Pointer+": "+f.Message, f.Hint)
		}
		if len(faults) == 0 {
			r.events[i] = read
			r.at[read] = r.at[e]
		}
	}
}

// CheckReceipt holds the events against the time at which they are received, as capture does: one that lies further
// ahead than capture allows is a fault, by the file and row it comes from.
func (im *Import) CheckReceipt(received time.Time) Faults {
	var faults Faults
	for i, e := range im.Events {
		for _, f := range epcis.CheckMeaning(e, received) {
			faults = append(faults, Fault{File: im.places[i].file, Row: im.places[i].n, Rule: "event", Message: f.Pointer + ": " + f.Message, Hint: f.Hint})
		}
	}
	return faults
}
