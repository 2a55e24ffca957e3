package sim_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"lodestone/epcis"
	"lodestone/reading"
	"lodestone/sim"
	"lodestone/supply"
)

func document(t testing.TB, cfg sim.Config, seed uint64) ([]byte, sim.Sum) {
	t.Helper()
	var b bytes.Buffer
	sum, err := sim.WriteDocument(&b, world(t, cfg, seed), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), sum
}

func TestOneSeedIsOneDocument(t *testing.T) {
	for name, cfg := range map[string]sim.Config{"honest": {Lots: 400}, "troubled": trouble} {
		a, sum := document(t, cfg, 1)
		b, again := document(t, cfg, 1)
		if !bytes.Equal(a, b) || sum.Events != again.Events || sum.Lots != again.Lots {
			t.Errorf("%s: one seed made two documents", name)
		}
		if c, _ := document(t, cfg, 2); bytes.Equal(a, c) {
			t.Errorf("%s: two seeds made one document", name)
		}
	}
}

// Every document passes reading, structure, meaning and the project's own extensions, events and master data.
func TestDocumentsAreValid(t *testing.T) {
	for name, cfg := range map[string]sim.Config{"one lot": {Lots: 1}, "honest": {Lots: 2000}, "troubled": trouble} {
		for seed := range uint64(3) {
			text, sum := document(t, cfg, seed)
			r := epcis.NewReader(bytes.NewReader(text))
			events, voids := 0, 0
			for {
				e, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s, seed %d: %s: %v", name, seed, r.Pointer(), err)
				}
				events++
				if e.Error != nil {
					voids++
				}
				if f := epcis.CheckMeaning(e, received); len(f) > 0 {
					t.Errorf("%s, seed %d: %s: %v", name, seed, e.ID, f)
				}
				if f := supply.CheckExtensions(e); len(f) > 0 {
					t.Errorf("%s, seed %d: %s: %v", name, seed, e.ID, f)
				}
			}
			if events != sum.Events || sum.Events == 0 {
				t.Errorf("%s, seed %d: %d events read, %d written", name, seed, events, sum.Events)
			}
			if (voids > 0) != (cfg.Wrong > 0) {
				t.Errorf("%s, seed %d: %d error declarations", name, seed, voids)
			}
			statements, notes := supply.FromMasterData(r.Document().MasterData)
			if len(notes) > 0 || len(statements) != len(sim.Statements()) {
				t.Errorf("%s: %d statements of %d, %v", name, len(statements), len(sim.Statements()), notes)
			}
			if got := r.Document().Sender; got != string(sim.Sender) {
				t.Errorf("%s: sent by %q", name, got)
			}
		}
	}
}

// What is known of every world is sound, and its real places stand where the atlas has them.
func TestStatementsAreSound(t *testing.T) {
	known := 0
	for _, s := range sim.Statements() {
		if err := s.Check(); err != nil {
			t.Error(err)
		}
		if f := s.Facility; f != nil && !sim.Synthetic(f.ID) {
			known++
			if f.Name == "" || !f.Country.Known() {
				t.Errorf("the atlas does not know %s", f.ID)
			}
		}
	}
	if known != 10 {
		t.Errorf("%d places of the atlas, want 10", known)
	}
}

// GS1's own schema, as a second opinion.
func TestDocumentsPassGS1Schema(t *testing.T) {
	schema := reading.EPCISSchema(t)
	for name, cfg := range map[string]sim.Config{"honest": {Lots: 120}, "troubled": {Lots: 250, Theft: 0.2, Wrong: 0.3, Late: 0.2, Double: 0.3, Missing: 0.1}} {
		text, _ := document(t, cfg, 5)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A disk that is full ends the writing with an error.
func TestWriteDocumentFails(t *testing.T) {
	if _, err := sim.WriteDocument(full{}, world(t, sim.Config{Lots: 500}, 1), nil); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}

var errFull = errors.New("no room")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
