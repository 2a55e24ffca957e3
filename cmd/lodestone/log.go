package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// logCommand holds what concerns the log itself.
func logCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "log",
		Short: "The log itself: where it stands, signed",
	}, logHeadCommand())
}

// logHeadCommand prints the signed checkpoint.
func logHeadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "head",
		Short: "Print the signed head of the log",
		Long: `Prints the log's signed checkpoint: its name, how many entries it has, the Merkle root over them, and the signature.
Whoever keeps one can tell later that nothing before it was changed or taken away. Keep it somewhere else than the store.`,
		Example: "  lodestone log head > head-2026-11-23.txt",
		Args:    args(0, 0),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		l, closeStore, err := openLedger(cmd)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore()) }()
		head, err := l.Head(cmd.Context())
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd, struct {
				Log        string `json:"log"`
				Size       int64  `json:"size"`
				Root       string `json:"root"`
				Checkpoint string `json:"checkpoint"`
			}{head.Origin, head.Size, head.Root.String(), string(head.Note)})
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s", head.Note)
		return err
	}
	return cmd
}
