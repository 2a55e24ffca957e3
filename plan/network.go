package plan

import (
	"lodestone/quantity"
	"lodestone/supply"
)

// Network is a planning question as tables. Masses are in tonnes, money in the settings' currency, rates a year. A number
// that was not given is NaN; an open date is 0. Row is where a row stands in its sheet.
type Network struct {
	Setting    []Setting   `table:"settings" about:"what holds for the whole plan, a row a setting"`
	Span       []Span      `table:"periods" about:"the periods of the plan in order; left out, months to June 2027, quarters to 2030, years to 2035"`
	Owners     []Owner     `table:"owners" about:"who owns sites"`
	Sites      []Site      `table:"sites" about:"places where material is won, made, kept or wanted"`
	Materials  []Material  `table:"materials" about:"what is made and moved"`
	Contents   []Content   `table:"contents" about:"the mass fraction of an element in a material"`
	Capacities []Capacity  `table:"capacities" about:"how much a plant can do a year, a row a block of capacity; blocks of one name add up"`
	Expansions []Expansion `table:"expansions" about:"capacity that may be built, at a fixed cost and a cost a unit (economies of scale); of one group at most one is built"`
	Budgets    []Budget    `table:"budgets" about:"the most money that may be spent on building, a row a stretch of time"`
	Processes  []Process   `table:"processes" about:"what a site can do; its recipe stands in the table recipes"`
	Recipes    []Recipe    `table:"recipes" about:"what one unit of a process takes (negative) and gives (positive)"`
	Deposits   []Deposit   `table:"deposits" about:"what can be dug, a row a cost step: a step holds so much, and costs so much a tonne"`
	Purchases  []Purchase  `table:"purchases" about:"what can be bought outside, with its history as far as known"`
	Sales      []Sale      `table:"sales" about:"what can be sold outside"`
	Lanes      []Lane      `table:"lanes" about:"ways to move a material from site to site"`
	Stocks     []Stock     `table:"stocks" about:"where a material may be kept; without a row none is kept"`
	Demands    []Demand    `table:"demands" about:"what customers want, and under which book or rule"`
	Rules      []Rule      `table:"rules" about:"rules of your own: which steps in which countries bar a delivery"`
	Agreements []Agreement `table:"agreements" about:"offtakes and the like between sites; one that is not binding binds only where assumed signed"`
	Duties     []Duty      `table:"duties" about:"duty by code, origin, country of entry and date; left out for the United States, the program's own schedule is asked"`
	Events     []Event     `table:"events" about:"what may go wrong, how often and for how long"`
	Scenarios  []Edit      `table:"scenarios" about:"named changes of these tables, applied in their order"`
}

// Setting is one setting of the plan: see Settings.
type Setting struct {
	Row   int
	Name  string `col:"setting" key:"1" words:"name currency base rate costs capital until assume_signed answers horizon_from" about:"which setting"`
	Value string `col:"value" about:"its value"`
}

// Span is one period.
type Span struct {
	Row    int
	Period string        `col:"period" key:"1" about:"its name, as in 2027-03 or 2028Q2"`
	From   quantity.Date `col:"from" about:"its first day"`
	Until  quantity.Date `col:"until" about:"its last day"`
}

// Owner owns sites.
type Owner struct {
	Row     int
	ID      string         `col:"owner" key:"1" about:"its short name"`
	Name    string         `col:"name" default:"" about:"its full name"`
	Country supply.Country `col:"country" default:"" about:"where it sits"`
}

