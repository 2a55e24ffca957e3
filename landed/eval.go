package landed

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"lodestone/quantity"
	"lodestone/tariff"
)

// choice takes the number of a figure; cheaper tells that a greater one makes the product cheaper.
type choice func(f *Figure, cheaper bool) *big.Rat

func base(f *Figure, _ bool) *big.Rat { return rat(f.Base) }

func cheapest(f *Figure, cheaper bool) *big.Rat {
	if cheaper {
		return rat(f.High)
	}
	return rat(f.Low)
}

func dearest(f *Figure, cheaper bool) *big.Rat { return cheapest(f, !cheaper) }

// but is base with one figure at another number.
func but(one *Figure, d quantity.Decimal) choice {
	return func(f *Figure, _ bool) *big.Rat {
		if f == one {
			return rat(d)
		}
		return rat(f.Base)
	}
}

// eval is one working out of a sheet. Where a break-even is sought, target is what x stands for, and split a point inside span
// at which a floor or limit begins to bind: the result then holds on neither side for sure.
type eval struct {
	s      *Sheet
	duties []*tariff.Answer // by item; nil where it crosses no border
	pick   choice
	target *target
	span   span
	split  *big.Rat
	d      []line // cost of a delivered kilogram of each item
}

// bar is an amount for each kilogram of one item.
type bar struct {
	item   int
	kind   Kind
	name   string
	rate   string // percent, of duties and fees by rate
	per    line   // for each kilogram of the item
	amount line   // for each kilogram of product
	sure   Sure
	source string
}

// run works out all bars and the total.
func (e *eval) run() ([]bar, line, error) {
	e.d = make([]line, len(e.s.Items))
	var bars []bar
	for i := range e.s.Items {
		own, err := e.item(i)
		if err != nil {
			return nil, line{}, fmt.Errorf("cost of %s: %w", e.s.Items[i].Name, err)
		}
		bars = append(bars, own...)
	}
	kg := e.kilograms()
	for i := range bars {
		bars[i].amount = bars[i].per.times(kg[bars[i].item])
	}
	return bars, e.d[e.s.Product], nil
}

// kilograms is how much of each item a kilogram of product takes.
func (e *eval) kilograms() []line {
	kg := make([]line, len(e.s.Items))
	kg[e.s.Product] = fixed(big.NewRat(1, 1))
	for i := len(e.s.Items) - 1; i >= 0; i-- {
		m := e.s.Items[i].Make
		if m == nil {
			continue
		}
		for j := range m.Inputs {
			in := &m.Inputs[j]
			kg[in.Item] = kg[in.Item].add(kg[i].times(e.takes(i, in)))
		}
	}
	return kg
}

// takes is the kilograms of an input in a good kilogram of item i.
func (e *eval) takes(i int, in *Input) line {
	q := e.pick(&in.Figure, in.Gives)
	if in.Gives {
		q = new(big.Rat).Inv(q)
	}
	if e.target.is(VaryYield, i) {
		return unknown().scale(q) // x is the inverse of the yield
	}
	return fixed(q.Quo(q, e.pick(&e.s.Items[i].Make.Yield, true)))
}

// item works out one item and sets its delivered cost.
func (e *eval) item(i int) ([]bar, error) {
	it := &e.s.Items[i]
	var bars []bar
	var sum line // of the item so far, its inputs included
	put := func(b bar) {
		b.item = i
		sum = sum.add(b.per)
		bars = append(bars, b)
	}
	costs := func(cs []Cost) error {
		for j := range cs {
			below := sum
			c := &cs[j]
			n := fixed(e.pick(&c.Figure, c.Kind == Credit))
			b := bar{kind: c.Kind, name: c.Name, per: n, sure: c.Sure, source: c.Source}
			if c.Percent {
				b.rate = c.Base.String()
				b.per = below.times(n).scale(big.NewRat(1, 100))
			}
			if c.Kind == Credit {
				b.per = b.per.scale(big.NewRat(-1, 1))
			}
			put(b)
			if c.Kind == Credit && !sum.moves() && sum.at0().Sign() < 0 {
				return fmt.Errorf("the credit %s is greater than what it is set against: below zero a percentage means nothing", c.Name)
			}
		}
		return nil
	}
	if it.Buy != nil {
		put(bar{kind: Material, name: it.Name, per: e.price(i), sure: it.Buy.Sure, source: it.Buy.Source})
	} else {
		for j := range it.Make.Inputs {
			in := &it.Make.Inputs[j]
			sum = sum.add(e.d[in.Item].times(e.takes(i, in)))
		}
		if err := costs(it.Make.Costs); err != nil {
			return nil, err
		}
	}
	if it.Import != nil {
		border, err := e.border(i, sum)
		if err != nil {
			return nil, err
		}
		for _, b := range border {
			put(b)
		}
	}
	err := errors.Join(costs(it.Freight), costs(it.Premium))
	e.d[i] = sum
	return bars, err
}

// price is what a kilogram is bought at, in US dollars without tax.
func (e *eval) price(i int) line {
	p := e.s.Items[i].Buy
	paid := unknown()
	if !e.target.is(VaryPrice, i) {
		paid = fixed(e.dollars(p))
	}
	if p.Floor != nil {
		paid = e.max(paid, fixed(e.pick(p.Floor, false)))
	}
	return paid
}

