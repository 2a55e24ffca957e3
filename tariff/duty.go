package tariff

import (
	"fmt"
	"slices"

	"lodestone/quantity"
)

// Duty is the stack of duties on the goods of q. It fails with an Unknown where the tables lack a rate, and with a plain
// error and its remedy where the question cannot be taken up.
func (s *Schedule) Duty(q Query) (*Answer, error) {
	code, err := s.check(&q)
	if err != nil {
		return nil, err
	}
	w := &work{s: s, q: &q, code: code, used: map[string]bool{}}
	w.a = &Answer{Code: q.Code, Says: code.describe(q.Code), Origin: q.Origin, On: q.On, Claims: q.Claims, Checked: s.Checked, Digest: s.Digest,
		Rounding: Rounding, Origins: Provenance, Advice: Advice, Fees: []FeeLine{}, NotInForce: []Dormant{}}
	if q.Value != nil {
		v := USD(*q.Value)
		w.a.Value = &v
	}
	w.base()
	for i := range s.Layers {
		if err := w.layer(&s.Layers[i]); err != nil {
			return nil, err
		}
	}
	if len(w.gaps) > 0 {
		return nil, &Unknown{Code: q.Code, Origin: q.Origin, On: q.On, Gaps: w.gaps}
	}
	if err := w.total(); err != nil {
		return nil, err
	}
	if err := w.fees(); err != nil {
		return nil, err
	}
	w.cautions()
	return w.a, nil
}

// describe is what the goods of the code are, by the suffix where it is known.
func (c *Code) describe(h HTS) string {
	for _, x := range c.Suffixes {
		if x.HTS == h {
			return x.Says
		}
	}
	return c.Says
}

// work is one question being answered.
type work struct {
	s    *Schedule
	q    *Query
	code *Code
	a    *Answer
	gaps []Gap
	used map[string]bool // claims that changed something
}

// base puts the base line first: column 2, special or general.
func (w *work) base() {
	l := Line{Layer: "base", Outcome: AddRate, Heading: w.code.HTS.String(), Status: "in force"}
	rates, column := w.code.General, "column 1 general"
	if g := w.s.group("column2"); g != nil && slices.Contains(g.Origins, w.q.Origin) {
		rates, column = w.code.Column2, "column 2"
		l.Why = "no normal trade relations [" + string(g.Sure) + ": " + g.Source + "]"
	} else {
		l.Why = "normal trade relations"
	}
	r := rateOn(rates, w.q.On, "")
	for _, name := range w.q.Claims {
		claim := w.s.Claim(name)
		if claim.Symbol == "" || r != nil && r.Value.Sign() == 0 {
			continue
		}
		special := rateOn(w.code.Special, w.q.On, claim.Symbol)
		switch {
		case special != nil:
			r, column = special, "column 1 special ("+claim.Symbol+")"
			l.Why = "claimed as " + claim.Says
			w.used[name] = true
		case len(w.code.Special) == 0:
			w.gaps = append(w.gaps, Gap{Layer: "base", Title: "base rate", Missing: "the special column of " + w.code.HTS.String() + ", on which the claim " + name + " hangs", Proof: Proof{Sure: "M", Source: "the special column of this code was not read"}})
			w.used[name] = true
		default:
			l.Why = "the special column does not list " + claim.Symbol
		}
	}
	if r == nil {
		w.gaps = append(w.gaps, Gap{Layer: "base", Title: "base rate", Missing: "the rate of " + column + " on this day", Proof: Proof{Sure: "M", Source: "no row covers the day"}})
		r = &Rate{}
	}
	l.Title, l.Rate, l.Proof, l.Standing = "base rate, "+column, r.Value, r.Proof, r.Proof
	w.a.Lines = append(w.a.Lines, l)
}

// rateOn is the rate in force on d that the program may claim, "" for a rate without programs.
func rateOn(rs []Rate, d quantity.Date, program string) *Rate {
	for i := range rs {
		if rs[i].Valid.Covers(d) && (program == "" && len(rs[i].Programs) == 0 || slices.Contains(rs[i].Programs, program)) {
			return &rs[i]
		}
	}
	return nil
}

