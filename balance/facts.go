package balance

import (
	"encoding/json"

	"lodestone/epcis"
	"lodestone/gs1"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// Facts is what a balance needs of the entries beside the graph of lots: declared losses, weighings that state their
// uncertainty, models of custody, and which things are named one by one. It takes entries in any order; one taken twice counts once.
type Facts struct {
	losses    map[record.ID][]supply.Loss
	unread    map[record.ID]bool // a loss is declared that cannot be read
	weighings map[record.ID]map[supply.LotID]float64
	custody   map[record.ID]supply.Custody // of those events that state one
	singles   map[supply.LotID]bool        // named by an EPC, which is of one thing, and never as a class with a quantity
}

// NewFacts is no facts.
func NewFacts() *Facts {
	return &Facts{losses: map[record.ID][]supply.Loss{}, unread: map[record.ID]bool{}, weighings: map[record.ID]map[supply.LotID]float64{}, custody: map[record.ID]supply.Custody{}, singles: map[supply.LotID]bool{}}
}

// Take reads one entry.
func (f *Facts) Take(e record.Entry) {
	if e.Kind != record.Event || e.Event == nil || e.Event.Error != nil {
		return
	}
	f.count(e.Event)
	if c, stated, _ := supply.CustodyOf(e.Event); stated {
		f.custody[e.ID] = c
	}
	losses, errs := supply.LossesOf(e.Event)
	if len(losses) > 0 {
		f.losses[e.ID] = losses
	}
	if len(errs) > 0 {
		f.unread[e.ID] = true
	}
	if w := statedWeighings(e.Event); w != nil {
		f.weighings[e.ID] = w
	}
}

// count tells the things that are named one by one from the lots that are named as classes.
func (f *Facts) count(ev *epcis.Event) {
	for _, list := range [][]string{ev.EPCs, ev.OutputEPCs, ev.InputEPCs} {
		for _, id := range list {
			if lot := canon(id); !f.named(lot) {
				f.singles[lot] = true
			}
		}
	}
	for _, list := range [][]epcis.Quantity{ev.Quantities, ev.InputQuantities, ev.OutputQuantities} {
		for _, q := range list {
			f.singles[canon(q.Class)] = false
		}
	}
}

func (f *Facts) named(lot supply.LotID) bool { _, known := f.singles[lot]; return known }

// statedWeighings is the standard uncertainty, in kilograms, of the weighing of each lot for which a sensor report of type
// Mass gives one (sDev, in the report's uom). The lot is named as in an assay, or is the only one the event makes.
func statedWeighings(ev *epcis.Event) map[supply.LotID]float64 {
	var out map[supply.LotID]float64
	for i := range ev.Sensors {
		s := &ev.Sensors[i]
		for j := range s.Reports {
			r := &s.Reports[j]
			if localType(r.Type) != "Mass" || r.SDev == "" || r.Unit == "" || r.ChemicalSubstance != "" || r.Exception != "" {
				continue
			}
			lot, ok := sensorLot(ev, s)
			if !ok {
				continue
			}
			u, err := quantity.ParseUnit(r.Unit)
			if err != nil {
				continue
			}
			sd, err := u.Mass(r.SDev.String())
			if err != nil || sd <= 0 {
				continue
			}
			if out == nil {
				out = map[supply.LotID]float64{}
			}
			out[lot] = sd.Float()
		}
	}
	return out
}

// localType is the last word of a sensor report's type: Mass of gs1:Mass or of its full URI.
func localType(t string) string {
	for i := len(t) - 1; i >= 0; i-- {
		if t[i] == ':' || t[i] == '/' || t[i] == '#' {
			return t[i+1:]
		}
	}
	return t
}

func sensorLot(ev *epcis.Event, s *epcis.SensorElement) (supply.LotID, bool) {
	for _, f := range s.Extra {
		if f.Name == supply.Term(supply.TermLot) || ev.Expand(f.Name) == supply.Term(supply.TermLot) {
			var id string
			if json.Unmarshal(f.Value, &id) != nil || id == "" {
				return "", false
			}
			return canon(id), true
		}
	}
	made := supply.MadeBy(ev)
	if len(made) != 1 {
		return "", false
	}
	return canon(string(made[0])), true
}

// canon is a lot's id as the graph writes it: GS1 keys as canonical Digital Links.
func canon(id string) supply.LotID { return supply.LotID(gs1.Canonical(id)) }
