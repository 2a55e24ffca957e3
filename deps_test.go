package lodestone_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// maxDependencies is how many modules the program itself may import.
const maxDependencies = 25

// TestArchitecture holds ARCHITECTURE.md against the tree: every module that the program imports has its row with a
// reason, no row outlives its module, and every room is named.
func TestArchitecture(t *testing.T) {
	page, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+\\.[^`]+/[^`]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		named[m[1]] = true
	}
	used := programModules(t, os.DirFS("."))
	for m := range used {
		if !named[m] {
			t.Errorf("ARCHITECTURE.md: %s, which %s imports, has no row among the dependencies", m, used[m])
		}
	}
	for m := range named {
		if used[m] == "" {
			t.Errorf("ARCHITECTURE.md: gives a reason for %s, which nothing in the program imports", m)
		}
	}
	if len(used) > maxDependencies {
		t.Errorf("the program imports %d modules, at most %d are allowed: %s", len(used), maxDependencies, strings.Join(slices.Sorted(maps.Keys(used)), ", "))
	}
	layers, err := os.ReadFile("layers.txt")
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := parseLayers(string(layers))
	if err != nil {
		t.Fatal(err)
	}
	for name := range rooms {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("ARCHITECTURE.md: does not name the room %s", name)
		}
	}
}

// programModules is the modules that files other than tests import, each with one such file.
func programModules(t *testing.T, tree fs.FS) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(tree, "go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return skipDir(tree, name)
		case !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"), strings.HasPrefix(name, "store/storetest/"):
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.ParseComments)
		if err != nil || ignored(file) {
			return err
		}
		for _, spec := range file.Imports {
			importPath, _ := strconv.Unquote(spec.Path.Value)
			if m := moduleOf(mod, importPath); m != "" {
				used[m] = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return used
}

// moduleOf is the required module that holds a package, "" for the standard library and our own.
func moduleOf(mod *modfile.File, importPath string) string {
	best := ""
	for _, r := range mod.Require {
		m := r.Mod.Path
		if (importPath == m || strings.HasPrefix(importPath, m+"/")) && len(m) > len(best) {
			best = m
		}
	}
	return best
}
