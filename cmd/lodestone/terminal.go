package main

import (
	"io"
	"os"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// terminal is an output that a person looks at. Names in the record come from others; a terminal would obey control
// characters in them, so they are shown as � here. Files and pipes get every byte as it is.
type terminal struct{ file *os.File }

// forPeople is w, made safe for names from others when it is a terminal.
func forPeople(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return terminal{f}
	}
	return w
}

// onTerminal tells whether w is a terminal, and gives it bare, for one who draws on it.
func onTerminal(w io.Writer) (*os.File, bool) {
	t, ok := w.(terminal)
	return t.file, ok
}

// Write writes p with control characters replaced.
func (t terminal) Write(p []byte) (int, error) {
	if _, err := t.file.Write(harmless(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// harmless is p with control characters other than newline and tab, and those that turn the direction of text, replaced.
func harmless(p []byte) []byte {
	var out []byte
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRune(p[i:])
		bad := unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
		if bad && out == nil {
			out = append(make([]byte, 0, len(p)+8), p[:i]...)
		}
		switch {
		case bad:
			out = append(out, "�"...)
		case out != nil:
			out = append(out, p[i:i+n]...)
		}
		i += n
	}
	if out == nil {
		return p
	}
	return out
}
