package balance

import (
	"cmp"
	"slices"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
	"time"
)

// The instruments that are taken where an entry states no uncertainty, relative to the figure.
const (
	WeighingSD = 0.001 // of a weighing: a plant's floor scale in good order
	AssaySD    = 0.005 // of an assay: a laboratory that weighs and titrates with care, or plasma spectrometry in routine at its best
	Sigmas     = 3     // combined standard uncertainties beyond which a gap is no chance
)

// Flow is a weighing of a lot as it goes into a making, comes out of it, or begins.
type Flow struct {
	Lot      supply.LotID
	Mass     quantity.Mass
	SD       float64 // standard uncertainty, kg
	Known    bool    // a mass was stated, or pieces whose piece mass is known
	Pieces   int64   // counted, not weighed: the mass is that of so many pieces, where one's is known; 0 weighed
	Via      supply.LotID
	Weighing int // flows of one number are one weighing: a lot handed on whole carries the figure it was made with
}

// Making is one step: a transformation, or a campaign of them under one transformationID.
type Making struct {
	ID       string // eventID, transformationID, or the entry
	Entries  []record.ID
	Phase    supply.Phase // the earliest in chain order
	Phases   []supply.Phase
	Facility supply.FacilityID // "" unknown or several
	Place    string            // the facility's name
	Date     quantity.Date
	Time     time.Time
	In, Out  []Flow
	Losses   []supply.Loss
	Unread   bool   // declares a loss that cannot be read
	Told     []Told // other statements of the same making, left aside
	authors  []supply.PartyID
}

// Lot is what the books hold of one lot.
type Lot struct {
	ID         supply.LotID
	Name       string // of its material
	Kind       string
	Facility   supply.FacilityID // of its first making
	Place      string
	Country    supply.Country
	Begun      []Begin          // commissionings that bring amounts into being
	Contested  string           // why its amounts cannot be relied on: claims that clash; "" when nothing says so
	Ended      bool             // an event says that nothing is left, and gives no amount
	Gone       []Gone           // destroyed or given out of the record, with an amount
	Moves      []Move           // in order of time
	Claims     []supply.Custody // the models of custody that events about it are claimed under, the strictest first
	assays     []quantity.Assay // in order of time, repeats dropped
	typical    map[element.Element]quantity.Measured
	made       bool        // by a transformation
	declared   element.Set // constituents by its material; empty: not declared
	counted    *Flow       // a stock-taking after everything else
	countedAt  time.Time
	lastFlowAt time.Time
}

// Begin is a commissioning: the lot comes into the record here.
type Begin struct {
	Flow
	Phase    supply.Phase // mined or recycled: an origin; any other: its past is not recorded
	Facility supply.FacilityID
	Place    string
	Country  supply.Country
	Date     quantity.Date
	Time     time.Time
	Entry    record.ID
	authors  []supply.PartyID
}

// Gone is an amount that a DELETE event takes out of the record.
type Gone struct {
	Flow
	Date quantity.Date
	Time time.Time
}

// Origin tells whether the commissioning is where material comes from: a mine, or recycling.
func (b Begin) Origin() bool { return b.Phase.Begins() }

// Books is the makings and lots of a graph with their masses.
type Books struct {
	Makings []Making // by time, then by id
	Lots    map[supply.LotID]*Lot

	within    map[supply.FacilityID]supply.FacilityID
	names     map[supply.FacilityID]string
	makes     map[supply.LotID][]int // makings by output
	draws     map[supply.LotID][]int // makings by input
	weighings int
}

// Content tells how much of an element there is in a lot.
type Content uint8

const (
	Unknown Content = iota // no assay of it, and the lot is not known to be without it
	Assayed                // by the lot's latest assay
	Typical                // by the typical composition of its material, which states an uncertainty
	Without                // its material's declared constituents leave it out
)

// Of is the mass fraction of an element in the lot with its standard uncertainty, that of the instrument where none is
// stated.
func (l *Lot) Of(e element.Element) (f quantity.Measured, sd float64, c Content) {
	for i := len(l.assays) - 1; i >= 0; i-- {
		if m, ok := l.assays[i].Of(e); ok {
			return m, fractionSD(m), Assayed
		}
	}
	if !l.declared.Empty() && !l.declared.Has(e) {
		return quantity.Measured{Known: true}, 0, Without
	}
	if m, ok := l.typical[e]; ok {
		return m, fractionSD(m), Typical
	}
	return quantity.Measured{}, 0, Unknown
}

func fractionSD(m quantity.Measured) float64 {
	if m.Known && m.SD.Sign() > 0 {
		return m.SD.Float64()
	}
	return m.Value.Float64() * AssaySD
}

// Elements is the elements that any assay of the lot names.
func (l *Lot) Elements() element.Set {
	var set element.Set
	for _, a := range l.assays {
		for _, line := range a.Lines {
			set = set.With(line.Element)
		}
	}
	for e := range l.typical {
		set = set.With(e)
	}
	return set
}

// MakingsOf is the indexes of the makings of a lot; DrawsOf, of those that draw from it.
func (b *Books) MakingsOf(l supply.LotID) []int { return b.makes[l] }

// DrawsOf is the indexes of the makings that draw from a lot.
func (b *Books) DrawsOf(l supply.LotID) []int { return b.draws[l] }

// In tells whether a facility is the site or stands on it.
func (b *Books) In(f, site supply.FacilityID) bool {
	for range 16 { // sites nest a few deep; a loop of statements must end
		if f == "" || f == site {
			return f == site
		}
		f = b.within[f]
	}
	return false
}

// Place is a facility.
type Place struct {
	ID   supply.FacilityID
	Name string
}

// Places is the facilities at which something was made or begun, and the sites they stand on, by id.
func (b *Books) Places() []Place {
	var list []Place
	for id := range b.within {
		list = append(list, Place{id, b.names[id]})
	}
	slices.SortFunc(list, func(x, y Place) int { return cmp.Compare(x.ID, y.ID) })
	return list
}

// Holds is the elements that the lot's material declares, an assay names or its typical composition does.
func (l *Lot) Holds() element.Set { return l.Elements().Union(l.declared) }
