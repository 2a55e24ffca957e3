package epcis

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestTextPass(t *testing.T) {
	const head = `{"@context":{},"type":"ObjectEvent","eventTime":"2026-11-02T07:15:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE"`
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                   {"", " json"},
		"a number":                  {"5", " type"},
		"an open object":            {head, " json"},
		"a text without its end":    {head + `,"epcList":["urn:x:1`, "/epcList/0 json"},
		"something after the end":   {head + `,"epcList":[]} x`, " json"},
		"two values":                {head + `,"epcList":[]}{}`, " json"},
		"bytes that are no UTF-8":   {head + ",\"epcList\":[\"urn:x:\xff\"]}", "/epcList/0 json"},
		"half of a surrogate pair":  {head + `,"epcList":["urn:x:\ud800"]}`, "/epcList/0 json"},
		"a number with a lead zero": {head + `,"epcList":[],"x:a":01}`, " json"},
		"a comma too many":          {head + `,"epcList":[],}`, " json"},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := DecodeEvent([]byte(c.text), nil)
			var got []string
			for _, f := range faults {
				got = append(got, f.Pointer+" "+f.Rule)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("faults %q, want %q", strings.Join(got, ", "), c.want)
			}
		})
	}
}

// TestDocumentFaults holds the faults of documents, place and rule.
func TestDocumentFaults(t *testing.T) {
	const doc = `"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[]}`
	const query = `"@context":{},"type":"EPCISQueryDocument","epcisBody":{"queryResults":{"queryName":"q","resultsBody":{"eventList":[]}}}`
	for name, c := range map[string]struct{ text, want string }{
		"sound":                      {"{" + doc + "}", ""},
		"sound query":                {"{" + query + "}", ""},
		"no context":                 {`{"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[]}}`, " required"},
		"no type":                    {`{"@context":{},"schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[]}}`, " required"},
		"no version and date":        {`{"@context":{},"type":"EPCISDocument","epcisBody":{"eventList":[]}}`, " required,  required"},
		"no body":                    {`{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z"}`, " required"},
		"no list of events":          {`{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{}}`, "/epcisBody required"},
		"events in no list":          {`{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":{}}}`, "/epcisBody/eventList type"},
		"a body that is none":        {`{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":[]}`, "/epcisBody type, /epcisBody required"},
		"a version in letters":       {strings.Replace("{"+doc+"}", `"2.0"`, `"v2"`, 1), "/schemaVersion version"},
		"a version as a number":      {strings.Replace("{"+doc+"}", `"2.0"`, `2.0`, 1), "/schemaVersion type"},
		"a member of no standing":    {`{` + doc + `,"colour":1}`, "/colour unknown-name"},
		"an extension":               {`{` + doc + `,"x:colour":1}`, ""},
		"a repeated member":          {`{` + doc + `,"type":"EPCISDocument"}`, "/type duplicate-name"},
		"a repeated body":            {`{` + doc + `,"epcisBody":{"eventList":[]}}`, "/epcisBody duplicate-name"},
		"another type than the body": {strings.Replace("{"+query+"}", "EPCISQueryDocument", "EPCISDocument", 1), " required,  required, /epcisBody required"},
		"a sender as a number":       {`{` + doc + `,"sender":1}`, "/sender type"},
		"an empty sender":            {`{` + doc + `,"sender":""}`, "/sender empty-text"},
		"a header as text":           {`{` + doc + `,"epcisHeader":"h"}`, "/epcisHeader type"},
		"a header with a bare name":  {`{` + doc + `,"epcisHeader":{"note":1}}`, "/epcisHeader/note unknown-name"},
		"master data":                {`{` + doc + `,"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"t","vocabularyElementList":[{"id":"urn:x:1","attributes":[{"id":"urn:x:2","attribute":true},{}],"children":["c"]}]},{}]}}}`, "/epcisHeader/epcisMasterData/vocabularyList/0/type uri, /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/attributes/0/attribute type, /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/attributes/1 required, /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/children/0 uri, /epcisHeader/epcisMasterData/vocabularyList/1 required"},
		"a repetition in the header": {`{` + doc + `,"epcisHeader":{"x:a":1,"x:a":2}}`, "/epcisHeader/x:a duplicate-name"},
		"a sender in a query":        {`{` + query + `,"sender":"s"}`, "/sender unknown-name"},
		"a query without a name":     {strings.Replace("{"+query+"}", `"queryName":"q",`, "", 1), "/epcisBody/queryResults required"},
		"a query's name as a number": {strings.Replace("{"+query+"}", `"q"`, "1", 1), "/epcisBody/queryResults/queryName type"},
		"a query without results":    {`{"@context":{},"type":"EPCISQueryDocument","epcisBody":{}}`, "/epcisBody required"},
		"a bare name in the results": {strings.Replace("{"+query+"}", `"queryName"`, `"hits":1,"queryName"`, 1), "/epcisBody/queryResults/hits unknown-name"},
		"results without events":     {`{"@context":{},"type":"EPCISQueryDocument","epcisBody":{"queryResults":{"queryName":"q","resultsBody":{}}}}`, "/epcisBody/queryResults/resultsBody required"},
		"an event that is a number":  {strings.Replace("{"+doc+"}", `"eventList":[]`, `"eventList":[5,null]`, 1), "/epcisBody/eventList/0 type, /epcisBody/eventList/1 type"},
		"a text":                     {`"hello"`, " type"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, faults, _ := readAll(strings.NewReader(c.text))
			var got []string
			for _, f := range faults {
				got = append(got, f.Pointer+" "+f.Rule)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("faults %q, want %q", strings.Join(got, ", "), c.want)
			}
		})
	}
}

