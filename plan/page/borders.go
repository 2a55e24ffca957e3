package page

import (
	"embed"
	"encoding/json"
	"fmt"
)

// borderFile is the file that make puts beside its README: coasts and borders as TopoJSON, Natural Earth 1:110 million.
const borderFile = "borders/countries-110m.json"

//go:embed borders
var borderFiles embed.FS

// spot is a longitude and a latitude, in degrees.
type spot [2]float64

// borders are the coasts and borders of the world as lines; none in a program that was built without them.
func borders() ([][]spot, error) {
	data, err := borderFiles.ReadFile(borderFile)
	if err != nil {
		return nil, nil // not fetched: the page says so
	}
	return readBorders(data)
}

// readBorders reads the arcs of a TopoJSON file: each once, though two countries share it. A point is given in steps from
// the one before it, as whole numbers to be scaled and moved (TopoJSON specification, 2.1.2 and 2.1.3).
func readBorders(data []byte) ([][]spot, error) {
	var file struct {
		Transform struct{ Scale, Translate spot }
		Arcs      [][][2]float64
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("reading %s: %w", borderFile, err)
	}
	out := make([][]spot, len(file.Arcs))
	for i, arc := range file.Arcs {
		var at [2]float64
		for _, step := range arc {
			var s spot
			for k := range s {
				at[k] += step[k]
				s[k] = at[k]*file.Transform.Scale[k] + file.Transform.Translate[k]
			}
			out[i] = append(out[i], s)
		}
	}
	return out, nil
}
