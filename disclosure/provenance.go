package disclosure

import (
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// ProvenanceBook is the book that section 857 stands in.
const ProvenanceBook = "us/ndaa-2023-857"

// Entries finds an entry of the log by its id.
type Entries func(record.ID) (record.Entry, bool)

// Provenance is the disclosure of FY2023 NDAA section 857: for each magnet in an item the countries of the four phases,
// what is known of them, from whom and on what evidence; what is not known, and the inquiry that was made.
type Provenance struct {
	Paper     string    `json:"paper"` // "ndaa-2023-857 disclosure"
	Item      string    `json:"item"`
	Complete  bool      `json:"complete"` // nothing in it is unknown
	Magnets   []Magnet  `json:"magnets"`
	Inquiries []Inquiry `json:"inquiries"`
	Remarks   []string  `json:"remarks"`
	Owed      string    `json:"owed"` // the book's answer: required, not_required or undetermined
	Law       []string  `json:"law"`  // why, with the open questions of the text
	Standing  Standing  `json:"standing"`
}

// Magnet is one distinguishable lot of magnets, or of what may be magnets, in the item.
type Magnet struct {
	Lot      string   `json:"lot"`
	Kind     string   `json:"kind"`
	Elements []string `json:"elements"`
	Open     bool     `json:"other_elements_unknown"` // nobody says what it is made of
	Phases   []Phase  `json:"phases"`                 // always all four
	Findings []string `json:"findings"`               // what cannot be true in its record
}

// Phase is one of the four phases of the section.
type Phase struct {
	Phase   string  `json:"phase"`
	Places  []Place `json:"places"`
	Unknown []Gap   `json:"unknown"`
}

// Place is where a phase happened to some elements.
type Place struct {
	Steps     []string `json:"steps"`
	Elements  []string `json:"elements"` // none: the whole material
	Country   string   `json:"country"`
	Facility  string   `json:"facility,omitempty"`
	Evidence  string   `json:"evidence"`          // grade on the day asked about
	StatedBy  []string `json:"stated_by"`         // parties that stated the step; none: nobody signed
	Events    []string `json:"events"`            // entries of the log that state the step
	Way       []string `json:"way"`               // entries that lead from the magnet to it
	Documents []Paper  `json:"documents"`         // that raise its evidence
	FirstLife bool     `json:"first_life"`        // of recycled feed
	Covered   bool     `json:"covered,omitempty"` // said only in a notice or request: a covered country of the books judged
}

// Gap is a part of a phase that is not known.
type Gap struct {
	Elements []string `json:"elements"` // none: the whole material
	Says     string   `json:"says"`
	StopsAt  []string `json:"stops_at"` // lots at which the record stops
	Inquiry  string   `json:"inquiry"`  // what was asked of whom and answered, or that nothing was
}

// Paper is an evidence document, known by its digest.
type Paper struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	Signer string `json:"signer,omitempty"`
	Dated  string `json:"dated,omitempty"`
	From   string `json:"valid_from,omitempty"`
	Until  string `json:"valid_until,omitempty"`
	Grade  string `json:"grade"`
	InTime bool   `json:"valid_on_the_day"`
}

// part is one of the four phases: the steps that are shown under it, and those of which one in each row must be known.
type part struct {
	name  string
	steps []supply.Phase
	needs [][]supply.Phase
	whole bool // of the magnet as a whole, not of each element
}

// parts are the four phases of the section, in its order: see the package comment.
var parts = [...]part{
	{name: "mined", steps: []supply.Phase{supply.Mined}, needs: [][]supply.Phase{{supply.Mined}}},
	{name: "refined into oxides", steps: []supply.Phase{supply.Cracked, supply.Leached, supply.Precipitated, supply.Separated, supply.Calcined, supply.Refined},
		needs: [][]supply.Phase{{supply.Separated, supply.Calcined, supply.Refined}}},
	{name: "made into metals and alloys", steps: []supply.Phase{supply.Reduced, supply.Melted}, needs: [][]supply.Phase{{supply.Reduced}, {supply.Melted}}},
	{name: "sintered or bonded and magnetized", steps: []supply.Phase{supply.Sintered, supply.Bonded, supply.Magnetized},
		needs: [][]supply.Phase{{supply.Sintered, supply.Bonded}, {supply.Magnetized}}, whole: true},
}

