package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// rootCommand is the whole command line. A new subcommand is a file with a function, and a line here.
func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "lodestone",
		Short: "Rare earth magnets from mine to missile: the record, and whether one may be delivered",
		Long: `Lodestone records what happened to rare earth material from the mine to the missile, and judges on that record
whether a magnet, or the thing it sits in, may be delivered under DFARS. It answers with the paragraph that decided and
the shortest path of evidence down to the records and papers. What is unknown is never taken as clean.

It is a noncustodial record and decision support, not legal advice.`,
		Example: `  lodestone demo                                  see it work, in a store of its own
  lodestone import csv --template sheets/         empty spreadsheets, with notes
  lodestone capture events.json --as urn:epc:id:pgln:0614141.00001
  lodestone trace MAGNET-7                        its family tree, up to the mines`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().String("store", "", "where the records are: sqlite:PATH or mem: (default $LODESTONE_STORE, else a file in your data folder)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		text, kind, ok := strings.Cut(err.Error(), ": strconv.Parse")
		switch {
		case ok && strings.HasPrefix(kind, "Bool"):
			text += ": want true or false, or the flag alone"
		case ok:
			text += ": want a number"
		}
		return usagef("%s", text)
	})
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveDefault)
	return group(root,
		captureCommand(),
		importCommand(),
		lotsCommand(),
		showCommand(),
		traceCommand(),
		recallCommand(),
		commonCommand(),
		balanceCommand(),
		attachCommand(),
		demoCommand(),
		simCommand(),
		judgeCommand(),
		explainCommand(),
		lawCommand(),
		paperCommand(),
		dutyCommand(),
		exposureCommand(),
		landedCommand(),
		breakevenCommand(),
		planCommand(),
		solveCommand(),
		exportCommand(),
		fsckCommand(),
		rebuildCommand(),
		logCommand(),
		versionCommand(),
	)
}
