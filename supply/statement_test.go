package supply

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"lodestone/epcis"
	"lodestone/quantity"
)

// samples are statements that are right, each with its stored form.
func samples() map[string]struct {
	s    Statement
	want string
} {
	hash := strings.Repeat("ab", 32)
	return map[string]struct {
		s    Statement
		want string
	}{
		"party": {Statement{Party: &Party{ID: "urn:lodestone:party:ramaco", Name: "Ramaco"}}, `{"party":{"id":"urn:lodestone:party:ramaco","name":"Ramaco"}}`},
		"facility": {Statement{Valid: quantity.Period{From: quantity.MustDate("2027-01-01")}, Issued: "2026-11-23T09:00:00Z",
			Facility: &Facility{ID: "urn:lodestone:facility:CA-SRC-SXU", Name: "SRC <SX> & more", Country: "CA", Lat: "52.13", Lon: "-106.65", Planned: true,
				Operator: "urn:lodestone:party:src", Within: "urn:lodestone:facility:CA-SRC", Region: "Saskatchewan"}},
			`{"facility":{"country":"CA","id":"urn:lodestone:facility:CA-SRC-SXU","lat":"52.13","lon":"-106.65","name":"SRC <SX> & more","operator":"urn:lodestone:party:src","planned":true,"region":"Saskatchewan","within":"urn:lodestone:facility:CA-SRC"},"issued":"2026-11-23T09:00:00Z","valid":{"from":"2027-01-01"}}`},
		"material": {Statement{Material: &Material{ID: "urn:x:m", Name: "arc", Kind: "NdFeB magnet", Form: "finished", Constituents: []string{"Nd", "Fe", "B"},
			PieceMass: "0.025", COTS: new(false), Fractions: []Fraction{{"Nd", "0.29", "0.002"}, {"Fe", "0.7", ""}}}},
			`{"material":{"constituents":["Nd","Fe","B"],"cots":false,"form":"finished","fractions":[{"element":"Nd","sd":"0.002","value":"0.29"},{"element":"Fe","value":"0.7"}],"id":"urn:x:m","kind":"NdFeB magnet","name":"arc","piece_mass":"0.025"}}`},
		"lot":       {Statement{Lot: &Lot{ID: "urn:x:lot:1", Material: "urn:x:m", Note: "é\n\"q\""}}, `{"lot":{"id":"urn:x:lot:1","material":"urn:x:m","note":"é\n\"q\""}}`},
		"agreement": {Statement{Agreement: &Agreement{ID: "urn:x:a", Kind: "MOU", Parties: []string{"urn:x:p", "urn:x:q"}}}, `{"agreement":{"binding":false,"id":"urn:x:a","kind":"MOU","parties":["urn:x:p","urn:x:q"]}}`},
		"document":  {Statement{Document: &Document{ID: DocumentID("sha256:" + hash), Grade: "certificate", Dated: "2026-02-28"}}, `{"document":{"about":[],"dated":"2026-02-28","grade":"certificate","id":"sha256:` + hash + `"}}`},
		"determination": {Statement{Determination: &Determination{Kind: "nonavailability", Level: "individual", Contract: "W56-1", By: "head of the contracting activity"}},
			`{"determination":{"by":"head of the contracting activity","contract":"W56-1","kind":"nonavailability","level":"individual"}}`},
		"retract": {Statement{Retract: hash}, `{"retract":"` + hash + `"}`},
	}
}

func TestEncode(t *testing.T) {
	for name, w := range samples() {
		t.Run(name, func(t *testing.T) {
			if err := w.s.Check(); err != nil {
				t.Fatal(err)
			}
			b, err := Encode(&w.s)
			if err != nil || string(b) != w.want {
				t.Fatalf("%s, %v\nwant %s", b, err, w.want)
			}
			back, err := DecodeStatement(b)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := Encode(back); err != nil || !bytes.Equal(again, b) {
				t.Fatalf("it does not come back: %s, %v", again, err)
			}
		})
	}
}

