package fault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// replacement is one expression of a source file, which stands there once, and what stands in its place in a variant.
type replacement struct {
	file     string // from the repository's root
	old, new string
}

// variant builds the program with expressions replaced, under a name of its own. The sources are not touched: go build
// is given an overlay.
func variant(t *testing.T, name string, changes ...replacement) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := map[string]string{}
	for _, c := range changes {
		path := filepath.Join(root, filepath.FromSlash(c.file))
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), c.old); n != 1 {
			t.Fatalf("%s has %q %d times, the variant %s wants to replace it once", c.file, c.old, n, name)
		}
		changed := filepath.Join(t.TempDir(), filepath.Base(c.file))
		if err := os.WriteFile(changed, []byte(strings.Replace(string(text), c.old, c.new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay[path] = changed
	}
	list, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, list, 0o600); err != nil {
		t.Fatal(err)
	}
	path, err := build(name, "-overlay", file)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