// dollars converts a price with the rates of the sheet.
func (e *eval) dollars(p *Price) *big.Rat {
	r := e.pick(&p.Figure, false)
	if p.Tax != "" {
		tax := e.pick(&e.s.rate(p.Tax).Figure, true)
		tax.Quo(tax, big.NewRat(100, 1))
		r.Quo(r, tax.Add(tax, big.NewRat(1, 1)))
	}
	if p.Currency != "USD" {
		r.Quo(r, e.pick(&e.s.rate(p.Currency+" per USD").Figure, true))
	}
	if p.PerTonne {
		r.Quo(r, big.NewRat(1000, 1))
	}
	return r
}

// max is the greater of two lines on the span; where they cross in it, it asks for a split.
func (e *eval) max(a, b line) line {
	d := a.sub(b)
	if z := d.zero(); z != nil && e.span.inside(z) {
		e.split = z
	}
	if d.at(e.span.within()).Sign() >= 0 {
		return a
	}
	return b
}

func (e *eval) min(a, b line) line {
	minus := big.NewRat(-1, 1)
	return e.max(a.scale(minus), b.scale(minus)).scale(minus)
}

// border is the duty and the fees on item i, whose cost so far is sum.
func (e *eval) border(i int, sum line) ([]bar, error) {
	im, a := e.s.Items[i].Import, e.duties[i]
	value := sum
	if im.Value != nil {
		value = fixed(e.pick(im.Value, false))
	}
	value = e.max(value, line{}) // below zero only where what varies is nearly nought and a credit stands against it
	bars := e.duty(i, value)
	fees, err := e.fees(im, a, value)
	return append(bars, fees...), err
}

// duty is a bar for each layer that asks something.
func (e *eval) duty(i int, value line) []bar {
	a := e.duties[i]
	percent := big.NewRat(1, 100)
	if e.target.is(VaryDuty, i) && e.target.layer == "" {
		return []bar{{kind: Duty, name: "duty in all", per: value.times(unknown()).scale(percent)}}
	}
	var bars []bar
	var column line
	for j := range a.Lines {
		l := &a.Lines[j]
		rate := fixed(rat(l.Rate))
		whole := e.target.is(VaryDuty, i) && e.target.layer == l.Layer
		switch {
		case l.Outcome == tariff.Floor:
			floor := fixed(rat(quantity.MustDecimal(l.Floor)))
			if whole {
				floor = unknown()
			}
			rate = e.max(floor.sub(column), line{})
		case whole:
			rate = unknown()
		}
		if j == 0 {
			column = rate
		}
		if !rate.moves() && rate.at0().Sign() == 0 {
			continue
		}
		name := l.Title
		if l.Heading != "" && j > 0 {
			name += ", " + l.Heading
		}
		if l.Outcome == tariff.Floor {
			name += ", floor " + l.Floor + " %"
		}
		bars = append(bars, bar{kind: Duty, name: name, rate: l.Rate.String(), per: value.times(rate).scale(percent), sure: Sure(l.Sure), source: l.Source + "; " + l.Status})
	}
	return bars
}

// fees is a bar for each fee; what the tables do not hold must be in the sheet.
func (e *eval) fees(im *Import, a *tariff.Answer, value line) ([]bar, error) {
	var bars []bar
	for _, f := range a.Fees {
		stated := im.fee(f.Fee)
		switch {
		case f.Open != "" && stated == nil:
			return nil, fmt.Errorf("the tables do not hold the %s of %s (%s): state it in the sheet, as in import: {fees: [{name: %s, percent: %s, low: 0, high: %s, sure: assumption}]}",
				f.Title, a.On, strings.TrimPrefix(f.Open, "not in hand: "), f.Fee, f.Rate, f.Rate)
		case f.Open != "":
			b := bar{kind: Fee, name: f.Title + ", as the sheet states it", per: fixed(e.pick(&stated.Figure, false)), sure: stated.Sure, source: stated.Source}
			if stated.Percent {
				b.rate = stated.Base.String()
				b.per = value.times(b.per).scale(big.NewRat(1, 100))
			}
			bars = append(bars, b)
			continue
		case f.Rate.Sign() == 0:
			continue
		}
		per := value.scale(rat(f.Rate)).scale(big.NewRat(1, 100))
		name := f.Title
		if f.Least != nil || f.Most != nil {
			if im.EntryKg == nil {
				return nil, fmt.Errorf("the %s has limits for an entry as a whole: give the mass of an entry, as in import: {entry_kg: 1000}", f.Title)
			}
			each := new(big.Rat).Inv(rat(*im.EntryKg))
			if f.Least != nil {
				per = e.max(per, fixed(rat(f.Least.Decimal())).scale(each))
			}
			if f.Most != nil {
				per = e.min(per, fixed(rat(f.Most.Decimal())).scale(each))
			}
			name += ", in entries of " + im.EntryKg.String() + " kg"
		}
		bars = append(bars, bar{kind: Fee, name: name, rate: f.Rate.String(), per: per, sure: Sure(f.Sure), source: f.Source})
	}
	return bars, im.strangeFee(a)
}

func (im *Import) fee(id string) *Cost {
	for i := range im.Fees {
		if im.Fees[i].Name == id {
			return &im.Fees[i]
		}
	}
	return nil
}

// strangeFee refuses a stated fee that falls on no such entry.
func (im *Import) strangeFee(a *tariff.Answer) error {
	var known []string
	for _, f := range a.Fees {
		known = append(known, f.Fee)
	}
	for _, f := range im.Fees {
		if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+f.Name+" ") {
			return fmt.Errorf("the sheet states a fee %s, which this entry does not bear: it bears %s; write another charge as freight", f.Name, strings.Join(known, ", "))
		}
	}
	return nil
}
