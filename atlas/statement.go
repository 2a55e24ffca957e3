package atlas

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/supply"
)

// Statement is a facility of the table as a statement, and false when there is none with the id. What is approximate or
// only planned says so; an operator that the table names as several, or with a doubt, is left out of the statement's
// operator and stands in its note.
func Statement(id string) (supply.Statement, bool) {
	f, ok := FacilityOf(id)
	if !ok {
		return supply.Statement{}, false
	}
	s := &supply.Facility{ID: f.URI(), Name: f.Name, Country: f.Country, Lat: f.Lat, Lon: f.Lon, Planned: f.Planned()}
	var remarks []string
	if slug := partySlug(f.Operator); slug != "" {
		s.Operator = supply.PartyID(supply.PartyPrefix + slug)
	}
	remarks = append(remarks, "operator: "+f.Operator, "status: "+f.Status)
	if f.Start != "" {
		remarks = append(remarks, "start: "+f.Start)
	}
	if f.Lat != "" && f.Approximate {
		remarks = append(remarks, "coordinates: "+f.Coordinates)
	}
	remarks = append(remarks, "sources: "+strings.Join(f.Sources, ", ")+" ("+f.Year+", "+f.Evidence+")")
	s.Note = strings.Join(remarks, "; ")
	return supply.Statement{Facility: s}, true
}

// Parties is the parties that agreements and single operators name, as statements' parties, by id. Their countries of
// incorporation are not in the tables and are left out.
func Parties() []supply.Party {
	names := map[string]string{}
	for slug, name := range partyNames {
		names[slug] = name
	}
	for _, f := range facilities() {
		if slug := partySlug(f.Operator); slug != "" && names[slug] == "" {
			names[slug] = operatorName(f.Operator)
		}
	}
	slugs := make([]string, 0, len(names))
	for slug := range names {
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs)
	var out []supply.Party
	for _, slug := range slugs {
		out = append(out, supply.Party{ID: supply.PartyID(supply.PartyPrefix + slug), Name: names[slug]})
	}
	return out
}

// partyNames are the parties whose slug is not simply made of their name.
var partyNames = map[string]string{
	"ramaco": "Ramaco Resources", "realloys": "REalloys", "src": "Saskatchewan Research Council", "critical-metals": "Critical Metals Corp",
	"us-dod": "United States Department of Defense", "mp-materials": "MP Materials", "arafura": "Arafura", "energy-fuels": "Energy Fuels",
	"asm": "Australian Strategic Materials", "usa-rare-earth": "USA Rare Earth", "serra-verde": "Serra Verde", "mulberry-industries": "Mulberry Industries",
}

// operatorName is the operator without what stands in brackets.
func operatorName(operator string) string {
	name, _, _ := strings.Cut(operator, " (")
	return name
}

// partySlug is the last part of the party's URI for an operator that is one party; "" when it is several or in doubt.
func partySlug(operator string) string {
	name := operatorName(operator)
	if name == "" || strings.ContainsAny(name, "/;,") || strings.HasPrefix(name, "various") || strings.HasPrefix(name, "Govt") {
		return ""
	}
	if name == "Ucore Rare Metals" {
		name = "Ucore"
	}
	for slug, full := range partyNames {
		if name == full {
			return slug
		}
	}
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == ' ', r == '-':
			b.WriteByte('-')
		default:
			panic(fmt.Sprintf("atlas: operator %q: no slug for %q", operator, r))
		}
	}
	return b.String()
}
