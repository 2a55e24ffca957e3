package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lodestone/rules"
)

// The random questions: every field is drawn from values that matter or is left out.

// some is one of the values, or nothing: the field is left out.
func some(t *rapid.T, field string, values ...string) string {
	v := rapid.SampledFrom(append([]string{""}, values...)).Draw(t, field)
	if v == "" {
		return ""
	}
	return field + ": " + v + ", "
}

func mapping(fields ...string) string {
	return "{" + strings.TrimSuffix(strings.Join(fields, ""), ", ") + "}"
}

var (
	countries = []string{"CN", "US", "DE", "JP", "HK", "VN", "CD", "PR", "KZ"}
	flags     = []string{"true", "false"}
	grades    = []string{"none", "statement", "certificate"}
	mixes     = []string{"{Nd: 0.30, Fe: 0.69, B: 0.01}", "{Nd: 0.27, Dy: 0.03, Fe: 0.69, B: 0.01}", "{Sm: 0.35, Co: 0.65}", "{Nd: 0.3}", "{Ho: 0.87, O: 0.13}",
		"{Nd: 0.857, O: 0.143}", "{W: 0.93, Ni: 0.05, Fe: 0.02}", "{Ta: 1}", "{Nd: 0.30, Dy: 0, Fe: 0.69, B: 0.01}"}
)

func randomQuestion(t *rapid.T, books []string) string {
	var materials, components []string
	ins := []string{"end_item"}
	for i := range rapid.IntRange(0, 2).Draw(t, "components") {
		name := fmt.Sprintf("c%d", i)
		components = append(components, mapping("name: "+name+", ", some(t, "in", ins...), some(t, "manufactured_in", countries...), some(t, "cots", flags...), some(t, "electronic_device", flags...)))
		ins = append(ins, name)
	}
	bare := len(components) == 0 && rapid.IntRange(0, 4).Draw(t, "bare") == 0
	least := 0
	if bare {
		least = 1
	}
	for i := range rapid.IntRange(least, 2).Draw(t, "materials") {
		var steps []string
		for range rapid.IntRange(0, 5).Draw(t, "steps") {
			country := some(t, "country", countries...)
			region := ""
			if country == "country: CN, " {
				region = some(t, "region", "Xinjiang", "CN-JX")
			}
			operator := ""
			if rapid.Bool().Draw(t, "operator") {
				operator = "operator: " + mapping(some(t, "lists", "[]", "[uflpa_entity_list]", "[section_1260h]"), some(t, "owner", countries...), some(t, "forced_labour", flags...)) + ", "
			}
			steps = append(steps, mapping("phase: "+rapid.SampledFrom([]string{"mined", "separated", "reduced", "melted", "milled", "sintered", "magnetized", "assembled", "recycled", "calcined"}).Draw(t, "phase")+", ",
				some(t, "elements", "[Nd]", "[Nd, Pr]", "[Dy]", "[Fe, B]", "[Ta]", "[W]"), country, region, some(t, "evidence", grades...), operator, some(t, "evidence_until", "2026-01-01", "2027-06-01"),
				some(t, "date", "2025-01-01"), some(t, "earlier_life", flags...)))
		}
		recycled := ""
		if rapid.IntRange(0, 4).Draw(t, "recycled") == 0 {
			recycled = "recycled: " + mapping(some(t, "feed", "magnet scrap", "swarf"), some(t, "route", "powder", "alloy", "chemical"), some(t, "milled_in", countries...), some(t, "sintered_in", countries...)) + ", "
		}
		materials = append(materials, mapping(fmt.Sprintf("name: m%d, ", i), some(t, "in", ins...), "kind: "+rapid.SampledFrom(append([]string{"NdFeB magnet", "NdFeB magnet", "NdFeB magnet", "SmCo magnet", "other", "rare earth oxide", "rare earth oxide"}, rules.Kinds...)).Draw(t, "kind")+", ",
			some(t, "form", "finished", "block", "powder", "oxide", "metal", "alloy"), some(t, "incorporated", flags...), some(t, "cots", flags...), some(t, "elements", mixes...),
			some(t, "purity", "0.99", "0.995", "0.9989", "1"), some(t, "mass", "0.1 kg", "300 g"), recycled, "steps: ["+strings.Join(steps, ", ")+"], ", some(t, "complete", flags...)))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "book: [%s]\n", strings.Join(books, ", "))
	fmt.Fprintf(&b, "delivery: %s\n", rapid.SampledFrom([]string{"2025-01-01", "2026-11-01", "2026-11-20", "2026-12-31", "2027-01-01", "2028-06-01", "2032-05-05"}).Draw(t, "delivery"))
	fmt.Fprintf(&b, "contract: %s\n", mapping(some(t, "value_usd", "100000", "350000", "350001", "10000000"), some(t, "bought_in", countries...), some(t, "used_in", countries...), some(t, "awarded", "2025-01-01", "2026-01-01"), some(t, "electronic_devices_covered", flags...)))
	item := []string{some(t, "manufactured_in", countries...), some(t, "cots", flags...), some(t, "modified", flags...), some(t, "electronic_device", flags...), some(t, "covered_material_share", "0.03", "0.5", "1"),
		some(t, "tungsten_share", "0", "0.5"), some(t, "system", "aircraft", "other")}
	if bare {
		item = append(item, "is_material: true, ")
	}
	fmt.Fprintf(&b, "end_item: %s\n", mapping(item...))
	if components != nil {
		fmt.Fprintf(&b, "components: [%s]\n", strings.Join(components, ", "))
	}
	fmt.Fprintf(&b, "materials: [%s]\n", strings.Join(materials, ", "))
	fmt.Fprintf(&b, "materials_complete: %s\n", rapid.SampledFrom(flags).Draw(t, "all"))
	user := mapping(some(t, "country", countries...), some(t, "military", flags...), some(t, "lists", "[]", "[cn_control_list]"), some(t, "listed_owner_share", "0", "0.5"), some(t, "owner", countries...))
	fmt.Fprintf(&b, "shipment: %s\n", mapping(some(t, "from", countries...), some(t, "to", countries...), some(t, "end_use", "civil", "military", "military_ai", "advanced_logic"), "end_user: "+user+", ",
		some(t, "cn_value_share", "0", "0.0009", "0.001", "0.5"), some(t, "cn_technology", flags...), some(t, "technology", "[separated]", "[sintered]"), some(t, "codes", "[2B902]", "[1C905]"),
		some(t, "licences", "[{kind: general}]", "[{kind: individual, until: 2026-11-10}]")))
	fmt.Fprintf(&b, "product: %s\n", mapping(some(t, "class", "wind generator", "other", "electric motor"), some(t, "magnet_mass", "0.2 kg", "200.001 g"), some(t, "post_consumer", "{Nd: 0.1}")))
	fmt.Fprintf(&b, "claim: %s\n", mapping(some(t, "produced_in", countries...), some(t, "related_buyer", flags...), some(t, "credit_48c", flags...), some(t, "prohibited_foreign_entity", flags...), some(t, "material_assistance", "0", "0.3")))
	fmt.Fprintf(&b, "company: %s\n", mapping(some(t, "sec_issuer", flags...), some(t, "manufactures", flags...), some(t, "inquiry", flags...)))
	return b.String()
}

