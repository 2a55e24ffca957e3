package intake_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"lodestone/intake"
	"lodestone/supply"
)

var update = flag.Bool("update", false, "write what is computed into the expected files")

const author supply.PartyID = "urn:lodestone:party:acme"

// TestSheets reads each archive of testdata: its sheets go in, and what comes out is its file "want".
func TestSheets(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a := readArchive(t, file)
			dir, want := fstest.MapFS{}, -1
			for i, f := range a.files {
				if f.name == "want" {
					want = i
					continue
				}
				dir[f.name] = &fstest.MapFile{Data: plain(f.text)}
			}
			got := show(t, dir, author)
			switch {
			case *update:
				if want < 0 {
					a.files = append(a.files, archived{name: "want"})
					want = len(a.files) - 1
				}
				a.files[want].text = got
				if err := os.WriteFile(file, []byte(a.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			case want < 0:
				t.Fatalf("no want in %s; run with -update", file)
			case a.files[want].text != got:
				t.Errorf("got\n%s\nwant\n%s", got, a.files[want].text)
			}
		})
	}
}

// TestBrook reads the example folder twice and compares it with what it should say.
func TestBrook(t *testing.T) {
	dir := os.DirFS("testdata/brook")
	got := show(t, dir, "urn:lodestone:party:brook-example")
	if again := show(t, dir, "urn:lodestone:party:brook-example"); again != got {
		t.Errorf("a second reading differs")
	}
	golden(t, "testdata/brook/want.txt", []byte(got))
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go test ./intake -update and read the diff\ngot\n%s", path, got)
	}
}

// plain writes the bytes that an archive cannot show: <BOM>, <TAB>, <NBSP> and <CR> for a carriage return.
func plain(text string) []byte {
	return []byte(strings.NewReplacer("<BOM>", "\ufeff", "<TAB>", "\t", "<NBSP>", "\u00a0", "<CR>", "\r").Replace(text))
}

// show is an import as text: faults, or statements, events without their context, and notes, one a line.
func show(t *testing.T, dir fs.FS, author supply.PartyID) string {
	t.Helper()
	im, faults := intake.ReadDir(dir, author)
	if (im == nil) == (len(faults) == 0) {
		t.Fatalf("import %v and faults %v", im, faults)
	}
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintln(&b, f)
	}
	if im == nil {
		return b.String()
	}
	for _, s := range im.Statements {
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "statement %s\n", text)
	}
	for _, e := range im.Events {
		text := string(e.AppendJSON(nil))
		head := `{"@context":` + intake.Context + `,`
		if !strings.HasPrefix(text, head) {
			t.Fatalf("event without our context: %s", text)
		}
		fmt.Fprintf(&b, "event {%s\n", strings.TrimPrefix(text, head))
	}
	for _, n := range im.Notes {
		fmt.Fprintf(&b, "note %s\n", n)
	}
	return b.String()
}
