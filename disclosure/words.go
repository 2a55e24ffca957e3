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

// factWords is a missing fact as people ask for it: where the Nd of MAGNET-7 was mined. Other facts stay as they are named.
func factWords(fact string) string {
	head, field, ok := strings.Cut(fact, "].steps[")
	lot, isLot := strings.CutPrefix(head, "materials[")
	what, rest, closed := strings.Cut(field, "]")
	if !ok || !isLot || !closed || rest != ".country" {
		return fact
	}
	phase, elements, some := strings.Cut(what, " ")
	if _, err := supply.ParsePhase(phase); err != nil {
		return fact
	}
	if some {
		return "where the " + elements + " of " + lot + " was " + phase
	}
	return "where " + lot + " was " + phase
}
