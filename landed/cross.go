package landed

import (
	"fmt"
	"math/big"
	"slices"
)

// finder looks for the meetings of two routes under one choice of figures.
type finder struct {
	Finding
	vary         Vary
	ra, rb       *route
	pickA, pickB choice
}

func find(ra, rb *route, what Vary, pickA, pickB choice) (Finding, error) {
	c := &finder{Finding{Meet: []Meeting{}}, what, ra, rb, pickA, pickB}
	whole := span{lo: new(big.Rat)}
	if what == VaryYield {
		whole.lo = big.NewRat(1, 1) // the inverse of a yield of one
	}
	err := c.cut(whole)
	if err == nil {
		c.cross()
	}
	return c.Finding, err
}

// cut parts the span until both totals are straight lines on each piece.
func (c *finder) cut(sp span) error {
	a, split, err := c.ra.total(sp, c.pickA)
	if err != nil {
		return err
	}
	b, other, err := c.rb.total(sp, c.pickB)
	if err != nil {
		return err
	}
	if split == nil {
		split = other
	}
	if split == nil {
		c.Pieces = append(c.Pieces, Piece{a: a, b: b, span: sp})
		return nil
	}
	if err := c.cut(span{sp.lo, split}); err != nil {
		return err
	}
	return c.cut(span{split, sp.hi})
}

// cross names the pieces, finds the meetings in them, and says why where there is none.
func (c *finder) cross() {
	equal := false
	for i := range c.Pieces {
		p := &c.Pieces[i]
		d := p.a.sub(p.b)
		p.A, p.B = c.formula(p.a), c.formula(p.b)
		if !d.moves() && d.at0().Sign() == 0 {
			p.Cheaper, equal = "equal", true
			continue
		}
		p.Cheaper = cheaper(d.at(p.span.within()))
		z := d.zero()
		if z == nil || !p.span.inside(z) && !touches(p.span, z) {
			continue
		}
		if p.span.inside(z) {
			before := span{p.span.lo, z}.within()
			p.Cheaper = cheaper(d.at(before)) + " then " + cheaper(new(big.Rat).Neg(d.at(before)))
		}
		at := c.figure(z)
		if !slices.ContainsFunc(c.Meet, func(m Meeting) bool { return m.At.r.Cmp(at) == 0 }) {
			c.Meet = append(c.Meet, Meeting{amount(at), amount(p.a.at(z))})
		}
	}
	if len(c.Meet) == 0 && !equal {
		c.Never = c.why()
	}
	if c.vary == VaryYield {
		c.turn()
	}
	for i := range c.Pieces {
		p := &c.Pieces[i]
		p.From, p.To = c.end(p.span.lo), c.end(p.span.hi)
	}
}

// turn puts pieces and meetings, which are in the inverse of a yield, into the order of the yield.
func (c *finder) turn() {
	slices.Reverse(c.Pieces)
	slices.Reverse(c.Meet)
	for i := range c.Pieces {
		p := &c.Pieces[i]
		p.span = span{c.inverse(p.span.hi), c.inverse(p.span.lo)}
		switch p.Cheaper {
		case "a then b":
			p.Cheaper = "b then a"
		case "b then a":
			p.Cheaper = "a then b"
		}
	}
}

// inverse of an end; an open one is a yield of nought, which is open too.
func (c *finder) inverse(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Inv(r)
}

// figure is the varied figure where the unknown is x.
func (c *finder) figure(x *big.Rat) *big.Rat {
	if c.vary == VaryYield {
		return new(big.Rat).Inv(x)
	}
	return x
}

func (c *finder) end(r *big.Rat) *Amount {
	if r == nil {
		return nil
	}
	a := amount(r)
	return &a
}

func touches(s span, z *big.Rat) bool {
	return s.lo != nil && z.Cmp(s.lo) == 0 || s.hi != nil && z.Cmp(s.hi) == 0
}

// cheaper says which route is, given the total of a less that of b.
func cheaper(d *big.Rat) string {
	switch d.Sign() {
	case -1:
		return "a"
	case 1:
		return "b"
	}
	return "equal"
}

// formula is a total as a sum of its fixed and its moving part, rounded for reading.
func (c *finder) formula(l line) string {
	if !l.moves() {
		return l.at0().FloatString(places)
	}
	sign, k := "+", l.slope()
	if k.Sign() < 0 {
		sign, k = "-", new(big.Rat).Neg(k)
	}
	by := map[Vary]string{VaryPrice: " × price", VaryDuty: " × duty", VaryYield: " / yield"}[c.vary]
	return fmt.Sprintf("%s %s %s%s", l.at0().FloatString(places), sign, k.FloatString(places), by)
}

// why says why the routes do not cross: the varied figure does not tell them apart, or they would cross only beyond what it
// can be.
func (c *finder) why() string {
	first, last := &c.Pieces[0], &c.Pieces[len(c.Pieces)-1]
	d := first.a.sub(first.b)
	dear, cheap := "a", "b"
	if cheaper(d.at(first.span.within())) == "a" {
		dear, cheap = cheap, dear
	}
	gap := new(big.Rat).Abs(d.at(first.span.within()))
	if len(c.Pieces) == 1 && !d.moves() {
		return fmt.Sprintf("route %s costs %s USD/kg more than route %s whatever the %s, since it moves both totals alike", dear, gap.FloatString(places), cheap, c.vary)
	}
	why := fmt.Sprintf("route %s is the dearer one at every %s", dear, c.vary)
	switch {
	case c.vary == VaryYield:
		if z := d.zero(); z != nil && z.Sign() > 0 && z.Cmp(big.NewRat(1, 1)) < 0 {
			return why + fmt.Sprintf(" up to one: they would meet at a yield of %s, more than there is", new(big.Rat).Inv(z).FloatString(places))
		}
		return why + " up to one: no yield however low or high closes the gap"
	case d.zero() != nil && d.zero().Sign() < 0 && first.span.lo.Sign() == 0:
		return why + fmt.Sprintf(" from nought up: they would meet at %s %s, below nought", d.zero().FloatString(places), unitOf(c.vary))
	}
	if rise := last.a.sub(last.b); !rise.moves() {
		return why + ": beyond a floor or limit it moves both totals alike, or not at all"
	}
	return why + ", and the gap only widens as it rises"
}
