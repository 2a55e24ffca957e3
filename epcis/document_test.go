package epcis

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func ownDocuments(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/documents/*.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = b
	}
	return out
}

func write(t testing.TB, doc *Document, events []*Event) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, *doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := w.Write(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Write(&Event{}) == nil {
		t.Error("a closed writer writes")
	}
	return out.Bytes()
}

func TestDocumentsRoundTrip(t *testing.T) {
	for name, text := range ownDocuments(t) {
		t.Run(name, func(t *testing.T) {
			doc, events, faults, err := readAll(bytes.NewReader(text))
			if err != nil || len(faults) > 0 {
				t.Fatalf("%v, %v", faults, err)
			}
			out := write(t, doc, events)
			if !sameJSON(t, text, out) {
				t.Fatalf("comes out as\n%s", out)
			}
			doc2, events2, faults, err := readAll(iotest.HalfReader(bytes.NewReader(out)))
			if err != nil || len(faults) > 0 || !reflect.DeepEqual(doc, doc2) || !reflect.DeepEqual(events, events2) {
				t.Errorf("the second reading differs: %v, %v", faults, err)
			}
			received := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
			for i, e := range events {
				if f := CheckMeaning(e, received); len(f) > 0 {
					t.Errorf("event %d: %v", i, f)
				}
				again, faults := DecodeEvent(e.AppendJSON(nil), nil)
				if len(faults) > 0 {
					t.Fatalf("event %d alone: %v", i, faults)
				}
				h1, err1 := e.Identity()
				h2, err2 := again.Identity()
				if err1 != nil || err2 != nil || h1 != h2 || e.PreHash() != again.PreHash() {
					t.Errorf("event %d: the identity changes: %v, %v", i, err1, err2)
				}
				again.OwnContext = e.OwnContext
				if !reflect.DeepEqual(e, again) {
					t.Errorf("event %d alone is\n%+v\nwant\n%+v", i, again, e)
				}
			}
		})
	}
}

func TestDocumentFields(t *testing.T) {
	doc, events, _, err := readAll(bytes.NewReader(ownDocuments(t)["mine_to_oxide.json"]))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Kind != CaptureDocument || doc.Sender != "https://id.gs1.org/417/4012345000054" || doc.Receiver != "https://id.gs1.org/417/4000001000005" ||
		doc.InstanceIdentifier != "delivery-0001" || doc.SchemaVersion != "2.0" || doc.CreationDate.Text != "2026-11-20T06:00:00.000+01:00" ||
		!doc.CreationDate.Equal(time.Date(2026, 11, 20, 5, 0, 0, 0, time.UTC)) {
		t.Errorf("head %+v", doc)
	}
	if v := doc.MasterData; len(v) != 3 || string(v[0].Elements[0].Attributes[1].Value) != "-412.50" || v[0].Elements[0].Children[0] != "urn:epc:id:sgln:4012345.00005.1" {
		t.Errorf("master data %+v", doc.MasterData)
	}
	e := events[0]
	if e.Quantities[0].Value != "1250000.0" || e.Sensors[0].Reports[0].SDev != "4e-4" || *e.Sensors[0].Reports[3].StringValue != `medium "hard" ü` ||
		*e.Sensors[0].Reports[3].BooleanValue || !e.CertificationIsList || len(e.Certification) != 2 || e.BizStepURI() != "urn:lodestone:phase:mined" ||
		e.DispositionURI() != "https://ref.gs1.org/cbv/Disp-active" {
		t.Errorf("event %+v", e)
	}
	if tr := events[1]; tr.OutputEPCs == nil || len(tr.OutputEPCs) != 0 || tr.ILMD == nil || tr.Quantities != nil {
		t.Errorf("an empty list is not an absent one: %+v", tr)
	}
	if own := events[7]; own.Expand("local:x") != "https://ns.example.com/local/x" || own.Expand("example:x") != "https://ns.example.com/epcis/x" {
		t.Errorf("context in force %s", own.Context)
	}
	if x := events[8]; x.Type != Other || len(x.EPCs) != 1 || x.Quantities != nil || len(x.Extra) != 3 {
		t.Errorf("extended event %+v", x)
	}
}

// TestContextAfterTheEvents reads a document whose context comes last, from a source that can seek and from one that can not.
func TestContextAfterTheEvents(t *testing.T) {
	const event = `{"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE","epcList":[],"x:y":"%d"}`
	var b strings.Builder
	b.WriteString(`{"epcisBody":{"eventList":[`)
	for i := range 3000 {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, event, i)
	}
	b.WriteString(`]},"creationDate":"2026-11-20T06:00:00Z","@context":{"x":"https://ns.example.com/x/"},"schemaVersion":"2.0","type":"EPCISDocument"}`)
	text := b.String()
	sources := map[string]io.Reader{
		"seeking": strings.NewReader(text),
		"stream":  io.MultiReader(strings.NewReader(text)),
		"bytes":   iotest.OneByteReader(strings.NewReader(text)),
	}
	for name, src := range sources {
		doc, events, faults, err := readAll(src)
		if err != nil || len(faults) > 0 || len(events) != 3000 || doc.Kind != CaptureDocument {
			t.Fatalf("%s: %d events, %v, %v", name, len(events), faults, err)
		}
		for i, e := range events {
			if want := fmt.Sprintf("{https://ns.example.com/x/}y=%d", i); !strings.HasSuffix(e.PreHash(), want) {
				t.Fatalf("%s: event %d has %s", name, i, e.PreHash())
			}
		}
	}
	r := NewReader(io.MultiReader(strings.NewReader(text)))
	r.HoldLimit = 1000
	_, err := r.Next()
	var faults Faults
	if !errors.As(err, &faults) || faults[0].Rule != "too-large" {
		t.Errorf("over the limit: %v", err)
	}
	if _, again := r.Next(); again == nil {
		t.Error("the reading goes on")
	}
	// A seeking source is searched from where it stood.
	shifted := strings.NewReader("skip" + text)
	if _, err := shifted.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if _, events, faults, err := readAll(shifted); err != nil || len(faults) > 0 || len(events) != 3000 {
		t.Errorf("from its middle: %d events, %v, %v", len(events), faults, err)
	}
}

func TestShapesOfInput(t *testing.T) {
	const event = `"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE","epcList":[]`
	const alone = `{` + event + `,"@context":{"x":"https://ns.example.com/x/"},"x:y":1}`
	for name, c := range map[string]struct {
		text    string
		kind    Kind
		events  int
		pointer string
	}{
		"one event":       {alone, SingleEvent, 1, ""},
		"a list":          {"[" + alone + "," + alone + "]", EventArray, 2, "/1"},
		"an empty list":   {" [ ] ", EventArray, 0, ""},
		"white space":     {"\n\t" + alone + "\n", SingleEvent, 1, ""},
		"extended event":  {`{"@context":[],"type":"urn:x:y","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","epcisBody":1}`, SingleEvent, 1, ""},
		"type at the end": {`{"@context":[],"eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","type":"urn:x:y"}`, SingleEvent, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := NewReader(strings.NewReader(c.text))
			n := 0
			for {
				_, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			if n != c.events || r.Document().Kind != c.kind || r.Pointer() != c.pointer {
				t.Errorf("%d events of %v, the last at %q", n, r.Document().Kind, r.Pointer())
			}
		})
	}
}

// TestRawDecoding is the way of a caller with several goroutines.
func TestRawDecoding(t *testing.T) {
	r := NewReader(bytes.NewReader(ownDocuments(t)["mine_to_oxide.json"]))
	var raws []Raw
	for {
		raw, err := r.NextRaw()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		raws = append(raws, raw)
	}
	_, events, _, _ := readAll(bytes.NewReader(ownDocuments(t)["mine_to_oxide.json"]))
	if len(raws) != len(events) {
		t.Fatalf("%d raw events, want %d", len(raws), len(events))
	}
	var d Decoder
	for i, raw := range raws {
		e, faults := raw.Decode(&d)
		if len(faults) > 0 || !reflect.DeepEqual(e, events[i]) || raw.Pointer != fmt.Sprintf("/epcisBody/eventList/%d", i) {
			t.Errorf("event %d at %s: %v", i, raw.Pointer, faults)
		}
	}
}

// TestProceed goes on after an event with faults.
func TestProceed(t *testing.T) {
	const good = `{"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE","epcList":[]}`
	text := `{"@context":[],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[` +
		good + `,{"type":"ObjectEvent","eventTime":"now","eventTimeZoneOffset":"+01:00","action":"TAKE"},` + good + `]}}`
	_, events, faults, err := readAll(strings.NewReader(text))
	if err != nil || len(events) != 3 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	want := []string{"/epcisBody/eventList/1/eventTime time", "/epcisBody/eventList/1/action word", "/epcisBody/eventList/1 no-objects"}
	if len(faults) != 3 {
		t.Fatalf("%v", faults)
	}
	for i, f := range faults {
		if f.Pointer+" "+f.Rule != want[i] {
			t.Errorf("fault %d is %v, want %s", i, f, want[i])
		}
	}
	if !strings.Contains(faults.Error(), "no action") || (Faults)(nil).Err() != nil {
		t.Errorf("as an error: %v", faults)
	}
}

func TestWriterRefuses(t *testing.T) {
	at := Time{Time: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
	for want, doc := range map[string]Document{
		"no @context":     {CreationDate: at},
		"no creationDate": {Context: []byte("[]")},
		"no queryName":    {Context: []byte("[]"), Kind: QueryDocument},
		"want EPCISDoc":   {Context: []byte("[]"), Kind: EventArray},
		"absolute URI":    {Context: []byte(`"here"`), CreationDate: at},
	} {
		if _, err := NewWriter(io.Discard, doc); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	full := errors.New("the disk is full")
	w, err := NewWriter(failing{full}, Document{Context: []byte("[]"), CreationDate: at})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); !errors.Is(err, full) {
		t.Errorf("close on a full disk: %v", err)
	}
	_, _, faults, err := readAll(bytes.NewReader(write(t, &Document{Context: []byte("[]"), CreationDate: at}, nil)))
	if err != nil || len(faults) > 0 {
		t.Errorf("a document without events: %v, %v", faults, err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
