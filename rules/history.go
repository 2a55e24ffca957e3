package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

// What a lot's history in the record says in the words of a fact file.

// stepsOf turns a profile's steps into facts, rival steps of one making into one step with rival claims.
func stepsOf(g *genealogy.Graph, lot supply.LotID, steps []genealogy.Step, on quantity.Date) []Step {
	var out []Step
	rivals := map[string]int{}
	for _, s := range steps {
		step := Step{Phase: s.Phase, Elements: s.Elements, Country: s.Country, Facility: string(s.Facility), Evidence: s.Evidence.On(on), EarlierLife: No, Planned: s.Planned}
		if s.Recycled {
			step.EarlierLife = Yes
		}
		for _, id := range g.Ground(lot, s, time.Time{}) {
			step.Sources = append(step.Sources, "entry "+id.String())
		}
		if fac, clash, ok := g.Register().Facility(s.Facility, 0); ok {
			if fac.Name != "" {
				step.Facility = fac.Name
			}
			if !clash && fac.Country == s.Country && s.Dispute == "" {
				step.Region = recordedRegion(fac)
			}
			step.Operator.Name = string(fac.Operator)
			if of := g.Register().Party(fac.Operator); len(of) == 1 && of[0].Value.Name != "" {
				step.Operator.Name = of[0].Value.Name
			}
		}
		step.days = sync.OnceValue(func() []quantity.Date { return g.Days(lot, s, time.Time{}) })
		if s.Dispute == "" {
			step.doubt()
			out = append(out, step)
			continue
		}
		key := fmt.Sprint(s.Dispute, "/", s.Phase, "/", s.Elements)
		i, ok := rivals[key]
		if !ok {
			i = len(out)
			rivals[key] = i
			step.Country, step.Operator = "", Party{}
			out = append(out, step)
		}
		r := &out[i]
		if first := r.days; ok {
			r.days = func() []quantity.Date { // at most one of the rivals is true: a day they do not share is not known
				if days := first(); slices.Equal(days, step.days()) {
					return days
				}
				return nil
			}
		}
		if !slices.Contains(r.Claims, s.Country) {
			r.Claims = append(r.Claims, s.Country)
		}
		r.Planned = r.Planned || s.Planned
		r.doubt()
		r.Evidence = min(r.Evidence, step.Evidence)
		for _, src := range step.Sources {
			if !slices.Contains(r.Sources, src) {
				r.Sources = append(r.Sources, src)
			}
		}
	}
	return out
}

// doubt makes the place of a step a claim where it was said to be planned on the day: the step was there, or it is not
// known where it was.
func (s *Step) doubt() {
	if !s.Planned {
		return
	}
	if s.Country != "" {
		s.Claims, s.Country = append(s.Claims, s.Country), ""
	}
	if len(s.Claims) > 0 && !slices.Contains(s.Claims, "") {
		s.Claims = append(s.Claims, "")
	}
}

// recordedRegion is the region of a facility as the record has it, "" where that names no place of its country: what cannot
// be read is not known.
func recordedRegion(fac supply.Facility) string {
	region := regionOf(fac.Region)
	if _, chinese := cnRegions[region]; chinese != (fac.Country == "CN") {
		return ""
	}
	return region
}

