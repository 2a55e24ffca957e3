package disclosure

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// smelting is the steps of which one tells where iron, boron or cobalt was won, which are seldom refined into oxides first.
var smelting = []supply.Phase{supply.Separated, supply.Refined, supply.Reduced}

func smelted(e element.Element) bool { return e == element.Fe || e == element.B || e == element.Co }

// add joins a place to one that says the same of other elements or steps.
func (ph *Phase) add(p Place) {
	for i := range ph.Places {
		q := &ph.Places[i]
		same := q.Country == p.Country && q.Facility == p.Facility && q.Evidence == p.Evidence && q.FirstLife == p.FirstLife && slices.Equal(q.StatedBy, p.StatedBy)
		if !same || !slices.Equal(q.Elements, p.Elements) && !slices.Equal(q.Steps, p.Steps) {
			continue
		}
		q.Elements, q.Steps = join(q.Elements, p.Elements), join(q.Steps, p.Steps)
		q.Events, q.Way = join(q.Events, p.Events), join(q.Way, p.Way)
		q.Way = slices.DeleteFunc(q.Way, func(e string) bool { return slices.Contains(q.Events, e) })
		for _, d := range p.Documents {
			if !slices.Contains(q.Documents, d) {
				q.Documents = append(q.Documents, d)
			}
		}
		return
	}
	ph.Places = append(ph.Places, p)
}

// miss joins a gap to one that says the same of other elements.
func (ph *Phase) miss(g Gap) {
	for i := range ph.Unknown {
		if h := &ph.Unknown[i]; h.Says == g.Says && slices.Equal(h.StopsAt, g.StopsAt) && h.Inquiry == g.Inquiry {
			h.Elements = join(h.Elements, g.Elements)
			return
		}
	}
	ph.Unknown = append(ph.Unknown, g)
}

func (p *Provenance) gap(m *rules.Material, e element.Element, row []supply.Phase) Gap {
	var words []string
	for _, ph := range row {
		words = append(words, ph.String())
	}
	gap := Gap{Elements: []string{}, StopsAt: m.StopsAt(e, row...), Says: "where it was " + strings.Join(words, " or ") + " is not on record"}
	if e != element.None {
		gap.Elements = []string{e.Symbol()}
	}
	if len(gap.StopsAt) == 0 {
		gap.StopsAt = []string{string(m.Lot)}
	}
	gap.Inquiry = asked(p.Inquiries, gap.StopsAt)
	return gap
}

// placeless is a step on record whose country is not known, or in dispute.
func (p *Provenance) placeless(lot supply.LotID, s *rules.Step) Gap {
	gap := Gap{Elements: symbols(s.Elements), StopsAt: []string{string(lot)}}
	where := s.Facility
	if where == "" {
		where = "a place that is not named"
	}
	gap.Says = s.Phase.String() + " at " + where + ", whose country is not known"
	switch {
	case s.Planned:
		gap.Says = s.Phase.String() + " at " + where + ", which was said to be planned then"
	case len(s.Claims) > 0:
		var cs []string
		for _, c := range s.Claims {
			cs = append(cs, country(c))
		}
		gap.Says = s.Phase.String() + " in " + strings.Join(cs, " or ") + ", as rival claims have it"
	}
	gap.Inquiry = asked(p.Inquiries, gap.StopsAt)
	return gap
}

func place(entries Entries, s *rules.Step, st Standing) Place {
	p := Place{Steps: []string{s.Phase.String()}, Elements: symbols(s.Elements), Country: string(s.Country), Facility: s.Facility,
		Evidence: s.Evidence.String(), StatedBy: []string{}, Events: []string{}, Way: []string{}, Documents: []Paper{}, FirstLife: s.EarlierLife == rules.Yes}
	for _, e := range sourcesOf(entries, s) {
		switch {
		case e.Event != nil:
			p.Way = append(p.Way, e.ID.String())
			p.StatedBy = []string{} // the last of the way is the event of the step
			if e.Author != supply.Unattributed {
				p.StatedBy = append(p.StatedBy, string(e.Author))
			}
		case e.Claim != nil && e.Claim.Document != nil:
			p.Documents = append(p.Documents, paperOf(e.Claim, st))
		}
	}
	if n := len(p.Way); n > 0 {
		p.Events, p.Way = []string{p.Way[n-1]}, slices.Clip(p.Way[:n-1])
	}
	return p
}

// sourcesOf is the entries a step rests on, as far as they can be found.
func sourcesOf(entries Entries, s *rules.Step) []record.Entry {
	var out []record.Entry
	for _, text := range s.Sources {
		id, err := record.ParseID(strings.TrimPrefix(text, "entry "))
		if err != nil {
			continue
		}
		if e, ok := entries(id); ok {
			out = append(out, e)
		}
	}
	return out
}

func paperOf(c *supply.Statement, st Standing) Paper {
	d := c.Document
	return Paper{ID: string(d.ID), Name: d.Name, Signer: d.Signer, Dated: d.Dated, From: c.Valid.From.String(), Until: c.Valid.Until.String(),
		Grade: d.Grade, InTime: c.Valid.Covers(st.On)}
}
