package epcis

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublishedHashes holds the hash against values published with the reference implementations of CBV 2.0. Each file of
// testdata/hash has a sentence, the event, the canonical string ("-" where only the hash was published) and the hash.
func TestPublishedHashes(t *testing.T) {
	files, err := filepath.Glob("testdata/hash/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, rest, _ := strings.Cut(string(b), "\n-- event\n")
			event, rest, _ := strings.Cut(rest, "\n-- canonical\n")
			canonical, hash, _ := strings.Cut(rest, "\n-- hash\n")
			e, faults := DecodeEvent([]byte(event), nil)
			if err := faults.Err(); err != nil {
				t.Fatal(err)
			}
			if got := e.PreHash(); canonical != "-" && got != canonical {
				t.Errorf("canonical string\n%s\nwant\n%s", got, canonical)
			}
			h, err := e.CBVHash()
			if err != nil {
				t.Fatal(err)
			}
			if h.String() != strings.TrimSpace(hash) {
				t.Errorf("hash %s, want %sof\n%s", h, hash, e.PreHash())
			}
			if back, err := ParseNI(h.NI()); err != nil || back != h {
				t.Errorf("%s comes back as %s, %v", h.NI(), back, err)
			}
		})
	}
}