// TestAnyPattern puts random questions to every book of every kind. Every one is answered; an open answer names a fact or
// a doubt that keeps it open, every answer has a reason and grounded grounds, and the same question gets the same answer.
func TestAnyPattern(t *testing.T) {
	lib := append(loadBooks(t), loadTestBooks(t)...)
	var ids []string
	for _, b := range lib {
		ids = append(ids, b.ID)
	}
	rapid.Check(t, func(r *rapid.T) {
		text := randomQuestion(r, ids)
		f, err := rules.ParseFacts("q.yaml", []byte(text))
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		a, err := lib.Judge(f)
		if err != nil {
			r.Fatalf("%v\n%s", err, text)
		}
		again, err := lib.Judge(f)
		if err != nil {
			r.Fatal(err)
		}
		for i, b := range a.Books {
			if b.Because != again.Books[i].Because || b.Verdict != again.Books[i].Verdict {
				r.Fatalf("%s: %s then %s\n%s", b.Book, b.Because, again.Books[i].Because, text)
			}
			if b.Because == "" || len(b.Grounds) == 0 {
				r.Fatalf("%s: %s without reason or grounds: %q\n%s", b.Book, b.Verdict, b.Because, text)
			}
			if b.Verdict == rules.Undetermined || b.Verdict == rules.Unsettled {
				named := len(b.Missing) > 0
				for _, d := range b.Doubts {
					named = named || d.Class == rules.Open && d.Chosen == ""
				}
				if !named {
					r.Fatalf("%s: %s names neither a fact nor a doubt: %s\n%s", b.Book, b.Verdict, b.Because, text)
				}
			}
			for _, g := range b.Grounds {
				grounded(t, text, g)
			}
		}
	})
}
