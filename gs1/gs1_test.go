package gs1

import (
	"strings"
	"testing"
)

// canonicalCases are facts of the EPC Tag Data Standard and of the published test values of the event hash.
var canonicalCases = []struct{ in, want string }{
	{"urn:epc:id:sgtin:4012345.011111.98%22", "https://id.gs1.org/01/04012345111118/21/98%22"},
	{"urn:epc:id:sgtin:415056789012.0.987654", "https://id.gs1.org/01/04150567890128/21/987654"},
	{"urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()", "https://id.gs1.org/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29"},
	{"urn:epc:id:sscc:4012345.0000000333", "https://id.gs1.org/00/040123450000003338"},
	{"urn:epc:id:sscc:5200001.0111111146", "https://id.gs1.org/00/052000011111111461"},
	{"urn:epc:id:sgln:4012345.00005.122", "https://id.gs1.org/414/4012345000054/254/122"},
	{"urn:epc:id:sgln:4012345.00005.0", "https://id.gs1.org/414/4012345000054"},
	{"urn:epc:id:grai:4012345.00022.334455", "https://id.gs1.org/8003/04012345000221334455"},
	{"urn:epc:id:giai:4012345.ABC345", "https://id.gs1.org/8004/4012345ABC345"},
	{"urn:epc:id:gsrn:4012345.0000006765", "https://id.gs1.org/8018/401234500000067657"},
	{"urn:epc:id:gsrnp:4012345.0000000007", "https://id.gs1.org/8017/401234500000000074"},
	{"urn:epc:id:gdti:4012345.00009.PO-4711", "https://id.gs1.org/253/4012345000092PO-4711"},
	{"urn:epc:id:gdti:987659999999..9", "https://id.gs1.org/253/98765999999929"},
	{"urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234", "https://id.gs1.org/8010/061414111111111111111-A%23%2F/8011/1234"},
	{"urn:epc:id:ginc:0614141.xyz47%2F11", "https://id.gs1.org/401/0614141xyz47%2F11"},
	{"urn:epc:id:gsin:4012345.222333444", "https://id.gs1.org/402/40123452223334442"},
	{"urn:epc:id:itip:4012345.011111.01.02.987", "https://id.gs1.org/8006/040123451111180102/21/987"},
	{"urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7SDB", "https://id.gs1.org/01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7SDB"},
	{"urn:epc:id:pgln:4000001.00000", "https://id.gs1.org/417/4000001000005"},
	{"urn:epc:id:pgln:999999999999.", "https://id.gs1.org/417/9999999999994"},
	{"urn:epc:id:sgcn:4012345.99999.44", "https://id.gs1.org/255/401234599999044"},
	{"urn:epc:class:lgtin:4012345.012345.Lot987", "https://id.gs1.org/01/04012345123456/10/Lot987"},
	{"urn:epc:idpat:sgtin:4012345.012345.*", "https://id.gs1.org/01/04012345123456"},
	{"urn:epc:idpat:grai:4012345.99999.*", "https://id.gs1.org/8003/04012345999990"},
	{"urn:epc:idpat:gdti:4012345.11111.*", "https://id.gs1.org/253/4012345111118"},
	{"urn:epc:idpat:sgcn:4012345.22222.*", "https://id.gs1.org/255/4012345222227"},
	{"urn:epc:idpat:cpi:4012345.AB12.*", "https://id.gs1.org/8010/4012345AB12"},
	{"urn:epc:idpat:itip:4012345.012345.01.02.*", "https://id.gs1.org/8006/040123451234560102"},
	{"urn:epc:idpat:upui:4012345.012345.*", "https://id.gs1.org/01/04012345123456"},

	{"https://id.gs1.org/gtin/09780345418913", "https://id.gs1.org/01/09780345418913"},
	{"https://example.com/gtin/09780345418913/21/765tz?abc=211121", "https://id.gs1.org/01/09780345418913/21/765tz"},
	{"http://example.de/gtin-8/01/97803111", "https://id.gs1.org/01/00000097803111"},
	{"http://us-company-with-UPC.com/01/001122334455/ser/GHB", "https://id.gs1.org/01/00001122334455/21/GHB"},
	{"https://ean-13.de/gtin/4012345123456/ser/ABC524", "https://id.gs1.org/01/04012345123456/21/ABC524"},
	{"https://id.gs1.org/gtin/9780345418913/cpv/344/lot/1223/ser/765tz", "https://id.gs1.org/01/09780345418913/21/765tz"},
	{"https://id.gs1.org/gtin/9780345418913/cpv/344", "https://id.gs1.org/01/09780345418913"},
	{"http://example.de/01/040123451234/cpv/344/lot/ABD", "https://id.gs1.org/01/00040123451234/10/ABD"},
	{"https://id.gs1.org/itip/123456789101100190/cpv/ABCD", "https://id.gs1.org/8006/123456789101100190"},
	{"https://fashion-corp.com/8006/040123451234560102/22/AB/21/443322", "https://id.gs1.org/8006/040123451234560102/21/443322"},
	{"https://id.gs1.org/8006/040123451234560102/22/ABCD/10/XYZ", "https://id.gs1.org/8006/040123451234560102/10/XYZ"},
	{"https://fashion-corp.com/8006/040123451234560102/10/Lot-123/21/ser987", "https://id.gs1.org/8006/040123451234560102/21/ser987"},
	{"https://gs1.test.example.org/01/9780345418913/10/1223", "https://id.gs1.org/01/09780345418913/10/1223"},
	{"https://id.gs1.org/00/340123453111111115", "https://id.gs1.org/00/340123453111111115"},
	{"https://example.co.uk/party/4226350800008", "https://id.gs1.org/417/4226350800008"},
	{"https://id.gs1.org/414/4280000000002/254/12", "https://id.gs1.org/414/4280000000002/254/12"},
	{"https://id.gs1.org/8004/0180451111ABC987", "https://id.gs1.org/8004/0180451111ABC987"},
	{"https://example.org/8004/401234599999", "https://id.gs1.org/8004/401234599999"},
	{"https://id.gs1.org/8018/385888700111111111", "https://id.gs1.org/8018/385888700111111111"},
	{"https://id.gs1.org/253/4602443000331XYZ", "https://id.gs1.org/253/4602443000331XYZ"},
	{"https://id.gs1.org/8010/0628165987/8011/9876", "https://id.gs1.org/8010/0628165987/8011/9876"},
	{"https://id.gs1.org/255/0811625999996554433", "https://id.gs1.org/255/0811625999996554433"},
	{"https://mine.example.com/a/b/01/09780345418913/10/L%2F1?17=271231#top", "https://id.gs1.org/01/09780345418913/10/L%2F1"},
	{"https://mine.example.com/01/09780345418913/", "https://id.gs1.org/01/09780345418913"},
}

