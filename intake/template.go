package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// WriteTemplate writes the sheets, empty but for their header, notes and one commented example each, and the guide as
// README.md, into dir, which it makes when it is not there. It overwrites nothing: when one of the files is there it
// writes none and says which.
func WriteTemplate(dir string) error {
	files := map[string][]byte{"README.md": Guide()}
	order := []string{"README.md"}
	for _, s := range Sheets() {
		files[s.File] = template(s)
		order = append(order, s.File)
	}
	for _, name := range order {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return fmt.Errorf("write the empty sheets: %s is there already: choose an empty folder", filepath.Join(dir, name))
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("write the empty sheets: %w", err)
	}
	for _, name := range order {
		if err := writeNew(filepath.Join(dir, name), files[name]); err != nil {
			return fmt.Errorf("write the empty sheets: %w", err)
		}
	}
	return nil
}

func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// template is the bytes of one empty sheet: the header in the first row, the notes below it in one cell each, so that
// a spreadsheet program shows them whole, and the example.
func template(s Sheet) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := s.names()
	example := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		example[i] = c.Example
	}
	if s.Fractions != "" {
		header = append(header, "Nd2O3 %", "Nd2O3 sd %")
		figures := [2]string{}
		if s.File == "assays.csv" {
			figures = [2]string{"12.4", "0.2"}
			header = append(header, "Dy2O3 ppm", "Dy2O3 sd ppm")
			example = append(example, figures[0], figures[1], "3100", "80")
		} else {
			header = append(s.names(), "Nd %", "Nd sd %")
			example = append(example, figures[0], figures[1])
		}
	}
	example[0] = "# " + example[0]
	write(w, header)
	write(w, []string{"# " + s.What})
	for _, c := range s.Columns {
		write(w, []string{"# " + c.Name + need(c) + ": " + c.Help})
	}
	if s.Fractions != "" {
		write(w, []string{"# Nd %, Nd2O3 %, Nd sd %, Nd ppm, Nd g/kg, for any element or its usual oxide: " + s.Fractions})
	}
	write(w, []string{"# Rows that begin with # are not read. An example, to use without its #:"})
	write(w, example)
	w.Flush()
	return b.Bytes()
}

func write(w *csv.Writer, record []string) {
	_ = w.Write(record) // into a buffer, which does not fail
}

func need(c Column) string {
	if c.Required {
		return " (required)"
	}
	return ""
}

// cell is text for a table of the guide.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }
