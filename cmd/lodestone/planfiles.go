package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"lodestone/plan"
	"lodestone/plan/page"
)

// planWriter is what writes a plan to a file of that name, nil where its ending says nothing.
func planWriter(name string) func(name string, p *plan.Plan, r *plan.Report) error {
	if strings.HasSuffix(name, "/") {
		return func(name string, _ *plan.Plan, r *plan.Report) error { return page.CSV(name, r) }
	}
	var write func(w io.Writer, p *plan.Plan, r *plan.Report) error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html":
		write = page.HTML
	case ".xlsx":
		write = func(w io.Writer, _ *plan.Plan, r *plan.Report) error { return page.Excel(w, r) }
	case ".parquet":
		write = func(w io.Writer, _ *plan.Plan, r *plan.Report) error { return page.Parquet(w, r) }
	case ".json":
		write = func(w io.Writer, _ *plan.Plan, r *plan.Report) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(r)
		}
	default:
		return nil
	}
	return func(name string, p *plan.Plan, r *plan.Report) error {
		var b bytes.Buffer // the file is written whole, or not at all
		if err := write(&b, p, r); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write the plan: %w", err)
		}
		return nil
	}
}

// readWorkbook reads a network's tables from a workbook.
func readWorkbook(name string) ([]plan.Sheet, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the network: %w", err)
	}
	defer f.Close()
	return page.ReadWorkbook(f)
}

// writeWorkbookTemplate writes an empty workbook. It touches no file that is there.
func writeWorkbookTemplate(name string) error {
	var b bytes.Buffer
	if err := page.Template(&b); err != nil {
		return err
	}
	return writeNew(name, b.Bytes())
}
