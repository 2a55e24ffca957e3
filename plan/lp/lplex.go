package lp

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// token is a word of the LP format. One that is first on its line may be a keyword.
type token struct {
	kind  byte // 'n' a name, '1' a number, '<' '>' '=' a relation, else the sign itself: + - :
	text  string
	line  int
	first bool
}

var (
	lpNumber = regexp.MustCompile(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?`)
	lpWord   = regexp.MustCompile("^[A-Za-z!\"#$%&(),.;?@_'`{}~][A-Za-z0-9!\"#$%&(),.;?@_'`{}~]*")
	lpSign   = regexp.MustCompile(`^(?:<=|=<|>=|=>|[<>=+:-])`)
)

// lpTokens parts a text into its words; what stands behind a backslash is a comment.
func lpTokens(r io.Reader) ([]token, error) {
	var out []token
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), 1<<24)
	n := 0
	for lines.Scan() {
		n++
		text, _, _ := strings.Cut(lines.Text(), `\`)
		first := true
		for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
			t := token{line: n, first: first}
			first = false
			switch {
			case lpSign.MatchString(text):
				t.text = lpSign.FindString(text)
				t.kind = t.text[0]
				if strings.ContainsAny(t.text, "<>") {
					t.kind = strings.Trim(t.text, "=")[0]
				}
			case lpNumber.MatchString(text):
				t.kind, t.text = '1', lpNumber.FindString(text)
			case lpWord.MatchString(text):
				t.kind, t.text = 'n', lpWord.FindString(text)
			default:
				return nil, fmt.Errorf("line %d: %q is no word of the LP format here (squares, products and sets are not read)", n, cutText(text))
			}
			out = append(out, t)
			text = text[len(t.text):]
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n, err)
	}
	return out, nil
}

func cutText(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// sections are the parts of a file, by the words that begin them.
var sections = map[string]string{
	"min": "least", "minimize": "least", "minimise": "least", "minimum": "least",
	"max": "greatest", "maximize": "greatest", "maximise": "greatest", "maximum": "greatest",
	"st": "rows", "s.t.": "rows", "st.": "rows", "subject to": "rows", "such that": "rows",
	"bound": "bounds", "bounds": "bounds",
	"gen": "integers", "general": "integers", "generals": "integers", "int": "integers", "integer": "integers", "integers": "integers",
	"bin": "binaries", "binary": "binaries", "binaries": "binaries",
	"end":  "end",
	"semi": "unread", "semis": "unread", "sos": "unread", "sos1": "unread", "sos2": "unread", "pwlobj": "unread",
}

// sectionAt tells whether a section begins at token i, and how many tokens its words take.
func sectionAt(ts []token, i int) (string, int) {
	if ts[i].kind != 'n' || !ts[i].first {
		return "", 0
	}
	word := strings.ToLower(ts[i].text)
	if i+1 < len(ts) && ts[i+1].kind == ':' {
		return "", 0 // a row's name
	}
	if i+1 < len(ts) && ts[i+1].kind == 'n' {
		if s := sections[word+" "+strings.ToLower(ts[i+1].text)]; s != "" {
			return s, 2
		}
	}
	if s := sections[word]; s != "" {
		return s, 1
	}
	return "", 0
}
