package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// LawJudge asks the books of law, with the same engine that judges a magnet of the record: a plan and a verdict cannot part
// ways. The purchase it puts is an ordinary one: above the threshold, made and used in the United States, in a missile, no
// exception claimed.
type LawJudge struct {
	Library rules.Library
	Answers map[string]string // how the user reads open doubts
}

var _ Judge = LawJudge{}

// Bans cuts the days at every date that the book, or the statute it consults, knows.
func (j LawJudge) Bans(book string, made Made, from, until quantity.Date) ([]Ban, error) {
	b := j.Library.Book(book)
	if b == nil {
		return nil, fmt.Errorf("there is no book %s", quoted(book))
	}
	if b.Kind != rules.Prohibition {
		return nil, fmt.Errorf("%s is a book of kind %s: only a prohibition bars a delivery", book, b.Kind)
	}
	cuts := []quantity.Date{from}
	for _, of := range []*rules.Book{b, j.Library.Book(b.Consults)} {
		if of != nil {
			cuts = append(cuts, changes(of)...)
		}
	}
	cuts = slices.DeleteFunc(cuts, func(d quantity.Date) bool { return d < from || d > until })
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Ban
	for i, cut := range cuts {
		ban := Ban{Rule: book, From: cut, Until: until, Kind: made.Kind, Digest: b.Digest}
		if i+1 < len(cuts) {
			ban.Until = cuts[i+1] - 1
		}
		clean, err := j.Hear(ban, made, nil, true)
		if err != nil {
			return nil, err
		}
		if clean.Barred {
			return nil, fmt.Errorf("%s lets not even %s made in the United States pass on %s: %s", book, made.Kind, cut, clean.Because)
		}
		ban.AsIf, ban.Lawful = clean.AsIf, lawful(b, cut)
		out = append(out, ban)
	}
	return out, nil
}

// lawful is what a book lets pass on a day, by the countries that it names: those of its value allowed, else all but those of
// covered, where it calls them by that word; else only that its rules are kept.
func lawful(b *rules.Book, on quantity.Date) string {
	for _, v := range b.Values {
		e := v.On(on)
		switch {
		case e == nil:
		case v.Name == "allowed":
			return "from " + v.About
		case v.Name == "covered" && strings.HasPrefix(v.About, "covered "):
			return fmt.Sprintf("from outside %s (%s)", v.About, strings.Join(e.List, ", "))
		}
	}
	return "lawful under " + b.ID
}

// changes are the days on which a book's words or values begin or end to hold.
func changes(b *rules.Book) []quantity.Date {
	var out []quantity.Date
	valid := func(p quantity.Period) {
		out = append(out, p.From)
		if p.Until != 0 {
			out = append(out, p.Until+1)
		}
	}
	valid(b.InForce)
	for _, v := range b.Values {
		if !v.Award { // such a value follows the day of award, not of delivery
			for _, e := range v.Entries {
				valid(e.Valid)
			}
		}
	}
	for _, p := range b.Parts {
		valid(p.Valid)
		for _, r := range p.Rules {
			valid(r.Valid)
		}
	}
	return out
}

// upstream is everything that happens to elements before they are an alloy; whole is what then happens to the material.
var (
	upstream = []supply.Phase{supply.Mined, supply.Separated, supply.Refined, supply.Reduced}
	whole    = []supply.Phase{supply.Melted, supply.Milled, supply.Sintered, supply.Magnetized}
)

// Hear puts the question to the library for a delivery on the ban's first day. What is not a clean verdict bars.
func (j LawJudge) Hear(ban Ban, made Made, deeds []Deed, complete bool) (Finding, error) {
	m := rules.Material{Name: "material", Kind: made.Kind, Form: "finished", Incorporated: rules.Yes, COTS: rules.No, ElementsGiven: true, Complete: complete}
	var elements element.Set
	for _, c := range made.Contents {
		e, err := element.Parse(c.Element)
		if err != nil {
			return Finding{}, err
		}
		share, err := quantity.ParseDecimal(strconv.FormatFloat(c.Share, 'f', 6, 64))
		if err != nil {
			return Finding{}, err
		}
		elements = elements.With(e)
		m.Elements = append(m.Elements, rules.ElementShare{Element: e, Share: share})
	}
	var told element.Set // elements whose upstream history the deeds tell, where they tell all that is known
	last := supply.NoPhase
	if !complete {
		for _, d := range deeds {
			told = told.Union(d.Elements)
			last = max(last, d.Phase)
			if d.Elements.Empty() || d.Phase >= supply.Melted {
				told = elements
			}
		}
	}
	if rest := elements.Minus(told); !rest.Empty() {
		for _, phase := range upstream {
			m.Steps = append(m.Steps, step(phase, rest, "US"))
		}
	}
	for _, phase := range whole {
		if phase > last {
			m.Steps = append(m.Steps, step(phase, 0, "US"))
		}
	}
	for _, d := range deeds {
		of := d.Elements.Intersect(elements)
		if d.Phase >= supply.Melted {
			of = 0
		} else if of.Empty() && !d.Elements.Empty() {
			continue // nothing of it gets into this material
		}
		m.Steps = append(m.Steps, step(d.Phase, of, d.Country))
	}
	known := func(v int64) rules.Share { return rules.Share{Known: true, Value: quantity.DecimalOf(v)} }
	f := &rules.Facts{
		Books: []string{ban.Rule}, Delivery: ban.From, MaterialsComplete: true, Materials: []rules.Material{m},
		Contract: rules.Contract{Awarded: ban.From, Value: known(10_000_000), BoughtIn: "US", UsedIn: "US"},
		EndItem: rules.EndItem{Name: "end item", MadeIn: "US", COTS: rules.No, Modified: rules.No, ElectronicDevice: rules.No,
			System: "missile", CoveredShare: rules.Share{Known: true, Value: quantity.MustDecimal("0.03")}, TungstenShare: known(0)},
		MinimumEvidence: supply.Stated, Answers: j.answers(ban.Rule),
	}
	a, err := j.Library.Judge(f)
	if err != nil {
		return Finding{}, err
	}
	found := Finding{Barred: !a.Verdict.Clean(), AsIf: a.AsIf}
	for _, b := range a.Books {
		if b.Verdict != a.Verdict {
			continue
		}
		found.Because = b.Because
		for _, d := range b.Doubts {
			if d.Class == rules.Open {
				found.Doubts = append(found.Doubts, d.Key)
			}
		}
	}
	return found, nil
}

// answers are those of the user's readings that a book knows.
func (j LawJudge) answers(book string) map[string]string {
	out := map[string]string{}
	b := j.Library.Book(book)
	for _, of := range []*rules.Book{b, j.Library.Book(b.Consults)} {
		if of == nil {
			continue
		}
		for _, d := range of.Doubts {
			if v, ok := j.Answers[d.Key]; ok {
				out[d.Key] = v
			}
		}
	}
	return out
}

func step(phase supply.Phase, of element.Set, country supply.Country) rules.Step {
	return rules.Step{Phase: phase, Elements: of, Country: country, Evidence: supply.Certified}
}
