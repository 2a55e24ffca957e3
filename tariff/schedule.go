package tariff

import (
	"slices"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// Schedule is a country's duties as data. It is never changed once loaded, and may be asked from many goroutines.
type Schedule struct {
	ID      string // "us"
	Title   string
	About   string
	Begins  quantity.Date // first day of which the tables speak
	Checked quantity.Date // day of the last revision read
	Digest  string        // sha256:… over the files
	Codes   []Code
	Groups  []Group
	Outside []Abroad
	Claims  []Claim
	Layers  []Layer
	Notes   []Note
	Fees    []Fee
}

// Proof is where a row comes from and how well it is known.
type Proof struct {
	Sure   rules.Sure `json:"sure"`
	Source string     `json:"source"`
}

// Code is a line of the schedule with its base rates.
type Code struct {
	HTS      HTS
	Says     string
	General  []Rate
	Column2  []Rate
	Special  []Rate
	Suffixes []Suffix // empty: the statistical suffixes are not in hand
}

// Rate is a base rate over a period, in percent. Programs are the symbols of the special column that may claim it.
type Rate struct {
	Proof
	Valid    quantity.Period
	Value    quantity.Decimal
	Programs []string
}

// Suffix is a statistical suffix of a code.
type Suffix struct {
	Proof
	HTS  HTS
	Says string
}

// Group is a named set of origins.
type Group struct {
	Proof
	Name    string
	Says    string
	Origins []supply.Country
}

// Abroad is a set of origins that the schedule cannot answer for, and why.
type Abroad struct {
	Origins []supply.Country
	Says    string
}

// Claim is something the importer may state. One with a Symbol is a program of the special column.
type Claim struct {
	Proof
	Name    string
	Symbol  string
	Says    string
	Origins []supply.Country // of a program: the origins that may claim it
}

// Layer is a duty on top of the base rate.
type Layer struct {
	ID        string
	Title     string
	Authority string
	Valid     quantity.Period
	Status    []Status
	Rules     []Rule
	Notes     []Note
}

// Status is the legal standing of a layer from a day on, until the next.
type Status struct {
	Proof
	From quantity.Date `json:"from,omitzero"`
	Says string        `json:"says"`
}

// Outcome is what a rule says.
type Outcome string

// The outcomes of a rule.
const (
	AddRate Outcome = "rate"
	Floor   Outcome = "floor"
	Instead Outcome = "instead"
	Exempt  Outcome = "exempt"
	Outside Outcome = "outside"
	Missing Outcome = "unknown"
)

// Scope is the goods a rule or note fits. What is left out fits everything.
type Scope struct {
	Valid   quantity.Period
	Codes   []HTS
	Origins []supply.Country
	Except  []supply.Country
	Claims  []string
}

// Rule is one entry of a layer.
type Rule struct {
	Proof
	Scope
	Outcome Outcome
	Value   quantity.Decimal // percent, of rate, floor and instead
	Heading string
	Says    string // of unknown: what is missing
}

// Note is something to be known beside an answer.
type Note struct {
	Proof
	Scope
	Says string
}

// Fee is asked beside the duty.
type Fee struct {
	ID     string
	Title  string
	Per    string
	Sea    bool // only on goods that come by sea
	Exempt *Relief
	Values []FeeValue
}

// Relief names the claims that lift a fee.
type Relief struct {
	Proof
	Claims []string
	Says   string
}

// FeeValue is a fee over a period: percent of the value within limits in US dollars. Unknown says which limits are not in
// hand; without it a zero limit is none.
type FeeValue struct {
	Proof
	Valid       quantity.Period
	Rate        quantity.Decimal
	Least, Most quantity.Decimal
	Unknown     string
}

// fits tells whether the scope holds the question.
func (s *Scope) fits(q *Query) bool {
	return s.Valid.Covers(q.On) &&
		(len(s.Codes) == 0 || slices.ContainsFunc(s.Codes, q.Code.Under)) &&
		(len(s.Origins) == 0 || slices.Contains(s.Origins, q.Origin)) &&
		!slices.Contains(s.Except, q.Origin) &&
		(len(s.Claims) == 0 || slices.ContainsFunc(s.Claims, q.claims))
}

// open tells whether the scope fits everything.
func (s *Scope) open() bool {
	return s.Valid == quantity.Period{} && len(s.Codes)+len(s.Origins)+len(s.Except)+len(s.Claims) == 0
}

// statusOn is the standing on d, and what came after; nil where none is recorded.
func (l *Layer) statusOn(d quantity.Date) (now *Status, later []Status) {
	for i := range l.Status {
		if l.Status[i].From <= d {
			now = &l.Status[i]
		} else {
			later = append(later, l.Status[i])
		}
	}
	return now, later
}

func (s *Schedule) code(h HTS) *Code {
	for i := range s.Codes {
		if s.Codes[i].HTS == h.Line() {
			return &s.Codes[i]
		}
	}
	return nil
}

func (s *Schedule) group(name string) *Group {
	for i := range s.Groups {
		if s.Groups[i].Name == name {
			return &s.Groups[i]
		}
	}
	return nil
}

// Claim is the claim with the given name or symbol, in any case, or nil.
func (s *Schedule) Claim(text string) *Claim {
	for i := range s.Claims {
		c := &s.Claims[i]
		if equalFold(c.Name, text) || c.Symbol != "" && equalFold(c.Symbol, text) {
			return c
		}
	}
	return nil
}
