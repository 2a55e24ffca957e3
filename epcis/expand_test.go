package epcis

import "testing"

func TestExpand(t *testing.T) {
	e := &Event{Context: []byte(`["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"x":"https://ns.example.com/x/","mined":"urn:lodestone:phase:mined","t":{"@id":"https://ns.example.com/t#","@prefix":true},"gs1":"urn:x:no"},{"x":"https://ns.example.com/y/"}]`)}
	for name, want := range map[string]string{
		"receiving":                  "https://ref.gs1.org/cbv/BizStep-receiving",
		"in_transit":                 "https://ref.gs1.org/cbv/Disp-in_transit",
		"po":                         "https://ref.gs1.org/cbv/BTT-po",
		"location":                   "https://ref.gs1.org/cbv/SDT-location",
		"did_not_occur":              "https://ref.gs1.org/cbv/ER-did_not_occur",
		"longitude":                  "https://ref.gs1.org/cbv/Comp-longitude",
		"MassConcentration":          "https://ref.gs1.org/voc/MassConcentration",
		"ALARM_CONDITION":            "https://ref.gs1.org/voc/ALARM_CONDITION",
		"cbv:BizStep-receiving":      "https://ref.gs1.org/cbv/BizStep-receiving",
		"gs1:Mass":                   "https://ref.gs1.org/voc/Mass",
		"epcis:ObjectEvent":          "https://ref.gs1.org/epcis/ObjectEvent",
		"cbvmda:lotNumber":           "urn:epcglobal:cbv:mda:lotNumber",
		"urn:epcglobal:cbv:btt:po":   "https://ref.gs1.org/cbv/BTT-po",
		"urn:epcglobal:cbv:bt:1:2":   "urn:epcglobal:cbv:bt:1:2",
		"x:a":                        "https://ns.example.com/y/a",
		"t:a":                        "https://ns.example.com/t#a",
		"mined":                      "urn:lodestone:phase:mined",
		"urn:lodestone:phase:melted": "urn:lodestone:phase:melted",
		"https://example.com/a":      "https://example.com/a",
		"unknown:a":                  "unknown:a",
		"nothing":                    "nothing",
		"":                           "",
	} {
		if got := e.Expand(name); got != want {
			t.Errorf("Expand(%q) = %q, want %q", name, got, want)
		}
	}
	for _, context := range []string{"", `"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"`, `{"a":1,"b":[{}],"c":null}`, `[[],{}]`, `{`, `[{"a":`} {
		e := &Event{Context: []byte(context)}
		if got := e.Expand("gs1:Mass"); got != "https://ref.gs1.org/voc/Mass" {
			t.Errorf("context %q: %q", context, got)
		}
	}
	full := &Event{BizStep: "shipping", Disposition: "x:own", Context: e.Context}
	if full.BizStepURI() != "https://ref.gs1.org/cbv/BizStep-shipping" || full.DispositionURI() != "https://ns.example.com/y/own" || (&Event{}).BizStepURI() != "" {
		t.Errorf("%q, %q", full.BizStepURI(), full.DispositionURI())
	}
}

// TestVocabulariesAreApart: Expand may look for a word in all vocabularies, for no word stands in two.
func TestVocabulariesAreApart(t *testing.T) {
	seen := map[string]string{}
	total := 0
	for _, v := range []*vocabulary{&bizSteps, &dispositions, &transactionTypes, &sourceDestTypes, &errorReasons, &components, &measurements, &alerts} {
		for w := range v.words {
			if other, twice := seen[w]; twice {
				t.Errorf("%q is %s and %s", w, other, v.what)
			}
			seen[w] = v.what
			total++
		}
	}
	// CBV 2.0 and the schema: 41 steps, 33 dispositions, 13 and 3 types, 2 reasons, 14 components, 72 measurements, 2 alerts.
	if total != 41+33+13+3+2+14+72+2 {
		t.Errorf("%d words", total)
	}
}

func TestDecimals(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "+0.00": "0", "1.0": "1", "25.0": "25", "00120": "120", "0.3434000": "0.3434", "1e3": "1000", "1.5E-3": "0.0015", "-12.50": "-12.5",
		"+7": "7", ".5": "0.5", "5.": "5", "1e400": "1" + zeros(400), "100": "100", "1230e-2": "12.3", "0.000e5": "0", "9007199254740993": "9007199254740993", "1e0000003": "1000",
	} {
		got, ok := appendDecimal(nil, in)
		if !ok || string(got) != want {
			t.Errorf("%s becomes %s, %v; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"-", "+", ".", "1e", "1e401", "1e-9999999999", "1,5", "0x10", "1_000", "1 000", "2026-11-23", "1.2.3", "--1", "1e5.5", "e5", "1e+"} {
		if got, ok := appendDecimal([]byte("x"), in); ok || string(got) != "x" {
			t.Errorf("%s is taken for %s", in, got)
		}
	}
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}
