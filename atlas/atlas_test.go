package atlas

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/reading"
	"lodestone/supply"
)

func TestEveryRowIsRead(t *testing.T) {
	for name, got := range map[string][2]int{
		"facilities": {len(Facilities()), 84}, "facility_capacities": {len(capacities()), 108}, "sources": {len(Sources()), 190},
		"process_stages": {len(Stages()), 21}, "contracts_terms": {len(AllTerms()), 11}, "prices": {len(Prices()), 49},
		"magnet_grades": {len(Grades()), 33}, "mine_production": {len(MineProduction()), 79}, "country_shares": {len(CountryShares()), 25},
		"elements": {len(Elements()), 17}, "usgs_salient_us": {len(SalientUS()), 80}, "wgi_mean6": {len(GovernanceScores()), 49},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d rows, want %d", name, got[0], got[1])
		}
	}
}

// Every source key of every table stands in the sources, or is one of the documented ways of coming by a figure.
func TestEverySourceResolves(t *testing.T) {
	for _, table := range []string{"facilities", "facility_capacities", "process_stages", "contracts_terms", "elements", "prices", "magnet_grades",
		"mine_production", "country_shares", "usgs_salient_us", "wgi_mean6"} {
		rows := read(table)
		if table == "usgs_salient_us" {
			rows = append(rows, rowsOf(added, "added", table)...)
		}
		for _, r := range rows {
			if len(r.sources()) == 0 {
				t.Errorf("%s line %d: no source", table, r.line)
			}
			for _, key := range r.sources() {
				if _, ok := SourceOf(key); !ok && !PseudoSource(key) {
					t.Errorf("%s line %d: source %q is not in the sources", table, r.line, key)
				}
			}
			if r.text("evidence") == "" {
				t.Errorf("%s line %d: no evidence", table, r.line)
			}
		}
	}
	seen := map[string]bool{}
	for _, s := range Sources() {
		if s.Key == "" || seen[s.Key] || s.At == "" || s.What == "" {
			t.Errorf("source %+v: empty or twice", s)
		}
		seen[s.Key] = true
	}
	for _, key := range []string{"", "S-MP1", "MEM(x)", "memory", "verify"} {
		if PseudoSource(key) {
			t.Errorf("%q is taken for a pseudo-source", key)
		}
	}
}

func TestFacilities(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Facilities() {
		if seen[f.ID] || f.Name == "" || f.Operator == "" || len(f.Stages) == 0 || f.Status == "" {
			t.Errorf("%s: incomplete or twice", f.ID)
		}
		seen[f.ID] = true
		if !strings.HasPrefix(f.ID, string(f.Country)+"-") {
			t.Errorf("%s stands in %s", f.ID, f.Country)
		}
		if c, err := supply.ParseCountry(f.Country.Name()); err != nil || c != f.Country {
			t.Errorf("%s: country %s: %v", f.ID, f.Country, err)
		}
		for _, s := range f.Stages {
			if len(s.Phases) == 0 {
				t.Errorf("%s: stage %s has no phase", f.ID, s.Code)
			}
		}
		if !slices.IsSorted(f.Phases()) {
			t.Errorf("%s: phases %v out of order", f.ID, f.Phases())
		}
		s, ok := Statement(f.ID)
		if !ok || s.Facility.ID != supply.FacilityID("urn:lodestone:facility:"+f.ID) || s.Facility.Planned != f.Planned() {
			t.Errorf("%s: statement %+v", f.ID, s.Facility)
		}
		if err := s.Check(); err != nil {
			t.Errorf("%s: statement: %v", f.ID, err)
		}
		if f.Lat != "" && f.Approximate != strings.Contains(s.Facility.Note, "coordinates:") {
			t.Errorf("%s: the note does not say how exact its coordinates are: %s", f.ID, s.Facility.Note)
		}
	}
	for _, c := range capacities() {
		if !seen[c.Facility] {
			t.Errorf("capacity of unknown facility %s", c.Facility)
		}
		if _, err := supply.PhasesOfStage(c.Stage); err != nil {
			t.Error(err)
		}
		if d, err := quantity.ParseDecimal(c.Value); err != nil || d.Sign() <= 0 {
			t.Errorf("capacity of %s: %q: %v", c.Facility, c.Value, err)
		}
		if !slices.Contains([]string{"t/yr", "short ton/yr", "t/month", "t/quarter", "t/half-year", "%"}, c.Unit) {
			t.Errorf("capacity of %s: unit %q is not documented", c.Facility, c.Unit)
		}
	}
	if _, ok := FacilityOf("US-NOWHERE"); ok {
		t.Error("US-NOWHERE is found")
	}
	if _, ok := Statement("US-NOWHERE"); ok {
		t.Error("US-NOWHERE has a statement")
	}
}

