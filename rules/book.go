package rules

import (
	"cel.dev/cel-go/cel"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Book is one law, regulation or clause as data: its words in their own order, its rules under the words they follow from,
// its values by date with their sources, its doubts with the closed set of readings. A Book is never changed once loaded.
type Book struct {
	ID       string // "us/dfars-252.225-7052"
	Title    string
	Kind     Kind
	Clause   string // clause number that brings the book into a contract; "" for a statute
	Consults string // the statute that is heard beside this book; "" none
	About    string
	Digest   string // sha256:… of its text, of an amended book of all its texts
	Amended  []Amendment
	Versions []Version
	InForce  quantity.Period // of a statute
	Status   Status          // of the whole book
	Shipped  bool            // its clock is the day of shipment, where that is given
	Values   []Value
	Subjects []Subject
	Doubts   []Doubt
	Notes    []Note
	Parts    []Paragraph

	rules  []*Rule
	issues map[string]*issue // by version, "" for a statute
	doubts map[string]*Doubt // by key
	values map[string]*Value

	texts   []text              // it was built from
	samples map[string][]string // variable of text → the words that conditions compare it with
}

// Version is one issue of a clause.
type Version struct {
	ID     string // "MAY 2024"
	From   quantity.Date
	Source string
	Text   string // file of the primary text in hand; "" not in hand
}

// Sure is how well a legal fact is known: Q quoted, D derived from a primary copy, S secondary, M memory, C conflicting.
type Sure string

// Value is a legal value that changes over time.
type Value struct {
	Name    string
	About   string
	Unit    string // one of units
	Cite    string
	Award   bool // in force on the day of award, where that is known, and not on the day of delivery
	Entries []Entry
}

// Entry is a value over a period, with source and sureness.
type Entry struct {
	Valid  quantity.Period
	Number int64 // cents, parts in 10¹², milligrams, days
	Text   string
	List   []string
	Sure   Sure
	Source string
	By     string // the amendment it comes from; "" the book

	Elements element.Set // of a list of elements
}

// On is the entry in force on d, or nil.
func (v *Value) On(d quantity.Date) *Entry {
	for i := range v.Entries {
		if v.Entries[i].Valid.Covers(d) {
			return &v.Entries[i]
		}
	}
	return nil
}

// Subject is a class of material the book reaches.
type Subject struct {
	Kinds    []string
	Cite     string
	Versions []string
	Valid    quantity.Period
	Literal  element.Set // the elements the words name
	Main     element.Element
	Open     bool // any rare earth may be in it besides, where the elements are not given
}

// DoubtClass says what a doubt does: see the constants.
type DoubtClass string

const (
	Settled  DoubtClass = "settled"  // one reading decides, and the doubt is printed where it matters
	Open     DoubtClass = "open"     // every reading is tried
	Conflict DoubtClass = "conflict" // two authorities disagree: shown by the verdict CONFLICT
	NoteOnly DoubtClass = "note"     // printed, changes nothing
)

// Doubt is a question the text leaves open.
type Doubt struct {
	ID       string // "T7", as the compiled regulation numbers it
	Also     []string
	Key      string // the answer's key in a fact file; "" where there is nothing to answer
	Class    DoubtClass
	Question string
	Readings []Reading // the strictest first
	Chosen   string    // of a settled doubt
	Source   string
}

// Reading is one of the closed set of answers to a doubt.
type Reading struct {
	Value string `json:"value"`
	Says  string `json:"says"`
}

// Note is something a reader must know beside a verdict: a pending bill, a text not in hand.
type Note struct {
	ID, Says, Source string
	Sure             Sure
	Valid            quantity.Period // delivery dates it is printed for
	when             cel.Program
	When             string
}

// Paragraph is a place in the text: its words, and the rules that follow from them.
type Paragraph struct {
	Cite     string
	Versions []string // empty: every version
	Quote    string   // words of the primary text; "" where the text is not in hand
	Content  string   // what it says, where the text is not in hand
	Sure     Sure
	Source   string
	Valid    quantity.Period // delivery dates its words speak of
	Status   Status
	Rules    []*Rule
	By       string // the amendment it comes from; "" the book
}

// InHand tells whether the paragraph's words are in hand verbatim.
func (p *Paragraph) InHand() bool { return p.Quote != "" }

// Effect is what a rule does when it holds.
type Effect string

const (
	OutOfScopeWhen Effect = "out_of_scope" // the book does not reach the purchase
	ExemptWhen     Effect = "exempt"       // a named exception lifts it
	ProhibitsItem  Effect = "prohibits"    // the end item itself
	CountsStep     Effect = "counts"       // the step's place is judged
	NeedsStep      Effect = "needs"        // the step must be known before COMPLIANT

	RequiresWhen     Effect = "requires"     // a licence, a duty or a disclosure is required
	LiftsWhen        Effect = "lifts"        // it is not: of the rules named, or of all
	QualifiesWhen    Effect = "qualifies"    // eligible for the credit
	DisqualifiesWhen Effect = "disqualifies" // not eligible
	DisclosesFacts   Effect = "discloses"    // facts that must be told where the book requires it
)

// Rule is one consequence of a paragraph.
type Rule struct {
	ID       string
	Effect   Effect
	Level    string // contract, item, material or step
	Cites    []string
	Versions []string
	Valid    quantity.Period
	Kinds    []string
	Phases   phaseSet
	Name     supply.Phase // of a need: the phase that is asked for
	Each     bool         // of a need: for each traced element
	Extra    map[element.Element]phaseSet
	Place    string   // covered (bad where covered), allowed (bad elsewhere), regions, forced_labour, listed:NAME
	Of       []string // of what lifts or disqualifies: the rules it lifts; empty: all
	What     string   // what is required or given, as "export licence, control code 1C905.a"
	Gives    []string // names of the dated values that go with it: a rate, a share
	Facts    []string // of what discloses: the facts to tell, beside those of the phases
	Status   Status
	By       string // the amendment it comes from; "" the book
	When     string
	Says     string

	when     cel.Program
	vars     []string // variables its condition names
	readings []string // keys of the doubts its condition names
	part     *Paragraph
	no       int // its place in the book's rules
}

type phaseSet uint32

func (s phaseSet) has(p supply.Phase) bool { return s&(1<<p) != 0 }

func (s phaseSet) each(do func(supply.Phase)) {
	for p := supply.Mined; p < supply.PhaseCount; p++ {
		if s.has(p) {
			do(p)
		}
	}
}

// Version is the version with the given name.
func (b *Book) Version(id string) (Version, bool) {
	for _, v := range b.Versions {
		if v.ID == id {
			return v, true
		}
	}
	return Version{}, false
}

// Newest is the latest version, or the zero Version for a statute.
func (b *Book) Newest() Version {
	var best Version
	for _, v := range b.Versions {
		if v.From >= best.From {
			best = v
		}
	}
	return best
}

// Changes are the dates on which an answer of the book may change: the first day of each new state.
func (b *Book) Changes() []quantity.Date {
	var ds []quantity.Date
	add := func(p quantity.Period) {
		if p.From != 0 {
			ds = append(ds, p.From)
		}
		if p.Until != 0 {
			ds = append(ds, p.Until+1)
		}
	}
	add(b.InForce)
	for _, v := range b.Versions {
		add(quantity.Period{From: v.From})
	}
	for _, v := range b.Values {
		for _, e := range v.Entries {
			add(e.Valid)
		}
	}
	for _, s := range b.Subjects {
		add(s.Valid)
	}
	for _, r := range b.rules {
		add(r.Valid)
		if w := r.Status.Waits; w != nil {
			add(quantity.Period{From: w.Earliest})
		}
		for _, s := range r.Status.Suspended {
			add(s.Valid)
		}
	}
	for _, n := range b.Notes {
		add(n.Valid)
	}
	return ds
}
