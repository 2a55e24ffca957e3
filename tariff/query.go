package tariff

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
)

// Query is one question: what duty falls on these goods on that day.
type Query struct {
	Code   HTS
	Origin supply.Country    // country of the last substantial transformation
	On     quantity.Date     // day of entry for consumption
	Value  *quantity.Decimal // customs value in US dollars, to the cent; nil where only the rate is asked
	Claims []string          // by name or symbol
	Sea    bool              // the goods come by sea
}

// claims tells whether the claim of that name is made; check has made symbols into names.
func (q *Query) claims(name string) bool { return slices.Contains(q.Claims, name) }

// check refuses a question that the schedule cannot take up, with the remedy, and brings the claims to their names.
func (s *Schedule) check(q *Query) (*Code, error) {
	c, err := s.checkCode(q.Code)
	if err != nil {
		return nil, err
	}
	switch {
	case q.Origin == "":
		return nil, fmt.Errorf("no origin: give the country of the last substantial transformation")
	case !q.Origin.Known():
		return nil, fmt.Errorf("unknown origin %q: want an ISO 3166 code such as CN, JP, US", string(q.Origin))
	case q.On == 0:
		return nil, fmt.Errorf("no day: give the day of entry")
	case q.On < s.Begins:
		return nil, fmt.Errorf("entry on %s: the tables begin on %s, ask for that day or a later one", q.On, s.Begins)
	}
	for _, a := range s.Outside {
		if slices.Contains(a.Origins, q.Origin) {
			return nil, fmt.Errorf("origin %s: %s; give the country from which the goods originate, or ask a customs broker", q.Origin, a.Says)
		}
	}
	if q.Value != nil {
		if q.Value.Sign() < 0 {
			return nil, fmt.Errorf("value %s is negative: give the customs value in US dollars, 0 or more", q.Value)
		}
		if q.Value.Round(2) != *q.Value {
			return nil, fmt.Errorf("value %s has more than two decimal places: give US dollars to the cent", q.Value)
		}
		if !q.Value.Less(quantity.DecimalOf(mostValue)) {
			return nil, fmt.Errorf("value %s is not below %d US dollars", q.Value, mostValue)
		}
	}
	return c, s.checkClaims(q)
}

// mostValue bounds a value, so that every amount is exact.
const mostValue = 1_000_000_000_000_000

func (s *Schedule) checkCode(h HTS) (*Code, error) {
	c := s.code(h)
	if c == nil || len(h) != 8 && len(h) != 10 {
		var near, all []string
		for i := range s.Codes {
			all = append(all, s.Codes[i].HTS.String())
			if len(h) >= 4 && s.Codes[i].HTS.Under(h[:4]) {
				near = append(near, s.Codes[i].HTS.String())
			}
		}
		if near != nil {
			return nil, fmt.Errorf("the tables do not hold %s: of its heading they hold %s", h, strings.Join(near, ", "))
		}
		return nil, fmt.Errorf("the tables do not hold %s: they hold %s", h, strings.Join(all, ", "))
	}
	if len(c.Suffixes) == 0 || c.has(h) {
		return c, nil
	}
	var known []string
	for _, x := range c.Suffixes {
		known = append(known, x.HTS.String()+" ("+x.Says+")")
	}
	switch {
	case len(h) == 10:
		return nil, fmt.Errorf("%s is not a suffix that the tables hold: they hold %s", h, strings.Join(known, ", "))
	case s.splits(c.HTS):
		return nil, fmt.Errorf("%s is not enough, since layers differ by the statistical suffix: give all ten digits, one of %s", h, strings.Join(known, ", "))
	}
	return c, nil
}

// splits tells whether a rule of a layer distinguishes codes under h by their suffix.
func (s *Schedule) splits(h HTS) bool {
	for _, l := range s.Layers {
		for _, r := range l.Rules {
			if slices.ContainsFunc(r.Codes, func(p HTS) bool { return len(p) > len(h) && p.Under(h) }) {
				return true
			}
		}
	}
	return false
}

func (s *Schedule) checkClaims(q *Query) error {
	var names []string
	program := ""
	for _, text := range q.Claims {
		c := s.Claim(text)
		switch {
		case c == nil:
			var known []string
			for _, k := range s.Claims {
				known = append(known, k.Name)
			}
			return fmt.Errorf("the tables know no claim %q: they know %s", text, strings.Join(known, ", "))
		case c.Symbol != "" && !slices.Contains(c.Origins, q.Origin):
			return fmt.Errorf("claim %s is for goods of %s, and these are of %s: drop the claim or correct the origin", c.Name, join(c.Origins), q.Origin)
		case slices.Contains(names, c.Name):
			continue
		case c.Symbol != "" && program != "":
			return fmt.Errorf("claims %s and %s are both programs of the special column: claim one", program, c.Name)
		case c.Symbol != "":
			program = c.Name
		}
		names = append(names, c.Name)
	}
	slices.Sort(names)
	q.Claims = names
	return nil
}

func join(cs []supply.Country) string {
	words := make([]string, len(cs))
	for i, c := range cs {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}
