package lodestone_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// checkLayers holds every Go file of tree against its layers.txt and returns the faults, sorted. It parses the files
// itself: an answer of the go command would be cached by go test, and a new import be missed.
func checkLayers(tree fs.FS, module string) ([]string, error) {
	text, err := fs.ReadFile(tree, "layers.txt")
	if err != nil {
		return nil, err
	}
	rooms, err := parseLayers(string(text))
	if err != nil {
		return nil, err
	}
	var faults []string
	seen := map[string]bool{}
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipDir(tree, name)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		found, counts, err := checkFile(tree, name, module, rooms)
		if err != nil {
			return err
		}
		if counts {
			seen[path.Dir(name)] = true
		}
		faults = append(faults, found...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for dir := range seen {
		if _, ok := rooms[dir]; !ok && dir != "." { // the root holds tests only, see checkFile
			faults = append(faults, fmt.Sprintf("%s: a package that layers.txt does not name: give it a place there", dir))
		}
	}
	for name := range rooms {
		if !seen[name] {
			faults = append(faults, fmt.Sprintf("layers.txt: names %s, which has no Go file", name))
		}
	}
	slices.Sort(faults)
	return slices.Compact(faults), nil
}

// skipDir leaves out what the go command leaves out, and modules within the module.
func skipDir(tree fs.FS, name string) error {
	base := path.Base(name)
	if name == "." {
		return nil
	}
	if base == "testdata" || base == "vendor" || base == "node_modules" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	if _, err := fs.Stat(tree, path.Join(name, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// checkFile returns the faults of one file, and whether the file makes its folder a package.
func checkFile(tree fs.FS, name, module string, rooms map[string]room) (faults []string, counts bool, err error) {
	src, err := fs.ReadFile(tree, name)
	if err != nil {
		return nil, false, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.ParseComments)
	if err != nil {
		return nil, false, err
	}
	if ignored(file) {
		return nil, false, nil
	}
	if strings.HasSuffix(name, "_test.go") {
		return nil, true, nil
	}
	if path.Dir(name) == "." {
		return []string{fmt.Sprintf("%s: the root holds no program: put it in a room", name)}, true, nil
	}
	faults = initFuncs(set, file)
	here, known := rooms[path.Dir(name)]
	if !known {
		return faults, true, nil // reported once for the folder
	}
	if here.pure {
		faults = append(faults, impurities(set, file)...)
	}
	return append(faults, importFaults(set, file, here, module, rooms)...), true, nil
}

// importFaults holds the imports of a file in the room here against the order.
func importFaults(set *token.FileSet, file *ast.File, here room, module string, rooms map[string]room) []string {
	var faults []string
	for _, spec := range file.Imports {
		importPath, _ := strconv.Unquote(spec.Path.Value)
		at := set.Position(spec.Pos())
		if importPath == "C" {
			faults = append(faults, fmt.Sprintf("%s: import of %q: the program is plain Go", at, importPath))
		}
		name, ours := strings.CutPrefix(importPath, module+"/")
		if !ours {
			continue
		}
		if spec.Name != nil && spec.Name.Name == "_" {
			faults = append(faults, fmt.Sprintf("%s: blank import of our own %s", at, name))
		}
		there, known := rooms[name]
		if !known {
			faults = append(faults, fmt.Sprintf("%s: import of %s, which layers.txt does not name", at, name))
			continue
		}
		if ok, why := here.mayImport(there); !ok {
			faults = append(faults, fmt.Sprintf("%s: %s imports %s: %s", at, here.name, name, why))
		}
	}
	return faults
}
