package rules_test

import (
	"os"
	"path/filepath"
	"testing"

	"lodestone/rules"
)

// bookFolders are the folders of all books, from here.
func bookFolders(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("../law/*/*/book.yaml")
	if err != nil || len(files) < 3 {
		tb.Fatalf("the books are not where they were: %v %v", files, err)
	}
	for i := range files {
		files[i] = filepath.Dir(files[i])
	}
	return files
}

func loadBooks(tb testing.TB) rules.Library {
	tb.Helper()
	var lib rules.Library
	for _, dir := range bookFolders(tb) {
		bk, err := rules.LoadBook(os.DirFS(dir), ".")
		if err != nil {
			tb.Fatal(err)
		}
		lib = append(lib, bk)
	}
	return lib
}
