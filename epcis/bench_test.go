package epcis

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// benchEvent is a separation with an assay, about 1 kB.
const benchEvent = `{"type":"TransformationEvent","eventID":"urn:uuid:5b1f8a3e-3a55-4a57-9c5e-2d4f0b7a%04d","eventTime":"2026-11-10T16:00:00.000Z","eventTimeZoneOffset":"+01:00",` +
	`"inputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.R-%[1]d","quantity":12500.0,"uom":"KGM"}],` +
	`"outputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012346.O-%[1]d","quantity":3200.500,"uom":"KGM"},{"epcClass":"urn:epc:class:lgtin:4012345.012347.S-%[1]d","quantity":9100,"uom":"KGM"}],` +
	`"bizStep":"urn:lodestone:phase:separated","disposition":"active","readPoint":{"id":"urn:epc:id:sgln:4012345.00005.2"},"bizLocation":{"id":"urn:epc:id:sgln:4012345.00005.0"},` +
	`"sensorElementList":[{"sensorMetadata":{"time":"2026-11-10T15:00:00Z","deviceID":"urn:epc:id:giai:4012345.XRF-1"},` +
	`"sensorReport":[{"type":"Dimensionless","chemicalSubstance":"https://identifiers.org/inchikey:QEFYFXOXNSNQGX-UHFFFAOYSA-N","value":0.0175,"sDev":0.0004,"uom":"C62"}]}],` +
	`"example:campaign":"2026-46"}`

const benchContext = `["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"example":"https://ns.example.com/epcis/"}]`

func BenchmarkDecode(b *testing.B) {
	text := fmt.Appendf(nil, benchEvent, 7)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var d Decoder
	for b.Loop() {
		if _, faults := d.Decode(text, []byte(benchContext)); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkCBVHash(b *testing.B) {
	e, _ := DecodeEvent(fmt.Appendf(nil, benchEvent, 7), []byte(benchContext))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.CBVHash(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckMeaning(b *testing.B) {
	e, _ := DecodeEvent(fmt.Appendf(nil, benchEvent, 7), []byte(benchContext))
	received := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		if f := CheckMeaning(e, received); len(f) > 0 {
			b.Fatal(f)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	e, _ := DecodeEvent(fmt.Appendf(nil, benchEvent, 7), []byte(benchContext))
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		buf = e.AppendJSON(buf[:0])
	}
}

// BenchmarkReader reads a document of 1,000 events; the figure is for one event.
func BenchmarkReader(b *testing.B) {
	var text strings.Builder
	text.WriteString(`{"@context":` + benchContext + `,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[`)
	for i := range 1000 {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, benchEvent, i)
	}
	text.WriteString(`]}}`)
	doc := []byte(text.String())
	b.SetBytes(int64(len(doc) / 1000))
	b.ReportAllocs()
	n := 0
	var r *Reader
	for b.Loop() {
		if n%1000 == 0 {
			r = NewReader(bytes.NewReader(doc))
		}
		if _, err := r.Next(); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
