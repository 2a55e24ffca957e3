package balance

import (
	"slices"
	"strings"

	"lodestone/genealogy"
	"lodestone/supply"
)

// rawMaking is one event.
type rawMaking struct {
	Making
	campaign string
	hidden   []supply.LotID // drawn through a container
	gone     bool
}

// events enters the happenings of a lot.
func (r *reader) events(l *genealogy.Lot) {
	p := r.b.Lots[l.ID]
	for i := range l.History {
		h := &l.History[i]
		if h.Void || len(h.Entries) == 0 {
			continue
		}
		for _, e := range h.Entries {
			if c, stated := r.facts.custody[e]; stated && h.Role != "drawn" {
				p.claim(c)
			}
		}
		switch h.Role {
		case "made", "drawn":
			r.making(l, p, h)
		case "commissioned":
			f := r.flow(l.ID, h.Amount, h.Entries)
			p.Begun = append(p.Begun, Begin{Flow: f, Phase: h.Phase, Facility: h.Facility, Place: h.FacilityName, Country: one(h.Countries), Date: h.Date, Time: h.Time, Entry: h.Entries[0], authors: h.Authors})
			if h.Time.After(p.lastFlowAt) {
				p.lastFlowAt = h.Time
			}
		case "ended":
			if h.Time.After(p.lastFlowAt) {
				p.lastFlowAt = h.Time
			}
			if f := r.flow(l.ID, h.Amount, h.Entries); f.Known && f.Mass > 0 {
				p.Gone = append(p.Gone, Gone{f, h.Date, h.Time})
			} else {
				p.Ended = true
			}
		case "observed":
			step := lastWord(h.BizStep)
			r.sight(p, h, step)
			if step == "cycle_counting" || step == "stock_taking" {
				if f := r.flow(l.ID, h.Amount, h.Entries); f.Known && !h.Time.Before(p.countedAt) {
					p.counted, p.countedAt = &f, h.Time
				}
			}
		}
	}
}

func one(list []supply.Country) supply.Country {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}

func lastWord(uri string) string { return uri[strings.LastIndexAny(uri, ":/#-")+1:] }

// making enters a transformation the first time one of its lots names it.
func (r *reader) making(l *genealogy.Lot, p *Lot, h *genealogy.Happening) {
	if h.Time.After(p.lastFlowAt) {
		p.lastFlowAt = h.Time
	}
	p.made = p.made || h.Role == "made"
	i, known := r.seen[h.Entries[0]]
	if !known {
		i = len(r.raw)
		r.seen[h.Entries[0]] = i
		m := rawMaking{campaign: h.Campaign}
		m.ID = h.Entries[0].String()
		if len(h.EventIDs) > 0 {
			m.ID = h.EventIDs[0]
		}
		m.Entries, m.Phase, m.Facility, m.Place, m.Date, m.Time, m.authors = h.Entries, h.Phase, h.Facility, h.FacilityName, h.Date, h.Time, h.Authors
		for _, a := range h.Inputs {
			m.In = append(m.In, r.flow(a.Lot, a.Amount, h.Entries))
		}
		for _, a := range h.Outputs {
			m.Out = append(m.Out, r.flow(a.Lot, a.Amount, h.Entries))
		}
		for _, e := range h.Entries { // one event stated by several: the losses once
			if losses := r.facts.losses[e]; len(m.Losses) == 0 {
				m.Losses = losses
			}
			m.Unread = m.Unread || r.facts.unread[e]
		}
		r.raw = append(r.raw, m)
	}
	m := &r.raw[i]
	of := func(f Flow) bool { return f.Lot == l.ID }
	if h.Role == "drawn" && !slices.ContainsFunc(m.In, of) {
		m.hidden = append(m.hidden, l.ID)
	}
}

// through puts what was drawn through a container in the container's place. How much that was is known when the
// container's own input states a mass and it holds one lot, or when it states none and the container is drawn from once,
// as it was packed; else it is not.
func (r *reader) through() {
	opens := map[supply.LotID]int{}
	for i := range r.raw {
		if len(r.raw[i].hidden) > 0 {
			for _, f := range r.raw[i].In {
				opens[f.Lot]++
			}
		}
	}
	for i := range r.raw {
		if m := &r.raw[i]; len(m.hidden) > 0 {
			r.unpack(m, opens)
		}
	}
}

// stay is where a lot was at the time of a making, and how much of it; false when it was in nothing.
func (r *reader) stay(id supply.LotID, m *rawMaking) (genealogy.Stay, bool) {
	for _, s := range r.lots[id].Inside {
		if !s.From.After(m.Time) && (s.Until.IsZero() || !s.Until.Before(m.Time)) {
			return s, true
		}
	}
	return genealogy.Stay{}, false
}

func (r *reader) unpack(m *rawMaking, opens map[supply.LotID]int) {
	held := map[supply.LotID]int{} // lots drawn through each container
	for _, id := range m.hidden {
		if s, ok := r.stay(id, m); ok {
			held[s.Parent]++
		}
	}
	var drawn []Flow
	for _, id := range m.hidden {
		if l := r.lots[id]; l.Container && !r.b.Lots[id].made {
			continue // a container in a container weighs nothing itself
		}
		f := r.flow(id, genealogy.Amount{}, nil)
		if s, ok := r.stay(id, m); ok {
			var box Flow
			for _, x := range m.In {
				if x.Lot == s.Parent && x.Known {
					box = x
				}
			}
			switch {
			case box.Known && held[s.Parent] == 1:
				f.Mass, f.SD, f.Known = box.Mass, box.SD, true
			case !box.Known && opens[s.Parent] == 1:
				f = r.flow(id, s.Amount, nil)
			}
			f.Via = s.Parent
		}
		drawn = append(drawn, f)
	}
	m.In = slices.DeleteFunc(m.In, func(f Flow) bool { return held[f.Lot] > 0 && !r.b.Lots[f.Lot].made })
	m.In = append(m.In, drawn...)
}
