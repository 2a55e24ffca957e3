package balance

import (
	"math"
	"slices"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Figure is a mass with its standard uncertainty in kg. It is not known when a part of it is not: Missing names the lots.
type Figure struct {
	Mass    quantity.Mass
	SD      float64
	Known   bool
	Missing []supply.LotID // without a mass, or without an assay of the element
}

// Finding is what a balance comes to.
type Finding uint8

const (
	Balanced    Finding = iota // the gap is within Sigmas standard uncertainties
	Excess                     // more came out than went in
	Unaccounted                // less came out than went in, and no declared loss covers it
	Unchecked                  // a part of it is not known
	Covered                    // the gap lies within a declared loss whose composition is not stated
)

var findingWords = [...]string{"balanced", "excess", "unaccounted", "unchecked", "covered"}

// String is the finding in a word.
func (f Finding) String() string { return findingWords[f] }

// Account is one balance of one element, or of all mass when Element is None:
//
//	Gap = Opening + In − Out − Left − Loss
//
// A gap above zero is material that is missing, below zero material from nowhere.
type Account struct {
	Element                      element.Element
	Opening, In, Out, Left, Loss Figure
	Gap                          Figure
	Finding                      Finding
	// Unassayed is set when nothing but the content of lots that came out or are left is unknown: what they should hold
	// for the account to balance, above zero.
	Unassayed Figure
}

// Sigma is the gap in standard uncertainties, 0 when it is not known.
func (a *Account) Sigma() float64 {
	if !a.Gap.Known || a.Gap.SD == 0 {
		return 0
	}
	return a.Gap.Mass.Float() / a.Gap.SD
}

// part is a side of an account.
type part uint8

const (
	opening part = iota
	in
	out
	left
	parts
)

// inGap is the sign with which a part goes into the gap.
var inGap = [parts]float64{opening: 1, in: 1, out: -1, left: -1}

// tally sums weighings over the parts of an account, lot by lot, so that the assay of a lot is multiplied once with the
// exact sum of its weighings, and one error of it moves all its parts together.
type tally struct {
	books *Books
	lots  []supply.LotID
	of    map[supply.LotID]*tallied
	over  bool // a sum ran over
}

type tallied struct {
	mass      [parts]quantity.Mass
	unknown   [parts]bool
	weighings map[int]weighed
}

type weighed struct {
	coef [parts]float64
	sd   float64
}

func newTally(b *Books) *tally { return &tally{books: b, of: map[supply.LotID]*tallied{}} }

// add enters a weighing with a sign.
func (t *tally) add(p part, f *Flow, sign int) {
	l := t.of[f.Lot]
	if l == nil {
		l = &tallied{weighings: map[int]weighed{}}
		t.of[f.Lot] = l
		t.lots = append(t.lots, f.Lot)
	}
	if !f.Known {
		l.unknown[p] = true
		return
	}
	m := f.Mass
	if sign < 0 {
		m = -m
	}
	sum, err := l.mass[p].Add(m)
	if err != nil {
		t.over = true
		return
	}
	l.mass[p] = sum
	w := l.weighings[f.Weighing]
	w.coef[p] += float64(sign)
	w.sd = f.SD
	l.weighings[f.Weighing] = w
}

// account works the parts out for an element, None for all mass.
func (t *tally) account(e element.Element, losses []supply.Loss, unread bool) Account {
	a := Account{Element: e}
	figures := [parts]*Figure{&a.Opening, &a.In, &a.Out, &a.Left}
	for _, f := range figures {
		f.Known = !t.over
	}
	var variance [parts]float64
	total := 0.0
	slices.Sort(t.lots)
	for _, id := range t.lots {
		l := t.of[id]
		f, sd, content := quantity.DecimalOf(1), 0.0, Assayed
		if e != element.None {
			var m quantity.Measured
			m, sd, content = t.content(id, e)
			f = m.Value
		}
		net := 0.0
		for p := range parts {
			switch {
			case content == Without:
				continue
			case l.unknown[p], content == Unknown && l.mass[p] != 0:
				figures[p].Known = false
				figures[p].Missing = append(figures[p].Missing, id)
				continue
			}
			part, err := l.mass[p].Times(f)
			if err == nil {
				part, err = figures[p].Mass.Add(part)
			}
			if err != nil {
				figures[p].Known = false
				continue
			}
			figures[p].Mass = part
			kg := l.mass[p].Float()
			net += inGap[p] * kg
			variance[p] += kg * kg * sd * sd
		}
		if content == Without || content == Unknown {
			continue
		}
		total += net * net * sd * sd
		x := f.Float64()
		for _, w := range sortedWeighings(l.weighings) {
			c := 0.0
			for p := range parts {
				c += inGap[p] * w.coef[p]
				variance[p] += square(w.coef[p] * w.sd * x)
			}
			total += square(c * w.sd * x)
		}
	}
	for p, f := range figures {
		f.SD = math.Sqrt(variance[p])
	}
	mixed := a.lose(losses)
	total += square(a.Loss.SD)
	a.close(math.Sqrt(total), mixed, unread)
	return a
}

// sortedWeighings is the weighings in order of their numbers, so that sums do not depend on the order of a map.
func sortedWeighings(m map[int]weighed) []weighed {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]weighed, len(keys))
	for i, k := range keys {
		out[i] = m[k]
	}
	return out
}

