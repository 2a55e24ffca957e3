package plan

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"lodestone/plan/lp"
	"lodestone/quantity"
	"lodestone/supply"
)

// Strike is one event that came to pass.
type Strike struct {
	Event *Event
	From  quantity.Date // of a stop or an outage
	Until quantity.Date
	Value float64 // months of a delay, or a factor
}

// Draw is one future: the strikes of one throw of the dice.
type Draw struct {
	Number  int
	Strikes []Strike
}

// draw throws the dice for one future. Each event has a generator of its own, keyed by the seed, the number of the draw and
// the event's name, so every plan meets the same futures (common random numbers), and an event more or less leaves the
// others as they were. What recurs does so at random with its rate (a Poisson process); months and factors are triangular.
func (m *Model) draw(seed uint64, number int) Draw {
	out := Draw{Number: number}
	first, last := m.Periods[0].From, m.Periods[len(m.Periods)-1].Until
	for i := range m.Network.Events {
		e := &m.Network.Events[i]
		dice := rand.New(rand.NewPCG(key(strconv.FormatUint(seed, 10), strconv.Itoa(number)), key("event", e.ID)))
		if math.IsNaN(e.Rate) {
			out.Strikes = append(out.Strikes, Strike{Event: e, From: first, Until: last, Value: triangular(dice.Float64(), e.Low, e.Mode, e.High)})
			continue
		}
		for day := first; e.Rate > 0; {
			day += quantity.Date(math.Ceil(dice.ExpFloat64() / e.Rate * daysYear))
			length := triangular(dice.Float64(), e.Low, e.Mode, e.High)
			if day > last || day < first {
				break
			}
			end := months(day, length) - 1
			out.Strikes = append(out.Strikes, Strike{Event: e, From: day, Until: end, Value: length})
			day = max(day, end)
		}
	}
	slices.SortStableFunc(out.Strikes, func(a, b Strike) int { return int(a.From - b.From) })
	return out
}

func key(words ...string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		var length [4]byte
		binary.LittleEndian.PutUint32(length[:], uint32(len(w)))
		h.Write(length[:])
		h.Write([]byte(w))
	}
	return h.Sum64()
}

