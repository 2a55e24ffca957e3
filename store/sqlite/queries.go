package sqlite

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed sql
var files embed.FS

// queries reads a file of named statements: each begins at a line "-- name: <name>" and ends where the next begins.
func queries(path string) (map[string]string, error) {
	text, err := files.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the statements of %s: %w", path, err)
	}
	out := map[string]string{}
	for part := range strings.SplitSeq(string(text), "-- name: ") {
		name, body, ok := strings.Cut(part, "\n")
		if !ok || name == "" {
			continue
		}
		if _, twice := out[name]; twice {
			return nil, fmt.Errorf("read the statements of %s: %q stands there twice", path, name)
		}
		out[name] = strings.TrimSpace(body)
	}
	return out, nil
}
