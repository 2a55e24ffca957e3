package epcis

import (
	"testing"
	"time"
)

// TestTooMuch refuses a mass beyond what can be counted, and takes the largest that can.
func TestTooMuch(t *testing.T) {
	for quantity, rule := range map[string]string{`99999999999,"uom":"TNE"`: "too-much", `9000000000,"uom":"TNE"`: "", `99999999999`: "", `1e30,"uom":"KGM"`: "too-much"} {
		e, faults := DecodeEvent([]byte(`{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventTime":"2026-11-23T08:00:00Z",
			"eventTimeZoneOffset":"+00:00","action":"ADD","quantityList":[{"epcClass":"https://example.com/lot/1","quantity":`+quantity+`}]}`), nil)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		faults = CheckMeaning(e, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
		if rule == "" && len(faults) > 0 || rule != "" && (len(faults) != 1 || faults[0].Rule != rule || faults[0].Pointer != "/quantityList/0/quantity") {
			t.Errorf("%s: %v, want %q", quantity, faults, rule)
		}
	}
}
