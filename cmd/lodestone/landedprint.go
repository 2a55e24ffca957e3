package main

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"lodestone/landed"
)

func printLanded(w io.Writer, ws []*landed.Waterfall) error {
	for _, x := range ws {
		if err := printWaterfall(w, x); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	if len(ws) > 1 {
		if err := compareLanded(w, ws); err != nil {
			return err
		}
	}
	wrapped(w, "", landed.Advice)
	return nil
}

func printWaterfall(w io.Writer, x *landed.Waterfall) error {
	if x.Title != "" {
		fmt.Fprintln(w, x.Title)
	}
	wrapped(w, "", fmt.Sprintf("sheet %s: US dollars for each kilogram of %s, delivered to %s, entry on %s", x.Sheet, x.Product, x.Delivered, x.On))
	fmt.Fprintln(w)
	for _, b := range x.Bars {
		fmt.Fprintf(w, "%12s  %s  %s\n", b.Amount, strip(x, b.Below.Rat(), b.Amount.Rat()), barWords(b))
	}
	fmt.Fprintf(w, "%12s  %s  total\n", x.Total, strip(x, new(big.Rat), x.Total.Rat()))
	fmt.Fprintf(w, "%12s  to %s with every range at its cheap or dear end\n", x.Cheapest, x.Dearest)
	if err := printPrices(w, x); err != nil {
		return err
	}
	if err := printRanges(w, x); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, y := range x.Yields {
		wrapped(w, "yield    ", fmt.Sprintf("%s %s, %s kg of it in a kilogram of product%s", y.Item, y.Value, y.Kg, from(y.Sure, y.Source)))
	}
	for _, r := range x.Rates {
		wrapped(w, "rate     ", fmt.Sprintf("%s %s%s", r.Name, r.Value, from(r.Sure, r.Source)))
	}
	for _, b := range x.Borders {
		wrapped(w, "duty     ", fmt.Sprintf("%s of %s under %s: %s %% in all; lodestone duty --hts %s --origin %s --on %s has every layer and its source", b.Item, b.Origin, b.Duty.Code, b.Rate, b.Duty.Code, b.Origin, x.On))
	}
	for _, c := range x.Cautions {
		wrapped(w, "mind     ", c)
	}
	return nil
}

// strip is the bar between its ends, in a column as wide as the greatest total.
func strip(x *landed.Waterfall, from, length *big.Rat) string {
	const width = 32
	most := new(big.Rat).Set(x.Total.Rat())
	for _, b := range x.Bars {
		if end := new(big.Rat).Add(b.Below.Rat(), b.Amount.Rat()); end.Cmp(most) > 0 {
			most = end
		}
	}
	cell := func(r *big.Rat) int {
		if most.Sign() <= 0 {
			return 0
		}
		r = new(big.Rat).Mul(r, big.NewRat(width, 1))
		r.Quo(r, most)
		return int(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
	}
	lo, hi := cell(from), cell(new(big.Rat).Add(from, length))
	if lo > hi {
		lo, hi = hi, lo
	}
	if lo == hi && length.Sign() != 0 {
		lo = min(lo, width-1)
		return strings.Repeat(" ", lo) + "▏" + strings.Repeat(" ", width-lo-1)
	}
	return strings.Repeat(" ", lo) + strings.Repeat("█", hi-lo) + strings.Repeat(" ", width-hi)
}

func barWords(b landed.Bar) string {
	text := string(b.Kind) + ": " + b.Name
	if b.Rate != "" {
		text += ", " + b.Rate + " %"
	}
	if b.Kind == landed.Material {
		text += fmt.Sprintf(", %s kg at %s", b.Kg, b.Per)
	}
	if b.Sure == landed.Assumption {
		text += " [assumption]"
	}
	return text
}

func printPrices(w io.Writer, x *landed.Waterfall) error {
	fmt.Fprintln(w)
	t := newTable("price of", "form", "grade", "place", "terms", "date", "as stated", "USD/kg", "how known")
	for _, p := range x.Prices {
		stated := p.Value + " " + p.Unit
		if p.Tax != "" {
			stated += " with " + p.Tax
		}
		if p.Floor != "" {
			stated += ", floor " + p.Floor + " USD/kg"
		}
		t.AppendRow([]any{p.Quoted, p.Form, p.Grade, p.Place, p.Terms, p.Date, stated, p.USD, p.Sure})
	}
	if err := printTable(w, t); err != nil {
		return err
	}
	for _, p := range x.Prices {
		if p.Source != "" {
			wrapped(w, "  source ", p.Quoted+": "+p.Source)
		}
	}
	return nil
}

// printRanges lists the figures that have a range, the one that moves the total most first.
func printRanges(w io.Writer, x *landed.Waterfall) error {
	if len(x.Assumptions) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	t := newTable("figure with a range", "low", "base", "high", "unit", "total at low", "at high", "how known")
	for _, s := range x.Assumptions {
		t.AppendRow([]any{s.Name, s.Low, s.Base, s.High, s.Unit, s.AtLow, s.AtHigh, s.Sure})
	}
	return printTable(w, t)
}

func from(sure landed.Sure, source string) string {
	text := " [" + string(sure)
	if source != "" {
		text += ": " + source
	}
	return text + "]"
}

// compareLanded is the kinds of cost of several sheets side by side.
func compareLanded(w io.Writer, ws []*landed.Waterfall) error {
	heads := []any{"USD/kg"}
	for _, x := range ws {
		heads = append(heads, x.Sheet+" "+x.On.String())
	}
	t := newTable(heads...)
	for _, k := range landed.Kinds() {
		row := []any{string(k)}
		any := false
		for _, x := range ws {
			sum := x.Sum(k)
			any = any || sum.Rat().Sign() != 0
			row = append(row, sum)
		}
		if any {
			t.AppendRow(row)
		}
	}
	total, low, high := []any{"total"}, []any{"cheapest"}, []any{"dearest"}
	for _, x := range ws {
		total, low, high = append(total, x.Total), append(low, x.Cheapest), append(high, x.Dearest)
	}
	t.AppendRow(total)
	t.AppendRow(low)
	t.AppendRow(high)
	if err := printTable(w, t); err != nil {
		return err
	}
	fmt.Fprintln(w)
	return nil
}
