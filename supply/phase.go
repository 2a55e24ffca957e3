package supply

import (
	"fmt"
	"strings"
)

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

// ParsePhase reads the word of a phase, such as "separated". An unknown word is an error with a hint.
func ParsePhase(word string) (Phase, error) {
	for i, w := range phaseWords {
		if w == word && w != "" {
			return Phase(i), nil
		}
	}
	low := strings.ToLower(strings.TrimSpace(word))
	if p, ok := phaseHints[low]; ok {
		return NoPhase, fmt.Errorf("unknown phase %q: did you mean %s?", word, p)
	}
	for i, w := range phaseWords {
		if w == low && w != "" {
			return NoPhase, fmt.Errorf("unknown phase %q: did you mean %s?", word, Phase(i))
		}
	}
	return NoPhase, fmt.Errorf("unknown phase %q: want one of %s", word, strings.Join(phaseWords[1:], ", "))
}

// phaseHints are other words of the trade for a phase, for hints only.
var phaseHints = map[string]Phase{
	"mining": Mined, "extracted": Mined, "concentrated": Beneficiated, "flotation": Beneficiated, "floated": Beneficiated,
	"milling": Milled, "jet milled": Milled, "jetmilled": Milled, "roasted": Cracked, "cracking": Cracked, "leaching": Leached,
	"precipitation": Precipitated, "separation": Separated, "solvent extraction": Separated, "sx": Separated, "calcination": Calcined,
	"refining": Refined, "metallized": Reduced, "metallised": Reduced, "reduction": Reduced, "electrolysis": Reduced,
	"smelted": Reduced, "alloyed": Melted, "strip cast": Melted, "melting": Melted, "cast": Melted, "atomised": Atomized,
	"hydrogen decrepitated": Decrepitated, "hd": Decrepitated, "pressing": Pressed, "sintering": Sintered, "bonding": Bonded,
	"gbd": Diffused, "grain boundary diffusion": Diffused, "ground": Machined, "sliced": Machined, "machining": Machined, "plated": Coated,
	"coating": Coated, "magnetised": Magnetized, "magnetization": Magnetized, "assembly": Assembled, "recycling": Recycled,
}

// PhaseOf is the phase a bizStep names: its URI, or NoPhase and false for any other business step.
func PhaseOf(bizStep string) (Phase, bool) {
	if len(bizStep) <= len(PhasePrefix) || bizStep[:len(PhasePrefix)] != PhasePrefix {
		return NoPhase, false
	}
	word := bizStep[len(PhasePrefix):]
	for i, w := range phaseWords {
		if w == word && w != "" {
			return Phase(i), true
		}
	}
	return NoPhase, false
}

// String is the phase's word.
func (p Phase) String() string { return phaseWords[p] }

// URI is the phase's term in the vocabulary.
func (p Phase) URI() string { return PhasePrefix + phaseWords[p] }

// Begins tells whether the phase can begin a lot's life, so that a lot made by it needs no input lots.
func (p Phase) Begins() bool { return p == Mined || p == Recycled }

// Phases is every phase in chain order.
func Phases() []Phase {
	ps := make([]Phase, 0, PhaseCount-1)
	for p := Mined; p < PhaseCount; p++ {
		ps = append(ps, p)
	}
	return ps
}
