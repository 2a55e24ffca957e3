package paper

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"lodestone/disclosure"
)

//go:embed page.html
var pageText string

// writeHTML lays a page out as one HTML file that needs nothing from elsewhere.
func writeHTML(w io.Writer, p *disclosure.Page) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("read the layout: %w", err)
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("lay out the paper as HTML: %w", err)
	}
	return nil
}
