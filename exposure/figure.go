package exposure

import (
	"math/big"
	"slices"
	"strings"

	"lodestone/element"
)

// Measure is what a figure measures.
type Measure string

// The measures, in the order of a report.
const (
	News       Measure = "of the news"
	Reliance   Measure = "net import reliance"
	ImportFrom Measure = "share of imports"
	Share      Measure = "share"
	HHI        Measure = "concentration"
	Single     Measure = "single point of failure"
	SupplyRisk Measure = "EU supply risk"
	GeoPol     Measure = "GeoPolRisk"
	Cover      Measure = "weeks of cover"
)

// Measures is every measure, in the order of a report.
func Measures() []Measure {
	return []Measure{News, Reliance, ImportFrom, Share, HHI, Single, SupplyRisk, GeoPol, Cover}
}

// Stage is a stage of the chain as the tables tell it.
type Stage string

// The stages, upstream first.
const (
	Mining    Stage = "mining"
	Refining  Stage = "refining"  // separation and refining to oxides
	Compounds Stage = "compounds" // compounds and metals, as the USGS counts trade and use
	Metals    Stage = "metals"
	Magnets   Stage = "magnets"
)

// Stages is every stage, upstream first.
func Stages() []Stage { return []Stage{Mining, Refining, Compounds, Metals, Magnets} }

// Figure is one answer. Low and High are equal where the tables settle it, nil where they do not allow it.
type Figure struct {
	Measure   Measure
	Stage     Stage
	Element   element.Element // None: all rare earths together
	By        string          // country, owner or facility; "" neither
	Subject   string          // whose, or of whom: "US", "China", "world"
	Period    string          // "2024", "2020-2023"
	Low, High *big.Rat
	Unit      string // "%", "0 to 1", "0 to 10", "facilities", "owners", "countries", "weeks"
	Publisher string // who published the shares that it rests on, where several do and they are not to be joined
	Published string // the value as published, beside the one worked out
	Formula   string // with the numbers put in
	Needs     []string
	Notes     []string
	Rows      []Row
}

// Row is a row of a table that a figure rests on.
type Row struct {
	Table    string // of the atlas, without .csv
	Line     int
	What     string
	Value    string
	Unit     string
	Sources  []string
	Evidence string // found, memory, estimate …, in the table's words
}

// Computable tells whether the tables allow the figure.
func (f *Figure) Computable() bool { return f.Low != nil }

// Exact tells whether they settle it.
func (f *Figure) Exact() bool { return f.Low != nil && f.Low.Cmp(f.High) == 0 }

// Evidence is how the rows were come by, each way once, in order.
func (f *Figure) Evidence() []string {
	var list []string
	for _, r := range f.Rows {
		if !slices.Contains(list, r.Evidence) {
			list = append(list, r.Evidence)
		}
	}
	slices.Sort(list)
	return list
}

// set gives the figure one value.
func (f *Figure) set(x *big.Rat) { f.Low, f.High = x, x }

// lastYear is the year in which the atlas's tables were last read: what they say of a later one is an outlook.
const lastYear = "2026"

// places is how many decimals a figure is told with: the rows have two or three digits, so more would be for show.
func (f *Figure) places() int {
	switch {
	case f.Measure == GeoPol:
		return 2
	case f.Unit == "0 to 1":
		return 3
	case f.Unit == "facilities" || f.Unit == "owners" || f.Unit == "countries":
		return 0
	}
	return 1
}

// Text is the value, "" when there is none: 80.3, or 0.513 to 0.517.
func (f *Figure) Text() string {
	if f.Low == nil {
		return ""
	}
	low, high := Rounded(f.Low, f.places()), Rounded(f.High, f.places())
	if low == high {
		return low
	}
	return low + " to " + high
}

// Rounded is a number to so many decimals, to more where it would read as nought and is not.
func Rounded(x *big.Rat, places int) string {
	for ; ; places++ {
		s := x.FloatString(places)
		if x.Sign() == 0 || strings.Trim(s, "-0.") != "" {
			return s
		}
	}
}

// number reads a decimal of a table; nil when the cell is empty or holds no single number, as ">95" does.
func number(text string) *big.Rat {
	if r, ok := new(big.Rat).SetString(text); ok {
		return r
	}
	return nil
}

// text is a number as a table would have it: 6600, 24.3.
func text(x *big.Rat) string {
	if x.IsInt() {
		return x.Num().String()
	}
	return x.FloatString(1)
}

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

func whole(n int64) *big.Rat         { return new(big.Rat).SetInt64(n) }
func add(a, b *big.Rat) *big.Rat     { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat     { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat     { return new(big.Rat).Mul(a, b) }
func over(a, b *big.Rat) *big.Rat    { return new(big.Rat).Quo(a, b) }
func percent(a, b *big.Rat) *big.Rat { return mul(over(a, b), whole(100)) }
func square(a *big.Rat) *big.Rat     { return mul(a, a) }
