package epcis

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/gs1"
)

// TestHashInvariance: the same event written otherwise has the same hash, and a changed one another.
func TestHashInvariance(t *testing.T) {
	_, events, _, err := readAll(bytes.NewReader(ownDocuments(t)["mine_to_oxide.json"]))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := events[rapid.IntRange(0, 6).Draw(t, "event")]
		want, err := e.Identity()
		if err != nil {
			t.Fatal(err)
		}
		var v any
		dec := json.NewDecoder(bytes.NewReader(e.AppendJSON(nil)))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		text := reshaped(t, "", v)
		again, faults := DecodeEvent([]byte(text), nil)
		if len(faults) > 0 {
			t.Fatalf("%v\n%s", faults, text)
		}
		if got, _ := again.Identity(); got != want {
			t.Fatalf("written otherwise the event has another identity:\n%s\n%s\n%s", e.PreHash(), again.PreHash(), text)
		}
		// What does not enter may change.
		again.ID, again.RecordTime, again.Certification = "urn:x:other", Time{}, nil
		if got, _ := again.Identity(); got != want {
			t.Fatal("eventID, recordTime or certificationInfo enter the identity")
		}
		// What enters may not.
		switch rapid.IntRange(0, 4).Draw(t, "change") {
		case 0:
			again.Time.Time = again.Time.Add(1_000_000)
		case 1:
			again.BizStep += "x"
		case 2:
			again.EPCs = append(again.EPCs, "urn:x:more")
		case 3:
			again.Extra = append(again.Extra, Field{"x:more", json.RawMessage(`1`)})
		case 4:
			if again.Error == nil {
				again.Error = &ErrorDeclaration{Time: again.Time}
			} else {
				again.Error.Reason = "did_not_occur"
			}
		}
		if got, _ := again.Identity(); got == want {
			t.Fatal("a changed event keeps its identity")
		}
	})
}

// reshaped writes a value with its members and the elements of its lists in another order, numbers with other digits, identifiers as
// Digital Links of another domain.
func reshaped(t *rapid.T, name string, v any) string {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for n := range v {
			names = append(names, n)
		}
		names = rapid.Permutation(sorted(names)).Draw(t, "members")
		parts := make([]string, len(names))
		for i, n := range names {
			quoted, _ := json.Marshal(n)
			parts[i] = string(quoted) + " : " + reshaped(t, n, v[n])
		}
		return "{ " + strings.Join(parts, " , ") + " }"
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = reshaped(t, "", v[i])
		}
		if name != "@context" && len(parts) > 1 { // in a context the later entry counts
			parts = rapid.Permutation(parts).Draw(t, "elements")
		}
		return "[\n" + strings.Join(parts, ",\n") + "\n]"
	case json.Number:
		if s := string(v); !strings.ContainsAny(s, "eE") && rapid.Bool().Draw(t, "digits") {
			if strings.Contains(s, ".") {
				return s + "00"
			}
			return s + ".0"
		}
		return string(v)
	case string:
		if id, ok := gs1.ParseURN(v); ok && rapid.Bool().Draw(t, "link") {
			v = strings.Replace(id.Link(), "https://id.gs1.org/", "https://trace.example.com/ids/", 1) + "?17=271231"
		}
		quoted, _ := json.Marshal(v)
		return string(quoted)
	}
	out, _ := json.Marshal(v)
	return string(out)
}

func sorted(names []string) []string {
	for i := range names {
		for j := range i {
			if names[i] < names[j] {
				names[i], names[j] = names[j], names[i]
			}
		}
	}
	return names
}

// TestIdentity: an error declaration makes another entry of the same event, and each declaration its own.
func TestIdentity(t *testing.T) {
	const text = `{"@context":{"x":"https://ns.example.com/x/"},"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE","epcList":[]`
	seen := map[Hash]string{}
	for _, declaration := range []string{
		``,
		`,"errorDeclaration":{"declarationTime":"2026-11-03T07:15:00Z"}`,
		`,"errorDeclaration":{"declarationTime":"2026-11-03T07:15:01Z"}`,
		`,"errorDeclaration":{"declarationTime":"2026-11-03T07:15:00Z","reason":"incorrect_data"}`,
		`,"errorDeclaration":{"declarationTime":"2026-11-03T07:15:00Z","correctiveEventIDs":["urn:x:1","urn:x:2"]}`,
		`,"errorDeclaration":{"declarationTime":"2026-11-03T07:15:00Z","x:by":"urn:x:1"}`,
	} {
		e, faults := DecodeEvent([]byte(text+declaration+"}"), nil)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		id, err := e.Identity()
		if err != nil {
			t.Fatal(err)
		}
		if other, again := seen[id]; again {
			t.Errorf("%q and %q have one identity", declaration, other)
		}
		seen[id] = declaration
	}
	one, _ := DecodeEvent([]byte(text+`,"errorDeclaration":{"reason":"did_not_occur","correctiveEventIDs":["urn:x:2","urn:x:1"],"declarationTime":"2026-11-03T07:15:00Z"}}`), nil)
	two, _ := DecodeEvent([]byte(text+`,"errorDeclaration":{"declarationTime":"2026-11-03T08:15:00.0004+01:00","correctiveEventIDs":["urn:x:1","urn:x:2"],"reason":"did_not_occur"}}`), nil)
	a, _ := one.Identity()
	if b, _ := two.Identity(); a != b {
		t.Error("one declaration written in two ways has two identities")
	}
	if _, err := (&Event{Type: ObjectEvent}).CBVHash(); err == nil || (&Event{}).PreHash() != "" {
		t.Error("an event without a time has a hash")
	}
	broken := &Event{Type: ObjectEvent, Time: one.Time, Extra: []Field{{"x:a", json.RawMessage(`{"b":`)}}}
	if _, err := broken.CBVHash(); err == nil || !strings.Contains(err.Error(), "x:a") {
		t.Errorf("an extension that is no JSON: %v", err)
	}
	for _, s := range []string{"", "ni:///sha-256;00?ver=CBV2.0", a.String(), strings.Replace(a.NI(), "2.0", "2.1", 1), strings.Replace(a.NI(), a.String()[:1], "g", 1)} {
		if _, err := ParseNI(s); err == nil {
			t.Errorf("%q is taken for a hash id", s)
		}
	}
}
