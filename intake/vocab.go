package intake

import (
	"encoding/json"
	"strings"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/supply"
)

// phasesOf reads the word of a phase or a stage code, in any case; nil when it is neither.
func phasesOf(text string) []supply.Phase {
	if p, err := supply.ParsePhase(strings.ToLower(text)); err == nil {
		return []supply.Phase{p}
	}
	if p, ok := supply.PhaseOf(text); ok {
		return []supply.Phase{p}
	}
	if ps, err := supply.PhasesOfStage(strings.ToUpper(text)); err == nil {
		return ps
	}
	return nil
}

// phaseHint is the remedy for a word that names no phase: what the nouns know of other words for phases, else the
// nearest word.
func phaseHint(text string) string {
	if n := nearest(text, append(phaseWords(), supply.StageCodes()...)); n != "" {
		return "did you mean " + quote(n) + "?"
	}
	if _, err := supply.ParsePhase(strings.ToLower(text)); err != nil {
		if _, hint, ok := strings.Cut(err.Error(), ": "); ok {
			return hint
		}
	}
	return "one of: " + strings.Join(phaseWords(), ", ")
}

func phaseWords() []string {
	var words []string
	for _, p := range supply.Phases() {
		words = append(words, p.String())
	}
	return words
}

// stageWords is every stage code with the phases it stands for.
func stageWords() string {
	var words []string
	for _, code := range supply.StageCodes() {
		var phases []string
		ps, _ := supply.PhasesOfStage(code) // a code of the list is known
		for _, p := range ps {
			phases = append(phases, p.String())
		}
		words = append(words, code+" ("+strings.Join(phases, "; ")+")")
	}
	return strings.Join(words, ", ")
}

func kinds() []string {
	var names []string
	for _, k := range supply.Kinds() {
		names = append(names, k.Name)
	}
	return names
}

func forms() []string { return supply.Forms() }

// elementWords is every element with its usual oxide.
func elementWords() string {
	var words []string
	for i := 1; i < element.Count; i++ {
		e := element.Element(i)
		if o := e.Oxide().Formula; o != "" {
			words = append(words, e.Symbol()+" ("+o+")")
		} else {
			words = append(words, e.Symbol())
		}
	}
	return strings.Join(words, ", ")
}

// symbolList is an extension that lists element symbols.
func symbolList(name string, symbols []string) epcis.Field {
	value, err := json.Marshal(symbols)
	if err != nil {
		panic(err) // strings always encode
	}
	return epcis.Field{Name: "lode:" + name, Value: value}
}
