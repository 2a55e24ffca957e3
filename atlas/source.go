package atlas

import (
	"strings"
	"sync"
)

// Source is where a figure comes from.
type Source struct {
	Key  string // "S-MCS25"
	At   string // address or other identification
	What string
	Date string // a year or a date, as the source has it; "" when it has none
	Kind string // licence, or what kind of source it is: press, vendor, government, secondary
}

var sources = sync.OnceValue(func() []Source {
	var out []Source
	for _, r := range append(read("sources"), rowsOf(networks, "network", "sources")...) {
		out = append(out, Source{r.text("key"), r.text("url_or_id"), r.text("what"), r.text("date_or_year"), r.text("kind_or_licence_note")})
	}
	return out
})

// Sources is every source, in the order of the table; those that the networks alone rest on come last.
func Sources() []Source { return clone(sources()) }

// SourceOf is the source with the key, and false when there is none.
func SourceOf(key string) (Source, bool) {
	for _, s := range sources() {
		if s.Key == key {
			return s, true
		}
	}
	return Source{}, false
}

// unrecorded begins the source of a figure that was read on a page nobody wrote down.
const unrecorded = "MEM - "

// PseudoSource tells whether the key names no source but a way of coming by a figure: MEM (from memory, with or without
// the publication that is remembered, or with the word that its page was not recorded), CALC (computed from rows with other sources) and CIAAW(memory).
func PseudoSource(key string) bool {
	return key == "MEM" || strings.HasPrefix(key, unrecorded) || key == "CALC" || key == "CIAAW(memory)" || strings.HasPrefix(key, "MEM (") && strings.HasSuffix(key, ")")
}
