package paper

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"lodestone/disclosure"
)

// writeMarkdown lays a page out as Markdown (CommonMark with tables).
func writeMarkdown(w io.Writer, p *disclosure.Page) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", plain(p.Title))
	if p.Says != "" {
		fmt.Fprintf(b, "\n*%s*\n", plain(p.Says))
	}
	markFields(b, p.Head)
	for _, s := range p.Sections {
		fmt.Fprintf(b, "\n## %s\n", plain(s.Title))
		for _, x := range s.Blocks {
			markBlock(b, x)
		}
	}
	fmt.Fprint(b, "\n---\n\n")
	for _, line := range p.Standing.Foot() {
		fmt.Fprintf(b, "%s  \n", plain(line))
	}
	return b.Flush()
}

func markBlock(b *bufio.Writer, x disclosure.Block) {
	switch {
	case x.Text != "":
		fmt.Fprintf(b, "\n%s\n", plain(x.Text))
	case len(x.Fields) > 0:
		markFields(b, x.Fields)
	case x.Table != nil:
		fmt.Fprintln(b)
		markRow(b, x.Table.Heads)
		fmt.Fprintln(b, "|"+strings.Repeat("---|", len(x.Table.Heads)))
		for _, row := range x.Table.Rows {
			markRow(b, row)
		}
	case len(x.Tree) > 0:
		fmt.Fprintln(b)
		markTree(b, x.Tree, 0)
	default:
		for _, line := range x.Blanks {
			fmt.Fprintf(b, "\n\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ %s\n", plain(line))
		}
	}
}

func markFields(b *bufio.Writer, fs []disclosure.Field) {
	if len(fs) > 0 {
		fmt.Fprintln(b)
	}
	for _, f := range fs {
		fmt.Fprintf(b, "- **%s**: %s\n", plain(f.Name), plain(f.Value))
	}
}

func markRow(b *bufio.Writer, cells []string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", plain(c))
	}
	fmt.Fprintln(b, "|")
}

func markTree(b *bufio.Writer, nodes []disclosure.Node, depth int) {
	for _, n := range nodes {
		fmt.Fprintf(b, "%s- **%s**: %s", strings.Repeat("  ", depth), plain(n.Label), plain(n.Text))
		if n.Note != "" {
			fmt.Fprintf(b, " *(%s)*", plain(n.Note))
		}
		fmt.Fprintln(b)
		markTree(b, n.Under, depth+1)
	}
}

// plain is text on one line, in which no sign means anything to Markdown.
func plain(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_[]<>|#~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