func TestTheNorthAmericanChain(t *testing.T) {
	for _, w := range []struct {
		id, name, operator string
		country            supply.Country
		state              State
		phases             string
		capacities         int
	}{
		{"US-BROOK", "Brook Mine", "urn:lodestone:party:ramaco", "US", Planned, "mined cracked leached precipitated separated", 5},
		{"CA-SRC-SXU", "SRC Rare Earth Processing Facility - solvent extraction", "urn:lodestone:party:src", "CA", Commissioning, "separated calcined", 2},
		{"CA-SRC-MET", "SRC Rare Earth Processing Facility - metal smelting", "urn:lodestone:party:src", "CA", Operating, "reduced", 3},
		{"US-EUCLID", "REalloys Euclid metallization", "urn:lodestone:party:realloys", "US", Operating, "reduced melted", 2},
		{"US-MP-10X", "10X (Northlake)", "urn:lodestone:party:mp-materials", "US", Planned, "reduced melted sintered", 1},
		{"MM-KACHIN", "Kachin ionic clays (Pangwa, Chipwi)", "", "MM", Operating, "mined leached", -1},
	} {
		f, ok := FacilityOf(w.id)
		if !ok {
			t.Errorf("%s is missing", w.id)
			continue
		}
		s, _ := Statement(supply.FacilityPrefix + w.id)
		var phases []string
		for _, p := range f.Phases() {
			phases = append(phases, p.String())
		}
		if f.Name != w.name || string(s.Facility.Operator) != w.operator || f.Country != w.country || f.State != w.state ||
			strings.Join(phases, " ") != w.phases || w.capacities >= 0 && len(f.Capacities) != w.capacities {
			t.Errorf("%s: %s, %s, %s, %s, %v, %d capacities", w.id, f.Name, s.Facility.Operator, f.Country, f.State, phases, len(f.Capacities))
		}
	}
	if f, _ := FacilityOf("CA-HOIDAS"); f.Approximate {
		t.Error("Hoidas Lake's coordinates were found, not remembered")
	}
}

