package page

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"lodestone/plan"
)

// sheet is one table of a report: heads as in its JSON, and its rows.
type sheet struct {
	name  string
	heads []string
	rows  [][]any
}

// sheets are a report's tables, the answer first.
func sheets(r *plan.Report) []sheet {
	summary := sheet{name: "summary", heads: []string{"what", "value"}, rows: [][]any{
		{"name", r.Name}, {"goal", string(r.Goal)}, {"status", string(r.Status)}, {"cost, discounted", r.Objective}, {"currency", r.Currency},
		{"discounting", r.Discount}, {"capital", r.Capital}, {"gap", r.Gap}, {"worst residual", r.Residual}, {"solver", r.Solver}}}
	if ready := r.Readiness; ready != nil {
		summary.rows = append(summary.rows, []any{"readiness", ready.Sentence}, []any{"ready from", ready.From}, []any{"demand under a book, t", ready.Bound}, []any{"of it out of reach, t", ready.Short})
		for _, n := range ready.Needs {
			summary.rows = append(summary.rows, []any{"short", n})
		}
		for _, c := range ready.Cut {
			summary.rows = append(summary.rows, []any{"binds", c})
		}
	}
	if r.Conflict != nil {
		for _, row := range r.Conflict.Rows {
			summary.rows = append(summary.rows, []any{"cannot all hold", row})
		}
		for _, m := range r.Conflict.Mends {
			summary.rows = append(summary.rows, []any{"would mend it", m.Words})
		}
	}
	for _, a := range r.Assumptions {
		summary.rows = append(summary.rows, []any{"assumed", a})
	}
	summary.rows = append(summary.rows, []any{"note", r.Advice})
	return []sheet{summary, sheetOf("deliveries", r.Deliveries), sheetOf("flows", r.Flows), sheetOf("builds", r.Builds), sheetOf("bottlenecks", r.Bottlenecks),
		sheetOf("landed", r.Landed), sheetOf("prices", r.Prices), sheetOf("idle", r.Idle), sheetOf("colours", r.Colours), sheetOf("duties", r.Duties)}
}

// sheetOf lays rows of a struct out by their JSON names; a struct within one gives its own columns.
func sheetOf[T any](name string, of []T) sheet {
	s := sheet{name: name, heads: headsOf(reflect.TypeFor[T]())}
	for _, row := range of {
		s.rows = append(s.rows, cellsOf(reflect.ValueOf(row)))
	}
	return s
}

func headsOf(t reflect.Type) []string {
	var out []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Type.Kind() == reflect.Struct {
			out = append(out, headsOf(f.Type)...)
			continue
		}
		out = append(out, name)
	}
	return out
}

func cellsOf(v reflect.Value) []any {
	var out []any
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			out = append(out, cellsOf(f)...)
		case reflect.Slice:
			words := make([]string, f.Len())
			for k := range words {
				words[k] = fmt.Sprint(f.Index(k))
			}
			out = append(out, strings.Join(words, " "))
		case reflect.String:
			out = append(out, f.String())
		default:
			out = append(out, f.Interface())
		}
	}
	return out
}

// CSV writes a report as a folder of tables.
func CSV(dir string, r *plan.Report) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write the plan's tables: %w", err)
	}
	for _, s := range sheets(r) {
		f, err := os.Create(filepath.Join(dir, s.name+".csv"))
		if err != nil {
			return fmt.Errorf("write the plan's tables: %w", err)
		}
		out := csv.NewWriter(f)
		records := [][]string{s.heads}
		for _, row := range s.rows {
			record := make([]string, len(row))
			for i, cell := range row {
				record[i] = fmt.Sprint(cell)
			}
			records = append(records, record)
		}
		if err := errors.Join(out.WriteAll(records), f.Close()); err != nil {
			return fmt.Errorf("write the plan's tables: %w", err)
		}
	}
	return nil
}
