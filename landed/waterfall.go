package landed

import (
	"fmt"
	"math/big"
	"slices"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/tariff"
)

// Advice is printed on every answer.
const Advice = "Decision support, not legal, customs or investment advice; what a route costs says nothing of whether its goods may be delivered (lodestone judge)."

// Waterfall is what a kilogram of product costs, bar by bar, in US dollars. It holds for one day of entry.
type Waterfall struct {
	Sheet       string        `json:"sheet"`
	Title       string        `json:"title"`
	Product     string        `json:"product"`
	Delivered   string        `json:"delivered"`
	On          quantity.Date `json:"entry_on"`
	Bars        []Bar         `json:"bars"`
	Total       Amount        `json:"total"`
	Cheapest    Amount        `json:"cheapest"` // every range at its cheap end: a corner, not a likelihood
	Dearest     Amount        `json:"dearest"`
	Assumptions []Swing       `json:"ranges"`
	Prices      []Quote       `json:"prices"`
	Yields      []Yield       `json:"yields"`
	Rates       []Stated      `json:"rates"`
	Borders     []Border      `json:"borders"`
	Cautions    []string      `json:"cautions"`
	Digest      string        `json:"sheet_digest"`
	Advice      string        `json:"advice"`
}

// Bar is one amount in the waterfall. Below and Amount together say where it ends.
type Bar struct {
	Item   string `json:"item"`
	Kind   Kind   `json:"kind"`
	Name   string `json:"name"`
	Rate   string `json:"percent,omitempty"`
	Kg     Amount `json:"kg_per_kg"`   // of the item in a kilogram of product
	Per    Amount `json:"usd_per_kg"`  // of the item
	Amount Amount `json:"usd"`         // of product
	Below  Amount `json:"running_usd"` // sum of the bars above
	Sure   Sure   `json:"sure"`
	Source string `json:"source,omitempty"`
}

// Swing is a figure with a range, and the total at either end of it with all else at base.
type Swing struct {
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Low     string `json:"low"`
	Base    string `json:"base"`
	High    string `json:"high"`
	AtLow   Amount `json:"total_at_low"`
	AtHigh  Amount `json:"total_at_high"`
	Sure    Sure   `json:"sure"`
	Source  string `json:"source,omitempty"`
	breadth *big.Rat
}

// Quote is a price as stated, and in US dollars a kilogram without tax.
type Quote struct {
	Item   string `json:"item"`
	Quoted string `json:"quoted_item"`
	Form   string `json:"form"`
	Grade  string `json:"grade"`
	Place  string `json:"place"`
	Terms  string `json:"terms"`
	Date   string `json:"date"`
	Value  string `json:"value"`
	Unit   string `json:"unit"`
	Tax    string `json:"tax_taken_out,omitempty"`
	Floor  string `json:"floor_usd_per_kg,omitempty"`
	USD    Amount `json:"usd_per_kg"`
	Sure   Sure   `json:"sure"`
	Source string `json:"source"`
}

// Yield is that of one making, and the kilograms of its output in a kilogram of product.
type Yield struct {
	Item string `json:"item"`
	Stated
	Kg Amount `json:"kg_per_kg"`
}

// Stated is a figure as the sheet states it.
type Stated struct {
	Name   string           `json:"name,omitempty"`
	Value  quantity.Decimal `json:"value"`
	Low    quantity.Decimal `json:"low"`
	High   quantity.Decimal `json:"high"`
	Sure   Sure             `json:"sure"`
	Source string           `json:"source,omitempty"`
}

func (f *Figure) stated(name string) Stated {
	return Stated{name, f.Base, f.Low, f.High, f.Sure, f.Source}
}

// Border is a crossing with its duty.
type Border struct {
	Item   string         `json:"item"`
	Origin supply.Country `json:"origin_for_duty"`
	Rate   string         `json:"total_percent"`
	Duty   *tariff.Answer `json:"duty"`
}

// Cost works out the sheet for an entry on the given day, or on the sheet's own where that is zero.
func (s *Sheet) Cost(schedule *tariff.Schedule, on quantity.Date) (*Waterfall, error) {
	if on == 0 {
		on = s.On
	}
	duties, err := s.duties(schedule, on)
	if err != nil {
		return nil, err
	}
	e := &eval{s: s, duties: duties, pick: base}
	bars, total, err := e.run()
	if err != nil {
		return nil, err
	}
	w := &Waterfall{Sheet: s.ID, Title: s.Title, Product: s.Items[s.Product].Name, Delivered: s.Delivered, On: on, Total: amount(total.at0()),
		Assumptions: []Swing{}, Rates: []Stated{}, Borders: []Border{}, Digest: s.Digest, Advice: Advice}
	w.bars(e, bars)
	if w.Cheapest, err = s.total(duties, cheapest); err != nil {
		return nil, fmt.Errorf("with every range at its cheap end: %w", err)
	}
	if w.Dearest, err = s.total(duties, dearest); err != nil {
		return nil, fmt.Errorf("with every range at its dear end: %w", err)
	}
	if err := w.swings(s, duties); err != nil {
		return nil, err
	}
	w.stated(e)
	w.cautions()
	return w, nil
}

// duties asks the schedule for each border.
func (s *Sheet) duties(schedule *tariff.Schedule, on quantity.Date) ([]*tariff.Answer, error) {
	out := make([]*tariff.Answer, len(s.Items))
	for i := range s.Items {
		im := s.Items[i].Import
		if im == nil {
			continue
		}
		a, err := schedule.Duty(tariff.Query{Code: im.Code, Origin: im.Origin, On: on, Claims: im.Claims, Sea: im.Sea})
		if err != nil {
			return nil, fmt.Errorf("duty on %s: %w", s.Items[i].Name, err)
		}
		out[i] = a
	}
	return out, nil
}

