package record_test

import (
	"bytes"
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/supply"
)

const context = `"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"lode":"urn:lodestone:voc:"}]`

const made = `{` + context + `,"type":"TransformationEvent","eventID":"urn:uuid:5c4e0f2e-0001-4000-8000-000000000001",
"eventTime":"2026-05-01T10:00:00Z","eventTimeZoneOffset":"-06:00","recordTime":"2026-05-01T11:00:00Z",
"certificationInfo":["https://example.com/cert/1"],"bizStep":"urn:lodestone:phase:separated",
"readPoint":{"id":"urn:lodestone:facility:X"},
"inputQuantityList":[{"epcClass":"urn:lodestone:lot:carbonate-1","quantity":1000,"uom":"KGM"}],
"outputQuantityList":[{"epcClass":"urn:lodestone:lot:oxide-1","quantity":400.50,"uom":"KGM"}],
"lode:campaign":{"name":"spring","days":3}}`

var received = time.Date(2026, 5, 2, 8, 0, 0, 123_456_789, time.FixedZone("", 3600))

func event(t *testing.T, text string) *epcis.Event {
	t.Helper()
	ev, faults := epcis.DecodeEvent([]byte(text), nil)
	if len(faults) > 0 {
		t.Fatalf("%v\n%s", faults, text)
	}
	return ev
}

