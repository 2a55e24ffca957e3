package rules

import (
	"slices"
	"strings"

	"lodestone/supply"
)

// What conditions may ask of recycled material.

func (w *world) recycled(what string) truth {
	rec := w.mat.Recycled
	if rec == nil || rec.Blend || slices.ContainsFunc(w.mat.Gaps, func(g Gap) bool { return !g.Feed }) {
		return no // a magnet that is, or for all that is known may be, in part of fresh material is not made of recycled material
	}
	at := func(field string) string { return w.factOf(w.mat, "recycled."+field) }
	switch what {
	case "declared":
		return yes
	case "chemical":
		route := w.text(at("route"), rec.Route)
		if route == "" {
			return open(at("route"))
		}
		return known(route == "chemical")
	case "by_product":
		return w.byProduct(at("feed"), rec.Feed)
	case "milled_in_us":
		return w.inUS(at("milled_in"), rec.MilledIn).and(w.thisLifeIn(supply.Milled))
	case "sintered_in_us":
		if rec.SinteredIn == "" && hasPhase(w.mat, supply.Bonded) && !hasPhase(w.mat, supply.Sintered) {
			return no
		}
		return w.inUS(at("sintered_in"), rec.SinteredIn).and(w.thisLifeIn(supply.Sintered))
	case "bonded_in_us":
		return w.everyIn(supply.Bonded, "united_states")
	case "clean_and_allowed":
		t := w.covered(at("produced_in"), rec.ProducedIn).not()
		worked := false
		for i := range w.mat.Steps {
			s := &w.mat.Steps[i]
			switch {
			case s.EarlierLife == Yes, s.Phase < supply.Reduced, s.Phase == supply.Assembled:
				continue // how the feed's own material was won is not asked: where the feed was produced is
			case s.Phase == supply.Recycled:
				t = t.and(w.stepCovered(s, i).not())
				continue
			}
			worked = true
			t = t.and(w.stepListed(s, i, "united_states").or(w.stepListed(s, i, "qualifying")))
		}
		if !worked {
			melted := w.stepFact(w.mat, supply.Melted, 0, "country")
			t = t.and(w.inUS(melted, "").or(w.listed(melted, "", "qualifying")))
		}
		return t
	}
	panic("rules: variable without a meaning: recycled." + what)
}

func hasPhase(m *Material, p supply.Phase) bool {
	return slices.ContainsFunc(m.Steps, func(s Step) bool { return s.Phase == p })
}

// thisLifeIn tells whether each step of a phase that is marked as of this life, and not of the feed's first, was in the
// United States. Steps without a mark may be of either and speak neither way.
func (w *world) thisLifeIn(p supply.Phase) truth {
	t := yes
	for i := range w.mat.Steps {
		if s := &w.mat.Steps[i]; s.Phase == p && s.EarlierLife == No {
			t = t.and(w.stepListed(s, i, "united_states"))
		}
	}
	return t
}

// everyIn tells whether the material went through phase p, and everywhere in a country of the list.
func (w *world) everyIn(p supply.Phase, list string) truth {
	t := known(hasPhase(w.mat, p))
	for i := range w.mat.Steps {
		if s := &w.mat.Steps[i]; s.Phase == p {
			t = t.and(w.stepListed(s, i, list))
		}
	}
	return t
}

// byProduct tells swarf, sludge and tails of production from scrap, by the words of the feed's description.
func (w *world) byProduct(fact, feed string) truth {
	feed = w.text(fact, feed)
	words := strings.FieldsFunc(feed, func(r rune) bool { return r < 'a' || r > 'z' })
	contains := func(list ...string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return slices.Contains(list, s) })
	}
	switch {
	case contains("swarf", "sludge", "sludges", "tail", "tails", "tailings", "byproduct", "byproducts", "dross", "slag", "slags", "grindings",
		"grinding", "offcut", "offcuts", "production", "manufacturing", "turnings", "fines"), strings.Contains(feed, "by-product"), strings.Contains(feed, "off-cut"), strings.Contains(feed, "new scrap"):
		return yes
	case contains("scrap", "eol", "used", "spent", "disk", "disks", "disc", "discs", "magnet", "magnets"), strings.Contains(feed, "end-of-life"), strings.Contains(feed, "end of life"), strings.Contains(feed, "post-consumer"):
		return no
	}
	return open(fact)
}

