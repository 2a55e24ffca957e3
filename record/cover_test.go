package record_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lodestone/epcis"
	"lodestone/record"
)

// immaterial are the places of an event that make no other entry of it: how it was written, and when it was recorded.
var immaterial = regexp.MustCompile(`^\.(Context|OwnContext|RecordTime|CertificationIsList)$|\.Text$`)

// remark tells extensions that CBV's hash passes over: comments, and those that hold nothing.
func remark(f epcis.Field) bool {
	return slices.Contains([]string{"comment", "rdfs:comment", "#text"}, f.Name) || slices.Contains([]string{"[]", "{}", `""`, "null"}, string(f.Value))
}

// TestEveryFieldMakesAnotherEntry changes every field of every example in turn. A field that the ID did not cover would be lost when
// the event comes again with that field changed, since it would count as the entry already there.
func TestEveryFieldMakesAnotherEntry(t *testing.T) {
	files, err := filepath.Glob("../epcis/testdata/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob("../epcis/testdata/*.json")
	changed := map[string]bool{}
	uncovered := map[string]string{}
	for _, file := range append(files, more...) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		r := epcis.NewReader(f)
		for {
			ev, err := r.Next()
			if err != nil {
				break
			}
			before, err := record.NewEvent("", received, ev)
			if err != nil {
				continue
			}
			leaves(reflect.ValueOf(ev).Elem(), "", func(path string, change func(), restore func()) {
				kind := regexp.MustCompile(`\[\d+\]`).ReplaceAllString(path, "[]")
				if immaterial.MatchString(kind) {
					return
				}
				change()
				after, err := record.NewEvent("", received, ev)
				restore()
				changed[kind] = true
				if err == nil && after.ID == before.ID {
					uncovered[kind] = filepath.Base(file) + " " + ev.ID
				}
			})
		}
		_ = f.Close()
	}
	if len(changed) < 40 {
		t.Errorf("only %d kinds of field were changed: are the examples there?", len(changed))
	}
	var all []string
	for kind, where := range uncovered {
		all = append(all, fmt.Sprintf("%s (%s)", kind, where))
	}
	slices.Sort(all)
	if len(all) > 0 {
		t.Errorf("changing these makes no other entry:\n%s", strings.Join(all, "\n"))
	}
}

// leaves calls do for every text, number and truth in v that is set, with a way to change it and one to put it back.
func leaves(v reflect.Value, path string, do func(path string, change, restore func())) {
	switch {
	case v.Type() == reflect.TypeFor[epcis.Field]() && remark(v.Interface().(epcis.Field)):
		return
	case v.Type() == reflect.TypeFor[json.RawMessage]():
		if v.Len() > 0 {
			old := v.Bytes()
			do(path, func() { v.SetBytes([]byte(`"changed"`)) }, func() { v.SetBytes(old) })
		}
		return
	case v.Type() == reflect.TypeFor[epcis.Time]():
		if t := v.Interface().(epcis.Time); !t.IsZero() {
			later := epcis.Time{Time: t.Time.AddDate(0, 0, 1), Text: t.Time.AddDate(0, 0, 1).Format("2006-01-02T15:04:05.000Z07:00")}
			do(path, func() { v.Set(reflect.ValueOf(later)) }, func() { v.Set(reflect.ValueOf(t)) })
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), path, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				leaves(v.Field(i), path+"."+v.Type().Field(i).Name, do)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprintf("%s[%d]", path, i), do)
		}
	case reflect.String:
		old := v.String()
		if old == "" {
			return
		}
		next := old + "x"
		if v.Type() == reflect.TypeFor[json.Number]() {
			next = "987654"
		}
		do(path, func() { v.SetString(next) }, func() { v.SetString(old) })
	case reflect.Bool:
		old := v.Bool()
		do(path, func() { v.SetBool(!old) }, func() { v.SetBool(old) })
	}
}
