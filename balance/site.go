package balance

import (
	"cmp"
	"slices"

	"lodestone/quantity"
	"lodestone/supply"
)

// Sites is the accounts of every site with a making in scope, or of the one asked for with all that stands on it.
func (b *Books) Sites(s *Scope) []Site {
	var ids []supply.FacilityID
	if !s.AnySite {
		ids = []supply.FacilityID{s.Site}
	} else {
		for _, i := range b.Within(s) {
			ids = append(ids, b.Makings[i].Facility)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
	}
	var sites []Site
	for _, id := range ids {
		one := *s
		one.Site, one.AnySite, one.Lots = id, false, nil
		if x := b.site(&one); x.Makings > 0 || !s.AnySite && len(x.Waiting) > 0 {
			sites = append(sites, x)
		}
	}
	slices.SortFunc(sites, func(x, y Site) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return sites
}

func (b *Books) site(s *Scope) Site {
	x := Site{ID: s.Site, Name: b.names[s.Site]}
	makings := b.Within(s)
	ever := *s
	ever.Period = quantity.Period{}
	set := b.elements(s, b.Within(&ever)) // what lies there from before has its elements too
	here := func(i int) bool { return i >= 0 && b.In(b.Makings[i].Facility, s.Site) }
	t := newTally(b)
	var losses []supply.Loss
	unread := false
	var lots []supply.LotID
	for _, i := range makings {
		m := &b.Makings[i]
		x.Makings++
		losses = append(losses, m.Losses...)
		unread = unread || m.Unread
	}
	for i := range b.Makings { // of any day: what was made before is there at the opening
		if !here(i) {
			continue
		}
		for _, f := range b.Makings[i].In {
			lots = append(lots, f.Lot)
		}
		for _, f := range b.Makings[i].Out {
			lots = append(lots, f.Lot)
		}
	}
	for id, l := range b.Lots {
		if slices.ContainsFunc(l.Begun, func(x Begin) bool { return b.In(x.Facility, s.Site) }) {
			lots = append(lots, id)
		}
	}
	slices.Sort(lots)
	for _, id := range slices.Compact(lots) {
		if l := b.Lots[id]; l != nil && b.cross(s, l, t, here) {
			x.Waiting = append(x.Waiting, id)
		}
	}
	for e := range set.All() {
		x.Accounts = append(x.Accounts, t.account(e, losses, unread))
	}
	return x
}

// cross enters a lot into a site's account, and tells whether something of it is left there.
func (b *Books) cross(s *Scope, l *Lot, t *tally, here func(i int) bool) bool {
	home := slices.ContainsFunc(b.makes[l.ID], here) ||
		slices.ContainsFunc(l.Begun, func(x Begin) bool { return b.In(x.Facility, s.Site) })
	before := func(d quantity.Date) bool { return s.Period.From != 0 && d != 0 && d < s.Period.From }
	after := func(d quantity.Date) bool { return s.Period.Until != 0 && d > s.Period.Until }
	rest, known, any := quantity.Mass(0), true, false
	b.history(l, func(f *Flow, made bool, at when) {
		day, making := at.day, at.making
		if !home {
			if !made && here(making) && !before(day) && !after(day) {
				t.add(in, f, 1)
			}
			return
		}
		if after(day) {
			return
		}
		sign := 1
		if !made {
			sign = -1
		}
		any = true
		known = known && f.Known
		rest += quantity.Mass(sign) * f.Mass
		t.add(left, f, sign)
		switch {
		case before(day):
			t.add(opening, f, sign)
		case made && !here(making): // begun here or brought from elsewhere
			t.add(in, f, 1)
		case !made && !here(making):
			t.add(out, f, 1)
		}
	})
	return any && home && (!known || rest > 0)
}
