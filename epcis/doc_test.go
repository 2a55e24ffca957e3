package epcis

import (
	"os"
	"strings"
	"testing"
)

// TestPackageComment holds the worked example of the package comment against the program.
func TestPackageComment(t *testing.T) {
	b, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string // the indented blocks of the comment
	open := false
	for line := range strings.Lines(string(b)) {
		text, indented := strings.CutPrefix(line, "//\t")
		if !indented {
			open = false
			continue
		}
		if !open {
			blocks = append(blocks, "")
		}
		open = true
		blocks[len(blocks)-1] += strings.TrimSuffix(text, "\n")
	}
	if len(blocks) != 3 {
		t.Fatalf("%d blocks: %q", len(blocks), blocks)
	}
	e, faults := DecodeEvent([]byte(blocks[0]), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := e.PreHash(); got != blocks[1] {
		t.Errorf("canonical string\n%s\nwant\n%s", got, blocks[1])
	}
	h, err := e.CBVHash()
	if err != nil || h.NI() != blocks[2] {
		t.Errorf("hash %s, %v, want %s", h.NI(), err, blocks[2])
	}
	if len(CheckMeaning(e, e.Time.Time)) > 0 {
		t.Errorf("the example can not be meant: %v", CheckMeaning(e, e.Time.Time))
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Name] || r.Says == "" || strings.ToLower(r.Name) != r.Name {
			t.Errorf("rule %+v", r)
		}
		seen[r.Name] = true
	}
	// Every rule that the program names is in the table, and every rule of the table has a place in the program.
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range files {
		if name := f.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && name != "rules.go" {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(b)
		}
	}
	for name := range seen {
		if !strings.Contains(source.String(), `"`+name+`"`) {
			t.Errorf("no part of the program finds faults by rule %s", name)
		}
	}
}
