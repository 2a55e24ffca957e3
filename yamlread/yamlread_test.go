package yamlread_test

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/yamlread"
)

// TestPeriod refuses a period that ends before it begins, in whichever order its days stand, and takes one of a single day.
func TestPeriod(t *testing.T) {
	for text, bad := range map[string]bool{
		"{from: 2027-01-01, until: 2027-01-01}": false, "{from: 2027-01-01}": false, "{until: 2026-12-31}": false,
		"{from: 2027-01-01, until: 2026-12-31}": true, "{until: 2026-12-31, from: 2027-01-01}": true,
	} {
		root, err := yamlread.Document("b.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		r := &yamlread.Reader{File: "b.yaml"}
		var p quantity.Period
		r.Mapping(root, "", []string{"from", "until"}, func(key, at string, n *yaml.Node) { r.Period(key, at, n, &p) })
		if got := strings.Contains(r.Faults.Error(), "ends before it begins"); got != bad || !bad && len(r.Faults) > 0 {
			t.Errorf("%s: %v", text, r.Faults)
		}
	}
}
