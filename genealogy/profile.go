package genealogy

import (
	"lodestone/element"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// Step is one phase that happened to material in a lot's history.
type Step struct {
	Phase    supply.Phase
	Facility supply.FacilityID // "" unknown
	Country  supply.Country    // of the facility at the time of the event; "" unknown
	Elements element.Set       // elements it happened to; the empty set means the whole material, constituents unknown
	Evidence Grades            // best grade by day
	Dispute  string            // "" undisputed; else steps with one Dispute are alternatives of one making: at most one is true
	Recycled bool
}

// Grades is the evidence grade of a step by delivery day, interned as text so that a Step is comparable: see ParseGrades.
type Grades string

// Hole is a gap: for part of the lot, everything before phase Before is unknown for the elements.
// NoPhase as Before means that nothing at all is known, the lot itself has no recorded making.
type Hole struct {
	Element element.Element // None: every element
	Before  supply.Phase
	Lot     supply.LotID // where the gap opens
}

// FlagKind says what cannot be true.
type FlagKind uint8

const (
	MassExcess      FlagKind = iota + 1 // more mass out than in
	ElementExcess                       // an element in the output and in no input
	DoubleSerial                        // a serial made twice
	TwoContents                         // one eventID, two contents
	Clash                               // two claims that contradict each other
	OverIssue                           // more of a lot drawn than was made
	ImpossibleCycle                     // a cycle without outside input, or between sites at impossible times
	StandingTank                        // a lot id used as a standing tank
	RecycleLoop                         // a recycle loop: shown, not held against it
)

// Flag is a finding about a lot or one of its ancestors.
type Flag struct {
	Kind    FlagKind
	Lot     supply.LotID // where it shows
	Cause   string       // in words, naming entries, amounts, claims
	Entries []record.ID  // the entries that show it, in ID order
}

// Taints tells whether a flag makes what hangs on it UNDETERMINED.
func (k FlagKind) Taints() bool {
	switch k {
	case DoubleSerial, TwoContents, Clash, OverIssue, ImpossibleCycle:
		return true
	}
	return false
}

// Profile is what the law asks of a lot: which phases happened where to which elements on what evidence, what is not known, what cannot be true.
type Profile struct {
	Steps []Step
	Holes []Hole
	Flags []Flag
}

var _ = quantity.Date(0)
