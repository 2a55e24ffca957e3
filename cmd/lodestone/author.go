package main

import (
	"github.com/spf13/cobra"

	"lodestone/record"
	"lodestone/supply"
)

// authorFlag adds --as to cmd.
func authorFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("as", "", "the party that says it, as a URI (a PGLN, a web address or any other)")
}

// authorOf reads the value of --as: a URI, or nothing.
func authorOf(text string) (supply.PartyID, error) {
	author := supply.PartyID(text)
	if err := record.CheckAuthor(author); err != nil {
		return "", usagef("--as: %w", err)
	}
	return author, nil
}
