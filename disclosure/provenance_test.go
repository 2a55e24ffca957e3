package disclosure_test

import (
	"slices"
	"testing"
	"time"

	"lodestone/disclosure"
	"lodestone/law"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// Of every magnet on record: each of the four phases is there and never blank, what is said to be unknown names where the
// record stops and the inquiry, and each place rests on an event that states one of its steps, by one who is named.
func TestNothingIsBlank(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	on := quantity.MustDate("2027-01-01")
	for name, k := range map[string]*kept{"story": story(t), "troubled": troubled(t)} {
		magnets, places, unknown, whole := 0, 0, 0, 0
		for i, l := range k.graph.Lots("") {
			if name == "troubled" && i%5 != 0 || len(k.graph.Covered(l.ID, time.Time{})) == 0 {
				continue
			}
			f, err := rules.FromRecord(k.graph, l.ID, nil, on)
			if err != nil {
				t.Fatal(err)
			}
			p, err := disclosure.Disclose(lib, &disclosure.Record{Graph: k.graph, Entries: k.find, Lot: l.ID}, f, disclosure.Stand(on, "", k.graph.Position(), ""))
			if err != nil {
				t.Fatal(err)
			}
			lacks := len(p.Magnets) == 0
			for _, m := range p.Magnets {
				magnets++
				if len(m.Phases) != 4 {
					t.Errorf("%s: %d phases", m.Lot, len(m.Phases))
				}
				lacks = lacks || m.Open || len(m.Findings) > 0
				for _, ph := range m.Phases {
					if len(ph.Places)+len(ph.Unknown) == 0 {
						t.Errorf("%s: %s is blank", m.Lot, ph.Phase)
					}
					for _, g := range ph.Unknown {
						unknown++
						lacks = true
						if g.Says == "" || len(g.StopsAt) == 0 || g.Inquiry == "" {
							t.Errorf("%s: %s: %+v", m.Lot, ph.Phase, g)
						}
					}
					for _, x := range ph.Places {
						places++
						checkPlace(t, k, m.Lot, x)
					}
				}
			}
			if p.Complete == lacks {
				t.Errorf("%s: complete is %t", l.ID, p.Complete)
			}
			if p.Complete {
				whole++
			}
		}
		if magnets < 5 || places < 30 || unknown == 0 || name == "story" && whole == 0 {
			t.Errorf("%s: %d magnets, %d places, %d unknown, %d whole: the walk saw too little", name, magnets, places, unknown, whole)
		}
	}
}

func checkPlace(t *testing.T, k *kept, lot string, x disclosure.Place) {
	t.Helper()
	if x.Country == "" || len(x.Events) == 0 {
		t.Errorf("%s: a place without country or event: %+v", lot, x)
	}
	for _, text := range x.Events {
		id, err := record.ParseID(text)
		if err != nil {
			t.Errorf("%s: %v", lot, err)
			continue
		}
		e, ok := k.find(id)
		if !ok || e.Event == nil {
			t.Errorf("%s: %s is no event of the log", lot, text)
			continue
		}
		phase, _ := supply.PhaseOf(e.Event.BizStepURI())
		if !slices.Contains(x.Steps, phase.String()) {
			t.Errorf("%s: %v rests on an event of %s", lot, x.Steps, phase)
		}
		if e.Author != supply.Unattributed && !slices.Contains(x.StatedBy, string(e.Author)) {
			t.Errorf("%s: stated by %v, and not by %s", lot, x.StatedBy, e.Author)
		}
	}
}
