package landed

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/tariff"
)

// Vary is what a break-even varies.
type Vary string

// What can be varied: the price of a bought item, the duty on an item that crosses a border (in all, or one layer of it), the
// yield of an item that is made.
const (
	VaryPrice Vary = "price"
	VaryDuty  Vary = "duty"
	VaryYield Vary = "yield"
)

func unitOf(v Vary) string {
	return map[Vary]string{VaryPrice: "USD/kg", VaryDuty: "% of the customs value", VaryYield: "kg/kg"}[v]
}

// target is what the unknown stands for in one sheet; nil where it is not in it.
type target struct {
	what  Vary
	item  int
	layer string // of a duty: a layer, or "" for the duty in all
}

func (t *target) is(what Vary, item int) bool { return t != nil && t.what == what && t.item == item }

// candidates are the names in a sheet that can be varied so.
func (s *Sheet) candidates(what Vary) []string {
	var names []string
	for i := range s.Items {
		it := &s.Items[i]
		if what == VaryPrice && it.Buy != nil || what == VaryDuty && it.Import != nil || what == VaryYield && it.Make != nil {
			names = append(names, it.Name)
		}
	}
	return names
}

// targets finds what name means in the two sheets: "a:NAME", "b:NAME", "both:NAME", or NAME where only one holds it, or
// nothing where there is one candidate in all. Of a duty, NAME/LAYER is one layer.
func targets(a, b *Sheet, what Vary, name string) (ta, tb *target, err error) {
	name, layer, _ := strings.Cut(name, "/")
	if layer != "" && what != VaryDuty {
		return nil, nil, fmt.Errorf("%s/%s: only a duty has layers", name, layer)
	}
	where, rest, has := strings.Cut(name, ":")
	if has && (where == "a" || where == "b" || where == "both") {
		name = rest
	} else {
		where = ""
	}
	inA, inB := a.candidates(what), b.candidates(what)
	all := fmt.Sprintf("route a (%s) has %s, route b (%s) has %s", a.ID, list(inA), b.ID, list(inB))
	if name == "" {
		if len(inA)+len(inB) != 1 {
			return nil, nil, fmt.Errorf("which %s? %s: name one, as in %s=NAME", what, all, what)
		}
		name = slices.Concat(inA, inB)[0]
	}
	hasA, hasB := slices.Contains(inA, name), slices.Contains(inB, name)
	switch {
	case where == "" && hasA && hasB:
		return nil, nil, fmt.Errorf("both routes have the %s of %s: write a:%s, b:%s, or both:%s for one that moves in both", what, name, name, name, name)
	case !hasA && !hasB, where == "a" && !hasA, where == "b" && !hasB, where == "both" && !(hasA && hasB):
		return nil, nil, fmt.Errorf("there is no %s of %q there: %s", what, name, all)
	}
	if hasA && where != "b" {
		ta = &target{what, a.item(name), layer}
	}
	if hasB && where != "a" {
		tb = &target{what, b.item(name), layer}
	}
	return ta, tb, nil
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// check refuses a layer that cannot be varied on these goods.
func (t *target) check(duties []*tariff.Answer) error {
	if t == nil || t.what != VaryDuty || t.layer == "" {
		return nil
	}
	var known []string
	for _, l := range duties[t.item].Lines {
		if l.Outcome != tariff.AddRate && l.Outcome != tariff.Floor && l.Outcome != tariff.Instead {
			continue
		}
		if l.Layer == t.layer {
			return nil
		}
		known = append(known, l.Layer)
	}
	return fmt.Errorf("no layer %q asks a duty on these goods on this day: there are %s", t.layer, strings.Join(known, ", "))
}