// unchangedCases are no GS1 keys, or broken ones: they pass through.
var unchangedCases = []string{
	"", "42", "Hello World!", "urn:example:lot:7", "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
	"http://example.org/123/4012345ABC987/456/4711", "http://id.gs1.org/99/9780345418913",
	"http://id.gs1.org/01/9780345418913/99/utfgf", "http://example.de/abc/9780345418913", "http://example.de/01/97803",
	"https://id.gs1.org/8006/04012345123456/22/ABCD/10/XYZ", "https://id.gs1.org/01/", "https://01/09780345418913",
	"https://id.gs1.org/01/09780345418913/10", "https://id.gs1.org/01/09780345418913/10/", "https://id.gs1.org/01/09780345418913/10/%zz",
	"urn:epc:id:sgtin:4012345.011111", "urn:epc:id:sgtin:4012345.0111111.1", "urn:epc:id:sgtin:40123.45011111.1",
	"urn:epc:id:sgtin:4012345.011111.123456789012345678901", "urn:epc:id:sgln:4012345.00005", "urn:epc:id:sscc:4012345.11",
	"urn:epc:id:nothing:4012345.1", "urn:epc:idpat:sgtin:4012345.*.*", "urn:epc:id:giai:4012345.", "urn:epc:id:sgtin", "urn:epc:",
	"urn:epc:id:cpi:0614141.A%2", "urn:epc:id:itip:4012345.011111.1.02.987", "urn:epc:class:lgtin:4012345.012345.", "geo:50.9,6.9",
}

func TestCanonical(t *testing.T) {
	for _, c := range canonicalCases {
		if got := Canonical(c.in); got != c.want {
			t.Errorf("Canonical(%q) = %q, want %q", c.in, got, c.want)
		}
		if got := AppendCanonical([]byte("at "), c.in); string(got) != "at "+c.want {
			t.Errorf("AppendCanonical(%q) = %q", c.in, got)
		}
		if got := Canonical(c.want); got != c.want {
			t.Errorf("Canonical is not idempotent: %q becomes %q", c.want, got)
		}
	}
	for _, in := range unchangedCases {
		if got := Canonical(in); got != in {
			t.Errorf("Canonical(%q) = %q, want it unchanged", in, got)
		}
	}
}

