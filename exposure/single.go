package exposure

import (
	"slices"
	"strings"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
)

// single is how many facilities outside some countries make a product today: one is a single point of failure. Plants of
// the stage whose products the atlas does not tell apart may make it too, and widen the figure upward.
func (t tables) single(elements []element.Element, without []supply.Country) (list []Figure) {
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
		for _, x := range t.facilities {
			if slices.Contains(without, x.Country) || !p.staged(x) {
				continue
			}
			runs := x.State == atlas.Operating || x.State == atlas.Commissioning
			grounds := p.grounds(x)
			switch {
			case runs && len(grounds) > 0 && len(disputed) > 0 && len(dispute(x)) > 0:
				// One source denies what the other says: of the two one is counted on, the other may or may not be.
				may = append(may, x.Name+" (disputed)")
				f.Rows = append(f.Rows, grounds...)
				unsure = append(unsure, x)
				disputed = append(disputed, dispute(x)...)
			case runs && len(grounds) > 0:
				known = append(known, x.Name+" ("+string(x.Country)+", "+x.State.String()+")")
				f.Rows = append(f.Rows, grounds...)
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
		say("may make it: it runs and has the stage, but what it makes there today is not told, or sources disagree", may)
		say("planned, with the expected start", planned)
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
