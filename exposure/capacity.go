package exposure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
)

// product is a kind of product that facilities state capacities of.
type product struct {
	name     string
	word     string // that the table's product begins with
	stage    Stage
	codes    []string // of the atlas's stages that make it
	remark   string   // that the atlas puts to such a stage where this is what it makes
	elements []element.Element
}

func products() []product {
	sx, light, heavy := []string{"SX"}, []string{"METAL_LRE"}, []string{"METAL_HRE"}
	ndpr, samarium := []element.Element{element.Nd, element.Pr}, []element.Element{element.Sm}
	return []product{
		{"NdPr oxide", "NdPr oxide", Refining, sx, "", ndpr},
		{"Sm oxide", "Sm oxide", Refining, sx, "", samarium},
		{"Tb oxide", "Tb oxide", Refining, sx, "", []element.Element{element.Tb}},
		{"Dy oxide", "Dy oxide", Refining, sx, "", []element.Element{element.Dy}},
		{"NdPr metal", "NdPr metal", Metals, light, "", ndpr},
		{"Tb metal", "Tb metal", Metals, heavy, "", []element.Element{element.Tb}},
		{"Dy metal", "Dy metal", Metals, heavy, "", []element.Element{element.Dy}},
		{"NdFeB magnets", "NdFeB", Magnets, []string{"SINTER"}, "", ndpr},
		{"SmCo magnets", "SmCo", Magnets, []string{"SINTER"}, "SmCo", samarium},
	}
}

// asked tells whether a product holds one of the elements.
func (p product) asked(elements []element.Element) bool {
	return slices.ContainsFunc(p.elements, func(e element.Element) bool { return slices.Contains(elements, e) })
}

// atlasPeriod is the period of figures on facilities: each row tells the state of its own year, the latest that is known.
const atlasPeriod = "latest in the atlas"

// perYear is a capacity in tonnes a year; nil for one that is no such amount.
func perYear(c atlas.Capacity) *big.Rat {
	per := map[string]*big.Rat{"t/yr": whole(1), "short ton/yr": number("0.90718474"), "t/month": whole(12), "t/quarter": whole(4), "t/half-year": whole(2)}[c.Unit]
	v := number(c.Value)
	if per == nil || v == nil {
		return nil
	}
	return mul(v, per)
}

// today tells whether a capacity is there now: stated as actual, or as the nameplate of a plant that runs or starts up.
func today(f atlas.Facility, c atlas.Capacity) bool {
	if strings.HasPrefix(c.Basis, "actual") {
		return true
	}
	runs := f.State == atlas.Operating || f.State == atlas.Commissioning || f.State == atlas.Pilot
	return runs && (strings.HasPrefix(c.Basis, "nameplate") || strings.HasPrefix(c.Basis, "initial nameplate") || strings.HasPrefix(c.Basis, "existing"))
}

// unmeasured tells whether a plant that runs has the capacity, though how much today is no single number: a bound, as in
// ">2,000", or a capability that sources date differently.
func unmeasured(f atlas.Facility, c atlas.Capacity) bool {
	return f.State == atlas.Operating && (strings.HasPrefix(c.Basis, ">") || c.Basis == "capability")
}

func capacityRow(f atlas.Facility, c atlas.Capacity) Row {
	return Row{Table: "facility_capacities", Line: c.Line, What: f.Name + ": " + c.Product + ", " + c.Basis, Value: c.Value, Unit: c.Unit, Sources: c.Sources, Evidence: c.Evidence}
}

func facilityRow(f atlas.Facility) Row {
	return Row{Table: "facilities", Line: f.Line, What: f.Name, Value: f.Status, Sources: f.Sources, Evidence: f.Evidence}
}

// stands is a facility with its capacity for a product today.
type stands struct {
	facility atlas.Facility
	capacity atlas.Capacity
	tonnes   *big.Rat
}

// of tells whether a capacity is for the product.
func (p product) of(c atlas.Capacity) bool {
	return slices.Contains(p.codes, c.Stage) && strings.HasPrefix(c.Product, p.word)
}

// now is the facilities with a capacity for a product today, of several figures an actual one, the last; and the names of
// those whose capacity is no single number.
func (p product) now(facilities []atlas.Facility) (list []stands, open []string) {
	for _, f := range facilities {
		var best *stands
		for _, c := range f.Capacities {
			t := perYear(c)
			if p.of(c) && unmeasured(f, c) {
				open = append(open, f.Name+" ("+c.Value+" "+c.Unit+", "+c.Basis+")")
			}
			if t == nil || !p.of(c) || !today(f, c) {
				continue
			}
			if best == nil || strings.HasPrefix(c.Basis, "actual") || !strings.HasPrefix(best.capacity.Basis, "actual") {
				best = &stands{f, c, t}
			}
		}
		if best != nil {
			list = append(list, *best)
		}
	}
	return list, open
}

// capacities is how concentrated the capacities that the atlas has are, by country, owner and facility.
func (t tables) capacities(elements []element.Element) (list []Figure) {
	for _, p := range products() {
		if !p.asked(elements) {
			continue
		}
		now, open := p.now(t.facilities)
		for _, by := range []struct {
			name string
			of   func(f atlas.Facility) string
		}{
			{"country", func(f atlas.Facility) string { return string(f.Country) }},
			{"owner", func(f atlas.Facility) string { return f.Operator }},
			{"facility", func(f atlas.Facility) string { return f.Name }},
		} {
			list = append(list, concentrated(p, now, open, by.name, by.of)...)
		}
	}
	return list
}

