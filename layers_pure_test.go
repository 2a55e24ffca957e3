package lodestone_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A ban says what a pure package may not take from a package of the standard library.
type ban struct {
	all    bool     // everything is forbidden but the names in except
	except []string // types and harmless names
	names  []string // without all: the names that are forbidden
}

// bans is by import path. Types are allowed everywhere, since a pure package may be handed a value that somebody else opened.
var bans = map[string]ban{
	"time":            {names: []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep", "Local", "LoadLocation"}},
	"os":              {all: true, except: []string{"File", "FileInfo", "FileMode", "DirEntry", "PathError", "Signal"}},
	"os/exec":         {all: true},
	"os/signal":       {all: true},
	"os/user":         {all: true},
	"io/ioutil":       {all: true},
	"path/filepath":   {names: []string{"Abs", "EvalSymlinks", "Glob", "Walk", "WalkDir"}},
	"syscall":         {all: true, except: []string{"Errno", "Signal"}},
	"plugin":          {all: true},
	"net":             {all: true, except: []string{"Addr", "Conn", "Error", "IP", "IPMask", "IPNet", "Listener"}},
	"net/http":        {all: true, except: []string{"Handler", "HandlerFunc", "Header", "Request", "Response", "ResponseWriter"}},
	"net/rpc":         {all: true},
	"net/smtp":        {all: true},
	"log":             {all: true, except: []string{"Logger"}},
	"log/slog":        {all: true, except: []string{"Attr", "Level", "Value"}},
	"log/syslog":      {all: true},
	"database/sql":    {all: true, except: []string{"DB", "Null", "Rows", "Tx"}},
	"crypto/rand":     {all: true},
	"math/rand":       {all: true, except: []string{"New", "NewSource", "NewZipf", "Rand", "Source", "Source64", "Zipf"}},
	"math/rand/v2":    {all: true, except: []string{"ChaCha8", "New", "NewChaCha8", "NewPCG", "NewZipf", "PCG", "Rand", "Source", "Zipf"}},
	"fmt":             {names: []string{"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"}},
	"expvar":          {all: true},
	"runtime/pprof":   {all: true},
	"net/http/pprof":  {all: true},
	"net/http/cgi":    {all: true},
	"net/http/fcgi":   {all: true},
	"net/rpc/jsonrpc": {all: true},
}

func (b ban) forbids(name string) bool {
	if b.all {
		return !slices.Contains(b.except, name)
	}
	return slices.Contains(b.names, name)
}

// impurities lists what file takes from the outside world. It reads names, so a dot import of a banned package is refused whole.
func impurities(set *token.FileSet, file *ast.File) []string {
	var found []string
	banned := map[string]string{} // local name → import path
	for _, spec := range file.Imports {
		importPath, _ := strconv.Unquote(spec.Path.Value)
		b, known := bans[importPath]
		if !known {
			continue
		}
		local := path.Base(importPath)
		if local == "v2" {
			local = path.Base(path.Dir(importPath))
		}
		if spec.Name != nil {
			local = spec.Name.Name
		}
		switch {
		case local == "." || local == "_" && b.all:
			found = append(found, fmt.Sprintf("%s: a pure package may not import %s as %q", set.Position(spec.Pos()), importPath, local))
		case local != "_":
			banned[local] = importPath
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := sel.X.(*ast.Ident)
		if !ok || pkg.Obj != nil { // Obj is set for a variable that hides the package's name
			return true
		}
		if importPath, ok := banned[pkg.Name]; ok && bans[importPath].forbids(sel.Sel.Name) {
			found = append(found, fmt.Sprintf("%s: a pure package may not use %s.%s: take what it gives as a parameter", set.Position(sel.Pos()), importPath, sel.Sel.Name))
		}
		return true
	})
	for _, decl := range file.Decls {
		ast.Inspect(decl, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); ok && f.Obj == nil && (f.Name == "print" || f.Name == "println") {
				found = append(found, fmt.Sprintf("%s: a pure package may not print", set.Position(call.Pos())))
			}
			return true
		})
	}
	return found
}

// initFuncs lists the init functions of file: registration is done by calling, in the open.
func initFuncs(set *token.FileSet, file *ast.File) []string {
	var found []string
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			found = append(found, fmt.Sprintf("%s: no init function: wire it where it is used", set.Position(f.Pos())))
		}
	}
	return found
}

// ignored tells whether file is left out of every build by its constraint, as a generator beside its output is.
func ignored(file *ast.File) bool {
	for _, group := range file.Comments {
		if group.Pos() > file.Package {
			break
		}
		for _, c := range group.List {
			if strings.TrimSpace(c.Text) == "//go:build ignore" {
				return true
			}
		}
	}
	return false
}
