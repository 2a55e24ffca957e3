package epcis

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// FuzzDecode: no text makes the decoder panic; what is accepted goes out and comes in again the same, with the same hash.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/hash/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(b), "\n-- event\n")
		event, _, _ := strings.Cut(rest, "\n-- canonical\n")
		f.Add([]byte(event))
	}
	for _, text := range ownDocuments(f) {
		r := NewReader(bytes.NewReader(text))
		for {
			e, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				f.Fatal(err)
			}
			f.Add(e.AppendJSON(nil))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		e, faults := DecodeEvent(text, nil)
		for _, fault := range faults {
			if passOf(fault.Rule) == "" || fault.Message == "" {
				t.Errorf("fault %+v", fault)
			}
		}
		if e == nil {
			if len(faults) == 0 {
				t.Error("neither event nor fault")
			}
			return
		}
		e.PreHash() // whatever was read, no panic
		CheckMeaning(e, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
		if len(faults) > 0 {
			return
		}
		out := e.AppendJSON(nil)
		if !json.Valid(out) {
			t.Fatalf("no JSON: %s", out)
		}
		again, faults := DecodeEvent(out, nil)
		if len(faults) > 0 {
			t.Fatalf("%s\nis refused: %v", out, faults)
		}
		if !reflect.DeepEqual(e, again) {
			t.Fatalf("%s\ncomes back as\n%s", out, again.AppendJSON(nil))
		}
		h1, err1 := e.Identity()
		h2, err2 := again.Identity()
		if h1 != h2 || (err1 == nil) != (err2 == nil) {
			t.Fatalf("the identity changes: %s, %v; %s, %v", h1, err1, h2, err2)
		}
	})
}

// FuzzReader: no document makes the reader panic or go on for ever.
func FuzzReader(f *testing.F) {
	for _, text := range ownDocuments(f) {
		f.Add(text)
	}
	f.Add([]byte(`{"epcisBody":{"eventList":[{"type":"ObjectEvent"}]},"@context":{}}`))
	f.Add([]byte(`[{},5,[]]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		seeking, n, faults1, err1 := readAll(bytes.NewReader(text))
		stream, m, faults2, err2 := readAll(io.MultiReader(bytes.NewReader(text)))
		if len(n) != len(m) || (err1 == nil) != (err2 == nil) || len(faults1) != len(faults2) || !reflect.DeepEqual(seeking, stream) && err1 == nil {
			t.Errorf("a source that can seek gives %d events, %v, %v; one that can not %d, %v, %v", len(n), faults1, err1, len(m), faults2, err2)
		}
	})
}