// recycledOf reads from the steps how a recycled material was won: nil where nothing was recycled. With fresh rare earth
// from a mine in it, it is a blend.
func recycledOf(g *genealogy.Graph, lot supply.LotID, steps []genealogy.Step) *Recycled {
	var rec *Recycled
	fresh := false
	for _, s := range steps {
		switch {
		case s.Phase == supply.Recycled && !s.Recycled:
			rec = &Recycled{Route: "powder"}
		case s.Phase == supply.Mined && !s.Recycled:
			fresh = fresh || s.Elements.Empty() || !s.Elements.Intersect(element.RareEarths).Empty()
		}
	}
	if rec == nil {
		return nil
	}
	rec.Blend = fresh
	place := func(p supply.Phase) (c supply.Country) {
		for _, s := range steps {
			if s.Phase != p || s.Recycled {
				continue
			}
			if s.Country == "" || s.Dispute != "" || s.Planned {
				return ""
			}
			if c == "" || c == "US" {
				c = s.Country // one place abroad is enough to miss the exception
			}
		}
		return c
	}
	rec.MilledIn, rec.SinteredIn = place(supply.Milled), place(supply.Sintered)
	for _, s := range steps {
		switch {
		case s.Recycled:
		case s.Phase == supply.Separated || s.Phase == supply.Leached || s.Phase == supply.Calcined:
			rec.Route = "chemical"
		case s.Phase == supply.Melted && rec.Route == "powder":
			rec.Route = "alloy"
		}
	}
	for _, kind := range g.KindsAbove(lot) {
		switch {
		case strings.Contains(kind, "swarf"):
			rec.Feed = "swarf"
		case strings.Contains(kind, "scrap") && rec.Feed == "":
			rec.Feed = "magnet scrap"
		}
	}
	return rec
}

// made tells whether the phases without which there is no magnet are on record: without them a history is not whole,
// wherever its ways up end. Of what is no magnet nothing is asked here.
func made(kind string, steps []Step) bool {
	if kind != "NdFeB magnet" && kind != "SmCo magnet" {
		return true
	}
	var seen phaseSet
	for _, s := range steps {
		seen |= 1 << s.Phase
	}
	for _, any := range []phaseSet{1 << supply.Melted, 1<<supply.Atomized | 1<<supply.Decrepitated | 1<<supply.Milled,
		1<<supply.Sintered | 1<<supply.Bonded, 1 << supply.Magnetized} {
		if seen&any == 0 {
			return false
		}
	}
	return true
}

// plannedPlaces names the places of steps that are said to be planned: of the day of a step, when nothing can have been
// made there but on paper, or of others, which leaves the step as it is.
func plannedPlaces(g *genealogy.Graph, steps []genealogy.Step) []string {
	var out []string
	for _, s := range steps {
		f, _, ok := g.Register().Facility(s.Facility, 0)
		if !ok || !f.Planned {
			continue
		}
		text := fmt.Sprintf("%s is said to be planned, by a statement that is older than the step recorded there (%s), or speaks of other days", cmp.Or(f.Name, string(s.Facility)), phaseWord(s.Phase))
		if s.Planned {
			text = fmt.Sprintf("%s was said to be planned when %s there: that is a plan until there is evidence that it ran", cmp.Or(f.Name, string(s.Facility)), phaseWord(s.Phase))
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// finishedIn is the countries where the last phase of a material's making happened, "" among them where one is not known.
func finishedIn(steps []genealogy.Step) []supply.Country {
	last, found := supply.NoPhase, []supply.Country(nil)
	for _, s := range steps {
		if s.Recycled || s.Phase >= supply.Assembled || s.Phase < last || s.Phase == supply.NoPhase {
			continue
		}
		if s.Phase > last {
			last, found = s.Phase, nil
		}
		if s.Planned {
			s.Country = ""
		}
		if !slices.Contains(found, s.Country) {
			found = append(found, s.Country)
		}
	}
	return found
}

// madeIn is the countries where a lot was made, as far as they are known, each once; "" among them where a place was said
// to be planned. unplaced tells that it was made or assembled at a place besides whose country nobody states.
func madeIn(l *genealogy.Lot) (found []supply.Country, unplaced bool) {
	for _, h := range l.History {
		made := h.Role == "made" || h.Phase == supply.Assembled
		if h.Void || !made && h.Role != "commissioned" {
			continue
		}
		found = append(found, h.Countries...)
		if h.Planned {
			found = append(found, "")
		}
		unplaced = unplaced || made && len(h.Countries) == 0
	}
	slices.Sort(found)
	return slices.Compact(found), unplaced
}
