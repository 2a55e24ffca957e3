package genealogy

import (
	"lodestone/element"
	"lodestone/record"
	"lodestone/supply"
)

// Step is one phase that happened to material in a lot's history.
type Step struct {
	Phase    supply.Phase      // NoPhase: something was done there, and what is not known
	Facility supply.FacilityID // "" unknown
	Country  supply.Country    // of the facility at the time of the event; "" unknown
	Elements element.Set       // elements it happened to; the empty set means the whole material, constituents unknown
	Evidence Grades            // best grade by day
	Dispute  string            // "" undisputed; else steps with one Dispute are alternatives of one making: at most one is true
	Recycled bool              // of an earlier life: a recycled step came after it
	Planned  bool              // the facility was said to be planned on the day of the event: made there on paper only
}

// Hole is a gap: for part of the lot, everything before phase Before is unknown for the element.
// NoPhase as Before means that nothing at all is known: the lot has no recorded making.
type Hole struct {
	Element  element.Element // None: every element
	Before   supply.Phase
	Lot      supply.LotID // where the gap opens
	Recycled bool         // the gap lies in an earlier life: a recycled step came after it
}

// FlagKind says what cannot be true.
type FlagKind uint8

const (
	MassExcess      FlagKind = iota + 1 // more mass out than in
	ElementExcess                       // more of an element out than in, by assay
	DoubleSerial                        // a serial made twice, or in two assemblies at once
	TwoContents                         // one eventID, two contents
	Clash                               // two claims that contradict each other
	OverIssue                           // more of a lot drawn than was made
	ImpossibleCycle                     // a cycle without outside input, or between sites at impossible times
	StandingTank                        // a lot id used as a standing tank
	RecycleLoop                         // a recycle loop: shown, not held against it
	ImpossibleTime                      // drawn from long before it was made
	flagKinds
)

var flagWords = [flagKinds]string{"", "mass excess", "element excess", "double serial", "two contents", "clash", "over-issue", "impossible cycle", "standing tank", "recycle loop", "impossible time"}

// String is the kind in words.
func (k FlagKind) String() string { return flagWords[k] }

// Taints tells whether a flag makes what hangs on it UNDETERMINED.
func (k FlagKind) Taints() bool {
	switch k {
	case DoubleSerial, TwoContents, Clash, OverIssue, ImpossibleCycle, ImpossibleTime:
		return true
	}
	return false
}

// Flag is a finding about a lot or one of its ancestors.
type Flag struct {
	Kind    FlagKind
	Lot     supply.LotID // where it shows
	Cause   string       // in words, naming claims and amounts
	Entries []record.ID  // the entries that show it, in ID order
}

// Profile is what the law asks of a lot: which phases happened where to which elements on what evidence, what is not
// known, what cannot be true. The lists are in a fixed order and belong to the caller. Of holes that differ only in the
// lot where they open, of flags of one kind, and of steps that differ only in their dispute, it names at most Examples.
type Profile struct {
	Steps []Step
	Holes []Hole
	Flags []Flag
	More  bool // there are more of some kind that is named
}

// Complete tells whether every way up ends in a mined or recycled origin without a hole and nothing taints the answer:
// holes of an earlier life, before a recycled step, do not count.
func (p Profile) Complete() bool {
	for _, h := range p.Holes {
		if !h.Recycled {
			return false
		}
	}
	for _, f := range p.Flags {
		if f.Kind.Taints() {
			return false
		}
	}
	return len(p.Steps) > 0
}