// TestBrokenDocuments are texts that end the reading; the error stays.
func TestBrokenDocuments(t *testing.T) {
	const doc = `{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T06:00:00Z","epcisBody":{"eventList":[`
	for name, text := range map[string]string{
		"nothing": "", "white space": " \n", "cut in the head": doc[:40], "cut in the list": doc + `{"type":"ObjectEvent"`, "cut before the end": doc + `]}`,
		"trailing text": doc + `]}}{}`, "trailing rubbish": doc + `]}} x`, "a mark of byte order": "\ufeff" + doc + "]}}", "an open array": "[", "no JSON": "EPCIS",
	} {
		t.Run(name, func(t *testing.T) {
			r := NewReader(strings.NewReader(text))
			var last error
			for range 20 {
				if _, last = r.Next(); last == io.EOF {
					t.Fatal("the end is reached as if all were well")
				}
			}
			var faults Faults
			if !errors.As(last, &faults) || faults[0].Rule != "json" {
				t.Errorf("%v", last)
			}
		})
	}
	failure := errors.New("the cable is cut")
	r := NewReader(io.MultiReader(strings.NewReader(doc), errReader{failure}))
	if _, err := r.Next(); !errors.Is(err, failure) {
		t.Errorf("a failing source: %v", err)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func TestValueLimit(t *testing.T) {
	text := `[{"@context":{},"x:long":"` + strings.Repeat("a", 1<<20) + `"}]`
	r := NewReader(strings.NewReader(text))
	r.ValueLimit = 100_000
	_, err := r.Next()
	var faults Faults
	if !errors.As(err, &faults) || faults[0].Rule != "too-large" {
		t.Errorf("%v", err)
	}
	if _, _, faults, _ := readAll(strings.NewReader(text)); len(faults) == 0 || faults[0].Rule == "too-large" {
		t.Errorf("within the default limit: %v", faults)
	}
	deep := `[{"x:deep":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}]`
	if _, _, faults, _ := readAll(strings.NewReader(deep)); len(faults) != 1 || faults[0].Rule != "json" {
		t.Errorf("20,000 lists within each other: %v", faults)
	}
}
