package intake

import (
	"errors"

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
			faults = supply.CheckExtensions(read)
		}
		for _, f := range faults {
			r.faultAt(r.at[e], "", "event", f.Pointer+": "+f.Message, f.Hint)
		}
		if len(faults) == 0 {
			r.events[i] = read
		}
	}
}
