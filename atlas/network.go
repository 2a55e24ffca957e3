package atlas

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed network
var networks embed.FS

// Networks names the supply networks that come with the program, each a folder of tables as package plan reads them. What
// their figures rest on stands in their rows; how each was worked out stands in network/README.md.
func Networks() []string {
	entries, err := networks.ReadDir("network")
	if err != nil {
		panic(err) // it is part of the program
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}

// Network is the tables of a network that comes with the program, by its name.
func Network(name string) (fs.FS, error) {
	if known := Networks(); !slices.Contains(known, name) {
		return nil, fmt.Errorf("there is no network %s here: there is %s", name, strings.Join(known, ", "))
	}
	return fs.Sub(networks, "network/"+name)
}