// triangular is the quantile u of the triangular distribution.
func triangular(u, low, mode, high float64) float64 {
	if high <= low {
		return low
	}
	if cut := (mode - low) / (high - low); u < cut {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// changes is what a future does to a program: bounds, costs and coefficients.
type changeSet struct {
	columns      map[lp.Column][2]float64
	rows         map[lp.Row][2]float64
	costs        map[lp.Column]float64
	coefficients map[[2]int32]float64
	known        quantity.Date // the day from which on the future is known
}

func newChanges() *changeSet {
	return &changeSet{columns: map[lp.Column][2]float64{}, rows: map[lp.Row][2]float64{}, costs: map[lp.Column]float64{}, coefficients: map[[2]int32]float64{}}
}

// effects works out what strikes do to the program, given the plan that was under way.
func (m *Model) effects(strikes []Strike, base *lp.Solution) (*changeSet, error) {
	out := newChanges()
	for _, s := range strikes {
		var err error
		switch s.Event.Kind {
		case "export_stop":
			err = m.stopExports(out, s, base)
		case "outage":
			err = m.outage(out, s, base)
		case "delay":
			err = m.delay(out, s)
		case "price":
			m.eachColumn(s.Event.Target, []Family{Buy, Sell}, func(c lp.Column) { out.costs[c] = m.Program.Cost(c) * s.Value })
		case "yield":
			m.scaleYield(out, s)
		case "capacity":
			err = m.scaleCapacity(out, s)
		case "demand":
			m.layOut()
			for _, r := range m.rowsOf[s.Event.Target] {
				if m.Rows[r].Family == Want {
					amount, _ := m.Program.RowBounds(r)
					out.rows[r] = [2]float64{amount * s.Value, amount * s.Value}
				}
			}
		}
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", s.Event.ID, err)
		}
		if out.known == 0 || s.From < out.known {
			out.known = s.From
		}
	}
	return out, nil
}

func (m *Model) eachColumn(id string, families []Family, do func(lp.Column)) {
	m.layOut()
	for _, c := range m.columnsOf[id] {
		if slices.Contains(families, m.Columns[c].Family) {
			do(c)
		}
	}
}

// share of a period that a strike leaves.
func (s Strike) leaves(p Period) float64 { return 1 - p.overlap(s.From, s.Until) }

// stopExports closes purchases of the country's origin and lanes out of it, of one element where the target names one, in
// proportion to the days. What has no bound of its own keeps, in a period that is stopped in part, that share of what the plan
// had there: a lane of what went over it in all, whatever its colour and origin.
func (m *Model) stopExports(out *changeSet, s Strike, base *lp.Solution) error {
	country, symbol, err := s.Event.stops()
	if err != nil {
		return err
	}
	for c, it := range m.Columns {
		if it.Family != Buy {
			continue
		}
		left := s.leaves(m.Periods[it.Period])
		if left == 1 {
			continue
		}
		b := m.Network.purchase(it.ID)
		stopped := b.Origin == country && m.Network.site(b.Site).Country != country && (b.Element == symbol && symbol != "" || m.Network.holds(it.Material, symbol))
		if !stopped {
			continue
		}
		col := lp.Column(c)
		lower, upper := m.bounds(out, col)
		if math.IsInf(upper, 1) {
			upper = base.Column[c]
		}
		out.columns[col] = [2]float64{min(lower, left*upper), left * upper}
	}
	for r, it := range m.Rows {
		if it.Family != LaneLimit {
			continue
		}
		left := s.leaves(m.Periods[it.Period])
		if left == 1 || !m.Network.stopsLane(country, symbol, m.Network.lane(it.ID)) {
			continue
		}
		row := lp.Row(r)
		_, upper := m.Program.RowBounds(row)
		if b, ok := out.rows[row]; ok {
			upper = b[1]
		}
		if math.IsInf(upper, 1) {
			upper = 0
			for _, c := range m.shipped[placeTime{it.ID, it.Period}] {
				upper += base.Column[c]
			}
		}
		chosen := m.chosen(row, base)
		out.rows[row] = [2]float64{math.Inf(-1), (upper+chosen)*left - chosen}
	}
	return nil
}

// stops is the country whose exports an event stops, and the element they are of, "" where it stops all.
func (e *Event) stops() (supply.Country, string, error) {
	word, symbol, _ := strings.Cut(e.Target, "/")
	country, err := supply.ParseCountry(word)
	return country, symbol, err
}

// holds tells whether a material has an element in it; any has "".
func (n *Network) holds(material, symbol string) bool {
	return symbol == "" || n.share(material, symbol) > 0
}

// stopsLane tells whether a stop of exports closes a lane.
func (n *Network) stopsLane(country supply.Country, symbol string, l *Lane) bool {
	return n.site(l.Origin).Country == country && n.site(l.To).Country != country && n.holds(l.Material, symbol)
}

// mayStop tells whether any event may stop a lane.
func (n *Network) mayStop(l *Lane) bool {
	return slices.ContainsFunc(n.Events, func(e Event) bool {
		if e.Kind != "export_stop" {
			return false
		}
		country, symbol, err := e.stops()
		return err == nil && n.stopsLane(country, symbol, l)
	})
}

// bounds of a column as changed so far.
func (m *Model) bounds(out *changeSet, c lp.Column) (lower, upper float64) {
	if b, ok := out.columns[c]; ok {
		return b[0], b[1]
	}
	return m.Program.ColumnBounds(c)
}

// outage takes a site's capacity and its digging away for a while, in proportion to the days; what it buys may still come, and
// its stock be sent. Of a site that makes nothing, a trader or a warehouse, it takes what is bought there and sent from there;
// what has no bound of its own keeps, in a period that is hit in part, that share of what the plan had.
func (m *Model) outage(out *changeSet, s Strike, base *lp.Solution) error {
	if m.Network.site(s.Event.Target).ID == "" {
		return fmt.Errorf("there is no site %s", quoted(s.Event.Target))
	}
	for r, it := range m.Rows {
		if it.Site != s.Event.Target || it.Period < 0 || it.Family != Limit && it.Family != LeastUse {
			continue
		}
		left := s.leaves(m.Periods[it.Period])
		if left == 1 {
			continue
		}
		row := lp.Row(r)
		if it.Family == LeastUse {
			out.rows[row] = [2]float64{math.Inf(-1), math.Inf(1)}
			continue
		}
		// What is built, or kept open, stands on the left-hand side: it falls away with the rest.
		_, upper := m.Program.RowBounds(row)
		if b, ok := out.rows[row]; ok {
			upper = b[1]
		}
		built := m.chosen(row, base)
		out.rows[row] = [2]float64{math.Inf(-1), (upper+built)*left - built}
	}
	limited := map[lp.Column]bool{} // by a capacity of the site: it holds them
	for r, it := range m.Rows {
		if it.Site == s.Event.Target && it.Family == Limit {
			for _, e := range m.onRow(lp.Row(r)) {
				limited[e.column] = e.value > 0
			}
		}
	}
	for c, it := range m.Columns {
		if it.Site != s.Event.Target || it.Period < 0 || it.Family != Make && it.Family != Dig || limited[lp.Column(c)] {
			continue
		}
		if left := s.leaves(m.Periods[it.Period]); left < 1e-9 {
			out.columns[lp.Column(c)] = [2]float64{0, 0}
		}
	}
	if m.Network.makesAt(s.Event.Target) {
		return nil
	}
	for _, c := range m.traded(s.Event.Target) {
		left := s.leaves(m.Periods[m.Columns[c].Period])
		if left == 1 {
			continue
		}
		lower, upper := m.bounds(out, c)
		if math.IsInf(upper, 1) {
			upper = base.Column[c]
		}
		out.columns[c] = [2]float64{min(lower, left*upper), left * upper}
	}
	return nil
}

// makesAt tells whether anything is made or dug at a site.
func (n *Network) makesAt(site string) bool {
	return slices.ContainsFunc(n.Processes, func(p Process) bool { return p.Site == site }) ||
		slices.ContainsFunc(n.Deposits, func(d Deposit) bool { return d.Site == site })
}

// traded is the columns of what a site buys and sends away, each once.
func (m *Model) traded(site string) (out []lp.Column) {
	from := map[string]bool{} // lanes out of it
	for i := range m.Network.Lanes {
		if l := &m.Network.Lanes[i]; l.Origin == site {
			from[l.ID] = true
		}
	}
	for c, it := range m.Columns {
		if it.Family == Buy && it.Site == site || it.Family == Ship && from[it.ID] {
			out = append(out, lp.Column(c))
		}
	}
	return out
}

// chosen is what expansions, and the choice to be open or to be used, give a row.
func (m *Model) chosen(r lp.Row, base *lp.Solution) float64 {
	sum := 0.0
	for _, e := range m.onRow(r) {
		switch m.Columns[e.column].Family {
		case Size, On:
			sum -= e.value * base.Column[e.column]
		}
	}
	return sum
}

type term struct {
	column lp.Column
	value  float64
}

// onRow is a row's coefficients.
func (m *Model) onRow(r lp.Row) []term {
	m.layOut()
	return m.byRow[r]
}

// layOut lays the matrix out by columns and by rows, and both by what they are of, once: every future asks for them.
func (m *Model) layOut() {
	m.laidOut.Do(func() {
		m.rowsOf, m.columnsOf = map[string][]lp.Row{}, map[string][]lp.Column{}
		for r, it := range m.Rows {
			m.rowsOf[it.ID] = append(m.rowsOf[it.ID], lp.Row(r))
		}
		for c, it := range m.Columns {
			m.columnsOf[it.ID] = append(m.columnsOf[it.ID], lp.Column(c))
		}
		m.byRow, m.byColumn = make([][]term, m.Program.Rows()), m.Program.Matrix()
		for c := range m.Program.Columns() {
			rows, values := m.byColumn.Column(lp.Column(c))
			for k, row := range rows {
				m.byRow[row] = append(m.byRow[row], term{lp.Column(c), values[k]})
			}
		}
	})
}

// delay moves the start of a site's capacities, those that do not stand on the first day, by months. What of them has to be
// used at least is not asked for in a period in which some of it is late.
func (m *Model) delay(out *changeSet, s Strike) error {
	site := m.Network.site(s.Event.Target)
	if site.ID == "" {
		return fmt.Errorf("there is no site %s", quoted(s.Event.Target))
	}
	first := m.Periods[0].From
	for t, period := range m.Periods {
		lost := map[string]float64{}
		for _, c := range m.Network.Capacities {
			from := max(c.From, site.From)
			if c.Site != site.ID || from <= first {
				continue
			}
			later := months(from, s.Value)
			lost[c.ID] += c.PerYear * period.Years * (period.ramped(from, c.Until, c.Ramp) - period.ramped(later, c.Until, c.Ramp))
		}
		for id, amount := range lost {
			if amount == 0 {
				continue
			}
			if least, ok := m.limit[placeTime{id + "\x00least", t}]; ok { // nobody has to use what does not stand yet
				out.rows[least] = [2]float64{math.Inf(-1), math.Inf(1)}
			}
			row := m.limit[placeTime{id, t}]
			if on, chosen := m.on[placeTime{site.ID, t}]; chosen { // what stands is on the left-hand side, times on
				m.layOut()
				at := [2]int32{int32(row), int32(on)}
				stands, changed := out.coefficients[at]
				if !changed {
					stands = coefficient(m.byColumn, row, on)
				}
				out.coefficients[at] = min(0, stands+amount)
				continue
			}
			_, upper := m.Program.RowBounds(row)
			if b, ok := out.rows[row]; ok {
				upper = b[1]
			}
			out.rows[row] = [2]float64{math.Inf(-1), max(0, upper-amount)}
		}
	}
	return nil
}

// scaleCapacity multiplies what stands of a capacity; what the plan builds stays as planned.
func (m *Model) scaleCapacity(out *changeSet, s Strike) error {
	if _, ok := m.limit[placeTime{s.Event.Target, 0}]; !ok {
		return fmt.Errorf("there is no capacity %s", quoted(s.Event.Target))
	}
	m.layOut()
	for _, row := range m.rowsOf[s.Event.Target] {
		it := m.Rows[row]
		if it.Family != Limit && it.Family != LeastUse {
			continue
		}
		lower, upper := m.Program.RowBounds(row)
		if b, ok := out.rows[row]; ok {
			lower, upper = b[0], b[1]
		}
		if it.Family == Limit {
			out.rows[row] = [2]float64{lower, upper * s.Value}
		} else {
			out.rows[row] = [2]float64{lower * s.Value, upper}
		}
		for _, e := range m.onRow(row) {
			if m.Columns[e.column].Family == On {
				out.coefficients[[2]int32{int32(row), int32(e.column)}] = e.value * s.Value
			}
		}
	}
	return nil
}

// scaleYield multiplies what a process gives.
func (m *Model) scaleYield(out *changeSet, s Strike) {
	m.layOut()
	m.eachColumn(s.Event.Target, []Family{Make}, func(c lp.Column) {
		rows, values := m.byColumn.Column(c)
		for k, r := range rows {
			if m.Rows[r].Family == Balance && values[k] > 0 {
				out.coefficients[[2]int32{int32(r), int32(c)}] = values[k] * s.Value
			}
		}
	})
}
