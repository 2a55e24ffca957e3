package atlas

import (
	"strings"
	"sync"

	"lodestone/supply"
)

// Terms is one row of the table of agreements: one scope of one agreement, in the words of the source.
type Terms struct {
	Contract string
	Date     string // "May 2026"
	Type     string
	Scope    string
	Price    string // price terms, or "no tonnage published"
	Other    string
	Sources  []string
	Year     string
	Evidence string
}

var terms = sync.OnceValue(func() []Terms {
	var out []Terms
	for _, r := range read("contracts_terms") {
		out = append(out, Terms{r.text("contract"), r.text("date"), r.text("type"), r.text("volume_or_scope"), r.text("price_terms"), r.text("other"),
			r.sources(), r.text("source_year"), r.text("evidence")})
	}
	return out
})

// AllTerms is every row of the table.
func AllTerms() []Terms { return clone(terms()) }

// parties names the parties of the agreements by the table's contract name, and their short kind. The table's rows on
// a financing programme and on supply contracts in general have no two parties and are no agreements.
var parties = map[string]struct {
	id, kind    string
	parties     []string
	term, floor string // where the row's words state them
}{
	"Ramaco-REalloys MOU":                 {"ramaco-realloys-mou", "MOU", []string{"ramaco", "realloys"}, "", ""},
	"SRC-REalloys":                        {"src-realloys", "offtake", []string{"src", "realloys"}, "5 years", ""},
	"Critical Metals-REalloys (Tanbreez)": {"critical-metals-realloys", "offtake", []string{"critical-metals", "realloys"}, "15 years", ""},
	"Ramaco-Mulberry MOU":                 {"ramaco-mulberry-mou", "MOU", []string{"ramaco", "mulberry-industries"}, "", ""},
	"DoD-MP Materials":                    {"dod-mp-materials", "offtake", []string{"us-dod", "mp-materials"}, "10 years", "NdPr 110 USD/kg"},
	"Arafura-SRC":                         {"arafura-src", "tolling", []string{"arafura", "src"}, "", ""},
	"Energy Fuels-KMP/ASM":                {"energy-fuels-asm", "acquisition", []string{"energy-fuels", "asm"}, "", ""},
	"USA Rare Earth-Serra Verde":          {"usa-rare-earth-serra-verde", "acquisition", []string{"usa-rare-earth", "serra-verde"}, "", ""},
}

// AgreementPrefix begins the id of every agreement of the atlas.
const AgreementPrefix = "urn:lodestone:agreement:"

// Agreements is the agreements of the table, several rows of one made into one. The first is the memorandum of
// understanding between Ramaco and REalloys: not binding, no tonnage. An agreement is binding only where its source
// calls it so; where the source is silent the note says that.
func Agreements() []supply.Agreement {
	var out []supply.Agreement
	at := map[string]int{}
	for _, t := range terms() {
		p, ok := parties[t.Contract]
		if !ok {
			continue
		}
		i, known := at[t.Contract]
		if !known {
			at[t.Contract] = len(out)
			a := supply.Agreement{ID: supply.AgreementID(AgreementPrefix + p.id), Kind: p.kind, Binding: binding(t.Type), Product: t.Scope, Term: p.term, Floor: p.floor,
				Source: strings.Join(t.Sources, "; "), Note: note(t)}
			for _, slug := range p.parties {
				a.Parties = append(a.Parties, supply.PartyPrefix+slug)
			}
			out = append(out, a)
			continue
		}
		out[i].Product += "; " + t.Scope
	}
	return out
}

// binding: "binding …" binds, "non-binding …" and silence do not.
func binding(typ string) bool { return strings.HasPrefix(typ, "binding") }

func note(t Terms) string {
	parts := []string{t.Date, t.Type}
	if !strings.Contains(t.Type, "binding") && !strings.Contains(t.Type, "MOU") {
		parts = append(parts, "whether it binds is not stated")
	}
	for _, s := range []string{t.Price, t.Other, "evidence: " + t.Evidence} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "; ")
}
