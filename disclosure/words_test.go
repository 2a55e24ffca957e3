package disclosure

import (
	"strings"
	"testing"

	"lodestone/law"
)

// plainWords is a text with every run of white space as one space.
func plainWords(s string) string { return strings.Join(strings.Fields(s), " ") }

// The words that the papers quote are those of the primary texts in hand.
func TestQuotedWords(t *testing.T) {
	template, err := law.Text("PGI_225.7018-4.txt")
	if err != nil {
		t.Fatal(err)
	}
	template = plainWords(template)
	quoted := []string{templateSubject, templateBackground, templateAuthority, templateAnalysis, templateCertification, templatePartA, templateTable1, templateTable2, templateOther,
		templatePartB, templateVerified, templateSigner, templateAction, templateHead}
	for _, columns := range [][]string{CurrentColumns(), AlternativeColumns(), ReasonColumns()} {
		quoted = append(quoted, strings.Join(columns, " ")) // in the template's order
	}
	for _, q := range quoted {
		if !strings.Contains(template, plainWords(q)) {
			t.Errorf("PGI 225.7018-4 does not say %q", q)
		}
	}
	facts, err := law.Text("PGI_225.7003-3.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, facts, _ = strings.Cut(plainWords(facts), "The request shall include—")
	for _, f := range noticeFacts {
		if !strings.Contains(facts, "("+f.letter+") "+plainWords(f.asks)) {
			t.Errorf("PGI 225.7003-3(d)(ii) does not say (%s) %q", f.letter, f.asks)
		}
	}
	if !strings.Contains(facts, discovered) {
		t.Errorf("PGI 225.7003-3(d)(ii)(C) does not say %q", discovered)
	}
	if !strings.Contains(facts, "(M)") || strings.Contains(facts, "(N)") || len(noticeFacts) != 13 {
		t.Errorf("%d facts: the list of the PGI ends at (M)", len(noticeFacts))
	}
}
