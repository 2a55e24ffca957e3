package lodestone_test

import (
	"fmt"
	"regexp"
	"strings"
)

// room is one package folder of layers.txt.
type room struct {
	name   string // path from the repository root
	row    int    // 0 is the topmost row
	column int    // place in its row, from the left
	group  string
	pure   bool // no clock, disk, network, global randomness or log
	apart  bool // an adapter: never imports another adapter
}

var twoSpaces = regexp.MustCompile(` {2,}`)

// parseLayers reads the text of layers.txt: a row is rooms, two or more spaces, group and, if any, two or more spaces
// and manner. Lines that begin with # are notes.
func parseLayers(text string) (map[string]room, error) {
	rooms := map[string]room{}
	row := 0
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := twoSpaces.Split(line, -1)
		if len(fields) < 2 || len(fields) > 3 {
			return nil, fmt.Errorf("layers.txt line %d: want rooms, group and perhaps manner, set apart by two spaces: %q", i+1, line)
		}
		manner := ""
		if len(fields) == 3 {
			manner = fields[2]
		}
		if manner != "" && manner != "pure" && manner != "apart" {
			return nil, fmt.Errorf("layers.txt line %d: unknown manner %q: pure, apart or none", i+1, manner)
		}
		for column, name := range strings.Fields(fields[0]) {
			if _, twice := rooms[name]; twice {
				return nil, fmt.Errorf("layers.txt line %d: %s is named twice", i+1, name)
			}
			rooms[name] = room{name: name, row: row, column: column, group: fields[1], pure: manner == "pure", apart: manner == "apart"}
		}
		row++
	}
	return rooms, nil
}

// mayImport tells whether a may import b, and if not, why.
func (a room) mayImport(b room) (bool, string) {
	switch {
	case a.apart && b.apart:
		return false, "adapters never import one another"
	case b.row < a.row || b.row == a.row && b.column < a.column:
		return true, ""
	}
	return false, "a package imports only what stands above it or to its left in layers.txt"
}
