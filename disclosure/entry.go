package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/supply"
)

// entryWords is an entry of the log in one sentence: what it says, of what, where and when, and who says so.
func entryWords(e *record.Entry) string {
	by := "stated by " + string(e.Author)
	if e.Author == supply.Unattributed {
		by = "stated by nobody who signed"
	}
	switch {
	case e.Event != nil:
		return eventWords(e.Event) + ", " + by
	case e.Claim != nil:
		return claimWords(e.Claim) + ", " + by
	}
	return by
}

func eventWords(ev *epcis.Event) string {
	what := ev.BizStep
	if p, ok := supply.PhaseOf(ev.BizStepURI()); ok {
		what = p.String()
	} else if i := strings.LastIndexAny(what, ":-/"); i >= 0 {
		what = what[i+1:]
	}
	if what == "" {
		what = ev.TypeName
	}
	s := what
	if in := idsOf(ev.InputEPCs, ev.InputQuantities); len(in) > 0 {
		s += " " + several(in)
		if len(supply.MadeBy(ev)) > 0 {
			s += " into"
		}
	}
	made := supply.MadeBy(ev)
	ids := make([]string, len(made))
	for i, id := range made {
		ids[i] = string(id)
	}
	if len(ids) > 0 {
		s += " " + several(ids)
	}
	if ev.ParentID != "" {
		s += ", in " + ev.ParentID
	}
	if at := placeOf(ev); at != "" {
		s += ", at " + at
	}
	if !ev.Time.Time.IsZero() {
		s += ", on " + ev.Time.Time.Format("2006-01-02")
	}
	if ev.Error != nil {
		s = "error declaration: not so: " + s
	}
	return s
}

func placeOf(ev *epcis.Event) string {
	switch {
	case ev.ReadPoint != nil && ev.ReadPoint.ID != "":
		return ev.ReadPoint.ID
	case ev.BizLocation != nil:
		return ev.BizLocation.ID
	}
	return ""
}

func idsOf(epcs []string, classes []epcis.Quantity) []string {
	ids := slices.Clone(epcs)
	for _, q := range classes {
		ids = append(ids, q.Class)
	}
	return ids
}

// several is a list of ids, the first few by name.
func several(ids []string) string {
	const most = 3
	if len(ids) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
	}
	return strings.Join(ids, ", ")
}

func claimWords(c *supply.Statement) string {
	var s string
	switch {
	case c.Facility != nil:
		s = "facility " + string(c.Facility.ID) + " (" + c.Facility.Name + ") is in " + country(c.Facility.Country)
		if c.Facility.Planned {
			s += ", planned"
		}
	case c.Material != nil:
		s = "material " + string(c.Material.ID) + " is " + c.Material.Kind
		if len(c.Material.Constituents) > 0 {
			s += " of " + strings.Join(c.Material.Constituents, ", ")
		}
	case c.Lot != nil:
		s = "lot " + string(c.Lot.ID) + " is of " + string(c.Lot.Material)
	case c.Document != nil:
		s = "document " + c.Document.Name + " " + string(c.Document.ID) + ", " + c.Document.Grade
		if c.Document.Signer != "" {
			s += ", signed by " + c.Document.Signer
		}
		if c.Document.Dated != "" {
			s += ", dated " + c.Document.Dated
		}
	case c.Determination != nil:
		d := c.Determination
		s = strings.TrimSpace(d.Kind + " determination, " + d.Level + " " + d.Contract + ", on " + d.Material + ", by " + d.By)
	case c.Party != nil:
		s = "party " + string(c.Party.ID) + " (" + c.Party.Name + ")"
	case c.Agreement != nil:
		s = "agreement " + string(c.Agreement.ID)
	default:
		s = "retracts entry " + c.Retract
	}
	if c.Valid.From != 0 || c.Valid.Until != 0 {
		s += ", valid " + span(c.Valid.From.String(), c.Valid.Until.String())
	}
	return s
}

// span is a period in words, open ends said.
func span(from, until string) string {
	switch {
	case from == "":
		return "until " + until
	case until == "":
		return "from " + from
	}
	return from + " to " + until
}