// Site is a place.
type Site struct {
	Row       int
	ID        string         `col:"site" key:"1" about:"its short name"`
	Name      string         `col:"name" default:"" about:"its full name"`
	Owner     string         `col:"owner" default:"" ref:"owners" about:"who owns it"`
	Country   supply.Country `col:"country" about:"where it lies: decides which rules its steps break"`
	Latitude  float64        `col:"lat" default:"" unit:"degrees" about:"for the map"`
	Longitude float64        `col:"lon" default:"" unit:"degrees" about:"for the map"`
	From      quantity.Date  `col:"from" default:"" about:"first day it can work; blank: always"`
	Until     quantity.Date  `col:"until" default:"" about:"last day"`
	Choice    string         `col:"choice" default:"stands" words:"stands may_open may_close" about:"whether the plan may open or close it"`
	OpenCost  float64        `col:"open_cost" default:"0" unit:"money" about:"to open it"`
	CloseCost float64        `col:"close_cost" default:"0" unit:"money" about:"to close it"`
	Fixed     float64        `col:"fixed_cost" default:"0" unit:"money/yr" about:"a year, while it is open"`
	Basis     string         `col:"basis" default:"" about:"nameplate, plan, actual, assumption"`
	Source    string         `col:"source" default:"" about:"where this is known from"`
}

// Material is something that is made and moved.
type Material struct {
	Row     int
	ID      string  `col:"material" key:"1" about:"its short name"`
	Name    string  `col:"name" default:"" about:"its full name"`
	Kind    string  `col:"kind" default:"" about:"the law's kind of it, as in NdFeB magnet: wanted where a demand names a book"`
	Measure float64 `col:"measure" default:"1" unit:"t" about:"the amount in which it is usually spoken of, for the solver: 0.001 where kilograms matter"`
	Dispose float64 `col:"dispose" default:"" unit:"money/t" about:"cost of throwing it away; blank: it cannot be"`
}

// Content is an element in a material.
type Content struct {
	Row      int
	Material string  `col:"material" key:"1" ref:"materials" about:"the material"`
	Element  string  `col:"element" key:"1" about:"its symbol"`
	Share    float64 `col:"share" about:"mass fraction, 0 to 1"`
	Basis    string  `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string  `col:"source" default:"" about:"where this is known from"`
}

// Capacity is a block of capacity.
type Capacity struct {
	Row     int
	ID      string        `col:"capacity" about:"its name; blocks of one name add up"`
	Site    string        `col:"site" ref:"sites" about:"where it stands"`
	PerYear float64       `col:"per_year" unit:"t/yr" about:"what it can do a year, once ramped"`
	From    quantity.Date `col:"from" default:"" about:"first day; blank: from the start"`
	Until   quantity.Date `col:"until" default:"" about:"last day; blank: to the end"`
	Ramp    float64       `col:"ramp" default:"0" unit:"months" about:"months over which it grows evenly from nothing to the whole"`
	Least   float64       `col:"least" default:"0" about:"share of it that has to be used, 0 to 1"`
	Basis   string        `col:"basis" default:"" about:"nameplate, plan, actual, assumption"`
	Source  string        `col:"source" default:"" about:"where this is known from"`
}

// Expansion is an option to build.
type Expansion struct {
	Row      int
	ID       string        `col:"expansion" key:"1" about:"its name"`
	Capacity string        `col:"capacity" about:"which capacity it adds to"`
	Group    string        `col:"group" default:"" about:"of one group at most one is built"`
	Least    float64       `col:"least" default:"0" unit:"t/yr" about:"the smallest that can be built"`
	Most     float64       `col:"most" unit:"t/yr" about:"the greatest; the same as least for one size"`
	Fixed    float64       `col:"fixed_cost" default:"0" unit:"money" about:"for building it at all"`
	Cost     float64       `col:"cost" default:"0" unit:"money/t" about:"for each t/yr of it"`
	Earliest quantity.Date `col:"earliest" default:"" about:"first day on which building can start"`
	Latest   quantity.Date `col:"latest" default:"" about:"last day on which it can start"`
	Build    float64       `col:"build" default:"0" unit:"months" about:"months until it works"`
	Ramp     float64       `col:"ramp" default:"0" unit:"months" about:"months over which it then grows evenly to the whole"`
	Life     float64       `col:"life" default:"20" unit:"years" about:"years it serves, for the annuity or the salvage"`
	Basis    string        `col:"basis" default:"" about:"plan, assumption"`
	Source   string        `col:"source" default:"" about:"where this is known from"`
}

// Budget is a limit on what is spent on building.
type Budget struct {
	Row    int
	ID     string        `col:"budget" key:"1" about:"its name"`
	Amount float64       `col:"amount" unit:"money" about:"the most that all expansions begun in its days may cost together, undiscounted"`
	From   quantity.Date `col:"from" default:"" about:"first day; blank: from the start"`
	Until  quantity.Date `col:"until" default:"" about:"last day; blank: to the end"`
}

// Process is something a site can do.
type Process struct {
	Row      int
	ID       string         `col:"process" key:"1" about:"its name"`
	Site     string         `col:"site" ref:"sites" about:"where it is done"`
	Phases   []supply.Phase `col:"phases" default:"" about:"the phases it goes through, as in separated calcined: decides which rules it breaks"`
	Capacity string         `col:"capacity" default:"" about:"which capacity it uses; blank: none"`
	Use      float64        `col:"use" default:"1" about:"units of capacity for a unit of the process"`
	Cost     float64        `col:"cost" default:"0" unit:"money/t" about:"for a unit of the process"`
	From     quantity.Date  `col:"from" default:"" about:"first day"`
	Until    quantity.Date  `col:"until" default:"" about:"last day"`
	Origin   string         `col:"origin" default:"here" words:"here input" about:"customs origin of what it gives: this site's country (a substantial transformation), or that of its first input"`
	Least    float64        `col:"least" default:"0" unit:"t/yr" about:"the least it can do when it runs at all; makes the plan harder to solve"`
	Source   string         `col:"source" default:"" about:"where its recipe is known from"`
}

// Recipe is a line of a process's recipe.
type Recipe struct {
	Row      int
	Process  string  `col:"process" key:"1" ref:"processes" about:"the process"`
	Material string  `col:"material" key:"1" ref:"materials" about:"what it takes or gives"`
	Amount   float64 `col:"amount" unit:"t" about:"a unit of the process: negative what it takes, positive what it gives"`
	Basis    string  `col:"basis" default:"" about:"found, memory, assumption"`
}

// Deposit is a cost step of a deposit.
type Deposit struct {
	Row      int
	ID       string        `col:"deposit" key:"1" about:"its name"`
	Step     string        `col:"step" key:"1" default:"1" about:"which cost step"`
	Site     string        `col:"site" ref:"sites" about:"the mine"`
	Material string        `col:"material" ref:"materials" about:"what is dug"`
	Amount   float64       `col:"amount" default:"inf" unit:"t" about:"what the step holds"`
	Cost     float64       `col:"cost" default:"0" unit:"money/t" about:"of digging it"`
	Capacity string        `col:"capacity" default:"" about:"which capacity digging uses, a unit a tonne"`
	From     quantity.Date `col:"from" default:"" about:"first day"`
	Until    quantity.Date `col:"until" default:"" about:"last day"`
	Basis    string        `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string        `col:"source" default:"" about:"where this is known from"`
}

