// Package lodestone_test holds the tests that concern the repository as a whole: the order of its rooms, and its README.
package lodestone_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLayers holds this repository against its layers.txt.
func TestLayers(t *testing.T) {
	faults, err := checkLayers(os.DirFS("."), "lodestone")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

const smallLayers = `# a note
base left right   measure  pure
mid               keep
one two           meet     apart
app               main
`

// smallTree is a lawful tree; each test adds a fault to it.
func smallTree() fstest.MapFS {
	tree := fstest.MapFS{}
	add(tree, "layers.txt", smallLayers)
	add(tree, "base/base.go", "package base\n\nimport \"time\"\n\nfunc Day(t time.Time) int { return t.Day() }\n")
	add(tree, "left/left.go", "package left\n\nimport \"m/base\"\n\nvar _ = base.Day\n")
	add(tree, "right/right.go", "package right\n\nimport (\n\t\"io/fs\"\n\t\"m/left\"\n)\n\nvar _ fs.FS\nvar _ = left.X\n")
	add(tree, "mid/mid.go", "package mid\n\nimport (\n\t\"os\"\n\t\"m/base\"\n)\n\nvar _, _ = os.Args, base.Day\n")
	add(tree, "one/one.go", "package one\n\nimport \"m/mid\"\n\nvar _ = mid.X\n")
	add(tree, "two/two.go", "package two\n")
	add(tree, "app/main.go", "package main\n\nimport (\n\t\"m/one\"\n\t\"m/two\"\n)\n\nvar _, _ = one.X, two.X\n")
	return tree
}

func add(tree fstest.MapFS, name, text string) { tree[name] = &fstest.MapFile{Data: []byte(text)} }

// TestLayersCatches proves the check: each case makes one fault, and the check names it and nothing else.
func TestLayersCatches(t *testing.T) {
	pure := func(imports, body string) func(fstest.MapFS) {
		return func(tree fstest.MapFS) {
			add(tree, "base/fault.go", "package base\n\nimport "+imports+"\n\n"+body+"\n")
		}
	}
	file := func(name, text string) func(fstest.MapFS) {
		return func(tree fstest.MapFS) { add(tree, name, text) }
	}
	cases := []struct {
		name  string
		fault func(fstest.MapFS)
		want  string // "" when the tree stays lawful
	}{
		{"a lawful tree", func(fstest.MapFS) {}, ""},
		{"import to the right", file("left/f.go", "package left\nimport \"m/right\"\nvar _ = right.X\n"), "left imports right"},
		{"import downwards", file("base/f.go", "package base\nimport \"m/mid\"\nvar _ = mid.X\n"), "base imports mid"},
		{"import of oneself", file("mid/f.go", "package mid\nimport \"m/mid\"\nvar _ = mid.X\n"), "mid imports mid"},
		{"adapter to adapter", file("two/f.go", "package two\nimport \"m/one\"\nvar _ = one.X\n"), "adapters never import one another"},
		{"a test may import anything", file("base/f_test.go", "package base\nimport (\n\"m/app\"\n\"os\"\n)\nvar _, _ = app.X, os.Args\n"), ""},
		{"package not named", file("new/new.go", "package new\n"), "new: a package that layers.txt does not name"},
		{"package of tests not named", file("new/new_test.go", "package new\n"), "new: a package that layers.txt does not name"},
		{"import of a package not named", file("mid/f.go", "package mid\nimport \"m/gone\"\nvar _ = gone.X\n"), "import of gone"},
		{"room without Go", func(tree fstest.MapFS) { delete(tree, "app/main.go") }, "names app, which has no Go file"},
		{"room with a generator only", file("layers.txt", smallLayers+"tool   main\n"), "names tool, which has no Go file"},
		{"a generator is not the room", file("base/gen.go", "//go:build ignore\n\npackage main\n\nimport \"os\"\n\nvar _ = os.Args\n"), ""},
		{"program in the root", file("root.go", "package m\n"), "the root holds no program"},
		{"a module within", func(tree fstest.MapFS) {
			add(tree, "tools/go.mod", "module m/tools\n")
			add(tree, "tools/t.go", "package tools\n")
		}, ""},
		{"testdata is no package", file("base/testdata/x.go", "package x\n"), ""},
		{"clock", pure(`"time"`, "func F() any { return time.Now() }"), "time.Now"},
		{"clock as a value", pure(`"time"`, "var F = time.Now"), "time.Now"},
		{"clock by another name", pure(`tick "time"`, "func F(t tick.Time) any { return tick.Since(t) }"), "time.Since"},
		{"the machine's zone", pure(`"time"`, "var Z = time.Local"), "time.Local"},
		{"clock by dot", pure(`. "time"`, "func F() any { return Now() }"), `import time as "."`},
		{"disk", pure(`"os"`, "func F() { os.ReadFile(\"x\") }"), "os.ReadFile"},
		{"environment", pure(`"os"`, "var A = os.Args"), "os.Args"},
		{"a type of os", pure(`"os"`, "func F(m os.FileMode) {}"), ""},
		{"disk by path", pure(`"path/filepath"`, "var F = filepath.Walk"), "path/filepath.Walk"},
		{"network", pure(`"net"`, "func F() { net.Dial(\"tcp\", \"x\") }"), "net.Dial"},
		{"a type of net", pure(`"net"`, "var A net.IP"), ""},
		{"http", pure(`"net/http"`, "var C = http.DefaultClient"), "net/http.DefaultClient"},
		{"log", pure(`"log"`, "func F() { log.Println() }"), "log.Println"},
		{"slog", pure(`"log/slog"`, "func F() { slog.Info(\"x\") }"), "log/slog.Info"},
		{"global randomness", pure(`"math/rand/v2"`, "func F() int { return rand.IntN(3) }"), "math/rand/v2.IntN"},
		{"seeded randomness", pure(`"math/rand/v2"`, "func F() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }"), ""},
		{"the machine's randomness", pure(`"crypto/rand"`, "var R = rand.Reader"), "crypto/rand.Reader"},
		{"printing", pure(`"fmt"`, "func F() { fmt.Println() }"), "fmt.Println"},
		{"printing by builtin", pure(`"fmt"`, "func F() { println(fmt.Sprint()) }"), "may not print"},
		{"a variable named os", pure(`"os"`, "type s struct{ Args int }\nfunc F(os s) int { return os.Args }\nvar _ os.FileMode"), ""},
		{"embedded files", pure(`_ "embed"`, "var X int"), ""},
		{"side effect of a banned package", pure(`_ "net/http/pprof"`, "var X int"), "may not import net/http/pprof"},
		{"init", file("mid/f.go", "package mid\nfunc init() {}\n"), "no init function"},
		{"a method named init", file("mid/f.go", "package mid\ntype T int\nfunc (T) init() {}\n"), ""},
		{"blank import of our own", file("mid/f.go", "package mid\nimport _ \"m/base\"\n"), "blank import of our own base"},
		{"cgo", file("mid/f.go", "package mid\nimport \"C\"\n"), "plain Go"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := smallTree()
			c.fault(tree)
			faults, err := checkLayers(tree, "m")
			switch {
			case err != nil:
				t.Fatal(err)
			case c.want == "" && len(faults) > 0:
				t.Fatalf("a lawful tree was refused: %s", strings.Join(faults, "\n"))
			case c.want != "" && (len(faults) != 1 || !strings.Contains(faults[0], c.want)):
				t.Fatalf("want one fault with %q, got %q", c.want, faults)
			}
		})
	}
}

// TestLayersFile proves that a faulty layers.txt is refused.
func TestLayersFile(t *testing.T) {
	for name, text := range map[string]string{
		"named twice":    "a b  g  pure\nb  h\n",
		"no group":       "a b c\n",
		"unknown manner": "a  g  clean\n",
		"too many":       "a  g  pure  more\n",
	} {
		t.Run(name, func(t *testing.T) {
			if rooms, err := parseLayers(text); err == nil {
				t.Fatalf("accepted: %v", rooms)
			}
		})
	}
}
