package epcis

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// shared is a file or folder of the reading that lies beside the repository; without it the test is skipped.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("LODESTONE_SHARED")
	if root == "" {
		root = "../../shared"
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s: set LODESTONE_SHARED to the folder that has it", path)
	}
	return path
}

// gs1Examples is GS1's own example documents by name.
func gs1Examples(t testing.TB) map[string][]byte {
	t.Helper()
	dir := shared(t, "standards/epcis/examples")
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
