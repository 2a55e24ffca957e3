package epcis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"lodestone/reading"
)

// verdicts asks the schema and this package about one text; the latter's answer is of the passes text and structure.
func verdicts(t testing.TB, schema *jsonschema.Schema, text []byte) (ours Faults, schemaErr error) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	_, _, faults, err := readAll(bytes.NewReader(text))
	if err != nil && len(faults) == 0 {
		faults = Faults{{Rule: "json", Message: err.Error()}}
	}
	ours = append(faults.Pass(Structure), faults.Pass(Text)...)
	return ours, schema.Validate(v)
}

func TestStructureAgreesWithGS1Schema(t *testing.T) {
	schema := reading.EPCISSchema(t)
	examples := gs1Examples(t)
	for name, text := range ownDocuments(t) {
		examples[name] = text
	}
	names := make([]string, 0, len(examples))
	for name := range examples {
		names = append(names, name)
	}
	slices.Sort(names)
	every := os.Getenv("LODESTONE_ALL") != "" // of each kind of change, and all kinds: more than 300,000 texts, many minutes
	tried, refused := 0, 0
	seen, times := map[string]bool{}, map[string]int{}
	want := func(what string) bool {
		times[what]++
		return every || times[what] == 1 && len(times)%4 == 0
	}
	check := func(name, what string, text []byte) {
		tried++
		ours, theirs := verdicts(t, schema, text)
		if (theirs == nil) != (len(ours) == 0) {
			if key := what; !seen[key] { // one report for one kind of difference
				seen[key] = true
				t.Errorf("%s, %s:\nschema: %v\nours: %v\n%.1500s", name, what, theirs, ours, text)
			}
		}
		if theirs != nil {
			refused++
		}
	}
	for _, name := range names {
		root := jsonValue(t, examples[name])
		if alone := firstEvent(root); alone != nil {
			mutate(alone, "alone ", want, func(what string, text []byte) { check(name, what, text) })
			alone["type"] = "x:Event"
			mutate(alone, "extended ", want, func(what string, text []byte) { check(name, what, text) })
			root = jsonValue(t, examples[name])
		}
		clean, err := json.Marshal(root) // the repeated member goes
		if err != nil {
			t.Fatal(err)
		}
		check(name, name, clean)
		mutate(root, "", want, func(what string, text []byte) { check(name, what, text) })
	}
	t.Logf("%d texts, %d refused by both", tried, refused)
	if tried < 300 {
		t.Errorf("only %d texts", tried)
	}
}

// firstEvent is the first event of a capture document with the document's context.
func firstEvent(root any) map[string]any {
	doc := root.(map[string]any)
	body := doc["epcisBody"].(map[string]any)
	list, _ := body["eventList"].([]any)
	if len(list) == 0 {
		return nil
	}
	e := list[0].(map[string]any)
	e["@context"] = doc["@context"]
	return e
}

// mutate changes one place of a document at a time: every member dropped, renamed, given a value of each other type and a few
// values of its own type that its place may refuse; every list emptied, repeated in part, given a foreign element.
func mutate(root any, before string, want func(what string) bool, yield func(what string, text []byte)) {
	emit := func(path, what string) {
		if what = before + path + ": " + what; !want(what) {
			return
		}
		text, err := json.Marshal(root)
		if err != nil {
			panic(err)
		}
		yield(what, text)
	}
	var walk func(path string, v any, depth int)
	walk = func(path string, v any, depth int) {
		switch v := v.(type) {
		case map[string]any:
			for _, unknown := range []string{"surprise", "x:surprise", "http://a b/c", "epcList", "ilmd", "persistentDisposition", "parentID"} {
				if _, there := v[unknown]; there {
					continue
				}
				for _, value := range unknownValues(unknown) {
					v[unknown] = value
					emit(path, fmt.Sprintf("with %s %v", unknown, value))
					delete(v, unknown)
				}
			}
			for name, old := range v {
				at := path + "/" + generic(name)
				delete(v, name)
				emit(at, "dropped")
				v[name+"X"] = old
				emit(at, "renamed")
				delete(v, name+"X")
				for _, value := range replacements(name, old) {
					v[name] = value
					emit(at, fmt.Sprintf("= %v", value))
				}
				v[name] = old
				if strings.Contains(name, ":") && !strings.HasPrefix(name, "@") {
					continue // whatever an extension holds
				}
				walk(at, old, depth+1)
			}
		case []any:
			for i, old := range v {
				for _, value := range replacements("", old) {
					v[i] = value
					emit(path+"/-", fmt.Sprintf("= %v", value))
				}
				v[i] = old
				if i > 1 {
					continue
				}
				walk(path+"/-", old, depth+1)
			}
		}
	}
	walk("", root, 0)
}

// generic joins the names of one's own.
func generic(name string) string {
	if i := strings.IndexByte(name, ':'); i > 0 {
		return "x:y"
	}
	return name
}

func unknownValues(name string) []any {
	switch name {
	case "epcList":
		return []any{[]any{}, []any{"urn:x:1", "urn:x:1"}, []any{"urn:x:1"}}
	case "ilmd":
		return []any{map[string]any{}, map[string]any{"x:y": 1}, map[string]any{"y": 1}}
	case "persistentDisposition":
		return []any{map[string]any{"set": []any{"active"}}, map[string]any{}, map[string]any{"unset": []any{}}}
	case "parentID":
		return []any{"urn:x:1"}
	}
	return []any{1}
}

// replacements is values to stand in the place of old.
func replacements(name string, old any) []any {
	out := []any{nil, true, json.Number("7"), "", "word", map[string]any{}, []any{}}
	switch v := old.(type) {
	case string:
		out = append(out, "urn:x:1", "not a uri", "https://example.com/%zz", "https://[::1/x", "https://exa mple.com/", "//no/scheme", "1x:y", ":",
			"urn:epcglobal:cbv:bizstep:receiving", "https://ns.gs1.org/cbv/BizStep-receiving", "https://ref.gs1.org/cbv/BizStep-receiving",
			"http://gs1.org/voc/Mass", "https://www.gs1.org/voc/Mass", "https://gs1.org/vocal", "receiving", "active", "po", "location", "Mass", "x",
			"ALARM_CONDITION", "did_not_occur", "ADD", "OBSERVE", "DELETE", "add",
			"2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T23:59:60Z", "2026-01-01T23:58:60Z",
			"2026-01-01T00:59:60+01:00", "2026-01-01t00:00:00z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00", "2026-01-01", "2026-01-01T00:00Z",
			"2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.123456789012Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00Zx",
			"+14:00", "+14:01", "-13:59", "13:00", "+1:00", "Z",
			"KGM", "kgm", "KGMS", "K", "0f", "0g", "2.0", "2.", "2.0.1", "v2",
			"ObjectEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent", "AggregationEvent", "EPCISDocument", "urn:x:event")
	case []any:
		if len(v) > 0 {
			out = append(out, v[:1], append(slices.Clone(v), v[0]), append(slices.Clone(v), "urn:x:1"), append(slices.Clone(v), map[string]any{}), append(slices.Clone(v), json.Number("1")))
		}
		out = append(out, []any{"urn:x:1"})
	case json.Number:
		out = append(out, json.Number("-1"), json.Number("1e3"), "1")
	}
	if name == "@context" {
		out = append(out, "urn:x:context", []any{"urn:x:1", "urn:x:1"}, []any{map[string]any{}, map[string]any{}}, []any{json.Number("1")}, []any{map[string]any{"a": json.Number("1")}, map[string]any{"a": json.Number("1.0")}})
	}
	return out
}
