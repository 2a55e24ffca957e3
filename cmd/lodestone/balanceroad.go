package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"lodestone/balance"
	"lodestone/supply"
)

// lostOnRoad writes what did not come whole, the worst first, before anything else is told.
func (r *balanceReport) lostOnRoad(b *strings.Builder) {
	const most = 12
	var list []*balance.Transit
	for i := range r.transits {
		if x := r.transits[i].Account.Finding; x == balance.Unaccounted || x == balance.Excess {
			list = append(list, &r.transits[i])
		}
	}
	size := func(t *balance.Transit) float64 {
		if !t.Account.Gap.Known {
			return math.Inf(1) // pieces, counted at both ends
		}
		return math.Abs(t.Account.Sigma())
	}
	slices.SortStableFunc(list, func(x, y *balance.Transit) int { return cmp.Compare(size(y), size(x)) })
	for i, t := range list {
		if i == most && !r.all {
			fmt.Fprintf(b, "! %s more did not come whole, by less of their uncertainties: --all prints them\n", count(len(list)-i, "shipment"))
			break
		}
		word := ""
		switch t.Account.Finding {
		case balance.Unaccounted:
			word = "less came than left"
		case balance.Excess:
			word = "more came than left"
		}
		gap := t.Account.Gap
		if gap.Mass < 0 {
			gap.Mass = -gap.Mass
		}
		size := massText(gap)
		if n := t.Move.From.Pieces - t.Move.To.Pieces; !gap.Known {
			size = count(max(n, -n), "piece")
		}
		fmt.Fprintf(b, "! %s: %s %s", t.Move.Name(), size, word)
		if gap.SD > 0 {
			fmt.Fprintf(b, ", %.1f standard uncertainties", gap.Mass.Float()/gap.SD)
		}
		b.WriteByte('\n')
	}
}

// printRoad writes the shipments: how many agree, and with --all each of them.
func (r *balanceReport) printRoad(b *strings.Builder) {
	if len(r.transits) == 0 {
		return
	}
	both, agree, weighed, away, unsent := 0, 0, 0, 0, 0
	for i := range r.transits {
		m := r.transits[i].Move
		switch {
		case !m.To.Recorded():
			away++
		case !m.From.Recorded():
			unsent++
		default:
			both++
			if r.transits[i].Account.Gap.SD > 0 {
				weighed++
			}
			if r.transits[i].Account.Finding == balance.Balanced {
				agree++
			}
		}
	}
	fmt.Fprintf(b, "\nOn the road: %s recorded at both ends, %s of them agree", count(both, "shipment"), group3(int64(agree)))
	if byChance := beyondThree * float64(weighed); byChance >= 0.5 {
		fmt.Fprintf(b, " (about %.0f would not by chance alone)", byChance)
	}
	if away > 0 {
		fmt.Fprintf(b, "; %s whose arrival is not recorded", group3(int64(away)))
	}
	if unsent > 0 {
		fmt.Fprintf(b, "; %s whose sending is not", group3(int64(unsent)))
	}
	b.WriteByte('\n')
	if !r.all {
		return
	}
	w := newTable("  lot", "day", "from", "to", "left", "came", "gap", "sd", "")
	for i := range r.transits {
		t := &r.transits[i]
		m, a := t.Move, &t.Account
		w.AppendRow([]any{"  " + tail(string(m.Lot)), max(m.From.Date, m.To.Date), endText(&m.From), endText(&m.To), massShort(a.In), massShort(a.Out),
			massText(a.Gap), fmt.Sprintf("%+.1f", a.Sigma()), findingText(a.Finding)})
	}
	_ = printTable(b, w)
}

func endText(e *balance.End) string {
	if !e.Recorded() {
		return "not recorded"
	}
	return orUnknown(e.Place, string(e.Facility))
}

// transitView is one shipment in JSON.
type transitView struct {
	Lot     supply.LotID `json:"lot"`
	From    *endView     `json:"from,omitempty"`
	To      *endView     `json:"to,omitempty"`
	Whole   bool         `json:"whole_lot"`
	Left    figureView   `json:"left"`
	Came    figureView   `json:"came"`
	Gap     figureView   `json:"gap"`
	Sigma   float64      `json:"gap_in_sd"`
	Finding string       `json:"finding"`
}

type endView struct {
	Facility supply.FacilityID `json:"facility,omitempty"`
	Name     string            `json:"facility_name,omitempty"`
	Date     string            `json:"date,omitempty"`
	Entries  []string          `json:"entries"`
}

func viewTransit(t *balance.Transit) transitView {
	a := &t.Account
	return transitView{Lot: t.Move.Lot, From: viewEnd(&t.Move.From), To: viewEnd(&t.Move.To), Whole: t.Move.Whole, Left: viewFigure(a.In), Came: viewFigure(a.Out),
		Gap: viewFigure(a.Gap), Sigma: a.Sigma(), Finding: a.Finding.String()}
}

func viewEnd(e *balance.End) *endView {
	if !e.Recorded() {
		return nil
	}
	v := &endView{Facility: e.Facility, Name: e.Place, Date: e.Date.String()}
	for _, id := range e.Entries {
		v.Entries = append(v.Entries, id.String())
	}
	return v
}
