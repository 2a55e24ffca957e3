package supply

import (
	"fmt"
	"slices"
	"strings"
)

// stagePhases maps the stage codes of the atlas onto phases, in the order in which the plant does them. A code names
// what such a plant typically does: it is a help in reading tables, and never evidence that a lot went through a phase.
//
// INSITU takes the clay's rare earths out of the ground in solution, so it both mines and leaches; the throwing down of
// a carbonate, where it is done, has its own code MREC. RECYCLE_SHORT is hydrogen processing of magnet scrap: the scrap
// is won back and decrepitated in one. RECYCLE_LONG dissolves scrap or swarf and parts it again into oxides.
var stagePhases = [...]struct {
	Code   string
	Phases []Phase
}{
	{"MINE", []Phase{Mined}},
	{"BENEF", []Phase{Beneficiated}},
	{"INSITU", []Phase{Mined, Leached}},
	{"CRACK", []Phase{Cracked, Leached}},
	{"MREC", []Phase{Precipitated}},
	{"SX", []Phase{Separated}},
	{"CALC", []Phase{Calcined}},
	{"METAL_LRE", []Phase{Reduced}},
	{"METAL_HRE", []Phase{Reduced}},
	{"ALLOY", []Phase{Melted}},
	{"HD", []Phase{Decrepitated}},
	{"JETMILL", []Phase{Milled}},
	{"PRESS", []Phase{Pressed}},
	{"SINTER", []Phase{Sintered}},
	{"MACHINE", []Phase{Machined}},
	{"GBD", []Phase{Diffused}},
	{"COAT", []Phase{Coated}},
	{"MAGNETIZE", []Phase{Magnetized}},
	{"ASSEMBLE", []Phase{Assembled}},
	{"RECYCLE_SHORT", []Phase{Recycled, Decrepitated}},
	{"RECYCLE_LONG", []Phase{Recycled, Leached, Separated, Calcined}},
}

// PhasesOfStage is the phases that a stage code of the atlas stands for, first to last. An unknown code is an error.
func PhasesOfStage(code string) ([]Phase, error) {
	for _, s := range stagePhases {
		if s.Code == code {
			return slices.Clone(s.Phases), nil
		}
	}
	return nil, fmt.Errorf("unknown stage code %q: want one of %s", code, strings.Join(StageCodes(), ", "))
}

// PhaseOfStage is the phase that a stage code of the atlas mainly stands for: the one phase, or where there are several
// the one that the stage is named for. An unknown code is NoPhase and false.
func PhaseOfStage(code string) (Phase, bool) {
	ps, err := PhasesOfStage(code)
	if err != nil {
		return NoPhase, false
	}
	return ps[0], true
}

// StageCodes is every stage code, in chain order.
func StageCodes() []string {
	codes := make([]string, len(stagePhases))
	for i, s := range stagePhases {
		codes[i] = s.Code
	}
	return codes
}
