package paper

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"lodestone/disclosure"
)

// hostile is a page whose texts mean something to HTML and Markdown.
func hostile() *disclosure.Page {
	evil := "<script>alert(1)</script> | **bold** [x](javascript:y) & \"q\"\n# head"
	return &disclosure.Page{Title: evil, Says: evil, Head: []disclosure.Field{{Name: evil, Value: evil}}, Standing: standing(),
		Sections: []disclosure.Section{{Title: evil, Blocks: []disclosure.Block{
			{Text: evil}, {Table: &disclosure.Table{Heads: []string{evil, "b"}, Rows: [][]string{{evil, "c"}}}},
			{Tree: []disclosure.Node{{Label: "fact", Text: evil, Note: evil, Under: []disclosure.Node{{Label: "event", Text: "leaf"}}}}},
			{Blanks: []string{evil}}}}}}
}

func TestHTML(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, HTML, hostile()); err != nil {
		t.Fatal(err)
	}
	s := b.String()
	if strings.Contains(s, "<script") {
		t.Error("a text came through as markup")
	}
	for _, want := range []string{"<html lang=\"en\">", "<th scope=\"col\">", "Decision support, not legal advice", "sha256:abab", "<ul class=\"tree\">", "@media print"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, from := range []string{"http:", "https:", "src=", "url("} {
		if strings.Contains(s, from) {
			t.Errorf("the file needs something from elsewhere: %s", from)
		}
	}
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Markdown, hostile()); err != nil {
		t.Fatal(err)
	}
	s := strings.NewReplacer("\\<", "", "\\*", "", "\\[", "", "\\_", "").Replace(b.String())
	for _, bad := range []string{"<script", "**bold**", "[x](", "\n# head"} {
		if strings.Contains(s, bad) {
			t.Errorf("a text came through as markup: %s", bad)
		}
	}
	for _, line := range strings.Split(s, "\n") {
		if strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 3 {
			t.Errorf("a row of two cells reads %q", line)
		}
	}
}

func TestCSVIsInert(t *testing.T) {
	p := &disclosure.Provenance{Item: "=cmd()", Standing: standing(), Magnets: []disclosure.Magnet{{Lot: "@x", Kind: "+1",
		Phases: []disclosure.Phase{{Phase: "mined", Unknown: []disclosure.Gap{{Says: "-2", Inquiry: "a, \"b\"\nc"}}}}}}}
	var b bytes.Buffer
	if err := ProvenanceCSV(&b, p); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	for i, cell := range rows[1] {
		if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
			t.Errorf("column %s: %q would be taken for a formula", rows[0][i], cell)
		}
	}
	if len(rows[0]) != len(rows[1]) {
		t.Error("rows of different length")
	}
}