// Disclose writes the disclosure of an item from the facts that package rules reads of the record on a day; whether it is
// owed is what the section's book answers to them.
func Disclose(lib rules.Library, in *Record, f *rules.Facts, s Standing) (*Provenance, error) {
	g, entries, lot := in.Graph, in.Entries, in.Lot
	p := &Provenance{Paper: "ndaa-2023-857 disclosure", Item: string(lot), Complete: true, Magnets: []Magnet{}, Remarks: slices.Clone(f.Assumed), Inquiries: inquiries(g, entries, lotsBehind(g, lot)), Standing: s}
	if err := p.owed(lib, f); err != nil {
		return nil, err
	}
	for i := range f.Materials {
		m := &f.Materials[i]
		mag := Magnet{Lot: string(m.Lot), Kind: m.Kind, Findings: slices.Clone(m.Findings)}
		es, open := m.Traced()
		mag.Elements, mag.Open = symbols(es), open
		for _, k := range parts {
			mag.Phases = append(mag.Phases, p.phase(entries, m, es, k))
		}
		for _, ph := range mag.Phases {
			p.Complete = p.Complete && len(ph.Unknown) == 0
		}
		p.Remarks = join(p.Remarks, m.Remarks)
		p.Complete = p.Complete && !open && len(m.Findings) == 0
		p.Magnets = append(p.Magnets, mag)
	}
	if len(p.Magnets) == 0 {
		p.Complete = false
		p.Remarks = append(p.Remarks, "no magnet is recorded in "+string(lot)+": what is in it is not known here, and that is no disclosure that there is none")
	}
	return p, nil
}

// owed puts the question to the section's book.
func (p *Provenance) owed(lib rules.Library, f *rules.Facts) error {
	q := *f
	q.Books = []string{ProvenanceBook}
	q.Company.Inquiry = rules.No
	if len(p.Inquiries) > 0 {
		q.Company.Inquiry = rules.Yes
	}
	a, err := lib.Judge(&q)
	if err != nil {
		return err
	}
	p.Standing.Books = MarksOf(a)
	for _, b := range a.Books {
		p.Owed = string(b.Verdict)
		p.Law = append(p.Law, b.Because)
		for _, d := range append(b.Doubts, b.Notes...) {
			text := d.ID + ": " + d.Question
			if d.Chosen != "" {
				text += " Read as " + strings.ReplaceAll(d.Chosen, "_", " ") + "."
			}
			if d.Source != "" {
				text += " [" + d.Source + "]"
			}
			if d.ID != "finding" {
				p.Law = append(p.Law, text)
			}
		}
	}
	return nil
}

func (p *Provenance) phase(entries Entries, m *rules.Material, es element.Set, k part) Phase {
	out := Phase{Phase: k.name, Places: []Place{}, Unknown: []Gap{}}
	for i := range m.Steps {
		s := &m.Steps[i]
		if !slices.Contains(k.steps, s.Phase) {
			continue
		}
		if s.Country == "" {
			out.Unknown = append(out.Unknown, p.placeless(m.Lot, s))
			continue
		}
		out.add(place(entries, s, p.Standing))
	}
	for _, row := range k.needs {
		if k.whole || es.Empty() { // of what nobody says what it is made of, the whole is asked about
			if !m.Knows(element.None, row...) {
				out.Unknown = append(out.Unknown, p.gap(m, element.None, row))
			}
			continue
		}
		for e := range es.All() {
			if smelted(e) && row[0] != supply.Mined && row[0] != supply.Melted {
				row = smelting
			}
			if !m.Knows(e, row...) {
				out.miss(p.gap(m, e, row))
			}
		}
	}
	return out
}

func symbols(s element.Set) []string {
	out := []string{}
	for e := range s.All() {
		out = append(out, e.Symbol())
	}
	return out
}

// join is the texts of both lists, each once: those of the first first.
func join(a, b []string) []string {
	a = slices.Clip(a)
	for _, t := range b {
		if !slices.Contains(a, t) {
			a = append(a, t)
		}
	}
	return a
}
