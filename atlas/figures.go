package atlas

import "sync"

// Price is a quoted price. A price is of an item, form, place, basis and date, never a number alone.
type Price struct {
	Item, Form string
	Low, High  string // decimals in Unit
	Unit       string
	Basis      string // who quotes what, where, with or without tax
	Date       string // a year or day, as quoted
	USDPerKg   string // middle of the quote in US dollars a kilogram; "" where it was not converted
	Conversion string // how it was converted
	Sources    []string
	Evidence   string
}

var prices = sync.OnceValue(func() []Price {
	var out []Price
	for _, r := range read("prices") {
		out = append(out, Price{r.text("item"), r.text("form"), r.number("low"), r.number("high"), r.text("unit"), r.text("basis"), r.text("date"),
			r.number("usd_per_kg_mid"), r.text("conversion_note"), r.sources(), r.text("evidence")})
	}
	return out
})

// Prices is every quoted price, in the order of the table.
func Prices() []Price { return clone(prices()) }

// Grade is a grade of permanent magnet.
type Grade struct {
	Family, Grade, Suffix string
	MaxTempC              string // greatest working temperature, °C
	BrLowT, BrHighT       string // remanence, tesla
	BHLow, BHHigh         string // energy product, MGOe
	HcjMin                string // intrinsic coercivity, kOe
	TREPercent            string // total rare earths, percent by weight, typical: a decimal or a range as in "6-8"
	DyPercent             string // dysprosium, the same, without grain-boundary diffusion
	Composition, Note     string
	Sources               []string
	Year, Evidence        string
}

var grades = sync.OnceValue(func() []Grade {
	var out []Grade
	for _, r := range read("magnet_grades") {
		out = append(out, Grade{r.text("family"), r.text("grade"), r.text("suffix"), r.number("max_work_temp_C"), r.number("Br_low_T"), r.number("Br_high_T"),
			r.number("BHmax_low_MGOe"), r.number("BHmax_high_MGOe"), r.number("Hcj_min_kOe"), r.text("TRE_wt_pct_typ"), r.text("Dy_wt_pct_pre_GBD_typ"),
			r.text("other_composition"), r.text("note"), r.sources(), r.text("year"), r.text("evidence")})
	}
	return out
})

// Grades is every magnet grade, in the order of the table.
func Grades() []Grade { return clone(grades()) }

// Figure is a figure of a country (or of a group, or the world) in a year.
type Figure struct {
	Country  string // as the source names it; "World (rounded)", "top3" and the like are no countries
	Stage    string // of a share: mining, refining …; "" for mine production
	Year     string
	Value    string // decimal; of mine production Withheld where the source keeps it back
	Unit     string
	Kind     string // actual, estimate, quota …; for a share its publisher
	Sources  []string
	Evidence string
	Line     int // of the table
}

var production = sync.OnceValue(func() []Figure {
	var out []Figure
	for _, r := range read("mine_production") {
		out = append(out, Figure{r.text("country"), "", r.text("year"), r.amount("value"), r.text("unit"), r.text("kind"), r.sources(), r.text("evidence"), r.line})
	}
	return out
})

// MineProduction is mine production by country and year, in the order of the table.
func MineProduction() []Figure { return clone(production()) }

var shares = sync.OnceValue(func() []Figure {
	var out []Figure
	for _, r := range read("country_shares") {
		out = append(out, Figure{r.text("country"), r.text("stage"), r.text("year"), r.number("value"), r.text("unit"), r.text("publisher"), r.sources(), r.text("evidence"), r.line})
	}
	return out
})

// CountryShares is shares of countries by stage and year, in the order of the table.
func CountryShares() []Figure { return clone(shares()) }

// ElementFacts is what the table of elements says beyond what package element knows.
type ElementFacts struct {
	Symbol             string
	EU, USDOE          string // class under each scheme
	ControlApril2025   string // Chinese export control, Announcement 18 of 2025; "" none
	ControlOctober2025 string // Announcement 57 of 2025, suspended to 10 November 2026; "" none
	Relevance, Uses    string
	OxideToElement     string // oxide factor as tabulated
	Sources            []string
	Evidence           string
}

var elements = sync.OnceValue(func() []ElementFacts {
	var out []ElementFacts
	for _, r := range read("elements") {
		out = append(out, ElementFacts{r.text("symbol"), r.text("class_EU_CRM"), r.text("class_US_DOE"), r.text("china_control_Apr2025_Ann18"),
			r.text("china_control_Oct2025_Ann57"), r.text("magnet_relevance"), r.text("main_uses"), r.number("oxide_to_element_factor"), r.sources(), r.text("evidence")})
	}
	return out
})

// Elements is the facts of the rare earths, by atomic number.
func Elements() []ElementFacts { return clone(elements()) }