// Purchase is an offer from outside.
type Purchase struct {
	Row      int
	ID       string         `col:"purchase" about:"its name; rows of one name follow one another in time"`
	Site     string         `col:"site" ref:"sites" about:"where it is handed over"`
	Material string         `col:"material" ref:"materials" about:"what"`
	Price    float64        `col:"price" unit:"money/t" about:"a tonne, with everything but duty"`
	PerYear  float64        `col:"per_year" default:"inf" unit:"t/yr" about:"the most a year"`
	Least    float64        `col:"least" default:"0" unit:"t/yr" about:"the least a year"`
	From     quantity.Date  `col:"from" default:"" about:"first day"`
	Until    quantity.Date  `col:"until" default:"" about:"last day"`
	Origin   supply.Country `col:"origin" default:"" about:"customs origin"`
	History  string         `col:"history" default:"" about:"what happened where, as in mined CN; separated CN: unknown steps count against it; clean says that none is in a barred country"`
	HTS      string         `col:"hts" default:"" about:"code for duty, where it crosses a border"`
	Value    float64        `col:"value" default:"" unit:"money/t" about:"customs value; blank: the price"`
	Element  string         `col:"element" default:"" about:"the element it is bought for: an export stop may name it"`
	Basis    string         `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string         `col:"source" default:"" about:"where this is known from"`
}

// Sale is an outlet outside.
type Sale struct {
	Row      int
	ID       string        `col:"sale" about:"its name; rows of one name follow one another in time"`
	Site     string        `col:"site" ref:"sites" about:"from where"`
	Material string        `col:"material" ref:"materials" about:"what"`
	Price    float64       `col:"price" unit:"money/t" about:"a tonne"`
	PerYear  float64       `col:"per_year" default:"inf" unit:"t/yr" about:"the most a year"`
	From     quantity.Date `col:"from" default:"" about:"first day"`
	Until    quantity.Date `col:"until" default:"" about:"last day"`
	Basis    string        `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string        `col:"source" default:"" about:"where this is known from"`
}

