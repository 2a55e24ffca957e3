package ledger

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/store"
	"lodestone/supply"
)

func TestCaptureTwice(t *testing.T) {
	l, _ := open(t)
	doc := document("", texts(0, 2500)...)
	var bytes, events int64
	res := capture(t, l, doc, CaptureOptions{Author: "urn:party:a", Progress: func(b, e int64) { bytes, events = b, e }})
	want := CaptureResult{Result: Result{Added: 2500, First: 1, Last: 2500}, Author: "urn:party:a", Events: 2500}
	if !reflect.DeepEqual(res, want) {
		t.Errorf("captured %+v, want %+v", res, want)
	}
	if bytes != int64(len(doc)) || events != 2500 {
		t.Errorf("progress ended at %d bytes of %d and %d events", bytes, len(doc), events)
	}
	again := capture(t, l, doc, CaptureOptions{Author: "urn:party:a"})
	if again.Added != 0 || again.Duplicates != 2500 || again.First != 0 {
		t.Errorf("captured again %+v", again)
	}
	other := capture(t, l, doc, CaptureOptions{Author: "urn:party:b"})
	if other.Added != 2500 || other.First != 2501 {
		t.Errorf("captured by another %+v", other)
	}
	got := entries(t, l, 1)
	for i, e := range got {
		if e.Seq != int64(i)+1 || e.Event.ID != fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", i%2500) || !e.Received.Equal(start) {
			t.Fatalf("entry %d is %d, %s, received %v", i+1, e.Seq, e.Event.ID, e.Received)
		}
		if i >= 2500 && (e.EventID != got[i-2500].EventID || e.ID == got[i-2500].ID) {
			t.Fatalf("entry %d: two authors of one event must share its identity and nothing else", i+1)
		}
	}
	if len(got) != 5000 {
		t.Errorf("%d entries", len(got))
	}
	clean(t, l)
}

func TestRefusedWhole(t *testing.T) {
	bad := strings.Replace(eventText(99_999), `"KGM"`, `"kgm?"`, 1)
	future := strings.Replace(eventText(1), "2026-05-01", "2027-05-01", 1)
	for name, make := range map[string]func() (*Ledger, store.Store){
		"in memory": func() (*Ledger, store.Store) { return open(t) },
		"in a file": func() (*Ledger, store.Store) { return openFile2(t) },
	} {
		t.Run(name, func(t *testing.T) {
			l, s := make()
			doc := document("", append(append(texts(0, 1500), bad, future), texts(1500, 3000)...)...)
			res, err := l.Capture(ctx, strings.NewReader(doc), CaptureOptions{Author: "urn:party:a"})
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("captured %+v, %v; want a refusal", res, err)
			}
			var at []string
			for _, f := range refusal.Faults {
				at = append(at, f.Pointer)
				if f.Rule == "" || f.Message == "" {
					t.Errorf("a fault without rule or message: %+v", f)
				}
			}
			if len(at) != 2 || !strings.HasPrefix(at[0], "/epcisBody/eventList/1500/inputQuantityList/0/uom") || at[1] != "/epcisBody/eventList/1501/eventTime" {
				t.Errorf("faults at %q", at)
			}
			if h, err := s.Log().Head(ctx); err != nil || h.Size != 0 {
				t.Errorf("a refused document left %d entries, %v", h.Size, err)
			}
			if res.Added != 0 {
				t.Errorf("the result says %+v", res)
			}
			res, err = l.Capture(ctx, strings.NewReader(doc), CaptureOptions{Author: "urn:party:a", Proceed: true})
			if err != nil || res.Added != 3000 || res.Refused != 2 || len(res.Faults) != 2 || res.Events != 3000 {
				t.Errorf("with proceed: added %d refused %d faults %v, %v", res.Added, res.Refused, res.Faults, err)
			}
			clean(t, l)
		})
	}
}

func openFile2(t *testing.T) (*Ledger, store.Store) {
	l, s := openFile(t, t.TempDir())
	return l, s
}

