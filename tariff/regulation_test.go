package tariff

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/reading"
	"lodestone/supply"
)

// section is the text of the regulation file between two headings.
func section(t *testing.T, from, to string) string {
	t.Helper()
	data, err := os.ReadFile(reading.Path(t, "law/regulation.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), from)
	text, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("no text between %q and %q", from, to)
	}
	return text
}

// TestBaseRatesOfRegulation reads the table of base rates in the regulation file, row by row, against the tables.
func TestBaseRatesOfRegulation(t *testing.T) {
	s := us(t)
	percent := func(cell string) string {
		cell = strings.Trim(strings.TrimSpace(cell), "* %")
		cell = strings.TrimSpace(strings.TrimSuffix(cell, "%"))
		if cell == "Free" {
			return "0"
		}
		return quantity.MustDecimal(cell).String()
	}
	rows := 0
	for line := range strings.Lines(section(t, "## 3.1 Base rates", "## 3.2")) {
		f := strings.Split(line, "|")
		if len(f) < 6 || !strings.Contains(f[1], ".") || strings.Contains(f[1], "—") {
			continue
		}
		codes := strings.Split(strings.Trim(f[1], " *"), " / ")
		for i, c := range codes {
			if i > 0 {
				c = codes[0][:len("8505.19")] + c
			}
			h, err := ParseHTS(c)
			if err != nil {
				t.Fatal(err)
			}
			row := s.code(h)
			if row == nil {
				t.Errorf("the tables lack %s", c)
				continue
			}
			rows++
			if g, c2 := row.General[0].Value.String(), row.Column2[0].Value.String(); g != percent(f[3]) || c2 != percent(f[4]) {
				t.Errorf("%s: the tables say %s and %s, the regulation %s and %s", c, g, c2, f[3], f[4])
			}
			if _, list, ok := strings.Cut(f[5], "Free ("); ok {
				list, _, _ = strings.Cut(strings.ReplaceAll(list, "*", ""), ")")
				if got := strings.Join(row.Special[0].Programs, ", "); got != list || row.Special[0].Value.Sign() != 0 {
					t.Errorf("%s: special programs %s, the regulation has %s", c, got, list)
				}
			}
		}
	}
	if rows != len(s.Codes) {
		t.Errorf("the regulation has %d rows, the tables %d", rows, len(s.Codes))
	}
}

// economies are the regulation's words for countries that are not their ISO short names.
var economies = map[string]string{"European Union": "eu", "UAE": "AE", "Türkiye": "TR"}

// TestForcedLabourOfRegulation reads the country table of note 52, treatment, heading and economy, against the layer.
func TestForcedLabourOfRegulation(t *testing.T) {
	s := us(t)
	text := section(t, "**s.301 forced-labour country table**", "Caution:")
	entry := regexp.MustCompile(`([A-Z][^,|*]*?) (\.\d\d(?:/\.\d\d)?)\b`)
	seen := 0
	for line := range strings.Lines(text) {
		outcome, value := Outcome(""), ""
		switch {
		case strings.HasPrefix(line, "| **+10 %"):
			outcome, value = AddRate, "10"
		case strings.HasPrefix(line, "| **+12.5 %"):
			outcome, value = AddRate, "12.5"
		case strings.HasPrefix(line, "| **floor 10 %"):
			outcome, value = Floor, "10"
		case strings.HasPrefix(line, "| **floor 12.5 %"):
			outcome, value = Floor, "12.5"
		default:
			continue
		}
		cell := regexp.MustCompile(`\([^)]*\)`).ReplaceAllString(strings.Split(line, "|")[2], "")
		for _, m := range entry.FindAllStringSubmatch(strings.ReplaceAll(cell, "*", ""), -1) {
			name := strings.TrimSpace(m[1])
			heading := "9903.05" + strings.ReplaceAll(m[2], "/", " or 9903.05")
			origin := supply.Country("DE")
			if iso := economies[name]; iso != "eu" {
				c, err := supply.ParseCountry(name)
				if iso != "" {
					c, err = supply.Country(iso), nil
				}
				if err != nil {
					t.Errorf("%q: %v", name, err)
					continue
				}
				origin = c
			}
			seen++
			r := countryRule(s, origin)
			if r == nil || r.Outcome != outcome || r.Value.String() != value || r.Heading != heading {
				t.Errorf("%s: the tables say %+v, the regulation %s %s by %s", name, r, outcome, value, heading)
			}
		}
	}
	if seen != 60 {
		t.Errorf("%d economies in the regulation's table, want 60", seen)
	}
}

// countryRule is the rule of the forced labour layer that sets the rate of an origin.
func countryRule(s *Schedule, origin supply.Country) *Rule {
	for i := range s.Layers {
		if s.Layers[i].ID != "s301-forced-labour" {
			continue
		}
		for j := range s.Layers[i].Rules {
			r := &s.Layers[i].Rules[j]
			if (r.Outcome == AddRate || r.Outcome == Floor) && slices.Contains(r.Origins, origin) {
				return r
			}
		}
	}
	return nil
}
