package paper

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// The styles of fpdf, and the font behind each.
const (
	regular = ""
	bold    = "B"
	italic  = "I"
)

func fontOf(style string) []byte {
	switch style {
	case bold:
		return gobold.TTF
	case italic:
		return goitalic.TTF
	}
	return goregular.TTF
}

// letters tells which characters the fonts have, and breaks text into lines.
type letters struct {
	font *sfnt.Font
	buf  sfnt.Buffer
	has  map[rune]bool
}

func newLetters() (*letters, error) {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	return &letters{font: f, has: map[rune]bool{}}, nil
}

// shown is text as the fonts can show it: a character they lack is written as its number, blanks and controls are spaces.
func (l *letters) shown(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			b.WriteByte(' ')
		case l.holds(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}

func (l *letters) holds(r rune) bool {
	ok, known := l.has[r]
	if !known {
		i, err := l.font.GlyphIndex(&l.buf, r)
		ok = err == nil && i != 0 && r <= 0xffff
		l.has[r] = ok
	}
	return ok
}

// wrap breaks text into lines no wider than width, as measured: between words, in long identifiers after a sign, and
// where there is no such place anywhere.
func wrap(text string, width float64, measure func(string) float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if measure(joined) <= width {
			line = joined
			continue
		}
		if line != "" && measure(word) <= width {
			lines, line = append(lines, line), word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		for measure(line) > width {
			cut := breakAt(line, width, measure)
			lines, line = append(lines, line[:cut]), line[cut:]
		}
	}
	return append(lines, line)
}

// breakAt is where a word that is too wide is cut: after the last sign that fits, if that leaves half a line, else after
// the last letter that fits; at least after one.
func breakAt(word string, width float64, measure func(string) float64) int {
	fits, sign := 0, 0
	for i, r := range word {
		end := i + len(string(r))
		if i > 0 && measure(word[:end]) > width {
			break
		}
		fits = end
		if strings.ContainsRune(":/-_.,;=%#?&@", r) {
			sign = end
		}
	}
	if sign > 0 && measure(word[:sign]) > width/2 {
		return sign
	}
	return fits
}
