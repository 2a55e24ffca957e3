package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"lodestone/element"
	"lodestone/sim"
)

// truthLine is one line of the file of --truth: what a lot truly was when it was made, or one thing that is wrong with the record.
type truthLine struct {
	Lot      string         `json:"lot,omitempty"`
	Material string         `json:"material,omitempty"`
	Mass     string         `json:"kg,omitempty"`
	Elements []truthElement `json:"elements,omitempty"`
	Steps    []truthStep    `json:"steps,omitempty"`

	Trouble      string   `json:"trouble,omitempty"`
	Lots         []string `json:"lots,omitempty"`
	Event        string   `json:"event,omitempty"` // "" when nobody recorded it
	Righted      bool     `json:"righted,omitempty"`
	Contradicted bool     `json:"contradicted,omitempty"`
}

type truthElement struct {
	Element string       `json:"element"`
	Mass    string       `json:"kg"`
	From    []truthShare `json:"from"`
}

type truthShare struct {
	Facility string `json:"facility,omitempty"` // left out of scrap from outside the world
	Country  string `json:"country,omitempty"`
	Mass     string `json:"kg"`
}

type truthStep struct {
	Phase    string `json:"phase"`
	Facility string `json:"facility"`
	Country  string `json:"country"`
	Elements string `json:"elements"`
}

// truthFile writes what a world knows of itself, one JSON object a line.
type truthFile struct {
	path string
	f    *os.File
	w    *bufio.Writer
}

func newTruthFile(path string) (*truthFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the truth: %w", err)
	}
	return &truthFile{path: path, f: f, w: bufio.NewWriter(f)}, nil
}

// tell writes the lots that an occurrence made and the troubles planted in it.
func (t *truthFile) tell(o *sim.Occurrence) error {
	enc := json.NewEncoder(t.w)
	for i := range o.Made {
		if err := enc.Encode(viewTruth(&o.Made[i])); err != nil {
			return fmt.Errorf("write %s: %w", t.path, err)
		}
	}
	for _, p := range o.Planted {
		line := truthLine{Trouble: p.Kind.String(), Lots: texts(p.Lots), Righted: p.Righted, Contradicted: p.Contradicted}
		if o.Event != nil {
			line.Event = o.Event.ID
		}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write %s: %w", t.path, err)
		}
	}
	return nil
}

func (t *truthFile) close() error { return errors.Join(t.w.Flush(), t.f.Close()) }

func viewTruth(t *sim.Truth) truthLine {
	line := truthLine{Lot: string(t.Lot), Material: string(t.Material), Mass: t.Mass().Kilograms().String()}
	for e := range element.Element(element.Count) {
		from := t.From(e)
		if len(from) == 0 {
			continue
		}
		x := truthElement{Element: e.Symbol(), Mass: t.Of(e).Kilograms().String()}
		for _, s := range from {
			x.From = append(x.From, truthShare{string(s.Facility), string(s.Country), s.Mass.Kilograms().String()})
		}
		line.Elements = append(line.Elements, x)
	}
	for _, s := range t.Steps() {
		line.Steps = append(line.Steps, truthStep{s.Phase.String(), string(s.Facility), string(s.Country), s.Elements.String()})
	}
	return line
}