// total is the cost with another choice of figures.
func (s *Sheet) total(duties []*tariff.Answer, pick choice) (Amount, error) {
	_, t, err := (&eval{s: s, duties: duties, pick: pick}).run()
	return amount(t.at0()), err
}

func (w *Waterfall) bars(e *eval, bars []bar) {
	rs := make([]*big.Rat, len(bars))
	for i, b := range bars {
		rs[i] = b.amount.at0()
	}
	kg := e.kilograms()
	below := new(big.Rat)
	for i, a := range amounts(rs) {
		b := bars[i]
		w.Bars = append(w.Bars, Bar{e.s.Items[b.item].Name, b.kind, b.name, b.rate, amount(kg[b.item].at0()), amount(b.per.at0()), a, amount(new(big.Rat).Set(below)), b.sure, b.source})
		below.Add(below, rs[i])
	}
}

// swings works the sheet out at either end of each range, the widest first.
func (w *Waterfall) swings(s *Sheet, duties []*tariff.Answer) error {
	for _, f := range s.figures() {
		if !f.Ranged() && f.Sure != Assumption {
			continue
		}
		low, err := s.total(duties, but(f.Figure, f.Low))
		if err != nil {
			return err
		}
		high, err := s.total(duties, but(f.Figure, f.High))
		if err != nil {
			return err
		}
		breadth := new(big.Rat).Sub(high.r, low.r)
		if f.Ranged() && breadth.Sign() == 0 {
			continue // it does not enter on this day
		}
		w.Assumptions = append(w.Assumptions, Swing{f.name, f.unit, f.Low.String(), f.Base.String(), f.High.String(), low, high, f.Sure, f.Source, breadth.Abs(breadth)})
	}
	slices.SortStableFunc(w.Assumptions, func(a, b Swing) int { return b.breadth.Cmp(a.breadth) })
	return nil
}

// stated lists the prices, yields, rates and borders that the waterfall stands on.
func (w *Waterfall) stated(e *eval) {
	kg := e.kilograms()
	for i := range e.s.Items {
		it := &e.s.Items[i]
		if p := it.Buy; p != nil {
			q := Quote{Item: it.Name, Quoted: p.Quoted, Form: p.Form, Grade: p.Grade, Place: p.Place, Terms: p.Terms, Date: p.Date, Value: p.Base.String(), Unit: p.unit(),
				USD: amount(e.dollars(p)), Sure: p.Sure, Source: p.Source, Tax: p.Tax}
			if p.Floor != nil {
				q.Floor = p.Floor.Base.String()
			}
			w.Prices = append(w.Prices, q)
		} else {
			w.Yields = append(w.Yields, Yield{it.Name, it.Make.Yield.stated(""), amount(kg[i].at0())})
		}
		if it.Import != nil {
			w.Borders = append(w.Borders, Border{it.Name, it.Import.Origin, e.duties[i].Rate.String(), e.duties[i]})
		}
	}
	for i := range e.s.Rates {
		w.Rates = append(w.Rates, e.s.Rates[i].stated(e.s.Rates[i].Name))
	}
}

func (p *Price) unit() string {
	if p.PerTonne {
		return p.Currency + "/t"
	}
	return p.Currency + "/kg"
}

// cautions says what a reader of the total must know.
func (w *Waterfall) cautions() {
	say := func(format string, a ...any) { w.Cautions = append(w.Cautions, fmt.Sprintf(format, a...)) }
	var dates []string
	for _, p := range w.Prices {
		if !slices.Contains(dates, p.Date) {
			dates = append(dates, p.Date)
		}
	}
	slices.Sort(dates)
	say("prices are those of %s, and duty that of an entry on %s: no price was carried forward", list(dates), w.On)
	assumed := 0
	for _, f := range w.Assumptions {
		if f.Sure == Assumption {
			assumed++
		}
	}
	if assumed > 0 {
		say("%d of the figures are assumptions, with the ranges shown; the cheapest and dearest totals put every range at one end, and are corners, not likelihoods", assumed)
	}
	if len(w.Borders) > 0 {
		say("amounts are for a kilogram and exact: the cents to which customs rounds an entry are not in them")
	}
	for _, b := range w.Borders {
		say("origin of %s for duty is %s, as the sheet states it: that is the country of the last substantial transformation, not provenance", b.Item, b.Origin)
		for _, l := range b.Duty.Lines {
			if l.Outcome != tariff.Outside && l.Status != "in force" {
				say("%s on %s: %s", l.Title, b.Item, l.Status)
			}
		}
		if on := b.Duty.Checked; w.On > on {
			say("duty on %s as known on %s, the last revision of the schedule that was read", b.Item, on)
		}
	}
}

// Kinds are the kinds of bars, in the order of a waterfall.
func Kinds() []Kind {
	return []Kind{Material, Conversion, Margin, Credit, Duty, Fee, Freight, Premium}
}

// Sum is what the bars of one kind come to. Its shown number is the sum of theirs.
func (w *Waterfall) Sum(k Kind) Amount {
	sum, shown := new(big.Rat), new(big.Rat)
	for _, b := range w.Bars {
		if b.Kind == k {
			part, _ := new(big.Rat).SetString(b.Amount.Shown)
			shown.Add(shown, part)
			sum.Add(sum, b.Amount.r)
		}
	}
	a := amount(sum)
	a.Shown = shown.FloatString(places)
	return a
}
