package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/supply"
)

type pathView struct {
	From     supply.LotID `json:"from"`
	To       string       `json:"to"`
	Found    bool         `json:"found"`
	Position int64        `json:"log_position"`
	Looked   int          `json:"lots_looked_at"`
	Lots     []lotView    `json:"lots,omitempty"`   // from first
	Arrows   []arrowView  `json:"arrows,omitempty"` // one between each two
	Holes    []holeView   `json:"gaps,omitempty"`   // where the record is not whole, so that a way may be hidden
	More     bool         `json:"more_gaps,omitempty"`
}

// showPath prints one way from a lot, or that the record shows none.
func showPath(cmd *cobra.Command, g *genealogy.Graph, lot supply.LotID, q traceQuestion) error {
	goal, err := goalOf(g, q.pathTo)
	if err != nil {
		return fmt.Errorf("--path-to: %w", err)
	}
	p, err := g.Path(lot, goal)
	if err != nil {
		return err
	}
	if *q.form.json {
		v := pathView{From: p.From, To: goal.String(), Found: p.Found, Position: g.Position(), Looked: p.Looked, Holes: viewHoles(p.Holes), More: p.More}
		for i := range p.Lots {
			v.Lots = append(v.Lots, viewLot(&p.Lots[i]))
		}
		for i := range p.Arrows {
			v.Arrows = append(v.Arrows, viewArrow(&p.Arrows[i]))
		}
		return printJSON(cmd, v)
	}
	if err := writeWay(cmd.OutOrStdout(), p, q.fold.all); err != nil {
		return err
	}
	return printPosition(cmd.OutOrStdout(), g)
}

// Of a way so many lots from each end are shown, of what happened where it ends, and of gaps, the first few.
const (
	wayEnds  = 20
	wayFirst = 5
)

// writeWay writes a way, or that there is none; all of it, or what a person reads of it.
func writeWay(w io.Writer, p *genealogy.Path, all bool) error {
	out := &lines{w: w}
	most := wayFirst
	if all {
		most = math.MaxInt
	}
	if !p.Found {
		out.line("the record shows no way from %s to %s: %s looked at", p.From, p.Goal, count(p.Looked, "lot"))
	}
	for i := range p.Lots {
		if between := len(p.Lots) - 2*wayEnds; !all && between > 1 && i >= wayEnds && i < wayEnds+between {
			if i == wayEnds {
				out.line("  ↑ %s between, of %s in all; --all shows them", count(between, "lot"), group3(int64(len(p.Lots))))
			}
			continue
		}
		s := &p.Lots[i]
		if i > 0 {
			out.line("  ↑ %s", joined(", ", arrowWords(&p.Arrows[i-1], false), arrowStep(&p.Arrows[i-1])))
		}
		out.line("%s  %s", s.ID, joined(" · ", materialWords(s), making(s), s.Made.String()))
	}
	for i := range p.There[:min(most, len(p.There))] {
		h := &p.There[i]
		country := strings.Join(texts(h.Countries), " or ")
		out.line("    %s", joined(" ", stepWord(h.Phase), "at "+place(h.Facility, h.FacilityName, supply.Country(country)), "on "+h.Date.String()))
	}
	out.rest("    ", len(p.There)-most)
	if !p.Found && len(p.Holes) > 0 {
		more := ""
		if p.More {
			more = ", and more like them"
		}
		out.line("its record is not whole, and a gap could hide one: %s%s", count(len(p.Holes), "gap"), more)
		for _, h := range p.Holes[:min(most, len(p.Holes))] {
			out.line("  ? %s, at %s", holeWords(h), h.Lot)
		}
		out.rest("  ", len(p.Holes)-most)
	}
	if !p.Found && len(p.Holes) == 0 {
		out.line("no gap is known above it; what nobody recorded cannot be seen")
	}
	return out.err
}

// rest says how many lines are left out.
func (l *lines) rest(indent string, n int) {
	if n > 0 {
		l.line("%sand %s more; --all shows them", indent, group3(int64(n)))
	}
}

// arrowStep is what was done where material went over an arrow.
func arrowStep(a *genealogy.TraceArrow) string {
	if a.Contained {
		return ""
	}
	return stepWord(a.Phase)
}

// goalOf is what a way is to lead to: two letters are a country, else a lot, facility or party that the record names.
func goalOf(g *genealogy.Graph, text string) (genealogy.Goal, error) {
	if len(text) == 2 {
		c := supply.Country(strings.ToUpper(text))
		if strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return genealogy.Goal{}, fmt.Errorf("%q is no country: want two letters, as in CN", text)
		}
		return genealogy.Goal{Country: c}, nil
	}
	if id, ok := g.Canonical(supply.LotID(text)); ok {
		return genealogy.Goal{Lot: id}, nil
	}
	if _, _, ok := g.Register().Facility(supply.FacilityID(text), 0); ok {
		return genealogy.Goal{Facility: supply.FacilityID(text)}, nil
	}
	if wholeURI(text) {
		return genealogy.Goal{Party: supply.PartyID(text)}, nil
	}
	lot, err := findLot(g, text)
	if err != nil {
		return genealogy.Goal{}, fmt.Errorf("%w; a facility or party is named by its whole identifier", err)
	}
	return genealogy.Goal{Lot: lot}, nil
}