func TestCutShort(t *testing.T) {
	doc := document("", texts(0, 200)...)
	for _, at := range []int{1, 50, len(doc) / 2, len(doc) - 1} {
		l, s := open(t)
		_, err := l.Capture(ctx, strings.NewReader(doc[:at]), CaptureOptions{})
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("cut at %d: %v, want a refusal", at, err)
		}
		if h, _ := s.Log().Head(ctx); h.Size != 0 {
			t.Errorf("cut at %d: %d entries were recorded", at, h.Size)
		}
		res, err := l.Capture(ctx, strings.NewReader(doc[:at]), CaptureOptions{Proceed: true})
		if err != nil || len(res.Faults) == 0 || at > len(doc)/2 && res.Added < 90 {
			t.Errorf("cut at %d with proceed: %+v, %v", at, res, err)
		}
	}
	l, s := open(t)
	broken := errors.New("broken pipe")
	if _, err := l.Capture(ctx, io.MultiReader(strings.NewReader(doc[:len(doc)/2]), failing{broken}), CaptureOptions{}); !errors.Is(err, broken) {
		t.Errorf("a source that fails: %v", err)
	}
	if h, _ := s.Log().Head(ctx); h.Size != 0 {
		t.Errorf("a source that fails left %d entries", h.Size)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

const sender = `"sender":"urn:epc:id:pgln:0614141.00000",`

func TestAuthor(t *testing.T) {
	late := document("", texts(0, 300)...)
	late = strings.TrimSuffix(late, "}") + "," + strings.TrimSuffix(sender, ",") + "}"
	for _, c := range []struct {
		name, doc string
		given     supply.PartyID
		want      supply.PartyID
	}{
		{"given", document(sender, texts(0, 300)...), "urn:party:a", "urn:party:a"},
		{"sender", document(sender, texts(0, 300)...), "", "urn:epc:id:pgln:0614141.00000"},
		{"sender after the events", late, "", "urn:epc:id:pgln:0614141.00000"},
		{"nobody", document("", texts(0, 300)...), "", supply.Unattributed},
	} {
		for _, proceed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, proceed %v", c.name, proceed), func(t *testing.T) {
				l, _ := open(t)
				res := capture(t, l, c.doc, CaptureOptions{Author: c.given, Proceed: proceed})
				if res.Author != c.want || res.Added != 300 {
					t.Errorf("captured %+v", res)
				}
				for _, e := range entries(t, l, 1) {
					if e.Author != c.want {
						t.Fatalf("entry %d is by %q, want %q", e.Seq, e.Author, c.want)
					}
				}
				clean(t, l)
			})
		}
	}
	l, s := open(t)
	if _, err := l.Capture(ctx, strings.NewReader(late), CaptureOptions{Author: "no uri"}); err == nil {
		t.Error("an author that is no URI was taken")
	}
	if h, _ := s.Log().Head(ctx); h.Size != 0 {
		t.Error("and something was recorded")
	}
}

func TestKindsOfDocument(t *testing.T) {
	one := `{` + contextMember + `,` + eventText(1) + `}`
	two := `{` + contextMember + `,` + eventText(2) + `}`
	query := `{` + contextMember + `,"type":"EPCISQueryDocument","schemaVersion":"2.0","creationDate":"2026-05-02T00:00:00Z","epcisBody":{"queryResults":{"subscriptionID":"s","queryName":"q","resultsBody":{"eventList":[{` +
		eventText(1) + `},{` + eventText(2) + `}]}}}}`
	for name, c := range map[string]struct {
		doc   string
		added int
	}{"one event": {one, 1}, "array": {"[" + one + "," + two + "]", 2}, "query document": {query, 2}, "no events": {document(""), 0}} {
		t.Run(name, func(t *testing.T) {
			l, _ := open(t)
			if res := capture(t, l, c.doc, CaptureOptions{}); res.Added != c.added {
				t.Errorf("captured %+v, want %d", res, c.added)
			}
			res, err := l.Capture(ctx, io.MultiReader(strings.NewReader(c.doc)), CaptureOptions{}) // cannot be rewound
			if err != nil || res.Duplicates != c.added || res.Added != 0 {
				t.Errorf("captured again from a pipe %+v, %v", res, err)
			}
		})
	}
}

