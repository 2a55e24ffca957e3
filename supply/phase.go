package supply

import "fmt"

// Phase is one step of the making of a magnet, in chain order. The zero value is no phase.
type Phase uint8

const (
	NoPhase Phase = iota
	Mined
	Beneficiated
	Cracked
	Leached
	Precipitated
	Separated
	Calcined
	Refined
	Reduced
	Melted
	Atomized
	Decrepitated
	Milled
	Consolidated
	Pressed
	Sintered
	Bonded
	Diffused
	Machined
	Coated
	Magnetized
	Assembled
	Recycled
	PhaseCount // the number of phases and one
)

var phaseWords = [PhaseCount]string{"", "mined", "beneficiated", "cracked", "leached", "precipitated", "separated", "calcined", "refined", "reduced", "melted", "atomized", "decrepitated", "milled", "consolidated", "pressed", "sintered", "bonded", "diffused", "machined", "coated", "magnetized", "assembled", "recycled"}

// PhasePrefix begins the URI of every phase, as an event's bizStep names it.
const PhasePrefix = "urn:lodestone:phase:"

// ParsePhase reads the word of a phase, such as "separated".
func ParsePhase(word string) (Phase, error) {
	for i, w := range phaseWords {
		if w == word && w != "" {
			return Phase(i), nil
		}
	}
	return NoPhase, fmt.Errorf("unknown phase %q", word)
}

// PhaseOf is the phase a bizStep names: its URI, or NoPhase and false for any other business step.
func PhaseOf(bizStep string) (Phase, bool) {
	if len(bizStep) > len(PhasePrefix) && bizStep[:len(PhasePrefix)] == PhasePrefix {
		p, err := ParsePhase(bizStep[len(PhasePrefix):])
		return p, err == nil
	}
	return NoPhase, false
}

// String is the phase's word.
func (p Phase) String() string { return phaseWords[p] }

// URI is the phase's term in the vocabulary.
func (p Phase) URI() string { return PhasePrefix + phaseWords[p] }