func square(x float64) float64 { return x * x }

func (t *tally) content(id supply.LotID, e element.Element) (quantity.Measured, float64, Content) {
	if l := t.books.Lots[id]; l != nil {
		return l.Of(e)
	}
	return quantity.Measured{}, 0, Unknown
}

// lose sums the declared losses that tell of the element; mixed is the mass lost whose composition is not stated.
func (a *Account) lose(losses []supply.Loss) (mixed quantity.Mass) {
	a.Loss.Known = true
	variance := 0.0
	for _, l := range losses {
		var to *quantity.Mass
		switch {
		case a.Element == element.None || l.Element == a.Element:
			to = &a.Loss.Mass
			variance += square(l.Mass.Float() * lossSD(l))
		case l.Element == element.None:
			to = &mixed
		default:
			continue
		}
		sum, err := to.Add(l.Mass)
		if err != nil {
			a.Loss.Known = false
			continue
		}
		*to = sum
	}
	a.Loss.SD = math.Sqrt(variance)
	return mixed
}

// lossSD is the relative standard uncertainty of a declared loss: weighed, and of one element analysed too.
func lossSD(l supply.Loss) float64 {
	if l.Element == element.None {
		return WeighingSD
	}
	return math.Hypot(WeighingSD, AssaySD)
}

// close works the gap out and says what it comes to.
func (a *Account) close(sd float64, mixed quantity.Mass, unread bool) {
	gap := a.Opening.Mass
	known := a.Opening.Known && a.In.Known && a.Loss.Known
	var err error
	for _, x := range []struct {
		m    quantity.Mass
		sign int
	}{{a.In.Mass, 1}, {a.Out.Mass, -1}, {a.Left.Mass, -1}, {a.Loss.Mass, -1}} {
		if x.sign < 0 {
			gap, err = gap.Sub(x.m)
		} else {
			gap, err = gap.Add(x.m)
		}
		known = known && err == nil
	}
	kg := gap.Float()
	switch {
	case !known:
		a.Finding = Unchecked
	case !a.Out.Known || !a.Left.Known:
		// What is not known can only add to what came out: too much already is too much.
		a.Finding = Unchecked
		if kg < -Sigmas*sd && len(a.Left.Missing) == 0 {
			a.Finding = Excess
		}
		a.Unassayed = Figure{Mass: gap, SD: sd, Known: true}
		a.Unassayed.Missing = append(slices.Clone(a.Out.Missing), a.Left.Missing...)
		slices.Sort(a.Unassayed.Missing)
		a.Unassayed.Missing = slices.Compact(a.Unassayed.Missing)
	default:
		a.Gap = Figure{Mass: gap, SD: sd, Known: true}
		switch {
		case kg < -Sigmas*sd:
			a.Finding = Excess
		case kg <= Sigmas*sd:
			a.Finding = Balanced
		case unread:
			a.Finding = Unchecked
		case kg <= mixed.Float()+Sigmas*sd:
			a.Finding = Covered
		default:
			a.Finding = Unaccounted
		}
	}
}