func TestMasterData(t *testing.T) {
	head := sender + `"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtyp:BusinessLocation","vocabularyElementList":[` +
		`{"id":"urn:lodestone:facility:1","attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"Separator"},{"id":"urn:epcglobal:cbv:mda#countryCode","attribute":"CA"},` +
		`{"id":"urn:example:nonsense","attribute":"x"}]}]}]}},`
	l, _ := open(t)
	res := capture(t, l, document(head, texts(0, 3)...), CaptureOptions{})
	if res.Added != 4 || res.Statements != 1 || len(res.Notes) == 0 {
		t.Fatalf("captured %+v", res)
	}
	got := entries(t, l, 4)
	if len(got) != 1 || got[0].Kind != record.Statement || got[0].Claim.Facility == nil || got[0].Claim.Facility.Country != "CA" || got[0].Author != "urn:epc:id:pgln:0614141.00000" {
		t.Errorf("the statement is %+v", got)
	}
	if again := capture(t, l, document(head, texts(0, 3)...), CaptureOptions{}); again.Added != 0 || again.Duplicates != 4 {
		t.Errorf("captured again %+v", again)
	}
	clean(t, l)
}

// TestUnreadableExtensionIsNoted captures an event whose assay sums to more than the whole: it is kept, and the note says where.
func TestUnreadableExtensionIsNoted(t *testing.T) {
	l, _ := open(t)
	all := texts(0, 3)
	all[1] += `,"sensorElementList":[{"sensorReport":[{"type":"Dimensionless","chemicalSubstance":"urn:lodestone:element:Nd","value":120,"uom":"P1"}]}]`
	res := capture(t, l, document("", all...), CaptureOptions{})
	if res.Added != 3 || len(res.Notes) != 1 || res.Notes[0].Rule != supply.RuleAssay ||
		!strings.HasPrefix(res.Notes[0].Pointer, "/epcisBody/eventList/1/sensorElementList/0") {
		t.Errorf("captured %+v", res)
	}
}

func decodeText(t *testing.T, n int) *epcis.Event {
	t.Helper()
	ev, faults := epcis.DecodeEvent([]byte(`{`+contextMember+`,`+eventText(n)+`}`), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return ev
}

func TestCaptureEvents(t *testing.T) {
	decode := func(n int) *epcis.Event { return decodeText(t, n) }
	claims := []supply.Statement{{Party: &supply.Party{ID: "urn:party:b", Name: "B"}}}
	for _, decoded := range []bool{false, true} {
		l, _ := open(t)
		var evs []*epcis.Event
		for n := range 200 {
			evs = append(evs, decode(n))
		}
		res, err := l.CaptureEvents(ctx, evs, claims, CaptureOptions{Author: "urn:party:a", Decoded: decoded})
		if err != nil || res.Added != 201 || res.Statements != 1 || res.Events != 200 {
			t.Errorf("decoded %v: %+v %v", decoded, res, err)
		}
		// The same by way of a document is the same.
		if res := capture(t, l, document("", texts(0, 200)...), CaptureOptions{Author: "urn:party:a"}); res.Added != 0 {
			t.Errorf("decoded %v: a document of the same events added %d", decoded, res.Added)
		}
		clean(t, l)
	}
	l, s := open(t)
	bad := decode(5)
	bad.TimeZoneOffset = "yesterday"
	_, err := l.CaptureEvents(ctx, []*epcis.Event{decode(1), bad}, []supply.Statement{{}}, CaptureOptions{})
	var refusal *Refusal
	if !errors.As(err, &refusal) || len(refusal.Faults) != 2 || !strings.HasPrefix(refusal.Faults[0].Pointer, "/events/1/") || refusal.Faults[1].Pointer != "/statements/0" {
		t.Errorf("a faulty event and an empty statement: %v", err)
	}
	if h, _ := s.Log().Head(ctx); h.Size != 0 {
		t.Error("and something was recorded")
	}
}