func TestCheckDigits(t *testing.T) {
	good := map[string]func(string) error{
		"04012345123456":     func(s string) error { _, err := ParseGTIN(s); return err },
		"4012345123456":      func(s string) error { _, err := ParseGTIN(s); return err },
		"4012345000054":      func(s string) error { _, err := ParseGLN(s); return err },
		"040123450000003338": func(s string) error { _, err := ParseSSCC(s); return err },
		"401234500000067657": func(s string) error { _, err := ParseGSRN(s); return err },
	}
	for s, parse := range good {
		if err := parse(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		for i := range s {
			for d := byte('0'); d <= '9'; d++ {
				if d == s[i] {
					continue
				}
				if bad := s[:i] + string(d) + s[i+1:]; parse(bad) == nil {
					t.Errorf("%s: one wrong digit in %s is not found", bad, s)
				}
			}
		}
		for _, bad := range []string{"", s[1:] + "x", s + "00", "-" + s[1:]} {
			if parse(bad) == nil {
				t.Errorf("%q is taken", bad)
			}
		}
	}
	if g, err := ParseGTIN("97803119"); err != nil || g != "00000097803119" {
		t.Errorf("GTIN of 8 digits: %q, %v", g, err)
	}
}

func TestID(t *testing.T) {
	for _, c := range canonicalCases {
		id, ok := Parse(c.in)
		if !ok || id.Link() != c.want {
			t.Fatalf("Parse(%q) = %v, %v", c.in, id, ok)
		}
		if strings.HasPrefix(c.in, "urn:") && id.Check() != nil {
			t.Errorf("%s: the computed check digit is refused: %v", c.in, id.Check())
		}
		if again, _ := Parse(id.Link()); again != id {
			t.Errorf("%s: %v comes back as %v", c.in, id, again)
		}
	}
	wrong, _ := Parse("https://id.gs1.org/01/04012345123457/10/A")
	if err := wrong.Check(); err == nil || !strings.Contains(err.Error(), "check digit is 7, the other digits give 6") {
		t.Errorf("wrong check digit: %v", err)
	}
	asset, _ := Parse("https://id.gs1.org/8003/14012345000225X")
	if err := asset.Check(); err == nil || !strings.Contains(err.Error(), "want 0") {
		t.Errorf("an asset without its zero: %v", err)
	}
	if got := wrong.String(); got != "(01)04012345123457(10)A" {
		t.Errorf("String() = %s", got)
	}
	for uri, class := range map[string]bool{
		"urn:epc:class:lgtin:4012345.012345.Lot987": true, "urn:epc:idpat:sgtin:4012345.012345.*": true,
		"urn:epc:id:sgtin:4012345.012345.9": false, "urn:epc:id:sscc:4012345.0000000333": false,
		"urn:epc:id:grai:4012345.00022.3": false, "urn:epc:idpat:grai:4012345.00022.*": true,
		"urn:epc:id:itip:4012345.011111.01.02.987": false, "urn:epc:idpat:cpi:4012345.AB12.*": true,
	} {
		if id, _ := Parse(uri); id.Class() != class {
			t.Errorf("%s: Class() = %v", uri, id.Class())
		}
	}
}

func TestLinksOfTypes(t *testing.T) {
	g, _ := ParseGTIN("4012345123456")
	l, _ := ParseGLN("4012345000054")
	s, _ := ParseSSCC("040123450000003338")
	for got, want := range map[string]string{
		g.Link():         "https://id.gs1.org/01/04012345123456",
		g.Lot("a/1"):     "https://id.gs1.org/01/04012345123456/10/a%2F1",
		g.Serial("7"):    "https://id.gs1.org/01/04012345123456/21/7",
		l.Place(""):      "https://id.gs1.org/414/4012345000054",
		l.Place("dock1"): "https://id.gs1.org/414/4012345000054/254/dock1",
		l.Party():        "https://id.gs1.org/417/4012345000054",
		s.Link():         "https://id.gs1.org/00/040123450000003338",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, c := range canonicalCases {
		f.Add(c.in)
	}
	for _, c := range unchangedCases {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Canonical(s)
		if twice := Canonical(once); twice != once {
			t.Errorf("%q gives %q, that gives %q", s, once, twice)
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Canonical(canonicalCases[i%len(canonicalCases)].in)
	}
}
