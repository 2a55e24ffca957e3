package highs

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"sync"
)

// The release of HiGHS that is embedded, and the digests of its two files: the map of names is only as good as the pair.
const (
	Release    = "1.15.3"
	wasmDigest = "528be4365bea1d4188988646b244263f50320df55782e14d6af5bce7cd45c840"
	glueDigest = "0bd23843c9795753f2276e9901eb2a1e66288547b6bcba84fa0665dc037b5c7c"
)

// embedded is the folder that make fills.
//
//go:embed module
var embedded embed.FS

// ErrNotBuiltIn says that the program was built without the solver.
var ErrNotBuiltIn = errors.New("this program was built without its solver: run make build (it fetches HiGHS " + Release + " with npm) and use bin/lodestone")

// glue is what the package's own JavaScript says of the module: export and import names are cut to a letter or two, anew
// in each release.
type glue struct {
	exports map[string]string // "Highs_run", "malloc" → the module's own name
	imports map[string]string // the module's own name → "fd_write" and the like
	start   string            // the export that runs the constructors
	memory  string
}

// module gives the solver's code and its names, checked against the digests.
var module = sync.OnceValues(func() ([]byte, error) {
	code, err := embedded.ReadFile("module/highs.wasm")
	if err != nil {
		return nil, ErrNotBuiltIn
	}
	return code, sameDigest("highs.wasm", code, wasmDigest)
})

var names = sync.OnceValues(func() (*glue, error) {
	text, err := embedded.ReadFile("module/highs.js")
	if err != nil {
		return nil, ErrNotBuiltIn
	}
	if err := sameDigest("highs.js", text, glueDigest); err != nil {
		return nil, err
	}
	return readGlue(text)
})

func sameDigest(name string, data []byte, want string) error {
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != want {
		return fmt.Errorf("the embedded %s is not that of HiGHS %s (sha256 %s, not %s): run make clean build", name, Release, got, want)
	}
	return nil
}

var (
	exportLine = regexp.MustCompile(`Module\["_([A-Za-z0-9_]+)"\]=wasmExports\["([A-Za-z0-9_$]+)"\]`)
	importList = regexp.MustCompile(`var wasmImports=\{([^}]*)\}`)
	importPair = regexp.MustCompile(`([A-Za-z0-9_$]+):_+([A-Za-z0-9_]+)`)
	startLine  = regexp.MustCompile(`TTY\.init\(\);wasmExports\["([A-Za-z0-9_$]+)"\]\(\)`)
	memoryLine = regexp.MustCompile(`wasmMemory=wasmExports\["([A-Za-z0-9_$]+)"\]`)
)

// readGlue reads the names out of the glue file.
func readGlue(text []byte) (*glue, error) {
	g := &glue{exports: map[string]string{}, imports: map[string]string{}}
	for _, m := range exportLine.FindAllSubmatch(text, -1) {
		g.exports[string(m[1])] = string(m[2])
	}
	if list := importList.FindSubmatch(text); list != nil {
		for _, m := range importPair.FindAllSubmatch(list[1], -1) {
			g.imports[string(m[1])] = string(m[2])
		}
	}
	start, memory := startLine.FindSubmatch(text), memoryLine.FindSubmatch(text)
	if start == nil || memory == nil || len(g.imports) == 0 {
		return nil, errors.New("the solver's glue file is not of the shape that is known here")
	}
	g.start, g.memory = string(start[1]), string(memory[1])
	for _, need := range []string{"malloc", "free", "Highs_create", "Highs_passModel", "Highs_run"} {
		if g.exports[need] == "" {
			return nil, fmt.Errorf("the solver's glue file does not name %s", need)
		}
	}
	return g, nil
}

// BuiltIn tells whether the program was built with the solver.
func BuiltIn() bool {
	_, err := module()
	return !errors.Is(err, ErrNotBuiltIn)
}
