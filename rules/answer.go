package rules

import "lodestone/quantity"

// Answer is what a question gets: the worst verdict of all prohibitions asked, and each book's own part.
type Answer struct {
	Verdict     Verdict      `json:"verdict"`
	Delivery    string       `json:"delivery"`
	Engine      int          `json:"engine"`                 // format number of the engine that gave it
	LogPosition int64        `json:"log_position,omitempty"` // of the record it was given from
	Books       []BookAnswer `json:"books"`
	Unjudged    []string     `json:"unjudged,omitempty"` // clauses named in the contract for which there is no book here
	Advice      string       `json:"advice"`
}

// EngineFormat is the number of this engine's rules of judgement. It rises when the same log position, book digest, day
// and question may get another answer.
const EngineFormat = 1

// Advice stands on every answer.
const Advice = "decision support, not legal advice"

// BookAnswer is one book's verdict with its reasons.
type BookAnswer struct {
	Book            string      `json:"book"`
	Kind            string      `json:"kind"`
	Version         string      `json:"version"` // "" of a statute
	Digest          string      `json:"digest"`
	Verdict         Verdict     `json:"verdict"`
	Own             Verdict     `json:"own"`
	DecidedBy       []string    `json:"decided_by"`
	Because         string      `json:"because"`
	WeakestEvidence string      `json:"weakest_evidence"` // "" where the verdict rests on no step
	Grounds         []Ground    `json:"grounds"`
	Missing         []Missing   `json:"missing"`
	Doubts          []Shown     `json:"doubts"`
	Conflicts       []Conflicts `json:"conflicts"`
	Notes           []Shown     `json:"notes"`
	Assumed         []string    `json:"assumed"`
}

// Ground is one node of the explanation: a clause with its words, a dated legal value with its source, a fact, or the
// entry or document it rests on.
type Ground struct {
	Kind   string   `json:"kind"` // clause, value, fact, source
	Text   string   `json:"text"`
	Cite   string   `json:"cite,omitempty"`
	Sure   Sure     `json:"sure,omitempty"`
	Source string   `json:"source,omitempty"`
	Under  []Ground `json:"under,omitempty"`
}

// Missing is one fact of which some value would change the verdict, and whom to ask for it.
type Missing struct {
	Fact string `json:"fact"`
	Ask  string `json:"ask"`
}

// Shown is a doubt or a note that bears on the verdict.
type Shown struct {
	ID       string           `json:"id"`
	Key      string           `json:"key,omitempty"`
	Class    DoubtClass       `json:"class"`
	Question string           `json:"question"`
	Chosen   string           `json:"chosen,omitempty"`
	Readings []ReadingVerdict `json:"readings,omitempty"`
	Source   string           `json:"source,omitempty"`
}

// ReadingVerdict is what the verdict would be under one reading.
type ReadingVerdict struct {
	Value   string  `json:"value"`
	Says    string  `json:"says"`
	Verdict Verdict `json:"verdict"`
}

// Conflicts names two authorities that disagree.
type Conflicts struct {
	Doubt   string     `json:"doubt"`
	Says    string     `json:"says"`
	Between []Position `json:"between"`
}

// Position is one authority's own verdict.
type Position struct {
	Book      string   `json:"book"`
	Version   string   `json:"version,omitempty"`
	Verdict   Verdict  `json:"verdict"`
	DecidedBy []string `json:"decided_by"`
	Because   string   `json:"because"`
}

// Span is the answer from one day on.
type Span struct {
	From    string       `json:"from"`
	Verdict Verdict      `json:"verdict"`
	Books   []BookAnswer `json:"books"`
}

// Course is how the answer changes over a period.
type Course struct {
	From        string  `json:"from"`
	Until       string  `json:"until"`
	Verdict     Verdict `json:"verdict"` // the worst
	Changes     []Span  `json:"changes"`
	Engine      int     `json:"engine"`
	LogPosition int64   `json:"log_position,omitempty"`
	Advice      string  `json:"advice"`
}

func day(d quantity.Date) string { return d.String() }
