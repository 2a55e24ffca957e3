package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

// ParseContract reads what a contract says of a delivery whose material is in the record: a fact file without the book,
// the day and the materials.
func ParseContract(name string, data []byte) (*Facts, error) {
	f, err := ParseFacts(name, data)
	if err != nil {
		return nil, err
	}
	var faults Faults
	for _, x := range []struct {
		field string
		given bool
	}{{"book", len(f.Books) > 0}, {"delivery", f.Delivery != 0}, {"materials", len(f.Materials) > 0}} {
		var wrong Faults
		if x.given && errors.As(f.wrong(x.field, "does not belong in a contract file", "the record holds the materials; book and day are asked for with --book and --on"), &wrong) {
			faults = append(faults, wrong...)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return f, nil
}

// FromRecord is the question whether a lot of the record may be delivered on a day. said is what the contract says, nil
// where there is no contract file: the common assumptions then hold and are named. Names of materials are lot ids.
func FromRecord(g *genealogy.Graph, lot supply.LotID, said *Facts, on quantity.Date) (*Facts, error) {
	about, ok := g.Lot(lot)
	if !ok {
		return nil, fmt.Errorf("no lot %s in the record", lot)
	}
	f := &Facts{MinimumEvidence: supply.Stated, Answers: map[string]string{}}
	if said != nil {
		*f = *said
		f.Determinations = slices.Clone(said.Determinations)
	} else {
		assume(f)
	}
	f.Delivery = on
	f.Assumed = slices.Clone(f.Assumed)
	if f.EndItem.Name == "" {
		f.EndItem.Name = string(lot)
	}
	covered := g.Covered(lot, time.Time{})
	if len(covered) == 1 && covered[0].Lot == lot {
		f.EndItem.IsMaterial = true
	}
	recorded := madeIn(&about)
	if f.EndItem.IsMaterial {
		p, _ := g.Profile(lot, time.Time{})
		recorded = finishedIn(p.Steps)
	}
	if given := f.EndItem.MadeIn; len(recorded) > 1 || len(recorded) == 1 && recorded[0] != given {
		f.EndItem.MadeIn = ""
		if len(recorded) == 1 {
			f.EndItem.MadeIn = recorded[0]
		}
		if given != "" {
			f.Assumed = append(f.Assumed, fmt.Sprintf("the record places the making of %s in %s, whatever the contract file says (%s)", lot, places(recorded), given))
		}
	}
	if last := about.Date; last > on {
		f.Assumed = append(f.Assumed, fmt.Sprintf("%s was made on %s, after the day asked about", lot, last))
	}
	names := shortNames(covered)
	for i, c := range covered {
		m := materialOf(g, c, names[i], f, on)
		for _, id := range c.Path[:len(c.Path)-1] {
			if holder, ok := g.Lot(id); ok {
				m.note(holder.Findings)
			}
		}
		f.Materials = append(f.Materials, m)
	}
	for _, d := range g.Register().Determinations() {
		v := d.Value
		f.Determinations = append(f.Determinations, Determination{Kind: v.Kind, Level: v.Level, Contract: v.Contract, Material: v.Material, By: v.By, Valid: d.Valid})
	}
	if len(f.Materials) == 0 {
		f.EndItem.IsMaterial = false
	}
	return f, nil
}

// assume fills in what is common where there is no contract file, and says so.
func assume(f *Facts) {
	f.Contract.Value = Share{Known: true, Value: quantity.DecimalOf(10_000_000_000)}
	f.Contract.BoughtIn, f.Contract.UsedIn = "US", "US"
	f.EndItem.COTS, f.EndItem.Modified, f.EndItem.ElectronicDevice = No, No, No
	f.Assumed = []string{
		"no contract file was given; the common assumptions hold:",
		"the prime contract is above the simplified acquisition threshold",
		"bought in the United States for use there",
		"the end item is not commercially available off the shelf and no electronic device",
		"no determination but those in the record",
	}
}

// shortNames are the last parts of the lots' ids where these differ, else the whole ids.
func shortNames(lots []genealogy.CoveredLot) []string {
	names := make([]string, len(lots))
	seen := map[string]bool{}
	for i, c := range lots {
		id := string(c.Lot)
		names[i] = id[strings.LastIndexAny(id, ":/")+1:]
		if names[i] == "" || seen[names[i]] {
			names[i] = id
		}
		seen[names[i]] = true
	}
	return names
}

// madeIn is the countries where a lot was made, as far as they are known, each once.
func madeIn(l *genealogy.Lot) []supply.Country {
	var found []supply.Country
	for _, h := range l.History {
		if h.Role == "made" && !h.Void {
			found = append(found, h.Countries...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
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

// RecordChanges are the days on which the evidence behind a lot's covered material changes, as when a certificate ends.
func RecordChanges(g *genealogy.Graph, lot supply.LotID) []quantity.Date {
	var days []quantity.Date
	for _, c := range g.Covered(lot, time.Time{}) {
		p, _ := g.Profile(c.Lot, time.Time{})
		for _, s := range p.Steps {
			days = append(days, s.Evidence.Changes()...)
		}
	}
	for _, d := range g.Register().Determinations() {
		days = append(days, d.Valid.From)
		if d.Valid.Until != 0 {
			days = append(days, d.Valid.Until+1)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func materialOf(g *genealogy.Graph, c genealogy.CoveredLot, name string, f *Facts, on quantity.Date) Material {
	m := Material{Name: name, In: within(c, f), Kind: "other", Incorporated: Yes}
	if f.EndItem.IsMaterial {
		m.Incorporated = No
	}
	if slices.Contains(Kinds, c.Kind) {
		m.Kind = c.Kind
	}
	l, _ := g.Lot(c.Lot)
	if mat, _, ok := g.Register().Material(c.Material); ok {
		m.Form = strings.ToLower(mat.Form)
		if mat.COTS != nil {
			m.COTS = No
			if *mat.COTS {
				m.COTS = Yes
			}
		}
		for _, fr := range mat.Fractions {
			if e, err := element.Parse(fr.Element); err == nil {
				if d, err := quantity.ParseDecimal(fr.Value); err == nil {
					m.Elements = append(m.Elements, ElementShare{Element: e, Share: d})
				}
			}
		}
	}
	if !l.Elements.Empty() {
		m.ElementsGiven, m.Present = true, l.Elements
	}
	p, _ := g.Profile(c.Lot, time.Time{})
	m.Steps = stepsOf(g, c.Lot, p.Steps, on)
	var later func(supply.LotID) []supply.Phase
	for _, h := range p.Holes {
		if h.Recycled {
			continue
		}
		if later == nil {
			later = laterPhases(g, c.Lot)
		}
		gap := Gap{Before: h.Before, Where: string(h.Lot)}
		if !p.More { // of a gap that opens at more lots than are named, nothing later is known of all
			gap.After = later(h.Lot)
		}
		if h.Element != element.None {
			gap.Elements = element.SetOf(h.Element)
		}
		m.Gaps = append(m.Gaps, gap)
	}
	m.Gaps = append(m.Gaps, feedGaps(g, c.Lot, p.Steps)...)
	m.note(p.Flags)
	m.Complete = p.Complete() && made(m.Kind, m.Steps)
	seen := element.Set(0)
	for i := range m.Steps {
		seen = seen.Union(m.Steps[i].Elements)
	}
	for _, gap := range m.Gaps {
		seen = seen.Union(gap.Elements)
	}
	if m.ElementsGiven {
		m.Present = m.Present.Union(seen.Intersect(element.RareEarths)) // an element that went in is there, declared or not
	}
	m.Remarks = append(m.Remarks, plannedPlaces(g, p.Steps)...)
	m.Recycled = recycledOf(g, c.Lot, p.Steps)
	return m
}

// note takes over the findings of a record: those that leave what hangs on them undetermined, and the rest.
func (m *Material) note(flags []genealogy.Flag) {
	for _, fl := range flags {
		list := &m.Remarks
		if fl.Kind.Taints() {
			list = &m.Findings
		}
		if text := fmt.Sprintf("%s at %s: %s", fl.Kind, fl.Lot, fl.Cause); !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
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

// laterPhases tells of a lot that root was made from which phases happened after it on every way to root.
func laterPhases(g *genealogy.Graph, root supply.LotID) func(supply.LotID) []supply.Phase {
	into := map[supply.LotID][]supply.LotID{}
	if t, err := g.Trace(root, genealogy.TraceOptions{}); err == nil {
		for _, a := range t.Arrows {
			if !a.Contained {
				into[a.From] = append(into[a.From], a.To)
			}
		}
	}
	own := func(id supply.LotID) (s phaseSet) {
		l, _ := g.Lot(id)
		for _, st := range l.Steps {
			s |= 1 << st.Phase
		}
		return s
	}
	const all = ^phaseSet(0)
	known := map[supply.LotID]phaseSet{}
	var after func(supply.LotID) phaseSet
	after = func(id supply.LotID) phaseSet {
		if s, ok := known[id]; ok {
			return s
		}
		known[id] = all // a cycle adds nothing to the ways that leave it
		s := all
		for _, to := range into[id] {
			s &= own(to) | after(to)
		}
		if len(into[id]) == 0 {
			s = 0
		}
		known[id] = s
		return s
	}
	return func(id supply.LotID) []supply.Phase {
		var ps []supply.Phase
		after(id).each(func(p supply.Phase) { ps = append(ps, p) })
		return ps
	}
}

// within is the component of the contract file that holds the lot: the one called like an item on the path to it.
func within(c genealogy.CoveredLot, f *Facts) string {
	for i := len(c.Path) - 2; i > 0; i-- {
		for _, comp := range f.Components {
			if id := string(c.Path[i]); id == comp.Name || strings.HasSuffix(id, ":"+comp.Name) || strings.HasSuffix(id, "/"+comp.Name) {
				return comp.Name
			}
		}
	}
	return "end_item"
}

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
		if fac, _, ok := g.Register().Facility(s.Facility, on); ok && fac.Name != "" {
			step.Facility = fac.Name
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
			step.Country = ""
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

// feedGaps are the gaps before the lots that begin with being recycled: of what they were in their first life nothing is
// recorded.
func feedGaps(g *genealogy.Graph, lot supply.LotID, steps []genealogy.Step) []Gap {
	if !slices.ContainsFunc(steps, func(s genealogy.Step) bool { return s.Phase == supply.Recycled && !s.Recycled }) {
		return nil
	}
	t, err := g.Trace(lot, genealogy.TraceOptions{})
	if err != nil {
		return nil
	}
	fed := map[supply.LotID]bool{}
	for _, a := range t.Arrows {
		fed[a.To] = fed[a.To] || !a.Contained
	}
	var out []Gap
	later := laterPhases(g, lot)
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if fed[n.ID] || n.Phase != supply.Recycled {
			continue
		}
		l, _ := g.Lot(n.ID)
		out = append(out, Gap{Elements: l.Elements, Before: supply.Recycled, After: later(n.ID), Where: string(n.ID), Feed: true})
	}
	return out
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
	for _, id := range g.Lineage(lot, false) {
		if up, ok := g.Lot(id); ok {
			switch {
			case strings.Contains(up.Kind, "swarf"):
				rec.Feed = "swarf"
			case strings.Contains(up.Kind, "scrap") && rec.Feed == "":
				rec.Feed = "magnet scrap"
			}
		}
	}
	return rec
}
