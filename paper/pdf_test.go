package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"lodestone/disclosure"
	"lodestone/quantity"
)

// sheetsOf is the text of each sheet of a PDF that this package wrote: its drawn strings in order, parted by bars. It reads
// the content streams themselves, so that nothing outside of this program is needed to see what stands on a sheet.
func sheetsOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	var sheets []string
	stream := regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	for _, m := range stream.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		text, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(text, []byte("BT ")) {
			continue
		}
		sheets = append(sheets, strings.Join(drawn(text), "|"))
	}
	return sheets
}

// drawn is the strings that a content stream draws: UTF-16 between parentheses, with escapes.
func drawn(content []byte) []string {
	var out []string
	for i := 0; i < len(content); i++ {
		if content[i] != '(' {
			continue
		}
		var raw []byte
		for i++; i < len(content) && content[i] != ')'; i++ {
			if content[i] == '\\' {
				i++
				if content[i] == 'r' {
					raw = append(raw, '\r')
					continue
				}
			}
			raw = append(raw, content[i])
		}
		var units []uint16
		for j := 0; j+1 < len(raw); j += 2 {
			units = append(units, uint16(raw[j])<<8|uint16(raw[j+1]))
		}
		out = append(out, string(utf16.Decode(units)))
	}
	return out
}

func standing() disclosure.Standing {
	s := disclosure.Stand(quantity.MustDate("2027-01-01"), "lodestone/abc", 7, "cm9vdA==")
	s.Books = []disclosure.BookMark{{Book: "us/some-book", Version: "MAY 2024", Digest: "sha256:" + strings.Repeat("ab", 32)}}
	return s
}

// bigTable is a page whose table runs over many sheets, with names too long for a line and a cell taller than a sheet.
func bigTable(rows int) *disclosure.Page {
	t := &disclosure.Table{Heads: []string{"Fact", "Ask", "Note"}, Widths: []int{3, 2, 1}}
	for i := range rows {
		t.Rows = append(t.Rows, []string{
			fmt.Sprintf("materials[urn:lodestone:lot:a-company-with-a-very-long-name-indeed:LOT-%04d].steps[separated Dy].country", i),
			"the metal's maker, through the magnet maker, for the separation plant's record", fmt.Sprintf("row-%d", i)})
	}
	t.Rows = append(t.Rows, []string{strings.Repeat("tall ", 4000), "x", "last-row"})
	return &disclosure.Page{Title: "Ünïcödé – Müller & Söhne “北京” Ж≥", Head: []disclosure.Field{{Name: "Lot", Value: strings.Repeat("x", 400)}},
		Sections: []disclosure.Section{{Title: "All of it", Blocks: []disclosure.Block{{Table: t}}}}, Standing: standing()}
}

func TestPDF(t *testing.T) {
	var b, again bytes.Buffer
	p := bigTable(200)
	if err := Write(&b, PDF, p); err != nil {
		t.Fatal(err)
	}
	if err := Write(&again, PDF, p); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same page gave other bytes")
	}
	sheets := sheetsOf(t, b.Bytes())
	if len(sheets) < 10 {
		t.Fatalf("%d sheets", len(sheets))
	}
	for i, s := range sheets {
		for _, want := range []string{"Decision support, not legal advice", "us/some-book (MAY 2024)", "read as on 2027-01-01", "position 7, root cm9vdA==",
			fmt.Sprintf("sheet %d of %d", i+1, len(sheets)), "Fact|Ask|Note"} {
			if !strings.Contains(strings.ReplaceAll(s, "|Book", "Book"), want) {
				t.Errorf("sheet %d lacks %q:\n%.600s", i+1, want, s)
			}
		}
	}
	all := strings.Join(sheets, "|")
	for i := range 200 {
		if !strings.Contains(all, fmt.Sprintf("row-%d|", i)) {
			t.Errorf("row %d is lost", i)
		}
	}
	if n := strings.Count(all, "tall"); n != 4000 {
		t.Errorf("a cell taller than a sheet: %d of 4000 words are there", n)
	}
	for _, want := range []string{"Ünïcödé – Müller & Söhne", "[U+5317][U+4EAC]", "Ж≥"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %.300s", want, all)
		}
	}
	if n := strings.Count(all, "x") - strings.Count(all, "|x|"); n < 400 {
		t.Errorf("a long word lost letters: %d of 400", n)
	}
}

func TestWrap(t *testing.T) {
	letters := func(s string) float64 { return float64(len([]rune(s))) }
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"a few words that wrap", "a few|words|that wrap"},
		{"urn:lodestone:lot:x:LOT-1", "urn:lodes|tone:lot:|x:LOT-1"},
		{"ab ccccccccccccc d", "ab|ccccccccc|cccc d"},
		{"ééééééééééé", "ééééééééé|éé"},
	} {
		if got := strings.Join(wrap(c.text, 9, letters), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if got := wrap("wide", 0.5, letters); strings.Join(got, "") != "wide" {
		t.Errorf("narrower than a letter: %q", got)
	}
}