// layer adds one layer by its first rule that fits.
func (w *work) layer(y *Layer) error {
	if !y.Valid.Covers(w.q.On) {
		w.a.NotInForce = append(w.a.NotInForce, Dormant{Layer: y.ID, Title: y.Title, Valid: y.Valid, Status: y.Status})
		return nil
	}
	i := slices.IndexFunc(y.Rules, func(r Rule) bool { return r.fits(w.q) })
	if i < 0 {
		return fmt.Errorf("tariff layer %s: no rule fits, so the tables are faulty", y.ID)
	}
	r := &y.Rules[i]
	for _, c := range r.Claims {
		w.used[c] = true
	}
	if r.Outcome == Missing {
		w.gaps = append(w.gaps, Gap{Layer: y.ID, Title: y.Title, Missing: r.Says, Proof: r.Proof})
		return nil
	}
	l := Line{Layer: y.ID, Title: y.Title, Authority: y.Authority, Outcome: r.Outcome, Heading: r.Heading, Why: r.Says, Proof: r.Proof}
	now, later := y.statusOn(w.q.On)
	if now == nil {
		return fmt.Errorf("tariff layer %s: no legal status on %s, so the tables are faulty", y.ID, w.q.On)
	}
	l.Status, l.Standing, l.Later = now.Says, now.Proof, later
	base := &w.a.Lines[0]
	switch r.Outcome {
	case AddRate:
		l.Rate = r.Value
	case Floor:
		l.Floor = r.Value.String()
		if base.Rate.Less(r.Value) {
			d, err := r.Value.Sub(base.Rate)
			if err != nil {
				return err
			}
			l.Rate = d
		}
	case Instead:
		l.Rate = r.Value
		base.Why = fmt.Sprintf("%s; its %s %% is replaced by %s", base.Why, base.Rate, y.Title)
		base.Outcome, base.Rate = Replaced, quantity.Decimal{}
	}
	w.a.Lines = append(w.a.Lines, l)
	return nil
}

// total adds the lines up, and finds the least sure source among those that reach the goods.
func (w *work) total() error {
	a := w.a
	var amount quantity.Decimal
	a.Weakest = "Q"
	for i := range a.Lines {
		l := &a.Lines[i]
		if l.Outcome != Outside {
			a.Weakest = weaker(a.Weakest, l.Sure)
		}
		var err error
		if a.Rate, err = a.Rate.Add(l.Rate); err != nil {
			return err
		}
		if w.q.Value == nil || l.Outcome == Outside {
			continue
		}
		u, err := w.amount(l)
		if err != nil {
			return fmt.Errorf("amount of %s: %w", l.Layer, err)
		}
		l.Amount = &u
		if amount, err = amount.Add(u.Decimal()); err != nil {
			return err
		}
	}
	if w.q.Value != nil {
		u := USD(amount)
		a.Amount = &u
	}
	return nil
}

// amount is the duty of one line. That of a floor is what the base line lacks to the whole, so that both together are the
// floor to the cent.
func (w *work) amount(l *Line) (USD, error) {
	if l.Outcome != Floor || l.Rate.Sign() == 0 {
		return percentOf(*w.q.Value, l.Rate)
	}
	whole, err := l.Rate.Add(w.a.Lines[0].Rate)
	if err != nil {
		return USD{}, err
	}
	u, err := percentOf(*w.q.Value, whole)
	if err != nil {
		return USD{}, err
	}
	rest, err := u.Decimal().Sub(w.a.Lines[0].Amount.Decimal())
	return USD(rest), err
}

// cautions gathers what is to be known beside the answer.
func (w *work) cautions() {
	say := func(text string) { w.a.Cautions = append(w.a.Cautions, Caution{Says: text}) }
	if w.q.On > w.s.Checked {
		say(fmt.Sprintf("as known on %s, the last revision of the schedule that was read: what changed after it is not here, and the answer takes the law as unchanged since", w.s.Checked))
	}
	if len(w.q.Code) == 10 && len(w.code.Suffixes) == 0 {
		say(fmt.Sprintf("whether the schedule has the statistical suffix of %s was not checked; no layer differs by it", w.q.Code))
	}
	for _, c := range w.q.Claims {
		if !w.used[c] {
			say("the claim " + c + " changes nothing on this day")
		}
	}
	w.notes(w.s.Notes)
	for i := range w.s.Layers {
		w.notes(w.s.Layers[i].Notes)
	}
}

func (w *work) notes(notes []Note) {
	for i := range notes {
		if n := &notes[i]; n.fits(w.q) {
			w.a.Cautions = append(w.a.Cautions, Caution{Says: n.Says, Proof: &n.Proof})
		}
	}
}
