package plan

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"lodestone/quantity"
)

// Settings is what holds for the whole plan.
type Settings struct {
	Name     string
	Currency string        // USD where nothing is said
	Base     quantity.Date // the day to which costs are discounted; the first day of the plan where nothing is said
	Rate     float64       // of discount, a year; 0.08 where nothing is said
	Present  bool          // costs are given as present values: nothing is discounted
	Annuity  bool          // capital is charged by annuity (else as a lump less salvage)
	From     quantity.Date // first day of the default periods
	Until    quantity.Date // last day of the default periods
	Signed   []string      // agreements assumed signed
	Answers  map[string]string
}

// Default settings, where a network says nothing.
const (
	DefaultRate  = 0.08
	defaultFrom  = "2026-12-01"
	defaultUntil = "2035-12-31"
)

// Settings reads the settings. The error is Faults.
func (n *Network) Settings() (Settings, error) {
	s := Settings{Currency: "USD", Rate: DefaultRate, Annuity: true, From: quantity.MustDate(defaultFrom), Until: quantity.MustDate(defaultUntil), Answers: map[string]string{}}
	var faults Faults
	for _, row := range n.Setting {
		wrong := func(message, hint string) {
			faults = append(faults, Fault{"settings", row.Row, "value", message, hint})
		}
		day := func(into *quantity.Date) {
			d, err := dayOf(row.Value)
			if err != nil {
				wrong(err.Error(), "dates are written YYYY-MM-DD")
			}
			*into = d
		}
		word := func(yes, no string) bool {
			if row.Value != yes && row.Value != no {
				wrong(quoted(row.Value)+" is neither "+yes+" nor "+no, "")
			}
			return row.Value == yes
		}
		switch row.Name {
		case "name":
			s.Name = row.Value
		case "currency":
			s.Currency = row.Value
		case "base":
			day(&s.Base)
		case "horizon_from":
			day(&s.From)
		case "until":
			day(&s.Until)
		case "rate":
			r, err := strconv.ParseFloat(row.Value, 64)
			if err != nil || !(r > -1 && r < 1) { // 8 for 8 % is a slip that would make the later years worth nothing
				wrong(quoted(row.Value)+" is no rate of discount", "as in 0.08 for 8 % a year")
			}
			s.Rate = r
		case "costs":
			s.Present = word("present", "nominal")
		case "capital":
			s.Annuity = word("annuity", "lump")
		case "assume_signed":
			s.Signed = strings.Fields(strings.ReplaceAll(row.Value, ",", " "))
			for _, id := range s.Signed {
				if !slices.ContainsFunc(n.Agreements, func(a Agreement) bool { return a.ID == id }) {
					wrong("there is no agreement "+quoted(id), "its name as it stands in the table agreements")
				}
			}
		case "answers":
			for _, pair := range strings.Fields(strings.ReplaceAll(row.Value, ",", " ")) {
				key, value, ok := strings.Cut(pair, "=")
				if !ok {
					wrong(quoted(pair)+" is no answer", "as in traced_elements=literal: lodestone law doubts lists them")
				}
				s.Answers[key] = value
			}
		}
	}
	if s.Base == 0 {
		s.Base = s.From
		if len(n.Span) > 0 {
			s.Base = n.Span[0].From
		}
	}
	return s, faults.Err()
}

// Period is a stretch of time in which everything is one amount.
type Period struct {
	ID          string
	From, Until quantity.Date
	Years       float64 // its length, in years of 365.25 days
	Discount    float64 // what a unit of money in the middle of it is worth at the base date
}

// daysYear is the mean length of a year.
const daysYear = 365.25

// Periods gives the periods of the plan, in order and without a gap: those of the table, else months to June 2027, quarters
// to 2030 and years from there. The error is Faults.
func (n *Network) Periods(s Settings) ([]Period, error) {
	spans := n.Span
	if len(spans) == 0 {
		spans = defaultSpans(s.From, s.Until)
	}
	var faults Faults
	var out []Period
	for i, span := range spans {
		if span.Until < span.From {
			faults = append(faults, Fault{"periods", span.Row, "until", fmt.Sprintf("%s ends before it begins", span.Period), ""})
			continue
		}
		if i > 0 && span.From != spans[i-1].Until+1 {
			faults = append(faults, Fault{"periods", span.Row, "from", fmt.Sprintf("%s begins on %s, and the period before it ends on %s", span.Period, span.From, spans[i-1].Until), "periods follow one another without a gap"})
		}
		days := float64(span.Until - span.From + 1)
		p := Period{ID: span.Period, From: span.From, Until: span.Until, Years: days / daysYear, Discount: 1}
		if !s.Present {
			p.Discount = math.Pow(1+s.Rate, -(float64(span.From-s.Base)+days/2)/daysYear)
		}
		out = append(out, p)
	}
	if len(out) == 0 && len(faults) == 0 {
		faults = append(faults, Fault{"periods", 0, "", "there is no period", "give the table, or settings horizon_from and until"})
	}
	return out, faults.Err()
}

func defaultSpans(from, until quantity.Date) []Span {
	var out []Span
	for day := from; day <= until; {
		t := day.Time()
		var end quantity.Date
		var id string
		switch {
		case day < quantity.MustDate("2027-07-01"):
			end, id = quantity.DateOf(t.Year(), t.Month()+1, 1)-1, t.Format("2006-01")
		case t.Year() < 2031:
			quarter := (int(t.Month()) - 1) / 3
			end, id = quantity.DateOf(t.Year(), time.Month(3*quarter+4), 1)-1, fmt.Sprintf("%dQ%d", t.Year(), quarter+1)
		default:
			end, id = quantity.DateOf(t.Year()+1, 1, 1)-1, fmt.Sprint(t.Year())
		}
		end = min(end, until)
		out = append(out, Span{Period: id, From: day, Until: end})
		day = end + 1
	}
	return out
}

// overlap is the share of a period, 0 to 1, that lies in from to until; 0 is an open end.
func (p Period) overlap(from, until quantity.Date) float64 {
	first, last := max(p.From, from), p.Until
	if until != 0 {
		last = min(last, until)
	}
	if last < first {
		return 0
	}
	return float64(last-first+1) / float64(p.Until-p.From+1)
}

// ramped is the mean, over a period, of what works of one unit of capacity that begins on a day, grows evenly over ramp
// months and ends on another: 0 to 1.
func (p Period) ramped(from, until quantity.Date, ramp float64) float64 {
	if from == 0 || ramp <= 0 {
		return p.overlap(from, until)
	}
	last := float64(p.Until + 1)
	if until != 0 {
		last = min(last, float64(until+1))
	}
	first := max(float64(p.From), float64(from))
	if last <= first {
		return 0
	}
	grown := ramp * daysYear / 12
	area := func(x float64) float64 { // from the beginning to day x
		x -= float64(from)
		if x <= grown {
			return x * x / (2 * grown)
		}
		return x - grown/2
	}
	return (area(last) - area(first)) / float64(p.Until-p.From+1)
}

// months is the day that many months after another.
func months(day quantity.Date, n float64) quantity.Date {
	whole := math.Floor(n)
	t := day.Time()
	return quantity.DateOf(t.Year(), t.Month()+time.Month(whole), t.Day()) + quantity.Date(math.Round((n-whole)*daysYear/12))
}
