package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

func share(part, of int64) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}

type recallView struct {
	Source   supply.LotID      `json:"source"`
	Position int64             `json:"log_position"`
	Elements []string          `json:"elements"` // followed beside all mass
	Count    int               `json:"count"`
	Lots     []heldView        `json:"lots,omitempty"`
	Groups   []recallGroupView `json:"groups,omitempty"`
}

type heldView struct {
	lotView
	Holds []boundsView `json:"holds"`
}

type recallGroupView struct {
	groupView
	Holds []boundsView `json:"holds"`
}

// boundsView is how much of a lot, or of an element in it, is of the source: shares of one, masses where they are known.
type boundsView struct {
	Element  string  `json:"element,omitempty"` // "" is all mass
	Low      float64 `json:"share_low"`
	High     float64 `json:"share_high"`
	Least    string  `json:"at_least,omitempty"`
	Most     string  `json:"at_most,omitempty"`
	LeftLow  string  `json:"left_at_least,omitempty"` // in what is left of it
	LeftHigh string  `json:"left_at_most,omitempty"`
}

func (r *recall) view(g *genealogy.Graph, folded bool) recallView {
	v := recallView{Source: r.source, Position: g.Position(), Count: len(r.lots), Elements: []string{}}
	for _, e := range r.elements[1:] {
		v.Elements = append(v.Elements, e.Symbol())
	}
	if folded {
		all := viewFold(g, r.fold)
		for i, sums := range r.groups() {
			x := recallGroupView{groupView: all.Groups[i], Holds: []boundsView{}}
			for k, s := range sums {
				x.Holds = append(x.Holds, s.view(r.elements[k]))
			}
			v.Groups = append(v.Groups, x)
		}
		return v
	}
	for i := range r.lots {
		x := heldView{lotView: viewLot(&r.lots[i].LotSummary), Holds: []boundsView{}}
		for k, s := range r.sums(&r.lots[i]) {
			x.Holds = append(x.Holds, s.view(r.elements[k]))
		}
		v.Lots = append(v.Lots, x)
	}
	return v
}

// bound is how much of the source one lot, or the lots of a group, hold.
type bound struct {
	low, high           float64 // shares; of a group the least and the greatest
	known               bool    // the masses
	least, most         quantity.Mass
	leftKnown           bool
	leftLeast, leftMost quantity.Mass
}

func (b bound) view(e element.Element) boundsView {
	v := boundsView{Element: e.Symbol(), Low: math.Floor(b.low*1e6) / 1e6, High: math.Ceil(b.high*1e6) / 1e6}
	if b.known {
		v.Least, v.Most = b.least.String(), b.most.String()
	}
	if b.leftKnown {
		v.LeftLow, v.LeftHigh = b.leftLeast.String(), b.leftMost.String()
	}
	return v
}

// sum is the bounds of one of the recall's elements in a lot.
func (h *held) sum(k int) bound {
	x := &h.bounds[k]
	b := bound{low: x.Low, high: x.High, known: x.Known}
	if b.known {
		b.least, b.most = x.Mass()
	}
	made, ok1 := h.Made.Mass()
	left, ok2 := h.Left.Mass()
	switch {
	case !b.known:
	case made == left && ok1 && ok2, h.Container && h.Made.Kind == genealogy.Unstated:
		b.leftKnown, b.leftLeast, b.leftMost = true, b.least, b.most
	case k == 0 && ok1 && ok2:
		b.leftKnown = true
		b.leftLeast, b.leftMost = x.Left(left)
	}
	return b
}

// add sums the bounds of another lot, or group, up with these.
func (s *bound) add(b bound) {
	s.low, s.high = min(s.low, b.low), max(s.high, b.high)
	s.known, s.leftKnown = s.known && b.known, s.leftKnown && b.leftKnown
	s.least, s.most, s.leftLeast, s.leftMost = s.least+b.least, s.most+b.most, s.leftLeast+b.leftLeast, s.leftMost+b.leftMost
}

// groups sums the lots of each group up.
func (r *recall) groups() [][]bound {
	sums := make([][]bound, len(r.fold.Groups))
	for i := range r.lots {
		at := r.fold.In[r.lots[i].ID]
		first := sums[at] == nil
		if first {
			sums[at] = make([]bound, len(r.elements))
		}
		for k := range r.elements {
			b, s := r.lots[i].sum(k), &sums[at][k]
			if first {
				*s = b
				continue
			}
			s.add(b)
		}
	}
	return sums
}

