package disclosure

// Page is what stands on a paper, in order, before anybody lays it out: package paper turns one Page into PDF, HTML or
// Markdown, so that all of them say the same.
type Page struct {
	Title    string
	Says     string  // the paper in one sentence, "" for none
	Head     []Field // lot, day, verdict and the like
	Sections []Section
	Standing Standing // stands at the foot of every sheet
}

// Section is a part of a page under a title.
type Section struct {
	Title  string
	Blocks []Block
}

// Block is one piece of a section: exactly one of its fields is set.
type Block struct {
	Text   string   // a paragraph
	Fields []Field  // names with their values
	Table  *Table   //
	Tree   []Node   // an explanation
	Blanks []string // lines to be filled in by hand, each with the words under it
}

// Field is a name with its value.
type Field struct{ Name, Value string }

// Table has one row of heads, repeated on every sheet it runs over. Every row has as many cells as there are heads.
type Table struct {
	Heads  []string
	Widths []int // relative widths of the columns
	Rows   [][]string
	Wide   bool // wants the sheet turned on its side
}

// Node is one line of a tree: a label such as "words", what it says, and the lines under it.
type Node struct {
	Label string // in a word: reason, words, value, fact, event, document
	Text  string
	Note  string // smaller: source, sureness, date
	Under []Node
}

// paragraph, fields, table and the like are sections' blocks.
func paragraph(text string) Block { return Block{Text: text} }

// section is a section of the blocks that say anything, and false when none does.
func (p *Page) section(title string, blocks ...Block) {
	var kept []Block
	for _, b := range blocks {
		if b.Text != "" || len(b.Fields) > 0 || b.Table != nil && len(b.Table.Rows) > 0 || len(b.Tree) > 0 || len(b.Blanks) > 0 {
			kept = append(kept, b)
		}
	}
	if len(kept) > 0 {
		p.Sections = append(p.Sections, Section{Title: title, Blocks: kept})
	}
}

// list is a section of short texts, one a paragraph.
func (p *Page) list(title string, texts []string) {
	var blocks []Block
	for _, t := range texts {
		blocks = append(blocks, paragraph(t))
	}
	p.section(title, blocks...)
}
