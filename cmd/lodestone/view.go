package main

import (
	"time"

	"lodestone/genealogy"
	"lodestone/supply"
)

// What --json prints of lots, traces and findings. Amounts are text with their unit, days YYYY-MM-DD, entries are ids.

type lotView struct {
	Lot       supply.LotID      `json:"lot"`
	Material  supply.MaterialID `json:"material,omitempty"`
	Name      string            `json:"material_name,omitempty"`
	Kind      string            `json:"kind,omitempty"`
	Phase     string            `json:"phase,omitempty"`
	Facility  supply.FacilityID `json:"facility,omitempty"`
	Place     string            `json:"facility_name,omitempty"`
	Country   supply.Country    `json:"country,omitempty"`
	Date      string            `json:"date,omitempty"`
	Made      string            `json:"made,omitempty"`
	Left      string            `json:"left,omitempty"`
	Container bool              `json:"container,omitempty"`
	Flags     int               `json:"flags"`
}

func viewLot(s *genealogy.LotSummary) lotView {
	return lotView{Lot: s.ID, Material: s.Material, Name: s.MaterialName, Kind: s.Kind, Phase: s.Phase.String(), Facility: s.Facility,
		Place: s.FacilityName, Country: s.Country, Date: s.Date.String(), Made: s.Made.String(), Left: s.Left.String(),
		Container: s.Container, Flags: s.Flags}
}

type flagView struct {
	Kind    string       `json:"kind"`
	Taints  bool         `json:"taints"`
	Lot     supply.LotID `json:"lot"`
	Cause   string       `json:"cause"`
	Entries []string     `json:"entries"`
}

func viewFlags(flags []genealogy.Flag) []flagView {
	var out []flagView
	for _, f := range flags {
		v := flagView{Kind: f.Kind.String(), Taints: f.Kind.Taints(), Lot: f.Lot, Cause: f.Cause, Entries: []string{}}
		for _, e := range f.Entries {
			v.Entries = append(v.Entries, e.String())
		}
		out = append(out, v)
	}
	return out
}

type holeView struct {
	Element  string       `json:"element,omitempty"` // "" is every element
	Before   string       `json:"before,omitempty"`  // "" is everything
	Lot      supply.LotID `json:"lot"`
	Recycled bool         `json:"earlier_life,omitempty"`
}

func viewHoles(holes []genealogy.Hole) []holeView {
	var out []holeView
	for _, h := range holes {
		out = append(out, holeView{Element: h.Element.Symbol(), Before: h.Before.String(), Lot: h.Lot, Recycled: h.Recycled})
	}
	return out
}

type stepView struct {
	Phase    string            `json:"phase"`
	Facility supply.FacilityID `json:"facility,omitempty"`
	Country  supply.Country    `json:"country,omitempty"`
	Elements []string          `json:"elements,omitempty"` // none is the whole material
	Evidence string            `json:"evidence"`
	Dispute  string            `json:"dispute,omitempty"`
	Recycled bool              `json:"earlier_life,omitempty"`
	Planned  bool              `json:"planned,omitempty"` // the place was said to be planned on the day
}

func viewSteps(steps []genealogy.Step) []stepView {
	var out []stepView
	for _, s := range steps {
		v := stepView{Phase: s.Phase.String(), Facility: s.Facility, Country: s.Country, Evidence: string(s.Evidence), Dispute: s.Dispute, Recycled: s.Recycled, Planned: s.Planned}
		for e := range s.Elements.All() {
			v.Elements = append(v.Elements, e.Symbol())
		}
		out = append(out, v)
	}
	return out
}

// instant is a time for JSON, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