// Lane moves a material.
type Lane struct {
	Row      int
	ID       string        `col:"lane" key:"1" about:"its name"`
	Origin   string        `col:"from_site" ref:"sites" about:"from where"`
	To       string        `col:"to_site" ref:"sites" about:"to where"`
	Material string        `col:"material" ref:"materials" about:"what"`
	Cost     float64       `col:"cost" default:"0" unit:"money/t" about:"freight and handling"`
	Lead     float64       `col:"lead" default:"0" unit:"months" about:"months on the way"`
	PerYear  float64       `col:"per_year" default:"inf" unit:"t/yr" about:"the most a year"`
	Fixed    float64       `col:"fixed_cost" default:"0" unit:"money/yr" about:"a year in which it is used at all; makes the plan harder to solve"`
	From     quantity.Date `col:"from" default:"" about:"first day"`
	Until    quantity.Date `col:"until" default:"" about:"last day"`
	HTS      string        `col:"hts" default:"" about:"code for duty, where it crosses a border"`
	Value    float64       `col:"value" default:"" unit:"money/t" about:"customs value of a tonne"`
	Basis    string        `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string        `col:"source" default:"" about:"where this is known from"`
}

// Stock is a place where a material may be kept.
type Stock struct {
	Row      int
	Site     string         `col:"site" key:"1" ref:"sites" about:"where"`
	Material string         `col:"material" key:"1" ref:"materials" about:"what"`
	Opening  float64        `col:"opening" default:"0" unit:"t" about:"what lies there at the start"`
	Least    float64        `col:"least" default:"0" unit:"t" about:"what must lie there at every period's end"`
	Most     float64        `col:"most" default:"inf" unit:"t" about:"what can lie there"`
	Closing  float64        `col:"closing" default:"0" unit:"t" about:"what must lie there at the end"`
	Cost     float64        `col:"cost" default:"0" unit:"money/t/yr" about:"of keeping a tonne for a year"`
	Origin   supply.Country `col:"origin" default:"" about:"customs origin of what lies there at the start"`
	History  string         `col:"history" default:"" about:"of what lies there at the start, as of purchases"`
	Basis    string         `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string         `col:"source" default:"" about:"where this is known from"`
}

// Demand is what a customer wants.
type Demand struct {
	Row      int
	ID       string        `col:"demand" about:"its name; rows of one name follow one another in time"`
	Site     string        `col:"site" ref:"sites" about:"where it is wanted"`
	Material string        `col:"material" ref:"materials" about:"what"`
	PerYear  float64       `col:"per_year" unit:"t/yr" about:"how much a year"`
	From     quantity.Date `col:"from" default:"" about:"first day"`
	Until    quantity.Date `col:"until" default:"" about:"last day"`
	Book     string        `col:"book" default:"" about:"the book of law or the rule it is delivered under; blank: none"`
	Price    float64       `col:"price" default:"0" unit:"money/t" about:"what the customer pays"`
	Penalty  float64       `col:"penalty" unit:"money/t" about:"what a tonne that is not delivered costs"`
	Single   bool          `col:"single_source" default:"no" about:"whether one lane alone has to bring it"`
	Source   string        `col:"source" default:"" about:"where this is known from"`
}

