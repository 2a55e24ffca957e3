package atlas

import (
	"fmt"
	"sync"

	"lodestone/supply"
)

// ProcessStage is one stage of the chain as the trade divides it, with its typical yield.
type ProcessStage struct {
	Code          string
	Name          string
	Segment       string // upstream, midstream, downstream, end use, loop
	Input, Output string
	Spec          string // grade or specification of the output
	YieldLow      string // decimal fraction of one
	YieldHigh     string
	YieldBasis    string // what the yield is a share of: never compare two yields of different basis
	YieldEvidence string // found, memory, or both
	Loss          string // losses and by-products
	Terms         string // words of the trade
	Note          string
	Phases        []supply.Phase
	Sources       []string
	Year          string
	Evidence      string
}

var stages = sync.OnceValue(func() []ProcessStage {
	var out []ProcessStage
	for _, r := range read("process_stages") {
		s := ProcessStage{r.text("stage_code"), r.text("stage"), r.text("chain_segment"), r.text("typical_input"), r.text("typical_output"),
			r.text("output_grade_or_spec"), r.number("yield_low"), r.number("yield_high"), r.text("yield_basis"), r.text("yield_evidence"),
			r.text("loss_or_byproduct"), r.text("standard_terms"), r.text("note"), nil, r.sources(), r.text("year"), r.text("evidence")}
		var err error
		if s.Phases, err = supply.PhasesOfStage(s.Code); err != nil {
			panic(fmt.Sprintf("atlas: process_stages line %d: %v", r.line, err))
		}
		out = append(out, s)
	}
	return out
})

// Stages is every stage, in chain order.
func Stages() []ProcessStage { return clone(stages()) }
