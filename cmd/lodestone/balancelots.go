package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/supply"
)

// printLots writes the lots: made, drawn, left.
func (r *balanceReport) printLots(b *strings.Builder) {
	if len(r.stocks) == 0 {
		return
	}
	shown := r.stocks
	if !r.all && len(shown) > longList {
		shown = shown[:longList]
	}
	b.WriteString("\nLots\n")
	w := newTable("  lot", "of", "made", "drawn", "left", "")
	for i := range shown {
		s := &shown[i]
		of := s.Lot.Name
		if s.Element != element.None {
			of = s.Element.Symbol()
		}
		note := ""
		switch {
		case s.OverIssue:
			note = "! over-issue"
		case s.Lot.Contested != "":
			note = "! in dispute: " + s.Lot.Contested
		case !s.Left.Known:
			note = "an amount is not stated"
		case s.Left.Mass <= 0 || s.Left.Mass.Float() <= balance.Sigmas*s.Left.SD && s.Drawn.Mass > 0:
			note = "used up"
		case s.Lot.Ended:
			note = "ended with this unaccounted for"
		case s.Drawn.Mass == 0:
			note = "not yet drawn"
		}
		w.AppendRow([]any{"  " + tail(string(s.Lot.ID)), of, massShort(s.Made), massShort(s.Drawn), massShort(s.Left), note})
	}
	_ = printTable(b, w)
	if n := len(r.stocks) - len(shown); n > 0 {
		fmt.Fprintf(b, "  %s more: --all prints them\n", count(n, "lot"))
	}
}

// printOrigins writes the bounds of the origins, elements that share them in one line.
func (r *balanceReport) printOrigins(b *strings.Builder) {
	if len(r.holds) > 0 {
		fmt.Fprintf(b, "\nOrigin: it was not made of material but holds lots; ask for one of them: %s\n", names(r.holds, 12))
	}
	if len(r.origins) == 0 {
		return
	}
	b.WriteString("\nOrigin, whatever way lots were mixed and drawn (in brackets: if all were mixed perfectly)\n")
	var order []string
	of := map[string][]string{}
	for i := range r.origins {
		o := &r.origins[i]
		var text strings.Builder
		for _, s := range o.Shares {
			fmt.Fprintf(&text, "    %s  %s\n", shareText(&s), s.Origin)
		}
		if o.Loop {
			text.WriteString("    there is a recycle loop above it: what went round is counted as what it came from\n")
		}
		fmt.Fprintf(&text, "    chain of custody (ISO 22095): %s\n", modelText(o.Model))
		for _, c := range o.Claims {
			fmt.Fprintf(&text, "    claimed: %s%s\n", claimText(c), map[bool]string{true: ", ! which the record does not bear out"}[slices.Contains(o.Exceeds(), c)])
		}
		if len(o.Booked) > 0 {
			fmt.Fprintf(&text, "    ! of the material of these nothing is known, by the model claimed for them: %s\n", names(o.Booked, 8))
		}
		if _, known := of[text.String()]; !known {
			order = append(order, text.String())
		}
		of[text.String()] = append(of[text.String()], elementWord(o.Element))
	}
	for _, text := range order {
		fmt.Fprintf(b, "  %s\n%s", strings.Join(of[text], ", "), text)
	}
	b.WriteString("  A claim of mass balance, or of book and claim, never proves DFARS origin: it says what was bought, not what is in the lot.\n")
}

func claimText(c supply.Custody) string {
	if c == supply.NoCustody {
		return "a model that cannot be read"
	}
	return c.String()
}

func modelText(c supply.Custody) string {
	if c == supply.NoCustody {
		return "none can be claimed: the origin of a part, or its country, is not recorded"
	}
	return c.String()
}

func shareText(s *balance.Share) string {
	percent := func(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) }
	if s.Low == s.High {
		return percent(s.Low) + " %"
	}
	text := percent(s.Low) + " to " + percent(s.High) + " %"
	if s.PointKnown {
		text += " (" + percent(s.Point) + " %)"
	}
	return text
}
