package sim

import (
	"slices"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

// Occurrence is one thing that is told of a world, or that happened and is not told.
type Occurrence struct {
	Event   *epcis.Event   // as a clerk states it; nil when nobody recorded it
	By      supply.PartyID // who states it
	Made    []Truth        // the lots that truly came to be; given once, with the first telling
	Planted []Trouble      // what is wrong with it
}

// TroubleKind is a kind of trouble.
type TroubleKind uint8

const (
	Theft         TroubleKind = iota + 1 // part of a lot was stolen on the way: the weights at the two ends differ
	Fenced                               // stolen material is sold on under a new id, without its history
	WrongWeight                          // a weight is stated ten times too high or too low
	WrongAssay                           // an element is stated two fifths too high
	WrongPlace                           // a making is stated at a place in another country
	Late                                 // handed in after later events
	Repeated                             // handed in twice
	DoubleIssue                          // the id of a used-up lot is drawn on again, for other material
	DoubleSerial                         // the serial of a magnet is given to another
	MissingOrigin                        // a making that nobody recorded
)

// String is the kind in words.
func (k TroubleKind) String() string {
	return [...]string{"", "theft", "fenced", "wrong weight", "wrong assay", "wrong place", "late", "repeated", "double issue", "double serial", "missing origin"}[k]
}

// Trouble is one thing that the world knows to be wrong with its record.
type Trouble struct {
	Kind         TroubleKind
	Lots         []supply.LotID // it is about
	Righted      bool           // the clerk declares the error and states it right, later
	Contradicted bool           // another party states it right, later
}

// content is what a batch of like things truly is.
type content struct {
	world *World
	of    stuff
	left  load
	past  steps
	n     quantity.Mass // of how many like things
}

// Truth is what a lot truly was when it was made, whatever the record says of it.
type Truth struct {
	Lot      supply.LotID
	Material supply.MaterialID
	c        *content
	i        quantity.Mass // which of the like things
}

// cell is this thing's part of a cell of its batch; the parts sum to it exactly.
func (t *Truth) cell(m matter, o origin) quantity.Mass {
	x := t.c.left[m][o]
	part := x / t.c.n
	if t.i < x%t.c.n {
		part++
	}
	return part
}

// Mass is its true mass. A batch of serials is divided to the milligram.
func (t *Truth) Mass() (sum quantity.Mass) {
	for m := range matters {
		for o := range origins {
			sum += t.cell(m, o)
		}
	}
	return sum
}

// Of is the true mass of one element in it. Only the ten elements that worlds are made of are told apart.
func (t *Truth) Of(e element.Element) (sum quantity.Mass) {
	for m := range other {
		if m.element() == e {
			for o := range origins {
				sum += t.cell(m, o)
			}
		}
	}
	return sum
}

// Share is how much of an element came from one place.
type Share struct {
	Facility supply.FacilityID // the mine; "" of scrap from outside the world
	Country  supply.Country
	Mass     quantity.Mass
}

// From is where an element in it came into the world.
func (t *Truth) From(e element.Element) (list []Share) {
	for m := range other {
		if m.element() != e {
			continue
		}
		for o := range origins {
			if x := t.cell(m, o); x > 0 {
				s := Share{Mass: x}
				if p, ok := o.place(); ok {
					s.Facility, s.Country = t.c.world.sites[p].id(), t.c.world.sites[p].country
				}
				list = append(list, s)
			}
		}
	}
	return list
}

// Step is one thing that truly happened to matter that is in a lot.
type Step struct {
	Phase    supply.Phase
	Facility supply.FacilityID
	Country  supply.Country
	Elements element.Set
}

// Steps is all that truly happened to the elements in it, by phase and facility. What happened to scrap before it came
// into the world is not among it.
func (t *Truth) Steps() (list []Step) {
	for n, a := range t.c.world.acts {
		var set element.Set
		for m := range t.c.past {
			if t.c.past[m][n/64]>>(n%64)&1 == 1 {
				set = set.With(matter(m).element())
			}
		}
		if !set.Empty() {
			s := t.c.world.sites[a.at]
			list = append(list, Step{a.phase, s.id(), s.country, set})
		}
	}
	return list
}

// Tally is the true account of one matter over the whole world, in milligrams: In = Lost + Sold + Delivered + Held.
type Tally struct {
	Element   element.Element // None: everything that is none of the ten elements
	In        quantity.Mass   // mined, brought as scrap or reagent, or passed off under another lot's id
	Lost      quantity.Mass   // to tailings, dross, air and floors
	Sold      quantity.Mass   // out of the world as surplus
	Delivered quantity.Mass   // in magnets
	Held      quantity.Mass   // in open lots
}

// Tallies is the account of every matter, at any time between two occurrences at the end of a run.
func (w *World) Tallies() []Tally {
	var held load
	for _, l := range w.loot {
		held.add(&l.left)
	}
	for p := range w.stock {
		for s := range w.stock[p] {
			for _, l := range w.stock[p][s].lots {
				held.add(&l.left)
			}
		}
	}
	var list []Tally
	for m := range matters {
		list = append(list, Tally{m.element(), w.books.in.of(m), w.books.lost.of(m), w.books.sold.of(m), w.books.delivered.of(m), held.of(m)})
	}
	return list
}

// Lots is how many lots have been made so far.
func (w *World) Lots() int { return w.made }

// act is a phase at a place.
type act struct {
	phase supply.Phase
	at    place
}

func (w *World) act(p supply.Phase, at place) int {
	a := act{p, at}
	if i := slices.Index(w.acts, a); i >= 0 {
		return i
	}
	if len(w.acts) == acts {
		panic("sim: more acts than a world may have") // the tables of places and phases decide it, not a caller
	}
	w.acts = append(w.acts, a)
	return len(w.acts) - 1
}
