package disclosure

import (
	"strconv"
	"strings"

	"lodestone/supply"
)

// country is a country's name with its code.
func country(c supply.Country) string {
	switch {
	case c == "":
		return "an unknown place"
	case c.Name() == "":
		return string(c)
	}
	return c.Name() + " (" + string(c) + ")"
}

func countryWords(code string) string { return country(supply.Country(code)) }

// brief is the beginning of a digest, enough to find it by.
func brief(id string) string {
	const most = 12
	head, hex, ok := strings.Cut(id, ":")
	if !ok {
		head, hex = "", id
	} else {
		head += ":"
	}
	if len(hex) > most {
		hex = hex[:most] + "…"
	}
	return head + hex
}

func count(n int) string { return strconv.Itoa(n) }

// lastPart is the end of an identifier, after its last colon or slash: what people call a lot by.
func lastPart(id string) string {
	if i := strings.LastIndexAny(id, ":/"); i >= 0 && i+1 < len(id) && strings.Contains(id, ":") {
		return id[i+1:]
	}
	return id
}
