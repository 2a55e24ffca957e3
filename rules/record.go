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
	f := Unrecorded(g, string(lot), said, on)
	covered := g.Covered(lot, endOf(on))
	bare := len(covered) == 1 && covered[0].Lot == lot
	if f.EndItem.IsMaterial && !bare {
		f.Assumed = append(f.Assumed, fmt.Sprintf("the record has more in %s than a bare material, whatever the contract file says", lot))
	}
	f.EndItem.IsMaterial = bare
	recorded, unplaced := madeIn(&about)
	if f.EndItem.IsMaterial {
		p, _ := g.Profile(lot, time.Time{})
		recorded, unplaced = finishedIn(p.Steps), false
	}
	for _, made := range []*supply.Country{&f.EndItem.MadeIn, &f.Claim.ProducedIn} {
		given := *made
		if len(recorded) == 0 || len(recorded) == 1 && recorded[0] == given || unplaced && given == "" {
			continue
		}
		*made = ""
		if len(recorded) == 1 {
			*made = recorded[0]
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
	if len(f.Materials) == 0 {
		f.EndItem.IsMaterial = false
	}
	return f, nil
}

// Unrecorded is the question whether an item of which the record says nothing may be delivered on a day: what the contract
// says, or the common assumptions, and the determinations of the record g, nil for none. It has no materials.
func Unrecorded(g *genealogy.Graph, item string, said *Facts, on quantity.Date) *Facts {
	f := &Facts{MinimumEvidence: supply.Stated, Answers: map[string]string{}}
	if said != nil {
		*f = *said
		f.Determinations = slices.Clone(said.Determinations)
	} else {
		assume(f)
	}
	f.Delivery, f.Accepted, f.Shipment.Date = on, 0, 0
	f.Assumed = slices.Clone(f.Assumed)
	if f.EndItem.Name == "" {
		f.EndItem.Name = item
	}
	if g != nil {
		for _, d := range g.Register().Determinations() {
			v := d.Value
			f.Determinations = append(f.Determinations, Determination{Kind: v.Kind, Level: v.Level, Contract: v.Contract, Material: v.Material, By: v.By, Valid: d.Valid})
		}
	}
	return f
}

// endOf is the end of a day anywhere on earth: what a container holds is asked of then.
func endOf(d quantity.Date) time.Time { return d.Time().Add(36 * time.Hour) }

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
		names[i] = shortName(c.Lot)
		if names[i] == "" || seen[names[i]] {
			names[i] = string(c.Lot)
		}
		seen[names[i]] = true
	}
	return names
}

// shortName is the last part of a lot's id, "" where the id ends in a mark.
func shortName(lot supply.LotID) string {
	return string(lot[strings.LastIndexAny(string(lot), ":/")+1:])
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
	m := Material{Name: name, Lot: c.Lot, In: within(c, f), Kind: "other", Incorporated: Yes}
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
	up := ways{g: g, root: c.Lot}
	alike := map[genealogy.Hole]int{}
	for _, h := range p.Holes {
		h.Lot = ""
		alike[h]++
	}
	for _, h := range p.Holes {
		gap := Gap{Before: h.Before, Where: string(h.Lot), Feed: h.Recycled}
		kind := h
		kind.Lot = ""
		if alike[kind] < genealogy.Examples { // of a gap that opens at more lots than are named, nothing later is known of all
			gap.After = up.later(h.Lot)
		}
		if h.Element != element.None {
			gap.Elements = element.SetOf(h.Element)
		}
		m.Gaps = append(m.Gaps, gap)
	}
	m.Gaps = append(m.Gaps, up.feedGaps(p.Steps)...)
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
