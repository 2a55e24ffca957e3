package genealogy

import (
	"slices"

	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// place is where an event happened. More than one country is a contradiction among the statements; none is unknown.
type place struct {
	facility  int32 // name; 0 unknown
	countries []supply.Country
	claims    []int32 // the statements that give the countries
}

// placeOf is the event's readPoint when the register knows it as a facility, else its bizLocation, else its readPoint.
func (g *Graph) placeOf(ev *event) place {
	f := ev.bizAt
	if f == 0 || ev.readAt != 0 && g.isFacility(ev.readAt) {
		f = ev.readAt
	}
	p := place{facility: f}
	g.countries(f, ev.day, &p, nil)
	slices.Sort(p.countries)
	p.countries = slices.Compact(p.countries)
	return p
}

// isFacility tells whether a facility statement that is not retracted speaks of the name.
func (g *Graph) isFacility(f int32) bool {
	for _, n := range g.register.facilities[f] {
		if !g.retracted(n) {
			return true
		}
	}
	return false
}

// countries adds the countries that the statements in force on a day give a facility: its own, else that of the site
// it stands in.
func (g *Graph) countries(f int32, d quantity.Date, p *place, seen []int32) {
	if f == 0 || slices.Contains(seen, f) {
		return
	}
	seen = append(seen, f)
	among := g.register.facilities[f]
	for _, n := range among {
		if !g.on(n, among, d) {
			continue
		}
		fac := g.register.claims[n].st.Facility
		if fac.Country != "" {
			p.countries = append(p.countries, fac.Country)
			p.claims = append(p.claims, n)
		} else if fac.Within != "" {
			if w, ok := g.names.find(canon(string(fac.Within))); ok {
				before := len(p.countries)
				g.countries(w, d, p, seen)
				if len(p.countries) > before {
					p.claims = append(p.claims, n)
				}
			}
		}
	}
}

// sites is the sites a facility was ever said to stand in, itself first: two places of one site are not two sites.
func (g *Graph) sites(f int32) []int32 {
	list := []int32{f}
	for i := 0; i < len(list); i++ {
		for _, n := range g.register.facilities[list[i]] {
			if g.retracted(n) {
				continue
			}
			if w, ok := g.names.find(canon(string(g.register.claims[n].st.Facility.Within))); ok && !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
	}
	return list
}

// oneSite tells whether two facilities are the same, or one stands in the other, or both in a third.
func (g *Graph) oneSite(a, b int32) bool {
	if a == b {
		return true
	}
	y := g.sites(b)
	for _, s := range g.sites(a) {
		if slices.Contains(y, s) {
			return true
		}
	}
	return false
}

// within tells whether one of two facilities is the other or stands in it.
func (g *Graph) withinOther(a, b int32) bool {
	return a == b || slices.Contains(g.sites(a), b) || slices.Contains(g.sites(b), a)
}

func (g *Graph) claimEntries(claims []int32) []record.ID {
	ids := make([]record.ID, 0, len(claims))
	for _, n := range claims {
		ids = append(ids, g.claimID(n))
	}
	return sortIDs(ids)
}

func sortIDs(ids []record.ID) []record.ID {
	slices.SortFunc(ids, func(a, b record.ID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}
