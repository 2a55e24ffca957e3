package epcis

import "testing"

// TestIdentityHasSeams makes two events of one pre-hash string: they share the CBV hash, as the standard has it, and are
// still two events.
func TestIdentityHasSeams(t *testing.T) {
	event := func(quantity string) *Event {
		e, faults := DecodeEvent([]byte(`{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventTime":"2026-11-23T08:00:00Z",
			"eventTimeZoneOffset":"+00:00","action":"ADD","quantityList":[`+quantity+`]}`), nil)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return e
	}
	a := event(`{"epcClass":"https://example.com/lot/1","quantity":400.5,"uom":"KGM"}`)
	b := event(`{"epcClass":"https://example.com/lot/1quantity=400.5uom=KGM"}`)
	if a.PreHash() != b.PreHash() {
		t.Fatalf("the strings differ:\n%s\n%s", a.PreHash(), b.PreHash())
	}
	idA, errA := a.Identity()
	idB, errB := b.Identity()
	if errA != nil || errB != nil || idA == idB {
		t.Errorf("identities %s and %s (%v, %v)", idA, idB, errA, errB)
	}
	respelled := event(`{"uom":"KGM","quantity":400.50,"epcClass":"https://example.com/lot/1"}`)
	if id, err := respelled.Identity(); err != nil || id != idA {
		t.Errorf("respelled: %s, want %s (%v)", id, idA, err)
	}
}
