package plan

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"lodestone/plan/lp"
	"lodestone/quantity"
	"lodestone/supply"
)

// Family is a kind of columns or of rows: the first word of their names.
type Family string

// The families of columns. Each is explained, with its equation, where it is built.
const (
	Make      Family = "make"      // units of a process
	Dig       Family = "dig"       // tonnes out of a step of a deposit
	Buy       Family = "buy"       // tonnes bought
	Sell      Family = "sell"      // tonnes sold outside
	Ship      Family = "ship"      // tonnes put on a lane
	Hold      Family = "hold"      // tonnes kept at the end of a period
	Downgrade Family = "downgrade" // tonnes taken for less than they are
	Dump      Family = "dump"      // tonnes thrown away
	Serve     Family = "serve"     // tonnes delivered to a customer
	Short     Family = "short"     // tonnes of demand not delivered
	Build     Family = "build"     // 1 where an expansion is begun
	Size      Family = "size"      // t/yr of it
	Open      Family = "open"      // 1 where a site opens
	Close     Family = "close"     // 1 where it closes
	On        Family = "on"        // 1 while it is open; also of a process or a lane with a least or a fixed cost
	Pay       Family = "pay"       // tonnes paid for and not taken
	Choose    Family = "choose"    // 1 for the one lane that serves a single-sourced demand
)

// The families of rows.
const (
	Balance    Family = "balance"
	Limit      Family = "capacity"
	LeastUse   Family = "least_use"
	Want       Family = "demand"
	Reserve    Family = "reserve"
	LaneLimit  Family = "lane"
	OfferLimit Family = "offer"
	SaleLimit  Family = "sale"
	Closing    Family = "closing"
	Links      Family = "link"
	Once       Family = "once"
	Spending   Family = "budget"
	Standing   Family = "site"
	Offtake    Family = "offtake"
	Exclusive  Family = "exclusive"
	Single     Family = "single"
)

// Item says what a column or a row stands for.
type Item struct {
	Family   Family
	ID       string // of the process, lane, capacity, demand, …
	Site     string
	Material string
	Colour   Colour
	Origin   supply.Country
	Period   int // −1 where it is of no one period
}

// Model is a network as a program, with what each column and row stands for.
type Model struct {
	Network  *Network
	Settings Settings
	Periods  []Period
	Program  *lp.Program
	Columns  []Item // by lp.Column
	Rows     []Item // by lp.Row
	Notes    []ColourNote
	Duties   []DutyUsed
	Dead     []string // deposits, purchases and stocks whose material can reach nobody: see prune

	states  *states
	colours *colours
	duty    DutySource
	balance map[balanceKey]lp.Row
	limit   map[placeTime]lp.Row // by capacity
	shipped map[placeTime][]lp.Column
	on      map[placeTime]lp.Column // by site
	duties  map[laneTime]float64
	dutied  map[lp.Column]float64 // the part of a column's cost that is duty, discounted
	faults  Faults

	laidOut   sync.Once
	byRow     [][]term
	byColumn  lp.Matrix
	rowsOf    map[string][]lp.Row // by what they are of
	columnsOf map[string][]lp.Column
}

type balanceKey struct {
	state  state
	period int
}

type placeTime struct {
	id     string
	period int
}

// Sources are what a model asks beyond its tables.
type Sources struct {
	Judge  Judge      // for demands under a book of law; may be nil
	Duties DutySource // for duties the table duties does not have; may be nil
}

// NewModel makes the program of a network. It checks the network first (Check); the error is Faults where the network is to
// blame.
//
// The objective is the sum, over all periods, of costs less revenues, each times the discount of its period.
func NewModel(n *Network, from Sources) (*Model, error) { return newModel(n, from, (*Model).ask) }

// newModel makes a program in which states are followed as far as ask says.
func newModel(n *Network, from Sources, ask func(*Model)) (*Model, error) {
	set, err := n.Settings()
	if err != nil {
		return nil, err
	}
	periods, err := n.Periods(set)
	if err != nil {
		return nil, err
	}
	if err := n.Check(periods).Err(); err != nil {
		return nil, err
	}
	c, err := newColours(n, from.Judge, periods[0].From, periods[len(periods)-1].Until)
	if err != nil {
		return nil, err
	}
	st, err := findStates(n, c, periods)
	if err != nil {
		return nil, err
	}
	name := set.Name
	if name == "" {
		name = "plan"
	}
	m := &Model{Network: n, Settings: set, Periods: periods, Program: lp.New(name), Notes: c.notes, states: st, colours: c, duty: from.Duties,
		balance: map[balanceKey]lp.Row{}, limit: map[placeTime]lp.Row{}, shipped: map[placeTime][]lp.Column{}, on: map[placeTime]lp.Column{}, dutied: map[lp.Column]float64{}, duties: map[laneTime]float64{}}
	m.askDuties()
	ask(m)
	st.settle(len(periods))
	m.addBalances()
	m.addSites()
	m.addCapacities()
	m.addExpansions()
	m.addProcesses()
	m.addDeposits()
	m.addPurchases()
	m.addSales()
	m.addLanes()
	m.addStocks()
	m.addDowngrades()
	m.addDisposal()
	m.addDemands()
	m.addAgreements()
	return m, m.faults.Err()
}

