// Package plan says what to build, buy and ship, and when, so that demand is met lawfully at least cost. A question is a
// Network: tables of sites, materials, processes with any number of inputs and outputs, capacities by date, lanes, deposits,
// purchases, stocks, demands under books of law, agreements, duties, scenarios. NewModel turns it into a linear program, or
// a mixed-integer one where there are choices; a solver of package plan/lp solves it; Report says it in words.
//
// # Colours
//
// What sets a lawful plan apart from a cheap one is where things happened. Each material at each site has, beside its
// amount, a colour: the set of rules that a delivery of it would break. A process adds the rules that its phases break in
// its country; what is mixed breaks every rule that any part of it breaks; clean material may be taken for less than it is,
// never the reverse. A demand takes only what breaks none of its rules on the day of delivery. So the program stays linear
// and exact: it is a flow of several commodities with side constraints (Ahuja, Magnanti and Orlin 1993, chapter 17). Which
// rules a step breaks is asked of the same engine and books that judge a magnet (LawJudge), or stands in a table of the
// network's own. What the engine finds undetermined counts as barred, and the report names the doubt.
//
// Customs origin is another thing, and told apart: where something was last substantially transformed decides its duty and
// nothing else.
//
// # A worked example
//
// A separator in Canada makes 1 t of neodymium oxide of 2.5 t of carbonate at 20 000 USD; carbonate of a mine in the United
// States costs 5 000 USD/t and there are 100 t/yr of it; oxide from China costs 60 000 USD/t. A customer wants 60 t/yr under
// a rule that bars what was separated in China. The plan makes 40 t of oxide, and leaves 20 t undelivered, whatever there
// is in China: those tonnes are of another colour. One more tonne of carbonate is worth (penalty − 20 000)/2.5.
//
// # The program
//
// One function a family of rows or columns, its equation in its comment: model.go (balance, downgrade, disposal), capacity.go
// (capacity, sites, expansion), flow.go (processes, deposits, purchases, sales, stocks), lane.go (lanes, duty), demand.go
// (demand, agreements). Rows and columns are named so that a person can read them: balance[SRC,Nd2O3,2027-03].
//
// Equations and practice: Koopmans and Dantzig (activity analysis); Kendrick, Meeraus and Alatorre 1984 (processes, capacity,
// expansion, annuities); Howells et al. 2011 (OSeMOSYS: ramps, salvage).
//
// The package is pure: no clock, no disk, no randomness of its own; the same tables and the same solver give the same plan.
package plan
