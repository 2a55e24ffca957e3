package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/supply"
)

// ledgerOf is a record made of short lines, one an entry:
//
//	mill: facility us US [REGION [OPERATOR [FROM UNTIL]]]   a statement of a facility, its country, region, operator, days
//	mill: planned us US - 2026-12-31 -            of a planned one: its country, first day, last day, day of issue, "-" none
//	mill: material mag NdFeB magnet = Nd Fe B     a statement of a material, its kind and constituents
//	mill: lot m1 mag                              a statement of what a lot is of
//	mill: paper about m1 certificate 2026-01-01 2026-12-31
//	mill: 2026-03-01 melted us a b -> m1          an event: phase, facility, input lots, output lots; none before -> begins the lot
//	mill: 2026-03-02 holds m1 in box              an aggregation
func ledgerOf(t *testing.T, text string) *genealogy.Graph {
	t.Helper()
	g := genealogy.New()
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		author, rest, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			t.Fatalf("no author in %q", line)
		}
		party := supply.PartyID("urn:p:" + author)
		if author == "nobody" {
			party = supply.Unattributed
		}
		w := strings.Fields(rest)
		var e record.Entry
		var err error
		var st *supply.Statement
		switch w[0] {
		case "facility":
			st = &supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID("urn:f:" + w[1]), Name: w[1], Country: supply.Country(w[2])}}
			if len(w) > 3 {
				st.Facility.Region = w[3]
			}
			if len(w) > 4 {
				st.Facility.Operator = supply.PartyID("urn:p:" + w[4])
			}
			if len(w) > 6 {
				st.Valid = quantity.Period{From: quantity.MustDate(w[5]), Until: quantity.MustDate(w[6])}
			}
		case "planned":
			st = &supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID("urn:f:" + w[1]), Name: w[1], Country: supply.Country(w[2]), Planned: true}}
			if w[3] != "-" {
				st.Valid.From = quantity.MustDate(w[3])
			}
			if w[4] != "-" {
				st.Valid.Until = quantity.MustDate(w[4])
			}
			if w[5] != "-" {
				st.Issued = w[5] + "T00:00:00Z"
			}
		case "material":
			kind, elems, _ := strings.Cut(strings.Join(w[2:], " "), " = ")
			st = &supply.Statement{Material: &supply.Material{ID: supply.MaterialID("urn:m:" + w[1]), Name: w[1], Kind: kind, Form: "finished", Constituents: strings.Fields(elems)}}
		case "lot":
			st = &supply.Statement{Lot: &supply.Lot{ID: supply.LotID("urn:l:" + w[1]), Material: supply.MaterialID("urn:m:" + w[2])}}
		case "paper":
			st = &supply.Statement{Document: &supply.Document{ID: supply.DocumentID(fmt.Sprintf("sha256:%064d", i)), Grade: w[3], About: []string{"urn:l:" + w[2]}},
				Valid: quantity.Period{From: quantity.MustDate(w[4]), Until: quantity.MustDate(w[5])}}
		case "determination":
			st = &supply.Statement{Determination: &supply.Determination{Kind: w[1], Level: "class", Material: strings.Join(w[2:], " "), By: "USD(A&S)"}}
		default:
			ev, faults := epcis.DecodeEvent([]byte(eventOf(i, w)), nil)
			if len(faults) > 0 {
				t.Fatalf("%s: %v", line, faults)
			}
			e, err = record.NewEvent(party, received, ev)
		}
		if st != nil {
			e, err = record.NewStatement(party, received, st)
		}
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if err := g.Apply(e); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return g
}

func eventOf(i int, w []string) string {
	head := fmt.Sprintf(`{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventID":"urn:e:%d","eventTime":"%sT12:00:00Z","eventTimeZoneOffset":"+00:00",`, i, w[0])
	lots := func(ids []string) string {
		var out []string
		for _, id := range ids {
			out = append(out, fmt.Sprintf(`{"epcClass":"urn:l:%s","quantity":10,"uom":"KGM"}`, id))
		}
		return "[" + strings.Join(out, ",") + "]"
	}
	if w[1] == "holds" {
		return head + fmt.Sprintf(`"type":"AggregationEvent","action":"ADD","parentID":"urn:l:%s","childQuantityList":%s}`, w[4], lots(w[2:3]))
	}
	arrow := slices.Index(w, "->")
	where := fmt.Sprintf(`"bizStep":"%s%s","readPoint":{"id":"urn:f:%s"},`, supply.PhasePrefix, w[1], w[2])
	if in := w[3:arrow]; len(in) > 0 {
		share := fmt.Sprintf("%g", 10/float64(len(in)))
		return head + where + fmt.Sprintf(`"type":"TransformationEvent","inputQuantityList":%s,"outputQuantityList":%s}`, strings.ReplaceAll(lots(in), ":10,", ":"+share+","), lots(w[arrow+1:]))
	}
	return head + where + fmt.Sprintf(`"type":"ObjectEvent","action":"ADD","quantityList":%s}`, lots(w[arrow+1:]))
}

