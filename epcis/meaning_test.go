package epcis

import (
	"strings"
	"testing"
	"time"
)

// TestMeaning: each case changes a sound event; want is the faults as "pointer rule".
func TestMeaning(t *testing.T) {
	const object = `{"@context":{"x":"https://ns.example.com/x/"},"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE","epcList":[]}`
	const aggregation = `{"@context":{},"type":"AggregationEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"ADD","parentID":"urn:epc:id:sscc:4012345.0000000333","childEPCs":["urn:x:1"]}`
	const transformation = `{"@context":{},"type":"TransformationEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","inputEPCList":["urn:x:1"],"outputEPCList":["urn:x:2"]}`
	reading := func(metadata, report string) string {
		return `sensorElementList=[{"sensorMetadata":{` + metadata + `},"sensorReport":[{"type":"Mass"},{"type":"Mass"` + report + `}]}]`
	}
	const at = "/sensorElementList/0/sensorReport/1/"
	for name, c := range map[string]struct{ base, change, want string }{
		"as it is":                        {object, `action="OBSERVE"`, ""},
		"a day ahead of the receipt":      {object, `eventTime="2026-11-21T12:00:00Z"`, ""},
		"more than a day ahead":           {object, `eventTime="2026-11-21T12:00:00.001Z"`, "/eventTime future"},
		"before 1900":                     {object, `eventTime="1899-12-31T23:59:59Z"`, "/eventTime year"},
		"recorded long before it was":     {object, `recordTime="2026-11-01T07:14:59Z"`, "/recordTime record-before-event"},
		"recorded by a slow clock":        {object, `recordTime="2026-11-02T07:00:00Z"`, ""},
		"negative amount":                 {object, `quantityList=[{"epcClass":"urn:x:c","quantity":-0.001}]`, "/quantityList/0/quantity negative"},
		"nothing is an amount":            {object, `quantityList=[{"epcClass":"urn:x:c","quantity":-0.0}]`, ""},
		"a unit nobody knows":             {object, `quantityList=[{"epcClass":"urn:x:c","quantity":1,"uom":"QQQ"}]`, "/quantityList/0/uom unit"},
		"a number of 50 digits":           {object, `quantityList=[{"epcClass":"urn:x:c","quantity":12345678901234567890123456789012345678901234567890}]`, "/quantityList/0/quantity number-size"},
		"a number beyond the universe":    {object, `quantityList=[{"epcClass":"urn:x:c","quantity":1e400}]`, "/quantityList/0/quantity number-size"},
		"an amount of one box":            {object, `quantityList=[{"epcClass":"urn:epc:id:sscc:4012345.0000000333","quantity":2}]`, "/quantityList/0/epcClass single-as-class"},
		"a lot among single things":       {object, `epcList=["urn:epc:class:lgtin:4012345.012345.L1"]`, "/epcList/0 class-as-single"},
		"a class among single things":     {object, `epcList=["https://shop.example.com/01/04012345123456"]`, "/epcList/0 class-as-single"},
		"a lot of one's own scheme":       {object, `epcList=["urn:example:lot:1"]`, ""},
		"a wrong check digit at GS1":      {object, `epcList=["https://id.gs1.org/01/04012345123457/21/1"]`, "/epcList/0 check-digit"},
		"a wrong check digit at a shop":   {object, `epcList=["https://shop.example.com/01/04012345123457/21/1"]`, ""},
		"a place with a wrong digit":      {object, `bizLocation={"id":"https://id.gs1.org/414/4012345000055"}`, "/bizLocation/id check-digit"},
		"a set and unset disposition":     {object, `persistentDisposition={"set":["active"],"unset":["inactive","active"]}`, "/persistentDisposition/set/0 set-and-unset"},
		"a correction by itself":          {object, `eventID="urn:x:e" errorDeclaration={"declarationTime":"2026-11-03T07:15:00Z","correctiveEventIDs":["urn:x:f","urn:x:e"]}`, "/errorDeclaration/correctiveEventIDs/1 self-correction"},
		"aggregated into nothing":         {aggregation, `-parentID`, " parent-needed"},
		"seen without their parent":       {aggregation, `-parentID action="OBSERVE"`, ""},
		"its own child":                   {aggregation, `childEPCs=["urn:x:1","https://example.com/00/040123450000003338"]`, "/childEPCs/1 own-child"},
		"a lot among children":            {aggregation, `childEPCs=["urn:epc:class:lgtin:4012345.012345.L1"]`, "/childEPCs/0 class-as-single"},
		"negative amount of children":     {aggregation, `childQuantityList=[{"epcClass":"urn:x:c","quantity":-1}]`, "/childQuantityList/0/quantity negative"},
		"a lot in and out":                {transformation, `outputEPCList=["urn:x:1"]`, ""},
		"negative output":                 {transformation, `outputQuantityList=[{"epcClass":"urn:x:c","quantity":-1}]`, "/outputQuantityList/0/quantity negative"},
		"a lot among the inputs":          {transformation, `inputEPCList=["urn:epc:class:lgtin:4012345.012345.L1"]`, "/inputEPCList/0 class-as-single"},
		"read at the event":               {object, reading(`"time":"2026-11-02T08:15:00+01:00"`, ``), ""},
		"read after the event":            {object, reading(`"time":"2026-11-02T07:15:00.001Z"`, ``), "/sensorElementList/0/sensorMetadata/time sensor-after-event"},
		"one report after the event":      {object, reading(``, `,"time":"2026-11-03T07:15:00Z"`), at + "time sensor-after-event"},
		"a period backwards":              {object, reading(`"startTime":"2026-11-01T02:00:00Z","endTime":"2026-11-01T01:00:00Z"`, ``), "/sensorElementList/0/sensorMetadata/startTime time-order"},
		"a device said twice":             {object, reading(`"deviceID":"urn:x:d"`, `,"deviceID":"urn:x:d"`), at + "deviceID said-twice"},
		"a method said twice":             {object, reading(`"dataProcessingMethod":"urn:x:d"`, `,"dataProcessingMethod":"urn:x:e"`), at + "dataProcessingMethod said-twice"},
		"a device for one report":         {object, reading(`"time":"2026-11-02T07:00:00Z"`, `,"deviceID":"urn:x:d"`), ""},
		"negative deviation":              {object, reading(``, `,"sDev":-0.1`), at + "sDev negative"},
		"a negative reading":              {object, reading(``, `,"value":-3`), ""},
		"the 101st percentile":            {object, reading(``, `,"percRank":101`), at + "percRank percentile"},
		"least above most":                {object, reading(``, `,"minValue":3,"maxValue":2.99`), at + "minValue value-order"},
		"mean above most":                 {object, reading(``, `,"minValue":1,"meanValue":3,"maxValue":2`), at + "meanValue value-order"},
		"equal least, mean and most":      {object, reading(``, `,"minValue":1.0,"meanValue":1,"maxValue":1e0`), ""},
		"an assay in an unknown unit":     {object, reading(``, `,"chemicalSubstance":"urn:x:nd","value":1,"uom":"QQQ"`), at + "uom unit"},
		"a reading in a unit of its own":  {object, reading(``, `,"value":1,"uom":"QQQ"`), ""},
		"two things wrong, both are told": {object, `eventTime="1800-01-01T00:00:00Z" quantityList=[{"epcClass":"urn:x:c","quantity":-1}]`, "/eventTime year, /quantityList/0/quantity negative"},
	} {
		t.Run(name, func(t *testing.T) {
			e, faults := DecodeEvent([]byte(changed(t, c.base, c.change)), nil)
			if len(faults) > 0 {
				t.Fatalf("the structure is not sound: %v", faults)
			}
			var got []string
			for _, f := range CheckMeaning(e, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)) {
				got = append(got, f.Pointer+" "+f.Rule)
				if passOf(f.Rule) != Meaning || f.Message == "" {
					t.Errorf("fault %+v", f)
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("faults %q, want %q", strings.Join(got, ", "), c.want)
			}
		})
	}
	e, _ := DecodeEvent([]byte(object), nil)
	e.Time.Time = e.Time.AddDate(100, 0, 0)
	if f := CheckMeaning(e, time.Time{}); len(f) > 0 {
		t.Errorf("without a time of receipt: %v", f)
	}
	if f := (Faults{{"/a", "unit", "m", "h"}}).Under("/b/0"); f[0].Pointer != "/b/0/a" || f[0].String() != "/b/0/a: m: h (unit)" {
		t.Errorf("%v", f)
	}
}
