// Package law holds the books: laws, regulations and clauses as data, each a folder with book.yaml (the words in the law's
// own order, the rules under the words they follow from, values by date with their sources, doubts with the closed set of
// readings) and cases.yaml (fact patterns with the verdicts that follow from the text). The primary texts in hand lie in
// texts; a test holds every quotation against them. No book turns a doubtful fact into a certain one, and none holds
// words that are not in hand: such a paragraph says so, and every verdict it decides carries that doubt.
package law

import (
	"embed"
	"fmt"
	"io/fs"

	"lodestone/rules"
)

//go:embed us cn eu texts
var files embed.FS

// folders are the books in the order they are listed and judged: a new book is a folder named here, its country embedded above.
var folders = [...]string{
	"us/dfars-252.225-7052", "us/dfars-252.225-7009", "us/10-usc-4872", "us/dfars-252.225-7060", "us/uflpa",
	"us/ndaa-2023-857", "us/conflict-minerals", "us/26-usc-45x", "cn/mofcom-2025", "eu/2024-1252",
}

// Load reads all books. It fails only where a book is faulty, naming file, line and column.
func Load() (rules.Library, error) {
	var lib rules.Library
	for _, dir := range folders {
		b, err := rules.LoadBook(files, dir)
		if err != nil {
			return nil, fmt.Errorf("load book %s: %w", dir, err)
		}
		lib = append(lib, b)
	}
	return lib, nil
}

// Cases are the fact patterns of one book.
func Cases(book string) ([]rules.Case, error) {
	return rules.LoadCases(files, book+"/cases.yaml")
}

// Text is a primary text in hand by its file name.
func Text(name string) (string, error) {
	b, err := fs.ReadFile(files, "texts/"+name)
	if err != nil {
		return "", fmt.Errorf("primary text %s is not in hand", name)
	}
	return string(b), nil
}
