package atlas

import "sync"

// Salient is a row of the salient statistics of the United States in the USGS Mineral Commodity Summaries, or of what was
// reported of them: an amount of an item in a year.
type Salient struct {
	Item     string // "imports, compounds"; of an import source the country is in it
	Year     string // "2024", or a period such as "2020-2023"
	Value    string // a decimal, or a bound such as ">95"
	Unit     string
	Sources  []string
	Evidence string
	Line     int // of the table
}

var salient = sync.OnceValue(func() []Salient {
	var out []Salient
	for _, r := range read("usgs_salient_us") {
		out = append(out, Salient{r.text("item"), r.text("year"), r.text("value"), r.text("unit"), r.sources(), r.text("evidence"), r.line})
	}
	return out
})

// SalientUS is the salient statistics of the United States, in the order of the table.
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
