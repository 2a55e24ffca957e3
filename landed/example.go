package landed

import (
	"embed"
	"fmt"
)

//go:embed example/*
var examples embed.FS

// Examples are the names that Example knows.
func Examples() []string { return []string{"brook", "china"} }

// Example is an embedded sheet: brook, a sintered magnet made in Ohio from oxide of the Brook mine; china, the same grade
// landed from China.
func Example(name string) (*Sheet, error) {
	data, err := examples.ReadFile("example/" + name + ".yaml")
	if err != nil || name == "template" {
		return nil, fmt.Errorf("there is no example %q: there are %s", name, list(Examples()))
	}
	return Read("example:"+name, data)
}

// ExampleText is the text of an embedded sheet, and Template and CSVTemplate are sheets with a note to each field.
func ExampleText(name string) ([]byte, error) { return examples.ReadFile("example/" + name + ".yaml") }

// Template is a YAML sheet with a note to each field, to be filled in.
func Template() []byte { return text("template.yaml") }

// CSVTemplate is the same sheet as CSV.
func CSVTemplate() []byte { return text("template.csv") }

func text(name string) []byte {
	data, err := examples.ReadFile("example/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return data
}
