package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lodestone/store/sqlite"
)

// rebuildCommand derives everything derived again.
func rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Throw derived state away and derive it again from the log",
		Long: `Throws the index and the snapshot of the lots away and derives both again from the log. Nothing else that is stored is
derived: verdicts are worked out when they are asked for.`,
		Example: "  lodestone rebuild",
		Args:    args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			l, closeStore, err := openLedger(cmd)
			if errors.Is(err, sqlite.ErrIndex) {
				// Not even readable as an index: it goes before the store is opened, and with it nothing that was captured.
				ref, refErr := storeOf(cmd)
				if refErr != nil {
					return refErr
				}
				if err := sqlite.RemoveIndex(ref.path); err != nil {
					return err
				}
				l, closeStore, err = openLedger(cmd)
			}
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, closeStore()) }()
			bar := entriesBar(cmd, "rebuilding")
			err = l.Rebuild(cmd.Context(), bar.of)
			bar.done()
			if err != nil {
				return err
			}
			if err := l.DropLots(); err != nil {
				return err
			}
			g, r, err := readRecord(cmd, l, "")
			if err != nil {
				return err
			}
			if err := l.KeepLots(cmd.Context(), g, r); err != nil {
				return err
			}
			size, err := l.Size(cmd.Context())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "rebuilt from %s\n", count(size, "entry"))
			return err
		},
	}
}
