package rules

import "lodestone/quantity"

// Answer is what a question gets: the worst verdict of all prohibitions asked, and each book's own part.
type Answer struct {
	Verdict     Verdict      `json:"verdict"` // "" where no prohibition was asked
	Delivery    string       `json:"delivery"`
	Engine      int          `json:"engine"`                  // format number of the engine that gave it
	LogPosition int64        `json:"log_position,omitempty"`  // of the record it was given from
	AsIf        []string     `json:"as_if_enacted,omitempty"` // pending acts that were taken as enacted: this is a scenario
	Books       []BookAnswer `json:"books"`
	Unjudged    []string     `json:"unjudged,omitempty"` // clauses named in the contract for which there is no book here
	Advice      string       `json:"advice"`
}

// Overall is the answer's verdict, or where no prohibition was asked the gravest of its books' answers.
func (a *Answer) Overall() Verdict {
	if a.Verdict != "" || len(a.Books) == 0 {
		return a.Verdict
	}
	v := a.Books[0].Verdict
	for _, b := range a.Books[1:] {
		if b.Verdict.Worse(v) {
			v = b.Verdict
		}
	}
	return v
}

// Overall is the course's verdict, or where no prohibition was asked the gravest answer in it.
func (c *Course) Overall() Verdict {
	v := c.Verdict
	for _, s := range c.Changes {
		a := Answer{Verdict: s.Verdict, Books: s.Books}
		if o := a.Overall(); v == "" || c.Verdict == "" && o.Worse(v) {
			v = o
		}
	}
	return v
}

// EngineFormat is the number of this engine's rules of judgement. It rises when the same log position, book digest, day
// and question may get another answer.
const EngineFormat = 3

// Advice stands on every answer.
const Advice = "decision support, not legal advice"

// BookAnswer is one book's verdict with its reasons.
type BookAnswer struct {
	Book            string      `json:"book"`
	Kind            Kind        `json:"kind"`
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

	AsIf       []string         `json:"as_if_enacted,omitempty"` // pending acts that this book, or the statute it hears, is read with
	AmendedBy  []string         `json:"amended_by,omitempty"`    // adopted acts laid over it by the user
	Materials  []MaterialAnswer `json:"materials,omitempty"`     // each material's own answer, of a book that is no prohibition
	Gives      []Given          `json:"gives,omitempty"`         // what is required, or what a claim is eligible for
	Discloses  []Disclosed      `json:"discloses,omitempty"`     // what must be told, as far as it is known
	NotInForce []Unforced       `json:"not_in_force,omitempty"`  // words of the book that wait on an act or are suspended on the day
	RestsOn    []Rest           `json:"rests_on,omitempty"`      // legal facts behind the answer that are not quoted: secondary, from memory, conflicting
}

// MaterialAnswer is what a book that is no prohibition says of one material.
type MaterialAnswer struct {
	Material string  `json:"material"`
	Verdict  Verdict `json:"verdict"`
}

// Given is something required, or given: a licence, a duty, a credit, with its dated value.
type Given struct {
	What     string `json:"what"`
	Material string `json:"material,omitempty"` // "" the question as a whole
	Cite     string `json:"cite"`
	Certain  bool   `json:"certain"` // false: whether it is required hangs on what is not known
	Value    string `json:"value,omitempty"`
	Unit     string `json:"unit,omitempty"`
	From     string `json:"from,omitempty"` // of the value
	Until    string `json:"until,omitempty"`
	Sure     Sure   `json:"sure,omitempty"`
	Source   string `json:"source,omitempty"`
}

// Disclosed is one fact that must be told: of a phase of a material the countries where it happened, or another fact.
type Disclosed struct {
	What     string   `json:"what"`
	Material string   `json:"material,omitempty"`
	Phase    string   `json:"phase,omitempty"`
	Elements string   `json:"elements,omitempty"`
	Values   []string `json:"values"` // countries, or the fact's value; "unknown" among them where part of it is not known
	Known    bool     `json:"known"`
	Cite     string   `json:"cite"`
}

// Unforced is words that are not in force on the day, or whose force is open.
type Unforced struct {
	Cite   string `json:"cite"`
	State  string `json:"state"` // "waits on", "suspended"
	By     string `json:"by"`    // the act it waits on, or that suspends it
	From   string `json:"from,omitempty"`
	Until  string `json:"until,omitempty"`
	If     string `json:"if,omitempty"` // the reading under which this holds
	Sure   Sure   `json:"sure,omitempty"`
	Source string `json:"source,omitempty"`
}

// Rest is a legal fact behind an answer that is less than quoted.
type Rest struct {
	What   string `json:"what"`
	Sure   Sure   `json:"sure"` // S secondary, M from memory, C conflicting
	Source string `json:"source"`
}

// Ground is one node of the explanation: a clause with its words, a dated legal value with its source, a fact of the
// question with its field, or the entry or document it rests on. A clause is never a leaf: under it stand the values and
// facts that make it hold, or fail.
type Ground struct {
	Kind     string   `json:"kind"` // clause, value, fact, source
	Text     string   `json:"text"`
	Cite     string   `json:"cite,omitempty"` // of a clause or a value
	Sure     Sure     `json:"sure,omitempty"`
	Source   string   `json:"source,omitempty"`   // where a clause or a value stands; of a step the facility
	From     string   `json:"from,omitempty"`     // the days a value holds for
	Until    string   `json:"until,omitempty"`    //
	Fact     string   `json:"fact,omitempty"`     // field of the question, as people write it
	Line     int      `json:"line,omitempty"`     // of that field in the question's file
	Entry    string   `json:"entry,omitempty"`    // of the log
	Document string   `json:"document,omitempty"` // by digest
	Under    []Ground `json:"under,omitempty"`
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
	From        string   `json:"from"`
	Until       string   `json:"until"`
	Verdict     Verdict  `json:"verdict"` // the worst
	AsIf        []string `json:"as_if_enacted,omitempty"`
	Changes     []Span   `json:"changes"`
	Engine      int      `json:"engine"`
	LogPosition int64    `json:"log_position,omitempty"`
	Advice      string   `json:"advice"`
}

func day(d quantity.Date) string { return d.String() }
