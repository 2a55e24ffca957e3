package rules

import (
	"fmt"
	"slices"
	"strings"
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
		step := Step{Phase: s.Phase, Elements: s.Elements, Country: s.Country, Facility: string(s.Facility), Evidence: s.Evidence.On(on), EarlierLife: No}
		if s.Recycled {
			step.EarlierLife = Yes
		}
		for _, id := range g.Ground(lot, s, time.Time{}) {
			step.Sources = append(step.Sources, "entry "+id.String())
		}
		if fac, clash, ok := g.Register().Facility(s.Facility, on); ok {
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
		if s.Dispute == "" {
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
		if !slices.Contains(r.Claims, s.Country) {
			r.Claims = append(r.Claims, s.Country)
		}
		r.Evidence = min(r.Evidence, step.Evidence)
		for _, src := range step.Sources {
			if !slices.Contains(r.Sources, src) {
				r.Sources = append(r.Sources, src)
			}
		}
	}
	return out
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
			if s.Country == "" || s.Dispute != "" {
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

// plannedPlaces names the places of steps that are said to be planned: nothing can have been made there but on paper.
func plannedPlaces(g *genealogy.Graph, steps []genealogy.Step) []string {
	var out []string
	for _, s := range steps {
		if f, _, ok := g.Register().Facility(s.Facility, 0); ok && f.Planned {
			text := fmt.Sprintf("%s is said to be planned: a record of %s there is a plan, not a fact", f.Name, phaseWord(s.Phase))
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
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
		if !slices.Contains(found, s.Country) {
			found = append(found, s.Country)
		}
	}
	return found
}

// madeIn is the countries where a lot was made, as far as they are known, each once.
func madeIn(l *genealogy.Lot) []supply.Country {
	var found []supply.Country
	for _, h := range l.History {
		if !h.Void && (h.Role == "made" || h.Role == "commissioned" || h.Phase == supply.Assembled) {
			found = append(found, h.Countries...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