// chain is a clean magnet m of ore o, to which a test adds its own trouble.
const chain = `
a: facility us US
a: facility ca CA
a: facility cn CN
a: material ore ore = Nd Fe B
a: material alloy alloy = Nd Fe B
a: material mag NdFeB magnet = Nd Fe B
a: lot o ore
a: lot s ore
a: lot al alloy
a: lot m mag
a: 2026-01-01 mined us -> o
a: 2026-02-01 separated ca o -> s
a: 2026-03-01 melted us s -> al
a: 2026-03-02 milled us al -> p
a: 2026-03-03 sintered us p -> b
a: 2026-03-04 magnetized us b -> m
`

func TestFromRecord(t *testing.T) {
	lib := loadBooks(t)
	for _, c := range []struct {
		name, entries, lot string
		contract           string
		want               map[string]rules.Verdict
		missing            string // a fact that must be asked for on the last day
	}{
		{name: "clean", entries: chain, lot: "m", want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Compliant}},
		{name: "a covered country upstream", entries: strings.Replace(chain, "separated ca", "separated cn", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Noncompliant}},
		{name: "a facility nobody placed", entries: strings.Replace(chain, "a: facility ca CA\n", "", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined}, missing: "materials[m].steps[separated Nd, Fe, B].country"},
		{name: "events that nobody signed", entries: strings.Replace(chain, "a: 2026-03-01 melted", "nobody: 2026-03-01 melted", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined}, missing: "materials[m].steps[melted Nd, Fe, B].evidence"},
		{name: "a clean input does not hide another's gap", entries: strings.Replace(chain, "melted us s -> al", "melted us s x -> al", 1) + "a: lot x ore\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined}, missing: "materials[m].steps[mined Nd].country"},
		{name: "an alloy of unknown making blended with a known one", entries: strings.Replace(chain, "milled us al -> p", "milled us al y -> p", 1) + "a: lot y alloy\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined}, missing: "materials[m].steps[melted].country"},
		{name: "two parties place one making in two countries", entries: chain + "z: 2026-03-01 melted cn s -> al\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined, "2027-01-01": rules.Undetermined}},
		{name: "a facility that statements place in two countries", entries: chain + "z: facility us CN\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined}},
		{name: "more drawn than made", entries: chain + "a: 2026-03-05 melted us s s2 -> other\na: 2026-03-06 melted us s -> third\n", lot: "m",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "a container holds what it holds", entries: chain + "a: material box container =\na: lot box box\na: 2026-04-01 holds m in box\n", lot: "box",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false, manufactured_in: US}\nmaterials_complete: true\n",
			want:     map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Compliant}},
		{name: "nobody says that the list of magnets is complete", entries: chain + "a: material box end item =\na: lot box box\na: 2026-04-01 holds m in box\n", lot: "box",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}, missing: "materials_complete"},
		{name: "a step in China that nobody names", entries: strings.Replace(chain, "a: 2026-03-02 milled us al -> p", "a: 2026-03-02 secret cn al -> al2\na: 2026-03-02 milled us al2 -> p", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined, "2027-01-01": rules.Undetermined}, missing: "materials[m].steps[unknown step].phase"},
		{name: "an unnamed step at home", entries: strings.Replace(chain, "a: 2026-03-02 milled us al -> p", "a: 2026-03-02 secret us al -> al2\na: 2026-03-02 milled us al2 -> p", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant}},
		{name: "no milling on record", entries: strings.Replace(strings.Replace(chain, "a: 2026-03-02 milled us al -> p\n", "", 1), "sintered us p", "sintered us al", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Undetermined}, missing: "materials[m].steps[milled].country"},
		{name: "dysprosium that the magnet's constituents pass over", entries: strings.Replace(chain, "melted us s -> al", "melted us s dy -> al", 1) + "a: material dyo ore = Dy\na: lot dyore dyo\na: lot dy dyo\na: 2026-01-02 mined cn -> dyore\na: 2026-01-03 separated cn dyore -> dy\n" +
			"", lot: "m", want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined}},
		{name: "an item made twice, once in China, whatever the contract file says", entries: chain + "a: material motor end item =\na: lot motor motor\na: 2026-04-01 assembled us m -> motor\na: 2026-04-02 assembled cn m2 -> motor\n", lot: "motor",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false, manufactured_in: US}\nmaterials_complete: true\n",
			want:     map[string]rules.Verdict{"2026-12-31": rules.Undetermined}},
		{name: "ore mined months after it was used", entries: strings.Replace(chain, "2026-01-01 mined", "2026-08-01 mined", 1), lot: "m",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "recycled feed of no recorded first life", entries: strings.Replace(chain, "a: 2026-01-01 mined us -> o", "a: 2026-01-01 recycled us -> o", 1), lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined}},
		{name: "recycled feed blended with mined ore", entries: strings.Replace(chain, "separated ca o -> s", "separated ca o r -> s", 1) + "a: lot r ore\na: 2026-01-02 recycled us -> r\n", lot: "m",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "recycled feed blended with mined ore, read as not counting", entries: strings.Replace(chain, "separated ca o -> s", "separated ca o r -> s", 1) + "a: lot r ore\na: 2026-01-02 recycled us -> r\n", lot: "m",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false}\nanswers: {recycled_ndfeb: does_not_count}\n",
			want:     map[string]rules.Verdict{"2027-01-01": rules.Compliant}},
		{name: "the same with fresh ore of no mine", entries: strings.Replace(chain, "separated ca o -> s", "separated ca o r x -> s", 1) + "a: lot r ore\na: lot x ore\na: 2026-01-02 recycled us -> r\n", lot: "m",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false}\nanswers: {recycled_ndfeb: does_not_count}\n",
			want:     map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "a lot made in one country and commissioned again in another", entries: chain + "a: 2026-02-02 commissioning cn -> s\n", lot: "m",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "a determination in the record", entries: strings.Replace(chain, "melted us", "melted cn", 1) + "gov: determination nonavailability NdFeB magnet\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Exempt}},
		{name: "recycled feed does not excuse fresh metal of no making", entries: strings.Replace(chain, "melted us s -> al", "melted us r x -> al", 1) + "a: lot r ore\na: lot x ore\na: 2026-02-02 recycled us -> r\n", lot: "m",
			want: map[string]rules.Verdict{"2026-12-31": rules.Compliant, "2027-01-01": rules.Undetermined}},
		{name: "swarf of the magnet's own making goes back to the melt", entries: strings.Replace(chain, "melted us s -> al", "melted us s sw -> al", 1) + "a: lot sw ore\na: 2026-03-10 machined us b -> sw\n", lot: "m",
			want: map[string]rules.Verdict{"2027-01-01": rules.Undetermined}},
		{name: "an item begun in China, whatever the contract file says", entries: chain + "a: material motor end item =\na: lot motor motor\na: 2026-03-30 commissioning cn -> motor\na: 2026-04-01 holds m in motor\n", lot: "motor",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false, manufactured_in: US}\nmaterials_complete: true\n",
			want:     map[string]rules.Verdict{"2026-12-31": rules.Noncompliant}},
		{name: "a box counts by what it holds on the day", entries: chain + "a: material box container =\na: lot box box\na: 2026-04-01 holds m in box\na: lot bad mag\na: 2026-05-01 magnetized cn -> bad\na: 2027-02-01 holds bad in box\n", lot: "box",
			contract: "contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false, manufactured_in: US}\nmaterials_complete: true\n",
			want:     map[string]rules.Verdict{"2027-01-01": rules.Compliant, "2027-03-01": rules.Noncompliant}},
		{name: "recycled and milled and sintered in the United States", entries: chain + "a: material scrap scrap = Nd Fe B\na: lot sc scrap\na: lot rp mag\na: lot rm mag\na: 2026-05-01 melted cn -> sc\na: 2026-05-02 recycled us sc -> rp\na: 2026-05-03 milled us rp -> rq\na: 2026-05-04 sintered us rq -> rm\n", lot: "rm",
			want: map[string]rules.Verdict{"2026-12-31": rules.Exempt, "2027-01-01": rules.Exempt}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := ledgerOf(t, c.entries)
			var said *rules.Facts
			if c.contract != "" {
				var err error
				if said, err = rules.ParseContract("contract.yaml", []byte(c.contract)); err != nil {
					t.Fatal(err)
				}
			}
			desk := rules.NewDesk(lib, g, said, []string{"us/dfars-252.225-7052"})
			for day, want := range c.want {
				f, err := rules.FromRecord(g, supply.LotID("urn:l:"+c.lot), said, quantity.MustDate(day))
				if err != nil {
					t.Fatal(err)
				}
				f.Books = []string{"us/dfars-252.225-7052"}
				a, err := lib.Judge(f)
				if err != nil {
					t.Fatal(err)
				}
				if a.Verdict != want {
					t.Errorf("%s: %s, want %s: %s", day, a.Verdict, want, a.Books[0].Because)
				}
				for range 2 {
					if v, err := desk.Verdict(supply.LotID("urn:l:"+c.lot), quantity.MustDate(day)); err != nil || v != want {
						t.Errorf("%s: the desk says %s, want %s (%v)", day, v, want, err)
					}
				}
				if c.missing != "" && a.Verdict == rules.Undetermined && !slices.ContainsFunc(a.Books[0].Missing, func(m rules.Missing) bool { return m.Fact == c.missing }) {
					t.Errorf("%s: does not ask for %s but for %v", day, c.missing, a.Books[0].Missing)
				}
			}
		})
	}
}

