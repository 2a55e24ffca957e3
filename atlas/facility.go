package atlas

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"lodestone/supply"
)

// State is whether a facility exists.
type State uint8

const (
	Unclear       State = iota // the table does not say
	Planned                    // on paper: explored, studied, permitted, announced
	Building                   // under construction
	Commissioning              // built and starting up
	Pilot                      // a pilot or demonstration runs
	Operating
	Paused
)

var stateWords = [...]string{"unclear", "planned", "building", "commissioning", "pilot", "operating", "paused"}

// String is the state's word.
func (s State) String() string { return stateWords[s] }

// Planned tells whether nothing is produced there yet: planned or building.
func (s State) Planned() bool { return s == Planned || s == Building }

// stateOf reads the beginning of the status cell, the longest match first.
var stateOf = []struct {
	start string
	state State
}{
	{"operating demo", Pilot}, {"operating pilot", Pilot}, {"operating", Operating}, {"existing plant", Operating}, {"producing", Operating},
	{"opened", Operating}, {"Phase 1 operating", Operating}, {"shipped first", Operating}, {"magnet-oxide line opened", Operating},
	{"ramping", Commissioning}, {"commissioning", Commissioning}, {"demo:", Pilot}, {"pilot", Pilot}, {"planned/", Building},
	{"planned", Planned}, {"building", Building}, {"construction", Building}, {"development", Planned}, {"exploration", Planned},
	{"permitting", Planned}, {"pre-FID", Planned}, {"scoping study", Planned}, {"study", Planned}, {"scheme notified", Planned},
	{"MOU with", Planned}, {"paused", Paused}, {"2025", Unclear},
}

// Facility is a place of the chain with what is known of it.
type Facility struct {
	ID          string // "US-BROOK"
	Name        string
	Operator    string // as the source names it, sometimes several
	Country     supply.Country
	Lat, Lon    string // decimal degrees, "" unknown
	Approximate bool   // the coordinates are approximate: a town, a region or the country's middle
	Coordinates string // how the coordinates were come by
	Stages      []Stage
	Capacities  []Capacity
	State       State
	Status      string // in the source's words
	Start       string // expected start, in the source's words; "" unknown
	Notes       string
	Sources     []string // keys
	Year        string   // of the sources
	Evidence    string   // found, memory, mixed
	Line        int      // of the table
}

// Planned tells whether nothing is produced there yet.
func (f Facility) Planned() bool { return f.State.Planned() }

// URI is the facility's id in statements and events.
func (f Facility) URI() supply.FacilityID { return supply.FacilityID(supply.FacilityPrefix + f.ID) }

// Stage is one stage a facility has.
type Stage struct {
	Code   string // of process_stages.csv
	Remark string // "SmCo", "chromatography", "demo"; "" for none
	Phases []supply.Phase
}

// Capacity is one capacity figure.
type Capacity struct {
	Facility string // id
	Stage    string // code
	Product  string
	Value    string // decimal
	Unit     string // t/yr, short ton/yr, t/month, t/quarter, t/half-year, or % for a grade
	Basis    string // nameplate, planned, actual 2025 …: a planned figure is no capacity today
	Sources  []string
	Year     string
	Evidence string
	Line     int // of the table
}

var capacities = sync.OnceValue(func() []Capacity {
	var out []Capacity
	for _, r := range read("facility_capacities") {
		out = append(out, Capacity{r.text("facility_id"), r.text("stage"), r.text("product"), r.number("value"), r.text("unit"), r.text("basis"),
			r.sources(), r.text("year"), r.text("evidence"), r.line})
	}
	return out
})

var facilities = sync.OnceValue(func() []Facility {
	var out []Facility
	for _, r := range read("facilities") {
		f := Facility{ID: r.text("id"), Name: r.text("name"), Operator: r.text("operator"), Country: supply.Country(r.text("country_iso2")),
			Lat: r.number("lat"), Lon: r.number("lon"), Coordinates: r.text("coord_evidence"), Status: r.text("status"),
			Start: r.text("expected_start"), Notes: r.text("notes"), Sources: r.sources(), Year: r.text("year"), Evidence: r.text("evidence"), Line: r.line}
		f.Approximate = f.Coordinates != "found"
		if f.Start == "not found" || f.Start == "not dated" {
			f.Start = ""
		}
		if !f.Country.Known() {
			panic(fmt.Sprintf("atlas: facilities line %d: unknown country %q", r.line, f.Country))
		}
		for _, cell := range list(r.text("stages")) {
			f.Stages = append(f.Stages, stage(r, cell))
		}
		f.State = state(r, f.Status)
		for _, c := range capacities() {
			if c.Facility == f.ID {
				f.Capacities = append(f.Capacities, c)
			}
		}
		out = append(out, f)
	}
	return out
})

func stage(r row, cell string) Stage {
	code, remark, _ := strings.Cut(cell, " (")
	s := Stage{Code: code, Remark: strings.TrimSuffix(remark, ")")}
	var err error
	if s.Phases, err = supply.PhasesOfStage(code); err != nil {
		panic(fmt.Sprintf("atlas: %s line %d: %v", r.table, r.line, err))
	}
	return s
}

func state(r row, status string) State {
	for _, s := range stateOf {
		if strings.HasPrefix(status, s.start) {
			return s.state
		}
	}
	panic(fmt.Sprintf("atlas: %s line %d: status %q has no state", r.table, r.line, status))
}

// Facilities is every facility, in the order of the table.
func Facilities() []Facility { return clone(facilities()) }

// FacilityOf is the facility with the id, bare (US-BROOK) or as a URI, and false when there is none.
func FacilityOf(id string) (Facility, bool) {
	id = strings.TrimPrefix(id, supply.FacilityPrefix)
	for _, f := range facilities() {
		if f.ID == id {
			return f, true
		}
	}
	return Facility{}, false
}

// Phases is every phase that the facility's stages stand for, in chain order.
func (f Facility) Phases() []supply.Phase {
	var out []supply.Phase
	for _, s := range f.Stages {
		for _, p := range s.Phases {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}
