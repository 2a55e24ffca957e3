package atlas

import (
	"embed"
	"sync"
)

// added holds rows that were read later from the source of a table: the table itself stays as it was handed over.
//
//go:embed added/*.csv
var added embed.FS

// Salient is a row of the salient statistics of the United States in the USGS Mineral Commodity Summaries, or of what was
// reported of them: an amount of an item in a year.
type Salient struct {
	Item     string // "imports, compounds"; of an import source the country is in it
	Year     string // "2024", or a period such as "2020-2023"
	Value    string // a decimal, a bound such as ">95", Withheld, or E for a net exporter
	Unit     string
	Sources  []string
	Evidence string
	Table    string // usgs_salient_us, or added/usgs_salient_us
	Line     int    // of the table
}

// Withheld is what a USGS table has for an amount that is kept back so as not to tell the figures of one company: it is not
// known, and it is not zero.
const Withheld = "W"

var salient = sync.OnceValue(func() []Salient {
	var out []Salient
	for _, r := range append(read("usgs_salient_us"), rowsOf(added, "added", "usgs_salient_us")...) {
		out = append(out, Salient{r.text("item"), r.text("year"), r.text("value"), r.text("unit"), r.sources(), r.text("evidence"), r.table, r.line})
	}
	return out
})

// SalientUS is the salient statistics of the United States, in the order of the table, and then those read later.
func SalientUS() []Salient { return clone(salient()) }

// Governance is how a country is governed by the World Bank's Worldwide Governance Indicators.
type Governance struct {
	Country  string // as the source names it
	Year     string // "2021", or "2016-2020 mean"
	Mean     string // of the six estimates: a decimal, about -2.5 to 2.5, higher is better
	Risk     string // (2.5 - Mean) × 2: a decimal, 0 to 10, higher is worse
	Sources  []string
	Evidence string
	Line     int // of the table
}

var governance = sync.OnceValue(func() []Governance {
	var out []Governance
	for _, r := range read("wgi_mean6") {
		out = append(out, Governance{r.text("country"), r.text("year"), r.number("mean_of_six_WGI_estimates"), r.number("scaled_0_10_risk=(2.5-x)*2"),
			r.sources(), r.text("evidence"), r.line})
	}
	return out
})

// GovernanceScores is the governance of some countries by year, in the order of the table.
func GovernanceScores() []Governance { return clone(governance()) }