// firstLife tells whether a step of a recycled material may belong to the first life of its feed. Where the facts mark
// the steps of the earlier life, those it is. Else it is the winning of the feed itself, everything up to the phase
// that the route of recycling leaves standing, and a later phase that happened a second time outside covered countries.
func (w *world) firstLife(m *Material, i int) Tri {
	s := &m.Steps[i]
	switch {
	case m.Recycled == nil:
		return No
	case s.EarlierLife != Unknown:
		return s.EarlierLife
	case s.Phase == supply.Recycled:
		return Yes
	case m.Recycled.Blend:
		return Unknown // it may belong to the fresh part
	case slices.ContainsFunc(m.Steps, func(s Step) bool { return s.EarlierLife == Yes }):
		return No
	}
	if t := w.standing(m, s.Phase); t != No {
		return t
	}
	for j := range m.Steps {
		if j != i && m.Steps[j].Phase == s.Phase && w.stepCovered(&m.Steps[j], j).is == No {
			return Yes
		}
	}
	return No
}

// standing tells whether what a phase did in the first life is still in the recycled material: on the powder route all
// up to the melting, on the alloy route up to the reduction, on the chemical route up to the precipitation.
func (w *world) standing(m *Material, p supply.Phase) Tri {
	last := supply.Melted
	switch w.text(w.factOf(m, "recycled.route"), m.Recycled.Route) {
	case "alloy":
		last = supply.Reduced
	case "chemical":
		last = supply.Precipitated
	case "":
		if p > supply.Precipitated && p <= supply.Melted {
			return Unknown
		}
	}
	if p <= last {
		return Yes
	}
	return No
}

// fed tells whether a phase of a recycled material may have happened in the first life of its feed.
func (w *world) fed(m *Material, p supply.Phase) Tri {
	if m.Recycled == nil || m.Recycled.Blend || p > supply.Reduced {
		return No
	}
	return w.standing(m, p)
}

// withPlaces is the material with the places that its recycling names as steps, where these speak against it: milled,
// sintered and, for where the feed was produced, recycled in what may be a covered country. Of a history that is whole
// and has no such step the place that the recycling leaves out is unknown, and no clean one: no magnet is made of scrap
// without milling and sintering or bonding it, and nothing is scrap that was not won somewhere.
func (w *world) withPlaces(m *Material, kind string) *Material {
	if m.Recycled == nil {
		return m
	}
	magnet := kind == "NdFeB magnet" || kind == "SmCo magnet"
	out := *m
	out.Steps = slices.Clip(slices.Clone(m.Steps))
	for _, p := range []struct {
		phase   supply.Phase
		field   string
		country supply.Country
		took    bool // that it took place is certain, and no step says where
	}{
		{supply.Milled, "milled_in", m.Recycled.MilledIn, magnet && !m.took(supply.Atomized, supply.Milled, false)},
		{supply.Sintered, "sintered_in", m.Recycled.SinteredIn, magnet && !m.took(supply.Sintered, supply.Bonded, false)},
		{supply.Recycled, "produced_in", m.Recycled.ProducedIn, !m.took(supply.Mined, supply.Refined, true) && !hasPhase(m, supply.Recycled)},
	} {
		if p.country == "" && !(p.took && m.whole()) {
			continue // its step says where, or is asked for
		}
		country := asCountry(w.text(w.factOf(m, "recycled."+p.field), string(p.country)))
		if country == "" || w.covered("", country).is != No {
			out.Steps = append(out.Steps, Step{Phase: p.phase, Country: country, EarlierLife: No, recycledAs: p.field})
		}
	}
	if len(out.Steps) == len(m.Steps) {
		return m
	}
	return &out
}

// took tells whether a step of the phases from first to last is listed, where earlier is false one that may be of this life.
func (m *Material) took(first, last supply.Phase, earlier bool) bool {
	return slices.ContainsFunc(m.Steps, func(s Step) bool {
		return s.Phase >= first && s.Phase <= last && (earlier || s.EarlierLife != Yes)
	})
}
