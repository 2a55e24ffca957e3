package genealogy

import (
	"slices"
	"time"

	"lodestone/supply"
)

// happening writes out an event as one about a lot.
func (g *Graph) happening(n, l int32) Happening {
	ev := &g.events[n]
	p := g.placeOf(ev)
	h := Happening{
		Time: time.UnixMilli(ev.time).UTC(), Date: ev.day, Role: g.roleOf(ev, l), Phase: ev.phase, BizStep: g.names.text(ev.step),
		Facility: supply.FacilityID(g.names.text(p.facility)), FacilityName: g.facilityName(p.facility, ev.day), Countries: slices.Clone(p.countries),
		Planned:  len(g.planned(p.facility, ev.day)) > 0,
		Campaign: g.names.text(ev.txn), Inputs: g.lotAmounts(g.inOf(ev)), Outputs: g.lotAmounts(g.outOf(ev)), Void: !ev.live,
	}
	if ev.parent >= 0 && ev.kind != observes {
		h.Parent = supply.LotID(g.lots.id(ev.parent))
	}
	for _, list := range [][]item{g.outOf(ev), g.inOf(ev), g.thingsOf(ev)} {
		for _, it := range list {
			switch {
			case it.lot != l || it.amount.Kind == Unstated:
			case h.Amount.Kind == Unstated:
				h.Amount = it.amount
			case h.Amount.same(it.amount):
				h.Amount = h.Amount.plus(it.amount)
			}
		}
		if h.Amount.Kind != Unstated {
			break
		}
	}
	for _, m := range g.movesOf(ev) {
		if m.source {
			h.From = append(h.From, g.names.text(m.id))
		} else {
			h.To = append(h.To, g.names.text(m.id))
		}
	}
	for s := ev.stated; s >= 0; s = g.entries[s].next {
		e := &g.entries[s]
		h.Entries = append(h.Entries, e.id)
		if e.void == ev.live {
			continue // of a standing event the parties that stand by it, of a void one all
		}
		h.Authors = append(h.Authors, supply.PartyID(g.names.text(e.author)))
		if e.ident != 0 {
			h.EventIDs = append(h.EventIDs, g.names.text(e.ident))
		}
	}
	if h.Void {
		h.Corrections = g.corrections(n)
	}
	h.Entries = sortIDs(h.Entries)
	slices.Sort(h.Authors)
	h.Authors = slices.Compact(h.Authors)
	slices.Sort(h.EventIDs)
	h.EventIDs = slices.Compact(h.EventIDs)
	return h
}

// corrections is the eventIDs that the declarations against an event name as its replacements.
func (g *Graph) corrections(n int32) []string {
	ev := &g.events[n]
	var ids []string
	see := func(d int32) {
		for _, c := range g.voids[d].corrective {
			ids = append(ids, g.names.text(c))
		}
	}
	for _, d := range g.voidHash[ev.identity] {
		see(d)
	}
	for s := ev.stated; s >= 0; s = g.entries[s].next {
		for _, d := range g.voidsOf[g.entries[s].ident] {
			see(d)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (g *Graph) lotAmounts(list []item) []LotAmount {
	var out []LotAmount
	for _, it := range list {
		out = append(out, LotAmount{supply.LotID(g.lots.id(it.lot)), it.amount})
	}
	return out
}

func (g *Graph) roleOf(ev *event, l int32) string {
	in := func(list []item) bool {
		return slices.ContainsFunc(list, func(it item) bool { return it.lot == l })
	}
	switch {
	case ev.kind == makes && in(g.outOf(ev)):
		return "made"
	case ev.kind == makes && (in(g.inOf(ev)) || in(g.viaOf(ev))):
		return "drawn"
	case ev.kind == observes && in(g.thingsOf(ev)):
		switch {
		case ev.action == add:
			return "commissioned"
		case ev.action == del:
			return "ended"
		case ev.phase != supply.NoPhase:
			return "treated"
		}
		return "observed"
	case ev.kind != observes && ev.parent == l:
		return "held"
	case ev.kind != observes && in(g.thingsOf(ev)):
		switch ev.action {
		case add:
			return "packed"
		case del:
			return "unpacked"
		}
		return "seen inside"
	}
	return "observed"
}