// Another order, blanks, escapes and null for what is missing are the same statement, and so the same bytes.
func TestEncodeIsOneForm(t *testing.T) {
	want := `{"document":{"about":[],"grade":"audited","id":"x","name":"A"}}`
	for _, text := range []string{want, `{ "document": {"name":"\u0041","grade":"audited","id":"x","about":null} , "party": null }`,
		`{"document":{"id":"x","grade":"audited","name":"A"},"retract":"","valid":{}}`} {
		s, err := DecodeStatement([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if b, err := Encode(s); err != nil || string(b) != want {
			t.Errorf("%s: %s, %v", text, b, err)
		}
	}
	a, b := Statement{Material: &Material{Constituents: []string{}}}, Statement{Material: &Material{}}
	x, _ := Encode(&a)
	y, _ := Encode(&b)
	if !bytes.Equal(x, y) {
		t.Errorf("a missing list and an empty one differ: %s, %s", x, y)
	}
	if a.Material.Constituents == nil {
		t.Error("Encode changed its argument")
	}
	if _, err := Encode(&Statement{Party: &Party{Name: "\xff"}}); err == nil {
		t.Error("invalid UTF-8 is encoded")
	}
}

func TestDecodeIsStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown name": `{"party":{"id":"urn:x:p","name":"P","colour":"red"}}`, "unknown subject": `{"weather":{}}`, "duplicate": `{"retract":"a","retract":"b"}`,
		"duplicate inside": `{"party":{"id":"urn:x:p","id":"urn:x:q","name":"P"}}`, "other case": `{"Party":{"id":"urn:x:p","name":"P"}}`,
		"trailing": `{"retract":"a"} {}`, "not an object": `[]`, "empty": ``, "number for text": `{"retract":1}`, "bad UTF-8": "{\"retract\":\"\xff\"}",
		"bad day": `{"retract":"a","valid":{"from":"yesterday"}}`, "cut": `{"retract":"a"`,
	} {
		if s, err := DecodeStatement([]byte(text)); err == nil {
			t.Errorf("%s: %s is read as %+v", name, text, s)
		}
	}
}

