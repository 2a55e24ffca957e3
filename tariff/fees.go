package tariff

import (
	"fmt"
	"slices"

	"lodestone/quantity"
)

// fees adds the fees beside the duty. An amount that hangs on what is not in hand is left out, and the line says so.
func (w *work) fees() error {
	for i := range w.s.Fees {
		f := &w.s.Fees[i]
		if f.Sea && !w.q.Sea {
			continue
		}
		j := slices.IndexFunc(f.Values, func(v FeeValue) bool { return v.Valid.Covers(w.q.On) })
		if j < 0 {
			w.a.Fees = append(w.a.Fees, FeeLine{Fee: f.ID, Title: f.Title, Open: "the fee of this day is not in hand", Why: "by " + f.Per, Proof: Proof{Sure: "M", Source: "no row covers the day"}})
			continue
		}
		l, err := w.fee(f, &f.Values[j])
		if err != nil {
			return err
		}
		w.a.Fees = append(w.a.Fees, l)
	}
	return nil
}

func (w *work) fee(f *Fee, v *FeeValue) (FeeLine, error) {
	l := FeeLine{Fee: f.ID, Title: f.Title, Rate: v.Rate, Why: "by " + f.Per, Proof: v.Proof}
	for _, c := range w.q.Claims {
		if f.Exempt != nil && slices.Contains(f.Exempt.Claims, c) {
			l.Rate, l.Why, l.Proof = quantity.Decimal{}, f.Exempt.Says, f.Exempt.Proof
			l.Amount = &USD{}
			w.used[c] = true
			return l, nil
		}
		if f.Exempt != nil && w.s.Claim(c).Symbol != "" {
			l.Open = "whether the program " + c + " lifts it is not in hand"
			return l, nil
		}
	}
	if v.Unknown != "" {
		l.Open = "not in hand: " + v.Unknown
		return l, nil
	}
	if v.Least.Sign() > 0 {
		l.Least = (*USD)(&v.Least)
	}
	if v.Most.Sign() > 0 {
		l.Most = (*USD)(&v.Most)
	}
	if w.q.Value == nil {
		return l, nil
	}
	u, err := percentOf(*w.q.Value, v.Rate)
	if err != nil {
		return l, fmt.Errorf("amount of %s: %w", f.ID, err)
	}
	switch {
	case u.Decimal().Less(v.Least):
		u, l.Why = USD(v.Least), l.Why+", the least"
	case v.Most.Sign() > 0 && v.Most.Less(u.Decimal()):
		u, l.Why = USD(v.Most), l.Why+", the most"
	}
	l.Amount = &u
	return l, nil
}
