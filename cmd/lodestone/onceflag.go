package main

import (
	"errors"

	"github.com/spf13/cobra"
)

// outputFlag is --output, -o of a command that writes one file; a second is refused, not taken in place of the first.
func outputFlag(cmd *cobra.Command, into *string, usage string) {
	cmd.Flags().VarP(&once{into: into}, "output", "o", usage)
}

// once is the value of a flag that may be given once.
type once struct {
	into  *string
	given bool
}

func (o *once) String() string {
	if o.into == nil {
		return ""
	}
	return *o.into
}

func (o *once) Type() string { return "string" }

func (o *once) Set(text string) error {
	if o.given {
		return errors.New("it is given twice, and one file is written: run the command again for the other")
	}
	o.given, *o.into = true, text
	return nil
}

// said is the value of a flag that says something when it is given: an empty variable of a script is refused, for it would be
// answered as if nothing had been asked.
type said string

func (s *said) String() string { return string(*s) }

func (s *said) Type() string { return "string" }

func (s *said) Set(text string) error {
	if text == "" {
		return errors.New("it is empty: leave it out, or say what it should be")
	}
	*s = said(text)
	return nil
}
