package main

import (
	"strings"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

// place is where something happened: name and country, each said to be unknown where it is.
func place(id supply.FacilityID, name string, country supply.Country) string {
	if name == "" {
		name = string(id)
	}
	if name == "" {
		name = "an unknown place"
	}
	if country == "" {
		return name + " (country unknown)"
	}
	return name + " (" + string(country) + ")"
}

// making is a lot's last making in words: "sintered at Euclid (US) on 2027-02-03".
func making(s *genealogy.LotSummary) string {
	if s.Phase == supply.NoPhase && s.Date == 0 {
		if s.Container {
			return "container"
		}
		return "origin unknown"
	}
	return joined(" ", phaseWord(s.Phase), "at "+place(s.Facility, s.FacilityName, s.Country), planned(s), on(s.Date))
}

func planned(s *genealogy.LotSummary) string {
	if s.Planned {
		return "[planned]"
	}
	return ""
}

// stepWord is what was done, also where nobody says it.
func stepWord(p supply.Phase) string {
	if p == supply.NoPhase {
		return "an unknown step"
	}
	return p.String()
}

func phaseWord(p supply.Phase) string {
	if p == supply.NoPhase {
		return "made"
	}
	return p.String()
}

func on(d quantity.Date) string {
	if d == 0 {
		return ""
	}
	return "on " + d.String()
}

// materialWords is a lot's material: its name, and its kind where the name does not say it.
func materialWords(s *genealogy.LotSummary) string {
	name := s.MaterialName
	if name == "" {
		name = string(s.Material)
	}
	switch {
	case name == "":
		return "material unknown"
	case strings.Contains(strings.ToLower(name), strings.ToLower(s.Kind)):
		return name
	}
	return name + ", " + s.Kind
}

// holeWords says what is not known.
func holeWords(h genealogy.Hole) string {
	what := "it"
	if h.Element != element.None {
		what = "its " + h.Element.Symbol()
	}
	text := "unknown: where " + what + " comes from"
	if h.Before != supply.NoPhase {
		text = "unknown: what became of " + what + " before it was " + h.Before.String()
	}
	if h.Recycled {
		text += " (in an earlier life)"
	}
	return text
}

// flagWords says what cannot be true, or what is to be seen.
func flagWords(f genealogy.Flag) string {
	if f.Cause == "" {
		return f.Kind.String()
	}
	return f.Kind.String() + ": " + f.Cause
}

// author is a party, or "nobody" where none stands behind it.
func author(p supply.PartyID) string {
	if p == supply.Unattributed {
		return "nobody"
	}
	return string(p)
}

// joined is the texts that are not empty with sep between them.
func joined(sep string, texts ...string) string {
	kept := texts[:0:0]
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, sep)
}

// texts is a list of any kind of string as strings.
func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return out
}
