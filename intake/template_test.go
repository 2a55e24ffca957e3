package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"lodestone/intake"
)

// TestTemplate: the empty sheets can be read as they are, their examples can be read once the # is taken away, and
// nothing is ever overwritten.
func TestTemplate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sheets")
	if err := intake.WriteTemplate(dir); err != nil {
		t.Fatal(err)
	}
	im, faults := intake.ReadDir(os.DirFS(dir), author)
	if len(faults) > 0 || len(im.Statements)+len(im.Events)+len(im.Notes) > 0 {
		t.Fatalf("the empty sheets give %v, %v", im, faults)
	}
	filled := fstest.MapFS{}
	for _, s := range intake.Sheets() {
		data, err := os.ReadFile(filepath.Join(dir, s.File))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		last := lines[len(lines)-1]
		example, ok := strings.CutPrefix(last, "# ")
		if !ok {
			t.Fatalf("%s ends with no example: %s", s.File, last)
		}
		lines[len(lines)-1] = example
		filled[s.File] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\r\n"))}
		for _, c := range s.Columns {
			if !strings.Contains(strings.ReplaceAll(string(data), `""`, `"`), c.Help) {
				t.Errorf("%s does not explain %s", s.File, c.Name)
			}
		}
	}
	im, faults = intake.ReadDir(filled, author)
	if len(faults) > 0 {
		t.Fatalf("the examples have faults:\n%v", faults)
	}
	if len(im.Statements) < 5 || len(im.Events) < 5 {
		t.Errorf("the examples give %d statements and %d events", len(im.Statements), len(im.Events))
	}
	before, err := os.ReadFile(filepath.Join(dir, "lots.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := intake.WriteTemplate(dir); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("written over a folder in use: %v", err)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "lots.csv")); string(after) != string(before) {
		t.Errorf("lots.csv was changed")
	}
}

// TestGuide fails when doc/import.md is not what the table of columns says.
func TestGuide(t *testing.T) {
	golden(t, "../doc/import.md", intake.Guide())
}

// TestRulesNamed: every fault of the test data names a rule of the table.
func TestRulesNamed(t *testing.T) {
	known := map[string]bool{}
	for _, r := range intake.Rules() {
		if known[r.Name] || r.Sentence == "" {
			t.Errorf("rule %q stands twice or says nothing", r.Name)
		}
		known[r.Name] = true
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, file := range files {
		dir := fstest.MapFS{}
		for _, f := range readArchive(t, file).files {
			if f.name != "want" {
				dir[f.name] = &fstest.MapFile{Data: plain(f.text)}
			}
		}
		_, faults := intake.ReadDir(dir, author)
		for _, f := range faults {
			if !known[f.Rule] {
				t.Errorf("%s: a rule that is not in the table: %v", file, f)
			}
			used[f.Rule] = true
		}
	}
	for _, f := range oddFolders {
		for _, x := range f.read() {
			used[x.Rule] = true
		}
	}
	for name := range known {
		if !used[name] {
			t.Errorf("no test breaks the rule %q", name)
		}
	}
}