func TestCheck(t *testing.T) {
	hash := strings.Repeat("0", 64)
	facility := func(change func(*Facility)) Statement {
		f := &Facility{ID: "urn:x:f", Name: "F", Country: "US"}
		change(f)
		return Statement{Facility: f}
	}
	material := func(change func(*Material)) Statement {
		m := &Material{ID: "urn:x:m", Name: "M", Kind: "oxide"}
		change(m)
		return Statement{Material: m}
	}
	for name, w := range map[string]struct {
		s    Statement
		want []string // pointer and rule of every fault, in order
	}{
		"nothing":           {Statement{}, []string{" statement-one-subject"}},
		"two subjects":      {Statement{Retract: hash, Lot: &Lot{ID: "urn:x:l", Material: "urn:x:m"}}, []string{" statement-one-subject"}},
		"retract":           {Statement{Retract: "ABC"}, []string{"/retract statement-id"}},
		"period":            {Statement{Retract: hash, Valid: quantity.Period{From: 10, Until: 9}}, []string{"/valid statement-date"}},
		"issued":            {Statement{Retract: hash, Issued: "2026-01-01"}, []string{"/issued statement-date"}},
		"country":           {facility(func(f *Facility) { f.Country = "UK" }), []string{"/facility/country statement-word"}},
		"lower case":        {facility(func(f *Facility) { f.Country = "us" }), []string{"/facility/country statement-word"}},
		"id":                {facility(func(f *Facility) { f.ID = "Euclid" }), []string{"/facility/id statement-id"}},
		"no id, no name":    {facility(func(f *Facility) { f.ID, f.Name = "", " " }), []string{"/facility/id statement-required", "/facility/name statement-required"}},
		"half a place":      {facility(func(f *Facility) { f.Lat = "1" }), []string{"/facility/lat statement-required"}},
		"off the globe":     {facility(func(f *Facility) { f.Lat, f.Lon = "90.1", "-181" }), []string{"/facility/lat statement-number", "/facility/lon statement-number"}},
		"poles":             {facility(func(f *Facility) { f.Lat, f.Lon = "-90", "180" }), nil},
		"not a number":      {facility(func(f *Facility) { f.Lat, f.Lon = "north", "0" }), []string{"/facility/lat statement-number"}},
		"within itself":     {facility(func(f *Facility) { f.Within = "urn:x:f" }), []string{"/facility/within statement-id"}},
		"control character": {facility(func(f *Facility) { f.Note = "a\x00b" }), []string{"/facility/note statement-text"}},
		"endless":           {facility(func(f *Facility) { f.Note = strings.Repeat("x", 5000) }), []string{"/facility/note statement-text"}},
		"bad UTF-8":         {facility(func(f *Facility) { f.Region = "\xff" }), []string{"/facility/region statement-text"}},
		"kind":              {material(func(m *Material) { m.Kind = "magnet" }), []string{"/material/kind statement-word"}},
		"no kind":           {material(func(m *Material) { m.Kind = "" }), []string{"/material/kind statement-word"}},
		"form":              {material(func(m *Material) { m.Form = "pyramid" }), []string{"/material/form statement-word"}},
		"element":           {material(func(m *Material) { m.Constituents = []string{"Nd", "NdPr", "Nd"} }), []string{"/material/constituents/1 statement-word", "/material/constituents/2 statement-word"}},
		"piece mass":        {material(func(m *Material) { m.PieceMass = "0" }), []string{"/material/piece_mass statement-number"}},
		"fraction":          {material(func(m *Material) { m.Fractions = []Fraction{{"Nd", "29", "-1"}} }), []string{"/material/fractions/0/value statement-number", "/material/fractions/0/sd statement-number"}},
		"too much":          {material(func(m *Material) { m.Fractions = []Fraction{{"Nd", "0.6", ""}, {"Fe", "0.6", ""}} }), []string{"/material/fractions statement-number"}},
		"lot":               {Statement{Lot: &Lot{}}, []string{"/lot/id statement-required", "/lot/material statement-required"}},
		"agreement":         {Statement{Agreement: &Agreement{ID: "urn:x:a"}}, []string{"/agreement/kind statement-required", "/agreement/parties statement-required"}},
		"party twice":       {Statement{Agreement: &Agreement{ID: "urn:x:a", Kind: "MOU", Parties: []string{"urn:x:p", "urn:x:p"}}}, []string{"/agreement/parties/1 statement-id"}},
		"document": {Statement{Document: &Document{ID: "sha256:1", Grade: "gold", Dated: "1 May", URI: "cert", About: []string{"lot"}}},
			[]string{"/document/id statement-id", "/document/dated statement-date", "/document/grade statement-word", "/document/uri statement-id", "/document/about/0 statement-id"}},
		"determination": {Statement{Determination: &Determination{Kind: "mercy", Level: "royal"}},
			[]string{"/determination/kind statement-word", "/determination/level statement-word", "/determination/by statement-required"}},
		"individual without contract": {Statement{Determination: &Determination{Kind: "nonavailability", Level: "individual", By: "HCA"}}, []string{"/determination/contract statement-required"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			if err := w.s.Check(); err != nil {
				var fs epcis.Faults
				if !errors.As(err, &fs) {
					t.Fatalf("error of type %T", err)
				}
				for _, f := range fs {
					got = append(got, f.Pointer+" "+f.Rule)
					if f.Message == "" {
						t.Errorf("%s: no message", f.Pointer)
					}
				}
			}
			if !slices.Equal(got, w.want) {
				t.Errorf("faults %q, want %q", got, w.want)
			}
		})
	}
}

func TestCheckURI(t *testing.T) {
	for _, id := range []string{"urn:x:1", "https://id.gs1.org/01/09506000134352/10/A%2FB?x=1#y", "sha256:ab", "a+b-c.d:e", "urn:epc:id:sgtin:4012345.011111.9876"} {
		if err := CheckURI(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range []string{"", "lot", ":x", "urn:", "1a:b", "urn:a b", "urn:é", "urn:<x>", "a b:c", "urn:%zz", "urn:%4", "urn:x\n", "urn:" + strings.Repeat("x", 3000)} {
		if err := CheckURI(id); err == nil {
			t.Errorf("%q is a URI", id)
		}
	}
}

func FuzzDecodeStatement(f *testing.F) {
	for _, w := range samples() {
		f.Add([]byte(w.want))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := DecodeStatement(b)
		if err != nil {
			return
		}
		_ = s.Check()
		x, err := Encode(s)
		if err != nil {
			t.Fatalf("decoded, and not encoded: %v", err)
		}
		back, err := DecodeStatement(x)
		if err != nil {
			t.Fatalf("%s is not decoded: %v", x, err)
		}
		if y, err := Encode(back); err != nil || !bytes.Equal(x, y) {
			t.Fatalf("%s comes back as %s, %v", x, y, err)
		}
	})
}
