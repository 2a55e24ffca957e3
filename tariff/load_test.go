package tariff

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"lodestone/rules"
	"lodestone/supply"
)

// tables is the embedded schedule as a tree that may be changed.
func tables(t *testing.T) fstest.MapFS {
	t.Helper()
	tree := fstest.MapFS{}
	for _, f := range files {
		data, err := fs.ReadFile(embedded, "us/"+f)
		if err != nil {
			t.Fatal(err)
		}
		tree["us/"+f] = &fstest.MapFile{Data: data}
	}
	return tree
}

// TestFaults breaks the tables in one place each; the fault names file, line and rule.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"no source":             {"codes.yaml", `{value: 45, sure: D, source: "HTSUS 8505.11.00, by github:TheAxiomFoundation/rulespec-us lines/generated/ch85.yaml"}`, `{value: 45, sure: D}`, "has no source or no sureness"},
		"no sureness":           {"layers.yaml", `says: "on list 1", sure: D, `, `says: "on list 1", `, "has no source or no sureness"},
		"a sureness of its own": {"layers.yaml", `says: "on list 1", sure: D, `, `says: "on list 1", sure: X, `, `"X" is no sureness`},
		"a rate in words":       {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: a quarter, heading: 9903.91.06`, "want a number"},
		"a negative rate":       {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: -25, heading: 9903.91.06`, "is negative"},
		"a rate as a share":     {"codes.yaml", `{value: 45, sure`, `{value: 4500, sure`, "above 1000 percent"},
		"a rate without value":  {"codes.yaml", `{value: 31.3, sure`, `{sure`, "has no value"},
		"two outcomes":          {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: 25, floor: 3, heading: 9903.91.06`, "must say one thing"},
		"no outcome":            {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{heading: 9903.91.06`, "must say one thing"},
		"no heading":            {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: 25`, "no heading of chapter 99"},
		"unknown field":         {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: 25, color: red, heading: 9903.91.06`, "unknown field"},
		"field twice":           {"layers.yaml", `{rate: 25, heading: 9903.91.06`, `{rate: 25, heading: 9903.91.06, heading: 9903.91.07`, "is given twice"},
		"unknown country":       {"layers.yaml", `except: [BR]`, `except: [XQ]`, "is not a country code"},
		"unquoted no":           {"layers.yaml", `origins: ["NO"]`, `origins: [no]`, `there is no group "no"`},
		"unknown group":         {"layers.yaml", `origins: [column2], says: "countries`, `origins: [col2], says: "countries`, `there is no group "col2"`},
		"unknown claim":         {"layers.yaml", `claims: [donation], says: "donations are exempt", sure: S, source: "HTSUS heading 9903.03.10"`, `claims: [gift], says: "donations are exempt", sure: S, source: "HTSUS heading 9903.03.10"`, `there is no claim "gift"`},
		"code not held":         {"layers.yaml", `codes: [8505.19.10]`, `codes: [8505.20.10]`, "is no code of codes.yaml"},
		"suffix not held":       {"layers.yaml", `codes: [2805.30.00, 2846, 8505.11.0070], says: "on the list of exempt goods`, `codes: [2805.30.00, 2846, 8505.11.0075], says: "on the list of exempt goods`, "is no code of codes.yaml"},
		"a gap at the end":      {"layers.yaml", `{exempt: true, says: "note 31(g) does not list it"`, `{exempt: true, from: 2026-02-01, says: "note 31(g) does not list it"`, "the last rule must fit everything"},
		"hidden rules":          {"layers.yaml", `{outside: true, except: [BR], says: covers goods of Brazil only, sure: D`, `{outside: true, says: covers goods of Brazil only, sure: D`, "hides those after it"},
		"a day that is none":    {"layers.yaml", `from: 2026-07-22`, `from: 2026-02-30`, "want YYYY-MM-DD"},
		"backwards":             {"layers.yaml", "from: 2026-02-24\n    until: 2026-07-23", "from: 2026-02-24\n    until: 2026-01-23", "ends before it begins"},
		"status too late":       {"layers.yaml", `{from: 2026-07-22, says: in force`, `{from: 2026-07-23, says: in force`, "no legal status on its first day"},
		"two base rates":        {"codes.yaml", "general:\n      - {value: 3.7, sure", "general:\n      - {value: 3.9, from: 2026-01-01, sure: M, source: x}\n      - {value: 3.7, sure", "in force on one day"},
		"code twice":            {"codes.yaml", `hts: 7202.99.20`, `hts: 7202.99.10`, "is there already"},
		"suffix elsewhere":      {"codes.yaml", `hts: 8505.11.0090`, `hts: 8505.19.0090`, "does not lie under"},
		"no yaml":               {"fees.yaml", "fees:", "fees: [", "fees.yaml:"},
		"nothing":               {"codes.yaml", "codes:", "words:", "unknown field"},
		"limits crossed":        {"fees.yaml", "least: 33.58", "least: 3358", "the most is below the least"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := tables(t)
			f := tree["us/"+c.file]
			if strings.Count(string(f.Data), c.old) == 0 {
				t.Fatalf("%s has no %q to break", c.file, c.old)
			}
			at := strings.Index(string(f.Data), c.old)
			f.Data = []byte(strings.Replace(string(f.Data), c.old, c.new, 1))
			_, err := Load(tree, "us")
			var faults rules.Faults
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want a fault with %q", err, c.want)
			}
			if faults[0].File != "us/"+c.file || faults[0].Line < 1 || faults[0].Line > 2+strings.Count(string(f.Data[:at+len(c.new)]), "\n") {
				t.Errorf("the fault stands at %s:%d", faults[0].File, faults[0].Line)
			}
		})
	}
}