// Rule bars deliveries with certain steps in certain countries.
type Rule struct {
	Row       int
	ID        string           `col:"rule" about:"its name; rows of one name add up"`
	Phases    []supply.Phase   `col:"phases" about:"the phases that count"`
	Countries []supply.Country `col:"countries" about:"where they bar it"`
	From      quantity.Date    `col:"from" default:"" about:"first day of delivery"`
	Until     quantity.Date    `col:"until" default:"" about:"last day of delivery"`
}

// Agreement ties a seller to a buyer.
type Agreement struct {
	Row        int
	ID         string        `col:"agreement" key:"1" about:"its name"`
	Kind       string        `col:"kind" default:"offtake" words:"offtake exclusive" about:"an offtake has amounts; an exclusive one leaves others at most 1 − share of the seller's output"`
	Seller     string        `col:"seller" ref:"sites" about:"the site that delivers"`
	Buyer      string        `col:"buyer" ref:"sites" about:"the site that receives"`
	Material   string        `col:"material" ref:"materials" about:"what"`
	From       quantity.Date `col:"from" default:"" about:"first day"`
	Until      quantity.Date `col:"until" default:"" about:"last day"`
	Least      float64       `col:"least" default:"0" unit:"t/yr" about:"to be taken a year"`
	Most       float64       `col:"most" default:"inf" unit:"t/yr" about:"that can be taken a year"`
	Share      float64       `col:"share" default:"1" about:"of an exclusive one: the share of the seller's output that is the buyer's"`
	TakeOrPay  float64       `col:"take_or_pay" default:"0" unit:"money/t" about:"for each tonne not taken of the least; 0: the least must be taken"`
	PriceFloor float64       `col:"price_floor" default:"" unit:"money/t" about:"the price is no lower than this"`
	Index      float64       `col:"index" default:"" unit:"money/t" about:"the price it follows, for the floor"`
	Binding    bool          `col:"binding" about:"whether it binds; a memorandum of understanding does not"`
	Source     string        `col:"source" default:"" about:"where this is known from"`
}

// Duty is a rate of duty.
type Duty struct {
	Row    int
	HTS    string         `col:"hts" about:"the code"`
	Origin supply.Country `col:"origin" default:"" about:"customs origin; blank: any that has no row of its own"`
	Into   supply.Country `col:"into" about:"country of entry"`
	From   quantity.Date  `col:"from" default:"" about:"first day of entry"`
	Until  quantity.Date  `col:"until" default:"" about:"last day of entry"`
	Rate   float64        `col:"rate" about:"share of the customs value, 0.25 for 25 %: the total of all layers"`
	Source string         `col:"source" default:"" about:"where this is known from"`
}

// Event is something that may go wrong.
type Event struct {
	Row      int
	ID       string  `col:"event" key:"1" about:"its name"`
	Kind     string  `col:"kind" words:"export_stop outage delay price yield demand capacity" about:"what happens"`
	Target   string  `col:"target" about:"a country or country/element (export_stop), a site (outage, delay), a purchase or sale (price), a process (yield), a demand (demand), a capacity (capacity)"`
	Rate     float64 `col:"rate" default:"" unit:"1/yr" about:"how often a year it begins; blank: it is drawn once, as a factor or a delay"`
	Low      float64 `col:"low" about:"the least: months of a stop, an outage or a delay, or a factor"`
	Mode     float64 `col:"mode" about:"the likeliest"`
	High     float64 `col:"high" about:"the most"`
	Recovers float64 `col:"recovers" default:"" unit:"months" about:"time to recover, for the test of one loss at a time"`
	Basis    string  `col:"basis" default:"" about:"found, actual, nameplate, plan, assumption, memory"`
	Source   string  `col:"source" default:"" about:"where this is known from"`
}

// Edit is one change of a scenario.
type Edit struct {
	Row      int
	Scenario string `col:"scenario" about:"its name"`
	Table    string `col:"table" about:"which table"`
	Filter   string `col:"filter" default:"" about:"which rows, as in material=Dy_oxide origin=CN; blank: every row, or for add what the new row holds"`
	Field    string `col:"field" default:"" about:"which column"`
	Op       string `col:"op" words:"set scale add append drop" about:"set a value, scale or add to a number, append a row, drop rows"`
	Value    string `col:"value" default:"" about:"to what, or by how much"`
}
