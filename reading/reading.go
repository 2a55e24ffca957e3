// Package reading finds, for tests, what lies beside the repository: standards, law and tables that are not ours to commit.
package reading

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Path is the file or folder of that name; without it the test is skipped. The folder that holds them is named by
// LODESTONE_SHARED, or stands beside the repository.
func Path(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("LODESTONE_SHARED")
	if root == "" {
		root = beside(t)
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s: set LODESTONE_SHARED to the folder that has it", path)
	}
	return path
}

// beside is the folder "shared" next to the one that has go.mod, seen from the package under test.
func beside(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		up := filepath.Dir(dir)
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(up, "shared")
		}
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

type ecma regexp2.Regexp

func (re *ecma) MatchString(s string) bool {
	ok, err := (*regexp2.Regexp)(re).MatchString(s)
	return err == nil && ok
}

func (re *ecma) String() string { return (*regexp2.Regexp)(re).String() }

// EPCISSchema is GS1's JSON Schema of EPCIS 2.0, formats asserted.
func EPCISSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	b, err := os.ReadFile(Path(t, "standards/epcis/EPCIS-JSON-Schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		re, err := regexp2.Compile(s, regexp2.ECMAScript)
		return (*ecma)(re), err
	})
	if err := c.AddResource("epcis.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("epcis.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