// column adds a column for a period, whose cost is discounted.
func (m *Model) column(it Item, name string, lower, upper, cost float64) lp.Column {
	label := fmt.Sprintf("%s[%s]", it.Family, name)
	if it.Period >= 0 {
		label = fmt.Sprintf("%s[%s,%s]", it.Family, name, m.Periods[it.Period].ID)
		cost *= m.Periods[it.Period].Discount
	}
	c := m.Program.AddColumn(label, lower, upper, cost)
	m.Columns = append(m.Columns, it)
	if it.Material != "" {
		if unit := m.Network.material(it.Material).Measure; unit != 1 {
			m.Program.MeasureColumn(c, unit)
		}
	}
	return c
}

// choice adds a column that is 0 or 1.
func (m *Model) choice(it Item, name string, cost float64) lp.Column {
	c := m.column(it, name, 0, 1, cost)
	m.Program.SetInteger(c, true)
	return c
}

func (m *Model) row(it Item, name string, lower, upper float64) lp.Row {
	label := fmt.Sprintf("%s[%s]", it.Family, name)
	if it.Period >= 0 {
		label = fmt.Sprintf("%s[%s,%s]", it.Family, name, m.Periods[it.Period].ID)
	}
	r := m.Program.AddRow(label, lower, upper)
	m.Rows = append(m.Rows, it)
	return r
}

// fault notes a fault once, however many periods and states it comes up in.
func (m *Model) fault(table string, row int, column, message, hint string) {
	if f := (Fault{table, row, column, message, hint}); !slices.Contains(m.faults, f) {
		m.faults = append(m.faults, f)
	}
}

// item is a column or row about a state.
func item(f Family, id string, s state, t int) Item {
	return Item{Family: f, ID: id, Site: s.site, Material: s.material, Colour: s.colour, Origin: s.origin, Period: t}
}

// addBalances adds a row for each state and period: what comes in is what goes out, to the gram.
//
//	hold[t−1] + Σ made + arriving + bought + dug + from above  =  hold[t] + Σ used + sent + delivered + sold + thrown away
//
// with the opening stock on the right-hand side of the first. The dual, divided by the discount, is what one more tonne
// here would be worth.
func (m *Model) addBalances() {
	for t := range m.Periods {
		for _, s := range m.states.timed[t].list {
			r := m.row(item(Balance, "", s, t), m.states.label(s), 0, 0)
			if unit := m.Network.material(s.material).Measure; unit != 1 {
				m.Program.MeasureRow(r, unit)
			}
			m.balance[balanceKey{s, t}] = r
		}
	}
}

// into adds amount of a column to the balance of a state, positive for what comes in.
func (m *Model) into(c lp.Column, s state, t int, amount float64) {
	m.Program.Set(m.balance[balanceKey{s, t}], c, amount)
}

// addDowngrades lets a state be taken for another that breaks more rules, or whose origin no longer matters: what is clean
// may be sold as ordinary, never the reverse.
func (m *Model) addDowngrades() {
	for t := range m.Periods {
		for _, from := range m.states.timed[t].list {
			for _, to := range m.states.downgrades(from, t) {
				c := m.column(item(Downgrade, "", from, t), m.states.label(from)+">"+m.states.label(state{"", "", to.colour, to.origin})[1:], 0, math.Inf(1), 0)
				m.into(c, from, t, -1)
				m.into(c, to, t, 1)
			}
		}
	}
}

// addDisposal lets material be thrown away at its cost, where it has one.
func (m *Model) addDisposal() {
	for t := range m.Periods {
		for _, s := range m.states.timed[t].list {
			if cost := m.Network.material(s.material).Dispose; !math.IsNaN(cost) {
				m.into(m.column(item(Dump, "", s, t), m.states.label(s), 0, math.Inf(1), cost), s, t, -1)
			}
		}
	}
}

// share is the part of a period in which something is there.
func (m *Model) share(t int, from, until quantity.Date) float64 {
	return m.Periods[t].overlap(from, until)
}
