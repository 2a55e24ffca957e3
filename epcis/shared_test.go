package epcis

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"lodestone/reading"
)

// gs1Examples is GS1's own example documents by name.
func gs1Examples(t testing.TB) map[string][]byte {
	t.Helper()
	dir := reading.Path(t, "standards/epcis/examples")
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonld"))
	if err != nil || len(files) != 47 {
		t.Fatalf("%d examples in %s, want 47, %v", len(files), dir, err)
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

// sameJSON tells whether two texts are equal as JSON values; numbers are compared by their digits.
func sameJSON(t testing.TB, a, b []byte) bool {
	t.Helper()
	return reflect.DeepEqual(jsonValue(t, a), jsonValue(t, b))
}

func jsonValue(t testing.TB, b []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return v
}
