package landed

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// colours of the bars by kind; each is told in words beside its bar as well.
var colours = map[Kind]string{Material: "#4f6d7a", Conversion: "#7a9e7e", Margin: "#c0b283", Credit: "#2e8b57", Freight: "#8d6a9f", Duty: "#b5483a", Fee: "#d98c5f", Premium: "#d4a017"}

// SVG writes the waterfall as a picture that stands by itself. Lengths are cut to thousandths of a pixel; the numbers are exact.
func (w *Waterfall) SVG(out io.Writer) error {
	const left, width, row, top = 360, 460, 22, 60
	top0, scale := new(big.Rat), new(big.Rat)
	for _, b := range w.Bars {
		if end := new(big.Rat).Add(b.Below.r, b.Amount.r); end.Cmp(top0) > 0 {
			top0 = end
		}
	}
	if top0.Sign() > 0 {
		scale.Quo(big.NewRat(width, 1), top0)
	}
	px := func(r *big.Rat) string { return new(big.Rat).Mul(r, scale).FloatString(3) }
	height := top + row*(len(w.Bars)+2) + 20
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">`+"\n", left+width+90, height)
	fmt.Fprintf(&b, "<title>%s: %s USD/kg, entry on %s</title>\n", escaped(w.Title), w.Total, w.On)
	fmt.Fprintf(&b, `<text x="10" y="22" font-size="15">%s</text>`+"\n", escaped(w.Title))
	fmt.Fprintf(&b, `<text x="10" y="42" fill="#555">US dollars for each kilogram of %s, delivered to %s, entry on %s; * assumption</text>`+"\n", escaped(w.Product), escaped(w.Delivered), w.On)
	bar := func(i int, name, colour string, from, length *big.Rat, shown string) {
		y := top + row*i
		x := new(big.Rat).Set(from)
		if length.Sign() < 0 {
			x.Add(x, length)
		}
		fmt.Fprintf(&b, `<text x="10" y="%d">%s</text>`, y+14, escaped(name))
		fmt.Fprintf(&b, `<g transform="translate(%d %d)"><rect x="%s" width="%s" height="%d" fill="%s"/><text x="%d" y="14">%s</text></g>`+"\n", left, y, px(x), px(new(big.Rat).Abs(length)), row-6, colour, width+8, shown)
	}
	for i, x := range w.Bars {
		name := string(x.Kind) + ": " + x.Name
		if x.Sure == Assumption {
			name += " *"
		}
		bar(i, short(name, 58), colours[x.Kind], x.Below.r, x.Amount.r, x.Amount.Shown)
	}
	bar(len(w.Bars), "total", "#222", new(big.Rat), w.Total.r, w.Total.Shown)
	advice, more, _ := strings.Cut(Advice, "; ")
	fmt.Fprintf(&b, `<text x="10" y="%d" fill="#555">from %s to %s with every range at its cheap or dear end. %s.</text>`+"\n", height-24, w.Cheapest, w.Dearest, escaped(advice))
	fmt.Fprintf(&b, `<text x="10" y="%d" fill="#555">%s</text>`+"\n</svg>\n", height-6, escaped(strings.ToUpper(more[:1])+more[1:]))
	_, err := io.WriteString(out, b.String())
	return err
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// short cuts a text to n runes.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
