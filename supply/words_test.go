package supply

import (
	"slices"
	"strings"
	"testing"
)

func TestPhases(t *testing.T) {
	if n := len(Phases()); n != 23 || int(PhaseCount) != n+1 {
		t.Errorf("%d phases", n)
	}
	for _, p := range Phases() {
		if got, err := ParsePhase(p.String()); err != nil || got != p {
			t.Errorf("ParsePhase(%s) = %v, %v", p, got, err)
		}
		if got, ok := PhaseOf(p.URI()); !ok || got != p || p.URI() != "urn:lodestone:phase:"+p.String() {
			t.Errorf("PhaseOf(%s) = %v, %v", p.URI(), got, ok)
		}
		if p.Segment() == NoSegment || !strings.HasSuffix(p.Definition(), ".") || len(p.Definition()) < 30 {
			t.Errorf("%s: segment %s, definition %q", p, p.Segment(), p.Definition())
		}
		if p.Begins() != (p == Mined || p == Recycled) {
			t.Errorf("%s begins a life: %v", p, p.Begins())
		}
	}
	for _, step := range []string{"", "shipping", "urn:lodestone:phase:", "urn:lodestone:phase:Mined", "urn:lodestone:phase:mined/x", "https://ref.gs1.org/cbv/BizStep-assembling"} {
		if p, ok := PhaseOf(step); ok || p != NoPhase {
			t.Errorf("%q is taken for %s", step, p)
		}
	}
	for word, hint := range map[string]string{"Mined": "mined", "sx": "separated", "metallized": "reduced", "alloyed": "melted", "forged": "want one of", "": "want one of"} {
		if p, err := ParsePhase(word); err == nil || p != NoPhase || !strings.Contains(err.Error(), hint) {
			t.Errorf("ParsePhase(%q) = %v, %v; want a hint of %q", word, p, err, hint)
		}
	}
}

func TestStageCodes(t *testing.T) {
	for code, want := range map[string][]Phase{"SX": {Separated}, "METAL_HRE": {Reduced}, "INSITU": {Mined, Leached}, "CRACK": {Cracked, Leached},
		"RECYCLE_SHORT": {Recycled, Decrepitated}, "ALLOY": {Melted}, "GBD": {Diffused}} {
		got, err := PhasesOfStage(code)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", code, got, err)
		}
		if p, ok := PhaseOfStage(code); !ok || p != want[0] {
			t.Errorf("%s: mainly %s", code, p)
		}
	}
	got, _ := PhasesOfStage("SX")
	got[0] = Mined
	if p, _ := PhaseOfStage("SX"); p != Separated {
		t.Error("the table can be changed from outside")
	}
	if p, ok := PhaseOfStage("FORGE"); ok || p != NoPhase {
		t.Error("an unknown code has a phase")
	}
	if _, err := PhasesOfStage("sx"); err == nil {
		t.Error("codes are in capitals")
	}
}

