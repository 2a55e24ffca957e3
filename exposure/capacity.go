package exposure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
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

// now is the facilities with a capacity for a product today; of several figures an actual one, the last.
func (p product) now() (list []stands) {
	for _, f := range atlas.Facilities() {
		var best *stands
		for _, c := range f.Capacities {
			t := perYear(c)
			if t == nil || !slices.Contains(p.codes, c.Stage) || !strings.HasPrefix(c.Product, p.word) || !today(f, c) {
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
	return list
}

// capacities is how concentrated the capacities that the atlas has are, by country, owner and facility.
func capacities(elements []element.Element) (list []Figure) {
	for _, p := range products() {
		if !p.asked(elements) {
			continue
		}
		now := p.now()
		for _, by := range []struct {
			name string
			of   func(f atlas.Facility) string
		}{
			{"country", func(f atlas.Facility) string { return string(f.Country) }},
			{"owner", func(f atlas.Facility) string { return f.Operator }},
			{"facility", func(f atlas.Facility) string { return f.Name }},
		} {
			list = append(list, concentrated(p, now, by.name, by.of)...)
		}
	}
	return list
}

func concentrated(p product, now []stands, by string, of func(f atlas.Facility) string) (list []Figure) {
	h := Figure{Measure: HHI, Stage: p.stage, By: by, Subject: "capacity for " + p.name + " in the atlas", Period: atlasPeriod, Unit: "of 1"}
	if len(p.elements) == 1 {
		h.Element = p.elements[0]
	}
	h.Notes = []string{fmt.Sprintf("among the %d facilities with a figure; the atlas is no census, and most plants in China are not in it", len(now))}
	if p.stage == Magnets {
		h.Notes = append(h.Notes, "tonnes of blanks and of finished magnets as stated: a blank loses about a third")
	}
	if by == "owner" {
		h.Notes = append(h.Notes, "the operator as the source names it; who owns it in the end is not in the tables")
	}
	if len(now) == 0 {
		h.Needs = []string{"a capacity that is actual, or the nameplate of a plant that runs: the atlas has none for " + p.name}
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
	h.Formula = fmt.Sprintf("Σ share² over %d of %s t/yr", len(order), total.FloatString(0))
	list = append(list, h)
	if by == "facility" {
		return list
	}
	for _, who := range order[:min(3, len(order))] {
		f := Figure{Measure: Share, Stage: p.stage, Element: h.Element, By: by, Subject: who + ", of " + h.Subject, Period: atlasPeriod, Unit: "%",
			Formula: parts[who].FloatString(0) + " ÷ " + total.FloatString(0) + " t/yr", Notes: h.Notes, Rows: h.Rows}
		f.set(percent(parts[who], total))
		list = append(list, f)
	}
	return list
}

// single is how many facilities outside some countries make a product today: one is a single point of failure. Plants of
// the stage whose products the atlas does not tell apart may make it too, and widen the figure upward.
func single(elements []element.Element, without []supply.Country) (list []Figure) {
	for _, p := range products() {
		if !p.asked(elements) {
			continue
		}
		var known, may, planned, disputed []string
		var sure, unsure []atlas.Facility // those that make it, and those that may
		f := Figure{Measure: Single, Stage: p.stage, By: "facility", Period: atlasPeriod, Unit: "facilities"}
		f.Subject = p.name + outside(without)
		if len(p.elements) == 1 {
			f.Element = p.elements[0]
		}
		for _, x := range atlas.Facilities() {
			if slices.Contains(without, x.Country) || !p.staged(x) {
				continue
			}
			runs := x.State == atlas.Operating || x.State == atlas.Commissioning
			switch {
			case runs && p.makes(x) && len(disputed) > 0 && len(dispute(x)) > 0:
				// One source denies what the other says: of the two one is counted on, the other may or may not be.
				may = append(may, x.Name+" (disputed)")
				f.Rows = append(f.Rows, facilityRow(x))
				unsure = append(unsure, x)
				disputed = append(disputed, dispute(x)...)
			case runs && p.makes(x):
				known = append(known, x.Name+" ("+string(x.Country)+", "+x.State.String()+")")
				f.Rows = append(f.Rows, facilityRow(x))
				sure = append(sure, x)
				disputed = append(disputed, dispute(x)...)
			case runs && !p.told(x):
				may = append(may, x.Name)
				f.Rows = append(f.Rows, facilityRow(x))
				unsure = append(unsure, x)
			case p.stated(x) || p.later(x):
				planned = append(planned, x.Name+start(x))
			}
		}
		f.Low, f.High = whole(int64(len(known))), whole(int64(len(known)+len(may)))
		say := func(what string, names []string) {
			if len(names) > 0 {
				f.Notes = append(f.Notes, what+": "+strings.Join(names, ", "))
			}
		}
		switch {
		case len(known) == 0 && len(may) == 0:
			f.Notes = append(f.Notes, "none in the atlas")
		case len(known) == 1 && len(may) == 0:
			f.Notes = append(f.Notes, "a single point of failure by the atlas")
		case len(known) == 1:
			f.Notes = append(f.Notes, "a single point of failure, unless one of those makes it whose products are not told")
		}
		say("makes it", known)
		say("may make it: has the stage and its products are not told, or sources disagree", may)
		say("planned, or stated for another year", planned)
		if len(disputed) > 0 {
			f.Notes = append(f.Notes, disagree(disputed))
		}
		list = append(list, f)
		for _, by := range groupings {
			list = append(list, fewer(f, by, sure, unsure, disputed))
		}
	}
	return list
}

// grouping is what facilities fall together by.
type grouping struct {
	by, unit string
	of       func(f atlas.Facility) string
	note     string
}

var groupings = []grouping{
	{"owner", "owners", func(f atlas.Facility) string { return f.Operator }, "the operator as the source names it; who owns it in the end is not in the tables"},
	{"country", "countries", func(f atlas.Facility) string { return string(f.Country) }, ""},
}

// fewer is how many owners or countries stand behind the facilities of a figure: several plants of one fall together.
func fewer(f Figure, by grouping, sure, unsure []atlas.Facility, disputed []string) Figure {
	f.By, f.Unit, f.Notes = by.by, by.unit, nil
	distinct := func(list []atlas.Facility) (names []string) {
		for _, x := range list {
			names = append(names, by.of(x))
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	known, all := distinct(sure), distinct(slices.Concat(sure, unsure))
	f.Low, f.High = whole(int64(len(known))), whole(int64(len(all)))
	switch {
	case len(all) == 0:
		f.Notes = append(f.Notes, "none in the atlas")
	case len(known) == 1 && len(all) == 1:
		f.Notes = append(f.Notes, "a single point of failure by "+by.by+": "+known[0])
	case len(known) == 1:
		f.Notes = append(f.Notes, "a single point of failure by "+by.by+", "+known[0]+", unless one of those makes it that may")
	case len(known) == 0:
		f.Notes = append(f.Notes, "none known to make it; may: "+strings.Join(all, ", "))
	default:
		f.Notes = append(f.Notes, by.unit+": "+strings.Join(known, ", "))
	}
	if by.note != "" {
		f.Notes = append(f.Notes, by.note)
	}
	if len(disputed) > 0 {
		f.Notes = append(f.Notes, disagree(disputed))
	}
	return f
}

// dispute is what the atlas says of a facility about which sources contradict one another, with the source and how sure.
func dispute(f atlas.Facility) []string {
	if !strings.Contains(f.Notes, "conflict") {
		return nil
	}
	return []string{f.Name + ": " + f.Notes + " [" + strings.Join(f.Sources, ", ") + "; " + f.Evidence + "]"}
}

// disagree is the note on a figure that rests on disputed facilities.
func disagree(disputed []string) string {
	return "sources disagree about who makes it, and one of them is counted on: " + strings.Join(disputed, "; ")
}

func outside(without []supply.Country) string {
	if len(without) == 0 {
		return ""
	}
	var names []string
	for _, c := range without {
		names = append(names, string(c))
	}
	return " outside " + strings.Join(names, ", ")
}

func start(f atlas.Facility) string {
	if f.Start == "" {
		return " (no date)"
	}
	return " (" + f.Start + ")"
}

// stated tells whether a facility states a capacity for the product, planned or not.
func (p product) stated(f atlas.Facility) bool {
	return slices.ContainsFunc(f.Capacities, func(c atlas.Capacity) bool {
		return slices.Contains(p.codes, c.Stage) && strings.HasPrefix(c.Product, p.word)
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

// makes tells whether a facility makes the product today: by a capacity that is there, by the remark on a stage, or by its
// status, as in "Dy from May 2025".
func (p product) makes(f atlas.Facility) bool {
	if p.remark != "" && slices.ContainsFunc(f.Stages, func(s atlas.Stage) bool {
		return slices.Contains(p.codes, s.Code) && s.Remark == p.remark
	}) {
		return true
	}
	if slices.ContainsFunc(f.Capacities, func(c atlas.Capacity) bool {
		return slices.Contains(p.codes, c.Stage) && strings.HasPrefix(c.Product, p.word) && today(f, c)
	}) {
		return true
	}
	return len(p.elements) == 1 && strings.Contains(f.Status, p.elements[0].Symbol()+" from ")
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
		some = true
		named := slices.ContainsFunc(products(), func(x product) bool { return strings.HasPrefix(c.Product, x.word) })
		if !named && !(heavy && strings.HasPrefix(c.Product, "light")) {
			return false
		}
	}
	return some
}
