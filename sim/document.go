package sim

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lodestone/epcis"
	"lodestone/supply"
)

// Sender is the party that hands in the document of a world.
const Sender supply.PartyID = supply.PartyPrefix + "sim"

// about is said in every document.
const about = "simulated: no such material was ever made, and nothing told here ever happened at any real place"

// Statements is what is to be known of every world: its facilities with their countries, and its materials.
func Statements() (list []supply.Statement) {
	for p := range places {
		s := p.site()
		f := &supply.Facility{ID: s.id(), Name: s.name, Country: s.country, Note: "in a simulated world"}
		list = append(list, supply.Statement{Facility: f})
	}
	for s := range stuffs {
		list = append(list, s.sort().statement())
	}
	return list
}

// MasterData is the Statements as the master data of a document's header.
func MasterData() []epcis.Vocabulary {
	var places, classes []epcis.VocabularyElement
	for _, s := range Statements() {
		var e epcis.VocabularyElement
		add := func(term, value string) {
			if value != "" {
				e.Attributes = append(e.Attributes, epcis.Attribute{ID: supply.Term(term), Value: json.RawMessage(strconv.Quote(value))})
			}
		}
		if f := s.Facility; f != nil {
			e.ID = string(f.ID)
			add("name", f.Name)
			add("country", string(f.Country))
			places = append(places, e)
			continue
		}
		m := s.Material
		e.ID = string(m.ID)
		add("name", m.Name)
		add("kind", m.Kind)
		add("form", m.Form)
		add("constituents", strings.Join(m.Constituents, " "))
		add("pieceMass", m.PieceMass)
		classes = append(classes, e)
	}
	return []epcis.Vocabulary{
		{Type: "urn:epcglobal:epcis:vtype:BusinessLocation", Elements: places},
		{Type: "urn:epcglobal:epcis:vtype:EPCClass", Elements: classes},
	}
}

// Sum is what was written of a world.
type Sum struct {
	Lots   int // made
	Events int // written
	Wrong  map[TroubleKind]int
}

// WriteDocument lets a world happen and writes all that is told of it as one EPCIS document with its master data, as it
// is told: it holds no more than the open stock. told, which may be nil, hears of each occurrence in turn, also of what nobody
// recorded. The document is not valid when it returns an error, told's among them.
func WriteDocument(out io.Writer, w *World, told func(*Occurrence) error) (Sum, error) {
	sum := Sum{Wrong: map[TroubleKind]int{}}
	doc, err := epcis.NewWriter(out, epcis.Document{
		Context: w.context, CreationDate: moment(w.end), Sender: string(Sender), MasterData: MasterData(),
		Extra: []epcis.Field{{Name: supply.Term("about"), Value: json.RawMessage(strconv.Quote(about))}},
	})
	if err != nil {
		return sum, fmt.Errorf("write the world %s: %w", w.cfg.Name, err)
	}
	for o := range w.Run() {
		for _, t := range o.Planted {
			sum.Wrong[t.Kind]++
		}
		if told != nil {
			if err := told(&o); err != nil {
				return sum, fmt.Errorf("tell of the world %s: %w", w.cfg.Name, err)
			}
		}
		if o.Event == nil {
			continue
		}
		if err := doc.Write(o.Event); err != nil {
			return sum, fmt.Errorf("write the world %s, event %d: %w", w.cfg.Name, sum.Events+1, err)
		}
		sum.Events++
	}
	sum.Lots = w.Lots()
	if err := doc.Close(); err != nil {
		return sum, fmt.Errorf("end the document of the world %s: %w", w.cfg.Name, err)
	}
	return sum, nil
}
