package landed

import (
	"fmt"
	"math/big"

	"lodestone/quantity"
	"lodestone/tariff"
)

// Crossing is where two routes cost the same as one figure varies: the price of an item (USD/kg, without tax), a duty (percent
// of the customs value) or a yield (a fraction of one).
type Crossing struct {
	A       string        `json:"route_a"`
	B       string        `json:"route_b"`
	OnA     quantity.Date `json:"entry_on_a"`
	OnB     quantity.Date `json:"entry_on_b"`
	Vary    Vary          `json:"vary"`
	Name    string        `json:"of"`
	In      string        `json:"in"` // a, b or both
	Unit    string        `json:"unit"`
	Present []Amount      `json:"present"` // the figure as the sheets have it, of each route that has it
	AtA     Amount        `json:"present_total_a"`
	AtB     Amount        `json:"present_total_b"`
	Finding
	FavourA Finding  `json:"favouring_a"` // every other range of a at its cheap end and of b at its dear end
	FavourB Finding  `json:"favouring_b"` // the other way about
	Digests []string `json:"sheet_digests"`
	Advice  string   `json:"advice"`
}

// Finding is what holds of two routes over the whole range of the varied figure.
type Finding struct {
	Pieces []Piece   `json:"intervals"`
	Meet   []Meeting `json:"crossings"`
	Never  string    `json:"never,omitempty"` // why they do not cross
}

// Piece is an interval on which both totals are straight lines, in the figure or, of a yield, in its inverse. Cheaper is a, b,
// or equal on the whole of it; "a then b" where they cross inside.
type Piece struct {
	From    *Amount `json:"from,omitempty"` // open where nil
	To      *Amount `json:"to,omitempty"`
	A       string  `json:"total_a"`
	B       string  `json:"total_b"`
	Cheaper string  `json:"cheaper"`
	a, b    line
	span    span // in the unknown: of a yield, its inverse
}

// Meeting is a value at which both totals are the same.
type Meeting struct {
	At    Amount `json:"at"`
	Total Amount `json:"total"` // of either route
}

// Route is a sheet and the day of entry, which is the sheet's own where On is zero.
type Route struct {
	Sheet *Sheet
	On    quantity.Date
}

// Breakeven finds where two routes cost the same as the figure called name varies, all else at base. name is a:NAME, b:NAME or
// both:NAME, or NAME where one route alone has it, or empty where there is one candidate in all; NAME is an item, and of a duty
// NAME/LAYER is one layer of the stack.
func Breakeven(a, b Route, schedule *tariff.Schedule, what Vary, name string) (*Crossing, error) {
	ta, tb, err := targets(a.Sheet, b.Sheet, what, name)
	if err != nil {
		return nil, err
	}
	c := &Crossing{A: a.Sheet.ID, B: b.Sheet.ID, Vary: what, Unit: unitOf(what),
		Digests: []string{a.Sheet.Digest, b.Sheet.Digest}, Advice: Advice}
	ra, err := newRoute(a, schedule, ta)
	if err != nil {
		return nil, fmt.Errorf("route a (%s): %w", a.Sheet.ID, err)
	}
	rb, err := newRoute(b, schedule, tb)
	if err != nil {
		return nil, fmt.Errorf("route b (%s): %w", b.Sheet.ID, err)
	}
	c.OnA, c.OnB = ra.on, rb.on
	c.name(ra, rb)
	if c.AtA, err = ra.s.total(ra.duties, base); err != nil {
		return nil, err
	}
	if c.AtB, err = rb.s.total(rb.duties, base); err != nil {
		return nil, err
	}
	for _, f := range []struct {
		to           *Finding
		pickA, pickB choice
	}{{&c.Finding, base, base}, {&c.FavourA, cheapest, dearest}, {&c.FavourB, dearest, cheapest}} {
		if *f.to, err = find(ra, rb, what, f.pickA, f.pickB); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// route is a sheet with what varies in it.
type route struct {
	s      *Sheet
	t      *target
	on     quantity.Date
	duties []*tariff.Answer
}

func newRoute(r Route, schedule *tariff.Schedule, t *target) (*route, error) {
	out := &route{s: r.Sheet, t: t, on: r.On}
	if out.on == 0 {
		out.on = r.Sheet.On
	}
	var err error
	if out.duties, err = r.Sheet.duties(schedule, out.on); err != nil {
		return nil, err
	}
	return out, t.check(out.duties)
}

// total is the total as a line, right on the whole span unless split says where it breaks.
func (r *route) total(sp span, pick choice) (t line, split *big.Rat, err error) {
	e := &eval{s: r.s, duties: r.duties, pick: pick, target: r.t, span: sp}
	_, t, err = e.run()
	return t, e.split, err
}

// present is the figure as the sheet has it.
func (r *route) present() *big.Rat {
	e := &eval{s: r.s, duties: r.duties, pick: base}
	it := &r.s.Items[r.t.item]
	switch r.t.what {
	case VaryPrice:
		return e.dollars(it.Buy)
	case VaryYield:
		return rat(it.Make.Yield.Base)
	}
	a := r.duties[r.t.item]
	for _, l := range a.Lines {
		switch {
		case l.Layer != r.t.layer:
		case l.Outcome == tariff.Floor:
			return rat(quantity.MustDecimal(l.Floor))
		default:
			return rat(l.Rate)
		}
	}
	return rat(a.Rate)
}

func (c *Crossing) name(ra, rb *route) {
	for _, r := range []*route{ra, rb} {
		if r.t == nil {
			continue
		}
		c.Name = r.s.Items[r.t.item].Name
		if r.t.layer != "" {
			c.Name += "/" + r.t.layer
		}
		c.Present = append(c.Present, amount(r.present()))
	}
	switch {
	case ra.t != nil && rb.t != nil:
		c.In = "both"
	case ra.t != nil:
		c.In = "a"
	default:
		c.In = "b"
	}
}
