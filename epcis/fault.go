package epcis

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with an event or a document.
type Fault struct {
	Pointer string // JSON pointer (RFC 6901) into the document, or into the event when it was decoded alone
	Rule    string // the name of the rule, see Rules
	Message string // what is wrong, lower case
	Hint    string // what to do about it, "" when the message says it
}

// String is "pointer: message: hint (rule)".
func (f Fault) String() string {
	at := f.Pointer
	if at == "" {
		at = "the whole"
	}
	hint := ""
	if f.Hint != "" {
		hint = ": " + f.Hint
	}
	return fmt.Sprintf("%s: %s%s (%s)", at, f.Message, hint, f.Rule)
}

// Faults is every fault found, in the order of the text. It is an error when it is not empty; nil is no fault.
type Faults []Fault

// Error names the first three faults and the number of the rest.
func (f Faults) Error() string {
	const shown = 3
	var b strings.Builder
	for i, fault := range f {
		if i == shown {
			fmt.Fprintf(&b, "; and %d more", len(f)-shown)
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(fault.String())
	}
	return b.String()
}

// Err is f as an error, nil when there is no fault.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Pass is the faults that rules of one pass have found.
func (f Faults) Pass(p Pass) Faults {
	var out Faults
	for _, fault := range f {
		if passOf(fault.Rule) == p {
			out = append(out, fault)
		}
	}
	return out
}

// Under is f with each pointer put below another, as an event's faults below the event's place in its document.
func (f Faults) Under(pointer string) Faults {
	out := make(Faults, len(f))
	for i, fault := range f {
		fault.Pointer = pointer + fault.Pointer
		out[i] = fault
	}
	return out
}