func TestAgreements(t *testing.T) {
	as := Agreements()
	if len(as) != 8 {
		t.Fatalf("%d agreements, want 8", len(as))
	}
	mou := as[0]
	if mou.Kind != "MOU" || mou.Binding || mou.Volume != "" || mou.Floor != "" || mou.Source != "S-MOU1; S-MOU2" ||
		!slices.Equal(mou.Parties, []string{"urn:lodestone:party:ramaco", "urn:lodestone:party:realloys"}) {
		t.Errorf("the memorandum: %+v", mou)
	}
	for _, want := range []string{"May 2026", "non-binding", "no tonnage published"} {
		if !strings.Contains(mou.Note, want) {
			t.Errorf("the memorandum's note does not say %q: %s", want, mou.Note)
		}
	}
	for _, want := range []string{"MREC from Brook", "SRC", "scandium oxide", "Euclid"} {
		if !strings.Contains(mou.Product, want) {
			t.Errorf("the memorandum's product does not say %q: %s", want, mou.Product)
		}
	}
	known := map[string]bool{}
	for _, p := range Parties() {
		known[string(p.ID)] = true
		if err := (&supply.Statement{Party: &p}).Check(); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
	var binds []string
	for _, a := range as {
		if err := (&supply.Statement{Agreement: &a}).Check(); err != nil {
			t.Errorf("%s: %v", a.ID, err)
		}
		for _, p := range a.Parties {
			if !known[p] {
				t.Errorf("%s: party %s has no name", a.ID, p)
			}
		}
		if a.Binding {
			binds = append(binds, string(a.ID))
		}
	}
	if !slices.Equal(binds, []string{AgreementPrefix + "critical-metals-realloys"}) {
		t.Errorf("binding: %v", binds)
	}
	for name := range parties {
		if !slices.ContainsFunc(AllTerms(), func(x Terms) bool { return x.Contract == name }) {
			t.Errorf("parties of %q, which is not in the table", name)
		}
	}
}

func TestStagesAgreeWithPhases(t *testing.T) {
	var codes []string
	for _, s := range Stages() {
		codes = append(codes, s.Code)
		// A stage's segment is that of the phase it ends with, short of recycling, which stays in its loop.
		last := s.Phases[len(s.Phases)-1]
		switch {
		case s.Phases[0] == supply.Recycled:
			last = supply.Recycled
		case s.Code == "INSITU": // it leaches where it mines
			last = supply.Mined
		}
		if last.Segment().String() != s.Segment {
			t.Errorf("%s is %s, its phase %s is %s", s.Code, s.Segment, last, last.Segment())
		}
		low, err1 := quantity.ParseDecimal(s.YieldLow)
		high, err2 := quantity.ParseDecimal(s.YieldHigh)
		if err1 != nil || err2 != nil || low.Sign() <= 0 || high.Less(low) || quantity.DecimalOf(1).Less(high) {
			t.Errorf("%s: yield %s to %s", s.Code, s.YieldLow, s.YieldHigh)
		}
	}
	if !slices.Equal(codes, supply.StageCodes()) {
		t.Errorf("stage codes of the table %v, of package supply %v", codes, supply.StageCodes())
	}
}

// The elements of the table are those of package element, with the same groups and the same oxide factors to the sixth place.
func TestElementsAgree(t *testing.T) {
	for _, f := range Elements() {
		e, err := element.Parse(f.Symbol)
		if err != nil {
			t.Error(err)
			continue
		}
		num, den, ok := e.OxideFactor()
		if !ok {
			t.Errorf("%s has no oxide", e)
			continue
		}
		d, err := quantity.DecimalOf(1).MulRatio(num, den, 6)
		if want := quantity.MustDecimal(f.OxideToElement); err != nil || d != want {
			t.Errorf("%s: oxide factor %s, the table has %s (%v)", e, d, want, err)
		}
		for _, g := range []struct {
			scheme element.Scheme
			label  string
		}{{element.EU, f.EU}, {element.USDOE, f.USDOE}} {
			want := element.Unclassed
			switch g.label {
			case "LREE":
				want = element.Light
			case "HREE":
				want = element.Heavy
			}
			if e.Group(g.scheme) != want {
				t.Errorf("%s in scheme %s: %s, the table says %s", e, g.scheme, e.Group(g.scheme), g.label)
			}
		}
	}
}

func TestFiguresAreSane(t *testing.T) {
	for _, p := range Prices() {
		low, err1 := quantity.ParseDecimal(p.Low)
		high, err2 := quantity.ParseDecimal(p.High)
		if err1 != nil || err2 != nil || low.Sign() <= 0 || high.Less(low) || p.Item == "" || p.Unit == "" || p.Date == "" {
			t.Errorf("price %+v", p)
		}
	}
	for _, g := range Grades() {
		if g.Family == "" || g.Grade == "" {
			t.Errorf("grade %+v", g)
		}
	}
	groups := []string{"top3", "ex-China", "Other", "World (>)", "World (rounded)"}
	for _, f := range slices.Concat(MineProduction(), CountryShares()) {
		if _, err := supply.ParseCountry(f.Country); err != nil && !slices.Contains(groups, f.Country) {
			t.Errorf("figure of %q: %v", f.Country, err)
		}
		if f.Value == "" || f.Unit == "" || f.Year == "" {
			t.Errorf("figure %+v", f)
		}
	}
}

// The scaled governance is (2.5 − mean) × 2, and a mean over years that of its years.
func TestGovernanceIsScaled(t *testing.T) {
	sum, n := map[string]float64{}, map[string]int{}
	for _, g := range GovernanceScores() {
		mean, err1 := strconv.ParseFloat(g.Mean, 64)
		risk, err2 := strconv.ParseFloat(g.Risk, 64)
		if err1 != nil || err2 != nil || math.Abs((2.5-mean)*2-risk) > 0.00006 {
			t.Errorf("%s %s: risk %s of a mean of %s", g.Country, g.Year, g.Risk, g.Mean)
		}
		switch {
		case g.Year == "2016-2020 mean":
			if n[g.Country] != 5 || math.Abs(sum[g.Country]/5-mean) > 0.000001 {
				t.Errorf("%s: mean %s of %d years", g.Country, g.Mean, n[g.Country])
			}
		case g.Year <= "2020":
			sum[g.Country], n[g.Country] = sum[g.Country]+mean, n[g.Country]+1
		}
	}
}

// A withheld amount is read as such: no number, and nothing that stops the program. Any other word is a fault of the table.
func TestWithheldIsRead(t *testing.T) {
	r := row{table: "mine_production", line: 2, fields: map[string]string{"value": "W", "other": "12", "wrong": "WW"}}
	if v := r.amount("value"); v != Withheld {
		t.Errorf("W is read as %q", v)
	}
	if v := r.amount("other"); v != "12" {
		t.Errorf("12 is read as %q", v)
	}
	defer func() {
		if recover() == nil {
			t.Error("WW is taken for an amount")
		}
	}()
	r.amount("wrong")
}

// Callers get copies: what they do to them does not reach the next caller.
func TestCopies(t *testing.T) {
	Facilities()[0].Name = "changed"
	if Facilities()[0].Name == "changed" {
		t.Error("the table can be changed from outside")
	}
}

// The embedded tables are those of the shared reading, where it is at hand.
func TestTablesAreCurrent(t *testing.T) {
	dir := reading.Path(t, "atlas")
	entries, err := data.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		want, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Error(err)
			continue
		}
		got, _ := data.ReadFile("data/" + e.Name())
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from the shared table", e.Name())
		}
	}
}
