package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/rules"
)

// Standing is what a paper was made from: with it the same paper can be made again, and checked.
type Standing struct {
	On       quantity.Date `json:"-"`                  // the day asked about
	Day      string        `json:"on"`                 // the same, YYYY-MM-DD
	Books    []BookMark    `json:"books"`              // the books that speak in it
	Log      string        `json:"log,omitempty"`      // the log's name
	Position int64         `json:"log_position"`       // entries of the log that it was made from
	Root     string        `json:"log_root,omitempty"` // the Merkle root at that position, base64
	Engine   int           `json:"engine"`             // format number of the engine
	Advice   string        `json:"advice"`
}

// BookMark names a book as it was when the paper was made.
type BookMark struct {
	Book    string `json:"book"`
	Version string `json:"version,omitempty"`
	Digest  string `json:"digest"`

	Amended []string `json:"amended_by,omitempty"` // acts of the user's own laid over it, pending ones too
}

// Stand is the standing of a paper on a day, from a log at a position. The books that speak in it are yet to be named.
func Stand(on quantity.Date, log string, position int64, root string) Standing {
	return Standing{On: on, Day: on.String(), Log: log, Position: position, Root: root, Engine: rules.EngineFormat, Advice: rules.Advice, Books: []BookMark{}}
}

// MarksOf is the books that an answer came from.
func MarksOf(a *rules.Answer) []BookMark {
	out := []BookMark{}
	for _, b := range a.Books {
		out = append(out, BookMark{Book: b.Book, Version: b.Version, Digest: b.Digest, Amended: slices.Concat(b.AmendedBy, b.AsIf)})
	}
	return out
}

// Foot is the lines that stand at the foot of every sheet.
func (s Standing) Foot() []string {
	foot := []string{"Decision support, not legal advice. A noncustodial record: nothing here takes custody of material."}
	for _, b := range s.Books {
		name := b.Book
		if b.Version != "" {
			name += " (" + b.Version + ")"
		}
		with := ""
		if len(b.Amended) > 0 {
			with = ", with the user's own law laid over it: " + strings.Join(b.Amended, "; ")
		}
		foot = append(foot, fmt.Sprintf("Book %s, digest %s, read as on %s%s.", name, b.Digest, s.Day, with))
	}
	if len(s.Books) == 0 {
		foot = append(foot, "Made as on "+s.Day+".")
	}
	if s.Position > 0 {
		line := fmt.Sprintf("Log position %d", s.Position)
		if s.Log != "" {
			line = fmt.Sprintf("Log %s, position %d", s.Log, s.Position)
		}
		if s.Root != "" {
			line += ", root " + s.Root
		}
		foot = append(foot, line+fmt.Sprintf(", engine format %d.", s.Engine))
	}
	return foot
}