func TestCountries(t *testing.T) {
	if n := len(Countries()); n != 249 {
		t.Errorf("%d codes, ISO 3166-1 has 249", n)
	}
	if !slices.IsSorted(Countries()) {
		t.Error("codes are out of order")
	}
	keys := map[string]Country{}
	for _, r := range countries {
		if len(r.code) != 2 || r.name == "" || !r.code.Known() || r.code.Name() != r.name {
			t.Errorf("%s is incomplete", r.code)
		}
		for _, text := range append([]string{string(r.code), r.name}, strings.Split(r.aliases, "|")...) {
			if text == "" || r.code == "NA" && text == "NA" {
				continue
			}
			if other, ok := keys[countryKey(text)]; ok && other != r.code {
				t.Errorf("%q means %s and %s", text, other, r.code)
			}
			keys[countryKey(text)] = r.code
			if got, err := ParseCountry(text); err != nil || got != r.code {
				t.Errorf("ParseCountry(%q) = %s, %v; want %s", text, got, err, r.code)
			}
		}
	}
	for text, want := range map[string]Country{"us": "US", "U.S.A.": "US", "the United States": "US", "PRC": "CN", "P.R. China": "CN", "people's republic of china": "CN",
		"burma": "MM", "South  Korea": "KR", "north korea": "KP", "Hong Kong": "HK", "Macau": "MO", "Taiwan": "TW", "Republic of China": "TW", "turkey": "TR",
		"CÔTE D'IVOIRE": "CI", "cote d’ivoire": "CI", "Russia": "RU", "Iran (Islamic Republic of)": "IR", " GB ": "GB", "Namibia": "NA", "Viet Nam": "VN"} {
		if got, err := ParseCountry(text); err != nil || got != want {
			t.Errorf("ParseCountry(%q) = %s, %v; want %s", text, got, err, want)
		}
	}
	for text, hint := range map[string]string{"": "leave it out", "EU": "member state", "Korea": "KR", "Chna": "CN", "Cihna": "CN", "Canadaa": "CA", "XX": "alpha-2",
		"NA": "Namibia", "n/a": "leave it out", "unknown": "leave it out", "Congo": "CD", "USSR": "no longer", "Atlantis": "alpha-2", "Nigeri": "alpha-2",
		"mainland": "alpha-2", strings.Repeat("x", 500): "alpha-2"} {
		got, err := ParseCountry(text)
		if err == nil || got != "" {
			t.Errorf("ParseCountry(%q) = %s, and should be refused", text, got)
			continue
		}
		if !strings.Contains(err.Error(), hint) && text != "Nigeri" {
			t.Errorf("ParseCountry(%q): %v; want a hint of %q", text, err, hint)
		}
	}
	if Country("ZZ").Known() || Country("").Known() || Country("us").Known() || Country("ZZ").Name() != "" {
		t.Error("codes that are none are known")
	}
}

func TestKindsAndForms(t *testing.T) {
	law := []string{"NdFeB magnet", "SmCo magnet", "tantalum metal", "tantalum alloy", "tungsten metal powder", "tungsten heavy alloy", "molybdenum",
		"ferrite magnet", "AlNiCo magnet", "other"}
	var got []string
	for _, k := range Kinds() {
		if p, err := ParseKind(k.Name); err != nil || p != k || k.Gloss == "" {
			t.Errorf("ParseKind(%q) = %v, %v", k.Name, p, err)
		}
		if k.Covered {
			got = append(got, k.Name)
		}
	}
	if !slices.Equal(got, law) {
		t.Errorf("the law's kinds are %q", got)
	}
	for name, hint := range map[string]string{"ndfeb magnet": "NdFeB magnet", "NdFeB": "NdFeB magnet", "mrec": "mixed rare earth carbonate", "oxides": "oxide",
		"End-Item": "end item", "unobtainium": "want one of", "": "want one of"} {
		if k, err := ParseKind(name); err == nil || k.Name != "" || !strings.Contains(err.Error(), hint) {
			t.Errorf("ParseKind(%q) = %v, %v; want a hint of %q", name, k, err, hint)
		}
	}
	for _, f := range Forms() {
		if got, err := ParseForm(f); err != nil || got != f {
			t.Errorf("ParseForm(%q) = %q, %v", f, got, err)
		}
	}
	for _, f := range []string{"finished", "block", "bar", "sheet", "powder", "billet", "slab", "wire", "cube", "sphere", "blank", "plate"} {
		if _, err := ParseForm(f); err != nil {
			t.Error(err)
		}
	}
	if _, err := ParseForm("Blocks"); err == nil || !strings.Contains(err.Error(), `"block"`) {
		t.Errorf("Blocks: %v", err)
	}
}

func TestEvidence(t *testing.T) {
	for e := NoEvidence; e <= Measured; e++ {
		if got, err := ParseEvidence(e.String()); err != nil || got != e {
			t.Errorf("ParseEvidence(%s) = %v, %v", e, got, err)
		}
	}
	if _, err := ParseEvidence("hearsay"); err == nil {
		t.Error("hearsay is evidence")
	}
}
