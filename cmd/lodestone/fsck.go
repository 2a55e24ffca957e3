package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/ledger"
)

// checked is what fsck reports.
type checked struct {
	Sound       bool          `json:"sound"`
	Entries     int64         `json:"entries"`
	Events      int64         `json:"events"`
	Statements  int64         `json:"statements"`
	Root        string        `json:"root"`
	Checkpoints int           `json:"checkpoints"`
	Indexed     int64         `json:"indexed"`
	Faults      []problemView `json:"faults,omitempty"`
	MoreFaults  int           `json:"more_faults,omitempty"`
}

type problemView struct {
	Entry int64  `json:"entry,omitempty"` // 0: the log as a whole, or its index
	What  string `json:"what"`
}

// fsckCommand recomputes everything from the raw entries and compares.
func fsckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fsck",
		Short: "Recompute everything from the raw entries and compare",
		Long: `Recomputes everything from the raw entries and compares: positions, identities, the commitment to each entry, every
node of the Merkle tree, the head, every signed head that was ever kept, and the index. It changes nothing.

A fault of the index is mended by lodestone rebuild. A fault of the log is not: restore it from a copy.`,
		Example: "  lodestone fsck --json",
		Args:    args(0, 0),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		l, closeStore, err := openLedger(cmd)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore()) }()
		bar := entriesBar(cmd, "checking")
		r, err := l.Fsck(cmd.Context(), bar.of)
		bar.done()
		if err != nil {
			return err
		}
		if *asJSON {
			c := checked{Sound: r.Clean(), Entries: r.Size, Events: r.Events, Statements: r.Statements, Root: r.Root.String(),
				Checkpoints: r.Checkpoints, Indexed: r.Indexed, MoreFaults: r.More}
			for _, p := range r.Problems {
				c.Faults = append(c.Faults, problemView{p.Seq, p.What})
			}
			if err := printJSON(cmd, c); err != nil {
				return err
			}
		}
		if !r.Clean() {
			if !*asJSON {
				printProblems(cmd, &r)
			}
			return failed()
		}
		if *asJSON {
			return nil
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "sound: %s (%s, %s), %s compared, index to entry %s\nroot %s\n", count(r.Size, "entry"),
			count(r.Events, "event"), count(r.Statements, "statement"), count(r.Checkpoints, "signed head"), group3(r.Indexed), r.Root)
		return err
	}
	return cmd
}

func printProblems(cmd *cobra.Command, r *ledger.Report) {
	errs := cmd.ErrOrStderr()
	for _, p := range r.Problems {
		fmt.Fprintln(errs, p)
	}
	fmt.Fprintf(errs, "%s in a log of %s\n", count(len(r.Problems)+r.More, "fault"), count(r.Size, "entry"))
}

// entriesBar is a bar over the entries of the log.
func entriesBar(cmd *cobra.Command, name string) *progress {
	return newProgress(cmd, name, 0, decor.CountersNoUnit("%d of %d entries"))
}
