package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// versionCommand prints what was built from what.
func versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version of this program",
		Example: "  lodestone version --json",
		Args:    args(0, 0),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		v := struct {
			Version  string `json:"version"`
			Revision string `json:"revision,omitempty"`
			Modified bool   `json:"modified,omitempty"`
			Go       string `json:"go"`
			System   string `json:"system"`
		}{Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
		if info, ok := debug.ReadBuildInfo(); ok {
			for _, s := range info.Settings {
				switch s.Key {
				case "vcs.revision":
					v.Revision = s.Value
				case "vcs.modified":
					v.Modified = s.Value == "true"
				}
			}
		}
		if *asJSON {
			return printJSON(cmd, v)
		}
		_, err := fmt.Fprintf(cmd.OutOrStdout(), "lodestone %s (%s, %s)\n", v.Version, v.Go, v.System)
		return err
	}
	return cmd
}
