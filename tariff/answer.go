package tariff

import (
	"fmt"
	"strings"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// Advice is printed on every answer.
const Advice = "Decision support, not legal or customs advice."

// Provenance is printed on every answer: what origin for duty is, and is not.
const Provenance = "Origin for duty is the country of the last substantial transformation, as you gave it. It is not provenance: where the ore was mined, separated and melted decides under DFARS, and is judged apart (lodestone judge)."

// Answer is the stack of duties on one question.
type Answer struct {
	Code       HTS              `json:"hts"`
	Says       string           `json:"goods"`
	Origin     supply.Country   `json:"origin"`
	On         quantity.Date    `json:"on"`
	Value      *USD             `json:"value_usd,omitempty"`
	Claims     []string         `json:"claims,omitempty"`
	Lines      []Line           `json:"lines"`
	Rate       quantity.Decimal `json:"total_percent"`
	Amount     *USD             `json:"total_usd,omitempty"`
	Weakest    rules.Sure       `json:"weakest_source"`
	Fees       []FeeLine        `json:"fees"`
	NotInForce []Dormant        `json:"not_in_force"`
	Cautions   []Caution        `json:"cautions,omitempty"`
	Checked    quantity.Date    `json:"tables_checked"`
	Digest     string           `json:"tables_digest"`
	Rounding   string           `json:"rounding"`
	Origins    string           `json:"origin_is_not_provenance"`
	Advice     string           `json:"advice"`
}

// Line is one layer of the stack.
type Line struct {
	Layer     string           `json:"layer"`
	Title     string           `json:"title"`
	Authority string           `json:"authority,omitempty"`
	Outcome   Outcome          `json:"outcome"` // rate, floor, instead, exempt, outside; of the base line rate or replaced
	Heading   string           `json:"heading,omitempty"`
	Rate      quantity.Decimal `json:"percent"`
	Floor     string           `json:"floor_percent,omitempty"` // of a floor: what column 1 is brought up to
	Amount    *USD             `json:"usd,omitempty"`
	Status    string           `json:"legal_status"`
	Standing  Proof            `json:"legal_status_source"`
	Later     []Status         `json:"later,omitempty"` // what became of the layer after that day
	Why       string           `json:"why"`
	Proof
}

// Replaced is the outcome of a base rate in whose place a layer sets another.
const Replaced Outcome = "replaced"

// Dormant is a layer that was not in force on the day, with its legal status through time.
type Dormant struct {
	Layer  string          `json:"layer"`
	Title  string          `json:"title"`
	Valid  quantity.Period `json:"in_force"`
	Status []Status        `json:"legal_status"`
}

// Caution is something to know beside the answer. One without a source is about the question itself.
type Caution struct {
	Says string `json:"says"`
	*Proof
}

// FeeLine is a fee beside the duty. Without an amount, Open says why.
type FeeLine struct {
	Fee    string           `json:"fee"`
	Title  string           `json:"title"`
	Rate   quantity.Decimal `json:"percent"`
	Least  *USD             `json:"least_usd,omitempty"` // of an entry, where there is a least
	Most   *USD             `json:"most_usd,omitempty"`  // of an entry, where there is a most
	Amount *USD             `json:"usd,omitempty"`
	Open   string           `json:"open,omitempty"`
	Why    string           `json:"why"`
	Proof
}

// Unknown is the error of a question for which the tables lack a rate. It is never taken as zero.
type Unknown struct {
	Code   HTS
	Origin supply.Country
	On     quantity.Date
	Gaps   []Gap
}

// Gap is one thing that would have to be known.
type Gap struct {
	Layer   string `json:"layer"`
	Title   string `json:"title"`
	Missing string `json:"missing"`
	Proof
}

// Error names every gap, and the remedy.
func (u *Unknown) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the duty on %s of %s entered on %s is not known", u.Code, u.Origin, u.On)
	for _, g := range u.Gaps {
		fmt.Fprintf(&b, "\n  %s: not in hand is %s [%s: %s]", g.Title, g.Missing, g.Sure, g.Source)
	}
	b.WriteString("\n  the tables answer no part of it as zero: look the gap up in the schedule of that day, or ask for a day, an origin or a claim that they hold")
	return b.String()
}

// weaker is the less sure of two.
func weaker(a, b rules.Sure) rules.Sure {
	for i := len(sureness) - 1; i >= 0; i-- {
		if sureness[i] == a || sureness[i] == b {
			return sureness[i]
		}
	}
	return a
}
