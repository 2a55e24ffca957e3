package epcis

import (
	"testing"
	"time"
)

// TestRepeatedNames reads an event that names a member twice as most readers do, the last counts, and refuses it in the
// pass meaning, since not all readers do.
func TestRepeatedNames(t *testing.T) {
	const head = `{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventTime":"2026-11-23T08:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE","epcList":["urn:x:1"]`
	for text, pointer := range map[string]string{
		head + `}`:                             "",
		head + `,"action":"ADD"}`:              "/action",
		head + `,"x:a":1,"x:a":2}`:             "/x:a",
		head + `,"x:a":{"b":[{"c":1,"c":1}]}}`: "/x:a/b/0/c",
		head + `,"x:a":1,"x:\u0061":2}`:        "/x:a",
	} {
		e, faults := DecodeEvent([]byte(text), nil)
		if len(faults) > 0 || e.Repeated != pointer {
			t.Errorf("%s: %v, repeated at %q, want %q", text, faults, e.Repeated, pointer)
			continue
		}
		if pointer == "/action" && e.Action != Add {
			t.Errorf("the first of two counted: %s", e.Action)
		}
		wrong := CheckMeaning(e, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
		if (pointer != "") != (len(wrong) == 1 && wrong[0].Rule == "repeated-name" && wrong[0].Pointer == pointer) {
			t.Errorf("%s: %v", text, wrong)
		}
	}
}
