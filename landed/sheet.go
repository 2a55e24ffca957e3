package landed

import (
	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/tariff"
)

// Sheet is a cost sheet as read and checked. It is never changed, and may be asked from many goroutines.
type Sheet struct {
	ID        string // "ndfeb-brook"
	Title     string
	Delivered string // place and terms of delivery, as given
	On        quantity.Date
	Rates     []Rate
	Items     []Item // each after those it is made from
	Product   int    // index of the item that is costed
	Digest    string // sha256:… of the text read
}

// Sure is how a figure was come by; of a duty or fee it is the letter of the tariff tables (Q, D, S, M, C).
type Sure string

// The words for how a figure was come by. An assumption has a range.
const (
	Given      Sure = "given" // by who wrote the sheet
	Found      Sure = "found"
	Mixed      Sure = "mixed"
	Computed   Sure = "computed"
	Memory     Sure = "memory"
	Assumption Sure = "assumption"
)

// Figure is a number with its range and where it comes from; Low and High equal Base where no range was given.
type Figure struct {
	Base, Low, High quantity.Decimal
	Sure            Sure
	Source          string
}

// Ranged tells whether the figure has a range.
func (f *Figure) Ranged() bool { return f.Low != f.High }

// Rate converts prices: "CNY per USD", or a tax in percent.
type Rate struct {
	Figure
	Name string
}

// Item is a good on its way to the product. Exactly one of Buy and Make is set.
type Item struct {
	Name    string
	Buy     *Price
	Make    *Make
	Import  *Import
	Freight []Cost
	Premium []Cost
}

// Price is what an item is bought at.
type Price struct {
	Figure
	Quoted   string // the item as the quote names it
	Form     string
	Grade    string
	Place    string
	Terms    string
	Date     string // day, month or year, as quoted
	Currency string // "USD"
	PerTonne bool
	Tax      string  // name of the rate to take out; "" where the price holds none
	Floor    *Figure // USD/kg: the least that is paid
}

// Make is how an item is made.
type Make struct {
	Inputs []Input
	Yield  Figure
	Costs  []Cost
}

// Input is what goes into a kilogram before losses.
type Input struct {
	Item   int // index
	Figure     // kilograms of it; or, where Gives, the kilograms that one of it gives
	Gives  bool
}

// Kind is what a bar of the waterfall is for.
type Kind string

// The kinds of bars.
const (
	Material   Kind = "material"
	Conversion Kind = "conversion"
	Margin     Kind = "margin"
	Credit     Kind = "credit"
	Freight    Kind = "freight"
	Duty       Kind = "duty"
	Fee        Kind = "fee"
	Premium    Kind = "premium"
)

// Cost is an amount for each kilogram of good output, in US dollars or in percent of what stands above it.
type Cost struct {
	Figure
	Name    string
	Kind    Kind
	Percent bool
}

// Import is a border that an item crosses into the United States.
type Import struct {
	Code    tariff.HTS
	Origin  supply.Country // for duty, not provenance
	Claims  []string
	Sea     bool
	Value   *Figure           // customs value in USD/kg; nil where it is the cost so far
	EntryKg *quantity.Decimal // mass of an entry, on which fees with limits hang
	Fees    []Cost            // by id of the fee, for what the tables do not hold
}

func (s *Sheet) rate(name string) *Rate {
	for i := range s.Rates {
		if s.Rates[i].Name == name {
			return &s.Rates[i]
		}
	}
	return nil
}

func (s *Sheet) item(name string) int {
	for i := range s.Items {
		if s.Items[i].Name == name {
			return i
		}
	}
	return -1
}
