package intake_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lodestone/intake"
	"lodestone/supply"
)

// oddFolders are folders that an archive of text cannot show.
var oddFolders = []oddFolder{
	{"empty", author, nil, "the folder holds no sheets"},
	{"no author", supply.Unattributed, map[string]string{"lots.csv": "lot\nA\n"}, "the sheets have no author"},
	{"author no URI", "acme", map[string]string{"lots.csv": "lot\nA\n"}, "the author 'acme' is no URI"},
	{"UTF-16", author, map[string]string{"lots.csv": "\xff\xfel\x00o\x00t\x00"}, "lots.csv: the file is UTF-16: save it as 'CSV UTF-8' [text]"},
	{"Latin 1", author, map[string]string{"lots.csv": "lot\nA\nB\xe9\n"}, "lots.csv row 3: the file is not UTF-8 text"},
	{"sheet twice", author, map[string]string{"lots.csv": "lot\n", "LOTS.CSV": "lot\n"}, "lots.csv: the sheet stands twice, here and in LOTS.CSV"},
	{"open quote", author, map[string]string{"lots.csv": "lot\nA\n\"B\n"}, "lots.csv row 3: cannot be split into cells"},
	{"loose quote", author, map[string]string{"lots.csv": "lot,note\nA,5\" pipe\nB,\n"}, "lots.csv row 2: cannot be split into cells"},
	{"column twice", author, map[string]string{"lots.csv": "lot,lot id\nA,B\n"}, "lots.csv row 1 column lot: the column stands twice"},
	{"control character", author, map[string]string{"parties.csv": "party,name\np,A\x07B\n"}, "parties.csv row 2: /party/name"},
	{"check digit", author, map[string]string{"runs.csv": "run,phase,end\nR,mined,2026-01-01T10:00Z\n",
		"run_outputs.csv": "run,lot,amount,unit\nR,https://id.gs1.org/01/09506000134353/10/L7,1,t\n"}, "runs.csv row 2: /quantityList/0"},
	{"overflow", author, map[string]string{"lots.csv": "lot\nA\n", "runs.csv": "run,phase,end\nR,mined,2026-01-01T10:00Z\n",
		"run_outputs.csv": "run,lot,amount,unit\nR,A,99999999999999999999,t\n"}, "run_outputs.csv row 2 column amount"},
	{"part of a piece", author, map[string]string{"lots.csv": "lot\nA\n", "runs.csv": "run,phase,end\nR,mined,2026-01-01T10:00Z\n",
		"run_outputs.csv": "run,lot,amount,unit\nR,A,1.5,pcs\n"}, "run_outputs.csv row 2 column amount"},
}

type oddFolder struct {
	name   string
	author supply.PartyID
	files  map[string]string
	want   string // how the first fault begins
}

func (f oddFolder) read() intake.Faults {
	_, faults := intake.ReadDir(folder(f.files), f.author)
	return faults
}

func TestOddFolders(t *testing.T) {
	for _, f := range oddFolders {
		t.Run(f.name, func(t *testing.T) {
			faults := f.read()
			if len(faults) == 0 {
				t.Fatal("no fault")
			}
			if !strings.HasPrefix(faults[0].String(), f.want) {
				t.Errorf("got\n%v\nwant %s", faults, f.want)
			}
		})
	}
}

// TestCheckReceipt: an event that lies ahead of its receipt is refused with its row.
func TestCheckReceipt(t *testing.T) {
	im, faults := intake.ReadDir(folder(map[string]string{
		"runs.csv":        "run,phase,end\nR1,mined,2026-01-01T10:00Z\nR2,mined,2027-01-01T10:00Z\n",
		"run_outputs.csv": "run,lot\nR1,urn:lodestone:lot:x:A\nR2,urn:lodestone:lot:x:B\n"}), author)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if faults := im.CheckReceipt(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)); len(faults) > 0 {
		t.Errorf("ten hours ahead: %v", faults)
	}
	faults = im.CheckReceipt(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	if len(faults) != 1 || !strings.HasPrefix(faults[0].String(), "runs.csv row 3: /eventTime: ") || faults[0].Rule != "event" {
		t.Errorf("half a year ahead: %v", faults)
	}
}

func folder(files map[string]string) fs.FS {
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

// FuzzSheets: no bytes of a sheet panic the reader, the same bytes give the same import, and what is imported passes as
// show checks. The sheet is read beside a folder that it may refer to.
func FuzzSheets(f *testing.F) {
	names := []string{"parties.csv", "facilities.csv", "materials.csv", "lots.csv", "runs.csv", "run_inputs.csv", "run_outputs.csv",
		"assays.csv", "shipments.csv", "contents.csv", "documents.csv", "corrections.csv"}
	base := map[string]string{
		"facilities.csv":  "facility,name,country,time zone\nf,F,US,America/Denver\n",
		"lots.csv":        "lot,tracked as\nA,\nB,\nS,serial\nD,container\n",
		"runs.csv":        "run,phase,facility,end\nR1,mined,f,2026-01-01\nR2,leached,f,2026-01-02\n",
		"run_inputs.csv":  "run,lot,amount,unit\nR2,A,1,t\n",
		"run_outputs.csv": "run,lot,amount,unit\nR1,A,1,t\nR2,B,1,t\n",
	}
	for i, name := range names {
		f.Add(uint8(i), []byte(base[name]))
	}
	f.Add(uint8(7), []byte("assay;lot;time;Nd %;Nd sd %\nX;A;2026-01-01T10:00Z;12.5;0.1\n"))
	f.Add(uint8(8), []byte("\xef\xbb\xbfshipment\tlot\tshipped\r\nX\tD\t2026-01-01T10:00Z\r\n"))
	f.Add(uint8(9), []byte("packing,container,lot,act,time\nP,D,S,packed,2026-01-01T10:00Z\n"))
	f.Add(uint8(10), []byte("document,digest,grade,lots\nC,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,certificate,A\n"))
	f.Add(uint8(11), []byte("record,id,declared,reason\nrun,R2,2026-02-01T10:00Z,did not occur\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := map[string]string{}
		for name, text := range base {
			files[name] = text
		}
		files[names[int(which)%len(names)]] = string(data)
		first := show(t, folder(files), author)
		if again := show(t, folder(files), author); again != first {
			t.Fatalf("two readings differ:\n%s\n%s", first, again)
		}
	})
}
