package paper

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"lodestone/disclosure"
)

// Form is a way to lay a page out.
type Form string

const (
	PDF      Form = "pdf"
	HTML     Form = "html"
	Markdown Form = "md"
)

// FormOf is the form that a file's name ends in.
func FormOf(file string) (Form, error) {
	switch ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")); ext {
	case "pdf", "html", "md":
		return Form(ext), nil
	case "htm":
		return HTML, nil
	case "markdown":
		return Markdown, nil
	default:
		return "", fmt.Errorf("lay out %s: no form ends in %q: name a .pdf, .html or .md", file, "."+ext)
	}
}

// Write lays a page out.
func Write(w io.Writer, form Form, p *disclosure.Page) error {
	switch form {
	case PDF:
		return writePDF(w, p)
	case HTML:
		return writeHTML(w, p)
	case Markdown:
		return writeMarkdown(w, p)
	}
	return fmt.Errorf("no layout %q: want pdf, html or md", form)
}
