package shipment_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/shipment"
	"lodestone/supply"
)

// TestDaysAreNotShared: two magnets of one class, one melted a day later, get an answer each from a book that asks for the
// day, bare and in an assembly of the record.
func TestDaysAreNotShared(t *testing.T) {
	book, err := rules.LoadBook(os.DirFS("../rules/testdata/late"), ".")
	if err != nil {
		t.Fatal(err)
	}
	g := genealogy.New()
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func(st supply.Statement) { apply(record.NewStatement("urn:p:a", received, &st)) }
	happen := func(day, what, in, out string) {
		body := fmt.Sprintf(`"type":"TransformationEvent","inputQuantityList":[%s],"outputQuantityList":[%s]`, lotOf(in), lotOf(out))
		switch {
		case in == "":
			body = fmt.Sprintf(`"type":"ObjectEvent","action":"ADD","quantityList":[%s]`, lotOf(out))
		case what == "":
			body = fmt.Sprintf(`"type":"AggregationEvent","action":"ADD","parentID":"urn:l:%s","childQuantityList":[%s]`, out, lotOf(in))
		}
		if what != "" {
			body += fmt.Sprintf(`,"bizStep":"%s%s","readPoint":{"id":"urn:f:us"}`, supply.PhasePrefix, what)
		}
		ev, faults := epcis.DecodeEvent([]byte(`{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventTime":"`+day+`T12:00:00Z","eventTimeZoneOffset":"+00:00",`+body+`}`), nil)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		apply(record.NewEvent("urn:p:a", received, ev))
	}
	state(supply.Statement{Facility: &supply.Facility{ID: "urn:f:us", Name: "plant", Country: "US"}})
	state(supply.Statement{Material: &supply.Material{ID: "urn:m:mag", Name: "magnet", Kind: "NdFeB magnet", Form: "finished", Constituents: []string{"Nd", "Fe", "B"}}})
	want := map[string]rules.Verdict{}
	var rows []shipment.Row
	for melted, verdict := range map[string]rules.Verdict{"2026-05-31": rules.Compliant, "2026-06-01": rules.Noncompliant} {
		at := func(what string) string { return what + "-" + melted }
		state(supply.Statement{Lot: &supply.Lot{ID: supply.LotID("urn:l:" + at("magnet")), Material: "urn:m:mag"}})
		happen("2026-01-01", "mined", "", at("ore"))
		happen(melted, "melted", at("ore"), at("alloy"))
		happen("2026-06-02", "milled", at("alloy"), at("powder"))
		happen("2026-06-03", "sintered", at("powder"), at("block"))
		happen("2026-06-04", "magnetized", at("block"), at("magnet"))
		happen("2026-06-05", "", at("magnet"), at("box"))
		for _, item := range []string{at("magnet"), at("box")} {
			want[item] = verdict
			rows = append(rows, shipment.Row{Line: len(rows) + 2, Item: item, On: quantity.MustDate("2027-01-01")})
		}
	}
	a, _ := g.Class("urn:l:magnet-2026-05-31")
	if b, ok := g.Class("urn:l:magnet-2026-06-01"); !ok || a != b {
		t.Fatal("the magnets are not of one class")
	}
	complete := &rules.Facts{MinimumEvidence: supply.Stated, MaterialsComplete: true, Answers: map[string]string{}}
	desk := shipment.NewDesk(shipment.Options{Library: rules.Library{book}, Books: []string{book.ID}, Record: g, Contracts: map[string]*rules.Facts{"": complete}})
	if wrong := desk.Check(rows); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for i := range rows {
		j, err := desk.Judge(&rows[i])
		if err != nil {
			t.Fatal(err)
		}
		if j.Found.Verdict != want[rows[i].Item] {
			t.Errorf("%s: %s, want %s: %s", rows[i].Item, j.Found.Verdict, want[rows[i].Item], j.Say(j.Found.Because))
		}
	}
}

func lotOf(id string) string { return `{"epcClass":"urn:l:` + id + `","quantity":10,"uom":"KGM"}` }
