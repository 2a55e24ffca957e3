package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/atlas"
	"lodestone/plan"
)

func planNetworksCommand() *cobra.Command {
	var into string
	cmd := &cobra.Command{
		Use:   "networks",
		Short: "The networks that come with the program, with their scenarios; as files with --into",
		Example: `  lodestone plan networks
  lodestone plan networks --into .       writes north-america/ to work on`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			t := newTable("network", "scenarios")
			for _, name := range atlas.Networks() {
				tables, err := atlas.Network(name)
				if err != nil {
					return err
				}
				if into != "" {
					if err := os.CopyFS(filepath.Join(into, name), tables); err != nil {
						return err
					}
				}
				sheets, err := plan.ReadFolder(tables)
				if err != nil {
					return err
				}
				t.AppendRow([]any{name, strings.Join(plan.Scenarios(sheets), "\n")})
			}
			return printTable(cmd.OutOrStdout(), t)
		},
	}
	cmd.Flags().StringVar(&into, "into", "", "write their tables into this folder, each in one of its name")
	return cmd
}

// ownNetwork is the tables of a network that comes with the program, where nothing of its name lies in the folder one works
// in.
func ownNetwork(name string) (fs.FS, bool) {
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) || !slices.Contains(atlas.Networks(), name) {
		return nil, false
	}
	tables, err := atlas.Network(name)
	return tables, err == nil
}
