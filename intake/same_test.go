package intake_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lodestone/intake"
	"lodestone/record"
	"lodestone/supply"
)

const brook supply.PartyID = "urn:lodestone:party:brook-example"

// brookSheets is the example folder with the rows of each sheet in the order that shuffle makes.
func brookSheets(t *testing.T, shuffle func(n int, swap func(i, j int))) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	entries, err := os.ReadDir("testdata/brook")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile("testdata/brook/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".csv") && e.Name() != "shipments.csv" { // its first row speaks for the others
			lines := strings.SplitAfter(string(data), "\n")
			rows := lines[1 : len(lines)-1]
			shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			data = []byte(strings.Join(lines, ""))
		}
		dir[e.Name()] = &fstest.MapFile{Data: data}
	}
	return dir
}

// entryIDs are the ids of the log entries that an import makes, sorted.
func entryIDs(t *testing.T, im *intake.Import) []string {
	t.Helper()
	var ids []string
	for i := range im.Statements {
		e, err := record.NewStatement(brook, time.Unix(0, 0), &im.Statements[i])
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID.String())
	}
	for _, ev := range im.Events {
		e, err := record.NewEvent(brook, time.Unix(0, 0), ev)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID.String())
	}
	slices.Sort(ids)
	return ids
}

// TestOrderOfRows: whatever the order of rows, the log gets the same entries, each once.
func TestOrderOfRows(t *testing.T) {
	read := func(dir fstest.MapFS) []string {
		im, faults := intake.ReadDir(dir, brook)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return entryIDs(t, im)
	}
	want := read(brookSheets(t, func(int, func(i, j int)) {}))
	if n := len(slices.Compact(slices.Clone(want))); n != len(want) {
		t.Errorf("%d entries, %d of them different", len(want), n)
	}
	for seed := range uint64(20) {
		if got := read(brookSheets(t, rand.New(rand.NewPCG(seed, 1)).Shuffle)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: other entries", seed)
		}
	}
}

// TestGrowingFolder: what was imported stays as it was when rows are added, so that a second import adds only the new.
func TestGrowingFolder(t *testing.T) {
	full := brookSheets(t, func(int, func(i, j int)) {})
	im, faults := intake.ReadDir(full, brook)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	all := entryIDs(t, im)
	early := fstest.MapFS{}
	for name, f := range full {
		early[name] = f
	}
	for _, later := range []string{"corrections.csv", "documents.csv", "shipments.csv", "contents.csv"} {
		delete(early, later)
	}
	head, _, _ := strings.Cut(string(full["assays.csv"].Data), "LAB-13")
	early["assays.csv"] = &fstest.MapFile{Data: []byte(head)}
	im, faults = intake.ReadDir(early, brook)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, id := range entryIDs(t, im) {
		if !slices.Contains(all, id) {
			t.Errorf("entry %s is not in the later import", id)
		}
	}
}