func concentrated(p product, now []stands, open []string, by string, of func(f atlas.Facility) string) (list []Figure) {
	h := Figure{Measure: HHI, Stage: p.stage, By: by, Subject: "capacity for " + p.name + " in the atlas", Period: atlasPeriod, Unit: "0 to 1"}
	if len(p.elements) == 1 {
		h.Element = p.elements[0]
	}
	h.Notes = []string{fmt.Sprintf("among the %d facilities with a figure; the atlas is no census, and most plants in China are not in it", len(now))}
	actual := func(s stands) bool { return strings.HasPrefix(s.capacity.Basis, "actual") }
	if slices.ContainsFunc(now, actual) && !slices.ContainsFunc(now, func(s stands) bool { return !actual(s) }) {
		h.Notes = append(h.Notes, "output, and no nameplate")
	} else if slices.ContainsFunc(now, actual) {
		h.Notes = append(h.Notes, "output where a source tells it, else nameplate: the two are mixed")
	}
	if len(open) > 0 {
		h.Notes = append(h.Notes, "left out, as no single number is told: "+strings.Join(open, ", "))
	}
	if p.stage == Magnets {
		h.Notes = append(h.Notes, "tonnes of blanks and of finished magnets as stated: a blank loses about a third")
	}
	if by == "owner" {
		h.Notes = append(h.Notes, "the operator as the source names it; who owns it in the end is not in the tables")
	}
	if len(now) == 0 {
		h.Notes, h.Needs = nil, []string{"a capacity that is actual, or the nameplate of a plant that runs: the atlas has none for " + p.name}
		return []Figure{h}
	}
	total := new(big.Rat)
	parts := map[string]*big.Rat{}
	var order []string
	for _, s := range now {
		who := of(s.facility)
		if parts[who] == nil {
			parts[who] = new(big.Rat)
			order = append(order, who)
		}
		parts[who] = add(parts[who], s.tonnes)
		total = add(total, s.tonnes)
		h.Rows = append(h.Rows, capacityRow(s.facility, s.capacity))
	}
	slices.SortStableFunc(order, func(a, b string) int { return parts[b].Cmp(parts[a]) })
	sum := new(big.Rat)
	for _, who := range order {
		sum = add(sum, square(over(parts[who], total)))
	}
	h.set(sum)
	h.Formula = fmt.Sprintf("Σ share² over %d of %s t/yr together", len(order), text(total))
	list = append(list, h)
	if by == "facility" {
		return list
	}
	for _, who := range order {
		f := Figure{Measure: Share, Stage: p.stage, Element: h.Element, By: by, Subject: who + ", of " + h.Subject, Period: atlasPeriod, Unit: "%",
			Formula: text(parts[who]) + " ÷ " + text(total) + " t/yr", Notes: h.Notes, Rows: h.Rows}
		f.set(percent(parts[who], total))
		list = append(list, f)
	}
	return list
}

// stated tells whether a facility states a capacity for the product, planned or not.
func (p product) stated(f atlas.Facility) bool {
	return slices.ContainsFunc(f.Capacities, func(c atlas.Capacity) bool {
		return p.of(c)
	})
}

// staged tells whether a facility has a stage that makes the product, or may: not one whose remark says that it makes
// another, as in SINTER (SmCo).
func (p product) staged(f atlas.Facility) bool {
	return slices.ContainsFunc(f.Stages, func(s atlas.Stage) bool {
		return slices.Contains(p.codes, s.Code) && !slices.ContainsFunc(products(), func(x product) bool {
			return x.remark != "" && x.remark == s.Remark && x.name != p.name
		})
	})
}

// grounds is the rows that tell that a facility makes the product today, none when none does: the facility, where the remark on
// a stage or its status says so, as in "Dy from May 2025" or "shipped first magnets"; and the capacities that are there.
func (p product) grounds(f atlas.Facility) (list []Row) {
	marked := p.remark != "" && slices.ContainsFunc(f.Stages, func(s atlas.Stage) bool {
		return slices.Contains(p.codes, s.Code) && s.Remark == p.remark
	})
	if marked || len(p.elements) == 1 && strings.Contains(f.Status, p.elements[0].Symbol()+" from ") || strings.HasPrefix(f.Status, "shipped first") && p.stated(f) {
		list = append(list, facilityRow(f))
	}
	for _, c := range f.Capacities {
		if p.of(c) && (today(f, c) || unmeasured(f, c) && c.Basis != "capability") {
			list = append(list, capacityRow(f, c))
		}
	}
	if len(list) > 0 && list[0].Table != "facilities" {
		list = append([]Row{facilityRow(f)}, list...)
	}
	return list
}

// later tells whether a facility is to make the product by its expected start, as in "Dy/Tb late 2026".
func (p product) later(f atlas.Facility) bool {
	return len(p.elements) == 1 && strings.Contains(f.Start, p.elements[0].Symbol())
}

// told tells whether the atlas says what a facility makes at the stage: then it makes no more than that. A capacity for
// rare earths of no named kind, such as REO, does not say it; one for light ones says that no heavy one is made.
func (p product) told(f atlas.Facility) bool {
	heavy := len(p.elements) == 1 && p.elements[0] != element.Sm
	some := false
	for _, c := range f.Capacities {
		if !slices.Contains(p.codes, c.Stage) {
			continue
		}
		if p.of(c) && unmeasured(f, c) {
			return false // how much, and since when, is not told
		}
		some = true
		named := slices.ContainsFunc(products(), func(x product) bool { return strings.HasPrefix(c.Product, x.word) })
		if !named && !(heavy && strings.HasPrefix(c.Product, "light")) {
			return false
		}
	}
	return some
}
