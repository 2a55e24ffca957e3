package lodestone_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// codeBlock is one fenced block of a page.
type codeBlock struct {
	language string
	line     int // of its first fence
	text     string
}

// codeBlocks gives the fenced blocks of a Markdown page.
func codeBlocks(page string) []codeBlock {
	var blocks []codeBlock
	var open *codeBlock
	for i, line := range strings.Split(page, "\n") {
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case !isFence && open != nil:
			open.text += line + "\n"
		case isFence && open == nil:
			open = &codeBlock{language: fence, line: i + 1}
		case isFence:
			blocks = append(blocks, *open)
			open = nil
		}
	}
	return blocks
}

var makeLine = regexp.MustCompile(`^make( [a-z]+)?( +#.*)?$`)

// TestReadme runs every command of the README that is marked sh, in order, with a store that is thrown away. Lines that
// call make are not run here, since make test runs this test: their target must exist, and .ci/run runs them.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	blocks := 0
	for _, b := range codeBlocks(string(page)) {
		if b.language != "sh" {
			continue
		}
		blocks++
		for _, line := range strings.Split(strings.TrimSuffix(b.text, "\n"), "\n") {
			if m := makeLine.FindStringSubmatch(line); m != nil {
				target := strings.TrimSpace(m[1])
				if target != "" && !regexp.MustCompile(`(?m)^`+target+`:`).Match(makefile) {
					t.Errorf("README.md block at line %d: %q: the Makefile has no target %s", b.line, line, target)
				}
				continue
			}
			script.WriteString(line + "\n")
		}
	}
	if blocks == 0 {
		t.Fatal("README.md has no block marked sh")
	}
	runIn(t, workFolder(t), script.String())
}

// workFolder is a folder that looks like the repository after make build, and may be written to.
func workFolder(t *testing.T) string {
	t.Helper()
	work := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(work, "bin", "lodestone"), "./cmd/lodestone")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/lodestone: %v\n%s", err, out)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(here)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "bin" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := os.Symlink(filepath.Join(here, e.Name()), filepath.Join(work, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return work
}

// runIn runs a script in work, stopping at the first command that fails.
func runIn(t *testing.T, work, script string) {
	t.Helper()
	sh := exec.Command("sh", "-eux", "-c", script)
	sh.Dir = work
	sh.Env = append(os.Environ(), "LODESTONE_STORE=", "XDG_DATA_HOME="+filepath.Join(work, ".data"))
	out, err := sh.CombinedOutput()
	if err != nil {
		t.Fatalf("the README's commands: %v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// TestCodeBlocks proves the reading of blocks.
func TestCodeBlocks(t *testing.T) {
	got := codeBlocks("a\n```sh\nb\nc\n```\n```\nd\n```\n")
	if len(got) != 2 || got[0].language != "sh" || got[0].line != 2 || got[0].text != "b\nc\n" || got[1].language != "" || got[1].text != "d\n" {
		t.Errorf("got %+v", got)
	}
}
