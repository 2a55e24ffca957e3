package supply

import (
	"fmt"
	"strings"
)

// ParseCountry reads an ISO 3166-1 alpha-2 code, an English short name or a common other name, in any case: "US",
// "usa", "China", "PRC", "Burma". An unknown text is refused with a hint. Hong Kong, Macao and Taiwan have codes of
// their own; which law counts them where is not decided here. Texts that name no single country are refused, such as EU,
// Korea, Congo; and so is NA, which people write for "not available" and ISO for Namibia.
func ParseCountry(text string) (Country, error) {
	key := countryKey(text)
	if key == "" {
		return "", fmt.Errorf("country is empty: leave it out if it is unknown")
	}
	if why, ok := countryRefused[key]; ok {
		return "", fmt.Errorf("unknown country %q: %s", text, why)
	}
	if c, ok := countryByKey[key]; ok {
		return c, nil
	}
	if near := nearest(key); near != "" {
		return "", fmt.Errorf("unknown country %q: did you mean %s (%s)?", text, near, near.Name())
	}
	return "", fmt.Errorf("unknown country %q: want an ISO 3166-1 alpha-2 code such as US, CA, CN", text)
}

// Name is the English short name, "" when the code is not of the table.
func (c Country) Name() string {
	if i, ok := countryIndex[c]; ok {
		return countries[i].name
	}
	return ""
}

// Known tells whether c is a code of ISO 3166-1, in capitals.
func (c Country) Known() bool { _, ok := countryIndex[c]; return ok }

// Countries is every code, in alphabetical order.
func Countries() []Country {
	cs := make([]Country, len(countries))
	for i, r := range countries {
		cs[i] = r.code
	}
	return cs
}

type countryRow struct {
	code    Country
	name    string
	aliases string // separated by "|"
}

var countryIndex = func() map[Country]int {
	m := make(map[Country]int, len(countries))
	for i, r := range countries {
		m[r.code] = i
	}
	return m
}()

var countryByKey = func() map[string]Country {
	m := make(map[string]Country, 3*len(countries))
	for _, r := range countries {
		m[countryKey(string(r.code))] = r.code
		m[countryKey(r.name)] = r.code
		if r.aliases != "" {
			for a := range strings.SplitSeq(r.aliases, "|") {
				m[countryKey(a)] = r.code
			}
		}
	}
	return m
}()

// countryKey drops case, points, commas, apostrophes, a leading article, and accents of the Latin letters in use.
func countryKey(text string) string {
	s := accents.Replace(strings.ToLower(strings.TrimSpace(text)))
	s = strings.Join(strings.Fields(s), " ")
	return strings.TrimPrefix(s, "the ")
}

var accents = strings.NewReplacer(".", "", ",", "", "'", "", "’", "", "(", "", ")", "", "-", " ", "&", " and ",
	"å", "a", "ç", "c", "é", "e", "è", "e", "ô", "o", "ü", "u", "í", "i", "ã", "a",
	"Å", "a", "Ç", "c", "É", "e", "Ô", "o", "Ü", "u")

// countryRefused are texts that name no single country, with what to do.
var countryRefused = map[string]string{
	"eu": "the European Union is no country; name the member state", "european union": "name the member state", "europe": "name the country",
	"africa": "name the country", "asia": "name the country", "north america": "name the country", "south america": "name the country",
	"korea": "say KR (South Korea) or KP (North Korea)", "congo": "say CD (Kinshasa) or CG (Brazzaville)",
	"ussr": "it no longer exists; name the country of today", "soviet union": "it no longer exists; name the country of today",
	"uk us": "name one country", "unknown": "leave it out if it is unknown", "n/a": "leave it out if it is unknown", "na": "write Namibia in full if that is meant, and leave it out if the country is unknown",
	"various": "name each country on its own", "multiple": "name each country on its own", "other": "leave it out if it is unknown",
	"yugoslavia": "it no longer exists; name the country of today", "america": "say US, or the country that is meant",
	"guinea equatorial": "say GQ (Equatorial Guinea)",
}

// nearest is the country whose name is one slip away from the key: one letter wrong, missing, added or two swapped.
// Codes are not guessed at, and neither is a key that two countries are equally near to.
func nearest(key string) Country {
	if len(key) < 4 || len(key) > 64 {
		return ""
	}
	var found Country
	for _, r := range countries {
		if within(key, countryKey(r.name)) || strings.HasPrefix(countryKey(r.name), key+" ") {
			if found != "" && found != r.code {
				return ""
			}
			found = r.code
		}
	}
	return found
}

// within tells whether a becomes b by one slip.
func within(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