// TestEvidenceEnds lets a certificate run out: the verdict under a higher demand changes on the day after its last.
func TestEvidenceEnds(t *testing.T) {
	entries := chain
	for _, lot := range []string{"o", "s", "al", "p", "b", "m"} {
		entries += "a: paper about " + lot + " certificate 2026-01-01 2027-03-31\n"
	}
	g := ledgerOf(t, entries)
	lib := loadBooks(t)
	said, err := rules.ParseContract("contract.yaml", []byte("contract: {clauses: [\"252.225-7052 MAY 2024\"], value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {cots: false, electronic_device: false}\nminimum_evidence: certificate\n"))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(d quantity.Date) (*rules.Facts, error) { return rules.FromRecord(g, "urn:l:m", said, d) }
	c, err := lib.Over(ask, rules.RecordChanges(g, "urn:l:m"), quantity.MustDate("2027-01-01"), quantity.MustDate("2027-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range c.Changes {
		got = append(got, s.From+" "+string(s.Verdict))
	}
	if want := []string{"2027-01-01 COMPLIANT", "2027-04-01 UNDETERMINED"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	desk := rules.NewDesk(lib, g, said, nil)
	for day, want := range map[string]rules.Verdict{"2027-03-31": rules.Compliant, "2027-04-01": rules.Undetermined, "2027-02-01": rules.Compliant} {
		if v, err := desk.Verdict("urn:l:m", quantity.MustDate(day)); err != nil || v != want {
			t.Errorf("%s: the desk says %s, want %s (%v)", day, v, want, err)
		}
	}
}

// Where in a country a plant stands, and who runs it, comes from what is stated of the plant; what is stated twice and
// differently, or cannot be read, is not known.
func TestRegionFromRecord(t *testing.T) {
	for _, x := range []struct {
		name, plants string
		want         rules.Verdict
		region       string
	}{
		{"in the region", "maker: facility plant CN Xinjiang smelter", rules.Noncompliant, "CN-XJ"},
		{"elsewhere", "maker: facility plant CN CN-JX smelter", rules.Undetermined, "CN-JX"},
		{"not said", "maker: facility plant CN", rules.Undetermined, ""},
		{"not to be read", "maker: facility plant CN Xinjang", rules.Undetermined, ""},
		{"said twice", "maker: facility plant CN Jiangxi\nother: facility plant CN Xinjiang", rules.Undetermined, ""},
		{"abroad", "maker: facility plant US Ohio", rules.Compliant, "Ohio"},
	} {
		t.Run(x.name, func(t *testing.T) {
			g := ledgerOf(t, x.plants+`
maker: material mag NdFeB magnet = Nd Fe B
maker: lot m1 mag
maker: 2026-03-01 mined plant -> ore
maker: 2026-03-02 separated plant ore -> ox
maker: 2026-03-03 melted plant ox -> al
maker: 2026-03-04 milled plant al -> po
maker: 2026-03-05 sintered plant po -> bl
maker: 2026-03-06 magnetized plant bl -> m1`)
			said, err := rules.ParseContract("c.yaml", []byte("contract: {value_usd: 1000000, bought_in: US, used_in: US}\nend_item: {manufactured_in: US}\nmaterials_complete: true\nshipment: {from: CN, to: US}"))
			if err != nil {
				t.Fatal(err)
			}
			f, err := rules.FromRecord(g, "urn:l:m1", said, quantity.MustDate("2026-12-01"))
			if err != nil {
				t.Fatal(err)
			}
			f.Books = []string{"us/uflpa"}
			a, err := loadBooks(t).Judge(f)
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict != x.want || f.Materials[0].Steps[0].Region != x.region {
				t.Errorf("%s in %q, want %s in %q: %s", a.Verdict, f.Materials[0].Steps[0].Region, x.want, x.region, a.Books[0].Because)
			}
			if strings.Contains(x.plants, "smelter") != (f.Materials[0].Steps[0].Operator.Name == "urn:p:smelter") {
				t.Errorf("operator %q", f.Materials[0].Steps[0].Operator.Name)
			}
		})
	}
}