// words is a bound for a person: "all of it", "12.5 kg to 31.6 kg", "10 % to 100 % of it".
func (b bound) words() string {
	switch {
	case b.low == 1 && b.known && b.most > 0:
		return "all: " + b.most.String()
	case b.low == 1:
		return "all of it"
	case b.known && b.least == b.most:
		return b.most.String()
	case b.known:
		return b.least.String() + " to " + b.most.String()
	case b.high == 0:
		return "none of it"
	case b.low == 0 && b.high == 1:
		return "none to all of it"
	}
	return fmt.Sprintf("%.3g %% to %.3g %% of it", math.Floor(b.low*1000)/10, math.Ceil(b.high*1000)/10)
}

func (b bound) leftWords() string {
	switch {
	case !b.leftKnown:
		return ""
	case b.leftMost == 0:
		return "none"
	case b.leftLeast == b.leftMost:
		return b.leftMost.String()
	}
	return b.leftLeast.String() + " to " + b.leftMost.String()
}

// sums is the bounds of each of the recall's elements in a lot.
func (r *recall) sums(h *held) []bound {
	list := make([]bound, len(r.elements))
	for k := range list {
		list[k] = h.sum(k)
	}
	return list
}

// cells is the bounds for a person: of all mass, of what is left, of each element.
func cells(sums []bound) []string {
	list := []string{sums[0].words(), sums[0].leftWords()}
	for _, s := range sums[1:] {
		list = append(list, s.words())
	}
	return list
}

// heads is the heads of a table with cells.
func (r *recall) heads(first ...string) []string {
	for _, e := range r.elements[1:] {
		first = append(first, e.Symbol())
	}
	return first
}

// print writes every lot, a line each.
func (r *recall) print(out io.Writer, g *genealogy.Graph) error {
	rows := func(yield func([]string) bool) {
		for i := range r.lots {
			s := &r.lots[i]
			if !yield(append([]string{string(s.ID), materialWords(&s.LotSummary), making(&s.LotSummary), s.Made.String()}, cells(r.sums(s))...)) {
				return
			}
		}
	}
	if err := streamTable(out, r.heads("lot", "material", "last making", "made", "holds of it", "of that left"), rows); err != nil {
		return err
	}
	return r.close(out, g, "")
}

// close writes what there is to know of the whole, and what else can be asked.
func (r *recall) close(out io.Writer, g *genealogy.Graph, groups string, hints ...string) error {
	l := &lines{w: out}
	l.line("%s with the lot itself%s; bounds hold for the masses and assays as stated", count(len(r.lots), "lot"), groups)
	for _, h := range hints {
		l.line("%s", h)
	}
	var others []string
	for _, e := range r.assayed {
		if !slices.Contains(r.elements, e) {
			others = append(others, e.Symbol())
		}
	}
	if len(others) > 0 {
		l.line("--element %s follows these of which the lot has an assay", strings.Join(others, ","))
	}
	if l.err != nil {
		return l.err
	}
	return printPosition(out, g)
}

func materialsOf(x *genealogy.Group) string {
	text := ""
	for _, m := range x.Materials {
		text = joined(", ", text, m)
	}
	if x.MoreOf {
		text += " and others"
	}
	return text
}

func (r *recall) writeCSV(w io.Writer, g *genealogy.Graph, folded bool) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"lot", "lots", "material", "facility", "country", "phase", "when", "element", "share_low", "share_high", "least_kg", "most_kg", "left_least_kg", "left_most_kg", "log_position"}) // kept by the writer until Flush
	row := func(head []string, sums []bound) {
		for k, b := range sums {
			line := append(append([]string(nil), head...), r.elements[k].Symbol(), strconv.FormatFloat(math.Floor(b.low*1e6)/1e6, 'f', -1, 64), strconv.FormatFloat(math.Ceil(b.high*1e6)/1e6, 'f', -1, 64))
			for _, m := range []struct {
				known bool
				mass  quantity.Mass
			}{{b.known, b.least}, {b.known, b.most}, {b.leftKnown, b.leftLeast}, {b.leftKnown, b.leftMost}} {
				text := ""
				if m.known {
					text = kilograms(m.mass)
				}
				line = append(line, text)
			}
			_ = out.Write(append(line, strconv.FormatInt(g.Position(), 10)))
		}
	}
	if folded {
		for i, sums := range r.groups() {
			x := &r.fold.Groups[i]
			row([]string{string(x.Lot), strconv.Itoa(x.Lots), materialsOf(x), string(x.Facility), string(x.Country), x.Phase.String(), x.Period}, sums)
		}
	} else {
		for i := range r.lots {
			s := &r.lots[i]
			row([]string{string(s.ID), "1", s.MaterialName, string(s.Facility), string(s.Country), s.Phase.String(), s.Date.String()}, r.sums(s))
		}
	}
	out.Flush()
	return out.Error()
}
