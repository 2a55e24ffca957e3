package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/rules"
)

func factsOfLot(cmd *cobra.Command, lot string, f judgeFlags) (*rules.Facts, error) {
	return nil, fmt.Errorf("no record is open")
}