func entry(t *testing.T, author supply.PartyID, text string) record.Entry {
	t.Helper()
	e, err := record.NewEvent(author, received, event(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSameEntry(t *testing.T) {
	base := entry(t, "urn:party:a", made)
	replace := func(old, new string) string {
		if !strings.Contains(made, old) {
			t.Fatalf("no %q in the event", old)
		}
		return strings.Replace(made, old, new, 1)
	}
	swapped := `{"type":"TransformationEvent","lode:campaign":{"days":3,"name":"spring"},` + strings.TrimPrefix(
		strings.Replace(strings.Replace(made, `,"lode:campaign":{"name":"spring","days":3}`, "", 1), `"type":"TransformationEvent",`, "", 1), "{")
	swapped = strings.Replace(swapped, ",\n\"lode:campaign\":{\"name\":\"spring\",\"days\":3}", "", 1)
	for name, text := range map[string]string{
		"keys in another order":        swapped,
		"time in another zone":         replace("2026-05-01T10:00:00Z", "2026-05-01T12:00:00.000+02:00"),
		"number spelled otherwise":     replace("400.50", "4.005e2"),
		"another prefix":               strings.ReplaceAll(strings.ReplaceAll(made, `"lode"`, `"other"`), "lode:campaign", "other:campaign"),
		"another record time":          replace("2026-05-01T11:00:00Z", "2026-05-03T11:00:00Z"),
		"certificate as one, not list": replace(`["https://example.com/cert/1"]`, `"https://example.com/cert/1"`),
	} {
		t.Run(name, func(t *testing.T) {
			e := entry(t, "urn:party:a", text)
			if e.ID != base.ID || e.EventID != base.EventID {
				t.Errorf("became another entry: %s and %s", e.ID, base.ID)
			}
		})
	}
	for name, text := range map[string]string{
		"another eventID":      replace("000000000001", "000000000002"),
		"another certificate":  replace("cert/1", "cert/2"),
		"one more certificate": replace(`["https://example.com/cert/1"]`, `["https://example.com/cert/1","https://example.com/cert/0"]`),
	} {
		t.Run(name, func(t *testing.T) {
			e := entry(t, "urn:party:a", text)
			if e.ID == base.ID || e.EventID != base.EventID {
				t.Errorf("must be another entry of the same event")
			}
		})
	}
	for name, text := range map[string]string{
		"another amount": replace("400.50", "400.51"),
		"error declared": replace(`"bizStep"`, `"errorDeclaration":{"declarationTime":"2026-05-04T00:00:00Z"},"bizStep"`),
		"extension":      replace("spring", "summer"),
	} {
		t.Run(name, func(t *testing.T) {
			e := entry(t, "urn:party:a", text)
			if e.ID == base.ID || e.EventID == base.EventID {
				t.Errorf("must be another event")
			}
		})
	}
	other := entry(t, "urn:party:b", made)
	if other.ID == base.ID || other.EventID != base.EventID {
		t.Error("two authors of one event must make two entries with one event identity")
	}
	if e := entry(t, supply.Unattributed, made); e.ID == base.ID || e.EventID != base.EventID {
		t.Error("an unattributed event must be an entry of its own")
	}
}

func TestEntryOfEvent(t *testing.T) {
	e := entry(t, "urn:party:a", made)
	if want := time.Date(2026, 5, 2, 7, 0, 0, 123_000_000, time.UTC); !e.Received.Equal(want) || e.Received.Location() != time.UTC {
		t.Errorf("received %v, want %v", e.Received, want)
	}
	if e.Kind != record.Event || e.Seq != 0 || e.Claim != nil || e.Event == nil {
		t.Errorf("the entry is %+v", e)
	}
	if !bytes.Contains(e.Body, []byte(`"@context"`)) || !bytes.Contains(e.Body, []byte("400.50")) {
		t.Errorf("the body must stand alone, with its digits: %s", e.Body)
	}
	committed := record.AppendCommitted([]byte("before"), e)
	if !bytes.HasPrefix(committed, []byte("before")) {
		t.Error("AppendCommitted does not append")
	}
	back, err := record.Decode(committed[len("before"):])
	if err != nil {
		t.Fatal(err)
	}
	if back.ID != e.ID || back.EventID != e.EventID || !back.Received.Equal(e.Received) || back.Author != e.Author || !bytes.Equal(back.Body, e.Body) {
		t.Errorf("came back as %+v", back)
	}
	if !bytes.Equal(back.Event.AppendJSON(nil), e.Body) {
		t.Error("the event came back as another")
	}
}

func TestEntryOfStatement(t *testing.T) {
	claim := &supply.Statement{Party: &supply.Party{ID: "urn:party:b", Name: "B"}}
	e, err := record.NewStatement("urn:party:a", received, claim)
	if err != nil {
		t.Fatal(err)
	}
	if e.Kind != record.Statement || e.Event != nil || e.Claim == nil || e.EventID != (epcis.Hash{}) {
		t.Errorf("the entry is %+v", e)
	}
	back, err := record.Decode(record.AppendCommitted(nil, e))
	if err != nil {
		t.Fatal(err)
	}
	if back.ID != e.ID || !reflect.DeepEqual(back.Claim, e.Claim) {
		t.Errorf("came back as %+v", back)
	}
	other, err := record.NewStatement("urn:party:b", received, claim)
	if err != nil || other.ID == e.ID {
		t.Errorf("another author's statement has the same ID (%v)", err)
	}
	later, err := record.NewStatement("urn:party:a", received.Add(time.Hour), claim)
	if err != nil || later.ID != e.ID {
		t.Errorf("a statement received again has another ID (%v)", err)
	}
}

// TestWorkedExample keeps the package comment true.
func TestWorkedExample(t *testing.T) {
	e, err := record.NewStatement("urn:party:a", time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC), &supply.Statement{Retract: "ab"})
	if err != nil {
		t.Fatal(err)
	}
	got := hex.EncodeToString(record.AppendCommitted(nil, e))
	want := "01" + "02" + "0000019de0d5c800" + "0b" + "75726e3a70617274793a61" + "7b2272657472616374223a226162227d"
	if got != want {
		t.Errorf("committed bytes are %s, the package comment says %s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	ev := event(t, made)
	for name, author := range map[string]supply.PartyID{
		"no scheme": "ramaco", "blank": "urn:party:a b", "control": "urn:party:\x00", "empty scheme": ":x", "nothing after": "urn:",
		"bad scheme": "1urn:x", "not UTF-8": "urn:\xff", "too long": supply.PartyID("urn:" + strings.Repeat("x", 3000)), "newline": "urn:a\n",
	} {
		if _, err := record.NewEvent(author, received, ev); err == nil {
			t.Errorf("author %s: %q was taken", name, author)
		}
	}
	for _, author := range []supply.PartyID{"", "urn:epc:id:pgln:0614141.00000", "https://id.gs1.org/417/0614141000005", "did:web:example.com"} {
		if _, err := record.NewEvent(author, received, ev); err != nil {
			t.Errorf("author %q: %v", author, err)
		}
	}
	if _, err := record.NewEvent("", time.Time{}, ev); err == nil {
		t.Error("an entry without a time of receipt was made")
	}
	if _, err := record.NewEvent("", received, nil); err == nil {
		t.Error("an entry without an event was made")
	}
	if _, err := record.NewStatement("", received, nil); err == nil {
		t.Error("an entry without a statement was made")
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := record.AppendCommitted(nil, entry(t, "urn:party:a", made))
	change := func(at int, to byte) []byte {
		b := bytes.Clone(good)
		b[at] = to
		return b
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "head only": good[:9], "no author length": good[:10], "newer form": change(0, 2), "unknown kind": change(1, 3), "kind 0": change(1, 0),
		"event as statement": change(1, 2), "author longer than the rest": append(bytes.Clone(good[:10]), 0xff, 0x7f), "cut body": good[:len(good)-1],
		"length spelled long": append(append(bytes.Clone(good[:10]), 0x8b, 0), good[11:]...), "no body": good[:22],
	} {
		if _, err := record.Decode(b); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
}

func TestMentions(t *testing.T) {
	got := record.Mentions(entry(t, "urn:party:a", made))
	want := []string{"https://example.com/cert/1", "urn:lodestone:facility:X", "urn:lodestone:lot:carbonate-1", "urn:lodestone:lot:oxide-1", "urn:party:a",
		"urn:uuid:5c4e0f2e-0001-4000-8000-000000000001"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("mentions %q, want %q", got, want)
	}
}

// TestMentionsEveryIdentifier fills every text of every kind of statement and insists that what is an identifier is mentioned.
func TestMentionsEveryIdentifier(t *testing.T) {
	s := supply.Statement{
		Party:     &supply.Party{ID: "p"},
		Facility:  &supply.Facility{ID: "f", Operator: "fo", Within: "fw"},
		Material:  &supply.Material{ID: "m"},
		Lot:       &supply.Lot{ID: "l", Material: "lm"},
		Agreement: &supply.Agreement{ID: "a", Parties: []string{"ap1", "ap2"}},
		Document:  &supply.Document{ID: "d", Signer: "ds", URI: "du", About: []string{"da"}},
	}
	got := record.Mentions(record.Entry{Kind: record.Statement, Claim: &s})
	if want := []string{"a", "ap1", "ap2", "d", "da", "ds", "du", "f", "fo", "fw", "l", "lm", "m", "p"}; !reflect.DeepEqual(got, want) {
		t.Errorf("mentions %q, want %q", got, want)
	}
}

func TestParseID(t *testing.T) {
	id := entry(t, "", made).ID
	if back, err := record.ParseID(id.String()); err != nil || back != id {
		t.Errorf("came back as %s, %v", back, err)
	}
	for _, bad := range []string{"", "xy", id.String()[1:], id.String() + "00"} {
		if _, err := record.ParseID(bad); err == nil {
			t.Errorf("took %q", bad)
		}
	}
}
