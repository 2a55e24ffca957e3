package main

import (
	"lodestone/genealogy"
	"lodestone/supply"
)

// wholeView is what show --json prints.
type wholeView struct {
	lotView
	Position  int64               `json:"log_position"`
	Materials []supply.MaterialID `json:"materials,omitempty"` // more than one: in dispute
	Elements  []string            `json:"elements,omitempty"`  // none: not known
	Drawn     string              `json:"drawn,omitempty"`
	Findings  []flagView          `json:"findings,omitempty"`
	History   []happeningView     `json:"history"`
	Inside    []stayView          `json:"inside,omitempty"`
	Contents  []stayView          `json:"contents,omitempty"`
	Assays    []map[string]figure `json:"assays,omitempty"`
	Documents []paperView         `json:"documents,omitempty"`
	Profile   profileView         `json:"profile"`
}

type figure struct {
	Value string `json:"value"` // mass fraction of one
	SD    string `json:"sd,omitempty"`
}

type happeningView struct {
	Date      string            `json:"date"`
	Time      string            `json:"time"`
	Role      string            `json:"role"`
	Void      bool              `json:"void,omitempty"`
	Phase     string            `json:"phase,omitempty"`
	BizStep   string            `json:"biz_step,omitempty"`
	Facility  supply.FacilityID `json:"facility,omitempty"`
	Place     string            `json:"facility_name,omitempty"`
	Countries []supply.Country  `json:"countries,omitempty"`
	Campaign  string            `json:"campaign,omitempty"`
	Amount    string            `json:"amount,omitempty"`
	Inputs    []amountView      `json:"inputs,omitempty"`
	Outputs   []amountView      `json:"outputs,omitempty"`
	Parent    supply.LotID      `json:"parent,omitempty"`
	From      []string          `json:"from,omitempty"`
	To        []string          `json:"to,omitempty"`
	Replaced  []string          `json:"replaced_by,omitempty"`
	Authors   []supply.PartyID  `json:"authors"` // "" is nobody
	EventIDs  []string          `json:"event_ids,omitempty"`
	Entries   []string          `json:"entries"`
}

type amountView struct {
	Lot    supply.LotID `json:"lot"`
	Amount string       `json:"amount,omitempty"`
}

type stayView struct {
	Parent supply.LotID `json:"parent"`
	Child  supply.LotID `json:"child"`
	From   string       `json:"from"`
	Until  string       `json:"until,omitempty"`
	Amount string       `json:"amount,omitempty"`
}

type paperView struct {
	supply.Document
	ValidFrom  string         `json:"valid_from,omitempty"`
	ValidUntil string         `json:"valid_until,omitempty"`
	Author     supply.PartyID `json:"author"` // "" is nobody
	Entry      string         `json:"entry"`
}

type profileView struct {
	Complete bool       `json:"complete"`
	Steps    []stepView `json:"steps"`
	Holes    []holeView `json:"holes,omitempty"`
	Flags    []flagView `json:"flags,omitempty"`
}

func viewWhole(lot *genealogy.Lot, p *genealogy.Profile, papers []genealogy.Sourced[supply.Document]) wholeView {
	v := wholeView{lotView: viewLot(&lot.LotSummary), Materials: lot.Materials, Drawn: lot.Drawn.String(), Findings: viewFlags(lot.Findings),
		History: []happeningView{}, Inside: viewStays(lot.Inside), Contents: viewStays(lot.Contents),
		Profile: profileView{Complete: p.Complete(), Steps: viewSteps(p.Steps), Holes: viewHoles(p.Holes), Flags: viewFlags(p.Flags)}}
	for e := range lot.Elements.All() {
		v.Elements = append(v.Elements, e.Symbol())
	}
	for i := range lot.History {
		v.History = append(v.History, viewHappening(&lot.History[i]))
	}
	for _, a := range lot.Assays {
		figures := map[string]figure{}
		for _, l := range a.Lines {
			f := figure{Value: l.Value.String()}
			if l.Known {
				f.SD = l.SD.String()
			}
			figures[l.Element.Symbol()] = f
		}
		v.Assays = append(v.Assays, figures)
	}
	for _, d := range papers {
		v.Documents = append(v.Documents, paperView{Document: d.Value, ValidFrom: d.Valid.From.String(), ValidUntil: d.Valid.Until.String(),
			Author: d.Author, Entry: d.Entry.String()})
	}
	return v
}

func viewHappening(h *genealogy.Happening) happeningView {
	v := happeningView{Date: h.Date.String(), Time: instant(h.Time), Role: h.Role, Void: h.Void, Phase: h.Phase.String(), BizStep: h.BizStep,
		Facility: h.Facility, Place: h.FacilityName, Countries: h.Countries, Campaign: h.Campaign, Amount: h.Amount.String(),
		Inputs: viewAmounts(h.Inputs), Outputs: viewAmounts(h.Outputs), Parent: h.Parent, From: h.From, To: h.To,
		Replaced: h.Corrections, Authors: h.Authors, EventIDs: h.EventIDs, Entries: []string{}}
	for _, e := range h.Entries {
		v.Entries = append(v.Entries, e.String())
	}
	return v
}

func viewAmounts(list []genealogy.LotAmount) []amountView {
	var out []amountView
	for _, a := range list {
		out = append(out, amountView{Lot: a.Lot, Amount: a.Amount.String()})
	}
	return out
}

func viewStays(list []genealogy.Stay) []stayView {
	var out []stayView
	for _, s := range list {
		out = append(out, stayView{Parent: s.Parent, Child: s.Child, From: instant(s.From), Until: instant(s.Until), Amount: s.Amount.String()})
	}
	return out
}