func TestLoadWithoutFile(t *testing.T) {
	tree := tables(t)
	delete(tree, "us/fees.yaml")
	if _, err := Load(tree, "us"); err == nil || !strings.Contains(err.Error(), "fees.yaml") {
		t.Errorf("got %v", err)
	}
}

// TestDigest: any change of the tables changes the digest.
func TestDigest(t *testing.T) {
	was := us(t).Digest
	for _, f := range files {
		tree := tables(t)
		tree["us/"+f].Data = append(tree["us/"+f].Data, "# a note\n"...)
		s, err := Load(tree, "us")
		if err != nil {
			t.Fatal(err)
		}
		if s.Digest == was {
			t.Errorf("a change of %s leaves the digest", f)
		}
	}
}

// TestProofs looks at every row of the tables: each has a source and a sureness of the closed set.
func TestProofs(t *testing.T) {
	s := us(t)
	rows := 0
	proof := func(where string, p Proof) {
		rows++
		if p.Source == "" || !strings.Contains("QDSMC", string(p.Sure)) || len(p.Sure) != 1 {
			t.Errorf("%s: source %q, sureness %q", where, p.Source, p.Sure)
		}
	}
	for _, c := range s.Codes {
		for _, rs := range [][]Rate{c.General, c.Column2, c.Special} {
			for _, r := range rs {
				proof(c.HTS.String(), r.Proof)
			}
		}
		for _, x := range c.Suffixes {
			proof(x.HTS.String(), x.Proof)
		}
	}
	for _, g := range s.Groups {
		proof(g.Name, g.Proof)
	}
	for _, c := range s.Claims {
		proof(c.Name, c.Proof)
	}
	notes := s.Notes
	for _, l := range s.Layers {
		for _, x := range l.Status {
			proof(l.ID, x.Proof)
		}
		for _, r := range l.Rules {
			proof(l.ID, r.Proof)
		}
		notes = append(notes, l.Notes...)
	}
	for _, n := range notes {
		proof(n.Says, n.Proof)
	}
	for _, f := range s.Fees {
		for _, v := range f.Values {
			proof(f.ID, v.Proof)
		}
	}
	if rows < 150 {
		t.Errorf("only %d rows were looked at", rows)
	}
}

// TestSixtyEconomies: the forced labour layer reaches 60 economies, the European Union counted as one.
func TestSixtyEconomies(t *testing.T) {
	s := us(t)
	flat := map[string]int{}
	eu := s.group("eu").Origins
	for _, l := range s.Layers {
		if l.ID != "s301-forced-labour" {
			continue
		}
		seen := map[supply.Country]bool{}
		for _, r := range l.Rules {
			if r.Outcome != AddRate && r.Outcome != Floor {
				continue
			}
			for _, o := range r.Origins {
				if seen[o] {
					t.Errorf("%s is named twice", o)
				}
				seen[o] = true
			}
			if len(r.Origins) == len(eu) {
				flat["floor 10"]++
				continue
			}
			flat[string(r.Outcome)+" "+r.Value.String()] += len(r.Origins)
		}
	}
	for what, want := range map[string]int{"rate 10": 17, "rate 12.5": 38, "floor 10": 2, "floor 12.5": 3} {
		if flat[what] != want {
			t.Errorf("%s: %d economies, want %d", what, flat[what], want)
		}
	}
	if len(eu) != 27 {
		t.Errorf("%d member states", len(eu))
	}
}

func FuzzParseHTS(f *testing.F) {
	for _, s := range []string{"8505.11.0070", "8505110070", "8505.11.00.70", "85051100", "", "8505..11", "8505.11.007x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := ParseHTS(text)
		if err != nil {
			return
		}
		again, err := ParseHTS(h.String())
		if err != nil || again != h || len(h) != 8 && len(h) != 10 {
			t.Errorf("%q is read as %s, and that as %s (%v)", text, h, again, err)
		}
	})
}
